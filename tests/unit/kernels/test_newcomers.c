#include "small.h"

/* Ages 14 to 16: 14 narrow; 15 (choice) and 16 wide with two levels x two statuses, school second.
 */
static const int last[1] = {2};
static const struct cf_extent e = {
    .G = 1, .X = 3, .L = 2, .S = 2, .choice_x = 1, .n_narrow = 1, .school = 1, .last_x = last};
enum { CELLS = 9 };

struct world {
    lanes stock[CELLS], pool[CELLS], base[CELLS], external[3];
    lanes asked, clipped, no_mix;
};

static struct world empty(void)
{
    struct world w;
    for (int c = 0; c < CELLS; c++)
        w.stock[c] = w.pool[c] = w.base[c] = counts(0);
    for (int x = 0; x < 3; x++)
        w.external[x] = counts(0);
    w.asked = w.clipped = w.no_mix = counts(0);
    return w;
}

static void come(struct world *w)
{
    const struct cf_newcomers from = {.pool = w->pool, .base = w->base};
    struct cf_external_ledger ledger = {&w->asked, &w->clipped, &w->no_mix};
    kernels()->external(&e, &from, w->external, w->stock, &ledger);
}

static void the_cell_itself_gives_the_mix(void **state)
{
    struct world w = empty();
    (void)state;
    w.stock[5] = counts(30);
    w.stock[8] = counts(10);
    w.pool[6] = counts(99);
    w.external[2] = counts(8.5);
    come(&w);
    assert_counts(w.stock[5], 36.375); /* 30 + 8.5 x 3/4 */
    assert_counts(w.stock[6], 0);
    assert_counts(w.stock[8], 12.125);
    assert_counts(w.asked, 8.5);
}

static void then_the_pool(void **state)
{
    struct world w = empty();
    (void)state;
    w.pool[5] = counts(1);
    w.pool[7] = counts(3);
    w.base[6] = counts(99);
    w.external[2] = counts(2.385);
    come(&w);
    assert_counts(w.stock[5], 0.59625);
    assert_counts(w.stock[6], 0);
    assert_counts(w.stock[7], 1.78875);
}

/* At choice_age the base stock's levels, but at school; past it as it is. */
static void then_the_base_stock(void **state)
{
    struct world w = empty();
    (void)state;
    w.base[1] = counts(2); /* age 15, low, not school */
    w.base[4] = counts(6); /* age 15, high, school */
    w.base[5] = counts(5); /* age 16, low, not school */
    w.external[1] = counts(16);
    w.external[2] = counts(1.5);
    come(&w);
    assert_counts(w.stock[1], 0);
    assert_counts(w.stock[2], 4); /* low, school */
    assert_counts(w.stock[4], 12);
    assert_counts(w.stock[5], 1.5);
    assert_counts(w.asked, 17.5);
    assert_counts(w.no_mix, 0);
}

/* With nothing to go by: the lowest level at school up to choice_age, and trouble past it. */
static void then_school_or_trouble(void **state)
{
    struct world w = empty();
    (void)state;
    w.external[0] = counts(1);
    w.external[1] = counts(2);
    w.external[2] = counts(4);
    come(&w);
    assert_counts(w.stock[0], 1);
    assert_counts(w.stock[2], 2);
    for (int c = 5; c < CELLS; c++)
        assert_counts(w.stock[c], 0);
    assert_counts(w.asked, 3);
    for (int k = 0; k < CF_LANES; k++)
        assert_true(w.no_mix[k] == 3); /* 1 + age index 2 */
}

static void more_cannot_leave_than_are_there(void **state)
{
    struct world w = empty();
    (void)state;
    w.stock[0] = counts(70.5);
    w.stock[5] = counts(3);
    w.stock[6] = counts(1);
    w.external[0] = counts(-100);
    w.external[2] = counts(-1);
    come(&w);
    assert_counts(w.stock[0], 0);
    assert_counts(w.stock[5], 2.25);
    assert_counts(w.stock[6], 0.75);
    assert_counts(w.asked, -101);
    assert_counts(w.clipped, 29.5);
}

/* Lanes decide for themselves: one has people of its own, its neighbour only the pool. */
static void each_lane_by_itself(void **state)
{
    struct world w = empty();
    (void)state;
    w.stock[5][0] = 10;
    w.pool[6] = counts(1);
    w.external[2] = lanes_of(4);
    come(&w);
    assert_true(w.stock[5][0] == 14 && w.stock[6][0] == 0);
    assert_true(w.stock[5][1] == 0 && w.stock[6][1] == 4);
}

/* 20 homes x 0.3: by the area's own groups, by all areas', equally. */
static void homes_are_shared_over_groups(void **state)
{
    const int both[2] = {2, 0};
    const struct cf_extent two = {
        .G = 2, .X = 3, .L = 1, .S = 1, .choice_x = 3, .n_narrow = 3, .last_x = both};
    const lanes homes = counts(20), none[6] = {{0}};
    const lanes yield[3] = {lanes_of(0.3), lanes_of(0.3), lanes_of(0)};
    lanes everywhere[6] = {counts(0), counts(0), counts(0), counts(0), counts(0), counts(0)};
    lanes stock[6] = {counts(3), counts(0), counts(0), counts(9), counts(0), counts(0)};
    lanes housed = counts(0), no_mix = counts(0);
    const struct cf_newcomers from = {.pool = none, .base = none};
    const struct cf_housing housing = {&homes, yield, everywhere};
    (void)state;
    kernels()->house(&two, &from, &housing, stock, &housed, &no_mix);
    assert_counts(stock[0], 4.5); /* 3 + 6 x 3/12 */
    assert_counts(stock[3], 13.5);
    assert_counts(stock[1], 6); /* the only group followed at that age */
    assert_counts(stock[4], 0);
    assert_counts(housed, 12);
    stock[0] = stock[3] = counts(0);
    everywhere[0] = counts(5);
    everywhere[3] = counts(15);
    kernels()->house(&two, &from, &housing, stock, &housed, &no_mix);
    assert_counts(stock[0], 1.5); /* 6 x 5/20 */
    assert_counts(stock[3], 4.5);
    stock[0] = stock[3] = everywhere[0] = everywhere[3] = counts(0);
    kernels()->house(&two, &from, &housing, stock, &housed, &no_mix);
    assert_counts(stock[0], 3);
    assert_counts(stock[3], 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cell_itself_gives_the_mix),
        cmocka_unit_test(then_the_pool),
        cmocka_unit_test(then_the_base_stock),
        cmocka_unit_test(then_school_or_trouble),
        cmocka_unit_test(more_cannot_leave_than_are_there),
        cmocka_unit_test(each_lane_by_itself),
        cmocka_unit_test(homes_are_shared_over_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
