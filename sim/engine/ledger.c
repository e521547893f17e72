#include "engine/ledger.h"

const char *const cf_term_names[CF_N_TERMS] = {
    "start",   "entrants", "net", "in",       "external", "housing",
    "clipped", "deaths",   "out", "aged_out", "end",      "residual",
};

const char *const cf_term_labels[CF_N_TERMS] = {
    "Stock at the start",
    "Entrants at the first age",
    "Net migration by rate",
    "Moved in from other areas",
    "Net migration from outside, as asked for",
    "Came with new homes",
    "Asked to leave but not there",
    "Deaths",
    "Moved out to other areas or away",
    "Past the last age followed",
    "Stock at the end",
    "What does not add up",
};

lanes cf_ledger_expected(const lanes *t)
{
    return (((((((((t[CF_TERM_START] + t[CF_TERM_ENTRANTS]) + t[CF_TERM_NET]) + t[CF_TERM_IN]) +
                 t[CF_TERM_EXTERNAL]) +
                t[CF_TERM_HOUSING]) +
               t[CF_TERM_CLIPPED]) -
              t[CF_TERM_DEATHS]) -
             t[CF_TERM_OUT]) -
            t[CF_TERM_AGED_OUT]);
}

lanes_mask cf_ledger_open(const lanes *terms, lanes persons)
{
    const lanes gap = persons - cf_ledger_expected(terms);
    lanes scale = lanes_of(1.0);
    for (int t = 0; t < CF_TERM_END; t++) {
        const lanes size = lanes_if(terms[t] < -terms[t], -terms[t], terms[t]);
        scale = lanes_if(size > scale, size, scale);
    }
    const lanes most = scale * CF_LEDGER_TOLERANCE;
    /* Written so that a NaN is open. */
    return ~((gap <= most) & (gap >= -most));
}
