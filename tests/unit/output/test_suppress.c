/* Proves: counts of persons that are small are hidden, and nobody can work them out from the totals
 * of the same table: of random tables no hidden number is determined, nor told to within a person.
 */
#include "output/suppress.h"

#include "support/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"a0", "a1", "a2", "a3", "a4", "a5", "a6"};

/* A table of n keys, each with so many members and, behind them, a total; or two: of all members
 * but the last, and of all. */
struct made {
    struct cf_table table;
    int n_keys, n[3], total[3];
    double *x; /* of the column `unplaced` */
};

static size_t extent(const struct made *m, int k)
{
    return (size_t)m->n[k] + (size_t)m->total[k];
}

static void begin(struct made *m)
{
    static const char *const keys[] = {"area", "line", "route"};
    size_t rows = 1;
    m->table = (struct cf_table){.title = "Made"};
    cf_arena_init(&m->table.arena);
    for (int k = 0; k < m->n_keys; k++)
        rows *= extent(m, k);
    m->table.n_rows = rows;
    for (int k = m->n_keys - 1; k >= 0; k--)
        cf_add_column(&m->table, keys[k], CF_COLUMN_TEXT, rows);
    m->x = cf_add_column(&m->table, "unplaced", CF_COLUMN_NUMBER, rows)->number;
    for (size_t row = 0; row < rows; row++) {
        size_t rest = row;
        for (int k = 0; k < m->n_keys; k++) {
            const size_t member = rest % extent(m, k);
            rest /= extent(m, k);
            m->table.column[m->n_keys - 1 - k].text[row] = member < (size_t)m->n[k] ? names[member]
                                                           : member + 1 == extent(m, k) ? "all"
                                                                                        : "here";
        }
    }
}

/* How many of the members a row's member at key k is the sum of, from the first one; 0: it is none.
 */
static size_t n_parts(const struct made *m, int k, size_t step, size_t row, size_t *first)
{
    const size_t member = row / step % extent(m, k), n = (size_t)m->n[k];
    *first = row - member * step;
    return member < n ? 0 : n - (member + 1 < extent(m, k));
}

/* The totals, from the members. */
static void add_up(struct made *m)
{
    size_t step = 1, first;
    for (int k = 0; k < m->n_keys; step *= extent(m, k), k++) {
        for (size_t row = 0; row < m->table.n_rows; row++) {
            const size_t n = n_parts(m, k, step, row, &first);
            if (n > 0)
                m->x[row] = 0;
            for (size_t j = 0; j < n; j++)
                m->x[row] += m->x[first + j * step];
        }
    }
}

static int hidden(const struct made *m, size_t row)
{
    return cf_is_hidden(&m->table.column[m->n_keys], row);
}

/* ---- by hand ---- */

static void test_one_total(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {4}, .total = {1}};
    begin(&m);
    const double x[] = {40, 3.4, 12, 0, 0};
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    assert_int_equal(cf_suppress(&m.table, 5), 2);
    assert_true(hidden(&m, 1));  /* small */
    assert_true(hidden(&m, 2));  /* the smallest that is enough */
    assert_false(hidden(&m, 3)); /* nobody */
    assert_non_null(strstr(m.table.notes[0], "c: hidden"));
    cf_table_free(&m.table);
}

static void test_no_total(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {4}};
    begin(&m);
    const double x[] = {40, 4.99, 5, 1e-12};
    memcpy(m.x, x, sizeof x);
    assert_int_equal(cf_suppress(&m.table, 5), 1);
    assert_true(hidden(&m, 1));
    cf_table_free(&m.table);
}

static void test_alone_with_its_total(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {3}, .total = {1}};
    begin(&m);
    const double x[] = {0, 2, 0, 0};
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    /* The total is the same person, and so hidden; who has nobody is not. */
    assert_int_equal(cf_suppress(&m.table, 5), 2);
    assert_true(hidden(&m, 1) && hidden(&m, 3));
    cf_table_free(&m.table);
}

static void test_two_small_ones(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {4}, .total = {1}};
    begin(&m);
    const double x[] = {1, 1, 30, 20, 0};
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    /* That they are two together would tell both: a third is hidden. */
    assert_int_equal(cf_suppress(&m.table, 5), 3);
    assert_true(hidden(&m, 0) && hidden(&m, 1) && hidden(&m, 3));
    cf_table_free(&m.table);
}

