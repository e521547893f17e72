/* Plans of small programmes against every plan there is, and what has to hold of any. */
#include "support/check.h"

#include "support/brute_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { INSTANCES = 200 };

static struct cf_arena arena;

static int start_arena(void **state)
{
    (void)state;
    cf_arena_init(&arena);
    return 0;
}

static int end_arena(void **state)
{
    (void)state;
    cf_arena_free(&arena);
    return 0;
}

static struct cf_plan_solution solved(const struct test_programme *t)
{
    struct cf_plan_solution solution;
    cf_diag *diag = cf_diag_open();
    const enum cf_status status = cf_programme_solve(&t->p, &arena, &solution, diag);
    if (status != CF_OK)
        cf_diag_print(diag, stderr, CF_NOTICE, 0, 0);
    assert_int_equal(status, CF_OK);
    cf_diag_close(diag);
    return solution;
}

/* Up to 12 units over options and years: at most 4,096 plans. */
static struct test_programme *small(struct place_random *random, int number)
{
    const struct test_programme_size size = {.options = place_whole(random, 2, 9),
                                             .years = place_whole(random, 2, 5),
                                             .futures = place_whole(random, 1, 4),
                                             .lines = place_whole(random, 1, 2),
                                             .areas = place_whole(random, 1, 4),
                                             .sites = place_whole(random, 1, 3),
                                             .most_units = place_whole(random, 1, 3),
                                             .most_starts = 12};
    struct test_programme *t = test_random_programme(random, &size);
    t->p.regret = number % 2;
    return t;
}

static void assert_close(int number, const char *what, double value, double expected)
{
    if (!(fabs(value - expected) <= 2e-6 * (1 + fabs(expected))))
        fail_msg("programme %d: %s %.10g, not %.10g", number, what, value, expected);
}

/* What the solution says of itself agrees with a count of its units afresh. */
static void assert_solution(int number, const struct test_programme *t,
                            const struct cf_plan_solution *s)
{
    const struct cf_programme *p = &t->p;
    double cost[TEST_FUTURES], mean = 0, regret = -HUGE_VAL;
    if (!brute_cost(t, s->units, cost))
        fail_msg("programme %d: the plan does not hold its rows", number);
    for (int f = 0; f < p->n_futures; f++) {
        assert_close(number, "cost", s->cost[f], cost[f]);
        mean += p->weight[f] * cost[f];
        if (p->regret)
            regret = fmax(regret, cost[f] - s->best[f]);
    }
    assert_close(number, "value", s->value, p->regret ? regret : mean);
    assert_true(s->bound <= s->value && s->gap >= 0);
    assert_true(s->relaxed <= s->value + 1e-6 * (1 + fabs(s->value)));
}

/* Who is served is short, and by no more than there is; all of it adds up to the cost. */
static void assert_served(int number, const struct test_programme *t,
                          const struct cf_plan_solution *s)
{
    const struct cf_programme *p = &t->p;
    for (int f = 0; f < p->n_futures; f++) {
        double served[TEST_YEARS] = {0}, used[TEST_YEARS] = {0}, cost = 0;
        for (int d = 0; d < p->n_demands; d++) {
            const double v = s->served[f * p->n_demands + d];
            assert_true(v >= -1e-9 && v <= p->demand[d].short_of[f] + 1e-6);
            served[p->demand[d].year] += v;
            cost += p->discount[p->demand[d].year] * p->penalty * (p->demand[d].short_of[f] - v);
        }
        for (int i = 0; i < p->n_supplies; i++)
            used[p->supply[i].year] += s->used[f * p->n_supplies + i];
        for (int y = 0; y < p->n_years; y++)
            assert_close(number, "used", used[y], served[y]);
        for (int k = 0; k < p->n_options; k++) {
            for (int y = 0; y < p->n_years; y++) {
                int open = 0;
                for (int from = 0; from <= y; from++)
                    if (from + p->option[k].lead <= y &&
                        y < from + p->option[k].lead + p->option[k].life)
                        open += s->units[k * p->n_years + from];
                cost += p->discount[y] * (p->option[k].annual + p->option[k].annuity) * open;
            }
        }
        assert_close(number, "cost of who is served", cost, s->cost[f]);
    }
    for (int v = 0; v < p->n_viable; v++) {
        const struct cf_viable *row = &p->viable[v];
        double filled = row->there;
        int open = 0;
        for (int from = 0; from + p->option[row->option].lead <= row->year; from++)
            if (row->year < from + p->option[row->option].lead + p->option[row->option].life)
                open += s->units[row->option * p->n_years + from];
        for (int i = 0; i < p->n_supplies; i++)
            for (int f = 0; f < p->n_futures && p->supply[i].option == row->option &&
                            p->supply[i].year == row->year;
                 f++)
                filled += p->weight[f] * s->used[f * p->n_supplies + i];
        if (open > 0 && filled < row->group - 1e-5)
            fail_msg("programme %d: a group of %g has %g", number, row->group, filled);
    }
}

