#include "support/check.h"

#include "unit/output/small_results.h"

#include "base/text.h"
#include "output/render_csv.h"
#include "output/table.h"

#include <math.h>

static struct small small;
static cf_results *file;

static int open_results(void **state)
{
    if (small_open_folder(state) < 0)
        return -1;
    small_init(&small, "table.h5");
    return small_write(&small, NULL) == CF_OK && cf_results_open("table.h5", &file, NULL) == CF_OK
               ? 0
               : -1;
}

static int close_results(void **state)
{
    cf_results_close(file);
    small_free(&small);
    return small_close_folder(state);
}

/* A table as text. */
static char *rendered(const struct cf_table_query *query, int json)
{
    struct cf_table table;
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_table_of_variable(&table, file, query, diag), CF_OK);
    assert_int_equal((json ? cf_render_json : cf_render_csv)(&table, to, diag), CF_OK);
    assert_int_equal(fclose(to), 0);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    cf_table_free(&table);
    cf_diag_close(diag);
    return text;
}

static size_t count_lines(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

static void assert_begins(const char *text, const char *start)
{
    if (strncmp(text, start, strlen(start)) != 0)
        fail_msg("%.300s", text);
}

/* The number of a cell of `population` within the record. */
static size_t population_cell(int y, int a, int g, int x)
{
    return (size_t)(((y * SMALL_AREAS + a) * SMALL_GROUPS + g) * SMALL_AGES + x);
}

static void a_whole_variable(void **state)
{
    (void)state;
    char *text = rendered(&(struct cf_table_query){.variable = "population"}, 0);
    assert_begins(text, "run,scenario,year,area,group,age,value\n"
                        "0,baseline,2009,E09000002,f,3,2.385\n"
                        "0,baseline,2009,E09000002,f,4,4.77\n");
    assert_non_null(strstr(text, "\n1,high,2011,W06000015,m,6,1171.72\n"));
    assert_int_equal(count_lines(text), 1 + 2 * small.variable[0].size);
    assert_null(strchr(text, '\r'));
    free(text);
}

static void one_year(void **state)
{
    (void)state;
    const struct cf_table_span year = {2010, 2010};
    char *text = rendered(&(struct cf_table_query){.variable = "population", .year = &year}, 0);
    assert_int_equal(count_lines(text), 1 + 2 * small.variable[0].size / SMALL_YEARS);
    assert_null(strstr(text, ",2009,"));
    free(text);
    text = rendered(&(struct cf_table_query){.variable = "population", .year = &year, .by = "area"},
                    0);
    assert_begins(text, "run,scenario,year,area,group,age,value\n0,baseline,2010,");
    free(text);
}

static void what_is_undefined_is_left_out(void **state)
{
    (void)state;
    char *text = rendered(&(struct cf_table_query){.variable = "scarcity"}, 0);
    assert_int_equal(count_lines(text), 1 + 2 * SMALL_YEARS * (SMALL_AREAS - 1));
    assert_null(strstr(text, "W06000015"));
    free(text);
}

static void runs_have_numbers_and_scenarios(void **state)
{
    (void)state;
    char *text = rendered(&(struct cf_table_query){.variable = "run_status"}, 0);
    assert_string_equal(text, "run,scenario,value\n0,baseline,0\n1,high,0\n");
    free(text);
}

static void rolled_up(void **state)
{
    (void)state;
    const struct cf_table_span year = {2011, 2011};
    struct cf_table table;
    const struct cf_table_query query = {
        .variable = "population", .year = &year, .by = "consortium"};
    assert_int_equal(cf_table_of_variable(&table, file, &query, NULL), CF_OK);
    assert_int_equal(table.n_columns, 7);
    assert_string_equal(table.column[3].name, "consortium");
    assert_int_equal(table.n_rows, 2 * 2 * SMALL_GROUPS * SMALL_AGES);
    for (size_t row = 0; row < table.n_rows; row++) {
        int run = table.column[0].integer[row];
        int g = table.column[4].text[row][0] == 'm', x = table.column[5].integer[row] - 3;
        int outer = cf_text_same(table.column[3].text[row], "outer");
        double expected = outer ? small_value(&small, run, population_cell(2, 0, g, x)) +
                                      small_value(&small, run, population_cell(2, 1, g, x))
                                : small_value(&small, run, population_cell(2, 2, g, x));
        assert_true(table.column[6].number[row] == expected);
        assert_true(outer || table.column[3].text[row][0] == '\0');
    }
    cf_table_free(&table);
    /* The first and only groups, in order of the areas. */
    char *text = rendered(&query, 0);
    assert_begins(text, "run,scenario,year,consortium,group,age,value\n0,baseline,2011,outer,f,3,");
    assert_non_null(strstr(text, "\n0,baseline,2011,,f,3,"));
    free(text);
}

static void chosen_and_added_up(void **state)
{
    (void)state;
    const struct cf_table_span year = {2010, 2011}, age = {4, 6};
    struct cf_table table;
    const struct cf_table_query query = {.variable = "population",
                                         .scenario = "high",
                                         .year = &year,
                                         .age = &age,
                                         .by = "consortium",
                                         .sum = "group,age"};
    assert_int_equal(cf_table_of_variable(&table, file, &query, NULL), CF_OK);
    assert_int_equal(table.n_columns, 5);
    assert_string_equal(table.column[2].name, "year");
    assert_string_equal(table.column[3].name, "consortium");
    assert_int_equal(table.n_rows, 2 * 2);
    double outer = 0;
    for (int a = 0; a < 2; a++)
        for (int g = 0; g < SMALL_GROUPS; g++)
            for (int x = 1; x < 4; x++)
                outer += small_value(&small, 1, population_cell(2, a, g, x));
    assert_int_equal(table.column[0].integer[2], 1);
    assert_string_equal(table.column[1].text[2], "high");
    assert_int_equal(table.column[2].integer[2], 2011);
    assert_string_equal(table.column[3].text[2], "outer");
    assert_true(fabs(table.column[4].number[2] - outer) < 1e-9 * outer);
    cf_table_free(&table);
    char *text =
        rendered(&(struct cf_table_query){.variable = "run_status", .scenario = "high"}, 0);
    assert_string_equal(text, "run,scenario,value\n1,high,0\n");
    free(text);
}

static void a_ledger_rolled_up_closes(void **state)
{
    (void)state;
    struct cf_table table;
    const struct cf_table_query query = {.variable = "ledger", .by = "authority"};
    assert_int_equal(cf_table_of_variable(&table, file, &query, NULL), CF_OK);
    assert_string_equal(table.column[3].name, "authority");
    assert_int_equal(table.n_rows, 2 * small.variable[4].size);
    cf_table_free(&table);
}

static void as_json(void **state)
{
    (void)state;
    const struct cf_table_span year = {2009, 2009};
    char *text = rendered(&(struct cf_table_query){.variable = "scarcity", .year = &year}, 1);
    assert_begins(text, "[\n  {\n    \"run\": 0,\n    \"scenario\": \"baseline\",\n"
                        "    \"year\": 2009,\n    \"area\": \"E09000002\",\n    \"value\": ");
    free(text);
}

static void assert_usage(struct cf_table_query query, const char *said)
{
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_table_of_variable(&table, file, &query, diag), CF_USAGE);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    if (!small_said(diag, said))
        fail_msg("%s", cf_diag_message(diag, 0).text);
    cf_diag_close(diag);
}

