#ifndef CF_SELECTION_H
#define CF_SELECTION_H

#include "input/config.h"
#include "model/model.h"

/* Selectors as scenarios write them: one item, or an array or list of items. */

/* Whether what is wrong with the axis itself has been reported, and selectors on it would only
 * repeat it. */
int cf_axis_broken(const struct cf_axis *axis);

/* Whether a selector names members by their codes alone, none by an attribute. */
int cf_selects_by_code(const struct cf_node *node);

/* Whether the node has the form of a selector: text, a whole number, or an array or list of them,
 * not empty. Reported otherwise; `whose` says where, "in 'where' of lever 'x'". */
int cf_good_selector(const struct cf_node *node, const char *whose, cf_diag *diag);

/* What it selects, in the model's arena; wrong items are reported and select nothing. */
struct cf_selection cf_load_selection(struct cf_model *model, enum cf_axis_id id,
                                      const struct cf_node *node, cf_diag *diag);

#endif
