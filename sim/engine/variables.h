#ifndef CF_VARIABLES_H
#define CF_VARIABLES_H

#include "engine/record_put.h"

/* What is kept of draws, unless `retain` says otherwise. */
enum cf_kept {
    CF_KEPT_CENTRAL, /* nothing: central runs alone have it */
    CF_KEPT_REPORT,  /* the report years, in a second variable `<name>_draws` */
    CF_KEPT_EVERY    /* what central runs have: it is on `draw_run`, and has no second form */
};

/* One row a variable of a run. */
struct cf_variable_row {
    const char *name, *units, *long_name;
    const char *dim[CF_MOST_VARIABLE_DIMS];
    /* What the autumn of the year gives, and what the summer that ends it; NULL: nothing (what has
     * no year is filled in by who draws: exec/batch.c). */
    void (*autumn)(struct cf_worker *worker, const struct cf_put *to);
    void (*summer)(struct cf_worker *worker, const struct cf_put *to);
    enum cf_kept kept;
    /* Whether a run of the model leaves it; NULL: any does. A dimension without members leaves
     * nothing to record either. */
    int (*recorded)(const struct cf_model *model);
};
extern const struct cf_variable_row cf_variable_rows[];
extern const int cf_n_variable_rows;

/* Whether the variable's first dimension is a year, of reports or of all. */
int cf_row_has_years(const struct cf_variable_row *row);

#endif
