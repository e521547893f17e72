#include "plan/linear.h"

#include "base/text.h"
#include "model/view.h"
#include "plan/funding.h"

#include <limits.h>
#include <math.h>

/* The programme made of what was measured. */

/* Fewer learners short than this, in every future, are none. */
#define LEAST_SHORT 0.5
/* A consortium that has less of an option's relief than this is not served by it. */
#define LEAST_PART 0.01

static double short_of(const struct cf_linear *l, int f, int t, int c, int i)
{
    const struct cf_trial *b = &l->base;
    double sum = 0;
    for (int a = 0; a < b->A; a++)
        if (l->consortium[a] == c)
            sum += b->unplaced[VIEW4(f, t + 1, b->Y, a, b->A, i, b->I)];
    return sum;
}

static const char *line_name(const struct cf_linear *l, int i)
{
    return l->model->axis[CF_AXIS_LINE].codes.name[i];
}

static void make_demands(struct cf_linear *l)
{
    struct cf_programme *p = &l->programme;
    const size_t most = (size_t)l->base.I * (size_t)l->T * (size_t)l->C;
    struct cf_plan_demand *demand = CF_TAKE(l->arena, most, struct cf_plan_demand);
    l->demand = CF_TAKE(l->arena, most, int);
    p->n_demands = 0;
    for (int i = 0; i < l->base.I; i++)
        for (int t = 0; t < l->T; t++)
            for (int c = 0; c < l->C; c++) {
                double *amount = CF_TAKE(l->arena, (size_t)l->futures->n, double), most_short = 0;
                for (int f = 0; f < l->futures->n; f++) {
                    amount[f] = short_of(l, f, t, c, i);
                    most_short = fmax(most_short, amount[f]);
                }
                l->demand[VIEW3(i, t, l->T, c, l->C)] =
                    most_short > LEAST_SHORT ? p->n_demands : -1;
                if (most_short > LEAST_SHORT)
                    demand[p->n_demands++] = (struct cf_plan_demand){
                        .name = cf_arena_format(l->arena, "%s, %d, %s", line_name(l, i),
                                                l->model->extent.base_year + 1 + t,
                                                l->consortium_name[c]),
                        .year = t,
                        .short_of = amount};
            }
    p->demand = demand;
}

/* A unit's relief on a line in a year: what it serves at most, and whom. */
static void make_supply(struct cf_linear *l, const struct cf_effect *e, int t,
                        struct cf_plan_supply *supply, struct cf_arc *arc)
{
    struct cf_programme *p = &l->programme;
    const int F = l->futures->n;
    double *amount = CF_TAKE(l->arena, (size_t)F, double), sum = 0;
    double *of = CF_TAKE(l->arena, (size_t)l->C, double);
    for (int f = 0; f < F; f++)
        for (int c = 0; c < l->C; c++) {
            const double relief =
                fmax(0, e->relief[VIEW3(f, t, l->T, c, l->C)]) * l->scale[VIEW2(e->line, t, l->T)];
            amount[f] += relief;
            of[c] += l->futures->weight[f] * relief;
            sum += l->futures->weight[f] * relief;
        }
    const int before = p->n_arcs;
    for (int c = 0; c < l->C; c++) {
        const int d = l->demand[VIEW3(e->line, t, l->T, c, l->C)];
        if (d >= 0 && of[c] > LEAST_PART * sum)
            arc[p->n_arcs++] = (struct cf_arc){p->n_supplies, d};
    }
    if (p->n_arcs > before)
        supply[p->n_supplies++] =
            (struct cf_plan_supply){.option = e->option, .year = t, .offer = -1, .amount = amount};
}

static void make_supplies(struct cf_linear *l)
{
    struct cf_programme *p = &l->programme;
    const struct cf_decision *d = &l->model->scenario.decision;
    const size_t most = ((size_t)l->n_effects + 2 * (size_t)d->n_options) * (size_t)l->T;
    struct cf_plan_supply *supply = CF_TAKE(l->arena, most, struct cf_plan_supply);
    struct cf_arc *arc = CF_TAKE(l->arena, most * (size_t)l->C, struct cf_arc);
    p->n_supplies = p->n_arcs = 0;
    for (int k = 0; k < l->n_effects; k++)
        for (int t = d->option[l->effect[k].option].lead_years;
             t < l->T && d->option[l->effect[k].option].kind != CF_OPTION_RELEASE; t++)
            make_supply(l, &l->effect[k], t, supply, arc);
    p->arc = arc;
    p->supply = supply;
}

/* Places that are given up must be spare in every future: those that are stand as a supply of their
 * own, once an offer and year, and releases take from it. */
