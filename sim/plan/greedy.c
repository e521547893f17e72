#include "plan/programme_parts.h"

#include <math.h>
#include <string.h>

/* Units of one option in one year, with what it needs, as they are weighed. */
struct candidate {
    int option, year, units;
    double cost, relief, gain;
    int is_known, is_blocked; /* blocked: no number of units makes its group */
};

struct greedy {
    const struct cf_programme *p;
    struct cf_arena *arena, scratch;
    struct cf_net net;
    int *units, *trial;          /* [option][year] */
    double *open, *trial_open;   /* [option][year] */
    double *served;              /* [cluster] mean, of `open` */
    unsigned char *touches;      /* [option][cluster] */
    struct candidate *candidate; /* [option][year] */
    struct cf_greedy_step *step;
    int n_steps, room;
};

static double mean_served(struct greedy *g, int cluster, const double *open)
{
    double sum = 0;
    for (int f = 0; f < g->p->n_futures; f++)
        if (g->p->weight[f] > 0)
            sum += g->p->weight[f] * cf_net_serve(&g->net, &g->net.cluster[cluster], f, open);
    return sum;
}

static int touches(const struct cf_cluster *c, int option)
{
    for (int i = 0; i < c->n_supplies; i++) {
        if (c->option[i] == option)
            return 1;
        for (int r = 0; r < c->n_released[i]; r++)
            if (c->released[i][r].option == option)
                return 1;
    }
    return 0;
}

/* What the trial costs and serves more than what is decided. */
static void weigh(struct greedy *g, struct candidate *c)
{
    const struct cf_programme *p = g->p;
    const int T = p->n_years, C = g->net.n_clusters;
    double saved = 0;
    c->cost = c->relief = 0;
    cf_plan_open(p, g->trial, g->trial_open);
    for (int i = 0; i < p->n_options * T; i++)
        c->cost += cf_open_cost(p, i / T, i % T) * (g->trial_open[i] - g->open[i]);
    for (int i = 0; i < C; i++) {
        const int year = g->net.cluster[i].year;
        int changed = 0;
        for (int k = 0; k < p->n_options && !changed; k++)
            changed = g->touches[k * C + i] && g->trial_open[k * T + year] != g->open[k * T + year];
        if (!changed)
            continue;
        const double more = mean_served(g, i, g->trial_open) - g->served[i];
        c->relief += more;
        saved += p->penalty * p->discount[year] * more;
    }
    c->gain = saved - c->cost;
}

static int begun_by_trial(const struct greedy *g, int option, int year)
{
    for (int t = 0; t <= year && t < g->p->n_years; t++)
        if (g->trial[option * g->p->n_years + t] > 0)
            return 1;
    return 0;
}

/* Into the trial: what an option that opens in a year needs, as late as that allows. 0: it cannot.
 */
static int bring_needs(struct greedy *g, int option, int opens, int depth)
{
    const struct cf_programme *p = g->p;
    const struct cf_programme_option *o = &p->option[option];
    for (int i = 0; i < o->n_needs; i++) {
        const int need = o->need[i], year = opens - p->option[need].lead;
        if (begun_by_trial(g, need, year))
            continue;
        if (year < 0 || year < p->option[need].from || depth > p->n_options)
            return 0;
        g->trial[need * p->n_years + year]++;
        if (!bring_needs(g, need, opens, depth + 1))
            return 0;
    }
    return 1;
}

static int try_units(struct greedy *g, int option, int year, int units)
{
    const int T = g->p->n_years;
    memcpy(g->trial, g->units, (size_t)(g->p->n_options * T) * sizeof *g->trial);
    g->trial[option * T + year] += units;
    return bring_needs(g, option, year + g->p->option[option].lead, 0);
}

/* Rows of a plan that is not finished: what is required may still come. */
static int holds(struct greedy *g)
{
    cf_plan_open(g->p, g->trial, g->trial_open);
    return cf_plan_may_grow(&g->net, g->trial, g->trial_open);
}

static int begun_units(const struct greedy *g, int option)
{
    int n = 0;
    for (int t = 0; t < g->p->n_years; t++)
        n += g->units[option * g->p->n_years + t];
    return n;
}

/* Money alone, before anything is weighed. */
static int can_pay(const struct greedy *g, const struct candidate *c)
{
    const struct cf_programme *p = g->p;
    const int part = p->option[c->option].part;
    double spent = p->option[c->option].capital * c->units;
    if (!p->has_budget)
        return 1;
    for (int k = 0; k < p->n_options; k++)
        if (p->option[k].part == part)
            spent += p->option[k].capital * g->units[k * p->n_years + c->year];
    return spent <= p->capital[part][c->year] * (1 + 1e-7) + 1e-7;
}

