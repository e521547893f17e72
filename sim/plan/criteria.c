#include "plan/criteria.h"

#include "base/numeric.h"

#include <math.h>

/* The scales. */
static const double most_unmet = 1000; /* learners that are as many as can be */
static const double usual_cost = 5000; /* pounds a learner, half way up the scale */
static const double not_known = 0.5;   /* of a cost that nobody gave */

static double within(double value)
{
    return isnan(value) ? 0 : fmin(1, fmax(0, value));
}

/* log(1 + n) / log(1 + 1000): each ten times as many count for about a third more. */
static double unmet(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    (void)facts;
    return within(cf_log(1 + fmax(0, draw->unplaced)) / cf_log(1 + most_unmet));
}

/* Of a line that all are to have within reach: the share of residents who have not. */
static double entitlement(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    (void)draw;
    return facts->entitlement ? within(1 - facts->coverage) : 0;
}

/* 1 - 1 / r of the rate ratio: 0 where all are hit alike, 1/2 where one group is hit twice as hard
 * as all are. */
static double equity(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    (void)facts;
    return draw->is_short && draw->hardest_hit > 1 ? within(1 - 1 / draw->hardest_hit) : 0;
}

static double quality(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    (void)draw;
    return within(1 - facts->good_share);
}

/*
 * 1 - slack / (last year - now), slack = the first report year short - lead - now: 1 where it has
 * to be started now or is too late already, 0 where it is never short.
 */
static double urgency(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    const double slack = draw->first_short - facts->lead - facts->now;
    if (draw->first_short == 0)
        return 0;
    return slack <= 0 ? 1 : within(1 - slack / (facts->last_year - facts->now));
}

static double persistence(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    (void)facts;
    return within(draw->short_share);
}

/* c / (c + 5000); 1 where a place would serve nobody. */
static double cost(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    if (!draw->is_short)
        return 1;
    return isnan(facts->cost) ? not_known : within(facts->cost / (facts->cost + usual_cost));
}

/*
 * The mean of: how much of it spare places within reach could take; whether the member has a site
 * with the line (1), or with another of its route (1/2); where the place has options, whether one
 * is for it.
 */
static double deliverability(const struct cf_gap_facts *facts, const struct cf_gap_draw *draw)
{
    if (!draw->is_short)
        return 0;
    const double taken = within(facts->spare / draw->unplaced);
    const double site = facts->own_sites > 0 ? 1 : facts->own_route ? 0.5 : 0;
    return facts->has_options ? (taken + site + (facts->option >= 0)) / 3 : (taken + site) / 2;
}

double cf_criterion_value(int criterion, const struct cf_gap_facts *facts,
                          const struct cf_gap_draw *draw)
{
    /* In the order of cf_criteria. */
    static double (*const value[CF_N_CRITERIA])(const struct cf_gap_facts *,
                                                const struct cf_gap_draw *) = {
        unmet, entitlement, equity, quality, urgency, persistence, cost, deliverability};
    return value[criterion](facts, draw);
}
