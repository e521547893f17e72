#ifndef CF_PRIORITIES_H
#define CF_PRIORITIES_H

#include "plan/plan_tables.h"

/*
 * Commissioning priorities: the gaps, a line for a member of a tier, ranked by the file's criteria,
 * with how far that rank can be trusted and why it is so. A row each of the top, and one for the
 * rest. output/README.md says what the columns are, sim/MODEL.md 9.4 how they come about.
 */
struct cf_priorities_query {
    struct cf_plan_query plan; /* scenario, year (one report year; default: the last), by */
    int top;                   /* 0: CF_USUAL_TOP */
    int for_people;            /* 1: fewer columns; reasons as notes below the table */
};
enum { CF_USUAL_TOP = 10 };

/* As in plan_tables.h. judged: CF_BROKEN, reported, where too many draws failed to trust the
 * others. */
enum cf_status cf_priorities_table(struct cf_table *table, cf_results *results,
                                   const struct cf_priorities_query *query, enum cf_status *judged,
                                   cf_diag *diag);

#endif
