#include "output/table_draws.h"

#include "base/order.h"
#include "base/text.h"
#include "output/results_read.h"
#include "output/table_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_PART = 16 }; /* of the room: how much of the file is read at a time, 8 MiB */

struct gather {
    cf_results *results;
    struct cf_table *table;
    struct cf_table_query query; /* without a scenario: draws are chosen by their run */
    const struct cf_statistics *statistics;
    struct cf_ensemble ensemble;
    struct cf_view all;      /* the variable as it is in the file */
    struct cf_view shaped;   /* and one run of it, as it is told; no values */
    size_t each, cells;      /* values of a run in the file, and told */
    size_t room, batch;      /* bytes held, and runs read at a time */
    struct cf_arena scratch; /* of one batch */
    int column_of[CF_RESULTS_MOST_DIMS], statistic; /* columns */
};

/* ---- statistics ---- */

/* In order of run number. */
static double mean_of(const double *x, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += x[k];
    return sum / (double)n;
}

static double sd_of(const double *x, size_t n, double mean)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += (x[k] - mean) * (x[k] - mean);
    return n > 1 ? sqrt(sum / (double)(n - 1)) : (double)NAN;
}

static double share_above(const double *x, size_t n, double level)
{
    size_t above = 0;
    for (size_t k = 0; k < n; k++)
        above += x[k] > level;
    return (double)above / (double)n;
}

/* The statistics of n values, which end up sorted, into a row. */
static void put_statistics(struct gather *g, size_t row, double *x, size_t n)
{
    const struct cf_statistics *wanted = g->statistics;
    struct cf_column *column = &g->table->column[g->statistic];
    struct cf_column *after = column + wanted->n_quantiles;
    const double mean = mean_of(x, n);
    if (wanted->mean)
        (after++)->number[row] = mean;
    if (wanted->sd)
        (after++)->number[row] = sd_of(x, n, mean);
    if (wanted->exceeds)
        (after++)->number[row] = share_above(x, n, wanted->level);
    after->integer[row] = (int)n;
    if (wanted->n_quantiles > 0)
        cf_sort_numbers(x, n);
    for (int q = 0; q < wanted->n_quantiles; q++)
        column[q].number[row] = cf_quantile_of(x, n, wanted->quantile[q]);
}

static void add_statistic_columns(struct gather *g, size_t rows)
{
    const struct cf_statistics *wanted = g->statistics;
    const enum cf_column_kind kind =
        cf_view_kind(&g->all) == CF_COLUMN_NUMBER ? CF_COLUMN_NUMBER : CF_COLUMN_MIXED;
    char number[CF_NUMBER_ROOM];
    g->statistic = g->table->n_columns;
    for (int q = 0; q < wanted->n_quantiles; q++)
        cf_add_column(
            g->table,
            cf_arena_format(&g->table->arena, "q%s", cf_number_text(number, wanted->quantile[q])),
            kind, rows);
    if (wanted->mean)
        cf_add_column(g->table, "mean", kind, rows);
    if (wanted->sd)
        cf_add_column(g->table, "sd", kind, rows);
    if (wanted->exceeds)
        cf_add_column(g->table, "p_exceeds", CF_COLUMN_SHARE, rows);
    cf_add_column(g->table, "draws", CF_COLUMN_INT, rows)->once = 1;
}

/* ---- which variable ---- */

static int is_of_draws(const struct cf_results_variable *variable)
{
    return variable->n_dims > 0 && cf_text_same(variable->dim[0]->name, "draw_run");
}

static enum cf_status find_variable(struct gather *g, cf_diag *diag)
{
    enum cf_status status = cf_view_begin(&g->all, g->results, g->query.variable, diag);
    if (status != CF_OK)
        return status;
    if (g->ensemble.n_draws == 0) {
        cf_report(diag, CF_ERROR, "export.draws", (struct cf_at){0},
                  "a scenario has draws by its `design`", "these results have no draws");
        return CF_USAGE;
    }
    if (is_of_draws(g->all.variable))
        return CF_OK;
    const char *name = cf_arena_format(&g->table->arena, "%s_draws", g->query.variable);
    const struct cf_results_variable *kept = cf_results_find(g->results, name);
    if (kept && is_of_draws(kept))
        return cf_view_begin(&g->all, g->results, name, diag);
    cf_report(diag, CF_ERROR, "export.kept", (struct cf_at){0},
              "a scenario says by `retain` what is kept for draws",
              "'%s' was not kept for draws in these results", g->query.variable);
    return CF_USAGE;
}

/* What a run looks like once it is shaped: shape no runs at all. */
static enum cf_status shape_one(struct gather *g, cf_diag *diag)
{
    static const int number[] = {0};
    static const struct cf_results_dim none = {.name = "draw_run", .n = 0, .number = number};
    static const struct cf_results_dim one = {.name = "draw_run", .n = 1, .number = number};
    g->shaped = g->all;
    g->shaped.dim[0] = &none;
    g->shaped.n = 0;
    g->shaped.value = malloc(sizeof *g->shaped.value);
    if (!g->shaped.value)
        cf_out_of_memory();
    const enum cf_status status = cf_view_shape(&g->shaped, &g->query, &g->table->arena, diag);
    free(g->shaped.value);
    g->shaped.value = NULL;
    g->shaped.dim[0] = &one;
    g->each = g->cells = 1;
    for (int d = 1; d < g->all.n_dims; d++) {
        g->each *= g->all.dim[d]->n;
        g->cells *= g->shaped.dim[d]->n;
    }
    g->room = g->statistics->room ? g->statistics->room : CF_STATISTICS_ROOM;
    g->batch = g->room / BATCH_PART / sizeof(double) / (g->each + 1) + 1;
    return status;
}

