/* Ages at 30 June become completed years on 31 August. */
#include "table_place.h"

static const char *const june = "table,nature,age_reference\npopulation,real,30 June\n"
                                "external,estimated,30 June\nlevel_share,real,\n"
                                "status_share,real,31 August\nentrants,real,\n";

static void two_months_of_birthdays(void **state)
{
    struct place *p = *state;
    place_file(p, "sources.csv", june);
    place_file(p, "tables/population.csv",
               "group,age,value\nlldd,14,24\nlldd,15,48\nlldd,16,96\n"
               "lldd,17,0\nlldd,18,0\nlldd,19,0\nlldd,20,12\n"
               "main,14,0\nmain,15,0\nmain,16,24\nmain,17,0\n"
               "main,18,2.4\nmain,19,1000\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, population, 0, 1, 0), 20 + 2);
    is_near(VALUE(p, population, 0, 1, 1), 40 + 4);
    is_near(VALUE(p, population, 0, 1, 2), 8);
    is_near(VALUE(p, population, 0, 1, 5), 5);
    is_near(VALUE(p, population, 1, 0, 3), 1);
    is_near(VALUE(p, population, 1, 0, 4), 0);
    assert_int_equal(LINE(p, population, 0, 1, 1), 4);
}

static void the_age_before_the_first_is_needed(void **state)
{
    struct place *p = *state;
    place_file(p, "sources.csv", june);
    place_file(p, "tables/external.csv", "area,year,age,value\nsouth,2010,16,6\n");
    place_load(p);
    told(p, CF_ERROR, "table.missing", "population.csv", 0, 0,
         "4 cells are missing: area 'north', group 'main', age 14; area 'north', group 'lldd', "
         "age 14; area 'south', group 'main', age 14; area 'south', group 'lldd', age 14");
    told(p, CF_ERROR, "table.missing", "external.csv", 0, 0,
         "8 cells are missing: year 2010, area 'south', group 'main', age 14; year 2010, "
         "area 'south', group 'lldd', age 14; year 2011, area 'south', group 'main', age 14; "
         "year 2011, area 'south', group 'lldd', age 14; year 2012, area 'south', group 'main', "
         "age 14; and 3 more");
    errors(p, 2);
}

static void flows_too(void **state)
{
    struct place *p = *state;
    place_file(p, "sources.csv", june);
    place_file(p, "tables/population.csv", "age,value\n14,0\n15,1\n16,1\n17,1\n18,1\n19,1\n20,1\n");
    place_file(p, "tables/external.csv",
               "area,group,year,age,value\nsouth,lldd,,14,12\n"
               "south,lldd,2011,16,6\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, external, 0, 1, 1, 0), 2);
    is_near(VALUE(p, external, 1, 1, 1, 1), 0);
    is_near(VALUE(p, external, 2, 1, 1, 1), 5);
    is_near(VALUE(p, external, 2, 1, 1, 2), 1);
    is_near(VALUE(p, external, 2, 0, 1, 2), 0);
}

/* Births: nobody is younger than 0. */
static void from_age_nought(void **state)
{
    struct place *p = *state;
    p->model->scenario.first_age = 0;
    p->model->scenario.last_age = 2;
    p->model->scenario.choice_age = 3;
    place_file(p, "sources.csv", june);
    place_file(p, "tables/population.csv",
               "group,age,value\nlldd,0,24\nlldd,1,120\nlldd,2,0\n"
               "main,0,0\nmain,1,0\nmain,2,0\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, population, 0, 1, 0), 12);
    is_near(VALUE(p, population, 0, 1, 1), 52);
    is_near(VALUE(p, population, 0, 1, 2), 10);
}

static void only_where_sources_say_so(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/population.csv", "age,value\n14,5\n15,1\n16,1\n17,1\n18,1\n19,1\n20,1\n");
    place_load(p);
    told(p, CF_ERROR, "table.range", "population.csv", 2, 1,
         "age 14 is outside first_age to last_age, 15 to 20");
    helped(p, "age 14 is outside first_age to last_age, 15 to 20",
           "the age before first_age is read where sources.csv says '30 June'");
    errors(p, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(two_months_of_birthdays),
        PLACE_TEST(the_age_before_the_first_is_needed),
        PLACE_TEST(flows_too),
        PLACE_TEST(from_age_nought),
        PLACE_TEST(only_where_sources_say_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
