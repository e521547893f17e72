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
    w->counted = CF_TAKE(&w->arena, 4 * n, struct cf_cells);
    w->indicator = CF_TAKE(&w->arena, (size_t)w->e->A * n, lanes);
    for (size_t i = 0; i < n; i++) {
        init_ratio(w, &s->indicator[i].ratio, &w->counted[4 * i]);
        if (s->indicator[i].has_minus)
            init_ratio(w, &s->indicator[i].minus, &w->counted[4 * i + 2]);
    }
}

/* value = numerator / denominator, not a number where nobody is in the denominator or the area is
 * not meant. */
static void read_ratio(const struct cf_worker *w, int a, const struct cf_ratio *ratio,
                       const struct cf_cells *part, lanes *value)
{
    lanes below;
    *value = lanes_of(NAN);
    if (!ratio->numerator.area.member[a])
        return;
    if (ratio->has_denominator && !ratio->denominator.area.member[a])
        return;
    w->kernels->gather(&part[0], cf_area_stock(w, a), value);
    if (!ratio->has_denominator)
        return;
    w->kernels->gather(&part[1], cf_area_stock(w, a), &below);
    *value = lanes_if(below > lanes_of(0), *value / below, lanes_of(NAN));
}

void cf_read_indicators(struct cf_worker *w, int a, enum cf_counted of)
{
    const struct cf_scenario *s = &w->model->scenario;
    for (int i = 0; i < s->n_indicators; i++) {
        const struct cf_indicator *indicator = &s->indicator[i];
        lanes *value = &w->indicator[VIEW2(a, i, s->n_indicators)], less;
        if (indicator->of != of)
            continue;
        read_ratio(w, a, &indicator->ratio, &w->counted[4 * i], value);
        if (!indicator->has_minus)
            continue;
        read_ratio(w, a, &indicator->minus, &w->counted[4 * i + 2], &less);
        *value -= less;
    }
}
