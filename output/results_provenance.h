#ifndef CF_RESULTS_PROVENANCE_H
#define CF_RESULTS_PROVENANCE_H

#include "output/h5.h"
#include "output/results_write.h"

/*
 * Where the results come from: the attributes of the root, and the group /provenance with the
 * scenarios as resolved, the files read and the sources of the tables. Nothing in it depends on
 * where, when, by whom or how fast the results were made. The dimension /scenario is there already.
 */
void cf_results_provenance(const struct cf_results_plan *plan, cf_h5 *h5, struct cf_arena *arena);

#endif