/* The fewest units that fill the option's group, and what they are worth. */
static void weigh_candidate(struct greedy *g, struct candidate *c)
{
    const int left = g->p->option[c->option].max_units - begun_units(g, c->option);
    c->is_known = 1;
    c->gain = -HUGE_VAL;
    for (c->units = 1; c->units <= left; c->units++) {
        if (!try_units(g, c->option, c->year, c->units))
            return;
        cf_plan_open(g->p, g->trial, g->trial_open);
        if (cf_plan_fills_groups(&g->net, g->trial_open, g->open)) {
            weigh(g, c);
            return;
        }
    }
    c->is_blocked = 1;
}

/* 1: a is to come before b. */
static int is_better(const struct candidate *a, const struct candidate *b)
{
    if ((a->cost <= 0) != (b->cost <= 0))
        return a->cost <= 0;
    if (a->cost <= 0)
        return a->gain > b->gain;
    return a->gain * b->cost > b->gain * a->cost;
}

static void keep_step(struct greedy *g, const struct candidate *c, const char *why)
{
    if (g->n_steps == g->room) {
        g->room = g->room * 2 + 32;
        struct cf_greedy_step *more = CF_TAKE(g->arena, (size_t)g->room, struct cf_greedy_step);
        if (g->n_steps)
            memcpy(more, g->step, (size_t)g->n_steps * sizeof *more);
        g->step = more;
    }
    g->step[g->n_steps++] =
        (struct cf_greedy_step){c->option, c->year, c->units, c->cost, c->relief, c->gain, why};
}

/* A whole number with commas. */
static const char *grouped(struct cf_arena *arena, double value)
{
    char *digits = cf_arena_format(arena, "%.0f", fabs(value));
    const size_t n = strlen(digits);
    char *text = CF_TAKE(arena, n + n / 3 + 2, char), *to = text;
    if (value <= -0.5)
        *to++ = '-';
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *to++ = ',';
        *to++ = digits[i];
    }
    return text;
}

static const char *sentence(struct greedy *g, const struct candidate *c, const char *end)
{
    const struct cf_programme *p = g->p;
    const char *start = cf_arena_format(g->arena, "start %d unit%s of '%s' in %d", c->units,
                                        c->units == 1 ? "" : "s", p->option[c->option].name,
                                        p->first_year + c->year);
    const char *relief =
        cf_arena_format(g->arena, "%s learner-year%s", grouped(g->arena, fabs(c->relief)),
                        fabs(c->relief) >= 0.5 && fabs(c->relief) < 1.5 ? "" : "s");
    if (c->cost < 0)
        return cf_arena_format(g->arena, "%s: saves %s pounds and serves %s%s; %s", start,
                               grouped(g->arena, -c->cost), relief,
                               c->relief <= -0.5 ? " fewer" : "", end);
    if (c->relief < 0.5)
        return cf_arena_format(g->arena, "%s for %s pounds; %s", start, grouped(g->arena, c->cost),
                               end);
    return cf_arena_format(g->arena, "%s: serves %s at %s pounds each; %s", start, relief,
                           grouped(g->arena, c->cost / c->relief), end);
}

/* Decide what the trial has of one option more than what is decided; weighed on its own. */
static void decide(struct greedy *g, int option, int year, const char *end)
{
    const struct cf_programme *p = g->p;
    const int T = p->n_years, C = g->net.n_clusters, at = option * T + year;
    struct candidate c = {.option = option, .year = year, .units = g->trial[at] - g->units[at]};
    int *whole = CF_TAKE(&g->scratch, (size_t)(p->n_options * T), int);
    memcpy(whole, g->trial, (size_t)(p->n_options * T) * sizeof *whole);
    memcpy(g->trial, g->units, (size_t)(p->n_options * T) * sizeof *g->trial);
    g->trial[at] = whole[at];
    weigh(g, &c);
    g->units[at] = whole[at];
    cf_plan_open(p, g->units, g->open);
    for (int i = 0; i < C; i++) {
        if (!g->touches[option * C + i])
            continue;
        g->served[i] = mean_served(g, i, g->open);
        for (int k = 0; k < p->n_options; k++)
            for (int t = 0; t < T && g->touches[k * C + i]; t++)
                g->candidate[k * T + t].is_known = 0;
    }
    for (int k = 0; k < p->n_options; k++) /* who needs it need not bring it any more */
        for (int t = 0; t < T && (p->option[k].n_needs || k == option); t++)
            g->candidate[k * T + t].is_known = 0;
    memcpy(g->trial, whole, (size_t)(p->n_options * T) * sizeof *whole);
    keep_step(g, &c, sentence(g, &c, end));
}

/* The trial, option by option: first what was needed. */
static void decide_trial(struct greedy *g, int option, int year, const char *end)
{
    const struct cf_programme *p = g->p;
    const int T = p->n_years;
    const char *because = cf_arena_format(g->arena, "'%s' needs it", p->option[option].name);
    for (int i = 0; i < p->n_options * T; i++)
        if (i != option * T + year && g->trial[i] > g->units[i])
            decide(g, i / T, i % T, because);
    decide(g, option, year, end);
}

