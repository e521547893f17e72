#ifndef CF_LEDGER_H
#define CF_LEDGER_H

#include "base/lanes.h"

/*
 * The ledger of one area and one step: where everybody came from and went to.
 *
 *   start + entrants + net + in + external + housing + clipped
 *       = end + deaths + out + aged_out + residual
 */
enum cf_term {
    CF_TERM_START,
    CF_TERM_ENTRANTS,
    CF_TERM_NET,
    CF_TERM_IN,
    CF_TERM_EXTERNAL,
    CF_TERM_HOUSING,
    CF_TERM_CLIPPED,
    CF_TERM_DEATHS,
    CF_TERM_OUT,
    CF_TERM_AGED_OUT,
    CF_TERM_END,
    CF_TERM_RESIDUAL,
    CF_N_TERMS
};

/* Names of the terms as they stand in the results file, and in words. */
extern const char *const cf_term_names[CF_N_TERMS];
extern const char *const cf_term_labels[CF_N_TERMS];

/* Largest residual, relative to the largest term of the row (at least one person). */
#define CF_LEDGER_TOLERANCE 1e-9

/* What the terms so far say the stock must be now. */
lanes cf_ledger_expected(const lanes *terms);

/* Lanes in which `persons` is not what the terms say, within the tolerance (NaN included). */
lanes_mask cf_ledger_open(const lanes *terms, lanes persons);

#endif
