#include "input/table_columns.h"

#include <limits.h>
#include <math.h>
#include <string.h>

/* From the rows of a table to what each covers on each axis, and its value. */

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200 };

static struct cf_at cell_at(const struct cf_table *t, int row, int column)
{
    return column < 0 ? (struct cf_at){t->csv.path, t->csv.line[row], 0}
                      : cf_csv_at(&t->csv, row, column);
}

/* A cover that names nothing: the value holds for every slot. */
static void cover_slots(struct cf_table *t, struct cf_cover *cover, int first, int n)
{
    cover->n = n;
    cover->slot = CF_TAKE(&t->scratch, (size_t)n, int);
    for (int k = 0; k < n; k++)
        cover->slot[k] = first + k;
}

static int bad_range(struct cf_table *t, struct cf_at at, const char *text, int is_year)
{
    int count = t->spec->kind == CF_KIND_COUNT; /* it takes no range of ages */
    if (cf_caps_show(t->caps, CF_WRONG_RANGE, at))
        cf_report(t->diag, CF_ERROR, "table.range", at,
                  is_year ? "write 2013, 2013-2015, 2013- or -2012"
                  : count ? "write one age, like 16: a count has a row for each"
                          : "write 16, 16-18, 16- or -18",
                  "'%s' is not %s", text,
                  is_year ? "a year or range of years"
                  : count ? "an age"
                          : "an age or range of ages");
    return 0;
}

/* Years are slots later, when it is known which years matter. */
static int cover_years(struct cf_table *t, struct cf_cover *cover, struct cf_at at,
                       const char *text)
{
    int single;
    if (!cf_parse_range(text, &cover->first, &cover->last, &single) || cover->first > cover->last)
        return bad_range(t, at, text, 1);
    int first_bad =
        cover->first != INT_MIN && (cover->first < FIRST_YEAR || cover->first > LAST_YEAR);
    int last_bad = cover->last != INT_MAX && (cover->last < FIRST_YEAR || cover->last > LAST_YEAR);
    if (first_bad || last_bad) {
        if (cf_caps_show(t->caps, CF_WRONG_RANGE, at))
            cf_report(t->diag, CF_ERROR, "table.range", at, NULL,
                      "year %d is not between %d and %d", first_bad ? cover->first : cover->last,
                      FIRST_YEAR, LAST_YEAR);
        return 0;
    }
    cover->rank = cover->first == cover->last ? CF_RANK_MEMBER : CF_RANK_SET;
    return 1;
}

static int cover_ages(struct cf_table *t, struct cf_cover *cover, struct cf_at at, const char *text)
{
    int single;
    if (!cf_parse_range(text, &cover->first, &cover->last, &single) || cover->first > cover->last)
        return bad_range(t, at, text, 0);
    if (!t->all->usable)
        return 1;
    int lowest = t->model->scenario.first_age - t->extra, highest = t->model->scenario.last_age;
    int first = cover->first > lowest ? cover->first : lowest;
    int last = cover->last < highest ? cover->last : highest;
    if (first > last) {
        int june = cover->last == lowest - 1 && cover->first == cover->last && !t->extra &&
                   (t->field == CF_FIELD_population || t->field == CF_FIELD_external);
        if (cf_caps_show(t->caps, CF_WRONG_RANGE, at))
            cf_report(t->diag, CF_ERROR, "table.range", at,
                      june ? "the age before first_age is read where sources.csv says '30 June'"
                           : NULL,
                      "%s %s outside first_age to last_age, %d to %d",
                      cover->first == cover->last ? "age" : "ages",
                      cf_arena_format(&t->scratch, "%s %s", text,
                                      cover->first == cover->last ? "is" : "are"),
                      t->model->scenario.first_age, highest);
        return 0;
    }
    cover->rank = first == last ? CF_RANK_MEMBER : CF_RANK_SET;
    cover_slots(t, cover, first - lowest, last - first + 1);
    return 1;
}

/*
 * Take away the members that have not the attribute values the row asks for. Returns the column
 * of the last one asked for, -1: none, -2: one is wrong.
 */
static int narrow(struct cf_table *t, struct cf_table_dim *dim, int row, unsigned char *member,
                  struct cf_cover *cover)
{
    int column = -1, good = 1;
    for (int k = 0; k < dim->n_attributes; k++) {
        const char *text = cf_csv_cell(&t->csv, row, dim->attribute_column[k]);
        if (!*text)
            continue;
        const struct cf_attribute *attribute = &dim->axis->attribute[dim->attribute[k]];
        int value = cf_names_find(&attribute->values, text);
        column = dim->attribute_column[k];
        if (value < 0) {
            struct cf_at at = cell_at(t, row, column);
            if (!dim->axis->doubtful && cf_caps_show(t->caps, CF_WRONG_ATTRIBUTE, at))
                cf_report_near(t->diag, CF_ERROR, "table.attribute", at, text,
                               attribute->values.name, (size_t)attribute->values.n,
                               "no %s has %s '%s'", dim->axis->name, attribute->name, text);
            good = 0;
            continue;
        }
        cover->conditions |= 1ull << (k < 63 ? k : 63);
        for (int m = 0; m < dim->axis->n; m++)
            member[m] = member[m] && attribute->number[m] == value;
    }
    return good ? column : -2;
}

