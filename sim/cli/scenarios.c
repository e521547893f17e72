#include "cli/scenarios.h"

#include "base/text.h"
#include "calibrate/check.h"
#include "design/bind.h"

#include <cohortflow/model.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static int same_codes(const struct cf_axis *a, const struct cf_axis *b)
{
    if (a->n != b->n)
        return 0;
    for (int i = 0; i < a->n; i++)
        if (strcmp(a->codes.name[i], b->codes.name[i]) != 0)
            return 0;
    return 1;
}

/* The label and attributes of the member, "" where there is none. */
static const char *said_of(const struct cf_axis *axis, const char *what, int member)
{
    const char *text = cf_axis_value(axis, what, member);
    if (cf_text_same(what, "label"))
        text = axis->label ? axis->label[member] : NULL;
    return text ? text : "";
}

/* Whether an attribute is the same, of axes with the same codes. */
static int same_attribute(const struct cf_axis *a, const struct cf_axis *b, const char *what,
                          const char *path, cf_diag *diag)
{
    const char *help = "a results file says once what each member is; give both the same axes";
    if (cf_text_same(what, "closing_year") || cf_text_same(what, "teach_out"))
        help = "a results file says once what each member is; what closes in one scenario only is "
               "a setting of it, `closures`";
    for (int i = 0; i < a->n; i++) {
        if (cf_text_same(said_of(a, what, i), said_of(b, what, i)))
            continue;
        cf_report(diag, CF_ERROR, "scenario.axes", b->at ? b->at[i] : (struct cf_at){0}, help,
                  "'%s' of %s '%s' is '%s' here and '%s' in '%s'; scenarios of one run share it",
                  what, a->name, a->codes.name[i], said_of(b, what, i), said_of(a, what, i), path);
        return 0;
    }
    return 1;
}

/* A results file has labels and attributes of axes once. */
static int same_attributes(const struct cf_model *first, const struct cf_model *other,
                           enum cf_axis_id id, cf_diag *diag)
{
    const struct cf_axis *a = &first->axis[id], *b = &other->axis[id];
    const char *path = first->scenario.path;
    int same = same_attribute(a, b, "label", path, diag);
    for (int k = 0; k < a->n_attributes; k++)
        same &= same_attribute(a, b, a->attribute[k].name, path, diag);
    for (int k = 0; k < b->n_attributes; k++)
        if (cf_axis_attribute(a, b->attribute[k].name) < 0)
            same &= same_attribute(a, b, b->attribute[k].name, path, diag);
    return same;
}

/* Whether the indicators are the same: a file says once what each is. Asked on equal axes. */
static int same_indicators(const struct cf_model *first, const struct cf_model *other,
                           cf_diag *diag)
{
    const struct cf_scenario *a = &first->scenario, *b = &other->scenario;
    const int n_ages = first->axis[CF_AXIS_AGE].n, n_years = first->axis[CF_AXIS_YEAR].n;
    int i = 0;
    while (i < a->n_indicators && i < b->n_indicators &&
           cf_indicator_same(&a->indicator[i], &b->indicator[i], n_ages, n_years))
        i++;
    if (i == a->n_indicators && i == b->n_indicators)
        return 1;
    cf_report(diag, CF_ERROR, "scenario.indicators", (struct cf_at){.path = b->path}, NULL,
              "the indicator '%s' is not what it is in '%s'; scenarios of one run share them",
              i < b->n_indicators ? b->indicator[i].code : a->indicator[i].code, a->path);
    return 0;
}

/* What differs from one scenario to the other can most often be there in all of them. */
static const char *help_with_axis(enum cf_axis_id axis)
{
    switch (axis) {
    case CF_AXIS_SITE:
        return "give the place the site with no places: a scenario opens it with a lever on "
               "places, or changes.csv";
    case CF_AXIS_LINE:
        return "give the place the line with no places: a scenario opens it with a lever on "
               "places, or changes.csv";
    default:
        return NULL;
    }
}

static int same_selection(const struct cf_selection *a, const struct cf_selection *b)
{
    return a->n == b->n && (a->n == 0 || memcmp(a->member, b->member, (size_t)a->n) == 0);
}

static int same_dimension(const struct cf_sweep_dim *a, const struct cf_sweep_dim *b)
{
    if (!cf_text_same(a->name, b->name) || a->field != b->field || a->op != b->op || a->n != b->n)
        return 0;
    for (int i = 0; i < a->n; i++)
        if (a->value[i] != b->value[i])
            return 0;
    for (int d = 0; d < cf_field_specs[a->field].n_dims; d++)
        if (!same_selection(&a->where[d], &b->where[d]))
            return 0;
    return 1;
}

static int same_sweep(const struct cf_future *a, const struct cf_future *b)
{
    if (a->n_sweeps != b->n_sweeps)
        return 0;
    for (int k = 0; k < a->n_sweeps; k++)
        if (!same_dimension(&a->sweep[k], &b->sweep[k]))
            return 0;
    return 1;
}

