#include "input/tables.h"

#include <math.h>

/* Sums over members: 1, or at most 1. Within rounding of the inputs they are made exact. */

static const double near_enough = 1e-6;

int cf_already_told(struct cf_tables *all, struct cf_told *told, const struct cf_field *field,
                    int line)
{
    if (line <= 0)
        return 0;
    if (!told->line) {
        size_t n = (size_t)field->n_years * field->size;
        for (size_t i = 0; i < n; i++)
            if (field->line[i] > 0 && (size_t)field->line[i] >= told->n)
                told->n = (size_t)field->line[i] + 1;
        told->line = CF_TAKE(&all->scratch, told->n, unsigned char);
    }
    int before = told->line[line];
    told->line[line] = 1;
    return before;
}

/* A sum over n cells, `stride` apart; those of one route only where `route` is given. */
struct row {
    size_t first, stride, n;
    const int *route;
    int of_route;
    const char *route_name;
    int over;    /* the dim summed over */
    int exactly; /* 1: sums to 1; 0: at most */
};

static int in_row(const struct row *row, size_t k)
{
    return !row->route || row->route[k] == row->of_route;
}

static void report_sum(struct cf_tables *all, const struct cf_field *field, const struct row *row,
                       double sum, int line)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    struct cf_at place = {field->path, line > 0 ? line : 0, 0};
    if (!cf_caps_show(&all->caps[field->id], CF_WRONG_SUM, place))
        return;
    int at[CF_MOST_DIMS] = {0};
    cf_cell_members(field, row->first, at);
    struct cf_text text = {0};
    cf_cell_text(all->model, field->id, at, CF_ALL_DIMS & ~(1u << row->over), &text);
    cf_report(all->diag, CF_ERROR, "table.sum", place, NULL,
              "shares over '%s'%s%s%s for %s sum to %.9g, %s", spec->dim[row->over].name,
              row->route ? " of route '" : "", row->route ? row->route_name : "",
              row->route ? "'" : "", text.data ? text.data : "all", sum,
              row->exactly ? "not 1" : "more than 1");
    cf_text_free(&text);
}

/* Rescale a row that is within rounding of 1, report one that is not. */
static void check_row(struct cf_tables *all, const struct cf_field *field, const struct row *row,
                      struct cf_told *told)
{
    double sum = 0;
    int line = 0, any = 0;
    for (size_t k = 0; k < row->n; k++) {
        size_t i = row->first + k * row->stride;
        if (!in_row(row, k) || (!any && isnan(field->value[i]) && !field->line[i]))
            continue;
        sum += field->value[i];
        any = 1;
        if (!line)
            line = field->line[i];
    }
    /* Nothing given, or a wrong value among them, which was reported. */
    if (!any || !line || isnan(sum) || (!row->exactly && sum <= 1) || sum == 1)
        return;
    /* A row of zeros says that nobody stands there; whether somebody does is seen by a walk over
     * the years (calibrate/occupancy.c). */
    if (sum == 0 && field->id == CF_FIELD_progression)
        return;
    if (fabs(sum - 1) > near_enough) {
        if (!cf_already_told(all, told, field, line))
            report_sum(all, field, row, sum, line);
        return;
    }
    for (size_t k = 0; k < row->n; k++)
        if (in_row(row, k))
            field->value[row->first + k * row->stride] /= sum;
}

static void check_rows(struct cf_tables *all, const struct cf_field *field, int exactly)
{
    if (!field->line || field->doubtful)
        return;
    int last = cf_field_specs[field->id].n_dims - 1, at[CF_MOST_DIMS] = {0};
    struct cf_told told = {0};
    struct row row = {
        .stride = 1, .n = (size_t)field->extent[last], .exactly = exactly, .over = last};
    for (row.first = 0; row.first < field->size; row.first += row.n) {
        cf_cell_members(field, row.first, at);
        if (cf_read(all->model, field->id, at))
            check_row(all, field, &row, &told);
    }
}

void cf_rule_rows_one(struct cf_tables *all, const struct cf_field *field)
{
    check_rows(all, field, 1);
}

void cf_rule_rows_most(struct cf_tables *all, const struct cf_field *field)
{
    check_rows(all, field, 0);
}

/* Over the areas, the first axis. */
void cf_rule_areas_most(struct cf_tables *all, const struct cf_field *field)
{
    if (!field->line || field->doubtful)
        return;
    int at[CF_MOST_DIMS] = {0};
    struct cf_told told = {0};
    struct row row = {.n = (size_t)field->extent[0], .over = 0};
    row.stride = field->size / row.n;
    for (row.first = 0; row.first < row.stride; row.first++) {
        cf_cell_members(field, row.first, at);
        if (cf_read(all->model, field->id, at))
            check_row(all, field, &row, &told);
    }
}

/* Over the lines of each route; a route of which no line is given is left absent. */
void cf_rule_routes_one(struct cf_tables *all, const struct cf_field *field)
{
    const struct cf_axis *lines = &all->model->axis[CF_AXIS_LINE];
    int attribute = cf_axis_attribute(lines, "route");
    if (!field->line || field->doubtful || attribute < 0)
        return;
    const struct cf_attribute *route = &lines->attribute[attribute];
    int last = cf_field_specs[field->id].n_dims - 1;
    struct cf_told told = {0};
    struct row row = {.stride = 1,
                      .n = (size_t)field->extent[last],
                      .exactly = 1,
                      .over = last,
                      .route = route->number};
    for (row.first = 0; row.first < field->size; row.first += row.n)
        for (row.of_route = 0; row.of_route < route->values.n; row.of_route++) {
            row.route_name = route->values.name[row.of_route];
            check_row(all, field, &row, &told);
        }
}
