/* A place in memory: two areas, one group, ages 13 to 16, two statuses, 2009 to 2012; demography by
 * hand. */
#include "small.h"

#include "calibrate/hindcast_parts.h"
#include "engine/select.h"

enum { AREAS = 2, AGES = 4, ROWS = 8, COLUMNS = 3 };

static struct cf_model *two_areas(void)
{
    const struct place_size size = {
        .A = AREAS, .G = 1, .X = AGES, .L = 1, .S = 2, .Y = 4, .choice_x = AGES};
    struct cf_model *m = place_new(&size);
    m->scenario.base_year = 2009;
    m->scenario.end_year = 2012;
    m->scenario.first_age = 13;
    m->scenario.last_age = 16;
    for (int a = 0; a < AREAS; a++)
        for (int x = 0; x < AGES; x++)
            *place_at(m, CF_FIELD_population, (int[]){a, 0, x}) = 100 + 10 * a + x;
    for (int y = 0; y < 4; y++)
        for (int a = 0; a < AREAS; a++)
            *place_at(m, CF_FIELD_entrants, (int[]){y, a, 0}) = 50;
    *place_at(m, CF_FIELD_survival, (int[]){0, 2}) = 0.9;
    for (int x = 0; x < AGES; x++)
        *place_at(m, CF_FIELD_net_rate, (int[]){1, 0, x}) = 0.1;
    return m;
}

/* Rows: variable, area, age, status; year and value. */
struct row {
    const char *variable, *code[COLUMNS];
    int year;
    double value;
};

struct file {
    struct cf_outturn o;
    const char *column[COLUMNS], *variable[ROWS], *code[ROWS * COLUMNS];
    int year[ROWS];
    double value[ROWS];
    struct cf_at column_at[COLUMNS], at[ROWS * COLUMNS], variable_at[ROWS], year_at[ROWS];
};

static const struct cf_outturn *file_of(struct file *f, const struct row *row, int n)
{
    static const char *const columns[COLUMNS] = {"area", "age", "status"};
    *f = (struct file){0};
    for (int k = 0; k < n; k++) {
        f->variable[k] = row[k].variable;
        f->year[k] = row[k].year;
        f->value[k] = row[k].value;
        f->variable_at[k] = f->year_at[k] = (struct cf_at){"o.csv", k + 2, 1};
        for (int c = 0; c < COLUMNS; c++) {
            f->code[k * COLUMNS + c] = row[k].code[c] ? row[k].code[c] : "";
            f->at[k * COLUMNS + c] = (struct cf_at){"o.csv", k + 2, 3 + c};
        }
    }
    /* A column is there where a row fills it. */
    for (int c = 0; c < COLUMNS; c++) {
        f->column[c] = "";
        for (int k = 0; k < n; k++)
            f->column[c] = row[k].code[c] ? columns[c] : f->column[c];
    }
    f->o = (struct cf_outturn){"o.csv", COLUMNS,  n,       f->column, f->column_at,   f->variable,
                               f->year, f->value, f->code, f->at,     f->variable_at, f->year_at};
    return &f->o;
}

static enum cf_status score_by(const struct cf_model *m, const struct cf_outturn *o, const char *by,
                               struct cf_table *table, cf_diag *diag)
{
    const struct cf_hindcast_query query = {.by = by,
                                            .outturn = o,
                                            .shown = {1, 1, 1, 1},
                                            .kernels = cf_select_kernels("generic"),
                                            .threads = 1};
    return cf_hindcast_table(table, m, &query, diag);
}

static enum cf_status score(const struct cf_model *m, const struct cf_outturn *o,
                            struct cf_table *table, cf_diag *diag)
{
    return score_by(m, o, NULL, table, diag);
}

static double number_at(const struct cf_table *table, const char *name, size_t row)
{
    for (int c = 0; c < table->n_columns; c++)
        if (!strcmp(table->column[c].name, name))
            return table->column[c].kind == CF_COLUMN_INT ? table->column[c].integer[row]
                                                          : table->column[c].number[row];
    fail_msg("no column '%s'", name);
    return NAN;
}

static void assert_near(double is, double should)
{
    if (!(fabs(is - should) <= 1e-9))
        fail_msg("%.17g, not %.17g", is, should);
}

/* Area 1, age 15 in 2011: 110 who were 13 in 2009, survive with 0.9 and grow by a tenth in each of
 * two years: 119.79. No change has 112, the cohort 99; of both areas' cohorts, 90 + 99, the share
 * of 112 in 102 + 112. */
static void by_hand(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    const struct row row = {"population", {"a1", "15", NULL}, 2011, 120};
    assert_int_equal(score(m, file_of(&f, &row, 1), &table, diag), CF_OK);
    assert_int_equal(table.n_rows, 1);
    assert_near(number_at(&table, "horizon", 0), 2);
    assert_near(number_at(&table, "mae", 0), 0.21);
    assert_near(number_at(&table, "no_change_mae", 0), 8);
    assert_near(number_at(&table, "cohort_mae", 0), 21);
    assert_near(number_at(&table, "constant_share_mae", 0), 120 - 189 * 112 / 214.0);
    assert_near(number_at(&table, "no_change_skill", 0), 1 - 0.21 / 8);
    assert_true(isnan(number_at(&table, "cover_80", 0)));
    cf_table_free(&table);
    cf_diag_close(diag);
    place_free(m);
}

/* Errors of two areas that are one cancel: 90 for 90.9 in area 0, 119.79 for 118.89 in
 * area 1. */
