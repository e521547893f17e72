#include "support/check.h"

#include <limits.h>

#include "place_files.h"

/* Sites s1, s2 and s3, of which the axis closes s2. */
static struct cf_provision *close_sites(struct place *place, const char *closures)
{
    char text[512];
    snprintf(text, sizeof text, PLACE_YEARS "closures = ( %s );\n", closures);
    place_write(place, "axes/site.csv",
                "code,area,authority,provider,closing_year,teach_out\n"
                "s1,north,a3,p,,\ns2,south,a1,p,2011,2\ns3,south,a1,q,,\n");
    place_levers(place, text);
    cf_load_closures(&place->model, &place->config, place->diag);
    cf_find_provision(&place->model);
    return &place->model.provision;
}

static void over_what_the_axis_says(void **state)
{
    struct place *place = *state;
    const struct cf_provision *p =
        close_sites(place, "{ site = \"s2\"; year = 2012; }, { site = \"s3\"; year = 2010; "
                           "teach_out = 1; }");
    expect_messages(place, 0);
    assert_int_equal(place->model.scenario.n_closures, 2);
    assert_int_equal(p->site[0].closing_year, INT_MAX);
    assert_int_equal(p->site[1].closing_year, 2012);
    assert_int_equal(p->site[1].teach_out, 0);
    assert_int_equal(p->site[2].closing_year, 2010);
    assert_int_equal(p->site[2].teach_out, 1);
}

static void the_later_in_the_list_counts(void **state)
{
    struct place *place = *state;
    const struct cf_provision *p = close_sites(
        place, "{ site = \"provider:p\"; year = 2010; }, { site = ( \"s1\", \"s3\" ); year = 2012; "
               "teach_out = 3; }");
    expect_messages(place, 0);
    assert_int_equal(p->site[0].closing_year, 2012);
    assert_int_equal(p->site[0].teach_out, 3);
    assert_int_equal(p->site[1].closing_year, 2010);
    assert_int_equal(p->site[1].teach_out, 0);
    assert_int_equal(p->site[2].closing_year, 2012);
}

static void what_is_wrong(void **state)
{
    struct place *place = *state;
    close_sites(place, "{ site = \"s4\"; year = 2010; }, { site = \"s1\"; year = 2008; }, "
                       "{ site = \"s1\"; year = 2013; }, { site = \"s1\"; year = 2010; teach_out = "
                       "-1; }, { year = 2010; }, 7");
    expect(place, "selector.code", 2, "axis 'site' has no member 's4'", "did you mean 's1'");
    expect(place, "closure.year", 2, "closure 2 is in 2008, before base_year 2009", NULL);
    expect(place, "closure.late", 2, "closure 3 is in 2013, after end_year 2012", NULL);
    expect(place, "setting.range", 2, "setting 'teach_out' in closure 4 is -1", NULL);
    expect(place, "setting.missing", 2, "setting 'site' in closure 5 is missing", NULL);
    expect(place, "setting.type", 2, "entry 6 of 'closures' is a whole number", NULL);
    expect_messages(place, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(over_what_the_axis_says, place_open, place_close),
        cmocka_unit_test_setup_teardown(the_later_in_the_list_counts, place_open, place_close),
        cmocka_unit_test_setup_teardown(what_is_wrong, place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
