#include "plan/choose_futures.h"

#include "base/numeric.h"
#include "base/order.h"
#include "output/results_read.h"
#include "plan/medoids.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Draws that are looked at: their distances from each other have to be held. */
#define MOST_POINTS 1500

static void take_futures(struct cf_futures *futures, int n, struct cf_arena *arena)
{
    futures->n = n;
    futures->draw = CF_TAKE(arena, (size_t)n, int);
    futures->weight = CF_TAKE(arena, (size_t)n, double);
}

static enum cf_status central_alone(struct cf_futures *futures, struct cf_futures *judges,
                                    struct cf_arena *arena)
{
    take_futures(futures, 1, arena);
    futures->weight[0] = 1;
    *judges = *futures;
    return CF_OK;
}

/* A draw as a point: learners unplaced by report year and line, areas together. */
struct points {
    int n, D, R, A, I;
    double *x; /* [n][R][I] */
    int *draw; /* [n] */
};

static enum cf_status spoilt(int draw, cf_diag *diag)
{
    cf_report(diag, CF_ERROR, "results.spoilt", (struct cf_at){0}, NULL,
              "the results are not as they should be: who is unplaced in draw %d is no number",
              draw);
    return CF_BAD_INPUT;
}

static enum cf_status read_points(cf_results *results, const struct cf_results_variable *unplaced,
                                  const struct cf_ensemble *ensemble, int scenario,
                                  struct points *points, struct cf_arena *arena, cf_diag *diag)
{
    const struct cf_point_draws *draws = cf_point_draws(ensemble, scenario, 0);
    const int most = draws->n_good < MOST_POINTS ? draws->n_good : MOST_POINTS;
    points->R = (int)unplaced->dim[1]->n;
    points->A = (int)unplaced->dim[2]->n;
    points->I = (int)unplaced->dim[3]->n;
    points->D = points->R * points->I;
    points->x = CF_TAKE(arena, (size_t)most * (size_t)points->D, double);
    points->draw = CF_TAKE(arena, (size_t)most, int);
    double *row = CF_TAKE(arena, (size_t)points->D * (size_t)points->A, double);
    int good = 0;
    for (size_t k = draws->first; k < draws->end && points->n < most; k++) {
        if (!cf_ensemble_has(ensemble, scenario, 0, k))
            continue;
        /* At even steps where there are too many: the first of a design are all of a kind. */
        if ((long long)good++ * most < (long long)points->n * draws->n_good)
            continue;
        const enum cf_status status = cf_results_read_rows(results, unplaced, k, 1, row, diag);
        if (status != CF_OK)
            return status;
        double *x = points->x + (size_t)points->n * (size_t)points->D;
        for (int n = 0; n < points->D * points->A; n++)
            if (!isfinite(row[n]))
                return spoilt(ensemble->draw[k], diag);
        for (int r = 0; r < points->R; r++)
            for (int a = 0; a < points->A; a++)
                for (int i = 0; i < points->I; i++)
                    x[r * points->I + i] += row[(r * points->A + a) * points->I + i];
        points->draw[points->n++] = ensemble->draw[k];
    }
    return CF_OK;
}

/* Learners unplaced in a point, all lines and years. */
static double total_of(const struct points *points, int point)
{
    double sum = 0;
    for (int k = 0; k < points->D; k++)
        sum += points->x[(size_t)point * (size_t)points->D + (size_t)k];
    return sum;
}

/* weight x exp(tilt (total - middle)), to sum to 1; returns the mean total. */
static double tilt_weights(const double *share, const double *total, int n, double tilt,
                           double *weight)
{
    double sum = 0, mean = 0, most = 0;
    for (int f = 0; f < n; f++)
        most = fmax(most, tilt * total[f]);
    for (int f = 0; f < n; f++)
        sum += weight[f] = share[f] * cf_exp(tilt * total[f] - most);
    for (int f = 0; f < n; f++) {
        weight[f] /= sum;
        mean += weight[f] * total[f];
    }
    return mean;
}

/*
 * Few draws that stand for many lie nearer the middle than these: their shares are tilted, weight ~
 * share exp(b total), until the mean total unplaced is that of all draws. Where it lies beyond all
 * of them the shares stay.
 */
