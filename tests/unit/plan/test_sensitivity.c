#include "support/check.h"

#include "unit/plan/explained.h"

/* ---- morris ---- */

/* Trajectories on 4 levels, as the design makes them: a start, and each entry moved once by half
 * the levels, in the order of the trajectory. */
static void morris_rows(struct told *t, int trajectories)
{
    const int K = t->drawn.entries;
    unsigned long long state = 5;
    for (int j = 0; j < trajectories; j++) {
        double u[DRAWN_MOST_ENTRIES];
        int upwards[DRAWN_MOST_ENTRIES];
        for (int i = 0; i < K; i++) {
            const int low = drawn_random(&state) < 0.5;
            upwards[i] = drawn_random(&state) < 0.5;
            u[i] = (low + 0.5) / 4 + (upwards[i] ? 0 : 0.5);
        }
        for (int p = 0; p <= K; p++) {
            memcpy(t->u[j * (K + 1) + p], u, sizeof u);
            const int next = (p + j) % K;
            u[next] += upwards[next] ? 0.5 : -0.5;
        }
    }
}

/* Of a linear function the effects are its coefficients, whatever the trajectory. */
static void morris_of_a_linear_function(void **state)
{
    (void)state;
    static const double coefficient[] = {2.385, -0.5, 0.125, 0};
    static const char *const entry[] = {"duty", "pull", "birth", "fourth"};
    struct told t = start("morris", 6 * 5, 4, 6);
    morris_rows(&t, 6);
    compute(&t);
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table = tabled((struct cf_sensitivity_query){0}, diag);
    assert_columns(&table, "scenario,year,area,indicator,entry,mu_star,mu,sigma,trajectories");
    assert_int_equal(table.n_rows, 2 * 2 * 4); /* areas with values, indicators, entries */
    for (size_t row = 0; row < table.n_rows; row++) {
        const int i = (int)row % 4, is_same = (int)row / 4 % 2, area = (int)row / 8;
        const double expected = is_same ? 0 : coefficient[i] * (area ? 10 : 1);
        assert_close(number_at(&table, "mu", row), expected, 1e-12 * (1 + fabs(expected)));
        assert_close(number_at(&table, "mu_star", row), fabs(expected),
                     1e-12 * (1 + fabs(expected)));
        assert_close(number_at(&table, "sigma", row), 0, 1e-12 * (1 + fabs(expected)));
        assert_int_equal(drawn_column(&table, "trajectories")->integer[row], 6);
        assert_int_equal(drawn_column(&table, "year")->integer[row], 2011);
        assert_string_equal(text_at(&table, "entry", row), entry[i]);
        assert_string_equal(text_at(&table, "area", row), area ? "mead" : "hill");
        assert_string_equal(text_at(&table, "indicator", row), is_same ? "ni117" : "ni79");
    }
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    cf_table_free(&table);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* 4 u0 u1 - u2 by hand: the effect of u0 is 4 u1 where it is moved. */
static void morris_of_a_product(void **state)
{
    (void)state;
    static const double u[2][4][3] = {{{0.125, 0.375, 0.625},
                                       {0.625, 0.375, 0.625},
                                       {0.625, 0.875, 0.625},
                                       {0.625, 0.875, 0.125}},
                                      {{0.875, 0.625, 0.125},
                                       {0.875, 0.625, 0.625},
                                       {0.875, 0.125, 0.625},
                                       {0.375, 0.125, 0.625}}};
    struct told t = start("morris", 8, 3, 2);
    for (int draw = 0; draw < 8; draw++)
        memcpy(t.u[draw], u[draw / 4][draw % 4], 3 * sizeof(double));
    t.of[1] = product;
    compute(&t);
    lay_down(&t);
    struct cf_table table =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni117"}, NULL);
    assert_int_equal(table.n_rows, 3);
    /* Effects of u0 4 x 0.375 and 4 x 0.125, of u1 4 x 0.625 and 4 x 0.875, of u2 -1 twice. */
    assert_close(number_at(&table, "mu", 0), 1, 1e-12);
    assert_close(number_at(&table, "sigma", 0), sqrt(0.5), 1e-12);
    assert_close(number_at(&table, "mu", 1), 3, 1e-12);
    assert_close(number_at(&table, "mu_star", 2), 1, 1e-12);
    assert_close(number_at(&table, "mu", 2), -1, 1e-12);
    cf_table_free(&table);
    cf_results_close(file);
    finish(&t);
}

/* An entry of few values: a step may move it and leave its value, which then has no effect. */
static void morris_of_equal_values(void **state)
{
    (void)state;
    struct told t = start("morris", 6 * 4, 3, 6);
    morris_rows(&t, 6);
    t.of[1] = product;
    for (int draw = 0; draw < 24; draw++)
        t.u[draw][1] = 0.5;
    compute(&t);
    lay_down(&t);
    struct cf_table table = tabled((struct cf_sensitivity_query){.area = "hill"}, NULL);
    assert_int_equal(table.n_rows, 6);
    for (size_t row = 1; row < 6; row += 3) {
        assert_true(number_at(&table, "mu_star", row) == 0);
        assert_true(number_at(&table, "sigma", row) == 0);
    }
    assert_close(number_at(&table, "mu", 3), 2, 1e-12);
    cf_table_free(&table);
    cf_results_close(file);
    finish(&t);
}

static void a_failed_draw_drops_its_row(void **state)
{
    (void)state;
    struct told t = start("morris", 6 * 4, 3, 6);
    morris_rows(&t, 6);
    compute(&t);
    t.status[1 + 4 * 2 + 1] = 2;
    t.status[1 + 4 * 5 + 3] = 1;
    for (int k = 0; k < DRAWN_YEARS * DRAWN_AREAS * 2; k++)
        t.of_a_run[(1 + 4 * 2 + 1) * DRAWN_YEARS * DRAWN_AREAS * 2 + k] = 1e9;
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, diag);
    assert_int_equal(drawn_column(&table, "trajectories")->integer[0], 4);
    assert_close(number_at(&table, "mu", 0), 2.385, 1e-11);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 2);
    assert_true(small_said(diag, "2 of 24 draws were not computed or failed, and are left out"));
    assert_true(small_said(diag, "2 of 6 trajectories are left out, since a draw of them is"));
    cf_table_free(&table);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* ---- saltelli ---- */

