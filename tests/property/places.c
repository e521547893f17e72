/*
 * What always holds of places and travel (MODEL.md 2.8, 2.9, 3), on random places, ordinary and
 * degenerate: no site, one site, all full, nobody to come, areas that reach nothing, capacities of
 * 1e-12 and 1e9, closed borders, sites that close.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/ledger.h"
#include "engine/record.h"
#include "engine/select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 2000

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

static void assert_near(const char *what, double a, double b, double tolerance)
{
    const double scale = fmax(1, fmax(fabs(a), fabs(b)));
    if (!(fabs(a - b) <= tolerance * scale))
        fail_msg("%s: %.17g and %.17g differ by more than %g", what, a, b, tolerance * scale);
}

/* Every variable of two results that both have: equal, or both undefined. */
static void assert_equal_results(const struct cf_model *m, const struct place_result *a,
                                 const struct place_result *b, double tolerance)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_layout *layout = cf_record_layout(&arena, m);
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        const double *one = place_variable(a, v->name), *other = place_variable(b, v->name);
        if (!one || !other)
            continue;
        for (size_t i = 0; i < v->size; i++) {
            if (isnan(one[i]) && isnan(other[i]))
                continue;
            assert_near(v->name, one[i], other[i], tolerance);
        }
    }
    cf_arena_free(&arena);
}

static void equals_the_plain_model(void **state)
{
    struct place_random random = {21};
    int compared = 0;
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        const struct place_size size = place_random_size_with_lines(&random);
        struct cf_model *m = place_new_random(&size, &random);
        struct place_result here = place_run(m, best()), plain = place_run_plain(m);
        assert_int_equal(here.status, plain.status);
        if (here.status == CF_RUN_OK) {
            compared++;
            assert_equal_results(m, &here, &plain, 1e-6);
        }
        place_result_free(&here);
        place_result_free(&plain);
        place_free(m);
    }
    assert_true(compared > PLACES * 3 / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_plain_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
