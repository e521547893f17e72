/*
 * What always holds of the rows of designs (MODEL.md 5): strata, points, trajectories and matrices
 * are what their names promise.
 */
#include "design/draw_parts.h"
#include "support/check.h"
#include "support/future.h"

#include <gsl/gsl_qrng.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Entries e0, e1, ... that are u itself. */
static struct cf_model *flat_future(int n_entries, enum cf_design_kind kind, int draws)
{
    struct cf_model *m = future_new(2, 3);
    char name[16];
    for (int i = 0; i < n_entries; i++) {
        snprintf(name, sizeof name, "e%d", i);
        future_add(m, name, "uniform", 0, 1);
    }
    future_design(m, kind, draws);
    return m;
}

/* u of every draw and entry: [R][n_entries]. To be freed. */
static double *shares(const struct cf_model *m)
{
    const struct cf_future *f = &m->scenario.future;
    const int n = cf_future_draws(f), k = f->n_uncertain;
    double *u = malloc((size_t)n * (size_t)k * sizeof *u);
    struct cf_arena arena;
    if (!u)
        abort();
    cf_arena_init(&arena);
    const struct cf_draws *draws = cf_draws_init(m, &arena);
    for (int d = 0; d < n; d++)
        for (int i = 0; i < k; i++) {
            u[d * k + i] = future_u(draws, d + 1, i);
            assert_true(u[d * k + i] > 0 && u[d * k + i] < 1);
        }
    cf_arena_free(&arena);
    return u;
}

/* Every stratum once for each entry, whatever their number; no two entries in the same order. */
static void lhs_takes_every_stratum_once(void **state)
{
    static const int numbers[] = {1, 2, 3, 4, 5, 7, 16, 17, 64, 65, 1000, 4097};
    (void)state;
    for (size_t s = 0; s < sizeof numbers / sizeof *numbers; s++) {
        const int n = numbers[s], k = 4;
        struct cf_model *m = flat_future(k, CF_DESIGN_LHS, n);
        double *u = shares(m);
        for (int i = 0; i < k; i++) {
            unsigned char *taken = calloc((size_t)n, 1);
            int like_first = 0;
            for (int d = 0; d < n; d++) {
                const int stratum = (int)floor(u[d * k + i] * n);
                assert_int_equal(taken[stratum]++, 0);
                like_first += stratum == (int)floor(u[d * k] * n);
            }
            if (i > 0 && n >= 16) /* by chance one or so */
                assert_true(like_first < 8);
            free(taken);
        }
        free(u);
        future_free(m);
    }
}

/* Every order as likely: chi-square of the 24 orders of four strata over 4800 seeds, whose 0.1%
 * point is 49.7; and the place within the stratum is flat. */
static void lhs_orders_are_as_likely(void **state)
{
    enum { SEEDS = 4800 };
    int count[256] = {0}, orders = 0;
    double chi = 0, within = 0;
    struct cf_model *m = flat_future(1, CF_DESIGN_LHS, 4);
    (void)state;
    for (int seed = 0; seed < SEEDS; seed++) {
        m->scenario.future.design.seed = (unsigned long long)seed;
        double *u = shares(m);
        int order = 0;
        for (int d = 0; d < 4; d++) {
            order = 4 * order + (int)(4 * u[d]);
            within += (4 * u[d] - floor(4 * u[d]) - 0.5) / (4 * SEEDS);
        }
        count[order]++;
        free(u);
    }
    for (int o = 0; o < 256; o++) {
        orders += count[o] > 0;
        if (count[o] > 0)
            chi += (count[o] - SEEDS / 24.0) * (count[o] - SEEDS / 24.0) / (SEEDS / 24.0);
    }
    assert_int_equal(orders, 24);
    assert_true(chi < 49.7);
    assert_true(fabs(within) < 4.5 * sqrt(1.0 / 12 / (4 * SEEDS)));
    future_free(m);
}

/* The upper 30 bits of a share. */
static uint32_t bits_of(double u)
{
    return (uint32_t)floor(u * 0x1p30);
}

