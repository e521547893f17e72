#include "kernels/build.h"

/*
 * Migration known only as a net share of the stock (cohort survival).
 *
 *   next[g][x][l][s] = now[g][x][l][s] (1 + net_rate[g][x])
 *
 *   net_rate  in      [group][age]     share, >= -1
 *   stock     in/out  [group][cells]   persons
 *   net       out     one              persons gained, net, added up
 *
 * Conserves: sum next == sum now + net.   MODEL.md 2.3.
 */
void CF_K(net_migrate)(const struct cf_extent *e, const lanes *net_rate, lanes *stock, lanes *net)
{
    lanes gained = *net;
    for (int g = 0; g < e->G; g++) {
        lanes *group = stock + (size_t)g * cf_cells(e);
        for (int x = 0; x <= e->last_x[g]; x++) {
            lanes *row = group + cf_cell(e, x);
            const lanes rate = net_rate[VIEW2(g, x, e->X)], factor = 1.0 + rate;
            const int width = cf_width(e, x);
            gained += cf_row_sum(row, width) * rate;
            for (int c = 0; c < width; c++)
                row[c] *= factor;
        }
    }
    *net = gained;
}

/*
 * Those who will leave one area, added to the pool of all areas. Called area by area in order,
 * before any area's `settle`, so that the pool is a sum in fixed order.
 *
 *   pool[g][x][l][s] += stock[g][x][l][s] out_rate[g][x]
 *
 *   out_rate  in   [group][age]     share of the stock
 *   stock     in   [group][cells]   persons
 *   pool      out  [group][cells]   persons, added up
 *
 * MODEL.md 2.3.
 */
void CF_K(leave)(const struct cf_extent *e, const lanes *out_rate, const lanes *stock, lanes *pool)
{
    for (int g = 0; g < e->G; g++) {
        const size_t first = (size_t)g * cf_cells(e);
        for (int x = 0; x <= e->last_x[g]; x++) {
            const size_t cell = first + cf_cell(e, x);
            const lanes rate = out_rate[VIEW2(g, x, e->X)];
            for (int c = 0; c < cf_width(e, x); c++)
                pool[cell + (size_t)c] += stock[cell + (size_t)c] * rate;
        }
    }
}

/*
 * Leave for the pool, and settle from it.
 *
 *   next[g][x][l][s] = now (1 - out_rate[g][x]) + pool[g][x][l][s] in_share[g][x]
 *
 *   pooled  in      rates [group][age], pool [group][cells]
 *   stock   in/out  [group][cells]   persons
 *   out     out     one              persons who left for the pool, added up
 *   in      out     one              persons who settled, added up
 *
 * Conserves: sum next + out == sum now + in. Over all areas sum out - sum in is what leaves the
 * model, 0 where the in_shares add to 1.   MODEL.md 2.3.
 */
void CF_K(settle)(const struct cf_extent *e, const struct cf_pooled *pooled, lanes *stock,
                  lanes *out, lanes *in)
{
    lanes left = *out, came = *in;
    for (int g = 0; g < e->G; g++) {
        const size_t first = (size_t)g * cf_cells(e);
        for (int x = 0; x <= e->last_x[g]; x++) {
            lanes *row = stock + first + cf_cell(e, x);
            const lanes *pool = pooled->pool + first + cf_cell(e, x);
            const size_t gx = VIEW2(g, x, e->X);
            const lanes rate = pooled->out_rate[gx], share = pooled->in_share[gx];
            const int width = cf_width(e, x);
            left += cf_row_sum(row, width) * rate;
            came += cf_row_sum(pool, width) * share;
            for (int c = 0; c < width; c++)
                row[c] = (row[c] - row[c] * rate) + pool[c] * share;
        }
    }
    *out = left;
    *in = came;
}
