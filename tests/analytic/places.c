/*
 * Places and travel with the answer on paper: MODEL.md 4, cases 5 and 6, and what 30 minutes more
 * cost. One route, one line; areas and sites each have an authority of their own, so that `flow`
 * is T[a][j]; borders are open and free unless said.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/select.h"
#include "model/lever_ops.h"
#include "model/view.h"

#include <limits.h>
#include <math.h>

static void assert_close(double value, double expected, double tolerance)
{
    if (!(fabs(value - expected) <= tolerance * fabs(expected)))
        fail_msg("%.17g instead of %.17g", value, expected);
}

/* Statuses school, the route, the fallback; ages 13, 14, 15, of which 13 is below choice_age. At 14
 * all are in the route, and at 15 they still are: everybody stays who has a place. */
enum { SCHOOL, ROUTE, FALLBACK };
#define HALF_IN_20 0.034657359027997264 /* beta = log(2) / 20: 20 minutes more are half as good */

static struct cf_model *market(int A, int J, int Q, const double *learners)
{
    const int H = A > J ? A : J;
    const struct place_size size = {.A = A,
                                    .G = 1,
                                    .X = 3,
                                    .L = 1,
                                    .S = 3,
                                    .Y = 2,
                                    .I = 1,
                                    .J = J,
                                    .Q = Q,
                                    .H = H,
                                    .choice_x = 1};
    struct cf_model *m = place_new(&size);
    for (int a = 0; a < A; a++) {
        place_mark(m, CF_AXIS_AREA, a, "authority", m->axis[CF_AXIS_AUTHORITY].codes.name[a]);
        *place_at(m, CF_FIELD_population, (int[]){a, 0, 1}) = learners[a];
        *place_at(m, CF_FIELD_status_share, (int[]){a, 0, 1, 0, SCHOOL}) = 0;
        *place_at(m, CF_FIELD_status_share, (int[]){a, 0, 1, 0, ROUTE}) = 1;
    }
    for (int j = 0; j < J; j++)
        place_mark(m, CF_AXIS_SITE, j, "authority", m->axis[CF_AXIS_AUTHORITY].codes.name[j]);
    for (int h = 0; h < H; h++)
        for (int k = 0; k < H; k++)
            *place_at(m, CF_FIELD_collaboration, (int[]){h, k}) = 5;
    *place_at(m, CF_FIELD_beta, (int[]){ROUTE}) = HALF_IN_20;
    *place_at(m, CF_FIELD_reach, (int[]){ROUTE}) = 100;
    m->scenario.rounds = 1;
    return m;
}

static void set_site(struct cf_model *m, int j, double places, const double *minutes)
{
    *place_at(m, CF_FIELD_places, (int[]){0, j}) = places;
    for (int a = 0; a < m->extent.A; a++)
        *place_at(m, CF_FIELD_minutes, (int[]){a, j}) = minutes[a];
}

/* By the program and by the plain model: both have to be what is on paper. */
static struct place_result run(struct cf_model *m, int plainly)
{
    place_provide(m);
    struct place_result r = plainly ? place_run_plain(m) : place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_OK);
    return r;
}

static double flow(const struct cf_model *m, const struct place_result *r, int y, int a, int j)
{
    return r->flow[VIEW4(y, a, m->provision.H, j, m->provision.H, ROUTE, m->extent.S)];
}

/*
 * Case 5, symmetric. Two areas of 120.3 learners, each with a site of 150.5 places 10 minutes away,
 * the other's 30. beta 20 = log 2, so the far site weighs half the near one; o = 0.02 stay away:
 *
 *   T near = 120.3 x 0.98 x 2/3 = 78.596,  T far = 39.298,  U = 2.406,
 *   enrolled 117.894 of 150.5 at each: spare 32.606
 */
