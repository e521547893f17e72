#include "support/check.h"

#include "unit/plan/provided.h"

static struct provided place;

static const char *const of_residents[] = {"demand", "unplaced", "too_far", "crowded_out"};
static const char *const of_sites[] = {"usable", "arrivals", "enrolled", "shortfall", "spare"};

/* Sum of the rows of one run, year and route or line, without those of "here" and "all". */
static double sum_of(const struct cf_table *table, const char *measure, int run, int year,
                     const char *subject, const char *code, const char *tier)
{
    double sum = 0;
    for (size_t row = 0; row < table->n_rows; row++)
        if (column_of(table, "run")->integer[row] == run &&
            column_of(table, "year")->integer[row] == year &&
            strcmp(text_at(table, subject, row), code) == 0 &&
            strcmp(text_at(table, tier, row), "here") != 0 &&
            strcmp(text_at(table, tier, row), "all") != 0)
            sum += number_at(table, measure, row);
    return sum;
}

/* What `export` gives for a variable of one run and year, added up over everything. */
static double exported(cf_results *file, const char *variable, int run, int year)
{
    const struct cf_table_span span = {year, year};
    struct cf_table table;
    const struct cf_table_query query = {.variable = variable, .year = &span};
    double sum = 0;
    assert_int_equal(cf_table_of_variable(&table, file, &query, NULL), CF_OK);
    for (size_t row = 0; row < table.n_rows; row++)
        if (column_of(&table, "run")->integer[row] == run)
            sum += number_at(&table, "value", row);
    cf_table_free(&table);
    return sum;
}

static void all_is_what_export_gives(void **state)
{
    (void)state;
    static const char *const tiers[] = {"area", "consortium", "authority", "region"};
    const struct cf_table_span years = {2009, 2011};
    provide(&place);
    for (int t = 0; t < 8; t++) {
        const struct cf_plan_query query = {
            .year = &years, .by = tiers[t / 2], .rows = t % 2 ? CF_ROWS_LINE : CF_ROWS_DEFAULT};
        static const char *const subjects[][4] = {{"sixth", "gfe", NULL},
                                                  {"alevel", "bricks", "art", NULL}};
        const char *subject = t % 2 ? "line" : "route";
        struct told told = provided_table(&place, cf_gap_table, query);
        for (int run = 0; run < RUNS; run++) {
            for (int year = 2009; year <= 2011; year++) {
                for (size_t q = 0; q < 9; q++) {
                    const char *measure = q < 4 ? of_residents[q] : of_sites[q - 4];
                    double all = 0;
                    for (const char *const *code = subjects[t % 2]; *code; code++) {
                        const size_t row =
                            row_of(&told.table, run, year, subject, *code, tiers[t / 2], "all");
                        all += number_at(&told.table, measure, row);
                        assert_near(
                            sum_of(&told.table, measure, run, year, subject, *code, tiers[t / 2]),
                            number_at(&told.table, measure, row));
                    }
                    assert_near(all, exported(told.file, measure, run, year));
                }
            }
        }
        provided_close(&told);
    }
}

static void a_row_by_hand(void **state)
{
    (void)state;
    provide(&place);
    struct told told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    const int y = 2;
    const struct cf_table *table = &told.table;
    const size_t row = row_of(table, 1, 2011, "authority", "x", "route", "gfe");
    double demand = 0, usable = 0;
    for (int a = HILL; a <= DALE; a++)
        demand += place.demand[1][y][a][BRICKS] + place.demand[1][y][a][ART];
    for (int o = S1_BRICKS; o <= S2_BRICKS; o++)
        usable += place.usable[1][y][o];
    assert_near(number_at(table, "demand", row), demand);
    assert_near(number_at(table, "usable", row), usable);
    assert_string_equal(text_at(table, "scenario", row), "thin");
    assert_string_equal(column_of(table, "route")->label[row], "College");
    /* The last report year is the default, and every route has a row in every authority. */
    assert_int_equal(table->n_rows, RUNS * (AUTHORITIES + 2) * 2);
    provided_close(&told);
}

