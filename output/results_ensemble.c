#include "output/results_read.h"

#include "base/text.h"

#include <limits.h>
#include <stdlib.h>

enum { MOST_SWEEP_COLUMNS = 8 };

static enum cf_status spoiled(cf_diag *diag)
{
    cf_report(diag, CF_ERROR, "results.runs", (struct cf_at){0}, NULL,
              "these results are not as they should be: they do not say which run is what");
    return CF_BAD_INPUT;
}

/* One of the tables of runs, as whole numbers below `most`. */
static enum cf_status read_runs(cf_results *results, const char *name, size_t most, int *into,
                                cf_diag *diag)
{
    const struct cf_results_variable *variable = cf_results_find(results, name);
    double *value = cf_results_read(results, variable, diag);
    enum cf_status status = value ? CF_OK : CF_BAD_INPUT;
    for (size_t k = 0; status == CF_OK && k < variable->dim[0]->n; k++) {
        if (value[k] >= 0 && value[k] < (double)most)
            into[k] = (int)value[k];
        else
            status = spoiled(diag);
    }
    free(value);
    return status;
}

static enum cf_status read_status(struct cf_ensemble *e, cf_results *results, cf_diag *diag)
{
    double *status = cf_results_read(results, cf_results_find(results, "run_status"), diag);
    for (size_t k = 0; status && k < e->n_runs; k++)
        e->good[k] = status[k] == 0 && e->draw[k] > 0;
    free(status);
    return status ? CF_OK : CF_BAD_INPUT;
}

static void group_by_point(struct cf_ensemble *e, struct cf_arena *arena)
{
    e->of_point =
        CF_TAKE(arena, (size_t)e->n_scenarios * (size_t)e->n_points, struct cf_point_draws);
    for (size_t k = 0; k < e->n_runs; k++) {
        struct cf_point_draws *of =
            &e->of_point[(size_t)e->scenario[k] * (size_t)e->n_points + (size_t)e->point[k]];
        if (e->draw[k] == 0)
            continue;
        if (of->end == 0)
            of->first = k;
        of->end = k + 1;
        of->n_good += e->good[k];
        of->n_failed += !e->good[k];
    }
}

/* The value of each sweep dimension at each point, where the file has them. */
static enum cf_status read_sweep(struct cf_ensemble *e, cf_results *results, struct cf_arena *arena,
                                 cf_diag *diag)
{
    const struct cf_results_variable *v = cf_results_find(results, "sweep_value");
    if (e->n_points < 2 || !v || v->n_dims != 3 ||
        v->dim[0] != cf_results_dim(results, "scenario") || v->dim[1]->n != (size_t)e->n_points ||
        !v->dim[2]->code || v->dim[2]->n > INT_MAX)
        return CF_OK;
    const size_t n = v->dim[2]->n;
    double *value = cf_results_read(results, v, diag);
    if (!value)
        return CF_BAD_INPUT;
    e->n_sweeps = (int)n;
    e->sweep = CF_TAKE(arena, n, const char *);
    e->sweep_value = CF_TAKE(arena, v->dim[0]->n * v->dim[1]->n * n, double);
    for (size_t k = 0; k < n; k++) {
        const char *name = v->dim[2]->code[k];
        e->sweep[k] =
            cf_results_dim(results, name) ? cf_arena_format(arena, "sweep_%s", name) : name;
    }
    for (size_t k = 0; k < v->dim[0]->n * v->dim[1]->n * n; k++)
        e->sweep_value[k] = value[k];
    free(value);
    return CF_OK;
}

enum cf_status cf_ensemble_read(struct cf_ensemble *e, cf_results *results, struct cf_arena *arena,
                                cf_diag *diag)
{
    const struct cf_results_dim *scenario = cf_results_dim(results, "scenario");
    const struct cf_results_dim *all = cf_results_dim(results, "draw_run");
    const size_t n = all->n;
    *e = (struct cf_ensemble){.n_scenarios = (int)scenario->n,
                              .n_runs = n,
                              .scenario = CF_TAKE(arena, n, int),
                              .point = CF_TAKE(arena, n, int),
                              .draw = CF_TAKE(arena, n, int),
                              .good = CF_TAKE(arena, n, unsigned char),
                              .scenario_code = scenario->code};
    if (scenario->n > n || n > INT_MAX)
        return spoiled(diag);
    enum cf_status status = read_runs(results, "run_scenario", scenario->n, e->scenario, diag);
    if (status == CF_OK)
        status = read_runs(results, "run_point", n, e->point, diag);
    if (status == CF_OK)
        status = read_runs(results, "run_draw", n, e->draw, diag);
    if (status == CF_OK)
        status = read_status(e, results, diag);
    for (size_t k = 0; status == CF_OK && k < n; k++) {
        e->n_points = e->point[k] >= e->n_points ? e->point[k] + 1 : e->n_points;
        e->n_draws = e->draw[k] > e->n_draws ? e->draw[k] : e->n_draws;
    }
    if (status == CF_OK && scenario->n * (size_t)e->n_points > n)
        status = spoiled(diag); /* every scenario has a run at every point */
    if (status == CF_OK) {
        group_by_point(e, arena);
        status = read_sweep(e, results, arena, diag);
    }
    return status;
}

enum cf_status cf_ensemble_scenario(const struct cf_ensemble *e, const char *code, int *scenario,
                                    cf_diag *diag)
{
    for (*scenario = 0; *scenario < e->n_scenarios; ++*scenario)
        if (cf_text_same(e->scenario_code[*scenario], code))
            return CF_OK;
    cf_report_near(diag, CF_ERROR, "export.scenario", (struct cf_at){0}, code, e->scenario_code,
                   (size_t)e->n_scenarios, "the results have no scenario '%s'", code);
    return CF_USAGE;
}

/* ---- what a row is of ---- */

static int shows_sweep(const struct cf_ensemble *e)
{
    return e->n_sweeps > 0 && e->n_sweeps <= MOST_SWEEP_COLUMNS;
}

void cf_add_point_columns(const struct cf_ensemble *e, struct cf_table *table, size_t rows)
{
    cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows)->once = 1;
    if (e->n_points < 2)
        return;
    if (!shows_sweep(e))
        cf_add_column(table, "point", CF_COLUMN_INT, rows);
    for (int k = 0; shows_sweep(e) && k < e->n_sweeps; k++)
        cf_add_column(table, e->sweep[k], CF_COLUMN_MIXED, rows)->unit = CF_UNIT_THINGS;
}

void cf_put_point(const struct cf_ensemble *e, struct cf_table *table, size_t row, int scenario,
                  int point)
{
    const size_t at = (size_t)scenario * (size_t)e->n_points + (size_t)point;
    struct cf_column *column = table->column;
    (column++)->text[row] = e->scenario_code[scenario];
    if (e->n_points < 2)
        return;
    if (!shows_sweep(e))
        column->integer[row] = point;
    for (int k = 0; shows_sweep(e) && k < e->n_sweeps; k++)
        (column++)->number[row] = e->sweep_value[at * (size_t)e->n_sweeps + (size_t)k];
}
