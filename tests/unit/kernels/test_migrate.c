#include "small.h"

static const int last[1] = {1};
static const struct cf_extent e = {
    .G = 1, .X = 2, .L = 1, .S = 2, .choice_x = 2, .n_narrow = 1, .last_x = last};

static void net_rate_multiplies(void **state)
{
    const lanes rate[2] = {lanes_of(-1), lanes_of(0.0173)};
    lanes stock[3] = {counts(40), counts(100), counts(2.5)}, net = counts(0);
    (void)state;
    kernels()->net_migrate(&e, rate, stock, &net);
    assert_counts(stock[0], 0);
    assert_counts(stock[1], 101.73);
    assert_counts(stock[2], 2.54325);
    assert_counts(net, -40 + 1.77325); /* 102.5 x 0.0173 */
}

/* Two areas of 40 and 60: the pool is 0.1 x 40 + 0.25 x 60 = 19; the first takes half of it. */
static void leavers_settle_from_the_pool(void **state)
{
    const lanes low[2] = {lanes_of(0.1), lanes_of(0)}, high[2] = {lanes_of(0.25), lanes_of(0)};
    const lanes half[2] = {lanes_of(0.5), lanes_of(0.5)};
    lanes first[3] = {counts(40), counts(1), counts(2)};
    lanes second[3] = {counts(60), counts(3), counts(4)};
    lanes pool[3] = {counts(0), counts(0), counts(0)}, out = counts(0), in = counts(0);
    const struct cf_pooled pooled = {.out_rate = low, .in_share = half, .pool = pool};
    (void)state;
    kernels()->leave(&e, low, first, pool);
    kernels()->leave(&e, high, second, pool);
    assert_counts(pool[0], 19);
    assert_counts(first[0], 40); /* leave only counts */
    kernels()->settle(&e, &pooled, first, &out, &in);
    assert_counts(first[0], 45.5); /* 40 - 4 + 9.5 */
    assert_counts(first[1], 1);
    assert_counts(out, 4);
    assert_counts(in, 9.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(net_rate_multiplies),
        cmocka_unit_test(leavers_settle_from_the_pool),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
