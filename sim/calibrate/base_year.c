#include "calibrate/base_year.h"

#include <string.h>

void cf_base_year_area(const struct cf_base_year *b, int a, double *stock)
{
    const struct cf_extent *e = b->e;
    memset(stock, 0, cf_row_at(e, e->G, 0, 0) * sizeof *stock);
    for (int g = 0; g < e->G; g++)
        for (int x = 0; x <= e->last_x[g]; x++) {
            const size_t gx = (size_t)g * (size_t)e->X + (size_t)x;
            const size_t agx = (size_t)a * (size_t)e->G * (size_t)e->X + gx;
            const double persons = b->in.population[agx][0];
            if (x < e->choice_x) {
                stock[cf_row_at(e, g, x, 0) + (size_t)e->school] = persons;
                continue;
            }
            for (int l = 0; l < e->L; l++) {
                const size_t L = (size_t)e->L, S = (size_t)e->S;
                const double at_level = persons * b->in.level_share[gx * L + (size_t)l][0];
                const lanes *share = b->in.status_share + (agx * L + (size_t)l) * S;
                for (size_t s = 0; s < S; s++)
                    stock[cf_row_at(e, g, x, l) + s] = at_level * share[s][0];
            }
        }
}

void cf_base_year_init(struct cf_base_year *b, const struct cf_model *model, struct cf_arena *arena)
{
    const struct cf_extent *e = &model->extent;
    const size_t cells = cf_row_at(e, e->G, 0, 0);
    *b = (struct cf_base_year){.model = model, .e = e};
    cf_binding_init(&b->binding, model, arena);
    cf_bind_year(&b->binding, 0, &b->in);
    b->stock = CF_TAKE(arena, cells, double);
    b->room = CF_TAKE(arena, cf_flow_at(e, e->G, 0), double);
    double *area = CF_TAKE(arena, cells, double);
    for (int a = 0; a < e->A; a++) {
        cf_base_year_area(b, a, area);
        for (size_t i = 0; i < cells; i++)
            b->stock[i] += area[i];
    }
}

/* One group's results of the summer at age x, as `attain` has them with m = 1. */
static void attain(const struct cf_base_year *b, int g, int x, double *row)
{
    const size_t L = (size_t)b->e->L, S = (size_t)b->e->S;
    memcpy(row, b->stock + cf_row_at(b->e, g, x, 0), L * S * sizeof *row);
    for (size_t cell = (L - 1) * S; cell-- > 0;) {
        const size_t l = cell / S, s = cell % S;
        const double *to = b->in.gain + (cf_row_at(b->e, g, x, 0) + cell) * L;
        const double from = row[cell];
        double up = 0;
        for (size_t k = l + 1; k < L; k++) {
            up += to[k];
            row[k * S + s] += from * to[k];
        }
        row[cell] = up > 0 ? from - from * up : from;
    }
}

void cf_base_year_flow(const struct cf_base_year *b, int x, double *flow)
{
    const struct cf_extent *e = b->e;
    const size_t row = (size_t)e->L * (size_t)e->S, G = (size_t)e->G;
    memset(flow, 0, G * row * sizeof *flow);
    for (int g = 0; g < e->G; g++) {
        if (x > e->last_x[g])
            continue;
        attain(b, g, x - 1, b->room);
        const lanes *move = b->in.regroup + ((size_t)g * (size_t)e->X + (size_t)x) * G;
        for (size_t to = 0; to < G; to++)
            for (size_t i = 0; i < row; i++)
                flow[to * row + i] += b->room[i] * move[to][0];
    }
}
