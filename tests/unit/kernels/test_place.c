#include "small.h"

#include "support/place.h"

#include <stdlib.h>
#include <string.h>

/* A market in memory: its journeys, and room for what comes out. */
struct market {
    struct cf_journeys journeys;
    struct cf_market in;
    struct cf_cleared out;
    int *first, *offer;
    double *ease;
    lanes *demand, *stay_away, *pull, *capacity;
    lanes rounds;
    lanes_mask failed;
};

static lanes *room(size_t n)
{
    lanes *r = aligned_alloc(64, 64 * (n + 1));
    if (!r)
        abort();
    memset(r, 0, 64 * (n + 1));
    return r;
}

static void init(struct market *m, int A, int n)
{
    *m = (struct market){.first = calloc((size_t)A + 1, sizeof(int)),
                         .offer = calloc((size_t)(A * n) + 1, sizeof(int)),
                         .ease = calloc((size_t)(A * n) + 1, sizeof(double)),
                         .demand = room((size_t)A),
                         .stay_away = room((size_t)A),
                         .pull = room((size_t)n),
                         .capacity = room((size_t)n)};
    if (!m->first || !m->offer || !m->ease)
        abort();
    m->journeys =
        (struct cf_journeys){.A = A, .n = n, .first = m->first, .offer = m->offer, .ease = m->ease};
    m->in = (struct cf_market){.journeys = &m->journeys,
                               .demand = m->demand,
                               .stay_away = m->stay_away,
                               .pull = m->pull,
                               .capacity = m->capacity,
                               .tolerance = 1e-9,
                               .max_rounds = 500,
                               .direct = 1,
                               .scratch = room(cf_market_scratch(A, n, 1) + 9 * (size_t)n)};
    m->out = (struct cf_cleared){.crowding = room((size_t)n),
                                 .load = room((size_t)n),
                                 .stayed = room((size_t)A),
                                 .rounds = &m->rounds,
                                 .failed = &m->failed};
}

static void drop(struct market *m)
{
    void *const parts[] = {m->first,        m->offer,    m->ease,      m->demand,
                           m->stay_away,    m->pull,     m->capacity,  m->in.scratch,
                           m->out.crowding, m->out.load, m->out.stayed};
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        free(parts[k]);
}

/* Every area reaches every offer, with the ease given, row by row. */
static void reach_all(struct market *m, const double *ease)
{
    const int A = m->journeys.A, n = m->journeys.n;
    for (int a = 0; a <= A; a++)
        m->first[a] = a * n;
    for (int k = 0; k < A * n; k++) {
        m->offer[k] = k % n;
        m->ease[k] = ease[k];
    }
}

/*
 * Two areas, two sites, mirror images: ease 1 at home and 1/4 away, pull 1, nobody stays away but
 * for a weight of 1/4. With 60 learners an area, room for all:
 *
 *   T(home) = 60 x 1 / 1.5 = 40,  T(away) = 10,  stay 10;  each site takes 50
 */
static void two_and_two_with_room(void **state)
{
    struct market m;
    (void)state;
    init(&m, 2, 2);
    reach_all(&m, (const double[]){1, 0.25, 0.25, 1});
    for (int k = 0; k < 2; k++) {
        m.demand[k] = counts(60);
        m.stay_away[k] = lanes_of(0.25);
        m.pull[k] = lanes_of(1);
        m.capacity[k] = counts(55);
    }
    kernels()->place(&m.in, &m.out);
    for (int k = 0; k < 2; k++) {
        assert_counts(m.out.load[k], 50);
        for (int l = 0; l < CF_LANES; l++) {
            assert_true(m.out.crowding[k][l] == 1);
            assert_true(fabs(m.out.stayed[k][l] - 1.0 / 6) <= 1e-15);
            assert_false(m.failed[l]);
        }
    }
    drop(&m);
}

/*
 * The same with 30 places at the first site: B of it solves, with D1 = B + 1/2, D2 = B/4 + 5/4,
 *
 *   60 B / (B + 1/2) + 15 B / (B/4 + 5/4) = 30
 *   2 B / (B + 1/2) + 2 B / (B + 5) = 1   =>   3 B^2 + 5.5 B - 2.5 = 0
 *   B = (-5.5 + sqrt(30.25 + 30)) / 6
 */
