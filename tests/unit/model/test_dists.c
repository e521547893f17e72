#include "model/dists.h"

#include "base/rng.h"
#include "support/check.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#define NO_END HUGE_VAL

/* Cumulative distributions of others: GSL's, or the textbook's formula. */
static double normal_cdf(const double *p, double x)
{
    return gsl_cdf_gaussian_P(x - p[0], p[1]);
}

static double lognormal_cdf(const double *p, double x)
{
    return gsl_cdf_lognormal_P(x, log(p[0]), p[1]);
}

static double beta_cdf(const double *p, double x)
{
    return gsl_cdf_beta_P(x, p[0], p[1]);
}

static double uniform_cdf(const double *p, double x)
{
    return gsl_cdf_flat_P(x, p[0], p[1]);
}

static double triangular_cdf(const double *p, double x)
{
    if (x <= p[1])
        return (x - p[0]) * (x - p[0]) / ((p[2] - p[0]) * (p[1] - p[0]));
    return 1 - (p[2] - x) * (p[2] - x) / ((p[2] - p[0]) * (p[2] - p[1]));
}

static const struct smooth {
    const char *name;
    double p[3];
    double mean, variance;
    double (*cdf)(const double *p, double x);
} smooth[] = {
    {"normal", {0, 1}, 0, 1, normal_cdf},
    {"normal", {-3, 0.25}, -3, 0.0625, normal_cdf},
    {"lognormal", {1, 0.5}, 1.1331484530668263, 0.3646958540123865, lognormal_cdf},
    {"lognormal", {250, 0.1}, 251.25313021485024, 634.4483089117276, lognormal_cdf},
    {"beta", {2, 5}, 2.0 / 7, 10.0 / 392, beta_cdf},
    {"beta", {0.5, 0.7}, 0.5 / 1.2, 0.35 / (1.44 * 2.2), beta_cdf},
    {"beta", {40, 3}, 40.0 / 43, 120.0 / (43 * 43 * 44), beta_cdf},
    {"uniform", {-1, 3}, 1, 16.0 / 12, uniform_cdf},
    {"triangular", {0, 0.2, 1}, 0.4, (0.04 + 1 - 0.2) / 18, triangular_cdf},
    {"triangular", {1, 1, 4}, 2, 0.5, triangular_cdf},
    {"triangular", {1, 4, 4}, 3, 0.5, triangular_cdf},
};
#define SMOOTH (sizeof smooth / sizeof *smooth)

static const struct cf_dist *find(const char *name)
{
    const int k = cf_dist_find(name);
    assert_true(k >= 0);
    return &cf_dists[k];
}

static void by_name(void **state)
{
    (void)state;
    for (int k = 0; k < cf_n_dists; k++) {
        assert_int_equal(cf_dist_find(cf_dists[k].name), k);
        for (int p = 0; p < CF_MOST_DIST_PARAMETERS; p++)
            assert_int_equal(cf_dists[k].parameter[p] != NULL, p < cf_dists[k].n_parameters);
    }
    assert_int_equal(cf_n_dists, 7);
    assert_int_equal(cf_dist_find("Normal"), -1);
    assert_int_equal(cf_dist_find("gamma"), -1);
}

static void agree_with_others(void **state)
{
    (void)state;
    for (size_t s = 0; s < SMOOTH; s++) {
        const struct cf_dist *dist = find(smooth[s].name);
        const double *p = smooth[s].p;
        assert_null(dist->fault(p));
        for (int k = 1; k < 1000; k++) {
            const double u = k / 1000.0, x = dist->quantile(p, NULL, u);
            assert_true(fabs(dist->cdf(p, NULL, x) - u) <= 1e-14);
            assert_true(fabs(smooth[s].cdf(p, x) - u) <= 1e-13);
            assert_true(dist->quantile(p, NULL, u + 0.0005) > x);
        }
    }
}

