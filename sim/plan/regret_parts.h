#ifndef CF_REGRET_PARTS_H
#define CF_REGRET_PARTS_H

#include "output/results_read.h"
#include "plan/regret.h"

/* What regret.c and regret_actions.c share: what the file says of options and of what is started.
 */

struct cf_started {
    cf_results *results;
    cf_diag *diag;
    struct cf_table *table;
    struct cf_ensemble ensemble;
    int Y, base_year;
    int O;                                                        /* options; 0: none in the file */
    const double *units, *share;                                  /* [scenario][option][year] */
    const double *places, *capital, *annual, *lead, *life, *part; /* [option] */
    const char *const *kind;                                      /* [option] text */
    double discount, penalty, no_regret;
};

/* Everything in the table's arena. Where a file has no options, no plan costs anything. */
enum cf_status cf_read_started(struct cf_started *started, struct cf_table *table,
                               cf_results *results, cf_diag *diag);

/* Units open in a year, index y, of an option that a scenario started. */
double cf_started_open(const struct cf_started *started, int scenario, int option, int y);
/* A release takes its places away and saves its running cost. */
static inline int cf_is_release(const struct cf_started *started, int option)
{
    return started->kind[option][0] == 'r';
}

/* All values of a variable with these dimensions, in the table's arena; NULL, without a word, where
 * there is no such variable. */
const double *cf_started_read(struct cf_started *started, const char *name, enum cf_status *status);

#endif
