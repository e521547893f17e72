#include "base/order.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
    const double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

void cf_sort_numbers(double *value, size_t n)
{
    if (n > 1)
        qsort(value, n, sizeof *value, ascending);
}

double cf_quantile_of(const double *x, size_t n, double p)
{
    const double h = (double)(n - 1) * p;
    const size_t k = (size_t)floor(h);
    return k + 1 < n ? x[k] + (h - (double)k) * (x[k + 1] - x[k]) : x[n - 1];
}

struct placed {
    double value;
    size_t at;
};

static int by_value(const void *a, const void *b)
{
    return ascending(&((const struct placed *)a)->value, &((const struct placed *)b)->value);
}

void cf_rank_numbers(const double *value, size_t n, double *rank)
{
    struct placed *placed = malloc(n * sizeof *placed + 1);
    if (!placed)
        cf_out_of_memory();
    for (size_t k = 0; k < n; k++)
        placed[k] = (struct placed){value[k], k};
    if (n > 1)
        qsort(placed, n, sizeof *placed, by_value);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && placed[end].value == placed[first].value;)
            end++;
        for (size_t k = first; k < end; k++)
            rank[placed[k].at] = (double)(first + 1 + end) / 2;
    }
    free(placed);
}
