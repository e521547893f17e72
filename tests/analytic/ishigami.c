/*
 * Case 8 of the analytic cases: the Ishigami function (a = 7, b = 0.1),
 *
 *   f = sin x1 + a sin^2 x2 + b x3^4 sin x1,   x uniform from -pi to pi
 *
 * has first-order indices 0.3139, 0.4424, 0 and total ones 0.5576, 0.4424, 0.2437.
 */
#include "support/check.h"
#include "support/future.h"

#include "plan/sobol_indices.h"

#include <math.h>
#include <stdlib.h>

#define K 3

static double ishigami(const double *x)
{
    const double s = sin(x[1]);
    return sin(x[0]) + 7 * s * s + 0.1 * pow(x[2], 4) * sin(x[0]);
}

/* The function at every run of a saltelli design of N rows: [N][K + 2]. To be freed. */
static double *runs(int n, double beside)
{
    const double pi = acos(-1);
    struct cf_model *m = future_new(1, 1);
    future_add(m, "x1", "uniform", -pi, pi);
    future_add(m, "x2", "uniform", -pi, pi);
    future_add(m, "x3", "uniform", -pi, pi);
    future_design(m, CF_DESIGN_SALTELLI, n);
    double *values = future_values(m), *f = malloc((size_t)(n * (K + 2)) * sizeof *f);
    if (!f)
        abort();
    for (int d = 0; d < n * (K + 2); d++)
        f[d] = ishigami(values + (size_t)(d + 1) * K) + beside;
    free(values);
    future_free(m);
    return f;
}

static const struct cf_sobol_index known[K] = {{0.3139, 0.5576}, {0.4424, 0.4424}, {0, 0.2437}};

/* The closed forms behind the numbers: they are those of the function, not of a table. */
static void numbers_are_the_functions(void **state)
{
    const double pi = acos(-1), a = 7, b = 0.1;
    const double v1 = 0.5 * pow(1 + b * pow(pi, 4) / 5, 2), v2 = a * a / 8;
    const double v13 = b * b * pow(pi, 8) * (1.0 / 18 - 1.0 / 50), v = v1 + v2 + v13;
    (void)state;
    assert_true(fabs(v1 / v - known[0].first) < 5e-5);
    assert_true(fabs((v1 + v13) / v - known[0].total) < 5e-5);
    assert_true(fabs(v2 / v - known[1].first) < 5e-5);
    assert_true(fabs(v13 / v - known[2].total) < 5e-5);
}

static void indices_within_a_hundredth(void **state)
{
    static const double beside[] = {0, 1e6}; /* a level far off takes nothing away */
    (void)state;
    for (int k = 0; k < 2; k++) {
        struct cf_sobol_index index[K];
        double *f = runs(1 << 14, beside[k]);
        cf_sobol_indices(f, K, NULL, 1 << 14, index);
        for (int i = 0; i < K; i++) {
            print_message("x%d: first %.4f, total %.4f\n", i + 1, index[i].first, index[i].total);
            assert_true(fabs(index[i].first - known[i].first) < 0.01);
            assert_true(fabs(index[i].total - known[i].total) < 0.01);
        }
        free(f);
    }
}

/* Rows by number: all in order is none given, and what they say is what rows copied out say. */
static void chosen_rows(void **state)
{
    enum { N = 256 };
    struct cf_sobol_index all[K], listed[K], some[K], copied[K];
    double *f = runs(N, 0), out[N * (K + 2)];
    int row[N], n = 0;
    (void)state;
    for (int j = 0; j < N; j++)
        row[j] = j;
    cf_sobol_indices(f, K, NULL, N, all);
    cf_sobol_indices(f, K, row, N, listed);
    assert_memory_equal(all, listed, sizeof all);
    for (int j = 0; j < N; j += j % 3 + 1) {
        row[n] = j;
        for (int r = 0; r < K + 2; r++)
            out[n * (K + 2) + r] = f[j * (K + 2) + r];
        n++;
    }
    cf_sobol_indices(f, K, row, n, some);
    cf_sobol_indices(out, K, NULL, n, copied);
    assert_memory_equal(some, copied, sizeof some);
    assert_true(some[0].first != all[0].first);
    free(f);
}

static void nothing_varies(void **state)
{
    static const double flat[2 * (K + 2)] = {3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    struct cf_sobol_index index[K];
    (void)state;
    cf_sobol_indices(flat, K, NULL, 2, index);
    for (int i = 0; i < K; i++)
        assert_true(isnan(index[i].first) && isnan(index[i].total));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_the_functions),
        cmocka_unit_test(indices_within_a_hundredth),
        cmocka_unit_test(chosen_rows),
        cmocka_unit_test(nothing_varies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