static void test_box(void **state)
{
    (void)state;
    struct made m = {.n_keys = 2, .n = {3, 3}, .total = {1, 1}};
    begin(&m);
    const double x[] = {2, 10, 30, 0, 20, 9, 50, 0, 60, 70, 80};
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    assert_int_equal(cf_suppress(&m.table, 5), 4);
    assert_true(hidden(&m, 0) && hidden(&m, 1) && hidden(&m, 4) && hidden(&m, 5));
    cf_table_free(&m.table);
}

/* What is made of a small count goes with it; places and minutes do not. */
static void test_row(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {2}};
    begin(&m);
    struct cf_table *t = &m.table;
    struct cf_column *demand = cf_add_column(t, "demand", CF_COLUMN_NUMBER, 2);
    struct cf_column *usable = cf_add_column(t, "usable", CF_COLUMN_NUMBER, 2);
    struct cf_column *spare = cf_add_column(t, "spare", CF_COLUMN_NUMBER, 2);
    struct cf_column *share = cf_add_column(t, "share", CF_COLUMN_SHARE, 2);
    struct cf_column *reasons = cf_add_column(t, "reasons", CF_COLUMN_TEXT, 2);
    struct cf_column *median = cf_add_column(t, "median", CF_COLUMN_NUMBER, 2);
    struct cf_column *lines = cf_add_column(t, "lines", CF_COLUMN_INT, 2);
    m.x[0] = 3;
    m.x[1] = 30;
    for (int row = 0; row < 2; row++) {
        demand->number[row] = 100;
        usable->number[row] = 3;
        spare->number[row] = 3;
        share->number[row] = 0.03;
        reasons->text[row] = "3 of 100";
    }
    median->unit = CF_UNIT_PERSONS;
    median->apart = 1;
    median->number[0] = 8;
    median->number[1] = 2;
    cf_suppress(t, 5);
    assert_true(cf_is_hidden(demand, 0) && cf_is_hidden(spare, 0) && cf_is_hidden(share, 0) &&
                cf_is_hidden(reasons, 0));
    /* A count that stands apart hides what follows, and no other count. */
    assert_false(cf_is_hidden(demand, 1) || hidden(&m, 1));
    assert_true(cf_is_hidden(spare, 1) && cf_is_hidden(share, 1) && cf_is_hidden(reasons, 1));
    assert_false(cf_is_hidden(usable, 0) || cf_is_hidden(lines, 0));
    assert_false(cf_is_hidden(median, 0));
    assert_true(cf_is_hidden(median, 1));
    cf_table_free(t);
}

/* Numbers that are shares are no persons, in a column of both. */
static void test_mixed(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {3}};
    begin(&m);
    static const unsigned char share[] = {1, 0, 0};
    m.table.column[1].kind = CF_COLUMN_MIXED;
    m.table.column[1].share = share;
    m.x[0] = 0.5;
    m.x[1] = 0.5;
    m.x[2] = NAN;
    assert_int_equal(cf_suppress(&m.table, 5), 1);
    assert_true(hidden(&m, 1));
    cf_table_free(&m.table);
}

static void test_nothing(void **state)
{
    (void)state;
    struct cf_table table = {.title = "None"};
    cf_arena_init(&table.arena);
    assert_int_equal(cf_suppress(&table, 5), 0);
    cf_table_free(&table);
    struct made m = {.n_keys = 1, .n = {2}, .total = {1}};
    begin(&m);
    m.x[0] = m.x[1] = 5;
    add_up(&m);
    assert_int_equal(cf_suppress(&m.table, 5), 0);
    assert_null(m.table.notes);
    cf_table_free(&m.table);
}

/* A total of some of the members beside that of all: a partner is one that both have as a part. */
static void test_nested(void **state)
{
    (void)state;
    struct made m = {.n_keys = 1, .n = {4}, .total = {2}};
    begin(&m);
    const double x[] = {3, 40, 50, 6}; /* the last one is elsewhere */
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    assert_int_equal(cf_suppress(&m.table, 5), 2);
    assert_true(hidden(&m, 0) && hidden(&m, 1));
    cf_table_free(&m.table);
}

/* Scenarios of the same numbers hide the same: one does not tell the other's. */
static void test_alike(void **state)
{
    (void)state;
    struct made m = {.n_keys = 2, .n = {5, 2}, .total = {1, 0}};
    begin(&m);
    const double x[] = {2, 30, 20, 20, 1, 0};
    memcpy(m.x, x, sizeof x);
    memcpy(m.x + 6, x, sizeof x);
    add_up(&m);
    cf_suppress(&m.table, 5);
    for (size_t row = 0; row < 6; row++)
        assert_int_equal(hidden(&m, row), hidden(&m, row + 6));
    cf_table_free(&m.table);
}

