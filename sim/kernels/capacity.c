#include "kernels/build.h"

/*
 * Places that can be used: rooms, and teachers for them.
 *
 *   usable[o] = places[o] min(1, staff[j] / sum over the site's offers of places / per_teacher)
 *
 * A line without a ratio needs no teachers; a site without a number of staff has no limit.
 *
 *   supply  in   places [offer], per_teacher [offer], staff [site]
 *   need    -    [site]    teachers needed
 *   usable  out  [offer]   places
 *
 * MODEL.md 2.8.
 */
void CF_K(capacity)(const struct cf_supply *supply, lanes *need, lanes *usable)
{
    const lanes none = {0};
    for (int j = 0; j < supply->J; j++)
        need[j] = none;
    for (int o = 0; o < supply->n; o++)
        if (supply->per_teacher[o] > 0)
            need[supply->site[o]] += supply->places[o] / supply->per_teacher[o];
    for (int o = 0; o < supply->n; o++) {
        const int j = supply->site[o];
        const lanes_mask few = supply->staff[j] < need[j]; /* no: where it is not a number */
        const lanes part = supply->staff[j] / lanes_if(few, need[j], none + 1.0);
        usable[o] = lanes_if(few, supply->places[o] * part, supply->places[o]);
    }
}
