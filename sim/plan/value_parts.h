#ifndef CF_VALUE_PARTS_H
#define CF_VALUE_PARTS_H

#include "plan/evppi.h"
#include "plan/shortage.h"
#include "plan/value.h"

/* What the files of value.h share among themselves. */

enum { CF_VALUE_CHOICES = 5, CF_VALUE_MOST_SHARES = 24 };

/* One uncertain input: an entry or a risk, and what sources.csv says of its table. */
struct cf_input {
    const char *name, *label, *kind; /* "entry", "risk" */
    const char *field, *by;          /* of an entry; "": not known, drawn once for all */
    const char *nature, *publisher, *title, *vintage; /* "": no row of sources.csv */
    int at;                                           /* index on its dimension */
    double *x;                                        /* [D]; NULL: the block does not have it */
    double evppi, share;                              /* NaN: nothing is worth anything */
    double unplaced_share, indicator_share[CF_VALUE_MOST_SHARES];
};

/* Values that vary over the draws of a block, of which a share is explained: [n][D]. */
struct cf_series {
    int n;
    double *value;
};

struct cf_value {
    const struct cf_value_query *query;
    struct cf_shortage shortage;
    struct cf_arena block; /* of one scenario, or of those to choose from, at one sweep point */
    int of_plans;          /* 1: which scenario is decided */
    double penalty, discount;
    struct cf_stream stream;
    int n_inputs;
    struct cf_input *input;
    const struct cf_results_variable *drawn, *happened, *indicator; /* NULL: not in the file */
    int first_place, n_places; /* of the indicators: the pool of all areas, else every area */
    int n_shares, share_of[CF_VALUE_MOST_SHARES]; /* indicators whose variance is shared out */
    /* Of the block: */
    int first_run, n_runs; /* of the sheet */
    int D, *draw;          /* good in all its runs */
    struct cf_series unplaced, of_indicator[CF_VALUE_MOST_SHARES];
    struct cf_choices choices;
    double evpi;
    int n_dear; /* gaps of which a learner placed costs more than one unplaced */
    int best;   /* scenario that is cheapest on the average */
};

/* Find the inputs, and what sources.csv says of them. */
void cf_value_find_inputs(struct cf_value *v);
/* Read the draws of a block: inputs, series, what each choice is worth. */
enum cf_status cf_value_read_block(struct cf_value *v);
/* What is known of an input, and how to know more, in words; how it is called. */
const char *cf_value_known(const struct cf_input *input);
const char *cf_value_advice(struct cf_value *v, const struct cf_input *input);

#endif
