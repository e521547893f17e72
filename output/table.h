#ifndef CF_TABLE_H
#define CF_TABLE_H

#include "base/arena.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* A table: columns of equal length, each of texts, whole numbers or numbers. */
enum cf_column_kind { CF_COLUMN_TEXT, CF_COLUMN_INT, CF_COLUMN_NUMBER };
#define CF_TABLE_MOST_COLUMNS (CF_RESULTS_MOST_DIMS + 2)

struct cf_column {
    const char *name;
    enum cf_column_kind kind;
    const char **text; /* [n_rows] by kind */
    int *integer;
    double *number;
};

struct cf_table {
    struct cf_arena arena;
    int n_columns;
    struct cf_column column[CF_TABLE_MOST_COLUMNS];
    size_t n_rows;
};

/* Years or ages from the first to the last, both included. */
struct cf_table_span {
    int first, last;
};

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
void cf_table_free(struct cf_table *table);

/* Whether adding up values of the variable has a meaning. */
int cf_variable_is_sum(const struct cf_results_variable *variable);

#endif
