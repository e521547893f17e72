#include "input/table_columns.h"

#include <string.h>

/* Which columns of a table stand for which axis of its field. */

/* The attribute of the dim's axis that a column name means: `sex`, for a second axis `sex_to`. */
static int attribute_of(const struct cf_table_dim *dim, const char *column)
{
    if (!dim->dim->to)
        return cf_axis_attribute(dim->axis, column);
    for (int k = 0; k < dim->axis->n_attributes; k++) {
        size_t length = strlen(dim->axis->attribute[k].name);
        if (strncmp(column, dim->axis->attribute[k].name, length) == 0 &&
            cf_text_same(column + length, "_to"))
            return k;
    }
    return -1;
}

/* Columns of every table; two of them are for readers. */
static int is_common(const char *name)
{
    return cf_text_same(name, "value") || cf_text_same(name, "note") ||
           cf_text_same(name, "source");
}

/* All the names a column of the table may have, for "did you mean". */
static size_t allowed_names(struct cf_table *t, const char ***names)
{
    size_t n = 3, room = 3;
    for (int d = 0; d < t->spec->n_dims; d++)
        room += 1 + (size_t)t->dim[d].axis->n_attributes;
    const char **list = CF_TAKE(&t->scratch, room, const char *);
    list[0] = "value";
    list[1] = "note";
    list[2] = "source";
    for (int d = 0; d < t->spec->n_dims; d++) {
        const struct cf_table_dim *dim = &t->dim[d];
        list[n++] = dim->dim->name;
        for (int k = 0; k < dim->axis->n_attributes; k++)
            list[n++] = dim->dim->to
                            ? cf_arena_format(&t->scratch, "%s_to", dim->axis->attribute[k].name)
                            : dim->axis->attribute[k].name;
    }
    *names = list;
    return n;
}

static void unknown_column(struct cf_table *t, int c, struct cf_at at)
{
    const char **names, *column = t->csv.column[c];
    size_t n = allowed_names(t, &names);
    char axes[128];
    t->broken = 1;
    if (c == t->misnamed)
        cf_report(t->diag, CF_ERROR, "table.column", at,
                  cf_arena_format(&t->scratch, "rename '%s' to value?", column),
                  "there is no column 'value', and the column '%s' is unknown", column);
    else if (cf_nearest(column, names, n))
        cf_report_near(t->diag, CF_ERROR, "table.column", at, column, names, n,
                       "unknown column '%s'", column);
    else
        cf_report(t->diag, CF_ERROR, "table.column", at,
                  cf_arena_format(&t->scratch,
                                  "the axes of %s are: %s; columns 'note' and 'source' are free",
                                  t->spec->name, cf_field_axes_text(t->field, axes, sizeof axes)),
                  "unknown column '%s'", column);
}

/*
 * A column that names no axis is an attribute of the one axis of the field that has it and no
 * column of its own; of one that has its own column where there is no other.
 */
static void attribute_column(struct cf_table *t, int c)
{
    struct cf_at at = {t->csv.path, 1, t->csv.column_at[c]};
    const char *name = t->csv.column[c];
    int open[CF_MOST_DIMS], closed[CF_MOST_DIMS], n_open = 0, n_closed = 0;
    for (int d = 0; d < t->spec->n_dims; d++)
        if (attribute_of(&t->dim[d], name) >= 0) {
            if (t->dim[d].column < 0)
                open[n_open++] = d;
            else
                closed[n_closed++] = d;
        }
    if (n_open > 1) {
        cf_report(t->diag, CF_ERROR, "table.column", at, "give one of them by its own column",
                  "'%s' is an attribute of both '%s' and '%s'", name, t->dim[open[0]].dim->name,
                  t->dim[open[1]].dim->name);
        t->broken = 1;
        return;
    }
    if (!n_open && n_closed > 1) {
        cf_report(t->diag, CF_WARNING, "table.column", at, NULL,
                  "'%s' is an attribute of both '%s' and '%s', which have their own columns: "
                  "it is not read",
                  name, t->dim[closed[0]].dim->name, t->dim[closed[1]].dim->name);
        return;
    }
    if (!n_open && !n_closed) {
        unknown_column(t, c, at);
        return;
    }
    struct cf_table_dim *dim = &t->dim[n_open ? open[0] : closed[0]];
    dim->attribute[dim->n_attributes] = attribute_of(dim, name);
    dim->attribute_column[dim->n_attributes++] = c;
}

