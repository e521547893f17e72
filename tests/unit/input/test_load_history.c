/* What was observed of a place: years, areas beside the place's, and what is wrong with the files.
 */
#include "support/check.h"

#include "input/load_history.h"

#include "place_files.h"

#include <math.h>

static enum cf_status history(struct place *place, struct cf_history *h)
{
    place_levers(place, PLACE_YEARS);
    return cf_load_history(&place->model, place->folder, 2009, h, place->diag);
}

static void years_areas_and_what_is_later(void **state)
{
    struct place *place = *state;
    struct cf_history h;
    place_write(place, "population.csv",
                "year,area,group,age,value\n2007,south,f,3,21\n"
                "2009,region,d,18,55.5\n2010,south,f,4,7\n2009,north,f,19,3\n");
    place_write(place, "components.csv", "year,area,group,age,deaths,net\n2008,south,d,0,1,-4\n");
    place_write(place, "totals.csv",
                "year,area,population,births,moved\n2007,north,900,,\n2008,north,905,11,-2\n");
    assert_int_equal(history(place, &h), CF_OK);
    expect_messages(place, 0);
    assert_int_equal(h.first_year, 2007);
    assert_int_equal(h.n_years, 3);
    assert_int_equal(h.E, 3);
    assert_int_equal(h.X, 19);
    assert_int_equal(h.n_later, 1);
    assert_true(h.stock[cf_history_cell(&h, 0, 1, 0, 3)] == 21);
    assert_true(h.stock[cf_history_cell(&h, 2, 2, 1, 18)] == 55.5);
    assert_true(isnan(h.stock[cf_history_cell(&h, 1, 1, 0, 3)]));
    assert_true(h.net[cf_history_cell(&h, 1, 1, 1, 0)] == -4);
    assert_true(isnan(h.births[cf_history_all(&h, 0, 0)]));
    assert_true(h.births[cf_history_all(&h, 1, 0)] == 11);
    assert_true(h.moved[cf_history_all(&h, 1, 0)] == -2);
}

static void what_is_wrong(void **state)
{
    struct place *place = *state;
    struct cf_history h;
    place_write(place, "population.csv",
                "year,area,group,age,value\n2007,south,f,3,21\n2007,south,f,3,22\nx,south,f,3,1\n"
                "2007,south,g,3,1\n2007,south,f,3.5,1\n2007,south,f,4,many\n2007,south,f,5,\n");
    assert_int_equal(history(place, &h), CF_BAD_INPUT);
    expect(place, "history.twice", 3, "'south' is given a second time for 2007", NULL);
    expect(place, "history.number", 4, "'x' is not a whole number from 1900", NULL);
    expect(place, "history.group", 5, "unknown group 'g'", NULL);
    expect(place, "history.number", 6, "'3.5' is not a whole number from 0 to 120", NULL);
    expect(place, "history.number", 7, "'many' is not a number", NULL);
    expect(place, "history.number", 8, "'' is not a number", NULL);
    expect_messages(place, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(years_areas_and_what_is_later, place_open, place_close),
        cmocka_unit_test_setup_teardown(what_is_wrong, place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