static void sites_elsewhere_have_a_row_of_their_own(void **state)
{
    (void)state;
    provide(&place);
    struct told told = provided_table(&place, cf_gap_table, (struct cf_plan_query){.by = "region"});
    const size_t away = row_of(&told.table, 0, 2011, "region", "elsewhere", "route", "sixth");
    assert_near(number_at(&told.table, "usable", away), place.usable[0][2][S5_ALEVEL]);
    assert_near(number_at(&told.table, "demand", away), 0);
    assert_true(isnan(number_at(&told.table, "coverage", away)));
    provided_close(&told);
    told = provided_table(&place, cf_gap_table, (struct cf_plan_query){.by = "authority"});
    const size_t other = row_of(&told.table, 0, 2011, "authority", "z", "route", "sixth");
    assert_near(number_at(&told.table, "usable", other), place.usable[0][2][S5_ALEVEL]);
    provided_close(&told);
    /* Areas without a consortium and their sites: under no name. */
    told = provided_table(&place, cf_gap_table,
                          (struct cf_plan_query){.by = "consortium", .rows = CF_ROWS_LINE});
    const size_t none = row_of(&told.table, 0, 2011, "consortium", "", "line", "art");
    assert_near(number_at(&told.table, "usable", none), place.usable[0][2][S4_ART]);
    assert_near(number_at(&told.table, "demand", none), place.demand[0][2][FELL][ART]);
    provided_close(&told);
}

/* Authority z has a site and no area: it is told apart for people, and left out of all here. */
static void here_is_all_without_elsewhere(void **state)
{
    (void)state;
    provide(&place);
    struct told told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    const size_t z = row_of(table, 1, 2011, "authority", "z", "route", "sixth");
    const size_t here = row_of(table, 1, 2011, "authority", "here", "route", "sixth");
    const size_t all = row_of(table, 1, 2011, "authority", "all", "route", "sixth");
    assert_string_equal(column_of(table, "authority")->label[z], "elsewhere: z");
    assert_string_equal(column_of(table, "authority")->label[z - 2], "y");
    assert_string_equal(column_of(table, "authority")->label[here], "all here");
    assert_true(z < here && here < all);
    for (size_t q = 0; q < 5; q++)
        assert_near(number_at(table, of_sites[q], here) + number_at(table, of_sites[q], z),
                    number_at(table, of_sites[q], all));
    assert_near(number_at(table, "demand", here), number_at(table, "demand", all));
    assert_near(number_at(table, "coverage", here), number_at(table, "coverage", all));
    assert_near(number_at(table, "scarcity", here),
                fmax(place.scarcity[1][2][S1_ALEVEL], place.scarcity[1][2][S3_ALEVEL]));
    provided_close(&told);
    told = provided_table(&place, cf_gap_table, (struct cf_plan_query){.by = "region"});
    const size_t away = row_of(&told.table, 0, 2011, "region", "elsewhere", "route", "sixth");
    assert_string_equal(column_of(&told.table, "region")->label[away], "elsewhere");
    provided_close(&told);
}

static void groups_are_counted_by_offer(void **state)
{
    (void)state;
    provide(&place);
    place.enrolled[0][2][S1_ALEVEL] = 19.9;
    place.enrolled[0][2][S3_ALEVEL] = 20 - 1e-12; /* a hair too few is enough */
    place.enrolled[0][2][S5_ALEVEL] = 9.9;
    struct told told =
        provided_table(&place, cf_gap_table, (struct cf_plan_query){.rows = CF_ROWS_LINE});
    const struct cf_table *table = &told.table;
    assert_near(number_at(table, "viable_groups",
                          row_of(table, 0, 2011, "authority", "x", "line", "alevel")),
                3);
    assert_near(number_at(table, "viable_groups",
                          row_of(table, 0, 2011, "authority", "z", "line", "alevel")),
                0);
    assert_near(number_at(table, "viable_groups",
                          row_of(table, 0, 2011, "authority", "all", "line", "alevel")),
                3);
    /* Any group of art will do: how many there are is not asked. */
    assert_true(isnan(number_at(table, "viable_groups",
                                row_of(table, 0, 2011, "authority", "all", "line", "art"))));
    provided_close(&told);
}

static void the_largest_scarcity(void **state)
{
    (void)state;
    provide(&place);
    place.scarcity[0][2][S1_ALEVEL] = 2.5;
    place.scarcity[0][2][S3_ALEVEL] = 7.5;
    place.scarcity[0][2][S5_ALEVEL] = (double)NAN;
    struct told told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    assert_near(
        number_at(table, "scarcity", row_of(table, 0, 2011, "authority", "x", "route", "sixth")),
        7.5);
    assert_near(
        number_at(table, "scarcity", row_of(table, 0, 2011, "authority", "all", "route", "sixth")),
        7.5);
    assert_true(isnan(
        number_at(table, "scarcity", row_of(table, 0, 2011, "authority", "z", "route", "sixth"))));
    provided_close(&told);
}

