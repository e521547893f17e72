/* Cohort survival: rates worked by hand, and what shrinkage, gaps, levels and patterns do to them.
 */
#include "support/check.h"

#include "past.h"

/* Two areas, three years, ages 0 to 2; stocks by hand. */
static void two_areas(struct past *past)
{
    static const double stock[2][3][3] = {{{100, 90, 81}, {104, 103, 93}, {99, 106, 101}},
                                          {{200, 180, 170}, {190, 210, 171}, {205, 188, 200}}};
    past_open(past, 2, 0, 3, 1, 3);
    for (int a = 0; a < 2; a++)
        for (int y = 0; y < 3; y++)
            for (int x = 0; x < 3; x++)
                *past_stock(past, y, a, 0, x) = stock[a][y][x];
}

static void rates_are_means_of_years(void **state)
{
    (void)state;
    struct past past;
    two_areas(&past);
    cf_survival_fit(&past.fit);
    past_is(past_rate(&past, 0, 0, 1), (log(103.0 / 100) + log(106.0 / 104)) / 2, 1e-15);
    past_is(past_rate(&past, 1, 0, 2), (log(171.0 / 180) + log(200.0 / 210)) / 2, 1e-15);
    assert_int_equal(past.fit.first_year, 2001);
    past.fit.rules.years = 1;
    cf_survival_fit(&past.fit);
    past_is(past_rate(&past, 0, 0, 2), log(101.0 / 103), 1e-15);
    assert_int_equal(past.fit.first_year, 2002);
    cf_arena_free(&past.arena);
}

/* Given up in full, areas have the mean of all, by persons of the last year. */
static void pooling_goes_to_the_mean(void **state)
{
    (void)state;
    struct past past;
    two_areas(&past);
    past.fit.rules.years = 1;
    past.fit.rules.pool = 1;
    cf_survival_fit(&past.fit);
    const double mean = (101 * log(101.0 / 103) + 200 * log(200.0 / 210)) / 301;
    past_is(past_rate(&past, 0, 0, 2), mean, 1e-15);
    past_is(past_rate(&past, 1, 0, 2), mean, 1e-15);
    past.fit.rules.pool = 0.25;
    cf_survival_fit(&past.fit);
    past_is(past_rate(&past, 0, 0, 2), 0.25 * mean + 0.75 * log(101.0 / 103), 1e-15);
    cf_arena_free(&past.arena);
}

/* What is counted goes on in full, the rest as far as it is said to. */
static void what_is_not_explained(void **state)
{
    (void)state;
    struct past past;
    two_areas(&past);
    past.fit.rules.years = 1;
    past.fit.rules.unexplained = 0.25;
    const size_t cell = cf_history_cell(&past.history, 2, 0, 0, 2);
    past.history.deaths[cell] = 1;
    past.history.net[cell] = 3;
    cf_survival_fit(&past.fit);
    past_is(past_rate(&past, 0, 0, 2), 0.75 * log(105.0 / 103) + 0.25 * log(101.0 / 103), 1e-15);
    past_is(past_rate(&past, 1, 0, 2), log(200.0 / 210), 1e-15);
    cf_arena_free(&past.arena);
}

/* Between censuses: a cohort's change is spread evenly over the years and the ages it went through.
 */
static void years_that_are_missing(void **state)
{
    (void)state;
    struct past past;
    past_open(&past, 1, 0, 4, 1, 5);
    for (int x = 0; x < 5; x++) {
        *past_stock(&past, 0, 0, 0, x) = 100;
        *past_stock(&past, 3, 0, 0, x) = 100 * exp(x == 3 ? 0.03 : x == 4 ? -0.06 : 0);
    }
    cf_survival_fit(&past.fit);
    past_is(past_rate(&past, 0, 0, 1), 0.01, 1e-14);
    past_is(past_rate(&past, 0, 0, 2), -0.005, 1e-14);
    past_is(past_rate(&past, 0, 0, 3), -0.005, 1e-14);
    past_is(past_rate(&past, 0, 0, 4), -0.02, 1e-14);
    cf_arena_free(&past.arena);
}

/*
 * Areas that have but one year take their parent's rates, their own level of all ages beside it,
 * and of the steps of their ages what births do not explain.
 */
