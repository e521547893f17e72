#include "kernels/build.h"

/*
 * The stock of the base year in one area: who is where at the start.
 *
 *   stock[g][x][l][s] = population[g][x] level_share[g][x][l] status_share[g][x][l][s]
 *
 * and below choice_age everybody is at school at the lowest level.
 *
 *   population    in   [group][age]                  persons
 *   level_share   in   [group][age][level]           share
 *   status_share  in   [group][age][level][status]   share
 *   stock         out  [group][cells]                persons; 0 past a group's last age
 *
 * Conserves: sum stock == sum of the population followed.   MODEL.md 1.
 */
void CF_K(start)(const struct cf_extent *e, const lanes *population, const lanes *level_share,
                 const lanes *status_share, lanes *stock)
{
    const int L = e->L, S = e->S;
    const lanes none = {0};
    for (int g = 0; g < e->G; g++) {
        lanes *group = stock + (size_t)g * cf_cells(e);
        for (int x = 0; x < e->X; x++) {
            lanes *row = group + cf_cell(e, x);
            const size_t gx = VIEW2(g, x, e->X);
            for (int c = 0; c < cf_width(e, x); c++)
                row[c] = none;
            if (x > e->last_x[g])
                continue;
            if (x < e->choice_x) {
                row[cf_school_cell(e, x)] = population[gx];
                continue;
            }
            for (int l = 0; l < L; l++) {
                const lanes at_level = population[gx] * level_share[gx * (size_t)L + (size_t)l];
                const lanes *share = status_share + VIEW2(gx * (size_t)L + (size_t)l, 0, S);
                for (int s = 0; s < S; s++)
                    row[l * S + s] = at_level * share[s];
            }
        }
    }
}
