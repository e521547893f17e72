#include "support/check.h"

#include "calibrate/score.h"

#include <math.h>

static void near(double is, double should)
{
    if (!(fabs(is - should) <= 1e-12 * fmax(1, fabs(should))))
        fail_msg("%.17g, not %.17g", is, should);
}

/* 110 for 100, 45 for 50, 3 for 0, 80 for 80. */
static const struct cf_scored four[] = {
    {100, 110, NULL, 0}, {50, 45, NULL, 0}, {0, 3, NULL, 0}, {80, 80, NULL, 0}};

static void errors(void **state)
{
    (void)state;
    near(cf_score_mape(four, 4), (0.1 + 0.1 + 0) / 3); /* the cell of 0 is left out */
    near(cf_score_wape(four, 4), (10 + 5 + 3 + 0) / 230.0);
    near(cf_score_signed(four, 4), (0.1 - 0.1 + 0) / 3);
    near(cf_score_mae(four, 4), 18 / 4.0);
    near(cf_score_signed(four, 1), 0.1);
    assert_true(isnan(cf_score_mape(four, 0)));
    assert_true(isnan(cf_score_mape(four + 2, 1)));
    assert_true(isnan(cf_score_mae(four, 0)));
    /* Below 0 the sign is that of too high and too low all the same. */
    const struct cf_scored negative = {-10, -8, NULL, 0};
    near(cf_score_signed(&negative, 1), 0.2);
    near(cf_score_mape(&negative, 1), 0.2);
}

static void skill(void **state)
{
    (void)state;
    near(cf_score_skill(3, 4), 0.25);
    near(cf_score_skill(4, 4), 0);
    near(cf_score_skill(6, 4), -0.5);
    near(cf_score_skill(0, 4), 1);
    assert_true(isnan(cf_score_skill(1, 0)));
}

/* 8 of 10 by Wilson (1927): 0.4901625 to 0.9433178; none of 10: 0 to z^2 / (10 + z^2). */
static void intervals_of_shares(void **state)
{
    (void)state;
    const struct cf_cover most = cf_score_share(8, 10), none = cf_score_share(0, 10);
    const struct cf_cover all = cf_score_share(10, 10), nothing = cf_score_share(0, 0);
    near(most.share, 0.8);
    assert_true(fabs(most.low - 0.4901625) < 1e-6);
    assert_true(fabs(most.high - 0.9433178) < 1e-6);
    near(none.low, 0);
    assert_true(fabs(none.high - 3.841458820694124 / 13.841458820694124) < 1e-12);
    near(all.high, 1);
    near(all.low, 1 - none.high);
    assert_true(isnan(nothing.share) && isnan(nothing.low) && isnan(nothing.high));
}

/* Of 0, 10, .. 100 the central half is 25 to 75, four fifths 10 to 90. */
static void bands(void **state)
{
    (void)state;
    static const double draw[] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100};
    const struct cf_scored cell[] = {{25, 50, draw, 11}, {24.9, 50, draw, 11}, {75, 50, draw, 11},
                                     {91, 50, draw, 11}, {10, 50, draw, 11},   {5, 50, NULL, 0}};
    const struct cf_cover half = cf_score_cover(cell, 6, 0.5), most = cf_score_cover(cell, 6, 0.8);
    assert_int_equal(half.n, 5);
    assert_int_equal(half.inside, 2);
    near(half.share, 0.4);
    assert_int_equal(most.inside, 4);
}

/* Draws 1, 2, 4 and 2.5: 1/3 (1.5 + 0.5 + 1.5) - 1/18 (2 (1 + 3 + 2)) = 3.5/3 - 2/3. */
static void crps(void **state)
{
    (void)state;
    static const double draw[] = {1, 2, 4};
    near(cf_score_crps_of(draw, 3, 2.5), 0.5);
    near(cf_score_crps_of(draw, 1, 2.5), 1.5);
    near(cf_score_crps_of(draw, 3, 10), 23 / 3.0 - 2 / 3.0);
    const struct cf_scored cell[] = {{2.5, 2, draw, 3}, {2.5, 2, draw, 1}, {2.5, 2, NULL, 0}};
    near(cf_score_crps(cell, 3), 1);
    assert_true(isnan(cf_score_crps(cell + 2, 1)));
}

/* Below all of three draws u is in (0, 1/4); amid ties in the room of the ties and their gap. */
static void where_the_outturn_fell(void **state)
{
    (void)state;
    static const double draw[] = {1, 2, 4}, tied[] = {1, 2, 2};
    size_t count[4];
    for (size_t number = 0; number < 50; number++) {
        const struct cf_scored below = {0.5, 2, draw, 3}, above = {5, 2, draw, 3};
        const struct cf_scored tie = {2, 2, tied, 3};
        const double u = cf_score_pit(&below, 7, number), v = cf_score_pit(&tie, 7, number);
        assert_true(u > 0 && u < 0.25);
        assert_true(v > 0.25 && v < 1);
        assert_true(cf_score_pit(&above, 7, number) > 0.75);
        near(cf_score_pit(&below, 7, number), u);
    }
    const struct cf_scored cell[] = {{0, 2, draw, 3},   {1.5, 2, draw, 3}, {3, 2, draw, 3},
                                     {3.5, 2, draw, 3}, {9, 2, draw, 3},   {9, 2, NULL, 0}};
    cf_score_pit_histogram(cell, 6, 7, 4, count);
    assert_int_equal(count[0], 1);
    assert_int_equal(count[1], 1);
    assert_int_equal(count[2], 2);
    assert_int_equal(count[3], 1);
}

/* Where outturn and draws are of one distribution, a tenth falls into each tenth, ties or not. */
static void as_uncertain_as_it_should_be(void **state)
{
    (void)state;
    enum { CELLS = 4000 };
    static struct cf_scored cell[CELLS];
    size_t count[10];
    /* Exchangeable with the draws: each of ten numbers in turn is the outturn, the others draws. */
    static const double all[] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4};
    static double others[10][9];
    for (int k = 0; k < 10; k++)
        for (int i = 0; i < 9; i++)
            others[k][i] = all[i < k ? i : i + 1];
    for (size_t k = 0; k < CELLS; k++)
        cell[k] = (struct cf_scored){all[k % 10], 2, others[k % 10], 9};
    cf_score_pit_histogram(cell, CELLS, 2009, 10, count);
    for (int b = 0; b < 10; b++)
        assert_true(count[b] > 340 && count[b] < 460);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors),
        cmocka_unit_test(skill),
        cmocka_unit_test(intervals_of_shares),
        cmocka_unit_test(bands),
        cmocka_unit_test(crps),
        cmocka_unit_test(where_the_outturn_fell),
        cmocka_unit_test(as_uncertain_as_it_should_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