/* One member by its code: -1 where it is unknown. */
static int member_of(struct cf_table *t, const struct cf_table_dim *dim, int row, const char *code)
{
    int only = cf_names_find(&dim->axis->codes, code);
    if (only >= 0)
        return only;
    struct cf_at at = cell_at(t, row, dim->column);
    if (dim->axis->doubtful || !cf_caps_show(t->caps, CF_WRONG_MEMBER, at))
        return -1;
    char room[CF_LABEL_HELP_ROOM];
    const char *help = cf_axis_label_help(dim->axis, code, room, sizeof room);
    if (help)
        cf_report(t->diag, CF_ERROR, "table.member", at, help, "unknown %s '%s'", dim->axis->name,
                  code);
    else
        cf_report_near(t->diag, CF_ERROR, "table.member", at, code, dim->axis->codes.name,
                       (size_t)dim->axis->n, "unknown %s '%s'", dim->axis->name, code);
    return -1;
}

static int cover_members(struct cf_table *t, struct cf_table_dim *dim, int row,
                         struct cf_cover *cover)
{
    const char *code = dim->column < 0 ? "" : cf_csv_cell(&t->csv, row, dim->column);
    int n = dim->axis->n, only = *code ? member_of(t, dim, row, code) : -1;
    if (!dim->member)
        dim->member = CF_TAKE(&t->scratch, (size_t)n, unsigned char);
    memset(dim->member, !*code, (size_t)n);
    if (only >= 0)
        dim->member[only] = 1;
    int column = narrow(t, dim, row, dim->member, cover);
    if (column == -2 || (*code && only < 0))
        return 0;
    cover->rank = *code ? CF_RANK_MEMBER : cover->conditions ? CF_RANK_SET : CF_RANK_ABSENT;
    for (int m = 0; m < n; m++)
        cover->n += dim->member[m];
    cover->slot = CF_TAKE(&t->scratch, (size_t)cover->n, int);
    for (int m = 0, k = 0; m < n; m++)
        if (dim->member[m])
            cover->slot[k++] = m;
    if (cover->n || cover->rank == CF_RANK_ABSENT)
        return 1;
    struct cf_at at = cell_at(t, row, column);
    if (cf_caps_show(t->caps, CF_WRONG_EMPTY, at)) {
        if (*code)
            cf_report(t->diag, CF_ERROR, "table.empty", at, NULL,
                      "%s '%s' does not have the attributes that the row gives", dim->axis->name,
                      code);
        else
            cf_report(t->diag, CF_ERROR, "table.empty", at, NULL,
                      "no %s has all the attributes that the row gives", dim->axis->name);
    }
    return 0;
}

static int cover_make(struct cf_table *t, struct cf_table_dim *dim, int row, struct cf_cover *cover)
{
    *cover = (struct cf_cover){.first = INT_MIN, .last = INT_MAX};
    enum cf_axis_id axis = dim->axis->id;
    /* An axis that could not be read was reported: its codes are not judged. */
    if (!dim->axis->n && cf_axis_specs[axis].members != CF_FILE_OPTIONAL &&
        cf_axis_specs[axis].members != CF_SETTINGS)
        return 0;
    if (axis != CF_AXIS_YEAR && axis != CF_AXIS_AGE)
        return cover_members(t, dim, row, cover);
    const char *text = dim->column < 0 ? "" : cf_csv_cell(&t->csv, row, dim->column);
    if (*text)
        return axis == CF_AXIS_YEAR ? cover_years(t, cover, cell_at(t, row, dim->column), text)
                                    : cover_ages(t, cover, cell_at(t, row, dim->column), text);
    if (axis == CF_AXIS_AGE)
        cover_slots(t, cover, 0, dim->axis->n + t->extra);
    return 1;
}

/* What tells the row's cover of the axis from others: the texts of all its columns. */
static const char *key_of(struct cf_table *t, const struct cf_table_dim *dim, int row)
{
    const char *own = dim->column < 0 ? "" : cf_csv_cell(&t->csv, row, dim->column);
    if (!dim->n_attributes)
        return own;
    t->key.length = 0;
    cf_text_add(&t->key, own);
    for (int k = 0; k < dim->n_attributes; k++) {
        cf_text_add(&t->key, "\x1f");
        cf_text_add(&t->key, cf_csv_cell(&t->csv, row, dim->attribute_column[k]));
    }
    return t->key.data;
}

