#ifndef CF_MILP_H
#define CF_MILP_H

#include <stddef.h>

/*
 * Mixed-integer linear programmes, to be minimised: columns and rows are collected in plain memory,
 * and the library behind it (plan/milp.c alone knows which) lives only within cf_milp_solve. Rows
 * carry the group they belong to, so that a programme can be solved without some of its groups.
 */
struct cf_milp {
    int n_columns, n_rows, n_groups;
    double shift; /* added to the cost of every solution */
    double *lower, *upper, *cost;
    unsigned char *integer;
    double *row_lower, *row_upper;
    int *row_group;
    size_t *row_start; /* [n_rows + 1] */
    int *entry_column;
    double *entry_value;
    size_t n_entries;
    size_t room_columns, room_rows, room_entries;
};

void cf_milp_free(struct cf_milp *milp);
/* Bounds may be -HUGE_VAL and HUGE_VAL; the number of the column, from 0. */
int cf_milp_add_column(struct cf_milp *milp, double lower, double upper, double cost, int integer);
/* lower <= sum of value x[column] <= upper; group -1: always there. A column may stand twice in a
 * row. The number of the row, from 0. */
int cf_milp_add_row(struct cf_milp *milp, int group, double lower, double upper);
/* A coefficient more for the last row. */
void cf_milp_add_entry(struct cf_milp *milp, int column, double value);
/* By how much x violates a row, against the size of its bound. */
double cf_milp_violation(const struct cf_milp *milp, int row, const double *x);

/* What the programme's owner does while it is solved; either may be NULL. Same x, same answer. */
struct cf_milp_hooks {
    void *context;
    /* Rows that hold for every solution and not for x: added with cf_milp_add_row. */
    void (*separate)(void *context, const double *x, struct cf_milp *milp);
    /* A solution near x that holds all rows, also those not separated yet; 0: none. */
    int (*propose)(void *context, const double *x, double *solution);
};

struct cf_milp_limits {
    double gap;               /* relative, to stop at */
    int most_nodes;           /* 0: no limit; deterministic */
    double most_seconds;      /* 0: no limit */
    const unsigned char *off; /* [n_groups] 1: without the rows of the group; NULL: with all */
    int any;                  /* 1: any solution does, costs are 0 */
    int relaxed_only;         /* 1: nothing has to be whole */
};

enum cf_milp_status {
    CF_MILP_OPTIMAL,
    CF_MILP_NODES,
    CF_MILP_SECONDS,
    CF_MILP_INFEASIBLE,
    CF_MILP_NONE, /* a limit came before any solution */
    CF_MILP_FAILED
};

struct cf_milp_result {
    enum cf_milp_status status;
    enum cf_milp_status limit; /* of CF_MILP_NONE: which it was */
    double value, bound;
    double relaxed; /* with nothing whole and every row that `separate` gave for it */
    int nodes;
    char message[160]; /* of a failure */
};

/* x: [n_columns], set where there is a solution. Rows that were separated stay in the programme.
 * Not to be called within itself. */
void cf_milp_solve(struct cf_milp *milp, const struct cf_milp_hooks *hooks,
                   const struct cf_milp_limits *limits, double *x, struct cf_milp_result *result);

#endif
