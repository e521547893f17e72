/* Proves: priorities of a place whose every number is known: who is short, what is needed, who
 * answers for it, what is said of it, and what is wrong with files and questions. */
#include "support/check.h"

#include "unit/plan/provided.h"

#include "plan/priorities.h"
#include "plan/value.h"

static struct provided place;
static cf_results *file;
static struct cf_table table;
static enum cf_status judged;

/* All have a place, but for those that a test says. */
static void begin(void)
{
    provide(&place);
    memset(place.unplaced, 0, sizeof place.unplaced);
    for (size_t k = 0; k < sizeof place.demand / sizeof(double); k++)
        ((double *)place.demand)[k] = 100;
    for (size_t k = 0; k < sizeof place.enrolled / sizeof(double); k++) {
        ((double *)place.enrolled)[k] = 40;
        ((double *)place.usable)[k] = 50;
        ((double *)place.spare)[k] = 10;
    }
}

static void tell(struct cf_priorities_query query)
{
    provided_write(&place, "priorities.h5");
    assert_int_equal(cf_results_open("priorities.h5", &file, NULL), CF_OK);
    assert_int_equal(cf_priorities_table(&table, file, &query, &judged, NULL), CF_OK);
}

static void end(void)
{
    cf_table_free(&table);
    cf_results_close(file);
    remove("priorities.h5");
}

static const struct cf_column *column(const char *name)
{
    for (int c = 0; c < table.n_columns; c++)
        if (strcmp(table.column[c].name, name) == 0)
            return &table.column[c];
    fail_msg("no column %s", name);
    return NULL;
}

static int find_row(const char *line, const char *member)
{
    for (size_t row = 0; row < table.n_rows; row++)
        if (strcmp(column("line")->text[row], line) == 0 &&
            strcmp(column("consortium")->text[row], member) == 0)
            return (int)row;
    return -1;
}

static const struct cf_priorities_query all = {.plan = {.scenario = "baseline"}, .top = 100};

static void short_ones_come_first(void **state)
{
    (void)state;
    begin();
    place.unplaced[0][2][HILL][BRICKS] = 12.385;
    place.unplaced[0][2][MEAD][BRICKS] = 8;
    place.unplaced[0][1][MEAD][BRICKS] = 2;
    place.unplaced[0][2][DALE][ALEVEL] = 1.5;
    place.unplaced[0][2][FELL][ART] = 0.5; /* less than a learner: not short */
    tell(all);
    assert_int_equal(table.n_rows, 9); /* three lines in north, south, and where there is none */
    assert_int_equal(find_row("bricks", "north"), 0);
    assert_true(fabs(column("unplaced")->number[0] - 20.385) < 1e-12);
    assert_true(column("short")->number[0] == 1 && column("first_short")->number[0] == 2010);
    assert_string_equal(column("need")->text[0], "more");
    assert_string_equal(column("responsible")->text[0], "x");
    assert_true(column("persistence")->number[0] == 1);
    assert_int_equal(find_row("alevel", "south"), 1);
    assert_true(column("persistence")->number[1] == 0.5);
    assert_string_equal(column("need")->text[find_row("art", "")], "none");
    assert_string_equal(column("responsible")->text[find_row("art", "")], "y");
    double first = 0, top = 0;
    for (size_t row = 0; row < table.n_rows; row++) {
        first += column("first")->number[row];
        top += column("top")->number[row];
        assert_true(column("low_rank")->number[row] <= column("high_rank")->number[row]);
        assert_true(column("reasons")->text[row][0] != '\0');
    }
    assert_true(fabs(first - 1) < 1e-12 && fabs(top - 9) < 1e-12);
    assert_non_null(strstr(column("reasons")->text[0], "20 of 200 learners unplaced by 2011"));
    assert_non_null(strstr(column("reasons")->text[0], "; short, first in 2010"));
    assert_non_null(strstr(column("reasons")->text[0],
                           "nearest spare: First, 5 minutes from Hill (10 places)"));
    assert_non_null(strstr(column("reasons")->text[0], "; responsible: x"));
    end();
}

