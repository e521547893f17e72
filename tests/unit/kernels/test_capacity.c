#include "small.h"

/*
 * Three offers: two at the first site, with 12 and 15 learners a teacher, one at the second. 60 and
 * 45 places need 5 + 3 = 8 teachers.
 */
static const int site[3] = {0, 0, 1};

static void use(const double *per_teacher, lanes first_staff, lanes second_staff, lanes *usable)
{
    const lanes places[3] = {lanes_of(60), lanes_of(45), lanes_of(20)};
    const lanes staff[2] = {first_staff, second_staff};
    const struct cf_supply supply = {
        .n = 3, .J = 2, .site = site, .per_teacher = per_teacher, .places = places, .staff = staff};
    lanes need[2];
    kernels()->capacity(&supply, need, usable);
}

static void assert_all(lanes v, double x)
{
    for (int k = 0; k < CF_LANES; k++)
        assert_true(fabs(v[k] - x) <= 1e-13 * fabs(x));
}

/* 6 of 8 teachers: three quarters of both lines, whichever needs them. */
static void too_few_teachers(void **state)
{
    static const double per_teacher[3] = {12, 15, 10};
    lanes usable[3];
    (void)state;
    use(per_teacher, lanes_of(6), lanes_of(NAN), usable);
    assert_all(usable[0], 45);
    assert_all(usable[1], 33.75);
    assert_all(usable[2], 20); /* nobody counted the teachers of the second: no limit */
}

static void enough_or_none_needed(void **state)
{
    static const double per_teacher[3] = {12, 15, 10}, none_needed[3] = {0, 0, 0};
    static const double one_needs[3] = {12, 0, 0};
    lanes usable[3];
    (void)state;
    use(per_teacher, lanes_of(8), lanes_of(2), usable);
    assert_all(usable[0], 60);
    assert_all(usable[2], 20);
    use(none_needed, lanes_of(0), lanes_of(0), usable);
    assert_all(usable[0], 60);
    use(one_needs, lanes_of(2.5), lanes_of(0), usable); /* 5 needed: half, of the whole site */
    assert_all(usable[0], 30);
    assert_all(usable[1], 22.5);
    use(per_teacher, lanes_of(0), lanes_of(0), usable);
    assert_all(usable[0], 0);
}

/* Each lane has its own teachers. */
static void lanes_keep_apart(void **state)
{
    static const double per_teacher[3] = {12, 15, 10};
    lanes usable[3];
    (void)state;
    use(per_teacher, counts(1), lanes_of(NAN), usable);
    for (int k = 0; k < CF_LANES; k++)
        assert_true(fabs(usable[0][k] - 60 * (k + 1) / 8.0) <= 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(too_few_teachers),
        cmocka_unit_test(enough_or_none_needed),
        cmocka_unit_test(lanes_keep_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
