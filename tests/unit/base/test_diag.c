#include "base/diag.h"

#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct cf_at nowhere = {0};

/* What the collection prints; free it. */
static char *printed(cf_diag *diag, enum cf_severity at_least, size_t cap, int colour)
{
    char *text = NULL;
    size_t length = 0;
    FILE *to = open_memstream(&text, &length);
    assert_non_null(to);
    cf_diag_print(diag, to, at_least, cap, colour);
    fclose(to);
    return text;
}

#define CHECK_PRINTED(diag, at_least, cap, colour, expected)                                       \
    do {                                                                                           \
        char *text_ = printed(diag, at_least, cap, colour);                                        \
        assert_string_equal(text_, expected);                                                      \
        free(text_);                                                                               \
    } while (0)

static void status_has_a_phrase(void **state)
{
    (void)state;
    static const enum cf_status all[] = {CF_OK,     CF_FINDINGS,   CF_USAGE,    CF_BAD_INPUT,
                                         CF_BROKEN, CF_INFEASIBLE, CF_INTERNAL, CF_CANNOT_CREATE,
                                         CF_IO,     CF_STOPPED};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        assert_true(strlen(cf_status_text(all[i])) > 3);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(cf_status_text(all[i]), cf_status_text(all[j]));
    }
    assert_string_equal(cf_status_text((enum cf_status)99), "an unknown status");
}

static void nobody_listens(void **state)
{
    (void)state;
    cf_report(NULL, CF_ERROR, "a.b", nowhere, NULL, "number %d", 1);
    cf_report_near(NULL, CF_ERROR, "a.b", nowhere, "x", NULL, 0, "number %d", 1);
    cf_diag_sort(NULL);
    cf_diag_print(NULL, stderr, CF_NOTICE, 0, 0);
    cf_diag_close(NULL);
    assert_int_equal(cf_diag_count(NULL, CF_NOTICE), 0);
    assert_int_equal(cf_diag_status(NULL), CF_OK);
    assert_string_equal(cf_diag_message(NULL, 0).text, "");
}

static void counts_by_severity(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_diag_status(diag), CF_OK);
    CHECK_PRINTED(diag, CF_NOTICE, 0, 0, "");
    cf_report(diag, CF_NOTICE, "n", nowhere, NULL, "a notice");
    cf_report(diag, CF_WARNING, "w", nowhere, NULL, "a warning");
    assert_int_equal(cf_diag_status(diag), CF_OK);
    cf_report(diag, CF_ERROR, "e", nowhere, NULL, "an error");
    assert_int_equal(cf_diag_status(diag), CF_BAD_INPUT);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 3);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 2);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    CHECK_PRINTED(diag, CF_WARNING, 0, 0, "warning: a warning\nerror: an error\n");
    cf_diag_close(diag);
}

static void prints_as_agreed(void **state)
{
    (void)state;
    static const char *const names[] = {"capacity", NULL, "participation", "survival"};
    cf_diag *diag = cf_diag_open();
    struct cf_at at = {"scenarios/rpa.cfg", 14, 5};
    cf_report_near(diag, CF_ERROR, "config.unknown", at, "particpation", names, 4,
                   "unknown setting '%s' in lever %d", "particpation", 2);
    CHECK_PRINTED(diag, CF_NOTICE, 0, 0,
                  "error: unknown setting 'particpation' in lever 2\n"
                  "  --> scenarios/rpa.cfg:14:5\n"
                  "   = help: did you mean 'participation'?\n");
    CHECK_PRINTED(diag, CF_NOTICE, 0, 1,
                  "\033[1;31merror\033[0m: unknown setting 'particpation' in lever 2\n"
                  "  --> scenarios/rpa.cfg:14:5\n"
                  "   = help: did you mean 'participation'?\n");
    cf_diag_close(diag);
}

static void leaves_out_what_is_not_known(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    cf_report(diag, CF_WARNING, "c", (struct cf_at){"b.csv", 0, 7}, NULL, "whole file");
    cf_report(diag, CF_WARNING, "c", (struct cf_at){"b.csv", 3, 0}, "mend it", "whole line");
    cf_report(diag, CF_NOTICE, NULL, (struct cf_at){"", 3, 4}, NULL, "no file");
    CHECK_PRINTED(diag, CF_NOTICE, 0, 0,
                  "notice: no file\n"
                  "warning: whole file\n  --> b.csv\n"
                  "warning: whole line\n  --> b.csv:3\n   = help: mend it\n");
    assert_string_equal(cf_diag_message(diag, 0).code, "");
    cf_diag_close(diag);
}

