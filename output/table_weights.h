#ifndef CF_TABLE_WEIGHTS_H
#define CF_TABLE_WEIGHTS_H

#include "base/diag.h"

#include <cohortflow/results.h>

/* Whether values of the variable are shares of residents, which can be rolled up over areas as
 * their weighted mean: coverage, of those of the coverage ages, and attained_by_19, of those aged
 * 18. It must have the runs, years and areas of `population`, and one dimension more. */
int cf_variable_is_weighted(const cf_results *results, const struct cf_results_variable *variable);

/*
 * The residents that each value of such a variable is a share of: as many numbers as it has values,
 * in its order, malloc'ed; NULL when reading failed (reported).
 */
double *cf_variable_weights(cf_results *results, const struct cf_results_variable *variable,
                            cf_diag *diag);

#endif
