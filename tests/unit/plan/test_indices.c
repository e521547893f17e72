#include "support/check.h"

#include "unit/output/drawn.h"

#include "plan/indices.h"

static void morris_by_hand(void **state)
{
    (void)state;
    static const double effect[] = {2.385, (double)NAN, -1, 0.5};
    const struct cf_morris m = cf_morris_of(effect, 4), one = cf_morris_of(effect, 2);
    assert_int_equal(m.n, 3);
    assert_close(m.mu, 0.628333333333333, 1e-14);
    assert_close(m.mu_star, 1.295, 1e-14);
    assert_close(m.sigma, 1.69614513922993, 1e-13);
    assert_true(one.mu_star == 2.385 && isnan(one.sigma));
    assert_true(isnan(cf_morris_of(effect + 1, 1).mu));
}

/* The interval of a first-order index holds the truth about 19 times of 20. */
static void intervals_hold_the_truth(void **state)
{
    (void)state;
    enum { TIMES = 200, ROWS = 256 };
    static double y[TIMES][ROWS][4];
    static struct cf_index first[TIMES][2], total[TIMES][2];
    static int used[TIMES];
    unsigned long long random = 3;
    int held = 0;
    for (int k = 0; k < TIMES; k++) {
        for (int j = 0; j < ROWS; j++) {
            const double a[] = {drawn_random(&random), drawn_random(&random)};
            const double b[] = {drawn_random(&random), drawn_random(&random)};
            y[k][j][0] = a[0] + 2 * a[1];
            y[k][j][1] = b[0] + 2 * a[1];
            y[k][j][2] = a[0] + 2 * b[1];
            y[k][j][3] = b[0] + 2 * b[1];
        }
    }
    const struct cf_stream stream = cf_stream_of(2009, "resampling");
    cf_saltelli_indices(&(struct cf_saltelli){.n_results = TIMES,
                                              .n_rows = ROWS,
                                              .n_entries = 2,
                                              .y = &y[0][0][0],
                                              .stream = &stream},
                        first[0], total[0], used);
    for (int k = 0; k < TIMES; k++)
        held += first[k][0].low <= 0.2 && first[k][0].high >= 0.2;
    assert_int_equal(used[7], ROWS);
    assert_in_range(held, TIMES * 88 / 100, TIMES * 99 / 100);
}

/* Ranks of a monotone function of one entry are its ranks; a sum of two is worked out by normal
 * equations of ranks. */
static void rank_regression(void **state)
{
    (void)state;
    enum { N = 50 };
    double x[3][N], y[N], b[3], r2;
    unsigned long long random = 9;
    for (int d = 0; d < N; d++) {
        x[0][d] = drawn_random(&random);
        x[1][d] = drawn_random(&random);
        x[2][d] = 4;
        y[d] = exp(5 * x[0][d]);
    }
    assert_int_equal(cf_rank_regression(x[0], y, 1, N, b, &r2), N);
    assert_close(b[0], 1, 1e-12);
    assert_close(r2, 1, 1e-12);
    assert_int_equal(cf_rank_regression(x[0], y, 3, N, b, &r2), N);
    assert_close(b[0], 1, 1e-12);
    assert_close(b[1], 0, 1e-12);
    assert_true(isnan(b[2])); /* it does not vary */
    memcpy(x[2], x[1], sizeof x[2]);
    for (int d = 0; d < N; d++)
        y[d] = -x[1][d];
    y[4] = (double)NAN;
    x[0][11] = (double)NAN;
    assert_int_equal(cf_rank_regression(x[0], y, 3, N, b, &r2), N - 2);
    assert_close(b[1], -1, 1e-12);
    assert_true(isnan(b[2])); /* the one before it says the same */
    assert_close(r2, 1, 1e-12);
    assert_int_equal(cf_rank_regression(x[0], y, 1, 2, b, &r2), 2);
    assert_true(isnan(b[0]) && isnan(r2)); /* too few */
}

/* By hand: ranks of x0 1 2 3 4 5, of x1 2 1 4 3 5 and of y 1 2 4 3 5: correlations with y are 0.9
 * and 0.9, with each other 0.8, so that both coefficients are 0.5 and r2 is 0.9. */
static void rank_regression_by_hand(void **state)
{
    (void)state;
    static const double x[2][5] = {{0.1, 0.2, 0.3, 0.4, 0.9}, {7, 6, 9, 8, 100}};
    static const double y[] = {-3, -2, 5, 4, 6};
    double b[2], r2;
    assert_int_equal(cf_rank_regression(x[0], y, 2, 5, b, &r2), 5);
    assert_close(b[0], 0.5, 1e-12);
    assert_close(b[1], 0.5, 1e-12);
    assert_close(r2, 0.9, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(morris_by_hand),
        cmocka_unit_test(intervals_hold_the_truth),
        cmocka_unit_test(rank_regression),
        cmocka_unit_test(rank_regression_by_hand),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
