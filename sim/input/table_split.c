#include "input/tables.h"

#include <math.h>

/* Counts given without area or group: split over the members by split.csv, or equally. */

static const enum cf_axis_id split_axes[2] = {CF_AXIS_AREA, CF_AXIS_GROUP};

enum { FIELD_COLUMN, AXIS_COLUMN, MEMBER_COLUMN, VALUE_COLUMN, N_COLUMNS };

struct split_reader {
    struct cf_tables *all;
    struct cf_csv csv;
    int column[N_COLUMNS];
    struct cf_caps caps;
    int *line[CF_N_FIELDS][2]; /* of each member's row */
};

static const char *text_of(const struct split_reader *reader, int row, int k)
{
    return cf_csv_cell(&reader->csv, row, reader->column[k]);
}

/* Whether the error at a row's cell is to be shown. */
static int shown(struct split_reader *reader, int row, int k, struct cf_at *at)
{
    *at = cf_csv_at(&reader->csv, row, reader->column[k]);
    return cf_caps_show(&reader->caps, CF_WRONG_SPLIT, *at);
}

static int field_of_row(struct split_reader *reader, int row)
{
    const char *name = text_of(reader, row, FIELD_COLUMN), *counts[CF_N_FIELDS];
    size_t n = 0;
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (cf_field_specs[f].kind == CF_KIND_COUNT)
            counts[n++] = cf_field_specs[f].name;
    int field = cf_field_find(name);
    if (field >= 0 && cf_field_specs[field].kind == CF_KIND_COUNT)
        return field;
    struct cf_at at;
    if (shown(reader, row, FIELD_COLUMN, &at)) {
        if (field >= 0)
            cf_report(reader->all->diag, CF_ERROR, "split.field", at, NULL,
                      "'%s' is no count: its values are repeated over members, never split", name);
        else
            cf_report_near(reader->all->diag, CF_ERROR, "split.field", at, name, counts, n,
                           "unknown field '%s'", name);
    }
    return -1;
}

/* 0 area, 1 group, -1 wrong. */
static int axis_of_row(struct split_reader *reader, int row, int field)
{
    const char *name = text_of(reader, row, AXIS_COLUMN), *names[2];
    for (int k = 0; k < 2; k++)
        names[k] = cf_axis_specs[split_axes[k]].name;
    int axis = cf_text_same(name, names[0]) ? 0 : cf_text_same(name, names[1]) ? 1 : -1;
    if (axis >= 0 && (field < 0 || cf_dim_of((enum cf_field_id)field, split_axes[axis]) >= 0))
        return axis;
    struct cf_at at;
    if (shown(reader, row, AXIS_COLUMN, &at)) {
        if (axis >= 0)
            cf_report(reader->all->diag, CF_ERROR, "split.axis", at, NULL,
                      "field '%s' has no axis '%s'", cf_field_specs[field].name, name);
        else
            cf_report_near(reader->all->diag, CF_ERROR, "split.axis", at, name, names, 2,
                           "'%s' is no axis that counts are split over (area, group)", name);
    }
    return -1;
}

static int member_of_row(struct split_reader *reader, int row, int k)
{
    const struct cf_axis *axis = &reader->all->model->axis[split_axes[k]];
    const char *code = text_of(reader, row, MEMBER_COLUMN);
    int member = cf_names_find(&axis->codes, code);
    struct cf_at at;
    if (member < 0 && axis->n && !axis->doubtful && shown(reader, row, MEMBER_COLUMN, &at))
        cf_report_near(reader->all->diag, CF_ERROR, "split.member", at, code, axis->codes.name,
                       (size_t)axis->n, "unknown %s '%s'", cf_axis_specs[split_axes[k]].name, code);
    return member;
}

static int share_of_row(struct split_reader *reader, int row, double *value)
{
    const char *text = text_of(reader, row, VALUE_COLUMN);
    int is_number = cf_parse_double(text, value);
    if (is_number && *value >= 0)
        return 1;
    struct cf_at at;
    if (shown(reader, row, VALUE_COLUMN, &at)) {
        if (is_number)
            cf_report(reader->all->diag, CF_ERROR, "split.value", at, NULL,
                      "%s is negative: a share is not", text);
        else if (*text)
            cf_report(reader->all->diag, CF_ERROR, "split.value", at, NULL, "'%s' %s", text,
                      cf_double_fault(text));
        else
            cf_report(reader->all->diag, CF_ERROR, "split.value", at, NULL, "the value is empty");
    }
    return 0;
}

static void read_split_row(struct split_reader *reader, int row)
{
    struct cf_tables *all = reader->all;
    double value = 0;
    int field = field_of_row(reader, row);
    int k = axis_of_row(reader, row, field);
    int member = k < 0 ? -1 : member_of_row(reader, row, k);
    if (!share_of_row(reader, row, &value) || field < 0 || member < 0)
        return;
    size_t n = (size_t)all->model->axis[split_axes[k]].n;
    if (!all->split[field][k]) {
        all->split[field][k] = CF_TAKE(&all->scratch, n, double);
        reader->line[field][k] = CF_TAKE(&all->scratch, n, int);
    }
    int *line = &reader->line[field][k][member];
    struct cf_at at;
    if (*line && shown(reader, row, MEMBER_COLUMN, &at))
        cf_report(all->diag, CF_ERROR, "split.twice", at, NULL,
                  "the share of %s '%s' in %s is given twice, in lines %d and %d",
                  cf_axis_specs[split_axes[k]].name, text_of(reader, row, MEMBER_COLUMN),
                  cf_field_specs[field].name, *line, reader->csv.line[row]);
    *line = reader->csv.line[row];
    all->split[field][k][member] = value;
}

