#include "support/check.h"

#include "unit/output/drawn.h"

#include "base/text.h"
#include "output/render_csv.h"
#include "output/render_text.h"
#include "output/table_draws.h"

/* ---- the file: two scenarios, two sweep points, seven draws of which one failed ---- */

enum { SCENARIOS = 2, POINTS = 2, DRAWS = 7, RUNS = SCENARIOS * POINTS * (DRAWS + 1) };
enum { CELLS = DRAWN_REPORTS * DRAWN_AREAS * DRAWN_LINES, FAILED = 4 };

static double demand[RUNS][DRAWN_REPORTS][DRAWN_AREAS][DRAWN_LINES];
static double coverage[RUNS][DRAWN_REPORTS][DRAWN_AREAS][DRAWN_LINES];
static double population[RUNS][DRAWN_YEARS][DRAWN_AREAS][DRAWN_GROUPS][DRAWN_AGES];
static double indicator[RUNS][DRAWN_YEARS][DRAWN_AREAS][2];
static double central[SCENARIOS * POINTS][DRAWN_YEARS][DRAWN_AREAS][DRAWN_LINES];
static int run_status[RUNS];
static const double sweep_value[SCENARIOS][POINTS][2] = {{{0.25, 2013}, {0.5, 2013}},
                                                         {{0.25, 2014}, {1.5, 2014}}};
static const struct drawn drawn = {.scenarios = SCENARIOS,
                                   .points = POINTS,
                                   .draws = DRAWS,
                                   .entries = 1,
                                   .indicators = 2,
                                   .sweeps = 2,
                                   .status = run_status,
                                   .sweep = {"theta", "year"}};
static cf_results *file;

static void fill(double *value, size_t n, unsigned long long state)
{
    for (size_t k = 0; k < n; k++)
        value[k] = 1 + 100 * drawn_random(&state);
}
#define FILL(array, state) fill((double *)(array), sizeof(array) / sizeof(double), state)

static void make_values(void)
{
    static const double by_hand[DRAWS] = {8, 1, 4, 1e9, 2, (double)NAN, (double)NAN};
    FILL(demand, 1);
    FILL(coverage, 2);
    FILL(population, 3);
    FILL(indicator, 4);
    FILL(central, 5);
    run_status[FAILED] = 3;
    for (int k = 0; k < DRAWS; k++) {
        demand[1 + k][0][0][0] = by_hand[k];
        demand[1 + k][0][0][1] = (double)NAN;
    }
    demand[0][0][0][0] = -1e9; /* the central run is no draw */
    coverage[3][1][1][1] = (double)NAN;
}

static int open_results(void **state)
{
    if (small_open_folder(state) < 0)
        return -1;
    make_values();
    cf_h5 *h5 = drawn_begin(&drawn, "drawn.h5");
    drawn_numbers(&drawn, h5, "demand", "run year area line", &central[0][0][0][0]);
    drawn_numbers(&drawn, h5, "access", "run year area line", &central[0][0][0][0]);
    drawn_numbers(&drawn, h5, "demand_draws", "draw_run report_year area line",
                  &demand[0][0][0][0]);
    drawn_numbers(&drawn, h5, "coverage_draws", "draw_run report_year area line",
                  &coverage[0][0][0][0]);
    drawn_numbers(&drawn, h5, "population_draws", "draw_run year area group age",
                  &population[0][0][0][0][0]);
    drawn_numbers(&drawn, h5, "indicator_value", "draw_run year area indicator",
                  &indicator[0][0][0][0]);
    drawn_numbers(&drawn, h5, "sweep_value", "scenario point sweep", &sweep_value[0][0][0]);
    drawn_end(h5);
    return cf_results_open("drawn.h5", &file, NULL) == CF_OK ? 0 : -1;
}

static int close_results(void **state)
{
    cf_results_close(file);
    return small_close_folder(state);
}

static struct cf_table tabled(struct cf_table_query query, struct cf_statistics wanted)
{
    struct cf_table table;
    assert_int_equal(cf_table_of_draws(&table, file, &query, &wanted, NULL), CF_OK);
    return table;
}

static double number_at(const struct cf_table *table, const char *column, size_t row)
{
    return drawn_column(table, column)->number[row];
}

/* ---- tests ---- */

