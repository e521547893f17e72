#include "support/check.h"

#include "place_files.h"

static void settings_are_taken(void **state)
{
    struct place *place = *state;
    int ready = place_settings(
        place,
        "title = \"A test\"; report_years = [ 2010, 2012 ]; rounds = 3; max_rounds = 40;\n"
        "tolerance = 1e-7; residual = 0; allow_drift = \"made up\"; mode = \"behavioural\";\n"
        "base_year = 2009; end_year = 2012.0; first_age = 14; last_age = 18;\n"
        "choice_age = 19;\n"
        "tables = ( { name = \"external\"; between = \"step\"; beyond = \"error\"; },\n"
        "           { name = \"entrants\"; } );\n");
    const struct cf_scenario *s = &place->model.scenario;
    expect_messages(place, 0);
    assert_int_equal(ready, 1);
    assert_string_equal(s->name, "base");
    assert_string_equal(s->title, "A test");
    assert_string_equal(s->place, place->folder);
    assert_true(s->base_year == 2009 && s->end_year == 2012);
    assert_true(s->first_age == 14 && s->last_age == 18 && s->choice_age == 19);
    assert_int_equal(s->n_report_years, 2);
    assert_true(s->report_year[0] == 2010 && s->report_year[1] == 2012);
    assert_true(s->rounds == 3 && s->max_rounds == 40);
    assert_true(s->tolerance == 1e-7 && s->residual == 0);
    assert_string_equal(s->allow_drift, "made up");
    assert_int_equal(s->table[CF_FIELD_external].between, CF_BETWEEN_STEP);
    assert_int_equal(s->table[CF_FIELD_external].beyond, CF_BEYOND_ERROR);
    assert_int_equal(s->table[CF_FIELD_external].at.line, 5);
    assert_int_equal(s->table[CF_FIELD_entrants].between, CF_BETWEEN_LINEAR);
    assert_int_equal(s->table[CF_FIELD_entrants].beyond, CF_BEYOND_HOLD);
    assert_int_equal(s->table[CF_FIELD_dwellings].at.line, 0);
}

static void what_is_not_said_has_a_default(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, PLACE_YEARS), 1);
    const struct cf_scenario *s = &place->model.scenario;
    expect_messages(place, 0);
    assert_string_equal(s->title, "base");
    assert_int_equal(s->n_report_years, 1);
    assert_int_equal(s->report_year[0], 2012);
    assert_true(s->rounds == 2 && s->max_rounds == 500);
    assert_true(s->tolerance == 1e-9 && s->residual == 0.01);
    assert_null(s->allow_drift);
    assert_true(s->exempt_level == -1 && s->duty_default == -1);
}

static void missing_settings_are_all_named(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, "title = \"x\";"), 0);
    static const char *const needed[] = {"base_year", "end_year", "first_age", "last_age",
                                         "choice_age"};
    expect_messages(place, sizeof needed / sizeof *needed);
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++) {
        char text[64];
        snprintf(text, sizeof text, "setting '%s' is missing", needed[k]);
        expect(place, "setting.missing", 0, text, NULL);
    }
}

static void unknown_settings(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, PLACE_YEARS "coice_age = 16;\n"
                                                       "zzz = 1; mode = \"backwards\";\n"),
                     1);
    expect_messages(place, 3);
    expect(place, "setting.unknown", 2, "unknown setting 'coice_age'",
           "did you mean 'choice_age'?");
    expect(place, "setting.unknown", 3, "unknown setting 'zzz'", "");
    expect(place, "setting.word", 3, "backwards", NULL);
}

static void wrong_types_say_what_is_wanted(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, "base_year = \"2009\"; end_year = 2012.5;\n"
                                           "first_age = [ 14 ]; last_age = 18; choice_age = 16;\n"
                                           "title = 3; tolerance = \"small\"; levers = { };\n"
                                           "report_years = [ 2009.5, 2010.0 ];\n"
                                           "tables = ( 3 ); protected = [ ]; rounds = true;\n"),
                     0);
    expect(place, "setting.type", 1, "'base_year' is text, a whole number is wanted", NULL);
    expect(place, "setting.type", 1, "'end_year' is a number, a whole number is wanted", NULL);
    expect(place, "setting.type", 2, "'first_age' is an array, a whole number is wanted", NULL);
    expect(place, "setting.type", 3, "'title' is a whole number, text is wanted", NULL);
    expect(place, "setting.type", 3, "'tolerance' is text, a number is wanted", NULL);
    expect(place, "setting.type", 3, "'levers' is a group, a list of groups is wanted", NULL);
    expect(place, "setting.type", 4,
           "'report_years' holds a number, an array of whole numbers is wanted", NULL);
    expect(place, "setting.type", 5, "entry 1 of 'tables' is a whole number, a group", NULL);
    expect(place, "setting.type", 5, "'protected' is empty, a selector", NULL);
    expect(place, "setting.type", 5, "'rounds' is true or false, a whole number is wanted", NULL);
    expect_messages(place, 10);
}