/*
 * Of a sum of b u with u uniform and independent, V = sum b^2 / 12: S = ST = b^2 / sum b^2. The
 * file of two rows by hand is worked out by the formulas as they stand.
 */
static void saltelli_by_hand(void **state)
{
    (void)state;
    static const double u[2][4][2] = {{{0.1, 0.9}, {0.6, 0.9}, {0.1, 0.3}, {0.6, 0.3}},
                                      {{0.8, 0.2}, {0.4, 0.2}, {0.8, 0.7}, {0.4, 0.7}}};
    struct told t = start("saltelli", 8, 2, 2);
    double y[2][4];
    for (int draw = 0; draw < 8; draw++) {
        memcpy(t.u[draw], u[draw / 4][draw % 4], 2 * sizeof(double));
        y[draw / 4][draw % 4] = product(t.u[draw]);
    }
    t.of[0] = product;
    compute(&t);
    lay_down(&t);
    struct cf_table table =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, NULL);
    const double c = (y[0][0] + y[0][3] + y[1][0] + y[1][3]) / 4;
    double variance = 0;
    for (int j = 0; j < 2; j++)
        variance += ((y[j][0] - c) * (y[j][0] - c) + (y[j][3] - c) * (y[j][3] - c)) / 4;
    for (int i = 0; i < 2; i++) {
        double first = 0, total = 0;
        for (int j = 0; j < 2; j++) {
            first += (y[j][3] - c) * (y[j][1 + i] - y[j][0]) / 2 / variance;
            total += (y[j][0] - y[j][1 + i]) * (y[j][0] - y[j][1 + i]) / 4 / variance;
        }
        assert_close(number_at(&table, "first_order", (size_t)i), first, 1e-12);
        assert_close(number_at(&table, "total_order", (size_t)i), total, 1e-12);
    }
    cf_table_free(&table);
    cf_results_close(file);
    finish(&t);
}

