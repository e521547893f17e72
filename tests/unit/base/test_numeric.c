#include "base/numeric.h"

#include "support/check.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Distance from the true value in units of the last place of the double next to it. */
static double ulps(double got, long double truth)
{
    int power;
    frexpl(truth, &power);
    int last = power - DBL_MANT_DIG;
    if (last < DBL_MIN_EXP - DBL_MANT_DIG)
        last = DBL_MIN_EXP - DBL_MANT_DIG;
    return (double)fabsl(ldexpl((long double)got - truth, -last));
}

static double random_between(double low, double high)
{
    static uint64_t seed = 385;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return low + (high - low) * ((double)(seed >> 11) * 0x1p-53);
}

static double worst_exp(double low, double high, int n)
{
    double worst = 0;
    for (int i = 0; i < n; i++) {
        double x = random_between(low, high);
        double error = ulps(cf_exp(x), expl((long double)x));
        if (error > worst)
            worst = error;
    }
    return worst;
}

static void exp_is_near(void **state)
{
    (void)state;
    static const double ranges[][2] = {{-1, 1},   {-0.35, 0.35},  {-1e-6, 1e-6},
                                       {-50, 50}, {-700, 709.78}, {-745, -700}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        double worst = worst_exp(ranges[i][0], ranges[i][1], 300000);
        print_message("exp from %g to %g: %.3f ulp\n", ranges[i][0], ranges[i][1], worst);
        assert_true(worst <= 1);
    }
}

static double worst_log(double low, double high, int power, int n)
{
    double worst = 0;
    for (int i = 0; i < n; i++) {
        double x = ldexp(random_between(low, high), power);
        double error = ulps(cf_log(x), logl((long double)x));
        if (error > worst)
            worst = error;
    }
    return worst;
}

static void log_is_near(void **state)
{
    (void)state;
    static const struct {
        double low, high;
        int power;
    } ranges[] = {{0.5, 2, 0}, {0.7, 1.42, 0}, {0.99, 1.01, 0}, {1 - 1e-9, 1 + 1e-9, 0}, {0, 10, 0},
                  {0, 1e6, 0}, {1, 2, 1000},   {1, 2, -1000},   {0.001, 1, -1022}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        double worst = worst_log(ranges[i].low, ranges[i].high, ranges[i].power, 300000);
        print_message("log from %g to %g, times 2^%d: %.3f ulp\n", ranges[i].low, ranges[i].high,
                      ranges[i].power, worst);
        assert_true(worst <= 1);
    }
}

static void limits_of_exp(void **state)
{
    (void)state;
    assert_true(cf_exp(0) == 1);
    assert_true(cf_exp(-0.0) == 1);
    assert_true(cf_exp(1e-300) == 1);
    assert_true(cf_exp(DBL_TRUE_MIN) == 1);
    assert_true(isfinite(cf_exp(709.782712893384)));
    assert_true(isinf(cf_exp(709.7827128933841)));
    assert_true(isinf(cf_exp(709.79)));
    assert_true(isinf(cf_exp(709.8)));
    assert_true(isinf(cf_exp(1e300)));
    assert_true(isinf(cf_exp((double)INFINITY)));
    assert_true(cf_exp(-745.13) == DBL_TRUE_MIN);
    assert_true(cf_exp(-745.2) == 0);
    assert_true(cf_exp(-745.3) == 0);
    assert_true(cf_exp(-1e300) == 0);
    assert_true(cf_exp(-(double)INFINITY) == 0);
    assert_false(signbit(cf_exp(-1e300)));
    assert_true(isnan(cf_exp((double)NAN)));
}

static void limits_of_log(void **state)
{
    (void)state;
    assert_true(cf_log(1) == 0);
    assert_false(signbit(cf_log(1)));
    assert_true(cf_log(0) == -(double)INFINITY);
    assert_true(cf_log(-0.0) == -(double)INFINITY);
    assert_true(isnan(cf_log(-1)));
    assert_true(isnan(cf_log(-DBL_TRUE_MIN)));
    assert_true(isnan(cf_log(-(double)INFINITY)));
    assert_true(isnan(cf_log((double)NAN)));
    assert_true(cf_log((double)INFINITY) == (double)INFINITY);
    assert_true(ulps(cf_log(DBL_MAX), logl(DBL_MAX)) <= 1);
    assert_true(ulps(cf_log(DBL_MIN), logl(DBL_MIN)) <= 1);
    assert_true(ulps(cf_log(DBL_TRUE_MIN), logl(DBL_TRUE_MIN)) <= 1);
    double beside = nextafter(1, 2);
    assert_true(ulps(cf_log(beside), logl(beside)) <= 0.51);
}

/* Larger goes to larger, also where the reduced argument changes sign. */
static void exp_rises(void **state)
{
    (void)state;
    static const double ln_2 = 0.69314718055994530942;
    for (int k = -1074; k < 1023; k++) {
        double x = (k + 0.5) * ln_2, before = cf_exp(x);
        for (int i = 0; i < 50; i++) {
            x = nextafter(x, 1000);
            assert_true(cf_exp(x) >= before);
            before = cf_exp(x);
        }
    }
}

/* The bits themselves, so that another compiler or computer is caught giving others. */
static void bits_are_always_the_same(void **state)
{
    (void)state;
    uint64_t sum = 0;
    for (int i = -7000; i <= 7000; i++) {
        double x = i * 0.1013, e = cf_exp(x), l = cf_log(e);
        uint64_t bits[2];
        memcpy(&bits[0], &e, sizeof e);
        memcpy(&bits[1], &l, sizeof l);
        sum = (sum ^ bits[0]) * 0x100000001b3u;
        sum = (sum ^ bits[1]) * 0x100000001b3u;
    }
    assert_true(sum == 0x948490b09a4494bdu);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exp_is_near),   cmocka_unit_test(log_is_near),
        cmocka_unit_test(limits_of_exp), cmocka_unit_test(limits_of_log),
        cmocka_unit_test(exp_rises),     cmocka_unit_test(bits_are_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
