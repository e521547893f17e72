#ifndef CF_SCENARIOS_H
#define CF_SCENARIOS_H

#include "cli/command.h"
#include "model/model.h"

/* The scenarios of a call, loaded. */
struct cf_scenarios {
    int n;
    struct cf_model **model; /* [n] */
};

/*
 * Load every scenario named in the call, with --set, apply its levers once to see what they lead
 * to, and see that all share axes, years and ages. Every error of every file is in call->diag.
 */
enum cf_status cf_load_scenarios(const struct cf_call *call, struct cf_scenarios *scenarios);
void cf_free_scenarios(struct cf_scenarios *scenarios);

#endif