/* ---- values ---- */

/* The cells of some rows, from the `first` on: value[cell - from][draw]; done: draws put before. */
struct block {
    int scenario, point;
    size_t from, cells;
    size_t draws, done;
    double *value;
};

static enum cf_status gather_rows(struct gather *g, struct block *b, size_t first, size_t n,
                                  cf_diag *diag)
{
    const struct cf_results_dim rows = {
        .name = "draw_run", .n = n, .number = g->all.dim[0]->number + first};
    struct cf_view v = g->all;
    v.dim[0] = &rows;
    v.first_run = first;
    v.n = n * g->each;
    v.value = malloc(v.n * sizeof *v.value + 1);
    if (!v.value)
        cf_out_of_memory();
    enum cf_status status = cf_results_read_rows(g->results, v.variable, first, n, v.value, diag);
    if (status == CF_OK)
        status = cf_view_shape(&v, &g->query, &g->scratch, diag);
    for (size_t k = 0; status == CF_OK && k < n; k++) {
        if (!cf_ensemble_has(&g->ensemble, b->scenario, b->point, first + k))
            continue;
        for (size_t c = 0; c < b->cells; c++)
            b->value[c * b->draws + b->done] = v.value[k * g->cells + b->from + c];
        b->done++;
    }
    free(v.value);
    cf_arena_reset(&g->scratch);
    return status;
}

/* Rows of the table for a block of cells; draws without a value are left aside. */
static void put_block(struct gather *g, struct block *b)
{
    for (size_t c = 0; c < b->cells; c++) {
        double *x = b->value + c * b->draws;
        size_t n = 0;
        for (size_t k = 0; k < b->done; k++)
            if (!isnan(x[k]))
                x[n++] = x[k];
        if (n == 0)
            continue;
        const size_t row = g->table->n_rows++;
        cf_put_point(&g->ensemble, g->table, row, b->scenario, b->point);
        cf_view_put_members(&g->shaped, b->from + c, g->column_of, g->table, row);
        put_statistics(g, row, x, n);
    }
}

/* All cells of one scenario and point, as many at a time as there is room for. */
static enum cf_status gather_point(struct gather *g, int scenario, int point, cf_diag *diag)
{
    const struct cf_point_draws *of = cf_point_draws(&g->ensemble, scenario, point);
    const size_t draws = (size_t)of->n_good;
    enum cf_status status = CF_OK;
    if (draws == 0 || g->cells == 0)
        return CF_OK;
    size_t most = g->room / sizeof(double) / draws;
    most = most < 1 ? 1 : most > g->cells ? g->cells : most;
    double *value = malloc(most * draws * sizeof *value);
    if (!value)
        cf_out_of_memory();
    for (size_t from = 0; status == CF_OK && from < g->cells; from += most) {
        struct block b = {.scenario = scenario,
                          .point = point,
                          .from = from,
                          .cells = most < g->cells - from ? most : g->cells - from,
                          .draws = draws,
                          .value = value};
        for (size_t first = of->first; status == CF_OK && first < of->end; first += g->batch) {
            const size_t left = of->end - first;
            status = gather_rows(g, &b, first, left < g->batch ? left : g->batch, diag);
        }
        if (status == CF_OK)
            put_block(g, &b);
    }
    free(value);
    return status;
}

/* No quantile follows from another; a standard deviation is no number of persons. */
static void say_units(struct gather *g)
{
    const struct cf_statistics *wanted = g->statistics;
    struct cf_column *column = &g->table->column[g->statistic];
    for (int k = 0; k < wanted->n_quantiles + wanted->mean; k++) {
        cf_say_unit(g->results, g->all.variable, g->table, &column[k]);
        column[k].apart = 1;
    }
}

static enum cf_status fill(struct gather *g, int first, int end, cf_diag *diag)
{
    enum cf_status status = CF_OK;
    const size_t rows = (size_t)(end - first) * (size_t)g->ensemble.n_points * g->cells;
    g->table->title = g->all.variable->long_name;
    cf_add_point_columns(&g->ensemble, g->table, rows);
    cf_view_add_columns(&g->shaped, g->table, rows, g->column_of);
    add_statistic_columns(g, rows);
    for (int s = first; status == CF_OK && s < end; s++)
        for (int p = 0; status == CF_OK && p < g->ensemble.n_points; p++)
            status = gather_point(g, s, p, diag);
    say_units(g);
    if (status == CF_OK)
        cf_warn_of_failed(&g->ensemble, first, end, diag);
    return status;
}

enum cf_status cf_table_of_draws(struct cf_table *table, cf_results *results,
                                 const struct cf_table_query *query,
                                 const struct cf_statistics *statistics, cf_diag *diag)
{
    struct gather g = {
        .results = results, .table = table, .query = *query, .statistics = statistics};
    int first = 0;
    g.query.scenario = NULL;
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    cf_arena_init(&g.scratch);
    enum cf_status status = cf_ensemble_read(&g.ensemble, results, &table->arena, diag);
    if (status == CF_OK)
        status = find_variable(&g, diag);
    if (status == CF_OK && query->scenario)
        status = cf_ensemble_scenario(&g.ensemble, query->scenario, &first, diag);
    if (status == CF_OK)
        status = shape_one(&g, diag);
    if (status == CF_OK)
        status = fill(&g, first, query->scenario ? first + 1 : g.ensemble.n_scenarios, diag);
    cf_arena_free(&g.scratch);
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}
