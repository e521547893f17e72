#include "support/check.h"

#include "unit/plan/provided.h"

static struct provided place;

static const char *rating(const struct cf_table *table, int run, int year, const char *line,
                          const char *consortium)
{
    return text_at(table, "rating",
                   row_of(table, run, year, "line", line, "consortium", consortium));
}

/* A line is removed in the second run from 2011 on: its cells turn red, no others do. */
static void a_removed_line_turns_its_cells_red(void **state)
{
    (void)state;
    size_t red = 0;
    provide(&place);
    for (int a = 0; a < AREAS; a++)
        place.coverage[1][2][a][ART] = 0;
    struct told told = provided_table(&place, cf_coverage_table, (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    assert_int_equal(table->n_rows, RUNS * REPORTS * LINES * 4);
    for (size_t row = 0; row < table->n_rows; row++) {
        const int removed = column_of(table, "run")->integer[row] == 1 &&
                            column_of(table, "year")->integer[row] == 2011 &&
                            strcmp(text_at(table, "line", row), "art") == 0;
        assert_string_equal(text_at(table, "rating", row), removed ? "red" : "green");
        assert_near(number_at(table, "coverage", row), !removed);
        assert_string_equal(text_at(table, "entitlement", row),
                            strcmp(text_at(table, "line", row), "bricks") == 0 ? "no" : "yes");
        red += (size_t)removed;
    }
    assert_int_equal(red, 4);
    provided_close(&told);
}

/* Two areas with 5 and 95 of 100 residents: 95% is green, less amber, less than half red. */
static void rated_by_residents(void **state)
{
    (void)state;
    provide(&place);
    memset(place.population, 0, sizeof place.population);
    place.population[0][2][HILL][0][1] = 2.5; /* 16 */
    place.population[0][2][HILL][1][3] = 2.5; /* 18 */
    place.population[0][2][HILL][1][0] = 700; /* 15 and 19 are not asked */
    place.population[0][2][HILL][1][4] = 700;
    place.population[0][2][MEAD][0][2] = 95;
    place.population[0][2][FELL][0][2] = 107;
    place.coverage[0][2][HILL][ALEVEL] = 0;
    place.coverage[0][2][HILL][BRICKS] = 0;
    place.coverage[0][2][MEAD][BRICKS] = 0.999;
    place.coverage[0][2][MEAD][ART] = 0;
    place.coverage[0][2][FELL][ALEVEL] = 0.499;
    place.coverage[0][2][FELL][BRICKS] = 0.5;
    struct told told = provided_table(&place, cf_coverage_table, (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    assert_string_equal(rating(table, 0, 2011, "alevel", "north"), "green");
    assert_string_equal(rating(table, 0, 2011, "bricks", "north"), "amber");
    assert_string_equal(rating(table, 0, 2011, "art", "north"), "red");
    assert_string_equal(rating(table, 0, 2011, "alevel", ""), "red"); /* 0.499 */
    assert_string_equal(rating(table, 0, 2011, "bricks", ""), "amber");
    assert_string_equal(rating(table, 0, 2011, "art", "south"), "unknown"); /* nobody there */
    assert_string_equal(rating(table, 0, 2011, "art", "all"), "amber");
    assert_near(
        number_at(table, "coverage", row_of(table, 0, 2011, "line", "art", "consortium", "all")),
        (5.0 + 107) / 207);
    provided_close(&told);
}

/* Whoever counts is said by the file: 15, and 17 as well. */
static void of_the_ages_of_the_file(void **state)
{
    (void)state;
    static const double coverage[] = {0.75, 0.5};
    static const char *const title[] = {"Residents aged 15 with a line within reach, by consortium",
                                        "Residents aged 15, 17 with a line within reach, by "
                                        "consortium"};
    provide(&place);
    memset(place.population, 0, sizeof place.population);
    place.tells_ages = 1;
    place.population[0][2][HILL][0][0] = 30;
    place.population[0][2][MEAD][1][0] = 10;
    place.population[0][2][MEAD][0][2] = 20;
    place.population[0][2][MEAD][0][1] = 900;
    place.coverage[0][2][MEAD][ART] = 0;
    for (int k = 0; k < 2; k++) {
        place.coverage_age[2 * k] = 1;
        struct told told = provided_table(&place, cf_coverage_table, (struct cf_plan_query){0});
        assert_string_equal(told.table.title, title[k]);
        assert_near(number_at(&told.table, "coverage",
                              row_of(&told.table, 0, 2011, "line", "art", "consortium", "north")),
                    coverage[k]);
        provided_close(&told);
        told = provided_table(&place, cf_gap_table, (struct cf_plan_query){.rows = CF_ROWS_LINE});
        assert_near(number_at(&told.table, "coverage",
                              row_of(&told.table, 0, 2011, "authority", "x", "line", "art")),
                    coverage[k]);
        provided_close(&told);
    }
}

/* What falls short of a limit by the rounding of a sum has reached it. */
static void a_hair_short_of_a_rating(void **state)
{
    (void)state;
    provide(&place);
    place.coverage[0][2][DALE][ALEVEL] = 0.95 - 1e-10;
    place.coverage[0][2][DALE][BRICKS] = 0.5 - 1e-10;
    place.coverage[0][2][FELL][ALEVEL] = 0.95 - 1e-8;
    place.coverage[0][2][FELL][BRICKS] = 0.5 - 1e-8;
    struct told told = provided_table(&place, cf_coverage_table, (struct cf_plan_query){0});
    assert_string_equal(rating(&told.table, 0, 2011, "alevel", "south"), "green");
    assert_string_equal(rating(&told.table, 0, 2011, "bricks", "south"), "amber");
    assert_string_equal(rating(&told.table, 0, 2011, "alevel", ""), "amber");
    assert_string_equal(rating(&told.table, 0, 2011, "bricks", ""), "red");
    provided_close(&told);
}

static void routes_by_access(void **state)
{
    (void)state;
    provide(&place);
    for (int a = 0; a < AREAS; a++)
        place.access[0][2][a][GFE] = 0.5;
    struct told told =
        provided_table(&place, cf_coverage_table,
                       (struct cf_plan_query){.rows = CF_ROWS_ROUTE, .by = "authority"});
    const size_t row = row_of(&told.table, 0, 2011, "route", "gfe", "authority", "x");
    assert_near(number_at(&told.table, "coverage", row), 0.5);
    assert_string_equal(text_at(&told.table, "rating", row), "amber");
    assert_string_equal(text_at(&told.table, "entitlement", row), "yes");
    /* Authorities of sites alone have no residents and no column. */
    for (size_t k = 0; k < told.table.n_rows; k++)
        assert_string_not_equal(text_at(&told.table, "authority", k), "z");
    provided_close(&told);
}

/* For people: a row a line and year, consortia side by side. */
static void as_a_matrix(void **state)
{
    (void)state;
    char *text = NULL;
    size_t length = 0;
    provide(&place);
    place.coverage[0][2][DALE][BRICKS] = 0;
    struct told told =
        provided_table(&place, cf_coverage_table, (struct cf_plan_query){.scenario = "baseline"});
    FILE *to = open_memstream(&text, &length);
    assert_int_equal(cf_render_text(&told.table, to, NULL), CF_OK);
    assert_int_equal(fclose(to), 0);
    assert_non_null(strstr(text, "\nprojection, not a forecast; run 0; scenario baseline\n\n"
                                 "line    entitlement  year         north         south"));
    assert_non_null(strstr(text, "\nbricks  no           2011  100.0% green    0.0% red  "));
    free(text);
    provided_close(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_removed_line_turns_its_cells_red),
        cmocka_unit_test(rated_by_residents),
        cmocka_unit_test(of_the_ages_of_the_file),
        cmocka_unit_test(a_hair_short_of_a_rating),
        cmocka_unit_test(routes_by_access),
        cmocka_unit_test(as_a_matrix),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
