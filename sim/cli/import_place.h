#ifndef CF_IMPORT_PLACE_H
#define CF_IMPORT_PLACE_H

#include "input/ons_mye.h"

/* Published tables made into a place: what `import` was asked, what it read, and where to. */
struct cf_import {
    struct cf_arena *arena;
    struct cf_mye_ask ask;
    const char *const *file;
    int n_files;
    const char *folder, *vintage;
    int first_age, end_year;
    int as_given; /* ages stay those at 30 June */
    struct cf_mye mye;
    const char *kept; /* out: files that were there and stayed, in words */
};

/* The place's axes, base stock, sources and a scenario, and all years as history. An axis file, a
 * sources.csv or a baseline.cfg that is there stays. */
enum cf_status cf_import_write(struct cf_import *import, cf_diag *diag);
void cf_import_print(const struct cf_import *import);

#endif
