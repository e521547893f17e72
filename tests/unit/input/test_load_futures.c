#include "support/check.h"

#include <math.h>

#include "model/lever_ops.h"
#include "place_files.h"

#define DESIGN "design = { kind = \"lhs\"; draws = 10; seed = 3; };\n"

static void place_future(struct place *place, const char *text)
{
    place_levers(place, text);
    cf_load_future(&place->model, &place->config, place->diag);
}

static const struct cf_future *future_of(const struct place *place)
{
    return &place->model.scenario.future;
}

static void entries_are_bound(void **state)
{
    struct place *place = *state;
    place_future(
        place, PLACE_YEARS DESIGN
        "uncertain = (\n"
        "{ name = \"stay\"; field = \"net_rate\"; op = \"add\"; dist = \"normal\"; mean = 1;\n"
        "  sd = 0.25; where = { area = \"north\"; age = \"16-\"; }; by = [ \"area\", \"group\" ];\n"
        "  shared = 0.75; ar1 = -0.5; min = -1; max = 3; },\n"
        "{ name = \"places\"; field = \"places\"; op = \"scale\"; dist = \"discrete\";\n"
        "  where = { site = \"s2\"; line = \"alevel\"; };\n"
        "  values = [ 2, 0.5, 1 ]; weights = [ 1, 3, 4 ]; },\n"
        "{ name = \"births\"; field = \"external\"; op = \"scale\"; dist = \"empirical\";\n"
        "  values = ( 3, 1, 2, 1 ); by = \"area\"; } );\n");
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_int_equal(f->n_uncertain, 3);
    const struct cf_uncertain *u = f->uncertain;
    assert_string_equal(u[0].name, "stay");
    assert_int_equal(u[0].field, CF_FIELD_net_rate);
    assert_int_equal(u[0].op, cf_lever_op_find("add"));
    assert_int_equal(u[0].dist, cf_dist_find("normal"));
    assert_true(u[0].parameter[0] == 1 && u[0].parameter[1] == 0.25);
    assert_true(u[0].min == -1 && u[0].max == 3);
    assert_true(u[0].shared == 0.75 && u[0].ar1 == -0.5);
    assert_true(u[0].by[0] && u[0].by[1] && !u[0].by[2]);
    assert_int_equal(u[0].where[0].n_selected, 1);
    assert_int_equal(u[0].where[1].n_selected, 2);
    assert_int_equal(u[0].where[2].n_selected, 3);
    assert_int_equal(u[0].group, -1);
    assert_int_equal(u[0].at.line, 4);
    assert_true(u[1].by_code[0] && u[1].by_code[1] && !u[0].by_code[1]);
    assert_true(u[1].min == -HUGE_VAL && u[1].max == HUGE_VAL);
    assert_true(u[1].shared == 0 && isnan(u[1].ar1));
    /* Ascending, and weights sum to 1. */
    assert_int_equal(u[1].values.n, 3);
    static const double value[] = {0.5, 1, 2}, weight[] = {0.375, 0.5, 0.125};
    assert_memory_equal(u[1].values.value, value, sizeof value);
    assert_memory_equal(u[1].values.weight, weight, sizeof weight);
    static const double seen[] = {1, 1, 2, 3};
    assert_memory_equal(u[2].values.value, seen, sizeof seen);
    assert_true(u[2].values.weight[0] == 0.25 && u[2].values.weight[3] == 0.25);
    assert_true(!u[2].by[0] && u[2].by[1]); /* year, area */
    assert_null(f->factor);
    assert_int_equal(f->n_groups, 0);
}

#define ENTRY(name, more)                                                                          \
    "{ name = \"" name "\"; field = \"net_rate\"; op = \"add\"; dist = \"uniform\"; low = 0;\n"    \
    "  high = 0.1; " more " }"
#define OF_G(name) ENTRY(name, "group = \"g\";") ",\n"
#define OF_H(name) ENTRY(name, "group = \"h\";")
#define SIX OF_G("a") ENTRY("x", "") ",\n" OF_G("b") OF_G("c") OF_H("d") ",\n" OF_H("e")
#define THREE OF_G("a") OF_G("b") ENTRY("c", "group = \"g\";")

