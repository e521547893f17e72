#ifndef CF_OUTLOOK_PARTS_H
#define CF_OUTLOOK_PARTS_H

#include "output/results_read.h"
#include "plan/outlook.h"

/* How outlook.c works an outlook out and outlook_table.c tells it. */

enum { CF_FAN = 5, CF_FAN_MEDIAN = 2 };
extern const double cf_fan[CF_FAN];

/* What is said of an indicator, from the file. */
struct cf_measured {
    const char *code, *label, *unit;  /* unit "": not said */
    int better;                       /* 1: higher, -1: lower, 0: not said */
    int offset;                       /* from `year` to the year it is published for */
    double baseline;                  /* NaN: none */
    const double *target, *benchmark; /* [year] NaN: none */
};

/* An indicator of a member in a year. */
struct cf_outlook {
    double central, fan[CF_FAN]; /* NaN: undefined */
    double gap, p_met, se;
    double p_benchmark;
    int n;
};

struct cf_outlooks {
    cf_results *results;
    const struct cf_outlook_query *query;
    struct cf_table *table;
    cf_diag *diag;
    struct cf_ensemble ensemble;
    const struct cf_results_variable *value; /* [draw_run][year][member][indicator] */
    const struct cf_results_dim *year, *member, *indicator;
    struct cf_measured *measured; /* [indicator] */
    unsigned char *shown;         /* [indicator][year] */
    int first, end;               /* scenarios asked for */
    size_t first_member, end_member, first_indicator, end_indicator;
    size_t n_shown;              /* rows of a member */
    int n_targets, n_benchmarks; /* that are in rows shown */
    struct cf_column *column;    /* the first behind those of the point */
};

/* One indicator of one member, of all years. */
struct cf_unit {
    int scenario, point;
    size_t member, indicator;
    const struct cf_outlook *outlook; /* [year] */
    int crossing;                     /* index of the year, -1: none */
};

void cf_outlook_columns(struct cf_outlooks *of, size_t rows);
/* The rows of a unit. */
void cf_outlook_rows(struct cf_outlooks *of, const struct cf_unit *unit);

/* The same for people: fewer columns, texts. */
void cf_outlook_columns_told(struct cf_outlooks *of, size_t rows);
void cf_outlook_rows_told(struct cf_outlooks *of, const struct cf_unit *unit);

#endif
