#include "small.h"

/*
 * Ages 12 to 14, one group; 12 is narrow, 13 and 14 hold two levels and two statuses.
 *   12 -> 13: 2385.5 x 0.99 at school at the lowest level; 13 -> 14: each cell x 0.98.
 */
static void cohorts_move_on(void **state)
{
    const int last[1] = {2};
    const struct cf_extent e = {
        .G = 1, .X = 3, .L = 2, .S = 2, .choice_x = 2, .n_narrow = 1, .school = 0, .last_x = last};
    const lanes survival[3] = {lanes_of(0.5), lanes_of(0.99), lanes_of(0.98)};
    lanes stock[9] = {counts(2385.5), counts(100), counts(7.5), counts(50), counts(0),
                      counts(11),     counts(12),  counts(13),  counts(14)};
    lanes deaths = counts(1), aged_out = counts(2); /* added up, not overwritten */
    (void)state;
    kernels()->age(&e, survival, stock, &deaths, &aged_out);
    assert_counts(stock[0], 0);
    assert_counts(stock[1], 2361.645);
    assert_counts(stock[2], 0);
    assert_counts(stock[3], 0);
    assert_counts(stock[4], 0);
    assert_counts(stock[5], 98);
    assert_counts(stock[6], 7.35);
    assert_counts(stock[7], 49);
    assert_counts(stock[8], 0);
    assert_counts(aged_out, 2 + 50);
    assert_counts(deaths, 1 + 23.855 + 3.15); /* 2385.5 x 0.01 + 157.5 x 0.02 */
}

/* A group followed to 12 only: its 12 year olds leave, survival or not. */
static void a_group_leaves_at_its_own_last_age(void **state)
{
    const int last[2] = {0, 1};
    const struct cf_extent e = {
        .G = 2, .X = 2, .L = 1, .S = 1, .choice_x = 2, .n_narrow = 1, .last_x = last};
    const lanes survival[4] = {lanes_of(1), lanes_of(1), lanes_of(1), lanes_of(1)};
    lanes stock[4] = {counts(5.25), counts(0), counts(8), counts(9)};
    lanes deaths = counts(0), aged_out = counts(0);
    (void)state;
    kernels()->age(&e, survival, stock, &deaths, &aged_out);
    assert_counts(stock[1], 0);
    assert_counts(stock[2], 0);
    assert_counts(stock[3], 8);
    assert_counts(aged_out, 14.25);
    assert_counts(deaths, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cohorts_move_on),
        cmocka_unit_test(a_group_leaves_at_its_own_last_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
