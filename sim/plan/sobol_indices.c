#include "plan/sobol_indices.h"

#include <math.h>
#include <stddef.h>

static const double *runs_of(const double *result, int k, const int *row, int j)
{
    return result + (size_t)(row ? row[j] : j) * (size_t)(k + 2);
}

/* The mean is taken off first: a mean far from 0 would drown the products. */
void cf_sobol_indices(const double *result, int k, const int *row, int n,
                      struct cf_sobol_index *index)
{
    double sum = 0, squares = 0;
    for (int j = 0; j < n; j++) {
        const double *f = runs_of(result, k, row, j);
        sum += f[0] + f[k + 1];
    }
    const double mean = sum / (2.0 * n);
    for (int j = 0; j < n; j++) {
        const double *f = runs_of(result, k, row, j);
        const double a = f[0] - mean, b = f[k + 1] - mean;
        squares += a * a + b * b;
    }
    const double variance = squares / (2.0 * n);
    for (int i = 0; i < k; i++) {
        double first = 0, total = 0;
        for (int j = 0; j < n; j++) {
            const double *f = runs_of(result, k, row, j);
            const double a = f[0], ab = f[1 + i], b = f[k + 1] - mean;
            first += b * (ab - a);
            total += (a - ab) * (a - ab);
        }
        index[i] = variance > 0
                       ? (struct cf_sobol_index){first / n / variance, total / n / (2 * variance)}
                       : (struct cf_sobol_index){(double)NAN, (double)NAN};
    }
}
