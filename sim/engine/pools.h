#ifndef CF_POOLS_H
#define CF_POOLS_H

#include "model/model.h"

/*
 * What areas are taken together as, for indicators: the authorities that have areas, in order of
 * the areas, then `all`. Where all areas are of one authority it is `all`, by its own name. An
 * area without authority is in `all` alone.
 */
struct cf_pools {
    int n;
    const char **code, **label; /* [n] */
    int *of_area;               /* [area] its authority's, -1: none; `all` is n - 1 for every one */
};

/* Into the arena. */
void cf_pools_of(const struct cf_model *model, struct cf_arena *arena, struct cf_pools *pools);

static inline int cf_pool_has(const struct cf_pools *pools, int pool, int area)
{
    return pool == pools->n - 1 || pools->of_area[area] == pool;
}

#endif
