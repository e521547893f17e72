#include "support/check.h"

#include "place_files.h"

/* The axes depend on a few settings only; no scenario file is needed. */
static void load(struct place *place, int ready)
{
    struct cf_scenario *s = &place->model.scenario;
    s->place = place->folder;
    s->base_year = 2009;
    s->end_year = 2012;
    s->first_age = 14;
    s->last_age = 18;
    s->choice_age = 16;
    cf_load_axes(&place->model, ready, place->diag);
}

static void members_come_in_order_with_attributes(void **state)
{
    struct place *place = *state;
    load(place, 1);
    expect_messages(place, 0);
    const struct cf_axis *area = &place->model.axis[CF_AXIS_AREA];
    assert_int_equal(area->n, 2);
    assert_string_equal(area->codes.name[1], "south");
    assert_string_equal(area->label[0], "North");
    assert_string_equal(area->label[1], "south"); /* without a label: the code */
    assert_int_equal(area->at[1].line, 3);
    assert_string_equal(cf_axis_value(area, "authority", 1), "a2");
    const struct cf_axis *status = &place->model.axis[CF_AXIS_STATUS];
    const struct cf_attribute *p = &status->attribute[cf_axis_attribute(status, "participates")];
    assert_int_equal(p->values.n, 2);
    assert_true(p->number[0] == 0 && p->number[1] == 0 && p->number[2] == 1 && p->number[3] == 1);
    assert_int_equal(place->model.axis[CF_AXIS_GRADE].n, 0);
    assert_int_equal(place->model.n_files, 6);
    assert_string_equal(place->model.file[0].name, "axes/area.csv");
}

static void axes_of_settings_and_derived_ones(void **state)
{
    struct place *place = *state;
    load(place, 1);
    const struct cf_axis *axis = place->model.axis;
    assert_int_equal(axis[CF_AXIS_YEAR].n, 4);
    assert_string_equal(axis[CF_AXIS_YEAR].codes.name[3], "2012");
    assert_string_equal(axis[CF_AXIS_YEAR].label[0], "2009/10");
    assert_int_equal(axis[CF_AXIS_AGE].n, 5);
    assert_string_equal(axis[CF_AXIS_AGE].codes.name[0], "14");
    assert_int_equal(axis[CF_AXIS_AUTHORITY].n, 3); /* a1, a2 of areas, then a3 of a site */
    assert_string_equal(axis[CF_AXIS_AUTHORITY].codes.name[2], "a3");
    assert_int_equal(axis[CF_AXIS_COLLABORATION].n, 5);
    assert_string_equal(axis[CF_AXIS_COLLABORATION].codes.name[0], "1");
    assert_string_equal(axis[CF_AXIS_COLLABORATION].label[4], "full integration");
}

static void the_extent_is_laid_out(void **state)
{
    struct place *place = *state;
    load(place, 1);
    const struct cf_extent *e = &place->model.extent;
    assert_true(e->Y == 4 && e->A == 2 && e->G == 2 && e->X == 5 && e->L == 2 && e->S == 4);
    assert_true(e->base_year == 2009 && e->first_age == 14);
    assert_true(e->choice_x == 2 && e->n_narrow == 1);
    assert_true(e->school == 0 && e->fallback == 3);
    assert_true(e->last_x[0] == 2); /* 16 */
    assert_true(e->last_x[1] == 4); /* 40, cut at the last age of all */
}

static void without_years_there_is_no_extent(void **state)
{
    struct place *place = *state;
    load(place, 0);
    expect_messages(place, 0);
    assert_null(place->model.extent.last_x);
}

static void codes_are_checked(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/area.csv",
                "code,label\nnorth,N\nso uth,S\n,E\nnorth,W\na:b,X\nörtlich,Y\nE09000002,Z\n");
    load(place, 1);
    expect(place, "axis.code", 3, "code 'so uth' has a ' ' in it", NULL);
    expect(place, "axis.empty-code", 4, "a member of axis 'area' has no code", NULL);
    expect(place, "axis.code-twice", 5,
           "code 'north' of axis 'area' is given twice, on lines 2 and 5", NULL);
    expect(place, "axis.code", 6, "code 'a:b' has a ':' in it", NULL);
    /* The row of 'south' is gone, but a site that stands there is not told as well. */
    expect_messages(place, 4);
}

static void needed_axes_need_members(void **state)
{
    struct place *place = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/axes/group.csv", place->folder);
    assert_int_equal(remove(path), 0);
    place_write(place, "axes/area.csv", "code,label\n");
    place_write(place, "axes/level.csv", "cod,label\nl1,L\n");
    place_write(place, "axes/line.csv", "code,label\n");
    load(place, 1);
    expect(place, "axis.missing", 0, "axis 'group' has no file, it must have members", NULL);
    expect(place, "axis.no-members", 0, "axis 'area' must have members and has none", NULL);
    expect(place, "axis.no-code", 1, "axis 'level' has no column 'code'", NULL);
    expect_messages(place, 3);
    assert_null(place->model.extent.last_x);
}

static void statuses_are_checked(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/status.csv",
                "code,kind,participates,provided,fallback\nschool,school,1,0,0\n"
                "sixth,learnin,yes,1,1\nprimary,school,1,0,\nneet,neet,0,0,0\n");
    load(place, 1);
    expect(place, "axis.kind", 3, "'kind' of status 'sixth' is 'learnin'",
           "did you mean 'learning'?");
    expect(place, "axis.attribute", 3,
           "'participates' of status 'sixth' is 'yes', it must be 0 or 1", NULL);
    expect(place, "axis.attribute", 4, "'fallback' of status 'primary' is empty", NULL);
    expect(place, "axis.status-two", 4,
           "exactly one status has kind school, 'school' on line 2 and 'primary' on line 4", NULL);
    expect(place, "axis.fallback", 3, "the fallback status 'sixth' cannot be provided", NULL);
    expect_messages(place, 5);
}

