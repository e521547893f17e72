#include "design/draw_parts.h"

/*
 * An order of the strata without a table of it: a Feistel network of ten rounds over the smallest
 * even number of bits that holds them, walked until it comes back to one of the n.
 *
 *   (left, right) -> (right, left xor F(round, right))
 */
static uint32_t shuffled(const struct cf_stream *stream, uint32_t at, uint32_t n)
{
    int half = 1;
    while ((uint64_t)n > (uint64_t)1 << (2 * half))
        half++;
    const uint32_t mask = ((uint32_t)1 << half) - 1;
    do {
        uint32_t left = at >> half, right = at & mask;
        for (int round = 0; round < 10; round++) {
            const struct cf_words w =
                cf_stream_words(stream, (int)right, CF_DRAW_SHUFFLE, round, (uint64_t)half);
            const uint32_t next = left ^ (w.word[0] & mask);
            left = right;
            right = next;
        }
        at = left << half | right;
    } while (at >= n);
    return at;
}

/* The place within the stratum has 22 bits, so that their sum is exact for a billion strata. */
double cf_lhs_share(const struct cf_stream *stream, int d, int n)
{
    const struct cf_words w = cf_stream_words(stream, d, CF_DRAW_WITHIN, 0, 0);
    const double within = ((w.word[0] >> 10) + 0.5) * 0x1p-22;
    return (shuffled(stream, (uint32_t)d, (uint32_t)n) + within) / n;
}
