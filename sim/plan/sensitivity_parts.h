#ifndef CF_SENSITIVITY_PARTS_H
#define CF_SENSITIVITY_PARTS_H

#include "output/results_read.h"
#include "plan/indices.h"
#include "plan/sensitivity.h"

#include <limits.h>

/* What the files of sensitivity.h share among themselves. */

enum cf_asked_of { CF_OF_MORRIS, CF_OF_SALTELLI, CF_OF_OTHERS };

/* A value that is explained: where it stands in a run's values, and what it is. */
struct cf_explained {
    size_t at;
    int year;
    size_t area, indicator;
};

struct cf_sensitivity {
    cf_results *results;
    const struct cf_sensitivity_query *query;
    struct cf_table *table;
    cf_diag *diag;
    struct cf_ensemble ensemble;
    struct cf_arena scratch; /* of one scenario and point */
    enum cf_asked_of design;
    const char *design_name;
    int design_draws, steps;
    struct cf_stream stream; /* of resampling */
    const struct cf_results_variable *value, *drawn;
    const struct cf_results_dim *entry, *area, *indicator;
    size_t n_explained;
    struct cf_explained *explained;
    int statistic;                 /* the first column of what is worked out */
    long long rows, rows_left_out; /* of the design: trajectories, rows of matrices */
    int n_indexed, n_not_converged;
    double widest; /* interval, and of which value and entry it is */
    struct cf_explained widest_of;
    const char *widest_entry;
};

#define CF_NO_TRAJECTORY SHRT_MIN

/* One scenario and sweep point: its own entries and how the design goes over them. */
struct cf_point_design {
    int scenario, point;
    int n_own, *own; /* entries, as they stand on the dimension */
    int n_rows;      /* of the design */
    int each;        /* draws in a row of it */
    const double *x; /* [n_own][R] values drawn; morris and others */
    short *moved; /* morris: [n_rows][n_own] which own entry a step moves, from 1, with the sign of
                     the move; 0: none; the first is CF_NO_TRAJECTORY where it is none of morris' */
    int *column;  /* saltelli: [n_own] which matrix AB is an own entry's */
};

/* The runs of a point: value[k][draw - 1] of each of n places `at`, of the first n_draws. What
 * failed or is not there is NaN. */
enum cf_status cf_read_draws(struct cf_sensitivity *s, const struct cf_results_variable *variable,
                             const struct cf_point_design *of, const size_t *at, size_t n,
                             int n_draws, double *value);

/* Find the entries of a point and how the design goes over them; in the scratch arena. */
enum cf_status cf_point_design(struct cf_sensitivity *s, struct cf_point_design *of);

/* CF_BAD_INPUT, reported: what is wrong with these results. */
enum cf_status cf_sensitivity_spoilt(const struct cf_sensitivity *s, const char *what);

#endif