static void one_full_site_by_the_quadratic(void **state)
{
    const double B = (-5.5 + sqrt(60.25)) / 6;
    struct market m;
    (void)state;
    for (int direct = 0; direct < 2; direct++) {
        init(&m, 2, 2);
        reach_all(&m, (const double[]){1, 0.25, 0.25, 1});
        for (int k = 0; k < 2; k++) {
            m.demand[k] = counts(60);
            m.stay_away[k] = lanes_of(0.25);
            m.pull[k] = lanes_of(1);
        }
        m.capacity[0] = counts(30);
        m.capacity[1] = counts(90);
        m.in.direct = direct;
        m.in.tolerance = 1e-13;
        kernels()->place(&m.in, &m.out);
        for (int l = 0; l < CF_LANES; l++)
            assert_true(fabs(1 / m.out.crowding[0][l] - B) <= 1e-12);
        assert_counts(m.out.load[0], 30);
        assert_counts(m.out.load[1], 60 * 0.25 / (B + 0.5) + 60 / (B / 4 + 1.25));
        drop(&m);
    }
}

/* Nowhere to go: no offer, no place, out of reach. Everybody stays, and nothing fails. */
static void nowhere(void **state)
{
    struct market m;
    (void)state;
    init(&m, 2, 1);
    m.first[1] = 1; /* the first area reaches the site, which has no places; the second none */
    m.first[2] = 1;
    m.ease[0] = 0.5;
    m.demand[0] = m.demand[1] = counts(7);
    m.stay_away[0] = lanes_of(0.125);
    m.pull[0] = lanes_of(3);
    kernels()->place(&m.in, &m.out);
    assert_counts(m.out.load[0], 0);
    for (int l = 0; l < CF_LANES; l++) {
        assert_true(m.out.stayed[0][l] == 1 && m.out.stayed[1][l] == 1);
        assert_false(m.failed[l]);
    }
    drop(&m);
}

/* ---- random markets ---- */

static double pick(struct place_random *r, double low, double high)
{
    return low + (high - low) * place_uniform(r);
}

/* One lane of a random market, among them what is hardest: no demand, places of 1e-12 and 1e9,
 * pulls eight orders of magnitude apart, hardly anybody who stays away, all full, all ample. */
static void fill_lane(struct market *m, struct place_random *r, int l)
{
    const int A = m->journeys.A, n = m->journeys.n;
    double asked = 0, there = 0;
    for (int a = 0; a < A; a++) {
        m->demand[a][l] =
            place_uniform(r) < 0.15 ? 0 : pick(r, 0, 100) * (place_uniform(r) < 0.1 ? 1e3 : 1);
        asked += m->demand[a][l];
    }
    for (int j = 0; j < n; j++) {
        const double p = place_uniform(r), c = place_uniform(r);
        m->pull[j][l] = p < 0.1 ? 0 : p < 0.2 ? 1e-6 : p < 0.3 ? 1e6 : pick(r, 0, 100);
        m->capacity[j][l] = c < 0.1 ? 0 : c < 0.15 ? 1e-12 : c < 0.2 ? 1e9 : pick(r, 0, 100);
        there += m->capacity[j][l];
    }
    if (place_uniform(r) < 0.6 && there > 0) { /* about as many places as learners */
        const double scale = pick(r, 0.9, 1.3) * asked / there;
        for (int j = 0; j < n; j++)
            m->capacity[j][l] *= scale;
    }
    for (int a = 0; a < A; a++) {
        double weight = 0;
        for (int k = m->first[a]; k < m->first[a + 1]; k++)
            weight += m->ease[k] * m->pull[m->offer[k]][l];
        const double o = place_uniform(r) < 0.7   ? 0.002
                         : place_uniform(r) < 0.5 ? 1e-9
                                                  : pick(r, 0.01, 0.5);
        m->stay_away[a][l] = o / (1 - o) * (weight > 0 ? weight : place_uniform(r) < 0.5) *
                             (place_uniform(r) < 0.1 ? 1e-3 : 1);
    }
}

static void init_random(struct market *m, struct place_random *r)
{
    const int A = place_whole(r, 1, 12), n = place_whole(r, 0, 10);
    init(m, A, n);
    int k = 0;
    for (int a = 0; a < A; a++) {
        m->first[a] = k;
        for (int j = 0; j < n; j++)
            if (place_uniform(r) < 0.6) {
                m->offer[k] = j;
                m->ease[k++] =
                    place_uniform(r) < 0.1 ? 0 : exp(-10 * pick(r, 0, 1) * pick(r, 0, 1));
            }
    }
    m->first[A] = k;
    m->in.direct = place_whole(r, 0, 1);
    for (int l = 0; l < CF_LANES; l++)
        fill_lane(m, r, l);
}

/* What has to hold of an answer, looked at afresh: rows conserve; no site over its places; B in
 * (0, 1], and 1 where a site is not full, so that B, sites and areas are the one solution. */
