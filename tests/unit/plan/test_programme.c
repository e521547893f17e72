#include "support/check.h"

#include "plan/programme_parts.h"
#include "support/programme.h"

#include <math.h>
#include <string.h>

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

static void close_to(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-6 * (1 + fabs(expected))))
        fail_msg("%.9g, not %.9g", value, expected);
}

static struct cf_plan_solution solved(struct test_programme *t)
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

/*
 * 37 and 20.5 are short, in two futures; a unit serves 12.25 for 1,210 a year and takes a year. The
 * second unit serves 12.25 and 8.25 more, the third 12.25 in one future, 6,125 pounds in the mean,
 * the fourth 0.25 there, which is 125: three it is, 36.75 and 20.5.
 */
static void as_many_as_are_worth_it(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(3, 2, 1000);
    const int k = test_add_option(
        t, (struct cf_programme_option){
               .annuity = 210, .annual = 1000, .lead = 1, .life = 9, .max_units = 5});
    for (int y = 0; y < 3; y++) {
        const int d = test_add_demand(t, y, 37), s = test_add_supply(t, k, y, 0, 12.25);
        t->short_of[d][1] = 20.5;
        test_add_arc(t, s, d);
    }
    const struct cf_plan_solution s = solved(t);
    assert_int_equal(s.status, CF_PLAN_OPTIMAL);
    assert_int_equal(s.units[0], 3);
    assert_int_equal(s.units[1] + s.units[2], 0);
    close_to(s.cost[0], 37000 + 2 * (3 * 1210 + 250));
    close_to(s.cost[1], 20500 + 2 * 3 * 1210);
    close_to(s.value, (s.cost[0] + s.cost[1]) / 2);
    close_to(s.served[0 * 3 + 1], 36.75);
    close_to(s.served[1 * 3 + 2], 20.5);
    close_to(s.used[1 * 3 + 2], 20.5);
    assert_true(s.relaxed <= s.value + 1e-6);
    assert_true(s.gap <= 1e-6);
    test_programme_free(t);
}

/* An option that serves `amount` of `short_of` a year, in years 0 to 4. */
static int serving(struct test_programme *t, struct cf_programme_option option, double short_of,
                   double amount)
{
    const int k = test_add_option(t, option);
    for (int y = 0; y < t->p.n_years; y++)
        test_add_arc(t, test_add_supply(t, k, y, k, amount), test_add_demand(t, y, short_of));
    return k;
}

static int started(const struct test_programme *t, const struct cf_plan_solution *s, int option)
{
    for (int y = 0; y < t->p.n_years; y++)
        if (s->units[option * t->p.n_years + y] > 0)
            return y;
    return -1;
}

/* It is wanted open in year 3 alone: started by 3 - lead, with what it needs by 3 - the need's. */
static void lead_times_move_the_start(void **state)
{
    (void)state;
    for (int lead = 1; lead <= 3; lead++) {
        struct test_programme *t = test_programme_new(5, 1, 1000);
        const int k = test_add_option(
            t, (struct cf_programme_option){.annual = 1, .lead = lead, .life = 1, .max_units = 1});
        const int need = test_add_option(
            t, (struct cf_programme_option){.lead = 2, .life = 1, .max_units = 1, .annual = 3});
        test_add_need(t, k, need);
        test_add_arc(t, test_add_supply(t, k, 3, 0, 9), test_add_demand(t, 3, 9));
        const struct cf_plan_solution s = solved(t);
        assert_int_equal(started(t, &s, k), 3 - lead);
        assert_in_range(started(t, &s, need), 0, 1);
        close_to(s.value, 4);
        assert_int_equal(cf_latest_start(&t->p, k, 3), 3 - lead);
        assert_int_equal(cf_latest_start(&t->p, need, 3), 1);
        /* What it needs takes 2 years: it cannot be open before. */
        assert_int_equal(cf_latest_start(&t->p, k, 1), -1);
        t->option[need].lead = 4; /* a need that slips past the year takes the option along */
        close_to(solved(t).value, 9000);
        assert_int_equal(cf_latest_start(&t->p, k, 3), -1);
        assert_int_equal(cf_latest_start(&t->p, k, 4), 4 - lead);
        test_programme_free(t);
    }
}