/* The integral of the quantile is the mean, that of its square about the mean the variance. */
static void moments(void **state)
{
    enum { N = 1 << 19 };
    (void)state;
    for (size_t s = 0; s < SMOOTH; s++) {
        const struct cf_dist *dist = find(smooth[s].name);
        const double sd = sqrt(smooth[s].variance);
        double mean = 0, variance = 0;
        for (int k = 0; k < N; k++) {
            const double x = dist->quantile(smooth[s].p, NULL, (k + 0.5) / N) - smooth[s].mean;
            mean += x / N;
            variance += x * x / N;
        }
        assert_true(fabs(mean) <= 2e-5 * sd);
        assert_true(fabs(variance - smooth[s].variance) <= 2e-4 * smooth[s].variance);
    }
}

static int ascending(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* sqrt(N) times the largest distance between the shares drawn below x and those that should be. */
static double kolmogorov(double *x, int n, const struct smooth *of, double below, double upto)
{
    double most = 0;
    qsort(x, (size_t)n, sizeof *x, ascending);
    for (int k = 0; k < n; k++) {
        const double f = (of->cdf(of->p, x[k]) - below) / (upto - below);
        most = fmax(most, fmax((k + 1.0) / n - f, f - (double)k / n));
    }
    return sqrt(n) * most;
}

/* 1.95 is the 0.1% point of Kolmogorov's distribution; the seeds are fixed. */
static void draws_are_spread_as_they_should(void **state)
{
    enum { N = 20000 };
    static double x[N];
    (void)state;
    for (size_t s = 0; s < SMOOTH; s++) {
        const struct cf_dist *dist = find(smooth[s].name);
        const struct cf_stream stream = cf_stream_of(s, smooth[s].name);
        for (int part = 0; part < 3; part++) {
            const double min = part ? dist->quantile(smooth[s].p, NULL, 0.3) : -NO_END;
            const double max = part == 2 ? dist->quantile(smooth[s].p, NULL, 0.9) : NO_END;
            for (int k = 0; k < N; k++) {
                const struct cf_words w = cf_stream_words(&stream, k, part, 0, 0);
                x[k] =
                    cf_dist_at(dist, smooth[s].p, NULL, min, max, cf_share(w.word[0], w.word[1]));
                assert_true(x[k] >= min && x[k] <= max);
            }
            assert_true(kolmogorov(x, N, &smooth[s], part ? 0.3 : 0, part == 2 ? 0.9 : 1) < 1.95);
        }
    }
}

/* The smallest and the largest share there are give finite values within the ends. */
static void ends(void **state)
{
    (void)state;
    for (size_t s = 0; s < SMOOTH; s++) {
        const struct cf_dist *dist = find(smooth[s].name);
        const double *p = smooth[s].p, middle = dist->quantile(p, NULL, 0.5);
        for (int from_middle = 0; from_middle < 2; from_middle++) {
            const double min = from_middle ? middle : -NO_END;
            const double low = cf_dist_at(dist, p, NULL, min, NO_END, 0x1p-53);
            const double high = cf_dist_at(dist, p, NULL, min, NO_END, 1 - 0x1p-53);
            assert_true(isfinite(low) && isfinite(high) && low < high && low >= min);
        }
        if (dist->quantile(p, NULL, 0.001) > 0) {
            assert_true(dist->cdf(p, NULL, -1000) == 0);
            assert_true(dist->cdf(p, NULL, 0) == 0);
        }
        assert_true(dist->cdf(p, NULL, 1e6) == 1);
    }
}

static const double values[] = {-1, 2, 3, 10}, weights[] = {0.1, 0.4, 0.3, 0.2};
static const struct cf_dist_values four = {4, values, weights};

static void discrete_values(void **state)
{
    const struct cf_dist *dist = find("discrete");
    static const double below[] = {0, 0.1, 0.5, 0.8, 1};
    (void)state;
    for (int k = 0; k < 4; k++) {
        assert_true(dist->quantile(NULL, &four, below[k] + 1e-9) == values[k]);
        assert_true(dist->quantile(NULL, &four, below[k + 1] - 1e-9) == values[k]);
        assert_true(fabs(dist->cdf(NULL, &four, values[k]) - below[k + 1]) <= 1e-15);
        assert_true(fabs(dist->cdf(NULL, &four, values[k] - 1e-9) - below[k]) <= 1e-15);
    }
    assert_true(dist->cdf(NULL, &four, -2) == 0);
    assert_true(dist->cdf(NULL, &four, 11) == 1);
    assert_true(dist->quantile(NULL, &four, 0.5) == 2);
    assert_true(dist->quantile(NULL, &four, 1 - 0x1p-53) == 10);
}

/* How often each value comes among n draws between min and max. */
static void count_draws(double min, double max, int n, int count[4])
{
    const struct cf_dist *dist = find("discrete");
    const struct cf_stream stream = cf_stream_of(5, "discrete");
    for (int k = 0; k < 4; k++)
        count[k] = 0;
    for (int d = 0; d < n; d++) {
        const struct cf_words w = cf_stream_words(&stream, d, 1, 0, 0);
        const double x = cf_dist_at(dist, NULL, &four, min, max, cf_share(w.word[0], w.word[1]));
        int k = 0;
        while (k < 3 && values[k] != x)
            k++;
        assert_true(values[k] == x);
        count[k]++;
    }
}

/* Within 4.5 standard deviations; both ends of a truncation belong to it. */
static void discrete_frequencies(void **state)
{
    enum { N = 40000 };
    int count[4];
    (void)state;
    count_draws(-NO_END, NO_END, N, count);
    for (int k = 0; k < 4; k++)
        assert_true(fabs(count[k] - weights[k] * N) <
                    4.5 * sqrt(N * weights[k] * (1 - weights[k])));
    static const double between[][2] = {{2, 3}, {1.5, 9.5}};
    for (int b = 0; b < 2; b++) {
        count_draws(between[b][0], between[b][1], N, count);
        assert_int_equal(count[0] + count[3], 0);
        assert_true(fabs(count[1] - N * 4 / 7.0) < 4.5 * sqrt(N * 12 / 49.0));
    }
    count_draws(10, NO_END, N, count);
    assert_int_equal(count[3], N);
    count_draws(-NO_END, -1, N, count);
    assert_int_equal(count[0], N);
}

/* Rounding of the share takes nobody out of the part: the only value within comes at both ends. */
static void discrete_stays_within(void **state)
{
    static const double three[] = {1, 2, 3};
    const struct cf_dist *dist = find("discrete");
    (void)state;
    for (int k = 1; k < 700; k++)
        for (int j = 1; j < 300; j++) {
            const double of[] = {k / 1001.0, j / 1001.0, 1 - k / 1001.0 - j / 1001.0};
            const struct cf_dist_values given = {3, three, of};
            assert_true(cf_dist_at(dist, NULL, &given, 1.5, 2.5, 0x1p-53) == 2);
            assert_true(cf_dist_at(dist, NULL, &given, 1.5, 2.5, 1 - 0x1p-53) == 2);
            assert_true(cf_dist_at(dist, NULL, &given, 2.5, 9, 0x1p-53) == 3);
        }
}

/* What R's quantile(c(1, 2, 4, 8), ..., type = 7) gives, and its inverse. */
static void empirical_values(void **state)
{
    static const double of[] = {1, 2, 4, 8}, tied[] = {1, 3, 3, 3, 7}, one[] = {5};
    static const struct cf_dist_values four_of = {4, of, NULL}, five = {5, tied, NULL},
                                       single = {1, one, NULL};
    static const double known[][2] = {{0.1, 1.3},  {0.25, 1.75},   {1.0 / 3, 2}, {0.5, 3},
                                      {0.75, 5.0}, {2.0 / 3, 4.0}, {0.9, 6.8}};
    const struct cf_dist *dist = find("empirical");
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        assert_true(fabs(dist->quantile(NULL, &four_of, known[k][0]) - known[k][1]) < 1e-14);
        assert_true(fabs(dist->cdf(NULL, &four_of, known[k][1]) - known[k][0]) < 1e-15);
    }
    assert_true(dist->quantile(NULL, &four_of, 1 - 0x1p-53) <= 8);
    assert_true(dist->cdf(NULL, &four_of, 0.9) == 0);
    assert_true(dist->cdf(NULL, &four_of, 8) == 1);
    /* Ties: a jump from a quarter to three quarters. */
    assert_true(dist->quantile(NULL, &five, 0.25) == 3 && dist->quantile(NULL, &five, 0.75) == 3);
    assert_true(fabs(dist->cdf(NULL, &five, 3) - 0.75) < 1e-15);
    assert_true(fabs(dist->cdf(NULL, &five, nextafter(3, 0)) - 0.25) < 1e-15);
    assert_true(cf_dist_at(dist, NULL, &five, 3, 3, 0.4) == 3);
    assert_true(cf_dist_at(dist, NULL, &five, 2, 5, 1e-9) - 2 < 1e-8);
    assert_true(5 - cf_dist_at(dist, NULL, &five, 2, 5, 1 - 1e-9) < 2e-8);
    assert_true(dist->quantile(NULL, &single, 0.3) == 5);
    assert_true(dist->cdf(NULL, &single, 4.9) == 0 && dist->cdf(NULL, &single, 5) == 1);
}

