/* Years that no row covers: between, after the last, before the first. */
#include "table_place.h"

static const char *const series = "year,area,value\n2003,north,4\n2011,north,12\n2012,south,7\n"
                                  "2019,south,14\n";

static void linear_and_hold(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/dwellings.csv", series);
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, dwellings, 0, 0), 10); /* from 2003 to 2011 */
    is_near(VALUE(p, dwellings, 1, 0), 11);
    is_near(VALUE(p, dwellings, 2, 0), 12);
    is_near(VALUE(p, dwellings, 4, 0), 12);
    is_near(VALUE(p, dwellings, 0, 1), 0); /* before the first */
    is_near(VALUE(p, dwellings, 3, 1), 7);
    is_near(VALUE(p, dwellings, 4, 1), 8); /* towards 2019 */
    assert_int_equal(LINE(p, dwellings, 0, 1), 0);
    assert_int_equal(LINE(p, dwellings, 1, 0), -1);
    assert_int_equal(LINE(p, dwellings, 2, 0), 3);
    assert_int_equal(LINE(p, dwellings, 4, 0), -1);
    told(p, CF_NOTICE, "table.years", "dwellings.csv", 0, 0,
         "dwellings: years between given ones are interpolated in 3 cells; the last given year is "
         "held after it in 2 cells, from 2012 on");
}

static void step_and_errors(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/dwellings.csv", series);
    place_file(p, "tables/recruits.csv", "year,site,value\n2009,s1,1\n2012,s1,2\n");
    p->model->scenario.table[CF_FIELD_dwellings].between = CF_BETWEEN_STEP;
    p->model->scenario.table[CF_FIELD_dwellings].beyond = CF_BEYOND_ERROR;
    p->model->scenario.table[CF_FIELD_recruits] =
        (struct cf_table_rule){CF_BETWEEN_ERROR, CF_BEYOND_HOLD, {"s.cfg", 7, 3}};
    place_load(p);
    is_near(VALUE(p, dwellings, 1, 0), 4);
    is_near(VALUE(p, dwellings, 4, 1), 7);
    told(p, CF_ERROR, "table.years", "dwellings.csv", 0, 0,
         "dwellings: the series of area 'north' ends in 2011, before 2013");
    told(p, CF_ERROR, "table.years", "s.cfg", 7, 3,
         "recruits: the series of site 's1' has no value for 2010, between 2009 and 2012");
    errors(p, 2);
}

static void a_series_over_before_the_horizon_is_held(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/dwellings.csv", "year,value\n1990-2005,3\n1999,4\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, dwellings, 0, 0), 1.5); /* split equally */
    is_near(VALUE(p, dwellings, 4, 1), 1.5);
}

static void a_driver_needs_the_base_year(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/driver.csv", "year,area,driver,value\n2010,north,unemp,1.2\n");
    place_load(p);
    told(p, CF_ERROR, "table.missing", "driver.csv", 0, 0,
         "1 cell is missing: year 2009, area 'north', driver 'unemp'");
    errors(p, 1);
    is_near(VALUE(p, driver, 3, 1, 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(linear_and_hold),
        PLACE_TEST(step_and_errors),
        PLACE_TEST(a_series_over_before_the_horizon_is_held),
        PLACE_TEST(a_driver_needs_the_base_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
