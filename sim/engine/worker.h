#ifndef CF_WORKER_H
#define CF_WORKER_H

#include "engine/ledger.h"
#include "engine/pools.h"
#include "kernels/kernels.h"
#include "model/cause.h"
#include "model/model.h"
#include "model/series.h"

enum { CF_RATIO_PARTS = 4 }; /* of an indicator: ratio and minus, each above and below */

/* Trouble in one lane: the first that happened. The run ends with its status, the sweep goes on. */
struct cf_trouble {
    enum cf_run_status status; /* CF_RUN_OK: none */
    int year, area, age;       /* calendar year; index or -1; age or -1 */
    long row;                  /* 1 + index [group][age][level][status], 0: none */
    const char *process;
    const char *what;
    int of_inputs;            /* 1: the inputs lead to it, not the numbers drawn or computed */
    double low, high, wanted; /* of a target out of reach: attainable range and share wanted */
    int target;               /* 1 + index of that target, 0: none */
    int line;                 /* 1 + index of a line, 0: none */
};

/*
 * Everything one batch of eight runs needs while it is stepped. Arrays are in the worker's arena,
 * taken before the year loop; nothing is taken inside it.
 */
struct cf_worker {
    const struct cf_model *model;
    const struct cf_extent *e;
    const struct cf_kernels *kernels;
    struct cf_arena arena;
    struct cf_inputs inputs;     /* of the year at hand */
    int y;                       /* index of the year that is being made */
    size_t block;                /* cells of one area: G x cells */
    lanes *stock;                /* [area][group][cells] persons */
    lanes *base;                 /* [group][cells] base stock of all areas */
    lanes *pool;                 /* [group][cells] this year's leavers of all areas */
    lanes *everywhere;           /* [group][age] all areas' stock before housing */
    lanes *scratch;              /* [the larger of group and 2 x status] */
    lanes *effect;               /* [age][status] multipliers on destinations, of one area */
    lanes *revealed;             /* [area][status] base stock's shares at choice_age */
    lanes *driver_base;          /* [area][driver] */
    lanes *shift;                /* [area][age][status] of a back-cast: what was solved, on the log
                                    of the multiplier; NULL without */
    lanes *reference;            /* [target] the base year's share; NULL without */
    lanes *trial;                /* [group][cells] of one area, to try a shift on; NULL without */
    int *last_x;                 /* [group] of the ages that a shift is tried on; NULL without */
    lanes *factor;               /* [status] effect of good provision on results: 1 */
    unsigned char *given;        /* [group][age][level][status] 1: row of progression given */
    unsigned char *participates; /* [status] */
    lanes *persons;              /* [group][age], [level] or [status] of one area, for the record */
    lanes *attained;             /* [area][level] share of age 18 with at least the level, after the
                                    summer that ended the year before; NaN where nobody is 18 */
    struct cf_cells *counted;    /* [indicator][4] cells of ratio and minus, each above and below */
    lanes *persons_counted;      /* [area][indicator][4] persons in these cells, as last counted */
    int stock_counted;           /* 1 + index of the year whose stock was counted last, 0: none */
    struct cf_pools pools;       /* that indicators are summed over */
    lanes lost;                  /* persons with nowhere to go, of all areas and years */
    struct cf_placing *placing;  /* places and travel; NULL where there are no lines */
    lanes *first_stock;          /* [area][group][cells] base stock; NULL: no cause may be off */
    lanes *unmoved; /* [group][cells] of one area before anybody is moved; NULL: same */
    lanes *ledger;  /* [area][term] of the step at hand */
    struct cf_trouble trouble[CF_LANES];
    double *seconds; /* [processes] added up; NULL: not timed */
};

void cf_worker_init(struct cf_worker *worker, const struct cf_model *model,
                    const struct cf_kernels *kernels);
void cf_worker_free(struct cf_worker *worker);

/* Take what is needed to run without some causes; after this inputs.off may say which. */
void cf_worker_may_switch(struct cf_worker *worker);

/* Lanes that are without a cause. */
static inline lanes_mask cf_lanes_without(const struct cf_worker *w, enum cf_cause cause)
{
    lanes_mask mask;
    for (int k = 0; k < CF_LANES; k++)
        mask[k] = w->inputs.off[k] >> cause & 1 ? -1 : 0;
    return mask;
}

/* Cells of one area. */
static inline lanes *cf_area_stock(const struct cf_worker *w, int a)
{
    return w->stock + (size_t)a * w->block;
}

/* Record trouble in one lane, or in the lanes of a mask, where there was none before. */
void cf_worker_trouble_in(struct cf_worker *worker, int lane, const struct cf_trouble *trouble);
void cf_worker_trouble(struct cf_worker *worker, lanes_mask mask, const struct cf_trouble *trouble);

#endif
