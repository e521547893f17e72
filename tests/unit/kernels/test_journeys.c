#include "small.h"

/* Two areas, two offers; the first area reaches both, the second the second alone. */
static const int first[3] = {0, 2, 3}, offer[3] = {0, 1, 1};
static const double ease[3] = {0.5, 0.25, 1};
static const double minutes[3] = {10, 20, 5};
static const struct cf_journeys journeys = {
    .A = 2, .n = 2, .first = first, .offer = offer, .ease = ease, .minutes = minutes};

static void what_is_in_sight(void **state)
{
    const lanes weight[2] = {counts(3), counts(7)};
    lanes sum[2];
    (void)state;
    kernels()->look(&journeys, weight, sum);
    assert_counts(sum[0], 0.5 * 3 + 0.25 * 7);
    assert_counts(sum[1], 7);
}

/* Weights 2 and 2 against 1 that stays away: 40, 40 and 20 of 100; of the second 80 of 90. */
static void all_come_where_there_is_room(void **state)
{
    const lanes demand[2] = {counts(100), counts(90)}, stay_away[2] = {lanes_of(1), lanes_of(1)};
    const lanes pull[2] = {lanes_of(4), lanes_of(8)};
    const struct cf_market market = {
        .journeys = &journeys, .demand = demand, .stay_away = stay_away, .pull = pull};
    lanes far[2], arrivals[2];
    (void)state;
    kernels()->flock(&market, far, arrivals);
    assert_counts(arrivals[0], 40);
    assert_counts(arrivals[1], 40 + 80);
    for (int k = 0; k < CF_LANES; k++) {
        assert_true(fabs(far[0][k] - 0.2) <= 1e-15);
        assert_true(fabs(far[1][k] - 1.0 / 9) <= 1e-15);
    }
}

/*
 * The same with the second offer crowded by 4: weights 2 and 0.5 of 3.5, and 2 of 3. The first area
 * is at home in authority 0, the second in 1; the offers lie in 0 and 1; half of the second is
 * good.
 */
static void who_goes_where(void **state)
{
    static const int home[2] = {0, 1}, authority[2] = {0, 1};
    const lanes demand[2] = {counts(100), counts(90)}, stay_away[2] = {lanes_of(1), lanes_of(1)};
    const lanes pull[2] = {lanes_of(4), lanes_of(8)}, capacity[2] = {counts(1e3), counts(1e3)};
    const lanes good[2] = {lanes_of(1), lanes_of(0.5)};
    lanes scratch[16], crowding[2] = {lanes_of(1), lanes_of(4)};
    lanes flow[8] = {0}, placed[2], placed_good[2], travelled[2], from[6] = {0};
    const struct cf_market market = {.journeys = &journeys,
                                     .demand = demand,
                                     .stay_away = stay_away,
                                     .pull = pull,
                                     .capacity = capacity,
                                     .scratch = scratch};
    const struct cf_cleared cleared = {.crowding = crowding};
    const struct cf_tally tally = {.home = home,
                                   .authority = authority,
                                   .H = 2,
                                   .good = good,
                                   .flow = flow + 1,
                                   .stride = 2,
                                   .placed = placed,
                                   .placed_good = placed_good,
                                   .travelled = travelled,
                                   .from = from,
                                   .from_stride = 3};
    const double there = 100 * 2 / 3.5, across = 100 * 0.5 / 3.5, stays = 90.0 * 2 / 3;
    (void)state;
    kernels()->tally(&market, &cleared, &tally);
    assert_counts(placed[0], there + across);
    assert_counts(placed[1], stays);
    assert_counts(travelled[0], 10 * there + 20 * across);
    assert_counts(travelled[1], 5 * stays);
    assert_counts(placed_good[0], there + across / 2);
    assert_counts(placed_good[1], stays / 2);
    assert_counts(flow[1], there);  /* 0 to 0, of the status that is the second of two */
    assert_counts(flow[3], across); /* 0 to 1 */
    assert_counts(flow[5], 0);      /* 1 to 0 */
    assert_counts(flow[7], stays);  /* 1 to 1 */
    assert_counts(flow[0] + flow[2] + flow[4] + flow[6], 0);
    assert_counts(from[1], across);
    assert_counts(from[4], stays);
    assert_counts(from[2] + from[5], 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_in_sight),
        cmocka_unit_test(all_come_where_there_is_room),
        cmocka_unit_test(who_goes_where),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
