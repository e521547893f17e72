#include "cli/report_parts.h"

#include "base/order.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int is_year(const struct cf_results_dim *dim)
{
    return cf_text_same(dim->name, "year") || cf_text_same(dim->name, "report_year");
}

/* Of a member of a dimension of one run's values: its group, and how many groups there are. -1: it
 * is left out. */
static int group_of(const struct cf_results_dim *dim, size_t member, const int *years, int n_years,
                    const struct cf_report_fold *folds, int n_folds)
{
    if (is_year(dim)) {
        for (int y = 0; y < n_years; y++)
            if (dim->number[member] == years[y])
                return y;
        return -1;
    }
    for (int f = 0; f < n_folds; f++)
        if (cf_text_same(folds[f].dim, dim->name))
            return folds[f].group[member];
    return 0;
}

/* Which cell each of a run's values is added to, [values]; -1: none. */
static int *cells_of(struct cf_arena *arena, const struct cf_results_variable *variable,
                     const int *years, int n_years, const struct cf_report_fold *folds, int n_folds,
                     size_t *n_values)
{
    *n_values = 1;
    for (int d = 1; d < variable->n_dims; d++)
        *n_values *= variable->dim[d]->n;
    int *cell = CF_TAKE(arena, *n_values, int);
    for (size_t k = 0; k < *n_values; k++) {
        int by_fold[CF_RESULTS_MOST_DIMS] = {0}, year = 0, dropped = 0;
        size_t rest = k;
        for (int d = variable->n_dims - 1; d > 0; d--) {
            const struct cf_results_dim *dim = variable->dim[d];
            const int group = group_of(dim, rest % dim->n, years, n_years, folds, n_folds);
            rest /= dim->n;
            dropped |= group < 0;
            if (is_year(dim))
                year = group;
            for (int f = 0; f < n_folds; f++)
                if (cf_text_same(folds[f].dim, dim->name))
                    by_fold[f] = group;
        }
        cell[k] = year;
        for (int f = 0; f < n_folds; f++)
            cell[k] = cell[k] * folds[f].n + by_fold[f];
        if (dropped)
            cell[k] = -1;
    }
    return cell;
}

/* What is added up of one run; a cell that nothing is added to is not known. */
static void add_up(const int *cell, size_t n_values, const double *value, double *sum, int n_cells,
                   size_t stride)
{
    for (int c = 0; c < n_cells; c++)
        sum[(size_t)c * stride] = NAN;
    for (size_t k = 0; k < n_values; k++)
        if (cell[k] >= 0 && !isnan(value[k])) {
            double *to = &sum[(size_t)cell[k] * stride];
            *to = isnan(*to) ? value[k] : *to + value[k];
        }
}

struct taking {
    const int *cell;
    size_t n_values;
    struct cf_gathered *gathered;
};

static void take_draw(void *self, size_t nth, const double *value)
{
    const struct taking *taking = self;
    struct cf_gathered *gathered = taking->gathered;
    if (nth < (size_t)gathered->n_draws)
        add_up(taking->cell, taking->n_values, value, gathered->draw + nth, gathered->n_cells,
               (size_t)gathered->n_draws);
}

static void gather_central(struct cf_report_maker *maker,
                           const struct cf_results_variable *variable, int scenario,
                           const int *cell, size_t n_values, struct cf_gathered *gathered)
{
    const int by_draw = cf_text_same(variable->dim[0]->name, "draw_run");
    const size_t run = by_draw ? cf_central_run(&maker->ensemble, scenario, 0)
                               : (size_t)scenario * (size_t)maker->ensemble.n_points;
    double *value = malloc(n_values * sizeof *value);
    if (!value)
        cf_out_of_memory();
    if (run < variable->dim[0]->n &&
        cf_results_read_rows(maker->results, variable, run, 1, value, maker->quiet) == CF_OK)
        add_up(cell, n_values, value, gathered->central, gathered->n_cells, 1);
    free(value);
}

int cf_report_gather(struct cf_report_maker *maker, const char *name, int scenario,
                     const int *years, int n_years, const struct cf_report_fold *folds, int n_folds,
                     struct cf_gathered *gathered)
{
    const struct cf_results_variable *central = cf_results_find(maker->results, name);
    const struct cf_results_variable *draws =
        cf_results_find(maker->results, cf_arena_format(&maker->arena, "%s_draws", name));
    size_t n_values;
    *gathered = (struct cf_gathered){.n_cells = n_years};
    if (!central)
        return 0;
    if (cf_text_same(central->dim[0]->name, "draw_run"))
        draws = central;
    for (int f = 0; f < n_folds; f++)
        gathered->n_cells *= folds[f].n;
    gathered->n_draws = draws ? cf_point_draws(&maker->ensemble, scenario, 0)->n_good : 0;
    const size_t n = (size_t)gathered->n_cells;
    gathered->central = CF_TAKE(&maker->arena, n, double);
    gathered->draw = CF_TAKE(&maker->arena, n * (size_t)gathered->n_draws, double);
    for (size_t c = 0; c < n; c++)
        gathered->central[c] = NAN;
    int *cell = cells_of(&maker->arena, central, years, n_years, folds, n_folds, &n_values);
    gather_central(maker, central, scenario, cell, n_values, gathered);
    if (gathered->n_draws == 0)
        return 1;
    cell = cells_of(&maker->arena, draws, years, n_years, folds, n_folds, &n_values);
    struct taking taking = {.cell = cell, .n_values = n_values, .gathered = gathered};
    if (cf_walk_draws(maker->results, draws, &maker->ensemble, scenario, 0, take_draw, &taking,
                      maker->diag) != CF_OK)
        return 0;
    for (size_t c = 0; c < n; c++) {
        double *of_cell = gathered->draw + c * (size_t)gathered->n_draws;
        if (!isnan(of_cell[0]))
            cf_sort_numbers(of_cell, (size_t)gathered->n_draws);
    }
    return 1;
}

