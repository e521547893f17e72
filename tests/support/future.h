#ifndef TEST_FUTURE_H
#define TEST_FUTURE_H

#include "design/draw.h"

/*
 * Futures made in memory: a small place with areas a0, a1, ... and years from 2009, without entries
 * and risks and with a Monte Carlo design of seed 1 until they are set.
 */
struct cf_model *future_new(int n_areas, int n_years);
void future_free(struct cf_model *model);

/* An entry on area_effect before the one that stands `at` (n_uncertain: at the end), of one value
 * for all areas and years; pointers to entries got before are stale. */
struct cf_uncertain *future_insert(struct cf_model *model, int at, const char *name,
                                   const char *dist, double a, double b);
struct cf_uncertain *future_add(struct cf_model *model, const char *name, const char *dist,
                                double a, double b);
/* Every area has a value of its own. */
void future_by_area(struct cf_uncertain *uncertain, double shared);
struct cf_risk *future_risk(struct cf_model *model, const char *code, double probability,
                            int onset_first, int onset_last);
void future_design(struct cf_model *model, enum cf_design_kind kind, int draws);
/* Correlate two entries: the factor's lower row, and identity else. */
void future_correlate(struct cf_model *model, int i, int j, double correlation);

/* Values of every draw (central first), entry, year and area: [1 + R][n_uncertain][Y][A], an entry
 * without `by` the same in every area. To be freed. */
double *future_values(const struct cf_model *model);
/* One value of them. */
double future_at(const struct cf_model *model, const double *values, int draw, int entry, int y,
                 int a);
/* u of one draw of a uniform entry from 0 to 1 without `by`, in the first year. */
double future_u(const struct cf_draws *draws, int draw, int entry);

/* Means, variances and correlation of n pairs. */
struct moments {
    double mean_x, mean_y, var_x, var_y, correlation;
};
struct moments moments_of(const double *x, const double *y, int n);

#endif
