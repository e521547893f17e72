#ifndef CF_DRAW_PARTS_H
#define CF_DRAW_PARTS_H

#include "base/rng.h"
#include "design/draw.h"

/* What the files of draw.h share among themselves. */

/* What a word of a stream is for: the counter keeps them apart. Numbers are part of every result.
 */
enum cf_draw_purpose {
    CF_DRAW_COMMON = 1, /* score of what members share, or of an entry without `by` */
    CF_DRAW_MEMBER,     /* score of one member */
    CF_DRAW_RISK,       /* whether a risk happens, and when */
    CF_DRAW_WITHIN,     /* place within the stratum of lhs */
    CF_DRAW_SHUFFLE,    /* order of the strata */
    CF_DRAW_SHIFT,      /* digital shift of a dimension of sobol */
    CF_DRAW_LEVEL,      /* where an entry stands at the start of a trajectory of morris */
    CF_DRAW_ORDER       /* when it moves */
};

struct cf_draw_entry {
    const struct cf_uncertain *uncertain;
    const struct cf_dist *dist;
    struct cf_dist_part part; /* of the distribution, between min and max */
    struct cf_stream stream;
    double median;
    int by; /* 1: members have values of their own */
    int n_members;
    uint64_t *member; /* [n_members] hash of its codes */
    int n_terms;      /* of the factor's row that are not 0 */
    int *term;        /* [n_terms] entries */
    double *weight;   /* [n_terms] */
};

struct cf_draws {
    const struct cf_model *model;
    const struct cf_future *future;
    int n_entries;
    struct cf_draw_entry *entry; /* [n_entries] */
    struct cf_stream *risk;      /* [n_risks] */
    uint32_t *direction;         /* [bits][dimensions] of sobol and saltelli, 30 bits each */
    int n_dimensions;
};

/* The row that the design gives a draw (1 to R) of an entry. */
struct cf_draw_row {
    int is_given; /* 0: montecarlo, everything is drawn */
    double u;     /* where is_given */
    int key; /* in place of the draw's number for all that is drawn beside the row: draws of one
                row of saltelli or trajectory of morris differ by their row alone */
};
struct cf_draw_row cf_design_row(const struct cf_draws *draws, int draw, int entry);
/* What stands for the draw's number where a risk is drawn, likewise. */
int cf_design_risk_key(const struct cf_draws *draws, int draw);

/* u of draw d (from 0) of n by Latin hypercube: n strata, each taken once. */
double cf_lhs_share(const struct cf_stream *stream, int d, int n);

/* Direction numbers of the first n points of a Sobol sequence, and point d (from 0) of one
 * dimension, shifted by the stream's word for it. */
uint32_t *cf_sobol_directions(int n_dimensions, int n, struct cf_arena *arena);
double cf_sobol_share(const struct cf_draws *draws, const struct cf_stream *stream, int dimension,
                      int matrix, int d);

#endif
