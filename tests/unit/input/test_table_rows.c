/* Columns, members, ranges and numbers: each message once, at its line and column. */
#include "table_place.h"

static void the_plain_place_is_good(void **state)
{
    struct place *p = *state;
    place_load(p);
    errors(p, 0);
    told(p, CF_WARNING, "sources.missing", "sources.csv", 0, 0,
         "there is no sources.csv: where the tables come from is unknown");
}

static void columns(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/survival.csv", "grup,age,value\nmain,16,0.9\n");
    place_file(p, "tables/net_rate.csv", "area,worth\nnorth,0.1\n");
    place_file(p, "tables/minutes.csv", "authority,value\na1,10\n");
    place_load(p);
    told(p, CF_ERROR, "table.column", "survival.csv", 1, 1, "unknown column 'grup'");
    helped(p, "unknown column 'grup'", "did you mean 'group'?");
    told(p, CF_ERROR, "table.column", "net_rate.csv", 1, 6,
         "there is no column 'value', and the column 'worth' is unknown");
    helped(p, "there is no column 'value', and the column 'worth' is unknown",
           "rename 'worth' to value?");
    told(p, CF_ERROR, "table.column", "minutes.csv", 1, 1,
         "'authority' is an attribute of both 'area' and 'site'");
    errors(p, 3);
}

static void an_attribute_goes_to_the_axis_without_a_column(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/minutes.csv",
               "area,authority,note,value\nnorth,a1,near,10\n"
               "north,a2,far,35\nsouth,,,20\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, minutes, 0, 0), 10);
    is_near(VALUE(p, minutes, 0, 1), 35);
    is_near(VALUE(p, minutes, 1, 0), 20);
    is_near(VALUE(p, minutes, 1, 1), 20);
}

static void second_axes(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/regroup.csv",
               "age,group,group_to,value\n16,main,main,0.99\n"
               "16,main,lldd,0.01\n");
    place_file(p, "tables/progression.csv", "kind_to,value\nlearning,0.8\nneet,0.2\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, regroup, 0, 1, 1), 0.01);
    is_near(VALUE(p, regroup, 0, 2, 0), 1);
    is_near(VALUE(p, regroup, 1, 1, 1), 1);
    is_near(VALUE(p, progression, 0, 2, 1, 1, 1), 0.8);
    is_near(VALUE(p, progression, 0, 2, 1, 1, 0), 0);
}

static void members_and_attributes(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv", "area,age,value\nnorht,16,0.1\n,16,0.1\nsouth,17,0.2\n");
    place_file(p, "tables/out_rate.csv", "authority,region,value\na3,r,0.1\na1,r,0.2\n");
    place_file(p, "tables/survival.csv", "group,lldd,value\nmain,1,0.5\n");
    place_load(p);
    told(p, CF_ERROR, "table.member", "net_rate.csv", 2, 1, "unknown area 'norht'");
    helped(p, "unknown area 'norht'", "did you mean 'north'?");
    told(p, CF_ERROR, "table.attribute", "out_rate.csv", 2, 1, "no area has authority 'a3'");
    told(p, CF_ERROR, "table.empty", "survival.csv", 2, 6,
         "group 'main' does not have the attributes that the row gives");
    errors(p, 3);
    is_near(VALUE(p, net_rate, 1, 0, 1), 0.1);
    is_near(VALUE(p, net_rate, 1, 0, 2), 0.2);
    is_near(VALUE(p, out_rate, 0, 1, 3), 0.2);
    is_near(VALUE(p, out_rate, 1, 1, 3), 0);
}

static void attributes_that_nobody_has_together(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/area.csv", "code,label,authority,region\nnorth,,a1,r\nsouth,,a2,q\n");
    place_file(p, "tables/out_rate.csv", "authority,region,value\na1,q,0.1\n");
    place_load(p);
    told(p, CF_ERROR, "table.empty", "out_rate.csv", 2, 4,
         "no area has all the attributes that the row gives");
    errors(p, 1);
}