/* ---- the attack ---- */

enum { MOST_CELLS = 512, MOST_SUMS = 1024 };

/* What an attacker knows: sums of hidden cells. */
struct attack {
    int n_cells, n_sums;
    int cell_of[MOST_CELLS]; /* of a row: its hidden cell, or -1 */
    double a[MOST_SUMS][MOST_CELLS], b[MOST_SUMS];
    double low[MOST_CELLS], high[MOST_CELLS];
};

static void learn(struct attack *k, const struct made *m)
{
    memset(k, 0, sizeof *k);
    for (size_t row = 0; row < m->table.n_rows; row++)
        k->cell_of[row] = hidden(m, row) ? k->n_cells++ : -1;
    size_t step = 1, first;
    for (int key = 0; key < m->n_keys; step *= extent(m, key), key++) {
        for (size_t row = 0; row < m->table.n_rows; row++) {
            const size_t n = n_parts(m, key, step, row, &first);
            if (n == 0)
                continue;
            double *a = k->a[k->n_sums], *b = &k->b[k->n_sums++];
            for (size_t j = 0; j <= n; j++) {
                const size_t at = j < n ? first + j * step : row;
                const double sign = j < n ? 1 : -1;
                if (k->cell_of[at] < 0)
                    *b -= sign * m->x[at];
                else
                    a[k->cell_of[at]] = sign;
            }
        }
    }
}

/* Whether some hidden cell follows from the sums alone: a row of their echelon form has one cell.
 */
static int determines(struct attack *k)
{
    int rank = 0;
    for (int c = 0; c < k->n_cells && rank < k->n_sums; c++) {
        int pivot = -1;
        for (int r = rank; r < k->n_sums; r++)
            if (fabs(k->a[r][c]) > 1e-9 && (pivot < 0 || fabs(k->a[r][c]) > fabs(k->a[pivot][c])))
                pivot = r;
        if (pivot < 0)
            continue;
        for (int j = 0; j < k->n_cells; j++) {
            const double keep = k->a[rank][j];
            k->a[rank][j] = k->a[pivot][j];
            k->a[pivot][j] = keep;
        }
        for (int r = 0; r < k->n_sums; r++) {
            const double times = r == rank ? 0 : k->a[r][c] / k->a[rank][c];
            for (int j = 0; times != 0 && j < k->n_cells; j++)
                k->a[r][j] -= times * k->a[rank][j];
        }
        rank++;
    }
    for (int r = 0; r < rank; r++) {
        int n = 0;
        for (int j = 0; j < k->n_cells; j++)
            n += fabs(k->a[r][j]) > 1e-9;
        if (n == 1)
            return 1;
    }
    return 0;
}

/* Bounds that follow from the sums and from nobody being fewer than none, narrowed again and again.
 */
static double narrowest(struct attack *k)
{
    double least = HUGE_VAL;
    for (int j = 0; j < k->n_cells; j++)
        k->high[j] = 1e6;
    for (int turn = 0; turn < 200; turn++) {
        for (int r = 0; r < k->n_sums; r++) {
            double low = 0, high = 0;
            for (int j = 0; j < k->n_cells; j++) {
                low += k->a[r][j] * (k->a[r][j] > 0 ? k->low[j] : k->high[j]);
                high += k->a[r][j] * (k->a[r][j] > 0 ? k->high[j] : k->low[j]);
            }
            for (int j = 0; j < k->n_cells; j++) {
                const double a = k->a[r][j], was_low = k->low[j], was_high = k->high[j];
                if (a > 0) {
                    k->high[j] = fmin(was_high, k->b[r] - (low - was_low));
                    k->low[j] = fmax(was_low, k->b[r] - (high - was_high));
                } else if (a < 0) {
                    k->high[j] = fmin(was_high, high + was_low - k->b[r]);
                    k->low[j] = fmax(was_low, low + was_high - k->b[r]);
                }
            }
        }
    }
    for (int j = 0; j < k->n_cells; j++)
        least = fmin(least, k->high[j] - k->low[j]);
    return least;
}

