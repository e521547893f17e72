#ifndef CF_DRAW_APPLY_H
#define CF_DRAW_APPLY_H

#include "design/draw.h"

/* Whether what the sweep, uncertain entries and risks do to a field differs from year to year. */
int cf_future_moves(const struct cf_model *model, enum cf_field_id field);

/* The most members that an uncertain entry of the model has. */
int cf_future_members(const struct cf_model *model);

/*
 * What one draw of one sweep point makes of one year of a field: the sweep, then uncertain entries,
 * then risks, each in order of the scenario; then bounds and sums.
 *
 *   room   -       [cf_future_members]
 *   value  in/out  [size] of the field, with the levers applied
 */
void cf_apply_future(const struct cf_model *model, const struct cf_draws *draws, int point,
                     int draw, enum cf_field_id field, int y, double *room, double *value);

#endif
