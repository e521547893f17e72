#ifndef CF_PLAN_TABLES_H
#define CF_PLAN_TABLES_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/*
 * The tables that planning begins with, worked out of a results file alone. output/README.md says
 * what each of them counts.
 */
enum cf_table_rows { CF_ROWS_DEFAULT, CF_ROWS_ROUTE, CF_ROWS_LINE };

/* What is wanted; all zero: the defaults. */
struct cf_plan_query {
    const char *scenario;             /* its code; NULL: all */
    const struct cf_table_span *year; /* NULL: the report years, or the last of them */
    const char *by;                   /* "area" or an attribute of area: a tier */
    enum cf_table_rows rows;
    double minutes; /* duplicates: how far is near; 0: the reach of the route */
    double share;   /* tiers: of the members of a tier, that must have a group; 0: all of them */
    int matrix;     /* flows: from every authority to every other, not their sums */
};

/*
 * Each makes a table, one row each
 *
 *   gap         run, year, member of the tier (default: authority; last: here, all that have
 *               areas, and all), route (default) or line
 *   tier        run, year, member of the tier where one is given, line (default) or route
 *   coverage    run, line (default) or route, year, member of the tier (default: consortium; last:
 *               all)
 *   duplicates  run, year, pair of sites, line (default) or route; both of one member where a tier
 *               is given
 *   flow        run, year, route where asked for, authority (last: all); as a matrix, pair of
 *               authorities
 *
 * of the years asked for; default: gaps and duplicates the last report year, others all of them.
 * CF_USAGE, reported, where there is no such scenario, year or tier; CF_BAD_INPUT, reported, where
 * the results have no places or are not as they should be. The texts belong to the results: free
 * the table first.
 */
typedef enum cf_status cf_plan_table(struct cf_table *table, cf_results *results,
                                     const struct cf_plan_query *query, cf_diag *diag);
cf_plan_table cf_gap_table, cf_tier_table, cf_coverage_table, cf_duplicates_table, cf_flow_table;

#endif
