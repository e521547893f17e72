#include "plan/value_parts.h"

#include "base/order.h"
#include "model/decision.h"
#include "model/view.h"

#include <math.h>
#include <string.h>

/* The draws of a block as numbers to decide by. sim/MODEL.md 9.7. */

/* Places to commission for a gap: none, or as many as are short in this share of draws. */
static const double shares_short[CF_VALUE_CHOICES] = {0, 0.25, 0.5, 0.75, 0.95};
/* A place of a line whose cost nobody says, where no line's is said. */
static const double cost_of_penalty = 0.5;

/* ---- reading ---- */

/* By draw number, of one run of the block, NaN where there is none: [n][n_draws + 1]. */
struct numbered {
    int n;
    double *value;
};

static struct numbered number_draws(struct cf_value *v, int n)
{
    const size_t cells = (size_t)n * ((size_t)v->shortage.ensemble.n_draws + 1);
    struct numbered all = {n, CF_TAKE(&v->block, cells, double)};
    for (size_t k = 0; k < cells; k++)
        all.value[k] = (double)NAN;
    return all;
}

/* Put value [draw read][n] where its draws belong; what is not known leaves what is there. */
static void put_draws(const struct cf_value *v, const struct numbered *into, const double *value)
{
    const struct cf_shortage *s = &v->shortage;
    for (int d = 0; d < s->D; d++)
        for (int k = 0; k < into->n; k++)
            if (!isnan(value[VIEW2(d, k, into->n)]))
                into->value[VIEW2(k, s->draw[d], s->ensemble.n_draws + 1)] =
                    value[VIEW2(d, k, into->n)];
}

static void read_along(struct cf_value *v, const struct cf_results_variable *variable,
                       const char *kind, const struct numbered *into)
{
    struct cf_shortage *s = &v->shortage;
    size_t *at = CF_TAKE(&s->scratch, (size_t)into->n, size_t);
    double *value = CF_TAKE(&s->scratch, (size_t)into->n * (size_t)s->D, double);
    for (int k = 0; k < into->n; k++) {
        at[k] = v->input[k].kind[0] == kind[0] ? (size_t)v->input[k].at : 0;
    }
    if (s->sheet.status == CF_OK)
        s->sheet.status = cf_shortage_draws(s, variable, at, (size_t)into->n, value);
    for (int d = 0; d < s->D; d++)
        for (int k = 0; k < into->n; k++)
            if (v->input[k].kind[0] != kind[0])
                value[VIEW2(d, k, into->n)] = (double)NAN;
    if (s->sheet.status == CF_OK)
        put_draws(v, into, value);
}

static void read_indicators(struct cf_value *v, const struct numbered *into)
{
    struct cf_shortage *s = &v->shortage;
    const struct cf_results_variable *variable = v->indicator;
    const size_t A = variable->dim[2]->n, N = variable->dim[3]->n;
    size_t *at = CF_TAKE(&s->scratch, (size_t)into->n, size_t), y = 0, n = 0;
    double *value = CF_TAKE(&s->scratch, (size_t)into->n * (size_t)s->D, double);
    while (y + 1 < variable->dim[1]->n && variable->dim[1]->number[y] != s->report_year[s->horizon])
        y++;
    for (int k = 0; k < v->n_shares; k++)
        for (int a = v->first_place; a < v->first_place + v->n_places; a++)
            at[n++] = (y * A + (size_t)a) * N + (size_t)v->share_of[k];
    if (s->sheet.status == CF_OK)
        s->sheet.status = cf_shortage_draws(s, variable, at, n, value);
    if (s->sheet.status == CF_OK)
        put_draws(v, into, value);
}

/* Learners unplaced in all, in the year looked at, of one run. */
static void read_unplaced(struct cf_value *v, const struct numbered *into)
{
    const struct cf_shortage *s = &v->shortage;
    double *sum = CF_TAKE(&v->shortage.scratch, (size_t)s->D, double);
    for (int d = 0; d < s->D; d++)
        for (int g = 0; g < s->n; g++)
            sum[d] += s->unplaced_of[VIEW3(d, s->horizon, s->R, g, s->n)];
    put_draws(v, into, sum);
}

/* ---- keeping the draws that all runs have ---- */

