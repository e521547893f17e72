#ifndef CF_TABLE_H
#define CF_TABLE_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* What is wanted of a results file. */
struct cf_table_query {
    const char *variable;
    const char *scenario;                   /* its code; NULL: all */
    const struct cf_table_span *year, *age; /* NULL: all */
    const char *by;  /* NULL or "area": as in the file; else an attribute of area to sum over */
    const char *sum; /* NULL, or dimensions to sum over, a comma between: "group,age" */
};

/*
 * One row a value, NaN left out: `run` and `scenario` (its code) where the variable has runs, then
 * its other dimensions in order, by code or number, then `value`. Rolled up, the attribute takes
 * the place of the area; members without it are summed under "". A dimension summed over has no
 * column.
 *
 * CF_USAGE, reported, where there is no such variable, scenario, year, age, dimension or attribute,
 * or where the variable is no sum (a share, minutes). The texts belong to the results: free the
 * table first.
 */
enum cf_status cf_table_of_variable(struct cf_table *table, cf_results *results,
                                    const struct cf_table_query *query, cf_diag *diag);

/* Whether adding up values of the variable has a meaning. */
int cf_variable_is_sum(const struct cf_results_variable *variable);
/* What its values count. */
enum cf_measure cf_variable_unit(const struct cf_results_variable *variable);
/* The same for a column of its values in a table that has its rows; of indicators row by row, those
 * that are no persons are shares. */
void cf_say_unit(cf_results *results, const struct cf_results_variable *variable,
                 struct cf_table *table, struct cf_column *column);

#endif
