/* Who can stand where: rows that are needed are asked for, others are not. */
#include "small.h"

#include "engine/select.h"

/* Progression as if read from a table: the rows given are those that do not sum to 0. */
static void as_table(struct cf_model *m)
{
    struct cf_field *f = &m->field[CF_FIELD_progression];
    f->path = "progression.csv";
    f->line = CF_TAKE(&m->arena, f->size, int);
    for (size_t row = 0; row < f->size; row += (size_t)m->extent.S)
        for (int t = 0; t < m->extent.S; t++)
            for (int u = 0; u < m->extent.S; u++)
                f->line[row + (size_t)t] |= f->value[row + (size_t)u] > 0 ? 2 : 0;
}

static const double none[3] = {0, 0, 0};

static const char *missing(const struct cf_model *m, cf_diag **diag)
{
    cf_diag_close(*diag);
    *diag = cf_diag_open();
    cf_check_occupancy(m, *diag);
    return told(*diag, CF_ERROR, "progression.missing");
}

/* All stay at school at the first level: two rows a person, no other. */
static void only_where_people_come(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    cf_diag *diag = cf_diag_open();
    for (int x = 0; x < 4; x++)
        for (int l = 0; l < 2; l++)
            for (int s = 0; s < 3; s++)
                if (l > 0 || s > 0 || x == 0)
                    put(m, CF_FIELD_progression, (int[]){0, x, l, s}, none);
    as_table(m);
    assert_string_equal(missing(m, &diag), "");
    /* Results bring somebody to the second level at 14: the row at 15 is needed, and with it the
     * way on is not known. */
    *place_at(m, CF_FIELD_gain, (int[]){0, 1, 0, 0, 1}) = 1e-9;
    assert_string_equal(missing(m, &diag),
                        "progression gives no row for 1 cell that people come to stand in: group "
                        "'g0', age 15, level 'l1', status 's0'");
    /* Nobody survives into 15: nobody needs it. */
    *place_at(m, CF_FIELD_survival, (int[]){0, 2}) = 0;
    assert_string_equal(missing(m, &diag), "");
    cf_diag_close(diag);
    place_free(m);
}

/* What the base stock holds only at 16, newcomers of that age bring where nobody else is. */
static void newcomers(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    cf_diag *diag = cf_diag_open();
    put(m, CF_FIELD_status_share, (int[]){0, 0, 3, 0}, (double[]){0, 0.7, 0.3});
    put(m, CF_FIELD_progression, (int[]){0, 3, 0, 1}, none);
    as_table(m);
    assert_string_equal(missing(m, &diag), "");
    *place_at(m, CF_FIELD_external, (int[]){2, 0, 0, 3}) = 5;
    assert_string_equal(missing(m, &diag), ""); /* somebody is there: they do as these do */
    *place_at(m, CF_FIELD_survival, (int[]){0, 3}) = 0;
    assert_string_equal(missing(m, &diag),
                        "progression gives no row for 1 cell that people come to stand in: group "
                        "'g0', age 16, level 'l0', status 's1'");
    cf_diag_close(diag);
    place_free(m);
}

static void duty(void **state)
{
    (void)state;
    struct cf_model *m = small_place();
    cf_diag *diag = cf_diag_open();
    put(m, CF_FIELD_progression, (int[]){0, 1, 0, 0}, (double[]){0, 1, 0});
    as_table(m);
    for (int y = 0; y < 4; y++) {
        *place_at(m, CF_FIELD_entrants, (int[]){y, 0, 0}) = 90;
        *place_at(m, CF_FIELD_duty, (int[]){y, 1}) = 1;
    }
    missing(m, &diag);
    assert_string_equal(told(diag, CF_ERROR, "duty.no-default"), "");
    *place_at(m, CF_FIELD_compliance, (int[]){3, 1}) = 0.2;
    missing(m, &diag);
    assert_string_equal(
        told(diag, CF_ERROR, "duty.no-default"),
        "the duty to participate moves people who have nowhere to go: area 'a0', group 'g0', age "
        "14, level 'l0'");
    m->scenario.duty_default = 2;
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 2}, none);
    assert_string_equal(missing(m, &diag), ""); /* moved in the last year: never older */
    *place_at(m, CF_FIELD_compliance, (int[]){2, 1}) = 0.2;
    assert_string_equal(told(diag, CF_ERROR, "duty.no-default"), "");
    cf_check_occupancy(m, diag);
    assert_string_equal(
        told(diag, CF_ERROR, "progression.zero-row"),
        "progression leads nowhere from 1 cell that people come to stand in: group 'g0', age 15, "
        "level 'l0', status 's2'");
    m->scenario.exempt_level = 0;
    m->scenario.duty_default = -1;
    missing(m, &diag);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 0);
    cf_diag_close(diag);
    place_free(m);
}

