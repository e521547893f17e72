/* Proves: the value of knowing an input is the known one where that is known, of an input that
 * does not matter next to nothing, never above that of knowing all; shares of variance are known
 * ones. */
#include "support/check.h"

#include "base/normal.h"
#include "base/rng.h"
#include "plan/evppi.h"

#include <math.h>
#include <stdlib.h>

enum { MOST = 20000 };
static double x[3][MOST], benefit[4 * MOST], fitted[MOST];
static unsigned char half[MOST];

/* Independent standard normal numbers. */
static void draw_inputs(int n, unsigned long long seed)
{
    const struct cf_stream stream = cf_stream_of(seed, "inputs");
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < n; d++) {
            const struct cf_words w = cf_stream_words(&stream, d, 1, 0, (uint64_t)i);
            x[i][d] = cf_normal_quantile(cf_share(w.word[0], w.word[1]));
        }
    cf_part_draws(&stream, n, half);
}

/* The same, spread evenly, as a design spreads them: radical inverses. */
static void spread_inputs(int n)
{
    static const int base[] = {2, 3, 5};
    draw_inputs(n, 7);
    for (int i = 0; i < 3; i++)
        for (int d = 0; d < n; d++) {
            double u = 0, part = 1;
            for (int k = d + 1; k > 0; k /= base[i]) {
                part /= base[i];
                u += part * (k % base[i]);
            }
            x[i][d] = cf_normal_quantile(u);
        }
}

static double evppi_of(const struct cf_choices *choices, const double *input)
{
    struct cf_smooth smooth;
    cf_smooth_init(&smooth, input, choices->n_draws, half);
    const double value = cf_evppi(choices, &smooth);
    cf_smooth_free(&smooth);
    return value;
}

static double share_of(const double *input, const double *y, int n)
{
    struct cf_smooth smooth;
    double unexplained, total;
    cf_smooth_init(&smooth, input, n, half);
    cf_unexplained(&smooth, y, &unexplained, &total);
    cf_smooth_free(&smooth);
    return 1 - unexplained / total;
}

/* E max(0, m + s Z) - max(0, m). */
static double gain(double m, double s)
{
    const double z = m / s, density = exp(-z * z / 2) / sqrt(2 * acos(-1.0));
    return s * density + m * cf_normal_cdf(z) - fmax(0, m);
}

/* Do it, or not: NB = m + a x0 + b x1, or 0. */
static struct cf_choices linear(int n, double m, double a, double b)
{
    for (int d = 0; d < n; d++) {
        benefit[d] = 0;
        benefit[n + d] = m + a * x[0][d] + b * x[1][d];
    }
    return (struct cf_choices){.n_problems = 1, .n_choices = 2, .n_draws = n, .benefit = benefit};
}

static void assert_within(double value, double expected, double part)
{
    if (!(fabs(value - expected) <= part * fabs(expected)))
        print_error("%g, not %g\n", value, expected);
    assert_true(fabs(value - expected) <= part * fabs(expected));
}

static void linear_normal_within_2_percent(void **state)
{
    (void)state;
    static const double cases[][3] = {{0, 2.385, 1}, {-0.5, 1, 2}, {0.75, 1.5, 1.5}};
    spread_inputs(MOST);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        const double m = cases[k][0], a = cases[k][1], b = cases[k][2];
        const struct cf_choices choices = linear(MOST, m, a, b);
        assert_within(evppi_of(&choices, x[0]), gain(m, a), 0.02);
        assert_within(evppi_of(&choices, x[1]), gain(m, b), 0.02);
        assert_within(cf_evpi(&choices), gain(m, sqrt(a * a + b * b)), 0.02);
        assert_true(evppi_of(&choices, x[2]) < 0.002 * cf_evpi(&choices));
    }
}

static void noise_is_worth_nothing(void **state)
{
    (void)state;
    /* Forty problems that x2 knows nothing of, and few draws to tell. */
    enum { DRAWS = 200, PROBLEMS = 40 };
    static double many[PROBLEMS * 2 * DRAWS];
    for (int p = 0; p < PROBLEMS; p++) {
        draw_inputs(DRAWS, 100 + (unsigned long long)p);
        for (int d = 0; d < DRAWS; d++)
            many[(p * 2 + 1) * DRAWS + d] = 0.2 * x[0][d] + x[1][d];
    }
    const struct cf_choices choices = {PROBLEMS, 2, DRAWS, many};
    draw_inputs(DRAWS, 5);
    assert_true(evppi_of(&choices, x[2]) < 0.02 * cf_evpi(&choices));
}

static void not_above_its_ceiling(void **state)
{
    (void)state;
    enum { DRAWS = 60 };
    draw_inputs(DRAWS, 3);
    const struct cf_choices choices = linear(DRAWS, 0, 1, 0);
    assert_true(evppi_of(&choices, x[0]) <= cf_evpi(&choices));
    assert_within(evppi_of(&choices, x[0]), cf_evpi(&choices), 1e-9);
}

static void bent_and_stepped(void **state)
{
    (void)state;
    spread_inputs(MOST);
    /* y = x0^2 + x1: variances 2 and 1. A straight line would see nothing of x0. */
    for (int d = 0; d < MOST; d++)
        fitted[d] = x[0][d] * x[0][d] + x[1][d];
    assert_within(share_of(x[0], fitted, MOST), 2.0 / 3, 0.02);
    assert_within(share_of(x[1], fitted, MOST), 1.0 / 3, 0.04);
    assert_true(fabs(share_of(x[2], fitted, MOST)) < 0.002);
    /* An event that happens or not. */
    for (int d = 0; d < MOST; d++)
        x[2][d] = x[2][d] > 0.5;
    for (int d = 0; d < MOST; d++)
        fitted[d] = 3 * x[2][d] + x[1][d];
    const double p = 1 - cf_normal_cdf(0.5), of_event = 9 * p * (1 - p);
    assert_within(share_of(x[2], fitted, MOST), of_event / (of_event + 1), 0.02);
    struct cf_smooth smooth;
    cf_smooth_init(&smooth, x[2], MOST, half);
    assert_int_equal(smooth.n_terms[0], 2);
    cf_smooth_free(&smooth);
}

static void what_does_not_vary(void **state)
{
    (void)state;
    draw_inputs(100, 1);
    const struct cf_choices choices = linear(100, 0.1, 1, 1);
    for (int d = 0; d < 100; d++)
        x[2][d] = 2.385;
    struct cf_smooth smooth;
    cf_smooth_init(&smooth, x[2], 100, half);
    assert_int_equal(smooth.n_terms[0], 1);
    cf_smooth_fit(&smooth, benefit + 100, fitted);
    for (int d = 1; d < 100; d++)
        assert_true(fabs(fitted[d] - fitted[0]) < 1e-12);
    assert_true(cf_evppi(&choices, &smooth) < 1e-12);
    cf_smooth_free(&smooth);
}

static void halves_are_halves(void **state)
{
    (void)state;
    int n = 0, of_even = 0;
    draw_inputs(1001, 4);
    for (int d = 0; d < 1001; d++) {
        n += half[d];
        of_even += d % 2 == 0 && half[d];
    }
    assert_true(n == 500 || n == 501);
    assert_true(of_even > 200 && of_even < 300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_normal_within_2_percent),
        cmocka_unit_test(noise_is_worth_nothing),
        cmocka_unit_test(not_above_its_ceiling),
        cmocka_unit_test(bent_and_stepped),
        cmocka_unit_test(what_does_not_vary),
        cmocka_unit_test(halves_are_halves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
