/* Iterative proportional fitting: cases worked by hand, and what every fit keeps. */
#include "support/check.h"

#include "calibrate/fit.h"
#include "support/place.h"

#include <math.h>
#include <string.h>

#define MOST 8

static struct cf_ipf fit(int n, const double *row, const double *column, double *p, int most)
{
    static double room[2 * MOST];
    struct cf_ipf f = {.n = n,
                       .row = row,
                       .column = column,
                       .p = p,
                       .room = room,
                       .tolerance = CF_FIT_TOLERANCE,
                       .most = most};
    cf_fit_matrix(&f);
    return f;
}

static void is_near(double value, double wanted, double within)
{
    if (!(fabs(value - wanted) <= within))
        fail_msg("%.17g is not %.17g", value, wanted);
}

/*
 * Two statuses, odds ratio of the prior (0.7 0.6) / (0.3 0.4) = 3.5. With rows 37 and 63 and 41.3
 * in the first column, x = first cell solves
 *   x (63 - 41.3 + x) = 3.5 (37 - x) (41.3 - x)   <=>   2.5 x^2 - 295.75 x + 5348.35 = 0
 */
static void two_by_two(void **state)
{
    (void)state;
    const double row[2] = {37, 63}, column[2] = {41.3, 58.7};
    double p[4] = {0.7, 0.3, 0.4, 0.6};
    const double x = (295.75 - sqrt(295.75 * 295.75 - 4 * 2.5 * 5348.35)) / 5;
    is_near(x, 22.28, 0.001); /* the smaller root is the one within the margins */
    const struct cf_ipf f = fit(2, row, column, p, 10000);
    assert_true(f.residual <= CF_FIT_TOLERANCE);
    assert_true(f.rounds > 1 && f.rounds < 100);
    is_near(p[0], x / 37, 1e-11);
    is_near(p[1], 1 - x / 37, 1e-11);
    is_near(p[2], (41.3 - x) / 63, 1e-11);
    is_near(p[3], 1 - (41.3 - x) / 63, 1e-11);
}

/* With this pattern of zeros the margins alone fix every cell: the first row's 11 fill the first
 * column but for 6, which the second row gives; its other 17 fill the second but for 43, which the
 * third gives, and its other 23 the third. */
static void zeros_that_leave_no_choice(void **state)
{
    (void)state;
    const double row[3] = {11, 23, 66}, column[3] = {17, 60, 23};
    double p[9] = {1, 0, 0, 0.35, 0.65, 0, 0, 0.55, 0.45};
    const struct cf_ipf f = fit(3, row, column, p, 10000);
    assert_true(f.residual <= CF_FIT_TOLERANCE);
    const double wanted[9] = {1, 0, 0, 6.0 / 23, 17.0 / 23, 0, 0, 43.0 / 66, 23.0 / 66};
    for (int i = 0; i < 9; i++) {
        is_near(p[i], wanted[i], 1e-11);
        if (wanted[i] == 0)
            assert_true(p[i] == 0);
    }
}

/* What is made of a matrix by known a and b is found again: rows and columns of
 * fit = a prior b with b = (0.3, 1, 2.9), worked out here. */
static void three_by_three(void **state)
{
    (void)state;
    const double prior[9] = {0.61, 0.27, 0.12, 0.08, 0.83, 0.09, 0.33, 0.21, 0.46};
    const double b[3] = {0.3, 1, 2.9}, row[3] = {13.7, 71.9, 208.3};
    double column[3] = {0}, wanted[9], p[9];
    for (int s = 0; s < 3; s++) {
        double all = 0;
        for (int t = 0; t < 3; t++)
            all += prior[s * 3 + t] * b[t];
        for (int t = 0; t < 3; t++) {
            wanted[s * 3 + t] = prior[s * 3 + t] * b[t] / all;
            column[t] += row[s] * wanted[s * 3 + t];
        }
    }
    for (int t = 0; t < 3; t++)
        column[t] *= 1.7; /* only its shares count */
    memcpy(p, prior, sizeof p);
    const struct cf_ipf f = fit(3, row, column, p, 10000);
    assert_true(f.residual <= CF_FIT_TOLERANCE);
    for (int i = 0; i < 9; i++)
        is_near(p[i], wanted[i], 1e-10);
}

