#include "engine/record.h"

#include "engine/indicators.h"
#include "engine/placing.h"
#include "engine/record_places.h"
#include "engine/record_put.h"

#include <string.h>

/* population[year][area][group][age]: persons, whatever their level and status. */
static void record_population(struct cf_worker *w, const struct cf_put *to)
{
    const size_t ages = (size_t)w->e->G * (size_t)w->e->X;
    for (int a = 0; a < w->e->A; a++) {
        memset(w->persons, 0, ages * sizeof *w->persons);
        w->kernels->count(w->e, cf_area_stock(w, a), w->persons);
        for (size_t i = 0; i < ages; i++)
            cf_put(to, (size_t)a * ages + i, &w->persons[i]);
    }
}

/* ledger[year][area][term]: persons; the row of a year describes the step into it. */
static void record_ledger(struct cf_worker *w, const struct cf_put *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * CF_N_TERMS; i++)
        cf_put(to, i, &w->ledger[i]);
}

/* stock[year][area][age][status]: persons, whatever their group and level. */
static void record_stock(struct cf_worker *w, const struct cf_put *to)
{
    const int X = w->e->X, S = w->e->S;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
            for (int s = 0; s < S; s++)
                cf_put(to, VIEW3(a, x, X, s, S), &w->persons[s]);
        }
}

/* level_stock[year][area][age][level]: persons, whatever their group and status. */
static void record_level_stock(struct cf_worker *w, const struct cf_put *to)
{
    const int X = w->e->X, L = w->e->L;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_levels(w->e, cf_area_stock(w, a), x, w->persons);
            for (int l = 0; l < L; l++)
                cf_put(to, VIEW3(a, x, X, l, L), &w->persons[l]);
        }
}

/* attained_by_19[year][area][level]: share of age 18 with at least the level. */
static void record_attained(struct cf_worker *w, const struct cf_put *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * (size_t)w->e->L; i++)
        cf_put(to, i, &w->attained[i]);
}

static void put_indicators(const struct cf_worker *w, const struct cf_put *to, enum cf_counted of)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    for (int a = 0; a < w->e->A; a++)
        for (int i = 0; i < scenario->n_indicators; i++)
            if (scenario->indicator[i].of == of) {
                const size_t at = VIEW2(a, i, scenario->n_indicators);
                cf_put(to, at, &w->indicator[at]);
            }
}

/* indicator_value[year][area][indicator]: as each is defined. MODEL.md 7. */
static void record_indicators(struct cf_worker *w, const struct cf_put *to)
{
    for (int a = 0; a < w->e->A; a++)
        cf_read_indicators(w, a, CF_COUNTED_STOCK);
    put_indicators(w, to, CF_COUNTED_STOCK);
}

/* The same of those read in the summer, when the step has gone on. */
static void record_summer_indicators(struct cf_worker *w, const struct cf_put *to)
{
    put_indicators(w, to, CF_COUNTED_ATTAINED);
}

/* shift[year][area][age][status]: what a back-cast solved, 0 for a run that is none. */
static void record_shift(struct cf_worker *w, const struct cf_put *to)
{
    const lanes none = {0};
    const size_t n = (size_t)w->e->A * (size_t)w->e->X * (size_t)w->e->S;
    for (size_t i = 0; i < n; i++)
        cf_put(to, i, w->shift && w->y > 0 ? &w->shift[i] : &none);
}

/* What a model must have for some variables. */
static int solves(const struct cf_model *model)
{
    return model->scenario.backcast;
}

static int places(const struct cf_model *model)
{
    return model->provision.I > 0;
}

static int grades(const struct cf_model *model)
{
    return places(model) && model->provision.Q > 0;
}

/* Learners by home area and offer are kept where they are not too many. */
static int keeps_from(const struct cf_model *model)
{
    const size_t pairs = (size_t)model->extent.A * (size_t)model->provision.n_offers;
    return places(model) && pairs <= CF_MOST_FROM;
}

/* One row a variable: to add one, write its function and its row. Dimensions by name, without
 * the run; the first is the year, or the report year. */
