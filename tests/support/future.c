#include "future.h"

#include "support/place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct cf_model *future_new(int n_areas, int n_years)
{
    const struct place_size size = {
        .A = n_areas, .G = 1, .X = 3, .L = 1, .S = 2, .Y = n_years, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    m->scenario.future.design = (struct cf_design){.kind = CF_DESIGN_MONTECARLO, .seed = 1};
    return m;
}

void future_free(struct cf_model *m)
{
    place_free(m);
}

struct cf_uncertain *future_insert(struct cf_model *m, int at, const char *name, const char *dist,
                                   double a, double b)
{
    struct cf_future *f = &m->scenario.future;
    const size_t n = (size_t)f->n_uncertain, before = (size_t)at;
    struct cf_uncertain *grown = CF_TAKE(&m->arena, n + 1, struct cf_uncertain);
    for (size_t k = 0; k < n; k++)
        grown[k + (k >= before)] = f->uncertain[k];
    f->uncertain = grown;
    f->n_uncertain++;
    grown[at] = (struct cf_uncertain){.name = cf_arena_copy(&m->arena, name),
                                      .field = CF_FIELD_area_effect,
                                      .dist = cf_dist_find(dist),
                                      .parameter = {a, b},
                                      .min = -HUGE_VAL,
                                      .max = HUGE_VAL,
                                      .ar1 = (double)NAN,
                                      .group = -1};
    if (grown[at].dist < 0)
        abort();
    return &grown[at];
}

struct cf_uncertain *future_add(struct cf_model *m, const char *name, const char *dist, double a,
                                double b)
{
    return future_insert(m, m->scenario.future.n_uncertain, name, dist, a, b);
}

void future_by_area(struct cf_uncertain *u, double shared)
{
    u->by[0] = 1;
    u->shared = shared;
}

struct cf_risk *future_risk(struct cf_model *m, const char *code, double probability,
                            int onset_first, int onset_last)
{
    struct cf_future *f = &m->scenario.future;
    const size_t n = (size_t)f->n_risks;
    struct cf_risk *grown = CF_TAKE(&m->arena, n + 1, struct cf_risk);
    for (size_t k = 0; k < n; k++)
        grown[k] = f->risk[k];
    f->risk = grown;
    f->n_risks++;
    grown[n] = (struct cf_risk){.code = cf_arena_copy(&m->arena, code),
                                .probability = probability,
                                .onset_first = onset_first,
                                .onset_last = onset_last,
                                .duration = 1};
    return &grown[n];
}

void future_design(struct cf_model *m, enum cf_design_kind kind, int draws)
{
    m->scenario.future.design.kind = kind;
    m->scenario.future.design.draws = draws;
}

void future_correlate(struct cf_model *m, int i, int j, double correlation)
{
    struct cf_future *f = &m->scenario.future;
    const size_t n = (size_t)f->n_uncertain, high = (size_t)(i > j ? i : j),
                 low = (size_t)(i > j ? j : i);
    f->factor = CF_TAKE(&m->arena, n * n, double);
    for (size_t k = 0; k < n; k++)
        f->factor[k * n + k] = 1;
    f->factor[high * n + low] = correlation;
    f->factor[high * n + high] = sqrt(1 - correlation * correlation);
    f->n_groups = 1;
    f->uncertain[i].group = f->uncertain[j].group = 0;
}

static size_t size_of(const struct cf_model *m)
{
    return (size_t)m->extent.Y * (size_t)m->extent.A;
}

double *future_values(const struct cf_model *m)
{
    const struct cf_future *f = &m->scenario.future;
    const int n_draws = cf_future_draws(f), A = m->extent.A;
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_draws *draws = cf_draws_init(m, &arena);
    double *all = malloc((size_t)(1 + n_draws) * (size_t)f->n_uncertain * size_of(m) * sizeof *all);
    if (!all)
        abort();
    double *to = all;
    for (int draw = 0; draw <= n_draws; draw++)
        for (int i = 0; i < f->n_uncertain; i++)
            for (int y = 0; y < m->extent.Y; y++, to += A) {
                cf_draw_values(draws, draw, i, y, to);
                for (int a = cf_draw_members(m, i); a < A; a++)
                    to[a] = to[0];
            }
    cf_arena_free(&arena);
    return all;
}

double future_at(const struct cf_model *m, const double *values, int draw, int entry, int y, int a)
{
    const size_t row = (size_t)draw * (size_t)m->scenario.future.n_uncertain + (size_t)entry;
    return values[row * size_of(m) + (size_t)(y * m->extent.A + a)];
}

double future_u(const struct cf_draws *draws, int draw, int entry)
{
    double u;
    cf_draw_values(draws, draw, entry, 0, &u);
    return u;
}

struct moments moments_of(const double *x, const double *y, int n)
{
    struct moments of = {0};
    double xy = 0;
    for (int k = 0; k < n; k++) {
        of.mean_x += x[k] / n;
        of.mean_y += y[k] / n;
    }
    for (int k = 0; k < n; k++) {
        of.var_x += (x[k] - of.mean_x) * (x[k] - of.mean_x) / n;
        of.var_y += (y[k] - of.mean_y) * (y[k] - of.mean_y) / n;
        xy += (x[k] - of.mean_x) * (y[k] - of.mean_y) / n;
    }
    of.correlation = xy / sqrt(of.var_x * of.var_y);
    return of;
}