static void check_lane(const struct market *m, int l)
{
    const int A = m->journeys.A, n = m->journeys.n;
    double load[16] = {0};
    assert_false(m->failed[l]);
    for (int a = 0; a < A; a++) {
        double D = m->stay_away[a][l], T = 0;
        for (int fill = 0; fill < 2; fill++)
            for (int k = m->first[a]; k < m->first[a + 1]; k++) {
                const int j = m->offer[k];
                const double z = m->capacity[j][l] > 0 ? m->pull[j][l] / m->out.crowding[j][l] : 0;
                if (!fill)
                    D += m->ease[k] * z;
                else if (D > 0) {
                    T += m->demand[a][l] * m->ease[k] * z / D;
                    load[j] += m->demand[a][l] * m->ease[k] * z / D;
                }
            }
        const double U = m->demand[a][l] * m->out.stayed[a][l];
        assert_true(m->out.stayed[a][l] >= 0 && m->out.stayed[a][l] <= 1);
        assert_true(fabs(T + U - m->demand[a][l]) <= 1e-12 * fmax(1, m->demand[a][l]));
    }
    for (int j = 0; j < n; j++) {
        const double C = m->capacity[j][l], v = m->out.crowding[j][l];
        assert_true(v >= 1 && isfinite(v));
        assert_true(fabs(load[j] - m->out.load[j][l]) <= 1e-9 * fmax(load[j], 1e-30));
        assert_true(load[j] <= C * (1 + 1.1e-9));
        if (v > 1)
            assert_true(load[j] >= C * (1 - 1.1e-9));
    }
}

#define MARKETS 4000

static void random_markets_clear(void **state)
{
    struct place_random random = {31};
    (void)state;
    for (int i = 0; i < MARKETS; i++) {
        struct market m;
        init_random(&m, &random);
        kernels()->place(&m.in, &m.out);
        for (int l = 0; l < CF_LANES; l++)
            check_lane(&m, l);
        drop(&m);
    }
}

/*
 * One area whose learners nearly fill all there is (99.8% of the places, next to nobody stays
 * away): the sites that are full at one step send learners to the one that is not, and were then
 * all taken to be full at the next, which led back to the start, for ever.
 */
static void nearly_full_markets_clear(void **state)
{
    static const struct {
        double demand;
        double capacity[4], pull[4], ease[4];
    } markets[] = {
        {454.1, {270, 91, 94}, {675, 182, 94}, {0.6, 1, 0.8}},
        {421.9, {282, 93, 49}, {705, 93, 122.5}, {0.5, 0.4, 0.4}},
        {649.0, {454, 58, 100, 37}, {908, 116, 100, 92.5}, {0.7, 0.9, 0.8, 0.4}},
        {562.0, {439, 25, 56, 42}, {1097.5, 62.5, 112, 105}, {1, 0.5, 1, 0.5}},
        {725.5, {499, 48, 88, 92}, {499, 96, 132, 184}, {0.9, 0.5, 0.6, 0.8}},
    };
    (void)state;
    for (size_t k = 0; k < 2 * sizeof markets / sizeof *markets; k++) {
        const int direct = k % 2 == 0, n = markets[k / 2].capacity[3] > 0 ? 4 : 3;
        struct market m;
        init(&m, 1, n);
        reach_all(&m, markets[k / 2].ease);
        m.in.direct = direct;
        m.demand[0] = lanes_of(markets[k / 2].demand);
        m.stay_away[0] = lanes_of(0.5);
        for (int j = 0; j < n; j++) {
            m.capacity[j] = lanes_of(markets[k / 2].capacity[j]);
            m.pull[j] = lanes_of(markets[k / 2].pull[j]);
        }
        kernels()->place(&m.in, &m.out);
        check_lane(&m, 0);
        drop(&m);
    }
}

/* A lane's answer does not depend on its neighbours: alone in all lanes, the same bits. */
static void neighbours_do_not_matter(void **state)
{
    struct place_random random = {32};
    (void)state;
    for (int i = 0; i < MARKETS / 4; i++) {
        struct market m;
        init_random(&m, &random);
        const int l = place_whole(&random, 0, CF_LANES - 1), n = m.journeys.n, A = m.journeys.A;
        double crowding[16], load[16], stayed[16];
        kernels()->place(&m.in, &m.out);
        const double rounds = m.rounds[l];
        for (int j = 0; j < n; j++) {
            crowding[j] = m.out.crowding[j][l];
            load[j] = m.out.load[j][l];
            m.pull[j] = lanes_of(m.pull[j][l]);
            m.capacity[j] = lanes_of(m.capacity[j][l]);
        }
        for (int a = 0; a < A; a++) {
            stayed[a] = m.out.stayed[a][l];
            m.demand[a] = lanes_of(m.demand[a][l]);
            m.stay_away[a] = lanes_of(m.stay_away[a][l]);
        }
        kernels()->place(&m.in, &m.out);
        for (int k = 0; k < CF_LANES; k++) {
            assert_true(m.rounds[k] == rounds);
            for (int j = 0; j < n; j++)
                assert_true(m.out.crowding[j][k] == crowding[j] && m.out.load[j][k] == load[j]);
            for (int a = 0; a < A; a++)
                assert_true(m.out.stayed[a][k] == stayed[a]);
        }
        drop(&m);
    }
}

