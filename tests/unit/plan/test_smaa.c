/* Proves: acceptabilities are shares that add up, equal alternatives get equal ones, a dominated
 * one is never first, and they are those known on paper. */
#include "support/check.h"

#include "plan/smaa.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 12, MOST_CRITERIA = 5, MOST_DRAWS = 40 };

struct sample {
    struct cf_smaa smaa;
    double x[MOST_DRAWS * MOST * MOST_CRITERIA], weight[MOST_CRITERIA];
    struct cf_stream streams[MOST_CRITERIA];
    double rank[MOST * MOST], central[MOST * MOST_CRITERIA], confidence[MOST];
};

static struct sample s;

static void begin(int draws, int alternatives, int criteria, double concentration)
{
    static const char *const names[] = {"one", "two", "three", "four", "five"};
    s = (struct sample){.smaa = {.n_draws = draws,
                                 .n_alternatives = alternatives,
                                 .n_criteria = criteria,
                                 .concentration = concentration,
                                 .n_weights = 50}};
    s.smaa.x = s.x;
    s.smaa.weight = s.weight;
    s.smaa.streams = s.streams;
    for (int k = 0; k < criteria; k++) {
        s.weight[k] = 1.0 / criteria;
        s.streams[k] = cf_stream_of(7, names[k]);
    }
}

static void compute(void)
{
    struct cf_acceptabilities into = {s.rank, s.central, s.confidence};
    cf_smaa(&s.smaa, &into);
}

static double *at(int draw, int alternative)
{
    return s.x + (draw * s.smaa.n_alternatives + alternative) * s.smaa.n_criteria;
}

static double share(int n, int member)
{
    const struct cf_stream stream = cf_stream_of(2385, "x");
    const struct cf_words w = cf_stream_words(&stream, n, 1, 0, (uint64_t)member);
    return cf_share(w.word[0], w.word[1]);
}

static void fill(void)
{
    for (int k = 0; k < s.smaa.n_draws * s.smaa.n_alternatives * s.smaa.n_criteria; k++)
        s.x[k] = share(k, 0);
}

static void check_sums(void)
{
    const int n = s.smaa.n_alternatives, K = s.smaa.n_criteria;
    for (int a = 0; a < n; a++) {
        double row = 0, column = 0, weights = 0;
        for (int r = 0; r < n; r++) {
            row += s.rank[a * n + r];
            column += s.rank[r * n + a];
        }
        for (int k = 0; k < K; k++)
            weights += s.central[a * K + k];
        assert_true(fabs(row - 1) < 1e-12 && fabs(column - 1) < 1e-12);
        if (s.rank[a * n] > 0)
            assert_true(fabs(weights - 1) < 1e-12 && s.confidence[a] >= 0 && s.confidence[a] <= 1);
        else
            assert_true(isnan(weights) && isnan(s.confidence[a]));
    }
}

static void shares_add_up(void **state)
{
    (void)state;
    for (int concentration = 0; concentration < 100; concentration += 32) {
        begin(MOST_DRAWS, MOST, MOST_CRITERIA, concentration);
        fill();
        compute();
        check_sums();
    }
    begin(MOST_DRAWS, 1, 3, 0);
    fill();
    compute();
    assert_true(s.rank[0] == 1 && s.confidence[0] == 1);
}

static void equal_alternatives_are_equal(void **state)
{
    (void)state;
    begin(MOST_DRAWS, 7, 4, 16);
    fill();
    for (int d = 0; d < MOST_DRAWS; d++)
        for (int k = 0; k < 4; k++)
            at(d, 5)[k] = at(d, 1)[k];
    compute();
    check_sums();
    for (int r = 0; r < 7; r++)
        assert_true(s.rank[5 * 7 + r] == s.rank[7 + r]);
    /* All of them alike: every rank is anybody's. */
    for (int d = 0; d < MOST_DRAWS; d++)
        for (int a = 0; a < 7; a++)
            memcpy(at(d, a), at(d, 0), 4 * sizeof(double));
    compute();
    for (int k = 0; k < 49; k++)
        assert_true(fabs(s.rank[k] - 1.0 / 7) < 1e-12);
}