static void numbers_out_of_range(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place,
                                    "base_year = 209; end_year = 2012;\n"
                                    "first_age = -1; last_age = 121; choice_age = 5000000000L;\n"
                                    "rounds = 0; tolerance = 0.0; residual = 1.5;\n"
                                    "max_rounds = 0; allow_drift = \"\";\n"),
                     0);
    expect(place, "setting.range", 1, "'base_year' is 209, it must be from 1900 to 2200", NULL);
    expect(place, "setting.range", 2, "'first_age' is -1, it must be from 0 to 120", NULL);
    expect(place, "setting.range", 2, "'last_age' is 121", NULL);
    expect(place, "setting.range", 2, "'choice_age' is 5000000000", NULL);
    expect(place, "setting.range", 3, "'rounds' is 0", NULL);
    expect(place, "setting.range", 3, "'tolerance' is 0", NULL);
    expect(place, "setting.range", 3, "'residual' is 1.5, it must be from 0 to 1", NULL);
    expect(place, "setting.range", 4, "'max_rounds' is 0", NULL);
    expect(place, "setting.reason", 4, "'allow_drift' is empty", NULL);
    expect_messages(place, 9);
}

static void years_and_ages_must_fit_together(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, "base_year = 2009; end_year = 2009;\n"
                                           "first_age = 18; last_age = 14; choice_age = 16;\n"),
                     0);
    expect(place, "setting.years", 1, "end_year 2009 is not after base_year 2009", NULL);
    expect(place, "setting.ages", 2, "last_age 14 is before first_age 18", NULL);
    expect_messages(place, 2);
}

static void the_age_of_choice_has_bounds(void **state)
{
    struct place *place = *state;
    assert_int_equal(place_settings(place, "base_year = 2009; end_year = 2010;\n"
                                           "first_age = 14; last_age = 18; choice_age = 20;\n"),
                     0);
    expect(place, "setting.ages", 2, "it must be from first_age + 1 to last_age + 1, 15 to 19",
           NULL);
    assert_int_equal(place_settings(place, "base_year = 2009; end_year = 2010;\n"
                                           "first_age = 14; last_age = 18;\nchoice_age = 14;\n"),
                     0);
    expect(place, "setting.ages", 3, "choice_age is 14", NULL);
    expect_messages(place, 2);
}

static void report_years_ascend_within_the_horizon(void **state)
{
    struct place *place = *state;
    place_settings(place, PLACE_YEARS "report_years = [ 2008, 2010, 2010,\n 2013 ];\n");
    expect(place, "setting.report-years", 2, "report year 2008 is not from base_year 2009", NULL);
    expect(place, "setting.report-years", 2, "report years must ascend, 2010 comes after 2010",
           NULL);
    expect(place, "setting.report-years", 3, "report year 2013", NULL);
    expect_messages(place, 3);
    place_settings(place, PLACE_YEARS "report_years = [ ];\n");
    expect(place, "setting.report-years", 2, "setting 'report_years' is empty", NULL);
}

static void table_rules_name_tables_with_years(void **state)
{
    struct place *place = *state;
    place_settings(place, PLACE_YEARS
                   "tables = ( { name = \"externl\"; },\n"
                   "{ name = \"population\"; },\n{ name = \"driver\"; between = \"stpe\"; },\n"
                   "{ nam = \"driver\"; beyond = \"linear\"; } );\nmode = \"behavioral\";\n");
    expect(place, "setting.table", 2, "unknown table 'externl' in entry 1 of 'tables'",
           "did you mean 'external'?");
    expect(place, "setting.table", 3, "table 'population' in entry 2 of 'tables' has no year axis",
           NULL);
    expect(place, "setting.word", 4, "cannot be 'stpe'", "did you mean 'step'?");
    expect(place, "setting.unknown", 5, "unknown setting 'nam' in entry 4 of 'tables'",
           "did you mean 'name'?");
    expect(place, "setting.word", 5, "setting 'beyond' in entry 4 of 'tables' cannot be 'linear'",
           NULL);
    expect(place, "setting.word", 6, "setting 'mode' cannot be 'behavioral'",
           "did you mean 'behavioural'?");
    expect_messages(place, 6);
}

static void the_place_must_be_a_folder(void **state)
{
    struct place *place = *state;
    place_settings(place, PLACE_YEARS "place = \"axes\";\n");
    char axes[96];
    snprintf(axes, sizeof axes, "%s/axes", place->folder);
    assert_string_equal(place->model.scenario.place, axes);
    expect_messages(place, 0);
    place_settings(place, PLACE_YEARS "place = \"elsewhere\";\n");
    expect(place, "place.missing", 2, "elsewhere' is not a folder", NULL);
}

static void every_setting_is_described(void **state)
{
    (void)state;
    for (int k = 0; k < cf_n_settings; k++) {
        assert_true(cf_settings[k].what[0] != '\0');
        assert_true(cf_setting_kind_text(cf_settings[k].kind)[0] != '\0');
        assert_true(cf_settings[k].low <= cf_settings[k].high);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(settings_are_taken),
        TEST(what_is_not_said_has_a_default),
        TEST(missing_settings_are_all_named),
        TEST(unknown_settings),
        TEST(wrong_types_say_what_is_wanted),
        TEST(numbers_out_of_range),
        TEST(years_and_ages_must_fit_together),
        TEST(the_age_of_choice_has_bounds),
        TEST(report_years_ascend_within_the_horizon),
        TEST(table_rules_name_tables_with_years),
        TEST(the_place_must_be_a_folder),
        cmocka_unit_test(every_setting_is_described),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
