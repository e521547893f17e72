#include "plan/programme_parts.h"

#include "base/clock.h"

#include <math.h>
#include <string.h>

const char *const cf_plan_status_names[] = {"optimal", "nodes",      "seconds",
                                            "greedy",  "infeasible", "none"};

/* A plan of less mean cost with the same regret is not worth as long a search again. */
enum { TIE_NODES = 50 };

/* One call of cf_programme_solve. */
struct solving {
    const struct cf_programme *p;
    struct cf_arena *arena, scratch;
    struct cf_net net;
    struct cf_plan_solution *solution;
    cf_diag *diag;
    double started;
    double *open;      /* [option][year] */
    const int **known; /* plans that each search begins with */
    int n_known;
};

static void remember(struct solving *s, const int *units)
{
    const size_t n = (size_t)(s->p->n_options * s->p->n_years);
    int *copy = CF_TAKE(&s->scratch, n, int);
    memcpy(copy, units, n * sizeof *copy);
    s->known[s->n_known++] = copy;
}

/* Nothing, and what the greedy rule says. */
static void begin(struct solving *s)
{
    struct cf_plan_solution greedy;
    struct cf_greedy_step *step;
    int n;
    s->known = CF_TAKE(&s->scratch, (size_t)s->p->n_futures + 3, const int *);
    remember(s, s->solution->units);
    if (cf_programme_greedy(s->p, &s->scratch, &greedy, &step, &n, NULL) == CF_OK)
        remember(s, greedy.units);
}

/* The better of two searches' ends is told no more than the worse. */
static enum cf_plan_status worse(enum cf_plan_status a, enum cf_milp_status milp)
{
    static const enum cf_plan_status of[] = {
        [CF_MILP_OPTIMAL] = CF_PLAN_OPTIMAL, [CF_MILP_NODES] = CF_PLAN_NODES,
        [CF_MILP_SECONDS] = CF_PLAN_SECONDS, [CF_MILP_INFEASIBLE] = CF_PLAN_INFEASIBLE,
        [CF_MILP_NONE] = CF_PLAN_NONE,       [CF_MILP_FAILED] = CF_PLAN_NONE};
    return of[milp] > a ? of[milp] : a;
}

static void take_units(const struct cf_master *m, const double *x, int *units)
{
    for (int i = 0; i < m->programme->n_options * m->programme->n_years; i++)
        units[i] = (int)lround(x[m->start[i]]);
}

/* One search; CF_INTERNAL, reported, where the solver fails. x: [columns], from scratch. */
static enum cf_status search(struct solving *s, struct cf_master *m, int most_nodes, double **x,
                             struct cf_milp_result *result)
{
    const struct cf_programme *p = s->p;
    const struct cf_milp_hooks hooks = {m, cf_master_separate, cf_master_propose};
    struct cf_milp_limits limits = {.gap = p->gap, .most_nodes = most_nodes};
    if (p->most_seconds > 0) /* a little is left for each, so that there is something to show */
        limits.most_seconds = fmax(p->most_seconds - (cf_seconds() - s->started), 0.05);
    m->known = s->known;
    m->n_known = s->n_known;
    m->n_proposed = 0;
    *x = CF_TAKE(&s->scratch, (size_t)m->milp.n_columns, double);
    cf_milp_solve(&m->milp, &hooks, &limits, *x, result);
    s->solution->nodes += result->nodes;
    if (result->status == CF_MILP_NONE && cf_master_take_known(m, *x))
        result->status = result->limit;
    if (result->status != CF_MILP_FAILED)
        return CF_OK;
    cf_report(s->diag, CF_ERROR, "plan.solver", (struct cf_at){0}, NULL,
              "the solver of the plan failed: %s", result->message);
    return CF_INTERNAL;
}

static void set_gap(struct cf_plan_solution *solution, double unit)
{
    solution->bound = fmin(solution->bound, solution->value);
    solution->gap = (solution->value - solution->bound) / fmax(fabs(solution->value), unit);
}

static double regret_of(const struct cf_programme *p, const double *cost, const double *best)
{
    double most = -HUGE_VAL;
    for (int f = 0; f < p->n_futures; f++)
        most = fmax(most, cost[f] - best[f]);
    return most;
}

static enum cf_status solve_mean(struct solving *s)
{
    struct cf_plan_solution *solution = s->solution;
    struct cf_master m;
    struct cf_milp_result result;
    double *x;
    cf_master_build(&m, s->p, &s->net, -1, NULL, &s->scratch);
    const enum cf_status status = search(s, &m, s->p->most_nodes, &x, &result);
    solution->status = worse(CF_PLAN_OPTIMAL, result.status);
    solution->bound = result.bound / m.scale;
    solution->relaxed = result.relaxed / m.scale;
    if (status == CF_OK && solution->status < CF_PLAN_INFEASIBLE) {
        take_units(&m, x, solution->units);
        cf_plan_open(s->p, solution->units, s->open);
        solution->value = cf_plan_cost(&s->net, s->open, solution->cost);
        set_gap(solution, 1 / m.scale);
    }
    cf_milp_free(&m.milp);
    return status;
}

