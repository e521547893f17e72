#ifndef CF_KERNELS_H
#define CF_KERNELS_H

#include "base/lanes.h"
#include "model/extent.h"
#include "model/view.h"

/* What `settle` reads: MODEL.md 2.3. */
struct cf_pooled {
    const lanes *out_rate; /* [group][age] share of the stock that has left for the pool */
    const lanes *in_share; /* [group][age] share of the pool that settles here */
    const lanes *pool;     /* [group][cells] all areas' leavers, persons */
};

/* Where newcomers without a history of their own take their level and status from, in turn: the
 * same cell, this year's pool, the base stock. MODEL.md 2.3. */
struct cf_newcomers {
    const lanes *pool; /* [group][cells] persons; all zero when nobody moves */
    const lanes *base; /* [group][cells] base stock of all areas, persons */
};

struct cf_external_ledger {
    lanes *external; /* persons, net, as asked for */
    lanes *clipped;  /* persons that a negative external asked for and the cell did not have */
    lanes *no_mix;   /* 1 + age index where newcomers have no level and status to take, else 0 */
};

/* What `house` reads: MODEL.md 2.3. */
struct cf_housing {
    const lanes *dwellings;   /* one: dwellings a year in this area */
    const lanes *child_yield; /* [age] persons per dwelling */
    const lanes *everywhere;  /* [group][age] all areas' stock, persons */
};

/* What `choose` reads: MODEL.md 2.6. */
struct cf_choice {
    const double *progression;  /* [group][age][level][status][status_to], 0 where not given */
    const unsigned char *given; /* [group][age][level][status] 1: the row is given */
    const lanes *effect;        /* [age][status] multiplier on the destination */
    lanes *scratch;             /* 2 x [status] */
};

struct cf_lost {
    lanes *persons; /* who had nowhere to go and went to the fallback */
    lanes *missing; /* 1 + index of an occupied row that is not given, else 0 */
};

/* What `comply` reads: MODEL.md 2.7. */
struct cf_law {
    const lanes *duty, *compliance;    /* [age] share */
    const lanes *weight;               /* [status] */
    const unsigned char *participates; /* [status] */
    int exempt_level;                  /* this level and those above are free; L: nobody is */
    int default_status;                /* takes those whom no participating status draws */
};

/* What `gather` adds up: MODEL.md 7. */
struct cf_cells {
    int n;
    const int *cell;      /* [n] ascending */
    const double *weight; /* [n] */
};

/* The kernels of one build. */
struct cf_kernels {
    const char *build;
#define KERNEL(name, parameters) void(*name) parameters;
#include "kernels/kernels.def"
};

#endif
