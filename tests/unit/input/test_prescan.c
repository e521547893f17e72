/*
 * The scanner before libconfig: each message at its line and column, and what is left of a file
 * with errors in it.
 */
#include "support/check.h"

#include "input/prescan.h"
#include "input/prescan_tokens.h"

#include <stdlib.h>
#include <string.h>

struct fixture {
    struct cf_arena arena;
    struct cf_prescan prescan;
    struct cf_scan scan;
    struct cf_text text;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    cf_arena_init(&f->arena);
    f->prescan = (struct cf_prescan){.arena = &f->arena, .diag = cf_diag_open()};
    *state = f;
    return f->prescan.diag ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    cf_scan_free(&f->scan);
    cf_text_free(&f->text);
    cf_diag_close(f->prescan.diag);
    cf_arena_free(&f->arena);
    free(f);
    return 0;
}

static void scan_n(struct fixture *f, const char *text, size_t length)
{
    struct cf_prescan_frame frame = cf_prescan_first(&f->prescan, "no-folder/t.cfg");
    cf_scan_free(&f->scan);
    cf_prescan_bytes(&f->prescan, &frame, text, length, &f->scan);
    cf_diag_sort(f->prescan.diag);
    f->text.length = 0;
    cf_text_add(&f->text, "");
    for (int i = 0; i < f->scan.n; i = f->scan.item[i].end)
        cf_scan_write(&f->scan, i, &f->text);
}

#define SCAN(f, text) scan_n((f), (text), sizeof(text) - 1)

static void left(struct fixture *f, const char *text)
{
    assert_string_equal(f->text.data, text);
}

static void message_is(struct fixture *f, size_t i, const char *code, int line, int column,
                       const char *text)
{
    assert_true(i < cf_diag_count(f->prescan.diag, CF_NOTICE));
    struct cf_message m = cf_diag_message(f->prescan.diag, i);
    assert_string_equal(m.text, text);
    assert_string_equal(m.code, code);
    assert_int_equal(m.severity, CF_ERROR);
    assert_int_equal(m.line, line);
    assert_int_equal(m.column, column);
    assert_string_equal(m.path, "no-folder/t.cfg");
}

static void help_is(struct fixture *f, size_t i, const char *help)
{
    assert_string_equal(cf_diag_message(f->prescan.diag, i).help, help);
}

static void n_messages(struct fixture *f, size_t n)
{
    assert_int_equal(cf_diag_count(f->prescan.diag, CF_NOTICE), n);
}

static void place_is(struct fixture *f, int i, int line, int key_column, int column)
{
    assert_true(i < f->scan.n);
    assert_int_equal(f->scan.item[i].key_at.line, line);
    assert_int_equal(f->scan.item[i].key_at.column, key_column);
    assert_int_equal(f->scan.item[i].at.column, column);
}

static void items_in_pre_order_with_places(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "\xEF\xBB\xBF"
            "a = 1; b : \"x\"\r\n"
            "  g = { c = (1.5, { d = TRUE, }, [ ]); }  # end\n"
            "/* two\n lines */ e=\"y\" // next\n \"z\";\f*f-1=.5");
    n_messages(f, 0);
    left(f, "a = 1;b = \"x\";g = { c = (1.5, { d = true;}, []);};e = \"y\" \"z\";*f-1 = .5;");
    place_is(f, 0, 1, 1, 5);
    place_is(f, 1, 1, 8, 12);
    place_is(f, 2, 2, 3, 7);
    place_is(f, 3, 2, 9, 13);
    place_is(f, 4, 2, 14, 14);
    place_is(f, 5, 2, 19, 19);
    place_is(f, 6, 2, 21, 25);
    place_is(f, 7, 2, 34, 34);
    place_is(f, 8, 4, 11, 13);
    place_is(f, 9, 5, 7, 12);
    assert_int_equal(f->scan.n, 10);
    assert_int_equal(f->scan.item[2].end, 8);
}

