#include "support/check.h"

#include "unit/plan/provided.h"

static struct provided place;

/* First and second teach bricks to 6 and 5.5, both fewer than 8; the latter live in Mead. Nothing
 * else is too small. */
static void provide_pair(void)
{
    provide(&place);
    memset(place.flow_offer, 0, sizeof place.flow_offer);
    for (int run = 0; run < RUNS; run++) {
        for (int y = 0; y < YEARS; y++) {
            for (int o = 0; o < OFFERS; o++) {
                place.usable[run][y][o] = 20;
                place.enrolled[run][y][o] = 12;
            }
            place.enrolled[run][y][S1_BRICKS] = 6;
            place.enrolled[run][y][S2_BRICKS] = 5.5;
        }
        for (int r = 0; r < REPORTS; r++) {
            place.flow_offer[run][r][HILL][S1_BRICKS] = 6;
            place.flow_offer[run][r][MEAD][S2_BRICKS] = 3;
            place.flow_offer[run][r][DALE][S2_BRICKS] = 2.5;
        }
    }
}

static size_t count_pairs(struct cf_plan_query query)
{
    query.scenario = "baseline";
    struct told told = provided_table(&place, cf_duplicates_table, query);
    const size_t n = told.table.n_rows;
    provided_close(&told);
    return n;
}

static void a_pair_is_told(void **state)
{
    (void)state;
    provide_pair();
    struct told told =
        provided_table(&place, cf_duplicates_table, (struct cf_plan_query){.scenario = "thin"});
    const struct cf_table *table = &told.table;
    assert_int_equal(table->n_rows, 1);
    assert_int_equal(column_of(table, "run")->integer[0], 1);
    assert_int_equal(column_of(table, "year")->integer[0], 2011);
    assert_string_equal(text_at(table, "line", 0), "bricks");
    assert_string_equal(text_at(table, "site", 0), "s1");
    assert_string_equal(text_at(table, "other_site", 0), "s2");
    assert_string_equal(column_of(table, "other_site")->label[0], "Second");
    assert_string_equal(text_at(table, "area", 0), "mead");
    assert_near(number_at(table, "enrolled", 0), 6);
    assert_near(number_at(table, "other_enrolled", 0), 5.5);
    assert_near(number_at(table, "combined", 0), 11.5);
    assert_near(number_at(table, "viable_group", 0), 8);
    assert_string_equal(text_at(table, "viable", 0), "yes");
    assert_near(number_at(table, "area_share", 0), 3 / 5.5);
    assert_near(number_at(table, "minutes", 0), 20);
    assert_near(number_at(table, "other_minutes", 0), 5);
    provided_close(&told);
}

static void no_pair(void **state)
{
    (void)state;
    provide_pair();
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 1);
    place.enrolled[0][2][S1_BRICKS] = 8; /* one group is large enough */
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
    provide_pair();
    place.usable[0][2][S1_BRICKS] = 0; /* it is not taught there */
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
    provide_pair();
    place.enrolled[0][2][S2_BRICKS] = 0; /* nobody to move */
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
    provide_pair();
    place.flow_offer[0][1][FELL][S2_BRICKS] = 1; /* no area has half of them */
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
    provide_pair();
    place.viable_group[BRICKS] = ""; /* any group will do */
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
}

/* Of a site outside every area only some learners are in the results. */
static void sites_elsewhere_are_left_out(void **state)
{
    (void)state;
    provide_pair();
    place.enrolled[0][2][S3_ALEVEL] = 7;
    place.enrolled[0][2][S5_ALEVEL] = 6;
    place.flow_offer[0][1][DALE][S3_ALEVEL] = 7;
    place.flow_offer[0][1][DALE][S5_ALEVEL] = 6;
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 40}), 1);
    place.enrolled[0][2][S1_ALEVEL] = 6; /* and First, which lies in Hill */
    place.flow_offer[0][1][HILL][S1_ALEVEL] = 6;
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 50}), 2);
}

static void how_far_is_near(void **state)
{
    (void)state;
    provide_pair();
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 20}), 1);
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 19.9}), 0);
    place.reach[GFE] = 19.9;
    assert_int_equal(count_pairs((struct cf_plan_query){0}), 0);
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 25}), 1);
    /* It is the smaller group that counts: those of First live in Hill, 20 minutes from Second. */
    place.enrolled[0][2][S1_BRICKS] = 5;
    place.minutes[MEAD][0] = 90;
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 20}), 1);
    place.minutes[HILL][1] = 21;
    assert_int_equal(count_pairs((struct cf_plan_query){.minutes = 20}), 0);
}

