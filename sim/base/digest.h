#ifndef CF_DIGEST_H
#define CF_DIGEST_H

#include <stddef.h>

/* SHA-256. The one file that knows the library behind it is base/digest.c. */
#define CF_DIGEST_HEX 65
struct cf_digest {
    _Alignas(16) unsigned char state[256];
};
void cf_digest_init(struct cf_digest *digest);
void cf_digest_add(struct cf_digest *digest, const void *bytes, size_t length);
/* Ends it and writes 64 hex digits and a NUL. */
void cf_digest_hex(struct cf_digest *digest, char hex[CF_DIGEST_HEX]);
void cf_digest_of(const void *bytes, size_t length, char hex[CF_DIGEST_HEX]);

#endif
