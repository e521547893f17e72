#include "plan/shapley.h"

/* |S|! (n - |S| - 1)! / n! = 1 / (n choose(n - 1, |S|)), by size of S. */
static void find_weights(int n, double *weight)
{
    double ways = 1;
    for (int size = 0; size < n; size++) {
        weight[size] = 1 / (n * ways);
        ways = ways * (n - 1 - size) / (size + 1);
    }
}

void cf_shapley(int n, const double *value, double *share)
{
    double weight[CF_MOST_PLAYERS];
    find_weights(n, weight);
    for (int i = 0; i < n; i++) {
        /* Sets of one size together: what is the same for two players is added alike. */
        double by_size[CF_MOST_PLAYERS] = {0};
        for (unsigned set = 0; set < 1u << n; set++)
            if (!(set >> i & 1))
                by_size[__builtin_popcount(set)] += value[set | 1u << i] - value[set];
        share[i] = 0;
        for (int size = 0; size < n; size++)
            share[i] += weight[size] * by_size[size];
    }
}
