#ifndef CF_FUTURE_H
#define CF_FUTURE_H

#include "model/dists.h"
#include "model/field.h"
#include "model/selector.h"

/* What a scenario says of futures: what is drawn, what may happen, how runs are designed. */

/*
 * An uncertain entry: in each draw x' = op(x, value) on the selected cells in every year, with a
 * value drawn for each combination of members of the `by` axes, and with ar1 for each year.
 */
struct cf_uncertain {
    const char *name; /* unique: the stream of its random numbers */
    enum cf_field_id field;
    int op;                                  /* index into cf_lever_ops */
    struct cf_selection where[CF_MOST_DIMS]; /* one a dim of the field */
    unsigned char by_code[CF_MOST_DIMS];     /* 1: selected by codes of members alone */
    int dist;                                /* index into cf_dists */
    double parameter[CF_MOST_DIST_PARAMETERS];
    struct cf_dist_values values;
    double min, max;                /* -HUGE_VAL, HUGE_VAL: not truncated */
    unsigned char by[CF_MOST_DIMS]; /* 1: every member of the dim has a value of its own */
    double shared;                  /* share of the variance common to all members */
    double ar1; /* correlation from year to year; NaN: one value for all years */
    int group;  /* of correlated entries; -1: none */
    struct cf_at at;
};

/* Something that may happen, in each draw or not: its levers act in full from its onset on, for
 * `duration` years. */
struct cf_lever;
struct cf_risk {
    const char *code, *label, *owner;
    double probability;
    int onset_first, onset_last; /* years, each as likely */
    int duration;
    int n_levers;
    struct cf_lever *lever;
    int has_mitigation;
    double mitigated_probability, mitigated_scale, mitigation_cost;
    int is_mitigated; /* 1: runs are made with what mitigation leaves of it */
    struct cf_at at;
};

enum cf_design_kind {
    CF_DESIGN_NONE, /* central runs alone */
    CF_DESIGN_MONTECARLO,
    CF_DESIGN_LHS,
    CF_DESIGN_SOBOL,
    CF_DESIGN_MORRIS,
    CF_DESIGN_SALTELLI,
    CF_DESIGN_GRID,
    CF_DESIGN_FILE,
    CF_N_DESIGNS
};
extern const char *const cf_design_names[CF_N_DESIGNS]; /* as scenarios write them */
/* GSL's generator has so many dimensions. */
#define CF_MOST_SOBOL 40

struct cf_design {
    enum cf_design_kind kind;
    int draws;               /* N: draws, trajectories of morris, rows of saltelli's matrices */
    int steps;               /* of grid: quantiles an entry; of morris: levels */
    unsigned long long seed; /* 0 where none is given */
    int n_rows;              /* of a file */
    double *row;             /* [n_rows][n_uncertain] values, of a file */
    struct cf_at at;
};

/* A dimension that is tried at several values, each a sweep point. */
struct cf_sweep_dim {
    const char *name;
    enum cf_field_id field;
    int op;
    struct cf_selection where[CF_MOST_DIMS];
    unsigned char by_code[CF_MOST_DIMS];
    int n;
    double *value;
    struct cf_at at;
};

/* What is kept of draws: entries of `retain` in order. */
struct cf_retain {
    const char *variable; /* "*": all */
    int drop;             /* 1: "-name" */
    int report;           /* 1: "name@report" */
    struct cf_at at;
};

struct cf_future {
    int n_uncertain;
    struct cf_uncertain *uncertain;
    int n_groups;
    double *factor; /* [n_uncertain][n_uncertain] lower triangle: correlated scores are factor x
                       independent ones; identity outside groups; NULL: no groups */
    int n_risks;
    struct cf_risk *risk;
    struct cf_design design;
    int n_sweeps;
    struct cf_sweep_dim *sweep;
    int n_retain;
    struct cf_retain *retain;
};

/* Whether the sweep, an uncertain entry or a risk acts on a field. */
int cf_risk_touches(const struct cf_risk *risk, enum cf_field_id field);
int cf_future_touches(const struct cf_future *future, enum cf_field_id field);

/* Runs that the design makes for each scenario and sweep point, R; and sweep points. */
int cf_future_draws(const struct cf_future *future);
int cf_future_points(const struct cf_future *future);

#endif
