#include "unit/input/config_fixture.h"

#include "input/config_flat.h"

static void one_by_one(void **state)
{
    struct fixture *f = *state;
    static const struct cf_flat_setting expected[] = {
        {"title", 5, "\"a \\\"place\\\"\""},
        {"end_year", 8, "2020"},
        {"years", 5, "[ 2015, 2020 ]"},
        {"none", 4, "( )"},
        {"empty", 5, "{ }"},
        {"planning.penalty", 16, "0.5"},
        {"planning.on", 11, "true"},
        {"levers.a.dot.name", 12, "\"a.dot\""},
        {"levers.a.dot.where.area", 12, "[ \"x\", \"y\" ]"},
        {"levers.a.dot.steps.1.year", 12, "2011"},
        {"indicators.ni79.code", 15, "\"ni79\""},
        {"closures.1.site", 10, "\"s\""},
        {"closures.2.site", 10, "\"t\""},
    };
    struct cf_flat_settings flat;
    load_text(f, "title = \"a \\\"place\\\"\"; end_year = 2020; years = [ 2015, 2020 ]; none = ();"
                 "empty = { }; planning = { penalty = 5e-1; on = true; };"
                 "levers = ( { name = \"a.dot\"; where = { area = [ \"x\", \"y\" ]; };"
                 "             steps = ( { year = 2011; } ); } );"
                 "indicators = ( { code = \"ni79\"; } );"
                 "closures = ( { site = \"s\"; }, { site = \"t\"; } );");
    cf_config_flatten(&f->arena, f->config.root, &flat);
    assert_int_equal(flat.n, sizeof expected / sizeof *expected);
    for (int i = 0; i < flat.n; i++) {
        assert_string_equal(flat.setting[i].path, expected[i].path);
        assert_string_equal(flat.setting[i].value, expected[i].value);
        assert_int_equal(flat.setting[i].entry, expected[i].entry);
    }
}

/* The text of a results file gives what the files gave. */
static void resolved_text_is_the_same(void **state)
{
    struct fixture *f = *state;
    struct cf_flat_settings flat, again;
    struct cf_config config;
    load_text(f, "a = 1; b = ( { name = \"n\"; x = 1.5; } ); c = { d = -2; };");
    cf_config_flatten(&f->arena, f->config.root, &flat);
    const struct cf_config_text text = {
        .path = "r", .bytes = f->config.resolved, .length = strlen(f->config.resolved)};
    assert_int_equal(cf_config_read_text(&f->arena, &text, NULL, 0, &config, f->diag), CF_OK);
    cf_config_flatten(&f->arena, config.root, &again);
    assert_int_equal(flat.n, 4);
    assert_int_equal(again.n, flat.n);
    for (int i = 0; i < flat.n; i++) {
        assert_string_equal(again.setting[i].path, flat.setting[i].path);
        assert_string_equal(again.setting[i].value, flat.setting[i].value);
    }
}

static void nothing_is_nothing(void **state)
{
    struct fixture *f = *state;
    struct cf_flat_settings flat;
    load_text(f, "");
    cf_config_flatten(&f->arena, f->config.root, &flat);
    assert_int_equal(flat.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(one_by_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(resolved_text_is_the_same, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_nothing, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
