#include "support/check.h"

#include "model/axis.h"

static void axes_stand_in_canonical_order(void **state)
{
    (void)state;
    static const char *const names[] = {"year", "area",  "authority", "group",
                                        "age",  "level", "status",    "line",
                                        "site", "grade", "driver",    "level_of_collaboration"};
    assert_int_equal(CF_N_AXES, sizeof names / sizeof *names);
    for (int id = 0; id < CF_N_AXES; id++) {
        assert_string_equal(cf_axis_specs[id].name, names[id]);
        assert_true(cf_axis_specs[id].sentence[0] != '\0');
    }
    assert_int_equal(cf_axis_specs[CF_AXIS_YEAR].members, CF_SETTINGS);
    assert_int_equal(cf_axis_specs[CF_AXIS_AREA].members, CF_FILE_NEEDED);
    assert_int_equal(cf_axis_specs[CF_AXIS_AUTHORITY].members, CF_DERIVED);
    assert_int_equal(cf_axis_specs[CF_AXIS_SITE].members, CF_FILE_OPTIONAL);
}

static void attributes_are_found_by_name(void **state)
{
    (void)state;
    const char *sex[] = {"f", "m"}, *lldd[] = {"0", ""};
    struct cf_attribute attributes[] = {{.name = "sex", .value = sex},
                                        {.name = "lldd", .value = lldd}};
    struct cf_axis group = {.n = 2, .n_attributes = 2, .attribute = attributes};
    assert_int_equal(cf_axis_attribute(&group, "lldd"), 1);
    assert_int_equal(cf_axis_attribute(&group, "ll"), -1);
    assert_string_equal(cf_axis_value(&group, "sex", 1), "m");
    assert_string_equal(cf_axis_value(&group, "lldd", 1), "");
    assert_null(cf_axis_value(&group, "need", 0));
}

static void a_label_leads_to_its_code(void **state)
{
    (void)state;
    char room[CF_LABEL_HELP_ROOM];
    const char *label[] = {"Hill", "Newham"};
    struct cf_arena arena;
    struct cf_axis area = {.n = 2, .label = label};
    cf_arena_init(&arena);
    cf_names_init(&area.codes, &arena);
    cf_names_add(&area.codes, "h");
    cf_names_add(&area.codes, "E09000025");
    assert_string_equal(cf_axis_label_help(&area, "Newham", room, sizeof room),
                        "did you mean the code E09000025 (Newham)?");
    assert_null(cf_axis_label_help(&area, "h", room, sizeof room));
    cf_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_stand_in_canonical_order),
        cmocka_unit_test(attributes_are_found_by_name),
        cmocka_unit_test(a_label_leads_to_its_code),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
