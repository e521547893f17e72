#include "plan/regret_parts.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>
#include <string.h>

/* What plans start: who, when, and whether it is still used at the end. */

/* Share of draws below which new places are better leased than built. */
#define LEASE_BELOW 0.2

struct actions {
    struct cf_started started;
    int first, end;                                      /* scenarios */
    const struct cf_results_variable *enrolled, *usable; /* of the draws, or NULL */
    int usable_of_draws;                                 /* 0: the central run's stands for all */
    int last, last_usable;                               /* index of the last year of `enrolled` */
    int last_y;                                          /* years from the base year to it */
    size_t offers;
    const struct cf_results_dim *offer;
    double *row, *room; /* [years][offers] */
};

/* Index of a year in a variable, -1: it does not have it. */
static int index_of_year(const struct cf_results_variable *v, int year)
{
    for (int k = (int)v->dim[1]->n - 1; k >= 0; k--)
        if (v->dim[1]->number[k] == year)
            return k;
    return -1;
}

static int is_by_offer(const struct actions *a, const struct cf_results_variable *v)
{
    return v && v->n_dims == 3 && v->dim[1]->number && v->dim[1]->n > 0 &&
           v->dim[2]->n == a->offers;
}

static void find_variables(struct actions *a)
{
    struct cf_started *s = &a->started;
    a->enrolled = cf_results_find(s->results, "enrolled_draws");
    a->usable = cf_results_find(s->results, "usable_draws");
    a->usable_of_draws = a->usable != NULL;
    if (s->ensemble.n_draws == 0)
        a->enrolled = cf_results_find(s->results, "enrolled");
    if (!a->usable)
        a->usable = cf_results_find(s->results, "usable");
    a->offer = cf_results_dim(s->results, "offer");
    a->offers = a->offer ? a->offer->n : 0;
    if (!is_by_offer(a, a->enrolled) || !is_by_offer(a, a->usable)) {
        a->enrolled = a->usable = NULL; /* not kept: nothing is said of it */
        return;
    }
    const struct cf_results_dim *years = a->enrolled->dim[1];
    const int year = years->number[years->n - 1];
    a->last = (int)years->n - 1;
    a->last_usable = index_of_year(a->usable, year);
    a->last_y = year - s->base_year;
    a->row = CF_TAKE(&s->table->arena, years->n * a->offers, double);
    a->room = CF_TAKE(&s->table->arena, a->usable->dim[1]->n * a->offers, double);
}

/* The offer that an option acts on, -1: none. */
static int offer_of(const struct actions *a, int option)
{
    const char *const *site = cf_results_attribute(a->started.results, "option", "site");
    const char *const *line = cf_results_attribute(a->started.results, "option", "line");
    for (size_t o = 0; o < a->offers && site && line; o++) {
        const char *code = a->offer->code[o];
        const size_t length = strlen(site[option]);
        if (length && line[option][0] && strncmp(code, site[option], length) == 0 &&
            code[length] == '/' && strcmp(code + length + 1, line[option]) == 0)
            return (int)o;
    }
    return -1;
}

/*
 * Share of a scenario's draws in which at least half of the places that an option brings are taken
 * in the last year: those enrolled beyond what the offer has without them. NaN where it brings none
 * then.
 */
static enum cf_status share_used(struct actions *a, int scenario, int option, double *share)
{
    struct cf_started *s = &a->started;
    const struct cf_ensemble *e = &s->ensemble;
    const int offer = offer_of(a, option);
    const double places = cf_started_open(s, scenario, option, a->last_y) * s->places[option];
    int n = 0, used = 0;
    *share = NAN;
    if (offer < 0 || places <= 0 || cf_is_release(s, option) || !a->enrolled || !a->usable ||
        a->last_usable < 0)
        return CF_OK;
    const int drawn = e->n_draws > 0;
    for (size_t k = 0; k < (drawn ? e->n_runs : a->enrolled->dim[0]->n); k++) {
        if (drawn ? !cf_ensemble_has(e, scenario, 0, k) : (int)k != scenario * e->n_points)
            continue;
        const size_t central = (size_t)scenario * (size_t)e->n_points;
        enum cf_status status =
            cf_results_read_rows(s->results, a->enrolled, k, 1, a->row, s->diag);
        if (status == CF_OK && (n == 0 || a->usable_of_draws))
            status = cf_results_read_rows(s->results, a->usable, a->usable_of_draws ? k : central,
                                          1, a->room, s->diag);
        if (status != CF_OK)
            return status;
        const double enrolled = a->row[VIEW2(a->last, offer, a->offers)];
        const double usable = a->room[VIEW2(a->last_usable, offer, a->offers)];
        n++;
        const double there = fmin(places, usable); /* a site that has closed has none of them */
        used += there > 0 && enrolled - (usable - there) >= there / 2;
    }
    *share = n ? (double)used / n : (double)NAN;
    return CF_OK;
}

static const char *const notes[] = {
    "used: share of futures in which at least half of the new places are taken in the last report "
    "year; below 20% they are better leased than built",
    "wanted: share of the futures planned for whose own best plan has started as much by then; no "
    "regret: it is to be started in the first year, and wanted in as many as the plan asks for",
    NULL};

struct columns {
    struct cf_column *scenario, *responsible, *option, *kind, *part, *start, *opens, *units,
        *places, *capital, *annual, *wanted, *used, *verdict;
};

