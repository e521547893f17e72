#include "kernels/build.h"

/* The body of `attain`: `wide` tells which gain is read. */
static inline void attain(const struct cf_extent *e, const struct cf_results_of *results, int wide,
                          lanes *stock)
{
    const int L = e->L, S = e->S;
    const lanes *factor = results->factor, none = {0};
    for (int g = 0; g < e->G; g++)
        for (int x = e->n_narrow; x <= e->last_x[g]; x++) {
            lanes *row = stock + (size_t)g * cf_cells(e) + cf_cell(e, x);
            for (int cell = (L - 1) * S - 1; cell >= 0; cell--) {
                const int l = cell / S, s = cell % S;
                const size_t to = (VIEW2(g, x, e->X) * (size_t)(L * S) + (size_t)cell) * (size_t)L;
                lanes up = none;
                for (int k = l + 1; k < L; k++)
                    up += cf_heavy(results->gain, results->gain_wide, wide, to + (size_t)k);
                if (!lanes_any(up > none))
                    continue;
                const lanes from = row[cell],
                            scaled = from * factor[s] / ((1.0 - up) + up * factor[s]);
                for (int k = l + 1; k < L; k++)
                    row[k * S + s] +=
                        scaled * cf_heavy(results->gain, results->gain_wide, wide, to + (size_t)k);
                row[cell] = from - scaled * up;
            }
        }
}

/*
 * Results in the summer that ends the year: part of each row moves up to higher levels.
 *
 *   gain'[l->l'] = gain[l->l'] m / (1 - G + G m),   G = sum_l' gain[l->l'],   m = factor[s]
 *   next[l] = now[l] (1 - sum_l' gain'[l->l']) + sum_l'' now[l''] gain'[l''->l]
 *
 *   results  in      gain [group][age][level][status][level_to] probability, upward only;
 *                    factor [status] effect of good provision, 1: none
 *   stock    in/out  [group][cells]   persons; ages from one year before choice_age on
 *
 * From the highest level down, so that who has moved does not move again.
 * Conserves: the sum over levels of every group, age and status.   MODEL.md 2.1.
 */
void CF_K(attain)(const struct cf_extent *e, const struct cf_results_of *results, lanes *stock)
{
    if (results->gain_wide)
        attain(e, results, 1, stock);
    else
        attain(e, results, 0, stock);
}

/*
 * Persons of one area and age by level, whatever their group and status.
 *
 *   level[l] = sum_g,s stock[g][x][l][s]
 *
 *   stock  in   [group][cells]   persons
 *   level  out  [level]          persons
 */
void CF_K(count_levels)(const struct cf_extent *e, const lanes *stock, int x, lanes *level)
{
    const lanes none = {0};
    for (int l = 0; l < e->L; l++)
        level[l] = none;
    for (int g = 0; g < e->G; g++) {
        if (x > e->last_x[g])
            continue;
        const lanes *row = stock + (size_t)g * cf_cells(e) + cf_cell(e, x);
        if (x < e->n_narrow)
            level[0] += row[0];
        else
            for (int l = 0; l < e->L; l++)
                level[l] += cf_row_sum(row + l * e->S, e->S);
    }
}

/*
 * Persons of one area and age by status, whatever their group and level.
 *
 *   status[s] = sum_g,l stock[g][x][l][s]
 *
 *   stock   in   [group][cells]   persons
 *   status  out  [status]         persons
 */
void CF_K(count_statuses)(const struct cf_extent *e, const lanes *stock, int x, lanes *status)
{
    const lanes none = {0};
    for (int s = 0; s < e->S; s++)
        status[s] = none;
    for (int g = 0; g < e->G; g++) {
        if (x > e->last_x[g])
            continue;
        const lanes *row = stock + (size_t)g * cf_cells(e) + cf_cell(e, x);
        if (x < e->n_narrow)
            status[e->school] += row[0];
        else
            for (int c = 0; c < e->L * e->S; c++)
                status[c % e->S] += row[c];
    }
}
