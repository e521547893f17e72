#include "engine/record.h"

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

/* One row a variable: to add one, write its function and its row. Dimensions by name, without
 * the run; the first is the year. */
static const struct variable {
    const char *name, *units, *long_name;
    const char *dim[CF_MOST_VARIABLE_DIMS];
    void (*record)(struct cf_worker *worker, const struct target *to);
    int summer; /* 1: of the year that the step's summer ended */
} variables[] = {
    {"population",
     "1",
     "residents (persons)",
     {"year", "area", "group", "age"},
     record_population,
     0},
    {"stock",
     "1",
     "residents by status (persons)",
     {"year", "area", "age", "status"},
     record_stock,
     0},
    {"level_stock",
     "1",
     "residents by level (persons)",
     {"year", "area", "age", "level"},
     record_level_stock,
     0},
    {"attained_by_19",
     "1",
     "share of those aged 18 with at least this level, after the summer's results",
     {"year", "area", "level"},
     record_attained,
     1},
    {"ledger",
     "1",
     "where persons came from and went to in the step into the year (persons)",
     {"year", "area", "term"},
     record_ledger,
     0},
};
#define N_VARIABLES (sizeof variables / sizeof *variables)

static int extent_of(const struct cf_model *model, const char *dim)
{
    if (!strcmp(dim, "term"))
        return CF_N_TERMS;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!strcmp(dim, cf_axis_specs[i].name))
            return model->axis[i].n;
    return 0;
}

struct cf_layout *cf_record_layout(struct cf_arena *arena, const struct cf_model *model)
{
    struct cf_layout *layout = CF_TAKE(arena, 1, struct cf_layout);
    layout->variable = CF_TAKE(arena, N_VARIABLES, struct cf_variable);
    layout->n_variables = N_VARIABLES;
    layout->n_terms = CF_N_TERMS;
    layout->term = cf_term_names;
    layout->term_label = cf_term_labels;
    for (size_t i = 0; i < N_VARIABLES; i++) {
        struct cf_variable *v = &layout->variable[i];
        v->name = variables[i].name;
        v->units = variables[i].units;
        v->long_name = variables[i].long_name;
        v->offset = layout->length;
        v->size = 1;
        for (; v->n_dims < CF_MOST_VARIABLE_DIMS && variables[i].dim[v->n_dims]; v->n_dims++) {
            v->dim[v->n_dims] = variables[i].dim[v->n_dims];
            v->extent[v->n_dims] = extent_of(model, v->dim[v->n_dims]);
            v->size *= (size_t)v->extent[v->n_dims];
        }
        layout->length += v->size;
    }
    return layout;
}

static void record_at(struct cf_worker *w, const struct cf_layout *layout, double *const *record,
                      int n_lanes, int y, int summer)
{
    for (size_t i = 0; i < N_VARIABLES; i++) {
        const struct cf_variable *v = &layout->variable[i];
        const size_t a_year = v->size / (size_t)v->extent[0];
        const struct target to = {record, n_lanes, v->offset + (size_t)y * a_year};
        if (variables[i].summer == summer)
            variables[i].record(w, &to);
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
