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

/* One dimension of a run's values and what its members are added up to. */
struct stage {
    size_t before, n, below; /* extents: of what is folded already, its own, of what is not */
    int *into;               /* [n] group, -1: left out */
    size_t groups;
};
/* A run's values to cells: dimension by dimension, the slowest first, as `export` adds up, so that
 * the sums are the same to the last bit. */
struct folding {
    int n_stages;
    struct stage stage[CF_RESULTS_MOST_DIMS];
    size_t n_values, n_cells;
    double *room[2];
    unsigned char *known; /* [n_cells] 0: no value goes there */
};

/* Of a member of a dimension: its group; *n: how many groups there are. -1: it is left out. */
static int group_of(const struct cf_results_dim *dim, size_t member, const int *years, int n_years,
                    const struct cf_report_fold *folds, int n_folds, size_t *n)
{
    *n = 1;
    if (is_year(dim)) {
        *n = (size_t)n_years;
        for (int y = 0; y < n_years; y++)
            if (dim->number[member] == years[y])
                return y;
        return -1;
    }
    for (int f = 0; f < n_folds; f++)
        if (cf_text_same(folds[f].dim, dim->name)) {
            *n = (size_t)folds[f].n;
            return folds[f].group[member];
        }
    return 0;
}

static void fold(const struct folding *folding, const double *value, double *cell, size_t stride)
{
    const double *from = value;
    for (int k = 0; k < folding->n_stages; k++) {
        const struct stage *stage = &folding->stage[k];
        double *sum = folding->room[k % 2];
        for (size_t c = 0; c < stage->before * stage->groups * stage->below; c++)
            sum[c] = 0;
        for (size_t b = 0; b < stage->before; b++)
            for (size_t m = 0; m < stage->n; m++)
                for (size_t i = 0; stage->into[m] >= 0 && i < stage->below; i++)
                    sum[(b * stage->groups + (size_t)stage->into[m]) * stage->below + i] +=
                        from[(b * stage->n + m) * stage->below + i];
        from = sum;
    }
    for (size_t c = 0; c < folding->n_cells; c++)
        cell[c * stride] = folding->known[c] ? from[c] : NAN;
}

static void fold_init(struct folding *folding, struct cf_arena *arena,
                      const struct cf_results_variable *variable, const int *years, int n_years,
                      const struct cf_report_fold *folds, int n_folds)
{
    size_t before = 1, most = 1;
    *folding = (struct folding){.n_values = 1, .n_cells = 1};
    for (int d = 1; d < variable->n_dims; d++)
        folding->n_values *= variable->dim[d]->n;
    size_t below = folding->n_values;
    for (int d = 1; d < variable->n_dims; d++) {
        const struct cf_results_dim *dim = variable->dim[d];
        struct stage *stage = &folding->stage[folding->n_stages++];
        below /= dim->n;
        *stage = (struct stage){.before = before, .n = dim->n, .below = below};
        stage->into = CF_TAKE(arena, dim->n, int);
        for (size_t m = 0; m < dim->n; m++)
            stage->into[m] = group_of(dim, m, years, n_years, folds, n_folds, &stage->groups);
        before *= stage->groups;
        most = before * below > most ? before * below : most;
    }
    folding->n_cells = before;
    for (int k = 0; k < 2; k++)
        folding->room[k] = CF_TAKE(arena, most, double);
    /* Which cells anything goes to: fold ones. */
    folding->known = CF_TAKE(arena, before, unsigned char);
    double *ones = CF_TAKE(arena, folding->n_values, double);
    double *sums = CF_TAKE(arena, before, double);
    memset(folding->known, 1, before);
    for (size_t k = 0; k < folding->n_values; k++)
        ones[k] = 1;
    fold(folding, ones, sums, 1);
    for (size_t c = 0; c < before; c++)
        folding->known[c] = sums[c] > 0;
}

struct taking {
    const struct folding *folding;
    struct cf_gathered *gathered;
};

static void take_draw(void *self, size_t nth, const double *value)
{
    const struct taking *taking = self;
    struct cf_gathered *gathered = taking->gathered;
    if (nth < (size_t)gathered->n_draws)
        fold(taking->folding, value, gathered->draw + nth, (size_t)gathered->n_draws);
}

static void gather_central(struct cf_report_maker *maker,
                           const struct cf_results_variable *variable, int scenario,
                           const struct folding *folding, struct cf_gathered *gathered)
{
    const int by_draw = cf_text_same(variable->dim[0]->name, "draw_run");
    const size_t run = by_draw ? cf_central_run(&maker->ensemble, scenario, 0)
                               : (size_t)scenario * (size_t)maker->ensemble.n_points;
    double *value = malloc(folding->n_values * sizeof *value);
    if (!value)
        cf_out_of_memory();
    if (run < variable->dim[0]->n &&
        cf_results_read_rows(maker->results, variable, run, 1, value, maker->quiet) == CF_OK)
        fold(folding, value, gathered->central, 1);
    free(value);
}

/* The same with its draws in the order of their runs. */
static int gather(struct cf_report_maker *maker, const char *name, int scenario, const int *years,
                  int n_years, const struct cf_report_fold *folds, int n_folds,
                  struct cf_gathered *gathered)
{
    const struct cf_results_variable *central = cf_results_find(maker->results, name);
    const struct cf_results_variable *draws =
        cf_results_find(maker->results, cf_arena_format(&maker->arena, "%s_draws", name));
    struct folding folding;
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
    fold_init(&folding, &maker->arena, central, years, n_years, folds, n_folds);
    if (folding.n_cells != n)
        return 0;
    gather_central(maker, central, scenario, &folding, gathered);
    if (gathered->n_draws == 0)
        return 1;
    fold_init(&folding, &maker->arena, draws, years, n_years, folds, n_folds);
    if (folding.n_cells != n)
        return 0;
    struct taking taking = {.folding = &folding, .gathered = gathered};
    if (cf_walk_draws(maker->results, draws, &maker->ensemble, scenario, 0, take_draw, &taking,
                      maker->diag) != CF_OK)
        return 0;
    return 1;
}

static void sort_draws(struct cf_gathered *gathered)
{
    const size_t n = (size_t)gathered->n_draws;
    for (size_t c = 0; n > 0 && c < (size_t)gathered->n_cells; c++)
        if (!isnan(gathered->draw[c * n]))
            cf_sort_numbers(gathered->draw + c * n, n);
}

int cf_report_gather(struct cf_report_maker *maker, const char *name, int scenario,
                     const int *years, int n_years, const struct cf_report_fold *folds, int n_folds,
                     struct cf_gathered *gathered)
{
    if (!gather(maker, name, scenario, years, n_years, folds, n_folds, gathered))
        return 0;
    sort_draws(gathered);
    return 1;
}

static double share(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

int cf_report_gather_share(struct cf_report_maker *maker, const char *name, int scenario,
                           const int *years, int n_years, const struct cf_report_fold *folds,
                           int n_folds, int n_of, struct cf_gathered *gathered)
{
    struct cf_gathered whole;
    if (!gather(maker, name, scenario, years, n_years, folds, n_folds, gathered) ||
        !gather(maker, name, scenario, years, n_years, folds, n_of, &whole) ||
        whole.n_cells != gathered->n_cells)
        return 0;
    const size_t n = (size_t)gathered->n_cells * (size_t)gathered->n_draws;
    for (int c = 0; c < gathered->n_cells; c++)
        gathered->central[c] = share(gathered->central[c], whole.central[c]);
    for (size_t k = 0; k < n; k++)
        gathered->draw[k] = share(gathered->draw[k], whole.draw[k]);
    sort_draws(gathered);
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
