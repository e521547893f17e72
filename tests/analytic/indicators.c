/*
 * Indicators against what can be worked out from the stock: MODEL.md 7.
 */
#include "support/check.h"
#include "support/place.h"

#include <cohortflow/run.h>

#include <math.h>
#include <string.h>

/* Ages 13 to 19, of which 13 and 14 hold one cell each; school, work, not known, NEET. */
enum { A = 2, G = 2, X = 7, L = 3, S = 4, Y = 3, FIRST_AGE = 13, CHOICE_X = 3, MOST = 8 };
enum { SCHOOL, WORK, UNKNOWN, NEET };
static const struct place_size size = {
    .A = A, .G = G, .X = X, .L = L, .S = S, .Y = Y, .choice_x = CHOICE_X};

static void assert_close(double value, double expected)
{
    if (isnan(value) && isnan(expected))
        return;
    if (!(fabs(value - expected) <= 1e-12 * fmax(1, fabs(expected))))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* ---- indicators made by hand ---- */

static struct cf_count everybody(struct cf_model *m)
{
    struct cf_count count = {.area = cf_select_all(&m->arena, A),
                             .group = cf_select_all(&m->arena, G),
                             .level = cf_select_all(&m->arena, L),
                             .status = cf_select_all(&m->arena, S),
                             .weight = CF_TAKE(&m->arena, X, double)};
    for (int x = 0; x < X; x++)
        count.weight[x] = 1;
    return count;
}

/* Everybody of the ages first to last. */
static struct cf_count aged(struct cf_model *m, int first, int last)
{
    struct cf_count count = everybody(m);
    for (int x = 0; x < X; x++)
        count.weight[x] = x + FIRST_AGE >= first && x + FIRST_AGE <= last;
    return count;
}

/* Actual age 16 to 18, as the mean of three month ends. */
static struct cf_count actual_16_to_18(struct cf_model *m)
{
    struct cf_count count = aged(m, 16, 17);
    count.weight[15 - FIRST_AGE] = 1.0 / 3;
    count.weight[18 - FIRST_AGE] = 2.0 / 3;
    return count;
}

static void keep_only(struct cf_selection *selection, int first, int last)
{
    for (int k = 0; k < selection->n; k++)
        selection->member[k] = k >= first && k <= last;
}

static struct cf_indicator *add(struct cf_model *m, const char *code)
{
    struct cf_scenario *s = &m->scenario;
    if (s->n_indicators == 0)
        s->indicator = CF_TAKE(&m->arena, MOST, struct cf_indicator);
    s->indicator[s->n_indicators] = (struct cf_indicator){.code = code, .of = CF_COUNTED_STOCK};
    return &s->indicator[s->n_indicators++];
}

static struct cf_indicator *add_ni117(struct cf_model *m)
{
    struct cf_indicator *i = add(m, "ni117");
    i->ratio = (struct cf_ratio){actual_16_to_18(m), actual_16_to_18(m), 1};
    keep_only(&i->ratio.numerator.status, NEET, NEET);
    i->ratio.denominator.status.member[UNKNOWN] = 0;
    return i;
}

static struct cf_ratio reached(struct cf_model *m, int level)
{
    struct cf_ratio ratio = {aged(m, CF_ATTAINED_AGE, CF_ATTAINED_AGE),
                             aged(m, CF_ATTAINED_AGE, CF_ATTAINED_AGE), 1};
    keep_only(&ratio.numerator.level, level, L - 1);
    return ratio;
}

/* ---- runs ---- */

static cf_run *compute(const struct cf_model *m)
{
    cf_run *run;
    assert_int_equal(cf_run_open(m, NULL, &run, NULL), CF_OK);
    assert_int_equal(cf_run_compute(run, NULL), CF_OK);
    return run;
}

static const double *values(const cf_run *run, const char *name)
{
    struct cf_run_variable variable;
    assert_true(cf_run_variable(run, name, &variable));
    return variable.value;
}

static double indicator(const struct cf_model *m, const cf_run *run, int y, int a, int i)
{
    return values(run, "indicator_value")[VIEW3(y, a, A, i, m->scenario.n_indicators)];
}

/* The last pool is all. */
static double pooled(const struct cf_model *m, const cf_run *run, int y, int pools, int p, int i)
{
    return values(run, "indicator_pooled")[VIEW3(y, p, pools, i, m->scenario.n_indicators)];
}

static double persons(const cf_run *run, int y, int a, int age, int s)
{
    return values(run, "stock")[VIEW4(y, a, A, age - FIRST_AGE, X, s, S)];
}

/* ---- the cases ---- */

/*
 * NI 117 of the base year on paper. Of 300, 240, 200 and 150 aged 15 to 18 there are NEET none, 12,
 * 16 and 18 and not known none, 4.8, 6 and 6:
 *
 *   (12 + 16 + 18 x 2/3) / (300/3 + 235.2 + 194 + 144 x 2/3) = 40 / 625.2
 */
static void ni117_on_paper(void **state)
{
    static const double number[4] = {300, 240, 200, 150};
    static const double neet[4] = {0, 0.05, 0.08, 0.12}, unknown[4] = {0, 0.02, 0.03, 0.04};
    struct cf_model *m = place_new(&size);
    (void)state;
    for (int k = 0; k < 4; k++) {
        const int x = 15 + k - FIRST_AGE;
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = number[k];
        for (int l = 0; l < L && x >= CHOICE_X; l++) {
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, SCHOOL}) =
                1 - neet[k] - unknown[k];
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, NEET}) = neet[k];
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, UNKNOWN}) = unknown[k];
        }
    }
    add_ni117(m);
    cf_run *run = compute(m);
    assert_close(indicator(m, run, 0, 0, 0), 40 / 625.2);
    assert_true(isnan(indicator(m, run, 0, 1, 0))); /* nobody lives there */
    cf_run_close(run);
    place_free(m);
}

