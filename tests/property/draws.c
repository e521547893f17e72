/*
 * What always holds of draws (MODEL.md 5): they are looked up by name, and vary and go together as
 * their entries say. Seeds are fixed; bounds are 4.5 standard deviations.
 */
#include "support/check.h"
#include "support/future.h"

#include "base/normal.h"
#include "design/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define A 3
#define Y 4
#define WIDE 4.5

/* Entries of every kind, and two risks. */
static struct cf_model *mixed_future(enum cf_design_kind kind, int draws)
{
    struct cf_model *m = future_new(A, Y);
    future_add(m, "plain", "normal", 0, 1);
    future_by_area(future_add(m, "by area", "lognormal", 1, 0.5), 0.4);
    future_add(m, "from year to year", "uniform", 0, 1)->ar1 = 0.6;
    future_by_area(future_add(m, "own", "beta", 2, 5), 0);
    struct cf_uncertain *all = future_add(m, "all at once", "normal", 3, 0.1);
    future_by_area(all, 0.7);
    all->ar1 = -0.3;
    all->min = 2.9;
    future_risk(m, "R1", 0.4, 2010, 2012);
    future_risk(m, "R2", 0.1, 2011, 2011);
    future_design(m, kind, draws);
    return m;
}

static void assert_same_entry(const struct cf_model *m, const double *before, int entry,
                              const struct cf_model *n, const double *now, int at)
{
    for (int d = 0; d <= cf_future_draws(&m->scenario.future); d++)
        for (int y = 0; y < Y; y++)
            for (int a = 0; a < A; a++)
                assert_true(future_at(m, before, d, entry, y, a) == future_at(n, now, d, at, y, a));
}

static int onset(const struct cf_model *m, int draw, int risk, int mitigated)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const int year = cf_draw_onset(cf_draws_init(m, &arena), draw, risk, mitigated);
    cf_arena_free(&arena);
    return year;
}

/* A new entry, from the first place on: all others keep every bit, and so do the risks. */
static void a_new_entry_leaves_the_others(void **state)
{
    static const struct {
        enum cf_design_kind kind;
        int from; /* first place where it may stand */
    } designs[] = {{CF_DESIGN_MONTECARLO, 0}, {CF_DESIGN_LHS, 0}, {CF_DESIGN_SOBOL, 5}};
    (void)state;
    for (int k = 0; k < 3; k++) {
        struct cf_model *m = mixed_future(designs[k].kind, 50);
        future_correlate(m, 0, 2, 0.5);
        double *before = future_values(m);
        for (int at = designs[k].from; at <= 5; at++) {
            struct cf_model *n = mixed_future(designs[k].kind, 50);
            future_by_area(future_insert(n, at, "new", "normal", 0, 1), 0.2);
            future_correlate(n, 0 + (at <= 0), 2 + (at <= 2), 0.5);
            future_risk(n, "new", 0.5, 2010, 2012);
            double *now = future_values(n);
            for (int i = 0; i < 5; i++)
                assert_same_entry(m, before, i, n, now, i + (i >= at));
            for (int d = 0; d <= 50; d++)
                assert_int_equal(onset(m, d, d % 2, 0), onset(n, d, d % 2, 0));
            free(now);
            future_free(n);
        }
        free(before);
        future_free(m);
    }
}

/* What a scenario is called, pulls and runs to does not touch its draws; another seed does. */
static void scenarios_share_their_draws(void **state)
{
    struct cf_model *m = mixed_future(CF_DESIGN_LHS, 40), *n = mixed_future(CF_DESIGN_LHS, 40);
    struct cf_lever lever = {.name = "pull", .field = CF_FIELD_area_effect, .value = 2};
    (void)state;
    n->scenario.name = "other";
    n->scenario.path = "other.cfg";
    n->scenario.n_levers = 1;
    n->scenario.lever = &lever;
    double *here = future_values(m), *there = future_values(n);
    for (int i = 0; i < 5; i++)
        assert_same_entry(m, here, i, n, there, i);
    free(there);
    n->scenario.future.design.seed = 2;
    there = future_values(n);
    for (int i = 0; i < 5; i++)
        for (int d = 1; d <= 40; d++)
            assert_true(future_at(m, here, d, i, 0, 0) != future_at(n, there, d, i, 0, 0));
    free(here);
    free(there);
    future_free(m);
    future_free(n);
}