static void correlations_become_a_factor(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS DESIGN "uncertain = (" SIX ");\n"
                                           "correlations = (\n"
                                           "{ between = [ \"c\", \"a\" ]; value = 0.0; },\n"
                                           "{ group = \"g\"; value = 0.6; },\n"
                                           "{ between = [ \"d\", \"e\" ]; value = -0.8; } );\n");
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_int_equal(f->n_groups, 2);
    assert_int_equal(f->uncertain[1].group, -1);
    assert_int_equal(f->uncertain[3].group, 0);
    assert_int_equal(f->uncertain[5].group, 1);
    /* a b: 0.6, a c: 0 although the group's 0.6 comes later, b c: 0.6 -> 0.6 / 0.8 = 0.75. */
    const double wanted[6][6] = {{1},
                                 {0, 1},
                                 {0.6, 0, 0.8},
                                 {0, 0, 0.75, sqrt(1 - 0.5625)},
                                 {0, 0, 0, 0, 1},
                                 {0, 0, 0, 0, -0.8, 0.6}};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            assert_true(fabs(f->factor[i * 6 + j] - wanted[i][j]) < 1e-15);
}

/* Of three entries all pairs together can have any correlation above -0.5. */
static void correlations_that_can_just_be(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS DESIGN "uncertain = (" THREE ");\n"
                                           "correlations = ( { group = \"g\"; value = -0.49; } );");
    expect_messages(place, 0);
}

static void correlations_that_cannot_be(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS DESIGN "uncertain = (" THREE ");\n"
                                           "correlations = ( { group = \"g\"; value = -0.5; } );");
    expect(place, "correlation.definite", 9, "group 'g' cannot all hold: with 'c'", NULL);
    expect_messages(place, 1);
}

static void correlations_of_entries_that_were_not_read(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS "uncertain = 3;\n"
                                    "correlations = ( { group = \"g\"; value = 0.5; } );\n");
    expect(place, "setting.type", 2, "'uncertain' is a whole number, a list of groups", NULL);
    expect_messages(place, 1);
}

static void risks_are_bound(void **state)
{
    struct place *place = *state;
    place_future(
        place, PLACE_YEARS DESIGN
        "risks = (\n"
        "{ code = \"R3\"; label = \"Funding withdrawn\"; owner = \"County\"; probability = 0.4;\n"
        "  onset = [ 2010, 2011 ]; duration = 3;\n"
        "  levers = ( { field = \"places\"; op = \"scale\"; value = 0.75;\n"
        "               where = { site = \"s1\"; line = \"alevel\"; }; },\n"
        "             { name = \"b\"; field = \"net_rate\"; op = \"add\"; value = -1; } );\n"
        "  mitigation = { cost = 250; scale = 0.5; }; },\n"
        "{ code = \"flu\"; probability = 1; onset = [ 2009, 2009 ]; duration = 1;\n"
        "  levers = ( { field = \"population\"; op = \"scale\"; value = 0.99; } ); } );\n");
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_int_equal(f->n_risks, 2);
    const struct cf_risk *r = &f->risk[0], *flu = &f->risk[1];
    assert_string_equal(r->code, "R3");
    assert_string_equal(r->label, "Funding withdrawn");
    assert_string_equal(r->owner, "County");
    assert_true(r->probability == 0.4 && r->duration == 3);
    assert_true(r->onset_first == 2010 && r->onset_last == 2011);
    assert_int_equal(r->n_levers, 2);
    assert_int_equal(r->lever[0].field, CF_FIELD_places);
    assert_string_equal(r->lever[0].name, "lever 1");
    assert_true(r->lever[0].by_code[0] && r->lever[0].by_code[1]);
    assert_string_equal(r->lever[1].name, "b");
    assert_true(r->has_mitigation && r->mitigation_cost == 250);
    assert_true(r->mitigated_probability == 0.4 && r->mitigated_scale == 0.5);
    assert_string_equal(flu->label, "flu");
    assert_string_equal(flu->owner, "");
    assert_false(flu->has_mitigation);
    assert_true(flu->mitigated_probability == 1 && flu->mitigated_scale == 1);
    /* Whatever pulls a field is found, levers of risks too. */
    struct cf_pull_spec pull;
    assert_int_equal(cf_pull_spec_find(&place->model.scenario, 2, &pull), 1);
    assert_int_equal(pull.field, CF_FIELD_population);
    assert_int_equal(cf_pull_spec_find(&place->model.scenario, 3, &pull), 0);
}

