#ifndef CF_OUTLOOK_H
#define CF_OUTLOOK_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* Indicators against their targets: MODEL.md 9.1. */

/* What is wanted; all zero: the defaults. */
struct cf_outlook_query {
    const char *scenario, *indicator; /* codes; NULL: all */
    const struct cf_table_span *year; /* NULL: the report years, and the indicator's targets' */
    int by_area;                      /* of each area, not of each pool */
    const char *member;               /* of this pool or area alone; NULL: of all of them */
    int for_people;                   /* 1: cells as people read them; 0: numbers */
    size_t room;                      /* bytes of values to hold at a time; 0: some */
};

/*
 * A row for each scenario, sweep point, pool (or area), indicator and year, worked out of a results
 * file alone: baseline, target, central value; of the draws that are ok and have a value, n of
 * them,
 *
 *   quantiles 0.05, 0.25, 0.5, 0.75, 0.95 (type 7)
 *   p_met   share that meets the target: value >= target where higher is better, <= where lower is
 *   se      sqrt(p (1 - p) / n)
 *   gap     target - median where higher is better, median - target where lower is: above 0 is
 *           short of it; without draws of the central value
 *
 * the benchmark, the share of draws at it or better, and the crossing year: the first from which
 * on the median (the central value) is at the benchmark or better in all years that have one.
 * Nothing is said of what is not set, nor which way better lies where the indicator does not say.
 *
 * *judged is CF_BROKEN, reported, where more than 1% of the draws failed; the table stands all the
 * same. CF_USAGE, reported, where there is no such scenario, indicator, member or year;
 * CF_BAD_INPUT, reported, where the results have no indicators or are not as they should be. The
 * texts belong to the results: free the table first.
 */
enum cf_status cf_outlook_table(struct cf_table *table, cf_results *results,
                                const struct cf_outlook_query *query, enum cf_status *judged,
                                cf_diag *diag);

#endif
