#ifndef CF_TABLE_SHAPE_H
#define CF_TABLE_SHAPE_H

#include "output/table.h"

/* Values of a variable that a table is made of, and their dimensions: as in the file, and then as
 * they are after what was left out or added up. */
struct cf_view {
    cf_results *results;
    const struct cf_results_variable *variable;
    int n_dims;
    const struct cf_results_dim *dim[CF_RESULTS_MOST_DIMS];
    int run_dim, year_dim, area_dim, scenario_dim; /* -1: has none */
    size_t n;
    double *value;    /* [n] malloc'ed, the owner's of the view */
    size_t first_run; /* on the slowest dimension: where the values begin in the file */
    int weighted;     /* 1: each value is weighted by its residents, and adds up */
};

/* A view of all that a variable has, without its values. CF_USAGE, reported, where there is no
 * variable of that name. */
enum cf_status cf_view_begin(struct cf_view *view, cf_results *results, const char *variable,
                             cf_diag *diag);
/* Leave out and add up as the query says; new dimensions live in the arena. */
enum cf_status cf_view_shape(struct cf_view *view, const struct cf_table_query *query,
                             struct cf_arena *arena, cf_diag *diag);

/*
 * The columns of a view's dimensions but that of runs, in order, with codes, and labels where there
 * are some, or numbers; what was summed over has none. column_of[d]: where, or CF_NO_COLUMN.
 */
#define CF_NO_COLUMN (-1)
void cf_view_add_columns(const struct cf_view *view, struct cf_table *table, size_t rows,
                         int column_of[CF_RESULTS_MOST_DIMS]);
/* Of which members a cell of the view is, into a row of those columns. */
void cf_view_put_members(const struct cf_view *view, size_t cell,
                         const int column_of[CF_RESULTS_MOST_DIMS], struct cf_table *table,
                         size_t row);
/* What its values are to people. */
enum cf_column_kind cf_view_kind(const struct cf_view *view);

/* The scenario's code for each member of the dimension of runs. */
enum cf_status cf_view_scenarios(const struct cf_view *view, const char **code, cf_diag *diag);

#endif
