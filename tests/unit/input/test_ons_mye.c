/* Tables of mid-year estimates: layouts, crosswalk, what is left out, and every refusal. */
#include "support/check.h"

#include "input/ons_mye.h"

#include "place_files.h"

#include <math.h>

struct tables {
    struct place *place;
    const char *file[3];
    int n;
    struct cf_mye_ask ask;
    struct cf_mye mye;
};

static const char *put(struct place *place, const char *name, const char *text)
{
    place_write(place, name, text);
    return cf_path_join(&place->model.arena, place->folder, name);
}

static struct tables open_tables(void **state)
{
    struct tables t = {.place = *state,
                       .ask = {.parent = "region", .base_year = 2013, .last_age = 1}};
    t.ask.areas =
        put(t.place, "areas.csv", "code,label,region\nA1,\"Hill, City of\",North\nA2,Dale,North\n");
    return t;
}

static enum cf_status read_tables(struct tables *t)
{
    return cf_mye_read(&t->place->model.arena, t->file, t->n, &t->ask, &t->mye, t->place->diag);
}

static void add(struct tables *t, const char *name, const char *text)
{
    t->file[t->n++] = put(t->place, name, text);
}

#define HEAD "year,area_code,area_name,area_type,boundary_year,sex,age,population\n"
#define BOTH(y, code, f0, m0, f1, m1)                                                              \
#y "," code ",,district," #y ",female,0," #f0 "\n" #y "," code ",,district," #y ",male,0," #m0 \
       "\n" #y "," code ",,district," #y ",female,1," #f1 "\n" #y "," code ",,district," #y        \
       ",male,1," #m1 "\n"

static double population(const struct tables *t, int entity, int year, int sex, int age)
{
    for (size_t i = 0; i < t->mye.n_rows; i++) {
        const struct cf_mye_row *row = &t->mye.row[i];
        if (row->entity == entity && row->year == year && row->sex == sex && row->age == age)
            return row->population;
    }
    return -1;
}

static void codes_that_became_one_are_added_up(void **state)
{
    struct tables t = open_tables(state);
    t.ask.crosswalk = put(t.place, "cross.csv", "old,new\nB7,A2\nB8,A2\n");
    add(&t, "t.csv",
        HEAD BOTH(2013, "A1", 11, 12, 13, 14) BOTH(2013, "B7", 1, 2, 3, 4)
            BOTH(2013, "B8", 10, 20, 30, 40) "2014,A1,,district,2014,female,0,9\n"
                                             "2013,A1,,district,2013,female,2,9\n");
    assert_int_equal(read_tables(&t), CF_OK);
    expect_messages(t.place, 0);
    assert_string_equal(t.mye.layout[0], "estimates by area type and age");
    assert_int_equal(t.mye.n_rows, 8);
    assert_true(population(&t, 0, 2013, CF_MYE_MALE, 1) == 14);
    assert_true(population(&t, 1, 2013, CF_MYE_FEMALE, 0) == 11);
    assert_true(population(&t, 1, 2013, CF_MYE_MALE, 1) == 44);
    assert_int_equal(t.mye.n_later, 1);
    assert_int_equal(t.mye.n_older, 1);
}

/* Sexes together; a region's own figures by its name; areas by label; types that are not meant. */
static void persons_and_what_areas_belong_to(void **state)
{
    struct tables t = open_tables(state);
    static const char *const type[] = {"district"};
    t.ask.persons = 1;
    t.ask.type = type;
    t.ask.n_types = 1;
    add(&t, "t.csv",
        HEAD BOTH(2013, "A1", 11, 12, 13, 14)
            BOTH(2013, "Dale", 1, 2, 3, 4) "2013,E92,,country,2013,persons,0,999\n"
                                           "2013,A1,,district,2013,persons,0,23\n");
    add(&t, "r.csv",
        "region,sex,age,year,population,deaths,internal_in,internal_out,international_in,"
        "international_out\nNorth,female,0,2012,50,1,7,3,2,4\nNorth,male,0,2012,60,2,1,1,1,1\n");
    assert_int_equal(read_tables(&t), CF_OK);
    assert_int_equal(t.mye.n_rows, 5);
    assert_true(population(&t, 0, 2013, CF_MYE_PERSONS, 0) == 23);
    assert_true(population(&t, 1, 2013, CF_MYE_PERSONS, 1) == 7);
    const struct cf_mye_row *north = &t.mye.row[4];
    assert_int_equal(north->entity, 2);
    assert_true(north->population == 110 && north->deaths == 3 && north->net == 2);
    assert_int_equal(t.mye.n_others, 1);
}

