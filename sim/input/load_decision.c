#include "input/decision_parts.h"

/* What a partnership decides with: options, budgets and criteria of the place, and what the
 * scenario says of planning. */

#define USUAL_DISCOUNT 0.035 /* HM Treasury, The Green Book, 2003 */
#define USUAL_PENALTY 6000.0
#define USUAL_NO_REGRET 0.8

static void load_planning(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_decision *d = &model->scenario.decision;
    const struct cf_node *group = cf_setting(config->root, CF_SCOPE_TOP, "planning");
    struct cf_node none = {0};
    if (group)
        cf_check_settings(group, CF_SCOPE_PLANNING, " in 'planning'", diag);
    else
        group = &none;
    d->discount = cf_setting_number(group, CF_SCOPE_PLANNING, "discount", USUAL_DISCOUNT);
    d->penalty = cf_setting_number(group, CF_SCOPE_PLANNING, "penalty", USUAL_PENALTY);
    d->quality_floor = cf_setting_number(group, CF_SCOPE_PLANNING, "quality_floor", 0);
    d->no_regret = cf_setting_number(group, CF_SCOPE_PLANNING, "no_regret", USUAL_NO_REGRET);
    d->most_unplaced = cf_setting_number(group, CF_SCOPE_PLANNING, "most_unplaced", HUGE_VAL);
    d->most_futures = cf_setting_whole(group, CF_SCOPE_PLANNING, "futures", CF_MOST_FUTURES);
}

void cf_load_decision(struct cf_model *model, const struct cf_config *config,
                      const struct cf_instead *instead, cf_diag *diag)
{
    load_planning(model, config, diag);
    cf_load_options(model, config, diag);
    cf_load_budget(model, config, diag);
    cf_load_criteria(model, diag);
    if (instead && instead->action)
        cf_try_actions(model, instead->action, instead->n_actions);
    else
        cf_load_actions(model, config, diag);
}
