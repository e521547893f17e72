#include "support/check.h"

#include <limits.h>

#include "model/lever_ops.h"
#include "place_files.h"

#define LEVERS(text) PLACE_YEARS "levers = (\n" text ");\n"

static void levers_are_bound(void **state)
{
    struct place *place = *state;
    place_levers(
        place,
        LEVERS("{ name = \"stay\"; field = \"net_rate\"; where = { age = ( \"14-15\", 18 );\n"
               "  group = \"lldd:1\"; }; op = \"add\"; value = 1; },\n"
               "{ field = \"external\"; where = { year = \"2011-\"; area = ( \"south\", "
               "\"authority:a1\" );\n"
               "  }; op = \"log_add\"; value = -0.25; from = 2010; until = 2011; ramp = 2; }\n"));
    expect_messages(place, 0);
    const struct cf_scenario *s = &place->model.scenario;
    assert_int_equal(s->n_levers, 2);
    const struct cf_lever *stay = &s->lever[0], *second = &s->lever[1];
    assert_string_equal(stay->name, "stay");
    assert_int_equal(stay->field, CF_FIELD_net_rate);
    assert_int_equal(stay->op, cf_lever_op_find("add"));
    assert_true(stay->value == 1);
    assert_true(stay->from == INT_MIN && stay->until == INT_MAX && stay->ramp == 0);
    assert_int_equal(stay->where[0].n_selected, 2); /* all areas */
    assert_int_equal(stay->where[1].n_selected, 1);
    assert_int_equal(stay->where[1].member[1], 1);
    assert_int_equal(stay->where[2].n_selected, 3);
    assert_int_equal(stay->where[2].member[2], 0);
    assert_int_equal(stay->at.line, 3);
    assert_string_equal(second->name, "lever 2");
    assert_int_equal(second->where[0].n_selected, 2); /* years 2011, 2012 */
    assert_int_equal(second->where[1].n_selected, 2);
    assert_true(second->from == 2010 && second->until == 2011 && second->ramp == 2);
}

static void members_that_settings_name(void **state)
{
    struct place *place = *state;
    place_levers(place, PLACE_YEARS "exempt_level = \"l2\"; duty_default = \"sixth\";\n"
                                    "protected = [ \"lldd:1\" ]; views_ages = 16;\n"
                                    "coverage_ages = \"16-18\";\n");
    expect_messages(place, 0);
    const struct cf_scenario *s = &place->model.scenario;
    assert_int_equal(s->exempt_level, 1);
    assert_int_equal(s->duty_default, 1);
    assert_int_equal(s->protected_groups.n_selected, 1);
    assert_int_equal(s->protected_groups.member[1], 1);
    assert_int_equal(s->n_levers, 0);
}

static void members_that_nobody_knows(void **state)
{
    struct place *place = *state;
    place_levers(place, PLACE_YEARS "exempt_level = \"l4\"; duty_default = \"job\";\n"
                                    "protected = \"lld:1\"; coverage_ages = \"26-28\";\n");
    expect(place, "setting.member", 2, "setting 'exempt_level' is 'l4', no member of axis 'level'",
           NULL);
    expect(place, "setting.duty-default", 2, "duty_default 'job' is a status that does not", NULL);
    expect(place, "selector.attribute", 3, "axis 'group' has no attribute 'lld'",
           "did you mean 'lldd'?");
    expect(place, "selector.nothing", 3, "'26-28' matches nothing, the ages are 14 to 18", NULL);
    expect_messages(place, 4);
    assert_int_equal(place->model.scenario.protected_groups.n_selected, 0);
}

static void unknown_settings_of_levers(void **state)
{
    struct place *place = *state;
    place_levers(
        place, LEVERS("{ name = \"a\"; field = \"net_rate\"; op = \"add\"; value = 0.1; },\n"
                      "{ name = \"b\"; feild = \"net_rate\"; op = \"add\"; value = 0.1; },\n"
                      "{ name = \"c\"; field = \"net_rates\"; op = \"ad\"; value = \"0.1\"; }\n"));
    expect(place, "setting.unknown", 4, "unknown setting 'feild' in lever 2",
           "did you mean 'field'?"); /* and not that it is missing */
    expect(place, "lever.field", 5, "unknown field 'net_rates' in lever 'c'",
           "did you mean 'net_rate'?");
    expect(place, "lever.op", 5, "unknown operation 'ad' in lever 'c'", "did you mean 'add'?");
    expect(place, "setting.type", 5, "setting 'value' in lever 3 is text, a number is wanted",
           NULL);
    expect_messages(place, 4);
}

