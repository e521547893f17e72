#ifndef CF_INDICATOR_H
#define CF_INDICATOR_H

#include "model/selector.h"

/* When an indicator is read: from the stock of the autumn, or from those aged 18 after the results
 * of the summer that ends the year. MODEL.md 7. */
enum cf_counted { CF_COUNTED_STOCK, CF_COUNTED_ATTAINED };
#define CF_ATTAINED_AGE 18

enum cf_better { CF_BETTER_NOT_SAID, CF_BETTER_HIGHER, CF_BETTER_LOWER };

/* Whom one part of an indicator counts; an area outside `area` has no value. */
struct cf_count {
    struct cf_selection area, group, level, status;
    double *weight; /* [age] 0: not counted */
};

/* numerator / denominator; without a denominator the numerator itself. */
struct cf_ratio {
    struct cf_count numerator, denominator;
    int has_denominator;
};

/* An indicator, bound to the axes: ratio, less `minus` where there is one. */
struct cf_indicator {
    const char *code, *label, *definition, *source, *responsible;
    enum cf_counted of;
    struct cf_ratio ratio, minus;
    int has_minus;
    enum cf_better better;
    int published_offset;         /* years from a value's year to that it is published for */
    double baseline;              /* NaN: none */
    double *target, *benchmark;   /* [year] that the value of the year is held against; NaN: none */
    const char *benchmark_source; /* "" where there is none */
    struct cf_at at;
};

/* Whether two indicators, of two scenarios on the same axes, are one: whom they count and what they
 * are held against. */
int cf_indicator_same(const struct cf_indicator *a, const struct cf_indicator *b, int n_ages,
                      int n_years);

#endif
