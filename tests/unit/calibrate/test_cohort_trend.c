#include "support/check.h"

#include "calibrate/cohort_trend.h"

#include <math.h>

enum { AREAS = 2, COHORTS = 5 };

static void near(double is, double should)
{
    if (!(fabs(is - should) <= 1e-12 * fmax(1, fabs(should))))
        fail_msg("%.17g, not %.17g", is, should);
}

static double share_of(double z)
{
    return 1 / (1 + exp(-z));
}

/* Log odds in a line of slope 0.1, the same in both authorities or so far apart. */
static struct cf_cohorts line(double *share, double *size, double apart)
{
    for (int a = 0; a < AREAS; a++)
        for (int t = 0; t < COHORTS; t++) {
            share[a * COHORTS + t] = share_of(0.1 * t + (a ? apart : 0));
            size[a * COHORTS + t] = a ? 1e-9 : 1000;
        }
    return (struct cf_cohorts){AREAS, COHORTS, share, size};
}

/* The second authority is of nobody, so that the first is the nation: 0.4 + 0.1 (f + f^2 + ..), and
 * the second's distance of 0.5 goes by a tenth a year. */
static void a_damped_trend_and_a_distance_that_wears_off(void **state)
{
    (void)state;
    double share[AREAS * COHORTS], size[AREAS * COHORTS], z[AREAS * 3], national[3];
    const struct cf_cohorts c = line(share, size, 0.5);
    const struct cf_cohort_method m = {
        .cohorts = 3, .weight = 0.5, .damping = 0.8, .own = 0, .back = 0.1};
    cf_cohort_project(&c, &m, COHORTS - 1, 3, z, national);
    assert_true(fabs(national[0] - 0.48) < 1e-9);
    assert_true(fabs(national[1] - 0.544) < 1e-9);
    assert_true(fabs(national[2] - 0.5952) < 1e-9);
    near(z[0], national[0]);
    assert_true(fabs(z[3] - (0.48 + 0.45)) < 1e-9);
    assert_true(fabs(z[5] - (0.5952 + 0.5 * 0.729)) < 1e-9);
}

/* Of an own trend that is 0.2 steeper a quarter is believed: 0.05 a year more. The distance of the
 * newest cohort alone is 4 x 0.2. */
static void a_part_of_the_own_trend(void **state)
{
    (void)state;
    double share[AREAS * COHORTS], size[AREAS * COHORTS], z[AREAS * 2], national[2];
    const struct cf_cohorts c = line(share, size, 0);
    for (int t = 0; t < COHORTS; t++)
        share[COHORTS + t] = share_of(0.3 * t);
    const struct cf_cohort_method m = {.cohorts = 5, .damping = 1, .own = 0.25};
    cf_cohort_project(&c, &m, COHORTS - 1, 2, z, national);
    assert_true(fabs(z[2] - (0.5 + 0.05 + 0.8)) < 1e-9);
    assert_true(fabs(z[3] - (0.6 + 0.10 + 0.8)) < 1e-9);
}

/* What comes after the origin changes nothing. */
static void later_cohorts_are_not_read(void **state)
{
    (void)state;
    double share[AREAS * COHORTS], size[AREAS * COHORTS], z[AREAS * 2], again[AREAS * 2], n[2];
    const struct cf_cohorts c = line(share, size, 0.5);
    const struct cf_cohort_method m = {.cohorts = 2, .weight = 0.3, .damping = 0.9, .own = 0.5};
    cf_cohort_project(&c, &m, 2, 2, z, n);
    for (int a = 0; a < AREAS; a++)
        share[a * COHORTS + 3] = share[a * COHORTS + 4] = size[a * COHORTS + 3] = (double)NAN;
    cf_cohort_project(&c, &m, 2, 2, again, n);
    assert_memory_equal(z, again, sizeof z);
}

/* On a line nothing is damped, nothing wears off, and the choice finds the least of both. */
static void the_choice(void **state)
{
    (void)state;
    double share[AREAS * COHORTS], size[AREAS * COHORTS], error;
    int tried;
    const struct cf_cohorts c = line(share, size, 0.5);
    const struct cf_cohort_method m = cf_cohort_choose(&c, 1, &error, &tried);
    near(m.damping, 0.98);
    near(m.back, 0);
    assert_true(error < 0.002 && error > 0);
    near(cf_cohort_error(&c, 1, &m), error);
    assert_true(tried == 3 * 4 * 4 * 3 * 4);
}

/* No noise in a line but what damping misses; steps of 0.1, 0.3, 0.1, 0.3 are 0.2 apart each. */
static void bands_widen(void **state)
{
    (void)state;
    double share[AREAS * COHORTS], size[AREAS * COHORTS], sd[3];
    static const double z[COHORTS] = {0, 0.1, 0.4, 0.5, 0.8};
    const struct cf_cohort_method m = {.cohorts = 2, .damping = 1};
    struct cf_cohorts c = line(share, size, 0);
    cf_cohort_spread(&c, &m, 3, sd);
    assert_true(sd[0] < 1e-9 && sd[2] < 1e-9);
    for (int a = 0; a < AREAS; a++)
        for (int t = 0; t < COHORTS; t++)
            share[a * COHORTS + t] = share_of(z[t]);
    cf_cohort_spread(&c, &m, 3, sd);
    assert_true(fabs(sd[0] - 0.2) < 1e-9);
    assert_true(fabs(sd[1] - 0.2 * sqrt(1 + 4)) < 1e-9);
    assert_true(fabs(sd[2] - 0.2 * sqrt(1 + 4 + 9)) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_damped_trend_and_a_distance_that_wears_off),
        cmocka_unit_test(a_part_of_the_own_trend),
        cmocka_unit_test(later_cohorts_are_not_read),
        cmocka_unit_test(the_choice),
        cmocka_unit_test(bands_widen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
