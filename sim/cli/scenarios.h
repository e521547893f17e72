#ifndef CF_SCENARIOS_H
#define CF_SCENARIOS_H

#include "cli/command.h"
#include "model/model.h"

/* What is to be loaded: files, and settings "path=value" that override theirs. */
struct cf_scenario_list {
    const char *const *path;
    int n;
    const char *const *set;
    int n_set;
};

/* The scenarios of a call, loaded. */
struct cf_scenarios {
    int n;
    struct cf_model **model; /* [n] */
    /* What overrides their settings: --set, and --draws and --seed of `run` as what they set. */
    const char *set[CF_MOST_SET + 2];
    int n_set;
    char draws[40], seed[40];
};

/*
 * Load every scenario named in the call, with what it sets, apply its levers once to see what they
 * lead to, and see that all share axes, years and ages. Every error of every file is in call->diag.
 */
enum cf_status cf_load_scenarios(const struct cf_call *call, struct cf_scenarios *scenarios);
/* The same for those of a list. */
enum cf_status cf_load_scenario_list(const struct cf_scenario_list *list,
                                     struct cf_scenarios *scenarios, cf_diag *diag);
void cf_free_scenarios(struct cf_scenarios *scenarios);

#endif
