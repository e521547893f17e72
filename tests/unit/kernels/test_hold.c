#include "small.h"

/* Ages 14 to 16: 14 narrow; 15 (choice) and 16 wide with two levels x two statuses, school second.
 */
static const int last[1] = {2};
static const struct cf_extent e = {
    .G = 1, .X = 3, .L = 2, .S = 2, .choice_x = 1, .n_narrow = 1, .school = 1, .last_x = last};
enum { CELLS = 9 };

struct world {
    lanes stock[CELLS], base[CELLS], come;
};

static struct world empty(void)
{
    struct world w;
    for (int c = 0; c < CELLS; c++)
        w.stock[c] = w.base[c] = counts(0);
    w.come = counts(0);
    return w;
}

static void hold(struct world *w)
{
    const lanes_mask held = lanes_mask_of(1);
    kernels()->hold(&e, &held, w->base, w->stock, &w->come);
}

static void who_is_there_gives_the_mix(void **state)
{
    struct world w = empty();
    (void)state;
    w.base[0] = counts(12);
    w.stock[0] = counts(10);
    w.base[6] = counts(20);
    w.stock[5] = counts(30);
    w.stock[8] = counts(10);
    hold(&w);
    assert_counts(w.stock[0], 12);
    assert_counts(w.stock[5], 15);
    assert_counts(w.stock[6], 0);
    assert_counts(w.stock[8], 5);
    assert_counts(w.come, -18);
}

/* Where nobody has come to the age it is the base year's mix, at choice_age at school. */
static void else_the_base_year(void **state)
{
    struct world w = empty();
    (void)state;
    w.base[0] = counts(2.385);
    w.base[1] = counts(3);
    w.base[3] = counts(4);
    w.base[6] = counts(5);
    hold(&w);
    assert_counts(w.stock[0], 2.385);
    assert_counts(w.stock[1], 0);
    assert_counts(w.stock[2], 3);
    assert_counts(w.stock[4], 4);
    assert_counts(w.stock[6], 5);
    assert_counts(w.come, 14.385);
}

static void nobody_then_is_nobody_now(void **state)
{
    struct world w = empty();
    (void)state;
    w.stock[7] = counts(40);
    hold(&w);
    assert_counts(w.stock[7], 0);
    assert_counts(w.come, -40);
}

/* Runs that are not held keep every bit. */
static void others_stay(void **state)
{
    struct world w = empty();
    const lanes_mask some = {-1, 0, -1, 0, -1, 0, -1, 0};
    (void)state;
    w.base[5] = lanes_of(1);
    w.stock[5] = lanes_of(4);
    kernels()->hold(&e, &some, w.base, w.stock, &w.come);
    for (int k = 0; k < CF_LANES; k++) {
        assert_true(w.stock[5][k] == (some[k] ? 1 : 4));
        assert_true(w.come[k] == (some[k] ? -3 : 0));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_is_there_gives_the_mix), cmocka_unit_test(else_the_base_year),
        cmocka_unit_test(nobody_then_is_nobody_now), cmocka_unit_test(others_stay)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
