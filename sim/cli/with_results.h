#ifndef CF_WITH_RESULTS_H
#define CF_WITH_RESULTS_H

#include "cli/scenarios.h"

#include <cohortflow/results.h>

/*
 * The scenario that a call names first, loaded as a results file of it was made: with what the call
 * sets, and with the file's own draws, seed and kind of design where the call does not set them.
 * CF_BAD_INPUT, reported, where it is not what the file was made from: plan/same_inputs.h.
 *
 *   apart     in   files that may differ, ends with NULL; NULL: none
 *   scenario  out  its index in the file
 *
 * Free `scenarios` whatever came of it.
 */
enum cf_status cf_load_with_results(const struct cf_call *call, const cf_results *results,
                                    const char *const *apart, struct cf_scenarios *scenarios,
                                    int *scenario);

#endif