static void what_cannot_be_had(void **state)
{
    (void)state;
    const struct cf_table_span year = {2031, 2031}, years = {2031, 2040}, later = {2011, 2040};
    struct cf_table table;
    struct cf_table_query query = {.variable = "populaton"};
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_table_of_variable(&table, file, &query, diag), CF_USAGE);
    assert_string_equal(cf_diag_message(diag, 0).help, "did you mean 'population'?");
    cf_diag_close(diag);
    assert_usage((struct cf_table_query){.variable = "population", .year = &year},
                 "'population' has no year 2031; its years are 2009 to 2011");
    assert_usage((struct cf_table_query){.variable = "population", .year = &years},
                 "'population' has no year 2031-2040; its years are 2009 to 2011");
    assert_usage((struct cf_table_query){.variable = "population", .age = &year},
                 "'population' has no age 2031; its ages are 3 to 6");
    assert_usage((struct cf_table_query){.variable = "ledger", .age = &year},
                 "'ledger' has no ages");
    assert_usage((struct cf_table_query){.variable = "population", .scenario = "hihg"},
                 "the results have no scenario 'hihg'");
    assert_usage((struct cf_table_query){.variable = "population", .sum = "group,gae"},
                 "'population' cannot be added up over 'gae'");
    assert_usage((struct cf_table_query){.variable = "population", .sum = "year"},
                 "'population' cannot be added up over 'year'");
    assert_usage((struct cf_table_query){.variable = "population", .sum = "age,age"},
                 "'population' cannot be added up over 'age'");
    assert_usage((struct cf_table_query){.variable = "scarcity", .sum = "area"},
                 "its values do not add up");
    assert_usage(
        (struct cf_table_query){.variable = "population", .by = "consortium", .sum = "area"},
        "the areas cannot be added up by consortium and over all as well");
    assert_int_equal(
        cf_table_of_variable(
            &table, file, &(struct cf_table_query){.variable = "population", .year = &later}, NULL),
        CF_OK);
    cf_table_free(&table);
    assert_usage((struct cf_table_query){.variable = "run_status", .year = &year},
                 "'run_status' has no years");
    assert_usage((struct cf_table_query){.variable = "population", .by = "region"},
                 "the areas of these results have no attribute 'region'");
    assert_usage((struct cf_table_query){.variable = "coverage", .by = "consortium"},
                 "its values do not add up");
    assert_usage((struct cf_table_query){.variable = "scarcity", .by = "consortium"},
                 "its values do not add up");
    assert_usage((struct cf_table_query){.variable = "run_status", .by = "consortium"},
                 "it has no areas");
}