static struct columns add_columns(struct actions *a, size_t rows)
{
    struct cf_table *t = a->started.table;
    struct columns c;
    c.scenario = cf_add_column(t, "scenario", CF_COLUMN_TEXT, rows);
    c.scenario->once = 1;
    c.responsible = cf_add_column(t, "responsible", CF_COLUMN_TEXT, rows);
    c.option = cf_add_column(t, "option", CF_COLUMN_TEXT, rows);
    c.option->label = CF_TAKE(&t->arena, rows, const char *);
    c.kind = cf_add_column(t, "kind", CF_COLUMN_TEXT, rows);
    c.part = cf_add_column(t, "part", CF_COLUMN_INT, rows);
    c.start = cf_add_column(t, "year", CF_COLUMN_INT, rows);
    c.opens = cf_add_column(t, "opens", CF_COLUMN_INT, rows);
    c.units = cf_add_column(t, "units", CF_COLUMN_NUMBER, rows);
    c.places = cf_add_column(t, "places", CF_COLUMN_NUMBER, rows);
    c.capital = cf_add_column(t, "capital", CF_COLUMN_NUMBER, rows);
    c.annual = cf_add_column(t, "annual", CF_COLUMN_NUMBER, rows);
    c.wanted = cf_add_column(t, "wanted", CF_COLUMN_SHARE, rows);
    c.used = cf_add_column(t, "used", CF_COLUMN_SHARE, rows);
    c.verdict = cf_add_column(t, "verdict", CF_COLUMN_TEXT, rows);
    return c;
}

static const char *verdict_of(const struct cf_started *s, int y, double wanted, double used)
{
    if (used < LEASE_BELOW)
        return "lease";
    return y == 1 && wanted >= s->no_regret - 1e-9 ? "no regret" : "";
}

static enum cf_status put_action(struct actions *a, const struct columns *c, int scenario,
                                 int option, int y)
{
    struct cf_started *s = &a->started;
    const size_t row = s->table->n_rows++;
    const struct cf_results_dim *dim = cf_results_dim(s->results, "option");
    const char *const *responsible = cf_results_attribute(s->results, "option", "responsible");
    const double units = s->units[VIEW3(scenario, option, s->O, y, s->Y)];
    const double sign = cf_is_release(s, option) ? -1 : 1;
    c->scenario->text[row] = s->ensemble.scenario_code[scenario];
    c->responsible->text[row] = responsible ? responsible[option] : "";
    c->option->text[row] = dim->code[option];
    c->option->label[row] =
        dim->label && dim->label[option][0] ? dim->label[option] : dim->code[option];
    c->kind->text[row] = s->kind[option];
    c->part->integer[row] = (int)s->part[option];
    c->start->integer[row] = s->base_year + y;
    c->opens->integer[row] = s->base_year + y + (int)s->lead[option];
    c->units->number[row] = units;
    c->places->number[row] = sign * units * s->places[option];
    c->capital->number[row] = units * s->capital[option];
    c->annual->number[row] = sign * units * s->annual[option];
    c->wanted->number[row] = s->share[VIEW3(scenario, option, s->O, y, s->Y)];
    const enum cf_status status = share_used(a, scenario, option, &c->used->number[row]);
    c->verdict->text[row] = verdict_of(s, y, c->wanted->number[row], c->used->number[row]);
    return status;
}

static enum cf_status fill(struct actions *a)
{
    struct cf_started *s = &a->started;
    size_t rows = 0;
    for (int n = a->first; n < a->end; n++)
        for (int k = 0; k < s->O * s->Y; k++)
            rows += s->units[VIEW2(n, k, s->O * s->Y)] > 0;
    if (rows == 0) {
        cf_report(s->diag, CF_ERROR, "regret.no-actions", (struct cf_at){0},
                  "`cohortflow plan` makes a scenario that starts some",
                  "no scenario of the results starts anything");
        return CF_BAD_INPUT;
    }
    find_variables(a);
    const struct columns columns = add_columns(a, rows);
    enum cf_status status = CF_OK;
    for (int n = a->first; n < a->end; n++)
        for (int y = 0; y < s->Y; y++)
            for (int o = 0; o < s->O && status == CF_OK; o++)
                if (s->units[VIEW3(n, o, s->O, y, s->Y)] > 0)
                    status = put_action(a, &columns, n, o, y);
    s->table->title = "What plans start, who does it, and whether it is still used";
    s->table->notes = notes;
    return status;
}

enum cf_status cf_action_table(struct cf_table *table, cf_results *results,
                               const struct cf_regret_query *query, enum cf_status *judged,
                               cf_diag *diag)
{
    struct actions a = {0};
    enum cf_status status = cf_read_started(&a.started, table, results, diag);
    a.end = a.started.ensemble.n_scenarios;
    if (status == CF_OK && query->scenario) {
        status = cf_ensemble_scenario(&a.started.ensemble, query->scenario, &a.first, diag);
        a.end = a.first + 1;
    }
    if (status == CF_OK)
        status = fill(&a);
    if (status == CF_OK) {
        *judged = cf_judge_draws(&a.started.ensemble, a.first, a.end, diag);
        if (*judged == CF_OK)
            cf_warn_of_failed(&a.started.ensemble, a.first, a.end, diag);
    }
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}
