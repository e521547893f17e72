#ifndef CF_MEDOIDS_H
#define CF_MEDOIDS_H

#include <stddef.h>

/*
 * k of n points that stand for all of them (Kaufman and Rousseeuw 1990): of points in D dimensions
 * those k that make
 *
 *   sum over points of |x - nearest of the k|^2
 *
 * small, by building up and then exchanging while that helps. With the square those are chosen that
 * lie by the means of the points they stand for, so that a mean over the k is one over all.
 *
 *   x       in   [n][D]
 *   medoid  out  [k] ascending, fewer where there are fewer different points; returns how many
 *   weight  out  [k] share of the points nearest to each; of equally near ones the first
 */
int cf_medoids(const double *x, int n, int D, int k, int *medoid, double *weight);

#endif