/* NI 117 of every year and area is what the stock and the weights of the ages give. */
static void ni117_from_the_stock(void **state)
{
    static const double weight[4] = {1.0 / 3, 1, 1, 2.0 / 3};
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct place_random random = {seed};
        struct cf_model *m = place_new_random(&size, &random);
        add_ni117(m);
        cf_run *run = compute(m);
        for (int y = 0; y < Y; y++)
            for (int a = 0; a < A; a++) {
                double above = 0, below = 0;
                for (int k = 0; k < 4; k++)
                    for (int s = 0; s < S; s++) {
                        above += s == NEET ? weight[k] * persons(run, y, a, 15 + k, s) : 0;
                        below += s != UNKNOWN ? weight[k] * persons(run, y, a, 15 + k, s) : 0;
                    }
                assert_close(indicator(m, run, y, a, 0), below > 0 ? above / below : (double)NAN);
            }
        cf_run_close(run);
        place_free(m);
    }
}

/* What is attained is read after the summer that ends the year, like attained_by_19. */
static void attained_is_read_after_the_summer(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct place_random random = {seed};
        struct cf_model *m = place_new_random(&size, &random);
        for (int l = 1; l < L; l++) {
            struct cf_indicator *i = add(m, l == 1 ? "middle" : "high");
            i->of = CF_COUNTED_ATTAINED;
            i->ratio = reached(m, l);
        }
        cf_run *run = compute(m);
        for (int y = 0; y < Y; y++)
            for (int a = 0; a < A; a++)
                for (int l = 1; l < L; l++)
                    assert_close(indicator(m, run, y, a, l - 1),
                                 values(run, "attained_by_19")[VIEW3(y, a, A, l, L)]);
        cf_run_close(run);
        place_free(m);
    }
}

/* A gap is the difference of its two ratios; groups that are not followed at 18 have none. */
static void a_gap_is_a_difference(void **state)
{
    static const int last_x[G] = {X - 1, X - 1}, short_x[G] = {X - 1, 17 - FIRST_AGE};
    (void)state;
    for (int followed = 0; followed < 2; followed++) {
        struct place_random random = {7};
        struct cf_model *m = place_new_random(&size, &random);
        m->extent.last_x = followed ? last_x : short_x;
        for (int g = 0; g < G; g++) {
            struct cf_indicator *i = add(m, g ? "second" : "first");
            i->of = CF_COUNTED_ATTAINED;
            i->ratio = reached(m, 1);
            keep_only(&i->ratio.numerator.group, g, g);
            keep_only(&i->ratio.denominator.group, g, g);
        }
        struct cf_indicator *gap = add(m, "gap");
        gap->of = CF_COUNTED_ATTAINED;
        gap->ratio = m->scenario.indicator[0].ratio;
        gap->minus = m->scenario.indicator[1].ratio;
        gap->has_minus = 1;
        cf_run *run = compute(m);
        int defined = 0;
        for (int y = 0; y < Y; y++)
            for (int a = 0; a < A; a++) {
                assert_close(indicator(m, run, y, a, 2),
                             indicator(m, run, y, a, 0) - indicator(m, run, y, a, 1));
                defined += !isnan(indicator(m, run, y, a, 1));
            }
        assert_int_equal(defined > 0, followed);
        cf_run_close(run);
        place_free(m);
    }
}

/* Without a denominator persons are counted; at the youngest ages everybody is at school at the
 * lowest level; an area that is not meant has no value. */
static void counts(void **state)
{
    struct place_random random = {3};
    struct cf_model *m = place_new_random(&size, &random);
    (void)state;
    struct cf_indicator *i = add(m, "at school"), *upper = add(m, "young and higher");
    i->ratio.numerator = aged(m, 13, 16);
    keep_only(&i->ratio.numerator.status, SCHOOL, SCHOOL);
    keep_only(&i->ratio.numerator.area, 0, 0);
    upper->ratio.numerator = aged(m, 13, 14);
    keep_only(&upper->ratio.numerator.level, 1, L - 1);
    cf_run *run = compute(m);
    for (int y = 0; y < Y; y++) {
        double sum = 0;
        for (int age = 13; age <= 16; age++)
            sum += persons(run, y, 0, age, SCHOOL);
        assert_true(sum > 0);
        assert_close(indicator(m, run, y, 0, 0), sum);
        assert_true(isnan(indicator(m, run, y, 1, 0)));
        assert_true(indicator(m, run, y, 0, 1) == 0);
    }
    cf_run_close(run);
    place_free(m);
}

