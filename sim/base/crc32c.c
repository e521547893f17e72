#include "base/crc32c.h"

#include <string.h>

/* Four bits at a time: a processor without the instruction is rare, and then a run is slow anyway.
 */
uint32_t cf_crc32c_plain(uint32_t crc, const void *bytes, size_t length)
{
    static const uint32_t step[16] = {0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1,
                                      0x417b1dbc, 0x5125dad3, 0x61c69362, 0x7198540d,
                                      0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
                                      0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75};
    const unsigned char *at = bytes;
    crc = ~crc;
    for (size_t i = 0; i < length; i++) {
        crc ^= at[i];
        crc = crc >> 4 ^ step[crc & 15];
        crc = crc >> 4 ^ step[crc & 15];
    }
    return ~crc;
}

#if defined(__x86_64__)

__attribute__((target("sse4.2"))) static uint32_t
by_instruction(uint32_t crc, const unsigned char *at, size_t length)
{
    uint64_t now = (uint32_t)~crc, word;
    for (; length >= sizeof word; length -= sizeof word, at += sizeof word) {
        memcpy(&word, at, sizeof word);
        now = __builtin_ia32_crc32di(now, word);
    }
    crc = (uint32_t)now;
    for (; length > 0; length--)
        crc = __builtin_ia32_crc32qi(crc, *at++);
    return ~crc;
}

uint32_t cf_crc32c(uint32_t crc, const void *bytes, size_t length)
{
    return __builtin_cpu_supports("sse4.2") ? by_instruction(crc, bytes, length)
                                            : cf_crc32c_plain(crc, bytes, length);
}

#else

uint32_t cf_crc32c(uint32_t crc, const void *bytes, size_t length)
{
    return cf_crc32c_plain(crc, bytes, length);
}

#endif
