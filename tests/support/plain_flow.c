#include "plain.h"

#include <math.h>
#include <string.h>

/*
 * One line in one pass, the slow and sure way: with y = -log B >= 0,
 *
 *   minimise  sum_a demand log(away + sum_j w e^-y) + sum_j capacity y
 *
 * by projected Newton steps in long double, its Hessian dense; where these do not arrive, by
 * rounds B <- min(1, capacity / what would come at B = 1 of the others), which always do.
 */
#define STEPS 400
#define LONGEST 3 /* in y, of one step */
#define ROUNDS 2000000
#define TOLERANCE 1e-13L
#define ROUNDING 1e-17L /* of the objective */

struct dual {
    const struct plain_flow *f;
    int J;
    long double *y, *total, *share; /* [j], [j] learners, [a][j] of the area's demand */
    unsigned char *open;            /* [j] 1: has capacity and somebody can come */
};

static long double weight_of(const struct plain_flow *f, int a, int j)
{
    return (long double)f->w[VIEW2(a, j, f->J)];
}

/* Learners at each site, and the objective. */
static long double look(const struct dual *d, const long double *y)
{
    const struct plain_flow *f = d->f;
    long double objective = 0;
    memset(d->total, 0, (size_t)d->J * sizeof *d->total);
    for (int j = 0; j < d->J; j++)
        objective += d->open[j] ? (long double)f->capacity[j] * y[j] : 0;
    for (int a = 0; a < f->A; a++) {
        long double all = (long double)f->away[a];
        for (int j = 0; j < d->J; j++)
            all += d->open[j] ? weight_of(f, a, j) * expl(-y[j]) : 0;
        for (int j = 0; j < d->J; j++) {
            long double *share = &d->share[VIEW2(a, j, d->J)];
            *share = d->open[j] && all > 0 ? weight_of(f, a, j) * expl(-y[j]) / all : 0;
            d->total[j] += (long double)f->demand[a] * *share;
        }
        objective += f->demand[a] > 0 && all > 0 ? (long double)f->demand[a] * logl(all) : 0;
    }
    return objective;
}

/* The largest miss of a capacity, relative to it. */
static long double miss(const struct dual *d)
{
    long double worst = 0;
    for (int j = 0; j < d->J; j++) {
        const long double capacity = (long double)d->f->capacity[j];
        long double over = d->open[j] ? (d->total[j] - capacity) / capacity : 0;
        if (d->y[j] > 0)
            over = fabsl(over);
        worst = over > worst ? over : worst;
    }
    return worst;
}

/* Gauss with the largest pivot of the column; h [n][n], x [n] in: right side, out: solution. */
static void eliminate(int n, long double *h, long double *x)
{
    for (int k = 0; k < n; k++) {
        int best = k;
        for (int r = k + 1; r < n; r++)
            best = fabsl(h[r * n + k]) > fabsl(h[best * n + k]) ? r : best;
        for (int c = 0; c < n; c++) {
            const long double kept = h[k * n + c];
            h[k * n + c] = h[best * n + c];
            h[best * n + c] = kept;
        }
        const long double kept = x[k];
        x[k] = x[best];
        x[best] = kept;
        for (int r = k + 1; r < n; r++) {
            const long double factor = h[r * n + k] / h[k * n + k];
            for (int c = k; c < n; c++)
                h[r * n + c] -= factor * h[k * n + c];
            x[r] -= factor * x[k];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        for (int c = k + 1; c < n; c++)
            x[k] -= h[k * n + c] * x[c];
        x[k] /= h[k * n + k];
    }
}

/* The Newton direction of the sites that are full or have to be; 0 for the others. */
static void direction(const struct dual *d, long double *step)
{
    const int J = d->J;
    int n = 0, site[J + 1];
    long double h[J * J + 1], x[J + 1], longest = 0;
    for (int j = 0; j < J; j++) {
        step[j] = 0;
        if (d->open[j] && (d->y[j] > 0 || d->total[j] > (long double)d->f->capacity[j]))
            site[n++] = j;
    }
    for (int r = 0; r < n; r++) {
        x[r] = d->total[site[r]] - (long double)d->f->capacity[site[r]];
        for (int c = 0; c < n; c++) {
            h[r * n + c] = r == c ? d->total[site[r]] : 0;
            for (int a = 0; a < d->f->A; a++)
                h[r * n + c] -= (long double)d->f->demand[a] * d->share[VIEW2(a, site[r], J)] *
                                d->share[VIEW2(a, site[c], J)];
        }
    }
    eliminate(n, h, x);
    for (int r = 0; r < n; r++)
        longest = fabsl(x[r]) > longest ? fabsl(x[r]) : longest;
    for (int r = 0; r < n; r++)
        step[site[r]] = longest > LONGEST ? x[r] * LONGEST / longest : x[r];
}

static int newton(struct dual *d)
{
    const int J = d->J;
    long double step[J + 1], was[J + 1], objective = look(d, d->y);
    for (int k = 0; k < STEPS; k++) {
        const long double before = miss(d);
        if (before <= TOLERANCE)
            return 1;
        direction(d, step);
        memcpy(was, d->y, sizeof was);
        const long double slack = fabsl(objective) * ROUNDING;
        for (long double length = 1;; length /= 2) {
            for (int j = 0; j < J; j++)
                d->y[j] = fmaxl(0, was[j] + length * step[j]);
            const long double now = look(d, d->y);
            if (now < objective || (now <= objective + slack && miss(d) < before)) {
                objective = now;
                break;
            }
            if (!(length > 1e-9L))
                return 0;
        }
    }
    return 0;
}

static int rounds(struct dual *d)
{
    for (int j = 0; j < d->J; j++)
        d->y[j] = 0;
    for (int k = 0; k < ROUNDS; k++) {
        look(d, d->y);
        if (miss(d) <= TOLERANCE)
            return 1;
        for (int j = 0; j < d->J; j++)
            if (d->open[j])
                d->y[j] =
                    fmaxl(0, d->y[j] + logl(d->total[j]) - logl((long double)d->f->capacity[j]));
    }
    return 0;
}

static void hand_over(const struct dual *d)
{
    const struct plain_flow *f = d->f;
    for (int j = 0; j < f->J; j++)
        f->b[j] = f->capacity[j] > 0 ? (double)expl(-d->y[j]) : 0;
    for (int a = 0; a < f->A; a++) {
        long double all = (long double)f->away[a];
        for (int j = 0; j < f->J; j++) {
            f->moved[VIEW2(a, j, f->J)] =
                (double)((long double)f->demand[a] * d->share[VIEW2(a, j, f->J)]);
            all += d->open[j] ? weight_of(f, a, j) * expl(-d->y[j]) : 0;
        }
        f->unplaced[a] = all > 0
                             ? (double)((long double)f->demand[a] * (long double)f->away[a] / all)
                             : f->demand[a];
    }
}

int plain_solve(const struct plain_flow *f)
{
    const int J = f->J;
    long double y[J + 1], total[J + 1], share[f->A * J + 1];
    unsigned char open[J + 1];
    struct dual d = {f, J, y, total, share, open};
    for (int j = 0; j < J; j++) {
        double reachable = 0;
        for (int a = 0; a < f->A; a++)
            reachable += f->demand[a] > 0 ? f->w[VIEW2(a, j, J)] : 0;
        open[j] = f->capacity[j] > 0 && reachable > 0;
        y[j] = 0;
    }
    const int converged = newton(&d) || rounds(&d);
    look(&d, y);
    hand_over(&d);
    return converged;
}
