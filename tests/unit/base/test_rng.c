#include "base/rng.h"

#include "support/check.h"

#include <math.h>

/* The known answers that come with Random123 (kat_vectors, philox4x32 of 10 rounds). */
static void known_answers(void **state)
{
    static const struct {
        struct cf_words counter;
        uint32_t key[2];
        struct cf_words answer;
    } known[] = {
        {{{0, 0, 0, 0}}, {0, 0}, {{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}}},
        {{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}},
         {0xffffffff, 0xffffffff},
         {{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}}},
        {{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}},
         {0xa4093822, 0x299f31d0},
         {{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}},
    };
    (void)state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        const struct cf_words got = cf_philox(known[k].counter, known[k].key);
        assert_memory_equal(&got, &known[k].answer, sizeof got);
    }
}

/* Those of FNV-1a, and pieces that give what the whole gives. */
static void hashes(void **state)
{
    (void)state;
    assert_true(cf_hash(CF_HASH_START, "") == 0xcbf29ce484222325u);
    assert_true(cf_hash(CF_HASH_START, "a") == 0xaf63dc4c8601ec8cu);
    assert_true(cf_hash(CF_HASH_START, "foobar") == 0x85944171f73967e8u);
    assert_true(cf_hash(cf_hash(CF_HASH_START, "foo"), "bar") == 0x85944171f73967e8u);
    assert_true(cf_hash(CF_HASH_START, "\xc3\xa9") == 0x0ac21707b7181e01u);
}

/* The layout that MODEL.md states: the key from seed and name, the counter from the rest. */
static void streams_are_as_stated(void **state)
{
    const uint64_t seed = 0x0123456789abcdefu, hash = cf_hash(CF_HASH_START, "duty effect");
    const uint32_t by[2] = {0x89abcdef, 0x01234567};
    const struct cf_words key =
        cf_philox((struct cf_words){{(uint32_t)hash, (uint32_t)(hash >> 32), 0, 0}}, by);
    const struct cf_stream stream = cf_stream_of(seed, "duty effect");
    (void)state;
    assert_int_equal(stream.key[0], key.word[0]);
    assert_int_equal(stream.key[1], key.word[1]);
    const struct cf_words at = {{1234567, 3u << 16 | 2013, 0x55667788, 0x11223344}};
    const struct cf_words want = cf_philox(at, stream.key);
    const struct cf_words got = cf_stream_words(&stream, 1234567, 3, 2013, 0x1122334455667788u);
    assert_memory_equal(&got, &want, sizeof got);
}

static void no_two_streams_are_alike(void **state)
{
    static const char *const names[] = {"a", "b", "ab",          "ba",
                                        "A", "",  "duty effect", "duty effecs"};
    static const uint64_t seeds[] = {0, 1, 2, 2009, 1ull << 32, ~0ull};
    enum { N = sizeof names / sizeof *names, ALL = N * sizeof seeds / sizeof *seeds };
    struct cf_stream stream[ALL];
    (void)state;
    for (int k = 0; k < ALL; k++)
        stream[k] = cf_stream_of(seeds[k / N], names[k % N]);
    for (int k = 0; k < ALL; k++)
        for (int other = 0; other < k; other++)
            assert_memory_not_equal(&stream[k], &stream[other], sizeof stream[k]);
}

/* Neither 0 nor 1, and half a step from them exactly. */
static void shares_lie_within(void **state)
{
    (void)state;
    assert_true(cf_share(0, 0) == 0x1p-53);
    assert_true(cf_share(0, 0xfff) == 0x1p-53); /* of the second word 20 bits count */
    assert_true(cf_share(0, 0x1000) == 3 * 0x1p-53);
    assert_true(cf_share(0xffffffff, 0xffffffff) == 1 - 0x1p-53);
    assert_true(cf_share(0xffffffff, 0xffffffff) < 1);
    assert_true(cf_share(0x80000000, 0) == 0.5 + 0x1p-53);
    assert_true(cf_share_of_bits(1) == 3 * 0x1p-53);
}

/* Flat: chi-square of 256 cells, and next to no correlation between the words, draws, years and
 * members that stand beside each other. 5 standard deviations; 330 is the 0.1% point. */
static void shares_are_flat(void **state)
{
    enum { N = 1 << 18, CELLS = 256 };
    const struct cf_stream stream = cf_stream_of(2009, "flat");
    double cell[CELLS] = {0}, chi = 0, with[4] = {0}, mean = 0;
    (void)state;
    for (int k = 0; k < N; k++) {
        const struct cf_words w = cf_stream_words(&stream, k, 1, 2009, 7);
        const struct cf_words other[3] = {cf_stream_words(&stream, k + 1, 1, 2009, 7),
                                          cf_stream_words(&stream, k, 1, 2010, 7),
                                          cf_stream_words(&stream, k, 1, 2009, 8)};
        const double u = cf_share(w.word[0], w.word[1]) - 0.5;
        mean += u / N;
        cell[w.word[0] >> 24]++;
        with[3] += 12 * u * (cf_share(w.word[2], w.word[3]) - 0.5) / N;
        for (int o = 0; o < 3; o++)
            with[o] += 12 * u * (cf_share(other[o].word[0], other[o].word[1]) - 0.5) / N;
    }
    for (int c = 0; c < CELLS; c++)
        chi += (cell[c] - (double)N / CELLS) * (cell[c] - (double)N / CELLS) / ((double)N / CELLS);
    assert_true(chi < 330);
    assert_true(chi > 185);
    assert_true(fabs(mean) < 5 * sqrt(1.0 / 12 / N));
    for (int o = 0; o < 4; o++)
        assert_true(fabs(with[o]) < 5 / sqrt(N));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),         cmocka_unit_test(hashes),
        cmocka_unit_test(streams_are_as_stated), cmocka_unit_test(no_two_streams_are_alike),
        cmocka_unit_test(shares_lie_within),     cmocka_unit_test(shares_are_flat),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
