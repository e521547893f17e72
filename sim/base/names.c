#include "base/names.h"

#include <assert.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* FNV-1a: the sets are small and their order never depends on it. */
static uint64_t hash_of(const char *name)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 0x100000001b3u;
    return hash ^ (hash >> 32);
}

/* The slot that holds the name, or the empty one where it belongs. */
static size_t slot_of(const struct cf_names *names, const char *name)
{
    size_t mask = (size_t)names->n_slots - 1;
    size_t at = (size_t)hash_of(name) & mask;
    while (names->slot[at] >= 0 && strcmp(names->name[names->slot[at]], name) != 0)
        at = (at + 1) & mask;
    return at;
}

/* Twice the room. The old arrays stay in the arena: together they are no larger than the new. */
static void grow(struct cf_names *names)
{
    assert(names->room <= INT_MAX / 4);
    int room = names->room ? 2 * names->room : 16;
    const char **larger = CF_TAKE(names->arena, (size_t)room, const char *);
    if (names->n)
        memcpy(larger, names->name, (size_t)names->n * sizeof *larger);
    names->name = larger;
    names->room = room;
    names->n_slots = 2 * room; /* at most half full */
    names->slot = CF_TAKE(names->arena, (size_t)names->n_slots, int);
    for (int i = 0; i < names->n_slots; i++)
        names->slot[i] = -1;
    for (int i = 0; i < names->n; i++)
        names->slot[slot_of(names, names->name[i])] = i;
}

void cf_names_init(struct cf_names *names, struct cf_arena *arena)
{
    *names = (struct cf_names){.arena = arena};
}

int cf_names_find(const struct cf_names *names, const char *name)
{
    if (!names->n || !name)
        return -1;
    return names->slot[slot_of(names, name)];
}

int cf_names_add(struct cf_names *names, const char *name)
{
    int found = cf_names_find(names, name);
    if (found >= 0)
        return found;
    if (names->n == names->room)
        grow(names);
    names->name[names->n] = cf_arena_copy(names->arena, name);
    names->slot[slot_of(names, name)] = names->n;
    return names->n++;
}
