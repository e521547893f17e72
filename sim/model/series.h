#ifndef CF_SERIES_H
#define CF_SERIES_H

#include "model/axis.h"

/*
 * What one run leaves: a record of doubles of known length, the variables one after the other.
 * The engine fills it, the sinks read it; neither knows the other.
 */
#define CF_MOST_VARIABLE_DIMS 6

struct cf_variable {
    const char *name;
    const char *units;                      /* UDUNITS: "1" for counts, "min" */
    const char *long_name;                  /* what it is, with the unit in words */
    int n_dims;                             /* without the run */
    const char *dim[CF_MOST_VARIABLE_DIMS]; /* names of dimensions, e.g. "year", "area" */
    int extent[CF_MOST_VARIABLE_DIMS];
    size_t offset, size; /* in doubles, within the record */
    int of_draws;        /* 1: kept for every run, on `draw_run`; 0: for central ones, on `run` */
    int row;             /* index of the engine's row that fills it */
};

struct cf_layout {
    int n_variables;
    struct cf_variable *variable;
    size_t length;      /* of a central run's record, in doubles */
    size_t draw_length; /* of a draw's: the variables kept for every run, which come first */
    int n_terms;
    const char *const *term; /* codes of the dimension `term` of the ledger */
    const char *const *term_label;
    int n_pools; /* members of the dimension `pool`: what areas are taken together as */
    const char *const *pool, *const *pool_label;
    int n_entries, n_risks; /* uncertain entries and risks of all scenarios */
    const char *const *entry, *const *risk, *const *risk_label;
};

enum cf_run_status {
    CF_RUN_OK,
    CF_RUN_NOT_COMPUTED,
    CF_RUN_NOT_PLACED,
    CF_RUN_NOT_FINITE,
    CF_RUN_LEDGER_OPEN
};

/* The record of one run, ready to be kept. */
struct cf_record {
    int run, scenario, point, draw;
    enum cf_run_status status;
    const double *value; /* [layout.length], of a draw [layout.draw_length] */
};

#endif
