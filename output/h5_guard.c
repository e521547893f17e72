#include "output/h5_guard.h"

#include "base/arena.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SUPERBLOCK = 48,
    SIGNATURE = 4,
    CHECKSUM = 4,
    HEADER_START = 34, /* as much as may stand before the messages */
    LINK = 6,          /* types of messages */
    CONTINUATION = 16,
    MOST_DEPTH = 200, /* of groups and continuations together */
    MOST_BLOCK = 1 << 20,
    MOST_HEADERS = 32768,
    ELEMENT = 16,     /* length 4, address 8, object 4 */
    HEAP_HEAD = 16,   /* "GCOL", version, 3 spare, size 8 */
    OBJECT_HEAD = 16, /* number 2, references 2, 4 spare, size 8 */
    MOST_TEXT = 64 << 20,
};

static unsigned long long little(const unsigned char *at, int bytes)
{
    unsigned long long value = 0;
    for (int k = bytes - 1; k >= 0; k--)
        value = value << 8 | at[k];
    return value;
}

/* 1 where all the bytes are in the file and could be read. */
static int read_at(int fd, unsigned long long size, unsigned long long at, void *to, size_t length)
{
    if (at > size || length > size - at)
        return 0;
    for (size_t done = 0; done < length;) {
        ssize_t got = pread(fd, (char *)to + done, length - done, (off_t)(at + done));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return 0;
        done += (size_t)got;
    }
    return 1;
}

/* ---- object headers ---- */

struct headers {
    int fd;
    unsigned long long size;
    int left; /* how many more may come: a file may lead in circles */
};

static uint32_t turn(uint32_t x, int bits)
{
    return x << bits | x >> (32 - bits);
}

/* Bob Jenkins' lookup3 with 0 to begin with, as the format has it. */
static uint32_t checksum(const unsigned char *at, size_t length)
{
    uint32_t a = 0xdeadbeef + (uint32_t)length, b = a, c = a;
    for (; length > 12; length -= 12, at += 12) {
        a += (uint32_t)little(at, 4);
        b += (uint32_t)little(at + 4, 4);
        c += (uint32_t)little(at + 8, 4);
        a = (a - c) ^ turn(c, 4), c += b;
        b = (b - a) ^ turn(a, 6), a += c;
        c = (c - b) ^ turn(b, 8), b += a;
        a = (a - c) ^ turn(c, 16), c += b;
        b = (b - a) ^ turn(a, 19), a += c;
        c = (c - b) ^ turn(b, 4), b += a;
    }
    if (length == 0)
        return c;
    unsigned char last[12] = {0};
    memcpy(last, at, length);
    a += (uint32_t)little(last, 4);
    b += (uint32_t)little(last + 4, 4);
    c += (uint32_t)little(last + 8, 4);
    c = (c ^ b) - turn(b, 14);
    a = (a ^ c) - turn(c, 11);
    b = (b ^ a) - turn(a, 25);
    c = (c ^ b) - turn(b, 16);
    a = (a ^ c) - turn(c, 4);
    b = (b ^ a) - turn(a, 14);
    return (c ^ b) - turn(b, 24);
}

/* Address that a link message leads to, 0 where it is none we follow. */
static unsigned long long link_target(const unsigned char *data, size_t length)
{
    if (length < 2 || data[0] != 1)
        return 0;
    size_t at = 2, width = (size_t)1 << (data[1] & 3);
    unsigned char type = 0;
    if (data[1] & 0x08 && at < length)
        type = data[at++];
    at += (data[1] & 0x04 ? 8U : 0U) + (data[1] & 0x10 ? 1U : 0U);
    if (type != 0 || at + width > length)
        return 0;
    unsigned long long name = little(data + at, (int)width);
    at += width;
    return name > length || at + name + 8 > length ? 0 : little(data + at + name, 8);
}

static const char *check_header(struct headers *h, unsigned long long address, int depth);

/* The messages of one piece of a header; each is `head` bytes and what it says follows. */
static const char *check_block(struct headers *h, unsigned long long address,
                               unsigned long long length, size_t before, size_t head, int depth)
{
    const char *wrong = NULL;
    if (depth > MOST_DEPTH || h->left-- <= 0 || length < before + CHECKSUM || length > MOST_BLOCK)
        return "its layout is not that of a results file";
    unsigned char *bytes = malloc((size_t)length);
    if (!bytes)
        cf_out_of_memory();
    size_t at = before, end = (size_t)length - CHECKSUM;
    if (!read_at(h->fd, h->size, address, bytes, (size_t)length) ||
        checksum(bytes, end) != (uint32_t)little(bytes + end, CHECKSUM))
        wrong = "a checksum in it does not agree";
    while (!wrong && at + head <= end) {
        unsigned char type = bytes[at];
        size_t size = (size_t)little(bytes + at + 1, 2);
        at += head;
        if (size > end - at)
            wrong = "a message in it is longer than its room";
        else if (type == CONTINUATION && size >= 16)
            wrong = check_block(h, little(bytes + at, 8), little(bytes + at + 8, 8), SIGNATURE,
                                head, depth + 1);
        else if (type == LINK && link_target(bytes + at, size))
            wrong = check_header(h, link_target(bytes + at, size), depth + 1);
        at += size;
    }
    free(bytes);
    return wrong;
}