void cf_split_load(struct cf_tables *all)
{
    static const char *const names[N_COLUMNS] = {"field", "axis", "member", "value"};
    struct split_reader *reader = CF_TAKE(&all->scratch, 1, struct split_reader);
    reader->all = all;
    cf_tables_read(all, &all->scratch, "split", &reader->csv);
    if (!cf_list_columns(&reader->csv, names, N_COLUMNS, N_COLUMNS, reader->column, CF_ERROR,
                         all->diag))
        return;
    for (int row = 0; row < reader->csv.n_rows; row++)
        read_split_row(reader, row);
    cf_caps_rest(&reader->caps, all->diag);
}

/* The line of the first row that uses a cover. */
static int line_of_cover(const struct cf_table *t, int d, const struct cf_cover *cover)
{
    for (int row = 0; row < t->n_rows; row++)
        if (cf_row_cover(t, row, d) == cover)
            return t->row_line[row];
    return 0;
}

/* share[m] = weight[m] / sum of the weights of all members the cover has, followed or not. */
static void share_out(struct cf_table *t, int d, struct cf_cover *cover, const double *weight)
{
    double *share = CF_TAKE(&t->scratch, (size_t)t->dim[d].n, double), sum = 0;
    for (int k = 0; k < cover->n; k++)
        sum += weight ? weight[cover->slot[k]] : 1.0;
    for (int k = 0; k < cover->n && sum > 0; k++)
        share[cover->slot[k]] = (weight ? weight[cover->slot[k]] : 1.0) / sum;
    cover->share = share;
    if (cover->n && !(sum > 0))
        cf_report(t->diag, CF_ERROR, "table.split",
                  (struct cf_at){t->csv.path, line_of_cover(t, d, cover), 0}, NULL,
                  "the row is split over %s, but tables/split.csv gives no share of %s to any %s "
                  "it covers",
                  t->dim[d].dim->name, t->spec->name, t->dim[d].dim->name);
}

/* Give every cover of a count that is not one member of area or group the shares of its members. */
void cf_table_shares(struct cf_table *t)
{
    if (t->spec->kind != CF_KIND_COUNT)
        return;
    for (int k = 0; k < 2; k++) {
        int d = cf_dim_of(t->field, split_axes[k]);
        for (int i = 0; d >= 0 && i < t->dim[d].keys.n; i++) {
            struct cf_cover *cover = &t->dim[d].cover[i];
            if (!cover->bad && cover->rank != CF_RANK_MEMBER)
                share_out(t, d, cover, t->all->split[t->field][k]);
        }
    }
}

static int row_is_split(const struct cf_table *t, int row, int over[2])
{
    int any = 0;
    for (int k = 0; k < 2; k++) {
        int d = cf_dim_of(t->field, split_axes[k]);
        if (d >= 0 && cf_row_cover(t, row, d)->share)
            any = over[k] = 1;
    }
    return any;
}

/* What of split rows falls beside: where nobody is followed, or on cells that another row fills. */
struct beside {
    double not_followed, given;
};

static void add_beside(const struct cf_table *t, int row, struct beside *beside)
{
    const struct cf_scenario *s = &t->model->scenario;
    int yearly = cf_field_yearly(t->field);
    struct cf_walk walk;
    for (int go = cf_walk_first(&walk, t, row); go; go = cf_walk_next(&walk)) {
        int at[CF_MOST_DIMS], slot = (int)(walk.cell / t->rest);
        if (yearly && (t->slot_year[slot] < s->base_year || t->slot_year[slot] > s->end_year))
            continue;
        cf_table_members(t, slot, walk.cell % t->rest, at);
        int followed = cf_followed(t->model, t->field, at);
        if (followed && t->champion[walk.cell] == row)
            continue;
        double part = fabs(t->row_value[row]);
        for (int d = 0; d < t->spec->n_dims; d++)
            if (walk.cover[d]->share)
                part *= walk.cover[d]->share[walk.slot[d]];
        if (part > 0)
            *(followed ? &beside->given : &beside->not_followed) += part;
    }
}

/* One notice a table: what was split, by what, and how much of it fell beside. */
void cf_table_report_split(struct cf_table *t)
{
    if (t->spec->kind != CF_KIND_COUNT)
        return;
    int n = 0, over[2] = {0, 0};
    struct beside beside = {0};
    for (int row = 0; row < t->n_rows; row++)
        if (row_is_split(t, row, over)) {
            n++;
            add_beside(t, row, &beside);
        }
    if (!n)
        return;
    struct cf_text text = {0};
    cf_text_format(&text, "%s: %d row%s split over ", t->spec->name, n, n > 1 ? "s are" : " is");
    for (int k = 0; k < 2; k++)
        if (over[k])
            cf_text_format(&text, "%s%s %s", k && over[0] ? " and " : "",
                           cf_axis_specs[split_axes[k]].name,
                           t->all->split[t->field][k] ? "by tables/split.csv" : "equally");
    if (beside.not_followed > 0)
        cf_text_format(&text, "; not in the model: %.6g %s, of groups not followed at their age",
                       beside.not_followed, t->spec->unit);
    if (beside.given > 0)
        cf_text_format(&text, "; left to more specific rows: %.6g %s", beside.given, t->spec->unit);
    cf_report(t->diag, CF_NOTICE, "table.split", (struct cf_at){t->csv.path, 0, 0}, NULL, "%s",
              text.data);
    cf_text_free(&text);
}
