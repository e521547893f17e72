/* What is provided, from files: changes, minutes, line shares, and what placing cannot do without.
 */
#include "table_place.h"

#include "model/view.h"

static void load(struct place *p)
{
    place_load(p);
    cf_load_provision(p->model, 1, p->diag);
    cf_diag_sort(p->diag);
}

/* Places on both lines, so that every pair of area and site is needed; beta and reach. */
static void offer(struct place *p)
{
    place_file(p, "tables/places.csv", "site,line,value\ns1,alevel,50\ns2,alevel,60\ns2,voc,0\n");
    place_file(p, "tables/beta.csv", "value\n0.05\n");
    place_file(p, "tables/reach.csv", "value\n60\n");
}

static void give_minutes(struct place *p)
{
    place_file(p, "tables/minutes.csv", "area,site,value\n,,20\nnorth,s1,2.385\n");
}

static void changes(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "tables/changes.csv",
               "note,line,site,places,open_year,ramp_years\n"
               "more,voc,s1,12.5,2011,3\nless,alevel,s2,-7,2009,\n,voc,s1,4,2014,0\n");
    load(p);
    errors(p, 0);
    const struct cf_provision *v = &p->model->provision;
    assert_int_equal(v->n_changes, 3);
    const struct cf_change *c = v->change;
    assert_true(c[0].line == 1 && c[0].site == 0 && c[0].open_year == 2011 &&
                c[0].ramp_years == 3 && c[0].places == 12.5);
    assert_int_equal(c[0].offer, cf_offer_find(v, 1, 0));
    assert_int_equal(c[0].at.line, 2);
    assert_non_null(strstr(c[0].at.path, "changes.csv"));
    assert_true(c[1].offer == cf_offer_find(v, 0, 1) && c[1].places == -7 && c[1].ramp_years == 0);
    told(p, CF_NOTICE, "changes.late", "changes.csv", 4, 11,
         "1 of 3 changes open after end_year 2013: nothing of them is seen");
    assert_int_equal(v->n_offers, 4); /* three of the audit, 0 places or not, and one change */
}

static void changes_without_a_ramp(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "tables/changes.csv", "site,line,open_year,places\ns1,voc,1987,5\n");
    load(p);
    errors(p, 0);
    assert_int_equal(p->model->provision.n_changes, 1);
    assert_int_equal(p->model->provision.change[0].open_year, 1987);
    assert_int_equal(p->model->provision.change[0].ramp_years, 0);
}

/* A wrong cell does not hide the others of its row; wrong rows are none. */
static void wrong_changes(void **state)
{
    struct place *p = *state;
    char text[1024] = "site,line,open_year,places,ramp_years\ns3,vok,2011.5,1e9,-2\n"
                      "s1,voc,2201,-1000000001,x\ns1,voc,2010,1,1\n";
    for (int i = 0; i < 23; i++)
        strcat(text, "s1,art,2010,1,1\n");
    place_file(p, "tables/changes.csv", text);
    place_load(p);
    told(p, CF_ERROR, "table.member", "changes.csv", 2, 1, "unknown site 's3'");
    helped(p, "unknown line 'vok'", "did you mean 'voc'?");
    told(p, CF_ERROR, "table.range", "changes.csv", 2, 8, "'2011.5' is not a year");
    told(p, CF_ERROR, "changes.ramp", "changes.csv", 2, 19,
         "ramp_years is -2, it cannot be negative");
    told(p, CF_ERROR, "table.range", "changes.csv", 3, 8, "year 2201 is not between 1900 and 2200");
    told(p, CF_ERROR, "table.bounds", "changes.csv", 3, 13,
         "-1000000001 is not between -1000000000 and 1000000000, the bounds of a change of places");
    told(p, CF_ERROR, "changes.ramp", "changes.csv", 3, 25,
         "ramp_years is 'x', it must be a whole number of years");
    told(p, CF_ERROR, "table.more", "changes.csv", 23, 4,
         "there are 5 more of these in this file: unknown members");
    errors(p, 4 + 3 + 18 + 1);
    assert_int_equal(p->model->provision.n_changes, 1);
}

/* Haversine on a sphere of 6371.0088 km, to 1e-12: numbers by another program. */
static void minutes_by_degrees(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/area.csv",
               "code,label,authority,lon,lat\nnorth,,a,-2.385,52.19\nsouth,,a,179.75,-16.5\n");
    place_file(p, "axes/site.csv",
               "code,label,authority,lon,lat\ns1,,a,-2.1,52.385\ns2,,a,-179.5,-17.25\n");
    offer(p);
    load(p);
    errors(p, 0);
    is_near(VALUE(p, minutes, 0, 0), 1.5 * 29.084957441485148);
    is_near(VALUE(p, minutes, 1, 1), 1.5 * 115.42835717746216);
    assert_true(p->model->provision.by_distance[0] == 1);
    assert_true(p->model->provision.minutes_per_km == 1.5);
}