static void totals_follow_from_the_year_before(void **state)
{
    struct tables t = open_tables(state);
    add(&t, "t.csv", HEAD BOTH(2013, "A1", 11, 12, 13, 14) BOTH(2013, "A2", 1, 2, 3, 4));
    add(&t, "all.csv",
        "lad_code,lad_name,country,year,population,births,deaths,internal_in,internal_out,"
        "international_in,international_out,other_change\n"
        "A1,x,E,2011,100,,,,,,,\nA1,x,E,2012,104,5,2,10,8,3,4,\nA1,x,E,2013,107,5,2,10,8,3,4,1\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.sum", 0, "in 1 cases, at worst by 2: A1 in 2013 by 2", NULL);
    expect_messages(t.place, 1);
}

static void sexes_that_do_not_add_up(void **state)
{
    struct tables t = open_tables(state);
    add(&t, "t.csv",
        HEAD BOTH(2013, "A1", 11, 12, 13, 14)
            BOTH(2013, "A2", 1, 2, 3, 4) "2013,A2,,district,2013,persons,1,10\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.sum", 0, "female and male do not add up to persons in 1 cases", NULL);
    expect(t.place, "import.sum", 0, "A2 in 2013 at 1 by -3", NULL);
}

static void what_is_refused(void **state)
{
    struct tables t = open_tables(state);
    add(&t, "t.csv",
        HEAD BOTH(2013, "A1", 11, 12, 13, 14) BOTH(2013, "X1", 1, 2, 3, 4)
            BOTH(2013, "X2", 1, 2, 3, 4) "2013,A2,,district,2013,female,0,c\n"
                                         "2013,A2,,district,2013,male,0,c\n"
                                         "2013,A2,,district,2013,male,1,\n");
    add(&t, "u.csv", "area,when,how_many\nA1,2013,5\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.unknown", 0, "2 areas are not of the place: 'X1', 'X2'", "--crosswalk");
    expect(t.place, "import.suppressed", 14, "3 cells hold no number but 'c', '(empty)'", NULL);
    expect(t.place, "import.layout", 1, "no table that is known", "estimates by area and age");
    expect_messages(t.place, 3);
}

static void cells_that_are_none(void **state)
{
    struct tables t = open_tables(state);
    add(&t, "t.csv",
        HEAD "now,A1,,district,2013,female,0,1\n2013,A1,,district,2013,girls,0,1\n"
             "2013,A1,,district,2013,female,all,1\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.value", 2, "'now' is no year", NULL);
    expect(t.place, "import.value", 3, "'girls' is no sex", NULL);
    expect(t.place, "import.value", 4, "'all' is no age", NULL);
}

static void twice_and_not_at_all(void **state)
{
    struct tables t = open_tables(state);
    t.ask.only = 1;
    add(&t, "t.csv",
        HEAD BOTH(2013, "A1", 11, 12, 13, 14) BOTH(2013, "A1", 11, 12, 13, 14)
            BOTH(2013, "X1", 1, 2, 3, 4));
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.twice", 0, "4 figures are given twice, the first is A1 in 2013 at 0",
           NULL);
    expect(t.place, "import.lacks", 0, "1 areas lack ages 0 to 1 of 2013 in the tables: 'A2'",
           "--persons");
    expect_messages(t.place, 2);
}

static void areas_and_crosswalk(void **state)
{
    struct tables t = open_tables(state);
    t.ask.areas = put(t.place, "areas.csv", "code,label\nA1,x\nA1,y\n");
    t.ask.crosswalk = put(t.place, "cross.csv", "old,new\nB7,A2\nB7,A1\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.area", 3, "area 'A1' is given twice", NULL);
    expect(t.place, "import.crosswalk", 3, "'B7' becomes two areas", NULL);
    t.ask.areas = put(t.place, "areas.csv", "label\nx\n");
    assert_int_equal(read_tables(&t), CF_BAD_INPUT);
    expect(t.place, "import.column", 1, "there is no column 'code'", NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_that_became_one_are_added_up),
        TEST(persons_and_what_areas_belong_to),
        TEST(totals_follow_from_the_year_before),
        TEST(sexes_that_do_not_add_up),
        TEST(what_is_refused),
        TEST(cells_that_are_none),
        TEST(twice_and_not_at_all),
        TEST(areas_and_crosswalk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
