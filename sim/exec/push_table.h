#ifndef CF_PUSH_TABLE_H
#define CF_PUSH_TABLE_H

#include "base/text.h"
#include "engine/record.h"

/*
 * The push table that stands in for a back-cast: what the place's own table says plus the shifts
 * that were solved, as tables/push.csv would have it (year,area,age,status,value), all years of
 * every cell that is not 0 throughout. With it in place of the targets the run is the same.
 *
 *   record  in   a run's record, laid out by `layout`, which has the shifts
 */
void cf_push_table(const struct cf_model *model, const struct cf_layout *layout,
                   const double *record, struct cf_text *csv);

/* The largest shift of a record by size, with its year, area and age in `where`; 0 without. */
double cf_largest_shift(const struct cf_model *model, const struct cf_layout *layout,
                        const double *record, int where[3]);

#endif
