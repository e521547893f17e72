#ifndef CF_CONTENT_HASH_H
#define CF_CONTENT_HASH_H

#include "base/digest.h"
#include "output/h5.h"

/*
 * SHA-256 over all datasets in order of path, for each: the path, NUL, rank and extents as decimal
 * text with a space between, NUL, the values row-major (int32 and float64 little-endian; a text as
 * its bytes and NUL). 0, or -1: see cf_h5_error.
 */
int cf_content_hash(cf_h5 *h5, char hex[CF_DIGEST_HEX]);

#endif
