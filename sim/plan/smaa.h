#ifndef CF_SMAA_H
#define CF_SMAA_H

#include "base/rng.h"

/*
 * Stochastic multicriteria acceptability analysis, SMAA-2 (Lahdelma and Salminen 2001): how often
 * each alternative takes each rank, over draws of what is not known and over weights that nobody
 * agrees on. In draw d with weights w
 *
 *   score[a] = sum_k w[k] x[d][a][k],   rank 1 is the largest score
 *
 * where m alternatives of equal score share their m ranks equally.
 *
 *   x              in   [draw][alternative][criterion]   in [0, 1], more is more urgent
 *   weight         in   [criterion]                      stated, >= 0, they sum to 1
 *   acceptability  out  [alternative][rank]              share of draws and weights
 *   central        out  [alternative][criterion]         mean of the weights with which it is first
 *   confidence     out  [alternative]                    share of draws in which it is first with
 *                                                        them
 *
 * Rows and columns of acceptability sum to 1. central and confidence are NaN of an alternative that
 * is never first. An alternative that is below another in all draws and criteria of some weight is
 * never first.
 */
struct cf_smaa {
    int n_draws, n_alternatives, n_criteria;
    const double *x, *weight;
    /* Weights are Dirichlet(concentration x weight); 0: Dirichlet(1, ..., 1), uniform, over the
     * criteria whose weight is not 0. */
    double concentration;
    int n_weights;                   /* weights tried in each draw */
    const struct cf_stream *streams; /* [criterion] random numbers of its weights */
};

struct cf_acceptabilities {
    double *rank;       /* [alternative][alternative] */
    double *central;    /* [alternative][criterion] */
    double *confidence; /* [alternative] */
};

/* The arrays are the caller's. */
void cf_smaa(const struct cf_smaa *smaa, struct cf_acceptabilities *into);

/* The weights of sample number `sample`, into weight [criterion]. */
void cf_smaa_weights(const struct cf_smaa *smaa, int sample, double *weight);

/* Expected rank, and the smallest rank with at least the share p of acceptability up to it. */
double cf_expected_rank(const double *acceptability, int n_alternatives);
int cf_rank_quantile(const double *acceptability, int n_alternatives, double p);

#endif
