#ifndef CF_LEVER_H
#define CF_LEVER_H

#include "model/model.h"

/* What applying levers to one year of one field came to. */
struct cf_lever_effect {
    int touched;        /* a lever acted in this year */
    size_t n_rescaled;  /* rows brought back to their sum */
    size_t n_clamped;   /* values held at the field's bounds */
    size_t n_zero_rows; /* rows that must sum to 1 and sum to 0 */
};

/*
 * Apply a scenario's levers on a field in one year, in list order, then bring rows back to their
 * sum and values to their bounds.
 *
 *   x' = x + r(t) (op(x, value) - x)
 *
 *   value  in/out  [size] of the field, the table's values of that year
 */
struct cf_lever_effect cf_apply_levers(const struct cf_model *model, enum cf_field_id field, int y,
                                       double *value);

/* Whether any lever acts on the field. */
int cf_levers_pull(const struct cf_model *model, enum cf_field_id field);

/* Whether levers make the field differ from year to year. */
int cf_levers_move(const struct cf_model *model, enum cf_field_id field);

#endif