static void two_areas_two_sites(void **state)
{
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++) {
        struct cf_model *m = market(2, 2, 0, (double[]){120.3, 120.3});
        set_site(m, 0, 150.5, (double[]){10, 30});
        set_site(m, 1, 150.5, (double[]){30, 10});
        *place_at(m, CF_FIELD_outside, (int[]){ROUTE}) = 0.02;
        struct place_result r = run(m, plainly);
        for (int a = 0; a < 2; a++) {
            assert_close(flow(m, &r, 0, a, a), 78.596, 1e-12);
            assert_close(flow(m, &r, 0, a, 1 - a), 39.298, 1e-12);
            assert_close(r.demand[a], 120.3, 1e-15);
            assert_close(r.unplaced[a], 2.406, 1e-12);
            assert_close(r.too_far[a], 2.406, 1e-12);
            assert_true(fabs(r.crowded_out[a]) <= 1e-12);
            assert_close(r.arrivals[a], 117.894, 1e-12);
            assert_close(r.enrolled[a], 117.894, 1e-12);
            assert_close(r.spare[a], 32.606, 1e-12);
            assert_true(r.shortfall[a] == 0 && r.scarcity[a] == 0);
        }
        place_result_free(&r);
        place_free(m);
    }
}

/*
 * Case 5, one site full. alpha = 0: size does not count, the near site (0 minutes) weighs 1, the
 * far one (20) 1/2, S0 = 1.5; o = 1/16 makes w0 = 1.5 / 15 = 0.1. O = 160 and 80; site 0 has 90
 * places, site 1 plenty. At B = 1 site 0 would get 160 / 1.6 + 80 x 0.5 / 1.6 = 125. With B:
 *
 *   160 B / (0.6 + B) + 80 x 0.5 B / (1.1 + 0.5 B) = 90
 *   240 B^2 + 400 B = 90 (B^2 + 2.8 B + 1.32)
 *   150 B^2 + 148 B - 118.8 = 0,  B = (sqrt(93184) - 148) / 300 = 0.52420181484474
 *
 *   T = [ 74.60607985830543  71.1616001180788 ]   U = 14.23232002361576
 *       [ 15.39392014169457  58.7327998711868 ]       5.87327998711868
 *   too far: 160 / 16 = 10 and 80 / 16 = 5; scarcity -log(B) / beta = 18.6361149288473 minutes
 */
static void one_site_full(void **state)
{
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++) {
        struct cf_model *m = market(2, 2, 0, (double[]){160, 80});
        set_site(m, 0, 90, (double[]){0, 20});
        set_site(m, 1, 1000, (double[]){20, 0});
        *place_at(m, CF_FIELD_alpha, NULL) = 0;
        *place_at(m, CF_FIELD_outside, (int[]){ROUTE}) = 0.0625;
        struct place_result r = run(m, plainly);
        assert_close(flow(m, &r, 0, 0, 0), 74.60607985830543, 1e-9);
        assert_close(flow(m, &r, 0, 0, 1), 71.1616001180788, 1e-9);
        assert_close(flow(m, &r, 0, 1, 0), 15.39392014169457, 1e-9);
        assert_close(flow(m, &r, 0, 1, 1), 58.7327998711868, 1e-9);
        assert_close(r.unplaced[0], 14.23232002361576, 1e-9);
        assert_close(r.unplaced[1], 5.87327998711868, 1e-9);
        assert_close(r.too_far[0], 10, 1e-12);
        assert_close(r.too_far[1], 5, 1e-12);
        assert_close(r.crowded_out[0], 4.23232002361576, 1e-8);
        assert_close(r.arrivals[0], 125, 1e-12);
        assert_close(r.shortfall[0], 35, 1e-12);
        assert_close(r.enrolled[0], 90, 1e-9);
        assert_close(r.scarcity[0], 18.6361149288473, 1e-8);
        assert_true(r.scarcity[1] == 0 && r.shortfall[1] == 0);
        place_result_free(&r);
        place_free(m);
    }
}

/* From 2010 on the border stands at a level of collaboration; until then it is closed. */
static void open_border(struct cf_model *m, int level)
{
    static const double share[5] = {0.2, 0.4, 0.6, 0.8, 1};
    struct cf_lever *lever = CF_TAKE(&m->arena, 1, struct cf_lever);
    for (int k = 0; k < 5; k++)
        *place_at(m, CF_FIELD_border, (int[]){k}) = -log(share[k]);
    for (int h = 0; h < 2; h++)
        for (int k = 0; k < 2; k++)
            *place_at(m, CF_FIELD_collaboration, (int[]){h, k}) = 0;
    *lever = (struct cf_lever){.name = "the border",
                               .field = CF_FIELD_collaboration,
                               .op = cf_lever_op_find("set"),
                               .value = level,
                               .where = {cf_select_all(&m->arena, 2), cf_select_all(&m->arena, 2)},
                               .from = 2010,
                               .until = INT_MAX};
    m->scenario.n_levers = 1;
    m->scenario.lever = lever;
}

