#include "design/lever.h"

#include "model/lever_ops.h"

#include <limits.h>
#include <math.h>

/* Rows are held to sum to 1 within this after levers; beyond it they are rescaled. */
#define ROW_TOLERANCE 1e-12

/* Strides and extents of a field's cells without the year. */
struct shape {
    int n, dim[CF_MOST_DIMS]; /* index of each dim in the spec */
    int extent[CF_MOST_DIMS];
};

static struct shape shape_of(const struct cf_field *field)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    struct shape shape = {0};
    for (int d = cf_field_yearly(field->id); d < spec->n_dims; d++) {
        shape.dim[shape.n] = d;
        shape.extent[shape.n++] = field->extent[d];
    }
    return shape;
}

/* Strength of a lever in a calendar year: its ramp, 0 outside `from` to `until` and outside the
 * years of `where`. */
static double strength(const struct cf_lever *lever, const struct cf_extent *e, int y)
{
    const int year = e->base_year + y;
    if (year > lever->until)
        return 0;
    if (cf_field_yearly(lever->field) && !lever->where[0].member[y])
        return 0;
    return lever->from == INT_MIN ? 1.0 : cf_ramp(year, lever->from, lever->ramp);
}

static int selected(const struct cf_selection *where, const struct shape *shape, const int *index)
{
    for (int d = 0; d < shape->n; d++)
        if (!where[shape->dim[d]].member[index[d]])
            return 0;
    return 1;
}

/* Which combination of members of the `by` dims a cell belongs to, the last fastest; y is its
 * year. */
static size_t member_of(const struct cf_pull *pull, const struct cf_field *field,
                        const struct shape *shape, const int *index, int y)
{
    size_t member = 0;
    if (cf_field_yearly(pull->field) && pull->by[0])
        member = (size_t)y;
    for (int d = 0; d < shape->n; d++)
        if (pull->by[shape->dim[d]])
            member = member * (size_t)field->extent[shape->dim[d]] + (size_t)index[d];
    return member;
}

static void advance(const struct shape *shape, int *index)
{
    for (int d = shape->n - 1; d >= 0; d--) {
        if (++index[d] < shape->extent[d])
            return;
        index[d] = 0;
    }
}

/* Minutes that nobody needs stay out of reach. */
static int is_void(enum cf_field_id id, double value)
{
    return id == CF_FIELD_minutes && value == CF_NO_JOURNEY;
}

void cf_pull_cells(const struct cf_model *model, const struct cf_pull *pull, int y, double *value)
{
    const struct cf_field *field = &model->field[pull->field];
    const struct shape shape = shape_of(field);
    const struct cf_lever_op *op = &cf_lever_ops[pull->op];
    const double r = pull->r;
    int index[CF_MOST_DIMS] = {0};
    for (size_t i = 0; i < field->size; i++, advance(&shape, index)) {
        if (!selected(pull->where, &shape, index) || is_void(pull->field, value[i]))
            continue;
        const size_t m = pull->by ? member_of(pull, field, &shape, index, y) : 0;
        const double pulled = op->apply(value[i], pull->value[m]);
        value[i] = r == 1 ? pulled : value[i] + r * (pulled - value[i]);
    }
}

static size_t clamp(enum cf_field_id id, size_t size, double *value)
{
    const struct cf_field_spec *spec = &cf_field_specs[id];
    size_t n = 0;
    for (size_t i = 0; i < size; i++) {
        if (is_void(id, value[i]))
            continue;
        if (value[i] < spec->low || value[i] > spec->high)
            n++;
        value[i] = value[i] < spec->low ? spec->low : value[i] > spec->high ? spec->high : value[i];
    }
    return n;
}

/*
 * Bring each row back to its sum. A row is `n` cells `stride` apart; there are size / n of them.
 * exact: must be 1; else at most 1. Absent rows (NaN) are left as they are.
 */