/* 3.7 and 4.3 a year: for 100 and for 900. One of them alone: the first, 4,400 a year against
 * 4,900; the second where the first is barred. */
static void excluded_and_barred(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(5, 1, 1000);
    const int a =
        serving(t, (struct cf_programme_option){.annual = 100, .life = 9, .max_units = 2}, 3.7, 4);
    const int b =
        serving(t, (struct cf_programme_option){.annual = 900, .life = 9, .max_units = 1}, 4.3, 4);
    struct cf_plan_solution s = solved(t);
    close_to(s.value, 5 * (100 + 900 + 300));
    test_add_exclude(t, b, a);
    s = solved(t);
    close_to(s.value, 5 * (100 + 4300));
    assert_int_equal(started(t, &s, b), -1);
    t->option[a].barred = 1;
    s = solved(t);
    close_to(s.value, 5 * (900 + 3700 + 300));
    assert_int_equal(started(t, &s, a), -1);
    test_programme_free(t);
}

/* Part 2's money does not pay for part 1, nor last year's for this. */
static void money_stays_where_it_is(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(5, 1, 10000);
    const struct cf_programme_option one = {
        .capital = 700, .annual = 50, .life = 9, .max_units = 3};
    struct cf_programme_option two = one;
    two.part = 1;
    const int a = serving(t, one, 3, 1), b = serving(t, two, 3, 1);
    test_add_budget(t);
    for (int y = 0; y < 5; y++) {
        t->capital[0][y] = y == 2 ? 1500 : 600; /* two in year 2 */
        t->capital[1][y] = 9000;
        t->revenue[1][y] = y < 3 ? 60 : 145; /* one, then two */
    }
    struct cf_plan_solution s = solved(t);
    assert_int_equal(s.units[a * 5 + 2], 2);
    assert_int_equal(started(t, &s, a), 2);
    assert_int_equal(s.units[b * 5 + 0], 1);
    assert_int_equal(s.units[b * 5 + 3], 1);
    close_to(s.value, 50 * (2 * 3 + 5 + 2) + 10000 * (30 - 6 - 5 - 2));
    test_programme_free(t);
}

/* A group of 12 in the mean of 9 and 14 there is 11.5: not with nobody else, with one there yes. */
static void a_group_is_filled_in_the_mean(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(1, 2, 1000);
    const int k =
        test_add_option(t, (struct cf_programme_option){.annual = 2000, .life = 1, .max_units = 2});
    const int s = test_add_supply(t, k, 0, 0, 20), d = test_add_demand(t, 0, 9);
    t->short_of[d][1] = 14;
    test_add_arc(t, s, d);
    test_add_viable(t, k, 0, 12, 0);
    close_to(solved(t).value, 11500);
    t->viable[0].there = 0.5;
    close_to(solved(t).value, 2000);
    t->viable[0].there = 0;
    t->weight[0] = 0.4; /* 12 exactly */
    t->weight[1] = 0.6;
    close_to(solved(t).value, 2000);
    test_programme_free(t);
}

/* 7 and 5 places stand empty, 4 learners are within reach of them: in the future of 5 one can go.
 */
static void only_spare_places_are_released(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(1, 2, 1000);
    const int k =
        test_add_option(t, (struct cf_programme_option){.annual = -300, .life = 1, .max_units = 9});
    const int there = test_add_supply(t, -1, 0, 3, 7), d = test_add_demand(t, 0, 4);
    t->amount[there][1] = 5;
    test_add_supply(t, k, 0, 3, -1);
    test_add_arc(t, there, d);
    struct cf_plan_solution s = solved(t);
    assert_int_equal(s.units[0], 1);
    close_to(s.value, -300);
    t->p.penalty = 200; /* then it pays to leave them unserved, but no more go than there are */
    s = solved(t);
    assert_int_equal(s.units[0], 5);
    close_to(s.cost[0], -1500 + 200 * 2);
    close_to(s.cost[1], -1500 + 200 * 4);
    test_programme_free(t);
}

