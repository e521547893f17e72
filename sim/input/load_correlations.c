#include "input/future_parts.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

/* A pivot below this leaves nothing of an entry that the others do not say already. */
#define LEAST_PIVOT 1e-10

/* The correlations of a scenario while they are read. MODEL.md 5. */
struct reading {
    struct cf_model *model;
    struct cf_future *future;
    struct cf_names groups;
    double *r;             /* [n][n] correlations of scores, 1 on the diagonal */
    unsigned char *whole;  /* [groups] 1: has a value of its own */
    unsigned char *said;   /* [groups] 1: or some pair of it has */
    unsigned char *paired; /* [n][n] 1: has a value of its own */
    int broken;
    cf_diag *diag;
};

/* Number the groups in order of their first entry. */
static void find_groups(struct reading *r, const struct cf_node *list)
{
    struct cf_future *f = r->future;
    int k = 0;
    cf_names_init(&r->groups, &r->model->arena);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        if (entry->kind != CF_NODE_GROUP)
            continue;
        const struct cf_node *group = cf_setting(entry, CF_SCOPE_UNCERTAIN, "group");
        if (group != NULL)
            f->uncertain[k].group = cf_names_add(&r->groups, group->text);
        k++;
    }
    f->n_groups = r->groups.n;
}

/* Everything of one group correlates alike. */
static void set_group(struct reading *r, const struct cf_node *group, double value)
{
    const struct cf_future *f = r->future;
    const int g = cf_names_find(&r->groups, group->text);
    if (g < 0) {
        cf_report_near(r->diag, CF_ERROR, "correlation.group", group->at, group->text,
                       r->groups.name, (size_t)r->groups.n, "no uncertain entry is of group '%s'",
                       group->text);
        return;
    }
    if (r->whole[g])
        cf_report(r->diag, CF_ERROR, "correlation.twice", group->at, NULL,
                  "the correlation of group '%s' is given twice", group->text);
    r->whole[g] = r->said[g] = 1;
    for (int a = 0; a < f->n_uncertain; a++)
        for (int b = 0; b < f->n_uncertain; b++)
            if (a != b && f->uncertain[a].group == g && f->uncertain[b].group == g &&
                !r->paired[VIEW2(a, b, f->n_uncertain)])
                r->r[VIEW2(a, b, f->n_uncertain)] = value;
}

static int entry_of(const struct reading *r, const struct cf_node *name)
{
    const struct cf_future *f = r->future;
    for (int k = 0; k < f->n_uncertain; k++)
        if (cf_text_same(f->uncertain[k].name, name->text))
            return k;
    cf_report_near(r->diag, CF_ERROR, "correlation.entry", name->at, name->text,
                   cf_uncertain_names(r->model), (size_t)f->n_uncertain,
                   "there is no uncertain entry '%s'", name->text);
    return -1;
}

/* Two entries of one group, by name. */
static void set_pair(struct reading *r, const struct cf_node *between, double value)
{
    const int n = r->future->n_uncertain;
    const struct cf_node *one = cf_node_first_text(between);
    const struct cf_node *other = one != NULL ? cf_node_next_text(between, one) : NULL;
    if (other == NULL || cf_node_next_text(between, other) != NULL) {
        cf_report(r->diag, CF_ERROR, "correlation.between", between->at,
                  "write between = [ \"one\", \"other\" ]", "'between' names two entries");
        return;
    }
    const int a = entry_of(r, one), b = entry_of(r, other);
    if (a < 0 || b < 0)
        return;
    if (a == b)
        cf_report(r->diag, CF_ERROR, "correlation.between", other->at, NULL,
                  "'between' names '%s' twice", one->text);
    else if (r->future->uncertain[a].group < 0 ||
             r->future->uncertain[a].group != r->future->uncertain[b].group)
        cf_report(r->diag, CF_ERROR, "correlation.between", between->at,
                  "give both entries the same group", "'%s' and '%s' are not of one group",
                  one->text, other->text);
    else if (r->paired[VIEW2(a, b, n)])
        cf_report(r->diag, CF_ERROR, "correlation.twice", between->at, NULL,
                  "the correlation of '%s' and '%s' is given twice", one->text, other->text);
    else {
        r->paired[VIEW2(a, b, n)] = r->paired[VIEW2(b, a, n)] = 1;
        r->r[VIEW2(a, b, n)] = r->r[VIEW2(b, a, n)] = value;
        r->said[r->future->uncertain[a].group] = 1;
    }
}

static void load_correlation(struct reading *r, const struct cf_node *entry, int number)
{
    const char *in = cf_arena_format(&r->model->arena, " in entry %d of 'correlations'", number);
    cf_check_settings(entry, CF_SCOPE_CORRELATION, in, r->diag);
    if (!r->broken)
        cf_require_settings(entry, CF_SCOPE_CORRELATION, in, entry->at, r->diag);
    const struct cf_node *group = cf_setting(entry, CF_SCOPE_CORRELATION, "group");
    const struct cf_node *between = cf_setting(entry, CF_SCOPE_CORRELATION, "between");
    const struct cf_node *value = cf_setting(entry, CF_SCOPE_CORRELATION, "value");
    const int n = (cf_node_find(entry, "group") != NULL) + (cf_node_find(entry, "between") != NULL);
    if (value != NULL && !(fabs(cf_node_number(value)) < 1))
        cf_report(r->diag, CF_ERROR, "correlation.value", value->at, NULL,
                  "the value%s is not between -1 and 1", in);
    if (n != 1)
        cf_report(r->diag, CF_ERROR, "correlation.between", entry->at, NULL,
                  "entry %d of 'correlations' needs either 'group' or 'between'%s", number,
                  n ? ", not both" : "");
    else if (group != NULL)
        set_group(r, group, value != NULL ? cf_node_number(value) : 0);
    else if (between != NULL)
        set_pair(r, between, value != NULL ? cf_node_number(value) : 0);
}

