#ifndef CF_ENGINE_RUN_H
#define CF_ENGINE_RUN_H

#include "engine/layout.h"
#include "engine/record.h"

/* Who writes a year's inputs: levers, draws and risks act there, and the engine knows none of
 * them. y is the index of the year that is stepped into,
 * Y for the summer after the last. */
struct cf_binder {
    void *self;
    void (*bind)(void *self, int y, struct cf_inputs *inputs);
};

/* Who looks at the runs as they go, beside their records: in the autumn of each year, y its index,
 * and after the summer that ends it. */
struct cf_witness {
    void *self;
    void (*see)(void *self, struct cf_worker *worker, int y, int summer);
};

/*
 * Run one batch of up to eight runs from the base year to the last.
 *
 *   records  out  see record.h
 *   witness  in   NULL: none
 *
 * What went wrong in a lane is in worker->trouble; its record then holds what was computed.
 */
void cf_run_batch(struct cf_worker *worker, const struct cf_binder *binder,
                  const struct cf_layout *layout, const struct cf_records *records,
                  const struct cf_witness *witness);

#endif