static void no_plan_is_better(void **state)
{
    (void)state;
    struct place_random random = {20120901};
    int tried = 0, gains = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct test_programme *t = small(&random, i);
        const struct brute_plan best = brute_plan(t);
        const struct cf_plan_solution s = solved(t);
        int units = 0;
        assert_true(best.is_feasible); /* nothing at all is a plan */
        assert_int_equal(s.status, CF_PLAN_OPTIMAL);
        for (int f = 0; f < t->p.n_futures && t->p.regret; f++)
            assert_close(i, "least in a future", s.best[f], best.best[f]);
        assert_close(i, "value", s.value, best.value);
        assert_solution(i, t, &s);
        assert_served(i, t, &s);
        for (int k = 0; k < t->p.n_options * t->p.n_years; k++)
            units += s.units[k];
        gains += units > 0;
        tried += best.tried;
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("%d plans tried, %d of %d start something\n", tried, gains, INSTANCES);
    assert_true(gains > INSTANCES / 3);
}

/* The greedy rule: holds every row, says what it does, and is never better than the best. */
static void greedy_is_never_better(void **state)
{
    (void)state;
    struct place_random random = {7};
    int as_good = 0, steps = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct test_programme *t = small(&random, 0);
        const struct cf_plan_solution best = solved(t);
        struct cf_plan_solution s;
        struct cf_greedy_step *step;
        int n, left[TEST_OPTIONS * TEST_YEARS];
        double nothing[TEST_FUTURES], mean = 0;
        assert_int_equal(cf_programme_greedy(&t->p, &arena, &s, &step, &n, NULL), CF_OK);
        assert_int_equal(s.status, CF_PLAN_GREEDY);
        s.bound = s.value; /* what is not there is not looked at */
        s.relaxed = s.value;
        s.gap = 0;
        assert_solution(i, t, &s);
        assert_served(i, t, &s);
        if (s.value < best.value - 1e-6 * (1 + fabs(best.value)))
            fail_msg("programme %d: greedy %.10g, best %.10g", i, s.value, best.value);
        as_good += s.value <= best.value + 1e-6 * (1 + fabs(best.value));
        memset(left, 0, sizeof left);
        assert_true(brute_cost(t, left, nothing));
        for (int f = 0; f < t->p.n_futures; f++)
            mean += t->p.weight[f] * nothing[f];
        memcpy(left, s.units, (size_t)(t->p.n_options * t->p.n_years) * sizeof *left);
        for (int k = 0; k < n; k++) {
            mean -= step[k].gain;
            left[step[k].option * t->p.n_years + step[k].year] -= step[k].units;
            assert_non_null(strstr(step[k].why, t->p.option[step[k].option].name));
        }
        for (int k = 0; k < t->p.n_options * t->p.n_years; k++)
            assert_int_equal(left[k], 0);
        assert_close(i, "cost by steps", mean, s.value);
        steps += n;
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("%d steps, as good as the best in %d of %d\n", steps, as_good, INSTANCES);
}

