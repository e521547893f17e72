#ifndef CF_RECORD_H
#define CF_RECORD_H

#include "engine/worker.h"

/*
 * The variables that a run of this model leaves, with their places in the record; in the arena.
 * Where several scenarios go into one file it is that of a back-cast if one of them is.
 */
struct cf_layout *cf_record_layout(struct cf_arena *arena, const struct cf_model *model);

/*
 * Copy what the worker holds for its year into records.
 *
 *   record  out  [n_lanes] each [layout length]; lane k goes to record[k]
 */
void cf_record_year(struct cf_worker *worker, const struct cf_layout *layout, double *const *record,
                    int n_lanes);

/* The same for what is read after the summer that ended the year before the worker's. */
void cf_record_summer(struct cf_worker *worker, const struct cf_layout *layout,
                      double *const *record, int n_lanes);

#endif
