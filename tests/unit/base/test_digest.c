#include "base/digest.h"

#include "support/check.h"

#include <stdlib.h>
#include <string.h>

/* Known answers of FIPS 180-4. */
static const char of_nothing[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
static const char of_abc[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
static const char of_two_blocks[] =
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1";
static const char of_a_million[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

static void known_answers(void **state)
{
    (void)state;
    char hex[CF_DIGEST_HEX];
    cf_digest_of("", 0, hex);
    assert_string_equal(hex, of_nothing);
    cf_digest_of(NULL, 0, hex);
    assert_string_equal(hex, of_nothing);
    cf_digest_of("abc", 3, hex);
    assert_string_equal(hex, of_abc);
    static const char two[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    cf_digest_of(two, strlen(two), hex);
    assert_string_equal(hex, of_two_blocks);
}

static void pieces_make_the_whole(void **state)
{
    (void)state;
    char *many = malloc(1000000), hex[CF_DIGEST_HEX];
    assert_non_null(many);
    memset(many, 'a', 1000000);
    struct cf_digest digest;
    cf_digest_init(&digest);
    size_t done = 0;
    for (size_t step = 0; done < 1000000; step++) {
        size_t n = step < 1000000 - done ? step : 1000000 - done;
        cf_digest_add(&digest, many + done, n);
        done += n;
    }
    /* A copy goes its own way. */
    struct cf_digest copy = digest;
    cf_digest_add(&copy, "b", 1);
    cf_digest_hex(&digest, hex);
    assert_string_equal(hex, of_a_million);
    cf_digest_hex(&copy, hex);
    assert_string_not_equal(hex, of_a_million);
    free(many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_answers),
        cmocka_unit_test(pieces_make_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
