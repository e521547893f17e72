/* Proves: shares of players are those worked out by hand; they add up to what all come to; who adds
 * nothing gets exactly 0; two who do the same get the same. */
#include "support/check.h"

#include "plan/shapley.h"

#include <math.h>

/* Gloves: 0 has a left one, 1 and 2 a right one each; a pair is worth 1. By hand 2/3, 1/6, 1/6. */
static void gloves_by_hand(void **state)
{
    double share[3];
    const double value[8] = {0, 0, 0, 1, 0, 1, 0, 1};
    (void)state;
    cf_shapley(3, value, share);
    assert_true(fabs(share[0] - 2.0 / 3) < 1e-15);
    assert_true(fabs(share[1] - 1.0 / 6) < 1e-15);
    assert_true(share[1] == share[2]);
}

/* Two causes: 2.385 and -1.5 alone, 4.2 together, from 10. Half of what they do beyond is each's.
 */
static void two_by_hand(void **state)
{
    double share[2];
    const double value[4] = {10, 12.385, 8.5, 14.2};
    (void)state;
    cf_shapley(2, value, share);
    assert_true(fabs(share[0] - (2.385 + 5.7) / 2) < 1e-14);
    assert_true(fabs(share[1] - (-1.5 + 1.815) / 2) < 1e-14);
}

static void one_alone(void **state)
{
    double share[1];
    const double value[2] = {3, 5};
    (void)state;
    cf_shapley(1, value, share);
    assert_true(share[0] == 2);
}

/* A number that looks drawn, from 0 to 1. */
static double noise(unsigned k)
{
    return fmod(sin(k + 1) * 43758.5453, 1);
}

/* Of seven players, 3 adds nothing to any set and 5 and 6 add the same to each. */
static void seven_with_twins_and_one_idle(void **state)
{
    double value[128], share[7], sum = 0;
    (void)state;
    for (unsigned set = 0; set < 128; set++) {
        const unsigned twins = (set >> 5 & 1) + (set >> 6 & 1);
        value[set] = 1e5 * noise((set & 0x17) + 32 * twins);
    }
    cf_shapley(7, value, share);
    for (int i = 0; i < 7; i++)
        sum += share[i];
    assert_true(share[3] == 0 && !signbit(share[3]));
    assert_true(fabs(share[5] - share[6]) < 1e-9);
    assert_true(fabs(sum - (value[127] - value[0])) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gloves_by_hand),
                                       cmocka_unit_test(two_by_hand), cmocka_unit_test(one_alone),
                                       cmocka_unit_test(seven_with_twins_and_one_idle)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