static void good_places_by_usable(void **state)
{
    (void)state;
    provide(&place);
    place.usable[0][2][S1_ALEVEL] = 30;
    place.usable[0][2][S3_ALEVEL] = 10;
    place.usable[0][2][S5_ALEVEL] = 0;
    place.good_share[0][2][0] = 1;
    place.good_share[0][2][2] = 0.2;
    struct told told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    assert_near(number_at(&told.table, "good_share",
                          row_of(&told.table, 0, 2011, "authority", "x", "route", "sixth")),
                (30 + 10 * 0.2) / 40);
    assert_true(isnan(number_at(&told.table, "good_share",
                                row_of(&told.table, 0, 2011, "authority", "z", "route", "sixth"))));
    provided_close(&told);
    place.without = "good_share"; /* a place without grades */
    told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    for (size_t row = 0; row < told.table.n_rows; row++)
        assert_true(isnan(number_at(&told.table, "good_share", row)));
    provided_close(&told);
}

static void coverage_by_residents(void **state)
{
    (void)state;
    double residents[AREAS] = {0};
    provide(&place);
    for (int a = 0; a < AREAS; a++)
        for (int g = 0; g < GROUPS; g++)
            for (int x = 1; x <= 3; x++) /* 16 to 18 */
                residents[a] += place.population[0][2][a][g][x];
    place.coverage[0][2][MEAD][BRICKS] = 0;
    place.access[0][2][DALE][GFE] = 0.5;
    struct told told =
        provided_table(&place, cf_gap_table, (struct cf_plan_query){.rows = CF_ROWS_LINE});
    const double of_x = residents[HILL] + residents[MEAD] + residents[DALE];
    assert_near(number_at(&told.table, "coverage",
                          row_of(&told.table, 0, 2011, "authority", "x", "line", "bricks")),
                1 - residents[MEAD] / of_x);
    provided_close(&told);
    told = provided_table(&place, cf_gap_table, (struct cf_plan_query){0});
    assert_near(number_at(&told.table, "coverage",
                          row_of(&told.table, 0, 2011, "authority", "all", "route", "gfe")),
                1 - 0.5 * residents[DALE] / (of_x + residents[FELL]));
    provided_close(&told);
}

static void one_scenario_and_some_years(void **state)
{
    (void)state;
    const struct cf_table_span years = {2010, 2030};
    provide(&place);
    struct told told = provided_table(&place, cf_gap_table,
                                      (struct cf_plan_query){.scenario = "thin", .year = &years});
    assert_int_equal(told.table.n_rows, 2 * (AUTHORITIES + 2) * 2);
    for (size_t row = 0; row < told.table.n_rows; row++)
        assert_int_equal(column_of(&told.table, "run")->integer[row], 1);
    provided_close(&told);
}

static void what_cannot_be_had(void **state)
{
    (void)state;
    const struct cf_table_span later = {2031, 2040};
    provide(&place);
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){.year = &later}, CF_USAGE,
                   "the years of these results are 2009 to 2011");
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){.scenario = "thick"}, CF_USAGE,
                   "the results have no scenario 'thick'");
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){.by = "subregion"}, CF_USAGE,
                   "the areas of these results have no attribute 'subregion'");
    place.without = "usable";
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){0}, CF_BAD_INPUT,
                   "these results have no 'usable'");
}

/* A file that somebody else made, whole but not as it should be. */
static void what_is_not_as_it_should_be(void **state)
{
    (void)state;
    static cf_plan_table *const tables[] = {cf_gap_table, cf_tier_table, cf_coverage_table,
                                            cf_duplicates_table, cf_flow_table};
    static const char *const of[] = {"enrolled", "minutes", "coverage", "flow_offer", "flow"};
    for (int k = 0; k < 5; k++) {
        provide(&place);
        place.misshapen = of[k];
        assert_refused(&place, tables[k], (struct cf_plan_query){0}, CF_BAD_INPUT,
                       "these results are not as they should be");
    }
    provide(&place);
    place.offer_line[ART] = LINES;
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){0}, CF_BAD_INPUT,
                   "'offer_line' leads nowhere");
    assert_refused(&place, cf_duplicates_table, (struct cf_plan_query){0}, CF_BAD_INPUT,
                   "'offer_line' leads nowhere");
    place.offer_site[ART] = -1; /* as the file says none */
    assert_refused(&place, cf_gap_table, (struct cf_plan_query){0}, CF_BAD_INPUT,
                   "'offer_site' leads nowhere");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_what_export_gives),
        cmocka_unit_test(a_row_by_hand),
        cmocka_unit_test(sites_elsewhere_have_a_row_of_their_own),
        cmocka_unit_test(here_is_all_without_elsewhere),
        cmocka_unit_test(groups_are_counted_by_offer),
        cmocka_unit_test(the_largest_scarcity),
        cmocka_unit_test(good_places_by_usable),
        cmocka_unit_test(coverage_by_residents),
        cmocka_unit_test(one_scenario_and_some_years),
        cmocka_unit_test(what_cannot_be_had),
        cmocka_unit_test(what_is_not_as_it_should_be),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
