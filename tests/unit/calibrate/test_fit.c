/* Fitting the progression of a whole place, and what is said where it cannot be met. */
#include "small.h"

/* A place whose levels and groups pass from age to age as gain has them: steady level shares, no
 * regroup, so that progression alone can bring each base stock to the next. */
static struct cf_model *steady(struct place_random *random)
{
    const struct place_size size = {.A = 2, .G = 2, .X = 5, .L = 2, .S = 4, .Y = 3, .choice_x = 2};
    struct cf_model *m = place_new_random(&size, random);
    struct cf_field *stock = &m->field[CF_FIELD_status_share];
    const double level[2] = {0.6, 0.4}, first[2] = {1, 0};
    for (size_t row = 0; row < stock->size; row += 4) {
        double sum = 0;
        for (int s = 0; s < 4; s++)
            sum += stock->value[row + (size_t)s] = 0.05 + place_uniform(random);
        for (int s = 0; s < 4; s++)
            stock->value[row + (size_t)s] /= sum;
    }
    memset(m->field[CF_FIELD_gain].value, 0, m->field[CF_FIELD_gain].size * sizeof(double));
    for (int g = 0; g < 2; g++) {
        *place_at(m, CF_FIELD_gain, (int[]){g, 1, 0, 0, 1}) = level[1];
        for (int x = 0; x < 5; x++) {
            put(m, CF_FIELD_level_share, (int[]){g, x}, x < 2 ? first : level);
            put(m, CF_FIELD_regroup, (int[]){g, x}, g ? (double[]){0, 1} : (double[]){1, 0});
            for (int a = 0; a < 2; a++)
                *place_at(m, CF_FIELD_population, (int[]){a, g, x}) = 50 + 7 * a + 3 * g;
        }
    }
    m->extent.last_x = CF_TAKE(&m->arena, 2, int);
    ((int *)m->extent.last_x)[0] = 4;
    ((int *)m->extent.last_x)[1] = 3;
    return m;
}

static void no_drift_is_left(void **state)
{
    (void)state;
    struct place_random random = {99};
    for (int trial = 0; trial < 50; trial++) {
        struct cf_model *m = steady(&random);
        struct cf_fit_summary summary;
        cf_diag *diag = cf_diag_open();
        struct cf_field *f = &m->field[CF_FIELD_progression];
        for (size_t i = 0; i < f->size; i++)
            f->value[i] = 0.7 * f->value[i] + 0.3 / 4; /* every way is open */
        cf_check_drift(m, diag);
        assert_true(cf_diag_count(diag, CF_NOTICE) > 0);
        cf_diag_close(diag);
        diag = cf_diag_open();
        assert_int_equal(cf_fit_progression(m, 100000, &summary, diag), CF_OK);
        assert_int_equal(summary.n_cells, 2 * (3 + 2));
        assert_true(summary.residual <= CF_FIT_TOLERANCE);
        cf_fit_report_rest(m, diag);
        cf_check_drift(m, diag);
        if (cf_diag_count(diag, CF_NOTICE) > 0)
            cf_diag_print(diag, stderr, CF_NOTICE, 0, 0);
        assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
        cf_diag_close(diag);
        place_free(m);
    }
}

static void impossible(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    struct cf_fit_summary summary;
    cf_diag *diag = cf_diag_open();
    put(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0}, (double[]){0.75, 0.25, 0});
    put(m, CF_FIELD_status_share, (int[]){0, 0, 2, 0}, (double[]){0.3, 0, 0.7});
    put(m, CF_FIELD_status_share, (int[]){0, 0, 3, 0}, (double[]){0.4, 0.6, 0});
    put(m, CF_FIELD_progression, (int[]){0, 1, 0, 0}, (double[]){1, 0, 0});
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 0}, (double[]){0.5, 0.25, 0.25});
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 1}, (double[]){0, 1, 0});
    put(m, CF_FIELD_progression, (int[]){0, 3, 0, 0}, (double[]){0.5, 0.5, 0});
    put(m, CF_FIELD_progression, (int[]){0, 3, 0, 2}, (double[]){1, 0, 0});
    assert_int_equal(cf_fit_progression(m, 1000, &summary, diag), CF_BAD_INPUT);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 3);
    assert_string_equal(cf_diag_message(diag, 0).text,
                        "group 'g0', age 14, level 'l0': status 's1' is in the base stock and the "
                        "prior gives no way into it: the fit misses by 25%");
    assert_string_equal(
        told(diag, CF_ERROR, "fit.row"),
        "group 'g0', age 15, level 'l0': status 's1' can only move to statuses that nobody is in "
        "in the base stock: the fit misses by 25%");
    assert_string_equal(told(diag, CF_ERROR, "fit.column"),
                        "group 'g0', age 16, level 'l0': status 's1' is larger in the base stock "
                        "than the prior can bring there in 1000 rounds: the fit misses by 30%");
    cf_diag_close(diag);
    place_free(m);
}

