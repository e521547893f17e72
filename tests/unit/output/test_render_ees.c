/* Proves: what explore education statistics is given is complete, by codes that decide its level,
 * with totals where values add up; and what cannot be given is said. tests/cli/ees.sh holds whole
 * files against the layout. */
#include "support/check.h"

#include "unit/output/small_results.h"

#include "output/ees_places.h"
#include "output/render_ees.h"
#include "output/table.h"

#include <math.h>

static struct small small;
static cf_results *file;

static int open_results(void **state)
{
    if (small_open_folder(state) < 0)
        return -1;
    small_init(&small, "ees.h5");
    return small_write(&small, NULL) == CF_OK && cf_results_open("ees.h5", &file, NULL) == CF_OK
               ? 0
               : -1;
}

static int close_results(void **state)
{
    cf_results_close(file);
    cf_arena_free(&small.arena);
    return small_close_folder(state);
}

static int says(const cf_diag *diag, const char *code)
{
    for (size_t k = 0; k < cf_diag_count(diag, CF_NOTICE); k++)
        if (strcmp(cf_diag_message(diag, k).code, code) == 0)
            return 1;
    return 0;
}

static const struct cf_ees_level *level_of(const char *const *code, int n, const char **country)
{
    static struct cf_arena arena;
    struct cf_ees_places places;
    cf_arena_init(&arena);
    cf_ees_find_places(&places, file, "tier", code, n, &arena, NULL);
    *country = places.country_name;
    cf_arena_free(&arena);
    return places.level;
}

static void test_levels(void **state)
{
    (void)state;
    static const struct {
        const char *code[2], *level, *country;
    } rows[] = {
        {{"E09000002", "E08000001"}, "Local authority", "England"},
        {{"E07000234", "E07000235"}, "Local authority district", "England"},
        {{"E12000005", "london"}, "Regional", "England"},
        {{"yorkshire-and-the-humber", "East of England"}, "Regional", "England"},
        {{"E05000026", "E05000027"}, "Ward", "England"},
        {{"E14000530", "E14000531"}, "Parliamentary constituency", "England"},
        {{"E09000002", "E07000234"}, "Planning area", "England"},
        {{"W06000011", "W06000012"}, "Planning area", "Wales"},
        {{"north", "south"}, "Planning area", "England"},
        {{"E0900000", "E090000021"}, "Planning area", "England"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const char *country;
        assert_string_equal(level_of(rows[k].code, 2, &country)->name, rows[k].level);
        assert_string_equal(country, rows[k].country);
    }
}

static int column_of(const struct cf_table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (strcmp(table->column[c].name, name) == 0)
            return c;
    return -1;
}

/* Population of two boroughs and a place that is none: planning areas, with totals of groups. */
static void test_population(void **state)
{
    (void)state;
    const struct cf_table_query query = {.variable = "population", .sum = "age"};
    struct cf_table table, data, meta;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_table_of_variable(&table, file, &query, diag), CF_OK);
    const struct cf_ees ees = {.table = &table,
                               .results = file,
                               .variable = cf_results_find(file, "population"),
                               .tier = "area"};
    assert_int_equal(cf_ees_tables(&ees, &data, &meta, diag), CF_OK);
    assert_int_equal(data.n_rows, SMALL_YEARS * SMALL_AREAS * SMALL_SCENARIOS * (SMALL_GROUPS + 1));
    const struct cf_column *group = &data.column[column_of(&data, "group")];
    const double *value = data.column[column_of(&data, "population")].number;
    for (size_t row = 0; row < data.n_rows; row += 3) {
        assert_string_equal(group->text[row], "Women");
        assert_string_equal(group->text[row + 2], "Total");
        assert_true(fabs(value[row] + value[row + 1] - value[row + 2]) < 1e-9);
    }
    assert_int_equal(meta.n_rows, 3); /* scenario, group, population */
    assert_string_equal(meta.column[0].text[2], "population");
    assert_string_equal(meta.column[1].text[2], "Indicator");
    cf_table_free(&data);
    cf_table_free(&meta);
    cf_table_free(&table);
    /* By authority the place without one has no row, which is said. */
    const struct cf_table_query by = {.variable = "population", .by = "authority", .sum = "age"};
    assert_int_equal(cf_table_of_variable(&table, file, &by, diag), CF_OK);
    const struct cf_ees of = {.table = &table,
                              .results = file,
                              .variable = cf_results_find(file, "population"),
                              .tier = "authority"};
    assert_int_equal(cf_ees_tables(&of, &data, &meta, diag), CF_OK);
    assert_string_equal(data.column[2].text[0], "Local authority");
    assert_int_equal(data.n_rows, SMALL_YEARS * 2 * SMALL_SCENARIOS * (SMALL_GROUPS + 1));
    assert_true(says(diag, "ees.place"));
    assert_true(says(diag, "ees.old_la_code"));
    assert_true(says(diag, "ees.region"));
    cf_table_free(&data);
    cf_table_free(&meta);
    cf_table_free(&table);
    cf_diag_close(diag);
}