/* 6 places there and 4 opened for 500 serve 10; to give up places that are needed saves 100. */
static void what_is_released_is_missed(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(1, 1, 1000);
    const int k =
        test_add_option(t, (struct cf_programme_option){.annual = 500, .life = 1, .max_units = 1});
    const int r =
        test_add_option(t, (struct cf_programme_option){.annual = -100, .life = 1, .max_units = 2});
    const int there = test_add_supply(t, -1, 0, 0, 6), d = test_add_demand(t, 0, 10);
    test_add_arc(t, there, d);
    test_add_arc(t, test_add_supply(t, k, 0, 0, 4), d);
    test_add_supply(t, r, 0, 0, -3);
    const struct cf_plan_solution s = solved(t);
    close_to(s.value, 500);
    assert_int_equal(s.units[r], 0);
    test_programme_free(t);
}

/* Each row by itself: one unit of each of two options in year 0 holds, what is done to it does not.
 */
static void plans_that_do_not_hold(void **state)
{
    (void)state;
    for (int fault = 0; fault <= 10; fault++) {
        struct test_programme *t = test_programme_new(2, 1, 1000);
        const struct cf_programme_option one = {
            .capital = 100, .annual = 10, .lead = 1, .life = 9, .max_units = 1};
        const int a = serving(t, one, 5, 3), b = serving(t, one, 5, 3);
        int units[4] = {1, 0, 1, 0};
        double open[4];
        struct cf_net net;
        test_add_budget(t);
        test_add_need(t, b, a);
        t->capital[0][0] = fault == 1 ? 199 : 200;
        t->revenue[0][1] = fault == 2 ? 19 : 20;
        units[a * 2 + 1] = fault == 3; /* opens after the end, */
        t->option[a].max_units = fault == 3 || fault == 4 ? 2 : 1;
        units[a * 2] = fault == 4 ? 3 : 1;
        t->capital[0][1] = 1000;
        if (fault == 4)
            t->capital[0][0] = t->revenue[0][1] = 1000;
        t->option[b].barred = fault == 5;
        t->option[a].lead = 1;
        if (fault == 6) { /* without what it needs */
            units[a * 2] = 0;
        }
        if (fault == 7)
            test_add_exclude(t, a, b);
        test_add_viable(t, a, 1, fault == 8 ? 3.1 : 3, 0);
        test_require(t, b, fault == 9 ? 2 : 1, 1);
        t->p.most_unserved = t->most_unserved;
        t->most_unserved[0] = HUGE_VAL;
        t->most_unserved[1] = fault == 10 ? 3.9 : 4;
        cf_net_build(&t->p, 0, &arena, &net);
        cf_plan_open(&t->p, units, open);
        if (fault == 5) /* who is barred serves nobody either */
            t->most_unserved[1] = 10;
        if (cf_plan_holds(&net, units, open) != (fault == 0))
            fail_msg("fault %d", fault);
        assert_int_equal(cf_plan_may_grow(&net, units, open), fault == 0 || fault >= 9);
        test_programme_free(t);
    }
}

/* 10 are short at a in one future, 8 at b in the other. */
static void the_largest_regret(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(1, 2, 100);
    const int a =
        test_add_option(t, (struct cf_programme_option){.annual = 300, .life = 1, .max_units = 1});
    const int b =
        test_add_option(t, (struct cf_programme_option){.annual = 400, .life = 1, .max_units = 1});
    const int at_a = test_add_demand(t, 0, 10), at_b = test_add_demand(t, 0, 0);
    t->short_of[at_a][1] = 0;
    t->short_of[at_b][1] = 8;
    test_add_arc(t, test_add_supply(t, a, 0, 0, 10), at_a);
    test_add_arc(t, test_add_supply(t, b, 0, 1, 10), at_b);
    t->weight[0] = 0.8;
    t->weight[1] = 0.2;
    struct cf_plan_solution s = solved(t); /* a alone: 300 + 0.2 x 800 = 460, both 700 */
    close_to(s.value, 460);
    assert_null(s.best);
    t->p.regret = 1;
    s = solved(t);
    /* Best 300 and 400. Nothing: 700, 400; a: 0, 700; b: 1,100, 0; both: 400, 300. */
    close_to(s.best[0], 300);
    close_to(s.best[1], 400);
    close_to(s.value, 400);
    assert_int_equal(s.units[a] + s.units[b], 2);
    close_to(s.cost[0], 700);
    test_programme_free(t);
}

