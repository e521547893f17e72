/* What is provided, worked out of axes, places, changes and levers. */
#include "unit/input/table_place.h"

#include "model/view.h"

#include <limits.h>

/* Axes and tables as they stand, and on top of them what the model was given by hand. */
static const struct cf_provision *find(struct place *p)
{
    place_load(p);
    errors(p, 0);
    cf_find_provision(p->model);
    return &p->model->provision;
}

static void is_offer(const struct cf_provision *v, int o, int line, int site, const char *code)
{
    assert_int_equal(v->offer_line[o], line);
    assert_int_equal(v->offer_site[o], site);
    assert_string_equal(v->offer_code[o], code);
    assert_int_equal(cf_offer_find(v, line, site), o);
}

static void lines_and_the_ages_they_serve(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/status.csv",
               "code,label,kind,participates,provided,fallback\n"
               "school,School,school,1,1,0\ncollege,College,learning,1,1,0\n"
               "neet,NEET,neet,0,0,1\n");
    place_file(p, "axes/line.csv",
               "code,route,from_age,to_age,viable_group,learners_per_teacher\n"
               "a,college,,,10,12.5\nb,college,17,18,,\nc,college,12,40,,\nd,school,,15,,\n"
               "e,school,15,,,\nf,school,9,12,,\n");
    const struct cf_provision *v = find(p);
    /* Ages 15 to 20, choice at 16. */
    static const int ages[][2] = {{1, 5}, {2, 3}, {1, 5}, {1, 0}, {0, 5}, {0, -3}};
    assert_int_equal(v->I, 6);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(v->line[i].route, i < 3 ? 1 : 0);
        assert_int_equal(v->line[i].from_x, ages[i][0]);
        assert_int_equal(v->line[i].to_x, ages[i][1]);
    }
    assert_true(v->line[0].viable_group == 10 && v->line[0].per_teacher == 12.5);
    assert_true(v->line[1].viable_group == 0 && v->line[1].per_teacher == 0);
    assert_true(v->provided[0] && v->provided[1] && !v->provided[2]);
}

/* Entitlement lines count where a route has any, else all its lines do. */
static void lines_that_count(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/status.csv",
               "code,label,kind,participates,provided,fallback\n"
               "school,School,school,1,1,0\ncollege,College,learning,1,1,0\n"
               "neet,NEET,neet,0,0,1\n");
    place_file(p, "axes/line.csv",
               "code,route,entitlement\na,college,0\nb,college,1\nc,school,0\nd,school,\n");
    const struct cf_provision *v = find(p);
    assert_true(!v->line[0].counts && v->line[1].counts);
    assert_true(v->line[2].counts && v->line[3].counts);
}

static void sites_homes_and_grades(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/area.csv", "code,authority,region\nnorth,a1,r\nsouth,,r\n");
    place_file(p, "axes/site.csv",
               "code,area,authority,closing_year,teach_out\n"
               "s1,north,b7,2011,2\ns2,south,,,\ns3,north,a1,,\n");
    const struct cf_provision *v = find(p);
    const struct cf_axis *authority = &p->model->axis[CF_AXIS_AUTHORITY];
    assert_int_equal(v->H, 3); /* a1, b7, and that of those without */
    assert_string_equal(authority->codes.name[v->home[0]], "a1");
    assert_string_equal(authority->codes.name[v->home[1]], "");
    assert_string_equal(authority->codes.name[v->site[0].authority], "b7");
    assert_int_equal(v->site[1].authority, v->home[1]);
    assert_int_equal(v->site[2].authority, v->home[0]);
    assert_true(v->site[0].closing_year == 2011 && v->site[0].teach_out == 2);
    assert_true(v->site[1].closing_year == INT_MAX && v->site[1].teach_out == 0);
    assert_true(v->Q == 2 && v->good[0] && !v->good[1]);
}

/* In order of line, then site, however tables and changes name them. */
static void offers(void **state)
{
    struct place *p = *state;
    struct cf_change change[2] = {{.line = 1, .site = 0}, {.line = 0, .site = 1}};
    place_file(p, "axes/site.csv", "code,area\ns1,north\ns2,south\ns3,south\n");
    place_file(p, "tables/places.csv", "site,line,value\ns3,voc,0\ns2,alevel,4\ns1,alevel,3\n");
    p->model->provision.change = change;
    p->model->provision.n_changes = 2;
    const struct cf_provision *v = find(p);
    assert_int_equal(v->n_offers, 4);
    is_offer(v, 0, 0, 0, "s1/alevel");
    is_offer(v, 1, 0, 1, "s2/alevel");
    is_offer(v, 2, 1, 0, "s1/voc"); /* by a change alone */
    is_offer(v, 3, 1, 2, "s3/voc"); /* a row of no places is a row */
    assert_int_equal(cf_offer_find(v, 1, 1), -1);
    assert_int_equal(cf_offer_find(v, 0, 2), -1);
    assert_true(v->first_offer[0] == 0 && v->first_offer[1] == 2 && v->first_offer[2] == 4);
    assert_true(v->change[0].offer == 2 && v->change[1].offer == 1);
}

