#ifndef CF_KERNELS_MARKET_H
#define CF_KERNELS_MARKET_H

#include "kernels/build.h"

/*
 * What the kernels of placing share. A line is offered at n sites; an area reaches some of them.
 * With v[j] = 1 / B[j] >= 1, how much a full site turns learners away, and z[j] = pull[j] / v[j]:
 *
 *   share[a][j] = ease[a][j] z[j] / D[a],   D[a] = stay_away[a] + sum_j ease[a][j] z[j]
 *   load[j]     = sum_a demand[a] share[a][j]
 *
 * Sums over the offers of an area run in their order, one after the other, so that offers of no
 * weight change no bit.
 */

/* Whether a lane's area has somewhere to look: 1 / D, 0 where D is 0. */
static inline lanes cf_inverse(lanes d)
{
    const lanes none = {0};
    const lanes_mask some = d > none;
    return lanes_if(some, 1.0 / lanes_if(some, d, none + 1.0), none);
}

/* Ease of journey k. */
static inline lanes cf_ease(const struct cf_journeys *to, int k)
{
    return to->wide ? to->wide[k] : lanes_of(to->ease[k]);
}

/* sum_j ease[a][j] x[j] of one area. */
static inline lanes cf_journeys_sum(const struct cf_journeys *to, int a, const lanes *x)
{
    lanes sum = {0};
    for (int k = to->first[a]; k < to->first[a + 1]; k++)
        sum += x[to->offer[k]] * cf_ease(to, k);
    return sum;
}

/* x[j] += ease[a][j] share, for one area. */
static inline void cf_journeys_spread(const struct cf_journeys *to, int a, lanes share, lanes *x)
{
    for (int k = to->first[a]; k < to->first[a + 1]; k++)
        x[to->offer[k]] += share * cf_ease(to, k);
}

#endif
