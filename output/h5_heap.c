#include "output/h5_heap.h"

#include "base/arena.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    ELEMENT = 16,     /* length 4, address 8, object 4 */
    HEAP_HEAD = 16,   /* "GCOL", version, 3 spare, size 8 */
    OBJECT_HEAD = 16, /* number 2, references 2, 4 spare, size 8 */
    OBJECTS = 1 << 16,
    MOST_TEXT = 64 << 20,
};

/* The heap at hand: the size of each of its objects, -1 where it has none. */
struct heap {
    unsigned long long address;
    long long *object;
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
    for (size_t k = 0; k < OBJECTS; k++)
        heap->object[k] = -1;
    unsigned long long at = HEAP_HEAD;
    while (!wrong && at + OBJECT_HEAD <= length) {
        unsigned long long number = little(bytes + at, 2), room = little(bytes + at + 8, 8);
        if (number == 0)
            break; /* free to the end */
        if (room > length - at - OBJECT_HEAD || heap->object[number] >= 0)
            wrong = "a heap of texts is damaged";
        else
            heap->object[number] = (long long)room;
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
        if (number >= OBJECTS || heap->object[number] != (long long)length)
            return "a text is not as long as it should be";
        *total += (size_t)length;
        if (*total > MOST_TEXT)
            return "there is more text than a results file holds";
    }
    return NULL;
}

const char *cf_h5_heap_check(int fd, unsigned long long size, unsigned long long at, size_t n,
                             size_t *total)
{
    *total = 0;
    if (n > size / ELEMENT)
        return "there are more texts than the file has room for";
    unsigned char *element = malloc(n * ELEMENT + 1);
    struct heap heap = {.object = malloc(OBJECTS * sizeof *heap.object)};
    if (!element || !heap.object)
        cf_out_of_memory();
    memset(heap.object, 0xff, OBJECTS * sizeof *heap.object);
    const char *wrong = read_at(fd, size, at, element, n * ELEMENT)
                            ? check_all(&heap, element, n, fd, size, total)
                            : "the texts are cut short";
    free(element);
    free(heap.object);
    return wrong;
}