static void find_common(struct cf_value *v, const struct numbered *unplaced)
{
    const int R = v->shortage.ensemble.n_draws;
    v->D = 0;
    v->draw = CF_TAKE(&v->block, (size_t)R + 1, int);
    for (int draw = 1; draw <= R; draw++) {
        int there = 1;
        for (int k = 0; k < v->n_runs; k++)
            there &= !isnan(unplaced[k].value[draw]);
        if (there)
            v->draw[v->D++] = draw;
    }
}

/* Rows of the common draws, of several runs one after the other; a row with a value missing is left
 * out. */
static struct cf_series series_of(struct cf_value *v, const struct numbered *of_run, int first,
                                  int n)
{
    const int R = v->shortage.ensemble.n_draws + 1;
    struct cf_series series = {
        0, CF_TAKE(&v->block, (size_t)v->n_runs * (size_t)n * (size_t)v->D, double)};
    for (int k = 0; k < v->n_runs; k++)
        for (int row = first; row < first + n; row++) {
            double *to = series.value + (size_t)series.n * (size_t)v->D;
            int whole = v->D > 0;
            for (int d = 0; d < v->D; d++) {
                to[d] = of_run[k].value[VIEW2(row, v->draw[d], R)];
                whole &= !isnan(to[d]);
            }
            series.n += whole;
        }
    return series;
}

static void keep_inputs(struct cf_value *v, const struct numbered *x)
{
    const int R = v->shortage.ensemble.n_draws + 1;
    for (int i = 0; i < v->n_inputs; i++) {
        double *to = CF_TAKE(&v->block, (size_t)v->D, double);
        int whole = v->D > 0;
        for (int d = 0; d < v->D; d++) {
            to[d] = x->value[VIEW2(i, v->draw[d], R)];
            whole &= !isnan(to[d]);
        }
        v->input[i].x = whole ? to : NULL;
    }
}

/* ---- what choices are worth ---- */

/* What a place of each line costs; the mean of the others where nobody says, and a share of the
 * penalty where nobody says of any. */
static struct cf_place_cost *costs_of_lines(struct cf_value *v)
{
    const int I = v->shortage.sheet.I;
    struct cf_place_cost *cost = CF_TAKE(&v->block, (size_t)I, struct cf_place_cost);
    struct cf_place_cost mean = {0, 0};
    int n = 0;
    for (int i = 0; i < I; i++) {
        cost[i] = cf_place_cost(&v->shortage, i);
        if (isnan(cost[i].learner))
            continue;
        n++;
        mean.group += cost[i].group;
        mean.learner += cost[i].learner;
    }
    for (int i = 0; i < I; i++)
        if (isnan(cost[i].learner))
            cost[i] = n ? (struct cf_place_cost){mean.group / n, mean.learner / n}
                        : (struct cf_place_cost){cost_of_penalty * v->penalty, 0};
    return cost;
}

/*
 * NB[gap][choice][draw] = -(group q + learner min(q, short) + penalty max(0, short - q)), q the
 * places of the choice, whole. The one run of the block is read.
 */
static void value_places(struct cf_value *v)
{
    const struct cf_shortage *s = &v->shortage;
    const size_t D = (size_t)v->D, C = CF_VALUE_CHOICES;
    const struct cf_place_cost *of_line = costs_of_lines(v);
    double *benefit = CF_TAKE(&v->block, (size_t)s->n * C * D, double);
    double *sorted = CF_TAKE(&v->block, D, double);
    v->n_dear = 0;
    for (int g = 0; g < s->n && D > 0; g++) {
        const struct cf_place_cost cost = of_line[s->gap[g].line];
        v->n_dear += cost.group + cost.learner >= v->penalty;
        for (size_t d = 0; d < D; d++)
            sorted[d] = s->unplaced_of[VIEW3(d, s->horizon, s->R, g, s->n)];
        cf_sort_numbers(sorted, D);
        for (size_t c = 0; c < C; c++) {
            const double q =
                shares_short[c] > 0 ? round(cf_quantile_of(sorted, D, shares_short[c])) : 0;
            for (size_t d = 0; d < D; d++) {
                const double n = s->unplaced_of[VIEW3(d, s->horizon, s->R, g, s->n)];
                benefit[((size_t)g * C + c) * D + d] =
                    -(cost.group * q + cost.learner * fmin(q, n) + v->penalty * fmax(0, n - q));
            }
        }
    }
    v->choices = (struct cf_choices){s->n, CF_VALUE_CHOICES, v->D, benefit};
}

