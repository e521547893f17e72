#include "kernels/build.h"

/*
 * Persons of one area in a list of cells, each with a weight: one part of an indicator.
 *
 *   persons = sum_k weight[k] stock[cell[k]]
 *
 *   cells    in   cell [n], ascending; weight [n]
 *   stock    in   [group][cells]   persons
 *   persons  out  one              persons
 *
 * Four running sums, in a fixed order.   MODEL.md 7.
 */
void CF_K(gather)(const struct cf_cells *cells, const lanes *stock, lanes *persons)
{
    lanes sum[4] = {{0}, {0}, {0}, {0}};
    const double *weight = cells->weight;
    const int *cell = cells->cell;
    int k = 0;
    for (; k + 4 <= cells->n; k += 4) {
        sum[0] += weight[k] * stock[cell[k]];
        sum[1] += weight[k + 1] * stock[cell[k + 1]];
        sum[2] += weight[k + 2] * stock[cell[k + 2]];
        sum[3] += weight[k + 3] * stock[cell[k + 3]];
    }
    for (; k < cells->n; k++)
        sum[0] += weight[k] * stock[cell[k]];
    *persons = (sum[0] + sum[1]) + (sum[2] + sum[3]);
}
