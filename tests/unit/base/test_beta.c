#include "base/beta.h"

#include "support/check.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static const double shapes[][2] = {{1, 1},       {2, 5},       {0.5, 0.5}, {0.05, 3},
                                   {3, 0.05},    {20, 80},     {100, 100}, {1000, 3},
                                   {1.5, 1.2},   {0.01, 0.01}, {1, 10},    {10, 1},
                                   {0.001, 900}, {900, 1},     {0.3, 2e4}, {1.01, 0.9}};
#define SHAPES (sizeof shapes / sizeof *shapes)

static void cdf_is_that_of_gsl(void **state)
{
    (void)state;
    for (size_t s = 0; s < SHAPES; s++)
        for (int k = 1; k < 2000; k++) {
            const double x = k / 2000.0, want = gsl_cdf_beta_P(x, shapes[s][0], shapes[s][1]);
            const double got = cf_beta_cdf(shapes[s][0], shapes[s][1], x);
            assert_true(fabs(got - want) <= 1e-11 * want + 1e-300);
        }
}

/* Worked out with 50 digits, where the C library's and GSL's do not reach. */
static void known_answers(void **state)
{
    static const double known[][4] = {
        {0.3, 20000.0, 3.635891428177551e-05, 0.87249999999890221018},
        {0.3, 20000.0, 6.717555590673996e-05, 0.9480000000009189384},
        {1000000.0, 1000000.0, 0.5001, 0.61135128213767795812},
        {1000000.0, 1000000.0, 0.4995, 0.078649577580901631498},
        {900.0, 1.0, 0.999, 0.40638662254520420464},
        {0.001, 1000000.0, 1e-09, 0.99368764621350517955},
        {0.001, 1000000.0, 2e-06, 0.99995102314999045414},
        {20.0, 80.0, 0.21, 0.6165024969811837486},
        {10000.0, 20000.0, 0.33, 0.11020551912741971582},
        {0.5, 0.5, 0.1, 0.20483276469913345754},
        {100000.0, 3.0, 0.99997, 0.42317327793863333169},
        {2.0, 5.0, 1e-30, 1.50000000000000025e-59},
    };
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const double *of = known[k], got = cf_beta_cdf(of[0], of[1], of[2]);
        print_message("I(%g, %g) at %g: %.2g of itself\n", of[0], of[1], of[2],
                      fabs(got - of[3]) / of[3]);
        assert_true(fabs(got - of[3]) <= 2e-12 * of[3]);
    }
}

/* The share below the quantile is the share asked for; where x is so near to 1 that its own last
 * place counts, the share lies between those of its neighbours. */
static void quantile_is_the_inverse(void **state)
{
    (void)state;
    for (size_t s = 0; s < SHAPES; s++)
        for (int k = 1; k < 2000; k++) {
            const double a = shapes[s][0], b = shapes[s][1], u = k / 2000.0;
            const double x = cf_beta_quantile(a, b, u);
            assert_true(x >= 0 && x <= 1);
            if (x == 0) { /* under the smallest number */
                assert_true(u < gsl_cdf_beta_P(1e-320, a, b));
                continue;
            }
            const double low = gsl_cdf_beta_P(nextafter(x, 0), a, b);
            const double high = x < 1 ? gsl_cdf_beta_P(nextafter(x, 1), a, b) : 1;
            assert_true(u >= low - 1e-12 && u <= high + 1e-12);
        }
}

static void closed_forms(void **state)
{
    (void)state;
    for (int k = 1; k < 1000; k++) {
        const double u = k / 1000.0, sine = sin(acos(-1) / 2 * u);
        assert_true(fabs(cf_beta_quantile(1, 1, u) - u) <= 1e-14);
        assert_true(fabs(cf_beta_quantile(4, 1, u) - pow(u, 0.25)) <= 1e-14);
        assert_true(fabs(cf_beta_quantile(1, 4, u) - (1 - pow(1 - u, 0.25))) <= 1e-14);
        assert_true(fabs(cf_beta_quantile(0.5, 0.5, u) - sine * sine) <= 1e-13);
    }
    assert_true(fabs(cf_beta_quantile(7, 7, 0.5) - 0.5) <= 1e-14);
}

static void limits(void **state)
{
    (void)state;
    assert_true(cf_beta_cdf(2, 3, 0) == 0);
    assert_true(cf_beta_cdf(2, 3, -1) == 0);
    assert_true(cf_beta_cdf(2, 3, 1) == 1);
    assert_true(cf_beta_cdf(2, 3, 2) == 1);
    assert_true(isnan(cf_beta_cdf(2, 3, (double)NAN)));
    assert_true(cf_beta_quantile(2, 3, 0) == 0);
    assert_true(cf_beta_quantile(2, 3, 1) == 1);
    assert_true(isnan(cf_beta_quantile(2, 3, -0.1)));
    for (double u = 0x1p-53; u < 1e-3; u *= 7) {
        const double x = cf_beta_quantile(2, 3, u), y = 1 - cf_beta_quantile(3, 2, 1 - u);
        assert_true(fabs(gsl_cdf_beta_P(x, 2, 3) - u) <= 1e-12 * u);
        /* 1 - u and 1 - x have lost what lies under 2^-53. */
        if (u > 1e-12)
            assert_true(fabs(x - y) <= (1e-12 + 0x1p-53 / u + 0x1p-52 / x) * x);
    }
}

/* The bits themselves, so that another compiler or computer is caught giving others. */
static void bits_are_always_the_same(void **state)
{
    uint64_t sum = 0;
    (void)state;
    for (size_t s = 0; s < SHAPES; s++)
        for (int k = 1; k < 200; k++) {
            const double x = cf_beta_quantile(shapes[s][0], shapes[s][1], k / 200.0);
            uint64_t bits;
            memcpy(&bits, &x, sizeof bits);
            sum = (sum ^ bits) * 0x100000001b3u;
        }
    assert_true(sum == 0x5f200385d0c55bb6u);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cdf_is_that_of_gsl),
        cmocka_unit_test(known_answers),
        cmocka_unit_test(quantile_is_the_inverse),
        cmocka_unit_test(closed_forms),
        cmocka_unit_test(limits),
        cmocka_unit_test(bits_are_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
