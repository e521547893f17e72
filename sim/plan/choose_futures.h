#ifndef CF_CHOOSE_FUTURES_H
#define CF_CHOOSE_FUTURES_H

#include "plan/trial.h"

#include <cohortflow/results.h>

/*
 * Draws that stand for all of a scenario's at its first sweep point: medoids of the learners
 * unplaced by report year and line (medoids.h), `most` at most; the central run alone where there
 * are no draws. Their weights are tilted so that the mean of all unplaced is that of the draws.
 * CF_BAD_INPUT, reported, where the file does not keep what is needed.
 */
enum cf_status cf_choose_futures(cf_results *results, int scenario, int most,
                                 struct cf_futures *futures, struct cf_arena *arena, cf_diag *diag);

#endif
