#ifndef CF_TABLE_WEIGHTS_H
#define CF_TABLE_WEIGHTS_H

#include "base/diag.h"

#include <cohortflow/results.h>

/* Whether a variable, or what it is kept for draws of (`<name>_draws`), is a share of residents:
 * coverage, of those of the coverage ages, and attained_by_19, of those aged 18. */
int cf_variable_is_residents_share(const struct cf_results_variable *variable);

/* Whether its values can be rolled up over areas as their weighted mean: it must be such a share,
 * have the runs and areas of `population` (of `population_draws` where it is of draws), years that
 * are among its, and one dimension more. */
int cf_variable_is_weighted(const cf_results *results, const struct cf_results_variable *variable);

/*
 * The residents that each value of such a variable is a share of, of n runs from the `first` on: as
 * many numbers as they have values, in their order, malloc'ed; NULL when reading failed (reported).
 */
double *cf_variable_weights(cf_results *results, const struct cf_results_variable *variable,
                            size_t first, size_t n, cf_diag *diag);

#endif
