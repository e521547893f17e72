#include "base/names.h"

#include "support/check.h"

#include <stdio.h>
#include <string.h>

static void names_are_numbered_in_order(void **state)
{
    (void)state;
    struct cf_arena arena;
    struct cf_names names;
    cf_arena_init(&arena);
    cf_names_init(&names, &arena);
    assert_int_equal(cf_names_find(&names, "a"), -1);
    assert_int_equal(cf_names_add(&names, "b"), 0);
    assert_int_equal(cf_names_add(&names, "a"), 1);
    assert_int_equal(cf_names_add(&names, ""), 2);
    assert_int_equal(cf_names_add(&names, "b"), 0);
    assert_int_equal(names.n, 3);
    assert_int_equal(cf_names_find(&names, ""), 2);
    assert_int_equal(cf_names_find(&names, "B"), -1);
    assert_int_equal(cf_names_find(&names, "ab"), -1);
    assert_int_equal(cf_names_find(&names, NULL), -1);
    assert_string_equal(names.name[1], "a");
    cf_arena_free(&arena);
}

static void names_are_copied(void **state)
{
    (void)state;
    struct cf_arena arena;
    struct cf_names names;
    cf_arena_init(&arena);
    cf_names_init(&names, &arena);
    char name[] = "E09000001";
    cf_names_add(&names, name);
    name[0] = 'W';
    assert_int_equal(cf_names_find(&names, "E09000001"), 0);
    assert_int_equal(cf_names_find(&names, name), -1);
    cf_arena_free(&arena);
}

static void many_names(void **state)
{
    (void)state;
    struct cf_arena arena;
    struct cf_names names;
    cf_arena_init(&arena);
    cf_names_init(&names, &arena);
    enum { MANY = 100000 };
    char name[20];
    for (int i = 0; i < MANY; i++) {
        snprintf(name, sizeof name, "E%08d", i);
        assert_int_equal(cf_names_add(&names, name), i);
    }
    for (int i = MANY - 1; i >= 0; i--) {
        snprintf(name, sizeof name, "E%08d", i);
        assert_int_equal(cf_names_find(&names, name), i);
        assert_string_equal(names.name[i], name);
        name[0] = 'W';
        assert_int_equal(cf_names_find(&names, name), -1);
    }
    assert_int_equal(names.n, MANY);
    cf_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_numbered_in_order),
        cmocka_unit_test(names_are_copied),
        cmocka_unit_test(many_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