/* A table with a year, three filters of so many members, and a value; members of which two read
 * alike, one has blanks at its ends and one is called Total. */
static void make_table(struct cf_table *table, size_t rows)
{
    static const char *const labels[] = {"Alike", "Alike", "  blanks ", "Total", ""};
    *table = (struct cf_table){.title = "Made"};
    cf_arena_init(&table->arena);
    struct cf_column *year = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    struct cf_column *filter[3];
    for (int f = 0; f < 3; f++) {
        filter[f] = cf_add_column(table, cf_arena_format(&table->arena, "filter-%d", f),
                                  CF_COLUMN_TEXT, rows);
        filter[f]->label = CF_TAKE(&table->arena, rows, const char *);
    }
    struct cf_column *value = cf_add_column(table, "value", CF_COLUMN_NUMBER, rows);
    for (size_t row = 0; row < rows; row++) {
        year->integer[row] = 1999;
        for (int f = 0; f < 3; f++) {
            filter[f]->text[row] = cf_arena_format(&table->arena, "m%zu", f ? 0 : row);
            filter[f]->label[row] = f ? "One" : row < 5 ? labels[row] : filter[f]->text[row];
        }
        value->number[row] = (double)row;
    }
    table->n_rows = rows;
}

static void test_items(void **state)
{
    (void)state;
    struct cf_table table, data, meta;
    make_table(&table, 5);
    const struct cf_ees ees = {.table = &table,
                               .results = file,
                               .variable = cf_results_find(file, "population"),
                               .tier = "area"};
    assert_int_equal(cf_ees_tables(&ees, &data, &meta, NULL), CF_OK);
    const struct cf_column *filter = &data.column[column_of(&data, "filter_0")];
    assert_string_equal(filter->text[0], "Alike (m0)");
    assert_string_equal(filter->text[1], "Alike (m1)");
    assert_string_equal(filter->text[2], "blanks");
    assert_string_equal(filter->text[3], "Total (m3)");
    assert_string_equal(filter->text[4], "m4");
    assert_string_equal(data.column[0].text[0], "199900");
    assert_string_equal(data.column[2].text[0], "Planning area");
    assert_int_equal(meta.n_rows, 2); /* filters of one member are not in it */
    cf_table_free(&data);
    cf_table_free(&meta);
    cf_table_free(&table);
}

static void refused(const struct cf_ees *ees, const char *code)
{
    struct cf_table data, meta;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_ees_tables(ees, &data, &meta, diag), CF_USAGE);
    assert_true(says(diag, code));
    cf_diag_close(diag);
}

static void test_refused(void **state)
{
    (void)state;
    struct cf_table table;
    make_table(&table, 2001);
    for (size_t row = 0; row < table.n_rows; row++)
        table.column[2].text[row] = table.column[1].text[row];
    const struct cf_ees ees = {.table = &table,
                               .results = file,
                               .variable = cf_results_find(file, "population"),
                               .tier = "area"};
    refused(&ees, "ees.large"); /* 2,001 x 2,001 combinations */
    table.column[0].name = "month";
    refused(&ees, "ees.time");
    cf_table_free(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_population),
        cmocka_unit_test(test_items),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, open_results, close_results);
}
