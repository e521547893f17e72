#ifndef CF_REGRET_H
#define CF_REGRET_H

#include "base/columns.h"
#include "base/diag.h"

#include <cohortflow/results.h>

/* What is wanted; all zero: the defaults. */
struct cf_regret_query {
    const char *scenario; /* of the actions: its code; NULL: all */
    int draws;            /* 1: a row each plan and draw, not each plan */
};

/*
 * Plans, the scenarios of a file, against its futures, the draws they share: a row each plan (and
 * sweep point),
 *
 *   cost[plan][draw]   = discounted annuities and running cost of what the plan starts
 *                        + penalty x learner-years unplaced
 *   regret[plan][draw] = cost[plan][draw] - the least cost of any plan in that draw
 *
 * with its means, the largest, and the share of draws in which it is the best. MODEL.md 9.6. Draws
 * that failed in any plan are left out. Without draws the central run is the one future.
 *
 * CF_BAD_INPUT, reported, where the results do not keep what is needed. judged: CF_BROKEN where
 * more than 1% of the draws failed, which is reported; for the exit after printing. The texts
 * belong to the results: free the table first.
 */
enum cf_status cf_regret_table(struct cf_table *table, cf_results *results,
                               const struct cf_regret_query *query, enum cf_status *judged,
                               cf_diag *diag);

/*
 * What each plan starts, an action a row: when, by whom, and the share of draws in which the new
 * places are still used in the last report year; those used in less than a fifth are better leased.
 * CF_USAGE, reported, where there is no such scenario; CF_BAD_INPUT where nothing is started.
 */
enum cf_status cf_action_table(struct cf_table *table, cf_results *results,
                               const struct cf_regret_query *query, enum cf_status *judged,
                               cf_diag *diag);

#endif
