#include "support/check.h"

#include "unit/plan/provided.h"

static struct provided place;

static double sum_of_routes(int run, int y, int from, int to)
{
    double sum = 0;
    for (int s = 0; s < STATUSES; s++)
        sum += place.flow[run][y][from][to][s];
    return sum;
}

static void sums_by_hand(void **state)
{
    (void)state;
    provide(&place);
    struct told told = provided_table(&place, cf_flow_table, (struct cf_plan_query){0});
    const struct cf_table *table = &told.table;
    const size_t x = row_of(table, 1, 2011, "authority", "x", NULL, NULL);
    const double exports = sum_of_routes(1, 2, 0, 1) + sum_of_routes(1, 2, 0, 2);
    const double imports = sum_of_routes(1, 2, 1, 0) + sum_of_routes(1, 2, 2, 0);
    const double at_home = sum_of_routes(1, 2, 0, 0);
    assert_near(number_at(table, "at_home", x), at_home);
    assert_near(number_at(table, "exports", x), exports);
    assert_near(number_at(table, "imports", x), imports);
    assert_near(number_at(table, "net", x), imports - exports);
    assert_near(number_at(table, "residents", x), at_home + exports);
    assert_near(number_at(table, "taught", x), at_home + imports);
    assert_int_equal(table->n_rows, RUNS * REPORTS * (AUTHORITIES + 1));
    provided_close(&told);
}

static void what_one_exports_another_imports(void **state)
{
    (void)state;
    const struct cf_table_span years = {2009, 2011};
    provide(&place);
    for (int by_route = 0; by_route < 2; by_route++) {
        struct told told =
            provided_table(&place, cf_flow_table,
                           (struct cf_plan_query){
                               .year = &years, .rows = by_route ? CF_ROWS_ROUTE : CF_ROWS_DEFAULT});
        const struct cf_table *table = &told.table;
        double exports = 0, imports = 0;
        for (size_t row = 0; row < table->n_rows; row++) {
            if (strcmp(text_at(table, "authority", row), "all") == 0) {
                assert_near(number_at(table, "exports", row), exports);
                assert_near(number_at(table, "imports", row), imports);
                assert_true(number_at(table, "exports", row) > 0);
                assert_near(number_at(table, "imports", row), number_at(table, "exports", row));
                assert_near(number_at(table, "net", row), 0);
                exports = imports = 0;
            } else {
                exports += number_at(table, "exports", row);
                imports += number_at(table, "imports", row);
            }
        }
        provided_close(&told);
    }
}

static void from_each_to_each(void **state)
{
    (void)state;
    provide(&place);
    struct told told = provided_table(&place, cf_flow_table,
                                      (struct cf_plan_query){.matrix = 1, .rows = CF_ROWS_ROUTE});
    const struct cf_table *table = &told.table;
    double to_z = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        if (column_of(table, "run")->integer[row] != 0 ||
            column_of(table, "year")->integer[row] != 2010 ||
            strcmp(text_at(table, "route", row), "gfe") != 0)
            continue;
        const char *from = text_at(table, "authority", row);
        const char *to = text_at(table, "authority_to", row);
        if (strcmp(from, "all") != 0 && strcmp(to, "all") != 0)
            assert_near(number_at(table, "learners", row),
                        place.flow[0][1][from[0] - 'x'][to[0] - 'x'][GFE]);
        if (strcmp(from, "all") != 0 && strcmp(to, "z") == 0)
            to_z += number_at(table, "learners", row);
        if (strcmp(from, "all") == 0 && strcmp(to, "z") == 0)
            assert_near(number_at(table, "learners", row), to_z);
    }
    assert_true(to_z > 0);
    provided_close(&told);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_by_hand),
        cmocka_unit_test(what_one_exports_another_imports),
        cmocka_unit_test(from_each_to_each),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
