#include "support/check.h"

#include "brute_plan.h"
#include "brute_simplex.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_IN_YEAR = 24, MOST_KEYS = 8192 };

static const double slack = 1e-7;

/* What a year comes to with so many units of each option open. */
struct brute_year {
    int is_known, is_viable;
    double served[TEST_FUTURES];
};

struct brute {
    const struct test_programme *t;
    struct brute_year *seen[TEST_YEARS];
    int units[TEST_OPTIONS * TEST_YEARS];
    double *cost; /* of every feasible plan: [n][future] */
    int n, room, tried;
};

static int open_units(const struct cf_programme *p, const int *units, int k, int year)
{
    int n = 0;
    for (int t = 0; t < p->n_years; t++) {
        const int from = t + p->option[k].lead;
        if (from <= year && year < from + p->option[k].life)
            n += units[k * p->n_years + t];
    }
    return n;
}

/* First year in which a unit of the option opens, or a year that never comes. */
static int first_open(const struct cf_programme *p, const int *units, int k)
{
    for (int t = 0; t < p->n_years; t++)
        if (units[k * p->n_years + t] > 0)
            return t + p->option[k].lead;
    return 1000;
}

/* Supplies of a year and what each can give in a future; -1 where a release takes too much. */
static int capacities(const struct cf_programme *p, const int *units, int year, int f, int *supply,
                      double *capacity)
{
    int n = 0;
    for (int s = 0; s < p->n_supplies; s++) {
        const struct cf_plan_supply *at = &p->supply[s];
        if (at->year != year || at->amount[f] < 0)
            continue;
        double sum = at->amount[f];
        if (at->option >= 0)
            sum *= open_units(p, units, at->option, year);
        for (int r = 0; r < p->n_supplies && at->option < 0; r++) {
            const struct cf_plan_supply *other = &p->supply[r];
            if (other->year == year && other->offer == at->offer && at->offer >= 0 &&
                other->amount[f] < 0)
                sum += other->amount[f] * open_units(p, units, other->option, year);
        }
        if (sum < -slack)
            return -1;
        assert_true(n < MOST_IN_YEAR);
        supply[n] = s;
        capacity[n++] = fmax(sum, 0);
    }
    for (int r = 0; r < p->n_supplies; r++) { /* releases of what is not there at all */
        const struct cf_plan_supply *at = &p->supply[r];
        int found = 0;
        for (int s = 0; s < p->n_supplies; s++)
            found |= p->supply[s].option < 0 && p->supply[s].offer == at->offer && at->offer >= 0 &&
                     p->supply[s].year == year;
        if (at->year == year && at->amount[f] < 0 && !found &&
            open_units(p, units, at->option, year) > 0)
            return -1;
    }
    return n;
}

static double short_of_reached(const struct cf_programme *p, int year, int f, const int *supply,
                               int n, unsigned set)
{
    double sum = 0;
    for (int d = 0; d < p->n_demands; d++) {
        int reached = 0;
        if (p->demand[d].year != year || p->demand[d].short_of[f] == 0)
            continue;
        for (int i = 0; i < p->n_arcs && !reached; i++)
            for (int s = 0; s < n && p->arc[i].demand == d; s++)
                reached |= (set >> s & 1u) && supply[s] == p->arc[i].supply;
        sum += reached ? p->demand[d].short_of[f] : 0;
    }
    return sum;
}

/* Least cut: the supplies with something to give that are in the set pay by their demands. */
static double least_cut(const struct cf_programme *p, const int *units, int year, int f)
{
    int supply[MOST_IN_YEAR], n, m = 0;
    double capacity[MOST_IN_YEAR], least = HUGE_VAL;
    n = capacities(p, units, year, f, supply, capacity);
    if (n < 0)
        return -1;
    for (int i = 0; i < n; i++) {
        if (capacity[i] > 0) {
            supply[m] = supply[i];
            capacity[m++] = capacity[i];
        }
    }
    for (unsigned set = 0; set < 1u << m; set++) {
        double sum = short_of_reached(p, year, f, supply, m, set);
        for (int i = 0; i < m; i++)
            sum += set >> i & 1u ? 0 : capacity[i];
        least = fmin(least, sum);
    }
    return least;
}

/*
 * With groups: the most that is served in the mean, by simplex over who serves whom in each future;
 * -1: some group is not filled.
 */