/* Points are GSL's, the origin before them, each dimension shifted without carry by one word. */
static void sobol_points_are_those_of_gsl(void **state)
{
    enum { K = CF_MOST_SOBOL, N = 1000 };
    struct cf_model *m = flat_future(K, CF_DESIGN_SOBOL, N);
    double *u = shares(m), point[K];
    gsl_qrng *gsl = gsl_qrng_alloc(gsl_qrng_sobol, K);
    int alike = 0;
    (void)state;
    for (int d = 1; d < N; d++) {
        gsl_qrng_get(gsl, point);
        for (int i = 0; i < K; i++)
            assert_int_equal(bits_of(u[d * K + i]) ^ bits_of(u[i]), bits_of(point[i]));
    }
    for (int i = 1; i < K; i++)
        alike += bits_of(u[i]) == bits_of(u[0]);
    assert_int_equal(alike, 0);
    gsl_qrng_free(gsl);
    free(u);
    future_free(m);
}

/* A power of two of points has one in each part of every dimension, and of the first two in each
 * cell of every grid of so many. */
static void sobol_fills_evenly(void **state)
{
    enum { BITS = 8, N = 1 << BITS, K = 5 };
    struct cf_model *m = flat_future(K, CF_DESIGN_SOBOL, N);
    double *u = shares(m);
    (void)state;
    for (int i = 0; i < K; i++) {
        unsigned char taken[N] = {0};
        for (int d = 0; d < N; d++)
            assert_int_equal(taken[(int)(u[d * K + i] * N)]++, 0);
    }
    for (int wide = 0; wide <= BITS; wide++) {
        unsigned char taken[N] = {0};
        const int columns = 1 << wide, rows = N / columns;
        for (int d = 0; d < N; d++) {
            const int cell = (int)(u[d * K] * columns) * rows + (int)(u[d * K + 1] * rows);
            assert_int_equal(taken[cell]++, 0);
        }
    }
    free(u);
    future_free(m);
}

/* A, AB_1 .. AB_k, B; A and B together are GSL's points in 2k dimensions. */
static void saltelli_matrices(void **state)
{
    enum { K = 4, N = 64, EACH = K + 2 };
    struct cf_model *m = flat_future(K, CF_DESIGN_SALTELLI, N);
    assert_int_equal(cf_future_draws(&m->scenario.future), N * EACH);
    double *u = shares(m), point[2 * K];
    gsl_qrng *gsl = gsl_qrng_alloc(gsl_qrng_sobol, 2 * K);
    const double *a0 = u, *b0 = u + (EACH - 1) * K;
    (void)state;
    for (int j = 0; j < N; j++) {
        const double *a = u + j * EACH * K, *b = a + (EACH - 1) * K;
        if (j > 0)
            gsl_qrng_get(gsl, point);
        for (int i = 0; i < K; i++) {
            assert_true(a[i] != b[i]);
            for (int other = 0; other < K; other++)
                assert_true(a[(1 + i) * K + other] == (other == i ? b[other] : a[other]));
            if (j == 0)
                continue;
            assert_int_equal(bits_of(a[i]) ^ bits_of(a0[i]), bits_of(point[2 * i]));
            assert_int_equal(bits_of(b[i]) ^ bits_of(b0[i]), bits_of(point[2 * i + 1]));
        }
    }
    gsl_qrng_free(gsl);
    free(u);
    future_free(m);
}

/* What is drawn beside the row goes with it: an entry of members and years is in AB_i as in B when
 * it is i, as in A else, with all of them; and a row meets the same risks in all its runs. */
static void saltelli_rows_carry_their_members(void **state)
{
    enum { K = 2, N = 20, EACH = K + 2 };
    struct cf_model *m = future_new(3, 3);
    (void)state;
    for (int i = 0; i < K; i++) {
        struct cf_uncertain *u = future_add(m, i ? "second" : "first", "normal", 0, 1);
        future_by_area(u, i ? 0 : 0.5);
        u->ar1 = 0.7;
    }
    future_risk(m, "R", 0.5, 2010, 2012);
    future_design(m, CF_DESIGN_SALTELLI, N);
    double *values = future_values(m);
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_draws *draws = cf_draws_init(m, &arena);
    for (int j = 0; j < N; j++) {
        const int a = 1 + j * EACH, b = a + EACH - 1;
        for (int run = a; run <= b; run++) {
            assert_int_equal(cf_draw_onset(draws, run, 0, 0), cf_draw_onset(draws, a, 0, 0));
            for (int i = 0; i < K; i++)
                for (int y = 0; y < 3; y++)
                    for (int x = 0; x < 3; x++) {
                        const double of_a = future_at(m, values, a, i, y, x);
                        const double of_b = future_at(m, values, b, i, y, x);
                        const int from_b = run == b || run == a + 1 + i;
                        assert_true(of_a != of_b);
                        assert_true(future_at(m, values, run, i, y, x) == (from_b ? of_b : of_a));
                    }
        }
    }
    cf_arena_free(&arena);
    free(values);
    future_free(m);
}

