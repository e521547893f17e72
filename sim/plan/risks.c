#include "plan/risks_parts.h"

#include "base/text.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static const double most_failed = 0.01;

enum cf_status cf_risks_spoilt(const struct cf_risk_study *s, const char *what)
{
    cf_report(s->diag, CF_ERROR, "risks.results", (struct cf_at){0}, NULL,
              "these results are not as they should be: %s", what);
    return CF_BAD_INPUT;
}

static enum cf_status missing(const struct cf_risk_study *s, const char *what, const char *help)
{
    cf_report(s->diag, CF_ERROR, "risks.missing", (struct cf_at){0}, help, "there are no %s", what);
    return CF_BAD_INPUT;
}

/* ---- what the file has ---- */

static int is_by(const struct cf_results_variable *v, int d, const char *name, int n)
{
    return v->n_dims > d && cf_text_same(v->dim[d]->name, name) && v->dim[d]->n == (size_t)n;
}

static enum cf_status find_variables(struct cf_risk_study *s)
{
    const struct cf_scenario *scenario = &s->model->scenario;
    const struct cf_extent *e = &s->model->extent;
    const char *kept = "`retain` may leave out neither indicator_pooled nor unplaced";
    s->happened = cf_results_find(s->results, "risk_happened");
    s->pooled = cf_results_find(s->results, "indicator_pooled");
    s->unplaced = cf_results_find(s->results, "unplaced_draws");
    if (scenario->future.n_risks == 0)
        return missing(s, "risks", "a scenario says by `risks` what may happen");
    if (cf_future_draws(&scenario->future) == 0 || !s->happened)
        return missing(s, "draws", "a scenario has draws by its `design`");
    if (scenario->n_indicators > 0 && !s->pooled)
        return missing(s, "indicators of draws in these results", kept);
    if (s->model->provision.I > 0 && !s->unplaced)
        return missing(s, "unplaced learners of draws in these results", kept);
    s->n_indicators = s->pooled ? scenario->n_indicators : 0;
    if (s->happened->n_dims != 2 || !s->happened->dim[1]->code)
        return cf_risks_spoilt(s, "risks are not by draw and risk");
    if (s->pooled &&
        !(s->pooled->n_dims == 4 && is_by(s->pooled, 1, "year", e->Y) && s->pooled->dim[2]->code &&
          is_by(s->pooled, 3, "indicator", s->n_indicators)))
        return cf_risks_spoilt(s, "indicators are not by year, pool and indicator");
    if (!s->unplaced)
        return CF_OK;
    s->unplaced_every_year = is_by(s->unplaced, 1, "year", e->Y);
    if (s->unplaced->n_dims == 4 && is_by(s->unplaced, 2, "area", e->A) &&
        is_by(s->unplaced, 3, "line", s->model->provision.I) &&
        (s->unplaced_every_year || is_by(s->unplaced, 1, "report_year", scenario->n_report_years)))
        return CF_OK;
    return cf_risks_spoilt(s, "the unplaced are not by year, area and line");
}

static enum cf_status find_risks(struct cf_risk_study *s)
{
    const struct cf_future *f = &s->model->scenario.future;
    const struct cf_results_dim *dim = s->happened->dim[1];
    s->n_risks = f->n_risks;
    s->in_file = CF_TAKE(s->arena, (size_t)f->n_risks, int);
    for (int r = 0; r < f->n_risks; r++) {
        s->in_file[r] = -1;
        for (size_t k = 0; k < dim->n; k++)
            if (cf_text_same(dim->code[k], f->risk[r].code))
                s->in_file[r] = (int)k;
        if (s->in_file[r] < 0)
            return cf_risks_spoilt(s, "they do not say of every risk whether it happened");
    }
    return CF_OK;
}

/* ---- what is asked for ---- */

static enum cf_status find_years(struct cf_risk_study *s)
{
    const struct cf_scenario *scenario = &s->model->scenario;
    const struct cf_table_span *span = s->query->year;
    const int n = scenario->n_report_years, *report = scenario->report_year;
    int any = 0;
    s->n_years = n;
    s->year = CF_TAKE(s->arena, (size_t)n, struct cf_risk_year);
    for (int k = 0; k < n; k++) {
        const int shown = !span || (report[k] >= span->first && report[k] <= span->last);
        s->year[k] = (struct cf_risk_year){report[k] - s->model->extent.base_year, k, shown};
        any |= shown;
    }
    if (any)
        return CF_OK;
    cf_report(s->diag, CF_ERROR, "risks.year", (struct cf_at){0}, NULL,
              "the report years are %d to %d", n ? report[0] : 0, n ? report[n - 1] : 0);
    return CF_USAGE;
}

static enum cf_status check_indicator(const struct cf_risk_study *s)
{
    const char *code = s->query->indicator;
    const char *names[s->n_indicators + 1];
    for (int i = 0; i < s->n_indicators; i++) {
        names[i] = s->model->scenario.indicator[i].code;
        if (code && cf_text_same(names[i], code))
            return CF_OK;
    }
    if (!code || cf_text_same(code, "all"))
        return CF_OK;
    cf_report_near(s->diag, CF_ERROR, "risks.indicator", (struct cf_at){0}, code, names,
                   (size_t)s->n_indicators, "the scenario has no indicator '%s'", code);
    return CF_USAGE;
}