static void rescale(double *value, size_t size, size_t n, size_t stride, int exact,
                    struct cf_lever_effect *effect)
{
    for (size_t block = 0; block < size; block += n * stride)
        for (size_t i = block; i < block + stride; i++) {
            double sum = 0;
            for (size_t k = 0; k < n; k++)
                sum += value[i + k * stride];
            if (isnan(sum) || fabs(sum - 1) <= ROW_TOLERANCE || (!exact && sum < 1))
                continue;
            if (sum <= 0) {
                effect->n_zero_rows++;
                continue;
            }
            effect->n_rescaled++;
            for (size_t k = 0; k < n; k++)
                value[i + k * stride] /= sum;
        }
}

/* The same over the lines of each route: rows of line_share. */
static void rescale_routes(const struct cf_model *model, size_t size, double *value,
                           struct cf_lever_effect *effect)
{
    const struct cf_provision *p = &model->provision;
    for (size_t row = 0; row < size; row += (size_t)p->I)
        for (int s = 0; s < model->extent.S; s++) {
            double sum = 0;
            int n = 0;
            for (int i = 0; i < p->I; i++)
                if (p->line[i].route == s) {
                    sum += value[row + (size_t)i];
                    n++;
                }
            if (n == 0 || isnan(sum) || fabs(sum - 1) <= ROW_TOLERANCE)
                continue;
            if (sum <= 0) {
                effect->n_zero_rows++;
                continue;
            }
            effect->n_rescaled++;
            for (int i = 0; i < p->I; i++)
                if (p->line[i].route == s)
                    value[row + (size_t)i] /= sum;
        }
}

static void keep_sums(const struct cf_model *model, const struct cf_field *field,
                      const struct shape *shape, double *value, struct cf_lever_effect *effect)
{
    const enum cf_sum_rule rule = cf_field_specs[field->id].sum;
    if (shape->n == 0)
        return;
    if (rule == CF_SUM_ROWS_ONE || rule == CF_SUM_ROWS_MOST)
        rescale(value, field->size, (size_t)shape->extent[shape->n - 1], 1, rule == CF_SUM_ROWS_ONE,
                effect);
    if (rule == CF_SUM_ROUTES_ONE)
        rescale_routes(model, field->size, value, effect);
    if (rule == CF_SUM_AREAS_MOST)
        rescale(value, field->size, (size_t)shape->extent[0],
                field->size / (size_t)shape->extent[0], 0, effect);
}

void cf_settle_cells(const struct cf_model *model, enum cf_field_id id, double *value,
                     struct cf_lever_effect *effect)
{
    const struct cf_field *field = &model->field[id];
    const struct shape shape = shape_of(field);
    effect->n_clamped = clamp(id, field->size, value);
    keep_sums(model, field, &shape, value, effect);
}

struct cf_lever_effect cf_apply_levers(const struct cf_model *model, enum cf_field_id id, int y,
                                       double *value)
{
    struct cf_lever_effect effect = {0};
    for (int i = 0; i < model->scenario.n_levers; i++) {
        const struct cf_lever *lever = &model->scenario.lever[i];
        const double r = lever->field == id ? strength(lever, &model->extent, y) : 0;
        if (r <= 0)
            continue;
        effect.touched = 1;
        cf_pull_cells(model,
                      &(struct cf_pull){.field = id,
                                        .op = lever->op,
                                        .where = lever->where,
                                        .r = r,
                                        .value = &lever->value},
                      y, value);
    }
    if (effect.touched)
        cf_settle_cells(model, id, value, &effect);
    return effect;
}

int cf_levers_move(const struct cf_model *model, enum cf_field_id field)
{
    for (int i = 0; i < model->scenario.n_levers; i++) {
        const struct cf_lever *lever = &model->scenario.lever[i];
        if (lever->field == field && (lever->from != INT_MIN || lever->until != INT_MAX))
            return 1;
    }
    return 0;
}

int cf_levers_pull(const struct cf_model *model, enum cf_field_id field)
{
    for (int i = 0; i < model->scenario.n_levers; i++)
        if (model->scenario.lever[i].field == field)
            return 1;
    return 0;
}
