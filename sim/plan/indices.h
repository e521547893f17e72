#ifndef CF_INDICES_H
#define CF_INDICES_H

#include "base/rng.h"

#include <stddef.h>

/* What makes a result uncertain, worked out of the values it took in the draws of a design. NaN is
 * a value that is missing. */

/*
 * Elementary effects of one entry (Morris 1991; Campolongo, Cariboni and Saltelli 2007):
 *
 *   mu* = mean |effect|    mu = mean effect    sigma = sd of the effects (n - 1)
 *
 * n effects that are there; sigma is undefined for one, all are for none.
 */
struct cf_morris {
    int n;
    double mu_star, mu, sigma;
};
struct cf_morris cf_morris_of(const double *effect, int n_trajectories);

/*
 * First-order and total-order indices (sobol_indices.h) of several results of one saltelli design,
 * with intervals.
 *
 *   y  in  [result][row][A, AB_1 ... AB_k, B]
 *
 * A row in which a value is missing is left out. [low, high] holds 95% of CF_RESAMPLES estimates
 * from rows drawn again with replacement, the same rows for every result and entry; draws come from
 * the stream. Undefined where y does not vary or there are fewer than two rows.
 */
enum { CF_RESAMPLES = 500 };

struct cf_saltelli {
    int n_results, n_rows, n_entries;
    const double *y;
    const struct cf_stream *stream;
};
struct cf_index {
    double value, low, high;
};
/* first, total: [n_results][n_entries]; n_used: rows that were used, [n_results]. */
void cf_saltelli_indices(const struct cf_saltelli *saltelli, struct cf_index *first,
                         struct cf_index *total, int *n_used);
/* Bytes that it needs for each result. */
size_t cf_saltelli_bytes(int n_entries);

/*
 * Standardised rank regression of y on the entries' values: b minimises
 *
 *   sum over draws of (z(y) - sum over i of b[i] z(x[i]))^2       z: ranks, to mean 0 and variance
 * 1
 *
 * and r2 is the share of the variance of z(y) that is explained.
 *
 *   x  in   [entry][draw]      y  in  [draw]      b  out  [entry]
 *
 * Draws with a missing value are left out. b is undefined of an entry that does not vary or that
 * those before it determine; all are where y does not vary or where there are fewer draws than
 * entries + 2. Returns the draws used.
 */
int cf_rank_regression(const double *x, const double *y, int n_entries, int n_draws, double *b,
                       double *r2);

#endif
