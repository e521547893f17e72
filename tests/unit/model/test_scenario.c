#include "support/check.h"

#include <limits.h>

#include "model/model.h"

static void ramps(void **state)
{
    (void)state;
    for (int ramp = 0; ramp <= 1; ramp++) { /* full at once */
        assert_true(cf_ramp(2011, 2012, ramp) == 0);
        assert_true(cf_ramp(2012, 2012, ramp) == 1);
    }
    assert_true(cf_ramp(2012, 2012, 2) == 0.5);
    assert_true(cf_ramp(2013, 2012, 2) == 1);
    assert_true(cf_ramp(2013, 2012, 4) == 0.5);
    assert_true(cf_ramp(2020, 2012, 4) == 1);
    assert_true(cf_ramp(2009, INT_MIN, 0) == 1);
}

static void sources_are_found_by_table(void **state)
{
    (void)state;
    struct cf_source rows[] = {{.table = "population"}, {.table = "entrants"}};
    struct cf_model model = {.n_sources = 2, .source = rows};
    assert_int_equal(cf_model_source(&model, "entrants"), 1);
    assert_int_equal(cf_model_source(&model, "survival"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ramps),
        cmocka_unit_test(sources_are_found_by_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
