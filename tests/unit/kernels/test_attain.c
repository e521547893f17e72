#include "small.h"

#include <string.h>

/* One age, two levels, two statuses; 2.385 at the lower level of each. Gains 0.2 and 0.5; good
 * provision doubles the odds in the second status: 0.5 x 2 / (0.5 + 0.5 x 2) = 2/3. */
static void results_move_people_up(void **state)
{
    const int last[1] = {0};
    const struct cf_extent e = {
        .G = 1, .X = 1, .L = 2, .S = 2, .choice_x = 0, .n_narrow = 0, .last_x = last};
    const double gain[8] = {0, 0.2, 0, 0.5, 0, 0, 0, 0};
    const lanes factor[2] = {lanes_of(1), lanes_of(2)};
    lanes stock[4] = {counts(2.385), counts(2.385), counts(1), counts(0)};
    (void)state;
    kernels()->attain(&e, &(struct cf_results_of){.gain = gain, .factor = factor}, stock);
    assert_counts(stock[0], 1.908);
    assert_counts(stock[1], 0.795);
    assert_counts(stock[2], 1.477);
    assert_counts(stock[3], 1.59);
}

/* Three levels: who has just reached the second does not go on to the third in the same summer. */
static void nobody_moves_twice(void **state)
{
    const int last[1] = {0};
    const struct cf_extent e = {
        .G = 1, .X = 1, .L = 3, .S = 1, .choice_x = 0, .n_narrow = 0, .last_x = last};
    const double gain[9] = {0, 1, 0, 0, 0, 1, 0, 0, 0};
    const lanes factor[1] = {lanes_of(1)};
    lanes stock[3] = {counts(4), counts(10), counts(0.5)};
    (void)state;
    kernels()->attain(&e, &(struct cf_results_of){.gain = gain, .factor = factor}, stock);
    assert_counts(stock[0], 0);
    assert_counts(stock[1], 4);
    assert_counts(stock[2], 10.5);
}

/* A gain that is eight runs wide and the same in all gives the same bits; one that differs, each
 * lane its own. */
static void wide_gains_are_the_same(void **state)
{
    const int last[1] = {0};
    const struct cf_extent e = {
        .G = 1, .X = 1, .L = 2, .S = 2, .choice_x = 0, .n_narrow = 0, .last_x = last};
    const double gain[8] = {0, 0.2, 0, 0.55, 0, 0, 0, 0};
    const lanes factor[2] = {lanes_of(1.1), lanes_of(0.9)};
    lanes wide[8], one[4] = {counts(2.385), counts(3), counts(1), counts(0)}, other[4];
    (void)state;
    memcpy(other, one, sizeof one);
    for (int k = 0; k < 8; k++)
        wide[k] = lanes_of(gain[k]);
    kernels()->attain(&e, &(struct cf_results_of){.gain = gain, .factor = factor}, one);
    kernels()->attain(&e, &(struct cf_results_of){.gain_wide = wide, .factor = factor}, other);
    assert_memory_equal(one, other, sizeof one);
    wide[1][3] = 0.4;
    kernels()->attain(&e, &(struct cf_results_of){.gain_wide = wide, .factor = factor}, other);
    assert_true(other[0][3] / 4 < other[0][2] / 3);
}

static void counts_by_level_and_status(void **state)
{
    const int last[2] = {1, 0};
    const struct cf_extent e = {
        .G = 2, .X = 2, .L = 2, .S = 2, .choice_x = 2, .n_narrow = 1, .school = 1, .last_x = last};
    lanes stock[10], level[2], status[2];
    (void)state;
    for (int c = 0; c < 10; c++)
        stock[c] = counts(c + 1);
    kernels()->count_levels(&e, stock, 1, level);
    assert_counts(level[0], 2 + 3);
    assert_counts(level[1], 4 + 5); /* the second group is not followed at that age */
    kernels()->count_levels(&e, stock, 0, level);
    assert_counts(level[0], 1 + 6);
    assert_counts(level[1], 0);
    kernels()->count_statuses(&e, stock, 1, status);
    assert_counts(status[0], 2 + 4);
    assert_counts(status[1], 3 + 5);
    kernels()->count_statuses(&e, stock, 0, status);
    assert_counts(status[1], 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_move_people_up),
        cmocka_unit_test(nobody_moves_twice),
        cmocka_unit_test(wide_gains_are_the_same),
        cmocka_unit_test(counts_by_level_and_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