/* From point to point one entry moves, each once, by half the levels; all stand on levels. */
static void morris_moves_one_at_a_time(void **state)
{
    static const int levels[] = {2, 3, 4, 5, 8};
    enum { K = 5, T = 400 };
    (void)state;
    for (int l = 0; l < 5; l++) {
        const int p = levels[l];
        struct cf_model *m = flat_future(K, CF_DESIGN_MORRIS, T);
        m->scenario.future.design.steps = p;
        assert_int_equal(cf_future_draws(&m->scenario.future), T * (K + 1));
        double *u = shares(m);
        int first[K] = {0}, upwards = 0, at[8] = {0};
        for (int t = 0; t < T; t++) {
            int moved[K] = {0};
            for (int point = 0; point <= K; point++) {
                const double *now = u + (t * (K + 1) + point) * K;
                int changes = 0;
                for (int i = 0; i < K; i++) {
                    const double level = now[i] * p - 0.5;
                    assert_true(fabs(level - round(level)) < 1e-12);
                    if (point == 0) {
                        at[(int)round(level)]++;
                        continue;
                    }
                    const double by = now[i] - now[i - K];
                    if (by == 0)
                        continue;
                    assert_true(fabs(fabs(by) - (double)(p / 2) / p) < 1e-12);
                    changes++;
                    moved[i]++;
                    upwards += by > 0;
                    first[i] += point == 1;
                }
                assert_int_equal(changes, point > 0);
            }
            for (int i = 0; i < K; i++)
                assert_int_equal(moved[i], 1);
        }
        assert_true(abs(upwards - T * K / 2) < 4.5 * sqrt(T * K * 0.25));
        for (int i = 0; i < K; i++)
            assert_true(abs(first[i] - T / K) < 4.5 * sqrt(T * 0.16));
        for (int k = 0; k < p && p % 2 == 0; k++)
            assert_true(fabs(at[k] - (double)T * K / p) < 4.5 * sqrt((double)T * K / p));
        free(u);
        future_free(m);
    }
}

/* Who moves first is looked up too: the entry whose word of the trajectory is the least. */
static void morris_moves_in_the_order_of_words(void **state)
{
    enum { K = 7, T = 100 };
    struct cf_model *m = flat_future(K, CF_DESIGN_MORRIS, T);
    m->scenario.future.design.steps = 4;
    double *u = shares(m);
    (void)state;
    for (int t = 0; t < T; t++) {
        uint64_t last = 0;
        for (int point = 1; point <= K; point++)
            for (int i = 0; i < K; i++) {
                const double *now = u + (t * (K + 1) + point) * K;
                if (now[i] == now[i - K])
                    continue;
                const struct cf_stream stream = cf_stream_of(m->scenario.future.design.seed,
                                                             m->scenario.future.uncertain[i].name);
                const struct cf_words w = cf_stream_words(&stream, t, CF_DRAW_ORDER, 0, 0);
                const uint64_t word = (uint64_t)w.word[0] << 32 | w.word[1];
                assert_true(word > last);
                last = word;
            }
    }
    free(u);
    future_free(m);
}

/* Members and years that are drawn beside stay where they are along a trajectory. */
static void morris_holds_what_is_drawn(void **state)
{
    enum { T = 30 };
    struct cf_model *m = future_new(3, 2);
    (void)state;
    future_by_area(future_add(m, "own", "uniform", 0, 1), 0);
    future_add(m, "plain", "uniform", 0, 1);
    future_design(m, CF_DESIGN_MORRIS, T);
    m->scenario.future.design.steps = 4;
    double *values = future_values(m);
    for (int t = 0; t < T; t++)
        for (int point = 1; point < 3; point++)
            for (int a = 1; a < 3; a++)
                assert_true(future_at(m, values, 1 + 3 * t, 0, 0, a) ==
                            future_at(m, values, 1 + 3 * t + point, 0, 0, a));
    assert_true(future_at(m, values, 1, 0, 0, 1) != future_at(m, values, 4, 0, 0, 1));
    free(values);
    future_free(m);
}

