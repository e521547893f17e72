#include "plan/make_plan.h"

#include "base/text.h"
#include "model/view.h"
#include "plan/funding.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* Bounds of what one simulation may say of the relief on a line and year. */
#define LEAST_SCALE 0.05
#define MOST_SCALE 3.0

/* Plans for one future alone are counted, not followed: near the best is near enough. */
#define SHARE_GAP 1e-3
#define SHARE_NODES 200

/* ---- from the solution to actions ---- */

static int before_other(const struct cf_action *a, const struct cf_action *b)
{
    return a->year != b->year ? a->year < b->year : a->option < b->option;
}

static void take_actions(const struct cf_linear *l, struct cf_plan *plan)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    const int n = d->n_options, first = l->model->extent.base_year + 1;
    plan->action =
        CF_TAKE(l->arena, (size_t)d->n_actions + (size_t)n * (size_t)l->T, struct cf_action);
    plan->n_before = plan->n_actions = d->n_actions;
    if (d->n_actions)
        memcpy(plan->action, d->action, (size_t)d->n_actions * sizeof *plan->action);
    for (int t = 0; t < l->T; t++)
        for (int k = 0; k < n; k++) {
            const int units = plan->solution.units[VIEW2(k, t, l->T)];
            if (units > 0)
                plan->action[plan->n_actions++] = (struct cf_action){
                    .option = k, .year = first + t, .units = units, .share = NAN};
        }
    for (int k = 1; k < plan->n_before; k++)
        for (int at = k; at > 0 && before_other(&plan->action[at], &plan->action[at - 1]); at--) {
            const struct cf_action other = plan->action[at];
            plan->action[at] = plan->action[at - 1];
            plan->action[at - 1] = other;
        }
}

/* Whether an action's units are open in a year, of the option asked for. */
static int is_open(const struct cf_decision *d, const struct cf_action *a, int option, int year)
{
    const int opens = a->year + d->option[option].lead_years;
    return a->option == option && year >= opens && year < opens + d->option[option].life;
}

/* What a supply gives, on the mean of the futures, to the actions whose units are open then; the
 * first year in which one is used is the year it is needed by. */
static void serve(const struct cf_linear *l, struct cf_plan *plan, int supply, int *first_used)
{
    const struct cf_programme *p = &l->programme;
    const struct cf_decision *d = &l->model->scenario.decision;
    const int k = p->supply[supply].option, year = p->first_year + p->supply[supply].year;
    double used = 0, units = 0;
    for (int f = 0; f < p->n_futures; f++)
        used += p->weight[f] * plan->solution.used[VIEW2(f, supply, p->n_supplies)];
    for (int a = plan->n_before; a < plan->n_actions; a++)
        units += is_open(d, &plan->action[a], k, year) ? plan->action[a].units : 0;
    for (int a = plan->n_before; a < plan->n_actions && used > 1e-9; a++)
        if (is_open(d, &plan->action[a], k, year)) {
            plan->served[a] += used * plan->action[a].units / units;
            first_used[a] = year < first_used[a] ? year : first_used[a];
        }
}

/* What needs another waits for it, so that one is needed by then as well. */
static void find_latest(const struct cf_linear *l, struct cf_plan *plan, int *first_used)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    for (int round = 0; round < plan->n_actions; round++)
        for (int a = plan->n_before; a < plan->n_actions; a++)
            for (int b = plan->n_before; b < plan->n_actions; b++)
                for (int n = 0; n < d->option[plan->action[b].option].n_needs; n++)
                    if (d->option[plan->action[b].option].need[n] == plan->action[a].option &&
                        first_used[b] < first_used[a])
                        first_used[a] = first_used[b];
    for (int a = plan->n_before; a < plan->n_actions; a++) {
        const int latest = first_used[a] == INT_MAX
                               ? plan->action[a].year
                               : first_used[a] - d->option[plan->action[a].option].lead_years;
        plan->latest[a] = latest > plan->action[a].year ? latest : plan->action[a].year;
    }
}

static void take_served(const struct cf_linear *l, struct cf_plan *plan)
{
    const struct cf_programme *p = &l->programme;
    int *first_used = CF_TAKE(l->arena, (size_t)plan->n_actions, int);
    plan->served = CF_TAKE(l->arena, (size_t)plan->n_actions, double);
    plan->latest = CF_TAKE(l->arena, (size_t)plan->n_actions, int);
    for (int a = 0; a < plan->n_actions; a++)
        first_used[a] = INT_MAX;
    for (int s = 0; s < p->n_supplies; s++)
        if (p->supply[s].option >= 0 && p->supply[s].offer < 0)
            serve(l, plan, s, first_used);
    find_latest(l, plan, first_used);
}