static double most_with_groups(const struct cf_programme *p, const int *units, int year)
{
    static struct brute_simplex lp;
    brute_simplex_init(&lp, BRUTE_COLUMNS);
    int columns = 0;
    static int arc_of[BRUTE_COLUMNS], future_of[BRUTE_COLUMNS];
    for (int f = 0; f < p->n_futures; f++) {
        for (int i = 0; i < p->n_arcs; i++) {
            const struct cf_plan_supply *s = &p->supply[p->arc[i].supply];
            if (s->year != year || s->amount[f] <= 0 ||
                p->demand[p->arc[i].demand].short_of[f] == 0 ||
                (s->option >= 0 && open_units(p, units, s->option, year) == 0))
                continue;
            assert_true(columns < BRUTE_COLUMNS);
            arc_of[columns] = i;
            future_of[columns++] = f;
        }
    }
    lp.n_columns = columns;
    for (int j = 0; j < columns; j++)
        lp.gain[j] = p->weight[future_of[j]];
    for (int f = 0; f < p->n_futures; f++) {
        int supply[MOST_IN_YEAR];
        double capacity[MOST_IN_YEAR];
        const int n = capacities(p, units, year, f, supply, capacity);
        for (int i = 0; i < n; i++) {
            double *row = brute_simplex_row(&lp, capacity[i]);
            for (int j = 0; j < columns; j++)
                row[j] = future_of[j] == f && p->arc[arc_of[j]].supply == supply[i];
        }
        for (int d = 0; d < p->n_demands; d++) {
            if (p->demand[d].year != year || p->demand[d].short_of[f] == 0)
                continue;
            double *row = brute_simplex_row(&lp, p->demand[d].short_of[f]);
            for (int j = 0; j < columns; j++)
                row[j] = future_of[j] == f && p->arc[arc_of[j]].demand == d;
        }
    }
    for (int v = 0; v < p->n_viable; v++) {
        const struct cf_viable *viable = &p->viable[v];
        if (viable->year != year || open_units(p, units, viable->option, year) == 0)
            continue;
        double *row = brute_simplex_row(&lp, -(viable->group - viable->there) + slack);
        for (int j = 0; j < columns; j++)
            row[j] = p->supply[p->arc[arc_of[j]].supply].option == viable->option
                         ? -p->weight[future_of[j]]
                         : 0;
    }
    return brute_simplex_solve(&lp) ? lp.value : -1;
}

static const struct brute_year *year_of(struct brute *b, int year)
{
    const struct cf_programme *p = &b->t->p;
    size_t key = 0;
    int any = 0;
    for (int k = 0; k < p->n_options; k++)
        key = key * (size_t)(p->option[k].max_units + 1) + (size_t)open_units(p, b->units, k, year);
    assert_true(key < MOST_KEYS);
    struct brute_year *y = &b->seen[year][key];
    if (y->is_known)
        return y;
    double mean = 0;
    y->is_known = y->is_viable = 1;
    for (int f = 0; f < p->n_futures; f++) {
        y->served[f] = least_cut(p, b->units, year, f);
        y->is_viable &= y->served[f] >= 0;
        mean += p->weight[f] * y->served[f];
    }
    for (int v = 0; v < p->n_viable; v++)
        any |= p->viable[v].year == year && p->viable[v].group > p->viable[v].there &&
               open_units(p, b->units, p->viable[v].option, year) > 0;
    if (y->is_viable && any) {
        const double most = most_with_groups(p, b->units, year);
        y->is_viable = most >= 0;
        /* Filling groups takes nothing from anybody: as many are served as without. */
        if (most >= 0 && fabs(most - mean) > 1e-5)
            fail_msg("with groups %.9g are served, without %.9g", most, mean);
    }
    return y;
}

static int is_excluded(const struct cf_programme *p, int a, int b)
{
    for (int i = 0; i < p->option[a].n_excludes; i++)
        if (p->option[a].exclude[i] == b)
            return 1;
    return 0;
}

static int holds_alone(const struct cf_programme *p, const int *units)
{
    for (int k = 0; k < p->n_options; k++) {
        const int opens = first_open(p, units, k);
        if (opens == 1000)
            continue;
        if (p->option[k].barred)
            return 0;
        for (int i = 0; i < p->option[k].n_needs; i++)
            if (first_open(p, units, p->option[k].need[i]) > opens)
                return 0;
        for (int o = 0; o < p->n_options; o++)
            if (is_excluded(p, k, o) && first_open(p, units, o) < 1000)
                return 0;
    }
    for (int y = 0; y < p->n_years && p->has_budget; y++) {
        for (int part = 0; part < 2; part++) {
            double capital = 0, revenue = 0;
            for (int k = 0; k < p->n_options; k++) {
                if (p->option[k].part != part)
                    continue;
                capital += units[k * p->n_years + y] * p->option[k].capital;
                revenue += open_units(p, units, k, y) * p->option[k].annual;
            }
            if (capital > p->capital[part][y] + slack || revenue > p->revenue[part][y] + slack)
                return 0;
        }
    }
    for (int r = 0; r < p->n_required; r++) {
        int n = 0;
        for (int y = 0; y <= p->required[r].year; y++)
            n += units[p->required[r].option * p->n_years + y];
        if (n < p->required[r].units)
            return 0;
    }
    return 1;
}