/* What is too thin to be drawn from shows as such. */
static void parts(void **state)
{
    static const double unit[] = {0, 1};
    const struct cf_dist *normal = find("normal"), *discrete = find("discrete");
    struct cf_dist_part part = cf_dist_part_of(normal, unit, NULL, -1, 1);
    (void)state;
    assert_true(fabs(part.below - 0.15865525393145705) < 1e-15);
    assert_true(fabs(part.upto - 0.84134474606854295) < 1e-15);
    part = cf_dist_part_of(normal, unit, NULL, -NO_END, NO_END);
    assert_true(part.below == 0 && part.upto == 1);
    part = cf_dist_part_of(normal, unit, NULL, 7, NO_END);
    assert_true(part.upto - part.below < CF_LEAST_PART);
    part = cf_dist_part_of(discrete, NULL, &four, 4, 9);
    assert_true(part.upto - part.below < CF_LEAST_PART);
    part = cf_dist_part_of(discrete, NULL, &four, 2, 2);
    assert_true(fabs(part.upto - part.below - 0.4) < 1e-15);
    assert_true(cf_dist_at(normal, unit, NULL, 60, 70, 0.5) >= 60);
    assert_true(cf_dist_at(normal, unit, NULL, -70, -60, 0.5) <= -60);
}

