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

/* What `attain` reads: MODEL.md 2.1. */
struct cf_results_of {
    const double *gain;     /* [group][age][level][status][level_to] probability, upward only */
    const lanes *gain_wide; /* the same, eight runs wide; NULL: as in `gain` */
    const lanes *factor;    /* [status] effect of good provision; 1: none */
};

/* What `choose` reads: MODEL.md 2.6. */
struct cf_choice {
    const double *progression;     /* [group][age][level][status][status_to], 0 where not given */
    const lanes *progression_wide; /* the same, eight runs wide; NULL: as in `progression` */
    const unsigned char *given;    /* [group][age][level][status] 1: the row is given */
    const lanes *effect;           /* [age][status] multiplier on the destination */
    lanes *stay;                   /* [group][cells] out: those who stay in their status; NULL: not
                                      wanted */
    lanes *scratch;                /* 2 x [status] */
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
    lanes *stay;                       /* [group][cells] in/out, as of `choose`; NULL: not kept */
};

/* The journeys to one line: who can reach which of its offers, and how easily. MODEL.md 2.9. */
struct cf_journeys {
    int A, n;                  /* areas; offers of the line */
    const int *first;          /* [A + 1] */
    const int *offer;          /* [first[A]] offer of the line, ascending within an area */
    const double *ease;        /* [first[A]] exp(-beta minutes - border), 0 where out of reach */
    const lanes *wide;         /* the same, eight runs wide; NULL: as in `ease` */
    const double *minutes;     /* [first[A]] of the journey */
    const lanes *minutes_wide; /* NULL: as in `minutes` */
};

/* What `place` reads: one line in one pass. MODEL.md 2.9. */
struct cf_market {
    const struct cf_journeys *journeys;
    const lanes *demand;    /* [area] learners who look for a place */
    const lanes *stay_away; /* [area] weight of staying away */
    const lanes *pull;      /* [offer] size and quality of a place: its weight less the journey */
    const lanes *capacity;  /* [offer] places left */
    double tolerance;       /* relative to capacity */
    int max_rounds;
    int direct; /* 1: steps are solved by elimination, for few offers; 0: by conjugate gradients */
    lanes *scratch; /* [cf_market_scratch] */
};
static inline size_t cf_market_scratch(int A, int n, int direct)
{
    return (size_t)A + (size_t)n * (direct ? (size_t)n + 7 : 9);
}

struct cf_cleared {
    lanes *crowding;    /* [offer] 1 / B, at least 1; more than 1: full */
    lanes *load;        /* [offer] learners who come */
    lanes *stayed;      /* [area] share of the demand that finds no place */
    lanes *rounds;      /* one: visits and products of a matrix it took */
    lanes_mask *failed; /* one: not within the tolerance after max_rounds */
};

/* What `capacity` reads. MODEL.md 2.8. */
struct cf_supply {
    int n, J;                  /* offers, sites */
    const int *site;           /* [offer] */
    const double *per_teacher; /* [offer] learners per teacher; 0: the line needs none */
    const lanes *places;       /* [offer] */
    const lanes *staff;        /* [site] teachers; not a number: no limit */
};

/* The lines as the kernels see them. */
struct cf_lines {
    int I;
    const int *route;              /* [line] index of its status */
    const int *from_x, *to_x;      /* [line] age indices it serves */
    const unsigned char *others;   /* [age] 1: other lines serve it than the age before */
    const unsigned char *provided; /* [status] 1: needs a place */
};

/* Whom a pass is about, in the order in which they are placed. */
enum cf_pass { CF_CONTINUERS, CF_PROTECTED, CF_OTHERS, CF_N_PASSES };

/* What `ask`, `ask_again` and `take_up` read of one area. MODEL.md 2.9. */
struct cf_seekers {
    const struct cf_lines *lines;
    const lanes *line_share;               /* [group][level][line] */
    const unsigned char *protected_groups; /* [group] 1: placed before other entrants */
    const lanes *stay;          /* [group][cells] of the stock, those who were in their status last
                                   year; NULL: everybody was */
    const lanes *refused;       /* [pass][line] share of the demand that found no place */
    int n_rounds;               /* rounds of second choices */
    const lanes *open;          /* [round][line] share of the reachable weight still open */
    const lanes *refused_again; /* [round][line] share of that round's demand refused */
    lanes *scratch;             /* [level][status + line], [status + 3 x line] */
    int *list;                  /* [level][1 + line] */
};

/* What `tally` adds up: who goes where, of one line and pass. */
struct cf_tally {
    const int *home, *authority; /* [area], [offer] index of the authority */
    int H;                       /* authorities */
    const lanes *good;           /* [offer] belief in a good grade */
    lanes *flow;                 /* [home][authority] learners, `stride` apart */
    size_t stride;
    lanes *placed, *placed_good; /* [area] learners; of them those at good places */
    lanes *travelled;            /* [area] their minutes, added up */
    lanes *from;                 /* [area][offer] learners, areas `from_stride` apart; NULL: none */
    size_t from_stride;
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
