#include "support/check.h"

#include <math.h>

#include "model/lever_ops.h"

static double apply(const char *op, double x, double value)
{
    int k = cf_lever_op_find(op);
    assert_true(k >= 0);
    return cf_lever_ops[k].apply(x, value);
}

static void near(double is, double should)
{
    if (fabs(is - should) > 1e-14 * fmax(1, fabs(should)))
        fail_msg("%.17g is not %.17g", is, should);
}

static void plain_operations(void **state)
{
    (void)state;
    near(apply("set", 3.1, 2.385), 2.385);
    near(apply("add", 3.1, -0.7), 2.4);
    near(apply("scale", 3.1, 1.5), 4.65);
    near(apply("log_add", 2.385, 0), 2.385);
    near(apply("log_add", 2.385, 0.6931471805599453), 4.77);
    assert_int_equal(cf_lever_op_find("log"), -1);
}

static void min_is_a_ceiling_and_max_a_floor(void **state)
{
    (void)state;
    near(apply("min", 3.1, 2.5), 2.5);
    near(apply("min", 2.1, 2.5), 2.1);
    near(apply("max", 3.1, 2.5), 3.1);
    near(apply("max", 2.1, 2.5), 2.5);
}

static void odds_move_and_certainty_stays(void **state)
{
    (void)state;
    /* odds 0.2 / 0.8 = 1/4, doubled: 1/2, a share of 1/3; halved: 1/8, a share of 1/9 */
    near(apply("logit_add", 0.2, 0.6931471805599453), 1.0 / 3);
    near(apply("logit_add", 0.2, -0.6931471805599453), 1.0 / 9);
    assert_true(apply("logit_add", 0, 5) == 0);
    assert_true(apply("logit_add", 1, -5) == 1);
    assert_true(apply("logit_add", 0.5, 1e6) == 1);
    assert_true(apply("logit_add", 0.5, -1e6) == 0);
    assert_true(apply("logit_add", -0.3, 2) == -0.3);
}

static void nothing_stays_nothing_and_absent_stays_absent(void **state)
{
    (void)state;
    assert_true(apply("log_add", 0, 1e6) == 0);
    for (int k = 0; k < cf_n_lever_ops; k++) {
        double x = cf_lever_ops[k].apply(NAN, 0.5);
        assert_int_equal(isnan(x) != 0, k != cf_lever_op_find("set"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_operations),
        cmocka_unit_test(min_is_a_ceiling_and_max_a_floor),
        cmocka_unit_test(odds_move_and_certainty_stays),
        cmocka_unit_test(nothing_stays_nothing_and_absent_stays_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