/* Each future as if it were certain: the least cost there, of all plans that were found. */
static enum cf_status solve_futures(struct solving *s, double *best)
{
    const struct cf_programme *p = s->p;
    const int F = p->n_futures;
    enum cf_status status = CF_OK;
    double *cost = CF_TAKE(&s->scratch, (size_t)F, double);
    for (int f = 0; f < F; f++)
        best[f] = HUGE_VAL;
    for (int f = 0; f < F && status == CF_OK; f++) {
        struct cf_master m;
        struct cf_milp_result result;
        double *x;
        cf_master_build(&m, p, &s->net, f, NULL, &s->scratch);
        status = search(s, &m, s->p->most_nodes, &x, &result);
        s->solution->status = worse(s->solution->status, result.status);
        if (status == CF_OK && s->solution->status < CF_PLAN_INFEASIBLE) {
            take_units(&m, x, s->solution->units);
            cf_plan_open(p, s->solution->units, s->open);
            cf_plan_cost(&s->net, s->open, cost);
            for (int e = 0; e < F; e++)
                best[e] = fmin(best[e], cost[e]);
            remember(s, s->solution->units);
        }
        cf_milp_free(&m.milp);
        if (s->solution->status >= CF_PLAN_INFEASIBLE)
            break;
    }
    return status;
}

/* Of the plans of the least regret the one of the least mean, where the search finds it. */
static enum cf_status break_ties(struct solving *s, struct cf_master *m)
{
    struct cf_plan_solution *solution = s->solution;
    const struct cf_programme *p = s->p;
    const size_t n = (size_t)(p->n_options * p->n_years), F = (size_t)p->n_futures;
    struct cf_milp_result result;
    int *units = CF_TAKE(&s->scratch, n, int);
    double *x, *cost = CF_TAKE(&s->scratch, F, double), before = 0;
    for (size_t f = 0; f < F; f++)
        before += p->weight[f] * solution->cost[f];
    cf_master_break_ties(m, solution->value + 1e-7 * fabs(solution->value));
    const enum cf_status status = search(s, m, TIE_NODES, &x, &result);
    if (status != CF_OK || result.status >= CF_MILP_INFEASIBLE)
        return status;
    take_units(m, x, units);
    cf_plan_open(p, units, s->open);
    const double mean = cf_plan_cost(&s->net, s->open, cost);
    if (mean < before && regret_of(p, cost, solution->best) <= solution->value) {
        memcpy(solution->units, units, n * sizeof *units);
        memcpy(solution->cost, cost, F * sizeof *cost);
        solution->value = regret_of(p, cost, solution->best);
    }
    return status;
}

static enum cf_status solve_regret(struct solving *s)
{
    const struct cf_programme *p = s->p;
    struct cf_plan_solution *solution = s->solution;
    struct cf_master m;
    struct cf_milp_result result;
    double *x;
    solution->best = CF_TAKE(s->arena, (size_t)p->n_futures, double);
    enum cf_status status = solve_futures(s, solution->best);
    if (status != CF_OK || solution->status >= CF_PLAN_INFEASIBLE)
        return status;
    cf_master_build(&m, p, &s->net, -1, solution->best, &s->scratch);
    status = search(s, &m, s->p->most_nodes, &x, &result);
    solution->status = worse(solution->status, result.status);
    solution->bound = result.bound / m.scale;
    solution->relaxed = result.relaxed / m.scale;
    if (status == CF_OK && solution->status < CF_PLAN_INFEASIBLE) {
        take_units(&m, x, solution->units);
        cf_plan_open(p, solution->units, s->open);
        cf_plan_cost(&s->net, s->open, solution->cost);
        solution->value = regret_of(p, solution->cost, solution->best);
        remember(s, solution->units);
        status = break_ties(s, &m);
        set_gap(solution, 1 / m.scale);
    }
    cf_milp_free(&m.milp);
    return status;
}

enum cf_status cf_programme_solve(const struct cf_programme *p, struct cf_arena *arena,
                                  struct cf_plan_solution *solution, cf_diag *diag)
{
    const size_t n = (size_t)(p->n_options * p->n_years);
    struct solving s = {
        .p = p, .arena = arena, .solution = solution, .diag = diag, .started = cf_seconds()};
    *solution = (struct cf_plan_solution){.status = CF_PLAN_OPTIMAL};
    enum cf_status status = cf_programme_check(p, diag);
    if (status != CF_OK)
        return status;
    cf_arena_init(&s.scratch);
    solution->units = CF_TAKE(arena, n, int);
    solution->cost = CF_TAKE(arena, (size_t)p->n_futures, double);
    s.open = CF_TAKE(&s.scratch, n, double);
    cf_net_build(p, 0, &s.scratch, &s.net);
    begin(&s);
    status = p->regret ? solve_regret(&s) : solve_mean(&s);
    if (status == CF_OK && solution->status == CF_PLAN_INFEASIBLE && !p->unexplained)
        status = cf_plan_explain(p, arena, solution, diag);
    if (status == CF_OK && solution->status < CF_PLAN_INFEASIBLE)
        cf_plan_serve(&s.net, arena, solution);
    cf_arena_free(&s.scratch);
    return status;
}
