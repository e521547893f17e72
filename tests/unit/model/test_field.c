#include "support/check.h"

#include "model/field.h"

static const char *axes(enum cf_field_id field)
{
    static char buffer[160];
    return cf_field_axes_text(field, buffer, sizeof buffer);
}

static void lines_become_rows(void **state)
{
    (void)state;
    const struct cf_field_spec *p = &cf_field_specs[CF_FIELD_population];
    assert_string_equal(p->name, "population");
    assert_int_equal(p->kind, CF_KIND_COUNT);
    assert_int_equal(p->sum, CF_SUM_FREE);
    assert_int_equal(p->default_rule, CF_DEFAULT_REQUIRED);
    assert_int_equal(p->use, CF_USE_SETUP);
    assert_string_equal(p->unit, "persons");
    assert_string_equal(axes(CF_FIELD_population), "area group age");

    const struct cf_field_spec *o = &cf_field_specs[CF_FIELD_outside];
    assert_int_equal(o->default_rule, CF_DEFAULT_NUMBER);
    assert_true(o->default_value == 0.002);
    assert_true(o->low == 1e-12 && o->high == 0.999999);
    assert_true(cf_field_specs[CF_FIELD_net_rate].low == -1);
    assert_int_equal(cf_field_specs[CF_FIELD_level_share].default_rule, CF_DEFAULT_FIRST);
    assert_int_equal(cf_field_specs[CF_FIELD_status_share].default_rule, CF_DEFAULT_SCHOOL);
    assert_int_equal(cf_field_specs[CF_FIELD_regroup].default_rule, CF_DEFAULT_IDENTITY);
    assert_int_equal(cf_field_specs[CF_FIELD_views].default_rule, CF_DEFAULT_ABSENT);
}

static void second_axes_are_told_apart(void **state)
{
    (void)state;
    assert_string_equal(axes(CF_FIELD_regroup), "group age group_to");
    assert_string_equal(axes(CF_FIELD_gain), "group age level status level_to");
    assert_string_equal(axes(CF_FIELD_collaboration), "authority authority_to");
    assert_string_equal(axes(CF_FIELD_border), "level_of_collaboration");
    const struct cf_field_spec *regroup = &cf_field_specs[CF_FIELD_regroup];
    assert_int_equal(regroup->n_dims, 3);
    assert_int_equal(regroup->dim[0].axis, CF_AXIS_GROUP);
    assert_int_equal(regroup->dim[0].to, 0);
    assert_int_equal(regroup->dim[2].axis, CF_AXIS_GROUP);
    assert_int_equal(regroup->dim[2].to, 1);
}

static void parameters_have_no_axes(void **state)
{
    (void)state;
    assert_int_equal(cf_field_specs[CF_FIELD_theta].n_dims, 0);
    assert_string_equal(axes(CF_FIELD_theta), "");
    assert_false(cf_field_yearly(CF_FIELD_theta));
    assert_true(cf_field_specs[CF_FIELD_minutes_per_km].default_value == 1.5);
}

static void years_come_first(void **state)
{
    (void)state;
    for (int f = 0; f < CF_N_FIELDS; f++)
        for (int d = 0; d < cf_field_specs[f].n_dims; d++)
            assert_int_equal(cf_field_specs[f].dim[d].axis == CF_AXIS_YEAR,
                             d == 0 && cf_field_yearly((enum cf_field_id)f));
    assert_true(cf_field_yearly(CF_FIELD_external));
    assert_false(cf_field_yearly(CF_FIELD_survival));
}

static void axes_follow_the_canonical_order(void **state)
{
    (void)state;
    for (int f = 0; f < CF_N_FIELDS; f++)
        for (int d = 1; d < cf_field_specs[f].n_dims; d++) {
            const struct cf_dim *before = &cf_field_specs[f].dim[d - 1];
            const struct cf_dim *dim = &cf_field_specs[f].dim[d];
            assert_true(before->axis < dim->axis || dim->to);
        }
}

static void names_are_found(void **state)
{
    (void)state;
    for (int f = 0; f < CF_N_FIELDS; f++)
        assert_int_equal(cf_field_find(cf_field_specs[f].name), f);
    assert_int_equal(cf_field_find("populations"), -1);
    assert_int_equal(cf_field_find(""), -1);
}

static void a_short_buffer_is_not_overrun(void **state)
{
    (void)state;
    char buffer[10] = "xxxxxxxxx";
    cf_field_axes_text(CF_FIELD_population, buffer, sizeof buffer);
    assert_string_equal(buffer, "area grou");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_become_rows),
        cmocka_unit_test(second_axes_are_told_apart),
        cmocka_unit_test(parameters_have_no_axes),
        cmocka_unit_test(years_come_first),
        cmocka_unit_test(axes_follow_the_canonical_order),
        cmocka_unit_test(names_are_found),
        cmocka_unit_test(a_short_buffer_is_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
