/*
 * The plain model against the reference of three small places, computed by others: every variable
 * they list, to 1e-9, and to 1e-6 where places bind. tests/golden holds the program to the same.
 */
#include "support/check.h"
#include "support/place.h"

#include "base/text.h"
#include "engine/layout.h"
#include "input/csv.h"
#include "input/load.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VARIABLES 19

static const char *const variables[VARIABLES] = {
    "population", "ledger",   "stock",  "level_stock", "attained_by_19", "demand",   "placed",
    "unplaced",   "too_far",  "usable", "crowded_out", "arrivals",       "enrolled", "shortfall",
    "spare",      "scarcity", "access", "flow",        "good_share"};

static const struct cf_variable *variable_of(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (!strcmp(layout->variable[k].name, name))
            return &layout->variable[k];
    fail_msg("no variable %s", name);
    return NULL;
}

/* The text of a row in the column of a dimension. */
static const char *cell(const struct cf_csv *csv, int row, const char *column)
{
    const int c = cf_csv_column(csv, column);
    if (c < 0)
        fail_msg("%s has no column %s", csv->path, column);
    return cf_csv_cell(csv, row, c);
}

static int member(const struct cf_model *m, const struct cf_layout *layout, const char *dim,
                  const char *code)
{
    for (int t = 0; !strcmp(dim, "term") && t < layout->n_terms; t++)
        if (!strcmp(layout->term[t], code))
            return t;
    for (enum cf_axis_id axis = 0; axis < CF_N_AXES; axis++) {
        const size_t length = strlen(cf_axis_specs[axis].name);
        if (!strncmp(dim, cf_axis_specs[axis].name, length) &&
            (!dim[length] || !strcmp(dim + length, "_to")))
            return cf_names_find(&m->axis[axis].codes, code);
    }
    return -1;
}

/* Where a row of the reference lies in the variable; -1: it is of a pair that is no offer. */
static long place_of(const struct cf_model *m, const struct cf_layout *layout,
                     const struct cf_variable *v, const struct cf_csv *csv, int row)
{
    long at = 0;
    for (int d = 0; d < v->n_dims; d++) {
        int k;
        if (!strcmp(v->dim[d], "offer")) {
            k = cf_offer_find(&m->provision, member(m, layout, "line", cell(csv, row, "line")),
                              member(m, layout, "site", cell(csv, row, "site")));
            if (k < 0)
                return -1;
        } else {
            k = member(m, layout, v->dim[d], cell(csv, row, v->dim[d]));
            if (k < 0)
                fail_msg("%s:%d: no such %s", csv->path, csv->line[row], v->dim[d]);
        }
        at = at * v->extent[d] + k;
    }
    return at;
}

static void compare(const struct cf_model *m, const struct cf_layout *layout,
                    const struct cf_variable *v, const double *value, const struct cf_csv *csv,
                    double tolerance)
{
    unsigned char *seen = calloc(v->size + 1, 1);
    double worst = 0;
    assert_non_null(seen);
    assert_true(csv->n_rows > 0);
    for (int row = 0; row < csv->n_rows; row++) {
        const long at = place_of(m, layout, v, csv, row);
        double expected;
        assert_true(cf_parse_double(cell(csv, row, "value"), &expected));
        if (at < 0) {
            assert_true(expected == 0);
            continue;
        }
        const double gap = fabs(value[at] - expected) / fmax(1e-2, fabs(expected));
        if (!(gap <= tolerance))
            fail_msg("%s:%d: %.15g instead of %.15g", csv->path, csv->line[row], value[at],
                     expected);
        worst = fmax(worst, gap);
        seen[at] = 1;
    }
    for (size_t k = 0; k < v->size; k++)
        if (!seen[k] && !isnan(value[k]) && value[k] != 0)
            fail_msg("%s: no row for cell %zu, which is %.15g", csv->path, k, value[k]);
    print_message("%s: %d rows, largest relative difference %.2g\n", v->name, csv->n_rows, worst);
    free(seen);
}

static void equals_the_reference(const char *place, double tolerance)
{
    struct cf_model m;
    struct cf_arena arena;
    cf_diag *diag = cf_diag_open();
    cf_arena_init(&arena);
    const char *folder = cf_arena_format(&arena, "%s/tests/golden/%s", getenv("CF_SOURCE"), place);
    const char *scenario = cf_arena_format(&arena, "%s/baseline.cfg", folder);
    assert_int_equal(cf_load_model(&m, scenario, NULL, 0, diag), CF_OK);
    struct place_result plain = place_run_plain(&m);
    const struct cf_layout *layout = cf_record_layout(&arena, &m);
    assert_int_equal(plain.status, CF_RUN_OK);
    for (int k = 0; k < VARIABLES; k++) {
        struct cf_csv csv;
        const char *path = cf_arena_format(&arena, "%s/expected/%s.csv", folder, variables[k]);
        assert_int_equal(cf_csv_read(&arena, path, &csv, diag), CF_OK);
        assert_non_null(place_variable(&plain, variables[k]));
        compare(&m, layout, variable_of(layout, variables[k]), place_variable(&plain, variables[k]),
                &csv, tolerance);
    }
    place_result_free(&plain);
    cf_free_model(&m);
    cf_arena_free(&arena);
    cf_diag_close(diag);
}

static void tiny_ageing(void **state)
{
    (void)state;
    equals_the_reference("tiny_ageing", 1e-9);
}

static void tiny_choice(void **state)
{
    (void)state;
    equals_the_reference("tiny_choice", 1e-9);
}

static void tiny_places(void **state)
{
    (void)state;
    equals_the_reference("tiny_places", 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiny_ageing),
        cmocka_unit_test(tiny_choice),
        cmocka_unit_test(tiny_places),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
