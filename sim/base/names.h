#ifndef CF_NAMES_H
#define CF_NAMES_H

#include "base/arena.h"

/* A set of names, each with its number 0, 1, 2, ... in order of arrival. Lives in an arena. */
struct cf_names {
    struct cf_arena *arena;
    const char **name; /* [n] */
    int n, room;
    int *slot; /* open addressing, -1 empty */
    int n_slots;
};

void cf_names_init(struct cf_names *names, struct cf_arena *arena);
/* The number of a name, or -1. */
int cf_names_find(const struct cf_names *names, const char *name);
/* The number of a name, added (copied into the arena) when new. */
int cf_names_add(struct cf_names *names, const char *name);

#endif
