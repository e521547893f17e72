/*
 * A decomposition with an answer on paper: MODEL.md 9.2. One year, one area; 100 are of the age in
 * the base year, of whom 70 learn, 120 will be. With log odds that are higher by b
 *
 *   f(b) = 0.7 e^b / (0.7 e^b + 0.3)
 *
 * of them learn, b the sum of a trend t = 0.2 and a push u = 0.5. With d, t, u on or off
 *
 *   v = (100 + 20 d) f(0.2 t + 0.5 u)
 *
 * and a cause's share is the mean of what it adds over the six orders of the three.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/select.h"
#include "plan/decompose.h"

#include <math.h>
#include <string.h>

static double f(double b)
{
    return 0.7 * exp(b) / (0.7 * exp(b) + 0.3);
}

static struct cf_model *one_year(double trend, double push)
{
    const struct place_size size = {.A = 1, .G = 1, .X = 2, .L = 1, .S = 2, .Y = 2, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 0}) = 120;
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 1}) = 100;
    for (int s = 0; s < 2; s++) {
        *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, s}) = s ? 0.3 : 0.7;
        *place_at(m, CF_FIELD_progression, (int[]){0, 1, 0, 0, s}) = s ? 0.3 : 0.7;
    }
    *place_at(m, CF_FIELD_trend, (int[]){0}) = trend;
    *place_at(m, CF_FIELD_push, (int[]){1, 0, 1, 0}) = push;
    return m;
}

static double number(const struct cf_table *table, const char *column)
{
    for (int k = 0; k < table->n_columns; k++)
        if (!strcmp(table->column[k].name, column))
            return table->column[k].number[0];
    fail_msg("no column %s", column);
    return 0;
}

static void assert_number(const struct cf_table *table, const char *column, double expected)
{
    const double value = number(table, column);
    if (!(fabs(value - expected) < 1e-11))
        fail_msg("%s: %.17g instead of %.17g", column, value, expected);
}

static void decompose(struct cf_table *table, const struct cf_model *m, const char *variable)
{
    const int age = m->extent.first_age + 1;
    const struct cf_table_span ages = {age, age};
    const struct cf_table_span years = {m->extent.base_year + 1, m->extent.base_year + 1};
    const struct cf_decompose_query query = {.variable = variable,
                                             .age = &ages,
                                             .year = &years,
                                             .kernels = cf_select_kernels(NULL),
                                             .threads = 1};
    assert_int_equal(cf_decompose_table(table, m, &query, NULL), CF_OK);
}

static void three_causes(void **state)
{
    const double t = 0.2, u = 0.5;
    struct cf_model *m = one_year(t, u);
    struct cf_table table;
    (void)state;
    decompose(&table, m, "learners");
    assert_number(&table, "base", 70);
    assert_number(&table, "value", 120 * f(t + u));
    assert_number(&table, "under_way", 0);
    assert_number(&table, "demography", 20 * (f(0) / 3 + f(t) / 6 + f(u) / 6 + f(t + u) / 3));
    assert_number(&table, "progression",
                  (100.0 / 3 + 120.0 / 6) * (f(t) - f(0)) +
                      (100.0 / 6 + 120.0 / 3) * (f(t + u) - f(u)));
    assert_number(&table, "policy",
                  (100.0 / 3 + 120.0 / 6) * (f(u) - f(0)) +
                      (100.0 / 6 + 120.0 / 3) * (f(t + u) - f(t)));
    assert_true(number(&table, "views") == 0 && number(&table, "capacity") == 0);
    cf_table_free(&table);
    /* A ratio by itself: demography has nothing to do with it. */
    decompose(&table, m, "participation");
    assert_number(&table, "demography", 0);
    assert_number(&table, "progression", (f(t) - f(0) + f(t + u) - f(u)) / 2);
    assert_number(&table, "policy", (f(u) - f(0) + f(t + u) - f(t)) / 2);
    cf_table_free(&table);
    place_free(m);
}

/* A trend and a push of the same size have the same share. */
static void two_alike(void **state)
{
    struct cf_model *m = one_year(0.375, 0.375);
    struct cf_table table;
    (void)state;
    decompose(&table, m, "learners");
    assert_true(fabs(number(&table, "progression") - number(&table, "policy")) < 1e-12);
    cf_table_free(&table);
    place_free(m);
}

/* Without a trend there is nothing of it, to the last bit. */
static void without_a_trend(void **state)
{
    const double u = 0.5;
    struct cf_model *m = one_year(0, u);
    struct cf_table table;
    (void)state;
    decompose(&table, m, "learners");
    const double share = number(&table, "progression");
    assert_true(share == 0 && !signbit(share));
    assert_number(&table, "demography", 10 * (f(0) + f(u)));
    assert_number(&table, "policy", 110 * (f(u) - f(0)));
    cf_table_free(&table);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(three_causes), cmocka_unit_test(two_alike),
                                       cmocka_unit_test(without_a_trend)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