/* The same bits from every build of the kernels; by elimination and by conjugate gradients the
 * same answer to the tolerance. */
static void builds_and_methods_agree(void **state)
{
    static const char *const builds[] = {"generic", "v3", "v4"};
    struct place_random random = {33};
    (void)state;
    for (int i = 0; i < MARKETS / 4; i++) {
        struct market m;
        lanes load[16], crowding[16];
        init_random(&m, &random);
        const size_t bytes = (size_t)m.journeys.n * sizeof(lanes);
        kernels()->place(&m.in, &m.out);
        memcpy(load, m.out.load, bytes);
        memcpy(crowding, m.out.crowding, bytes);
        for (int b = 0; b < 3; b++) {
            const struct cf_kernels *k = cf_select_kernels(builds[b]);
            if (!k)
                continue;
            k->place(&m.in, &m.out);
            assert_memory_equal(m.out.load, load, bytes);
            assert_memory_equal(m.out.crowding, crowding, bytes);
        }
        m.in.direct = !m.in.direct;
        kernels()->place(&m.in, &m.out);
        for (int j = 0; j < m.journeys.n; j++)
            for (int l = 0; l < CF_LANES; l++)
                assert_true(fabs(m.out.load[j][l] - load[j][l]) <= 1e-6 * fmax(load[j][l], 1e-12));
        drop(&m);
    }
}

/* Ease eight runs wide and the same in all: the same bits. */
static void wide_ease_is_the_same(void **state)
{
    struct place_random random = {35};
    (void)state;
    for (int i = 0; i < MARKETS / 4; i++) {
        struct market m;
        lanes load[16];
        init_random(&m, &random);
        const int pairs = m.first[m.journeys.A];
        lanes *wide = room((size_t)pairs);
        for (int k = 0; k < pairs; k++)
            wide[k] = lanes_of(m.ease[k]);
        kernels()->place(&m.in, &m.out);
        memcpy(load, m.out.load, (size_t)m.journeys.n * sizeof *load);
        m.journeys.wide = wide;
        kernels()->place(&m.in, &m.out);
        assert_memory_equal(load, m.out.load, (size_t)m.journeys.n * sizeof *load);
        free(wide);
        drop(&m);
    }
}

/* Adding places to a site never raises the unplaced of all areas together. */
static void more_places_help(void **state)
{
    struct place_random random = {34};
    (void)state;
    for (int i = 0; i < MARKETS / 4; i++) {
        struct market m;
        lanes before = lanes_of(0), after = lanes_of(0);
        init_random(&m, &random);
        if (m.journeys.n > 0) {
            const int j = place_whole(&random, 0, m.journeys.n - 1);
            kernels()->place(&m.in, &m.out);
            for (int a = 0; a < m.journeys.A; a++)
                before += m.demand[a] * m.out.stayed[a];
            m.capacity[j] = m.capacity[j] * 1.25 + 3.0;
            kernels()->place(&m.in, &m.out);
            for (int a = 0; a < m.journeys.A; a++)
                after += m.demand[a] * m.out.stayed[a];
            for (int l = 0; l < CF_LANES; l++)
                assert_true(after[l] <= before[l] * (1 + 1e-7) + 1e-7);
        }
        drop(&m);
    }
}

/* Too few rounds are a failure that is told, lane by lane. */
static void too_few_rounds_are_told(void **state)
{
    struct market m;
    (void)state;
    init(&m, 1, 1);
    reach_all(&m, (const double[]){1});
    m.demand[0] = lanes_of(100);
    m.stay_away[0] = lanes_of(0.002);
    m.pull[0] = lanes_of(1);
    m.capacity[0] = lanes_of(200);
    m.capacity[0][3] = 50;
    m.in.max_rounds = 1;
    kernels()->place(&m.in, &m.out);
    for (int l = 0; l < CF_LANES; l++)
        assert_int_equal(m.failed[l] != 0, l == 3);
    drop(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_and_two_with_room),
        cmocka_unit_test(one_full_site_by_the_quadratic),
        cmocka_unit_test(nowhere),
        cmocka_unit_test(random_markets_clear),
        cmocka_unit_test(nearly_full_markets_clear),
        cmocka_unit_test(neighbours_do_not_matter),
        cmocka_unit_test(builds_and_methods_agree),
        cmocka_unit_test(more_places_help),
        cmocka_unit_test(wide_ease_is_the_same),
        cmocka_unit_test(too_few_rounds_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
