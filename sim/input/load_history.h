#ifndef CF_LOAD_HISTORY_H
#define CF_LOAD_HISTORY_H

#include "model/history.h"
#include "model/model.h"

/*
 * Read what was observed of a place from a folder, up to a year; rows after it are counted and left
 * out. Rows of an area that the place does not have are of something else, such as a region.
 *
 *   population.csv  year,area,group,age,value
 *   components.csv  year,area,group,age,deaths,net      may be missing
 *   totals.csv      year,area,population,births,moved   may be missing; empty cells: not known
 *
 * Everything that is wrong is reported; CF_BAD_INPUT then.
 */
enum cf_status cf_load_history(struct cf_model *model, const char *folder, int last_year,
                               struct cf_history *history, cf_diag *diag);

#endif
