#include "engine/record.h"

#include "engine/indicators.h"

#include <string.h>

/* Where one variable of one year begins in each lane's record. */
struct target {
    double *const *record;
    int n_lanes;
    size_t offset;
};

static void put(const struct target *to, size_t i, const lanes *value)
{
    for (int k = 0; k < to->n_lanes; k++)
        to->record[k][to->offset + i] = (*value)[k];
}

/* population[year][area][group][age]: persons, whatever their level and status. */
static void record_population(struct cf_worker *w, const struct target *to)
{
    const size_t ages = (size_t)w->e->G * (size_t)w->e->X;
    for (int a = 0; a < w->e->A; a++) {
        memset(w->persons, 0, ages * sizeof *w->persons);
        w->kernels->count(w->e, cf_area_stock(w, a), w->persons);
        for (size_t i = 0; i < ages; i++)
            put(to, (size_t)a * ages + i, &w->persons[i]);
    }
}

/* ledger[year][area][term]: persons; the row of a year describes the step into it. */
static void record_ledger(struct cf_worker *w, const struct target *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * CF_N_TERMS; i++)
        put(to, i, &w->ledger[i]);
}

/* stock[year][area][age][status]: persons, whatever their group and level. */
static void record_stock(struct cf_worker *w, const struct target *to)
{
    const int X = w->e->X, S = w->e->S;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
            for (int s = 0; s < S; s++)
                put(to, VIEW3(a, x, X, s, S), &w->persons[s]);
        }
}

/* level_stock[year][area][age][level]: persons, whatever their group and status. */
static void record_level_stock(struct cf_worker *w, const struct target *to)
{
    const int X = w->e->X, L = w->e->L;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_levels(w->e, cf_area_stock(w, a), x, w->persons);
            for (int l = 0; l < L; l++)
                put(to, VIEW3(a, x, X, l, L), &w->persons[l]);
        }
}

/* attained_by_19[year][area][level]: share of age 18 with at least the level. */
static void record_attained(struct cf_worker *w, const struct target *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * (size_t)w->e->L; i++)
        put(to, i, &w->attained[i]);
}

static void put_indicators(const struct cf_worker *w, const struct target *to, enum cf_counted of)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    for (int a = 0; a < w->e->A; a++)
        for (int i = 0; i < scenario->n_indicators; i++)
            if (scenario->indicator[i].of == of) {
                const size_t at = VIEW2(a, i, scenario->n_indicators);
                put(to, at, &w->indicator[at]);
            }
}

/* indicator_value[year][area][indicator]: as each is defined. MODEL.md 7. */
static void record_indicators(struct cf_worker *w, const struct target *to)
{
    for (int a = 0; a < w->e->A; a++)
        cf_read_indicators(w, a, CF_COUNTED_STOCK);
    put_indicators(w, to, CF_COUNTED_STOCK);
}

/* The same of those read in the summer, when the step has gone on. */
static void record_summer_indicators(struct cf_worker *w, const struct target *to)
{
    put_indicators(w, to, CF_COUNTED_ATTAINED);
}

/* shift[year][area][age][status]: what a back-cast solved, 0 for a run that is none. */
static void record_shift(struct cf_worker *w, const struct target *to)
{
    const lanes none = {0};
    const size_t n = (size_t)w->e->A * (size_t)w->e->X * (size_t)w->e->S;
    for (size_t i = 0; i < n; i++)
        put(to, i, w->shift && w->y > 0 ? &w->shift[i] : &none);
}

/* One row a variable: to add one, write its function and its row. Dimensions by name, without
 * the run; the first is the year. */
static const struct variable {
    const char *name, *units, *long_name;
    const char *dim[CF_MOST_VARIABLE_DIMS];
    /* What the autumn of the year gives, and what the summer that ends it; NULL: nothing. */
    void (*autumn)(struct cf_worker *worker, const struct target *to);
    void (*summer)(struct cf_worker *worker, const struct target *to);
    int of_draws; /* 1: kept for every run */
} variables[] = {
    {"population",
     "1",
     "residents (persons)",
     {"year", "area", "group", "age"},
     record_population,
     NULL,
     0},
    {"stock",
     "1",
     "residents by status (persons)",
     {"year", "area", "age", "status"},
     record_stock,
     NULL,
     0},
    {"level_stock",
     "1",
     "residents by level (persons)",
     {"year", "area", "age", "level"},
     record_level_stock,
     NULL,
     0},
    {"attained_by_19",
     "1",
     "share of those aged 18 with at least this level, after the summer's results",
     {"year", "area", "level"},
     NULL,
     record_attained,
     0},
    {"indicator_value",
     "1",
     "indicator as it is defined: a share, a difference of shares, or persons",
     {"year", "area", "indicator"},
     record_indicators,
     record_summer_indicators,
     1},
    {"shift",
     "1",
     "what would have to change: added to the log odds of the status so that the targets are met",
     {"year", "area", "age", "status"},
     record_shift,
     NULL,
     0},
    {"ledger",
     "1",
     "where persons came from and went to in the step into the year (persons)",
     {"year", "area", "term"},
     record_ledger,
     NULL,
     0},
};
#define N_VARIABLES (sizeof variables / sizeof *variables)

static int extent_of(const struct cf_model *model, const char *dim)
{
    if (!strcmp(dim, "term"))
        return CF_N_TERMS;
    if (!strcmp(dim, "indicator"))
        return model->scenario.n_indicators;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!strcmp(dim, cf_axis_specs[i].name))
            return model->axis[i].n;
    return 0;
}

/* A dimension without members leaves nothing to record; shifts are solved by back-casts alone. */
static int is_recorded(const struct variable *variable, const struct cf_model *model)
{
    if (variable->autumn == record_shift && !model->scenario.backcast)
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

static void record_at(struct cf_worker *w, const struct cf_layout *layout, double *const *record,
                      int n_lanes, int y, int summer)
{
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        const struct variable *of = variable_of(v);
        const size_t a_year = v->size / (size_t)v->extent[0];
        const struct target to = {record, n_lanes, v->offset + (size_t)y * a_year};
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