static void numbers(void **state)
{
    static const struct {
        const char *text;
        enum cf_number_kind kind;
        long long integer;
    } row[] = {
        {"0", CF_NUMBER_INT, 0},
        {"+7", CF_NUMBER_INT, 7},
        {"2147483647", CF_NUMBER_INT, 2147483647},
        {"2147483648", CF_NUMBER_WANTS_L, 2147483648},
        {"-2147483648", CF_NUMBER_INT, -2147483648LL},
        {"-2147483649", CF_NUMBER_WANTS_L, -2147483649LL},
        {"3000000000", CF_NUMBER_WANTS_L, 3000000000},
        {"3000000000L", CF_NUMBER_INT, 3000000000},
        {"5LL", CF_NUMBER_INT, 5},
        {"5LLL", CF_NUMBER_NONE, 5},
        {"9223372036854775807L", CF_NUMBER_INT, INT64_MAX},
        {"9223372036854775808L", CF_NUMBER_NO_INT64, 0},
        {"-9223372036854775808L", CF_NUMBER_INT, INT64_MIN},
        {"99999999999999999999L", CF_NUMBER_NO_INT64, 0},
        {"99999999999999999999", CF_NUMBER_NO_INT64, 0},
        {"0xFF", CF_NUMBER_INT, 255},
        {"0xffffffff", CF_NUMBER_WANTS_L, 0xffffffff},
        {"0x7fffffffffffffffL", CF_NUMBER_INT, INT64_MAX},
        {"0xffffffffffffffffL", CF_NUMBER_NO_INT64, 0},
        {"0x", CF_NUMBER_NONE, 0},
        {"-0xFF", CF_NUMBER_NONE, 0},
        {"1.", CF_NUMBER_FLOAT, 0},
        {".5", CF_NUMBER_FLOAT, 0},
        {"-2.385e-3", CF_NUMBER_FLOAT, 0},
        {"1E+3", CF_NUMBER_FLOAT, 0},
        {"1e400", CF_NUMBER_NO_FLOAT, 0},
        {"-1e400", CF_NUMBER_NO_FLOAT, 0},
        {"1e-400", CF_NUMBER_FLOAT, 0},
        {".", CF_NUMBER_NONE, 0},
        {"1e", CF_NUMBER_NONE, 0},
        {"1e+", CF_NUMBER_NONE, 0},
        {"1.5.2", CF_NUMBER_NONE, 0},
        {"16-18", CF_NUMBER_NONE, 0},
        {"1.5L", CF_NUMBER_NONE, 0},
        {"12abc", CF_NUMBER_NONE, 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        long long integer;
        enum cf_number_kind kind = cf_token_number(row[i].text, strlen(row[i].text), &integer);
        if (kind != row[i].kind)
            print_error("%s\n", row[i].text);
        assert_int_equal(kind, row[i].kind);
        if (kind == CF_NUMBER_INT)
            assert_int_equal(integer, row[i].integer);
    }
}

static void numbers_that_do_not_fit(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = 3000000000;\nb = [ 1, 1e400 ];\nc = 99999999999999999999L; d = 12abc;\n");
    n_messages(f, 4);
    message_is(f, 0, "config.number-range", 1, 5, "'3000000000' does not fit in 32 bits");
    help_is(f, 0, "write 3000000000L");
    message_is(f, 1, "config.number-range", 2, 10,
               "'1e400' is beyond what a number can hold, about 1.8e308");
    message_is(f, 2, "config.number-range", 3, 5,
               "'99999999999999999999L' does not fit in 64 bits");
    message_is(f, 3, "config.syntax", 3, 32, "'12abc' is not a number");
    left(f, "a = 0;b = [1.0, 0.0];c = 0;d = 0;");
}

static void numbers_of_an_array_become_one_kind(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = [ 0.0, 0.5, 1 ]; b = [ 1, 3000000000L ]; c = [ 0x10, -2.5, 3000000000L ];");
    n_messages(f, 0);
    left(f, "a = [0.0, 0.5, 1.0];b = [1L, 3000000000L];c = [16.0, -2.5, 3000000000.0];");
    SCAN(f, "a = [ 1, \"x\", true ]; b = [ \"y\", { c = 1; } ];");
    n_messages(f, 2);
    message_is(f, 0, "config.array-mixed", 1, 10,
               "text in an array that begins with a whole number");
    message_is(f, 1, "config.syntax", 1, 34, "expected a plain value, found '{'");
    left(f, "a = (1, \"x\", true);b = (\"y\", { c = 1;});");
}

static void text_never_closed(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = \"one;\nb = \"two\";\nc = 3;\n");
    n_messages(f, 1);
    message_is(f, 0, "config.unterminated", 1, 5, "text is never closed");
    left(f, "a = \"\";b = \"two\";c = 3;");
    SCAN(f, "a = \"one\ntwo\";\nb = \"a \\\" \\\\\";");
    n_messages(f, 1);
    left(f, "a = \"one\ntwo\";b = \"a \\\" \\\\\";");
}