static void minutes_by_metres(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/area.csv",
               "code,label,authority,easting,northing,lon,lat\n"
               "north,,a,400000,200000,1,52\nsouth,,a,,,1,53\n");
    place_file(p, "axes/site.csv",
               "code,label,authority,easting,northing,lon,lat\n"
               "s1,,a,403000,204000,1,52\ns2,,a,,,1,52\n");
    place_file(p, "tables/minutes.csv", "area,site,value\nsouth,s1,31\n");
    place_file(p, "tables/parameters.csv", "name,value\nminutes_per_km,2.25\n");
    offer(p);
    load(p);
    errors(p, 0);
    const unsigned char *by = p->model->provision.by_distance;
    is_near(VALUE(p, minutes, 0, 0), 5 * 2.25); /* metres where both have them */
    is_near(VALUE(p, minutes, 0, 1), 0);        /* degrees else */
    is_near(VALUE(p, minutes, 1, 0), 31);       /* the table before either */
    is_near(VALUE(p, minutes, 1, 1), 2.25 * 6371.0088 * 3.141592653589793 / 180);
    assert_true(by[0] && by[1] && !by[2] && by[3]);
}

/* Near and far ends of the haversine: a few metres, the other side of the world. */
static void minutes_at_the_ends(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/area.csv",
               "code,label,authority,lon,lat\nnorth,,a,-4.0825,52.4153\nsouth,,a,0,90\n");
    place_file(p, "axes/site.csv",
               "code,label,authority,lon,lat\ns1,,a,-4.0823,52.4155\ns2,,a,77,-90\n");
    place_file(p, "tables/parameters.csv", "name,value\nminutes_per_km,1\n");
    offer(p);
    load(p);
    errors(p, 0);
    assert_true(fabs(VALUE(p, minutes, 0, 0) - 0.02604925806) < 1e-10);
    is_near(VALUE(p, minutes, 1, 1), 6371.0088 * 3.141592653589793);
}

/* Own authority, or an open border, and an offer: else nobody needs the journey. */
static void journeys_that_nobody_needs(void **state)
{
    struct place *p = *state;
    offer(p);
    place_file(p, "tables/places.csv", "site,line,value\ns2,alevel,60\n");
    place_file(p, "tables/minutes.csv", "area,site,value\nsouth,s2,14\n");
    place_file(p, "tables/collaboration.csv", "authority,authority_to,value\na1,a2,0\n");
    load(p);
    errors(p, 0);
    is_near(VALUE(p, minutes, 1, 1), 14);
    assert_true(VALUE(p, minutes, 0, 1) == CF_NO_JOURNEY); /* the border is closed */
    assert_true(VALUE(p, minutes, 0, 0) == CF_NO_JOURNEY); /* nobody offers anything there */
    assert_true(VALUE(p, minutes, 1, 0) == CF_NO_JOURNEY);
}

static void journeys_that_are_missing(void **state)
{
    struct place *p = *state;
    offer(p);
    place_file(p, "tables/minutes.csv", "area,site,value\nsouth,s2,14\n");
    load(p);
    told(p, CF_ERROR, "table.missing", "minutes.csv", 0, 0,
         "3 cells are missing: area 'north', site 's1'; area 'north', site 's2'; area 'south', "
         "site 's1'");
    errors(p, 1);
}

/* A lever that may open the border makes the journey one to be known; one elsewhere does not. */
static void a_lever_opens_the_border(void **state)
{
    struct place *p = *state;
    struct cf_lever lever = {.field = CF_FIELD_collaboration, .name = "open"};
    offer(p);
    place_file(p, "tables/minutes.csv", "area,site,value\nnorth,s1,12\nsouth,s2,14\n");
    place_file(p, "tables/collaboration.csv", "value\n0\n");
    cf_load_axes(p->model, 1, p->diag);
    lever.where[0] = cf_select_none(&p->model->arena, 2);
    lever.where[1] = cf_select_all(&p->model->arena, 2);
    lever.where[0].member[1] = 1;
    p->model->scenario.lever = &lever;
    p->model->scenario.n_levers = 1;
    load(p);
    told(p, CF_ERROR, "table.missing", "minutes.csv", 0, 0,
         "1 cell is missing: area 'south', site 's1'");
    errors(p, 1);
}

/* Rows that errors took are not missing as well. */
static void a_table_that_lost_rows_is_not_asked_for_more(void **state)
{
    struct place *p = *state;
    offer(p);
    place_file(p, "tables/minutes.csv", "area,site,value\nnorht,s1,12\n");
    place_file(p, "tables/beta.csv", "status,value\ncolege,0.05\n");
    place_file(p, "tables/reach.csv", "status,value\ncollege,far\n");
    load(p);
    told(p, CF_ERROR, "table.member", "minutes.csv", 2, 1, "unknown area 'norht'");
    told(p, CF_ERROR, "table.member", "beta.csv", 2, 1, "unknown status 'colege'");
    told(p, CF_ERROR, "table.value", "reach.csv", 2, 9, "'far' is not a number");
    errors(p, 3);
}

