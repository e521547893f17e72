#ifndef CF_HINDCAST_PARTS_H
#define CF_HINDCAST_PARTS_H

#include "calibrate/hindcast.h"
#include "engine/layout.h"

#define CF_HINDCAST_MOST_DIMS (CF_MOST_VARIABLE_DIMS - 1) /* without the year */

/* A variable that the outturn names. */
struct cf_hindcast_variable {
    const char *name;
    const struct cf_variable *central, *kept; /* in a central record, and in that of a draw */
    int adds_up; /* 0: a share or a mean, which may not be summed over members */
    int n_dims;
    const char *dim[CF_HINDCAST_MOST_DIMS];
    const char *const *code[CF_HINDCAST_MOST_DIMS]; /* of their members */
    int extent[CF_HINDCAST_MOST_DIMS];
    int area, age; /* which dims these are, -1: none */
};

/* A row of a file: the members from low to high of each dim, together, in a year. */
struct cf_hindcast_cell {
    int variable, y;
    int low[CF_HINDCAST_MOST_DIMS], high[CF_HINDCAST_MOST_DIMS];
    double value;
    int scored; /* the case it is a part of */
    int row;
};

/* What is scored: a cell, or those of several areas together. */
struct cf_hindcast_case {
    int variable, y;
    double outturn, central;
    double other[CF_N_OTHERS]; /* NaN: not defined */
};

struct cf_hindcast {
    struct cf_arena *arena;
    const struct cf_model *model;
    struct cf_model kept; /* the same, keeping of draws what is scored */
    const struct cf_hindcast_query *query;
    cf_diag *diag;
    const struct cf_layout *layout; /* of `kept` */
    int n_variables;
    struct cf_hindcast_variable *variable;
    int n_cells, n_cases;
    struct cf_hindcast_cell *cell;
    struct cf_hindcast_case *scored;
    int n_official, n_official_unused; /* rows of that file, and those of no cell */
    int n_draws, n_failed;
    double *draw; /* [n_cases][n_draws] of those that did not fail */
};

/* Read the files' rows as cells, and the cells as cases. */
enum cf_status cf_hindcast_bind(struct cf_hindcast *h);
/* Sum of a variable over a cell's members, of a record; `y` instead of the cell's year. */
double cf_hindcast_sum(const struct cf_hindcast_cell *cell, const struct cf_hindcast_variable *v,
                       const double *value, int y);
/* The central run and the draws. */
enum cf_status cf_hindcast_runs(struct cf_hindcast *h);
/* The naive forecasts, out of what the central run has of the base year. */
void cf_hindcast_others(struct cf_hindcast *h, const double *central);
/* CF_BROKEN, reported, where more than 1% of the draws failed. */
enum cf_status cf_hindcast_judge(const struct cf_hindcast *h);
void cf_hindcast_fill(struct cf_hindcast *h, struct cf_table *table);

#endif
