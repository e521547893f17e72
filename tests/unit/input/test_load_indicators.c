#include "support/check.h"

#include <math.h>

#include "place_files.h"

#define INDICATORS(text) PLACE_YEARS "indicators = (\n" text ");\n"
#define ALL "numerator = { of = \"stock\"; };"

static void place_indicators(struct place *place, const char *text)
{
    int ready = place_settings(place, text);
    cf_load_axes(&place->model, ready, place->diag);
    cf_load_indicators(&place->model, &place->config, place->diag);
}

static const struct cf_indicator *indicator(const struct place *place, int i)
{
    assert_true(i < place->model.scenario.n_indicators);
    return &place->model.scenario.indicator[i];
}

static void indicators_are_bound(void **state)
{
    struct place *place = *state;
    place_indicators(
        place,
        INDICATORS(
            "{ code = \"neet\"; label = \"Not in it\"; definition = \"D\"; source = \"S\";\n"
            "  numerator = { of = \"stock\"; where = { status = \"kind:neet\"; age = \"16-\";\n"
            "    area = \"north\"; }; };\n"
            "  denominator = { where = { age = [ 15, 16 ]; group = \"lldd:1\"; }; };\n"
            "  weights = ( { age = 15; weight = 0.25; }, { age = 16; weight = 2; } );\n"
            "  baseline = 0.07; better = \"lower\"; responsible = \"R\"; },\n"
            "{ code = \"gap\"; better = \"higher\"; published_offset = 1;\n"
            "  numerator = { of = \"attained\"; where = { level = \"l2\"; }; };\n"
            "  denominator = { };\n"
            "  minus = { numerator = { where = { group = \"f\"; }; }; denominator = {}; };\n"
            "  targets = ( { year = 2011; value = 0.5; }, { year = 2012; }, { year = 2013; "
            "value = 1; } ); }\n"));
    expect_messages(place, 0);
    const struct cf_indicator *neet = indicator(place, 0), *gap = indicator(place, 1);
    assert_string_equal(neet->label, "Not in it");
    assert_string_equal(neet->definition, "D");
    assert_string_equal(neet->source, "S");
    assert_string_equal(neet->responsible, "R");
    assert_int_equal(neet->of, CF_COUNTED_STOCK);
    assert_int_equal(neet->better, CF_BETTER_LOWER);
    assert_true(neet->baseline == 0.07 && isnan(gap->baseline));
    const struct cf_count *above = &neet->ratio.numerator, *below = &neet->ratio.denominator;
    assert_int_equal(above->status.n_selected, 1);
    assert_int_equal(above->status.member[3], 1);
    assert_int_equal(above->area.n_selected, 1);
    assert_int_equal(below->area.n_selected, 2);
    assert_int_equal(below->group.n_selected, 1);
    static const double weights[2][5] = {{0, 0, 2, 0, 0}, {0, 0.25, 2, 0, 0}};
    assert_memory_equal(above->weight, weights[0], sizeof weights[0]);
    assert_memory_equal(below->weight, weights[1], sizeof weights[1]);
    assert_false(neet->has_minus);

    assert_string_equal(gap->label, "gap");
    assert_int_equal(gap->of, CF_COUNTED_ATTAINED);
    assert_int_equal(gap->better, CF_BETTER_HIGHER);
    assert_true(gap->has_minus && gap->minus.has_denominator);
    assert_true(gap->ratio.numerator.weight[4] == 1 && gap->ratio.numerator.weight[3] == 0);
    assert_true(gap->minus.denominator.weight[4] == 1);
    assert_int_equal(gap->minus.numerator.group.n_selected, 1);
    assert_true(gap->target[1] == 0.5); /* published 2011: of 2010 */
    assert_true(isnan(gap->target[0]) && isnan(gap->target[2]));
    assert_true(gap->target[3] == 1);
}

