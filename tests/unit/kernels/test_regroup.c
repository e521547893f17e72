#include "small.h"

/* Two groups, one age: 1.29% of the first are identified as the second. */
static void people_change_group(void **state)
{
    const int last[2] = {0, 0};
    const struct cf_extent e = {
        .G = 2, .X = 1, .L = 1, .S = 2, .choice_x = 1, .n_narrow = 0, .last_x = last};
    const lanes move[4] = {lanes_of(0.9871), lanes_of(0.0129), lanes_of(0.25), lanes_of(0.75)};
    lanes stock[4] = {counts(1000), counts(0), counts(40), counts(8)}, scratch[2];
    (void)state;
    kernels()->regroup(&e, move, stock, scratch);
    assert_counts(stock[0], 997.1); /* 987.1 + 10 */
    assert_counts(stock[1], 2);
    assert_counts(stock[2], 42.9); /* 12.9 + 30 */
    assert_counts(stock[3], 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(people_change_group)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
