#include "support/check.h"

#include "plan/milp.h"

#include <math.h>
#include <string.h>

static void close_to(double value, double expected)
{
    if (!(fabs(value - expected) <= 1e-7 * (1 + fabs(expected))))
        fail_msg("%.10g, not %.10g", value, expected);
}

static const struct cf_milp_limits no_limits = {.gap = 1e-9};

/* Weights 3.5, 2.25, 4 and 1.75 of at most 7.3 worth 5.5, 4, 6.25 and 2: the second and third,
 * 10.25 of weight 6.25; relaxed the third is cut: 4 + 5.5 + 1.55 / 4 x 6.25. */
static struct cf_milp knapsack(void)
{
    static const double weight[] = {3.5, 2.25, 4, 1.75}, worth[] = {5.5, 4, 6.25, 2};
    struct cf_milp m = {0};
    for (int j = 0; j < 4; j++)
        cf_milp_add_column(&m, 0, 1, -worth[j], 1);
    cf_milp_add_row(&m, -1, -HUGE_VAL, 7.3);
    for (int j = 0; j < 4; j++)
        cf_milp_add_entry(&m, j, weight[j]);
    return m;
}

static void a_knapsack(void **state)
{
    (void)state;
    struct cf_milp m = knapsack();
    struct cf_milp_result result;
    double x[4];
    m.shift = 100;
    cf_milp_solve(&m, NULL, &no_limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    close_to(result.value, 100 - 10.25);
    close_to(result.bound, 100 - 10.25);
    close_to(result.relaxed, 100 - (4 + 5.5 + 1.55 / 4 * 6.25));
    close_to(x[0], 0);
    close_to(x[1], 1);
    close_to(x[2], 1);
    close_to(x[3], 0);
    const struct cf_milp_limits relaxed = {.relaxed_only = 1};
    cf_milp_solve(&m, NULL, &relaxed, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    close_to(x[2], 1.55 / 4);
    cf_milp_free(&m);
}

/* The same column twice in a row counts twice, a row of one column is a bound, groups can be off.
 */
static void rows_and_groups(void **state)
{
    (void)state;
    struct cf_milp m = {.n_groups = 2};
    struct cf_milp_result result;
    unsigned char off[2] = {0, 0};
    struct cf_milp_limits limits = {.gap = 1e-9, .off = off};
    double x[2];
    cf_milp_add_column(&m, 0, HUGE_VAL, -1, 1);
    cf_milp_add_column(&m, -HUGE_VAL, HUGE_VAL, 1, 0);
    cf_milp_add_row(&m, 0, -HUGE_VAL, 9.5); /* 2 x + 2 x <= 9.5: x <= 2 */
    cf_milp_add_entry(&m, 0, 2);
    cf_milp_add_entry(&m, 0, 2);
    cf_milp_add_row(&m, 1, 3, HUGE_VAL); /* x >= 3 */
    cf_milp_add_entry(&m, 0, 1);
    cf_milp_add_row(&m, -1, 0.5, 7); /* 0.5 <= x + y <= 7 */
    cf_milp_add_entry(&m, 0, 1);
    cf_milp_add_entry(&m, 1, 1);
    cf_milp_solve(&m, NULL, &limits, x, &result);
    assert_int_equal(result.status, CF_MILP_INFEASIBLE);
    off[1] = 1;
    cf_milp_solve(&m, NULL, &limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    close_to(x[0], 2);
    close_to(x[1], -1.5);
    limits.any = 1;
    off[0] = 1;
    off[1] = 0;
    cf_milp_solve(&m, NULL, &limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    assert_true(x[0] > 2.5 && x[0] + x[1] > 0.5 - 1e-6);
    cf_milp_free(&m);
}

/* x <= 10 whole, y <= 6.5 sqrt(x): its tangents come one by one. */
static void tangents(void *context, const double *x, struct cf_milp *milp)
{
    int *asked = context;
    const double at = fmax(x[0], 0.01);
    ++*asked;
    if (x[1] <= 6.5 * sqrt(at) + 1e-5)
        return;
    cf_milp_add_row(milp, -1, -HUGE_VAL, 6.5 * sqrt(at) / 2);
    cf_milp_add_entry(milp, 1, 1);
    cf_milp_add_entry(milp, 0, -6.5 / 2 / sqrt(at));
}

/* The most of y - 1.2 x: 6.5 sqrt(7) - 8.4 = 8.7974 at 7, less at 6 and at 8; relaxed 8.8021. */
static void rows_as_they_are_needed(void **state)
{
    (void)state;
    struct cf_milp m = {0};
    struct cf_milp_result result;
    int asked = 0;
    const struct cf_milp_hooks hooks = {&asked, tangents, NULL};
    double x[2];
    cf_milp_add_column(&m, 0, 10, 1.2, 1);
    cf_milp_add_column(&m, 0, 100, -1, 0);
    cf_milp_solve(&m, &hooks, &no_limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    assert_true(fabs(result.value - (8.4 - 6.5 * sqrt(7))) < 1e-4);
    assert_true(fabs(result.relaxed + 6.5 * 6.5 / 4.8) < 1e-3);
    close_to(x[0], 7);
    assert_true(asked > 3 && m.n_rows > 2);
    cf_milp_free(&m);
}

/* Market split: equations of whole numbers that take long. */
static struct cf_milp long_search(void)
{
    struct cf_milp m = {0};
    unsigned state = 12345;
    for (int j = 0; j < 30; j++)
        cf_milp_add_column(&m, 0, 1, 0, 1);
    for (int i = 0; i < 4; i++) {
        const int short_of = cf_milp_add_column(&m, 0, HUGE_VAL, 1, 0);
        const int over = cf_milp_add_column(&m, 0, HUGE_VAL, 1, 0);
        double sum = 0, weight[30];
        for (int j = 0; j < 30; j++) {
            state = state * 1664525u + 1013904223u;
            sum += weight[j] = (state >> 16) % 100;
        }
        cf_milp_add_row(&m, -1, floor(sum / 2), floor(sum / 2));
        for (int j = 0; j < 30; j++)
            cf_milp_add_entry(&m, j, weight[j]);
        cf_milp_add_entry(&m, short_of, 1);
        cf_milp_add_entry(&m, over, -1);
    }
    return m;
}

static int propose_nothing(void *context, const double *x, double *solution)
{
    const struct cf_milp *m = context;
    (void)x;
    memset(solution, 0, (size_t)m->n_columns * sizeof *solution);
    for (int i = 0; i < 4; i++)
        solution[30 + 2 * i] = m->row_lower[i];
    return 1;
}

static void limits_end_a_search(void **state)
{
    (void)state;
    struct cf_milp m = long_search();
    struct cf_milp_result a, b;
    const struct cf_milp_hooks hooks = {&m, NULL, propose_nothing};
    const struct cf_milp_limits nodes = {.gap = 1e-9, .most_nodes = 200};
    const struct cf_milp_limits seconds = {.gap = 1e-9, .most_seconds = 0.05};
    double x[38], again[38];
    cf_milp_solve(&m, &hooks, &nodes, x, &a);
    cf_milp_solve(&m, &hooks, &nodes, again, &b);
    assert_int_equal(a.status, CF_MILP_NODES);
    assert_int_equal(a.nodes, b.nodes);
    assert_in_range(a.nodes, 200, 202);
    assert_memory_equal(x, again, sizeof x);
    assert_true(a.bound <= a.value && a.relaxed <= a.bound + 1e-9);
    cf_milp_solve(&m, &hooks, &seconds, x, &a);
    assert_int_equal(a.status, CF_MILP_SECONDS);
    cf_milp_free(&m);
}

/* Where the library would end the process, it is told what it says, and the process lives on. */
static void a_failure_is_told(void **state)
{
    (void)state;
    struct cf_milp m = {0};
    struct cf_milp_result result;
    double x[2];
    cf_milp_add_column(&m, 0, 1, 1, 1);
    cf_milp_add_column(&m, 0, 1, 1, 1);
    cf_milp_add_row(&m, -1, 1, 2);
    cf_milp_add_entry(&m, 0, 1);
    cf_milp_add_entry(&m, 7, 1); /* no such column */
    cf_milp_solve(&m, NULL, &no_limits, x, &result);
    assert_int_equal(result.status, CF_MILP_FAILED);
    if (!strstr(result.message, "out of range"))
        fail_msg("%s", result.message);
    cf_milp_free(&m);
    m = knapsack(); /* and the next one is solved as ever */
    double y[4];
    cf_milp_solve(&m, NULL, &no_limits, y, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    cf_milp_free(&m);
}

static void nothing_at_all(void **state)
{
    (void)state;
    struct cf_milp m = {.shift = 3};
    struct cf_milp_result result;
    double x[1];
    cf_milp_solve(&m, NULL, &no_limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    close_to(result.value, 3);
    cf_milp_add_column(&m, 2, 5, 1, 1);
    cf_milp_solve(&m, NULL, &no_limits, x, &result);
    assert_int_equal(result.status, CF_MILP_OPTIMAL);
    close_to(result.value, 5);
    cf_milp_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_knapsack),
        cmocka_unit_test(rows_and_groups),
        cmocka_unit_test(rows_as_they_are_needed),
        cmocka_unit_test(limits_end_a_search),
        cmocka_unit_test(a_failure_is_told),
        cmocka_unit_test(nothing_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
