#include "cli/with_results.h"

#include "plan/same_inputs.h"

#include <string.h>

/* What has to be set for the design to be the file's: texts into `room`. */
enum { DESIGN_PARTS = 4 };
static int design_settings(const struct cf_design *now, const struct cf_results_design *then,
                           char room[DESIGN_PARTS][64], const char **set)
{
    int n = 0;
    if (then->kind == CF_DESIGN_NONE || then->kind == CF_DESIGN_FILE)
        return 0;
    if (now->kind != then->kind)
        snprintf(room[n++], sizeof *room, "design.kind=\"%s\"", cf_design_names[then->kind]);
    if (now->draws != then->draws && then->draws > 0)
        snprintf(room[n++], sizeof *room, "design.draws=%d", then->draws);
    if (now->steps != then->steps && then->steps > 0)
        snprintf(room[n++], sizeof *room, "design.steps=%d", then->steps);
    if (now->seed != then->seed)
        snprintf(room[n++], sizeof *room, "design.seed=%lluL", then->seed);
    for (int k = 0; k < n; k++)
        set[k] = room[k];
    return n;
}

/* What is noted of a scenario was said when it was run. */
static void tell_of(const cf_diag *from, enum cf_severity least, cf_diag *to)
{
    for (size_t i = 0; i < cf_diag_count(from, CF_NOTICE); i++) {
        const struct cf_message m = cf_diag_message(from, i);
        if (m.severity >= least)
            cf_report(to, m.severity, m.code, (struct cf_at){m.path, m.line, m.column},
                      m.help[0] ? m.help : NULL, "%s", m.text);
    }
}

static enum cf_status load(const struct cf_call *call, const char *const *set, int n_set,
                           struct cf_scenarios *scenarios)
{
    const struct cf_scenario_list list = {
        .path = call->operand, .n = 1, .set = set, .n_set = n_set};
    cf_diag *diag = cf_diag_open();
    if (!diag)
        cf_out_of_memory();
    *scenarios = (struct cf_scenarios){0};
    const enum cf_status status = cf_load_scenario_list(&list, scenarios, diag);
    tell_of(diag, CF_ERROR, call->diag);
    cf_diag_close(diag);
    return status;
}

enum cf_status cf_load_with_results(const struct cf_call *call, const cf_results *results,
                                    const char *const *apart, struct cf_scenarios *scenarios,
                                    int *scenario)
{
    const struct cf_results_design then = cf_results_design(results);
    char room[DESIGN_PARTS][64];
    const char *set[CF_MOST_SET + DESIGN_PARTS];
    memcpy(set, call->many, (size_t)call->n_many * sizeof *set);
    enum cf_status status = load(call, set, call->n_many, scenarios);
    if (status != CF_OK)
        return status;
    const int more = design_settings(&scenarios->model[0]->scenario.future.design, &then, room,
                                     set + call->n_many);
    if (more > 0) {
        cf_free_scenarios(scenarios);
        status = load(call, set, call->n_many + more, scenarios);
        if (status != CF_OK)
            return status;
    }
    return cf_same_inputs(results, scenarios->model[0], apart, scenario, call->diag);
}
