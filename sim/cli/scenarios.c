#include "cli/scenarios.h"

#include "calibrate/check.h"
#include "design/bind.h"

#include <cohortflow/model.h>
#include <stdlib.h>
#include <string.h>

static int same_axis(const struct cf_axis *a, const struct cf_axis *b)
{
    if (a->n != b->n)
        return 0;
    for (int i = 0; i < a->n; i++)
        if (strcmp(a->codes.name[i], b->codes.name[i]) != 0)
            return 0;
    return 1;
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
               "places, "
               "or changes.csv";
    case CF_AXIS_LINE:
        return "give the place the line with no places: a scenario opens it with a lever on "
               "places, "
               "or changes.csv";
    default:
        return NULL;
    }
}

/* Runs of one file share axes, years, ages and indicators: else a difference could not be read off
 * it. */
static enum cf_status check_shared(const struct cf_model *first, const struct cf_model *other,
                                   cf_diag *diag)
{
    enum cf_status status = CF_OK;
    for (int i = 0; i < CF_N_AXES; i++)
        if (!same_axis(&first->axis[i], &other->axis[i])) {
            cf_report(diag, CF_ERROR, "scenario.axes", (struct cf_at){.path = other->scenario.path},
                      help_with_axis((enum cf_axis_id)i),
                      "the axis '%s' differs from that of '%s'; scenarios of one run share them",
                      cf_axis_specs[i].name, first->scenario.path);
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
    if (!strcmp(first->scenario.name, other->scenario.name)) {
        cf_report(diag, CF_ERROR, "scenario.twice", (struct cf_at){.path = other->scenario.path},
                  NULL, "two scenarios are called '%s'", other->scenario.name);
        status = CF_BAD_INPUT;
    }
    return status;
}

enum cf_status cf_load_scenarios(const struct cf_call *call, struct cf_scenarios *scenarios)
{
    enum cf_status worst = CF_OK;
    scenarios->n = call->n_operands;
    scenarios->model = calloc((size_t)call->n_operands, sizeof *scenarios->model);
    if (!scenarios->model)
        return CF_INTERNAL;
    for (int i = 0; i < call->n_operands; i++) {
        enum cf_status status = cf_model_open(call->operand[i], call->many, call->n_many,
                                              &scenarios->model[i], call->diag);
        if (status == CF_OK)
            status = cf_check_levers(scenarios->model[i], call->diag);
        if (status == CF_OK)
            status = cf_check_choice(scenarios->model[i], call->diag);
        if (status == CF_OK)
            status = cf_check_places(scenarios->model[i], call->diag);
        worst = status != CF_OK ? status : worst;
    }
    for (int i = 0; i < scenarios->n && worst == CF_OK; i++)
        for (int j = 0; j < i && worst == CF_OK; j++)
            worst = check_shared(scenarios->model[j], scenarios->model[i], call->diag);
    if (worst == CF_OK)
        cf_share_offers(scenarios->model, scenarios->n);
    return worst;
}

void cf_free_scenarios(struct cf_scenarios *scenarios)
{
    for (int i = 0; i < scenarios->n; i++)
        cf_model_close(scenarios->model[i]);
    free(scenarios->model);
}
