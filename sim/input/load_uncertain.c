#include "input/future_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One uncertain entry while it is read. MODEL.md 5. */
struct reading {
    struct cf_model *model;
    const struct cf_node *entry;
    struct cf_uncertain *uncertain;
    const char *whose; /* "uncertain entry 'x'" */
    int broken;        /* the scenario could not be read in full: what is missing is not told */
    cf_diag *diag;
};

static const struct cf_node *get(const struct reading *r, const char *key)
{
    return cf_setting(r->entry, CF_SCOPE_UNCERTAIN, key);
}

/* ---- the distribution ---- */

static int takes(const struct cf_dist *dist, const char *key)
{
    for (int k = 0; k < dist->n_parameters; k++)
        if (cf_text_same(dist->parameter[k], key))
            return 1;
    return (dist->by_values > 0 && cf_text_same(key, "values")) ||
           (dist->by_values > 1 && cf_text_same(key, "weights"));
}

/* What a distribution wants, in words: "mean, sd". */
static const char *wants(const struct reading *r, const struct cf_dist *dist)
{
    const char *text = "";
    for (int k = 0; k < dist->n_parameters; k++)
        text = cf_arena_format(&r->model->arena, "%s%s%s", text, k > 0 ? ", " : "",
                               dist->parameter[k]);
    return cf_arena_format(&r->model->arena, "%s%s%s", text,
                           dist->by_values > 0 && *text ? ", " : "",
                           dist->by_values > 1   ? "values, weights"
                           : dist->by_values > 0 ? "values"
                                                 : "");
}

/* Parameters of other distributions. */
static void check_superfluous(const struct reading *r, const struct cf_dist *dist)
{
    for (const struct cf_node *node = r->entry->child; node != NULL; node = node->next) {
        int of_some = 0;
        for (int d = 0; d < cf_n_dists; d++)
            of_some |= takes(&cf_dists[d], node->key);
        if (of_some && !takes(dist, node->key))
            cf_report(r->diag, CF_ERROR, "uncertain.parameter", node->key_at,
                      cf_arena_format(&r->model->arena, "it has %s", wants(r, dist)),
                      "'%s' of %s is no parameter of %s", node->key, r->whose, dist->name);
    }
}

/* The parameter's setting; NULL where it is missing or wrong, reported. */
static const struct cf_node *parameter(const struct reading *r, const struct cf_dist *dist,
                                       const char *key)
{
    if (cf_node_find(r->entry, key) == NULL && !r->broken &&
        !cf_setting_elsewhere(r->entry, CF_SCOPE_UNCERTAIN, key))
        cf_report(r->diag, CF_ERROR, "uncertain.parameter", get(r, "dist")->at,
                  cf_arena_format(&r->model->arena, "it has %s", wants(r, dist)),
                  "%s is %s and lacks '%s'", r->whose, dist->name, key);
    return get(r, key);
}

struct weighed {
    double value, weight;
    int order;
};

static int by_value(const void *a, const void *b)
{
    const struct weighed *one = a, *other = b;
    if (one->value != other->value)
        return one->value < other->value ? -1 : 1;
    return one->order - other->order;
}

/* Weights as they are given, NULL (reported) where they are wrong. */
static const double *read_weights(const struct reading *r, const struct cf_node *node, int n)
{
    double *weight = CF_TAKE(&r->model->arena, (size_t)n, double);
    int i = 0, good = 1;
    if (node->n_children != n) {
        cf_report(r->diag, CF_ERROR, "uncertain.weights", node->at, NULL,
                  "%s has %d weight%s for %d value%s", r->whose, node->n_children,
                  node->n_children == 1 ? "" : "s", n, n == 1 ? "" : "s");
        return NULL;
    }
    for (const struct cf_node *item = node->child; item != NULL; item = item->next) {
        weight[i] = cf_node_number(item);
        if (!(weight[i++] > 0)) {
            cf_report(r->diag, CF_ERROR, "uncertain.weights", item->at, NULL,
                      "a weight of %s is not above 0", r->whose);
            good = 0;
        }
    }
    return good ? weight : NULL;
}

/* Values in ascending order, with weights that sum to 1. 0 (reported) where they are wrong. */
static int load_values(const struct reading *r, const struct cf_dist *dist)
{
    struct cf_arena *arena = &r->model->arena;
    const struct cf_node *values = parameter(r, dist, "values");
    const struct cf_node *weights = dist->by_values > 1 ? parameter(r, dist, "weights") : NULL;
    const int n = values != NULL ? values->n_children : 0;
    if (values != NULL && n == 0)
        cf_report(r->diag, CF_ERROR, "uncertain.values", values->at, NULL, "%s has no values",
                  r->whose);
    if (n == 0 || (dist->by_values > 1 && weights == NULL))
        return 0;
    const double *weight = weights != NULL ? read_weights(r, weights, n) : NULL;
    if (weights != NULL && weight == NULL)
        return 0;
    struct weighed *all = CF_TAKE(arena, (size_t)n, struct weighed);
    double sum = 0;
    int i = 0;
    for (const struct cf_node *item = values->child; item != NULL; item = item->next, i++) {
        all[i] = (struct weighed){cf_node_number(item), weight != NULL ? weight[i] : 1, i};
        sum += all[i].weight;
    }
    qsort(all, (size_t)n, sizeof *all, by_value);
    double *value = CF_TAKE(arena, (size_t)n, double), *share = CF_TAKE(arena, (size_t)n, double);
    for (i = 0; i < n; i++) {
        value[i] = all[i].value;
        share[i] = all[i].weight / sum;
    }
    r->uncertain->values = (struct cf_dist_values){n, value, share};
    return 1;
}

