#include "base/text.h"

#include "base/arena.h"

#include "support/check.h"

#include <errno.h>
#include <float.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void text_grows(void **state)
{
    (void)state;
    struct cf_text text = {0};
    cf_text_add(&text, "");
    assert_string_equal(text.data, "");
    for (int i = 0; i < 1000; i++)
        cf_text_format(&text, "%03d,", i);
    assert_int_equal(text.length, 4000);
    assert_memory_equal(text.data + 3996, "999,", 5);
    cf_text_add_n(&text, "a\0b", 3);
    cf_text_add_n(&text, NULL, 0);
    assert_int_equal(text.length, 4003);
    cf_text_format(&text, "%70000d", 1);
    assert_int_equal(text.length, 74003);
    assert_int_equal(strlen(text.data + 4003), 70000);
    cf_text_free(&text);
    assert_null(text.data);
    cf_text_free(&text);
}

static void check_number(double value, const char *expected)
{
    char buffer[CF_NUMBER_ROOM];
    assert_string_equal(cf_number_text(buffer, value), expected);
}

static void numbers_are_written_shortest(void **state)
{
    (void)state;
    check_number(0, "0");
    check_number(-0.0, "0");
    check_number(1, "1");
    check_number(-42, "-42");
    check_number(2.385, "2.385");
    check_number(0.1, "0.1");
    check_number(0.1 + 0.2, "0.30000000000000004");
    check_number(1.0 / 3, "0.3333333333333333");
    check_number(-2.0 / 3, "-0.6666666666666666");
    check_number(1e-7, "1e-7");
    check_number(1.5e-10, "1.5e-10");
    check_number(0.0001, "0.0001");
    check_number(999999999999999, "999999999999999");
    check_number(1e15, "1e15");
    check_number(9007199254740993.0, "9007199254740992");
    check_number(-1e100, "-1e100");
    check_number(123456.5, "123456.5");
    check_number(DBL_MAX, "1.7976931348623157e308");
    check_number(DBL_MIN, "2.2250738585072014e-308");
    check_number(DBL_TRUE_MIN, "5e-324");
    check_number(-DBL_TRUE_MIN, "-5e-324");
    check_number((double)INFINITY, "inf");
    check_number(-(double)INFINITY, "-inf");
    check_number((double)NAN, "");
    struct cf_text text = {0};
    cf_text_number(&text, (double)NAN);
    cf_text_number(&text, 0.25);
    assert_string_equal(text.data, "0.25");
    cf_text_free(&text);
}

static uint64_t next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    uint64_t mixed = *seed ^ (*seed >> 29);
    return mixed * 0xbf58476d1ce4e5b9u;
}

static void any_number_survives(void **state)
{
    (void)state;
    uint64_t seed = 20;
    for (int i = 0; i < 200000; i++) {
        uint64_t bits = next_random(&seed);
        double value, again = 0;
        memcpy(&value, &bits, sizeof value);
        if (!isfinite(value) || value == 0)
            continue;
        char buffer[CF_NUMBER_ROOM];
        assert_int_equal(cf_parse_double(cf_number_text(buffer, value), &again), 1);
        assert_memory_equal(&again, &value, sizeof value);
    }
}

/* The quick way of reading agrees with the library's to the last bit. */
static void reading_agrees_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 200000; i++) {
        char text[80];
        unsigned long long digits = next_random(&seed) >> (next_random(&seed) % 64);
        int power = (int)(next_random(&seed) % 61) - 30;
        if (i % 2)
            snprintf(text, sizeof text, "%llue%d", digits, power);
        else
            snprintf(text, sizeof text, "-%llu.%03d", digits, power + 30);
        double expected = strtod(text, NULL), got = 0;
        assert_int_equal(cf_parse_double(text, &got), 1);
        assert_memory_equal(&got, &expected, sizeof got);
    }
}

static void check_read(const char *text, double expected)
{
    double value = 12345;
    if (!cf_parse_double(text, &value))
        fail_msg("'%s' was refused", text);
    assert_memory_equal(&value, &expected, sizeof value);
}

