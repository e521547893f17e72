#ifndef CF_SENSITIVITY_H
#define CF_SENSITIVITY_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* What is wanted; all zero: the defaults. */
struct cf_sensitivity_query {
    const char *scenario, *indicator, *area; /* codes; NULL: all */
    const struct cf_table_span *year;        /* NULL: the last report year */
    size_t room; /* bytes of values to hold at a time; 0: CF_SENSITIVITY_ROOM */
};
#define CF_SENSITIVITY_ROOM ((size_t)128 << 20)

/*
 * What makes each indicator uncertain: a row each scenario, sweep point, year, area, indicator and
 * uncertain entry, worked out of a results file alone, by the design of its draws:
 *
 *   morris    mu_star, mu, sigma of the entry's elementary effects, for u from 0 to 1; trajectories
 *   saltelli  first_order and total_order, each with its _low and _high of 95%; rows
 *   others    rank_coefficient, standardised, and r2 of the regression: a weaker answer; draws
 *
 * A trajectory or row of which a draw failed or has no value is left out. output/README.md says
 * more. Warns of draws that failed, and of indices that have not converged: an interval wider than
 * 0.1, first-order indices that sum to more than 1.05, or one below 0 by more than its interval.
 *
 * CF_USAGE, reported, where there is no such scenario, indicator, area or year; CF_BAD_INPUT,
 * reported, where the results have no draws, indicators or uncertain entries, or are not as they
 * should be. The texts belong to the results: free the table first.
 */
enum cf_status cf_sensitivity_table(struct cf_table *table, cf_results *results,
                                    const struct cf_sensitivity_query *query, cf_diag *diag);

#endif