/* Draws 8 1 4 (failed) 2 and two without a value; the central run is none of them. */
static void by_hand(void **state)
{
    (void)state;
    const struct cf_table_span year = {2010, 2010};
    struct cf_table table =
        tabled((struct cf_table_query){.variable = "demand", .scenario = "baseline", .year = &year},
               (struct cf_statistics){.n_quantiles = 3,
                                      .quantile = {0.9, 0.25, 0.5},
                                      .mean = 1,
                                      .sd = 1,
                                      .exceeds = 1,
                                      .level = 2});
    assert_columns(&table,
                   "scenario,theta,sweep_year,report_year,area,line,q0.9,q0.25,q0.5,mean,sd,"
                   "p_exceeds,draws");
    /* alevel of the hill; bricks of the hill has no value in any draw of the first point. */
    assert_int_equal(table.n_rows, POINTS * DRAWN_AREAS * DRAWN_LINES - 1);
    assert_string_equal(drawn_column(&table, "area")->text[0], "hill");
    assert_string_equal(drawn_column(&table, "line")->text[0], "alevel");
    assert_string_equal(drawn_column(&table, "area")->text[1], "mead");
    assert_close(number_at(&table, "q0.9", 0), 6.8, 1e-12);
    assert_true(number_at(&table, "q0.25", 0) == 1.75);
    assert_true(number_at(&table, "q0.5", 0) == 3);
    assert_true(number_at(&table, "mean", 0) == 3.75);
    assert_close(number_at(&table, "sd", 0),
                 sqrt((4.25 * 4.25 + 2.75 * 2.75 + 0.0625 + 1.75 * 1.75) / 3), 1e-12);
    assert_true(number_at(&table, "p_exceeds", 0) == 0.5);
    assert_int_equal(drawn_column(&table, "draws")->integer[0], 4);
    assert_int_equal(drawn_column(&table, "draws")->integer[1], DRAWS - 1);
    assert_true(number_at(&table, "theta", 0) == 0.25);
    assert_true(number_at(&table, "theta", table.n_rows - 1) == 0.5);
    assert_true(number_at(&table, "sweep_year", 0) == 2013);
    assert_int_equal(drawn_column(&table, "report_year")->integer[0], 2010);
    cf_table_free(&table);
}

static int ascending(const void *a, const void *b)
{
    return (*(const double *)a > *(const double *)b) - (*(const double *)a < *(const double *)b);
}

/* The k-th smallest of a sum over draws, the failed one left out. */
static double sorted(int scenario, int point, const double *of_run, size_t k)
{
    double kept[DRAWS];
    size_t n = 0;
    for (int draw = 1; draw <= DRAWS; draw++) {
        const size_t run = drawn_run(&drawn, scenario, point, draw);
        if (run_status[run] == 0)
            kept[n++] = of_run[run];
    }
    qsort(kept, n, sizeof *kept, ascending);
    return kept[k];
}

/* Quantiles at k / (n - 1) are the draws in order: of sums over lines and a consortium's areas. */
static void sums_before_quantiles(void **state)
{
    (void)state;
    double north[RUNS];
    struct cf_table table = tabled(
        (struct cf_table_query){
            .variable = "demand_draws", .scenario = "high", .by = "consortium", .sum = "line"},
        (struct cf_statistics){.n_quantiles = 3, .quantile = {0, 0.5, 1}});
    assert_columns(&table, "scenario,theta,sweep_year,report_year,consortium,q0,q0.5,q1,draws");
    assert_int_equal(table.n_rows, POINTS * DRAWN_REPORTS * 2);
    for (size_t row = 0; row < table.n_rows; row += 2) {
        const int point = (int)row / 4, y = (int)row / 2 % 2;
        for (int run = 0; run < RUNS; run++)
            north[run] = demand[run][y][0][0] + demand[run][y][0][1] + demand[run][y][1][0] +
                         demand[run][y][1][1];
        assert_string_equal(drawn_column(&table, "consortium")->text[row], "north");
        assert_string_equal(drawn_column(&table, "scenario")->text[row], "high");
        assert_close(number_at(&table, "q0", row), sorted(1, point, north, 0), 1e-10);
        assert_close(number_at(&table, "q0.5", row), sorted(1, point, north, 3), 1e-10);
        assert_close(number_at(&table, "q1", row), sorted(1, point, north, 6), 1e-10);
    }
    cf_table_free(&table);
}