static void every_route_has_its_travel(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "axes/status.csv",
               "code,label,kind,participates,provided,fallback\n"
               "school,School,school,1,0,0\ncollege,College,learning,1,1,0\n"
               "work,Work-based,training,1,1,0\nneet,NEET,neet,0,0,1\n");
    place_file(p, "tables/beta.csv", "status,value\nschool,0.1\n");
    place_remove(p, "tables/reach.csv");
    load(p);
    told(p, CF_ERROR, "table.missing", "beta.csv", 0, 0, "1 cell is missing: status 'college'");
    told(p, CF_ERROR, "table.missing", "reach.csv", 0, 0, "1 cell is missing: status 'college'");
    errors(p, 2); /* work has no line: it has no journeys */
}

static void line_shares(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "axes/status.csv",
               "code,label,kind,participates,provided,fallback\n"
               "school,School,school,1,0,0\ncollege,College,learning,1,1,0\n"
               "work,Work-based,training,1,1,0\nneet,NEET,neet,0,0,1\n");
    place_file(p, "axes/line.csv",
               "code,label,route\nalevel,A level,college\nbuild,Building,work\n"
               "voc,Vocational,college\ncare,Care,work\nsport,Sport,college\n");
    place_file(p, "tables/line_share.csv",
               "area,group,line,value\nnorth,main,alevel,0.75\nnorth,main,voc,0.25\n"
               "south,,care,1\n");
    load(p);
    errors(p, 0);
    const double third = 1.0 / 3;
    for (int l = 0; l < 2; l++) {
        is_near(VALUE(p, line_share, 0, 0, l, 0), 0.75);
        is_near(VALUE(p, line_share, 0, 0, l, 2), 0.25);
        is_near(VALUE(p, line_share, 0, 0, l, 4), 0); /* others of the row are given, it is not */
        is_near(VALUE(p, line_share, 0, 0, l, 1), 0.5);
        is_near(VALUE(p, line_share, 0, 1, l, 0), third);
        is_near(VALUE(p, line_share, 1, 0, l, 4), third);
        is_near(VALUE(p, line_share, 1, 0, l, 1), 0);
        is_near(VALUE(p, line_share, 1, 0, l, 3), 1);
    }
}

static void no_line_at_all(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/line.csv", "code,label,route\n");
    load(p);
    told(p, CF_NOTICE, "provision.no-lines", "status.csv", 3, 1,
         "demand is not placed: there are no lines");
    errors(p, 0);
    assert_int_equal(p->model->provision.I, 0);
}

/* Nothing to say of lines where nobody chooses. */
static void nobody_chooses(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/line.csv", "code,label,route\n");
    p->model->scenario.choice_age = 21;
    load(p);
    for (size_t i = 0; i < cf_diag_count(p->diag, CF_NOTICE); i++)
        assert_string_not_equal(cf_diag_message(p->diag, i).code, "provision.no-lines");
}

static void nobody_offers(void **state)
{
    struct place *p = *state;
    offer(p);
    place_file(p, "tables/places.csv", "site,line,value\n");
    load(p); /* no minutes are needed either */
    told(p, CF_WARNING, "provision.no-offers", "line.csv", 0, 0,
         "there are lines and no places of any site on them: all who want a place are left without "
         "one");
    errors(p, 0);
}

static void one_line_is_not_offered(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "tables/places.csv", "site,line,value\ns1,alevel,60\n");
    load(p);
    told(p, CF_NOTICE, "provision.not-offered", "line.csv", 0, 0,
         "no site has places on line 'voc': all who want it are left without");
    errors(p, 0);
}

static void a_line_of_no_age(void **state)
{
    struct place *p = *state;
    offer(p);
    give_minutes(p);
    place_file(p, "axes/line.csv",
               "code,label,route,from_age,to_age\nalevel,,college,,15\nvoc,,college,21,30\n");
    load(p);
    told(p, CF_WARNING, "provision.line-ages", "line.csv", 2, 1,
         "line 'alevel' serves no age from 16 to 20");
    told(p, CF_WARNING, "provision.line-ages", "line.csv", 3, 1,
         "line 'voc' serves no age from 16 to 20");
    errors(p, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(changes),
        PLACE_TEST(changes_without_a_ramp),
        PLACE_TEST(wrong_changes),
        PLACE_TEST(minutes_by_degrees),
        PLACE_TEST(minutes_by_metres),
        PLACE_TEST(minutes_at_the_ends),
        PLACE_TEST(journeys_that_nobody_needs),
        PLACE_TEST(journeys_that_are_missing),
        PLACE_TEST(a_lever_opens_the_border),
        PLACE_TEST(a_table_that_lost_rows_is_not_asked_for_more),
        PLACE_TEST(every_route_has_its_travel),
        PLACE_TEST(line_shares),
        PLACE_TEST(no_line_at_all),
        PLACE_TEST(nobody_chooses),
        PLACE_TEST(nobody_offers),
        PLACE_TEST(one_line_is_not_offered),
        PLACE_TEST(a_line_of_no_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