static const struct variable {
    const char *name, *units, *long_name;
    const char *dim[CF_MOST_VARIABLE_DIMS];
    /* What the autumn of the year gives, and what the summer that ends it; NULL: nothing. */
    void (*autumn)(struct cf_worker *worker, const struct cf_put *to);
    void (*summer)(struct cf_worker *worker, const struct cf_put *to);
    int of_draws; /* 1: kept for every run */
    /* Whether a run of the model leaves it; NULL: any does. A dimension without members leaves
     * nothing to record either. */
    int (*recorded)(const struct cf_model *model);
} variables[] = {
    {"population",
     "1",
     "residents (persons)",
     {"year", "area", "group", "age"},
     record_population,
     NULL,
     0,
     NULL},
    {"stock",
     "1",
     "residents by status (persons)",
     {"year", "area", "age", "status"},
     record_stock,
     NULL,
     0,
     NULL},
    {"level_stock",
     "1",
     "residents by level (persons)",
     {"year", "area", "age", "level"},
     record_level_stock,
     NULL,
     0,
     NULL},
    {"attained_by_19",
     "1",
     "share of those aged 18 with at least this level, after the summer's results",
     {"year", "area", "level"},
     NULL,
     record_attained,
     0,
     NULL},
    {"indicator_value",
     "1",
     "indicator as it is defined: a share, a difference of shares, or persons",
     {"year", "area", "indicator"},
     record_indicators,
     record_summer_indicators,
     1,
     NULL},
    {"first_choice",
     "1",
     "residents by the status they chose, before places were given out (persons)",
     {"year", "area", "age", "status"},
     cf_record_first_choice,
     NULL,
     0,
     places},
    {"demand",
     "1",
     "learners who want the line, by home area: first choice",
     {"year", "area", "line"},
     cf_record_demand,
     NULL,
     0,
     places},
    {"placed",
     "1",
     "learners with a place on the line, by home area, in the end",
     {"year", "area", "line"},
     cf_record_placed,
     NULL,
     0,
     places},
    {"unplaced",
     "1",
     "learners without a place on the line of their first choice",
     {"year", "area", "line"},
     cf_record_unplaced,
     NULL,
     0,
     places},
    {"too_far",
     "1",
     "of the unplaced, learners who would stay away if there were room for all",
     {"year", "area", "line"},
     cf_record_too_far,
     NULL,
     0,
     places},
    {"crowded_out",
     "1",
     "of the unplaced, learners for whom there is no room",
     {"year", "area", "line"},
     cf_record_crowded_out,
     NULL,
     0,
     places},
    {"travel_minutes",
     "min",
     "mean minutes from home of the learners placed",
     {"year", "area", "line"},
     cf_record_minutes,
     NULL,
     0,
     places},
    {"usable",
     "1",
     "places with rooms and teachers",
     {"year", "offer"},
     cf_record_usable,
     NULL,
     0,
     places},
    {"arrivals",
     "1",
     "learners who would come if there were room for all",
     {"year", "offer"},
     cf_record_arrivals,
     NULL,
     0,
     places},
    {"enrolled",
     "1",
     "learners who have a place here",
     {"year", "offer"},
     cf_record_enrolled,
     NULL,
     0,
     places},
    {"shortfall",
     "1",
     "places missing for those who would come",
     {"year", "offer"},
     cf_record_shortfall,
     NULL,
     0,
     places},
    {"spare", "1", "places left over", {"year", "offer"}, cf_record_spare, NULL, 0, places},
    {"scarcity",
     "min",
     "how much farther the marginal learner would travel for one more place here; 0 where it did "
     "not fill",
     {"year", "offer"},
     cf_record_scarcity,
     NULL,
     0,
     places},
    {"good_share",
     "1",
     "belief that the site's inspection grade is a good one (share)",
     {"year", "site"},
     cf_record_good_share,
     NULL,
     0,
     grades},
    {"access",
     "1",
     "share of the route's entitlement lines with places within reach",
     {"year", "area", "status"},
     cf_record_access,
     NULL,
     0,
     places},
    {"coverage",
     "1",
     "share of residents of the coverage ages with a place of the line within reach",
     {"year", "area", "line"},
     cf_record_coverage,
     NULL,
     0,
     places},
    {"flow",
     "1",
     "learners by home authority and the provider's",
     {"year", "authority", "authority_to", "status"},
     cf_record_flow,
     NULL,
     0,
     places},
    {"flow_offer",
     "1",
     "learners by home area and offer",
     {"report_year", "area", "offer"},
     cf_record_flow_offer,
     NULL,
     0,
     keeps_from},
    {"shift",
     "1",
     "what would have to change: added to the log odds of the status so that the targets are met",
     {"year", "area", "age", "status"},
     record_shift,
     NULL,
     0,
     solves},
    {"ledger",
     "1",
     "where persons came from and went to in the step into the year (persons)",
     {"year", "area", "term"},
     record_ledger,
     NULL,
     0,
     NULL},
};
#define N_VARIABLES (sizeof variables / sizeof *variables)