static void new_and_less(void **state)
{
    (void)state;
    begin();
    for (int y = 0; y < YEARS; y++) {
        place.coverage[0][y][DALE][ART] = 0.25;
        place.enrolled[0][y][S2_BRICKS] = 5; /* eight make a group */
    }
    tell(all);
    assert_string_equal(column("need")->text[find_row("art", "south")], "new");
    assert_true(fabs(column("entitlement")->number[find_row("art", "south")] - 0.75) < 1e-12);
    assert_non_null(strstr(column("reasons")->text[find_row("art", "south")],
                           "75% of residents aged 16 to 18 have not this entitlement"));
    assert_string_equal(column("need")->text[find_row("bricks", "north")], "less");
    assert_non_null(strstr(column("reasons")->text[find_row("bricks", "north")],
                           "1 of its offers here has places to spare"));
    end();
}

static void the_rest_in_one_row(void **state)
{
    (void)state;
    begin();
    place.unplaced[0][2][HILL][BRICKS] = 12.385;
    place.unplaced[0][2][DALE][ALEVEL] = 1.5;
    tell((struct cf_priorities_query){.plan = {.scenario = "baseline"}, .top = 1, .for_people = 1});
    assert_int_equal(table.n_rows, 2);
    assert_string_equal(column("line")->text[1], "rest");
    assert_string_equal(column("line")->label[1], "the rest: 8 gaps");
    assert_true(isnan(column("rank")->number[1]) && isnan(column("score")->number[1]));
    assert_true(fabs(column("unplaced")->number[1] - 1.5) < 1e-12);
    assert_true(fabs(column("first")->number[0] + column("first")->number[1] - 1) < 1e-12);
    assert_non_null(strstr(table.notes[0], "1. bricks, north: 12 of 200 learners"));
    end();
}

static void equal_gaps_share_their_rank(void **state)
{
    (void)state;
    begin();
    memset(place.good_share, 0, sizeof place.good_share);
    tell(all);
    const int one = find_row("bricks", "north"), other = find_row("bricks", "south");
    if (column("score")->number[one] == column("score")->number[other])
        assert_true(column("rank")->number[one] == column("rank")->number[other]);
    for (size_t row = 1; row < table.n_rows; row++)
        assert_true((column("score")->number[row] == column("score")->number[row - 1]) ==
                    (column("rank")->number[row] == column("rank")->number[row - 1]));
    end();
}

static void refused(enum cf_status status, const char *code, struct cf_priorities_query query)
{
    cf_diag *diag = cf_diag_open();
    provided_write(&place, "priorities.h5");
    assert_int_equal(cf_results_open("priorities.h5", &file, NULL), CF_OK);
    assert_int_equal(cf_priorities_table(&table, file, &query, &judged, diag), status);
    assert_string_equal(cf_diag_message(diag, 0).code, code);
    cf_diag_close(diag);
    cf_results_close(file);
    remove("priorities.h5");
}

static void wrong_questions(void **state)
{
    (void)state;
    static const struct cf_table_span base = {2009, 2009}, both = {2010, 2011}, none = {1999, 1999};
    begin();
    refused(CF_USAGE, "plan.report_year", (struct cf_priorities_query){.plan = {.year = &base}});
    refused(CF_USAGE, "plan.report_year", (struct cf_priorities_query){.plan = {.year = &both}});
    refused(CF_USAGE, "plan.year", (struct cf_priorities_query){.plan = {.year = &none}});
    refused(CF_USAGE, "plan.by", (struct cf_priorities_query){.plan = {.by = "county"}});
    place.without = "spare";
    refused(CF_BAD_INPUT, "plan.places", (struct cf_priorities_query){0});
    place.without = NULL;
    place.misshapen = "unplaced";
    refused(CF_BAD_INPUT, "plan.results", (struct cf_priorities_query){0});
}

static void nothing_uncertain_has_no_value(void **state)
{
    (void)state;
    begin();
    provided_write(&place, "priorities.h5");
    assert_int_equal(cf_results_open("priorities.h5", &file, NULL), CF_OK);
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_value_table(&table, file, &(struct cf_value_query){0}, &judged, diag),
                     CF_BAD_INPUT);
    assert_string_equal(cf_diag_message(diag, 0).code, "value.missing");
    cf_diag_close(diag);
    cf_results_close(file);
    remove("priorities.h5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_ones_come_first), cmocka_unit_test(new_and_less),
        cmocka_unit_test(the_rest_in_one_row),   cmocka_unit_test(equal_gaps_share_their_rank),
        cmocka_unit_test(wrong_questions),       cmocka_unit_test(nothing_uncertain_has_no_value),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