static void pairs_of_a_member(void **state)
{
    (void)state;
    provide_pair();
    assert_int_equal(count_pairs((struct cf_plan_query){.by = "consortium"}), 1);
    assert_int_equal(count_pairs((struct cf_plan_query){.by = "area"}), 0);
    struct told told =
        provided_table(&place, cf_duplicates_table, (struct cf_plan_query){.by = "consortium"});
    assert_int_equal(told.table.n_rows, RUNS);
    assert_string_equal(text_at(&told.table, "consortium", 0), "north");
    provided_close(&told);
}

/* First and Third are a pair of A levels, too; by route each pair has a row. */
static void added_up_by_route(void **state)
{
    (void)state;
    provide_pair();
    for (int run = 0; run < RUNS; run++) {
        place.enrolled[run][2][S1_ALEVEL] = 9;
        place.enrolled[run][2][S3_ALEVEL] = 7;
        place.flow_offer[run][1][MEAD][S3_ALEVEL] = 7;
    }
    struct told told =
        provided_table(&place, cf_duplicates_table,
                       (struct cf_plan_query){.rows = CF_ROWS_ROUTE, .scenario = "baseline"});
    const struct cf_table *table = &told.table;
    assert_int_equal(table->n_rows, 2);
    assert_string_equal(text_at(table, "route", 0), "sixth");
    assert_string_equal(text_at(table, "other_site", 0), "s3");
    assert_near(number_at(table, "combined", 0), 16);
    assert_int_equal(column_of(table, "lines")->integer[0], 1);
    assert_int_equal(column_of(table, "viable_lines")->integer[0], 1);
    assert_string_equal(text_at(table, "route", 1), "gfe");
    provided_close(&told);
}

/* Four sites teach A levels to 9, 0.4, 4 and 1 of Mead: of 9 and 0.4 one side is hardly a person.
 */
static void the_largest_together_first(void **state)
{
    (void)state;
    static const int offer[] = {S1_ALEVEL, S3_ALEVEL, S5_ALEVEL, S4_ART};
    static const double learners[] = {9, 0.4, 4, 1};
    static const double combined[] = {13, 10, 5, 9.4, 4.4, 1.4};
    static const char *const viable[] = {"yes", "yes", "no", "no", "no", "no"};
    provide_pair();
    place.offer_site[S5_ALEVEL] = 1; /* at Second */
    place.offer_line[S4_ART] = ALEVEL;
    for (int o = 0; o < 4; o++) {
        place.enrolled[0][2][offer[o]] = learners[o];
        place.flow_offer[0][1][MEAD][offer[o]] = learners[o];
    }
    struct told told = provided_table(
        &place, cf_duplicates_table, (struct cf_plan_query){.scenario = "baseline", .minutes = 99});
    const struct cf_table *table = &told.table;
    assert_int_equal(table->n_rows, 7);
    for (size_t row = 0; row < 6; row++) {
        assert_near(number_at(table, "combined", row), combined[row]);
        assert_string_equal(text_at(table, "viable", row), viable[row]);
    }
    assert_string_equal(text_at(table, "line", 6), "bricks"); /* each line by itself */
    provided_close(&told);
}

static void report_years_only(void **state)
{
    (void)state;
    const struct cf_table_span base = {2009, 2009};
    provide_pair();
    assert_refused(&place, cf_duplicates_table, (struct cf_plan_query){.year = &base}, CF_USAGE,
                   "kept for report years only, which 2009 is not");
    place.without = "flow_offer";
    assert_refused(&place, cf_duplicates_table, (struct cf_plan_query){0}, CF_BAD_INPUT,
                   "these results have no 'flow_offer'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pair_is_told),
        cmocka_unit_test(no_pair),
        cmocka_unit_test(sites_elsewhere_are_left_out),
        cmocka_unit_test(how_far_is_near),
        cmocka_unit_test(pairs_of_a_member),
        cmocka_unit_test(added_up_by_route),
        cmocka_unit_test(the_largest_together_first),
        cmocka_unit_test(report_years_only),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
