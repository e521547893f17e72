#ifndef CF_COMPARED_H
#define CF_COMPARED_H

#include "base/arena.h"
#include "plan/compare.h"

/*
 * Open a results file for cf_compare, with the settings of its scenarios key by key, in the arena.
 * Close file->results whatever came of it. CF_BAD_INPUT, reported, where it is no results file or
 * its settings cannot be read.
 */
enum cf_status cf_open_compared(struct cf_compared *file, const char *path, struct cf_arena *arena,
                                cf_diag *diag);

#endif