/* The parameter that a fault names first, where it stands; the distribution where it names none. */
static struct cf_at fault_at(const struct reading *r, const struct cf_dist *dist, const char *fault)
{
    static const char *const letters = "abcdefghijklmnopqrstuvwxyz";
    for (const char *word = fault + strcspn(fault, letters); *word != '\0';
         word += strcspn(word, letters)) {
        const size_t length = strspn(word, letters);
        for (int k = 0; k < dist->n_parameters; k++)
            if (strlen(dist->parameter[k]) == length &&
                strncmp(dist->parameter[k], word, length) == 0)
                return get(r, dist->parameter[k])->at;
        word += length;
    }
    return get(r, "dist")->at;
}

/* 1 when the distribution is whole and its parameters make one. */
static int load_parameters(const struct reading *r, const struct cf_dist *dist)
{
    int good = dist->by_values > 0 ? load_values(r, dist) : 1;
    for (int k = 0; k < dist->n_parameters; k++) {
        const struct cf_node *node = parameter(r, dist, dist->parameter[k]);
        good &= node != NULL;
        if (node != NULL)
            r->uncertain->parameter[k] = cf_node_number(node);
    }
    check_superfluous(r, dist);
    const char *fault = good && dist->fault != NULL ? dist->fault(r->uncertain->parameter) : NULL;
    if (fault == NULL)
        return good;
    cf_report(r->diag, CF_ERROR, "uncertain.parameter", fault_at(r, dist, fault), NULL, "%s: %s",
              r->whose, fault);
    return 0;
}

/* Whether enough of the distribution lies from min to max to be drawn from. */
static int lies_between(const struct cf_uncertain *u, const struct cf_dist *dist)
{
    const struct cf_dist_part part =
        cf_dist_part_of(dist, u->parameter, &u->values, u->min, u->max);
    return part.upto - part.below >= CF_LEAST_PART;
}

/* dist: NULL where it is not known well enough to be asked. */
static void load_truncation(const struct reading *r, const struct cf_dist *dist)
{
    const struct cf_node *min = get(r, "min"), *max = get(r, "max");
    struct cf_uncertain *u = r->uncertain;
    u->min = min != NULL ? cf_node_number(min) : -HUGE_VAL;
    u->max = max != NULL ? cf_node_number(max) : HUGE_VAL;
    if (u->min > u->max)
        cf_report(r->diag, CF_ERROR, "uncertain.truncation", max->at, NULL,
                  "max of %s is below its min", r->whose);
    else if (dist != NULL && (min != NULL || max != NULL) && !lies_between(u, dist))
        cf_report(r->diag, CF_ERROR, "uncertain.truncation", max != NULL ? max->at : min->at, NULL,
                  "next to nothing of the distribution of %s lies within min and max", r->whose);
}

static void load_dist(const struct reading *r)
{
    const struct cf_node *node = get(r, "dist");
    int d = node != NULL ? cf_dist_find(node->text) : -1, good = 0;
    r->uncertain->dist = d >= 0 ? d : 0;
    if (node != NULL && d < 0) {
        const char **names = CF_TAKE(&r->model->arena, (size_t)cf_n_dists, const char *);
        for (int k = 0; k < cf_n_dists; k++)
            names[k] = cf_dists[k].name;
        cf_report_near(r->diag, CF_ERROR, "uncertain.dist", node->at, node->text, names,
                       (size_t)cf_n_dists, "unknown distribution '%s' of %s", node->text, r->whose);
    }
    if (d >= 0)
        good = load_parameters(r, &cf_dists[d]);
    load_truncation(r, good ? &cf_dists[d] : NULL);
}

/* ---- members and years ---- */

static void load_by_axis(const struct reading *r, const struct cf_node *name)
{
    const struct cf_field_spec *spec = &cf_field_specs[r->uncertain->field];
    const char *names[CF_MOST_DIMS];
    char axes[160];
    int d = 0;
    for (int k = 0; k < spec->n_dims; k++)
        names[k] = spec->dim[k].name;
    while (d < spec->n_dims && !cf_text_same(names[d], name->text))
        d++;
    if (d == spec->n_dims)
        cf_report_near(r->diag, CF_ERROR, "uncertain.by", name->at, name->text, names,
                       (size_t)spec->n_dims, "'%s' in 'by' of %s is no axis of field '%s' (%s)",
                       name->text, r->whose, spec->name,
                       spec->n_dims > 0 ? cf_field_axes_text(r->uncertain->field, axes, sizeof axes)
                                        : "it has none");
    else if (spec->dim[d].axis == CF_AXIS_YEAR)
        cf_report(r->diag, CF_ERROR, "uncertain.by", name->at,
                  "ar1 = 0.0 draws each year by itself", "%s cannot be by year", r->whose);
    else
        r->uncertain->by[d] = 1;
}

