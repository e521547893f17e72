#ifndef CF_CRC32C_H
#define CF_CRC32C_H

#include <stddef.h>
#include <stdint.h>

/*
 * CRC-32C (Castagnoli): whether bytes are those that were written. `crc` is that of what came
 * before, 0 at the beginning.
 */
uint32_t cf_crc32c(uint32_t crc, const void *bytes, size_t length);

/* The same without the processor's own instruction. */
uint32_t cf_crc32c_plain(uint32_t crc, const void *bytes, size_t length);

#endif
