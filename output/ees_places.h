#ifndef CF_EES_PLACES_H
#define CF_EES_PLACES_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* Where rows are of, in the words of explore education statistics. */
struct cf_ees_level {
    const char *name;      /* "Local authority" */
    const char *column[3]; /* code and name, and what else the level asks for; NULL: no more */
    const char *prefix; /* of its codes, by the register of the ONS, blanks between; "": of any */
};

struct cf_ees_place {
    const char *text[3]; /* in the columns of the level */
    const char *region_code, *region_name;
};

struct cf_ees_places {
    const struct cf_ees_level *level;
    const char *country_code, *country_name;
    int has_region; /* its columns are there */
    int n;
    struct cf_ees_place *place; /* [n] */
};

/*
 * What the members of a tier (area, authority, consortium, region, ...) are by their codes: local
 * authorities, districts, regions, wards, constituencies where all codes are of one of these, else
 * planning areas. Without members: one planning area, the place as a whole. Lives in the arena.
 * Warns where an old code or a region is not known.
 */
void cf_ees_find_places(struct cf_ees_places *places, const cf_results *results, const char *tier,
                        const char *const *code, int n, struct cf_arena *arena, cf_diag *diag);

#endif
