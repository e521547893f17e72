#include "support/check.h"

#include "unit/plan/provided.h"

static struct provided place;

/* Bricks are wanted by 6.5, 4, 9 and 2 in the four areas, of whom those of Hill and Mead reach each
 * other's sites, and those of Dale theirs. In all runs and years. */
static void provide_demand(void)
{
    static const double wanted[AREAS] = {6.5, 4, 9, 2};
    provide(&place);
    for (int run = 0; run < RUNS; run++)
        for (int y = 0; y < YEARS; y++)
            for (int a = 0; a < AREAS; a++)
                place.demand[run][y][a][BRICKS] = wanted[a];
}

static struct told tiers(const char *viable_group, struct cf_plan_query query)
{
    place.viable_group[BRICKS] = viable_group;
    return provided_table(&place, cf_tier_table, query);
}

static void assert_tier(const char *viable_group, struct cf_plan_query query, const char *tier,
                        const char *binds)
{
    struct told told = tiers(viable_group, query);
    const size_t row = row_of(&told.table, 0, 2011, "line", "bricks", NULL, NULL);
    assert_string_equal(text_at(&told.table, "tier", row), tier);
    assert_string_equal(text_at(&told.table, "binds", row), binds);
    provided_close(&told);
}

static void what_binds(void **state)
{
    (void)state;
    provide_demand();
    struct told told = tiers("8", (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    const size_t row = row_of(table, 0, 2011, "line", "bricks", NULL, NULL);
    /* north has 6.5 + 4, south 9; x the three of them, at Second, y 2; the region, at Second too,
     * has the three: Fell is 90 minutes away. */
    assert_near(number_at(table, "demand_consortium", row), 9);
    assert_near(number_at(table, "demand_authority", row), 2);
    assert_near(number_at(table, "demand_region", row), 19.5);
    assert_near(number_at(table, "viable_group", row), 8);
    assert_string_equal(text_at(table, "tier", row), "consortium");
    assert_string_equal(text_at(table, "binds", row), "south");
    assert_int_equal(table->n_rows, RUNS * REPORTS * LINES);
    provided_close(&told);
}

static void a_larger_group_moves_a_line_up(void **state)
{
    (void)state;
    provide_demand();
    assert_tier("9", (struct cf_plan_query){0}, "consortium", "south");
    assert_tier("9.1", (struct cf_plan_query){0}, "region", "r");
    assert_tier("19.5", (struct cf_plan_query){0}, "region", "r");
    assert_tier("19.6", (struct cf_plan_query){0}, "none", "r");
    assert_tier("", (struct cf_plan_query){0}, "consortium", "south"); /* any group will do */
}

static void it_must_be_within_reach(void **state)
{
    (void)state;
    provide_demand();
    place.reach[GFE] = 19; /* nobody reaches the next area */
    assert_tier("6", (struct cf_plan_query){0}, "consortium", "north");
    struct told told = tiers("6", (struct cf_plan_query){0});
    const size_t row = row_of(&told.table, 0, 2011, "line", "bricks", NULL, NULL);
    assert_near(number_at(&told.table, "demand_consortium", row), 6.5);
    assert_near(number_at(&told.table, "demand_region", row), 9);
    provided_close(&told);
    place.reach[GFE] = 4; /* nor their own */
    assert_tier("", (struct cf_plan_query){0}, "none", "r");
}

/* In the second run alone nobody reaches the next area in 2010, and all do again in 2011, when Fell
 * lies beside Dale. */
static void in_the_run_and_year(void **state)
{
    (void)state;
    provide_demand();
    provide_journeys(&place);
    place.journey_reach[1][1][GFE] = 19;
    place.journey_minutes[1][2][FELL][2] = 10;
    struct told told = tiers("6", (struct cf_plan_query){0});
    static const double region[RUNS][REPORTS] = {{19.5, 19.5}, {9, 21.5}};
    for (int at = 0; at < RUNS * REPORTS; at++) {
        const size_t row =
            row_of(&told.table, at / REPORTS, 2010 + at % REPORTS, "line", "bricks", NULL, NULL);
        assert_near(number_at(&told.table, "demand_region", row),
                    region[at / REPORTS][at % REPORTS]);
    }
    provided_close(&told);
}

static void a_share_of_the_members(void **state)
{
    (void)state;
    provide_demand();
    assert_tier("10", (struct cf_plan_query){0}, "region", "r");
    assert_tier("10", (struct cf_plan_query){.share = 0.5}, "consortium", "north");
    assert_tier("10", (struct cf_plan_query){.share = 0.51}, "region", "r");
    /* Half, as somebody's arithmetic has it, is not a member more. */
    assert_tier("10", (struct cf_plan_query){.share = 0.5 + 1e-10}, "consortium", "north");
}

static void each_authority_by_itself(void **state)
{
    (void)state;
    provide_demand();
    struct told told = tiers("10", (struct cf_plan_query){.by = "authority"});
    const struct cf_table *table = &told.table;
    const size_t x = row_of(table, 0, 2011, "line", "bricks", "authority", "x");
    const size_t y = row_of(table, 0, 2011, "line", "bricks", "authority", "y");
    assert_string_equal(text_at(table, "tier", x), "authority"); /* south has 9 only */
    assert_near(number_at(table, "demand_authority", x), 19.5);
    assert_string_equal(text_at(table, "tier", y), "region");
    assert_near(number_at(table, "demand_consortium", y), 0); /* y is in none */
    provided_close(&told);
}

/* Fell is in no consortium, and there is none without a name. */
static void what_is_in_no_consortium(void **state)
{
    (void)state;
    provide_demand();
    for (int rows = CF_ROWS_ROUTE; rows <= CF_ROWS_LINE; rows++) {
        struct told told = tiers(
            "10", (struct cf_plan_query){.by = "consortium", .rows = (enum cf_table_rows)rows});
        assert_int_equal(told.table.n_rows,
                         RUNS * REPORTS * 2 * (rows == CF_ROWS_LINE ? LINES : 2));
        for (size_t row = 0; row < told.table.n_rows; row++)
            assert_string_not_equal(text_at(&told.table, "consortium", row), "");
        provided_close(&told);
    }
}

static void lines_of_a_route(void **state)
{
    (void)state;
    provide_demand();
    for (int a = 0; a < AREAS; a++)
        place.demand[0][2][a][ART] = 0;
    struct told told = tiers("10", (struct cf_plan_query){.rows = CF_ROWS_ROUTE});
    const struct cf_table *table = &told.table;
    const size_t row = row_of(table, 0, 2011, "route", "gfe", NULL, NULL);
    assert_int_equal(column_of(table, "lines")->integer[row], 2);
    assert_int_equal(column_of(table, "consortium_lines")->integer[row], 0);
    assert_int_equal(column_of(table, "authority_lines")->integer[row], 0);
    assert_int_equal(column_of(table, "region_lines")->integer[row], 1);  /* bricks */
    assert_int_equal(column_of(table, "no_tier_lines")->integer[row], 1); /* art: nobody wants it */
    provided_close(&told);
}

/* How high a tier is. */
static int height(const char *tier)
{
    static const char *const names[] = {"consortium", "authority", "region", "none"};
    for (int k = 0; k < 4; k++)
        if (strcmp(tier, names[k]) == 0)
            return k;
    fail_msg("tier %s", tier);
    return -1;
}

/* Whatever the demand, the journeys and the share: a larger group never moves a line down. */
static void never_down(void **state)
{
    (void)state;
    int moved = 0;
    for (int rule = 0; rule < 6; rule++) {
        int last[RUNS * REPORTS] = {0};
        const struct cf_plan_query query = {.share = rule % 3 ? 0.3 * rule / 3 : 0};
        provide(&place);
        PROVIDE(place.demand, rule);
        PROVIDE(place.minutes, 7 * rule + 1);
        place.reach[GFE] = 9 + rule;
        for (int viable = 1; viable < 100; viable += 8) {
            char text[16];
            snprintf(text, sizeof text, "%d", viable);
            struct told told = tiers(text, (struct cf_plan_query){.share = fmin(1, query.share)});
            for (int at = 0; at < RUNS * REPORTS; at++) {
                const size_t row = row_of(&told.table, at / REPORTS, 2010 + at % REPORTS, "line",
                                          "bricks", NULL, NULL);
                const int now = height(text_at(&told.table, "tier", row));
                assert_true(now >= last[at]);
                moved += now > last[at];
                last[at] = now;
            }
            provided_close(&told);
        }
    }
    assert_true(moved > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_binds),
        cmocka_unit_test(a_larger_group_moves_a_line_up),
        cmocka_unit_test(it_must_be_within_reach),
        cmocka_unit_test(in_the_run_and_year),
        cmocka_unit_test(a_share_of_the_members),
        cmocka_unit_test(each_authority_by_itself),
        cmocka_unit_test(what_is_in_no_consortium),
        cmocka_unit_test(lines_of_a_route),
        cmocka_unit_test(never_down),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