/* The margins ask for a cell that only ever more rounds empty: said, with what is left. */
static void slow(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    struct cf_fit_summary summary;
    cf_diag *diag = cf_diag_open();
    for (int x = 1; x < 4; x++)
        put(m, CF_FIELD_status_share, (int[]){0, 0, x, 0}, (double[]){0.5, 0.5, 0});
    put(m, CF_FIELD_progression, (int[]){0, 1, 0, 0}, (double[]){0.5, 0.4, 0.1});
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 0}, (double[]){0.9, 0.1, 0});
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 1}, (double[]){0, 1, 0});
    assert_int_equal(cf_fit_progression(m, 20000, &summary, diag), CF_OK);
    assert_int_equal(summary.rounds, 20000);
    assert_true(summary.residual > CF_FIT_TOLERANCE && summary.residual < CF_FIT_MISS);
    assert_non_null(strstr(told(diag, CF_WARNING, "fit.residual"),
                           "group 'g0', age 15, level 'l0': not converged after 20000 rounds; the "
                           "worst status misses by 0.00"));
    assert_string_equal(told(diag, CF_NOTICE, "fit.emptied"),
                        "the base stock has nobody where the prior leads, so the fit does not lead "
                        "there: group 'g0', age 14, level 'l0', status 's2'");
    cf_diag_close(diag);
    place_free(m);
}

/* Levels that do not pass on as gain has them are nothing that progression could mend. */
static void levels_differ(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    struct cf_fit_summary summary;
    cf_diag *diag = cf_diag_open();
    for (int x = 2; x < 4; x++) {
        put(m, CF_FIELD_level_share, (int[]){0, x}, (double[]){0.5, 0.5});
        put(m, CF_FIELD_status_share, (int[]){0, 0, x, 1}, (double[]){0, 1, 0});
    }
    assert_int_equal(cf_fit_progression(m, 1000, &summary, diag), CF_OK);
    cf_fit_report_rest(m, diag);
    assert_string_equal(told(diag, CF_WARNING, "fit.rest"),
                        "after the fit too: age 15, status 's1': 50.0% in the base stock, 0.0% "
                        "from age 14; levels or groups of the two ages differ by more than gain "
                        "and regroup say");
    cf_diag_close(diag);
    place_free(m);
}

/* Many that cannot be met are counted, not listed. */
static void capped(void **state)
{
    (void)state;
    const struct place_size size = {.A = 1, .G = 1, .X = 32, .L = 1, .S = 2, .Y = 2, .choice_x = 2};
    struct cf_model *m = place_new(&size);
    struct cf_fit_summary summary;
    cf_diag *diag = cf_diag_open();
    for (int x = 0; x < 32; x++) {
        *place_at(m, CF_FIELD_population, (int[]){0, 0, x}) = 1;
        put(m, CF_FIELD_status_share, (int[]){0, 0, x, 0}, (double[]){1 - x / 100., x / 100.});
    }
    assert_int_equal(cf_fit_progression(m, 10, &summary, diag), CF_BAD_INPUT);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 21);
    assert_string_equal(told(diag, CF_ERROR, "fit.more"), "10 more statuses cannot be met");
    cf_diag_close(diag);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_drift_is_left), cmocka_unit_test(impossible), cmocka_unit_test(slow),
        cmocka_unit_test(levels_differ),    cmocka_unit_test(capped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