static void match_mean(const struct points *points, const int *medoid, struct cf_futures *futures,
                       struct cf_arena *arena)
{
    const int n = futures->n;
    double *share = CF_TAKE(arena, (size_t)n, double), *total = CF_TAKE(arena, (size_t)n, double);
    double mean = 0, low = HUGE_VAL, high = -HUGE_VAL;
    for (int p = 0; p < points->n; p++)
        mean += total_of(points, p) / points->n;
    for (int f = 0; f < n; f++) {
        share[f] = futures->weight[f];
        total[f] = total_of(points, medoid[f]);
        low = fmin(low, total[f]);
        high = fmax(high, total[f]);
    }
    if (!(low < mean && mean < high))
        return;
    double from = -50 / (high - low), upto = 50 / (high - low);
    for (int k = 0; k < 200; k++) {
        const double middle = (from + upto) / 2;
        if (tilt_weights(share, total, n, middle, futures->weight) < mean)
            from = middle;
        else
            upto = middle;
    }
}

/* Draws at even steps in the order of all unplaced; of equal ones the first comes first. */
static void choose_judges(const struct points *points, struct cf_futures *judges,
                          struct cf_arena *arena)
{
    const int n = points->n < CF_JUDGES ? points->n : CF_JUDGES;
    double *total = CF_TAKE(arena, (size_t)points->n, double);
    double *ascending = CF_TAKE(arena, (size_t)points->n, double);
    unsigned char *taken = CF_TAKE(arena, (size_t)points->n, unsigned char);
    take_futures(judges, n, arena);
    for (int p = 0; p < points->n; p++)
        ascending[p] = total[p] = total_of(points, p);
    cf_sort_numbers(ascending, (size_t)points->n);
    for (int k = 0; k < n; k++) {
        const double wanted = ascending[(size_t)((k + 0.5) * points->n / n)];
        int p = 0;
        while (taken[p] || total[p] != wanted)
            p++; /* there is one: each step is another place in the order */
        taken[p] = 1;
    }
    for (int p = 0, k = 0; p < points->n; p++)
        if (taken[p]) {
            judges->draw[k] = points->draw[p];
            judges->weight[k++] = 1.0 / n;
        }
}

enum cf_status cf_choose_futures(cf_results *results, int scenario, int most,
                                 struct cf_futures *futures, struct cf_futures *judges,
                                 enum cf_status *judged, struct cf_arena *arena, cf_diag *diag)
{
    const struct cf_results_variable *unplaced = cf_results_find(results, "unplaced_draws");
    struct cf_ensemble ensemble;
    struct points points = {0};
    enum cf_status status = cf_ensemble_read(&ensemble, results, arena, diag);
    if (status != CF_OK)
        return status;
    *judged = cf_judge_draws(&ensemble, scenario, scenario + 1, diag);
    if (*judged == CF_OK)
        cf_warn_of_failed(&ensemble, scenario, scenario + 1, diag);
    if (ensemble.n_draws == 0)
        return central_alone(futures, judges, arena);
    if (!unplaced || unplaced->n_dims != 4) {
        cf_report(diag, CF_ERROR, "plan.retain", (struct cf_at){0},
                  "run it again with \"unplaced@report\" in `retain`",
                  "the results do not keep 'unplaced' of their draws: futures cannot be chosen");
        return CF_BAD_INPUT;
    }
    status = read_points(results, unplaced, &ensemble, scenario, &points, arena, diag);
    if (status != CF_OK)
        return status;
    if (points.n == 0) {
        cf_report(diag, CF_ERROR, "plan.draws", (struct cf_at){0}, NULL,
                  "all draws failed: there are no futures to plan for");
        return CF_BROKEN;
    }
    int *medoid = CF_TAKE(arena, (size_t)most, int);
    take_futures(futures, most, arena);
    futures->n = cf_medoids(points.x, points.n, points.D, most < points.n ? most : points.n, medoid,
                            futures->weight);
    match_mean(&points, medoid, futures, arena);
    for (int f = 0; f < futures->n; f++)
        futures->draw[f] = points.draw[medoid[f]];
    choose_judges(&points, judges, arena);
    return CF_OK;
}
