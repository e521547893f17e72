#ifndef CF_RNG_H
#define CF_RNG_H

#include <stdint.h>

/*
 * Random numbers that are looked up and not drawn in turn: Philox4x32-10 (Salmon et al. 2011) turns
 * a counter and a key into four random words. The same counter and key give the same words on every
 * thread, rank and processor. The one file that knows the library behind it is base/rng.c.
 */
struct cf_words {
    uint32_t word[4];
};
struct cf_words cf_philox(struct cf_words counter, const uint32_t key[2]);

/* What belongs to one name under one seed. */
struct cf_stream {
    uint32_t key[2];
};
struct cf_stream cf_stream_of(uint64_t seed, const char *name);

/* Hash of text, to be carried on from one piece to the next: FNV-1a, 64 bits. */
#define CF_HASH_START 0xcbf29ce484222325u
uint64_t cf_hash(uint64_t hash, const char *text);

/*
 * The words of a stream for a draw, a purpose, a year and a member.
 *
 *   counter = (draw, 2^16 purpose + year, member mod 2^32, member div 2^32)
 */
struct cf_words cf_stream_words(const struct cf_stream *stream, int draw, int purpose, int year,
                                uint64_t member);

/*
 * A share in (0, 1): (k + 1/2) / 2^52 of the upper 52 bits of two words. Half of the smallest step
 * away from 0 and from 1, and exact: with 53 bits the largest would round to 1.
 */
double cf_share(uint32_t high, uint32_t low);
double cf_share_of_bits(uint64_t bits_52);

#endif
