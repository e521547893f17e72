#include "support/check.h"

#include "output/render_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct cf_table table;

static int start(void **state)
{
    (void)state;
    table = (struct cf_table){.title = "What there is"};
    cf_arena_init(&table.arena);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    cf_table_free(&table);
    return 0;
}

static void add_texts(const char *name, int once, const char *const *text, const char *const *label)
{
    struct cf_column *column = cf_add_column(&table, name, CF_COLUMN_TEXT, table.n_rows);
    column->once = once;
    column->label = label ? CF_TAKE(&table.arena, table.n_rows, const char *) : NULL;
    for (size_t row = 0; row < table.n_rows; row++) {
        column->text[row] = text[row];
        if (label)
            column->label[row] = label[row];
    }
}

static void add_numbers(const char *name, enum cf_column_kind kind, const double *value)
{
    struct cf_column *column = cf_add_column(&table, name, kind, table.n_rows);
    memcpy(column->number, value, table.n_rows * sizeof *value);
}

static void assert_rendered(const char *expected)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    assert_int_equal(cf_render_text(&table, to, NULL), CF_OK);
    assert_int_equal(fclose(to), 0);
    assert_string_equal(text, expected);
    free(text);
}

static void aligned_and_rounded(void **state)
{
    (void)state;
    static const char *const scenario[] = {"baseline", "baseline", "baseline"};
    static const char *const area[] = {"a", "b", ""};
    static const char *const label[] = {"Caerdydd \xc5\xb5", "Hill", ""};
    static const double large[] = {1234.56, -0.4, 99.5}, small[] = {2.385, -0.04, (double)NAN};
    static const double whole[] = {1, 20, (double)NAN}, share[] = {0.9546, 1, (double)NAN};
    table.n_rows = 3;
    add_texts("scenario", 1, scenario, NULL);
    add_texts("area", 1, area, label);
    add_numbers("demand", CF_COLUMN_NUMBER, large);
    add_numbers("crowded_out", CF_COLUMN_NUMBER, small);
    add_numbers("groups", CF_COLUMN_NUMBER, whole);
    add_numbers("coverage", CF_COLUMN_SHARE, share);
    assert_rendered("What there is\n"
                    "projection, not a forecast; scenario baseline\n"
                    "\n"
                    "                    crowded\n"
                    "area        demand      out  groups  coverage\n"
                    "Caerdydd \xc5\xb5    1235      2.4       1     95.5%\n"
                    "Hill             0      0.0      20    100.0%\n"
                    "-              100        -       -         -\n");
}

static void side_by_side(void **state)
{
    (void)state;
    static const char *const line[] = {"art", "art", "bricks", "bricks"};
    static const char *const area[] = {"n", "s", "n", "s"};
    static const char *const label[] = {"The North", "South", "The North", "South"};
    static const char *const rating[] = {"green", "red", "amber", "green"};
    static const double share[] = {1, 0, 0.5, 1};
    table.n_rows = 4;
    add_texts("line", 0, line, NULL);
    table.across = table.n_columns;
    add_texts("area", 0, area, label);
    add_numbers("coverage", CF_COLUMN_SHARE, share);
    add_texts("rating", 0, rating, NULL);
    assert_rendered("What there is\n"
                    "projection, not a forecast\n"
                    "\n"
                    "line       The North         South\n"
                    "art     100.0% green    0.0% red\n"
                    "bricks   50.0% amber  100.0% green\n");
}

/* What several rows share stands above them, and a number says what it is; texts may stand at the
 * right. */
static void above_the_rows(void **state)
{
    (void)state;
    static const char *const scenario[] = {"a", "a", "a", "b"};
    static const char *const indicator[] = {"NEET", "NEET", "Level 2", "Level 2"};
    static const double point[] = {0.5, 0.5, 0.5, 0.5};
    static const char *const target[] = {"Not set", "7%", "82%", "-"};
    static const double year[] = {2010, 2011, 2010, 2010};
    table.n_rows = 4;
    add_texts("scenario", 1, scenario, NULL);
    add_numbers("work", CF_COLUMN_MIXED, point);
    add_texts("indicator", 1, indicator, NULL);
    add_numbers("year", CF_COLUMN_NUMBER, year);
    add_texts("target", 0, target, NULL);
    for (int c = 0; c < 3; c++)
        table.column[c].above = 1;
    table.column[4].right = 1;
    assert_rendered("What there is\n"
                    "projection, not a forecast\n"
                    "\n"
                    "      year   target\n"
                    "a\n"
                    "  work 0.500\n"
                    "    NEET\n"
                    "      2010  Not set\n"
                    "      2011       7%\n"
                    "    Level 2\n"
                    "      2010      82%\n"
                    "\n"
                    "b\n"
                    "  work 0.500\n"
                    "    Level 2\n"
                    "      2010        -\n");
}

/* Indicators are shares and persons, one under the other. */
static void each_by_its_own_size(void **state)
{
    (void)state;
    static const double value[] = {0.84512, -0.0004, 2.385, 17.26, 1234.56, 3, (double)NAN};
    table.n_rows = 7;
    add_numbers("value", CF_COLUMN_MIXED, value);
    assert_rendered("What there is\n"
                    "projection, not a forecast\n"
                    "\n"
                    "value\n"
                    "0.845\n"
                    "0.000\n"
                    "2.385\n"
                    " 17.3\n"
                    " 1235\n"
                    "    3\n"
                    "    -\n");
}

static void nothing_to_tell(void **state)
{
    (void)state;
    cf_add_column(&table, "scenario", CF_COLUMN_TEXT, 0)->once = 1;
    cf_add_column(&table, "value", CF_COLUMN_NUMBER, 0);
    assert_rendered("What there is\nprojection, not a forecast\n\nnone\n");
    table.across = 1;
    assert_rendered("What there is\nprojection, not a forecast\n\nnone\n");
}

/* Below the table, wrapped; a table without rows needs no explaining. */
static void notes_below(void **state)
{
    (void)state;
    static const char *const notes[] = {"value: what it is worth",
                                        "a note of more words than one line of a screen takes goes "
                                        "on in the next line, under where it "
                                        "began, and nothing of it is lost",
                                        NULL};
    static const double value[] = {1};
    table.n_rows = 1;
    table.notes = notes;
    add_numbers("value", CF_COLUMN_NUMBER, value);
    assert_rendered(
        "What there is\n"
        "projection, not a forecast\n"
        "\n"
        "value\n"
        "    1\n"
        "\n"
        "- value: what it is worth\n"
        "- a note of more words than one line of a screen takes goes on in the next line, "
        "under where it\n"
        "  began, and nothing of it is lost\n");
    table.n_rows = 0;
    assert_rendered("What there is\nprojection, not a forecast\n\nnone\n");
}

static void a_full_device_is_an_error(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    FILE *to = fopen("/dev/full", "w");
    if (!to)
        skip();
    assert_int_equal(cf_render_text(&table, to, diag), CF_IO);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    fclose(to);
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(aligned_and_rounded, start, finish),
        cmocka_unit_test_setup_teardown(side_by_side, start, finish),
        cmocka_unit_test_setup_teardown(above_the_rows, start, finish),
        cmocka_unit_test_setup_teardown(each_by_its_own_size, start, finish),
        cmocka_unit_test_setup_teardown(nothing_to_tell, start, finish),
        cmocka_unit_test_setup_teardown(notes_below, start, finish),
        cmocka_unit_test_setup_teardown(a_full_device_is_an_error, start, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
