#ifndef CF_INDICATORS_H
#define CF_INDICATORS_H

#include "engine/worker.h"

/* List the cells that each part of each indicator counts; into the worker's arena. */
void cf_indicators_init(struct cf_worker *worker);

/* The indicators of one kind in one area, as the stock stands: worker->indicator[area]. */
void cf_read_indicators(struct cf_worker *worker, int a, enum cf_counted of);

#endif