static void saltelli_of_known_functions(void **state)
{
    (void)state;
    static const double b2[] = {2.385 * 2.385, 0.25, 0.125 * 0.125};
    /* Ishigami and Homma 1990, parameters 7 and 0.1. */
    static const double first[] = {0.3139, 0.4424, 0}, total[] = {0.5576, 0.4424, 0.2437};
    const int rows = 1 << 12;
    struct told t = start("saltelli", rows * 5, 3, rows);
    saltelli_rows(&t, rows);
    t.of[1] = ishigami;
    compute(&t);
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table = tabled((struct cf_sensitivity_query){0}, diag);
    assert_columns(&table, "scenario,year,area,indicator,entry,first_order,first_low,first_high,"
                           "total_order,total_low,total_high,rows");
    assert_int_equal(table.n_rows, 2 * 2 * 3);
    for (size_t row = 0; row < table.n_rows; row++) {
        const size_t i = row % 3, is_ishigami = row / 3 % 2;
        const double share = b2[i] / (b2[0] + b2[1] + b2[2]);
        const double s = number_at(&table, "first_order", row);
        const double st = number_at(&table, "total_order", row);
        assert_close(s, is_ishigami ? first[i] : share, 0.02);
        assert_close(st, is_ishigami ? total[i] : share, 0.02);
        assert_true(number_at(&table, "first_low", row) < s);
        assert_true(number_at(&table, "first_high", row) > s);
        assert_true(number_at(&table, "total_low", row) < st);
        assert_true(number_at(&table, "total_high", row) > st);
        assert_int_equal(drawn_column(&table, "rows")->integer[row], rows);
    }
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    cf_table_free(&table);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* Few rows do not converge; of what does not vary there are no indices. */
static void what_has_not_converged_is_told(void **state)
{
    (void)state;
    struct told t = start("saltelli", 32 * 5, 3, 32);
    saltelli_rows(&t, 32);
    t.of[0] = ishigami;
    compute(&t);
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table = tabled((struct cf_sensitivity_query){.area = "hill"}, diag);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 1);
    assert_true(small_said(diag, "the indices of 1 of 1 values have not converged"));
    assert_true(small_said(diag, "on 'ni79' in area 'hill', 2011"));
    for (size_t row = 3; row < 6; row++) {
        assert_string_equal(text_at(&table, "indicator", row), "ni117");
        assert_true(isnan(number_at(&table, "first_order", row)));
        assert_true(isnan(number_at(&table, "total_high", row)));
    }
    cf_table_free(&table);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* A row of which a draw failed counts for nothing, whatever stands in it. */
static void a_failed_draw_drops_its_matrix_row(void **state)
{
    (void)state;
    struct told t = start("saltelli", 9 * 5, 3, 9);
    saltelli_rows(&t, 9);
    compute(&t);
    t.status[1 + 8 * 5 + 2] = 3;
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, diag);
    assert_true(small_said(diag, "1 of 9 rows of the design are left out"));
    assert_int_equal(drawn_column(&table, "rows")->integer[0], 8);
    cf_results_close(file);
    finish(&t);
    t = start("saltelli", 8 * 5, 3, 8);
    saltelli_rows(&t, 8);
    compute(&t);
    lay_down(&t);
    struct cf_table shorter =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, NULL);
    for (size_t row = 0; row < 3; row++) {
        assert_true(number_at(&table, "first_order", row) ==
                    number_at(&shorter, "first_order", row));
        assert_true(number_at(&table, "total_order", row) ==
                    number_at(&shorter, "total_order", row));
    }
    cf_table_free(&table);
    cf_table_free(&shorter);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* The dimension holds the entries of all scenarios: one that this scenario has not is no entry of
 * it, and the matrices come in the scenario's own order. */