static void keys_are_checked(void **state)
{
    struct place *place = *state;
    place_indicators(
        place, INDICATORS("{ cod = \"a\"; " ALL " },\n"
                          "{ code = \"b\"; lable = \"B\"; numerator = { off = \"stock\"; }; },\n"
                          "{ code = \"c\"; },\n"
                          "{ code = \"d\"; " ALL " minus = { numerater = { }; };\n"
                          "  weights = ( { age = 16; weigt = 1; } );\n"
                          "  targets = ( { yaer = 2010; } ); },\n"
                          "{ code = 5; " ALL " published_offset = -1; better = \"more\"; },\n"
                          "7,\n"
                          "{ code = \"\"; " ALL " }\n"));
    expect(place, "setting.unknown", 3, "unknown setting 'cod' in indicator 1", "'code'");
    expect(place, "setting.unknown", 4, "'lable' in indicator 'b'", "'label'");
    expect(place, "setting.unknown", 4, "'off' in 'numerator' of indicator 'b'", "'of'");
    expect(place, "setting.missing", 5, "'numerator' in indicator 'c' is missing", NULL);
    expect(place, "setting.unknown", 6, "'numerater' in 'minus' of indicator 'd'", "'numerator'");
    expect(place, "setting.unknown", 7, "'weigt' in 'weights' of indicator 'd'", "'weight'");
    expect(place, "setting.unknown", 8, "'yaer' in 'targets' of indicator 'd'", "'year'");
    expect(place, "setting.type", 9, "setting 'code' in indicator 5 is a whole number", NULL);
    expect(place, "setting.range", 9, "'published_offset' in indicator 5 is -1", NULL);
    expect(place, "setting.word", 9, "'better' in indicator 5 cannot be 'more'", NULL);
    expect(place, "setting.type", 10, "entry 6 of 'indicators' is a whole number", NULL);
    expect(place, "indicator.code", 11, "indicator 7 has an empty code", NULL);
    expect_messages(place, 12);
}

static void what_is_counted_is_checked(void **state)
{
    struct place *place = *state;
    place_indicators(
        place,
        INDICATORS("{ code = \"a\"; numerator = { of = \"stok\"; where = { line = \"x\"; }; };\n"
                   "  denominator = { of = \"attained\"; }; },\n"
                   "{ code = \"b\"; numerator = { of = \"demand\"; }; denominator = { where = { "
                   "line = \"x\"; }; }; },\n"
                   "{ code = \"c\"; " ALL " denominator = { of = \"attained\"; }; },\n"
                   "{ code = \"d\"; " ALL " minus = { numerator = { of = \"attained\"; }; }; },\n"
                   "{ code = \"e\"; numerator = { of = \"attained\"; where = { age = 17; status = "
                   "\"job\"; }; }; },\n"
                   "{ code = \"f\"; numerator = { where = { lldd = 1; stats = \"job\"; }; }; },\n"
                   "{ code = \"g\"; numerator = { where = { status = \"jobb\"; group = \"sex:x\";\n"
                   "  age = \"30-\"; level = []; area = true; }; }; }\n"));
    expect(place, "indicator.of", 3, "'stok' in 'numerator' of indicator 'a' is nothing",
           "'stock'");
    expect(place, "indicator.later", 5, "'demand' in 'numerator' of indicator 'b' is not available",
           NULL);
    expect(place, "indicator.time", 6, "'denominator' of indicator 'c' counts 'attained'", NULL);
    expect(place, "indicator.time", 7, "'numerator' of 'minus' of indicator 'd' counts 'attained'",
           NULL);
    expect(place, "indicator.where", 8, "'age' in 'where' of 'numerator' of indicator 'e'", NULL);
    expect(place, "indicator.where", 8, "'status' in 'where'", NULL);
    expect(place, "indicator.where", 9, "'lldd' in 'where' of 'numerator' of indicator 'f'",
           "group = \"lldd:...\"");
    expect(place, "indicator.where", 9, "'stats' in 'where'", "'status'");
    expect(place, "selector.code", 10, "axis 'status' has no member 'jobb'", "'job'");
    expect(place, "selector.nothing", 10, "'sex:x' matches nothing", NULL);
    expect(place, "selector.nothing", 11, "'30-' matches nothing", NULL);
    expect(place, "selector.nothing", 11, "'level' in 'where' of 'numerator' of indicator 'g'",
           NULL);
    expect(place, "selector.type", 11, "'area' in 'where'", NULL);
    expect_messages(place, 13);
}

static void weights_and_targets_are_checked(void **state)
{
    struct place *place = *state;
    place_indicators(
        place,
        INDICATORS("{ code = \"a\"; " ALL " weights = ( { age = 13; weight = 1; },\n"
                   "  { age = 16; weight = 1; }, { age = 16; weight = 2; },\n"
                   "  { age = 17; weight = -1; }, 5 ); },\n"
                   "{ code = \"b\"; numerator = { of = \"attained\"; };\n"
                   "  weights = ( { age = 18; weight = 1; } ); },\n"
                   "{ code = \"c\"; " ALL " targets = ( { year = 2010; value = 1; },\n"
                   "  { year = 2010; }, { year = 2030; }, { year = 2031; value = 1; } ); },\n"
                   "{ code = \"a\"; " ALL " }\n"));
    expect(place, "indicator.weight-age", 3, "age 13 in 'weights' of indicator 'a' is not followed",
           NULL);
    expect(place, "indicator.weight-age", 4, "age 16 in 'weights' of indicator 'a' is given twice",
           NULL);
    expect(place, "setting.range", 5, "setting 'weight' in 'weights' of indicator 'a' is -1", NULL);
    expect(place, "setting.type", 5, "entry 5 of 'weights' is a whole number", NULL);
    expect(place, "indicator.weights", 7, "indicator 'b' counts what is attained at 18", NULL);
    expect(place, "indicator.target-twice", 9, "indicator 'c' has two targets for 2010", NULL);
    expect(place, "indicator.target-year", 9, "the target of indicator 'c' for 2031", NULL);
    expect(place, "indicator.twice", 10, "there is another indicator 'a', at ", NULL);
    expect_messages(place, 8);
    assert_true(indicator(place, 2)->target[1] == 1);
}

