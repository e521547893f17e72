#include "plan/regret_parts.h"

#include "base/text.h"
#include "model/decision.h"
#include "model/view.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What options.csv could say: beyond it the file is spoilt. */
#define MOST_YEARS 200
#define MOST_MONEY DBL_MAX

const double *cf_started_read(struct cf_started *s, const char *name, enum cf_status *status)
{
    const struct cf_results_variable *v = cf_results_find(s->results, name);
    size_t n = 1;
    if (!v || *status != CF_OK)
        return NULL;
    for (int d = 0; d < v->n_dims; d++)
        n *= v->dim[d]->n;
    double *value = CF_TAKE(&s->table->arena, n, double);
    *status = cf_results_read_rows(s->results, v, 0, v->dim[0]->n, value, s->diag);
    return *status == CF_OK ? value : NULL;
}

/* A setting of `planning`, or NaN. */
static double setting_of(struct cf_started *s, const double *planning, const char *name)
{
    const struct cf_results_dim *dim = cf_results_dim(s->results, "setting");
    for (size_t k = 0; planning && dim && k < dim->n; k++)
        if (cf_text_same(dim->code[k], name))
            return planning[k];
    return NAN;
}

static enum cf_status spoilt(const struct cf_started *s, const char *what)
{
    cf_report(s->diag, CF_ERROR, "results.spoilt", (struct cf_at){0}, NULL,
              "the results are not as they should be: %s", what);
    return CF_BAD_INPUT;
}

/* A number of each option, from `least` to `most`; NULL where it is not said so. */
static const double *read_option(struct cf_started *s, const char *name, double least, double most,
                                 enum cf_status *status)
{
    const struct cf_results_variable *v = cf_results_find(s->results, name);
    if (!v || v->n_dims != 1 || v->dim[0]->n != (size_t)s->O)
        return NULL;
    const double *value = cf_started_read(s, name, status);
    for (int o = 0; o < s->O && value; o++)
        if (!(value[o] >= least && value[o] <= most))
            return NULL;
    return value;
}

/* What the scenarios start: [scenario][option][year]; NULL where it is not said so. */
static const double *read_actions(struct cf_started *s, const char *name, enum cf_status *status)
{
    const struct cf_results_variable *v = cf_results_find(s->results, name);
    const int whole = v && v->n_dims == 3 && v->dim[0]->n == (size_t)s->ensemble.n_scenarios &&
                      v->dim[1]->n == (size_t)s->O && v->dim[2]->n == (size_t)s->Y;
    return whole ? cf_started_read(s, name, status) : NULL;
}

static enum cf_status read_options(struct cf_started *s)
{
    const struct cf_results_dim *option = cf_results_dim(s->results, "option");
    enum cf_status status = CF_OK;
    if (!option)
        return CF_OK;
    s->O = (int)option->n;
    s->units = read_actions(s, "action_units", &status);
    s->share = read_actions(s, "action_share", &status);
    s->places = read_option(s, "option_places", 0, MOST_MONEY, &status);
    s->capital = read_option(s, "option_capital", 0, MOST_MONEY, &status);
    s->annual = read_option(s, "option_annual", 0, MOST_MONEY, &status);
    s->lead = read_option(s, "option_lead_years", 0, MOST_YEARS, &status);
    s->life = read_option(s, "option_life", 1, MOST_YEARS, &status);
    s->part = read_option(s, "option_part", 1, CF_N_PARTS, &status);
    s->kind = cf_results_attribute(s->results, "option", "kind");
    if (status != CF_OK)
        return status;
    const int whole = s->units && s->share && s->places && s->capital && s->annual && s->lead &&
                      s->life && s->part && s->kind;
    return whole ? CF_OK : spoilt(s, "options are not said in full");
}

enum cf_status cf_read_started(struct cf_started *s, struct cf_table *table, cf_results *results,
                               cf_diag *diag)
{
    *s = (struct cf_started){.results = results, .diag = diag, .table = table};
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    const struct cf_results_dim *year = cf_results_dim(results, "year");
    enum cf_status status = cf_ensemble_read(&s->ensemble, results, &table->arena, diag);
    if (status != CF_OK)
        return status;
    if (!year || !year->number || year->n == 0)
        return spoilt(s, "there are no years");
    s->Y = (int)year->n;
    s->base_year = year->number[0];
    const double *planning = cf_started_read(s, "planning", &status);
    s->discount = setting_of(s, planning, "discount");
    s->penalty = setting_of(s, planning, "penalty");
    s->no_regret = setting_of(s, planning, "no_regret");
    if (status == CF_OK && (isnan(s->discount) || isnan(s->penalty) || isnan(s->no_regret)))
        return spoilt(s, "what plans are held to is not said: they are of an earlier version");
    return status == CF_OK ? read_options(s) : status;
}

double cf_started_open(const struct cf_started *s, int scenario, int option, int y)
{
    double units = 0;
    for (int start = 1; start < s->Y && s->units; start++) {
        const double opens = start + s->lead[option];
        if (y >= opens && y < opens + s->life[option])
            units += s->units[VIEW3(scenario, option, s->O, start, s->Y)];
    }
    return units;
}