/* Areas in another order, or with more beside them, have the draws they had. */
static void members_go_by_their_codes(void **state)
{
    struct cf_model *m = mixed_future(CF_DESIGN_MONTECARLO, 40);
    struct cf_model *n = mixed_future(CF_DESIGN_MONTECARLO, 40);
    const char **code = n->axis[CF_AXIS_AREA].codes.name, *first = code[0];
    (void)state;
    code[0] = code[2];
    code[2] = first;
    double *here = future_values(m), *there = future_values(n);
    for (int i = 0; i < 5; i++)
        for (int d = 0; d <= 40; d++)
            for (int y = 0; y < Y; y++)
                for (int a = 0; a < A; a++)
                    assert_true(future_at(m, here, d, i, y, a) ==
                                future_at(n, there, d, i, y, 2 - a));
    free(here);
    free(there);
    future_free(m);
    future_free(n);
}

/* One value of an entry in each of n draws, as a normal score. */
static double *scores(const struct cf_model *m, const double *values, int entry, int y, int a)
{
    const struct cf_future *f = &m->scenario.future;
    const struct cf_uncertain *u = &f->uncertain[entry];
    const int n = cf_future_draws(f);
    double *z = malloc((size_t)n * sizeof *z);
    if (!z)
        abort();
    for (int d = 0; d < n; d++)
        z[d] = cf_normal_quantile(cf_dists[u->dist].cdf(u->parameter, &u->values,
                                                        future_at(m, values, d + 1, entry, y, a)));
    return z;
}

/* Scores of two places of an entry, or of two, are standard normal with this correlation. */
static void assert_correlation(const struct cf_model *m, const double *values, int entry, int y,
                               int a, int other, int other_y, int other_a, double correlation)
{
    const int n = cf_future_draws(&m->scenario.future);
    double *x = scores(m, values, entry, y, a), *z = scores(m, values, other, other_y, other_a);
    const struct moments of = moments_of(x, z, n);
    const double one = WIDE / sqrt(n);
    assert_true(fabs(of.mean_x) < one && fabs(of.mean_y) < one);
    assert_true(fabs(of.var_x - 1) < one * sqrt(2) && fabs(of.var_y - 1) < one * sqrt(2));
    assert_true(fabs(of.correlation - correlation) <=
                one * (1 - correlation * correlation) + 1e-12);
    free(x);
    free(z);
}

#define MANY 20000

static void entries_are_independent(void **state)
{
    struct cf_model *m = future_new(A, 2);
    (void)state;
    future_add(m, "one", "normal", 0, 1);
    future_add(m, "two", "normal", 0, 1);
    future_by_area(future_add(m, "three", "normal", 0, 1), 0.5);
    future_design(m, CF_DESIGN_MONTECARLO, MANY);
    double *values = future_values(m);
    int same = 0;
    for (int d = 1; d <= MANY; d++)
        same += future_at(m, values, d, 0, 0, 0) == future_at(m, values, d, 1, 0, 0);
    assert_int_equal(same, 0);
    assert_correlation(m, values, 0, 0, 0, 1, 0, 0, 0);
    assert_correlation(m, values, 0, 0, 0, 2, 0, 1, 0);
    assert_correlation(m, values, 0, 1, 0, 0, 0, 0, 1); /* without ar1: one value for all years */
    free(values);
    future_free(m);
}

static void by_and_shared(void **state)
{
    static const double shared[] = {0, 0.25, 0.9, 1};
    (void)state;
    for (int k = 0; k < 4; k++) {
        struct cf_model *m = future_new(A, 2);
        future_by_area(future_add(m, "entry", "lognormal", 2, 0.3), shared[k]);
        future_design(m, CF_DESIGN_MONTECARLO, MANY);
        double *values = future_values(m);
        for (int a = 0; a < A; a++)
            for (int b = 0; b < a; b++)
                assert_correlation(m, values, 0, 0, a, 0, 0, b, shared[k]);
        assert_correlation(m, values, 0, 1, 2, 0, 0, 2, 1);
        free(values);
        future_free(m);
    }
}

/* From year to year r, over two years r^2, to another member's next year shared r; the variance
 * of every year is that of the first. */
static void ar1(void **state)
{
    static const double r[] = {0, 0.6, 0.95, -0.5}, shared[] = {0, 0.5, 1};
    (void)state;
    for (int k = 0; k < 4; k++)
        for (int s = 0; s < 3; s++) {
            struct cf_model *m = future_new(A, Y);
            struct cf_uncertain *u = future_add(m, "entry", "uniform", -1, 1);
            u->ar1 = r[k];
            future_by_area(u, shared[s]);
            future_design(m, CF_DESIGN_MONTECARLO, MANY);
            double *values = future_values(m);
            for (int y = 0; y < Y; y++)
                for (int z = 0; z <= y; z++) {
                    const double by_years = pow(r[k], y - z);
                    assert_correlation(m, values, 0, y, 0, 0, z, 0, by_years);
                    assert_correlation(m, values, 0, y, 1, 0, z, 2, shared[s] * by_years);
                }
            free(values);
            future_free(m);
        }
}

