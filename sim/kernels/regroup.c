#include "kernels/build.h"

/*
 * Move people between population groups (a learning difficulty is identified, say).
 *
 *   next[g'][x][l][s] = sum_g now[g][x][l][s] regroup[g][x][g']
 *
 *   regroup  in      [group][age][group_to]   probability, rows sum to 1
 *   stock    in/out  [group][cells]           persons
 *   scratch  -       [group]                  one cell of every group
 *
 * Conserves: sum next == sum now.   MODEL.md 2.5.
 */
void CF_K(regroup)(const struct cf_extent *e, const lanes *regroup, lanes *stock, lanes *scratch)
{
    const int G = e->G, X = e->X;
    const size_t cells = cf_cells(e);
    const lanes none = {0};
    for (int x = 0; x < X; x++) {
        for (int c = 0; c < cf_width(e, x); c++) {
            const size_t cell = cf_cell(e, x) + (size_t)c;
            for (int g = 0; g < G; g++)
                scratch[g] = x <= e->last_x[g] ? stock[(size_t)g * cells + cell] : none;
            for (int to = 0; to < G; to++) {
                if (x > e->last_x[to])
                    continue;
                lanes sum = none;
                for (int g = 0; g < G; g++)
                    if (x <= e->last_x[g])
                        sum += scratch[g] * regroup[VIEW3(g, x, X, to, G)];
                stock[(size_t)to * cells + cell] = sum;
            }
        }
    }
}
