#include "support/check.h"

#include <limits.h>
#include <string.h>

#include "model/selector.h"

struct set {
    struct cf_arena arena;
    struct cf_axis status, age, none;
    cf_diag *diag;
};

static struct cf_axis axis_of(struct cf_arena *arena, enum cf_axis_id id, const char *const *codes,
                              int n)
{
    struct cf_axis axis = {.id = id, .name = cf_axis_specs[id].name, .n = n};
    cf_names_init(&axis.codes, arena);
    for (int k = 0; k < n; k++)
        cf_names_add(&axis.codes, codes[k]);
    return axis;
}

static int open_set(void **state)
{
    static struct set set;
    static const char *const codes[] = {"school", "sixth", "gfe", "job"};
    static const char *const participates[] = {"1", "1", "1", "0"};
    static const char *const ages[] = {"14", "15", "16", "17", "18"};
    memset(&set, 0, sizeof set);
    cf_arena_init(&set.arena);
    set.diag = cf_diag_open();
    set.status = axis_of(&set.arena, CF_AXIS_STATUS, codes, 4);
    set.age = axis_of(&set.arena, CF_AXIS_AGE, ages, 5);
    set.none = axis_of(&set.arena, CF_AXIS_SITE, NULL, 0);
    struct cf_attribute *attribute = CF_TAKE(&set.arena, 1, struct cf_attribute);
    attribute->name = "participates";
    attribute->value = CF_TAKE(&set.arena, 4, const char *);
    attribute->number = CF_TAKE(&set.arena, 4, int);
    cf_names_init(&attribute->values, &set.arena);
    for (int k = 0; k < 4; k++) {
        attribute->value[k] = participates[k];
        attribute->number[k] = cf_names_add(&attribute->values, participates[k]);
    }
    set.status.n_attributes = 1;
    set.status.attribute = attribute;
    *state = &set;
    return 0;
}

static int close_set(void **state)
{
    struct set *set = *state;
    cf_diag_close(set->diag);
    cf_arena_free(&set->arena);
    return 0;
}

static struct cf_message last_message(const cf_diag *diag)
{
    size_t n = cf_diag_count(diag, CF_NOTICE);
    assert_true(n > 0);
    return cf_diag_message(diag, n - 1);
}

static void ranges_are_read(void **state)
{
    (void)state;
    int first, last, single;
    assert_true(cf_parse_range("16", &first, &last, &single));
    assert_true(first == 16 && last == 16 && single);
    assert_true(cf_parse_range("16-18", &first, &last, &single));
    assert_true(first == 16 && last == 18 && !single);
    assert_true(cf_parse_range("16-16", &first, &last, &single) && !single);
    assert_true(cf_parse_range("2013-", &first, &last, &single));
    assert_true(first == 2013 && last == INT_MAX && !single);
    assert_true(cf_parse_range("-2012", &first, &last, &single));
    assert_true(first == INT_MIN && last == 2012 && !single);
    static const char *const wrong[] = {"",    "-",   "a",    "16-18-20",   "18-16",
                                        " 16", "16 ", "16.5", "--1",        "-16-",
                                        "+16", "1e2", "16-x", "99999999999"};
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        if (cf_parse_range(wrong[k], &first, &last, &single))
            fail_msg("'%s' was read as a range", wrong[k]);
}

static void codes_and_attributes_add_up(void **state)
{
    struct set *set = *state;
    struct cf_at at = {"x.cfg", 3, 4};
    struct cf_selection s = cf_select_none(&set->arena, 4);
    assert_int_equal(cf_select(&set->status, "job", &s, at, set->diag), 1);
    assert_int_equal(s.n_selected, 1);
    assert_int_equal(cf_select(&set->status, "participates:0", &s, at, set->diag), 1);
    assert_int_equal(s.n_selected, 1); /* a union: job is in already */
    assert_int_equal(cf_select(&set->status, "participates:1", &s, at, set->diag), 3);
    assert_int_equal(s.n_selected, 4);
    assert_int_equal(cf_diag_count(set->diag, CF_NOTICE), 0);
    struct cf_selection all = cf_select_all(&set->arena, 4);
    assert_memory_equal(s.member, all.member, 4);
}

static void ages_take_ranges(void **state)
{
    struct set *set = *state;
    struct cf_at at = {"x.cfg", 3, 4};
    struct cf_selection s = cf_select_none(&set->arena, 5);
    assert_int_equal(cf_select(&set->age, "17-30", &s, at, set->diag), 2);
    assert_int_equal(cf_select(&set->age, "-15", &s, at, set->diag), 2);
    assert_int_equal(s.n_selected, 4);
    assert_int_equal(s.member[2], 0);
    assert_int_equal(cf_select(&set->age, "19", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.nothing");
    assert_string_equal(last_message(set->diag).text,
                        "'19' matches nothing, the ages are 14 to 18");
    assert_int_equal(last_message(set->diag).line, 3);
    assert_int_equal(cf_select(&set->age, "18-16", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.range");
    assert_int_equal(cf_select(&set->age, "sixteen", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.range");
}

static void wrong_selectors_name_the_nearest(void **state)
{
    struct set *set = *state;
    struct cf_at at = {"x.cfg", 3, 4};
    struct cf_selection s = cf_select_none(&set->arena, 4);
    assert_int_equal(cf_select(&set->status, "shool", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.code");
    assert_string_equal(last_message(set->diag).help, "did you mean 'school'?");
    assert_int_equal(cf_select(&set->status, "particpates:1", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.attribute");
    assert_string_equal(last_message(set->diag).help, "did you mean 'participates'?");
    assert_int_equal(cf_select(&set->status, "participates:2", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.nothing");
    assert_int_equal(cf_select(&set->status, "", &s, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.code");
    assert_int_equal(s.n_selected, 0);
    struct cf_selection nobody = cf_select_none(&set->arena, 0);
    assert_int_equal(cf_select(&set->none, "s1", &nobody, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).text,
                        "'s1' matches nothing, axis 'site' has no members");
    assert_int_equal(cf_select(&set->none, "authority:x", &nobody, at, set->diag), -1);
    assert_string_equal(last_message(set->diag).code, "selector.attribute");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_read),
        cmocka_unit_test_setup_teardown(codes_and_attributes_add_up, open_set, close_set),
        cmocka_unit_test_setup_teardown(ages_take_ranges, open_set, close_set),
        cmocka_unit_test_setup_teardown(wrong_selectors_name_the_nearest, open_set, close_set),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
