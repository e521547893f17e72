#include "base/crc32c.h"

#include "support/check.h"

#include <string.h>

/* RFC 3720, appendix B.4, and the check value of the catalogue of parametrised CRCs. */
static void known_answers(void **state)
{
    (void)state;
    unsigned char bytes[32];
    assert_int_equal(cf_crc32c(0, "123456789", 9), 0xe3069283);
    assert_int_equal(cf_crc32c_plain(0, "123456789", 9), 0xe3069283);
    assert_int_equal(cf_crc32c(0, "", 0), 0);
    memset(bytes, 0, sizeof bytes);
    assert_int_equal(cf_crc32c(0, bytes, sizeof bytes), 0x8a9136aa);
    assert_int_equal(cf_crc32c_plain(0, bytes, sizeof bytes), 0x8a9136aa);
    memset(bytes, 0xff, sizeof bytes);
    assert_int_equal(cf_crc32c(0, bytes, sizeof bytes), 0x62a8ab43);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)i;
    assert_int_equal(cf_crc32c(0, bytes, sizeof bytes), 0x46dd794e);
    assert_int_equal(cf_crc32c_plain(0, bytes, sizeof bytes), 0x46dd794e);
}

/* Whatever the length, the start and where it is cut. */
static void the_same_in_pieces_and_without_the_instruction(void **state)
{
    (void)state;
    unsigned char bytes[97];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(i * i * 31 + 7);
    for (size_t from = 0; from < 9; from++)
        for (size_t n = 0; n + from <= sizeof bytes; n += 5) {
            const uint32_t whole = cf_crc32c(0, bytes + from, n);
            assert_int_equal(whole, cf_crc32c_plain(0, bytes + from, n));
            for (size_t cut = 0; cut <= n; cut += 3)
                assert_int_equal(
                    whole, cf_crc32c(cf_crc32c(0, bytes + from, cut), bytes + from + cut, n - cut));
        }
}

static void every_flipped_bit_shows(void **state)
{
    (void)state;
    unsigned char bytes[40];
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (unsigned char)(255 - 3 * i);
    const uint32_t whole = cf_crc32c(0, bytes, sizeof bytes);
    for (size_t bit = 0; bit < 8 * sizeof bytes; bit++) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        assert_int_not_equal(cf_crc32c(0, bytes, sizeof bytes), whole);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(the_same_in_pieces_and_without_the_instruction),
        cmocka_unit_test(every_flipped_bit_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
