#ifndef CF_CHOOSE_FUTURES_H
#define CF_CHOOSE_FUTURES_H

#include "plan/trial.h"

#include <cohortflow/results.h>

/* Draws that a plan is judged by, at most. */
enum { CF_JUDGES = 160 };

/*
 * Draws that stand for all of a scenario's at its first sweep point: medoids of the learners
 * unplaced by report year and line (medoids.h), `most` at most, with weights that are tilted so
 * that the mean of all unplaced is that of the draws. And draws to judge by, alike in weight: at
 * even steps in the order of all unplaced. The central run alone, for both, where there are no
 * draws. CF_BAD_INPUT, reported, where the file does not keep what is needed. judged: CF_BROKEN,
 * reported, where more than 1% of the draws failed.
 */
enum cf_status cf_choose_futures(cf_results *results, int scenario, int most,
                                 struct cf_futures *futures, struct cf_futures *judges,
                                 enum cf_status *judged, struct cf_arena *arena, cf_diag *diag);

#endif
