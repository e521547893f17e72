#ifndef CF_STEP_H
#define CF_STEP_H

#include "engine/worker.h"

/* The stock of the base year, its ledger (start = end) and what the year steps need of it.
 * Inputs: population, level_share, status_share of the base year. */
void cf_start(struct cf_worker *worker);

/* One step, to year index worker->y + 1, with that step's inputs bound. After every process the
 * persons of the area are counted afresh and held against the ledger. */
void cf_step(struct cf_worker *worker);

/* The summer that ends the last year, alone, for what is read after it. */
void cf_last_summer(struct cf_worker *worker);

#endif
