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
    ATTRIBUTE = 12,
    CONTINUATION = 16,
    MOST_DEPTH = 200, /* of groups and continuations together */
    MOST_BLOCK = 1 << 20,
    MOST_HEADERS = 32768,
    ELEMENT = 16,              /* length 4, address 8, object 4 */
    MOST_VALUE = 32 * ELEMENT, /* of an attribute: the library knows 32 dims at most */
    REFERENCE = 8,             /* to an object: the address of its header */
    HEAP_HEAD = 16,            /* "GCOL", version, 3 spare, size 8 */
    OBJECT_HEAD = 16,          /* number 2, references 2, 4 spare, size 8 */
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
    int left;           /* how many more may come: a file may lead in circles */
    const char *wanted; /* of one object alone: keep the value of this attribute */
    unsigned char value[MOST_VALUE];
    size_t value_length;
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

/* Keep what an attribute message says where it is the one wanted. It has lengths of name, type and
 * shape, then these three and the value; version 3 has one byte more. */
static void keep_value(struct headers *h, const unsigned char *data, size_t length)
{
    if (length < 9 || (data[0] != 2 && data[0] != 3) || data[1] != 0)
        return;
    size_t at = data[0] == 3 ? 9 : 8, name = (size_t)little(data + 2, 2);
    size_t before = at + name + (size_t)little(data + 4, 2) + (size_t)little(data + 6, 2);
    if (before > length || name != strlen(h->wanted) + 1 || memcmp(data + at, h->wanted, name) != 0)
        return;
    h->value_length = length - before < sizeof h->value ? length - before : sizeof h->value;
    memcpy(h->value, data + before, h->value_length);
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
        else if (type == ATTRIBUTE && h->wanted)
            keep_value(h, bytes + at, size);
        else if (type == LINK && !h->wanted && link_target(bytes + at, size))
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
    struct headers h = {.fd = fd, .size = size, .left = MOST_HEADERS};
    unsigned char super[SUPERBLOCK];
    if (!read_at(fd, size, 0, super, sizeof super) || (super[8] & ~1) != 2 || super[9] != 8 ||
        super[10] != 8 || little(super + 12, 8) != 0)
        return "its layout is not that of a results file";
    if (checksum(super, SUPERBLOCK - CHECKSUM) !=
        (uint32_t)little(super + SUPERBLOCK - CHECKSUM, CHECKSUM))
        return "a checksum in it does not agree";
    return check_header(&h, little(super + 36, 8), 0);
}

/* ---- heaps ---- */

/* The heap at hand: its objects by number. */
struct heap {
    unsigned long long address;
    struct object {
        long long size;        /* -1: there is none */
        unsigned long long at; /* in the file */
    } * object;
    size_t n, room;
};

/* 1 where the number is new. */
static int keep_object(struct heap *heap, size_t number, struct object object)
{
    if (number >= heap->room) {
        heap->room = 2 * number + 64;
        heap->object = realloc(heap->object, heap->room * sizeof *heap->object);
        if (!heap->object)
            cf_out_of_memory();
    }
    for (; heap->n <= number; heap->n++)
        heap->object[heap->n] = (struct object){-1, 0};
    if (heap->object[number].size >= 0)
        return 0;
    heap->object[number] = object;
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
        if (number == 0) {
            /* Free to the end, its own head included. Where it says less the library goes on behind
             * it, and with nothing at all for ever. */
            if (room != length - at)
                wrong = "a heap of texts is damaged";
            break;
        }
        struct object object = {(long long)room, address + at + OBJECT_HEAD};
        if (room > length - at - OBJECT_HEAD || !keep_object(heap, (size_t)number, object))
            wrong = "a heap of texts is damaged";
        at += OBJECT_HEAD + (room + 7) / 8 * 8;
    }
    free(bytes);
    return wrong;
}

/* ---- texts ---- */

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
        if (number >= heap->n || heap->object[number].size != (long long)length)
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

/* ---- dimensions ---- */

const char *cf_h5_guard_dimensions(int fd, unsigned long long size, unsigned long long dataset,
                                   int n_dims, unsigned long long *scale)
{
    struct headers h = {.fd = fd, .size = size, .left = MOST_HEADERS, .wanted = "DIMENSION_LIST"};
    struct heap heap = {0};
    const char *wrong = check_header(&h, dataset, 0);
    memset(scale, 0, (size_t)n_dims * sizeof *scale);
    if (!wrong && h.value_length > 0 && h.value_length != (size_t)n_dims * ELEMENT)
        wrong = "its list of dimensions is not as long as it should be";
    for (size_t k = 0; !wrong && k < h.value_length / ELEMENT; k++) {
        const unsigned char *element = h.value + k * ELEMENT;
        unsigned long long length = little(element, 4), address = little(element + 4, 8);
        size_t number = (size_t)little(element + 12, 4);
        unsigned char reference[REFERENCE];
        if (length == 0)
            continue;
        if (address != heap.address)
            wrong = load_heap(&heap, fd, size, address);
        if (!wrong && (length != 1 || number >= heap.n || heap.object[number].size != REFERENCE ||
                       !read_at(fd, size, heap.object[number].at, reference, REFERENCE)))
            wrong = "its list of dimensions is damaged";
        if (!wrong)
            scale[k] = little(reference, REFERENCE);
    }
    free(heap.object);
    return wrong;
}