/*
 * Case 5, opening a border displaces. Two areas of 100, each in front of its own site (weight 1:
 * alpha = 0, no minutes); from area 1 site 0 is as near, but over a border, from area 0 site 1 is
 * out of reach. Site 0 has 91 places, site 1 plenty. o = 1/11: w0 = 0.1, pivoted in 2009, when the
 * border is closed and everybody fits: 100 / 1.1 = 90.909.. go to their own site, 9.0909.. stay
 * away in each area. In 2010 it is opened to level k, at which crossing weighs v = k / 5:
 *
 *   100 B / (0.1 + B) + 100 v B / (1.1 + v B) = 91
 *   109 v B^2 + (9.9 + 0.9 v) B - 10.01 = 0          (v = 0: B would be 1.0111, so it is 1)
 *   U[0] = 10 / (0.1 + B),  U[1] = 10 / (1.1 + v B)
 *
 *   level   v     B         U[0]      U[1]     together
 *     0    0.0   1           9.0909   9.0909   18.1818
 *     1    0.2   0.484785   17.1003   8.3545   25.4548
 *     2    0.4   0.375727   21.0205   7.9981   29.0186
 *     3    0.6   0.319469   23.8397   7.7418   31.5815
 *     4    0.8   0.283346   26.0861   7.5376   33.6237
 *     5    1.0   0.257524   27.9701   7.3664   35.3365
 *
 * Area 1 gains a little at every step, area 0 loses a lot, and more are without a place: those who
 * could stay take places from those who cannot go elsewhere.
 */
static void opening_a_border_displaces(void **state)
{
    static const double away[6][2] = {
        {9.09090909090909, 9.09090909090909},    {17.100294717650975, 8.35451866203173},
        {21.020464310951507, 7.998139608095317}, {23.839674037465116, 7.741847814775897},
        {26.0860748903361, 7.537629555423991},   {27.97013594235912, 7.366351277967352}};
    static const double crossing[6] = {0,
                                       8.100294717650973,
                                       12.02046431095151,
                                       14.839674037465121,
                                       17.086074890336093,
                                       18.97013594235912};
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++)
        for (int level = 0; level < 6; level++) {
            struct cf_model *m = market(2, 2, 0, (double[]){100, 100});
            set_site(m, 0, 91, (double[]){0, 0});
            set_site(m, 1, 1000, (double[]){101, 0});
            *place_at(m, CF_FIELD_alpha, NULL) = 0;
            *place_at(m, CF_FIELD_outside, (int[]){ROUTE}) = 1.0 / 11;
            open_border(m, level);
            struct place_result r = run(m, plainly);
            for (int a = 0; a < 2; a++) {
                assert_close(r.unplaced[a], 9.09090909090909, 1e-12);
                assert_close(r.demand[2 + a], 100, 1e-12);
                assert_close(r.unplaced[2 + a], away[level][a], 1e-8);
            }
            assert_true(fabs(flow(m, &r, 1, 1, 0) - crossing[level]) <= 1e-7);
            assert_true(flow(m, &r, 1, 0, 1) == 0);
            if (!plainly)
                print_message("level %d: without a place %.4f and %.4f, together %.4f; the first "
                              "area loses %.4f, the second gains %.4f\n",
                              level, r.unplaced[2], r.unplaced[3], r.unplaced[2] + r.unplaced[3],
                              r.unplaced[2] - r.unplaced[0], r.unplaced[1] - r.unplaced[3]);
            place_result_free(&r);
            place_free(m);
        }
}