/* The areas that count, and the pool of indicators that is theirs. */
static enum cf_status find_areas(struct cf_risk_study *s)
{
    const struct cf_axis *area = &s->model->axis[CF_AXIS_AREA];
    const struct cf_axis *authority = &s->model->axis[CF_AXIS_AUTHORITY];
    const struct cf_results_dim *pool = s->pooled ? s->pooled->dim[2] : NULL;
    const char *code = s->query->authority;
    int any = 0;
    s->pool = pool ? (int)pool->n - 1 : 0;
    s->counted = CF_TAKE(s->arena, (size_t)area->n, unsigned char);
    for (int a = 0; a < area->n; a++) {
        const char *of = cf_axis_value(area, "authority", a);
        s->counted[a] = !code || (of && cf_text_same(of, code));
        any |= s->counted[a];
    }
    for (size_t p = 0; pool && code && p < pool->n; p++)
        if (cf_text_same(pool->code[p], code))
            s->pool = (int)p;
    if (any)
        return CF_OK;
    cf_report_near(s->diag, CF_ERROR, "risks.authority", (struct cf_at){0}, code,
                   authority->codes.name, (size_t)authority->n, "no area is of an authority '%s'",
                   code);
    return CF_USAGE;
}

/* Learners who look for a place in the central run: what unplaced are held against. */
static enum cf_status find_demand(struct cf_risk_study *s)
{
    const struct cf_extent *e = &s->model->extent;
    const struct cf_results_variable *v = cf_results_find(s->results, "demand");
    const size_t I = (size_t)s->model->provision.I, year = (size_t)e->A * I;
    s->demand = CF_TAKE(s->arena, (size_t)(s->n_points * s->n_years), double);
    if (!s->unplaced)
        return CF_OK;
    const size_t first = (size_t)s->query->scenario * (size_t)s->n_points;
    if (!v || v->n_dims != 4 || !is_by(v, 1, "year", e->Y) || !is_by(v, 2, "area", e->A) ||
        !is_by(v, 3, "line", (int)I) || v->dim[0]->n < first + (size_t)s->n_points)
        return cf_risks_spoilt(s, "demand is not by run, year, area and line");
    double *value = CF_TAKE(s->arena, (size_t)e->Y * year, double);
    for (int p = 0; p < s->n_points; p++) {
        const enum cf_status status =
            cf_results_read_rows(s->results, v, first + (size_t)p, 1, value, s->diag);
        if (status != CF_OK)
            return status;
        for (int n = 0; n < s->n_years; n++)
            for (size_t k = 0; k < year; k++)
                if (s->counted[k / I])
                    s->demand[p * s->n_years + n] += value[(size_t)s->year[n].y * year + k];
    }
    return CF_OK;
}

static enum cf_status prepare(struct cf_risk_study *s)
{
    enum cf_status status = find_variables(s);
    s->n_points = cf_future_points(&s->model->scenario.future);
    if (status == CF_OK)
        status = cf_ensemble_read(&s->ensemble, s->results, s->arena, s->diag);
    if (status == CF_OK && s->ensemble.n_points != s->n_points)
        status = cf_risks_spoilt(s, "they have other sweep points than the scenario");
    if (status == CF_OK)
        status = find_risks(s);
    if (status == CF_OK)
        status = find_years(s);
    if (status == CF_OK)
        status = check_indicator(s);
    if (status == CF_OK)
        status = find_areas(s);
    return status == CF_OK ? find_demand(s) : status;
}

/* ---- draws that failed ---- */

static enum cf_status judge_failed(const struct cf_risk_study *s)
{
    static const char *const how[] = {"as they are", "without it", "with it mitigated"};
    enum cf_status status = CF_OK;
    for (int p = 0; p < s->n_points; p++)
        for (int r = 0; r < s->n_risks; r++)
            for (int k = 0; k < CF_N_RISK_CASES; k++) {
                const struct cf_risk_count *c = cf_risk_count_of(s, p, r);
                if ((double)c->failed[k] <= most_failed * (double)c->draws[k])
                    continue;
                cf_report(s->diag, CF_ERROR, "risks.many-failed", (struct cf_at){0},
                          "what is left leans to one side",
                          "risk '%s': %lld of %lld draws %s failed, more than 1%%",
                          s->model->scenario.future.risk[r].code, c->failed[k], c->draws[k],
                          how[k]);
                status = CF_BROKEN;
            }
    return status;
}

/* ---- all ---- */

enum cf_status cf_risks_table(struct cf_table *table, cf_results *results,
                              const struct cf_model *model, const struct cf_risks_query *query,
                              cf_diag *diag)
{
    *table = (struct cf_table){.title = "Risks"};
    cf_arena_init(&table->arena);
    struct cf_risk_study s = {
        .arena = &table->arena, .results = results, .model = model, .query = query, .diag = diag};
    enum cf_status status = prepare(&s);
    if (status == CF_OK)
        status = cf_count_risks(&s);
    if (status != CF_OK) {
        cf_table_free(table);
        return status;
    }
    cf_fill_risks(&s, table);
    return judge_failed(&s);
}
