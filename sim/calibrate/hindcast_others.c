/*
 * What anybody could have said in the base year, out of what it was like then: MODEL.md 11.2.
 *
 *   no change       v[0]
 *   cohort          pop[0][a][g][x - h] times survival[g][k] of the ages k from x - h + 1 to x
 *   constant share  population:       cohort of all areas x v[0] / v[0] of all areas
 *                   by status, level: cohort x v[0] / v[0] of all statuses or levels
 */
#include "calibrate/hindcast_parts.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>

const char *const cf_other_names[CF_N_OTHERS] = {"no_change", "cohort", "constant_share",
                                                 "official"};

/* What the base year has to say. */
struct base {
    const struct cf_model *model;
    const double *population; /* [year][area][group][age] of the central run; NULL: none */
    const double *survival;   /* [group][age] */
};

/* Of one area, group and age, h years on; NaN where they were too young to be in the model. */
static double cohort_of(const struct base *b, int a, int g, int x, int h)
{
    const struct cf_extent *e = &b->model->extent;
    if (x - h < 0)
        return (double)NAN;
    if (x > e->last_x[g])
        return 0;
    double n = b->population[VIEW3(a, g, e->G, x - h, e->X)];
    for (int k = x - h + 1; k <= x; k++)
        n *= b->survival[VIEW2(g, k, e->X)];
    return n;
}

/* Of areas, groups and ages from .. to, each [first, last]. */
static double cohort_sum(const struct base *b, const int area[2], const int group[2],
                         const int age[2], int h)
{
    double sum = 0;
    for (int a = area[0]; a <= area[1]; a++)
        for (int g = group[0]; g <= group[1]; g++)
            for (int x = age[0]; x <= age[1]; x++)
                sum += cohort_of(b, a, g, x, h);
    return sum;
}

static double population_share(const struct base *b, const struct cf_hindcast_cell *cell,
                               const struct cf_hindcast_variable *v, const double *value)
{
    const int group[2] = {cell->low[1], cell->high[1]}, age[2] = {cell->low[2], cell->high[2]};
    struct cf_hindcast_cell all = *cell;
    all.low[0] = 0;
    all.high[0] = v->extent[0] - 1;
    return cohort_sum(b, (int[2]){0, all.high[0]}, group, age, cell->y) *
           cf_hindcast_sum(cell, v, value, 0) / cf_hindcast_sum(&all, v, value, 0);
}

/* Of area, age and status or level: each area and age has the share it had. */
static double status_share(const struct base *b, const struct cf_hindcast_cell *cell,
                           const struct cf_hindcast_variable *v, const double *value)
{
    const int group[2] = {0, b->model->extent.G - 1};
    double sum = 0;
    for (int a = cell->low[0]; a <= cell->high[0]; a++)
        for (int x = cell->low[1]; x <= cell->high[1]; x++) {
            struct cf_hindcast_cell one = *cell;
            one.low[0] = one.high[0] = a;
            one.low[1] = one.high[1] = x;
            const double part = cf_hindcast_sum(&one, v, value, 0);
            one.low[2] = 0;
            one.high[2] = v->extent[2] - 1;
            const double whole = cf_hindcast_sum(&one, v, value, 0);
            sum += cohort_sum(b, (int[2]){a, a}, group, (int[2]){x, x}, cell->y) * part / whole;
        }
    return sum;
}

void cf_hindcast_others(struct cf_hindcast *h, const double *central)
{
    struct base b = {.model = h->model,
                     .survival = cf_field_year(&h->model->field[CF_FIELD_survival], 0)};
    for (int k = 0; k < h->layout->n_variables; k++)
        if (cf_text_same(h->layout->variable[k].name, "population"))
            b.population = central + h->layout->variable[k].offset;
    for (int c = 0; c < h->n_cells; c++) {
        const struct cf_hindcast_cell *cell = &h->cell[c];
        const struct cf_hindcast_variable *v = &h->variable[cell->variable];
        const double *value = central + v->central->offset;
        double cohort = (double)NAN, share = (double)NAN;
        if (cf_text_same(v->name, "population")) {
            cohort = cohort_sum(&b, (int[2]){cell->low[0], cell->high[0]},
                                (int[2]){cell->low[1], cell->high[1]},
                                (int[2]){cell->low[2], cell->high[2]}, cell->y);
            share = population_share(&b, cell, v, value);
        } else if (v->n_dims == 3 && v->area == 0 && v->age == 1 && v->adds_up) {
            share = status_share(&b, cell, v, value);
        }
        double *other = h->scored[cell->scored].other;
        other[CF_OTHER_NO_CHANGE] += cf_hindcast_sum(cell, v, value, 0);
        other[CF_OTHER_COHORT] += cohort;
        other[CF_OTHER_CONSTANT_SHARE] += share;
    }
}