static void comment_never_closed(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = 1; /* b = 2;\n");
    n_messages(f, 1);
    message_is(f, 0, "config.unterminated", 1, 8, "comment is never closed");
    left(f, "a = 1;");
}

static void brackets_never_closed(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = 1;\ng = { h = { b = 2; };\nc = 3;\n");
    n_messages(f, 1);
    message_is(f, 0, "config.unterminated", 2, 5, "'{' is never closed");
    left(f, "a = 1;g = { h = { b = 2;}; c = 3;};");
}

static void brackets_closed_from_outside(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "l = ( { a = [ 1, 2 ; },\n { b = 3; );\nc = 4; }\nd = 5 );");
    n_messages(f, 4);
    message_is(f, 0, "config.syntax", 1, 20, "expected ',' or ']', found ';'");
    message_is(f, 1, "config.unterminated", 2, 2,
               "'{' is not closed before the ')' at line 2, column 11");
    message_is(f, 2, "config.syntax", 3, 8, "'}' closes nothing");
    message_is(f, 3, "config.syntax", 4, 7, "')' closes nothing");
    left(f, "l = ({ a = [1, 2];}, { b = 3;});c = 4;d = 5;");
}

static void list_left_open_ends_at_the_next_setting(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = [ 1, 2;\nb = ( 3\nc = 4;\nd = [ 1; 2 ];\ne = ( 1 2 );\nf = ( 1, , 2, );\n");
    n_messages(f, 5);
    message_is(f, 0, "config.syntax", 1, 11, "expected ',' or ']', found ';'");
    message_is(f, 1, "config.syntax", 3, 1, "expected ',' or ')', found 'c'");
    message_is(f, 2, "config.syntax", 4, 8, "expected ',' or ']', found ';'");
    message_is(f, 3, "config.syntax", 5, 9, "expected ',' or ')', found '2'");
    message_is(f, 4, "config.syntax", 6, 10, "expected a value, found ','");
    left(f, "a = [1, 2];b = (3);c = 4;d = [1, 2];e = (1, 2);f = (1, 2);");
}

static void goes_on_at_the_next_setting(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a 1;\nb = ;\nc = % 4;\nd = word;\n5 = 6;\ne =\nf = 7;\n"
            "true = 1; g = 8;; h { i = 1; };\nj = 1 @include \"x\"\nk = 2;");
    n_messages(f, 10);
    message_is(f, 0, "config.syntax", 1, 3, "expected '=' after 'a', found '1'");
    message_is(f, 1, "config.syntax", 2, 5, "setting 'b' has no value");
    message_is(f, 2, "config.syntax", 3, 5, "expected a value, found '%'");
    message_is(f, 3, "config.syntax", 4, 5, "expected a value, found 'word'");
    help_is(f, 3, "a text stands in quotes");
    message_is(f, 4, "config.syntax", 5, 1, "expected a setting, name = value, found '5'");
    message_is(f, 5, "config.syntax", 7, 1, "setting 'e' has no value");
    message_is(f, 6, "config.syntax", 8, 1, "expected a setting, name = value, found 'true'");
    message_is(f, 7, "config.syntax", 8, 17, "expected a setting, name = value, found ';'");
    message_is(f, 8, "config.syntax", 8, 21, "expected '=' after 'h', found '{'");
    message_is(f, 9, "config.syntax", 9, 7, "expected a setting, name = value, found '@'");
    left(f, "d = \"word\";f = 7;g = 8;j = 1;k = 2;");
}

static void key_twice(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = 1;\nb = { c = 1; a = 2;\n  c = { d = 1; }; };\na = 3;\n");
    n_messages(f, 2);
    message_is(f, 0, "config.key-twice", 3, 3, "setting 'c' is given twice");
    help_is(f, 0, "it is given first at no-folder/t.cfg:2:7");
    message_is(f, 1, "config.key-twice", 4, 1, "setting 'a' is given twice");
    help_is(f, 1, "it is given first at no-folder/t.cfg:1:1");
    left(f, "a = 1;b = { c = 1; a = 2;};");
}

static void too_many_settings(void **state)
{
    struct fixture *f = *state;
    struct cf_text text = {0};
    cf_text_add(&text, "g = {\n");
    for (int i = 0; i < 10002; i++)
        cf_text_format(&text, "k%d = 1;\n", i);
    cf_text_add(&text, "};");
    scan_n(f, text.data, text.length);
    cf_text_free(&text);
    n_messages(f, 1);
    message_is(f, 0, "config.too-large", 10002, 1, "more than 10000 settings in one group");
    assert_int_equal(f->scan.n, 10001);
}

static void depth(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = (((((((((((((((( 1 ))))))))))))))));");
    n_messages(f, 0);
    assert_int_equal(f->scan.n, 17);
    SCAN(f, "a = ((((((((((((((({ b = ( 1, [ 2 ] ); })))))))))))))));\nc = 1;");
    n_messages(f, 1);
    message_is(f, 0, "config.depth", 1, 26, "groups and lists within each other go deeper than 16");
    left(f, "a = ((((((((((((((({})))))))))))))));c = 1;");
}

static void nul_bytes(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = \"x\0y\";\nb = \"q\\x00r\"; c = \"\\\\x00\";");
    n_messages(f, 2);
    message_is(f, 0, "config.nul", 1, 7, "NUL byte in a file of text");
    message_is(f, 1, "config.nul", 2, 7, "NUL within a text");
    left(f, "a = \"x?y\";b = \"\";c = \"\\\\x00\";");
}

static void not_utf_8(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "a = 1;\nb = \"caf\xE9\";\n");
    n_messages(f, 1);
    message_is(f, 0, "config.not-utf8", 2, 9, "byte 0xE9 is not UTF-8");
    help_is(f, 0, "the file looks like Windows-1252; save it as UTF-8");
    left(f, "a = 1;b = \"caf?\";");
}

static void odd_characters(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "na\xC3\xAFve = 1;\na = 1;\n$$$\n");
    n_messages(f, 2);
    message_is(f, 0, "config.syntax", 1, 3, "expected '=' after 'na', found '\xC3\xAF'");
    message_is(f, 1, "config.syntax", 3, 1, "expected a setting, name = value, found '$$$'");
    left(f, "a = 1;");
}

static void include_without_a_name(void **state)
{
    struct fixture *f = *state;
    SCAN(f, "  @include x.cfg\na = 1;\n@include \"none.cfg\"\n@include \"\"\n");
    n_messages(f, 3);
    message_is(f, 0, "config.include", 1, 3, "@include wants the name of a file in quotes");
    message_is(f, 1, "config.missing", 3, 1, "there is no file 'no-folder/none.cfg'");
    message_is(f, 2, "config.include", 4, 1, "@include wants the name of a file in quotes");
    left(f, "a = 1;");
}

static void value_alone(void **state)
{
    static const struct {
        const char *text, *written;
    } row[] = {
        {"7", "k = 7;"},
        {" -2.385 ", "k = -2.385;"},
        {"True", "k = true;"},
        {"bare word", "k = \"bare word\";"},
        {"16-18", "k = \"16-18\";"},
        {"../x \"y\" \\", "k = \"../x \\\"y\\\" \\\\\";"},
        {"\"quoted\";", "k = \"quoted\";"},
        {"[ 1, 2.5 ]", "k = [1.0, 2.5];"},
        {"{ a = ( ); }", "k = { a = ();};"},
        {"", "k = \"\";"},
    };
    struct fixture *f = *state;
    struct cf_prescan_frame frame = {.path = "--set", .real = "--set"};
    struct cf_at at = {"--set", 3, 1};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        cf_scan_free(&f->scan);
        cf_prescan_value(&f->prescan, &frame, (struct cf_value_text){row[i].text, 0, 3}, "k", at,
                         &f->scan);
        f->text.length = 0;
        cf_scan_write(&f->scan, 0, &f->text);
        assert_string_equal(f->text.data, row[i].written);
        assert_int_equal(f->scan.item[0].at.line, 3);
    }
    n_messages(f, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(items_in_pre_order_with_places),
        TEST(numbers),
        TEST(numbers_that_do_not_fit),
        TEST(numbers_of_an_array_become_one_kind),
        TEST(text_never_closed),
        TEST(comment_never_closed),
        TEST(brackets_never_closed),
        TEST(brackets_closed_from_outside),
        TEST(list_left_open_ends_at_the_next_setting),
        TEST(goes_on_at_the_next_setting),
        TEST(key_twice),
        TEST(too_many_settings),
        TEST(depth),
        TEST(nul_bytes),
        TEST(not_utf_8),
        TEST(odd_characters),
        TEST(include_without_a_name),
        TEST(value_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
