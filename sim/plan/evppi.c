#include "plan/evppi.h"

#include "base/arena.h"
#include "base/order.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PART = 48, MOST_TERMS = CF_SMOOTH_KNOTS };
/* Outermost knots: a few draws lie beyond, where the fit is a straight line. */
static const double outermost = 0.02;
/* A term that is so much determined by those before it is left out. */
static const double least_rest = 1e-9;

static double *numbers(size_t n)
{
    double *room = calloc(n + 1, sizeof *room);
    if (!room)
        cf_out_of_memory();
    return room;
}

void cf_part_draws(const struct cf_stream *stream, int n_draws, unsigned char *half)
{
    for (int d = 0; d < n_draws; d += 2) { /* of two neighbours one goes to each */
        half[d] = cf_stream_words(stream, d, PART, 0, 0).word[0] >> 31 ? 1 : 0;
        if (d + 1 < n_draws)
            half[d + 1] = !half[d];
    }
}

/* ---- basis ---- */

/* Knots at quantiles of x, each once; returns how many. x is of mean 0 and variance 1. */
static int find_knots(const double *x, int n, double *knot)
{
    double *sorted = numbers((size_t)n);
    int n_knots = 0;
    memcpy(sorted, x, (size_t)n * sizeof *sorted);
    cf_sort_numbers(sorted, (size_t)n);
    for (int k = 0; k < CF_SMOOTH_KNOTS; k++) {
        const double p = outermost + (1 - 2 * outermost) * k / (CF_SMOOTH_KNOTS - 1);
        const double at = cf_quantile_of(sorted, (size_t)n, p);
        if (n_knots == 0 || at > knot[n_knots - 1] + least_rest)
            knot[n_knots++] = at;
    }
    free(sorted);
    return n_knots;
}

static double cubed_above(double x, double knot)
{
    return x > knot ? (x - knot) * (x - knot) * (x - knot) : 0;
}

/*
 * Term k of natural cubic splines with K knots: 1, x, then d[k - 2] - d[K - 2] where
 *
 *   d[j] = ((x - knot[j])+^3 - (x - knot[K - 1])+^3) / (knot[K - 1] - knot[j])
 */
static double term_of(double x, int k, const double *knot, int K)
{
    if (k < 2)
        return k == 0 ? 1 : x;
    const double last = cubed_above(x, knot[K - 1]);
    return (cubed_above(x, knot[k - 2]) - last) / (knot[K - 1] - knot[k - 2]) -
           (cubed_above(x, knot[K - 2]) - last) / (knot[K - 1] - knot[K - 2]);
}

/* Over the draws of a half, or of all (half 2). */
static double product(const struct cf_smooth *s, int half, const double *a, const double *b)
{
    double sum = 0;
    for (int d = 0; d < s->n_draws; d++)
        if (half == 2 || s->half[d] == half)
            sum += a[d] * b[d];
    return sum;
}

/* Gram-Schmidt, twice; the same is done to the values at all draws. */
static void add_term(struct cf_smooth *s, int which, const double *term)
{
    const int half = which == 0 ? 2 : which - 1;
    const size_t n = (size_t)s->n_draws;
    double *next = s->basis[which] + (size_t)s->n_terms[which] * n;
    memcpy(next, term, n * sizeof *next);
    const double before = product(s, half, next, next);
    for (int pass = 0; pass < 2; pass++) {
        for (int t = 0; t < s->n_terms[which]; t++) {
            const double *other = s->basis[which] + (size_t)t * n;
            const double along = product(s, half, next, other);
            for (size_t d = 0; d < n; d++)
                next[d] -= along * other[d];
        }
    }
    const double rest = product(s, half, next, next);
    if (!(rest > least_rest * before) || !(rest > 0))
        return;
    for (size_t d = 0; d < n; d++)
        next[d] /= sqrt(rest);
    s->n_terms[which]++;
}

/* To mean 0 and variance 1; 0 where it does not vary. */
static void standardise(double *z, const double *x, int n)
{
    double mean = 0, square = 0, largest = 0;
    for (int d = 0; d < n; d++) {
        mean += x[d] / n;
        largest = fmax(largest, fabs(x[d]));
    }
    for (int d = 0; d < n; d++)
        square += (x[d] - mean) * (x[d] - mean) / n;
    const double sd = sqrt(square);
    for (int d = 0; d < n; d++)
        z[d] = sd > least_rest * largest ? (x[d] - mean) / sd : 0;
}

