#include "base/text.h"
#include "cli/command.h"
#include "cli/plan_overlay.h"
#include "cli/with_results.h"
#include "exec/sched.h"
#include "input/load.h"
#include "output/render_text.h"
#include "plan/choose_futures.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Nodes that are looked at unless the call says otherwise: reproducible, and soon enough. For the
 * largest regret there is a search for each future, and proofs take long. */
#define USUAL_NODES 5000
#define USUAL_NODES_OF_REGRET 200

enum { MORE_SET = 7 };

/* What models to be tried are loaded with: what the call sets, the design of the file's draws, what
 * is kept of them. */
struct settings {
    const char *path;
    const char *set[CF_MOST_SET + MORE_SET];
    char room[MORE_SET][2 * PATH_MAX + 32]; /* a path may have to be quoted throughout */
    int n;
};

static void add_path(struct settings *s, int at, const char *key, const char *path)
{
    if (!path)
        return;
    char *to = s->room[at] + snprintf(s->room[at], sizeof s->room[at], "%s=\"", key);
    for (const char *from = path; *from && to < s->room[at] + sizeof s->room[at] - 4; from++) {
        if (*from == '"' || *from == '\\')
            *to++ = '\\';
        *to++ = *from;
    }
    memcpy(to, "\"", 2);
    s->set[s->n++] = s->room[at];
}

static void find_settings(struct settings *s, const struct cf_call *call,
                          const struct cf_design *design)
{
    s->path = call->operand[0];
    s->n = call->n_many;
    memcpy(s->set, call->many, (size_t)call->n_many * sizeof *s->set);
    if (design->kind != CF_DESIGN_NONE && design->kind != CF_DESIGN_FILE) {
        snprintf(s->room[0], sizeof s->room[0], "design.kind=\"%s\"",
                 cf_design_names[design->kind]);
        snprintf(s->room[1], sizeof s->room[1], "design.seed=%lluL", design->seed);
        s->set[s->n++] = s->room[0];
        s->set[s->n++] = s->room[1];
        if (design->draws > 0) {
            snprintf(s->room[2], sizeof s->room[2], "design.draws=%d", design->draws);
            s->set[s->n++] = s->room[2];
        }
        if (design->steps > 0) {
            snprintf(s->room[3], sizeof s->room[3], "design.steps=%d", design->steps);
            s->set[s->n++] = s->room[3];
        }
    }
    add_path(s, 4, "options", cf_call_value(call, "options"));
    add_path(s, 5, "budget", cf_call_value(call, "budget"));
    s->set[s->n++] = CF_TRIAL_RETAIN;
}

/* ---- models to be tried ---- */

static enum cf_status open_model(const struct settings *s, const struct cf_instead *instead,
                                 struct cf_model **model, cf_diag *diag)
{
    *model = calloc(1, sizeof **model);
    if (!*model)
        cf_out_of_memory();
    return cf_load_model_instead(*model, s->path, s->set, s->n, instead, diag);
}

static void close_model(struct cf_model *model)
{
    if (model)
        cf_free_model(model);
    free(model);
}

static void pass_on_errors(const cf_diag *from, cf_diag *to)
{
    for (size_t k = 0; k < cf_diag_count(from, CF_NOTICE); k++) {
        const struct cf_message m = cf_diag_message(from, k);
        if (m.severity >= CF_ERROR)
            cf_report(to, m.severity, m.code, (struct cf_at){m.path, m.line, m.column},
                      m.help[0] ? m.help : NULL, "%s", m.text);
    }
}

static const struct cf_model *load_to_try(void *self, const struct cf_action *action, int n,
                                          cf_diag *diag)
{
    static const struct cf_action none;
    const struct cf_instead instead = {.action = action ? action : &none, .n_actions = n};
    struct cf_model *model = NULL;
    cf_diag *own = cf_diag_open();
    if (!own)
        cf_out_of_memory();
    const enum cf_status status = open_model(self, &instead, &model, own);
    pass_on_errors(own, diag);
    cf_diag_close(own);
    if (status == CF_OK)
        return model;
    close_model(model);
    return NULL;
}

static void release(void *self, const struct cf_model *model)
{
    (void)self;
    close_model((struct cf_model *)model);
}

/* ---- the command ---- */

static enum cf_status print_plan(const struct cf_call *call, const struct cf_linear *linear,
                                 const struct cf_plan *plan)
{
    const int bare = cf_call_value(call, "csv") || cf_call_value(call, "json");
    struct cf_table table;
    if (cf_call_value(call, "years"))
        cf_plan_year_table(&table, linear, plan);
    else if (bare)
        cf_plan_action_table(&table, linear, plan);
    else
        cf_plan_action_table_told(&table, linear, plan);
    /* How it was found and how it does is always said: text has it below the table. */
    for (int k = 0; k < CF_PLAN_ALWAYS && bare; k++)
        cf_report(call->diag, CF_NOTICE, "plan.found", (struct cf_at){0}, NULL, "%s",
                  table.notes[k]);
    const enum cf_status status = cf_call_print(call, &table, cf_render_text);
    cf_table_free(&table);
    return status;
}

