#include "calibrate/fit.h"

#include <math.h>

/* sum_t prior[s][t] b[t]: 0 where the row leads to empty columns only. */
static double reach(const struct cf_ipf *f, int s, const double *b)
{
    double sum = 0;
    for (int t = 0; t < f->n; t++)
        sum += f->p[s * f->n + t] * b[t];
    return sum;
}

/* What each column holds with these b, in shares of the whole; the largest difference from what it
 * should hold. */
static double fill(const struct cf_ipf *f, const double *b, double rows, double columns,
                   double *held)
{
    double worst = 0;
    for (int t = 0; t < f->n; t++)
        held[t] = 0;
    for (int s = 0; s < f->n; s++) {
        const double all = f->row[s] > 0 ? reach(f, s, b) : 0;
        for (int t = 0; t < f->n && all > 0; t++)
            held[t] += f->row[s] / rows * (f->p[s * f->n + t] * b[t] / all);
    }
    for (int t = 0; t < f->n; t++)
        worst = fmax(worst, fabs(held[t] - f->column[t] / columns));
    return worst;
}

/* Where the margins cannot be met some b run away: they stop here, or a row would lead nowhere. */
#define LEAST 1e-200

/* Only the ratios of b matter: the largest is 1. */
static void scale(const struct cf_ipf *f, double *b, double columns, const double *held)
{
    double most = 0;
    for (int t = 0; t < f->n; t++) {
        b[t] *= held[t] > 0 ? f->column[t] / columns / held[t] : f->column[t] > 0;
        most = fmax(most, b[t]);
    }
    for (int t = 0; t < f->n && most > 0; t++)
        b[t] = f->column[t] > 0 ? fmax(b[t] / most, LEAST) : 0;
}

void cf_fit_matrix(struct cf_ipf *f)
{
    double rows = 0, columns = 0, *b = f->room, *held = f->room + f->n;
    for (int s = 0; s < f->n; s++) {
        rows += f->row[s];
        columns += f->column[s];
        b[s] = 1;
    }
    f->rounds = 0;
    f->residual = fill(f, b, rows, columns, held);
    while (f->residual > f->tolerance && f->rounds < f->most) {
        scale(f, b, columns, held);
        f->residual = fill(f, b, rows, columns, held);
        f->rounds++;
    }
    for (int s = 0; s < f->n; s++) {
        const double all = reach(f, s, b);
        for (int t = 0; t < f->n && all > 0; t++)
            f->p[s * f->n + t] *= b[t] / all;
    }
}
