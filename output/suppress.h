#ifndef CF_SUPPRESS_H
#define CF_SUPPRESS_H

#include "base/columns.h"

/*
 * Disclosure. Hide every count of persons x of a table with 0 < x < below, so that none can be
 * worked out from the others: x is an expected number, so 0.3 and 4.7 are hidden as 1 and 4 are; 0
 * tells of nobody and stays.
 *
 *   row      Where a count is hidden, so are all counts of its row and what is made of them
 * (shares, pounds, sentences), for they follow from each other; places, minutes and the like stay.
 *            A count that stands `apart` (a quantile) is hidden by itself;
 *            what follows from counts is hidden with any of them.
 *   total    The key of a row is what stands before its first count, share or sum. A member of
 *            a key (`all`) is a total where in every block of rows that differ in that key alone it
 * is the sum of the others. That is found in the numbers, whatever it is called. partner  From each
 * small count a box is spanned along the keys that have a total: in each of them one more member.
 * All its corners are hidden. The count can then rise by t while the corners beside it fall by t,
 * and so on over the box, and no total changes: so nobody who has the table can tell the count from
 * one t higher. The box is chosen so that the count could be as high as `below`, with as few hidden
 * more as can be, small ones first; the totals themselves are corners where nothing else will do.
 *
 * Where tables of two scenarios agree, what is hidden agrees. What is known from elsewhere, and
 * what two tables tell together, is not looked at, nor are totals of only some of the other
 * members.
 *
 * Returns how many cells are hidden. Where there are any, a note says so.
 */
#define CF_SUPPRESS_MOST 1000 /* more hides all that a table is for */
size_t cf_suppress(struct cf_table *table, double below);

#endif