static enum cf_status plan_for(const struct cf_call *call, const struct cf_plan_search *search,
                               struct settings *settings, const struct cf_model *model,
                               cf_results *results, int scenario)
{
    const struct cf_loader loader = {settings, load_to_try, release};
    struct cf_futures futures = {0}, judges = {0};
    struct cf_arena arena;
    struct cf_plan plan;
    int threads = cf_threads_offered();
    if (!cf_call_int(call, "threads", 1, 4096, &threads))
        return CF_USAGE;
    cf_arena_init(&arena);
    struct cf_linear linear = {.model = model,
                               .loader = &loader,
                               .futures = &futures,
                               .judges = &judges,
                               .threads = threads,
                               .arena = &arena};
    enum cf_status judged;
    enum cf_status status =
        cf_choose_futures(results, scenario, model->scenario.decision.most_futures, &futures,
                          &judges, &judged, &arena, call->diag);
    if (status == CF_OK)
        status = cf_make_plan(&linear, search, &plan, call->diag);
    if (status == CF_OK)
        status = cf_overlay_write(&(struct cf_overlay){.path = cf_call_value(call, "output"),
                                                       .scenario = call->operand[0],
                                                       .options = cf_call_value(call, "options"),
                                                       .budget = cf_call_value(call, "budget"),
                                                       .set = call->many,
                                                       .n_set = call->n_many,
                                                       .linear = &linear,
                                                       .plan = &plan},
                                  call->diag);
    if (status == CF_OK)
        status = print_plan(call, &linear, &plan);
    cf_arena_free(&arena);
    return status == CF_OK ? judged : status;
}

static enum cf_status check_model(const struct cf_model *model, cf_diag *diag)
{
    const char *missing = model->scenario.decision.n_options == 0 ? "options" : NULL;
    const struct cf_at at = {.path = model->scenario.path};
    if (model->provision.I == 0) {
        cf_report(diag, CF_ERROR, "plan.no-places", at, NULL,
                  "the place has no lines: there are no gaps to fill");
        return CF_BAD_INPUT;
    }
    if (missing) {
        cf_report(diag, CF_ERROR, "plan.no-options", at,
                  "options.csv in the place's folder, or --options FILE.csv",
                  "there are no options to choose from");
        return CF_BAD_INPUT;
    }
    return CF_OK;
}

/* Files that the plan may have of its own: the results were not made of them. */
static int read_search(const struct cf_call *call, struct cf_plan_search *search)
{
    const char *objective = cf_call_value(call, "objective");
    *search = (struct cf_plan_search){0};
    if (objective && strcmp(objective, "mean") != 0 && strcmp(objective, "regret") != 0) {
        cf_report(call->diag, CF_ERROR, "call.value", (struct cf_at){0}, "mean or regret",
                  "--objective cannot be '%s'", objective);
        return 0;
    }
    search->regret = objective && strcmp(objective, "regret") == 0;
    search->most_nodes = search->regret ? USUAL_NODES_OF_REGRET : USUAL_NODES;
    if (!cf_call_value(call, "output")) {
        cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
                  "`plan` needs --output and a file");
        return 0;
    }
    return cf_call_either(call, "csv", "json") &&
           cf_call_int(call, "nodes", 1, INT_MAX, &search->most_nodes) &&
           cf_call_number(call, "seconds", 0, 1e7, &search->most_seconds);
}

enum cf_status cf_cmd_plan(const struct cf_call *call)
{
    struct cf_plan_search search;
    struct cf_scenarios scenarios = {0};
    struct cf_model *model = NULL;
    cf_results *results;
    int scenario = 0;
    if (!read_search(call, &search))
        return CF_USAGE;
    if (!cf_overlay_may_go(cf_call_value(call, "output"), call->diag))
        return CF_CANNOT_CREATE;
    enum cf_status status = cf_results_open(call->operand[1], &results, call->diag);
    if (status != CF_OK)
        return status;
    struct settings *settings = calloc(1, sizeof *settings);
    if (!settings)
        cf_out_of_memory();
    status = cf_load_with_results(call, results, NULL, &scenarios, &scenario);
    if (status == CF_OK &&
        !cf_overlay_is_apart(cf_call_value(call, "output"), scenarios.model[0], call->diag))
        status = CF_CANNOT_CREATE;
    if (status == CF_OK) {
        find_settings(settings, call, &scenarios.model[0]->scenario.future.design);
        cf_diag *own = cf_diag_open();
        status = own ? open_model(settings, NULL, &model, own) : CF_INTERNAL;
        pass_on_errors(own, call->diag);
        cf_diag_close(own);
    }
    if (status == CF_OK)
        status = check_model(model, call->diag);
    if (status == CF_OK)
        status = plan_for(call, &search, settings, model, results, scenario);
    close_model(model);
    cf_free_scenarios(&scenarios);
    cf_results_close(results);
    free(settings);
    return status;
}