static void entries_of_another_scenario(void **state)
{
    (void)state;
    struct told t = start("saltelli", 64 * 4, 2, 64), wide = start("saltelli", 64 * 4, 3, 64);
    saltelli_rows(&t, 64);
    t.of[0] = product;
    compute(&t);
    lay_down(&t);
    struct cf_table own =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, NULL);
    cf_results_close(file);
    memcpy(wide.of_a_run, t.of_a_run, 257 * DRAWN_YEARS * DRAWN_AREAS * 2 * sizeof(double));
    for (int draw = 0; draw <= 256; draw++) {
        wide.value[3 * draw] = t.value[2 * draw + 1];
        wide.value[3 * draw + 1] = (double)NAN;
        wide.value[3 * draw + 2] = t.value[2 * draw];
    }
    lay_down(&wide);
    struct cf_table table =
        tabled((struct cf_sensitivity_query){.area = "hill", .indicator = "ni79"}, NULL);
    assert_int_equal(table.n_rows, 2);
    for (size_t row = 0; row < 2; row++) {
        assert_string_equal(text_at(&table, "entry", row), row ? "birth" : "duty");
        assert_true(number_at(&table, "first_order", row) ==
                    number_at(&own, "first_order", 1 - row));
        assert_true(number_at(&table, "total_high", row) == number_at(&own, "total_high", 1 - row));
    }
    assert_true(number_at(&table, "first_order", 0) != number_at(&table, "first_order", 1));
    cf_table_free(&own);
    cf_table_free(&table);
    cf_results_close(file);
    finish(&t);
    finish(&wide);
}

/* However little is held at a time, and whichever results are asked for. */
static void room_changes_nothing(void **state)
{
    (void)state;
    const struct cf_table_span years = {2009, 2011};
    struct told t = start("saltelli", 32 * 5, 3, 32);
    saltelli_rows(&t, 32);
    t.of[1] = ishigami;
    compute(&t);
    lay_down(&t);
    struct cf_table all = tabled((struct cf_sensitivity_query){.year = &years}, NULL);
    struct cf_table part = tabled((struct cf_sensitivity_query){.year = &years, .room = 1}, NULL);
    assert_int_equal(all.n_rows, DRAWN_YEARS * 2 * 2 * 3);
    assert_int_equal(part.n_rows, all.n_rows);
    for (int c = 0; c < all.n_columns; c++)
        if (all.column[c].kind == CF_COLUMN_MIXED)
            assert_memory_equal(all.column[c].number, part.column[c].number,
                                all.n_rows * sizeof(double));
    cf_table_free(&all);
    cf_table_free(&part);
    cf_results_close(file);
    finish(&t);
}

/* ---- other designs ---- */

static void a_weaker_answer_is_called_so(void **state)
{
    (void)state;
    struct told t = start("lhs", 40, 3, 40);
    saltelli_rows(&t, 8);
    compute(&t);
    lay_down(&t);
    cf_diag *diag = cf_diag_open();
    struct cf_table table = tabled((struct cf_sensitivity_query){.area = "hill"}, diag);
    assert_columns(&table, "scenario,year,area,indicator,entry,rank_coefficient,r2,draws");
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 1);
    assert_true(small_said(diag, "a weaker answer: the design lhs gives rank regression only"));
    assert_true(number_at(&table, "rank_coefficient", 0) > 0.8);
    assert_true(number_at(&table, "rank_coefficient", 1) < 0);
    assert_true(number_at(&table, "r2", 0) > 0.9);
    assert_true(isnan(number_at(&table, "r2", 3))); /* what does not vary */
    cf_table_free(&table);
    cf_results_close(file);
    cf_diag_close(diag);
    finish(&t);
}

/* ---- refusals ---- */

