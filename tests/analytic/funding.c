/*
 * The arithmetic of funding: cases 7 and 9 with their numbers written out. MODEL.md 9.8.
 */
#include "plan/funding.h"
#include "support/check.h"

#include <math.h>

static struct cf_line_money nothing(void)
{
    const double none = (double)NAN;
    return (struct cf_line_money){none, none, none, none, none, none, none, none};
}

static void assert_pounds(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-6))
        fail_msg("%.9g pounds instead of %.9g", value, expected);
}

/* ---- case 7 ---- */

static void test_a_programme_of_150_hours(void **state)
{
    (void)state;
    const double sln = cf_sln(1, 150);
    assert_true(sln == 150.0 / 450);
    assert_pounds(cf_sln_income(sln, 2920, 1.123, 0), 1093.0533333333333);
    assert_true(round(cf_sln_income(sln, 2920, 1.123, 0)) == 1093);
}

static void test_a_college_of_3123(void **state)
{
    (void)state;
    assert_pounds(cf_sln_income(3123, 2920, 1.123, 500000), 10740816.68);
    assert_true(round(cf_sln_income(3123, 2920, 1.123, 500000)) == 10740817);
}

static void test_a_line_is_paid_by_its_attributes(void **state)
{
    (void)state;
    struct cf_line_money line = nothing();
    line.guided_hours = 150;
    assert_true(isnan(cf_line_income(1, &line)));
    line.rate_per_sln = 2920;
    assert_pounds(cf_line_income(1, &line), 150.0 / 450 * 2920);
    line.provider_factor = 1.123;
    assert_pounds(cf_line_income(1, &line), 1093.0533333333333);
    assert_pounds(cf_line_income(0, &line), 0);
    line.success_rate = 0.7;
    assert_pounds(cf_line_income(60, &line), 60 * 1093.0533333333333 * 0.85);
    line.guided_hours = (double)NAN;
    assert_true(isnan(cf_line_income(1, &line)));
}

/* ---- case 9 ---- */

static void test_half_the_money_hangs_on_success(void **state)
{
    (void)state;
    assert_true(cf_success_factor(1) == 1);
    assert_true(cf_success_factor(0) == 0.5);
    assert_true(fabs(cf_success_factor(0.8) - 0.9) < 1e-15);
    assert_true(fabs(cf_success_factor(0.7) - 0.85) < 1e-15);
}

/* ---- cost of provision ---- */

static void test_one_too_many_opens_a_group(void **state)
{
    (void)state;
    assert_true(cf_groups(0, 20) == 0);
    assert_true(cf_groups(1e-12, 20) == 1);
    assert_true(cf_groups(20, 20) == 1);
    assert_true(cf_groups(20 + 1e-12, 20) == 1);
    assert_true(cf_groups(20.1, 20) == 2);
    assert_true(cf_groups(61, 20) == 4);
    assert_true(cf_groups(61, (double)INFINITY) == 1);
}

static void test_cost_of_groups_and_learners(void **state)
{
    (void)state;
    struct cf_line_money line = nothing();
    assert_true(isnan(cf_provision_cost(45, &line)));
    line.cost_learner = 1500;
    assert_pounds(cf_provision_cost(45, &line), 67500);
    line.cost_group = 42000;
    assert_pounds(cf_provision_cost(45, &line), 67500 + 42000);
    line.full_group = 22;
    assert_pounds(cf_provision_cost(45, &line), 67500 + 3 * 42000);
    assert_pounds(cf_provision_cost(44, &line), 66000 + 2 * 42000);
    assert_pounds(cf_provision_cost(0, &line), 0);
    line.cost_learner = (double)NAN;
    assert_pounds(cf_provision_cost(44, &line), 2 * 42000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_programme_of_150_hours),
        cmocka_unit_test(test_a_college_of_3123),
        cmocka_unit_test(test_a_line_is_paid_by_its_attributes),
        cmocka_unit_test(test_half_the_money_hangs_on_success),
        cmocka_unit_test(test_one_too_many_opens_a_group),
        cmocka_unit_test(test_cost_of_groups_and_learners),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
