#include "cli/command.h"

#include "base/text.h"
#include "input/settings.h"
#include "model/field.h"
#include "model/lever_ops.h"

static const char *default_text(const struct cf_field_spec *spec, char *buffer)
{
    switch (spec->default_rule) {
    case CF_DEFAULT_REQUIRED:
        return "required";
    case CF_DEFAULT_ABSENT:
        return "absent";
    case CF_DEFAULT_FIRST:
        return "first";
    case CF_DEFAULT_SCHOOL:
        return "school";
    case CF_DEFAULT_IDENTITY:
        return "identity";
    default:
        return cf_number_text(buffer, spec->default_value);
    }
}

static const char *sum_text(enum cf_sum_rule rule)
{
    switch (rule) {
    case CF_SUM_ROWS_ONE:
        return "; rows sum to 1";
    case CF_SUM_ROWS_MOST:
        return "; rows sum to at most 1";
    case CF_SUM_AREAS_MOST:
        return "; over the areas at most 1";
    case CF_SUM_ROUTES_ONE:
        return "; sums to 1 over the lines of a route";
    default:
        return "";
    }
}

static const char *members_text(const struct cf_axis_spec *spec)
{
    switch (spec->members) {
    case CF_FILE_NEEDED:
        return "file";
    case CF_FILE_OPTIONAL:
        return "file, may be empty";
    case CF_SETTINGS:
        return "the scenario";
    default:
        return "other axes";
    }
}

static void print_axes(void)
{
    printf("AXES: members from axes/<name>.csv, from the scenario or from other axes\n");
    for (int i = 0; i < CF_N_AXES; i++)
        printf("  %-22s %-18s %s\n", cf_axis_specs[i].name, members_text(&cf_axis_specs[i]),
               cf_axis_specs[i].sentence);
}

static void print_fields(void)
{
    printf("\nTABLES: tables/<name>.csv, those without axes as rows of tables/parameters.csv\n");
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        const struct cf_field_spec *spec = &cf_field_specs[f];
        char axes[96], number[CF_NUMBER_ROOM], low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
        printf("  %-15s %-34s default %-9s %s to %s %s%s\n  %-15s %s%s\n", spec->name,
               cf_field_axes_text(f, axes, sizeof axes), default_text(spec, number),
               cf_number_text(low, spec->low), cf_number_text(high, spec->high), spec->unit,
               sum_text(spec->sum), "", spec->sentence,
               spec->kind == CF_KIND_COUNT ? "; a count: split, not repeated" : "");
    }
}

static void print_settings(void)
{
    static const char *const heading[] = {"SETTINGS of a scenario",
                                          "SETTINGS of a lever",
                                          "SETTINGS of a closure",
                                          "SETTINGS of an entry of tables",
                                          "SETTINGS of a target",
                                          "SETTINGS of an indicator",
                                          "SETTINGS of a numerator or denominator",
                                          "SETTINGS of minus",
                                          "SETTINGS of an entry of weights",
                                          "SETTINGS of an indicator's target"};
    int scope = -1;
    for (int i = 0; i < cf_n_settings; i++) {
        const struct cf_setting *s = &cf_settings[i];
        if ((int)s->scope != scope)
            printf("\n%s\n", heading[scope = (int)s->scope]);
        printf("  %-15s %-26s %s%s\n", s->key, cf_setting_kind_text(s->kind), s->what,
               s->needed ? " (needed)" : "");
    }
}

enum cf_status cf_cmd_schema(const struct cf_call *call)
{
    (void)call;
    print_axes();
    print_fields();
    print_settings();
    printf("\nLEVER OPERATIONS: x' = x + r(t) (op(x, value) - x)\n");
    for (int i = 0; i < cf_n_lever_ops; i++)
        printf("  %-15s %s\n", cf_lever_ops[i].name, cf_lever_ops[i].sentence);
    return CF_OK;
}
