#include "base/json.h"

#include "support/check.h"

#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void check_written(cf_json *json, const char *expected)
{
    struct cf_text text = {0};
    cf_json_write(json, &text);
    assert_string_equal(text.data, expected);
    cf_text_free(&text);
    cf_json_free(json);
}

static void empty_containers(void **state)
{
    (void)state;
    check_written(cf_json_object(), "{}\n");
    check_written(cf_json_array(), "[]\n");
    cf_json *object = cf_json_object();
    cf_json_put(object, "a", cf_json_object());
    cf_json_put(object, "b", cf_json_array());
    check_written(object, "{\n  \"a\": {},\n  \"b\": []\n}\n");
}

static void keys_stay_in_order(void **state)
{
    (void)state;
    cf_json *object = cf_json_object(), *list = cf_json_array(), *inner = cf_json_object();
    cf_json_put_text(object, "zebra", "one");
    cf_json_put_int(object, "apple", LLONG_MIN);
    cf_json_put(object, "list", list);
    cf_json_put_number(object, "middle", 2.385);
    cf_json_add_text(list, "x");
    cf_json_add_int(list, -7);
    cf_json_add_number(list, 0.5);
    cf_json_add(list, inner);
    cf_json_put_text(inner, "b", NULL);
    cf_json_put_text(inner, "a", "");
    cf_json_put_int(object, "zebra", 2); /* again: the place is kept */
    check_written(object, "{\n"
                          "  \"zebra\": 2,\n"
                          "  \"apple\": -9223372036854775808,\n"
                          "  \"list\": [\n"
                          "    \"x\",\n"
                          "    -7,\n"
                          "    0.5,\n"
                          "    {\n"
                          "      \"b\": null,\n"
                          "      \"a\": \"\"\n"
                          "    }\n"
                          "  ],\n"
                          "  \"middle\": 2.385\n"
                          "}\n");
}

static void numbers_are_shortest(void **state)
{
    (void)state;
    cf_json *list = cf_json_array();
    static const double values[] = {0.1, 1.0 / 3, 3, -0.0, 1e-7, 1e22, DBL_MAX, 123456.7};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        cf_json_add_number(list, values[i]);
    cf_json_add_number(list, (double)NAN);
    cf_json_add_number(list, -(double)INFINITY);
    check_written(list, "[\n  0.1,\n  0.3333333333333333,\n  3,\n  0,\n  1e-7,\n  1e22,\n"
                        "  1.7976931348623157e308,\n  123456.7,\n  null,\n  null\n]\n");
    cf_json *object = cf_json_object();
    cf_json_put_number(object, "x", (double)NAN);
    check_written(object, "{\n  \"x\": null\n}\n");
}

static void text_is_escaped(void **state)
{
    (void)state;
    cf_json *list = cf_json_array();
    cf_json_add_text(list, "\"back\\slash/\" \n\t\x01");
    cf_json_add_text(list, "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    cf_json_add_text(list, "caf\xe9 \x93x\xc3"); /* no UTF-8 */
    check_written(list, "[\n  \"\\\"back\\\\slash/\\\" \\n\\t\\u0001\",\n"
                        "  \"caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80\",\n"
                        "  \"caf\xef\xbf\xbd \xef\xbf\xbdx\xef\xbf\xbd\"\n]\n");
    cf_json *object = cf_json_object();
    cf_json_put_int(object, "k\xe9\"", 1);
    check_written(object, "{\n  \"k\xef\xbf\xbd\\\"\": 1\n}\n");
}

static void writing_appends(void **state)
{
    (void)state;
    struct cf_text text = {0};
    cf_text_add(&text, "before ");
    cf_json *json = cf_json_array();
    cf_json_write(json, &text);
    cf_json_write(json, &text);
    assert_string_equal(text.data, "before []\n[]\n");
    cf_text_free(&text);
    cf_json_free(json);
}

static void text_members_are_read(void **state)
{
    (void)state;
    char *text = cf_json_read_text("{\"n\": 1, \"run\": \"caf\\u00e9 \\\"2\\\"\"}", "run");
    assert_string_equal(text, "caf\xc3\xa9 \"2\"");
    free(text);
    assert_null(cf_json_read_text("{\"n\": 1}", "run"));
    assert_null(cf_json_read_text("{\"n\": 1}", "n"));
    assert_null(cf_json_read_text("[\"run\"]", "run"));
    assert_null(cf_json_read_text("{\"run\": \"x\"", "run"));
    assert_null(cf_json_read_text("{\"run\": \"x\"} y", "run"));
    assert_null(cf_json_read_text("{\"run\": \"\xe9\"}", "run"));
    assert_null(cf_json_read_text("", "run"));
    assert_null(cf_json_read_text(NULL, "run"));
}

static void whole_objects_are_read(void **state)
{
    (void)state;
    long long n = 0;
    cf_json *json =
        cf_json_read("{\"n\": -12, \"t\": \"two\", \"list\": [\"a\", [\"b\", 3], {}], \"x\": 1.5}");
    assert_non_null(json);
    assert_true(cf_json_get_int(json, "n", &n));
    assert_int_equal(n, -12);
    assert_false(cf_json_get_int(json, "x", &n));
    assert_false(cf_json_get_int(json, "missing", &n));
    assert_string_equal(cf_json_get_text(json, "t"), "two");
    assert_null(cf_json_get_text(json, "n"));
    assert_null(cf_json_get(json, "t"));
    const cf_json *list = cf_json_get(json, "list");
    assert_int_equal(cf_json_size(list), 3);
    assert_string_equal(cf_json_text_at(list, 0), "a");
    assert_null(cf_json_text_at(list, 1));
    assert_null(cf_json_at(list, 0));
    assert_string_equal(cf_json_text_at(cf_json_at(list, 1), 0), "b");
    assert_non_null(cf_json_at(list, 2));
    assert_null(cf_json_at(list, 3));
    assert_int_equal(cf_json_size(NULL), 0);
    assert_null(cf_json_get(NULL, "list"));
    cf_json_free(json);
    assert_null(cf_json_read("[1]"));
    assert_null(cf_json_read("{\"a\": 1, \"a\": 2}"));
    assert_null(cf_json_read("{"));
    assert_null(cf_json_read(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty_containers),       cmocka_unit_test(keys_stay_in_order),
        cmocka_unit_test(numbers_are_shortest),   cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(writing_appends),        cmocka_unit_test(text_members_are_read),
        cmocka_unit_test(whole_objects_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