static void fields_are_quoted(void **state)
{
    (void)state;
    const char *text[] = {"plain", "a,b", "say \"so\"", "two\nlines", ""};
    int integer[] = {1, -2, 0, 4, 5};
    double number[] = {0.1, 1e300, -0.0, 1.0 / 3, 5e-324};
    struct cf_table table = {.n_columns = 3,
                             .column = {{.name = "te,xt", .kind = CF_COLUMN_TEXT, .text = text},
                                        {.name = "i", .kind = CF_COLUMN_INT, .integer = integer},
                                        {.name = "v", .kind = CF_COLUMN_NUMBER, .number = number}},
                             .n_rows = 5};
    char *out = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&out, &length);
    assert_int_equal(cf_render_csv(&table, to, NULL), CF_OK);
    assert_int_equal(fclose(to), 0);
    assert_string_equal(out,
                        "\"te,xt\",i,v\nplain,1,0.1\n\"a,b\",-2,1e300\n\"say \"\"so\"\"\",0,0\n"
                        "\"two\nlines\",4,0.3333333333333333\n,5,5e-324\n");
    free(out);
}

static void a_full_device_is_an_error(void **state)
{
    (void)state;
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    FILE *to = fopen("/dev/full", "w");
    if (!to)
        skip();
    const struct cf_table_query query = {.variable = "population"};
    assert_int_equal(cf_table_of_variable(&table, file, &query, diag), CF_OK);
    assert_int_equal(cf_render_csv(&table, to, diag), CF_IO);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    cf_table_free(&table);
    fclose(to);
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_variable),
        cmocka_unit_test(one_year),
        cmocka_unit_test(what_is_undefined_is_left_out),
        cmocka_unit_test(runs_have_numbers_and_scenarios),
        cmocka_unit_test(rolled_up),
        cmocka_unit_test(chosen_and_added_up),
        cmocka_unit_test(a_ledger_rolled_up_closes),
        cmocka_unit_test(as_json),
        cmocka_unit_test(what_cannot_be_had),
        cmocka_unit_test(fields_are_quoted),
        cmocka_unit_test(a_full_device_is_an_error),
    };
    return cmocka_run_group_tests(tests, open_results, close_results);
}
