#ifndef CF_LAYOUT_H
#define CF_LAYOUT_H

#include "engine/variables.h"

/*
 * The variables that runs of these models leave, with their places in the record; in the arena. The
 * models share axes, years and design; what only some of them have (a back-cast's shifts, uncertain
 * entries, risks) is there for all. `retain` is the first model's. The first draw_length doubles of
 * a record are what is kept of draws; central runs have all.
 */
struct cf_layout *cf_record_layout_of(struct cf_arena *arena, const struct cf_model *const *model,
                                      int n);
struct cf_layout *cf_record_layout(struct cf_arena *arena, const struct cf_model *model);

/* Report entries of `retain` that name no variable. CF_BAD_INPUT where there are any. */
enum cf_status cf_check_retain(const struct cf_model *model, cf_diag *diag);

#endif
