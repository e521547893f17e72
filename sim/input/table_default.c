#include "input/tables.h"

#include <math.h>

/* What a cell takes that no row of a table fills. */

/* Whether two dims agree for IDENTITY: the last one, and the first of its kind. */
static int on_diagonal(enum cf_field_id id, const int *at)
{
    const struct cf_field_spec *spec = &cf_field_specs[id];
    int last = spec->n_dims - 1;
    return at[last] == at[cf_dim_of(id, spec->dim[last].axis)];
}

static double default_value(const struct cf_model *model, enum cf_field_id id, const int *at)
{
    const struct cf_field_spec *spec = &cf_field_specs[id];
    int last = spec->n_dims - 1;
    switch (spec->default_rule) {
    case CF_DEFAULT_NUMBER:
        return spec->default_value;
    case CF_DEFAULT_FIRST:
        return at[last] == 0 ? 1 : 0;
    case CF_DEFAULT_SCHOOL:
        return at[last] == model->extent.school ? 1 : 0;
    case CF_DEFAULT_IDENTITY:
        return on_diagonal(id, at) ? 1 : 0;
    case CF_DEFAULT_REQUIRED:
    case CF_DEFAULT_ABSENT:
        break;
    }
    return NAN;
}

/* In a row of which any member is given, the others are 0. */
static void complete_row(struct cf_field *field, size_t first, size_t n, const int *route,
                         int of_route)
{
    int any = 0;
    for (size_t k = 0; k < n; k++)
        any |= (!route || route[k] == of_route) && field->line[first + k];
    for (size_t k = 0; any && k < n; k++)
        if ((!route || route[k] == of_route) && !field->line[first + k])
            field->value[first + k] = 0;
}

static void complete_rows(const struct cf_model *model, struct cf_field *field)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    size_t n = (size_t)field->extent[spec->n_dims - 1];
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    int attribute = cf_axis_attribute(line, "route");
    int by_route = spec->sum == CF_SUM_ROUTES_ONE && attribute >= 0;
    for (size_t first = 0; first < field->size; first += n) {
        if (!by_route) {
            complete_row(field, first, n, NULL, 0);
            continue;
        }
        for (int r = 0; r < line->attribute[attribute].values.n; r++)
            complete_row(field, first, n, line->attribute[attribute].number, r);
    }
}

/* Whether the field is required from choice_age, and the default is all there is below it. */
static int schooled(const struct cf_field_spec *spec)
{
    return (spec->default_rule == CF_DEFAULT_FIRST || spec->default_rule == CF_DEFAULT_SCHOOL) &&
           cf_dim_of((enum cf_field_id)(spec - cf_field_specs), CF_AXIS_AGE) >= 0;
}

/* One cell. Returns 1 when a given value was put aside because nobody can be there. */
static int settle_cell(const struct cf_model *model, struct cf_field *field, size_t i,
                       const int *at)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    double *value = &field->value[i];
    int given = field->line && field->line[i];
    int followed = cf_followed(model, field->id, at);
    if (spec->kind == CF_KIND_COUNT && !followed) {
        *value = 0;
        if (given)
            field->line[i] = 0;
        return 0;
    }
    if (schooled(spec)) {
        int young = at[cf_dim_of(field->id, CF_AXIS_AGE)] < model->extent.choice_x;
        double usual = default_value(model, field->id, at);
        int aside = young && followed && given && *value != usual;
        if (young || (!followed && isnan(*value))) {
            *value = usual;
            if (given)
                field->line[i] = 0;
        }
        return aside;
    }
    /* A wrong value stays what it is: it was reported where it stands. */
    if (!given && isnan(*value))
        *value = default_value(model, field->id, at);
    return 0;
}

void cf_field_default(struct cf_tables *all, enum cf_field_id id)
{
    const struct cf_model *model = all->model;
    struct cf_field *field = &all->model->field[id];
    const struct cf_field_spec *spec = &cf_field_specs[id];
    size_t n = (size_t)field->n_years * field->size, aside = 0;
    if (!field->value) {
        field->value = CF_TAKE(&all->model->arena, n, double);
        for (size_t i = 0; i < n; i++)
            field->value[i] = NAN;
    }
    if (field->line && spec->n_dims &&
        (spec->sum == CF_SUM_ROWS_ONE || spec->sum == CF_SUM_ROWS_MOST ||
         spec->sum == CF_SUM_ROUTES_ONE))
        complete_rows(model, field);
    int at[CF_MOST_DIMS] = {0};
    for (size_t i = 0; i < n; i++) {
        cf_cell_members(field, i % field->size, at);
        aside += (size_t)settle_cell(model, field, i, at);
    }
    if (aside)
        cf_report(all->diag, CF_NOTICE, "table.unread", (struct cf_at){field->path, 0, 0}, NULL,
                  "%s: %zu cells below choice_age are not read: everyone is at school at the "
                  "first level there",
                  spec->name, aside);
}
