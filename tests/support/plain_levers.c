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

/* Every year of a field, to be pulled. */
static double *begin(struct plain *p, enum cf_field_id f)
{
    const size_t size = p->m->field[f].size;
    if (p->pulled[f])
        return p->pulled[f];
    p->pulled[f] = plain_zeros((size_t)p->m->extent.Y * size);
    for (int y = 0; y < p->m->extent.Y; y++)
        for (size_t i = 0; i < size; i++)
            p->pulled[f][(size_t)y * size + i] = cf_field_year(&p->m->field[f], y)[i];
    return p->pulled[f];
}

/* Levers on minutes_per_km, or all others. */
static void pull_those(struct plain *p, int per_km)
{
    for (int k = 0; k < p->m->scenario.n_levers; k++) {
        const struct cf_lever *lever = &p->m->scenario.lever[k];
        const size_t size = p->m->field[lever->field].size;
        if ((lever->field == CF_FIELD_minutes_per_km) != per_km)
            continue;
        double *value = begin(p, lever->field);
        for (int y = 0; y < p->m->extent.Y; y++)
            for (size_t i = 0; i < size; i++) {
                double *x = &value[(size_t)y * size + i];
                if (acts(p, lever, y, i))
                    *x += strength(lever, p->m->extent.base_year + y) *
                          (cf_lever_ops[lever->op].apply(*x, lever->value) - *x);
            }
    }
}

/* Minutes that follow from coordinates, at the minutes per kilometre of the year. */
static void follow_distance(struct plain *p)
{
    const struct cf_provision *provision = &p->m->provision;
    const size_t size = p->m->field[CF_FIELD_minutes].size;
    double *per_km = p->pulled[CF_FIELD_minutes_per_km];
    if (!per_km || !provision->by_distance)
        return;
    double *minutes = begin(p, CF_FIELD_minutes);
    for (size_t k = 0; k < (size_t)p->m->extent.Y * size; k++)
        if (provision->by_distance[k % size])
            minutes[k] *= per_km[k / size] / provision->minutes_per_km;
}

/*
 * x' = x + r(t) (op(x, value) - x), in list order, those on minutes_per_km first, then between the
 * bounds of the table. Rows that must sum to 1 are not brought back to it here: no test pulls them
 * off.
 */
void plain_pull(struct plain *p)
{
    const int Y = p->m->extent.Y;
    pull_those(p, 1);
    follow_distance(p);
    pull_those(p, 0);
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        for (size_t i = 0; p->pulled[f] && i < (size_t)Y * p->m->field[f].size; i++)
            p->pulled[f][i] =
                fmin(fmax(p->pulled[f][i], cf_field_specs[f].low), cf_field_specs[f].high);
}
