#include "support/check.h"

#include "base/order.h"

#include <math.h>

static void type_7(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 4, 8};
    assert_true(cf_quantile_of(x, 4, 0) == 1);
    assert_true(cf_quantile_of(x, 4, 0.25) == 1.75);
    assert_true(cf_quantile_of(x, 4, 0.5) == 3);
    assert_true(fabs(cf_quantile_of(x, 4, 0.9) - 6.8) < 1e-12);
    assert_true(cf_quantile_of(x, 4, 1) == 8);
    assert_true(cf_quantile_of(x + 2, 1, 0.3) == 4);
}

static void sorted(void **state)
{
    (void)state;
    double x[] = {2.385, -1, 1e300, 0, -1e-300, 2.385};
    static const double expected[] = {-1, -1e-300, 0, 2.385, 2.385, 1e300};
    cf_sort_numbers(x, 6);
    for (size_t k = 0; k < 6; k++)
        assert_true(x[k] == expected[k]);
    cf_sort_numbers(x, 0);
}

static void equal_ones_share_their_ranks(void **state)
{
    (void)state;
    static const double x[] = {3, 1, 3, -2.385, 3, 1}, expected[] = {5, 2.5, 5, 1, 5, 2.5};
    double rank[6];
    cf_rank_numbers(x, 6, rank);
    for (size_t k = 0; k < 6; k++)
        assert_true(rank[k] == expected[k]);
    cf_rank_numbers(x, 1, rank);
    assert_true(rank[0] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(type_7),
        cmocka_unit_test(sorted),
        cmocka_unit_test(equal_ones_share_their_ranks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