static const char *check_header(struct headers *h, unsigned long long address, int depth)
{
    unsigned char start[HEADER_START] = {0};
    if (depth > MOST_DEPTH || !read_at(h->fd, h->size, address, start, sizeof start) ||
        memcmp(start, "OHDR\2", 5) != 0)
        return "an object is not where it should be";
    unsigned char flags = start[5];
    size_t at = 6 + (flags & 0x20 ? 16U : 0U) + (flags & 0x10 ? 4U : 0U);
    int width = 1 << (flags & 3);
    unsigned long long length = little(start + at, width);
    if (length > MOST_BLOCK)
        return "its layout is not that of a results file";
    at += (size_t)width;
    return check_block(h, address, at + length + CHECKSUM, at, flags & 0x04 ? 6 : 4, depth);
}

const char *cf_h5_guard_headers(int fd, unsigned long long size)
{
    struct headers h = {fd, size, MOST_HEADERS};
    unsigned char super[SUPERBLOCK];
    if (!read_at(fd, size, 0, super, sizeof super) || (super[8] & ~1) != 2 || super[9] != 8 ||
        super[10] != 8 || little(super + 12, 8) != 0)
        return "its layout is not that of a results file";
    if (checksum(super, SUPERBLOCK - CHECKSUM) !=
        (uint32_t)little(super + SUPERBLOCK - CHECKSUM, CHECKSUM))
        return "a checksum in it does not agree";
    return check_header(&h, little(super + 36, 8), 0);
}

/* ---- texts ---- */

/* The heap at hand: the size of each of its objects by number, -1 where it has none. */
struct heap {
    unsigned long long address;
    long long *object;
    size_t n, room;
};

/* 1 where the number is new. */
static int keep_object(struct heap *heap, size_t number, long long size)
{
    if (number >= heap->room) {
        heap->room = 2 * number + 64;
        heap->object = realloc(heap->object, heap->room * sizeof *heap->object);
        if (!heap->object)
            cf_out_of_memory();
    }
    for (; heap->n <= number; heap->n++)
        heap->object[heap->n] = -1;
    if (heap->object[number] >= 0)
        return 0;
    heap->object[number] = size;
    return 1;
}

static const char *load_heap(struct heap *heap, int fd, unsigned long long size,
                             unsigned long long address)
{
    unsigned char head[HEAP_HEAD];
    if (!read_at(fd, size, address, head, sizeof head) || memcmp(head, "GCOL\1", 5) != 0)
        return "a text is not where it should be";
    unsigned long long length = little(head + 8, 8);
    if (length < HEAP_HEAD || length > size - address)
        return "a heap of texts is longer than the file";
    unsigned char *bytes = malloc((size_t)length);
    if (!bytes)
        cf_out_of_memory();
    const char *wrong = NULL;
    if (!read_at(fd, size, address, bytes, (size_t)length))
        wrong = "a heap of texts cannot be read";
    heap->address = address;
    heap->n = 0;
    unsigned long long at = HEAP_HEAD;
    while (!wrong && at + OBJECT_HEAD <= length) {
        unsigned long long number = little(bytes + at, 2), room = little(bytes + at + 8, 8);
        if (number == 0)
            break; /* free to the end */
        if (room > length - at - OBJECT_HEAD || !keep_object(heap, (size_t)number, (long long)room))
            wrong = "a heap of texts is damaged";
        at += OBJECT_HEAD + (room + 7) / 8 * 8;
    }
    free(bytes);
    return wrong;
}

static const char *check_all(struct heap *heap, const unsigned char *element, size_t n, int fd,
                             unsigned long long size, size_t *total)
{
    for (const unsigned char *e = element; e < element + n * ELEMENT; e += ELEMENT) {
        unsigned long long length = little(e, 4), address = little(e + 4, 8);
        unsigned long long number = little(e + 12, 4);
        if (length == 0 && address == 0)
            continue;
        if (address != heap->address) {
            const char *wrong = load_heap(heap, fd, size, address);
            if (wrong)
                return wrong;
        }
        if (number >= heap->n || heap->object[number] != (long long)length)
            return "a text is not as long as it should be";
        *total += (size_t)length;
        if (*total > MOST_TEXT)
            return "there is more text than a results file holds";
    }
    return NULL;
}

const char *cf_h5_guard_texts(int fd, unsigned long long size, unsigned long long at, size_t n,
                              size_t *total)
{
    *total = 0;
    if (n > size / ELEMENT)
        return "there are more texts than the file has room for";
    unsigned char *element = malloc(n * ELEMENT + 1);
    struct heap heap = {0}; /* no heap stands at 0 */
    if (!element)
        cf_out_of_memory();
    const char *wrong = read_at(fd, size, at, element, n * ELEMENT)
                            ? check_all(&heap, element, n, fd, size, total)
                            : "the texts are cut short";
    free(element);
    free(heap.object);
    return wrong;
}