static void designs_are_read(void **state)
{
    static const struct {
        const char *text;
        enum cf_design_kind kind;
        int draws, runs;
    } designs[] = {
        {"{ draws = 7; }", CF_DESIGN_MONTECARLO, 7, 7},
        {"{ kind = \"montecarlo\"; draws = 7; }", CF_DESIGN_MONTECARLO, 7, 7},
        {"{ kind = \"lhs\"; draws = 7.0; }", CF_DESIGN_LHS, 7, 7},
        {"{ kind = \"sobol\"; draws = 7; }", CF_DESIGN_SOBOL, 7, 7},
        {"{ kind = \"morris\"; draws = 7; }", CF_DESIGN_MORRIS, 7, 21},
        {"{ kind = \"saltelli\"; draws = 7; }", CF_DESIGN_SALTELLI, 7, 28},
        {"{ kind = \"grid\"; steps = 7; }", CF_DESIGN_GRID, 1, 49},
        {"{ kind = \"none\"; draws = 7; }", CF_DESIGN_NONE, 7, 0},
    };
    for (size_t k = 0; k < sizeof designs / sizeof *designs; k++) {
        struct place *place;
        char text[1024];
        assert_int_equal(place_open((void **)&place), 0);
        snprintf(text, sizeof text, "%suncertain = ( %s, %s );\ndesign = %s;\n", PLACE_YEARS,
                 ENTRY("a", ""), ENTRY("b", ""), designs[k].text);
        place_future(place, text);
        expect_messages(place, 0);
        const struct cf_design *design = &future_of(place)->design;
        assert_int_equal(design->kind, designs[k].kind);
        assert_int_equal(design->draws, designs[k].draws);
        assert_int_equal(cf_future_draws(future_of(place)), designs[k].runs);
        assert_true(design->seed == 0);
        assert_int_equal(place_close((void **)&place), 0);
    }
    (void)state;
}

static void seeds_are_long(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS "uncertain = (" ENTRY(
                            "a", "") ");\n"
                                     "design = { kind = \"morris\"; steps = 6; draws = 2;\n"
                                     "  seed = 9223372036854775807L; };\n");
    expect_messages(place, 0);
    assert_true(future_of(place)->design.seed == 9223372036854775807ULL);
    assert_int_equal(future_of(place)->design.steps, 6);
}

static void draws_of_a_file(void **state)
{
    struct place *place = *state;
    char folder[96];
    snprintf(folder, sizeof folder, "%s/futures", place->folder);
    assert_int_equal(mkdir(folder, 0700), 0);
    place_write(place, "futures/draws.csv", "note,b,a\nfirst,0.5,-1\n,2,1e-3\n");
    place_write(place, "futures/file.cfg", "design = { kind = \"file\"; file = \"draws.csv\"; };");
    place_future(place, PLACE_YEARS "@include \"futures/file.cfg\"\n"
                                    "uncertain = (" ENTRY("a", "") ",\n" ENTRY("b", "") ");\n");
    expect_messages(place, 0);
    const struct cf_design *design = &future_of(place)->design;
    assert_int_equal(cf_future_draws(future_of(place)), 2);
    static const double wanted[] = {-1, 0.5, 1e-3, 2};
    assert_memory_equal(design->row, wanted, sizeof wanted);
    /* It is an input like any other, and where it lies is no part of what the scenario says. */
    int found = 0;
    for (int k = 0; k < place->model.n_files; k++)
        found |= strcmp(place->model.file[k].name, "futures/draws.csv") == 0;
    assert_true(found);
    assert_non_null(strstr(place->config.resolved, "file = \"draws.csv\";"));
}

static void the_resolved_scenario_names_no_folder(void **state)
{
    struct place *place = *state;
    place_settings(place, PLACE_YEARS "design = { kind = \"file\"; file = \"/some/draws.csv\"; };\n"
                                      "title = \"/some/draws.csv\";\n");
    assert_non_null(strstr(place->config.resolved, "file = \"draws.csv\";"));
    assert_non_null(strstr(place->config.resolved, "title = \"/some/draws.csv\";"));
}

static void sweeps_are_bound(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS
                 "sweep = (\n"
                 "{ name = \"theta\"; field = \"theta\"; op = \"set\"; values = [ 0, 0.5, 1 ]; },\n"
                 "{ name = \"room\"; field = \"places\"; op = \"add\"; values = [ -10, 10 ];\n"
                 "  where = { line = \"alevel\"; site = [ \"s1\", \"s2\" ]; }; } );\n");
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_int_equal(f->n_sweeps, 2);
    assert_int_equal(cf_future_points(f), 6);
    assert_string_equal(f->sweep[1].name, "room");
    assert_int_equal(f->sweep[1].op, cf_lever_op_find("add"));
    assert_true(f->sweep[0].value[1] == 0.5 && f->sweep[1].value[0] == -10);
    assert_int_equal(f->sweep[1].where[1].n_selected, 2);
    assert_true(f->sweep[1].by_code[0] && f->sweep[1].by_code[1]);
    struct cf_pull_spec pull;
    assert_int_equal(cf_pull_spec_find(&place->model.scenario, 1, &pull), 1);
    assert_int_equal(pull.field, CF_FIELD_places);
}