static char *rendered(struct cf_table_query query, struct cf_statistics wanted,
                      enum cf_status (*render)(const struct cf_table *, FILE *, cf_diag *))
{
    struct cf_table table = tabled(query, wanted);
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    assert_int_equal(render(&table, to, NULL), CF_OK);
    assert_int_equal(fclose(to), 0);
    cf_table_free(&table);
    return text;
}

/* However little is held and read at a time. */
static void room_changes_nothing(void **state)
{
    (void)state;
    struct cf_statistics wanted = {
        .n_quantiles = 2, .quantile = {0.3, 0.777}, .mean = 1, .sd = 1, .exceeds = 1, .level = 40};
    static const struct cf_table_query queries[] = {
        {.variable = "demand"},
        {.variable = "demand", .by = "consortium"},
        {.variable = "coverage_draws", .by = "consortium"},
        {.variable = "indicator_value"},
    };
    for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
        wanted.room = 0;
        char *all = rendered(queries[q], wanted, cf_render_csv);
        for (size_t room = 1; room < 20000; room = room * 3 + 41) {
            wanted.room = room;
            char *parts = rendered(queries[q], wanted, cf_render_csv);
            assert_string_equal(parts, all);
            free(parts);
        }
        free(all);
    }
}

/* Residents of 18, of each draw and the year that is reported, are the weights. */
static double covered(int run, int y, int line)
{
    double sum = 0, all = 0;
    for (int a = 0; a < 2; a++) {
        double residents = 0;
        for (int g = 0; g < DRAWN_GROUPS; g++)
            residents += population[run][y + 1][a][g][1];
        if (!isnan(coverage[run][y][a][line])) {
            sum += residents * coverage[run][y][a][line];
            all += residents;
        }
    }
    return sum / all;
}

static void shares_are_weighted(void **state)
{
    (void)state;
    double of_run[RUNS];
    struct cf_table table =
        tabled((struct cf_table_query){.variable = "coverage_draws", .by = "consortium"},
               (struct cf_statistics){.n_quantiles = 1, .quantile = {0.2}});
    assert_int_equal(table.n_rows, SCENARIOS * POINTS * DRAWN_REPORTS * 2 * DRAWN_LINES);
    for (int y = 0; y < DRAWN_REPORTS; y++) {
        for (int line = 0; line < DRAWN_LINES; line++) {
            for (int run = 0; run < RUNS; run++)
                of_run[run] = covered(run, y, line);
            assert_close(number_at(&table, "q0.2", (size_t)(4 * y + line)), sorted(0, 0, of_run, 1),
                         1e-10);
        }
    }
    cf_table_free(&table);
}

static void failed_draws_are_told(void **state)
{
    (void)state;
    const struct cf_statistics mean = {.mean = 1};
    for (int k = 0; k < 2; k++) {
        struct cf_table table;
        cf_diag *diag = cf_diag_open();
        const struct cf_table_query query = {.variable = "indicator_value",
                                             .scenario = k ? "high" : NULL};
        assert_int_equal(cf_table_of_draws(&table, file, &query, &mean, diag), CF_OK);
        assert_int_equal(cf_diag_count(diag, CF_WARNING), !k);
        assert_true(small_said(diag, "1 of 28 draws were not computed or failed") == !k);
        cf_table_free(&table);
        cf_diag_close(diag);
    }
}

static void a_table_for_people(void **state)
{
    (void)state;
    const struct cf_table_span year = {2011, 2011};
    char *text = rendered(
        (struct cf_table_query){
            .variable = "demand", .scenario = "high", .year = &year, .sum = "line"},
        (struct cf_statistics){.n_quantiles = 1, .quantile = {0.5}}, cf_render_text);
    static const char *const expected[] = {"demand_draws",
                                           ("projection, not a forecast; scenario high; "
                                            "report_year 2011; draws 7"),
                                           "",
                                           "       sweep",
                                           "theta   year  area      q0.5",
                                           "0.250   2014  The Hill    93",
                                           "0.250   2014  Mead        75",
                                           "0.250   2014  dale       106",
                                           "1.500   2014  The Hill   122",
                                           "1.500   2014  Mead       153",
                                           "1.500   2014  dale        99"};
    const char *at = text;
    for (size_t line = 0; line < sizeof expected / sizeof *expected; line++) {
        const size_t length = strlen(expected[line]);
        if (strncmp(at, expected[line], length) != 0 || at[length] != '\n')
            fail_msg("%s", text);
        at += length + 1;
    }
    assert_string_equal(at, "");
    free(text);
}

