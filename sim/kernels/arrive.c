#include "kernels/build.h"

/*
 * Those who enter at first_age: at school, at the lowest level.
 *
 *   next[g][0][lowest][school] = now + entrants[g]
 *
 *   entrants  in      [group]          persons
 *   stock     in/out  [group][cells]   persons
 *   arrived   out     one              persons, added up
 *
 * Conserves: sum next == sum now + arrived.   MODEL.md 2.4.
 */
void CF_K(arrive)(const struct cf_extent *e, const lanes *entrants, lanes *stock, lanes *arrived)
{
    lanes sum = *arrived;
    for (int g = 0; g < e->G; g++) {
        if (e->last_x[g] < 0)
            continue;
        stock[(size_t)g * cf_cells(e) + (size_t)cf_school_cell(e, 0)] += entrants[g];
        sum += entrants[g];
    }
    *arrived = sum;
}
