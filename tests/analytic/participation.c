/*
 * Cases with an answer on paper: MODEL.md 4, cases 3 and 4, and what a back-cast has to find where
 * a logit can be inverted.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/select.h"
#include "model/target.h"

#include <math.h>

static void assert_close(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* One area, one level, two statuses: 0 learns, 1 does not; choice from the second age on. */
static struct cf_model *two_statuses(double leaves, double returns)
{
    const struct place_size size = {.A = 1, .G = 1, .X = 8, .L = 1, .S = 2, .Y = 6, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    for (int x = 0; x < size.X; x++) {
        *place_at(m, CF_FIELD_progression, (int[]){0, x, 0, 0, 0}) = 1 - leaves;
        *place_at(m, CF_FIELD_progression, (int[]){0, x, 0, 0, 1}) = leaves;
        *place_at(m, CF_FIELD_progression, (int[]){0, x, 0, 1, 0}) = returns;
        *place_at(m, CF_FIELD_progression, (int[]){0, x, 0, 1, 1}) = 1 - returns;
    }
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 1}) = 1000;
    *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, 0}) = 0.9;
    *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, 1}) = 0.1;
    return m;
}

/*
 * Case 3. A chain of two statuses with constant P follows p_inf + (p0 - p_inf)(1 - a - b)^k with
 * p_inf = b / (a + b). a = 0.12 leave, b = 0.36 come back, p0 = 0.9:
 *
 *   p_inf = 0.75, 1 - a - b = 0.52: 0.9, 0.828, 0.79056, 0.7710912, 0.760967424, 0.75570306048
 */
static void two_status_chain(void **state)
{
    static const double expected[6] = {0.9, 0.828, 0.79056, 0.7710912, 0.760967424, 0.75570306048};
    struct cf_model *m = two_statuses(0.12, 0.36);
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    (void)state;
    for (int y = 0; y < 6; y++)
        assert_close(r.stock[VIEW3(y, 1 + y, 8, 0, 2)], 1000 * expected[y], 1e-12);
    place_result_free(&r);
    place_free(m);
}

/* Case 4. 0.87 in 2006 to 0.972 in 2013 as a geometric path: 0.8839 in 2007, 0.8980 in 2008. */
static void geometric_path(void **state)
{
    struct cf_knot knot = {.year = 2013, .value = 0.972, .geometric = 1};
    const struct cf_target target = {.n_knots = 1, .knot = &knot};
    (void)state;
    assert_close(cf_target_share(&target, 2006, 0.87, 2007), 0.8838879, 1e-6);
    assert_close(cf_target_share(&target, 2006, 0.87, 2008), 0.8979978, 1e-6);
    assert_close(cf_target_share(&target, 2006, 0.87, 2013), 0.972, 1e-15);
    assert_close(cf_target_share(&target, 2006, 0.87, 2015), 0.972, 1e-15);
    knot.geometric = 0;
    assert_close(cf_target_share(&target, 2006, 0.87, 2009), 0.87 + 0.102 * 3 / 7, 1e-15);
}

/* Two knots: 0.5 to 0.6 by 2012, then by a factor of 0.5 to 0.3 in 2014. Half way on each leg:
 * 0.5 + 0.1 x 3/6 = 0.55 in 2009, 0.6 x 0.5^(1/2) = 0.42426... in 2013. */
static void a_path_goes_from_knot_to_knot(void **state)
{
    struct cf_knot knot[2] = {{.year = 2012, .value = 0.6},
                              {.year = 2014, .value = 0.3, .geometric = 1}};
    const struct cf_target target = {.n_knots = 2, .knot = knot};
    (void)state;
    assert_close(cf_target_share(&target, 2006, 0.5, 2009), 0.55, 1e-15);
    assert_close(cf_target_share(&target, 2006, 0.5, 2012), 0.6, 1e-15);
    assert_close(cf_target_share(&target, 2006, 0.5, 2013), 0.42426406871192851, 1e-14);
    assert_close(cf_target_share(&target, 2006, 0.5, 2020), 0.3, 1e-15);
}

/*
 * One status of two is to take 0.6 of those who come from school, base probability 0.8: the odds
 * are multiplied by e^delta, so delta = log(0.6 / 0.4) - log(0.8 / 0.2) = log(0.375).
 */
static void back_cast_inverts_the_logit(void **state)
{
    struct cf_model *m = two_statuses(0.2, 0.2);
    struct cf_target target = {.status = cf_select_none(&m->arena, 2),
                               .age = cf_select_none(&m->arena, 8),
                               .area = cf_select_all(&m->arena, 1),
                               .n_knots = 1};
    struct cf_knot knot = {.year = 2010, .value = 0.6};
    (void)state;
    for (int y = 0; y < 6; y++)
        *place_at(m, CF_FIELD_entrants, (int[]){y, 0, 0}) = 500;
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 0}) = 400;
    target.knot = &knot;
    target.status.member[0] = target.age.member[1] = 1;
    m->scenario.backcast = 1;
    m->scenario.n_targets = 1;
    m->scenario.target = &target;
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_OK);
    for (int y = 1; y < 6; y++) {
        const double learn = r.stock[VIEW3(y, 1, 8, 0, 2)], not = r.stock[VIEW3(y, 1, 8, 1, 2)];
        assert_close(learn / (learn + not ), 0.6, 1e-9);
        assert_close(r.shift[VIEW3(y, 1, 8, 0, 2)], log(0.375), 1e-11);
        assert_true(r.shift[VIEW3(y, 1, 8, 1, 2)] == 0);
    }
    place_result_free(&r);
    place_free(m);
}

/* Nobody can reach a status that progression never leads to: the run says so, with the range. */
static void out_of_reach(void **state)
{
    struct cf_model *m = two_statuses(1, 1); /* from 0 all go to 1 */
    struct cf_target target = {.status = cf_select_none(&m->arena, 2),
                               .age = cf_select_none(&m->arena, 8),
                               .area = cf_select_all(&m->arena, 1),
                               .n_knots = 1};
    struct cf_knot knot = {.year = 2010, .value = 0.5};
    (void)state;
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 0}) = 400;
    target.knot = &knot;
    target.status.member[0] = target.age.member[1] = 1;
    m->scenario.backcast = m->scenario.n_targets = 1;
    m->scenario.target = &target;
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_NOT_FINITE);
    place_result_free(&r);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_status_chain),
        cmocka_unit_test(geometric_path),
        cmocka_unit_test(a_path_goes_from_knot_to_knot),
        cmocka_unit_test(back_cast_inverts_the_logit),
        cmocka_unit_test(out_of_reach),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
