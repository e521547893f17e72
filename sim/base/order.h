#ifndef CF_ORDER_H
#define CF_ORDER_H

#include <stddef.h>

/* Numbers in order, and what is read off them. None of them is NaN. */
void cf_sort_numbers(double *value, size_t n);

/*
 * Quantile p of n > 0 ascending numbers x (type 7):
 *
 *   x[k] + (h - k) (x[k + 1] - x[k])        h = (n - 1) p, k = floor(h)
 */
double cf_quantile_of(const double *ascending, size_t n, double p);

/* The rank of each of n numbers among them, from 1; equal ones share the mean of theirs. */
void cf_rank_numbers(const double *value, size_t n, double *rank);

#endif
