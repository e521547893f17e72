#ifndef CF_RECORD_H
#define CF_RECORD_H

#include "engine/worker.h"

/* Where the runs of a batch leave what is recorded: one record a lane. */
struct cf_records {
    double *const *record; /* [n] of the layout's length; of its draw_length for lanes that are no
                              central run */
    int n;
    int central; /* 1: lane 0 is a central run */
};

/* Copy what the worker holds for its year into the records. */
void cf_record_year(struct cf_worker *worker, const struct cf_layout *layout,
                    const struct cf_records *records);

/* The same for what is read after the summer that ended the year before the worker's. */
void cf_record_summer(struct cf_worker *worker, const struct cf_layout *layout,
                      const struct cf_records *records);

#endif