/* The first year of an ar1 is the value there would be without it. */
static void ar1_starts_where_it_would_stand(void **state)
{
    struct cf_model *m = future_new(A, Y), *n = future_new(A, Y);
    (void)state;
    future_by_area(future_add(m, "entry", "normal", 0, 1), 0.3);
    future_by_area(future_add(n, "entry", "normal", 0, 1), 0.3);
    m->scenario.future.uncertain[0].ar1 = 0.5;
    future_design(m, CF_DESIGN_MONTECARLO, 100);
    future_design(n, CF_DESIGN_MONTECARLO, 100);
    double *with = future_values(m), *without = future_values(n);
    for (int d = 0; d <= 100; d++)
        for (int a = 0; a < A; a++) {
            assert_true(future_at(m, with, d, 0, 0, a) == future_at(n, without, d, 0, 0, a));
            assert_true(d == 0 || future_at(m, with, d, 0, 1, a) != future_at(m, with, d, 0, 0, a));
        }
    free(with);
    free(without);
    future_free(m);
    future_free(n);
}

/* Correlated as stated in every design that fills a space, in every year, whatever the
 * distributions; entries outside the group stay outside. */
static void copula(void **state)
{
    static const enum cf_design_kind kinds[] = {CF_DESIGN_MONTECARLO, CF_DESIGN_LHS,
                                                CF_DESIGN_SOBOL};
    static const double correlations[] = {0.7, -0.4};
    (void)state;
    for (int k = 0; k < 6; k++) {
        const double correlation = correlations[k % 2];
        struct cf_model *m = future_new(A, 3);
        future_add(m, "beta", "beta", 2, 3);
        future_add(m, "beside", "normal", 0, 1);
        future_add(m, "triangular", "uniform", 5, 6);
        future_by_area(future_add(m, "by area", "lognormal", 1, 1), 0.5);
        for (int i = 0; i < 4; i++)
            m->scenario.future.uncertain[i].ar1 = k < 3 ? 0.5 : (double)NAN;
        future_correlate(m, 0, k < 2 ? 3 : 2, correlation);
        future_design(m, kinds[k % 3], MANY);
        double *values = future_values(m);
        for (int y = 0; y < 3; y++) {
            if (k < 2) /* of the two, only what the members share */
                assert_correlation(m, values, 0, y, 0, 3, y, 1, correlation * sqrt(0.5));
            else
                assert_correlation(m, values, 0, y, 0, 2, y, 0, correlation);
            assert_correlation(m, values, 0, y, 0, 1, y, 0, 0);
        }
        assert_correlation(m, values, 2, 2, 0, 2, 0, 0, k < 3 ? 0.25 : 1);
        free(values);
        future_free(m);
    }
}

/* Entries of a group that follow each other differently keep what each says of itself. */
static void groups_keep_each_ar1(void **state)
{
    struct cf_model *m = future_new(1, 3);
    (void)state;
    future_add(m, "fast", "normal", 0, 1)->ar1 = 0.2;
    future_add(m, "slow", "normal", 0, 1)->ar1 = 0.9;
    future_correlate(m, 0, 1, 0.8);
    future_design(m, CF_DESIGN_MONTECARLO, MANY);
    double *values = future_values(m);
    assert_correlation(m, values, 0, 2, 0, 0, 1, 0, 0.2);
    assert_correlation(m, values, 1, 2, 0, 1, 1, 0, 0.9);
    assert_correlation(m, values, 0, 0, 0, 1, 0, 0, 0.8);
    assert_correlation(m, values, 0, 1, 0, 1, 1, 0, 0.8 * (0.18 + sqrt((1 - 0.04) * (1 - 0.81))));
    free(values);
    future_free(m);
}