/* ---- what the model says of it ---- */

static double planned_on(const struct cf_linear *l, const struct cf_plan *plan, int i, int t)
{
    const struct cf_programme *p = &l->programme;
    double served = 0;
    for (int c = 0; c < l->C; c++) {
        const int d = l->demand[VIEW3(i, t, l->T, c, l->C)];
        for (int f = 0; f < p->n_futures && d >= 0; f++)
            served += p->weight[f] * plan->solution.served[VIEW2(f, d, p->n_demands)];
    }
    return served;
}

static enum cf_status simulate(struct cf_linear *l, struct cf_plan *plan, struct cf_trial *trial,
                               cf_diag *diag)
{
    const enum cf_status status = cf_linear_try(l, plan->action, plan->n_actions, trial, diag);
    plan->planned_all = plan->simulated_all = 0;
    for (int t = 0; t < l->T && status == CF_OK; t++) {
        plan->planned[t] = plan->simulated[t] = 0;
        for (int i = 0; i < l->base.I; i++) {
            plan->planned[t] += planned_on(l, plan, i, t);
            plan->simulated[t] += cf_linear_relief(l, trial, i, t);
        }
        plan->planned_all += plan->planned[t];
        plan->simulated_all += plan->simulated[t];
    }
    return status;
}

static int agrees(const struct cf_plan *plan)
{
    return fabs(plan->simulated_all - plan->planned_all) <=
           fmax(CF_PLAN_NOBODY, CF_PLAN_AGREES * fabs(plan->planned_all));
}

/* What a unit does at the simulated state: as much less, or more, on each line and year as the plan
 * turned out to do. */
static void rescale(struct cf_linear *l, const struct cf_plan *plan, const struct cf_trial *trial)
{
    for (int i = 0; i < l->base.I; i++)
        for (int t = 0; t < l->T; t++) {
            const double planned = planned_on(l, plan, i, t);
            double *scale = &l->scale[VIEW2(i, t, l->T)];
            if (planned > 0)
                *scale =
                    fmin(MOST_SCALE,
                         fmax(LEAST_SCALE, *scale * cf_linear_relief(l, trial, i, t) / planned));
        }
}

/* ---- looking for it ---- */

static void tell_none(const struct cf_plan *plan, cf_diag *diag)
{
    struct cf_text rows = {0};
    const struct cf_plan_solution *s = &plan->solution;
    cf_text_add(&rows, "");
    for (int k = 0; k < s->n_conflicts; k++)
        cf_text_format(&rows, "%s%s", k ? "; " : "", s->conflict[k]);
    if (s->status == CF_PLAN_INFEASIBLE)
        cf_report(diag, CF_ERROR, "plan.infeasible", (struct cf_at){0},
                  "without any one of these rows there is a plan", "no plan holds all of: %s",
                  rows.data);
    else
        cf_report(diag, CF_ERROR, "plan.none", (struct cf_at){0}, "raise --nodes or --seconds",
                  "the limit came before any plan was found");
    cf_text_free(&rows);
}

static enum cf_status solve(struct cf_linear *l, const struct cf_plan_search *search,
                            struct cf_plan *plan, cf_diag *diag)
{
    struct cf_programme *p = &l->programme;
    cf_linear_programme(l);
    p->regret = search->regret;
    p->gap = 1e-6;
    p->most_nodes = search->most_nodes;
    p->most_seconds = search->most_seconds;
    const enum cf_status status = cf_programme_solve(p, l->arena, &plan->solution, diag);
    if (status != CF_OK)
        return status;
    if (plan->solution.status == CF_PLAN_INFEASIBLE || plan->solution.status == CF_PLAN_NONE) {
        tell_none(plan, diag);
        return CF_INFEASIBLE;
    }
    take_actions(l, plan);
    return CF_OK;
}

/* Units of an option that the plan has started by the year of an action, with it. */
static int started_with(const struct cf_plan *plan, int action)
{
    double units = 0;
    for (int a = plan->n_before; a < plan->n_actions; a++)
        if (plan->action[a].option == plan->action[action].option &&
            plan->action[a].year <= plan->action[action].year)
            units += plan->action[a].units;
    return (int)units;
}

