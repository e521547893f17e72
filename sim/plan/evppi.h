#ifndef CF_EVPPI_H
#define CF_EVPPI_H

#include "base/rng.h"

#include <stddef.h>

/*
 * What it is worth to know an uncertain input before deciding (expected value of partial perfect
 * information, by regression: Strong, Oakley and Brennan 2014):
 *
 *   EVPPI = E_x[max_d E(NB_d | x)] - max_d E(NB_d)
 *   EVPI  = E[max_d NB_d] - max_d E(NB_d)               its ceiling: all inputs known
 *
 * E(NB_d | x) is a least squares fit of natural cubic splines on x, with CF_SMOOTH_KNOTS knots at
 * quantiles. Draws are parted in two halves: what is chosen at x by the fit of one half is valued
 * by that of the other, so that noise which a fit takes for knowledge is not counted as worth
 * something. With few draws it errs downwards.
 */
enum { CF_SMOOTH_KNOTS = 5 };

/* One input: a basis of functions of x, orthonormal over all draws, and over each half. */
struct cf_smooth {
    int n_draws, n_terms[3];
    double *basis[3];          /* [term][draw]: over all; over half 0, over half 1, at every draw */
    const unsigned char *half; /* [draw] 0 or 1; the caller's */
};

/* Part draws in two, evenly and whatever their design: half [draw]. */
void cf_part_draws(const struct cf_stream *stream, int n_draws, unsigned char *half);
/* x [draw], none NaN; half lives as long as smooth. Free it. An input of few values has fewer
 * terms; one that does not vary has the constant alone. */
void cf_smooth_init(struct cf_smooth *smooth, const double *x, int n_draws,
                    const unsigned char *half);
void cf_smooth_free(struct cf_smooth *smooth);
/* E(y | x) at every draw, fitted over all: fitted [draw]. */
void cf_smooth_fit(const struct cf_smooth *smooth, const double *y, double *fitted);

/* Sum of squares of y about its mean, and what of it x does not explain, for the degrees of freedom
 * that the fit takes. First-order share = 1 - unexplained / total. */
void cf_unexplained(const struct cf_smooth *smooth, const double *y, double *unexplained,
                    double *total);

/* Problems to decide, each by itself; net benefit of each choice, [problem][choice][draw]. */
struct cf_choices {
    int n_problems, n_choices, n_draws;
    const double *benefit;
};
/* Sums over the problems. EVPPI is kept between 0 and EVPI. */
double cf_evpi(const struct cf_choices *choices);
double cf_evppi(const struct cf_choices *choices, const struct cf_smooth *smooth);

#endif