/* What a group says and does not mean. */
static void check_groups(const struct reading *r)
{
    const struct cf_future *f = r->future;
    for (int g = 0; g < f->n_groups; g++) {
        int n = 0, first = -1;
        for (int k = 0; k < f->n_uncertain; k++)
            if (f->uncertain[k].group == g) {
                first = first < 0 ? k : first;
                n++;
            }
        if (n == 1)
            cf_report(r->diag, CF_NOTICE, "uncertain.group", f->uncertain[first].at, NULL,
                      "group '%s' has no entry but '%s': there is nothing to correlate it with",
                      r->groups.name[g], f->uncertain[first].name);
        else if (!r->said[g])
            cf_report(r->diag, CF_NOTICE, "uncertain.group", f->uncertain[first].at,
                      "they are given in 'correlations'",
                      "group '%s' has no correlations: its entries are drawn apart",
                      r->groups.name[g]);
    }
}

/*
 * The factor of the correlations of one group, in place: factor factor' = r.
 *
 *   factor[i][j] = (r[i][j] - sum_k<j factor[i][k] factor[j][k]) / factor[j][j]
 *   factor[j][j] = sqrt(r[j][j] - sum_k<j factor[j][k]^2)
 *
 * r is read and written in its lower triangle. Returns the first entry with which the
 * correlations are no longer positive definite, -1: they are.
 */
static int factorise(double *r, int n, const int *member, int n_members)
{
    for (int p = 0; p < n_members; p++) {
        double *row = r + VIEW2(member[p], 0, n);
        double left = row[member[p]];
        for (int q = 0; q < p; q++) {
            const double *above = r + VIEW2(member[q], 0, n);
            double sum = row[member[q]];
            for (int k = 0; k < q; k++)
                sum -= row[member[k]] * above[member[k]];
            row[member[q]] = sum / above[member[q]];
            left -= row[member[q]] * row[member[q]];
        }
        if (!(left > LEAST_PIVOT))
            return member[p];
        row[member[p]] = sqrt(left);
    }
    return -1;
}

static void find_factor(const struct reading *r, struct cf_at at)
{
    struct cf_future *f = r->future;
    const int n = f->n_uncertain;
    int *member = CF_TAKE(&r->model->arena, (size_t)n, int);
    for (int g = 0; g < f->n_groups; g++) {
        int n_members = 0;
        for (int k = 0; k < n; k++)
            if (f->uncertain[k].group == g)
                member[n_members++] = k;
        const int at_fault = factorise(r->r, n, member, n_members);
        if (at_fault >= 0)
            cf_report(r->diag, CF_ERROR, "correlation.definite", at, "bring them nearer to 0",
                      "the correlations of group '%s' cannot all hold: with '%s' they are not "
                      "positive definite",
                      r->groups.name[g], f->uncertain[at_fault].name);
    }
    for (int a = 0; a < n; a++)
        for (int b = a + 1; b < n; b++)
            r->r[VIEW2(a, b, n)] = 0;
    f->factor = r->r;
}

void cf_load_correlations(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *f = &model->scenario.future;
    const struct cf_node *entries = cf_setting(config->root, CF_SCOPE_TOP, "uncertain");
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "correlations");
    const size_t n = (size_t)f->n_uncertain, before = cf_diag_count(diag, CF_ERROR);
    struct reading r = {.model = model, .future = f, .broken = config->broken, .diag = diag};
    int number = 0;
    cf_names_init(&r.groups, &model->arena);
    if (entries != NULL)
        find_groups(&r, entries);
    const int unread = entries == NULL && cf_node_find(config->root, "uncertain") != NULL;
    if (unread || (f->n_groups == 0 && list == NULL))
        return;
    r.r = CF_TAKE(&model->arena, n * n, double);
    r.paired = CF_TAKE(&model->arena, n * n, unsigned char);
    r.whole = CF_TAKE(&model->arena, (size_t)f->n_groups, unsigned char);
    r.said = CF_TAKE(&model->arena, (size_t)f->n_groups, unsigned char);
    for (size_t k = 0; k < n; k++)
        r.r[k * n + k] = 1;
    if (list != NULL)
        cf_check_groups(list, diag);
    for (const struct cf_node *entry = list != NULL ? list->child : NULL; entry != NULL;
         entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            load_correlation(&r, entry, number);
    }
    check_groups(&r);
    if (f->n_groups > 0 && cf_diag_count(diag, CF_ERROR) == before)
        find_factor(&r, list != NULL ? list->at : entries->at);
}