static void faults(void **state)
{
    static const struct {
        const char *name;
        double p[3];
        const char *fault;
    } wrong[] = {
        {"normal", {0, 0}, "'sd' must be above 0"},
        {"normal", {0, -1}, "'sd' must be above 0"},
        {"lognormal", {0, 1}, "'median' must be above 0"},
        {"lognormal", {1, 0}, "'sd', of the log, must be above 0 and at most 50"},
        {"lognormal", {1, 51}, "'sd', of the log, must be above 0 and at most 50"},
        {"beta", {0, 1}, "'a' must be above 0 and at most 1e6"},
        {"beta", {1, 1e7}, "'b' must be above 0 and at most 1e6"},
        {"uniform", {1, 1}, "'low' must be below 'high'"},
        {"triangular", {2, 1, 1}, "'low' must be below 'high'"},
        {"triangular", {0, 2, 1}, "'mode' must lie from 'low' to 'high'"},
        {"triangular", {0, -1, 1}, "'mode' must lie from 'low' to 'high'"},
    };
    (void)state;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        assert_string_equal(find(wrong[k].name)->fault(wrong[k].p), wrong[k].fault);
    assert_null(find("discrete")->fault(NULL));
    assert_null(find("empirical")->fault(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_name),
        cmocka_unit_test(agree_with_others),
        cmocka_unit_test(moments),
        cmocka_unit_test(draws_are_spread_as_they_should),
        cmocka_unit_test(ends),
        cmocka_unit_test(discrete_values),
        cmocka_unit_test(discrete_frequencies),
        cmocka_unit_test(discrete_stays_within),
        cmocka_unit_test(empirical_values),
        cmocka_unit_test(parts),
        cmocka_unit_test(faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