static void areas_together(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    const struct row rows[] = {{"population", {"a0", "15", NULL}, 2011, 90.9},
                               {"population", {"a1", "15", NULL}, 2011, 118.89}};
    for (int a = 0; a < AREAS; a++)
        place_mark(m, CF_AXIS_AREA, a, "authority", "one");
    assert_int_equal(score(m, file_of(&f, rows, 2), &table, diag), CF_OK);
    assert_near(number_at(&table, "mae", 0), 0.9);
    cf_table_free(&table);
    assert_int_equal(score_by(m, file_of(&f, rows, 2), "authority", &table, diag), CF_OK);
    assert_near(number_at(&table, "cells", 0), 1);
    assert_near(number_at(&table, "mae", 0), 0);
    assert_near(number_at(&table, "cohort_mae", 0), 90.9 + 118.89 - 189);
    cf_table_free(&table);
    assert_int_equal(score_by(m, file_of(&f, rows, 2), "authorty", &table, diag), CF_USAGE);
    assert_string_equal(told(diag, CF_ERROR, "hindcast.by"), "areas have no attribute 'authorty'");
    cf_diag_close(diag);
    place_free(m);
}

static void what_is_wrong(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    const struct row rows[] = {
        {"populatoin", {"a1", "15", NULL}, 2011, 1},    {"population", {"a2", "15", NULL}, 2011, 1},
        {"population", {"a1", "15", NULL}, 2013, 1},    {"population", {"a1", "15", "s1"}, 2011, 1},
        {"population", {"a1", "14", NULL}, 2011, 1},    {"population", {"a1", "14", NULL}, 2011, 1},
        {"attained_by_19", {NULL, NULL, NULL}, 2011, 1}};
    assert_int_equal(score(m, file_of(&f, rows, 7), &table, diag), CF_BAD_INPUT);
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.variable"), "'populatoin'"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.code"), "no area 'a2'"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.year"), "year 2013 is not from 2010"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.dimension"), "is not by status"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.twice"), "in line 6"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.share"), "names no area"));
    assert_non_null(strstr(told(diag, CF_ERROR, "outturn.column"), "'status'"));
    cf_diag_close(diag);
    place_free(m);
}

static void years_that_were_fitted(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f;
    struct cf_table table;
    struct cf_fitted fitted = {
        .field = CF_FIELD_net_rate, .first = 2005, .last = 2011, .at = {"fit.cfg", 3, 1}};
    cf_diag *diag = cf_diag_open();
    const struct row rows[] = {{"population", {"a1", "15", NULL}, 2011, 1},
                               {"population", {"a1", "15", NULL}, 2012, 1}};
    m->scenario.n_fitted = 1;
    m->scenario.fitted = &fitted;
    assert_int_equal(score(m, file_of(&f, rows, 2), &table, diag), CF_BAD_INPUT);
    assert_string_equal(told(diag, CF_ERROR, "hindcast.fitted"),
                        "'net_rate' was fitted to 2005 to 2011 (fit.cfg:3), so 2011 may not be "
                        "scored");
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    assert_int_equal(score(m, file_of(&f, rows + 1, 1), &table, diag), CF_OK);
    assert_non_null(strstr(told(diag, CF_WARNING, "hindcast.late-fit"), "years up to 2011"));
    cf_table_free(&table);
    cf_diag_close(diag);
    place_free(m);
}

static void a_projection_of_something_else(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f, g;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    const struct row row = {"population", {"a1", "15", NULL}, 2011, 120};
    const struct row theirs = {"population", {"elsewhere", "15", NULL}, 2011, 1};
    const struct cf_hindcast_query query = {.outturn = file_of(&f, &row, 1),
                                            .official = file_of(&g, &theirs, 1),
                                            .shown = {1, 1, 1, 1},
                                            .kernels = cf_select_kernels("generic"),
                                            .threads = 1};
    assert_int_equal(cf_hindcast_table(&table, m, &query, diag), CF_BAD_INPUT);
    assert_non_null(strstr(told(diag, CF_ERROR, "hindcast.official"), "no row"));
    cf_diag_close(diag);
    place_free(m);
}

static void draws_that_are_none(void **state)
{
    (void)state;
    struct cf_model *m = two_areas();
    struct file f;
    struct cf_table table;
    struct cf_sweep_dim dim = {.name = "x", .n = 2};
    cf_diag *diag = cf_diag_open();
    const struct row row = {"population", {"a1", "15", NULL}, 2011, 1};
    m->scenario.future.design = (struct cf_design){.kind = CF_DESIGN_MORRIS, .draws = 2};
    assert_int_equal(score(m, file_of(&f, &row, 1), &table, diag), CF_BAD_INPUT);
    assert_non_null(strstr(told(diag, CF_ERROR, "hindcast.design"), "morris"));
    m->scenario.future.n_sweeps = 1;
    m->scenario.future.sweep = &dim;
    assert_int_equal(score(m, file_of(&f, &row, 1), &table, diag), CF_BAD_INPUT);
    assert_non_null(strstr(told(diag, CF_ERROR, "hindcast.sweep"), "one projection"));
    const struct cf_hindcast few = {.diag = diag, .n_draws = 99, .n_failed = 1};
    const struct cf_hindcast many = {.diag = diag, .n_draws = 98, .n_failed = 2};
    assert_int_equal(cf_hindcast_judge(&few), CF_OK);
    assert_int_equal(cf_hindcast_judge(&many), CF_BROKEN);
    assert_non_null(strstr(told(diag, CF_ERROR, "hindcast.many-failed"), "2 of 100 draws failed"));
    cf_diag_close(diag);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(areas_together),
        cmocka_unit_test(what_is_wrong),
        cmocka_unit_test(years_that_were_fitted),
        cmocka_unit_test(a_projection_of_something_else),
        cmocka_unit_test(draws_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
