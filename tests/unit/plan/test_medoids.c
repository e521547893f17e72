/* Proves: the points chosen are no worse than what any exchange of one makes of them, and the best
 * there are of few; weights are shares of the points nearest; equal points count as one. */
#include "support/check.h"

#include "plan/medoids.h"

#include <math.h>
#include <string.h>

enum { MOST = 40, MOST_D = 3 };

static double uniform(unsigned long long *state)
{
    *state = *state * 6364136223846793005ull + 1442695040888963407ull;
    return (double)(*state >> 11) * 0x1p-53;
}

static double distance(const double *x, int a, int b, int D)
{
    double sum = 0;
    for (int d = 0; d < D; d++)
        sum += (x[a * D + d] - x[b * D + d]) * (x[a * D + d] - x[b * D + d]);
    return sum;
}

static double sum_of(const double *x, int n, int D, const int *medoid, int k, double *weight)
{
    double sum = 0;
    memset(weight, 0, (size_t)k * sizeof *weight);
    for (int p = 0; p < n; p++) {
        int best = 0;
        for (int c = 1; c < k; c++)
            if (distance(x, p, medoid[c], D) < distance(x, p, medoid[best], D))
                best = c;
        sum += distance(x, p, medoid[best], D);
        weight[best] += 1.0 / n;
    }
    return sum;
}

static void no_exchange_helps(void **state)
{
    (void)state;
    unsigned long long seed = 2009;
    double x[MOST * MOST_D], weight[MOST], other[MOST];
    for (int round = 0; round < 200; round++) {
        const int n = 2 + (int)(uniform(&seed) * (MOST - 2)), D = 1 + round % MOST_D;
        const int k = 1 + (int)(uniform(&seed) * (n < 12 ? n : 12));
        int medoid[MOST], changed[MOST];
        for (int i = 0; i < n * D; i++)
            x[i] = round % 4 ? uniform(&seed) * 100 : floor(uniform(&seed) * 3);
        const int found = cf_medoids(x, n, D, k, medoid, weight);
        assert_in_range(found, 1, k);
        const double sum = sum_of(x, n, D, medoid, found, other);
        double all = 0;
        for (int c = 0; c < found; c++) {
            assert_true(c == 0 || medoid[c] > medoid[c - 1]);
            assert_true(fabs(weight[c] - other[c]) < 1e-12 && weight[c] > 0);
            all += weight[c];
        }
        assert_true(fabs(all - 1) < 1e-12);
        if (found < k) /* there are no more different points */
            assert_true(sum == 0);
        for (int c = 0; c < found; c++)
            for (int p = 0; p < n; p++) {
                memcpy(changed, medoid, sizeof changed);
                changed[c] = p;
                assert_true(sum_of(x, n, D, changed, found, other) >= sum * (1 - 1e-9));
            }
    }
}

static void two_heaps_have_one_each(void **state)
{
    (void)state;
    static const double x[] = {1, 2, 3, 101, 102, 103, 104, 105};
    int medoid[3];
    double weight[3];
    assert_int_equal(cf_medoids(x, 8, 1, 2, medoid, weight), 2);
    assert_int_equal(medoid[0], 1);
    assert_int_equal(medoid[1], 5);
    assert_true(fabs(weight[0] - 0.375) < 1e-12 && fabs(weight[1] - 0.625) < 1e-12);
    assert_int_equal(cf_medoids(x, 1, 1, 1, medoid, weight), 1);
    assert_true(medoid[0] == 0 && weight[0] == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_exchange_helps),
                                       cmocka_unit_test(two_heaps_have_one_each)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