static void somebody_must_be_18(void **state)
{
    struct place *place = *state;
    place_indicators(place, "base_year = 2009; end_year = 2012; first_age = 14; last_age = 17;\n"
                            "choice_age = 16; indicators = ( { code = \"a\";\n"
                            "numerator = { of = \"attained\"; }; } );\n");
    expect(place, "indicator.age", 2, "attained at 18, the ages are 14 to 17", NULL);
    expect_messages(place, 1);
}

static void a_broken_axis_is_not_told_again(void **state)
{
    struct place *place = *state;
    place_write(place, "axes/status.csv", "code\n");
    place_indicators(place, INDICATORS("{ code = \"a\"; numerator = { where = { status = \"x\"; }; "
                                       "}; weights = ( { age = 16; weight = 1; } ); }\n"));
    expect(place, "axis.no-members", 0, "axis 'status'", NULL);
    expect_messages(place, 1);
}

#define TWO                                                                                        \
    INDICATORS("{ code = \"a\"; " ALL " },\n{ code = \"b\"; published_offset = 1; " ALL " }\n")

static void benchmarks_are_read(void **state)
{
    struct place *place = *state;
    place_write(place, "benchmark.csv",
                "indicator,year,value,source,note\na,2009,0.5,DCSF,x\na,2011,0.6,DCSF,\n"
                "b,2010,0.7,ONS,\nb,2013,0.8,\"DfE, 2014\",\nb,2009,0.1,,\na,2020,0.1,,\n");
    place_indicators(place, TWO);
    cf_load_benchmark(&place->model, place->diag);
    expect(place, "benchmark.unused", 6, "2 of 6 rows are of no year", NULL);
    expect_messages(place, 1);
    const struct cf_indicator *a = indicator(place, 0), *b = indicator(place, 1);
    assert_true(a->benchmark[0] == 0.5 && a->benchmark[2] == 0.6 && isnan(a->benchmark[1]));
    assert_true(b->benchmark[0] == 0.7 && b->benchmark[3] == 0.8 && isnan(b->benchmark[1]));
    assert_string_equal(a->benchmark_source, "DCSF");
    assert_string_equal(b->benchmark_source, "ONS; DfE, 2014");
    assert_string_equal(place->model.file[place->model.n_files - 1].name, "benchmark.csv");
}

static void benchmarks_are_checked(void **state)
{
    struct place *place = *state;
    place_write(place, "benchmark.csv",
                "indicator,year,value\naa,2009,0.5\na,2009/10,0.5\na,2010,high\na,2011,\n"
                "b,2010,0.7\nb,2010,0.8\n");
    place_indicators(place, TWO);
    cf_load_benchmark(&place->model, place->diag);
    expect(place, "benchmark.indicator", 2, "unknown indicator 'aa'", "'a'");
    expect(place, "benchmark.year", 3, "'2009/10' is not a year", NULL);
    expect(place, "table.value", 4, "'high' is not a number", NULL);
    expect(place, "table.value", 5, "the value is empty", NULL);
    expect(place, "benchmark.twice", 7, "indicator 'b' is given twice for 2010, in lines 6 and 7",
           NULL);
    expect_messages(place, 5);
}

static void benchmark_columns(void **state)
{
    struct place *place = *state;
    place_write(place, "benchmark.csv", "indicator,yaer,value\na,2009,0.5\n");
    place_indicators(place, TWO);
    cf_load_benchmark(&place->model, place->diag);
    expect(place, "table.column", 1, "there is no column 'year'", NULL);
    expect(place, "table.column", 1, "unknown column 'yaer'", "'year'");
    expect_messages(place, 2);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, place_open, place_close)
    const struct CMUnitTest tests[] = {
        TEST(indicators_are_bound),       TEST(keys_are_checked),
        TEST(what_is_counted_is_checked), TEST(weights_and_targets_are_checked),
        TEST(somebody_must_be_18),        TEST(a_broken_axis_is_not_told_again),
        TEST(benchmarks_are_read),        TEST(benchmarks_are_checked),
        TEST(benchmark_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
