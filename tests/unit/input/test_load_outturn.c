#include "support/check.h"

#include "place_files.h"

#include "input/load_outturn.h"

#include <math.h>

static enum cf_status read_outturn(struct place *place, const char *text, struct cf_outturn *o)
{
    char path[128];
    place_write(place, "o.csv", text);
    snprintf(path, sizeof path, "%s/o.csv", place->folder);
    return cf_load_outturn(&place->model.arena, cf_arena_copy(&place->model.arena, path), o,
                           place->diag);
}

static void columns_in_any_order(void **state)
{
    struct place *place = *state;
    struct cf_outturn o;
    assert_int_equal(read_outturn(place,
                                  "value,area,year,note,variable\n2.385,north,2010,x,stock\n"
                                  "7,,2011,,population\n",
                                  &o),
                     CF_OK);
    expect_messages(place, 0);
    assert_int_equal(o.n_rows, 2);
    assert_string_equal(o.variable[0], "stock");
    assert_int_equal(o.year[1], 2011);
    assert_true(o.value[0] == 2.385);
    assert_string_equal(o.column[1], "area");
    assert_string_equal(o.column[0], "");
    assert_string_equal(o.column[3], "");
    assert_string_equal(cf_outturn_code(&o, 0, 1), "north");
    assert_string_equal(cf_outturn_code(&o, 1, 1), "");
    assert_int_equal(cf_outturn_at(&o, 1, 1).line, 3);
    assert_int_equal(o.variable_at[0].column, 20);
}

static void what_is_wrong(void **state)
{
    struct place *place = *state;
    struct cf_outturn o;
    assert_int_equal(read_outturn(place,
                                  "variable,year,value\n,2010,1\nstock,201x,1\nstock,2010,\n"
                                  "stock,2010,many\n",
                                  &o),
                     CF_BAD_INPUT);
    expect(place, "outturn.variable", 2, "the variable is empty", NULL);
    expect(place, "outturn.year", 3, "'201x' is not a year", NULL);
    expect(place, "outturn.value", 4, "the value is empty", "leave the row out");
    expect(place, "outturn.value", 5, "'many' is not a number", NULL);
    expect_messages(place, 4);
}

static void nothing_to_score(void **state)
{
    struct place *place = *state;
    struct cf_outturn o;
    assert_int_equal(read_outturn(place, "variable,year,value\n", &o), CF_BAD_INPUT);
    expect(place, "outturn.empty", 1, "there are no rows", NULL);
    assert_int_equal(read_outturn(place, "variable,yaer,value\nstock,2010,1\n", &o), CF_BAD_INPUT);
    expect(place, "outturn.column", 1, "column 'year' is missing", "did you mean 'yaer'");
    assert_int_equal(cf_load_outturn(&place->model.arena, "/nowhere.csv", &o, place->diag),
                     CF_BAD_INPUT);
    expect_messages(place, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(columns_in_any_order, place_open, place_close),
        cmocka_unit_test_setup_teardown(what_is_wrong, place_open, place_close),
        cmocka_unit_test_setup_teardown(nothing_to_score, place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
