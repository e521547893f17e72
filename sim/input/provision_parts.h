#ifndef CF_PROVISION_PARTS_H
#define CF_PROVISION_PARTS_H

#include "input/tables.h"

/* The parts of cf_load_provision. */

/* Minutes that no row gives from the coordinates of area and site, where both have them; marks
 * provision.by_distance. */
void cf_minutes_by_distance(struct cf_model *model, cf_diag *diag);
/* Minutes that are still missing: an error for pairs of an area and a site with an offer whose
 * border may be open, CF_NO_JOURNEY for others. After cf_find_provision. */
void cf_minutes_complete(struct cf_model *model, cf_diag *diag);

/* Levers and rows of tables that can change nothing of what is provided. */
void cf_tell_idle(struct cf_model *model, cf_diag *diag);

/* The file of a field's table, whether or not it is there. */
const char *cf_field_file(struct cf_model *model, enum cf_field_id field);

/* Tables of beta and minutes under which the weight of a journey within reach vanishes. */
void cf_tell_steep(const struct cf_model *model, struct cf_at at, cf_diag *diag);

#endif