static int extent_of(const struct cf_model *model, const char *dim)
{
    if (!strcmp(dim, "term"))
        return CF_N_TERMS;
    if (!strcmp(dim, "indicator"))
        return model->scenario.n_indicators;
    if (!strcmp(dim, "report_year"))
        return model->scenario.n_report_years;
    if (!strcmp(dim, "offer"))
        return model->provision.n_offers;
    if (!strcmp(dim, "authority_to"))
        return model->axis[CF_AXIS_AUTHORITY].n;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!strcmp(dim, cf_axis_specs[i].name))
            return model->axis[i].n;
    return 0;
}

static int is_recorded(const struct variable *variable, const struct cf_model *model)
{
    if (variable->recorded && !variable->recorded(model))
        return 0;
    for (int d = 0; d < CF_MOST_VARIABLE_DIMS && variable->dim[d]; d++)
        if (extent_of(model, variable->dim[d]) == 0)
            return 0;
    return 1;
}

static struct cf_variable lay_out(const struct variable *variable, const struct cf_model *model,
                                  size_t offset)
{
    struct cf_variable v = {.name = variable->name,
                            .units = variable->units,
                            .long_name = variable->long_name,
                            .offset = offset,
                            .size = 1,
                            .of_draws = variable->of_draws};
    for (; v.n_dims < CF_MOST_VARIABLE_DIMS && variable->dim[v.n_dims]; v.n_dims++) {
        v.dim[v.n_dims] = variable->dim[v.n_dims];
        v.extent[v.n_dims] = extent_of(model, v.dim[v.n_dims]);
        v.size *= (size_t)v.extent[v.n_dims];
    }
    return v;
}

struct cf_layout *cf_record_layout(struct cf_arena *arena, const struct cf_model *model)
{
    struct cf_layout *layout = CF_TAKE(arena, 1, struct cf_layout);
    layout->variable = CF_TAKE(arena, N_VARIABLES, struct cf_variable);
    layout->n_terms = CF_N_TERMS;
    layout->term = cf_term_names;
    layout->term_label = cf_term_labels;
    for (size_t i = 0; i < N_VARIABLES; i++) {
        if (!is_recorded(&variables[i], model))
            continue;
        struct cf_variable *v = &layout->variable[layout->n_variables++];
        *v = lay_out(&variables[i], model, layout->length);
        layout->length += v->size;
    }
    return layout;
}

/* The row that a variable of the layout comes from. The layout says what is recorded, whatever the
 * scenario at hand would need alone: it may be that of another in the same file. */
static const struct variable *variable_of(const struct cf_variable *v)
{
    size_t i = 0;
    while (variables[i].name != v->name)
        i++;
    return &variables[i];
}

/* Which of a variable's years is year index y, -1: none. */
static int year_of(const struct cf_worker *w, const struct cf_variable *v, int y)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    if (strcmp(v->dim[0], "report_year") != 0)
        return y;
    for (int k = 0; k < scenario->n_report_years; k++)
        if (scenario->report_year[k] == w->e->base_year + y)
            return k;
    return -1;
}

static void record_at(struct cf_worker *w, const struct cf_layout *layout, double *const *record,
                      int n_lanes, int y, int summer)
{
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        const struct variable *of = variable_of(v);
        const size_t a_year = v->size / (size_t)v->extent[0];
        const int at = year_of(w, v, y);
        const struct cf_put to = {record, n_lanes, v->offset + (size_t)at * a_year};
        if (at < 0)
            continue;
        if (summer && of->summer)
            of->summer(w, &to);
        if (!summer && of->autumn)
            of->autumn(w, &to);
    }
}

void cf_record_year(struct cf_worker *w, const struct cf_layout *layout, double *const *record,
                    int n_lanes)
{
    record_at(w, layout, record, n_lanes, w->y, 0);
}

void cf_record_summer(struct cf_worker *w, const struct cf_layout *layout, double *const *record,
                      int n_lanes)
{
    record_at(w, layout, record, n_lanes, w->y - 1, 1);
}
