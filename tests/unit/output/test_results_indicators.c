#include "support/check.h"

#include "unit/output/small_results.h"

#include <cohortflow/results.h>

/*
 * A file of two scenarios with two draws each and two indicators: what is kept for every run stands
 * on draw_run, the others on run; what is said of the indicators stands along them.
 */
enum { DRAWS = 2, RUNS = SMALL_SCENARIOS * (DRAWS + 1), KEPT = 2, INDICATORS = 2 };

static struct small small;
static struct cf_indicator indicators[INDICATORS];
static double set[SMALL_YEARS] = {NAN, 0.5, NAN}, none[SMALL_YEARS] = {NAN, NAN, NAN};

static void make(const char *path)
{
    small_init(&small, path);
    small.plan.n_draws = DRAWS;
    small.variable[KEPT].of_draws = 1;
    indicators[0] = (struct cf_indicator){.code = "ni79",
                                          .label = "Level 2",
                                          .definition = "Young people, \"living in the LA\"",
                                          .source = "NPD",
                                          .responsible = "LA",
                                          .better = CF_BETTER_HIGHER,
                                          .published_offset = 1,
                                          .baseline = 0.75,
                                          .target = set,
                                          .benchmark = none,
                                          .benchmark_source = ""};
    indicators[1] = (struct cf_indicator){.code = "ni117",
                                          .label = "NEET",
                                          .definition = "",
                                          .source = "",
                                          .responsible = "",
                                          .better = CF_BETTER_NOT_SAID,
                                          .baseline = NAN,
                                          .target = none,
                                          .benchmark = set,
                                          .benchmark_source = "DCSF"};
    for (int k = 0; k < SMALL_SCENARIOS; k++) {
        small.model[k].scenario.n_indicators = INDICATORS;
        small.model[k].scenario.indicator = indicators;
    }
}

static double *read_of(cf_results *file, const char *name, const char *first_dim, int n_dims)
{
    const struct cf_results_variable *variable = cf_results_find(file, name);
    assert_non_null(variable);
    assert_string_equal(variable->dim[0]->name, first_dim);
    assert_int_equal(variable->n_dims, n_dims);
    double *value = cf_results_read(file, variable, NULL);
    assert_non_null(value);
    return value;
}

/* Rows of the variable kept for every run: those from `until` on were never put. */
static void check_draws(cf_results *file, int until)
{
    const struct cf_variable *kept = &small.layout.variable[KEPT];
    double *value = read_of(file, kept->name, "draw_run", 3);
    for (int run = 0; run < RUNS; run++)
        for (size_t i = 0; i < kept->size; i++) {
            const double is = value[(size_t)run * kept->size + i];
            if (run < until)
                assert_true(is == small_value(&small, run, kept->offset + i));
            else
                assert_true(isnan(is));
        }
    free(value);
    value = read_of(file, "population", "run", 5);
    for (int k = 0; k < SMALL_SCENARIOS; k++)
        for (size_t i = 0; i < small.layout.variable[0].size; i++) {
            const double is = value[(size_t)k * small.layout.variable[0].size + i];
            if (k * (DRAWS + 1) < until)
                assert_true(is == small_value(&small, k * (DRAWS + 1), i));
            else
                assert_true(isnan(is));
        }
    free(value);
}

static void every_run_is_kept(void **state)
{
    (void)state;
    static const int until[] = {RUNS, RUNS - 1, 4, 2};
    for (size_t k = 0; k < sizeof until / sizeof *until; k++) {
        cf_results *file;
        make("draws.h5");
        assert_int_equal(small_write_until(&small, until[k], NULL), CF_OK);
        assert_int_equal(cf_results_open("draws.h5", &file, NULL), CF_OK);
        check_draws(file, until[k]);
        cf_results_close(file);
        small_free(&small);
    }
}

static void what_is_said_of_them(void **state)
{
    (void)state;
    cf_results *file;
    make("said.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_int_equal(cf_results_open("said.h5", &file, NULL), CF_OK);
    const struct cf_results_dim *dim = cf_results_dim(file, "indicator");
    assert_int_equal(dim->n, INDICATORS);
    assert_string_equal(dim->code[1], "ni117");
    assert_string_equal(dim->label[0], "Level 2");
    assert_string_equal(cf_results_attribute(file, "indicator", "definition")[0],
                        "Young people, \"living in the LA\"");
    assert_string_equal(cf_results_attribute(file, "indicator", "source")[0], "NPD");
    assert_string_equal(cf_results_attribute(file, "indicator", "responsible")[0], "LA");
    assert_string_equal(cf_results_attribute(file, "indicator", "better")[0], "higher");
    assert_string_equal(cf_results_attribute(file, "indicator", "better")[1], "");
    assert_string_equal(cf_results_attribute(file, "indicator", "benchmark_source")[1], "DCSF");
    double *target = read_of(file, "indicator_target", "indicator", 2);
    double *benchmark = read_of(file, "benchmark_value", "indicator", 2);
    double *baseline = read_of(file, "indicator_baseline", "indicator", 1);
    double *offset = read_of(file, "indicator_published_offset", "indicator", 1);
    assert_true(isnan(target[0]) && target[1] == 0.5 && isnan(target[SMALL_YEARS + 1]));
    assert_true(isnan(benchmark[1]) && benchmark[SMALL_YEARS + 1] == 0.5);
    assert_true(baseline[0] == 0.75 && isnan(baseline[1]));
    assert_true(offset[0] == 1 && offset[1] == 0);
    free(target);
    free(benchmark);
    free(baseline);
    free(offset);
    cf_results_close(file);
    assert_int_equal(cf_results_verify("said.h5", NULL), CF_OK);
    small_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_run_is_kept),
        cmocka_unit_test(what_is_said_of_them),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
