#include "small.h"

/* Three groups, the second not followed at all: it gets nobody. Counting sees them. */
static void entrants_come_to_school(void **state)
{
    const int last[3] = {1, -1, 0};
    const struct cf_extent e = {
        .G = 3, .X = 2, .L = 2, .S = 2, .choice_x = 1, .n_narrow = 0, .school = 1, .last_x = last};
    const lanes entrants[3] = {counts(375.78), counts(99), counts(12.28)};
    lanes stock[24], arrived = counts(0.5), persons[6], total;
    (void)state;
    for (int c = 0; c < 24; c++)
        stock[c] = counts(c == 1 ? 10 : 0);
    for (int i = 0; i < 6; i++)
        persons[i] = counts(i == 0 ? 1 : 0);
    kernels()->arrive(&e, entrants, stock, &arrived);
    assert_counts(stock[1], 385.78);
    assert_counts(stock[9], 0);
    assert_counts(stock[17], 12.28);
    assert_counts(arrived, 388.56);
    kernels()->count(&e, stock, persons);
    assert_counts(persons[0], 386.78); /* added to what was there */
    assert_counts(persons[2], 0);
    assert_counts(persons[4], 12.28);
    kernels()->total(&e, stock, &total);
    assert_counts(total, 398.06);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(entrants_come_to_school)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
