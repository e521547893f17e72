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

/*
 * One operation on the selected cells of one year of a field.
 *
 *   x' = x + r (op(x, v) - x),   v = value[m], m the cell's combination of members of the `by` dims
 */
struct cf_pull {
    enum cf_field_id field;
    int op;
    const struct cf_selection *where; /* [dims]; the year is the caller's to ask */
    const unsigned char *by; /* [dims] 1: members have values of their own; NULL: one value */
    double r;
    const double *value;
};
void cf_pull_cells(const struct cf_model *model, const struct cf_pull *pull, int y, double *value);

/* Hold values at their bounds and bring rows back to their sum, counting both. */
void cf_settle_cells(const struct cf_model *model, enum cf_field_id field, double *value,
                     struct cf_lever_effect *effect);

/* Whether any lever acts on the field. */
int cf_levers_pull(const struct cf_model *model, enum cf_field_id field);

/* Whether levers make the field differ from year to year. */
int cf_levers_move(const struct cf_model *model, enum cf_field_id field);

#endif
