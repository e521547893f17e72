#ifndef CF_LOAD_OUTTURN_H
#define CF_LOAD_OUTTURN_H

#include "base/arena.h"
#include "model/outturn.h"

/*
 * Read `variable,year,<dimensions>,value`, columns in any order, `note` and `source` free. All that
 * is wrong is reported: a column that is missing or has no name, a year that is none, a value that
 * is empty or no number, no rows at all. CF_BAD_INPUT then.
 */
enum cf_status cf_load_outturn(struct cf_arena *arena, const char *path, struct cf_outturn *outturn,
                               cf_diag *diag);

#endif
