#include "plain.h"

#include "model/lever_ops.h"

#include <limits.h>
#include <math.h>

/* r(t) of MODEL.md 5. */
static double strength(const struct cf_lever *lever, int year)
{
    if (year > lever->until)
        return 0;
    if (lever->from == INT_MIN)
        return 1;
    if (year < lever->from)
        return 0;
    return fmin(1, (year - lever->from + 1.0) / fmax(1, lever->ramp));
}

/* Whether a lever acts on a cell: cells count with the last axis fastest. */
static int acts(const struct plain *p, const struct cf_lever *lever, int y, size_t cell)
{
    const struct cf_field_spec *spec = &cf_field_specs[lever->field];
    const struct cf_field *field = &p->m->field[lever->field];
    for (int d = spec->n_dims - 1; d >= 0; d--) {
        const int year = spec->dim[d].axis == CF_AXIS_YEAR;
        const size_t extent = (size_t)field->extent[d];
        if (!lever->where[d].member[year ? (size_t)y : cell % extent])
            return 0;
        if (!year)
            cell /= extent;
    }
    return 1;
}

/*
 * x' = x + r(t) (op(x, value) - x), in list order, then between the bounds of the table. Rows that
 * must sum to 1 are not brought back to it here: no test pulls them off.
 */
void plain_pull(struct plain *p)
{
    const int Y = p->m->extent.Y, base_year = p->m->extent.base_year;
    for (int k = 0; k < p->m->scenario.n_levers; k++) {
        const struct cf_lever *lever = &p->m->scenario.lever[k];
        const enum cf_field_id f = lever->field;
        const size_t size = p->m->field[f].size;
        double *value = p->pulled[f] ? p->pulled[f] : plain_zeros((size_t)Y * size);
        for (int y = 0; y < Y; y++)
            for (size_t i = 0; i < size; i++) {
                double *x = &value[(size_t)y * size + i];
                if (!p->pulled[f])
                    *x = cf_field_year(&p->m->field[f], y)[i];
                if (acts(p, lever, y, i))
                    *x += strength(lever, base_year + y) *
                          (cf_lever_ops[lever->op].apply(*x, lever->value) - *x);
            }
        p->pulled[f] = value;
    }
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        for (size_t i = 0; p->pulled[f] && i < (size_t)Y * p->m->field[f].size; i++)
            p->pulled[f][i] =
                fmin(fmax(p->pulled[f][i], cf_field_specs[f].low), cf_field_specs[f].high);
}