/* Every combination of the middles of equal parts, the last entry fastest. */
static void grid_is_full(void **state)
{
    enum { K = 3, STEPS = 4 };
    struct cf_model *m = flat_future(K, CF_DESIGN_GRID, 0);
    m->scenario.future.design.steps = STEPS;
    assert_int_equal(cf_future_draws(&m->scenario.future), 64);
    double *u = shares(m);
    (void)state;
    for (int d = 0; d < 64; d++) {
        assert_true(u[d * K] == (d / 16 + 0.5) / STEPS);
        assert_true(u[d * K + 1] == (d / 4 % 4 + 0.5) / STEPS);
        assert_true(u[d * K + 2] == (d % 4 + 0.5) / STEPS);
    }
    free(u);
    future_free(m);
}

/* A file's rows are values, and not looked at through the distribution. */
static void file_gives_values(void **state)
{
    static double row[] = {0.5, -7, 0.25, 12};
    struct cf_model *m = future_new(2, 3);
    (void)state;
    future_add(m, "one", "uniform", 0, 1);
    future_add(m, "two", "normal", 1, 1);
    m->scenario.future.design = (struct cf_design){.kind = CF_DESIGN_FILE, .n_rows = 2, .row = row};
    assert_int_equal(cf_future_draws(&m->scenario.future), 2);
    double *values = future_values(m);
    for (int y = 0; y < 3; y++)
        for (int i = 0; i < 2; i++) {
            assert_true(future_at(m, values, 0, i, y, 0) == (i ? 1 : 0.5));
            for (int d = 0; d < 2; d++)
                assert_true(future_at(m, values, 1 + d, i, y, 1) == row[2 * d + i]);
        }
    free(values);
    future_free(m);
}

/* Rows are what members share; where nothing is shared, the first member's. */
static void rows_of_members(void **state)
{
    enum { N = 64 };
    static const double shared[] = {0, 0.5, 1};
    (void)state;
    for (int s = 0; s < 3; s++) {
        struct cf_model *m = future_new(3, 1), *n = flat_future(1, CF_DESIGN_SOBOL, N);
        future_by_area(future_add(m, "e0", "uniform", 0, 1), shared[s]);
        future_design(m, CF_DESIGN_SOBOL, N);
        double *values = future_values(m), *u = shares(n), first[N], second[N], row[N];
        for (int d = 0; d < N; d++) {
            row[d] = u[d];
            first[d] = future_at(m, values, d + 1, 0, 0, 0);
            second[d] = future_at(m, values, d + 1, 0, 0, 1);
            assert_true((first[d] == row[d]) == (s != 1));
            assert_true((second[d] == row[d]) == (s == 2));
        }
        const double of_first = moments_of(first, row, N).correlation;
        const double of_second = moments_of(second, row, N).correlation;
        if (s == 1) {
            assert_true(of_first > 0.4 && of_first < 0.9);
            assert_true(of_second > 0.4 && of_second < 0.9);
        } else if (s == 0)
            assert_true(fabs(of_second) < 0.5);
        free(values);
        free(u);
        future_free(m);
        future_free(n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lhs_takes_every_stratum_once),
        cmocka_unit_test(lhs_orders_are_as_likely),
        cmocka_unit_test(sobol_points_are_those_of_gsl),
        cmocka_unit_test(sobol_fills_evenly),
        cmocka_unit_test(saltelli_matrices),
        cmocka_unit_test(saltelli_rows_carry_their_members),
        cmocka_unit_test(morris_moves_one_at_a_time),
        cmocka_unit_test(morris_moves_in_the_order_of_words),
        cmocka_unit_test(morris_holds_what_is_drawn),
        cmocka_unit_test(grid_is_full),
        cmocka_unit_test(file_gives_values),
        cmocka_unit_test(rows_of_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
