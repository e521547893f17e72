#ifndef CF_SAME_INPUTS_H
#define CF_SAME_INPUTS_H

#include "model/model.h"

#include <cohortflow/results.h>

/* How the draws of a results file were designed. */
struct cf_results_design {
    enum cf_design_kind kind;
    int draws, steps; /* 0 where the file does not say */
    unsigned long long seed;
};
struct cf_results_design cf_results_design(const cf_results *results);

/*
 * Whether a results file was made from a scenario as it is now: from a scenario of that name with
 * the same settings and the same design of draws, and from the same files. Files that no run reads
 * (budget.csv, criteria.csv, and options.csv where the scenario starts none) may differ, and so may
 * those named in `apart`, which ends with NULL (NULL: none).
 *
 *   scenario  out  its index in the file
 *
 * CF_BAD_INPUT, reported with what differs, where it is not.
 */
enum cf_status cf_same_inputs(const cf_results *results, const struct cf_model *model,
                              const char *const *apart, int *scenario, cf_diag *diag);

#endif
