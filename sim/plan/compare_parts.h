#ifndef CF_COMPARE_PARTS_H
#define CF_COMPARE_PARTS_H

#include "output/results_read.h"
#include "plan/compare.h"

/* What the files of compare.h share among themselves. Side 0 is A, side 1 is B. */

#define CF_NOWHERE ((size_t)-1)

/* A dimension of either file, and where B has what A has. */
struct cf_compared_dim {
    const char *name;
    const struct cf_results_dim *dim[2]; /* NULL: has none */
    size_t *to;                          /* [n of A] the member of B, CF_NOWHERE: has none */
    int is_runs;                         /* 1: `run` or `draw_run` */
};

/* What the answer is made of. */
struct cf_compare_tally {
    int variables, differing;  /* of those that both have */
    int only[2];               /* variables of one file */
    int members[2];            /* members and scenarios of one file */
    int files, levers, others; /* that differ: files, entries of `levers`, other settings */
    const char *file[3], *other[3];
    int design, seed, version;
    int went_in; /* rows of `inputs` but members */
    /* The largest headline: what, where and when. */
    const char *headline, *member; /* NULL: of all */
    int headline_rank, year, scenario, has_draws, is_share;
    double a, b, p_same; /* p_same: share of the draws in which B is to the same side of A */
};

struct cf_compare {
    const struct cf_compared *file;
    const struct cf_compare_query *query;
    struct cf_comparison *out;
    cf_diag *diag;
    struct cf_arena arena;
    struct cf_ensemble ensemble[2];
    int *scenario_to; /* [scenarios of A] B's, -1: none, or not asked for */
    int n_pairs;      /* of scenarios */
    int paired;       /* 1: draw r of both is the same future */
    int n_dims;
    struct cf_compared_dim *dim;
    struct cf_compare_tally tally;
};

/* compare_match.c: what of A is what of B. */
enum cf_status cf_compare_match(struct cf_compare *c);
const struct cf_compared_dim *cf_compared_dim(const struct cf_compare *c, const char *name);
/* The run of B with the scenario, point and draw of A's run k of draw_run. */
size_t cf_compared_run(const struct cf_compare *c, size_t k);
/* The member of draw_run with the number of a member of `run`; CF_NOWHERE: none. */
size_t cf_draw_run_of(const cf_results *results, size_t run);
/* Code or number of a member, for people and CSV alike. */
const char *cf_member_text(struct cf_arena *arena, const struct cf_results_dim *dim, size_t k);

/* compare_inputs.c, compare_values.c, compare_headlines.c: the tables. */
void cf_compare_inputs(struct cf_compare *c);
enum cf_status cf_compare_variables(struct cf_compare *c);
enum cf_status cf_compare_headlines(struct cf_compare *c);

/* compare_words.c: the answer, in out->variables.arena. */
void cf_compare_answer(struct cf_compare *c);

/* ---- pure parts ---- */

/* Cells against each other, as they come. */
struct cf_cells {
    double tolerance;
    size_t n, differing; /* beyond the tolerance */
    size_t undefined;    /* of these: defined in one only */
    /* The largest difference and relative difference, 0 where all are equal, and where. */
    double difference, a, b;
    double relative, relative_a, relative_b;
    size_t at, relative_at;
};
void cf_compare_cell(struct cf_cells *cells, double a, double b, size_t at);

/* Differences B - A over draws. */
struct cf_drawn_difference {
    int n; /* pairs of draws, or draws of the smaller file */
    double q05, median, q95, p_higher, p_lower;
};
/* Of pairs; sorts them. What is NaN is left out. */
void cf_difference_of_pairs(double *difference, size_t n, struct cf_drawn_difference *of);
/* Of draws that are no pairs; sorts both. The median is the difference of the medians, p_higher the
 * share of all pairs in which B is higher; quantiles of the difference are not known. */
void cf_difference_of_samples(double *a, size_t n_a, double *b, size_t n_b,
                              struct cf_drawn_difference *of);

#endif
