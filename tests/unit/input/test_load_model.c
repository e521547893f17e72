#include "support/check.h"

#include "place_files.h"

/* The tables a place of demography needs at least. */
static void write_tables(const struct place *place)
{
    char tables[96];
    snprintf(tables, sizeof tables, "%s/tables", place->folder);
    assert_int_equal(mkdir(tables, 0700), 0);
    place_write(place, "sources.csv",
                "table,publisher,title,year,licence,nature\n"
                "population,test,made up,2009,OGL,illustrative\n"
                "beta,test,made up,2009,OGL,illustrative\n"
                "reach,test,made up,2009,OGL,illustrative\n"
                "entrants,test,made up,2009,OGL,illustrative\n");
    place_write(place, "tables/population.csv", "age,value\n14,80\n15,80\n16,80\n17,40\n18,40\n");
    place_write(place, "tables/entrants.csv", "value\n8\n");
    place_write(place, "tables/beta.csv", "status,value\nsixth,0.08\n");
    place_write(place, "tables/reach.csv", "value\n45\n");
}

static enum cf_status load(struct place *place, const char *scenario, const char *const *set,
                           int n_set)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", place->folder, scenario);
    cf_free_model(&place->model);
    return cf_load_model(&place->model, path, set, n_set, place->diag);
}

#define DEMOGRAPHY                                                                                 \
    "base_year = 2009; end_year = 2012; first_age = 14; last_age = 18; choice_age = 19;\n"

static int has_file(const struct place *place, const char *name)
{
    for (int k = 0; k < place->model.n_files; k++)
        if (strcmp(place->model.file[k].name, name) == 0)
            return strlen(place->model.file[k].sha256) == 64;
    return 0;
}

static void files_are_named_from_the_place(void **state)
{
    struct place *place = *state;
    char other[96];
    write_tables(place);
    snprintf(other, sizeof other, "%s/other", place->folder);
    assert_int_equal(mkdir(other, 0700), 0);
    place_write(place, "base.cfg", DEMOGRAPHY);
    place_write(place, "other/high.cfg", "extends = \"../base.cfg\"; title = \"High\";\n");
    assert_int_equal(load(place, "base.cfg", NULL, 0), CF_OK);
    assert_true(has_file(place, "base.cfg"));
    assert_true(has_file(place, "axes/area.csv"));
    assert_true(has_file(place, "tables/population.csv"));
    assert_true(has_file(place, "sources.csv"));
    int n = place->model.n_files;
    assert_int_equal(load(place, "other/high.cfg", NULL, 0), CF_OK);
    assert_string_equal(place->model.scenario.name, "high");
    assert_string_equal(place->model.scenario.title, "High");
    assert_int_equal(place->model.n_files, n + 1);
    assert_true(has_file(place, "other/high.cfg"));
    assert_true(has_file(place, "tables/population.csv"));
    for (int k = 1; k < place->model.n_files; k++)
        assert_true(strcmp(place->model.file[k - 1].name, place->model.file[k].name) < 0);
    expect(place, "provision.no-offers", 0, "there are lines and no places of any site", NULL);
}

static void a_scenario_beside_its_place(void **state)
{
    struct place *place = *state;
    char aside[96];
    write_tables(place);
    snprintf(aside, sizeof aside, "%s/aside", place->folder);
    assert_int_equal(mkdir(aside, 0700), 0);
    place_write(place, "aside/base.cfg", DEMOGRAPHY "place = \"..\";\n");
    assert_int_equal(load(place, "aside/base.cfg", NULL, 0), CF_OK);
    assert_true(has_file(place, "aside/base.cfg"));
    assert_true(has_file(place, "axes/area.csv"));
}

static void settings_given_by_hand_come_last(void **state)
{
    struct place *place = *state;
    static const char *const set[] = {"end_year=2011", "title=Short"};
    write_tables(place);
    place_write(place, "base.cfg", DEMOGRAPHY);
    assert_int_equal(load(place, "base.cfg", set, 2), CF_OK);
    assert_int_equal(place->model.extent.Y, 3);
    assert_string_equal(place->model.scenario.title, "Short");
}

static void all_errors_in_one_pass(void **state)
{
    struct place *place = *state;
    write_tables(place);
    place_write(place, "base.cfg",
                "base_year = 2009; end_year = 2005; first_age = 14;\n"
                "last_age = 18; choice_age = 19; titel = \"x\";\n"
                "levers = ( { field = \"survival\"; op = \"mul\"; value = 2; } );\n");
    place_write(place, "axes/level.csv", "code\nl1\nl1\n");
    place_write(place, "tables/entrants.csv", "value\nmany\n");
    assert_int_equal(load(place, "base.cfg", NULL, 0), CF_BAD_INPUT);
    expect(place, "setting.years", 1, "end_year 2005", NULL);
    expect(place, "setting.unknown", 2, "'titel'", NULL);
    expect(place, "lever.op", 3, "'mul'", NULL);
    expect(place, "axis.code-twice", 3, "'l1'", NULL);
    size_t in_entrants = 0;
    for (size_t i = 0; i < cf_diag_count(place->diag, CF_NOTICE); i++)
        in_entrants += strstr(cf_diag_message(place->diag, i).path, "entrants.csv") != NULL;
    assert_true(in_entrants > 0);
}

static void an_unreadable_scenario_is_not_called_incomplete(void **state)
{
    struct place *place = *state;
    write_tables(place);
    place_write(place, "base.cfg", "base_year = = 2009;\n");
    place_write(place, "axes/level.csv", "code\nl1\nl1\n");
    assert_int_equal(load(place, "base.cfg", NULL, 0), CF_BAD_INPUT);
    expect(place, "axis.code-twice", 3, "'l1'", NULL);
    for (size_t i = 0; i < cf_diag_count(place->diag, CF_NOTICE); i++)
        assert_string_not_equal(cf_diag_message(place->diag, i).code, "setting.missing");
}

static void a_missing_scenario_is_one_error(void **state)
{
    struct place *place = *state;
    assert_int_equal(load(place, "nowhere.cfg", NULL, 0), CF_BAD_INPUT);
    expect_messages(place, 1);
    cf_free_model(&place->model);
    assert_int_equal(cf_load_model(&place->model, "/nowhere.cfg", NULL, 0, NULL), CF_BAD_INPUT);
}

static void errors_before_are_not_ours(void **state)
{
    struct place *place = *state;
    write_tables(place);
    place_write(place, "base.cfg", DEMOGRAPHY);
    assert_int_equal(load(place, "nowhere.cfg", NULL, 0), CF_BAD_INPUT);
    assert_int_equal(load(place, "base.cfg", NULL, 0), CF_OK);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(files_are_named_from_the_place),
        TEST(a_scenario_beside_its_place),
        TEST(settings_given_by_hand_come_last),
        TEST(all_errors_in_one_pass),
        TEST(an_unreadable_scenario_is_not_called_incomplete),
        TEST(a_missing_scenario_is_one_error),
        TEST(errors_before_are_not_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
