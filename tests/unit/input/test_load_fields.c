/* The tables of a place together: files, sources, parameters, defaults, and the rules. */
#include "table_place.h"

static void files_that_are_no_tables(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/populaton.csv", "age,value\n");
    place_file(p, "tables/theta.csv", "value\n1\n");
    place_file(p, "tables/changes.csv", "site,line,open_year,places,ramp_years\n");
    place_file(p, "tables/README.md", "text\n");
    place_file(p, "tables/.hidden", "text\n");
    place_load(p);
    told(p, CF_ERROR, "table.unknown", "populaton.csv", 0, 0, "unknown table 'populaton.csv'");
    helped(p, "unknown table 'populaton.csv'", "did you mean 'population'?");
    told(p, CF_ERROR, "table.unknown", "theta.csv", 0, 0,
         "unknown table 'theta.csv': theta is a parameter");
    told(p, CF_NOTICE, "table.other", "README.md", 0, 0,
         "'README.md' is not read: a table ends in .csv");
    errors(p, 2);
}

static void no_tables_at_all(void **state)
{
    struct place *p = *state;
    static const char *const files[] = {"population", "level_share", "status_share", "entrants"};
    for (int k = 0; k < 4; k++) {
        char name[64];
        snprintf(name, sizeof name, "tables/%s.csv", files[k]);
        place_remove(p, name);
    }
    place_load(p);
    told(p, CF_ERROR, "table.missing", "population.csv", 0, 0,
         "the table population is missing: every place needs it");
    told(p, CF_ERROR, "table.missing", "level_share.csv", 0, 0,
         "the table level_share is missing: it is needed from choice_age on");
    told(p, CF_ERROR, "table.missing", "status_share.csv", 0, 0,
         "the table status_share is missing: it is needed from choice_age on");
    told(p, CF_ERROR, "entrants.missing", "entrants.csv", 0, 0,
         "no entrants for area 'south' in 2010-2013: age 15 would be empty");
    errors(p, 5);
}

static void no_folder(void **state)
{
    struct place *p = *state;
    p->model->scenario.place = "/nonexistent";
    cf_load_fields(p->model, 0, p->diag);
    told(p, CF_ERROR, "table.folder", "tables", 0, 0,
         "the place has no folder tables/ that can be read");
    errors(p, 1);
}

static void sources(void **state)
{
    struct place *p = *state;
    place_file(p, "sources.csv",
               "table,publisher,title,year,licence,nature,age_reference,url\n"
               "population,ONS,MYE,2009,OGL,real,31 August,\n"
               "entrants,ONS,Births,2009,OGL,reel,,\n"
               "entrnts,ONS,Births,2009,OGL,real,,\n"
               "level_share,X,Y,2009,OGL,illustrative,30 June,\n"
               "population,ONS,MYE,2008,OGL,real,1 May,\n"
               "area,ONS,Codes,2009,OGL,real,,\n");
    place_load(p);
    told(p, CF_WARNING, "table.column", "sources.csv", 1, 57, "unknown column 'url'");
    told(p, CF_ERROR, "sources.nature", "sources.csv", 3, 30,
         "nature 'reel' is neither real, estimated nor illustrative");
    helped(p, "nature 'reel' is neither real, estimated nor illustrative", "did you mean 'real'?");
    told(p, CF_WARNING, "sources.table", "sources.csv", 4, 1, "there is no table 'entrnts'");
    helped(p, "there is no table 'entrnts'", "did you mean 'entrants'?");
    told(p, CF_ERROR, "sources.age_reference", "sources.csv", 5, 39,
         "ages at 30 June are for population and external only, not for 'level_share'");
    told(p, CF_ERROR, "sources.age_reference", "sources.csv", 6, 34,
         "age_reference '1 May' is neither 31 August nor 30 June");
    told(p, CF_ERROR, "sources.twice", "sources.csv", 6, 1,
         "table 'population' is named twice, in lines 2 and 6");
    told(p, CF_WARNING, "sources.none", "status_share.csv", 0, 0, "no source: nature unknown");
    errors(p, 4);
    assert_int_equal(cf_diag_count(p->diag, CF_WARNING), 4 + 3);
    const struct cf_source *source = &p->model->source[cf_model_source(p->model, "population")];
    assert_string_equal(source->publisher, "ONS");
    assert_string_equal(source->nature, "real");
    assert_string_equal(source->note, "");
}

