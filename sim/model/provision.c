#include "model/provision.h"

#include "base/text.h"
#include "model/model.h"
#include "model/view.h"

#include <limits.h>
#include <math.h>

/* The value of a numeric attribute of a member, or `otherwise` where there is none. */
static double number_of(const struct cf_axis *axis, const char *attribute, int member,
                        double otherwise)
{
    const char *text = cf_axis_value(axis, attribute, member);
    double value;
    return text && cf_parse_double(text, &value) ? value : otherwise;
}

static int whole_of(const struct cf_axis *axis, const char *attribute, int member, int otherwise)
{
    const char *text = cf_axis_value(axis, attribute, member);
    int value;
    return text && cf_parse_int(text, &value) ? value : otherwise;
}

static int flag_of(const struct cf_axis *axis, const char *attribute, int member)
{
    return whole_of(axis, attribute, member, 0) == 1;
}

/* Index of the member that an attribute names, -1 where it names none. */
static int member_of(const struct cf_axis *of, const struct cf_axis *axis, const char *attribute,
                     int member)
{
    const char *code = cf_axis_value(axis, attribute, member);
    return code ? cf_names_find(&of->codes, code) : -1;
}

static void find_lines(struct cf_model *m, struct cf_provision *p)
{
    const struct cf_axis *line = &m->axis[CF_AXIS_LINE];
    const struct cf_extent *e = &m->extent;
    int *marked = CF_TAKE(&m->arena, (size_t)e->S, int);
    p->line = CF_TAKE(&m->arena, (size_t)p->I, struct cf_line);
    for (int i = 0; i < p->I; i++) {
        const int from = whole_of(line, "from_age", i, e->first_age + e->choice_x);
        const int to = whole_of(line, "to_age", i, INT_MAX);
        const int last = e->first_age + e->X - 1;
        struct cf_line *l = &p->line[i];
        l->route = member_of(&m->axis[CF_AXIS_STATUS], line, "route", i);
        l->from_x = (from < e->first_age ? e->first_age : from) - e->first_age;
        l->to_x = (to > last ? last : to) - e->first_age;
        /* Only the school status has learners below choice_age. */
        if (l->route != e->school && l->from_x < e->choice_x)
            l->from_x = e->choice_x;
        l->viable_group = number_of(line, "viable_group", i, 0);
        l->per_teacher = number_of(line, "learners_per_teacher", i, 0);
        l->counts = flag_of(line, "entitlement", i);
        if (l->route >= 0)
            marked[l->route] |= l->counts;
    }
    for (int i = 0; i < p->I; i++)
        p->line[i].counts =
            p->line[i].from_x <= p->line[i].to_x &&
            (p->line[i].counts || (p->line[i].route >= 0 && !marked[p->line[i].route]));
}

/* An area or site without authority belongs to that of the empty code: input/load_axes.c. */
int cf_authority_of(const struct cf_model *m, enum cf_axis_id axis, int member)
{
    const struct cf_axis *authority = &m->axis[CF_AXIS_AUTHORITY];
    const int h = member_of(authority, &m->axis[axis], "authority", member);
    return h >= 0 ? h : cf_names_find(&authority->codes, "");
}

/* What the scenario closes, over what the axis says. */
static void close_sites(const struct cf_scenario *scenario, struct cf_provision *p)
{
    for (int k = 0; k < scenario->n_closures; k++)
        for (int j = 0; j < p->J; j++)
            if (scenario->closure[k].site.member[j]) {
                p->site[j].closing_year = scenario->closure[k].year;
                p->site[j].teach_out = scenario->closure[k].teach_out;
            }
}

static void find_sites(struct cf_model *m, struct cf_provision *p)
{
    const struct cf_axis *site = &m->axis[CF_AXIS_SITE], *grade = &m->axis[CF_AXIS_GRADE];
    p->site = CF_TAKE(&m->arena, (size_t)p->J, struct cf_site);
    p->good = CF_TAKE(&m->arena, (size_t)p->Q, unsigned char);
    p->home = CF_TAKE(&m->arena, (size_t)m->extent.A, int);
    for (int j = 0; j < p->J; j++)
        p->site[j] = (struct cf_site){.authority = cf_authority_of(m, CF_AXIS_SITE, j),
                                      .closing_year = whole_of(site, "closing_year", j, INT_MAX),
                                      .teach_out = whole_of(site, "teach_out", j, 0)};
    close_sites(&m->scenario, p);
    for (int a = 0; a < m->extent.A; a++)
        p->home[a] = cf_authority_of(m, CF_AXIS_AREA, a);
    for (int q = 0; q < p->Q; q++)
        p->good[q] = (unsigned char)flag_of(grade, "good", q);
}

/* A lever on places that names both line and site makes them an offer; so does whatever else pulls
 * places in some run. */
