#include "plan/regret_parts.h"

#include "base/order.h"
#include "base/text.h"
#include "model/view.h"
#include "plan/funding.h"

#include <math.h>
#include <string.h>

/* Plans against futures: cost[plan][draw] and regret, plans being pairs of scenario and point. */
struct regrets {
    struct cf_started started;
    const struct cf_regret_query *query;
    int P;             /* plans: scenarios x points */
    int D, *draw;      /* futures that are ok in all plans; 0: the central run alone */
    int R, *at;        /* years of what is read: which they are, from the base year on */
    double *central;   /* [plan][Y] learners unplaced in the central run */
    double *unplaced;  /* [plan][draw] learner-years */
    double *cost;      /* [plan][draw] */
    double *plan_cost; /* [plan] */
    double *best;      /* [draw] least cost of any plan */
};

/* ---- what plans cost ---- */

static double plan_cost(const struct cf_started *s, int scenario)
{
    double cost = 0, discount = 1;
    for (int y = 1; y < s->Y; y++) {
        discount /= 1 + s->discount;
        for (int o = 0; o < s->O; o++) {
            const double annual = cf_is_release(s, o) ? -s->annual[o] : s->annual[o];
            cost += discount * cf_started_open(s, scenario, o, y) *
                    (annual + cf_annuity(s->capital[o], s->discount, (int)s->life[o]));
        }
    }
    return cost;
}

/* ---- what is read of the draws ---- */

/* Learners unplaced in a year of a run, all areas and lines. */
static double sum_of(const double *value, size_t each)
{
    double sum = 0;
    for (size_t i = 0; i < each; i++)
        sum += value[i];
    return sum;
}

static enum cf_status tell_missing(const struct regrets *r)
{
    cf_report(r->started.diag, CF_ERROR, "regret.unplaced", (struct cf_at){0},
              "the place has no lines, or `retain` drops 'unplaced'",
              "the results do not keep who is unplaced in their runs");
    return CF_BAD_INPUT;
}

/* The central runs of all plans, which are kept whole. */
static enum cf_status read_central(struct regrets *r)
{
    struct cf_started *s = &r->started;
    const struct cf_results_variable *v = cf_results_find(s->results, "unplaced");
    if (!v || v->n_dims != 4 || v->dim[0]->n != (size_t)r->P || v->dim[1]->n != (size_t)s->Y)
        return tell_missing(r);
    const size_t each = v->dim[2]->n * v->dim[3]->n;
    double *value = CF_TAKE(&s->table->arena, (size_t)s->Y * each, double);
    r->central = CF_TAKE(&s->table->arena, (size_t)(r->P * s->Y), double);
    for (int p = 0; p < r->P; p++) {
        const enum cf_status status =
            cf_results_read_rows(s->results, v, (size_t)p, 1, value, s->diag);
        if (status != CF_OK)
            return status;
        for (int y = 0; y < s->Y; y++)
            r->central[VIEW2(p, y, s->Y)] = sum_of(value + (size_t)y * each, each);
    }
    return CF_OK;
}

/* Which years a variable has; 0: none that are years of the file, in order. */
static int find_years(struct regrets *r, const struct cf_results_dim *years)
{
    const struct cf_started *s = &r->started;
    r->R = (int)years->n;
    r->at = CF_TAKE(&s->table->arena, years->n, int);
    for (int k = 0; k < r->R; k++) {
        r->at[k] = years->number[k] - s->base_year;
        if (r->at[k] < 0 || r->at[k] >= s->Y || (k > 0 && r->at[k] <= r->at[k - 1]))
            return 0;
    }
    return r->R > 0;
}

/* Draws that are ok in every plan. */
static void find_draws(struct regrets *r)
{
    const struct cf_ensemble *e = &r->started.ensemble;
    struct cf_arena *arena = &r->started.table->arena;
    int *n = CF_TAKE(arena, (size_t)e->n_draws + 1, int);
    r->draw = CF_TAKE(arena, (size_t)e->n_draws + 1, int);
    for (size_t k = 0; k < e->n_runs; k++)
        n[e->draw[k]] += e->good[k];
    for (int d = 1; d <= e->n_draws; d++)
        if (n[d] == r->P)
            r->draw[r->D++] = d;
}

/*
 * A run in all years: the central run of its plan, and what the run has more in the years that are
 * kept. Between these that goes along a line, from nothing in the base year; after them it stays.
 */
