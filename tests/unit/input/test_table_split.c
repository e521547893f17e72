/* Counts without area or group, split over the members. */
#include "table_place.h"

static void equally(void **state)
{
    struct place *p = *state;
    place_load(p);
    errors(p, 0);
    /* 100 of each age over two areas and two groups; main is not followed at 19 and 20. */
    is_near(VALUE(p, population, 0, 0, 3), 25);
    is_near(VALUE(p, population, 1, 1, 5), 25);
    is_near(VALUE(p, population, 1, 0, 5), 0);
    is_near(VALUE(p, entrants, 1, 1, 0), 45);
    told(p, CF_NOTICE, "table.split", "population.csv", 0, 0,
         "population: 6 rows are split over area equally and group equally; not in the model: "
         "100 persons, of groups not followed at their age");
    told(p, CF_NOTICE, "table.split", "entrants.csv", 0, 0,
         "entrants: 2 rows are split over area equally");
}

static void by_shares(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/split.csv",
               "field,axis,member,value\npopulation,group,main,0.6\n"
               "population,group,lldd,0.2\npopulation,area,south,3\n");
    place_file(p, "tables/population.csv",
               "area,authority,age,value\nnorth,,15,80\nnorth,,16,80\nnorth,,17,80\nnorth,,18,80\n"
               "north,,19,80\nnorth,,20,80\n,a2,15-15,8\nsouth,,16,40\n,a2,17,4\n,a2,18,4\n"
               ",a2,19,4\n,a2,20,4\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, population, 0, 0, 0), 60);
    is_near(VALUE(p, population, 0, 1, 0), 20);
    is_near(VALUE(p, population, 0, 1, 5), 20);
    is_near(VALUE(p, population, 0, 0, 5), 0);
    is_near(VALUE(p, population, 1, 0, 0), 6);
    is_near(VALUE(p, population, 1, 1, 1), 10);
    told(p, CF_NOTICE, "table.split", "population.csv", 0, 0,
         "population: 12 rows are split over area by tables/split.csv and group by "
         "tables/split.csv; not in the model: 126 persons, of groups not followed at their age");
}

static void what_a_more_specific_row_gives_is_left_to_it(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/dwellings.csv", "area,year,value\n,,10\nnorth,2010,1\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, dwellings, 0, 0), 5);
    is_near(VALUE(p, dwellings, 1, 0), 1);
    is_near(VALUE(p, dwellings, 1, 1), 5);
    told(p, CF_NOTICE, "table.split", "dwellings.csv", 0, 0,
         "dwellings: 1 row is split over area equally; left to more specific rows: 5 dwellings a "
         "year");
}

static void nothing_to_split_by(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/split.csv", "field,axis,member,value\ndwellings,area,north,1\n");
    place_file(p, "tables/dwellings.csv", "authority,value\na1,1\na2,2\n");
    place_load(p);
    told(p, CF_ERROR, "table.split", "dwellings.csv", 3, 0,
         "the row is split over area, but tables/split.csv gives no share of dwellings to any area "
         "it covers");
    errors(p, 1);
}

static void wrong_shares(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/split.csv",
               "field,axis,member,value\nsurvival,group,main,1\npopulaton,group,main,1\n"
               "population,grup,main,1\ndwellings,group,main,1\npopulation,group,mian,1\n"
               "population,group,main,-1\npopulation,group,main,x\npopulation,group,lldd,1\n"
               "population,group,lldd,2\npopulation,group,main,\n");
    place_load(p);
    told(p, CF_ERROR, "split.field", "split.csv", 2, 1,
         "'survival' is no count: its values are repeated over members, never split");
    told(p, CF_ERROR, "split.field", "split.csv", 3, 1, "unknown field 'populaton'");
    told(p, CF_ERROR, "split.axis", "split.csv", 4, 12,
         "'grup' is no axis that counts are split over (area, group)");
    told(p, CF_ERROR, "split.axis", "split.csv", 5, 11, "field 'dwellings' has no axis 'group'");
    told(p, CF_ERROR, "split.member", "split.csv", 6, 18, "unknown group 'mian'");
    told(p, CF_ERROR, "split.value", "split.csv", 7, 23, "-1 is negative: a share is not");
    told(p, CF_ERROR, "split.value", "split.csv", 8, 23, "'x' is not a number");
    told(p, CF_ERROR, "split.twice", "split.csv", 10, 18,
         "the share of group 'lldd' in population is given twice, in lines 9 and 10");
    told(p, CF_ERROR, "split.value", "split.csv", 11, 23, "the value is empty");
    errors(p, 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(equally),
        PLACE_TEST(by_shares),
        PLACE_TEST(what_a_more_specific_row_gives_is_left_to_it),
        PLACE_TEST(nothing_to_split_by),
        PLACE_TEST(wrong_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