static int cost_of(struct brute *b, double *cost)
{
    const struct cf_programme *p = &b->t->p;
    if (!holds_alone(p, b->units))
        return 0;
    memset(cost, 0, (size_t)p->n_futures * sizeof *cost);
    for (int y = 0; y < p->n_years; y++) {
        const struct brute_year *year = year_of(b, y);
        double spent = 0, unserved = 0;
        if (!year->is_viable)
            return 0;
        for (int k = 0; k < p->n_options; k++)
            spent += open_units(p, b->units, k, y) * (p->option[k].annual + p->option[k].annuity);
        for (int f = 0; f < p->n_futures; f++) {
            double left = -year->served[f];
            for (int d = 0; d < p->n_demands; d++)
                left += p->demand[d].year == y ? p->demand[d].short_of[f] : 0;
            cost[f] += p->discount[y] * (spent + p->penalty * left);
            unserved += p->weight[f] * left;
        }
        if (p->most_unserved && unserved > p->most_unserved[y] + slack)
            return 0;
    }
    return 1;
}

static void keep_cost(struct brute *b)
{
    double cost[TEST_FUTURES];
    const size_t F = (size_t)b->t->p.n_futures;
    b->tried++;
    if (!cost_of(b, cost))
        return;
    if (b->n == b->room) {
        b->room = b->room * 2 + 64;
        b->cost = realloc(b->cost, (size_t)b->room * F * sizeof *b->cost);
        assert_non_null(b->cost);
    }
    memcpy(b->cost + (size_t)b->n++ * F, cost, F * sizeof *cost);
}

/* Every number of units in every year in which they can open. */
static void try_from(struct brute *b, int k, int year, int left)
{
    const struct cf_programme *p = &b->t->p;
    if (k == p->n_options) {
        keep_cost(b);
        return;
    }
    if (year + p->option[k].lead >= p->n_years) {
        try_from(b, k + 1, 0, k + 1 < p->n_options ? p->option[k + 1].max_units : 0);
        return;
    }
    for (int n = 0; n <= left; n++) {
        b->units[k * p->n_years + year] = n;
        try_from(b, k, year + 1, left - n);
    }
    b->units[k * p->n_years + year] = 0;
}

static void open_brute(struct brute *b, const struct test_programme *t)
{
    *b = (struct brute){.t = t};
    for (int y = 0; y < t->p.n_years; y++) {
        b->seen[y] = calloc(MOST_KEYS, sizeof *b->seen[y]);
        assert_non_null(b->seen[y]);
    }
}

static void close_brute(struct brute *b)
{
    for (int y = 0; y < b->t->p.n_years; y++)
        free(b->seen[y]);
    free(b->cost);
}

int brute_cost(const struct test_programme *t, const int *units, double *cost)
{
    struct brute b;
    open_brute(&b, t);
    memcpy(b.units, units, (size_t)(t->p.n_options * t->p.n_years) * sizeof *units);
    const int holds = cost_of(&b, cost);
    close_brute(&b);
    return holds;
}

struct brute_plan brute_plan(const struct test_programme *t)
{
    const int F = t->p.n_futures;
    struct brute b;
    struct brute_plan plan = {.value = HUGE_VAL};
    open_brute(&b, t);
    try_from(&b, 0, 0, t->p.n_options ? t->p.option[0].max_units : 0);
    for (int f = 0; f < F; f++)
        plan.best[f] = HUGE_VAL;
    for (int i = 0; i < b.n * F; i++)
        plan.best[i % F] = fmin(plan.best[i % F], b.cost[i]);
    for (int i = 0; i < b.n; i++) {
        double mean = 0, regret = -HUGE_VAL;
        for (int f = 0; f < F; f++) {
            mean += t->p.weight[f] * b.cost[i * F + f];
            regret = fmax(regret, b.cost[i * F + f] - plan.best[f]);
        }
        plan.value = fmin(plan.value, t->p.regret ? regret : mean);
    }
    plan.is_feasible = b.n > 0;
    plan.tried = b.tried;
    close_brute(&b);
    return plan;
}