/* A count is of one age: nobody knows how it would be split over several. */
static void need_age(struct cf_table *t)
{
    int d = cf_dim_of(t->field, CF_AXIS_AGE);
    if (t->broken || !t->csv.n_columns || t->spec->kind != CF_KIND_COUNT || d < 0 ||
        t->dim[d].column >= 0)
        return;
    cf_report(t->diag, CF_ERROR, "table.count", (struct cf_at){t->csv.path, 1, 0},
              "give each age a row of its own", "%s is a count: it needs a column 'age'",
              t->spec->name);
    t->broken = 1;
}

/* Whether the column has a name of its own that no axis, attribute or free column of a table has.
 */
static int is_unknown(const struct cf_table *t, int c)
{
    const char *name = t->csv.column[c];
    int known = !name[0] || cf_csv_column(&t->csv, name) != c || is_common(name);
    for (int d = 0; d < t->spec->n_dims; d++)
        known |= t->dim[d].column == c || attribute_of(&t->dim[d], name) >= 0;
    return !known;
}

/* The axis that a column name is a member of, where it should have been a cell; else NULL. */
static const char *member_column(const struct cf_table *t, int c)
{
    int number;
    for (int d = 0; d < t->spec->n_dims; d++)
        if (t->dim[d].column < 0 && cf_names_find(&t->dim[d].axis->codes, t->csv.column[c]) >= 0)
            return t->dim[d].dim->name;
    if (!cf_parse_int(t->csv.column[c], &number))
        return NULL;
    return cf_axis_specs[number < 1000 ? CF_AXIS_AGE : CF_AXIS_YEAR].name;
}

/* A wide table, a column for each age, year or other member: one error for all that follows. */
static int is_wide(struct cf_table *t)
{
    const char *axis = NULL;
    int first = -1, last = -1, n = 0;
    for (int c = 0; c < t->csv.n_columns; c++) {
        const char *of = is_unknown(t, c) ? member_column(t, c) : NULL;
        if (!of || (axis && !cf_text_same(of, axis)))
            continue;
        axis = of;
        first = first < 0 ? c : first;
        last = c;
        n++;
    }
    if (n < 2)
        return 0;
    cf_report(t->diag, CF_ERROR, "table.wide",
              (struct cf_at){t->csv.path, 1, t->csv.column_at[first]},
              cf_arena_format(&t->scratch, "one row a cell: columns '%s' and 'value'", axis),
              "there is a column for each %s, '%s' to '%s'", axis, t->csv.column[first],
              t->csv.column[last]);
    t->broken = 1;
    return 1;
}

/* The column that holds the values under another name, where there is no doubt which. */
static void find_misnamed(struct cf_table *t)
{
    int n = 0;
    t->misnamed = -1;
    for (int c = 0; t->value_column < 0 && c < t->csv.n_columns; c++)
        if (is_unknown(t, c)) {
            t->misnamed = c;
            n++;
        }
    if (t->misnamed < 0)
        return;
    const char **names, *nearest;
    size_t n_names = allowed_names(t, &names);
    nearest = cf_nearest(t->csv.column[t->misnamed], names, n_names);
    if (n > 1 || (nearest && !cf_text_same(nearest, "value")))
        t->misnamed = -1;
}

static void find_dims(struct cf_table *t)
{
    size_t n = (size_t)t->csv.n_columns;
    for (int d = 0; d < t->spec->n_dims; d++) {
        struct cf_table_dim *dim = &t->dim[d];
        dim->dim = &t->spec->dim[d];
        dim->axis = &t->model->axis[dim->dim->axis];
        dim->column = cf_csv_column(&t->csv, dim->dim->name);
        dim->attribute = CF_TAKE(&t->scratch, n, int);
        dim->attribute_column = CF_TAKE(&t->scratch, n, int);
    }
    t->value_column = cf_csv_column(&t->csv, "value");
}

void cf_table_columns(struct cf_table *t)
{
    find_dims(t);
    int wide = is_wide(t);
    find_misnamed(t);
    for (int c = 0; c < t->csv.n_columns; c++) {
        const char *name = t->csv.column[c];
        int known = is_common(name) || (wide && is_unknown(t, c));
        for (int d = 0; d < t->spec->n_dims; d++)
            known |= t->dim[d].column == c;
        if (!name[0] || cf_csv_column(&t->csv, name) != c)
            t->broken = 1; /* without name or there twice, and reported */
        else if (!known)
            attribute_column(t, c);
    }
    need_age(t);
    if (t->value_column < 0) {
        if (t->csv.n_columns && !wide && t->misnamed < 0)
            cf_report(t->diag, CF_ERROR, "table.column", (struct cf_at){t->csv.path, 1, 0}, NULL,
                      "there is no column 'value'");
        t->broken = 1;
    }
}