static void sources_without_their_columns(void **state)
{
    struct place *p = *state;
    place_file(p, "sources.csv", "tabel,nature\npopulation,real\n");
    place_load(p);
    told(p, CF_ERROR, "table.column", "sources.csv", 1, 0, "there is no column 'table'");
    errors(p, 1);
}

static void parameters(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/parameters.csv",
               "name,value,note\ntheta,0.37,\nalpha,1.5,\ntheta,0.4,\n"
               "thetta,1,\nsurvival,1,\nphi,x,\nwastage,,\n");
    place_load(p);
    told(p, CF_ERROR, "table.bounds", "parameters.csv", 3, 7,
         "1.5 is not between 0 and 1, the bounds of alpha");
    told(p, CF_ERROR, "parameter.twice", "parameters.csv", 4, 1,
         "'theta' is given twice, in lines 2 and 4");
    told(p, CF_ERROR, "parameter.unknown", "parameters.csv", 5, 1, "unknown parameter 'thetta'");
    helped(p, "unknown parameter 'thetta'", "did you mean 'theta'?");
    told(p, CF_ERROR, "parameter.unknown", "parameters.csv", 6, 1,
         "'survival' is no parameter: it has axes, and its own table tables/survival.csv");
    told(p, CF_ERROR, "table.value", "parameters.csv", 7, 5, "'x' is not a number");
    told(p, CF_ERROR, "table.value", "parameters.csv", 8, 9, "the value is empty");
    errors(p, 6);
    is_near(p->model->field[CF_FIELD_theta].value[0], 0.37);
    is_near(p->model->field[CF_FIELD_minutes_per_km].value[0], 1.5);
    assert_int_equal(p->model->field[CF_FIELD_theta].line[0], 2);
}

static void defaults(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/grade_share.csv", "site,grade,value\ns2,2,1\n");
    place_file(p, "tables/line_share.csv", "group,line,value\nmain,alevel,1\n");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, grade_share, 0, 0), 1);
    is_near(VALUE(p, grade_share, 1, 0), 0);
    is_near(VALUE(p, grade_share, 1, 1), 1);
    is_near(VALUE(p, grade_move, 0, 0), 1);
    is_near(VALUE(p, grade_move, 0, 1), 0);
    is_near(VALUE(p, line_share, 1, 0, 1, 1), 0);
    assert_true(isnan(VALUE(p, line_share, 1, 1, 1, 1)));
    assert_true(isnan(VALUE(p, views, 0, 0)));
    is_near(VALUE(p, progression, 0, 1, 0, 0, 0), 0); /* leads nowhere: the rows not given */
    is_near(VALUE(p, border, 4), 0);
    is_near(VALUE(p, collaboration, 0, 1), 1);
    /* Below choice_age everyone is at school at the first level, whatever a row says. */
    is_near(VALUE(p, level_share, 0, 0, 0), 1);
    is_near(VALUE(p, level_share, 0, 1, 0), 0.75);
    is_near(VALUE(p, status_share, 0, 0, 0, 1, 0), 1);
    is_near(VALUE(p, status_share, 0, 0, 1, 1, 0), 0);
    is_near(VALUE(p, status_share, 0, 0, 1, 1, 1), 0.9);
    told(p, CF_NOTICE, "table.unread", "level_share.csv", 0, 0,
         "level_share: 4 cells below choice_age are not read: everyone is at school at the first "
         "level there");
}

