#include "base/normal.h"

#include "support/check.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static long double share_below(double z)
{
    return 0.5L * erfcl(-(long double)z / sqrtl(2));
}

/* Under valgrind, and on some machines, long double is worth no more than double: then it is no
 * measure of what is right to 1e-15. Asked when it runs, not of the compiler. */
static void need_long_double(void)
{
    volatile long double one = 1, hair = 0x1p-60L;
    if (one + hair == one) {
        print_message("skipped: long double is no longer than double here\n");
        skip();
    }
}

/* To 1e-15 of itself wherever the share is a normal number, 3 units of 2^-1074 below. */
static void cdf_is_near(void **state)
{
    double worst = 0;
    (void)state;
    need_long_double();
    for (double z = -37.5; z < 9; z += 0.000371) {
        const long double truth = share_below(z);
        const double error = (double)fabsl((cf_normal_cdf(z) - truth) / truth);
        worst = error > worst ? error : worst;
    }
    print_message("normal cdf: %.3g of itself\n", worst);
    assert_true(worst <= 1e-15);
    for (double z = -38.5; z < -37.5; z += 0.01)
        assert_true(fabsl(cf_normal_cdf(z) - share_below(z)) <= 3 * 0x1p-1074L);
}

/* How far off z is, by the share that the C library finds below it, from 1e-300 to 1 - 1e-16. */
static double off(double u, double z)
{
    const long double truth = u <= 0.5 ? u : 1 - (long double)u;
    const long double tail = share_below(u <= 0.5 ? z : -z);
    const long double density = expl(-0.5L * z * z) / sqrtl(2 * acosl(-1));
    return (double)fabsl((tail - truth) / density);
}

static void quantile_is_near(void **state)
{
    double worst = 0;
    (void)state;
    for (double log_u = -690; log_u < -0.0001; log_u += 0.0071) {
        const double u = exp(log_u), z = cf_normal_quantile(u);
        const double error = off(u, z) / fmax(1e-3, fabs(z));
        worst = error > worst ? error : worst;
    }
    print_message("normal quantile: %.3g of itself\n", worst);
    assert_true(worst <= 1e-15);
    for (int k = 1; k < 1 << 16; k++) {
        const double u = k * 0x1p-16;
        assert_true(fabs(cf_normal_quantile(u) - gsl_cdf_ugaussian_Pinv(u)) <= 3e-15);
        assert_true(fabs(cf_normal_cdf(cf_normal_quantile(u)) - u) <= 4e-16);
    }
}

static void both_are_symmetric_and_rise(void **state)
{
    double below = 0, before = -(double)INFINITY;
    (void)state;
    for (double z = -8; z < 7; z += 0.0013) {
        assert_true(fabs(cf_normal_cdf(z) + cf_normal_cdf(-z) - 1) <= 2.3e-16);
        assert_true(cf_normal_cdf(z) > below);
        below = cf_normal_cdf(z);
    }
    for (int k = 1; k < 4096; k++) {
        const double z = cf_normal_quantile(k * 0x1p-12);
        assert_true(z == -cf_normal_quantile(1 - k * 0x1p-12));
        assert_true(z > before);
        before = z;
    }
}

static void limits(void **state)
{
    (void)state;
    assert_true(cf_normal_cdf(0) == 0.5);
    assert_true(cf_normal_quantile(0.5) == 0);
    assert_true(cf_normal_cdf(-(double)INFINITY) == 0);
    assert_true(cf_normal_cdf((double)INFINITY) == 1);
    assert_true(cf_normal_cdf(-50) == 0);
    assert_true(cf_normal_cdf(9) == 1);
    assert_true(isnan(cf_normal_cdf((double)NAN)));
    assert_true(cf_normal_quantile(0) == -(double)INFINITY);
    assert_true(cf_normal_quantile(1) == (double)INFINITY);
    assert_true(isnan(cf_normal_quantile(-0.1)));
    assert_true(isnan(cf_normal_quantile(1.1)));
    assert_true(isnan(cf_normal_quantile((double)NAN)));
    assert_true(fabs(cf_normal_quantile(0x1p-53) + 8.2095361516013874) < 1e-13);
    assert_true(cf_normal_quantile(1 - 0x1p-53) == -cf_normal_quantile(0x1p-53));
    assert_true(isfinite(cf_normal_quantile(0x1p-1074)));
}

/* The bits themselves, so that another compiler or computer is caught giving others. */
static void bits_are_always_the_same(void **state)
{
    uint64_t sum = 0;
    (void)state;
    for (int k = 1; k < 20000; k++) {
        const double u = k / 20000.0, far = cf_normal_quantile(u * 1e-9);
        const double value[] = {cf_normal_quantile(u), cf_normal_cdf(8 * u - 4), far,
                                cf_normal_cdf(far * 3)};
        for (int v = 0; v < 4; v++) {
            uint64_t bits;
            memcpy(&bits, &value[v], sizeof bits);
            sum = (sum ^ bits) * 0x100000001b3u;
        }
    }
    assert_true(sum == 0x5b61cb88d61fbd04u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cdf_is_near),
        cmocka_unit_test(quantile_is_near),
        cmocka_unit_test(both_are_symmetric_and_rise),
        cmocka_unit_test(limits),
        cmocka_unit_test(bits_are_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