static double random_count(int kind)
{
    const double u = rand() / (RAND_MAX + 1.0);
    const double x = u < 0.25 ? 0 : u < 0.55 ? 5 * u : 60 * u;
    return kind ? floor(x) : x;
}

static void test_attack(void **state)
{
    (void)state;
    struct attack *k = malloc(sizeof *k);
    assert_non_null(k);
    srand(17);
    for (int t = 0; t < 600; t++) {
        struct made m = {.n_keys = 1 + t % 3};
        for (int key = 0; key < m.n_keys; key++) {
            m.n[key] = 2 + rand() % (m.n_keys == 3 ? 2 : 5);
            m.total[key] = rand() % 4;
            m.total[key] -= m.total[key] > 2;
        }
        begin(&m);
        for (size_t row = 0; row < m.table.n_rows; row++)
            m.x[row] = random_count(t / 3 % 2);
        add_up(&m);
        cf_suppress(&m.table, 5);
        for (size_t row = 0; row < m.table.n_rows; row++)
            if (m.x[row] > 1e-9 && m.x[row] < 5)
                assert_true(hidden(&m, row));
        learn(k, &m);
        const double least = k->n_cells ? narrowest(k) : HUGE_VAL;
        if (determines(k))
            fail_msg("table %d: a hidden number follows from the totals", t);
        if (least < 1)
            fail_msg("table %d: a hidden number is told to within %g", t, least);
        cf_table_free(&m.table);
    }
    free(k);
}

/* Columns that add up in each row: two parts, and their sum. Unknowns are the cells of the three.
 */
static void test_attack_on_columns(void **state)
{
    (void)state;
    struct attack *k = malloc(sizeof *k);
    assert_non_null(k);
    srand(18);
    for (int t = 0; t < 300; t++) {
        struct made part[2], m = {.n_keys = 1 + t % 2, .n = {2 + rand() % 3, 2 + rand() % 2}};
        m.total[0] = 1 + rand() % 2;
        m.total[1] = rand() % 2;
        begin(&m);
        const size_t rows = m.table.n_rows;
        for (int c = 0; c < 2; c++) {
            part[c] = m;
            part[c].x =
                cf_add_column(&m.table, c ? "too_far" : "crowded_out", CF_COLUMN_NUMBER, rows)
                    ->number;
            for (size_t row = 0; row < rows; row++)
                part[c].x[row] = random_count(0);
            add_up(&part[c]);
        }
        for (size_t row = 0; row < rows; row++)
            m.x[row] = part[0].x[row] + part[1].x[row];
        cf_suppress(&m.table, 5);
        /* The sums of one column, three times, and those within the rows. */
        learn(k, &m);
        const int cells = k->n_cells, sums = k->n_sums;
        assert_true(3 * cells <= MOST_CELLS && 3 * sums + cells <= MOST_SUMS);
        for (int c = 1; c < 3; c++)
            for (int r = 0; r < sums; r++)
                memcpy(&k->a[c * sums + r][c * cells], k->a[r], (size_t)cells * sizeof(double));
        k->n_sums = 3 * sums;
        k->n_cells = 3 * cells;
        for (int j = 0; j < cells; j++, k->n_sums++)
            for (int c = 0; c < 3; c++)
                k->a[k->n_sums][c * cells + j] = c ? 1 : -1;
        if (determines(k))
            fail_msg("table %d: a hidden number follows from totals and columns", t);
        cf_table_free(&m.table);
    }
    free(k);
}

/* The attack itself finds what is badly hidden. */
static void test_attack_can_win(void **state)
{
    (void)state;
    struct attack *k = malloc(sizeof *k);
    assert_non_null(k);
    struct made m = {.n_keys = 1, .n = {3}, .total = {1}};
    begin(&m);
    const double x[] = {2, 10, 30, 0};
    memcpy(m.x, x, sizeof x);
    add_up(&m);
    unsigned char alone[] = {1, 0, 0, 0};
    m.table.column[1].hidden = alone;
    learn(k, &m);
    assert_true(narrowest(k) < 1e-9);
    assert_true(determines(k));
    free(k);
    cf_table_free(&m.table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_total),
        cmocka_unit_test(test_no_total),
        cmocka_unit_test(test_two_small_ones),
        cmocka_unit_test(test_alone_with_its_total),
        cmocka_unit_test(test_box),
        cmocka_unit_test(test_row),
        cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_nested),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_attack),
        cmocka_unit_test(test_attack_on_columns),
        cmocka_unit_test(test_attack_can_win),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
