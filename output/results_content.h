#ifndef CF_RESULTS_CONTENT_H
#define CF_RESULTS_CONTENT_H

#include "base/names.h"
#include "output/h5.h"
#include "output/results_write.h"

/*
 * What a results file holds besides the values of its runs: dimensions, labels, attributes of
 * axes, provenance, and the variables, still empty. output/README.md describes it for readers.
 */

/* A run's number is (scenario * points + point) * (draws + 1) + draw; draw 0 is the central run. */
size_t cf_results_n_central(const struct cf_results_plan *plan);
size_t cf_results_n_runs(const struct cf_results_plan *plan);

/* Rows of a variable: the central runs, or all where it is kept for draws. */
size_t cf_results_rows(const struct cf_results_plan *plan, const struct cf_variable *variable);

/* Runs of one chunk of a variable: they are written together. */
size_t cf_results_chunk_runs(const struct cf_results_plan *plan,
                             const struct cf_variable *variable);

/* Write it all into a file just made; what fails is kept by h5. CF_INTERNAL, reported, where a
 * variable names a dimension that the model does not have. */
enum cf_status cf_results_content(const struct cf_results_plan *plan, cf_h5 *h5, cf_diag *diag);

#endif
