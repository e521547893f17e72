#ifndef CF_TABLE_DRAWS_H
#define CF_TABLE_DRAWS_H

#include "output/table.h"

/* What is read off the draws of a value, a column each, in this order. */
#define CF_MOST_QUANTILES 32
struct cf_statistics {
    int n_quantiles;
    double quantile[CF_MOST_QUANTILES]; /* from 0 to 1: "q0.05" */
    int mean, sd;                       /* 1: wanted */
    int exceeds;                        /* 1: the share of draws above `level`: "p_exceeds" */
    double level;
    size_t room; /* bytes of values to hold at a time; 0: CF_STATISTICS_ROOM */
};
#define CF_STATISTICS_ROOM ((size_t)128 << 20)

/*
 * Statistics of a variable over the draws of each scenario and sweep point: those from 1 on whose
 * run is ok. The central run is none of them. `demand` is read off `demand_draws`; a variable that
 * is kept for every run (`indicator_value`) off itself.
 *
 * Choosing and adding up is done draw by draw, before: quantiles of sums, not sums of quantiles.
 * Of n draws with a value, x[0] <= ... <= x[n-1],
 *
 *   quantile p = x[k] + (h - k) (x[k+1] - x[k]), h = (n - 1) p, k = floor(h)   (base/order.h)
 *   mean = sum x / n        sd = sqrt(sum (x - mean)^2 / (n - 1)), undefined for one draw
 *   p_exceeds = share of draws with x > level
 *
 * Columns: scenario; where there are several points, the values of the sweep; the other dimensions
 * as in cf_table_of_variable; the statistics; `draws`, n. Without a draw there is no row. Values
 * are read by rows and worked on in blocks of cells, so that memory does not grow with the file.
 *
 * CF_USAGE, reported, where the results have no draws or the variable was not kept for them, and as
 * cf_table_of_variable. The texts belong to the results: free the table first.
 */
enum cf_status cf_table_of_draws(struct cf_table *table, cf_results *results,
                                 const struct cf_table_query *query,
                                 const struct cf_statistics *statistics, cf_diag *diag);

#endif