/* A prior that fits already is left as it is. */
static void nothing_to_do(void **state)
{
    (void)state;
    const double row[2] = {30, 70}, column[2] = {43, 57};
    double p[4] = {0.5, 0.5, 0.4, 0.6};
    const struct cf_ipf f = fit(2, row, column, p, 10);
    assert_int_equal(f.rounds, 0);
    is_near(p[0], 0.5, 1e-15);
    is_near(p[2], 0.4, 1e-15);
}

/* A row of nobody is what it would be for somebody; one that leads to empty columns only is kept.
 */
static void rows_of_nobody(void **state)
{
    (void)state;
    const double row[3] = {10, 0, 0}, column[3] = {2.5, 7.5, 0};
    double p[9] = {0.5, 0.5, 0, 0.2, 0.6, 0.2, 0, 0, 1};
    const struct cf_ipf f = fit(3, row, column, p, 100);
    assert_true(f.residual <= CF_FIT_TOLERANCE);
    is_near(p[0], 0.25, 1e-12);
    is_near(p[3], 0.2 / (0.2 + 3 * 0.6), 1e-12);
    is_near(p[4], 3 * 0.6 / (0.2 + 3 * 0.6), 1e-12);
    assert_true(p[5] == 0);
    assert_true(p[8] == 1);
}

/* More is wanted in the first column than those who can reach it: the rest is said, not hidden. */
static void out_of_reach(void **state)
{
    (void)state;
    const double row[2] = {20, 80}, column[2] = {35, 65};
    double p[4] = {0.5, 0.5, 0, 1};
    const struct cf_ipf f = fit(2, row, column, p, 500);
    assert_int_equal(f.rounds, 500);
    is_near(f.residual, 0.15, 1e-9);
    is_near(p[0], 1, 1e-9);
}

/* (i, j) x (k, l) odds ratios, where the prior has all four. */
static void same_odds(int n, const double *prior, const double *p)
{
    for (int s = 1; s < n; s++)
        for (int t = 1; t < n; t++) {
            const double was = prior[0] * prior[s * n + t], is = p[0] * p[s * n + t];
            const double wasnt = prior[t] * prior[s * n], isnt = p[t] * p[s * n];
            if (was > 0 && wasnt > 0)
                is_near(is * wasnt / (isnt * was), 1, 1e-9);
        }
}

static void random_margins(void **state)
{
    (void)state;
    struct place_random random = {20260117};
    for (int trial = 0; trial < 500; trial++) {
        const int n = place_whole(&random, 2, MOST);
        double prior[MOST * MOST] = {0}, p[MOST * MOST], row[MOST] = {0}, column[MOST] = {0},
                            sum[MOST] = {0};
        double all = 0;
        for (int s = 0; s < n; s++) {
            row[s] = 0.01 + 1000 * place_uniform(&random);
            double of_row = 0, other = 0, way[MOST];
            for (int t = 0; t < n; t++) {
                const int none = s != t && t > 0 && place_uniform(&random) < 0.3;
                of_row += prior[s * n + t] = none ? 0 : 0.01 + place_uniform(&random);
                other += way[t] = none ? 0 : 0.05 + place_uniform(&random);
            }
            for (int t = 0; t < n; t++) {
                prior[s * n + t] /= of_row;
                column[t] += row[s] * way[t] / other; /* so that something meets them */
            }
            all += row[s];
        }
        memcpy(p, prior, sizeof p);
        const struct cf_ipf f = fit(n, row, column, p, 1000000);
        assert_true(f.residual <= CF_FIT_TOLERANCE);
        for (int s = 0; s < n; s++) {
            double one = 0;
            for (int t = 0; t < n; t++) {
                one += p[s * n + t];
                sum[t] += row[s] * p[s * n + t];
                assert_int_equal(p[s * n + t] > 0, prior[s * n + t] > 0);
            }
            is_near(one, 1, 1e-14);
        }
        for (int t = 0; t < n; t++)
            is_near(sum[t] / all, column[t] / all, 1e-9);
        same_odds(n, prior, p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_by_two),     cmocka_unit_test(zeros_that_leave_no_choice),
        cmocka_unit_test(three_by_three), cmocka_unit_test(nothing_to_do),
        cmocka_unit_test(rows_of_nobody), cmocka_unit_test(out_of_reach),
        cmocka_unit_test(random_margins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