static void sorts_by_place_then_arrival(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    static const struct cf_at places[] = {{"b", 1, 1}, {"a", 10, 2}, {"a", 9, 30}, {"a", 9, 4},
                                          {"b", 0, 0}, {"a", 9, 4},  {NULL, 0, 0}};
    for (int i = 0; i < 7; i++)
        cf_report(diag, i % 2 ? CF_ERROR : CF_NOTICE, "c", places[i], NULL, "%c", 'A' + i);
    cf_diag_sort(diag);
    /* Another one after sorting comes last until sorted again. */
    cf_report(diag, CF_ERROR, "c", (struct cf_at){"a", 9, 4}, NULL, "H");
    assert_string_equal(cf_diag_message(diag, 7).text, "H");
    cf_diag_sort(diag);
    static const char order[] = "GDFHCBEA";
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(cf_diag_message(diag, i).text[0], order[i]);
    assert_string_equal(cf_diag_message(diag, 8).text, "");
    cf_diag_close(diag);
}

static void keeps_its_own_copies(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    char path[] = "a.csv", code[] = "x.y", help[] = "help", word[] = "word";
    cf_report(diag, CF_ERROR, code, (struct cf_at){path, 2, 3}, help, "%s", word);
    path[0] = code[0] = help[0] = word[0] = '#';
    struct cf_message message = cf_diag_message(diag, 0);
    assert_int_equal(message.severity, CF_ERROR);
    assert_string_equal(message.path, "a.csv");
    assert_string_equal(message.code, "x.y");
    assert_string_equal(message.help, "help");
    assert_string_equal(message.text, "word");
    assert_int_equal(message.line, 2);
    assert_int_equal(message.column, 3);
    cf_diag_close(diag);
}

static void repeats_count_once(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    struct cf_at at = {"a.csv", 2, 3}, beside = {"a.csv", 2, 4};
    for (int i = 0; i < 3; i++) {
        cf_report(diag, CF_ERROR, "c", at, NULL, "same");
        cf_report(diag, CF_WARNING, "c", at, NULL, "same");
        cf_report(diag, CF_ERROR, "d", at, NULL, "same");
        cf_report(diag, CF_ERROR, "c", beside, NULL, "same");
        cf_report(diag, CF_ERROR, "c", at, "help", "same");
        cf_report(diag, CF_ERROR, "c", at, NULL, "not the same");
        cf_diag_sort(diag);
    }
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 6);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 5);
    cf_diag_close(diag);
}

static void cap_says_how_many_more(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    for (int i = 1; i <= 5; i++)
        cf_report(diag, CF_ERROR, "c", nowhere, NULL, "e%d", i);
    for (int i = 1; i <= 3; i++)
        cf_report(diag, CF_WARNING, "c", nowhere, NULL, "w%d", i);
    cf_report(diag, CF_NOTICE, "c", nowhere, NULL, "n1");
    CHECK_PRINTED(diag, CF_NOTICE, 2, 0,
                  "error: e1\nerror: e2\nwarning: w1\nwarning: w2\nnotice: n1\n"
                  "and 3 more errors\nand 1 more warning\n");
    CHECK_PRINTED(diag, CF_ERROR, 4, 0,
                  "error: e1\nerror: e2\nerror: e3\nerror: e4\nand 1 more error\n");
    cf_diag_close(diag);
}

static void control_bytes_are_shown(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    cf_report(diag, CF_ERROR, "c", (struct cf_at){"a\tb", 0, 0}, "h\x7f", "x\033[2J\ny \xc3\xa9");
    CHECK_PRINTED(diag, CF_NOTICE, 0, 0,
                  "error: x\\x1b[2J\\x0ay \xc3\xa9\n  --> a\\x09b\n   = help: h\\x7f\n");
    cf_diag_close(diag);
}

