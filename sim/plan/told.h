#ifndef CF_TOLD_H
#define CF_TOLD_H

#include "base/columns.h"

#include <cohortflow/results.h>

/* Numbers as people read them. */

/*
 * A share p of draws, with its standard error where that is above 0: "37% ±3". Only what holds in
 * all of them is 100%, in none 0%: else ">99%", "<1%". "-" where it is not a number.
 */
const char *cf_chance_told(struct cf_arena *arena, double p, double se);

/* In a table's column `scenario`, people read titles in place of codes. */
void cf_tell_scenarios(struct cf_table *table, const cf_results *results);

#endif
