#include "design/draw_parts.h"

/* The quantiles that grid and morris stand on: the middles of equal parts. */
static double middle(int level, int steps)
{
    return (level + 0.5) / steps;
}

/* The last entry goes fastest. */
static double grid_share(const struct cf_draws *draws, int d, int entry)
{
    const int steps = draws->future->design.steps;
    for (int k = draws->n_entries - 1; k > entry; k--)
        d /= steps;
    return middle(d % steps, steps);
}

static uint64_t order_word(const struct cf_draw_entry *e, int trajectory)
{
    const struct cf_words w = cf_stream_words(&e->stream, trajectory, CF_DRAW_ORDER, 0, 0);
    return (uint64_t)w.word[0] << 32 | w.word[1];
}

/*
 * Where an entry stands at one point of a trajectory: all start somewhere, and at each step one of
 * them, in the order of their words, moves by half the levels up or down.
 */
static double morris_share(const struct cf_draws *draws, int trajectory, int point, int entry)
{
    const struct cf_draw_entry *e = &draws->entry[entry];
    const int steps = draws->future->design.steps, jump = steps / 2;
    const struct cf_words w = cf_stream_words(&e->stream, trajectory, CF_DRAW_LEVEL, 0, 0);
    const int low = (int)(cf_share(w.word[0], w.word[1]) * (steps - jump));
    const int upwards = (int)(w.word[2] >> 31);
    const uint64_t mine = order_word(e, trajectory);
    int before = 0;
    for (int k = 0; k < draws->n_entries; k++) {
        const uint64_t other = order_word(&draws->entry[k], trajectory);
        before += other < mine || (other == mine && k < entry);
    }
    const int moved = before < point;
    return middle(low + (moved == upwards ? jump : 0), steps);
}

/* Row j of A, of A with this entry (or another) from B, or of B. */
static struct cf_draw_row saltelli_row(const struct cf_draws *draws, int d, int entry)
{
    const int each = draws->n_entries + 2, j = d / each, which = d % each;
    const int matrix = which == each - 1 || which == entry + 1;
    const struct cf_draw_entry *e = &draws->entry[entry];
    return (struct cf_draw_row){1, cf_sobol_share(draws, &e->stream, 2 * entry + matrix, matrix, j),
                                2 * j + matrix + 1};
}

struct cf_draw_row cf_design_row(const struct cf_draws *draws, int draw, int entry)
{
    const struct cf_design *design = &draws->future->design;
    const struct cf_stream *stream = &draws->entry[entry].stream;
    const int d = draw - 1;
    switch (design->kind) {
    case CF_DESIGN_LHS:
        return (struct cf_draw_row){1, cf_lhs_share(stream, d, design->draws), draw};
    case CF_DESIGN_SOBOL:
        return (struct cf_draw_row){1, cf_sobol_share(draws, stream, entry, 0, d), draw};
    case CF_DESIGN_SALTELLI:
        return saltelli_row(draws, d, entry);
    case CF_DESIGN_MORRIS: {
        const int each = draws->n_entries + 1;
        return (struct cf_draw_row){1, morris_share(draws, d / each, d % each, entry),
                                    d / each + 1};
    }
    case CF_DESIGN_GRID:
        return (struct cf_draw_row){1, grid_share(draws, d, entry), draw};
    default:
        return (struct cf_draw_row){0, 0, draw};
    }
}

int cf_design_risk_key(const struct cf_draws *draws, int draw)
{
    switch (draws->future->design.kind) {
    case CF_DESIGN_SALTELLI:
        return (draw - 1) / (draws->n_entries + 2) + 1;
    case CF_DESIGN_MORRIS:
        return (draw - 1) / (draws->n_entries + 1) + 1;
    default:
        return draw;
    }
}