/* 3 units are asked for by 2012, and there is money for one a year from 2011 on. */
static void a_conflict_has_names(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(5, 1, 1);
    const int k =
        serving(t,
                (struct cf_programme_option){
                    .name = "new wing", .capital = 800, .lead = 1, .life = 9, .max_units = 4},
                5, 1);
    test_add_budget(t);
    for (int y = 0; y < 5; y++)
        t->capital[0][y] = y == 0 ? 0 : 900;
    test_require(t, k, 3, 2);
    struct cf_plan_solution s = solved(t);
    assert_int_equal(s.status, CF_PLAN_INFEASIBLE);
    static const char *const names[] = {
        "capital of part 1 in 2010", "capital of part 1 in 2011", "capital of part 1 in 2012",
        "3 of 'new wing' required by 2012 (at most 4, which take 1 year)"};
    assert_int_equal(s.n_conflicts, 4);
    for (int i = 0; i < 4; i++)
        assert_string_equal(s.conflict[i], names[i]);
    t->required[0].year = 3;
    s = solved(t);
    assert_int_equal(s.status, CF_PLAN_OPTIMAL);
    assert_int_equal(s.units[1] + s.units[2] + s.units[3], 3);
    t->p.most_unserved = t->most_unserved; /* 5 a year are short, a unit serves one from 2012 on */
    for (int y = 0; y < 5; y++)
        t->most_unserved[y] = y == 3 ? 2.5 : HUGE_VAL;
    s = solved(t);
    assert_int_equal(s.status, CF_PLAN_INFEASIBLE);
    assert_string_equal(s.conflict[s.n_conflicts - 1], "at most 2.5 unserved in 2013");
    t->most_unserved[3] = 3;
    assert_int_equal(solved(t).status, CF_PLAN_OPTIMAL);
    test_programme_free(t);
}

static void the_greedy_rule_says_why(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(2, 1, 5000);
    const int bus = serving(
        t, (struct cf_programme_option){.name = "bus", .annual = 3000, .life = 9, .max_units = 1},
        0, 0);
    const int wing =
        serving(t,
                (struct cf_programme_option){
                    .name = "new wing", .annuity = 500, .annual = 12100, .life = 9, .max_units = 3},
                11.5, 6);
    struct cf_plan_solution s;
    struct cf_greedy_step *step;
    int n;
    test_add_need(t, wing, bus);
    assert_int_equal(cf_programme_greedy(&t->p, &arena, &s, &step, &n, NULL), CF_OK);
    assert_int_equal(n, 2);
    assert_int_equal(step[0].option, bus);
    assert_string_equal(step[0].why,
                        "start 1 unit of 'bus' in 2010 for 6,000 pounds; 'new wing' needs it");
    assert_string_equal(step[1].why, "start 2 units of 'new wing' in 2010: serves 23 learner-years "
                                     "at 2,191 pounds each; cheapest gain left");
    close_to(step[1].cost, 2 * 2 * 12600);
    close_to(step[1].gain, 23 * 5000 - 4 * 12600);
    close_to(s.value, 4 * 12600 + 2 * 3000);
    assert_true(isnan(s.gap) && isnan(s.bound));
    test_programme_free(t);
}

/* Faults of the caller are reported, not run into. */
static void a_wrong_programme(void **state)
{
    (void)state;
    struct test_programme *t = test_programme_new(2, 1, 5000);
    struct cf_plan_solution s;
    const int k = serving(t, (struct cf_programme_option){.life = 1, .max_units = 1}, 1, 1);
    test_add_arc(t, 0, 1); /* of two years */
    test_add_viable(t, k, 2, 1, 1);
    t->option[k].part = 2;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_programme_solve(&t->p, &arena, &s, diag), CF_INTERNAL);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 3);
    assert_string_equal(cf_diag_message(diag, 0).code, "plan.programme");
    cf_diag_close(diag);
    test_programme_free(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_many_as_are_worth_it, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(lead_times_move_the_start, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(excluded_and_barred, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(money_stays_where_it_is, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(a_group_is_filled_in_the_mean, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(only_spare_places_are_released, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(what_is_released_is_missed, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(plans_that_do_not_hold, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(the_largest_regret, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(a_conflict_has_names, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(the_greedy_rule_says_why, start_arena, end_arena),
        cmocka_unit_test_setup_teardown(a_wrong_programme, start_arena, end_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
