#ifndef CF_DECISION_PARTS_H
#define CF_DECISION_PARTS_H

#include "input/list_cells.h"
#include "input/load.h"
#include "input/settings.h"

#include <math.h>

/* The parts of cf_load_decision. */
void cf_load_options(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_budget(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_criteria(struct cf_model *model, cf_diag *diag);
/* The same actions as given, unchecked. */
void cf_try_actions(struct cf_model *model, const struct cf_action *action, int n);
void cf_load_actions(struct cf_model *model, const struct cf_config *config, cf_diag *diag);

#endif