/* What a row's name says is given up. */
static void give_up(struct test_programme *t, const char *name)
{
    struct cf_programme *p = &t->p;
    int part, year, units, option = -1, other = -1;
    char a[16], b[16];
    for (int k = 0; k < p->n_options; k++) {
        char quoted[32];
        snprintf(quoted, sizeof quoted, "'%s'", t->option[k].name);
        const char *at = strstr(name, quoted);
        if (at && (option < 0 || at < strstr(name, t->option[option].name)))
            other = option, option = k;
        else if (at)
            other = k;
    }
    if (sscanf(name, "capital of part %d in %d", &part, &year) == 2) {
        t->capital[part - 1][year - p->first_year] = 1e9;
    } else if (sscanf(name, "revenue of part %d in %d", &part, &year) == 2) {
        t->revenue[part - 1][year - p->first_year] = 1e9;
    } else if (sscanf(name, "at most %*g unserved in %d", &year) == 1) {
        t->most_unserved[year - p->first_year] = HUGE_VAL;
    } else if (sscanf(name, "%d of %15s required by %d", &units, a, &year) == 3) {
        for (int r = 0; r < p->n_required; r++)
            if (t->required[r].option == option && t->required[r].units == units &&
                t->required[r].year == year - p->first_year)
                t->required[r].units = 0;
    } else if (strncmp(name, "quality floor", 13) == 0) {
        t->option[option].barred = 0;
    } else if (sscanf(name, "%15s needs %15s", a, b) == 2) {
        t->option[option].n_needs = 0; /* of one at most */
    } else if (sscanf(name, "%15s excludes %15s", a, b) == 2) {
        t->option[option].n_excludes -=
            t->option[option].n_excludes && t->exclude[option][0] == other;
        t->option[other].n_excludes -=
            t->option[other].n_excludes && t->exclude[other][0] == option;
    } else if (strncmp(name, "viable group", 12) == 0) {
        const char *in = strrchr(name, ' ');
        for (int v = 0; v < p->n_viable; v++)
            if (t->viable[v].option == option && t->viable[v].year == atoi(in) - p->first_year)
                t->viable[v].group = 0;
    } else if (strncmp(name, "places that", 11) == 0) {
        const int y = atoi(strrchr(name, ' ')) - p->first_year;
        for (int s = 0; s < p->n_supplies; s++)
            for (int f = 0; f < p->n_futures; f++)
                if (p->supply[s].year == y && t->amount[s][f] < 0)
                    t->amount[s][f] = 0;
    } else {
        fail_msg("no row is named: %s", name);
    }
}

static void force(struct test_programme *t, struct place_random *random)
{
    for (int n = place_whole(random, 1, 2); n > 0; n--) {
        const int k = place_whole(random, 0, t->p.n_options - 1);
        const int latest = t->p.n_years - 1 - t->option[k].lead;
        test_require(t, k, place_whole(random, 1, t->option[k].max_units),
                     place_whole(random, 0, 1) && latest > 0
                         ? latest
                         : place_whole(random, 0, t->p.n_years - 1));
    }
    if (place_whole(random, 0, 3))
        return;
    t->p.most_unserved = t->most_unserved;
    for (int y = 0; y < t->p.n_years; y++) {
        double mean = 0;
        for (int d = 0; d < t->p.n_demands; d++)
            for (int f = 0; f < t->p.n_futures && t->demand[d].year == y; f++)
                mean += t->weight[f] * t->short_of[d][f];
        t->most_unserved[y] = place_whole(random, 0, 1) ? HUGE_VAL : 0.95 * mean;
    }
}

/* What is forced is found to be possible or not as it is; where not, the rows that are named
 * exclude each other, and without any one of them do not. */
static void conflicts_are_irreducible(void **state)
{
    (void)state;
    struct place_random random = {20130901};
    int impossible = 0, rows = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct test_programme *t = small(&random, i);
        if (t->p.n_options == 0) {
            test_programme_free(t);
            continue;
        }
        force(t, &random);
        const struct brute_plan best = brute_plan(t);
        const struct cf_plan_solution s = solved(t);
        assert_int_equal(s.status, best.is_feasible ? CF_PLAN_OPTIMAL : CF_PLAN_INFEASIBLE);
        assert_int_equal(s.n_conflicts > 0, !best.is_feasible);
        if (best.is_feasible) {
            assert_close(i, "value", s.value, best.value);
            assert_solution(i, t, &s);
        }
        impossible += !best.is_feasible;
        rows += s.n_conflicts;
        /* Without any one of the rows: as if only those that are named were there. */
        for (int r = 0; r < s.n_conflicts; r++) {
            struct test_programme *fewer = test_programme_copy(t);
            const struct cf_plan_solution all = solved(fewer);
            struct cf_plan_solution now = all;
            give_up(fewer, s.conflict[r]);
            for (int rounds = 0; rounds < 100; rounds++) { /* rows beside those that were named */
                int others = 0;
                now = solved(fewer);
                for (int c = 0; c < now.n_conflicts; c++) {
                    int named = 0;
                    for (int q = 0; q < s.n_conflicts; q++)
                        named |= q != r && strcmp(now.conflict[c], s.conflict[q]) == 0;
                    if (!named) {
                        give_up(fewer, now.conflict[c]);
                        others++;
                    }
                }
                if (!others)
                    break;
            }
            if (now.status == CF_PLAN_INFEASIBLE)
                fail_msg("programme %d: not possible without '%s' either", i, s.conflict[r]);
            test_programme_free(fewer);
        }
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("%d of %d not possible, %d rows named\n", impossible, INSTANCES, rows);
    assert_true(impossible > 20);
}

