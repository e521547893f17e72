#include "kernels/build.h"

/*
 * Persons of one area by group and age, whatever their level and status; added up, so that calls
 * for all areas in order give all areas' stock.
 *
 *   persons[g][x] += sum_l,s stock[g][x][l][s]
 *
 *   stock    in   [group][cells]   persons
 *   persons  out  [group][age]     persons
 */
void CF_K(count)(const struct cf_extent *e, const lanes *stock, lanes *persons)
{
    for (int g = 0; g < e->G; g++)
        for (int x = 0; x <= e->last_x[g]; x++)
            persons[VIEW2(g, x, e->X)] +=
                cf_row_sum(stock + (size_t)g * cf_cells(e) + cf_cell(e, x), cf_width(e, x));
}

/*
 * All persons of one area: the ledger's independent count after every process.
 *
 *   persons = sum_g,x,l,s stock[g][x][l][s]
 *
 *   stock    in   [group][cells]   persons
 *   persons  out  one              persons
 */
void CF_K(total)(const struct cf_extent *e, const lanes *stock, lanes *persons)
{
    lanes sum = {0};
    for (int g = 0; g < e->G; g++)
        if (e->last_x[g] >= 0) {
            const size_t cells = cf_cell(e, e->last_x[g]) + (size_t)cf_width(e, e->last_x[g]);
            sum += cf_row_sum(stock + (size_t)g * cf_cells(e), (int)cells);
        }
    *persons = sum;
}