static void school_and_fallback_must_be_there(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/status.csv", "code,kind,provided\nsixth,learning,1\n");
    load(place, 1);
    expect(place, "axis.status-none", 0, "exactly one status has kind school, none has it", NULL);
    expect(place, "axis.no-attribute", 0, "axis 'status' has no column 'fallback'", NULL);
    expect_messages(place, 2);
    assert_null(place->model.extent.last_x);
}

static void attributes_of_other_axes_are_checked(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/group.csv", "code,lldd,last_age\nf,2,sixteen\nd,1,\n");
    place_write(place, "axes/line.csv",
                "code,route,viable_group\nalevel,sixt,10\nvoc,job,-3\nfoo,,x\n");
    place_write(place, "axes/site.csv", "code,area,easting,northing\ns1,nort,5e5,1\ns2,,abc,1\n");
    load(place, 1);
    expect(place, "axis.attribute", 2, "'lldd' of group 'f' is '2', it must be 0 or 1", NULL);
    expect(place, "axis.attribute", 2, "'last_age' of group 'f' is 'sixteen', it must be a whole",
           NULL);
    expect(place, "axis.member", 2,
           "'route' of line 'alevel' is 'sixt', no member of axis 'status'",
           "did you mean 'sixth'?");
    expect(place, "axis.route", 3, "route 'job' of line 'voc' is a status that is not provided",
           NULL);
    expect(place, "axis.attribute", 3,
           "'viable_group' of line 'voc' is '-3', it must be more than zero", NULL);
    expect(place, "axis.attribute", 4, "'route' of line 'foo' is empty", NULL);
    expect(place, "axis.attribute", 4, "'viable_group' of line 'foo' is 'x', it must be a number",
           NULL);
    expect(place, "axis.member", 2, "'area' of site 's1' is 'nort'", "did you mean 'north'?");
    expect(place, "axis.attribute", 3, "'easting' of site 's2' is 'abc', it must be a number",
           NULL);
    expect_messages(place, 9);
}

static void lines_say_whom_they_serve(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/line.csv",
                "code,route,from_age,to_age,viable_group,learners_per_teacher,full_group\n"
                "a,sixth,16,15,,,\nb,sixth,16,16,0,-1,1\nc,sixth,x,15,1e-3,12.5,0\n");
    load(place, 1);
    expect(place, "axis.line-ages", 2, "line 'a' serves ages to 15, before it starts at 16", NULL);
    expect(place, "axis.attribute", 3, "'viable_group' of line 'b' is '0', it must be more than",
           NULL);
    expect(place, "axis.attribute", 3,
           "'learners_per_teacher' of line 'b' is '-1', it must be more", NULL);
    expect(place, "axis.attribute", 4, "'from_age' of line 'c' is 'x', it must be a whole", NULL);
    expect(place, "axis.attribute", 4, "'full_group' of line 'c' is '0', it must be more", NULL);
    expect_messages(place, 5);
}

static void lines_have_a_route(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/line.csv", "code,label\nalevel,A level\n");
    load(place, 1);
    expect(place, "axis.no-attribute", 0, "axis 'line' has no column 'route'", "the status of");
    expect_messages(place, 1);
}

static void coordinates_come_in_pairs(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/area.csv",
                "code,easting,northing,lon,lat\nnorth,1e9,2,-180.5,90\nsouth,,,1,91\n");
    place_write(place, "axes/site.csv", "code,easting,northing,lon\ns1,1,,\ns2,,,0.5\n");
    load(place, 1);
    expect(place, "axis.attribute", 2,
           "'easting' of area 'north' is '1e9', it must be between -100000000 and 100000000", NULL);
    expect(place, "axis.attribute", 2, "is '-180.5', it must be between -180 and 180", NULL);
    expect(place, "axis.attribute", 3, "is '91', it must be between -90 and 90", NULL);
    expect(place, "axis.coordinates", 2, "site 's1' has 'easting' and no 'northing'", NULL);
    expect(place, "axis.coordinates", 3, "site 's2' has 'lon' and no 'lat'", NULL);
    expect_messages(place, 5);
}

static void a_group_nobody_follows(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/group.csv", "code,last_age\nf,18\nyoung,13\n");
    load(place, 1);
    expect(place, "axis.not-followed", 3, "group 'young' is followed at no age", NULL);
    expect_messages(place, 1);
    assert_int_equal(place->model.extent.last_x[1], -1);
}

static void unknown_files_are_named(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/aera.csv", "code\nx\n");
    place_write(place, "axes/age.csv", "code\n14\n");
    place_write(place, "axes/.hidden", "");
    load(place, 1);
    expect(place, "axis.unknown-file", 0, "unknown file 'aera.csv'", "did you mean 'area.csv'?");
    expect(place, "axis.unknown-file", 0, "unknown file 'age.csv'", NULL);
    expect_messages(place, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(members_come_in_order_with_attributes),
        TEST(axes_of_settings_and_derived_ones),
        TEST(the_extent_is_laid_out),
        TEST(without_years_there_is_no_extent),
        TEST(codes_are_checked),
        TEST(needed_axes_need_members),
        TEST(statuses_are_checked),
        TEST(school_and_fallback_must_be_there),
        TEST(attributes_of_other_axes_are_checked),
        TEST(lines_say_whom_they_serve),
        TEST(lines_have_a_route),
        TEST(coordinates_come_in_pairs),
        TEST(a_group_nobody_follows),
        TEST(unknown_files_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
