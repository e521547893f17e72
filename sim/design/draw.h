#ifndef CF_DRAW_H
#define CF_DRAW_H

#include "model/model.h"

/*
 * What each draw of a scenario's design is: values of its uncertain entries and which risks happen,
 * when. Random numbers are keyed by (seed, draw, the entry's name or the risk's code, member, year)
 * and by nothing else: scenarios share their draws, and a new entry leaves all others as they were
 * (sobol, morris, saltelli and grid, where an entry is a dimension: when it is added at the end).
 */
struct cf_draws;

/* Prepare the draws of a model, which must outlive them, in an arena. */
struct cf_draws *cf_draws_init(const struct cf_model *model, struct cf_arena *arena);

/* Combinations of members of the `by` axes of an entry, in canonical order, the last fastest; 1
 * without. */
int cf_draw_members(const struct cf_model *model, int entry);

/*
 * Values of one entry in one draw and year, for each of its members.
 *
 *   value  out  [cf_draw_members]
 *
 * Draw 0 is the central run: the median for every member and year. With a design of rows that are
 * dimensions (sobol, morris, saltelli, grid, file) the row gives the part that members share: with
 * `shared` below 1 or ar1 the rest is drawn beside it. y from 0.
 */
void cf_draw_values(const struct cf_draws *draws, int draw, int entry, int y, double *value);

/* The year a risk sets in in a draw, or -1 where it does not happen (draw 0: never).
 * mitigated: 1 asks with the probability once mitigated, from the same random number. */
int cf_draw_onset(const struct cf_draws *draws, int draw, int risk, int mitigated);

#endif
