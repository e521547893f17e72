#ifndef CF_SELECTOR_H
#define CF_SELECTOR_H

#include "model/axis.h"

/* Which members of an axis are meant: a mask over its members. */
struct cf_selection {
    unsigned char *member; /* [n] 1 where selected */
    int n, n_selected;
};

/* All n members, and none of them. */
struct cf_selection cf_select_all(struct cf_arena *arena, int n);
struct cf_selection cf_select_none(struct cf_arena *arena, int n);

/*
 * Add what one selector text means to a selection: a code, `attribute:value`, and on year and age
 * also a range `a-b`, `a-`, `-b`. Wrong codes, attributes and values are reported at `at` with the
 * nearest name; so is a selector that matches nothing. Returns how many members it matched, or -1
 * when it is wrong (already reported).
 */
int cf_select(const struct cf_axis *axis, const char *selector, struct cf_selection *selection,
              struct cf_at at, cf_diag *diag);

/*
 * Read a year or age range "16", "16-18", "2013-", "-2012" into [first, last], open ends as
 * INT_MIN and INT_MAX. 1 when it is one, else 0, also for a range that runs backwards. `single`
 * tells a plain number from a range.
 */
int cf_parse_range(const char *text, int *first, int *last, int *single);

#endif
