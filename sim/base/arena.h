#ifndef CF_ARENA_H
#define CF_ARENA_H

#include <stddef.h>

/*
 * Memory by lifetime: everything taken from an arena goes with it. Blocks grow as needed; each
 * piece is aligned to 64 bytes and zeroed. Out of memory ends the process with a message and
 * exit 70: there is nothing useful to do in its place, and it keeps every caller simple.
 */
struct cf_arena {
    struct cf_arena_block *first, *now;
    int sealed; /* taking from a sealed arena is a fault of the program: asserted */
};

/* Prints one line to stderr and ends the process with exit 70. */
_Noreturn void cf_out_of_memory(void);

void cf_arena_init(struct cf_arena *arena);
void cf_arena_free(struct cf_arena *arena);
/* Give everything back for reuse, keeping the blocks. */
void cf_arena_reset(struct cf_arena *arena);
void cf_arena_seal(struct cf_arena *arena, int sealed);
/* Bytes taken since init or reset. */
size_t cf_arena_used(const struct cf_arena *arena);

/* n elements of `size` bytes, zeroed, 64-byte aligned; n 0 gives a valid non-NULL pointer. */
void *cf_take(struct cf_arena *arena, size_t n, size_t size);
#define CF_TAKE(arena, n, type) ((type *)cf_take((arena), (n), sizeof(type)))

/* Copies of text are packed one after another, not aligned to 64 bytes. */
char *cf_arena_copy(struct cf_arena *arena, const char *text);
char *cf_arena_copy_n(struct cf_arena *arena, const char *text, size_t length);
char *cf_arena_format(struct cf_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