static void mark_pulls(const struct cf_model *m, const struct cf_provision *p,
                       unsigned char *offered)
{
    struct cf_pull_spec pull;
    for (int k = 0; cf_pull_spec_find(&m->scenario, k, &pull); k++) {
        if (pull.field != CF_FIELD_places || !pull.by_code[0] || !pull.by_code[1])
            continue;
        for (int i = 0; i < p->I; i++)
            for (int j = 0; j < p->J; j++)
                offered[VIEW2(i, j, p->J)] |= pull.where[0].member[i] && pull.where[1].member[j];
    }
}

static void mark_offers(const struct cf_model *m, unsigned char *offered)
{
    const struct cf_provision *p = &m->provision;
    const struct cf_field *places = &m->field[CF_FIELD_places];
    for (size_t k = 0; k < (size_t)p->I * (size_t)p->J && places->value; k++)
        offered[k] |= places->line ? places->line[k] != 0 : places->value[k] > 0;
    for (int k = 0; k < p->n_changes; k++)
        offered[VIEW2(p->change[k].line, p->change[k].site, p->J)] = 1;
    mark_pulls(m, p, offered);
}

static void list_offers(struct cf_model *m, const unsigned char *offered)
{
    struct cf_provision *p = &m->provision;
    const size_t pairs = (size_t)p->I * (size_t)p->J;
    p->n_offers = 0;
    for (size_t k = 0; k < pairs; k++)
        p->n_offers += offered[k];
    p->offer_site = CF_TAKE(&m->arena, (size_t)p->n_offers, int);
    p->offer_line = CF_TAKE(&m->arena, (size_t)p->n_offers, int);
    p->offer_code = CF_TAKE(&m->arena, (size_t)p->n_offers, const char *);
    p->first_offer = CF_TAKE(&m->arena, (size_t)p->I + 1, int);
    int n = 0;
    for (int i = 0; i < p->I; i++) {
        p->first_offer[i] = n;
        for (int j = 0; j < p->J; j++) {
            if (!offered[VIEW2(i, j, p->J)])
                continue;
            p->offer_site[n] = j;
            p->offer_line[n] = i;
            p->offer_code[n++] =
                cf_arena_format(&m->arena, "%s/%s", m->axis[CF_AXIS_SITE].codes.name[j],
                                m->axis[CF_AXIS_LINE].codes.name[i]);
        }
    }
    p->first_offer[p->I] = n;
    for (int k = 0; k < p->n_changes; k++)
        p->change[k].offer = cf_offer_find(p, p->change[k].line, p->change[k].site);
}

int cf_offer_find(const struct cf_provision *p, int line, int site)
{
    for (int o = p->first_offer[line]; o < p->first_offer[line + 1]; o++)
        if (p->offer_site[o] == site)
            return o;
    return -1;
}

void cf_find_provision(struct cf_model *m)
{
    struct cf_provision *p = &m->provision;
    p->I = m->axis[CF_AXIS_LINE].n;
    p->J = m->axis[CF_AXIS_SITE].n;
    p->H = m->axis[CF_AXIS_AUTHORITY].n;
    p->Q = m->axis[CF_AXIS_GRADE].n;
    p->provided = CF_TAKE(&m->arena, (size_t)m->extent.S, unsigned char);
    for (int s = 0; s < m->extent.S; s++)
        p->provided[s] = (unsigned char)flag_of(&m->axis[CF_AXIS_STATUS], "provided", s);
    find_lines(m, p);
    find_sites(m, p);
    cf_share_offers(&m, 1);
}

/* Absent values are not a number, in all models alike. */
static int same_values(const struct cf_field *a, const struct cf_field *b)
{
    for (size_t k = 0; k < a->size; k++)
        if (a->value[k] != b->value[k] && !(isnan(a->value[k]) && isnan(b->value[k])))
            return 0;
    return 1;
}

static int has_own_travel(const struct cf_model *first, const struct cf_model *m)
{
    return first != m &&
           !(same_values(&first->field[CF_FIELD_minutes], &m->field[CF_FIELD_minutes]) &&
             same_values(&first->field[CF_FIELD_reach], &m->field[CF_FIELD_reach]));
}

void cf_share_offers(struct cf_model *const *models, int n)
{
    const struct cf_provision *p = &models[0]->provision;
    struct cf_arena arena;
    cf_arena_init(&arena);
    unsigned char *offered = CF_TAKE(&arena, (size_t)p->I * (size_t)p->J, unsigned char);
    for (int k = 0; k < n; k++)
        mark_offers(models[k], offered);
    for (int k = 0; k < n; k++)
        list_offers(models[k], offered);
    for (int k = 0; k < n; k++)
        models[k]->provision.own_travel = has_own_travel(models[0], models[k]);
    cf_arena_free(&arena);
}
