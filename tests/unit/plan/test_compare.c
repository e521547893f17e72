#include "support/check.h"

#include "unit/output/drawn.h"

#include "plan/compare_parts.h"

#include <math.h>

static const double none = (double)NAN;

static void cells_by_hand(void **state)
{
    (void)state;
    struct cf_cells cells = {.tolerance = 0};
    cf_compare_cell(&cells, 1, 1, 0);
    cf_compare_cell(&cells, none, none, 1);
    cf_compare_cell(&cells, 100, 90, 2);
    cf_compare_cell(&cells, 1, 2, 3);
    cf_compare_cell(&cells, none, 7, 4);
    cf_compare_cell(&cells, -0.0, 0.0, 5);
    assert_int_equal(cells.n, 6);
    assert_int_equal(cells.differing, 3);
    assert_int_equal(cells.undefined, 1);
    assert_true(cells.difference == -10 && cells.a == 100 && cells.b == 90 && cells.at == 2);
    assert_true(cells.relative == 0.5 && cells.relative_a == 1 && cells.relative_b == 2 &&
                cells.relative_at == 3);
}

/* A tolerance is of the larger value, and of 1 at least. */
static void tolerance_by_hand(void **state)
{
    (void)state;
    struct cf_cells cells = {.tolerance = 0.01};
    cf_compare_cell(&cells, 1000, 1010, 0);   /* 10 of 10.1 */
    cf_compare_cell(&cells, 1e-12, 3e-12, 1); /* noise */
    cf_compare_cell(&cells, 0.5, 0.509, 2);
    assert_int_equal(cells.differing, 0);
    assert_true(cells.difference == 10);
    cf_compare_cell(&cells, 1000, 1011, 3);
    cf_compare_cell(&cells, 0.5, 0.52, 4);
    cf_compare_cell(&cells, 3, none, 5);
    assert_int_equal(cells.differing, 3);
}

static void pairs_by_hand(void **state)
{
    (void)state;
    double difference[] = {3, none, -1, 0, 2};
    struct cf_drawn_difference of;
    cf_difference_of_pairs(difference, 5, &of);
    assert_int_equal(of.n, 4);
    assert_close(of.q05, -0.85, 1e-15);
    assert_close(of.median, 1, 1e-15);
    assert_close(of.q95, 2.85, 1e-15);
    assert_true(of.p_higher == 0.5 && of.p_lower == 0.25);
    cf_difference_of_pairs(difference, 0, &of);
    assert_true(of.n == 0 && isnan(of.median) && isnan(of.p_higher));
}

static void samples_by_hand(void **state)
{
    (void)state;
    double a[] = {5, 1, 2}, b[] = {2, none, 6}, empty[] = {none};
    struct cf_drawn_difference of;
    cf_difference_of_samples(a, 3, b, 3, &of);
    assert_int_equal(of.n, 2);
    assert_close(of.median, 2, 1e-15); /* 4 - 2 */
    assert_close(of.p_higher, 4.0 / 6, 1e-15);
    assert_close(of.p_lower, 1.0 / 6, 1e-15);
    assert_true(isnan(of.q05) && isnan(of.q95));
    cf_difference_of_samples(a, 3, empty, 1, &of);
    assert_true(of.n == 0 && isnan(of.p_higher));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_by_hand),
        cmocka_unit_test(tolerance_by_hand),
        cmocka_unit_test(pairs_by_hand),
        cmocka_unit_test(samples_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
