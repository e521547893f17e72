#ifndef CF_TARGET_H
#define CF_TARGET_H

#include "model/selector.h"

/* A value that the share of some statuses has to take in a year. */
struct cf_knot {
    int year;
    double value;
    int geometric; /* the way there from the knot before: a factor a year; else a step a year */
};

/*
 * A path that a back-cast follows: the share of the selected statuses among the residents of the
 * selected areas and ages. It starts from the base year's own share, passes through the knots and
 * holds the last.
 */
struct cf_target {
    const char *scope; /* the selectors as written, for messages */
    struct cf_selection status, age, area;
    int n_knots;
    struct cf_knot *knot; /* years ascending */
    struct cf_at at;
};

/* The share in a year after the base year, from the base year's share `start`. MODEL.md 2.7. */
double cf_target_share(const struct cf_target *target, int base_year, double start, int year);

#endif
