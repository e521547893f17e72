#include "base/arena.h"

#include <cohortflow/status.h>

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(name) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
/* Memory that nobody has taken is forbidden, so that the sanitizer sees a use after reset and a
 * step past the end of a piece although the block around it is still ours. */
#include <sanitizer/asan_interface.h>
#define FORBID(at, length) __asan_poison_memory_region((at), (length))
#define ALLOW(at, length) __asan_unpoison_memory_region((at), (length))
#else
#define FORBID(at, length) ((void)(at), (void)(length))
#define ALLOW(at, length) ((void)(at), (void)(length))
#endif

enum {
    ALIGNMENT = 64,     /* a whole vector of eight doubles, and a cache line */
    TEXT_ALIGNMENT = 8, /* text needs none, but the sanitizer sees in steps of eight */
    SMALLEST_BLOCK = 1 << 16,
    LARGEST_STEP = 1 << 26, /* blocks double up to here; a larger piece gets its own */
};

struct cf_arena_block {
    struct cf_arena_block *next;
    size_t room, used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
};

void cf_out_of_memory(void)
{
    static const char message[] = "error: out of memory\n";
    /* Not stdio: it may want memory of its own. */
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(CF_INTERNAL);
}

void cf_arena_init(struct cf_arena *arena)
{
    *arena = (struct cf_arena){0};
}

void cf_arena_free(struct cf_arena *arena)
{
    struct cf_arena_block *block = arena->first;
    while (block) {
        struct cf_arena_block *next = block->next;
        ALLOW(block->bytes, block->room);
        free(block);
        block = next;
    }
    cf_arena_init(arena);
}

void cf_arena_reset(struct cf_arena *arena)
{
    for (struct cf_arena_block *block = arena->first; block; block = block->next) {
        FORBID(block->bytes, block->room);
        block->used = 0;
    }
    arena->now = arena->first;
}

void cf_arena_seal(struct cf_arena *arena, int sealed)
{
    arena->sealed = sealed;
}

size_t cf_arena_used(const struct cf_arena *arena)
{
    size_t used = 0;
    for (const struct cf_arena_block *block = arena->first; block; block = block->next)
        used += block->used;
    return used;
}

static struct cf_arena_block *open_block(size_t room)
{
    if (room > SIZE_MAX - sizeof(struct cf_arena_block) - ALIGNMENT)
        cf_out_of_memory();
    room = (room + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct cf_arena_block *block = aligned_alloc(ALIGNMENT, sizeof *block + room);
    if (!block)
        cf_out_of_memory();
    block->next = NULL;
    block->room = room;
    block->used = 0;
    FORBID(block->bytes, room);
    return block;
}

/*
 * Make a block with room for `bytes` the current one: the smallest of those kept by a reset that
 * is large enough, else a new one. It is put right behind the block at hand, so that the others
 * that a reset kept stay ahead and are not lost.
 */
static void next_block(struct cf_arena *arena, size_t bytes)
{
    struct cf_arena_block *found = NULL;
    if (arena->now) {
        struct cf_arena_block **best = NULL;
        for (struct cf_arena_block **link = &arena->now->next; *link; link = &(*link)->next) {
            if ((*link)->room >= bytes && (!best || (*link)->room < (*best)->room))
                best = link;
        }
        if (best) {
            found = *best;
            *best = found->next;
        }
    }
    if (!found) {
        size_t step = arena->now ? 2 * arena->now->room : SMALLEST_BLOCK;
        if (step > LARGEST_STEP)
            step = LARGEST_STEP;
        found = open_block(bytes > step ? bytes : step);
    }
    struct cf_arena_block **place = arena->now ? &arena->now->next : &arena->first;
    found->next = *place;
    *place = found;
    arena->now = found;
}

/* `bytes` bytes that still hold whatever was there. */
static void *take_raw(struct cf_arena *arena, size_t bytes, size_t alignment)
{
    assert(!arena->sealed);
    size_t start = 0;
    if (arena->now)
        start = (arena->now->used + alignment - 1) / alignment * alignment;
    if (!arena->now || start > arena->now->room || bytes > arena->now->room - start) {
        next_block(arena, bytes);
        start = 0;
    }
    arena->now->used = start + bytes;
    void *piece = arena->now->bytes + start;
    ALLOW(piece, bytes);
    return piece;
}

void *cf_take(struct cf_arena *arena, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        cf_out_of_memory();
    /* Nothing still takes a byte: a pointer of its own, never one past the end of a block. */
    bytes = bytes ? bytes : 1;
    return memset(take_raw(arena, bytes, ALIGNMENT), 0, bytes);
}

char *cf_arena_copy(struct cf_arena *arena, const char *text)
{
    return cf_arena_copy_n(arena, text, strlen(text));
}

char *cf_arena_copy_n(struct cf_arena *arena, const char *text, size_t length)
{
    if (length == SIZE_MAX)
        cf_out_of_memory();
    char *copy = take_raw(arena, length + 1, TEXT_ALIGNMENT);
    if (length)
        memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *cf_arena_format(struct cf_arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(NULL, 0, format, args);
    va_end(args);
    assert(length >= 0);
    size_t room = length < 0 ? 1 : (size_t)length + 1;
    char *text = take_raw(arena, room, TEXT_ALIGNMENT);
    if (vsnprintf(text, room, format, again) < 0)
        text[0] = '\0';
    va_end(again);
    return text;
}
