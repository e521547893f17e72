#ifndef CF_VALUE_H
#define CF_VALUE_H

#include "plan/plan_tables.h"

/*
 * What it is worth to know each uncertain input before deciding, and what is known of it today: a
 * row each, that worth most first. What is decided: with several scenarios in the file, which of
 * them; with one, or where one is asked for, how many places to commission for each gap.
 * output/README.md says what the columns are, sim/MODEL.md 9.7 how they come about.
 */
struct cf_value_query {
    struct cf_plan_query plan; /* scenario, year (one report year; default: the last), by */
    int for_people;            /* 1: fewer columns; what to do as notes below the table */
};

/* As in plan_tables.h. judged: CF_BROKEN, reported, where too many draws failed to trust the
 * others. */
enum cf_status cf_value_table(struct cf_table *table, cf_results *results,
                              const struct cf_value_query *query, enum cf_status *judged,
                              cf_diag *diag);

#endif
