#ifndef CF_COHORT_TREND_H
#define CF_COHORT_TREND_H

/*
 * Shares of cohorts, such as those with a level by 19, carried on from what was known by an origin:
 * a damped national trend in log odds, each authority's distance from it, which wears off, and a
 * part of its own trend. MODEL.md 11.4.
 *
 *   share  in  [area][cohort]   strictly between 0 and 1, of consecutive years
 *   size   in  [area][cohort]   persons
 */
struct cf_cohorts {
    int n_areas, n_cohorts;
    const double *share, *size;
};

struct cf_cohort_method {
    int cohorts;    /* k: the last so many the trend is taken of, 2 at least */
    double weight;  /* w: of a cohort in the distance, for each year it is older */
    double damping; /* f: of the trend, a year */
    double own;     /* p: part of an authority's own trend that is believed */
    double back;    /* r: share of the distance that goes in a year */
};

/*
 * Log odds h = 1 .. horizon years after cohort `origin` (an index; cohorts after it are not read).
 *
 *   z         out  [area][horizon]
 *   national  out  [horizon]         of all authorities together
 */
void cf_cohort_project(const struct cf_cohorts *c, const struct cf_cohort_method *method,
                       int origin, int horizon, double *z, double *national);

/*
 * The method of a fixed list that would have erred least at earlier origins: the mean over levels,
 * origins (the last but three, or the second cohort, to the last but one) and horizons up to the
 * last cohort of the mean absolute error over authorities. Of equal ones the first. *error: that
 * mean. What was tried: the number of methods.
 */
struct cf_cohort_method cf_cohort_choose(const struct cf_cohorts *level, int n_levels,
                                         double *error, int *n_tried);
/* The same mean of one method. */
double cf_cohort_error(const struct cf_cohorts *level, int n_levels,
                       const struct cf_cohort_method *method);

/* Standard deviations [horizon] of the log odds, by what the earlier origins' errors were. */
void cf_cohort_spread(const struct cf_cohorts *c, const struct cf_cohort_method *method,
                      int horizon, double *sd);

#endif