/* The share of futures whose own best plan has started so much of an option by a year. */
static double share_of(const struct cf_linear *l, const int *const *alone,
                       const struct cf_action *action, int units)
{
    const int until = action->year - l->model->extent.base_year - 1;
    double share = 0;
    for (int f = 0; f < l->futures->n; f++) {
        int started = 0;
        for (int t = 0; t <= until; t++)
            started += alone[f][VIEW2(action->option, t, l->T)];
        share += started >= units ? l->futures->weight[f] : 0;
    }
    return share < 1 - 1e-12 ? share : 1;
}

/* In how many futures as much is wanted, and how much is in as many as planning.no_regret asks. */
static enum cf_status find_shares(struct cf_linear *l, struct cf_plan *plan, cf_diag *diag)
{
    const int **alone = CF_TAKE(l->arena, (size_t)l->futures->n, const int *);
    plan->sure = CF_TAKE(l->arena, (size_t)plan->n_actions, int);
    for (int f = 0; f < l->futures->n; f++) {
        struct cf_plan_solution best;
        struct cf_programme p = cf_linear_future(l, f);
        p.gap = SHARE_GAP;
        p.most_nodes = SHARE_NODES;
        p.unexplained = 1;
        enum cf_status status = cf_programme_solve(&p, l->arena, &best, diag);
        if (status == CF_OK && best.status >= CF_PLAN_INFEASIBLE) {
            p.most_unserved = NULL; /* asked of the mean: a harder future cannot hold it */
            status = cf_programme_solve(&p, l->arena, &best, diag);
        }
        if (status != CF_OK)
            return status;
        alone[f] = best.units;
    }
    for (int a = plan->n_before; a < plan->n_actions; a++) {
        struct cf_action *action = &plan->action[a];
        const int with = started_with(plan, a), before = with - (int)action->units;
        action->share = share_of(l, alone, action, with);
        for (int units = with; units > before && plan->sure[a] == 0; units--)
            if (share_of(l, alone, action, units) >= l->model->scenario.decision.no_regret - 1e-9)
                plan->sure[a] = units - before;
    }
    return CF_OK;
}

static void find_before(const struct cf_linear *l, struct cf_plan *plan)
{
    const struct cf_trial *b = &l->judged;
    for (int f = 0; f < b->F; f++)
        for (int t = 0; t < l->T; t++)
            for (int k = 0; k < b->A * b->I; k++)
                plan->before[t] +=
                    l->judges->weight[f] * b->unplaced[VIEW3(f, t + 1, b->Y, k, b->A * b->I)];
}

/* What is started costs its annuity and its running cost while it is open; who is still unplaced in
 * the simulation costs the penalty. */
static double cost_as_simulated(const struct cf_linear *l, const struct cf_plan *plan)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    const struct cf_programme *p = &l->programme;
    double cost = 0;
    for (int t = 0; t < l->T; t++) {
        cost += p->discount[t] * d->penalty * (plan->before[t] - plan->simulated[t]);
        for (int a = plan->n_before; a < plan->n_actions; a++) {
            const int k = plan->action[a].option;
            if (is_open(d, &plan->action[a], k, p->first_year + t))
                cost += p->discount[t] * plan->action[a].units *
                        (cf_annuity(d->option[k].capital, d->discount, d->option[k].life) +
                         p->option[k].annual);
        }
    }
    return cost;
}

enum cf_status cf_make_plan(struct cf_linear *l, const struct cf_plan_search *search,
                            struct cf_plan *plan, cf_diag *diag)
{
    struct cf_trial trial;
    *plan = (struct cf_plan){0};
    enum cf_status status = cf_linearise(l, diag);
    if (status != CF_OK)
        return status;
    plan->planned = CF_TAKE(l->arena, (size_t)l->T, double);
    plan->simulated = CF_TAKE(l->arena, (size_t)l->T, double);
    plan->before = CF_TAKE(l->arena, (size_t)l->T, double);
    find_before(l, plan);
    for (status = solve(l, search, plan, diag); status == CF_OK;) {
        status = simulate(l, plan, &trial, diag);
        if (status != CF_OK || agrees(plan) || plan->rounds == CF_PLAN_ROUNDS)
            break;
        plan->rounds++;
        rescale(l, plan, &trial);
        status = solve(l, search, plan, diag);
    }
    if (status == CF_OK)
        status = find_shares(l, plan, diag);
    struct cf_plan_solution by_rule = {0};
    if (status == CF_OK)
        status = cf_programme_greedy(&l->programme, l->arena, &by_rule, &plan->step, &plan->n_steps,
                                     diag);
    if (status != CF_OK)
        return status;
    plan->greedy = by_rule.status == CF_PLAN_NONE ? (double)NAN : by_rule.value;
    take_served(l, plan);
    plan->cost = cost_as_simulated(l, plan);
    return CF_OK;
}
