#include "input/tables.h"

/* Cells of fields and tables by their members, and what is said about them. */

int cf_caps_show(struct cf_caps *caps, enum cf_wrong kind, struct cf_at at)
{
    if (++caps->n[kind] <= CF_CAP)
        return 1;
    if (caps->n[kind] == CF_CAP + 1)
        caps->next[kind] = at;
    return 0;
}

void cf_caps_rest(const struct cf_caps *caps, cf_diag *diag)
{
    static const char *const of[CF_N_WRONG] = {
        "unknown members",
        "unknown attribute values",
        "wrong years or ages",
        "rows that match nobody",
        "values that are no numbers",
        "values out of bounds",
        "counts without an age",
        "series that do not reach",
        "rows with a wrong sum",
        "values that may not be",
        "wrong shares",
    };
    for (int k = 0; k < CF_N_WRONG; k++)
        if (caps->n[k] > CF_CAP)
            cf_report(diag, CF_ERROR, "table.more", caps->next[k], NULL,
                      "there are %d more of these in this file: %s", caps->n[k] - CF_CAP, of[k]);
}

void cf_cell_members(const struct cf_field *field, size_t cell, int *at)
{
    int first = cf_field_yearly(field->id) ? 1 : 0;
    for (int d = cf_field_specs[field->id].n_dims - 1; d >= first; d--) {
        size_t n = (size_t)field->extent[d];
        at[d] = (int)(cell % n);
        cell /= n;
    }
}

void cf_table_members(const struct cf_table *table, int slot, size_t cell, int *at)
{
    int first = cf_field_yearly(table->field) ? 1 : 0;
    if (first)
        at[0] = table->slot_year[slot] - table->model->scenario.base_year;
    for (int d = table->spec->n_dims - 1; d >= first; d--) {
        size_t n = (size_t)table->dim[d].n;
        at[d] = (int)(cell % n);
        cell /= n;
        if (table->spec->dim[d].axis == CF_AXIS_AGE)
            at[d] -= table->extra;
    }
}

int cf_dim_of(enum cf_field_id field, enum cf_axis_id axis)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    for (int d = 0; d < spec->n_dims; d++)
        if (spec->dim[d].axis == axis && !spec->dim[d].to)
            return d;
    return -1;
}

int cf_followed(const struct cf_model *model, enum cf_field_id field, const int *at)
{
    int group = cf_dim_of(field, CF_AXIS_GROUP), age = cf_dim_of(field, CF_AXIS_AGE);
    if (group < 0)
        return 1;
    int last = model->extent.last_x[at[group]];
    if (age >= 0)
        return last >= 0 && at[age] <= last;
    /* Those who enter do so at first_age. */
    return field != CF_FIELD_entrants || last >= 0;
}

int cf_read(const struct cf_model *model, enum cf_field_id field, const int *at)
{
    if (!cf_followed(model, field, at))
        return 0;
    const struct cf_extent *e = &model->extent;
    int age = cf_dim_of(field, CF_AXIS_AGE);
    switch (field) {
    case CF_FIELD_level_share:
    case CF_FIELD_status_share:
        return at[age] >= e->choice_x;
    case CF_FIELD_progression:
        /* Into choice_age there is only the school status to come from. */
        return at[age] > e->choice_x ||
               (at[age] == e->choice_x && at[cf_dim_of(field, CF_AXIS_STATUS)] == e->school);
    case CF_FIELD_gain:
        return at[age] >= e->choice_x - 1;
    default:
        return 1;
    }
}

void cf_cell_text(const struct cf_model *model, enum cf_field_id field, const int *at,
                  unsigned dims, struct cf_text *text)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    const char *between = "";
    for (int d = 0; d < spec->n_dims; d++) {
        if (!(dims & 1u << d))
            continue;
        const struct cf_dim *dim = &spec->dim[d];
        cf_text_format(text, "%s%s ", between, dim->name);
        if (dim->axis == CF_AXIS_YEAR)
            cf_text_format(text, "%d", model->scenario.base_year + at[d]);
        else if (dim->axis == CF_AXIS_AGE)
            cf_text_format(text, "%d", model->scenario.first_age + at[d]);
        else
            cf_text_format(text, "'%s'", model->axis[dim->axis].codes.name[at[d]]);
        between = ", ";
    }
}

#define SHOWN_MISSING 5

void cf_missing_add(struct cf_missing *missing, const struct cf_model *model,
                    enum cf_field_id field, const int *at, unsigned dims)
{
    if (++missing->n > SHOWN_MISSING)
        return;
    cf_text_add(&missing->text, missing->n > 1 ? "; " : "");
    cf_cell_text(model, field, at, dims, &missing->text);
}

void cf_missing_report(struct cf_missing *missing, cf_diag *diag, struct cf_at at, const char *help)
{
    if (missing->n == 1)
        cf_report(diag, CF_ERROR, "table.missing", at, help, "1 cell is missing: %s",
                  missing->text.data);
    else if (missing->n > SHOWN_MISSING)
        cf_report(diag, CF_ERROR, "table.missing", at, help,
                  "%zu cells are missing: %s; and %zu more", missing->n, missing->text.data,
                  missing->n - SHOWN_MISSING);
    else if (missing->n)
        cf_report(diag, CF_ERROR, "table.missing", at, help, "%zu cells are missing: %s",
                  missing->n, missing->text.data);
    cf_text_free(&missing->text);
}