static void strict_numbers_are_read(void **state)
{
    (void)state;
    check_read("0", 0);
    check_read("-0", -0.0);
    check_read("+2.385", 2.385);
    check_read("+.5", 0.5);
    check_read("1.", 1);
    check_read("007", 7);
    check_read("1e3", 1000);
    check_read("1E+03", 1000);
    check_read("1e-3", 0.001);
    check_read("9007199254740992", 9007199254740992.0);
    check_read("9007199254740993", 9007199254740992.0);
    check_read("9007199254740993.0000000000000000001", 9007199254740994.0);
    check_read("0.1000000000000000055511151231257827021181583404541015625", 0.1);
    check_read("123456789012345678901234567890", 123456789012345678901234567890.0);
    check_read("1.7976931348623157e308", DBL_MAX);
    check_read("1.7976931348623158e308", DBL_MAX);
    check_read("4.9e-324", DBL_TRUE_MIN);
    check_read("2e-324", 0);
    check_read("-1e-99999999999999999999", -0.0);
    check_read("0e99999999999999999999", 0);
    check_read("0000000000000000000000000000000000000000000000000000000001.5", 1.5);
}

static void other_numbers_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        " ",
        "+",
        "-",
        ".",
        "+.",
        "e5",
        ".e5",
        "1e",
        "1e+",
        "1e1.5",
        " 1",
        "1 ",
        "1\n",
        "0x10",
        "nan",
        "NaN",
        "inf",
        "-inf",
        "infinity",
        "1,5",
        "1.2.3",
        "1,000",
        "--1",
        "+-1",
        "1e400",
        "-1e400",
        "1.7976931348623159e308",
        "1f",
        "1_000",
        "1e99999999999999999999",
        "12%",
        "1\xc2\xa0",
        "\xef\xbc\x91",
        "1..",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        double value = 12345;
        if (cf_parse_double(wrong[i], &value))
            fail_msg("'%s' was read", wrong[i]);
        assert_true(value == 12345);
    }
    assert_int_equal(cf_parse_double(NULL, NULL), 0);
}

static void whole_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int value;
    } right[] = {{"0", 0},     {"-0", 0},
                 {"+5", 5},    {"2147483647", INT_MAX},
                 {"0012", 12}, {"-2147483648", INT_MIN},
                 {"-1", -1}};
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        int value = 99;
        assert_int_equal(cf_parse_int(right[i].text, &value), 1);
        assert_int_equal(value, right[i].value);
    }
    static const char *const wrong[] = {
        "",    "-",   "+",   " 1",  "1 ",         "1.0",         "1e3",
        "0x1", "--1", "1,0", "one", "2147483648", "-2147483649", "99999999999999999999999999"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        int value = 99;
        assert_int_equal(cf_parse_int(wrong[i], &value), 0);
        assert_int_equal(value, 99);
    }
    assert_int_equal(cf_parse_int(NULL, NULL), 0);
}

/* With a comma for the decimal point, where this computer has such a locale. */
static void the_locale_does_not_matter(void **state)
{
    (void)state;
    static const char *const names[] = {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "nl_NL.UTF-8"};
    const char *found = NULL;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found; i++)
        found = setlocale(LC_ALL, names[i]);
    if (!found)
        skip();
    numbers_are_written_shortest(state);
    strict_numbers_are_read(state);
    other_numbers_are_refused(state);
    setlocale(LC_ALL, "C");
}