static int same_retain(const struct cf_future *a, const struct cf_future *b)
{
    if (a->n_retain != b->n_retain)
        return 0;
    for (int k = 0; k < a->n_retain; k++) {
        const struct cf_retain *one = &a->retain[k], *other = &b->retain[k];
        if (!cf_text_same(one->variable, other->variable) || one->drop != other->drop ||
            one->report != other->report)
            return 0;
    }
    return 1;
}

/* In what the designs differ, NULL: in nothing. What is uncertain may differ, so long as it comes
 * to as many draws. */
static const char *design_differs(const struct cf_future *a, const struct cf_future *b)
{
    const struct cf_design *one = &a->design, *other = &b->design;
    if (one->kind != other->kind)
        return "kind";
    if (one->kind == CF_DESIGN_NONE)
        return NULL;
    const int by_steps = one->kind == CF_DESIGN_MORRIS || one->kind == CF_DESIGN_GRID;
    if (by_steps && one->steps != other->steps)
        return "number of steps";
    if (cf_future_draws(a) != cf_future_draws(b))
        return "number of draws";
    return one->seed != other->seed ? "seed" : NULL;
}

/* Runs are numbered alike in all scenarios of a file: one design, sweep and choice of what is
 * kept. */
static enum cf_status check_futures(const struct cf_model *first, const struct cf_model *other,
                                    cf_diag *diag)
{
    const struct cf_future *a = &first->scenario.future, *b = &other->scenario.future;
    const struct cf_at at = {.path = other->scenario.path};
    const char *differs = design_differs(a, b);
    enum cf_status status = CF_OK;
    if (differs) {
        cf_report(diag, CF_ERROR, "scenario.design", b->design.at.line ? b->design.at : at,
                  "give all of them one design, or run them apart",
                  "the %s of the design is not that of '%s'; scenarios of one run share it",
                  differs, first->scenario.path);
        status = CF_BAD_INPUT;
    }
    if (!same_sweep(a, b)) {
        cf_report(diag, CF_ERROR, "scenario.sweep", b->n_sweeps ? b->sweep->at : at, NULL,
                  "the sweep is not that of '%s'; scenarios of one run share it",
                  first->scenario.path);
        status = CF_BAD_INPUT;
    }
    if (!same_retain(a, b)) {
        cf_report(diag, CF_ERROR, "scenario.retain", b->n_retain ? b->retain->at : at, NULL,
                  "'retain' is not that of '%s'; scenarios of one run share it",
                  first->scenario.path);
        status = CF_BAD_INPUT;
    }
    return status;
}

/* A file describes options once, so scenarios that start any have the same: whoever differs says
 * so. Asked on equal axes. */
static enum cf_status check_options(const struct cf_model *first, const struct cf_model *other,
                                    cf_diag *diag)
{
    const struct cf_decision *a = &first->scenario.decision, *b = &other->scenario.decision;
    if (a->n_actions == 0 || b->n_actions == 0 || cf_options_same(a, b))
        return CF_OK;
    cf_report(diag, CF_ERROR, "scenario.options", b->action->at,
              "give both one table of options, or run them apart",
              "the options are not those of '%s'; scenarios of one run share them",
              first->scenario.path);
    return CF_BAD_INPUT;
}

/* A file says once what plans are held to, by the first scenario: whoever is held to something else
 * is told so. */
static void check_planning(const struct cf_model *first, const struct cf_model *other,
                           cf_diag *diag)
{
    const struct cf_decision *a = &first->scenario.decision, *b = &other->scenario.decision;
    const struct {
        const char *name;
        double first, other;
    } settings[] = {{"discount", a->discount, b->discount},
                    {"penalty", a->penalty, b->penalty},
                    {"no_regret", a->no_regret, b->no_regret}};
    for (size_t k = 0; k < sizeof settings / sizeof *settings; k++)
        if (settings[k].first != settings[k].other)
            cf_report(diag, CF_WARNING, "scenario.planning",
                      (struct cf_at){.path = other->scenario.path},
                      "give all of them one 'planning', or run them apart",
                      "planning.%s is %g here and %g in '%s': plans are compared by the latter",
                      settings[k].name, settings[k].other, settings[k].first, first->scenario.path);
}

/* Runs of one file share axes, years, ages, indicators, design and sweep: else a difference could
 * not be read off it. */