static void what_is_retained(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS
                 "retain = [ \"-*\", \"demand\", \"coverage@report\", \"-attained_by_19\" ];\n");
    expect_messages(place, 0);
    const struct cf_retain *r = future_of(place)->retain;
    assert_int_equal(future_of(place)->n_retain, 4);
    assert_true(r[0].drop && !strcmp(r[0].variable, "*") && !r[0].report);
    assert_true(!r[1].drop && !strcmp(r[1].variable, "demand") && !r[1].report);
    assert_true(!r[2].drop && !strcmp(r[2].variable, "coverage") && r[2].report);
    assert_true(r[3].drop && !strcmp(r[3].variable, "attained_by_19"));
    assert_int_equal(r[3].at.line, 2);
}

static void one_text_is_enough_to_retain(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS "retain = \"-*\";\n");
    expect_messages(place, 0);
    assert_int_equal(future_of(place)->n_retain, 1);
}

static void nothing_is_said_of_futures(void **state)
{
    struct place *place = *state;
    place_future(place, PLACE_YEARS "uncertain = ( ); risks = ( ); sweep = ( ); retain = [ ];\n"
                                    "correlations = ( );\n");
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_true(f->n_uncertain == 0 && f->n_risks == 0 && f->n_sweeps == 0 && f->n_retain == 0);
    assert_int_equal(f->design.kind, CF_DESIGN_NONE);
    assert_int_equal(cf_future_draws(f), 0);
    assert_int_equal(cf_future_points(f), 1);
}

/* Later files and --set change entries, levers of risks and values of a sweep by name. */
static void parts_are_changed_by_name(void **state)
{
    static const char *const set[] = {"design.draws=20",
                                      "design.seed=4000000000L",
                                      "uncertain.a.high=0.25",
                                      "risks.R1.levers.cut.value=0.5",
                                      "risks.R1.mitigation={ scale = 0.25; }",
                                      "sweep.theta.values=[0.0, 1.0]"};
    struct place *place = *state;
    struct cf_config *config = &place->config;
    int ready;
    place_write(
        place, "base.cfg",
        PLACE_YEARS DESIGN "uncertain = (" ENTRY("a", "") ",\n" ENTRY(
            "b",
            "") ");\n"
                "risks = ( { code = \"R1\"; probability = 0.5; onset = [ 2010, 2010 ];\n"
                "  duration = 1; levers = ( { name = \"cut\"; field = \"places\";\n"
                "  op = \"scale\"; value = 0.9; } ); } );\n"
                "sweep = ( { name = \"theta\"; field = \"theta\"; op = \"set\"; values = [ 0 ]; } "
                ");\n");
    place_write(place, "over.cfg",
                "extends = \"base.cfg\";\n"
                "uncertain = ( { name = \"b\"; low = -0.1; } );\n"
                "risks = ( { code = \"R1\"; probability = 0.1; } );\n");
    snprintf(place->scenario, sizeof place->scenario, "%s/over.cfg", place->folder);
    assert_int_equal(cf_config_load(&place->model.arena, place->scenario, set,
                                    (int)(sizeof set / sizeof *set), config, place->diag),
                     CF_OK);
    cf_load_settings(&place->model, config, &ready, place->diag);
    cf_load_axes(&place->model, ready, place->diag);
    cf_load_future(&place->model, config, place->diag);
    expect_messages(place, 0);
    const struct cf_future *f = future_of(place);
    assert_true(f->design.draws == 20 && f->design.seed == 4000000000ULL);
    assert_int_equal(f->design.kind, CF_DESIGN_LHS);
    assert_int_equal(f->n_uncertain, 2);
    assert_true(f->uncertain[0].parameter[1] == 0.25 && f->uncertain[1].parameter[0] == -0.1);
    assert_true(f->risk[0].probability == 0.1 && f->risk[0].lever[0].value == 0.5);
    assert_true(f->risk[0].mitigated_scale == 0.25);
    assert_int_equal(f->sweep[0].n, 2);
}

static void a_broken_axis_is_not_told_again(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/area.csv", "code\n");
    place_future(place, PLACE_YEARS DESIGN "uncertain = (" ENTRY(
                            "a", "where = { area = \"north\"; }; by = \"area\";") ");\n");
    expect(place, "axis.no-members", 0, "axis 'area'", NULL);
    expect_messages(place, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(entries_are_bound),
        TEST(correlations_become_a_factor),
        TEST(correlations_that_can_just_be),
        TEST(correlations_that_cannot_be),
        TEST(correlations_of_entries_that_were_not_read),
        TEST(risks_are_bound),
        cmocka_unit_test(designs_are_read),
        TEST(seeds_are_long),
        TEST(draws_of_a_file),
        TEST(the_resolved_scenario_names_no_folder),
        TEST(sweeps_are_bound),
        TEST(what_is_retained),
        TEST(one_text_is_enough_to_retain),
        TEST(nothing_is_said_of_futures),
        TEST(parts_are_changed_by_name),
        TEST(a_broken_axis_is_not_told_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