static void utf8_is_checked_strictly(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t length, bad;
    } cases[] = {
        {"", 0, 0},
        {"plain", 5, 5},
        {"a\0b", 3, 3},
        {"\xc3\xa9", 2, 2},
        {"\xe2\x82\xac!", 4, 4},
        {"\xf0\x9f\x98\x80", 4, 4},
        {"\xf4\x8f\xbf\xbf", 4, 4}, /* the last code point */
        {"\xf4\x90\x80\x80", 4, 0}, /* one further */
        {"\xf5\x80\x80\x80", 4, 0},
        {"x\xc0\xaf", 3, 1}, /* overlong forms of two, three and four bytes */
        {"x\xc1\xbf", 3, 1},
        {"\xe0\x9f\xbf", 3, 0},
        {"\xe0\xa0\x80", 3, 3},
        {"\xf0\x8f\xbf\xbf", 4, 0},
        {"\xf0\x90\x80\x80", 4, 4},
        {"\xed\x9f\xbf", 3, 3},
        {"\xed\xa0\x80", 3, 0}, /* surrogates */
        {"\xed\xbf\xbf", 3, 0},
        {"\xee\x80\x80", 3, 3},
        {"ab\x80", 3, 2}, /* a continuation without a start */
        {"ab\xc3", 3, 2}, /* a start without the rest */
        {"ab\xe2\x82", 4, 2},
        {"ab\xe2\x82g", 5, 2},
        {"\xc3\xa9\xff", 3, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(cf_utf8_bad(cases[i].bytes, cases[i].length), cases[i].bad);
}

static void windows_text_is_recognised(void **state)
{
    (void)state;
    static const char quoted[] = "the \x93viable\x94 group \x96 \xa3"
                                 "385 caf\xe9\r\n";
    assert_int_equal(cf_looks_windows_1252(quoted, sizeof quoted - 1), 1);
    assert_int_equal(cf_looks_windows_1252("plain", 5), 0);
    assert_int_equal(cf_looks_windows_1252("", 0), 0);
    assert_int_equal(cf_looks_windows_1252("caf\xc3\xa9", 5), 0); /* that is UTF-8 */
    assert_int_equal(cf_looks_windows_1252("caf\x81", 4), 0);     /* stands for nothing */
    assert_int_equal(cf_looks_windows_1252("\xff\xfe"
                                           "a\0",
                                           4),
                     0); /* UTF-16 */
    assert_int_equal(cf_looks_windows_1252("\xe9\x01", 2), 0);
}

static void texts_are_compared(void **state)
{
    (void)state;
    assert_true(cf_text_same("a", "a"));
    assert_false(cf_text_same("a", "A"));
    assert_true(cf_text_same(NULL, NULL));
    assert_false(cf_text_same(NULL, ""));
    assert_false(cf_text_same("", NULL));
    assert_true(cf_text_starts("area_code", "area"));
    assert_true(cf_text_starts("area", ""));
    assert_false(cf_text_starts("are", "area"));
}

static void write_file(const char *path, const char *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static void files_are_read_whole(void **state)
{
    (void)state;
    char folder[] = "/tmp/cohortflow-test-XXXXXX", path[80];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
    char *bytes = NULL;
    size_t length = 99;
    assert_int_equal(cf_read_file(path, 10, &bytes, &length), ENOENT);
    assert_null(bytes);

    write_file(path, "a\0bcd", 5);
    assert_int_equal(cf_read_file(path, 5, &bytes, &length), 0);
    assert_int_equal(length, 5);
    assert_memory_equal(bytes, "a\0bcd", 6);
    free(bytes);
    assert_int_equal(cf_read_file(path, 4, &bytes, &length), EFBIG);
    assert_null(bytes);
    assert_int_equal(cf_read_file(path, SIZE_MAX, &bytes, &length), 0);
    free(bytes);

    write_file(path, "", 0);
    assert_int_equal(cf_read_file(path, 0, &bytes, &length), 0);
    assert_int_equal(length, 0);
    assert_string_equal(bytes, "");
    free(bytes);
    assert_int_equal(unlink(path), 0);

    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(cf_read_file(path, 10, &bytes, &length), EINVAL);
    assert_int_equal(unlink(path), 0);
    assert_int_equal(cf_read_file(folder, 10, &bytes, &length), EISDIR);
    assert_int_equal(cf_read_file("/dev/null", 10, &bytes, &length), EINVAL);
    assert_int_equal(rmdir(folder), 0);
}

/* Such a file says that it has no bytes; it is read to its end all the same. */
static void files_of_unknown_size_are_read(void **state)
{
    (void)state;
    char *bytes = NULL;
    size_t length = 0;
    int failure = cf_read_file("/proc/self/status", 1 << 20, &bytes, &length);
    if (failure == ENOENT)
        skip();
    assert_int_equal(failure, 0);
    assert_true(length > 100);
    assert_int_equal(strlen(bytes), length);
    free(bytes);
    assert_int_equal(cf_read_file("/proc/self/status", 50, &bytes, &length), EFBIG);
}

static void paths_are_taken_apart_and_joined(void **state)
{
    (void)state;
    struct cf_arena arena;
    cf_arena_init(&arena);
    assert_string_equal(cf_path_folder(&arena, "a/b/c.cfg"), "a/b");
    assert_string_equal(cf_path_folder(&arena, "c.cfg"), ".");
    assert_string_equal(cf_path_folder(&arena, ""), ".");
    assert_string_equal(cf_path_folder(&arena, "/c.cfg"), "/");
    assert_string_equal(cf_path_folder(&arena, "//c.cfg"), "/");
    assert_string_equal(cf_path_folder(&arena, "a//c.cfg"), "a");
    assert_string_equal(cf_path_join(&arena, "a/b", "c"), "a/b/c");
    assert_string_equal(cf_path_join(&arena, "a/", "c"), "a/c");
    assert_string_equal(cf_path_join(&arena, "/", "c"), "/c");
    assert_string_equal(cf_path_join(&arena, ".", "c"), "c");
    assert_string_equal(cf_path_join(&arena, "", "c"), "c");
    assert_string_equal(cf_path_join(&arena, "a", "/c"), "/c");
    assert_string_equal(cf_path_join(&arena, "a", "../c"), "a/../c");
    cf_arena_free(&arena);
}

static void detours_are_taken_out(void **state)
{
    (void)state;
    char folder[] = "/tmp/cf_text_XXXXXX", link[64];
    struct cf_arena arena;
    cf_arena_init(&arena);
    assert_non_null(mkdtemp(folder));
    assert_string_equal(cf_path_plain(&arena, cf_arena_format(&arena, "%s/../c.cfg", folder)),
                        "/tmp/c.cfg");
    assert_string_equal(cf_path_plain(&arena, cf_arena_format(&arena, "%s/./../c.cfg", folder)),
                        "/tmp/c.cfg");
    /* What is no folder may be a link: its parent is another one. */
    snprintf(link, sizeof link, "%s/link", folder);
    assert_int_equal(symlink("/usr/bin", link), 0);
    const char *by_link = cf_arena_format(&arena, "%s/../c.cfg", link);
    assert_string_equal(cf_path_plain(&arena, by_link), by_link);
    assert_string_equal(cf_path_plain(&arena, "not there/../c"), "not there/../c");
    assert_string_equal(cf_path_plain(&arena, "../c/"), "../c");
    assert_string_equal(cf_path_plain(&arena, "./a/./b"), "a/b");
    assert_string_equal(cf_path_plain(&arena, "."), ".");
    assert_string_equal(cf_path_plain(&arena, ""), ".");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(rmdir(folder), 0);
    cf_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_grows),
        cmocka_unit_test(numbers_are_written_shortest),
        cmocka_unit_test(any_number_survives),
        cmocka_unit_test(reading_agrees_with_the_library),
        cmocka_unit_test(strict_numbers_are_read),
        cmocka_unit_test(other_numbers_are_refused),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(the_locale_does_not_matter),
        cmocka_unit_test(utf8_is_checked_strictly),
        cmocka_unit_test(windows_text_is_recognised),
        cmocka_unit_test(texts_are_compared),
        cmocka_unit_test(files_are_read_whole),
        cmocka_unit_test(files_of_unknown_size_are_read),
        cmocka_unit_test(paths_are_taken_apart_and_joined),
        cmocka_unit_test(detours_are_taken_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