static void where_is_checked(void **state)
{
    struct place *place = *state;
    place_levers(
        place, LEVERS("{ name = \"a\"; field = \"net_rate\"; op = \"add\"; value = 0.1; where = {\n"
                      "  aera = \"north\";\n  sex = \"f\";\n  group = [ ];\n  age = \"19\";\n"
                      "  area = [ 1.5 ]; }; },\n"
                      "{ name = \"b\"; field = \"external\"; op = \"add\"; value = 0.1; where = {\n"
                      "  year = -2012;\n area = \"nort\";\n  age = true;\n }; },\n"
                      "{ name = \"c\"; field = \"survival\"; op = \"add\"; value = 0.1; where = "
                      "\"north\"; }\n"));
    expect(place, "lever.axis", 4, "'aera' in 'where' of lever 'a' is no axis of field 'net_rate'",
           "did you mean 'area'?");
    expect(place, "lever.axis", 5, "'sex' in 'where' of lever 'a' is no axis",
           "write group = \"sex:...\"");
    expect(place, "selector.nothing", 6, "'group' in 'where' of lever 'a' is empty", NULL);
    expect(place, "selector.nothing", 7, "'19' matches nothing", NULL);
    expect(place, "selector.type", 8, "has a number, a selector is text or a whole number", NULL);
    expect(place, "selector.negative", 10, "-2012 is no member", "\"-2012\"");
    expect(place, "selector.code", 11, "axis 'area' has no member 'nort'", "did you mean 'north'?");
    expect(place, "selector.type", 12, "has true or false", NULL);
    expect(place, "setting.type", 14, "setting 'where' in lever 3 is text, a group is wanted",
           NULL);
    expect_messages(place, 9);
}

static void second_axes_can_be_selected(void **state)
{
    struct place *place = *state;
    place_levers(
        place,
        LEVERS(
            "{ name = \"a\"; field = \"regroup\"; where = { group = \"f\"; group_to = \"d\"; };\n"
            "  op = \"set\"; value = 0.1; }\n"));
    expect_messages(place, 0);
    const struct cf_lever *lever = &place->model.scenario.lever[0];
    assert_true(lever->where[0].member[0] && !lever->where[0].member[1]);
    assert_true(!lever->where[2].member[0] && lever->where[2].member[1]);
}

static void years_of_levers(void **state)
{
    struct place *place = *state;
    place_levers(
        place,
        LEVERS("{ name = \"a\"; field = \"net_rate\"; op = \"add\"; value = 0.1; ramp = 2; },\n"
               "{ name = \"b\"; field = \"net_rate\"; op = \"add\"; value = 0.1; from = 2011; "
               "until = 2010; },\n"
               "{ name = \"c\"; field = \"population\"; op = \"add\"; value = 1; from = 2010; },\n"
               "{ name = \"d\"; field = \"population\"; op = \"add\"; value = 1; from = 2009; },\n"
               "{ name = \"e\"; field = \"population\"; op = \"add\"; value = 1; where = { year = "
               "2009; }; },\n"
               "{ name = \"f\"; field = \"net_rate\"; op = \"add\"; value = 1; from = 2015; },\n"
               "{ name = \"g\"; field = \"net_rate\"; op = \"add\"; value = 1; from = 2010; ramp = "
               "1.5; }\n"));
    expect(place, "lever.ramp-without-from", 3, "lever 'a' has a ramp without 'from'", NULL);
    expect(place, "lever.years", 4, "lever 'b' ends in 2010, before it starts in 2011", NULL);
    expect(place, "lever.base-year-only", 5, "lever 'c' starts in 2010, 'population' can be pulled",
           NULL);
    expect(place, "lever.base-year-only", 7, "lever 'e' selects a year", NULL);
    expect(place, "lever.never", 8, "lever 'f' acts in no year from 2009 to 2012", NULL);
    expect(place, "setting.type", 9, "setting 'ramp' in lever 7 is a number, a whole number", NULL);
    expect_messages(place, 6);
}

static void wrong_levers_beside_right_ones(void **state)
{
    struct place *place = *state;
    place_levers(
        place, LEVERS("{ name = \"a\"; field = \"alpha\"; op = \"set\"; value = 0.5; },\n"
                      "{ name = \"b\"; field = \"alpha\"; op = \"set\"; value = 0.5; where = { "
                      "area = \"north\"; }; },\n"
                      "{ name = \"c\"; field = \"net_rate\"; op = \"logit_add\"; value = 0.5; },\n"
                      "{ name = \"d\"; field = \"places\"; op = \"add\"; value = 5; where = { site "
                      "= \"s3\"; }; },\n"
                      "4\n"));
    expect(place, "lever.axis", 4, "is no axis of field 'alpha' (it has none)", NULL);
    expect(place, "lever.not-a-share", 5, "lever 'c' moves log odds", NULL);
    expect(place, "selector.code", 6, "axis 'site' has no member 's3'", NULL);
    expect(place, "setting.type", 7, "entry 5 of 'levers' is a whole number, a group", NULL);
    expect_messages(place, 4);
    assert_int_equal(cf_diag_count(place->diag, CF_ERROR), 3);
}

static void a_broken_axis_is_not_told_again(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/area.csv", "code\n");
    place_levers(place, LEVERS("{ name = \"a\"; field = \"net_rate\"; op = \"add\"; value = 0.1;\n"
                               "  where = { area = \"north\"; }; }\n"));
    expect(place, "axis.no-members", 0, "axis 'area'", NULL);
    expect_messages(place, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(levers_are_bound),
        TEST(members_that_settings_name),
        TEST(members_that_nobody_knows),
        TEST(unknown_settings_of_levers),
        TEST(where_is_checked),
        TEST(second_axes_can_be_selected),
        TEST(years_of_levers),
        TEST(wrong_levers_beside_right_ones),
        TEST(a_broken_axis_is_not_told_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