void cf_smooth_init(struct cf_smooth *s, const double *x, int n_draws, const unsigned char *half)
{
    const size_t n = (size_t)n_draws;
    double knot[CF_SMOOTH_KNOTS], *z = numbers(n), *term = numbers(n);
    *s = (struct cf_smooth){.n_draws = n_draws, .half = half};
    standardise(z, x, n_draws);
    const int K = n_draws > 0 ? find_knots(z, n_draws, knot) : 0;
    const int terms = K > 2 ? K : 2;
    for (int which = 0; which < 3; which++) {
        s->basis[which] = numbers((size_t)MOST_TERMS * n);
        for (int k = 0; k < terms; k++) {
            for (size_t d = 0; d < n; d++)
                term[d] = term_of(z[d], k, knot, K);
            add_term(s, which, term);
        }
    }
    free(term);
    free(z);
}

void cf_smooth_free(struct cf_smooth *s)
{
    for (int which = 0; which < 3; which++)
        free(s->basis[which]);
}

/* ---- fits ---- */

/* The fit over `which` at every draw. */
static void fit(const struct cf_smooth *s, int which, const double *y, double *fitted)
{
    const size_t n = (size_t)s->n_draws;
    memset(fitted, 0, n * sizeof *fitted);
    for (int t = 0; t < s->n_terms[which]; t++) {
        const double *term = s->basis[which] + (size_t)t * n;
        const double along = product(s, which == 0 ? 2 : which - 1, y, term);
        for (size_t d = 0; d < n; d++)
            fitted[d] += along * term[d];
    }
}

void cf_smooth_fit(const struct cf_smooth *s, const double *y, double *fitted)
{
    fit(s, 0, y, fitted);
}

void cf_unexplained(const struct cf_smooth *s, const double *y, double *unexplained, double *total)
{
    const int n = s->n_draws, free_of = n - s->n_terms[0];
    double *fitted = numbers((size_t)n), mean = 0, rest = 0;
    fit(s, 0, y, fitted);
    *total = 0;
    for (int d = 0; d < n; d++)
        mean += y[d] / n;
    for (int d = 0; d < n; d++) {
        rest += (y[d] - fitted[d]) * (y[d] - fitted[d]);
        *total += (y[d] - mean) * (y[d] - mean);
    }
    *unexplained = free_of > 0 ? rest / free_of * (n - 1) : *total;
    free(fitted);
}

/* ---- value ---- */

static const double *benefit_of(const struct cf_choices *c, int problem, int choice)
{
    return c->benefit +
           ((size_t)problem * (size_t)c->n_choices + (size_t)choice) * (size_t)c->n_draws;
}

/* The choice that is best on the average. */
static double best_mean(const struct cf_choices *c, int problem)
{
    double best = -(double)INFINITY;
    for (int choice = 0; choice < c->n_choices; choice++) {
        double mean = 0;
        for (int d = 0; d < c->n_draws; d++)
            mean += benefit_of(c, problem, choice)[d] / c->n_draws;
        best = fmax(best, mean);
    }
    return best;
}

double cf_evpi(const struct cf_choices *c)
{
    double value = 0;
    for (int p = 0; p < c->n_problems; p++) {
        double mean = 0;
        for (int d = 0; d < c->n_draws; d++) {
            double best = -(double)INFINITY;
            for (int choice = 0; choice < c->n_choices; choice++)
                best = fmax(best, benefit_of(c, p, choice)[d]);
            mean += best / c->n_draws;
        }
        value += mean - best_mean(c, p);
    }
    return fmax(0, value);
}

/* What is chosen by one half's fit, valued by the other's: the mean over draws. */
static double mean_of_chosen(const struct cf_choices *c, int problem, const struct cf_smooth *s,
                             double *fitted)
{
    const size_t n = (size_t)c->n_draws, of_half = (size_t)c->n_choices * n;
    double mean = 0;
    for (int half = 0; half < 2; half++)
        for (int choice = 0; choice < c->n_choices; choice++)
            fit(s, half + 1, benefit_of(c, problem, choice),
                fitted + (size_t)half * of_half + (size_t)choice * n);
    for (size_t d = 0; d < n; d++) {
        const double *own = fitted + (size_t)s->half[d] * of_half + d;
        const double *other = fitted + (size_t)!s->half[d] * of_half + d;
        size_t best = 0;
        for (size_t choice = 1; choice < (size_t)c->n_choices; choice++)
            if (other[choice * n] > other[best * n])
                best = choice;
        mean += own[best * n] / c->n_draws;
    }
    return mean;
}

double cf_evppi(const struct cf_choices *c, const struct cf_smooth *s)
{
    double value = 0, *fitted = numbers(2 * (size_t)c->n_choices * (size_t)c->n_draws);
    for (int p = 0; p < c->n_problems; p++)
        value += mean_of_chosen(c, p, s, fitted) - best_mean(c, p);
    free(fitted);
    return fmax(0, fmin(value, cf_evpi(c)));
}
