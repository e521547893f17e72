/*
 * Cases with an answer on paper: MODEL.md 4, cases 1 and 2.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/select.h"

#include <math.h>

static void assert_close(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-12 * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* Case 1. One area, survival 1, no migration: who is 3 to 6 in 2009 is 14 to 17 in 2020. */
static void cohorts_age_on(void **state)
{
    static const double children[4] = {2385.5, 2291.25, 2178.125, 2066.0625};
    const struct place_size size = {
        .A = 1, .G = 1, .X = 22, .L = 1, .S = 2, .Y = 12, .choice_x = 22};
    struct cf_model *m = place_new(&size);
    (void)state;
    for (int x = 0; x < 4; x++)
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = children[x];
    for (int y = 0; y < size.Y; y++)
        *place_at(m, CF_FIELD_entrants, (int[]){y, 0, 0}) = 100 + y;
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_OK);
    for (int x = 0; x < 4; x++)
        assert_close(r.population[VIEW2(11, x + 11, size.X)], children[x]);
    /* Those who entered in 2010 (101) are 10 years past the first age in 2020; in 2020: 111. */
    assert_close(r.population[VIEW2(11, 10, size.X)], 101);
    assert_close(r.population[VIEW2(11, 0, size.X)], 111);
    place_result_free(&r);
    place_free(m);
}

/*
 * Case 2. Two areas that exchange people at constant rates: the stock after k steps is the k-th
 * power of the transition applied to the start.
 *
 *   M = | 1 - 0.10 + 0.10 x 0.25   0.20 x 0.25            |   with in_shares 0.25 and 0.60, so
 *       | 0.10 x 0.60              1 - 0.20 + 0.20 x 0.60 |   that 0.15 of the movers leave
 *     = | 0.925  0.05 |
 *       | 0.06   0.92 |
 *
 *   start (1000, 600):  M start   = (955, 612)
 *                       M^2 start = (913.975, 620.34)
 *                       M^3 start = (876.443875, 625.5513)
 */
static void two_areas_follow_the_matrix_power(void **state)
{
    static const double expected[4][2] = {
        {1000, 600}, {955, 612}, {913.975, 620.34}, {876.443875, 625.5513}};
    const struct place_size size = {.A = 2, .G = 1, .X = 5, .L = 1, .S = 2, .Y = 4, .choice_x = 5};
    struct cf_model *m = place_new(&size);
    (void)state;
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 1}) = 1000;
    *place_at(m, CF_FIELD_population, (int[]){1, 0, 1}) = 600;
    for (int x = 0; x < size.X; x++) {
        *place_at(m, CF_FIELD_out_rate, (int[]){0, 0, x}) = 0.10;
        *place_at(m, CF_FIELD_out_rate, (int[]){1, 0, x}) = 0.20;
        *place_at(m, CF_FIELD_in_share, (int[]){0, 0, x}) = 0.25;
        *place_at(m, CF_FIELD_in_share, (int[]){1, 0, x}) = 0.60;
    }
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_OK);
    for (int y = 0; y < 4; y++)
        for (int a = 0; a < 2; a++)
            assert_close(r.population[VIEW4(y, a, 2, 0, 1, 1 + y, size.X)], expected[y][a]);
    place_result_free(&r);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohorts_age_on),
        cmocka_unit_test(two_areas_follow_the_matrix_power),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