/* Pounds a year of what a scenario has started and is open in the year looked at: running cost, and
 * capital as an annuity over its life. */
static double cost_of_plan(struct cf_value *v, int scenario)
{
    struct cf_sheet *sheet = &v->shortage.sheet;
    const struct cf_results_dim *option = cf_results_dim(sheet->results, "option");
    const struct cf_results_dim *year = cf_results_dim(sheet->results, "year");
    if (!option || !cf_results_find(sheet->results, "action_units") || !year->number)
        return 0;
    const double *units = cf_sheet_read(sheet, "action_units", "scenario option year");
    const double *capital = cf_sheet_read(sheet, "option_capital", "option");
    const double *annual = cf_sheet_read(sheet, "option_annual", "option");
    const double *lead = cf_sheet_read(sheet, "option_lead_years", "option");
    const double *life = cf_sheet_read(sheet, "option_life", "option");
    const char *const *kind = cf_results_attribute(sheet->results, "option", "kind");
    const int at = v->shortage.report_year[v->shortage.horizon], n = (int)option->n;
    double cost = 0;
    for (int o = 0; sheet->status == CF_OK && kind && o < n; o++) {
        const int is_release = strcmp(kind[o], cf_option_kinds[CF_OPTION_RELEASE]) == 0;
        const double annuity = cf_annuity(capital[o], v->discount, (int)life[o]);
        for (int y = 0; y < sheet->Y; y++) {
            const int opens = year->number[y] + (int)lead[o];
            if (at >= opens && at < opens + (int)life[o])
                cost += units[VIEW3(scenario, o, n, y, sheet->Y)] *
                        (annuity + (is_release ? -annual[o] : annual[o]));
        }
    }
    return cost;
}

/* NB[scenario][draw] = -(penalty unplaced + cost of what it has started). */
static void value_plans(struct cf_value *v, const double *cost)
{
    const size_t D = (size_t)v->D;
    double *benefit = CF_TAKE(&v->block, (size_t)v->n_runs * D, double);
    double most = -(double)INFINITY;
    for (int k = 0; k < v->n_runs; k++) {
        double sum = 0;
        for (size_t d = 0; d < D; d++) {
            const double unplaced = v->unplaced.value[(size_t)k * D + d];
            benefit[(size_t)k * D + d] = -(v->penalty * unplaced + cost[k]);
            sum += benefit[(size_t)k * D + d];
        }
        if (sum > most) {
            most = sum;
            v->best = k;
        }
    }
    v->choices = (struct cf_choices){1, v->n_runs, v->D, benefit};
}

enum cf_status cf_value_read_block(struct cf_value *v)
{
    struct cf_shortage *s = &v->shortage;
    const int places = v->n_places;
    struct numbered x = number_draws(v, v->n_inputs);
    struct numbered *unplaced = CF_TAKE(&v->block, (size_t)v->n_runs, struct numbered);
    struct numbered *indicators = CF_TAKE(&v->block, (size_t)v->n_runs, struct numbered);
    double *cost = CF_TAKE(&v->block, (size_t)v->n_runs, double);
    const int step = v->of_plans ? s->ensemble.n_points : 1;
    for (int k = 0; s->sheet.status == CF_OK && k < v->n_runs; k++) {
        if (cf_shortage_read(s, v->first_run + k * step) != CF_OK)
            break;
        unplaced[k] = number_draws(v, 1);
        indicators[k] = number_draws(v, v->n_shares * places);
        read_unplaced(v, &unplaced[k]);
        if (v->drawn)
            read_along(v, v->drawn, "entry", &x);
        if (v->happened)
            read_along(v, v->happened, "risk", &x);
        if (v->n_shares > 0)
            read_indicators(v, &indicators[k]);
        if (v->of_plans)
            cost[k] = cost_of_plan(v, s->scenario);
    }
    if (s->sheet.status != CF_OK)
        return s->sheet.status;
    find_common(v, unplaced);
    if (!v->of_plans && v->D > 0 && v->D != s->D) {
        cf_sheet_spoil(&s->sheet, "of draws that are good not all is known");
        return s->sheet.status;
    }
    keep_inputs(v, &x);
    v->unplaced = series_of(v, unplaced, 0, 1);
    for (int k = 0; k < v->n_shares; k++)
        v->of_indicator[k] = series_of(v, indicators, k * places, places);
    if (v->of_plans)
        value_plans(v, cost);
    else
        value_places(v);
    return CF_OK;
}
