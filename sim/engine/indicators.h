#ifndef CF_INDICATORS_H
#define CF_INDICATORS_H

#include "engine/worker.h"

/* List the cells that each part of each indicator counts; into the worker's arena. */
void cf_indicators_init(struct cf_worker *worker);

/* Count whom the indicators of one kind count in one area, as the stock stands:
 * worker->persons_counted. */
void cf_count_indicators(struct cf_worker *worker, int a, enum cf_counted of);

/* Areas from `first` to before `end` that are of a pool; -1: all of these. */
struct cf_areas {
    int first, end, pool;
};

/*
 * An indicator of these areas, as last counted:
 *
 *   sum numerator / sum denominator - sum minus.numerator / sum minus.denominator
 *
 * each sum over those of the areas that the part selects, in order. Not a number where a part
 * selects none of them or nobody is in a denominator.
 */
lanes cf_indicator_of(const struct cf_worker *worker, const struct cf_areas *areas, int i);

#endif