static enum cf_status check_shared(const struct cf_model *first, const struct cf_model *other,
                                   cf_diag *diag)
{
    enum cf_status status = CF_OK;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!same_codes(&first->axis[i], &other->axis[i])) {
            cf_report(diag, CF_ERROR, "scenario.axes", (struct cf_at){.path = other->scenario.path},
                      help_with_axis((enum cf_axis_id)i),
                      "the axis '%s' differs from that of '%s'; scenarios of one run share them",
                      cf_axis_specs[i].name, first->scenario.path);
            status = CF_BAD_INPUT;
        } else if (!same_attributes(first, other, (enum cf_axis_id)i, diag)) {
            status = CF_BAD_INPUT;
        }
    for (int i = 0; i < first->scenario.n_report_years; i++)
        if (first->scenario.n_report_years != other->scenario.n_report_years ||
            first->scenario.report_year[i] != other->scenario.report_year[i]) {
            cf_report(diag, CF_ERROR, "scenario.report-years",
                      (struct cf_at){.path = other->scenario.path}, NULL,
                      "the report years differ from those of '%s'", first->scenario.path);
            return CF_BAD_INPUT;
        }
    if (status == CF_OK && !same_indicators(first, other, diag))
        status = CF_BAD_INPUT;
    if (status == CF_OK &&
        !same_selection(&first->provision.coverage_ages, &other->provision.coverage_ages)) {
        cf_report(diag, CF_ERROR, "scenario.coverage-ages",
                  (struct cf_at){.path = other->scenario.path}, NULL,
                  "'coverage_ages' are not those of '%s'; scenarios of one run share them",
                  first->scenario.path);
        status = CF_BAD_INPUT;
    }
    if (status == CF_OK)
        status = check_futures(first, other, diag);
    if (status == CF_OK)
        status = check_options(first, other, diag);
    if (!strcmp(first->scenario.name, other->scenario.name)) {
        cf_report(diag, CF_ERROR, "scenario.twice", (struct cf_at){.path = other->scenario.path},
                  NULL, "two scenarios are called '%s'", other->scenario.name);
        status = CF_BAD_INPUT;
    }
    return status;
}

/* Run numbers are kept as int32. */
static enum cf_status check_size(const struct cf_scenarios *scenarios, cf_diag *diag)
{
    const struct cf_future *f = &scenarios->model[0]->scenario.future;
    const double runs =
        (double)scenarios->n * cf_future_points(f) * (1.0 + (double)cf_future_draws(f));
    if (runs <= INT_MAX)
        return CF_OK;
    cf_report(diag, CF_ERROR, "scenario.runs", f->design.at, NULL,
              "%d scenarios make %.0f runs, more than %d", scenarios->n, runs, INT_MAX);
    return CF_BAD_INPUT;
}

enum cf_status cf_load_scenario_list(const struct cf_scenario_list *list,
                                     struct cf_scenarios *scenarios, cf_diag *diag)
{
    enum cf_status worst = CF_OK;
    scenarios->n = list->n;
    scenarios->model = calloc((size_t)list->n, sizeof *scenarios->model);
    if (!scenarios->model)
        return CF_INTERNAL;
    for (int i = 0; i < list->n; i++) {
        enum cf_status status =
            cf_model_open(list->path[i], list->set, list->n_set, &scenarios->model[i], diag);
        if (status == CF_OK)
            status = cf_check_levers(scenarios->model[i], diag);
        if (status == CF_OK)
            status = cf_check_choice(scenarios->model[i], diag);
        if (status == CF_OK)
            status = cf_check_places(scenarios->model[i], diag);
        worst = status != CF_OK ? status : worst;
    }
    for (int i = 0; i < scenarios->n && worst == CF_OK; i++)
        for (int j = 0; j < i && worst == CF_OK; j++)
            worst = check_shared(scenarios->model[j], scenarios->model[i], diag);
    for (int i = 1; i < scenarios->n && worst == CF_OK; i++)
        check_planning(scenarios->model[0], scenarios->model[i], diag);
    if (worst == CF_OK)
        worst = check_size(scenarios, diag);
    if (worst == CF_OK)
        cf_share_offers(scenarios->model, scenarios->n);
    return worst;
}

/* What the call sets: --set, and --draws and --seed of `run` as settings of the design. */
static int find_overrides(const struct cf_call *call, struct cf_scenarios *s)
{
    unsigned long long seed = 0;
    int draws = 0;
    s->n_set = call->n_many;
    memcpy(s->set, call->many, (size_t)call->n_many * sizeof *s->set);
    if (!cf_call_int(call, "draws", 1, INT_MAX - 1, &draws) || !cf_call_seed(call, "seed", &seed))
        return 0;
    snprintf(s->draws, sizeof s->draws, "design.draws=%d", draws);
    snprintf(s->seed, sizeof s->seed, "design.seed=%lluL", seed);
    if (cf_call_value(call, "draws"))
        s->set[s->n_set++] = s->draws;
    if (cf_call_value(call, "seed"))
        s->set[s->n_set++] = s->seed;
    return 1;
}

enum cf_status cf_load_scenarios(const struct cf_call *call, struct cf_scenarios *scenarios)
{
    *scenarios = (struct cf_scenarios){0};
    if (!find_overrides(call, scenarios))
        return CF_USAGE;
    return cf_load_scenario_list(&(struct cf_scenario_list){.path = call->operand,
                                                            .n = call->n_operands,
                                                            .set = scenarios->set,
                                                            .n_set = scenarios->n_set},
                                 scenarios, call->diag);
}

void cf_free_scenarios(struct cf_scenarios *scenarios)
{
    for (int i = 0; i < scenarios->n; i++)
        cf_model_close(scenarios->model[i]);
    free(scenarios->model);
}