static void make_releases(struct cf_linear *l)
{
    struct cf_programme *p = &l->programme;
    const struct cf_decision *d = &l->model->scenario.decision;
    const struct cf_trial *b = &l->base;
    const int F = l->futures->n;
    struct cf_plan_supply *supply = (struct cf_plan_supply *)p->supply;
    unsigned char *seen = CF_TAKE(l->arena, (size_t)b->I * (size_t)b->J, unsigned char);
    for (int k = 0; k < d->n_options; k++) {
        const struct cf_option *o = &d->option[k];
        if (o->kind != CF_OPTION_RELEASE)
            continue;
        const int offer = o->line * b->J + o->site;
        for (int t = 0; t < l->T; t++) {
            double *spare = CF_TAKE(l->arena, (size_t)F, double);
            double *given_up = CF_TAKE(l->arena, (size_t)F, double);
            for (int f = 0; f < F; f++) {
                const size_t at = VIEW4(f, t + 1, b->Y, o->line, b->I, o->site, b->J);
                spare[f] = fmax(0, b->usable[at] - b->enrolled[at]);
                given_up[f] = -o->places;
            }
            if (!seen[offer])
                supply[p->n_supplies++] = (struct cf_plan_supply){-1, t, offer, spare};
            supply[p->n_supplies++] = (struct cf_plan_supply){k, t, offer, given_up};
        }
        seen[offer] = 1;
    }
}

/* A new offer has to have its group: who comes there, as tried, is `there` besides those whom the
 * programme has it serve. */
static void make_viable(struct cf_linear *l)
{
    struct cf_programme *p = &l->programme;
    const struct cf_decision *d = &l->model->scenario.decision;
    struct cf_viable *viable =
        CF_TAKE(l->arena, (size_t)l->n_effects * (size_t)l->T, struct cf_viable);
    p->n_viable = 0;
    for (int k = 0; k < l->n_effects; k++) {
        const struct cf_effect *e = &l->effect[k];
        const struct cf_option *o = &d->option[e->option];
        const double group = l->model->provision.line[e->line].viable_group;
        if (o->kind != CF_OPTION_OPEN || group <= 0)
            continue;
        for (int t = o->lead_years; t < l->T; t++) {
            double relief = 0;
            for (int f = 0; f < l->futures->n; f++)
                for (int c = 0; c < l->C; c++)
                    relief +=
                        l->futures->weight[f] * fmax(0, e->relief[VIEW3(f, t, l->T, c, l->C)]);
            viable[p->n_viable++] =
                (struct cf_viable){e->option, t, group, fmax(0, e->there[t] - relief)};
        }
    }
    p->viable = viable;
}

/* Learners whom a unit leaves without a place they had, a year, on the mean. */
static double harm_of(const struct cf_linear *l, int option)
{
    const struct cf_option *o = &l->model->scenario.decision.option[option];
    double harm = 0;
    for (int k = 0; k < l->n_effects; k++)
        for (int f = 0; f < l->futures->n && l->effect[k].option == option; f++)
            for (int t = o->lead_years; t < l->T; t++)
                for (int c = 0; c < l->C; c++)
                    harm += l->futures->weight[f] *
                            fmax(0, -l->effect[k].relief[VIEW3(f, t, l->T, c, l->C)]) /
                            (l->T - o->lead_years);
    return harm;
}

/* Belief in a good grade, of the base year. 1 where the place has no grades. */
static double good_at(const struct cf_model *m, int site)
{
    const struct cf_provision *p = &m->provision;
    const struct cf_field *share = &m->field[CF_FIELD_grade_share];
    double good = 0;
    if (p->Q == 0 || !share->value || site < 0)
        return 1;
    for (int q = 0; q < p->Q; q++)
        good += p->good[q] ? share->value[VIEW2(site, q, p->Q)] : 0;
    return good;
}

static double units_started(const struct cf_decision *d, int option)
{
    double units = 0;
    for (int k = 0; k < d->n_actions; k++)
        units += d->action[k].option == option ? d->action[k].units : 0;
    return units;
}

/* The first year in which an option can be started and not be open before what it needs, where the
 * scenario itself has started that. */
static int starts_from(const struct cf_linear *l, const struct cf_option *o)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    int from = 0;
    for (int n = 0; n < o->n_needs; n++) {
        int opens = INT_MAX;
        for (int k = 0; k < d->n_actions; k++)
            if (d->action[k].option == o->need[n] && d->action[k].year < opens)
                opens = d->action[k].year;
        if (opens == INT_MAX)
            continue;
        opens += d->option[o->need[n]].lead_years;
        const int start = opens - o->lead_years - l->model->extent.base_year - 1;
        from = start > from ? start : from;
    }
    return from;
}

/* What the scenario has started itself is there from when it opens: it leaves fewer units, bars
 * what it excludes, and others need no more of it. */
