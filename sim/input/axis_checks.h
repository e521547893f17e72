#ifndef CF_AXIS_CHECKS_H
#define CF_AXIS_CHECKS_H

#include "model/model.h"

/*
 * Check the attributes that the program reads: flags, numbers, kinds of status, members of other
 * axes. Finds the school and the fallback status and writes them into model->extent. 1 when both
 * are there, and so the place can be laid out.
 */
int cf_check_axes(struct cf_model *model, cf_diag *diag);

/* Whether the program reads an attribute of that name of an axis. */
int cf_attribute_known(enum cf_axis_id axis, const char *name);

/* Help where an axis that every place has is missing: the least lines that make one, else NULL. */
const char *cf_axis_enough(enum cf_axis_id axis);

#endif
