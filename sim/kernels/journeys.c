#include "kernels/market.h"

/*
 * What each area sees of a line: the weight of all places within its reach.
 *
 *   sum[a] = sum_j ease[a][j] weight[j]
 *
 *   journeys  in   see kernels.h
 *   weight    in   [offer]
 *   sum       out  [area]
 */
void CF_K(look)(const struct cf_journeys *journeys, const lanes *weight, lanes *sum)
{
    for (int a = 0; a < journeys->A; a++)
        sum[a] = cf_journeys_sum(journeys, a, weight);
}

/*
 * Where learners would go if there were room for everybody, and who would stay away even then.
 *
 *   far[a]      = stay_away[a] / (stay_away[a] + sum_j ease[a][j] pull[j])     1 where nothing is
 *   arrivals[j] = sum_a demand[a] ease[a][j] pull[j] / (stay_away[a] + sum_k ease[a][k] pull[k])
 *
 *   market    in   demand, stay_away [area], pull [offer]; capacity is not read
 *   far       out  [area]    share
 *   arrivals  out  [offer]   learners
 *
 * Conserves: sum arrivals + sum demand far == sum demand.   MODEL.md 2.9.
 */
void CF_K(flock)(const struct cf_market *market, lanes *far, lanes *arrivals)
{
    const struct cf_journeys *to = market->journeys;
    const lanes none = {0};
    for (int j = 0; j < to->n; j++)
        arrivals[j] = none;
    for (int a = 0; a < to->A; a++) {
        const lanes inverse =
            cf_inverse(market->stay_away[a] + cf_journeys_sum(to, a, market->pull));
        far[a] = lanes_if(inverse > none, market->stay_away[a] * inverse, none + 1.0);
        cf_journeys_spread(to, a, market->demand[a] * inverse, arrivals);
    }
    for (int j = 0; j < to->n; j++)
        arrivals[j] *= market->pull[j];
}

/*
 * Who goes where, of one line and pass that was cleared.
 *
 *   T[a][j]               = demand[a] ease[a][j] z[j] / (stay_away[a] + sum_k ease[a][k] z[k]),
 *                           z = pull / crowding where there is room
 *   placed[a]             = sum_j T[a][j]
 *   placed_good[a]        = sum_j T[a][j] good[j]
 *   travelled[a]          = sum_j T[a][j] minutes[a][j]
 *   flow[home][authority] += T[a][j]
 *   from[a][j]            += T[a][j]
 *
 *   market, cleared  in   as `place` left them
 *   tally            in   who is at home where; out: see kernels.h
 *
 * MODEL.md 2.9.
 */
void CF_K(tally)(const struct cf_market *market, const struct cf_cleared *cleared,
                 const struct cf_tally *tally)
{
    const struct cf_journeys *to = market->journeys;
    const lanes none = {0};
    lanes *z = market->scratch;
    for (int j = 0; j < to->n; j++)
        z[j] = lanes_if((market->capacity[j] > none) & (market->pull[j] > none),
                        market->pull[j] / cleared->crowding[j], none);
    for (int a = 0; a < to->A; a++) {
        const lanes each =
            market->demand[a] * cf_inverse(market->stay_away[a] + cf_journeys_sum(to, a, z));
        lanes placed = none, good = none, travelled = none;
        for (int k = to->first[a]; k < to->first[a + 1]; k++) {
            const int j = to->offer[k];
            const lanes T = each * (z[j] * cf_ease(to, k));
            placed += T;
            good += T * tally->good[j];
            travelled += T * (to->minutes_wide ? to->minutes_wide[k] : lanes_of(to->minutes[k]));
            tally->flow[VIEW2(tally->home[a], tally->authority[j], tally->H) * tally->stride] += T;
            if (tally->from)
                tally->from[(size_t)a * tally->from_stride + (size_t)j] += T;
        }
        tally->placed[a] = placed;
        tally->placed_good[a] = good;
        tally->travelled[a] = travelled;
    }
}