/* known: whether the field is. */
static void load_members(const struct reading *r, int known)
{
    const struct cf_node *by = get(r, "by"), *shared = get(r, "shared");
    r->uncertain->shared = shared != NULL ? cf_node_number(shared) : 0;
    if (by != NULL && cf_node_first_text(by) == NULL)
        cf_report(r->diag, CF_ERROR, "uncertain.by", by->at, "leave it out for one value for all",
                  "'by' of %s is empty", r->whose);
    for (const struct cf_node *name = by != NULL && known ? cf_node_first_text(by) : NULL;
         name != NULL; name = cf_node_next_text(by, name))
        load_by_axis(r, name);
    if (shared != NULL && cf_node_find(r->entry, "by") == NULL)
        cf_report(r->diag, CF_ERROR, "uncertain.shared", shared->at, NULL,
                  "%s has 'shared' and not 'by': there are no members to share it", r->whose);
}

static void load_ar1(const struct reading *r, int field)
{
    const struct cf_node *ar1 = get(r, "ar1");
    r->uncertain->ar1 = ar1 != NULL ? cf_node_number(ar1) : NAN;
    if (ar1 == NULL)
        return;
    if (!(fabs(r->uncertain->ar1) < 1))
        cf_report(r->diag, CF_ERROR, "uncertain.ar1", ar1->at, NULL,
                  "ar1 of %s is not between -1 and 1", r->whose);
    if (cf_is_stock(field))
        cf_report(r->diag, CF_ERROR, "uncertain.ar1", ar1->at, NULL,
                  "%s has 'ar1', '%s' can be pulled in the base year only", r->whose,
                  cf_field_specs[field].name);
}

/* ---- the entry ---- */

static void check_name(const struct reading *r)
{
    const struct cf_node *name = get(r, "name");
    const struct cf_node *other = cf_said_before(r->entry, CF_SCOPE_UNCERTAIN, "name");
    if (name != NULL && name->text[0] == '\0')
        cf_report(r->diag, CF_ERROR, "uncertain.name", name->at, NULL, "%s has an empty name",
                  r->whose);
    else if (other != NULL)
        cf_report(r->diag, CF_ERROR, "uncertain.twice", name->at,
                  "give each entry a name of its own",
                  "there is another uncertain entry '%s', at %s:%d:%d", name->text, other->at.path,
                  other->at.line, other->at.column);
}

static void load_entry(struct reading *r, int number)
{
    struct cf_arena *arena = &r->model->arena;
    const char *by_number = cf_arena_format(arena, "uncertain entry %d", number);
    const struct cf_node *name = get(r, "name");
    struct cf_uncertain *u = r->uncertain;
    struct cf_pulled pulled;
    *u = (struct cf_uncertain){.at = r->entry->at, .group = -1};
    u->name = name != NULL && name->text[0] != '\0' ? name->text : by_number;
    r->whose =
        u->name == by_number ? by_number : cf_arena_format(arena, "uncertain entry '%s'", u->name);
    const char *in = cf_arena_format(arena, " in %s", r->whose);
    cf_check_settings(r->entry, CF_SCOPE_UNCERTAIN, in, r->diag);
    if (!r->broken)
        cf_require_settings(r->entry, CF_SCOPE_UNCERTAIN, in, r->entry->at, r->diag);
    check_name(r);
    cf_load_pulled(r->model, r->entry, CF_SCOPE_UNCERTAIN, r->whose, &pulled, r->diag);
    u->field = pulled.field >= 0 ? (enum cf_field_id)pulled.field : 0;
    u->op = pulled.op >= 0 ? pulled.op : 0;
    memcpy(u->where, pulled.where, sizeof u->where);
    memcpy(u->by_code, pulled.by_code, sizeof u->by_code);
    load_dist(r);
    load_members(r, pulled.field >= 0);
    load_ar1(r, pulled.field);
}

void cf_load_uncertain(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *future = &model->scenario.future;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "uncertain");
    int number = 0;
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    future->uncertain = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_uncertain);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        struct reading r = {.model = model,
                            .entry = entry,
                            .uncertain = &future->uncertain[future->n_uncertain],
                            .broken = config->broken,
                            .diag = diag};
        number++;
        if (entry->kind != CF_NODE_GROUP)
            continue;
        load_entry(&r, number);
        future->n_uncertain++;
    }
}

const char **cf_uncertain_names(struct cf_model *model)
{
    const struct cf_future *future = &model->scenario.future;
    const char **names = CF_TAKE(&model->arena, (size_t)future->n_uncertain, const char *);
    for (int k = 0; k < future->n_uncertain; k++)
        names[k] = future->uncertain[k].name;
    return names;
}