static void add_run(struct regrets *r, int plan, int d, const double *value, size_t each)
{
    const struct cf_started *s = &r->started;
    const double *central = r->central + VIEW2(plan, 0, s->Y);
    double cost = r->plan_cost[plan], learners = 0, discount = 1, last = 0;
    for (int y = 1, k = 0, from = 0; y < s->Y; y++) {
        while (k < r->R && r->at[k] < y) {
            last = sum_of(value + (size_t)k * each, each) - central[r->at[k]];
            from = r->at[k++];
        }
        double more = last;
        if (k < r->R) {
            const double next = sum_of(value + (size_t)k * each, each) - central[r->at[k]];
            more += (next - last) * (y - from) / (r->at[k] - from);
        }
        const double unplaced = fmax(0, central[y] + more);
        discount /= 1 + s->discount;
        cost += s->penalty * discount * unplaced;
        learners += unplaced;
    }
    r->cost[VIEW2(plan, d, r->D)] = cost;
    r->unplaced[VIEW2(plan, d, r->D)] = learners;
}

static enum cf_status read_runs(struct regrets *r)
{
    const struct cf_ensemble *e = &r->started.ensemble;
    struct cf_arena *arena = &r->started.table->arena;
    const int drawn = r->D > 0;
    const struct cf_results_variable *v =
        cf_results_find(r->started.results, drawn ? "unplaced_draws" : "unplaced");
    int *place = CF_TAKE(arena, (size_t)e->n_draws + 1, int);
    if (!v || v->n_dims != 4 || !v->dim[1]->number ||
        v->dim[0]->n != (drawn ? e->n_runs : (size_t)r->P))
        return tell_missing(r);
    if (!drawn && e->n_draws > 0) {
        cf_report(r->started.diag, CF_ERROR, "regret.draws", (struct cf_at){0}, NULL,
                  "no draw is good in every plan: they cannot be compared");
        return CF_BROKEN;
    }
    if (!find_years(r, v->dim[1]))
        return tell_missing(r);
    const enum cf_status central = read_central(r);
    if (central != CF_OK)
        return central;
    r->D = drawn ? r->D : 1;
    for (int d = 0; d < r->D && drawn; d++)
        place[r->draw[d]] = d + 1;
    const size_t each = v->dim[2]->n * v->dim[3]->n;
    double *value = CF_TAKE(arena, (size_t)r->R * each, double);
    r->cost = CF_TAKE(arena, (size_t)r->P * (size_t)r->D, double);
    r->unplaced = CF_TAKE(arena, (size_t)r->P * (size_t)r->D, double);
    for (size_t k = 0; k < (drawn ? e->n_runs : v->dim[0]->n); k++) {
        const int plan = drawn ? e->scenario[k] * e->n_points + e->point[k] : (int)k;
        if (drawn && (!e->good[k] || !place[e->draw[k]]))
            continue;
        const enum cf_status status =
            cf_results_read_rows(r->started.results, v, k, 1, value, r->started.diag);
        if (status != CF_OK)
            return status;
        add_run(r, plan, drawn ? place[e->draw[k]] - 1 : 0, value, each);
    }
    return CF_OK;
}

static void find_best(struct regrets *r)
{
    r->best = CF_TAKE(&r->started.table->arena, (size_t)r->D, double);
    for (int d = 0; d < r->D; d++) {
        r->best[d] = HUGE_VAL;
        for (int p = 0; p < r->P; p++)
            r->best[d] = fmin(r->best[d], r->cost[VIEW2(p, d, r->D)]);
    }
}

/* ---- tables ---- */

static double mean_of(const double *x, int n)
{
    double sum = 0;
    for (int k = 0; k < n; k++)
        sum += x[k];
    return sum / n;
}

/* Of plans that are equally good in a draw each is the best in its part of it. */
static double share_best(const struct regrets *r, int plan)
{
    double share = 0;
    for (int d = 0; d < r->D; d++) {
        int ties = 0;
        for (int p = 0; p < r->P; p++)
            ties += r->cost[VIEW2(p, d, r->D)] <= r->best[d];
        share += r->cost[VIEW2(plan, d, r->D)] <= r->best[d] ? 1.0 / ties : 0;
    }
    return share / r->D;
}

enum { PLAN_COST, COST, UNPLACED, REGRET, REGRET_95, MOST_REGRET, BEST, N_NUMBERS };
static const char *const names[N_NUMBERS] = {"plan_cost",  "cost",       "unplaced", "regret",
                                             "regret_q95", "regret_max", "p_best"};

