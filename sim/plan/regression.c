#include "plan/indices.h"

#include "base/arena.h"
#include "base/order.h"

#include <math.h>
#include <stdlib.h>

/* A pivot below this: the entry is determined by those before it. */
static const double least_pivot = 1e-9;

/* Ranks of n values, to mean 0 and variance 1, in place; 0 where they do not vary. */
static int standardise(double *value, int n)
{
    double *rank = malloc((size_t)n * sizeof *rank + 1), square = 0;
    if (!rank)
        cf_out_of_memory();
    cf_rank_numbers(value, (size_t)n, rank);
    for (int d = 0; d < n; d++) {
        value[d] = rank[d] - (n + 1) / 2.0; /* the mean of ranks, with ties as well */
        square += value[d] * value[d];
    }
    free(rank);
    const double sd = sqrt(square / n);
    for (int d = 0; d < n && square > 0; d++)
        value[d] /= sd;
    return square > 0;
}

static double correlation(const double *a, const double *b, int n)
{
    double sum = 0;
    for (int d = 0; d < n; d++)
        sum += a[d] * b[d];
    return sum / n;
}

/*
 * Solve C b = c for the entries that count, C = L L' by Cholesky; an entry whose pivot is nothing
 * counts no longer. C is [k][k], of which the lower triangle becomes L; c becomes b.
 */
static void solve(double *C, double *c, unsigned char *counts, int k)
{
    for (int i = 0; i < k; i++) {
        for (int m = 0; m <= i && counts[i]; m++) {
            double rest = C[i * k + m];
            for (int j = 0; j < m; j++)
                if (counts[j])
                    rest -= C[i * k + j] * C[m * k + j];
            if (m < i)
                C[i * k + m] = counts[m] ? rest / C[m * k + m] : 0;
            else if (rest > least_pivot)
                C[i * k + i] = sqrt(rest);
            else
                counts[i] = 0;
        }
    }
    for (int i = 0; i < k; i++) {
        for (int j = 0; j < i && counts[i]; j++)
            if (counts[j])
                c[i] -= C[i * k + j] * c[j];
        if (counts[i])
            c[i] /= C[i * k + i];
    }
    for (int i = k - 1; i >= 0; i--) {
        for (int j = i + 1; j < k && counts[i]; j++)
            if (counts[j])
                c[i] -= C[j * k + i] * c[j];
        if (counts[i])
            c[i] /= C[i * k + i];
    }
}

/* z: [k entries, then y][n] standardised. */
static double regress(const double *z, const unsigned char *varies, int k, int n, double *b)
{
    double *C = malloc((size_t)k * (size_t)k * sizeof *C + 1), r2 = 0;
    unsigned char *counts = malloc((size_t)k + 1);
    double *with_y = malloc((size_t)k * sizeof *with_y + 1);
    if (!C || !counts || !with_y)
        cf_out_of_memory();
    for (int i = 0; i < k; i++) {
        counts[i] = varies[i];
        for (int j = 0; j < k; j++)
            C[i * k + j] = correlation(z + (size_t)i * (size_t)n, z + (size_t)j * (size_t)n, n);
        b[i] = with_y[i] = correlation(z + (size_t)i * (size_t)n, z + (size_t)k * (size_t)n, n);
    }
    solve(C, b, counts, k);
    for (int i = 0; i < k; i++) {
        if (counts[i])
            r2 += b[i] * with_y[i];
        else
            b[i] = (double)NAN;
    }
    free(with_y);
    free(counts);
    free(C);
    return r2;
}

int cf_rank_regression(const double *x, const double *y, int n_entries, int n_draws, double *b,
                       double *r2)
{
    const size_t k = (size_t)n_entries, all = (size_t)n_draws;
    double *z = malloc((k + 1) * all * sizeof *z + 1);
    unsigned char *varies = malloc(k + 1);
    size_t *draw = malloc(all * sizeof *draw + 1), n = 0;
    if (!z || !varies || !draw)
        cf_out_of_memory();
    for (size_t d = 0; d < all; d++) {
        int there = !isnan(y[d]);
        for (size_t i = 0; i < k; i++)
            there &= !isnan(x[i * all + d]);
        if (there)
            draw[n++] = d;
    }
    for (size_t i = 0; i <= k; i++) {
        for (size_t d = 0; d < n; d++)
            z[i * n + d] = i < k ? x[i * all + draw[d]] : y[draw[d]];
        varies[i] = n > 0 && standardise(z + i * n, (int)n);
    }
    for (size_t i = 0; i < k; i++)
        b[i] = (double)NAN;
    *r2 = varies[k] && n >= k + 2 ? regress(z, varies, n_entries, (int)n, b) : (double)NAN;
    free(draw);
    free(varies);
    free(z);
    return (int)n;
}
