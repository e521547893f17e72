#ifndef CF_FUTURE_PARTS_H
#define CF_FUTURE_PARTS_H

#include "input/pulls.h"

/* The parts of reading what a scenario says of futures, in order. Each reports what is wrong and
 * goes on; entries that are wrong keep their place and name, so that others may name them. */

void cf_load_uncertain(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* Groups of entries that are correlated, and the factor of their correlations. */
void cf_load_correlations(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_risks(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_design(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* The rows of a design of kind file. */
void cf_load_draws(struct cf_model *model, const struct cf_node *file, cf_diag *diag);
void cf_load_sweep(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_retain(struct cf_model *model, const struct cf_config *config, cf_diag *diag);

/* Rows of a grid. */
#define CF_MOST_GRID 10000000

/* Names of the uncertain entries, in the arena. */
const char **cf_uncertain_names(struct cf_model *model);

#endif