static void long_and_many_messages(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    char *word = malloc(100001);
    memset(word, 'w', 100000);
    word[100000] = '\0';
    for (int i = 0; i < 5000; i++)
        cf_report(diag, CF_ERROR, "c", (struct cf_at){"a", 5000 - i, 1}, NULL, "m%d", i);
    cf_report(diag, CF_ERROR, "c", nowhere, NULL, "%s", word);
    cf_diag_sort(diag);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 5001);
    assert_string_equal(cf_diag_message(diag, 0).text, word);
    assert_string_equal(cf_diag_message(diag, 1).text, "m4999");
    free(word);
    cf_diag_close(diag);
}

static void looking_for_names_ends(void **state)
{
    (void)state;
    static const char *const names[] = {"capacity"};
    cf_diag *diag = cf_diag_open();
    for (int i = 0; i < 1001; i++)
        cf_report_near(diag, CF_ERROR, "c", nowhere, "capacty", names, 1, "%d", i);
    assert_string_equal(cf_diag_message(diag, 999).help, "did you mean 'capacity'?");
    assert_string_equal(cf_diag_message(diag, 1000).help, "");
    cf_diag_close(diag);
}

static void check_nearest(const char *wrong, const char *name, int near)
{
    const char *names[] = {NULL, name};
    const char *got = cf_nearest(wrong, names, 2);
    if (near)
        assert_ptr_equal(got, name);
    else
        assert_null(got);
}

static void nearest_is_near_enough(void **state)
{
    (void)state;
    check_nearest("areas", "area", 1);
    check_nearest("aera", "area", 1); /* two neighbours swapped are one step */
    check_nearest("raea", "area", 1);
    check_nearest("rate", "tare", 0); /* two steps in four letters */
    check_nearest("ab", "ba", 1);
    check_nearest("ab", "b", 1);
    check_nearest("ab", "cd", 0);
    check_nearest("a", "b", 0); /* nothing alike is left */
    check_nearest("a", "ab", 1);
    check_nearest("A", "a", 0);
    check_nearest("", "a", 0);
    check_nearest("a", "", 0);
    check_nearest("same", "same", 1);
    check_nearest("abcdef", "abcxyf", 1); /* a third of six letters */
    check_nearest("abcdef", "abcxyz", 0);
    check_nearest("abcdefghi", "cbadefhgi", 1);
    check_nearest("abcdefghi", "badcfehgi", 0);
    check_nearest("Participation", "participation", 1);
    assert_null(cf_nearest("a", NULL, 0));
    assert_null(cf_nearest(NULL, NULL, 0));
}

static void nearest_is_the_closest_and_first(void **state)
{
    (void)state;
    static const char *const names[] = {"survivors", "survive", "survival", "arrival"};
    assert_string_equal(cf_nearest("survial", names, 4), "survival");
    assert_string_equal(cf_nearest("surviva", names, 4), "survive");
    static const char *const equals[] = {"cost_b", "cost_a", "cost_c"};
    assert_string_equal(cf_nearest("cost_x", equals, 3), "cost_b");
    assert_string_equal(cf_nearest("cost_c", equals, 3), "cost_c");
}

static void overlong_names_have_no_nearest(void **state)
{
    (void)state;
    char name[300];
    memset(name, 'n', sizeof name);
    name[255] = '\0';
    check_nearest(name, name, 1);
    name[255] = 'n';
    name[256] = '\0';
    check_nearest(name, name, 0);
    check_nearest(name + 1, name, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(status_has_a_phrase),
        cmocka_unit_test(nobody_listens),
        cmocka_unit_test(counts_by_severity),
        cmocka_unit_test(prints_as_agreed),
        cmocka_unit_test(leaves_out_what_is_not_known),
        cmocka_unit_test(sorts_by_place_then_arrival),
        cmocka_unit_test(keeps_its_own_copies),
        cmocka_unit_test(repeats_count_once),
        cmocka_unit_test(cap_says_how_many_more),
        cmocka_unit_test(control_bytes_are_shown),
        cmocka_unit_test(long_and_many_messages),
        cmocka_unit_test(looking_for_names_ends),
        cmocka_unit_test(nearest_is_near_enough),
        cmocka_unit_test(nearest_is_the_closest_and_first),
        cmocka_unit_test(overlong_names_have_no_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
