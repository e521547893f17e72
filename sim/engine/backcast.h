#ifndef CF_BACKCAST_H
#define CF_BACKCAST_H

#include "engine/worker.h"

/* The largest shift that is tried, and how exactly it is found: bounds and width of the bracket. */
#define CF_SHIFT_MOST 10.0
#define CF_SHIFT_EXACT 1e-12
/* A shift beyond this is a change of behaviour nobody has seen. */
#define CF_SHIFT_UNSEEN 5.0

/* The base year's shares, from which the targets' paths start. Once the base stock stands. */
void cf_note_reference(struct cf_worker *worker);

/*
 * Solve the shifts of one year: for every target the one number delta, added to the log of the
 * multiplier of its statuses at its areas and ages, with which their share after choice and duty
 * is what its path says. MODEL.md 2.7. Called before anybody chooses.
 *
 *   shift  out  worker->shift [area][age][status]
 *
 * A share that no delta within the bounds attains ends the run, with the attainable range.
 */
void cf_solve_targets(struct cf_worker *worker);

#endif