/* The row's cover on an axis, an existing one where an earlier row says the same; -1 when wrong. */
static int cover_of(struct cf_table *t, struct cf_table_dim *dim, int row)
{
    const char *key = key_of(t, dim, row);
    if (dim->said && strcmp(key, dim->said) == 0)
        return dim->said_cover;
    int known = dim->keys.n, id = cf_names_add(&dim->keys, key);
    if (id == known) {
        if (id == dim->room) {
            int room = dim->room ? 2 * dim->room : 16;
            struct cf_cover *more = CF_TAKE(&t->scratch, (size_t)room, struct cf_cover);
            if (id)
                memcpy(more, dim->cover, (size_t)id * sizeof *more);
            dim->cover = more;
            dim->room = room;
        }
        dim->cover[id].bad = !cover_make(t, dim, row, &dim->cover[id]);
    } else if (dim->cover[id].bad) {
        struct cf_cover again;
        cover_make(t, dim, row, &again); /* to report it here as well */
    }
    if (dim->cover[id].bad)
        return -1;
    dim->said = dim->keys.name[id];
    dim->said_cover = id;
    return id;
}

static double value_of(struct cf_table *t, int row)
{
    const char *text = cf_csv_cell(&t->csv, row, t->value_column);
    struct cf_at at = cell_at(t, row, t->value_column);
    double value = NAN;
    if (!cf_parse_double(text, &value)) {
        if (cf_caps_show(t->caps, CF_WRONG_VALUE, at)) {
            if (*text)
                cf_report(t->diag, CF_ERROR, "table.value", at,
                          "write it like 1234.5, without commas, blanks or units", "'%s' %s", text,
                          cf_double_fault(text));
            else
                cf_report(t->diag, CF_ERROR, "table.value", at, NULL, "the value is empty");
        }
        return NAN;
    }
    if (value < t->spec->low || value > t->spec->high) {
        if (cf_caps_show(t->caps, CF_WRONG_BOUNDS, at)) {
            char low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
            cf_report(t->diag, CF_ERROR, "table.bounds", at, NULL,
                      "%s is not between %s and %s, the bounds of %s", text,
                      cf_number_text(low, t->spec->low), cf_number_text(high, t->spec->high),
                      t->spec->name);
        }
        return NAN;
    }
    return value;
}

/* A count is of one age: nobody knows how it would be split over several. */
static int count_has_age(struct cf_table *t, int row, const int *covers)
{
    int d = cf_dim_of(t->field, CF_AXIS_AGE);
    if (t->broken || t->spec->kind != CF_KIND_COUNT || d < 0 || covers[d] < 0)
        return 1;
    const struct cf_cover *cover = &t->dim[d].cover[covers[d]];
    if (cover->first == cover->last)
        return 1;
    struct cf_at at = cell_at(t, row, t->dim[d].column);
    if (cf_caps_show(t->caps, CF_WRONG_COUNT, at))
        cf_report(t->diag, CF_ERROR, "table.count", at, "give each age a row of its own",
                  cover->rank == CF_RANK_ABSENT ? "%s is a count: it needs an age"
                                                : "%s is a count: it cannot take a range of ages",
                  t->spec->name);
    return 0;
}

void cf_table_read_rows(struct cf_table *t)
{
    cf_table_columns(t);
    size_t rows = (size_t)t->csv.n_rows, dims = (size_t)t->spec->n_dims;
    t->row_cover = CF_TAKE(&t->scratch, rows * dims, int);
    t->row_value = CF_TAKE(&t->scratch, rows, double);
    t->row_line = CF_TAKE(&t->scratch, rows, int);
    for (size_t d = 0; d < dims; d++)
        cf_names_init(&t->dim[d].keys, &t->scratch);
    for (int row = 0; row < t->csv.n_rows; row++) {
        int *covers = &t->row_cover[(size_t)t->n_rows * dims], good = 1;
        for (size_t d = 0; d < dims; d++) {
            covers[d] = cover_of(t, &t->dim[d], row);
            good &= covers[d] >= 0;
        }
        good &= count_has_age(t, row, covers);
        t->row_value[t->n_rows] = t->value_column < 0 ? NAN : value_of(t, row);
        t->row_line[t->n_rows] = t->csv.line[row];
        if (good)
            t->n_rows++;
        else
            t->model->field[t->field].doubtful = 1;
    }
    if (t->broken)
        t->model->field[t->field].doubtful = 1;
}
