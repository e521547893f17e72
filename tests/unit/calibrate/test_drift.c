/* Base stock against progression: what is compared, and where a notice and an error begin. */
#include "small.h"

/* At 14 the base stock has 40.3% at school; progression brings `arrive` of the cohort there. */
static struct cf_model *drifting(double arrive)
{
    struct cf_model *m = small_place();
    const double stock[3] = {0.403, 0.36, 0.237};
    const double rest = (1 - arrive) / (1 - stock[0]);
    const double move[3] = {arrive, stock[1] * rest, stock[2] * rest};
    for (int x = 1; x < 4; x++)
        for (int l = 0; l < 2; l++) {
            put(m, CF_FIELD_status_share, (int[]){0, 0, x, l}, stock);
            for (int s = 0; s < 3; s++)
                put(m, CF_FIELD_progression, (int[]){0, x, l, s}, x == 1 ? move : stock);
        }
    return m;
}

/* How many notices and errors a share of `arrive` leads to. */
static void expect(double arrive, const char *reason, size_t notices, size_t errors)
{
    struct cf_model *m = drifting(arrive);
    cf_diag *diag = cf_diag_open();
    m->scenario.allow_drift = reason;
    const enum cf_status status = cf_check_choice(m, diag);
    if (cf_diag_count(diag, CF_ERROR) != errors ||
        cf_diag_count(diag, CF_NOTICE) != notices + errors)
        cf_diag_print(diag, stderr, CF_NOTICE, 0, 0);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), errors);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), notices + errors);
    assert_int_equal(status, errors ? CF_BAD_INPUT : CF_OK);
    cf_diag_close(diag);
    place_free(m);
}

static void bounds(void **state)
{
    (void)state;
    expect(0.403, NULL, 0, 0);
    expect(0.403 + 0.00499, NULL, 0, 0);
    expect(0.403 + 0.005, NULL, 0, 0);
    expect(0.403 + 0.00501, NULL, 1, 0);
    expect(0.403 - 0.00499, NULL, 0, 0);
    expect(0.403 - 0.00501, NULL, 1, 0);
    expect(0.403 + 0.04999, NULL, 3, 0); /* the other two statuses give way */
    expect(0.403 + 0.05, NULL, 3, 0);
    expect(0.403 + 0.05001, NULL, 2, 1);
    expect(0.403 - 0.05001, NULL, 2, 1);
    expect(0.403 + 0.05001, "a strike", 3, 0);
}

static void words(void **state)
{
    (void)state;
    struct cf_model *m = drifting(0.5);
    cf_diag *diag = cf_diag_open();
    cf_check_drift(m, diag);
    assert_string_equal(cf_diag_message(diag, 0).text,
                        "base stock and progression disagree: age 14, status 's0': 40.3% in the "
                        "base stock, 50.0% from age 13 and progression");
    cf_diag_close(diag);
    m->scenario.allow_drift = "the stock is of a year of strikes";
    diag = cf_diag_open();
    cf_check_drift(m, diag);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 0);
    assert_string_equal(cf_diag_message(diag, 0).text,
                        "base stock and progression disagree: age 14, status 's0': 40.3% in the "
                        "base stock, 50.0% from age 13 and progression; allowed: the stock is of a "
                        "year of strikes");
    cf_diag_close(diag);
    place_free(m);
}

/*
 * Results and levels count: of 101 at 14, 0.6 are at level l0 and 0.35 of those reach l1, where
 * nobody stays at school.
 *   at school at 15: 0.6 (1 - 0.35) of the cohort = 39%
 */
static void through_results(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    const double school[3] = {1, 0, 0}, out[3] = {0, 1, 0}, level[2] = {0.6, 0.4};
    struct cf_arena arena;
    struct cf_drift *drift;
    cf_arena_init(&arena);
    for (int x = 1; x < 4; x++)
        put(m, CF_FIELD_level_share, (int[]){0, x}, level);
    for (int s = 0; s < 3; s++)
        put(m, CF_FIELD_progression, (int[]){0, 2, 1, s}, out);
    for (int l = 0; l < 2; l++)
        put(m, CF_FIELD_status_share, (int[]){0, 0, 2, l}, school);
    *place_at(m, CF_FIELD_gain, (int[]){0, 1, 0, 0, 1}) = 0.35;
    const size_t n = cf_find_drift(m, &arena, &drift);
    assert_int_equal(n, 2);
    assert_int_equal(drift[0].x, 2);
    assert_int_equal(drift[0].s, 0);
    assert_true(drift[0].stock == 1);
    assert_true(fabs(drift[0].pushed - 0.39) < 1e-12);
    assert_int_equal(drift[1].s, 1);
    assert_true(fabs(drift[1].pushed - 0.61) < 1e-12);
    cf_arena_free(&arena);
    place_free(m);
}

/* Many at once are counted, not listed: 30 ages of three statuses. */
static void capped(void **state)
{
    (void)state;
    const struct place_size size = {.A = 1, .G = 1, .X = 32, .L = 1, .S = 3, .Y = 2, .choice_x = 2};
    struct cf_model *m = place_new(&size);
    cf_diag *diag = cf_diag_open();
    for (int x = 0; x < 32; x++) {
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = 1;
        put(m, CF_FIELD_status_share, (int[]){0, 0, x, 0}, (double[]){0.6, 0.3, 0.1});
        for (int s = 0; s < 3; s++)
            put(m, CF_FIELD_progression, (int[]){0, x, 0, s}, (double[]){0.4, 0.38, 0.22});
    }
    cf_check_drift(m, diag);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 21);
    assert_string_equal(cf_diag_message(diag, 20).text,
                        "base stock and progression disagree by more than 5.0 points in 70 more "
                        "ages and statuses");
    cf_diag_close(diag);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds),
        cmocka_unit_test(words),
        cmocka_unit_test(through_results),
        cmocka_unit_test(capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
