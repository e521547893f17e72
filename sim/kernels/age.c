#include "kernels/build.h"

/* One row a year on: the row of age x becomes that of age x - 1 times survival. Gives the sum of
 * the row that moved. The row of the first wide age comes from a single cell: everybody there is
 * at school at the lowest level. */
static inline lanes age_row(const struct cf_extent *e, int x, lanes survival, lanes *group)
{
    lanes *next = group + cf_cell(e, x);
    const lanes *now = group + cf_cell(e, x - 1);
    const int width = cf_width(e, x);
    if (x == e->n_narrow) {
        const lanes none = {0}, all = *now;
        for (int c = 0; c < width; c++)
            next[c] = none;
        next[e->school] = all * survival;
        return all;
    }
    const lanes moved = cf_row_sum(now, width);
    for (int c = 0; c < width; c++)
        next[c] = now[c] * survival;
    return moved;
}

/*
 * Move everyone of one area a year on in age and let those who do not survive leave.
 *
 *   next[g][x+1][l][s] = now[g][x][l][s] survival[g][x+1]
 *
 *   survival  in      [group][age]     probability to survive into the age
 *   stock     in/out  [group][cells]   persons; the first age is left empty
 *   deaths    out     one              persons, added up
 *   aged_out  out     one              persons past their group's last age, added up
 *
 * In place from the oldest down: each cell is read once and written once.
 * Conserves: sum next + deaths + aged_out == sum now.   MODEL.md 2.2.
 */
void CF_K(age)(const struct cf_extent *e, const lanes *survival, lanes *stock, lanes *deaths,
               lanes *aged_out)
{
    const lanes none = {0};
    lanes died = *deaths, out = *aged_out;
    for (int g = 0; g < e->G; g++) {
        lanes *group = stock + (size_t)g * cf_cells(e);
        const int last = e->last_x[g];
        if (last < 0)
            continue;
        out += cf_row_sum(group + cf_cell(e, last), cf_width(e, last));
        for (int x = last; x > 0; x--) {
            const lanes lives = survival[VIEW2(g, x, e->X)];
            died += age_row(e, x, lives, group) * (1.0 - lives);
        }
        for (int c = 0; c < cf_width(e, 0); c++)
            group[c] = none;
    }
    *deaths = died;
    *aged_out = out;
}