/* As often as stated, in each year as often; mitigated, a part of the same draws and years. */
static void risks(void **state)
{
    struct cf_model *m = future_new(1, 5);
    struct cf_arena arena;
    int happened = 0, mitigated = 0, in_year[3] = {0}, both = 0;
    (void)state;
    future_design(m, CF_DESIGN_MONTECARLO, MANY);
    struct cf_risk *r = future_risk(m, "R", 0.3, 2010, 2012);
    r->has_mitigation = 1;
    r->mitigated_probability = 0.1;
    future_risk(m, "never", 0, 2010, 2010);
    future_risk(m, "always", 1, 2011, 2011);
    future_risk(m, "other", 0.5, 2010, 2010);
    cf_arena_init(&arena);
    const struct cf_draws *draws = cf_draws_init(m, &arena);
    for (int d = 1; d <= MANY; d++) {
        const int year = cf_draw_onset(draws, d, 0, 0), less = cf_draw_onset(draws, d, 0, 1);
        assert_true(year == -1 || (year >= 2010 && year <= 2012));
        assert_true(less == -1 || less == year);
        happened += year >= 0;
        mitigated += less >= 0;
        if (year >= 0)
            in_year[year - 2010]++;
        both += year >= 0 && cf_draw_onset(draws, d, 3, 0) == 2010;
        assert_int_equal(cf_draw_onset(draws, d, 1, 0), -1);
        assert_int_equal(cf_draw_onset(draws, d, 2, 1), 2011);
    }
    assert_true(fabs(happened - 0.3 * MANY) < WIDE * sqrt(0.21 * MANY));
    assert_true(fabs(mitigated - 0.1 * MANY) < WIDE * sqrt(0.09 * MANY));
    assert_true(fabs(both - 0.15 * MANY) < WIDE * sqrt(0.1275 * MANY));
    for (int y = 0; y < 3; y++)
        assert_true(fabs(in_year[y] - happened / 3.0) < WIDE * sqrt(happened * 2 / 9.0));
    for (int k = 0; k < 4; k++)
        assert_int_equal(cf_draw_onset(draws, 0, k, 0), -1);
    cf_arena_free(&arena);
    future_free(m);
}

/* Draw 0 in every design: medians, of the part that is left. */
static void the_central_run(void **state)
{
    (void)state;
    for (enum cf_design_kind kind = CF_DESIGN_NONE; kind < CF_DESIGN_FILE; kind++) {
        struct cf_model *m = mixed_future(kind, 2);
        m->scenario.future.design.steps = 2;
        double *values = future_values(m);
        for (int y = 0; y < Y; y++)
            for (int a = 0; a < A; a++) {
                assert_true(future_at(m, values, 0, 0, y, a) == 0);
                assert_true(future_at(m, values, 0, 1, y, a) == 1);
                assert_true(future_at(m, values, 0, 2, y, a) == 0.5);
                assert_true(fabs(future_at(m, values, 0, 3, y, a) - 0.26444998329566) < 1e-12);
                /* above 2.9 = mean - sd: Phi^-1((1 + Phi(-1)) / 2) */
                assert_true(fabs(future_at(m, values, 0, 4, y, a) - 3.02001736861669) < 1e-12);
            }
        free(values);
        future_free(m);
    }
}

/* The bits themselves, so that another compiler or computer is caught giving others. */
static void bits_are_always_the_same(void **state)
{
    uint64_t sum = 0;
    (void)state;
    for (enum cf_design_kind kind = CF_DESIGN_MONTECARLO; kind < CF_DESIGN_FILE; kind++) {
        struct cf_model *m = mixed_future(kind, 16);
        m->scenario.future.design.steps = 4;
        future_correlate(m, 1, 3, 0.5);
        double *values = future_values(m);
        const int n = (1 + cf_future_draws(&m->scenario.future)) * 5 * Y * A;
        for (int k = 0; k < n; k++) {
            uint64_t bits;
            memcpy(&bits, &values[k], sizeof bits);
            sum = (sum ^ bits) * 0x100000001b3u;
        }
        for (int d = 0; d <= 16; d++)
            sum = (sum ^ (uint64_t)(onset(m, d, 0, 0) + 1)) * 0x100000001b3u;
        free(values);
        future_free(m);
    }
    assert_true(sum == 0xed95d0dc0f056b4bu);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_entry_leaves_the_others),
        cmocka_unit_test(scenarios_share_their_draws),
        cmocka_unit_test(members_go_by_their_codes),
        cmocka_unit_test(entries_are_independent),
        cmocka_unit_test(by_and_shared),
        cmocka_unit_test(ar1),
        cmocka_unit_test(ar1_starts_where_it_would_stand),
        cmocka_unit_test(copula),
        cmocka_unit_test(groups_keep_each_ar1),
        cmocka_unit_test(risks),
        cmocka_unit_test(the_central_run),
        cmocka_unit_test(bits_are_always_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
