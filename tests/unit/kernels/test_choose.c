#include "small.h"

static const int last[1] = {0};
static const struct cf_extent e = {
    .G = 1, .X = 1, .L = 1, .S = 3, .choice_x = 0, .n_narrow = 0, .fallback = 2, .last_x = last};

struct outcome {
    lanes stock[3], stay[3], lost, missing;
};

static struct outcome choose(const double *progression, const unsigned char *given, double doubled)
{
    struct outcome o = {.stock = {counts(20), counts(10), counts(4)}};
    const lanes effect[3] = {lanes_of(doubled), lanes_of(1), lanes_of(1)};
    lanes scratch[6];
    const struct cf_choice choice = {.progression = progression,
                                     .given = given,
                                     .effect = effect,
                                     .stay = o.stay,
                                     .scratch = scratch};
    kernels()->choose(&e, &choice, o.stock, &(struct cf_lost){&o.lost, &o.missing});
    return o;
}

/*
 * The first destination counts double. Rows of 0.5 0.3 0.2 become 1 0.3 0.2 over 1.5; rows of
 * 0 1 0 stay: what is impossible stays impossible.
 */
static void effects_multiply_destinations(void **state)
{
    static const double p[9] = {0.5, 0.3, 0.2, 0, 1, 0, 0.25, 0.25, 0.5};
    static const unsigned char given[3] = {1, 1, 1};
    const struct outcome o = choose(p, given, 2);
    (void)state;
    assert_counts(o.stock[0], 20 / 1.5 + 4 * 0.5 / 1.25);
    assert_counts(o.stock[1], 20 * 0.2 + 10 + 4 * 0.2);
    assert_counts(o.stock[2], 20 * 0.2 / 1.5 + 4 * 0.4);
    assert_counts(o.stay[0], 20 / 1.5); /* of whom so many were there before */
    assert_counts(o.stay[1], 10);
    assert_counts(o.stay[2], 4 * 0.4);
    assert_counts(o.lost, 0);
    assert_counts(o.missing, 0);
}

/* Progression eight runs wide and the same in all: the same bits. */
static void wide_progression_is_the_same(void **state)
{
    static const double p[9] = {0.5, 0.3, 0.2, 0, 1, 0, 0.25, 0.25, 0.5};
    static const unsigned char given[3] = {1, 1, 1};
    const struct outcome narrow = choose(p, given, 1.7);
    struct outcome o = {.stock = {counts(20), counts(10), counts(4)}};
    const lanes effect[3] = {lanes_of(1.7), lanes_of(1), lanes_of(1)};
    lanes scratch[6], wide[9];
    (void)state;
    for (int k = 0; k < 9; k++)
        wide[k] = lanes_of(p[k]);
    const struct cf_choice choice = {.progression_wide = wide,
                                     .given = given,
                                     .effect = effect,
                                     .stay = o.stay,
                                     .scratch = scratch};
    kernels()->choose(&e, &choice, o.stock, &(struct cf_lost){&o.lost, &o.missing});
    assert_memory_equal(o.stock, narrow.stock, sizeof o.stock);
    assert_memory_equal(o.stay, narrow.stay, sizeof o.stay);
}

/* A destination that all effects close: its people go to the fallback; a row that nobody gave is
 * told apart. */
static void nowhere_to_go(void **state)
{
    static const double p[9] = {1, 0, 0, 0, 1, 0, 0, 0, 0};
    static const unsigned char given[3] = {1, 1, 0};
    const struct outcome o = choose(p, given, 0);
    (void)state;
    assert_counts(o.stock[0], 0);
    assert_counts(o.stock[1], 10);
    assert_counts(o.stock[2], 24);
    assert_counts(o.lost, 24);
    for (int k = 0; k < CF_LANES; k++)
        assert_true(o.missing[k] == 3); /* 1 + the third row */
}

/*
 * Duty 0.8 x compliance 0.5 moves 0.4 of those not participating (the last two statuses hold 10
 * and 4): 5.6, to the first, the only one that participates.
 */
static void the_duty_moves_part(void **state)
{
    static const unsigned char participates[3] = {1, 0, 0};
    const lanes duty = lanes_of(0.8), compliance = lanes_of(0.5);
    const lanes weight[3] = {lanes_of(1.5), lanes_of(1), lanes_of(1)};
    lanes stay[3] = {counts(15), counts(5), counts(2)};
    struct cf_law law = {&duty, &compliance, weight, participates, 1, 0, stay};
    lanes stock[3] = {counts(20), counts(10), counts(4)};
    (void)state;
    kernels()->comply(&e, &law, stock);
    assert_counts(stay[0], 15); /* who is moved there has not stayed */
    assert_counts(stay[1], 3);
    assert_counts(stay[2], 1.2);
    assert_counts(stock[0], 25.6);
    assert_counts(stock[1], 6);
    assert_counts(stock[2], 2.4);
    law.exempt_level = 0; /* everybody is free */
    kernels()->comply(&e, &law, stock);
    assert_counts(stock[1], 6);
}

/* Two that participate draw in proportion to people and weight; with nobody there, the default. */
static void movers_follow_weight_or_default(void **state)
{
    static const unsigned char participates[3] = {1, 1, 0};
    const lanes duty = lanes_of(1), compliance = lanes_of(0.25);
    const lanes weight[3] = {lanes_of(1), lanes_of(3), lanes_of(1)};
    const struct cf_law law = {&duty, &compliance, weight, participates, 1, 1, NULL};
    lanes stock[3] = {counts(30), counts(10), counts(8)};
    lanes empty[3] = {counts(0), counts(0), counts(8)};
    (void)state;
    kernels()->comply(&e, &law, stock);
    assert_counts(stock[0], 31); /* 2 moved, half of them: 30 x 1 against 10 x 3 */
    assert_counts(stock[1], 11);
    assert_counts(stock[2], 6);
    kernels()->comply(&e, &law, empty);
    assert_counts(empty[0], 0);
    assert_counts(empty[1], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(effects_multiply_destinations),
        cmocka_unit_test(wide_progression_is_the_same),
        cmocka_unit_test(nowhere_to_go),
        cmocka_unit_test(the_duty_moves_part),
        cmocka_unit_test(movers_follow_weight_or_default),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