int cf_gathered_has_draws(const struct cf_gathered *gathered, int cell)
{
    return gathered->n_draws > 0 &&
           !isnan(gathered->draw[(size_t)cell * (size_t)gathered->n_draws]);
}

double cf_gathered_quantile(const struct cf_gathered *gathered, int cell, double p)
{
    if (!cf_gathered_has_draws(gathered, cell))
        return gathered->central[cell];
    return cf_quantile_of(gathered->draw + (size_t)cell * (size_t)gathered->n_draws,
                          (size_t)gathered->n_draws, p);
}

struct cf_chart_series cf_report_series(struct cf_report_maker *maker,
                                        const struct cf_gathered *gathered, int first, int step,
                                        int n, const char *label)
{
    enum { N_BANDS = 5 };
    static const double quantile[N_BANDS] = {0.5, 0.05, 0.95, 0.25, 0.75};
    double *of[N_BANDS];
    int any = 0;
    for (int k = 0; k < N_BANDS; k++)
        of[k] = CF_TAKE(&maker->arena, (size_t)n, double);
    for (int x = 0; x < n; x++) {
        const int cell = first + x * step;
        any |= cf_gathered_has_draws(gathered, cell);
        for (int k = 0; k < N_BANDS; k++)
            of[k][x] = cf_gathered_quantile(gathered, cell, quantile[k]);
    }
    return (struct cf_chart_series){.label = label,
                                    .value = of[0],
                                    .low = any ? of[1] : NULL,
                                    .high = any ? of[2] : NULL,
                                    .low_half = any ? of[3] : NULL,
                                    .high_half = any ? of[4] : NULL};
}

/* ---- members ---- */

struct cf_report_routes cf_report_routes(struct cf_report_maker *maker)
{
    const struct cf_results_dim *line = cf_results_dim(maker->results, "line");
    const struct cf_results_dim *status = cf_results_dim(maker->results, "status");
    const char *const *route = cf_results_attribute(maker->results, "line", "route");
    struct cf_report_routes routes = {0};
    if (!line || !status || !route)
        return routes;
    routes.label = CF_TAKE(&maker->arena, status->n, const char *);
    routes.of_line = CF_TAKE(&maker->arena, line->n, int);
    for (size_t i = 0; i < line->n; i++)
        routes.of_line[i] = -1;
    for (size_t s = 0; s < status->n; s++) {
        int any = 0;
        for (size_t i = 0; i < line->n; i++)
            if (cf_text_same(route[i], status->code[s])) {
                routes.of_line[i] = routes.n;
                any = 1;
            }
        if (any)
            routes.label[routes.n++] = status->label ? status->label[s] : status->code[s];
    }
    return routes;
}

const char **cf_report_year_labels(struct cf_report_maker *maker, const int *years, int n)
{
    const char **label = CF_TAKE(&maker->arena, (size_t)n, const char *);
    for (int y = 0; y < n; y++)
        label[y] = cf_arena_format(&maker->arena, "%d", years[y]);
    return label;
}

const int *cf_report_base_and_report_years(struct cf_report_maker *maker, int *n)
{
    int *years = CF_TAKE(&maker->arena, (size_t)maker->n_report_years + 1, int);
    *n = 0;
    years[(*n)++] = maker->base_year;
    for (int r = 0; r < maker->n_report_years; r++)
        if (maker->report_year[r] != maker->base_year)
            years[(*n)++] = maker->report_year[r];
    return years;
}

const int *cf_report_together(struct cf_report_maker *maker, size_t n)
{
    return CF_TAKE(&maker->arena, n, int);
}

const char *cf_report_tier(struct cf_report_maker *maker, int most)
{
    static const char *const tiers[] = {"consortium", "authority", "subregion", "region"};
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    for (size_t t = 0; area && t < sizeof tiers / sizeof *tiers; t++) {
        const char *const *of = cf_results_attribute(maker->results, "area", tiers[t]);
        int n = 0;
        for (size_t a = 0; of && a < area->n; a++) {
            size_t before = 0;
            while (before < a && !cf_text_same(of[before], of[a]))
                before++;
            n += before == a && of[a][0];
        }
        if (n > 0 && n <= most)
            return tiers[t];
    }
    return "area";
}