/*
 * Case 6, all ample: the origin-constrained logit with an outside option. 286.4 learners, three
 * sites of 200.3, 350.7 and 120.9 places at 12, 25 and 8 minutes, beta 0.08, good_pull 0.27, good
 * shares 1, 0 and 0.4; o = 0.002:
 *
 *   w = 200.3 e^(0.27 - 0.96)    = 100.46568663393093
 *       350.7 e^(-2)             =  47.46208383108007
 *       120.9 e^(0.108 - 0.64)   =  71.02015838229089     S0 = 218.9479288473019
 *   T = 286.4 x 0.998 w / S0     = 131.15367684834698, 61.959729872868635, 92.71379327878435
 *   U = 286.4 x 0.002            =   0.5728, all of it too far
 *
 * A year later every journey takes 30 minutes more: e^-2.4 = 0.09071795328941251 is left of the
 * weights, and of w0 / (w0 + w) = 0.002004.. / (0.002004.. + 0.0907..) = 0.02161308915188348 stay
 * away: 6.189988733099429 of 286.4, the two per cent that MODEL.md speaks of.
 */
static struct cf_model *ample(void)
{
    static const double good[3] = {1, 0, 0.4};
    struct cf_model *m = market(1, 3, 2, (double[]){286.4});
    set_site(m, 0, 200.3, (double[]){12});
    set_site(m, 1, 350.7, (double[]){25});
    set_site(m, 2, 120.9, (double[]){8});
    for (int j = 0; j < 3; j++) {
        *place_at(m, CF_FIELD_grade_share, (int[]){j, 0}) = good[j];
        *place_at(m, CF_FIELD_grade_share, (int[]){j, 1}) = 1 - good[j];
    }
    *place_at(m, CF_FIELD_beta, (int[]){ROUTE}) = 0.08;
    *place_at(m, CF_FIELD_good_pull, NULL) = 0.27;
    return m;
}

static void ample_places_are_a_logit(void **state)
{
    static const double there[3] = {131.15367684834698, 61.959729872868635, 92.71379327878435};
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++) {
        struct cf_model *m = ample();
        struct cf_lever lever = {
            .name = "slow roads",
            .field = CF_FIELD_minutes,
            .op = cf_lever_op_find("add"),
            .value = 30,
            .where = {cf_select_all(&m->arena, 1), cf_select_all(&m->arena, 3)},
            .from = 2010,
            .until = INT_MAX};
        m->scenario.n_levers = 1;
        m->scenario.lever = &lever;
        struct place_result r = run(m, plainly);
        for (int j = 0; j < 3; j++) {
            assert_close(r.enrolled[j], there[j], 1e-12);
            assert_close(r.arrivals[j], there[j], 1e-12);
        }
        assert_close(r.unplaced[0], 0.5728, 1e-12);
        assert_close(r.too_far[0], 0.5728, 1e-12);
        assert_close(r.unplaced[1], 6.189988733099429, 1e-12);
        place_result_free(&r);
        place_free(m);
    }
}

/* Case 6, exactly `outside` in every area, whatever they have within reach, as long as it is
 * something: 0.002 of 412.7 is 0.8254, of 95.1 is 0.1902, of 33.9 is 0.0678. */
static void base_year_leaves_exactly_outside(void **state)
{
    static const double learners[3] = {412.7, 95.1, 33.9}, away[3] = {0.8254, 0.1902, 0.0678};
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++) {
        struct cf_model *m = market(3, 2, 0, learners);
        set_site(m, 0, 8003.7, (double[]){3.5, 61.2, 99.1});
        set_site(m, 1, 2991.3, (double[]){101, 12.8, 100});
        struct place_result r = run(m, plainly);
        for (int a = 0; a < 3; a++)
            assert_close(r.unplaced[a], away[a], 1e-12);
        place_result_free(&r);
        place_free(m);
    }
}

/* Case 6, no site, and a site that is out of reach: everybody is without a place, too far from any,
 * and from the year after the base year in the fallback status. */
