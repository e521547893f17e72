#ifndef CF_SCORE_H
#define CF_SCORE_H

#include <stddef.h>
#include <stdint.h>

/*
 * How far a forecast was off. Plain sums over cells that both have: what a cell is, is the caller's
 * affair. o is what came out, f the forecast, x[1..m] the draws of it. MODEL.md 11.
 *
 *   mape      mean of |f - o| / |o|, of cells with o not 0
 *   wape      sum of |f - o| / sum of |o|
 *   signed    mean of (f - o) / |o|, of cells with o not 0: above 0 the forecast was too high
 *   mae       mean of |f - o|
 *
 * Each is NaN where there is nothing to take it of.
 */
struct cf_scored {
    double outturn, forecast;
    const double *draw; /* [n_draws] ascending */
    size_t n_draws;     /* 0: none */
};

double cf_score_mape(const struct cf_scored *cell, size_t n);
double cf_score_wape(const struct cf_scored *cell, size_t n);
double cf_score_signed(const struct cf_scored *cell, size_t n);
double cf_score_mae(const struct cf_scored *cell, size_t n);

/* What is better than another forecast of the same cells: 1 - mae / its mae; 0 as good, below 0
 * worse. NaN where the other made no error. */
double cf_score_skill(double mae, double mae_of_other);

/* A share, and between which shares it is known: Wilson's interval of k of n cells at 95%, as if
 * these had nothing to do with each other. */
struct cf_cover {
    size_t inside, n;
    double share, low, high;
};
struct cf_cover cf_score_share(size_t inside, size_t n);

/* How many cells lie in the central interval of the draws that holds this share of them, its ends
 * included: quantiles (1 - share) / 2 and (1 + share) / 2. Cells without draws are left out. */
struct cf_cover cf_score_cover(const struct cf_scored *cell, size_t n, double share);

/*
 * Continuous ranked probability score of the draws' own distribution, in the unit of the outturn;
 * of one draw it is |x - o|.
 *
 *   crps = 1/m sum over i of |x[i] - o| - 1/(2 m^2) sum over i, j of |x[i] - x[j]|
 *
 * The second is the mean over cells with draws.
 */
double cf_score_crps_of(const double *ascending, size_t n_draws, double outturn);
double cf_score_crps(const struct cf_scored *cell, size_t n);

/*
 * Probability integral transform: where among its draws the outturn fell, which is uniform where
 * the draws are as uncertain as they should be; a hump says too wide, a trough too narrow.
 *
 *   u = (below + v (equal + 1)) / (m + 1),    v uniform in (0, 1)
 *
 * below and equal count draws. v spreads the outturn over the gap between two draws and over ties;
 * it is looked up by the seed and the number of the cell, so that it is always the same.
 *
 *   count  out  [n_bins] cells in each of so many equal parts of (0, 1)
 */
double cf_score_pit(const struct cf_scored *cell, uint64_t seed, size_t number);
void cf_score_pit_histogram(const struct cf_scored *cell, size_t n, uint64_t seed, size_t n_bins,
                            size_t *count);

#endif
