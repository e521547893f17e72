#ifndef CF_DRAW_H
#define CF_DRAW_H

#include "model/model.h"

/*
 * What each draw of a scenario's design is: values of its uncertain entries and which risks happen,
 * when. Random numbers are keyed by (seed, draw, the entry's name or the risk's code, codes of the
 * member, year) and by nothing else: scenarios share their draws, and a new entry leaves all others
 * as they were (sobol, where an entry is a dimension: when it is added at the end; saltelli, morris
 * and grid number their draws by how many entries there are: there it leaves the rows as they
 * were).
 */
struct cf_draws;

/* Prepare the draws of a model, which must outlive them, in an arena. */
struct cf_draws *cf_draws_init(const struct cf_model *model, struct cf_arena *arena);

/* Combinations of members of the `by` axes of an entry, in canonical order, the last fastest; 1
 * without. */
int cf_draw_members(const struct cf_model *model, int entry);

/*
 * Values of one entry in one draw and year, for each of its members: the quantile, of the part of
 * the distribution that lies between min and max, at u = Phi(z).
 *
 *   z[m][y] = sqrt(shared) c[y] + sqrt(1 - shared) e[m][y]      without `by`: c[y]
 *   c[y]    = r c[y-1] + sqrt(1 - r^2) sum over k of factor[entry][k] eps[k][y]      r = ar1
 *   c[0]    = sum over k of factor[entry][k] eps[k][0];   e the same from its own, factor 1
 *
 *   value  out  [cf_draw_members]
 *
 * Without ar1 it is the value of y = 0 in every year. Draw 0 is the central run: the median for
 * every member and year. With a design of rows (lhs, sobol, morris, saltelli, grid) the row gives
 * eps[k][0], or with `by` and nothing shared that of the first member; the rest is drawn beside it.
 * A file gives the values themselves. y from 0. See MODEL.md 5.
 */
void cf_draw_values(const struct cf_draws *draws, int draw, int entry, int y, double *value);

/* The year a risk sets in in a draw, or -1 where it does not happen (draw 0: never).
 * mitigated: 1 asks with the probability once mitigated, from the same random number. */
int cf_draw_onset(const struct cf_draws *draws, int draw, int risk, int mitigated);

#endif
