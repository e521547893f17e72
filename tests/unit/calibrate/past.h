#ifndef CF_TEST_PAST_H
#define CF_TEST_PAST_H

/* A past made up in memory. Include after cmocka. */
#include "calibrate/survival.h"

#include <math.h>

struct past {
    struct cf_arena arena;
    struct cf_history history;
    struct cf_survival fit;
    int *parent;
};

static inline double *past_take(struct past *past, size_t n)
{
    double *value = CF_TAKE(&past->arena, n, double);
    for (size_t i = 0; i < n; i++)
        value[i] = NAN;
    return value;
}

/* So many areas and parents, years from 2001 on, one or more groups, ages from 0; nothing known. */
static inline void past_open(struct past *past, int areas, int parents, int years, int groups,
                             int ages)
{
    struct cf_history *h = &past->history;
    cf_arena_init(&past->arena);
    *h = (struct cf_history){.n_areas = areas,
                             .first_year = 2001,
                             .n_years = years,
                             .E = areas + parents,
                             .G = groups,
                             .X = ages};
    const size_t all = (size_t)(h->n_years * h->E), cells = all * (size_t)(groups * ages);
    h->stock = past_take(past, cells);
    h->deaths = past_take(past, cells);
    h->net = past_take(past, cells);
    h->total = past_take(past, all);
    h->births = past_take(past, all);
    h->moved = past_take(past, all);
    past->parent = CF_TAKE(&past->arena, (size_t)areas, int);
    for (int a = 0; a < areas; a++)
        past->parent[a] = parents > 0 ? areas : -1;
    past->fit = (struct cf_survival){.history = h,
                                     .parent = past->parent,
                                     .arena = &past->arena,
                                     .rules = {.years = 100, .unexplained = 1}};
}

static inline double *past_stock(struct past *past, int y, int e, int g, int x)
{
    return &past->history.stock[cf_history_cell(&past->history, y, e, g, x)];
}
static inline double past_rate(const struct past *past, int a, int g, int x)
{
    return past->fit.rate[cf_survival_cell(&past->fit, a, g, x)];
}

static inline void past_is(double value, double wanted, double within)
{
    if (!(fabs(value - wanted) <= within))
        fail_msg("%.15g is not %.15g", value, wanted);
}

#endif