static void assert_refused(struct cf_sensitivity_query query, enum cf_status status,
                           const char *said)
{
    struct cf_table table;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_sensitivity_table(&table, file, &query, diag), status);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    if (!small_said(diag, said))
        fail_msg("%s", cf_diag_message(diag, 0).text);
    cf_diag_close(diag);
}

static void what_cannot_be_had(void **state)
{
    (void)state;
    const struct cf_table_span year = {2031, 2031};
    struct told t = start("saltelli", 10, 3, 2);
    saltelli_rows(&t, 2);
    compute(&t);
    lay_down(&t);
    assert_refused((struct cf_sensitivity_query){.indicator = "ni97"}, CF_USAGE,
                   "the results have no indicator 'ni97'");
    assert_refused((struct cf_sensitivity_query){.area = "hil"}, CF_USAGE,
                   "the results have no area 'hil'");
    assert_refused((struct cf_sensitivity_query){.scenario = "hill"}, CF_USAGE,
                   "the results have no scenario 'hill'");
    assert_refused((struct cf_sensitivity_query){.year = &year}, CF_USAGE,
                   "the years of the indicators of draws are 2009 to 2011");
    cf_results_close(file);
    t.drawn.design_draws = 3;
    lay_down(&t);
    assert_refused((struct cf_sensitivity_query){0}, CF_BAD_INPUT,
                   "they have not as many draws as their design makes");
    cf_results_close(file);
    t.drawn.design = "none";
    lay_down(&t);
    assert_refused((struct cf_sensitivity_query){0}, CF_BAD_INPUT, "these results have no draws");
    cf_results_close(file);
    finish(&t);
}

static void no_trajectories(void **state)
{
    (void)state;
    struct told t = start("morris", 8, 3, 2);
    saltelli_rows(&t, 1);
    for (int draw = 0; draw < 8; draw++)
        t.u[draw][0] = 0.1 * draw; /* moves twice and more in each */
    compute(&t);
    lay_down(&t);
    assert_refused((struct cf_sensitivity_query){0}, CF_BAD_INPUT,
                   "their draws are no trajectories of morris");
    cf_results_close(file);
    t.drawn.design_steps = 0;
    lay_down(&t);
    assert_refused((struct cf_sensitivity_query){0}, CF_BAD_INPUT,
                   "they do not say on how many levels morris stood");
    cf_results_close(file);
    finish(&t);
}

/* What the retained variables leave out. */
static void without_a_variable(void **state)
{
    (void)state;
    struct told t = start("lhs", 5, 2, 5);
    compute(&t);
    for (int k = 0; k < 2; k++) {
        cf_h5 *h5 = drawn_begin(&t.drawn, "without.h5");
        if (k)
            drawn_numbers(&t.drawn, h5, "indicator_value", "draw_run year area indicator",
                          t.of_a_run);
        else
            drawn_numbers(&t.drawn, h5, "draw_value", "draw_run entry", t.value);
        drawn_end(h5);
        assert_int_equal(cf_results_open("without.h5", &file, NULL), CF_OK);
        assert_refused((struct cf_sensitivity_query){0}, CF_BAD_INPUT,
                       k ? "these results have no uncertain entries"
                         : "these results have no indicators of draws");
        cf_results_close(file);
    }
    finish(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(morris_of_a_linear_function),
        cmocka_unit_test(morris_of_a_product),
        cmocka_unit_test(morris_of_equal_values),
        cmocka_unit_test(a_failed_draw_drops_its_row),
        cmocka_unit_test(saltelli_by_hand),
        cmocka_unit_test(saltelli_of_known_functions),
        cmocka_unit_test(what_has_not_converged_is_told),
        cmocka_unit_test(a_failed_draw_drops_its_matrix_row),
        cmocka_unit_test(entries_of_another_scenario),
        cmocka_unit_test(room_changes_nothing),
        cmocka_unit_test(a_weaker_answer_is_called_so),
        cmocka_unit_test(what_cannot_be_had),
        cmocka_unit_test(no_trajectories),
        cmocka_unit_test(without_a_variable),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