static int start_required(struct greedy *g, const struct cf_required *r)
{
    const int T = g->p->n_years;
    int n = 0;
    for (int t = 0; t <= r->year; t++)
        n += g->units[r->option * T + t];
    for (; n < r->units; n++) {
        int t = r->year;
        while (t >= 0 && !(try_units(g, r->option, t, 1) && holds(g)))
            t--;
        if (t < 0)
            return 0;
        decide_trial(g, r->option, t, "required");
    }
    return 1;
}

/* The best that holds all rows; 0: nothing gains. */
static int step(struct greedy *g)
{
    const struct cf_programme *p = g->p;
    const int n = p->n_options * p->n_years;
    unsigned char *tried = CF_TAKE(&g->scratch, (size_t)n, unsigned char);
    for (;;) {
        struct candidate *best = NULL;
        for (int i = 0; i < n; i++) {
            struct candidate *c = &g->candidate[i];
            if (tried[i] || c->is_blocked || !can_pay(g, c))
                continue;
            if (!c->is_known)
                weigh_candidate(g, c);
            if (!c->is_blocked && c->gain > 1e-9 * (1 + fabs(c->cost)) && can_pay(g, c) &&
                (!best || is_better(c, best)))
                best = c;
        }
        if (!best)
            return 0;
        tried[best - g->candidate] = 1;
        if (try_units(g, best->option, best->year, best->units) && holds(g)) {
            decide_trial(g, best->option, best->year,
                         best->cost <= 0 ? "the largest gain left" : "cheapest gain left");
            return 1;
        }
    }
}

static void prepare(struct greedy *g)
{
    const struct cf_programme *p = g->p;
    const int T = p->n_years, C = g->net.n_clusters;
    const size_t n = (size_t)(p->n_options * T);
    g->units = CF_TAKE(g->arena, n, int);
    g->trial = CF_TAKE(&g->scratch, n, int);
    g->open = CF_TAKE(&g->scratch, n, double);
    g->trial_open = CF_TAKE(&g->scratch, n, double);
    g->served = CF_TAKE(&g->scratch, (size_t)C, double);
    g->touches = CF_TAKE(&g->scratch, (size_t)(p->n_options * C), unsigned char);
    g->candidate = CF_TAKE(&g->scratch, n, struct candidate);
    for (int i = 0; i < C; i++) {
        g->served[i] = mean_served(g, i, g->open);
        for (int k = 0; k < p->n_options; k++)
            g->touches[k * C + i] = (unsigned char)touches(&g->net.cluster[i], k);
    }
    for (int k = 0; k < p->n_options; k++)
        for (int t = 0; t < T; t++)
            g->candidate[k * T + t] =
                (struct candidate){.option = k,
                                   .year = t,
                                   .is_blocked = p->option[k].barred || t < p->option[k].from ||
                                                 t + p->option[k].lead >= T};
}

/* Steps one after another that start the same in the same year are one. */
static int join_steps(struct greedy *g)
{
    int n = 0;
    for (int i = 0; i < g->n_steps; i++) {
        struct cf_greedy_step *last = n ? &g->step[n - 1] : NULL;
        const struct cf_greedy_step *s = &g->step[i];
        if (!last || last->option != s->option || last->year != s->year) {
            g->step[n++] = *s;
            continue;
        }
        const struct candidate both = {.option = s->option,
                                       .year = s->year,
                                       .units = last->units + s->units,
                                       .cost = last->cost + s->cost,
                                       .relief = last->relief + s->relief,
                                       .gain = last->gain + s->gain};
        const char *end = strrchr(last->why, ';');
        *last = (struct cf_greedy_step){both.option,
                                        both.year,
                                        both.units,
                                        both.cost,
                                        both.relief,
                                        both.gain,
                                        sentence(g, &both, end ? end + 2 : "")};
    }
    return n;
}

enum cf_status cf_programme_greedy(const struct cf_programme *p, struct cf_arena *arena,
                                   struct cf_plan_solution *solution, struct cf_greedy_step **steps,
                                   int *n_steps, cf_diag *diag)
{
    struct greedy g = {.p = p, .arena = arena};
    *solution = (struct cf_plan_solution){.status = CF_PLAN_GREEDY};
    *steps = NULL;
    *n_steps = 0;
    if (cf_programme_check(p, diag) != CF_OK)
        return CF_INTERNAL;
    cf_arena_init(&g.scratch);
    cf_net_build(p, 0, &g.scratch, &g.net);
    prepare(&g);
    for (int i = 0; i < p->n_required; i++)
        if (!start_required(&g, &p->required[i]))
            solution->status = CF_PLAN_NONE;
    while (step(&g))
        ;
    solution->units = g.units;
    solution->cost = CF_TAKE(arena, (size_t)p->n_futures, double);
    solution->value = cf_plan_cost(&g.net, g.open, solution->cost);
    solution->bound = solution->gap = solution->relaxed = (double)NAN;
    if (!cf_plan_holds(&g.net, g.units, g.open))
        solution->status = CF_PLAN_NONE;
    cf_plan_serve(&g.net, arena, solution);
    *n_steps = join_steps(&g);
    *steps = g.step;
    cf_arena_free(&g.scratch);
    return CF_OK;
}
