#include "engine/indicators.h"

#include <math.h>

/* Whether a cell of an age counts; a narrow age's only cell is that of school at the lowest
 * level. */
static int counts(const struct cf_extent *e, const struct cf_count *count, int x, int c)
{
    if (x < e->n_narrow)
        return count->level.member[0] && count->status.member[e->school];
    return count->level.member[c / e->S] && count->status.member[c % e->S];
}

/* Fill cell and weight, or only say how many there are where they are NULL. */
static int list_cells(const struct cf_extent *e, const struct cf_count *count, int *cell,
                      double *weight)
{
    int n = 0;
    for (int g = 0; g < e->G; g++)
        for (int x = 0; x <= e->last_x[g]; x++)
            for (int c = 0; c < cf_width(e, x); c++) {
                if (!count->group.member[g] || count->weight[x] == 0 || !counts(e, count, x, c))
                    continue;
                if (cell) {
                    cell[n] = (int)((size_t)g * cf_cells(e) + cf_cell(e, x)) + c;
                    weight[n] = count->weight[x];
                }
                n++;
            }
    return n;
}

static struct cf_cells cells_of(struct cf_worker *w, const struct cf_count *count)
{
    const int n = list_cells(w->e, count, NULL, NULL);
    int *cell = CF_TAKE(&w->arena, (size_t)n, int);
    double *weight = CF_TAKE(&w->arena, (size_t)n, double);
    list_cells(w->e, count, cell, weight);
    return (struct cf_cells){.n = n, .cell = cell, .weight = weight};
}

static void init_ratio(struct cf_worker *w, const struct cf_ratio *ratio, struct cf_cells *part)
{
    part[0] = cells_of(w, &ratio->numerator);
    if (ratio->has_denominator)
        part[1] = cells_of(w, &ratio->denominator);
}

void cf_indicators_init(struct cf_worker *w)
{
    const struct cf_scenario *s = &w->model->scenario;
    const size_t n = (size_t)s->n_indicators;
    w->counted = CF_TAKE(&w->arena, CF_RATIO_PARTS * n, struct cf_cells);
    w->persons_counted = CF_TAKE(&w->arena, (size_t)w->e->A * CF_RATIO_PARTS * n, lanes);
    cf_pools_of(w->model, &w->arena, &w->pools);
    for (size_t i = 0; i < n; i++) {
        init_ratio(w, &s->indicator[i].ratio, &w->counted[CF_RATIO_PARTS * i]);
        if (s->indicator[i].has_minus)
            init_ratio(w, &s->indicator[i].minus, &w->counted[CF_RATIO_PARTS * i + 2]);
    }
}

static lanes *counted_in(const struct cf_worker *w, int a, int i)
{
    return &w->persons_counted[CF_RATIO_PARTS * VIEW2(a, i, w->model->scenario.n_indicators)];
}

static void count_ratio(const struct cf_worker *w, int a, const struct cf_ratio *ratio,
                        const struct cf_cells *part, lanes *persons)
{
    if (ratio->numerator.area.member[a])
        w->kernels->gather(&part[0], cf_area_stock(w, a), &persons[0]);
    if (ratio->has_denominator && ratio->denominator.area.member[a])
        w->kernels->gather(&part[1], cf_area_stock(w, a), &persons[1]);
}

void cf_count_indicators(struct cf_worker *w, int a, enum cf_counted of)
{
    const struct cf_scenario *s = &w->model->scenario;
    for (int i = 0; i < s->n_indicators; i++) {
        const struct cf_indicator *indicator = &s->indicator[i];
        if (indicator->of != of)
            continue;
        count_ratio(w, a, &indicator->ratio, &w->counted[CF_RATIO_PARTS * i], counted_in(w, a, i));
        if (indicator->has_minus)
            count_ratio(w, a, &indicator->minus, &w->counted[CF_RATIO_PARTS * i + 2],
                        counted_in(w, a, i) + 2);
    }
}

/* One part summed over those of the areas that it selects, in order; 0 where it selects none. */
static int sum_part(const struct cf_worker *w, const struct cf_areas *areas, int i, int part,
                    const struct cf_count *count, lanes *sum)
{
    int any = 0;
    *sum = lanes_of(0);
    for (int a = areas->first; a < areas->end; a++) {
        if (!count->area.member[a] || (areas->pool >= 0 && !cf_pool_has(&w->pools, areas->pool, a)))
            continue;
        *sum += counted_in(w, a, i)[part];
        any = 1;
    }
    return any;
}

/* Not a number where nobody is in the denominator or no area is meant. */
static lanes ratio_of(const struct cf_worker *w, const struct cf_areas *areas, int i, int part,
                      const struct cf_ratio *ratio)
{
    lanes above, below;
    if (!sum_part(w, areas, i, part, &ratio->numerator, &above))
        return lanes_of(NAN);
    if (!ratio->has_denominator)
        return above;
    if (!sum_part(w, areas, i, part + 1, &ratio->denominator, &below))
        return lanes_of(NAN);
    return lanes_if(below > lanes_of(0), above / below, lanes_of(NAN));
}

lanes cf_indicator_of(const struct cf_worker *w, const struct cf_areas *areas, int i)
{
    const struct cf_indicator *indicator = &w->model->scenario.indicator[i];
    const lanes value = ratio_of(w, areas, i, 0, &indicator->ratio);
    return indicator->has_minus ? value - ratio_of(w, areas, i, 2, &indicator->minus) : value;
}