static void missing_cells(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/population.csv",
               "group,age,value\nmain,15,1\nmain,16,1\nmain,18,1\n"
               "lldd,15,1\nlldd,16,1\nlldd,17,1\nlldd,18,1\n");
    place_file(p, "tables/level_share.csv",
               "group,age,level,value\nmain,16-,low,1\n"
               "lldd,16-19,high,1\n");
    place_load(p);
    told(p, CF_ERROR, "table.missing", "population.csv", 0, 0,
         "6 cells are missing: area 'north', group 'main', age 17; area 'north', group 'lldd', "
         "age 19; area 'north', group 'lldd', age 20; area 'south', group 'main', age 17; "
         "area 'south', group 'lldd', age 19; and 1 more");
    told(p, CF_ERROR, "table.missing", "level_share.csv", 0, 0,
         "1 cell is missing: group 'lldd', age 20");
    errors(p, 2);
}

/* What lost rows lead to is not told beside them. */
static void one_mistake_is_one_error(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/population.csv",
               "area,age,value\nnroth,15,1\n,16,1\n,17,1\n,18,1\n"
               ",19,1\n,20,1\n");
    place_file(p, "tables/status_share.csv", "status,value\ncolege,0.9\nneet,0.1\n");
    place_file(p, "tables/level_share.csv", "level,value\nlow,0.7x\nhigh,0.3\n");
    place_load(p);
    errors(p, 3);
}

static void an_area_without_people(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/population.csv",
               "area,group,age,value\n,,15,0\n,,16,0\n,,17,0\n,,18,0\n,,19,0\n,,20,0\n"
               "north,lldd,20,5\nsouth,main,19,5\n");
    place_load(p);
    told(p, CF_ERROR, "population.empty", "population.csv", 0, 0, "area 'south' has no population");
    errors(p, 1);
}

static void rows_that_sum_to_one(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/level_share.csv",
               "group,age,level,value\nmain,16,low,0.9\nmain,16,high,0.07\n"
               "main,17-,low,0.3000001\nmain,17-,high,0.7\nlldd,,low,1\n");
    place_file(p, "tables/gain.csv",
               "group,age,level,status,level_to,value\n"
               "main,16,low,neet,high,1\n");
    place_file(p, "tables/in_share.csv",
               "area,group,age,value\nnorth,main,16,0.6\n"
               "south,main,16,0.5\nnorth,main,17,0.6\n"
               "south,main,17,0.4000001\n");
    place_file(p, "tables/line_share.csv", "area,line,value\nnorth,voc,0.9\nsouth,voc,1\n");
    place_file(p, "tables/progression.csv",
               "group,age,status,status_to,value\n,17-,,neet,1\nmain,17,college,college,0.8\n"
               ",16,neet,neet,0.3\n,16,school,neet,1\n");
    place_load(p);
    told(p, CF_ERROR, "table.sum", "level_share.csv", 2, 0,
         "shares over 'level' for group 'main', age 16 sum to 0.97, not 1");
    told(p, CF_ERROR, "table.sum", "in_share.csv", 2, 0,
         "shares over 'area' for group 'main', age 16 sum to 1.1, more than 1");
    told(p, CF_ERROR, "table.sum", "line_share.csv", 2, 0,
         "shares over 'line' of route 'college' for area 'north', group 'main', level 'low' sum to "
         "0.9, not 1");
    told(p, CF_ERROR, "table.sum", "progression.csv", 3, 0,
         "shares over 'status_to' for group 'main', age 17, level 'low', status 'college' sum to "
         "1.8, not 1");
    errors(p, 4);
    is_near(VALUE(p, level_share, 0, 2, 0), 0.3000001 / 1.0000001);
    is_near(VALUE(p, level_share, 0, 2, 1), 0.7 / 1.0000001);
    is_near(VALUE(p, in_share, 1, 0, 2), 0.4000001 / 1.0000001);
}

