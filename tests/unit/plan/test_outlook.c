#include "support/check.h"

#include "unit/output/drawn.h"

#include "plan/outlook.h"

#include <math.h>

/*
 * Five draws of which the last failed; ni79, of which more is better, and ni117, of which less is.
 *
 *   ni79   1/2 + draw/16 + year/8, in the first area undefined in draw 3 of 2011     ni117 draw/16
 * - year/32
 */
enum { DRAWS = 5, INDICATORS = 2, CELLS = DRAWN_YEARS * DRAWN_AREAS * INDICATORS };

static const double unset = NAN;
static double value[DRAWS + 1][DRAWN_YEARS][DRAWN_AREAS][INDICATORS];
static const int status[DRAWS + 1] = {0, 0, 0, 0, 0, 3};
static cf_results *file;

static void lay_down(const char *without)
{
    static const double target[] = {NAN, 0.75, 1, NAN, 0.125, NAN};
    static const double benchmark[] = {0.6875, 0.75, NAN, 0.2, 0.1, NAN};
    static const double baseline[] = {0.5, NAN};
    static const int offset[] = {1, 0};
    static const char *const better[] = {"higher", "lower"}, *const unit[] = {"share", "persons"};
    const struct drawn d = {
        .scenarios = 1, .points = 1, .draws = DRAWS, .indicators = INDICATORS, .status = status};
    for (int k = 0; k <= DRAWS; k++)
        for (int y = 0; y < DRAWN_YEARS; y++)
            for (int a = 0; a < DRAWN_AREAS; a++) {
                value[k][y][a][0] = k == 3 && y == 2 && a == 0 ? unset : 0.5 + k / 16.0 + y / 8.0;
                value[k][y][a][1] = k / 16.0 - y / 32.0;
            }
    cf_h5 *h5 = drawn_begin(&d, "outlook.h5");
    drawn_numbers(&d, h5, "indicator_value", "draw_run year area indicator", value[0][0][0]);
    drawn_add(&d, h5, "indicator_better", CF_H5_TEXT, 0, "indicator", better);
    drawn_add(&d, h5, "indicator_unit", CF_H5_TEXT, 0, "indicator", unit);
    if (strcmp(without, "indicator_target") != 0)
        drawn_numbers(&d, h5, "indicator_target", "indicator year", target);
    drawn_numbers(&d, h5, "benchmark_value", "indicator year", benchmark);
    drawn_numbers(&d, h5, "indicator_baseline", "indicator", baseline);
    drawn_add(&d, h5, "indicator_published_offset", CF_H5_INT, 0, "indicator", offset);
    drawn_end(h5);
    assert_int_equal(cf_results_open("outlook.h5", &file, NULL), CF_OK);
}

static void check(const struct cf_table *table, const char *column, size_t row, double expected)
{
    const double is = drawn_column(table, column)->number[row];
    if (isnan(expected) ? !isnan(is) : !(fabs(is - expected) <= 1e-15))
        fail_msg("%s of row %zu is %.17g, not %.17g", column, row, is, expected);
}

static void counted_by_hand(void **state)
{
    static const struct {
        const char *column;
        double of[4]; /* ni79 of 2010 and 2011, ni117 of the same */
    } expected[] = {
        {"baseline", {0.5, 0.5, NAN, NAN}},
        {"target", {0.75, 1, 0.125, NAN}},
        {"central", {0.625, 0.75, -0.03125, -0.0625}},
        {"median", {0.78125, 0.875, 0.125, 0.09375}},
        {"q0.25", {0.734375, 0.84375, 0.078125, 0.046875}},
        {"gap", {-0.03125, 0.125, 0, NAN}},
        {"p_met", {0.75, 1.0 / 3, 0.5, NAN}},
        {"p_met_se", {0.21650635094610965, 0.27216552697590868, 0.25, NAN}},
        {"benchmark", {0.75, NAN, 0.1, NAN}},
        {"p_benchmark", {0.75, NAN, 0.5, NAN}},
        {"crossing_year", {2010, 2010, NAN, NAN}},
        {"crossing_published", {2011, 2011, NAN, NAN}},
    };
    (void)state;
    lay_down("nothing");
    for (size_t room = 0; room < 2; room++) { /* all at a time, and a member */
        struct cf_table table;
        enum cf_status judged;
        cf_diag *diag = cf_diag_open();
        const struct cf_outlook_query query = {.by_area = 1, .room = room};
        assert_int_equal(cf_outlook_table(&table, file, &query, &judged, diag), CF_OK);
        assert_int_equal(judged, CF_BROKEN);
        assert_true(small_said(diag, "1 of 5 draws failed, more than 1%"));
        assert_int_equal(table.n_rows, 3 * 4);
        for (size_t row = 0; row < 4; row++)
            for (size_t c = 0; c < sizeof expected / sizeof *expected; c++)
                check(&table, expected[c].column, row, expected[c].of[row]);
        assert_int_equal(drawn_column(&table, "draws")->integer[0], 4);
        assert_int_equal(drawn_column(&table, "draws")->integer[1], 3);
        assert_int_equal(drawn_column(&table, "draws")->integer[5], 4); /* the second area */
        assert_int_equal(drawn_column(&table, "published")->integer[0], 2011);
        cf_table_free(&table);
        cf_diag_close(diag);
    }
    cf_results_close(file);
}

static void told_to_people(void **state)
{
    struct cf_table table;
    enum cf_status judged;
    const struct cf_outlook_query query = {.by_area = 1, .member = "hill", .for_people = 1};
    (void)state;
    lay_down("nothing");
    assert_int_equal(cf_outlook_table(&table, file, &query, &judged, NULL), CF_OK);
    assert_int_equal(table.n_rows, 4);
    assert_string_equal(drawn_column(&table, "area")->text[0], "The Hill");
    assert_string_equal(drawn_column(&table, "indicator")->text[0],
                        "ni79 (higher is better; baseline 50.0%; at its benchmark or better from "
                        "2010 on)");
    assert_string_equal(drawn_column(&table, "indicator")->text[2],
                        "ni117 (lower is better; not at its benchmark in the end)");
    assert_string_equal(drawn_column(&table, "target")->text[1], "100.0%");
    assert_string_equal(drawn_column(&table, "target")->text[3], "Not set");
    assert_string_equal(drawn_column(&table, "short by")->text[0], "met by 3.1 pts");
    assert_string_equal(drawn_column(&table, "short by")->text[1], "12.5 pts");
    assert_string_equal(drawn_column(&table, "short by")->text[3], "-");
    assert_string_equal(drawn_column(&table, "chance of meeting")->text[0], "75% \xc2\xb1"
                                                                            "22");
    assert_string_equal(drawn_column(&table, "1 in 2")->text[0], "73.4 to 82.8%");
    cf_table_free(&table);
    cf_results_close(file);
}

static void what_is_missing_is_told(void **state)
{
    struct cf_table table;
    enum cf_status judged;
    (void)state;
    lay_down("indicator_target");
    for (int by_area = 0; by_area < 2; by_area++) {
        cf_diag *diag = cf_diag_open();
        const struct cf_outlook_query query = {.by_area = by_area};
        assert_int_equal(cf_outlook_table(&table, file, &query, &judged, diag), CF_BAD_INPUT);
        assert_true(small_said(diag, by_area ? "they do not say what indicators are held against"
                                             : "these results have no 'indicator_pooled'"));
        cf_diag_close(diag);
    }
    cf_results_close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counted_by_hand),
        cmocka_unit_test(told_to_people),
        cmocka_unit_test(what_is_missing_is_told),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
