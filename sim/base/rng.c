#include "base/rng.h"

#include <Random123/philox.h>

struct cf_words cf_philox(struct cf_words counter, const uint32_t key[2])
{
    const philox4x32_ctr_t at = {
        {counter.word[0], counter.word[1], counter.word[2], counter.word[3]}};
    const philox4x32_key_t by = {{key[0], key[1]}};
    const philox4x32_ctr_t got = philox4x32_R(10, at, by);
    return (struct cf_words){{got.v[0], got.v[1], got.v[2], got.v[3]}};
}

uint64_t cf_hash(uint64_t hash, const char *text)
{
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        hash = (hash ^ *c) * 0x100000001b3u;
    return hash;
}

/* The name's hash is the counter, the seed the key: names of neighbouring hashes and seeds that
 * follow each other get keys that have nothing in common. */
struct cf_stream cf_stream_of(uint64_t seed, const char *name)
{
    const uint64_t hash = cf_hash(CF_HASH_START, name);
    const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
    const struct cf_words got =
        cf_philox((struct cf_words){{(uint32_t)hash, (uint32_t)(hash >> 32), 0, 0}}, key);
    return (struct cf_stream){{got.word[0], got.word[1]}};
}

struct cf_words cf_stream_words(const struct cf_stream *stream, int draw, int purpose, int year,
                                uint64_t member)
{
    const struct cf_words counter = {{(uint32_t)draw, (uint32_t)purpose << 16 | (uint32_t)year,
                                      (uint32_t)member, (uint32_t)(member >> 32)}};
    return cf_philox(counter, stream->key);
}

double cf_share_of_bits(uint64_t bits_52)
{
    return ((double)bits_52 + 0.5) * 0x1p-52;
}

double cf_share(uint32_t high, uint32_t low)
{
    return cf_share_of_bits((uint64_t)high << 20 | low >> 12);
}