static void ranges(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/net_rate.csv",
               "age,value\n18-16,0.1\n16 to 18,0.1\n21-30,0.1\n14,0.1\n"
               "19-30,0.3\n-16,0.2\n17-,0.1\n");
    place_file(p, "tables/duty.csv", "year,value\n2013-2012,0\n1776,0.1\n2012-,1\n-2010,0.5\n");
    place_load(p);
    told(p, CF_ERROR, "table.range", "net_rate.csv", 2, 1,
         "'18-16' is not an age or range of ages");
    told(p, CF_ERROR, "table.range", "net_rate.csv", 3, 1,
         "'16 to 18' is not an age or range of ages");
    told(p, CF_ERROR, "table.range", "net_rate.csv", 4, 1,
         "ages 21-30 are outside first_age to last_age, 15 to 20");
    told(p, CF_ERROR, "table.range", "net_rate.csv", 5, 1,
         "age 14 is outside first_age to last_age, 15 to 20");
    told(p, CF_ERROR, "table.range", "duty.csv", 2, 1,
         "'2013-2012' is not a year or range of years");
    told(p, CF_ERROR, "table.range", "duty.csv", 3, 1, "year 1776 is not between 1900 and 2200");
    errors(p, 6);
    is_near(VALUE(p, net_rate, 0, 1, 0), 0.2);
    is_near(VALUE(p, net_rate, 0, 1, 2), 0.1);
    is_near(VALUE(p, duty, 1, 0), 0.5);
    is_near(VALUE(p, duty, 2, 0), 0.75);
    is_near(VALUE(p, duty, 4, 0), 1);
}

static void numbers(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/survival.csv", "age,value\n16,0x1p-1\n17,\n18,1.5\n19,-0.1\n20,0.5\n");
    place_load(p);
    told(p, CF_ERROR, "table.value", "survival.csv", 2, 4, "'0x1p-1' is not a number");
    told(p, CF_ERROR, "table.value", "survival.csv", 3, 4, "the value is empty");
    told(p, CF_ERROR, "table.bounds", "survival.csv", 4, 4,
         "1.5 is not between 0 and 1, the bounds of survival");
    told(p, CF_ERROR, "table.bounds", "survival.csv", 5, 4,
         "-0.1 is not between 0 and 1, the bounds of survival");
    errors(p, 4);
}

static void counts_want_an_age(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/external.csv",
               "area,age,value\nnorth,15-16,5\nnorth,,5\nnorth,16-16,4\n");
    place_load(p);
    told(p, CF_ERROR, "table.count", "external.csv", 2, 7,
         "external is a count: it cannot take a range of ages");
    told(p, CF_ERROR, "table.count", "external.csv", 3, 7, "external is a count: it needs an age");
    errors(p, 2);
}

static void many_errors_are_counted(void **state)
{
    struct place *p = *state;
    struct cf_text text = {0};
    cf_text_add(&text, "area,value\n");
    for (int k = 0; k < 50; k++)
        cf_text_format(&text, "x%d,0\n", k);
    place_file(p, "tables/net_rate.csv", text.data);
    cf_text_free(&text);
    place_load(p);
    told(p, CF_ERROR, "table.more", "net_rate.csv", 22, 1,
         "there are 30 more of these in this file: unknown members");
    errors(p, 21);
}

/* Without years and ages what can be told is told, and nothing is filled. */
static void rows_are_read_when_years_are_not_known(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/survival.csv", "group,age,value\nmian,16,7\n");
    cf_load_axes(p->model, 0, p->diag);
    cf_load_sources(p->model, p->diag);
    cf_load_fields(p->model, 0, p->diag);
    told(p, CF_ERROR, "table.member", "survival.csv", 2, 1, "unknown group 'mian'");
    told(p, CF_ERROR, "table.bounds", "survival.csv", 2, 9,
         "7 is not between 0 and 1, the bounds of survival");
    errors(p, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(the_plain_place_is_good),
        PLACE_TEST(columns),
        PLACE_TEST(an_attribute_goes_to_the_axis_without_a_column),
        PLACE_TEST(second_axes),
        PLACE_TEST(members_and_attributes),
        PLACE_TEST(attributes_that_nobody_has_together),
        PLACE_TEST(ranges),
        PLACE_TEST(numbers),
        PLACE_TEST(counts_want_an_age),
        PLACE_TEST(many_errors_are_counted),
        PLACE_TEST(rows_are_read_when_years_are_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
