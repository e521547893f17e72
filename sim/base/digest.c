#include "base/digest.h"

#include <nettle/sha2.h>

#include <stdint.h>
#include <string.h>

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(((struct cf_digest *)0)->state),
               "the library's state fits into ours");

/* The state is copied in and out, a hundred bytes or so, rather than read through a pointer of
 * another type. */
static struct sha256_ctx state_of(const struct cf_digest *digest)
{
    struct sha256_ctx state;
    memcpy(&state, digest->state, sizeof state);
    return state;
}

static void keep_state(struct cf_digest *digest, const struct sha256_ctx *state)
{
    memcpy(digest->state, state, sizeof *state);
}

void cf_digest_init(struct cf_digest *digest)
{
    struct sha256_ctx state;
    memset(digest, 0, sizeof *digest);
    sha256_init(&state);
    keep_state(digest, &state);
}

void cf_digest_add(struct cf_digest *digest, const void *bytes, size_t length)
{
    if (!length)
        return;
    struct sha256_ctx state = state_of(digest);
    sha256_update(&state, length, bytes);
    keep_state(digest, &state);
}

void cf_digest_hex(struct cf_digest *digest, char hex[CF_DIGEST_HEX])
{
    static const char digits[] = "0123456789abcdef";
    uint8_t sum[SHA256_DIGEST_SIZE];
    struct sha256_ctx state = state_of(digest);
    sha256_digest(&state, sizeof sum, sum);
    keep_state(digest, &state);
    for (size_t i = 0; i < sizeof sum; i++) {
        hex[2 * i] = digits[sum[i] >> 4];
        hex[2 * i + 1] = digits[sum[i] & 15];
    }
    hex[2 * sizeof sum] = '\0';
}

void cf_digest_of(const void *bytes, size_t length, char hex[CF_DIGEST_HEX])
{
    struct cf_digest digest;
    cf_digest_init(&digest);
    cf_digest_add(&digest, bytes, length);
    cf_digest_hex(&digest, hex);
}
