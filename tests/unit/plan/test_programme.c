#include "support/check.h"

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
 * 37 and 20.5 are short, in two futures; a unit serves 12.25 for 1,210 a year and a lead of one.
 * 4 units serve 37 and 20.5: the third is worth 1,000 (12.25 + 0) / 2, more than it costs, the
 * fourth 1,000 0.25 / 2 is not: 24.5 of 37 is 12.5 short. So three: 36.75 and 20.5.
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(as_many_as_are_worth_it, start_arena, end_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
