#include "support/check.h"
#include "support/place.h"

#include "design/bind.h"
#include "design/lever.h"
#include "model/lever_ops.h"

#include <limits.h>
#include <math.h>

/* A place of 2 areas, 2 groups, ages 10 to 12, years 2009 to 2013, and room for levers. */
static struct cf_model *place(void)
{
    const struct place_size size = {.A = 2, .G = 2, .X = 3, .L = 1, .S = 2, .Y = 5, .choice_x = 3};
    struct cf_model *m = place_new(&size);
    m->scenario.lever = CF_TAKE(&m->arena, 8, struct cf_lever);
    return m;
}

/* A lever on every cell of a field, acting in every year. */
static struct cf_lever *lever(struct cf_model *m, enum cf_field_id field, const char *op,
                              double value)
{
    struct cf_lever *l = &m->scenario.lever[m->scenario.n_levers++];
    *l = (struct cf_lever){.name = "test",
                           .field = field,
                           .op = cf_lever_op_find(op),
                           .value = value,
                           .from = INT_MIN,
                           .until = INT_MAX};
    for (int d = 0; d < cf_field_specs[field].n_dims; d++)
        l->where[d] = cf_select_all(&m->arena, m->axis[cf_field_specs[field].dim[d].axis].n);
    return l;
}

static double value_in(const struct cf_model *m, enum cf_field_id field, int y, size_t i)
{
    double value[64];
    const double *table = cf_field_year(&m->field[field], y);
    for (size_t k = 0; k < m->field[field].size; k++)
        value[k] = table[k];
    cf_apply_levers(m, field, y, value);
    return value[i];
}

static void ramps_from_its_year_and_ends(void **state)
{
    struct cf_model *m = place();
    struct cf_lever *l = lever(m, CF_FIELD_net_rate, "set", 0.4);
    (void)state;
    l->from = 2010;
    l->until = 2012;
    l->ramp = 2;
    assert_true(value_in(m, CF_FIELD_net_rate, 0, 0) == 0);
    assert_true(value_in(m, CF_FIELD_net_rate, 1, 0) == 0.2); /* half in the first year */
    assert_true(value_in(m, CF_FIELD_net_rate, 2, 0) == 0.4);
    assert_true(value_in(m, CF_FIELD_net_rate, 3, 0) == 0.4);
    assert_true(value_in(m, CF_FIELD_net_rate, 4, 0) == 0);
    place_free(m);
}

static void acts_in_order_on_what_the_one_before_left(void **state)
{
    struct cf_model *m = place();
    (void)state;
    *place_at(m, CF_FIELD_external, (int[]){2, 1, 0, 1}) = 8;
    lever(m, CF_FIELD_external, "add", 2.5);
    lever(m, CF_FIELD_external, "scale", 2);
    lever(m, CF_FIELD_external, "min", 20); /* a ceiling */
    assert_true(value_in(m, CF_FIELD_external, 2, 7) == 20);
    assert_true(value_in(m, CF_FIELD_external, 2, 0) == 5);
    place_free(m);
}

static void touches_only_what_is_selected(void **state)
{
    struct cf_model *m = place();
    struct cf_lever *l = lever(m, CF_FIELD_external, "set", 7);
    (void)state;
    l->where[0].member[1] = 0; /* not in 2010 */
    l->where[1].member[0] = 0; /* not in the first area */
    assert_true(value_in(m, CF_FIELD_external, 1, 6) == 0);
    assert_true(value_in(m, CF_FIELD_external, 2, 6) == 7);
    assert_true(value_in(m, CF_FIELD_external, 2, 5) == 0);
    place_free(m);
}