/* One line of s1 at ages 14 and 15, all its shares 1. */
static struct cf_model *placing(void)
{
    struct cf_model *m = small_place();
    struct cf_provision *p = &m->provision;
    struct cf_field *share = &m->field[CF_FIELD_line_share];
    struct cf_axis *line = &m->axis[CF_AXIS_LINE];
    line->n = p->I = 1;
    line->path = "line.csv";
    p->line = CF_TAKE(&m->arena, 1, struct cf_line);
    p->line[0] = (struct cf_line){.route = 1, .from_x = 1, .to_x = 2, .counts = 1};
    p->provided = CF_TAKE(&m->arena, 3, unsigned char);
    p->provided[1] = 1;
    share->path = "line_share.csv";
    share->size = 2;
    share->value = CF_TAKE(&m->arena, 2, double);
    share->value[0] = share->value[1] = 1;
    return m;
}

/* Whoever needs a place needs a line that serves the age and is wished for. */
static void lines(void **state)
{
    (void)state;
    struct cf_model *m = placing();
    cf_diag *diag = cf_diag_open();
    as_table(m);
    assert_string_equal(missing(m, &diag), "");
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0); /* nobody is in s1 */
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 0}, (double[]){0.5, 0.5, 0});
    missing(m, &diag);
    assert_string_equal(told(diag, CF_ERROR, "lines.none"),
                        "no line serves 1 cell that people come to stand in: status 's1', age 16");
    m->provision.line[0].to_x = 3;
    missing(m, &diag);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    m->field[CF_FIELD_line_share].value[0] = 0;
    missing(m, &diag);
    assert_string_equal(told(diag, CF_ERROR, "line_share.zero"),
                        "all lines that serve have a share of 0 in 1 cell that people come to "
                        "stand in: area 'a0', group 'g0', age 15, level 'l0', status 's1'");
    /* Once for the ages of a cell, and in the base stock too. */
    put(m, CF_FIELD_progression, (int[]){0, 2, 0, 0}, (double[]){1, 0, 0});
    put(m, CF_FIELD_status_share, (int[]){0, 0, 3, 0}, (double[]){0, 1, 0});
    missing(m, &diag);
    assert_string_equal(told(diag, CF_ERROR, "line_share.zero"),
                        "all lines that serve have a share of 0 in 1 cell that people come to "
                        "stand in: area 'a0', group 'g0', age 16, level 'l0', status 's1'");
    cf_diag_close(diag);
    place_free(m);
}

/* Some of those who need a place get none: they move on from the fallback. */
static void the_unplaced_need_a_way_on(void **state)
{
    (void)state;
    struct cf_model *m = placing();
    cf_diag *diag = cf_diag_open();
    m->provision.line[0].to_x = 3;
    put(m, CF_FIELD_progression, (int[]){0, 3, 0, 2}, none);
    as_table(m);
    put(m, CF_FIELD_status_share, (int[]){0, 0, 2, 0}, (double[]){0, 1, 0});
    assert_string_equal(missing(m, &diag), ""); /* those of the base year stay where they are */
    put(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0}, (double[]){0, 1, 0});
    assert_string_equal(missing(m, &diag),
                        "progression gives no row for 1 cell that people come to stand in: group "
                        "'g0', age 16, level 'l0', status 's2'");
    cf_diag_close(diag);
    place_free(m);
}

/*
 * On random places with rows taken away: a run fails for want of a row only where the walk has
 * asked for one.
 */
static void no_run_needs_what_was_not_asked_for(void **state)
{
    (void)state;
    struct place_random random = {4211};
    int failed = 0, asked = 0;
    for (int trial = 0; trial < 300; trial++) {
        const struct place_size size = place_random_size(&random);
        struct cf_model *m = place_new_random(&size, &random);
        struct cf_field *f = &m->field[CF_FIELD_progression];
        cf_diag *diag = cf_diag_open();
        m->scenario.duty_default = 0;
        for (size_t row = 0; row < f->size; row += (size_t)size.S)
            if (place_uniform(&random) < 0.03)
                memset(f->value + row, 0, (size_t)size.S * sizeof *f->value);
        as_table(m);
        if (size.choice_x < size.X)
            cf_check_occupancy(m, diag);
        struct place_result result = place_run(m, cf_select_kernels("generic"));
        if (result.status == CF_RUN_NOT_FINITE) {
            failed++;
            assert_true(cf_diag_count(diag, CF_ERROR) > 0);
        }
        asked += cf_diag_count(diag, CF_ERROR) > 0;
        place_result_free(&result);
        cf_diag_close(diag);
        place_free(m);
    }
    assert_true(failed > 20);
    assert_true(asked <= failed + failed / 5); /* nor does it ask for much that none needs */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_where_people_come),
        cmocka_unit_test(newcomers),
        cmocka_unit_test(duty),
        cmocka_unit_test(lines),
        cmocka_unit_test(the_unplaced_need_a_way_on),
        cmocka_unit_test(no_run_needs_what_was_not_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
