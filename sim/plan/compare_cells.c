#include "plan/compare_parts.h"

#include "base/order.h"

#include <math.h>

void cf_compare_cell(struct cf_cells *cells, double a, double b, size_t at)
{
    cells->n++;
    if (a == b || (isnan(a) && isnan(b)))
        return;
    if (isnan(a) || isnan(b)) {
        cells->differing++;
        cells->undefined++;
        return;
    }
    const double difference = b - a, size = fmax(fabs(a), fabs(b));
    const double relative = fabs(difference) / size;
    cells->differing += !(fabs(difference) <= cells->tolerance * fmax(size, 1));
    if (fabs(difference) > fabs(cells->difference)) {
        cells->difference = difference;
        cells->a = a;
        cells->b = b;
        cells->at = at;
    }
    if (relative > cells->relative) {
        cells->relative = relative;
        cells->relative_a = a;
        cells->relative_b = b;
        cells->relative_at = at;
    }
}

static size_t without_nan(double *value, size_t n)
{
    size_t kept = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(value[k]))
            value[kept++] = value[k];
    cf_sort_numbers(value, kept);
    return kept;
}

static const struct cf_drawn_difference nothing = {.q05 = (double)NAN,
                                                   .median = (double)NAN,
                                                   .q95 = (double)NAN,
                                                   .p_higher = (double)NAN,
                                                   .p_lower = (double)NAN};

void cf_difference_of_pairs(double *difference, size_t n, struct cf_drawn_difference *of)
{
    size_t higher = 0, lower = 0;
    n = without_nan(difference, n);
    *of = nothing;
    of->n = (int)n;
    if (n == 0)
        return;
    for (size_t k = 0; k < n; k++) {
        higher += difference[k] > 0;
        lower += difference[k] < 0;
    }
    of->q05 = cf_quantile_of(difference, n, 0.05);
    of->median = cf_quantile_of(difference, n, 0.5);
    of->q95 = cf_quantile_of(difference, n, 0.95);
    of->p_higher = (double)higher / (double)n;
    of->p_lower = (double)lower / (double)n;
}

void cf_difference_of_samples(double *a, size_t n_a, double *b, size_t n_b,
                              struct cf_drawn_difference *of)
{
    double higher = 0, lower = 0;
    size_t below = 0, up_to = 0; /* draws of A below, and up to, one of B */
    n_a = without_nan(a, n_a);
    n_b = without_nan(b, n_b);
    *of = nothing;
    of->n = (int)(n_a < n_b ? n_a : n_b);
    if (of->n == 0)
        return;
    for (size_t k = 0; k < n_b; k++) {
        while (below < n_a && a[below] < b[k])
            below++;
        while (up_to < n_a && a[up_to] <= b[k])
            up_to++;
        higher += (double)below;
        lower += (double)(n_a - up_to);
    }
    of->median = cf_quantile_of(b, n_b, 0.5) - cf_quantile_of(a, n_a, 0.5);
    of->p_higher = higher / (double)n_a / (double)n_b;
    of->p_lower = lower / (double)n_a / (double)n_b;
}