static void rows_keep_their_sum_and_values_their_bounds(void **state)
{
    struct cf_model *m = place();
    struct cf_lever *l = lever(m, CF_FIELD_regroup, "set", 0.25);
    cf_diag *diag = cf_diag_open();
    double value[12];
    (void)state;
    for (int to = 0; to < 2; to++)
        l->where[2].member[to] = to == 1;
    l->where[0].member[1] = 0;
    for (int i = 0; i < 12; i++)
        value[i] = m->field[CF_FIELD_regroup].value[i];
    const struct cf_lever_effect effect = cf_apply_levers(m, CF_FIELD_regroup, 1, value);
    assert_int_equal(effect.n_rescaled, 3); /* the first group's three ages */
    assert_true(value[0] == 0.8 && value[1] == 0.2);
    lever(m, CF_FIELD_survival, "scale", 1.5);
    assert_true(value_in(m, CF_FIELD_survival, 1, 0) == 1);
    assert_int_equal(cf_check_levers(m, diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 2); /* rescaled, clamped */
    lever(m, CF_FIELD_regroup, "scale", 0);
    assert_int_equal(cf_check_levers(m, diag), CF_BAD_INPUT); /* rows of zeros */
    cf_diag_close(diag);
    place_free(m);
}

/* The shares of all areas may not add to more than 1. */
static void in_shares_are_scaled_back(void **state)
{
    struct cf_model *m = place();
    (void)state;
    lever(m, CF_FIELD_in_share, "set", 0.75);
    assert_true(value_in(m, CF_FIELD_in_share, 1, 0) == 0.5);
    place_free(m);
}

/* A field over axes that place() leaves without members. */
static void size_field(struct cf_model *m, enum cf_field_id id, const int *extent)
{
    struct cf_field *f = &m->field[id];
    f->size = 1;
    for (int d = 0; d < cf_field_specs[id].n_dims; d++) {
        f->extent[d] = extent[d];
        m->axis[cf_field_specs[id].dim[d].axis].n = extent[d];
        f->size *= (size_t)extent[d];
    }
    f->value = CF_TAKE(&m->arena, f->size, double);
}

/* Three lines, the first and last of one route: shares add to 1 over the lines of each route. */
static void line_shares_keep_the_sum_of_their_route(void **state)
{
    struct cf_model *m = place();
    cf_diag *diag = cf_diag_open();
    double share[12] = {0.25, 1, 0.75, 0.5, 1, 0.5, 0, 1, 1, 0.125, 1, 0.875};
    (void)state;
    m->provision.I = 3;
    m->provision.line = CF_TAKE(&m->arena, 3, struct cf_line);
    for (int i = 0; i < 3; i++)
        m->provision.line[i].route = i == 1;
    size_field(m, CF_FIELD_line_share, (int[]){2, 2, 1, 3});
    for (int i = 0; i < 12; i++)
        m->field[CF_FIELD_line_share].value[i] = share[i];
    struct cf_lever *l = lever(m, CF_FIELD_line_share, "add", 0.25);
    l->where[0].member[1] = 0;
    l->where[3].member[1] = l->where[3].member[2] = 0;
    const struct cf_lever_effect effect = cf_apply_levers(m, CF_FIELD_line_share, 1, share);
    assert_int_equal(effect.n_rescaled, 2);
    assert_int_equal(effect.n_zero_rows, 0);
    assert_true(share[0] == 0.5 / 1.25 && share[2] == 0.75 / 1.25 && share[1] == 1);
    assert_true(share[3] == 0.75 / 1.25 && share[5] == 0.5 / 1.25);
    assert_true(share[6] == 0 && share[8] == 1 && share[9] == 0.125); /* another area */
    assert_int_equal(cf_check_levers(m, diag), CF_OK);
    lever(m, CF_FIELD_line_share, "scale", 0)->until = 2009; /* the base year counts as well */
    assert_int_equal(cf_check_levers(m, diag), CF_BAD_INPUT);
    cf_diag_close(diag);
    place_free(m);
}

/* Minutes of a journey that nobody can make are no number to be scaled, and none to be held. */
static void journeys_that_are_none_stay_so(void **state)
{
    struct cf_model *m = place();
    double minutes[4] = {20, CF_NO_JOURNEY, 90000, 45};
    (void)state;
    size_field(m, CF_FIELD_minutes, (int[]){2, 2});
    lever(m, CF_FIELD_minutes, "scale", 1.5);
    const struct cf_lever_effect effect = cf_apply_levers(m, CF_FIELD_minutes, 1, minutes);
    assert_int_equal(effect.n_clamped, 1);
    assert_true(minutes[0] == 30 && minutes[1] == CF_NO_JOURNEY && minutes[2] == 1e5 &&
                minutes[3] == 67.5);
    place_free(m);
}

/* Bound inputs hold the levers' values on every lane, and know what has nothing to do. */
static void binding_is_eight_wide(void **state)
{
    struct cf_model *m = place();
    struct cf_binding binding;
    struct cf_arena arena;
    struct cf_inputs in;
    (void)state;
    cf_arena_init(&arena);
    lever(m, CF_FIELD_net_rate, "set", 0.125)->from = 2012;
    cf_binding_init(&binding, m, &arena);
    cf_bind_year(&binding, 0, &in);
    cf_bind_year(&binding, 1, &in);
    assert_false(in.active[CF_FIELD_net_rate]);
    assert_false(in.active[CF_FIELD_regroup]); /* identity */
    cf_bind_year(&binding, 3, &in);
    assert_true(in.active[CF_FIELD_net_rate]);
    for (int k = 0; k < CF_LANES; k++)
        assert_true(in.net_rate[5][k] == 0.125 && in.survival[0][k] == 1);
    cf_arena_free(&arena);
    place_free(m);
}

/* Results are read at the year that ends, all else at the year that begins: a lever on gain from
 * 2010 acts in the step into 2011, one on duty in the step into 2010. */
static void results_are_read_at_the_year_that_ends(void **state)
{
    const struct place_size size = {.A = 1, .G = 1, .X = 3, .L = 2, .S = 2, .Y = 4, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    struct cf_binding binding;
    struct cf_arena arena;
    struct cf_inputs in;
    (void)state;
    cf_arena_init(&arena);
    m->scenario.lever = CF_TAKE(&m->arena, 2, struct cf_lever);
    lever(m, CF_FIELD_gain, "set", 0.25)->from = 2010;
    lever(m, CF_FIELD_duty, "set", 0.5)->from = 2010;
    cf_binding_init(&binding, m, &arena);
    cf_bind_year(&binding, 0, &in);
    cf_bind_year(&binding, 1, &in);
    assert_true(in.gain[1] == 0);
    assert_true(in.duty[1][0] == 0.5);
    cf_bind_year(&binding, 2, &in);
    assert_true(in.gain[1] == 0.25);
    cf_bind_year(&binding, 4, &in); /* the summer after the last year */
    assert_true(in.gain[1] == 0.25);
    cf_arena_free(&arena);
    place_free(m);
}

/* A lever that only ends still makes its field differ from year to year. */
static void ends_where_it_says(void **state)
{
    struct cf_model *m = place();
    struct cf_binding binding;
    struct cf_arena arena;
    struct cf_inputs in;
    (void)state;
    cf_arena_init(&arena);
    lever(m, CF_FIELD_net_rate, "set", 0.125)->until = 2011;
    cf_binding_init(&binding, m, &arena);
    cf_bind_year(&binding, 2, &in);
    assert_true(in.net_rate[0][0] == 0.125);
    cf_bind_year(&binding, 3, &in);
    assert_true(in.net_rate[0][0] == 0);
    assert_false(in.active[CF_FIELD_net_rate]);
    cf_arena_free(&arena);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ramps_from_its_year_and_ends),
        cmocka_unit_test(acts_in_order_on_what_the_one_before_left),
        cmocka_unit_test(touches_only_what_is_selected),
        cmocka_unit_test(rows_keep_their_sum_and_values_their_bounds),
        cmocka_unit_test(in_shares_are_scaled_back),
        cmocka_unit_test(line_shares_keep_the_sum_of_their_route),
        cmocka_unit_test(journeys_that_are_none_stay_so),
        cmocka_unit_test(binding_is_eight_wide),
        cmocka_unit_test(ends_where_it_says),
        cmocka_unit_test(results_are_read_at_the_year_that_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