static void dominated_is_never_first(void **state)
{
    (void)state;
    begin(MOST_DRAWS, 6, 5, 0);
    fill();
    for (int d = 0; d < MOST_DRAWS; d++)
        for (int k = 0; k < 5; k++)
            at(d, 2)[k] = at(d, 4)[k] * (k == 3 ? 1 : 0.99);
    compute();
    assert_true(s.rank[2 * 6] == 0 && isnan(s.confidence[2]));
    assert_true(cf_expected_rank(s.rank + 2 * 6, 6) > cf_expected_rank(s.rank + 4 * 6, 6));
}

/* Others who come and go leave the order of two alone: scores are their own. */
static void known_on_paper(void **state)
{
    (void)state;
    begin(1, 3, 2, 0);
    s.smaa.n_weights = 20000;
    static const double x[] = {1, 0, 0, 1, 0.25, 0.25};
    memcpy(s.x, x, sizeof x);
    compute();
    /* w ~ uniform: the first wins where w > 1/2; the third is second where the smaller weight is
     * below 1/4. The mean of w above 1/2 is 3/4. */
    assert_true(fabs(s.rank[0] - 0.5) < 0.01 && fabs(s.rank[3] - 0.5) < 0.01 && s.rank[6] == 0);
    assert_true(fabs(s.rank[7] - 0.5) < 0.01);
    assert_true(fabs(s.central[0] - 0.75) < 0.01 && fabs(s.central[3] - 0.75) < 0.01);
    assert_true(s.confidence[0] == 1 && s.confidence[1] == 1);
    assert_true(fabs(cf_expected_rank(s.rank, 3) - 1.75) < 0.02);
    assert_int_equal(cf_rank_quantile(s.rank, 3, 0.05), 1);
    assert_int_equal(cf_rank_quantile(s.rank, 3, 0.95), 3);
    assert_int_equal(cf_rank_quantile(s.rank + 6, 3, 0.95), 3);
    assert_int_equal(cf_rank_quantile(s.rank + 6, 3, 0.05), 2);
}

/* Moments of Dirichlet(c w): mean w, variance w (1 - w) / (c + 1). */
static void weights_are_dirichlet(void **state)
{
    (void)state;
    static const double stated[] = {0.5, 0.3, 0.15, 0.05, 0};
    static const double concentrations[] = {4, 64};
    enum { SAMPLES = 40000 };
    for (int c = 0; c < 2; c++) {
        begin(1, 1, 5, concentrations[c]);
        memcpy(s.weight, stated, sizeof stated);
        double sum[5] = {0}, square[5] = {0};
        for (int n = 0; n < SAMPLES; n++) {
            double weight[5], all = 0;
            cf_smaa_weights(&s.smaa, n, weight);
            for (int k = 0; k < 5; k++) {
                sum[k] += weight[k];
                square[k] += weight[k] * weight[k];
                all += weight[k];
            }
            assert_true(fabs(all - 1) < 1e-12 && weight[4] == 0);
        }
        for (int k = 0; k < 5; k++) {
            const double mean = sum[k] / SAMPLES, w = stated[k];
            const double variance = square[k] / SAMPLES - mean * mean;
            assert_true(fabs(mean - w) < 0.005);
            assert_true(fabs(variance - w * (1 - w) / (concentrations[c] + 1)) <
                        0.03 * w * (1 - w) / (concentrations[c] + 1) + 1e-15);
        }
    }
}

static void same_seed_same_numbers(void **state)
{
    (void)state;
    begin(10, 5, 3, 8);
    fill();
    compute();
    double once[25];
    memcpy(once, s.rank, sizeof once);
    compute();
    assert_memory_equal(once, s.rank, sizeof once);
    s.streams[0] = cf_stream_of(8, "one");
    compute();
    assert_true(memcmp(once, s.rank, sizeof once) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_add_up),
        cmocka_unit_test(equal_alternatives_are_equal),
        cmocka_unit_test(dominated_is_never_first),
        cmocka_unit_test(known_on_paper),
        cmocka_unit_test(weights_are_dirichlet),
        cmocka_unit_test(same_seed_same_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
