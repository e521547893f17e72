#ifndef CF_PROVIDERS_H
#define CF_PROVIDERS_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* What the futures mean for each provider: MODEL.md 9.8. */

/* What is wanted; all zero: the defaults. */
struct cf_provider_query {
    const char *scenario, *provider;  /* codes; NULL: all */
    const struct cf_table_span *year; /* NULL: the report years; for people, of all providers, the
                                         last of them */
    int for_people;                   /* 1: cells as people read them; 0: numbers */
};

/*
 * A row for each scenario, sweep point, year and provider, then one for all of them. A provider is
 * the sites that share the attribute `provider`, or a site without it. An offer is taught where it
 * has half a learner.
 *
 *   enrolled, in the base year and the year; its quantiles 0.1, 0.5, 0.9 over draws: of the sums
 *   arrivals, usable   who would come if there were room; places
 *   sln, income, cost  sums over its offers of what funding.h says; NaN where no line says it
 *   lines_gained, lines_lost   offers that are taught in the year and were not in the base year
 *   lines_below_viable         taught to fewer than the line's viable_group
 *   p_below_viable             share of draws in which there is such an offer
 *
 * *judged as in outlook.h. CF_USAGE, reported, where there is no such scenario, provider or year;
 * CF_BAD_INPUT, reported, where the results have no places or are not as they should be. The texts
 * belong to the results: free the table first.
 */
enum cf_status cf_provider_table(struct cf_table *table, cf_results *results,
                                 const struct cf_provider_query *query, enum cf_status *judged,
                                 cf_diag *diag);

#endif