static void make_options(struct cf_linear *l)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    struct cf_programme *p = &l->programme;
    struct cf_programme_option *option =
        CF_TAKE(l->arena, (size_t)d->n_options, struct cf_programme_option);
    for (int k = 0; k < d->n_options; k++) {
        const struct cf_option *o = &d->option[k];
        const int builds = o->kind == CF_OPTION_EXPAND || o->kind == CF_OPTION_OPEN;
        int *need = CF_TAKE(l->arena, (size_t)o->n_needs, int), n_needs = 0;
        for (int n = 0; n < o->n_needs; n++)
            if (units_started(d, o->need[n]) == 0)
                need[n_needs++] = o->need[n];
        const double annual = o->kind == CF_OPTION_RELEASE ? -o->annual : o->annual;
        option[k] = (struct cf_programme_option){
            .name = o->code,
            .capital = o->capital,
            .annuity = cf_annuity(o->capital, d->discount, o->life) + d->penalty * harm_of(l, k),
            .annual = annual,
            .lead = o->lead_years,
            .life = o->life,
            .max_units = (int)fmax(0, o->max_units - ceil(units_started(d, k))),
            .from = starts_from(l, o),
            .part = o->part,
            .barred = builds && good_at(l->model, o->site) < d->quality_floor,
            .n_needs = n_needs,
            .need = need,
            .n_excludes = o->n_excludes,
            .exclude = o->exclude};
        for (int n = 0; n < d->n_options; n++)
            for (int m = 0; m < d->option[n].n_excludes; m++)
                if (units_started(d, n) > 0 && d->option[n].exclude[m] == k)
                    option[k].barred = 2;
        for (int m = 0; m < o->n_excludes; m++)
            if (units_started(d, o->exclude[m]) > 0)
                option[k].barred = 2;
    }
    p->n_options = d->n_options;
    p->option = option;
}

/* What is left of the budgets after what the scenario has started itself. */
static void make_budgets(struct cf_linear *l)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    struct cf_programme *p = &l->programme;
    p->has_budget = d->has_budget;
    for (int part = 0; part < CF_N_PARTS && d->has_budget; part++) {
        double *capital = CF_TAKE(l->arena, (size_t)l->T, double);
        double *revenue = CF_TAKE(l->arena, (size_t)l->T, double);
        for (int t = 0; t < l->T; t++) {
            capital[t] = d->capital[part][t + 1];
            revenue[t] = d->revenue[part][t + 1];
        }
        for (int k = 0; k < d->n_actions; k++) {
            const struct cf_option *o = &d->option[d->action[k].option];
            const int start = d->action[k].year - l->model->extent.base_year - 1;
            const double annual = o->kind == CF_OPTION_RELEASE ? -o->annual : o->annual;
            if (o->part != part || start < 0 || start >= l->T)
                continue;
            capital[start] -= d->action[k].units * o->capital;
            for (int t = start + o->lead_years; t < l->T && t < start + o->lead_years + o->life;
                 t++)
                revenue[t] -= d->action[k].units * annual;
        }
        for (int t = 0; t < l->T; t++) {
            capital[t] = fmax(0, capital[t]);
            revenue[t] = fmax(0, revenue[t]);
        }
        p->capital[part] = capital;
        p->revenue[part] = revenue;
    }
}

void cf_linear_programme(struct cf_linear *l)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    struct cf_programme *p = &l->programme;
    double *discount = CF_TAKE(l->arena, (size_t)l->T, double);
    for (int t = 0; t < l->T; t++)
        discount[t] = 1 / cf_growth(d->discount, t + 1);
    p->first_year = l->model->extent.base_year + 1;
    p->n_years = l->T;
    p->n_futures = l->futures->n;
    p->weight = l->futures->weight;
    p->discount = discount;
    p->penalty = d->penalty;
    double *most = CF_TAKE(l->arena, (size_t)l->T, double);
    for (int t = 0; t < l->T; t++)
        most[t] = HUGE_VAL;
    for (int r = 0; r < l->model->scenario.n_report_years; r++) {
        const int t = l->model->scenario.report_year[r] - l->model->extent.base_year - 1;
        if (t >= 0)
            most[t] = d->most_unplaced;
    }
    p->most_unserved = most;
    make_options(l);
    make_budgets(l);
    make_demands(l);
    make_supplies(l);
    make_releases(l);
    make_viable(l);
}

struct cf_programme cf_linear_future(const struct cf_linear *l, int future)
{
    static const double one = 1;
    struct cf_programme p = l->programme;
    struct cf_plan_demand *demand = CF_TAKE(l->arena, (size_t)p.n_demands, struct cf_plan_demand);
    struct cf_plan_supply *supply = CF_TAKE(l->arena, (size_t)p.n_supplies, struct cf_plan_supply);
    for (int k = 0; k < p.n_demands; k++) {
        demand[k] = p.demand[k];
        demand[k].short_of += future;
    }
    for (int k = 0; k < p.n_supplies; k++) {
        supply[k] = p.supply[k];
        supply[k].amount += future;
    }
    p.demand = demand;
    p.supply = supply;
    p.n_futures = 1;
    p.weight = &one;
    p.regret = 0;
    return p;
}