static void parents_levels_and_patterns(void **state)
{
    (void)state;
    struct past past;
    past_open(&past, 2, 1, 2, 1, 3);
    for (int x = 0; x < 3; x++) {
        *past_stock(&past, 0, 2, 0, x) = 1000;
        *past_stock(&past, 1, 2, 0, x) = 1000 * exp(0.01 * x);
        *past_stock(&past, 1, 0, 0, x) = 50 * exp(0.1 * x);
        *past_stock(&past, 1, 1, 0, x) = 100 - 50 * exp(0.1 * x);
    }
    for (int a = 0; a < 2; a++) {
        past.history.total[cf_history_all(&past.history, 0, a)] = 500;
        past.history.total[cf_history_all(&past.history, 1, a)] = 500;
        past.history.moved[cf_history_all(&past.history, 1, a)] = a ? -5 : 10;
    }
    past.fit.rules.level = 0.5;
    cf_survival_fit(&past.fit);
    past_is(past.fit.level[0], 10.0 / 500 - 5.0 / 1000, 1e-15);
    past_is(past_rate(&past, 0, 0, 1), 0.01 + 0.5 * 0.015, 1e-14);
    past_is(past_rate(&past, 1, 0, 2), 0.02 - 0.5 * 0.015, 1e-14);
    past.fit.rules.pattern = 0.3;
    cf_survival_fit(&past.fit);
    past_is(past.fit.step[2], 0.1, 1e-14);
    past_is(past_rate(&past, 0, 0, 1), 0.01 + 0.0075 + 0.3 * (0.1 - 0.0075), 1e-14);
    /* Births a year apart that explain the step leave the level alone. */
    past.history.births[cf_history_all(&past.history, 1, 0)] = 40;
    past.history.births[cf_history_all(&past.history, 1, 1)] = 60;
    past.history.births[cf_history_all(&past.history, 0, 0)] = 40 * exp(0.1);
    past.history.births[cf_history_all(&past.history, 0, 1)] = 100 - 40 * exp(0.1);
    past.fit.rules.pattern = 0;
    past.fit.rules.pattern_births = 1;
    cf_survival_fit(&past.fit);
    assert_true(past.fit.by_births[1] && !past.fit.by_births[2]);
    past_is(past.fit.step[1], 0, 1e-14);
    assert_int_equal(past.fit.n_without, 0);
    past.parent[1] = -1;
    cf_survival_fit(&past.fit);
    assert_int_equal(past.fit.n_without, 1);
    cf_arena_free(&past.arena);
}

/* Errors by hand: of two areas in two years, all ages alike: +e, -e and +d, -d. */
static void errors_of_a_year(void **state)
{
    (void)state;
    struct past past;
    struct cf_survival_noise noise;
    const double change[2][2] = {{0.05, 0.01}, {-0.02, 0.04}};
    past_open(&past, 2, 0, 3, 1, 4);
    for (int a = 0; a < 2; a++)
        for (int y = 0; y < 3; y++)
            for (int x = 0; x < 4; x++)
                *past_stock(&past, y, a, 0, x) =
                    1000 * exp((y > 0 ? change[a][0] : 0) + (y > 1 ? change[a][1] : 0));
    cf_survival_fit(&past.fit);
    cf_survival_errors(&past.fit, 1, 3, &noise);
    /* Mean rates 0.03 and 0.01: errors 0.02, -0.02 and -0.03, 0.03. */
    assert_int_equal(noise.n_errors, 4);
    past_is(noise.level_sd, sqrt((2 * 0.0004 + 2 * 0.0009) / 4 * 2), 1e-14);
    past_is(noise.shared, 0.005 * 0.005 / 0.00065, 1e-12);
    past_is(noise.ar1, 0, 0);
    past_is(noise.age_persons, 0, 1e-12);
    cf_arena_free(&past.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_means_of_years),    cmocka_unit_test(pooling_goes_to_the_mean),
        cmocka_unit_test(what_is_not_explained),       cmocka_unit_test(years_that_are_missing),
        cmocka_unit_test(parents_levels_and_patterns), cmocka_unit_test(errors_of_a_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
