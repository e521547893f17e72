#include "plan/medoids.h"

#include "base/arena.h"
#include "model/view.h"

#include <math.h>

struct medoids {
    int n, k;         /* points, medoids so far */
    double *distance; /* [n][n] squared */
    int *medoid;
    double *nearest, *second; /* [n] squared distance to the nearest medoid, and to the next */
    int *of;                  /* [n] which is the nearest */
};

static void measure(struct medoids *m, const double *x, int D)
{
    for (int a = 0; a < m->n; a++)
        for (int b = 0; b < a; b++) {
            double sum = 0;
            for (int d = 0; d < D; d++) {
                const double by = x[VIEW2(a, d, D)] - x[VIEW2(b, d, D)];
                sum += by * by;
            }
            m->distance[VIEW2(a, b, m->n)] = m->distance[VIEW2(b, a, m->n)] = sum;
        }
}

static void assign(struct medoids *m)
{
    for (int p = 0; p < m->n; p++) {
        m->nearest[p] = m->second[p] = HUGE_VAL;
        for (int c = 0; c < m->k; c++) {
            const double to = m->distance[VIEW2(p, m->medoid[c], m->n)];
            if (to < m->nearest[p]) {
                m->second[p] = m->nearest[p];
                m->nearest[p] = to;
                m->of[p] = c;
            } else if (to < m->second[p]) {
                m->second[p] = to;
            }
        }
    }
}

/* The point that lowers the sum most; -1 where none does. */
static int next_medoid(const struct medoids *m)
{
    int best = -1;
    double most = 0;
    for (int candidate = 0; candidate < m->n; candidate++) {
        double gain = 0;
        for (int p = 0; p < m->n; p++) {
            const double to = m->distance[VIEW2(p, candidate, m->n)];
            /* The first is the one nearest to all: less is more. */
            gain += m->k == 0 ? -to : fmax(0, m->nearest[p] - to);
        }
        if (best < 0 ? m->k == 0 || gain > 0 : gain > most) {
            best = candidate;
            most = gain;
        }
    }
    return best;
}

/* What the sum changes by when medoid c gives way to a point. */
static double exchange(const struct medoids *m, int c, int candidate)
{
    double change = 0;
    for (int p = 0; p < m->n; p++) {
        const double to = m->distance[VIEW2(p, candidate, m->n)];
        const double otherwise = m->of[p] == c ? m->second[p] : m->nearest[p];
        change += fmin(to, otherwise) - m->nearest[p];
    }
    return change;
}

/* The exchange that helps most, done; 0 where none helps. */
static int improve(struct medoids *m)
{
    int which = -1, by = -1;
    double least = 0;
    for (int c = 0; c < m->k; c++)
        for (int candidate = 0; candidate < m->n; candidate++) {
            const double change = m->nearest[candidate] > 0 ? exchange(m, c, candidate) : 0;
            if (change < least) {
                least = change;
                which = c;
                by = candidate;
            }
        }
    double sum = 0;
    for (int p = 0; p < m->n; p++)
        sum += m->nearest[p];
    if (which < 0 || -least <= 1e-12 * sum)
        return 0;
    m->medoid[which] = by;
    assign(m);
    return 1;
}

int cf_medoids(const double *x, int n, int D, int k, int *medoid, double *weight)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    struct medoids m = {.n = n,
                        .distance = CF_TAKE(&arena, (size_t)n * (size_t)n, double),
                        .medoid = medoid,
                        .nearest = CF_TAKE(&arena, (size_t)n, double),
                        .second = CF_TAKE(&arena, (size_t)n, double),
                        .of = CF_TAKE(&arena, (size_t)n, int)};
    measure(&m, x, D);
    for (assign(&m); m.k < k; assign(&m)) {
        const int next = next_medoid(&m);
        if (next < 0)
            break;
        medoid[m.k++] = next;
    }
    for (int rounds = 0; rounds < n && improve(&m);)
        rounds++;
    for (int c = 1; c < m.k; c++) {
        const int moved = medoid[c];
        int at = c;
        for (; at > 0 && medoid[at - 1] > moved; at--)
            medoid[at] = medoid[at - 1];
        medoid[at] = moved;
    }
    assign(&m);
    for (int c = 0; c < m.k; c++)
        weight[c] = 0;
    for (int p = 0; p < n; p++)
        weight[m.of[p]] += 1.0 / n;
    cf_arena_free(&arena);
    return m.k;
}