static struct cf_lever lever_on(struct place *p, enum cf_field_id field)
{
    struct cf_lever lever = {.field = field, .name = "lever"};
    for (int d = 0; d < cf_field_specs[field].n_dims; d++)
        lever.where[d] = cf_select_all(&p->model->arena, 2);
    return lever;
}

/* A lever makes a pair an offer where it names line and site by their codes. */
static void offers_by_levers(void **state)
{
    struct place *p = *state;
    struct cf_lever levers[3];
    place_file(p, "tables/places.csv", "site,line,value\ns2,alevel,4\n");
    levers[0] = lever_on(p, CF_FIELD_places); /* of every pair: none is named */
    levers[1] = lever_on(p, CF_FIELD_places);
    levers[1].by_code[0] = 1; /* the line only */
    levers[2] = lever_on(p, CF_FIELD_places);
    levers[2].by_code[0] = levers[2].by_code[1] = 1;
    levers[2].where[0].member[0] = 0;
    levers[2].where[1].member[1] = 0;
    p->model->scenario.lever = levers;
    p->model->scenario.n_levers = 3;
    const struct cf_provision *v = find(p);
    assert_int_equal(v->n_offers, 2);
    is_offer(v, 0, 0, 1, "s2/alevel");
    is_offer(v, 1, 1, 0, "s1/voc");
    p->model->scenario.n_levers = 2;
    cf_find_provision(p->model);
    assert_int_equal(v->n_offers, 1);
    levers[2].field = CF_FIELD_minutes; /* a lever on another table names no offer */
    p->model->scenario.n_levers = 3;
    cf_find_provision(p->model);
    assert_int_equal(v->n_offers, 1);
}

/* So do levers of risks, uncertain entries and dimensions of the sweep: in some run there is one.
 */
static void offers_by_futures(void **state)
{
    struct place *p = *state;
    struct cf_future *f = &p->model->scenario.future;
    place_file(p, "tables/places.csv", "site,line,value\ns2,alevel,4\n");
    struct cf_lever lever = lever_on(p, CF_FIELD_places);
    lever.by_code[0] = lever.by_code[1] = 1;
    lever.where[0].member[0] = 0;
    lever.where[1].member[1] = 0;
    struct cf_risk risk = {.code = "R", .n_levers = 1, .lever = &lever};
    struct cf_uncertain entry = {.name = "u", .field = CF_FIELD_places};
    struct cf_sweep_dim dim = {.name = "d", .field = CF_FIELD_places};
    memcpy(entry.where, lever.where, sizeof entry.where);
    memcpy(entry.by_code, lever.by_code, sizeof entry.by_code);
    memcpy(dim.where, lever.where, sizeof dim.where);
    memcpy(dim.by_code, lever.by_code, sizeof dim.by_code);
    f->risk = &risk;
    f->uncertain = &entry;
    f->sweep = &dim;
    const struct cf_provision *v = find(p);
    assert_int_equal(v->n_offers, 1);
    for (int k = 0; k < 3; k++) {
        f->n_risks = k == 0;
        f->n_uncertain = k == 1;
        f->n_sweeps = k == 2;
        cf_find_provision(p->model);
        assert_int_equal(v->n_offers, 2);
        is_offer(v, 1, 1, 0, "s1/voc");
    }
    dim.by_code[0] = 0; /* the site alone is named */
    cf_find_provision(p->model);
    assert_int_equal(v->n_offers, 1);
}

static void nothing_is_provided(void **state)
{
    struct place *p = *state;
    place_file(p, "axes/line.csv", "code,route\n");
    place_file(p, "axes/site.csv", "code\n");
    const struct cf_provision *v = find(p);
    assert_true(v->I == 0 && v->J == 0 && v->n_offers == 0 && v->first_offer[0] == 0);
    assert_true(!v->provided[0] && v->provided[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLACE_TEST(lines_and_the_ages_they_serve),
        PLACE_TEST(lines_that_count),
        PLACE_TEST(sites_homes_and_grades),
        PLACE_TEST(offers),
        PLACE_TEST(offers_by_levers),
        PLACE_TEST(offers_by_futures),
        PLACE_TEST(nothing_is_provided),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
