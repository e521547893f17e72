#include "small.h"

/* One group; ages 14 to 16, choice at 15: age 14 is wide and all at school. */
static void base_stock_is_the_product(void **state)
{
    const int last[1] = {2};
    const struct cf_extent e = {
        .G = 1, .X = 3, .L = 2, .S = 2, .choice_x = 1, .n_narrow = 0, .school = 1, .last_x = last};
    const lanes population[3] = {counts(10.5), counts(200.25), counts(40)};
    lanes level[6], status[12], stock[12];
    (void)state;
    for (int x = 0; x < 3; x++) {
        level[2 * x] = lanes_of(0.25);
        level[2 * x + 1] = lanes_of(0.75);
        for (int l = 0; l < 2; l++) {
            status[4 * x + 2 * l] = lanes_of(l ? 0.9 : 0.4);
            status[4 * x + 2 * l + 1] = lanes_of(l ? 0.1 : 0.6);
        }
    }
    kernels()->start(&e, population, level, status, stock);
    assert_counts(stock[0], 0);
    assert_counts(stock[1], 10.5); /* lowest level, school */
    assert_counts(stock[2], 0);
    assert_counts(stock[4], 20.025);    /* 200.25 x 0.25 x 0.4 */
    assert_counts(stock[5], 30.0375);   /* 200.25 x 0.25 x 0.6 */
    assert_counts(stock[6], 135.16875); /* 200.25 x 0.75 x 0.9 */
    assert_counts(stock[7], 15.01875);  /* 200.25 x 0.75 x 0.1 */
}

static void nobody_past_the_last_age(void **state)
{
    const int last[1] = {0};
    const struct cf_extent e = {
        .G = 1, .X = 2, .L = 1, .S = 1, .choice_x = 5, .n_narrow = 2, .last_x = last};
    const lanes population[2] = {counts(3), counts(7)}, one[2] = {lanes_of(1), lanes_of(1)};
    lanes stock[2];
    (void)state;
    kernels()->start(&e, population, one, one, stock);
    assert_counts(stock[0], 3);
    assert_counts(stock[1], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(base_stock_is_the_product),
        cmocka_unit_test(nobody_past_the_last_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