static void put_plan(struct regrets *r, struct cf_column *column, size_t row, int p)
{
    struct cf_started *s = &r->started;
    double *regret = CF_TAKE(&s->table->arena, (size_t)r->D, double);
    for (int d = 0; d < r->D; d++)
        regret[d] = r->cost[VIEW2(p, d, r->D)] - r->best[d];
    column[PLAN_COST].number[row] = r->plan_cost[p];
    column[COST].number[row] = mean_of(r->cost + VIEW2(p, 0, r->D), r->D);
    column[UNPLACED].number[row] = mean_of(r->unplaced + VIEW2(p, 0, r->D), r->D);
    column[REGRET].number[row] = mean_of(regret, r->D);
    cf_sort_numbers(regret, (size_t)r->D);
    column[REGRET_95].number[row] = cf_quantile_of(regret, (size_t)r->D, 0.95);
    column[MOST_REGRET].number[row] = regret[r->D - 1];
    column[BEST].number[row] = share_best(r, p);
}

static const char *const notes[] = {
    "cost: discounted pounds of what the plan starts, as long as it is open, and of learner-years "
    "unplaced at the penalty; the mean over futures",
    "regret: by how much a plan is dearer in a future than the plan that is best there; its mean, "
    "95% quantile and largest",
    "unplaced: learner-years after the base year; where draws keep report years only, those "
    "between "
    "are guessed along the central run's: keep \"unplaced\" to know them",
    NULL};

static void fill_plans(struct regrets *r)
{
    struct cf_started *s = &r->started;
    const size_t rows = (size_t)r->P;
    cf_add_point_columns(&s->ensemble, s->table, rows);
    struct cf_column *column = NULL;
    for (int k = 0; k < N_NUMBERS; k++) {
        struct cf_column *added =
            cf_add_column(s->table, names[k], k == BEST ? CF_COLUMN_SHARE : CF_COLUMN_NUMBER, rows);
        column = column ? column : added;
    }
    for (int p = 0; p < r->P; p++) {
        cf_put_point(&s->ensemble, s->table, (size_t)p, p / s->ensemble.n_points,
                     p % s->ensemble.n_points);
        put_plan(r, column, (size_t)p, p);
    }
    s->table->n_rows = rows;
    s->table->title =
        cf_arena_format(&s->table->arena, "Plans in %d future%s", r->D, r->D == 1 ? "" : "s");
    s->table->notes = notes;
}

static void fill_draws(struct regrets *r)
{
    struct cf_started *s = &r->started;
    const size_t rows = (size_t)r->P * (size_t)r->D;
    cf_add_point_columns(&s->ensemble, s->table, rows);
    struct cf_column *draw = cf_add_column(s->table, "draw", CF_COLUMN_INT, rows);
    struct cf_column *unplaced = cf_add_column(s->table, "unplaced", CF_COLUMN_NUMBER, rows);
    struct cf_column *cost = cf_add_column(s->table, "cost", CF_COLUMN_NUMBER, rows);
    struct cf_column *regret = cf_add_column(s->table, "regret", CF_COLUMN_NUMBER, rows);
    for (size_t row = 0; row < rows; row++) {
        const int p = (int)(row / (size_t)r->D), d = (int)(row % (size_t)r->D);
        cf_put_point(&s->ensemble, s->table, row, p / s->ensemble.n_points,
                     p % s->ensemble.n_points);
        draw->integer[row] = r->draw[d];
        unplaced->number[row] = r->unplaced[row];
        cost->number[row] = r->cost[row];
        regret->number[row] = r->cost[row] - r->best[d];
    }
    s->table->n_rows = rows;
    s->table->title = "Plans in each future";
    s->table->notes = notes;
}

enum cf_status cf_regret_table(struct cf_table *table, cf_results *results,
                               const struct cf_regret_query *query, enum cf_status *judged,
                               cf_diag *diag)
{
    struct regrets r = {.query = query};
    enum cf_status status = cf_read_started(&r.started, table, results, diag);
    if (status == CF_OK) {
        const struct cf_ensemble *e = &r.started.ensemble;
        r.P = e->n_scenarios * e->n_points;
        r.plan_cost = CF_TAKE(&table->arena, (size_t)r.P, double);
        for (int p = 0; p < r.P; p++)
            r.plan_cost[p] = plan_cost(&r.started, p / e->n_points);
        find_draws(&r);
        status = read_runs(&r);
    }
    if (status != CF_OK) {
        cf_table_free(table);
        return status;
    }
    find_best(&r);
    *judged = cf_judge_draws(&r.started.ensemble, 0, r.started.ensemble.n_scenarios, diag);
    if (*judged == CF_OK)
        cf_warn_of_failed(&r.started.ensemble, 0, r.started.ensemble.n_scenarios, diag);
    (query->draws ? fill_draws : fill_plans)(&r);
    return CF_OK;
}
