#include "support/check.h"

#include "place_files.h"

static const struct cf_scenario *fitted(struct place *place, const char *entries)
{
    char text[512];
    snprintf(text, sizeof text, PLACE_YEARS "fitted = ( %s );\n", entries);
    place_levers(place, text);
    cf_load_fitted(&place->model, &place->config, place->diag);
    return &place->model.scenario;
}

static void fields_and_years(void **state)
{
    struct place *place = *state;
    const struct cf_scenario *s = fitted(place, "{ field = \"net_rate\"; years = [ 2004, 2009 ]; },"
                                                "{ field = \"beta\"; years = [ 2008, 2008 ]; }");
    expect_messages(place, 0);
    assert_int_equal(s->n_fitted, 2);
    assert_int_equal(s->fitted[0].field, CF_FIELD_net_rate);
    assert_int_equal(s->fitted[0].first, 2004);
    assert_int_equal(s->fitted[0].last, 2009);
    assert_int_equal(s->fitted[1].field, CF_FIELD_beta);
    assert_int_equal(s->fitted[1].first, 2008);
    assert_int_equal(s->fitted[1].last, 2008);
}

static void what_is_wrong(void **state)
{
    struct place *place = *state;
    const struct cf_scenario *s =
        fitted(place, "{ field = \"net_rat\"; years = [ 2004, 2009 ]; },"
                      "{ field = \"beta\"; years = [ 2008 ]; }, { field = \"beta\"; years = [ "
                      "2009, 2008 ]; }, { field = \"beta\"; }, 7");
    expect(place, "fitted.field", 2, "unknown field 'net_rat' in entry 1", "did you mean");
    expect(place, "fitted.years", 2, "years in entry 2 of 'fitted' are a first and", NULL);
    expect(place, "fitted.years", 2, "years in entry 3 of 'fitted' are a first and", NULL);
    expect(place, "setting.missing", 2, "setting 'years' in entry 4 of 'fitted' is missing", NULL);
    expect(place, "setting.type", 2, "entry 5 of 'fitted' is a whole number", NULL);
    expect_messages(place, 5);
    assert_int_equal(s->n_fitted, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(fields_and_years, place_open, place_close),
        cmocka_unit_test_setup_teardown(what_is_wrong, place_open, place_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