/* Less money in any row of the budget, and nothing gets better. */
static void less_money_is_never_better(void **state)
{
    (void)state;
    struct place_random random = {20140901};
    int worse = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct test_programme *t = small(&random, 0);
        const struct cf_plan_solution before = solved(t);
        const int part = place_whole(&random, 0, 1);
        const int year = place_whole(&random, 0, t->p.n_years - 1);
        if (!t->p.has_budget)
            test_add_budget(t);
        (place_whole(&random, 0, 1) ? t->capital : t->revenue)[part][year] *=
            place_whole(&random, 0, 9) / 10.0;
        const struct cf_plan_solution after = solved(t);
        if (after.value < before.value - 1e-6 * (1 + fabs(before.value)))
            fail_msg("programme %d: %.10g with less than for %.10g", i, after.value, before.value);
        worse += after.value > before.value + 1e-6 * (1 + fabs(before.value));
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("less money is worse in %d of %d\n", worse, INSTANCES);
    assert_true(worse > 0);
}

/* What part 1 pays is a plan without part 2, unless it needs something of it. */
static void part_1_stands_alone(void **state)
{
    (void)state;
    struct place_random random = {20150901};
    int parts = 0;
    for (int i = 0; i < INSTANCES; i++) {
        struct test_programme *t = small(&random, i);
        double cost[TEST_FUTURES];
        int both[2] = {0};
        for (int k = 0; k < t->p.n_options; k++)
            for (int n = t->option[k].n_needs - 1; n >= 0; n--)
                if (t->option[t->need[k][n]].part > t->option[k].part)
                    t->option[k].n_needs = n;
        const struct cf_plan_solution s = solved(t);
        for (int k = 0; k < t->p.n_options; k++) {
            for (int y = 0; y < t->p.n_years; y++) {
                both[t->option[k].part] |= s.units[k * t->p.n_years + y] > 0;
                if (t->option[k].part == 1)
                    s.units[k * t->p.n_years + y] = 0;
            }
        }
        if (!brute_cost(t, s.units, cost))
            fail_msg("programme %d: part 1 does not hold its rows alone", i);
        parts += both[0] && both[1];
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("both parts start something in %d of %d\n", parts, INSTANCES);
    assert_true(parts > 5);
}

/* The same programme, the same plan: also where the number of nodes ends the search. */
static void the_same_plan_twice(void **state)
{
    (void)state;
    struct place_random random = {20160901};
    int stopped = 0;
    for (int i = 0; i < 12; i++) {
        const struct test_programme_size size = {.options = 20 + i,
                                                 .years = 6,
                                                 .futures = 3,
                                                 .lines = 2,
                                                 .areas = 5,
                                                 .sites = 4,
                                                 .most_units = 2};
        struct test_programme *t = test_random_programme(&random, &size);
        t->p.most_nodes = i % 2 ? 1 : 20;
        t->p.regret = i % 3 == 0;
        const struct cf_plan_solution a = solved(t), b = solved(t);
        assert_int_equal(a.status, b.status);
        assert_int_equal(a.nodes, b.nodes);
        assert_memory_equal(&a.value, &b.value, sizeof a.value);
        assert_memory_equal(&a.bound, &b.bound, sizeof a.bound);
        if (a.status < CF_PLAN_INFEASIBLE) {
            assert_memory_equal(a.units, b.units,
                                (size_t)(t->p.n_options * t->p.n_years) * sizeof *a.units);
            assert_true(a.bound <= a.value);
            assert_served(i, t, &a);
        }
        stopped += a.status == CF_PLAN_NODES;
        test_programme_free(t);
        cf_arena_reset(&arena);
    }
    print_message("%d of 12 stopped by nodes\n", stopped);
    assert_true(stopped > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_plan_is_better, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(conflicts_are_irreducible, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(less_money_is_never_better, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(part_1_stands_alone, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(the_same_plan_twice, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(greedy_is_never_better, start_arena, end_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
