#ifndef CF_BYTES_H
#define CF_BYTES_H

#include "base/diag.h"
#include "base/digest.h"
#include <stddef.h>

/* The codes one kind of input file gives to what can be wrong with any file of text. */
struct cf_bytes_codes {
    const char *missing, *directory, *not_a_file, *unreadable, *too_large, *nul, *not_utf8;
    const char *for_example; /* the file a folder may have been named for, or NULL */
};

/* A file of text in memory. `text` begins after a byte order mark and ends with a NUL. */
struct cf_bytes {
    char *bytes; /* malloc'ed; the file as it is, but for what cf_bytes_clean replaced */
    const char *text;
    size_t length;              /* of text */
    int bad;                    /* cf_bytes_clean had something to report */
    char sha256[CF_DIGEST_HEX]; /* of the file's own bytes */
};

/*
 * Read a regular file of at most `most` bytes. 1 when it is there; else 0, and what stood in the
 * way is reported at `at`, the place that asked for the file.
 */
int cf_bytes_read(const char *path, size_t most, const struct cf_bytes_codes *codes,
                  struct cf_at at, struct cf_bytes *source, cf_diag *diag);
/* The same from memory: a copy is taken. 0 only when it is larger than `most`. */
int cf_bytes_copy(const char *bytes, size_t length, size_t most, const struct cf_bytes_codes *codes,
                  struct cf_at at, struct cf_bytes *source, cf_diag *diag);
void cf_bytes_free(struct cf_bytes *source);

/*
 * Report the first NUL and the first byte that is not UTF-8, and put '?' in the place of each, so
 * that the rest of the file can be looked at and no message carries them on. 0 where that is no
 * use: the file is not text at all.
 */
int cf_bytes_clean(const char *path, const struct cf_bytes_codes *codes, struct cf_bytes *source,
                   cf_diag *diag);

#endif
