#ifndef CF_DECOMPOSE_PARTS_H
#define CF_DECOMPOSE_PARTS_H

#include "engine/pools.h"
#include "model/cause.h"
#include "model/view.h"
#include "plan/decompose.h"

/* What the files of decompose.h share among themselves. */

enum cf_outcome_kind {
    CF_OUT_LEARNERS,
    CF_OUT_NEET,
    CF_OUT_RESIDENTS,
    CF_OUT_PARTICIPATION,
    CF_OUT_UNPLACED,
    CF_OUT_INDICATOR
};

/* A quantity that is decomposed. */
struct cf_outcome {
    enum cf_outcome_kind kind;
    int indicator; /* index, of CF_OUT_INDICATOR */
    const char *code, *label;
    int is_share; /* 1: people read it as a percentage */
};

struct cf_decomposition {
    struct cf_arena *arena;
    const struct cf_model *model;
    const struct cf_decompose_query *query;
    cf_diag *diag;
    struct cf_pools pools;
    int first_x, last_x; /* ages */
    int n_outcomes;
    struct cf_outcome *outcome;
    int n_years, *year; /* indices; the first is the base year */
    int n_acting;       /* causes that something acts by */
    enum cf_cause acting[CF_N_CAUSES];
    int n_sets;          /* of these, 2^n_acting */
    size_t n_cells;      /* [year][pool][outcome] */
    double *value;       /* [n_sets][n_cells] by set of those that are on */
    const double *shift; /* what the full run's back-cast solved; NULL: none */
};

static inline size_t cf_outcome_cell(const struct cf_decomposition *d, int year, int pool,
                                     int outcome)
{
    return VIEW3(year, pool, d->pools.n, outcome, d->n_outcomes);
}

/* Find the causes that act and do the runs. */
enum cf_status cf_decompose_runs(struct cf_decomposition *d);

#endif