/*
 * NI 117 of both areas together is the ratio of the sums. On paper, the area of 40 / 625.2 beside
 * one half as large in which from 16 on a quarter is NEET:
 *
 *   (120 + 100 + 75 x 2/3) / 4 = 67.5 of 150/3 + 120 + 100 + 75 x 2/3 = 320
 */
static void pooled_on_paper(void **state)
{
    static const double number[4] = {300, 240, 200, 150};
    static const double neet[4] = {0, 0.05, 0.08, 0.12}, unknown[4] = {0, 0.02, 0.03, 0.04};
    struct cf_model *m = place_new(&size);
    (void)state;
    for (int k = 0; k < 4; k++) {
        const int x = 15 + k - FIRST_AGE;
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = number[k];
        *place_at(m, CF_FIELD_population, (int[]){1, 1, x}) = number[k] / 2;
        for (int l = 0; l < L && x >= CHOICE_X; l++) {
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, SCHOOL}) =
                1 - neet[k] - unknown[k];
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, NEET}) = neet[k];
            *place_at(m, CF_FIELD_status_share, (int[]){0, 0, x, l, UNKNOWN}) = unknown[k];
            *place_at(m, CF_FIELD_status_share, (int[]){1, 1, x, l, SCHOOL}) = 0.75;
            *place_at(m, CF_FIELD_status_share, (int[]){1, 1, x, l, NEET}) = 0.25;
        }
    }
    add_ni117(m);
    struct cf_indicator *i = add(m, "of the first"); /* the second area is left out of its sums */
    i->ratio = m->scenario.indicator[0].ratio;
    i->ratio.numerator.area = cf_select_all(&m->arena, A);
    keep_only(&i->ratio.numerator.area, 0, 0);
    cf_run *run = compute(m);
    assert_close(pooled(m, run, 0, 1, 0, 0), (40 + 67.5) / (625.2 + 320));
    assert_close(pooled(m, run, 0, 1, 0, 1), 40 / (625.2 + 320));
    assert_close(indicator(m, run, 0, 1, 0), 67.5 / 320);
    assert_true(isnan(indicator(m, run, 0, 1, 1)));
    cf_run_close(run);
    place_free(m);
}

/* Of a count the pools are sums; an authority's pool is its areas', and of one area that area's
 * value, to the last bit; an area without authority is in `all` alone. */
static void pools_of_authorities(void **state)
{
    enum { M = 4, POOLS = 3 };
    static const char *const authority[M] = {"north", "south", "north", ""};
    struct place_size large = size;
    (void)state;
    large.A = M;
    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct place_random random = {seed};
        struct cf_model *m = place_new_random(&large, &random);
        for (int a = 0; a < M; a++)
            place_mark(m, CF_AXIS_AREA, a, "authority", authority[a]);
        struct cf_indicator *count = add(m, "count"), *share = add(m, "share");
        count->ratio.numerator = everybody(m);
        count->ratio.numerator.area = cf_select_all(&m->arena, M);
        share->of = CF_COUNTED_ATTAINED;
        share->ratio = reached(m, 1);
        share->ratio.numerator.area = share->ratio.denominator.area = cf_select_all(&m->arena, M);
        cf_run *run = compute(m);
        const double *value = values(run, "indicator_value");
        for (int y = 0; y < Y; y++) {
            const double *of = value + (size_t)y * M * 2;
            assert_true(pooled(m, run, y, POOLS, 0, 0) == of[0] + of[4]);
            assert_true(pooled(m, run, y, POOLS, 1, 0) == of[2]);
            assert_true(pooled(m, run, y, POOLS, 2, 0) == of[0] + of[2] + of[4] + of[6]);
            const double alone = pooled(m, run, y, POOLS, 1, 1);
            assert_true(alone == of[3] || (isnan(alone) && isnan(of[3])));
        }
        cf_run_close(run);
        place_free(m);
    }
}

/* A place without indicators has no such variable. */
static void none(void **state)
{
    struct cf_model *m = place_new(&size);
    struct cf_run_variable variable;
    (void)state;
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 1}) = 10;
    cf_run *run = compute(m);
    assert_false(cf_run_variable(run, "indicator_value", &variable));
    assert_false(cf_run_variable(run, "indicator_pooled", &variable));
    assert_true(cf_run_variable(run, "ledger", &variable));
    cf_run_close(run);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ni117_on_paper),
        cmocka_unit_test(ni117_from_the_stock),
        cmocka_unit_test(attained_is_read_after_the_summer),
        cmocka_unit_test(a_gap_is_a_difference),
        cmocka_unit_test(counts),
        cmocka_unit_test(pooled_on_paper),
        cmocka_unit_test(pools_of_authorities),
        cmocka_unit_test(none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
