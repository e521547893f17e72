#include "design/draw_parts.h"

#include <gsl/gsl_qrng.h>

#define POINT_BITS 30

/*
 * GSL gives its points in Gray-code order, each the one before with one direction number added
 * without carry: that of bit k is point 2^k against point 2^k - 1, the origin being point 0, which
 * GSL leaves out. Directions are kept for as many bits as n points need.
 */
uint32_t *cf_sobol_directions(int n_dimensions, int n, struct cf_arena *arena)
{
    const unsigned dimensions = (unsigned)n_dimensions;
    uint32_t *direction = CF_TAKE(arena, (size_t)POINT_BITS * dimensions, uint32_t);
    uint32_t *before = CF_TAKE(arena, dimensions, uint32_t);
    double *point = CF_TAKE(arena, dimensions, double);
    if (n_dimensions == 0)
        return direction;
    void *state = cf_take(arena, 1, gsl_qrng_sobol->state_size(dimensions));
    gsl_qrng_sobol->init_state(state, dimensions);
    for (int p = 1, k = 0; p < n && k < POINT_BITS; p++) {
        gsl_qrng_sobol->get(state, dimensions, point);
        const int is_power = (p & (p - 1)) == 0;
        for (unsigned d = 0; d < dimensions; d++) {
            const uint32_t now = (uint32_t)(point[d] * ((uint32_t)1 << POINT_BITS));
            if (is_power)
                direction[(size_t)k * dimensions + d] = now ^ before[d];
            before[d] = now;
        }
        k += is_power;
    }
    return direction;
}

/* The 30 bits of the point and 22 below them, shifted by 52 bits of the entry's own: with half of
 * the last place added no share is 0, and the first point, the origin, is as good as any other. */
double cf_sobol_share(const struct cf_draws *draws, const struct cf_stream *stream, int dimension,
                      int matrix, int d)
{
    const struct cf_words w = cf_stream_words(stream, 0, CF_DRAW_SHIFT, matrix, 0);
    const uint64_t shift = (uint64_t)w.word[0] << 20 | w.word[1] >> 12;
    const uint32_t gray = (uint32_t)d ^ (uint32_t)d >> 1;
    uint32_t point = 0;
    for (int k = 0; gray >> k; k++)
        if (gray >> k & 1)
            point ^= draws->direction[k * draws->n_dimensions + dimension];
    return cf_share_of_bits(((uint64_t)point << (52 - POINT_BITS)) ^ shift);
}