static void no_site_leaves_everybody(void **state)
{
    (void)state;
    for (int sites = 0; sites < 2; sites++)
        for (int plainly = 0; plainly < 2; plainly++) {
            struct cf_model *m = market(2, sites, 0, (double[]){77.3, 12.9});
            if (sites)
                set_site(m, 0, 500, (double[]){100.5, 100.5});
            struct place_result r = run(m, plainly);
            for (int y = 0; y < 2; y++) {
                assert_close(r.unplaced[2 * y], 77.3, 1e-15);
                assert_close(r.unplaced[2 * y + 1], 12.9, 1e-15);
                assert_close(r.too_far[2 * y], 77.3, 1e-15);
                assert_true(r.placed[2 * y] == 0 && r.placed[2 * y + 1] == 0);
            }
            assert_close(r.stock[VIEW4(0, 0, 2, 1, 3, ROUTE, 3)], 77.3, 1e-15);
            assert_true(r.stock[VIEW4(1, 0, 2, 2, 3, ROUTE, 3)] == 0);
            assert_close(r.stock[VIEW4(1, 0, 2, 2, 3, FALLBACK, 3)], 77.3, 1e-15);
            place_result_free(&r);
            place_free(m);
        }
}

/*
 * Second choices where there is next to nothing to choose. 100 learners in one route, 200 in
 * another, nobody in a status without places; alpha = 0, o = 1/11. The first route's site has 1000
 * places; the second's has 50, and its other one 400 so far away (74 minutes at beta 0.5) that it
 * weighs e^-37 = 8.5e-17. In 2010, of first choices,
 *
 *   first route   100 / 11 = 9.0909.. stay away, 90.9090.. are placed
 *   second route  200 B / (0.1 + B) = 50: B = 1/30, 50 are placed, 150 are not
 *
 * Each has but the other route to turn to, by however little that is open: 150 look for the first,
 * of whom 150 / 1.1 = 136.3636.. are placed and 13.6363.. are not; 9.0909.. for the far site, which
 * 7.7e-15 of them reach. So 227.2727.., 50 and, in the fallback, 22.7272.. of the 300.
 */
static struct cf_model *next_to_nothing(void)
{
    const struct place_size size = {
        .A = 1, .G = 1, .X = 3, .L = 1, .S = 4, .Y = 2, .I = 2, .J = 3, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    place_mark(m, CF_AXIS_LINE, 1, "route", "s2");
    *place_at(m, CF_FIELD_population, (int[]){0, 0, 1}) = 300;
    *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, 0}) = 0;
    *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, 1}) = 1.0 / 3;
    *place_at(m, CF_FIELD_status_share, (int[]){0, 0, 1, 0, 2}) = 2.0 / 3;
    *place_at(m, CF_FIELD_places, (int[]){0, 0}) = 1000;
    *place_at(m, CF_FIELD_places, (int[]){1, 1}) = 50;
    *place_at(m, CF_FIELD_places, (int[]){1, 2}) = 400;
    for (int j = 0; j < 3; j++)
        *place_at(m, CF_FIELD_minutes, (int[]){0, j}) = j < 2 ? 0 : 74;
    for (int s = 1; s < 3; s++) {
        *place_at(m, CF_FIELD_beta, (int[]){s}) = 0.5;
        *place_at(m, CF_FIELD_reach, (int[]){s}) = 100;
        *place_at(m, CF_FIELD_outside, (int[]){s}) = 1.0 / 11;
    }
    *place_at(m, CF_FIELD_alpha, NULL) = 0;
    return m;
}

static void second_choices_make_nobody(void **state)
{
    (void)state;
    for (int plainly = 0; plainly < 2; plainly++) {
        struct cf_model *m = next_to_nothing();
        struct place_result r = run(m, plainly);
        const double *stock = &r.stock[VIEW4(1, 0, 1, 2, 3, 0, 4)];
        assert_close(r.unplaced[2], 100.0 / 11, 1e-9);
        assert_close(r.unplaced[3], 150, 1e-9);
        assert_close(r.placed[2], 2500.0 / 11, 1e-9);
        assert_close(r.placed[3], 50, 1e-9);
        assert_close(stock[1], 2500.0 / 11, 1e-9);
        assert_close(stock[2], 50, 1e-9);
        assert_close(stock[3], 250.0 / 11, 1e-9);
        assert_true(stock[0] == 0);
        place_result_free(&r);
        place_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_areas_two_sites),
        cmocka_unit_test(one_site_full),
        cmocka_unit_test(opening_a_border_displaces),
        cmocka_unit_test(ample_places_are_a_logit),
        cmocka_unit_test(base_year_leaves_exactly_outside),
        cmocka_unit_test(no_site_leaves_everybody),
        cmocka_unit_test(second_choices_make_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