static void assert_usage(cf_results *results, struct cf_table_query query, const char *said)
{
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    const struct cf_statistics mean = {.mean = 1};
    assert_int_equal(cf_table_of_draws(&table, results, &query, &mean, diag), CF_USAGE);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    if (!small_said(diag, said))
        fail_msg("%s", cf_diag_message(diag, 0).text);
    cf_diag_close(diag);
}

static void what_cannot_be_had(void **state)
{
    (void)state;
    const struct cf_table_span year = {2009, 2009};
    assert_usage(file, (struct cf_table_query){.variable = "access"},
                 "'access' was not kept for draws in these results");
    assert_usage(file, (struct cf_table_query){.variable = "demnad"},
                 "the results have no variable 'demnad'");
    assert_usage(file, (struct cf_table_query){.variable = "demand", .scenario = "hihg"},
                 "the results have no scenario 'hihg'");
    assert_usage(file, (struct cf_table_query){.variable = "demand", .year = &year},
                 "'demand_draws' has no year 2009; its years are 2010 to 2011");
    assert_usage(file, (struct cf_table_query){.variable = "coverage_draws", .sum = "area"},
                 "its values do not add up");
    assert_usage(file, (struct cf_table_query){.variable = "indicator_value", .by = "consortium"},
                 "its values do not add up");
}

static void without_draws(void **state)
{
    (void)state;
    static const struct drawn bare = {.scenarios = 1, .points = 1};
    cf_results *results;
    cf_h5 *h5 = drawn_begin(&bare, "bare.h5");
    drawn_numbers(&bare, h5, "demand", "run year area line", &central[0][0][0][0]);
    drawn_end(h5);
    assert_int_equal(cf_results_open("bare.h5", &results, NULL), CF_OK);
    assert_usage(results, (struct cf_table_query){.variable = "demand"},
                 "these results have no draws");
    cf_results_close(results);
}

/* A file that says of a run that it is of a scenario there is none of. */
static void runs_of_nowhere(void **state)
{
    (void)state;
    static const int wrong[2][3] = {{0, 5, 0}, {0, 1, -1}}, zero[3] = {0, 0, 0};
    static const char *const scenario[] = {"baseline"};
    const struct drawn one = {.scenarios = 1, .points = 1, .draws = 2};
    for (int k = 0; k < 2; k++) {
        struct cf_table table;
        cf_results *results;
        cf_diag *diag = cf_diag_open();
        cf_h5 *h5 = cf_h5_create("wrong.h5");
        cf_h5_put_text(h5, "/", "format_version", "1");
        drawn_add(&one, h5, "run", CF_H5_INT, 1, "run", zero);
        drawn_add(&one, h5, "draw_run", CF_H5_INT, 1, "draw_run", zero);
        drawn_add(&one, h5, "year", CF_H5_INT, 1, "year", zero);
        drawn_add(&one, h5, "scenario", CF_H5_TEXT, 1, "scenario", scenario);
        drawn_add(&one, h5, "run_scenario", CF_H5_INT, 0, "draw_run", zero);
        drawn_add(&one, h5, "run_point", CF_H5_INT, 0, "draw_run", k ? zero : wrong[0]);
        drawn_add(&one, h5, "run_draw", CF_H5_INT, 0, "draw_run", k ? wrong[1] : zero);
        drawn_add(&one, h5, "run_status", CF_H5_INT, 0, "draw_run", zero);
        drawn_end(h5);
        assert_int_equal(cf_results_open("wrong.h5", &results, NULL), CF_OK);
        assert_int_equal(cf_table_of_draws(&table, results,
                                           &(struct cf_table_query){.variable = "run_draw"},
                                           &(struct cf_statistics){.mean = 1}, diag),
                         CF_BAD_INPUT);
        assert_true(small_said(diag, "they do not say which run is what"));
        cf_results_close(results);
        cf_diag_close(diag);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(sums_before_quantiles),
        cmocka_unit_test(room_changes_nothing),
        cmocka_unit_test(shares_are_weighted),
        cmocka_unit_test(failed_draws_are_told),
        cmocka_unit_test(a_table_for_people),
        cmocka_unit_test(what_cannot_be_had),
        cmocka_unit_test(without_draws),
        cmocka_unit_test(runs_of_nowhere),
    };
    return cmocka_run_group_tests(tests, open_results, close_results);
}
