#ifndef CF_DISTS_H
#define CF_DISTS_H

#include <stddef.h>

/*
 * Distributions of uncertain entries: one row each. To add one, write its functions and its row.
 * Everything is worked out by our own exp and log, so that its bits depend on no processor.
 */
#define CF_MOST_DIST_PARAMETERS 3

/* The values of a discrete or empirical distribution, ascending, with weights that sum to 1. */
struct cf_dist_values {
    int n;
    const double *value, *weight;
};

struct cf_dist {
    const char *name;
    int n_parameters;                               /* numbers, by name */
    const char *parameter[CF_MOST_DIST_PARAMETERS]; /* "mean", "sd" */
    int by_values;                                  /* 1: has `values`; 2: and `weights` */
    /* Why these parameters make no distribution; NULL: they do. */
    const char *(*fault)(const double *parameter);
    /* Share at or below x, and the value with the share u in (0, 1) below it. */
    double (*cdf)(const double *parameter, const struct cf_dist_values *values, double x);
    double (*quantile)(const double *parameter, const struct cf_dist_values *values, double u);
    const char *sentence;
};
extern const struct cf_dist cf_dists[];
extern const int cf_n_dists;

/* Index of a distribution, or -1. */
int cf_dist_find(const char *name);

/*
 * The part of a distribution from min to max (infinite: to its end), both included, as the shares
 * below it and up to its end. A part under CF_LEAST_PART is too thin to be drawn from.
 */
#define CF_LEAST_PART 1e-9
struct cf_dist_part {
    double below, upto;
};
struct cf_dist_part cf_dist_part_of(const struct cf_dist *dist, const double *parameter,
                                    const struct cf_dist_values *values, double min, double max);

/* The value at u in (0, 1), truncated to [min, max] (infinite: not): quantile of the part of the
 * distribution that lies between; with the part found beforehand. */
double cf_dist_at_part(const struct cf_dist *dist, const double *parameter,
                       const struct cf_dist_values *values, struct cf_dist_part part, double min,
                       double max, double u);
double cf_dist_at(const struct cf_dist *dist, const double *parameter,
                  const struct cf_dist_values *values, double min, double max, double u);

#endif