static void gains(void **state)
{
    struct place *p = *state;
    p->model->scenario.choice_age = 17;
    place_file(p, "tables/gain.csv",
               "group,age,level,level_to,value\nmain,16,low,high,0.2\n"
               "main,15,low,high,0.1\nmain,17,high,low,0.1\n"
               "main,18,low,low,0.1\nlldd,15,,,0\nmain,20,high,low,0.5\n");
    place_load(p);
    told(p, CF_ERROR, "gain.early", "gain.csv", 3, 0,
         "gain of group 'main', age 15, level 'low', status 'school', level_to 'high' is 0.1: "
         "nothing is gained before the age below choice_age");
    told(p, CF_ERROR, "gain.down", "gain.csv", 4, 0,
         "gain of group 'main', age 17, level 'high', status 'school', level_to 'low' is 0.1: "
         "levels are gained upward only");
    told(p, CF_ERROR, "gain.down", "gain.csv", 5, 0,
         "gain of group 'main', age 18, level 'low', status 'school', level_to 'low' is 0.1: "
         "levels are gained upward only");
    errors(p, 3);
}

static void regrouping(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/regroup.csv",
               "age,group,group_to,value\n18-,lldd,main,0.1\n"
               "18-,lldd,lldd,0.9\n19,main,lldd,1\n");
    place_load(p);
    told(p, CF_ERROR, "regroup.followed", "regroup.csv", 2, 0,
         "regroup of group 'lldd', age 19, group_to 'main' is 0.1: that group is not followed at "
         "that age");
    errors(p, 1);
}

static void entrants(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/entrants.csv", "year,area,value\n2012-,north,9\n");
    place_file(p, "tables/external.csv",
               "year,area,group,age,value\n2009,south,main,15,4\n"
               "2010-2011,south,main,15,0\n2012,south,lldd,15,-1\n"
               "2013,south,lldd,15,1\n2013-,south,main,15,-1\n");
    place_load(p);
    told(p, CF_ERROR, "entrants.missing", "entrants.csv", 0, 0,
         "no entrants for area 'north' in 2010-2011: age 15 would be empty");
    told(p, CF_ERROR, "entrants.missing", "entrants.csv", 0, 0,
         "no entrants for area 'south' in 2010-2012: age 15 would be empty");
    errors(p, 2);
}

static void entrants_by_other_ways(void **state)
{
    struct place *p = *state;
    place_file(p, "tables/entrants.csv", "year,area,value\n2009,north,0\n");
    place_file(p, "tables/dwellings.csv", "area,value\nsouth,9\n");
    place_file(p, "tables/child_yield.csv", "age,value\n15,0.1\n");
    place_load(p);
    errors(p, 0);
}

static void a_lever_may_set_entrants(void **state)
{
    struct place *p = *state;
    struct cf_lever lever = {.name = "births", .field = CF_FIELD_entrants};
    place_remove(p, "tables/entrants.csv");
    p->model->scenario.n_levers = 1;
    p->model->scenario.lever = &lever;
    place_load(p);
    errors(p, 0);
}

/* Demography only: what is needed from choice_age on is not needed. */
static void nobody_chooses(void **state)
{
    struct place *p = *state;
    p->model->scenario.choice_age = 21;
    place_remove(p, "tables/level_share.csv");
    place_remove(p, "tables/status_share.csv");
    place_load(p);
    errors(p, 0);
    is_near(VALUE(p, status_share, 0, 1, 5, 0, 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(files_that_are_no_tables),
        PLACE_TEST(no_tables_at_all),
        PLACE_TEST(no_folder),
        PLACE_TEST(sources),
        PLACE_TEST(sources_without_their_columns),
        PLACE_TEST(parameters),
        PLACE_TEST(defaults),
        PLACE_TEST(missing_cells),
        PLACE_TEST(one_mistake_is_one_error),
        PLACE_TEST(an_area_without_people),
        PLACE_TEST(rows_that_sum_to_one),
        PLACE_TEST(gains),
        PLACE_TEST(regrouping),
        PLACE_TEST(entrants),
        PLACE_TEST(entrants_by_other_ways),
        PLACE_TEST(a_lever_may_set_entrants),
        PLACE_TEST(nobody_chooses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
