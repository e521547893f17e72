/*
 * What a journey weighs and who is within reach (MODEL.md 2.9), where travel changes on the way: a
 * lever on any part of it acts from its year on, by the program as by the plain model; the edge of
 * reach; deterrence so steep that nothing is left of a weight; whose residents coverage is of.
 */
#include "support/check.h"
#include "support/place.h"
#include "support/same.h"

#include "engine/select.h"
#include "model/lever_ops.h"
#include "model/view.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum { SCHOOL, ROUTE, FALLBACK };
enum { A = 2, J = 2, Y = 4, X = 6 };

/* Two areas with a site each, of two authorities that network; learners of one age who grow older
 * and stay. Sites are 10 minutes away at home, 30 across the border. */
static struct cf_model *two_towns(void)
{
    const struct place_size size = {
        .A = A, .G = 1, .X = X, .L = 1, .S = 3, .Y = Y, .I = 1, .J = J, .H = 2, .choice_x = 1};
    struct cf_model *m = place_new(&size);
    for (int a = 0; a < A; a++) {
        const char *home = m->axis[CF_AXIS_AUTHORITY].codes.name[a];
        place_mark(m, CF_AXIS_AREA, a, "authority", home);
        place_mark(m, CF_AXIS_SITE, a, "authority", home);
        *place_at(m, CF_FIELD_population, (int[]){a, 0, 1}) = 100.5 + 40 * a;
        *place_at(m, CF_FIELD_status_share, (int[]){a, 0, 1, 0, SCHOOL}) = 0;
        *place_at(m, CF_FIELD_status_share, (int[]){a, 0, 1, 0, ROUTE}) = 1;
        *place_at(m, CF_FIELD_places, (int[]){0, a}) = 130;
        for (int b = 0; b < A; b++) {
            *place_at(m, CF_FIELD_minutes, (int[]){a, b}) = a == b ? 10 : 30;
            *place_at(m, CF_FIELD_collaboration, (int[]){a, b}) = a == b ? 5 : 2;
        }
    }
    for (int k = 0; k < 5; k++)
        *place_at(m, CF_FIELD_border, (int[]){k}) = 1 - 0.2 * k;
    *place_at(m, CF_FIELD_beta, (int[]){ROUTE}) = 0.05;
    *place_at(m, CF_FIELD_reach, (int[]){ROUTE}) = 40;
    *place_at(m, CF_FIELD_outside, (int[]){ROUTE}) = 0.02;
    m->scenario.rounds = 1;
    m->scenario.lever = CF_TAKE(&m->arena, 4, struct cf_lever);
    place_provide(m);
    return m;
}

/* A lever on all of a field from a year index on; INT_MIN: always. */
static struct cf_lever *pull(struct cf_model *m, enum cf_field_id field, const char *op,
                             double value, int from)
{
    struct cf_lever *lever = &m->scenario.lever[m->scenario.n_levers++];
    *lever = (struct cf_lever){.name = "travel",
                               .field = field,
                               .op = cf_lever_op_find(op),
                               .value = value,
                               .from = from == INT_MIN ? from : m->extent.base_year + from,
                               .until = INT_MAX};
    for (int d = 0; d < cf_field_specs[field].n_dims; d++)
        lever->where[d] = cf_select_all(&m->arena, m->axis[cf_field_specs[field].dim[d].axis].n);
    return lever;
}

static struct place_result run(const struct cf_model *m)
{
    struct place_result r = place_run(m, cf_select_kernels(NULL));
    assert_int_equal(r.status, CF_RUN_OK);
    return r;
}

/* By the program what the plain model has, in every year. */
static void assert_as_plainly(const struct cf_model *m, const struct place_result *r)
{
    struct place_result plain = place_run_plain(m);
    assert_int_equal(plain.status, CF_RUN_OK);
    for (int k = 0; k < Y * A; k++) {
        assert_near("too_far", r->too_far[k], plain.too_far[k], 1e-9);
        assert_near("placed", r->placed[k], plain.placed[k], 1e-7);
        assert_near("coverage", r->coverage[k], plain.coverage[k], 0);
    }
    for (int k = 0; k < Y * m->provision.n_offers; k++)
        assert_near("arrivals", r->arrivals[k], plain.arrivals[k], 1e-9);
    place_result_free(&plain);
}

/* Each part of travel, changed from the third year on: nothing before, and then what it says. */
static void travel_changes_in_its_year(void **state)
{
    static const struct {
        enum cf_field_id field;
        const char *op;
        double value;
    } change[] = {
        {CF_FIELD_beta, "scale", 2},
        {CF_FIELD_reach, "set", 20},
        {CF_FIELD_reach, "set", 5},
        {CF_FIELD_border, "add", 1.5},
        {CF_FIELD_border, "scale", 0.5},
        {CF_FIELD_collaboration, "set", 0},
        {CF_FIELD_collaboration, "add", 1.5},
        {CF_FIELD_minutes, "add", 7},
        {CF_FIELD_minutes_per_km, "scale", 1.3},
    };
    (void)state;
    for (size_t k = 0; k < sizeof change / sizeof *change; k++) {
        struct cf_model *m = two_towns();
        memset(m->provision.by_distance, 1, (size_t)(A * J));
        struct place_result without = run(m);
        pull(m, change[k].field, change[k].op, change[k].value, 2);
        struct place_result with = run(m);
        const size_t before = 2 * J * sizeof *with.arrivals;
        assert_memory_equal(with.arrivals, without.arrivals, before);
        for (int y = 2; y < Y; y++)
            assert_memory_not_equal(with.arrivals + y * J, without.arrivals + y * J,
                                    J * sizeof *with.arrivals);
        assert_as_plainly(m, &with);
        place_result_free(&with);
        place_result_free(&without);
        place_free(m);
    }
}

/* Pairs beyond the reach of the table come in where a lever raises it. */
static void reach_grows_past_the_table(void **state)
{
    (void)state;
    for (int from = 0; from < 2; from++) {
        struct cf_model *m = two_towns();
        *place_at(m, CF_FIELD_reach, (int[]){ROUTE}) = 20;
        *place_at(m, CF_FIELD_places, (int[]){0, 1}) = 0;
        *place_at(m, CF_FIELD_places, (int[]){0, 0}) = 400;
        place_provide(m);
        pull(m, CF_FIELD_reach, "set", 30, from);
        struct place_result r = run(m);
        for (int y = 0; y < Y; y++) {
            assert_true(r.coverage[VIEW2(y, 1, A)] == (y >= from));
            assert_true(y < from || r.placed[VIEW2(y, 1, A)] > 1);
        }
        assert_as_plainly(m, &r);
        place_result_free(&r);
        place_free(m);
    }
}

/* A journey of exactly the reach is made, a longer one is not. */
static void reach_has_its_edge(void **state)
{
    (void)state;
    for (int beyond = 0; beyond < 2; beyond++) {
        struct cf_model *m = two_towns();
        *place_at(m, CF_FIELD_minutes, (int[]){0, 0}) = beyond ? nextafter(40, 50) : 40;
        *place_at(m, CF_FIELD_minutes, (int[]){0, 1}) = 41;
        struct place_result r = run(m);
        assert_true(r.coverage[0] == !beyond);
        assert_true(beyond ? r.placed[0] == 0 : r.placed[0] > 90);
        assert_as_plainly(m, &r);
        place_result_free(&r);
        place_free(m);
    }
}

/* However steep deterrence is, what is within reach is: 30 minutes at 10 a minute are e^-300, 400
 * of them would be nothing at all, and only the ratio of what an area reaches counts. */
static void steep_deterrence_leaves_who_is_within_reach(void **state)
{
    (void)state;
    for (int far = 0; far < 2; far++) {
        struct cf_model *m = two_towns();
        *place_at(m, CF_FIELD_beta, (int[]){ROUTE}) = 10;
        *place_at(m, CF_FIELD_reach, (int[]){ROUTE}) = 500;
        *place_at(m, CF_FIELD_places, (int[]){0, 1}) = 0;
        *place_at(m, CF_FIELD_places, (int[]){0, 0}) = 200;
        *place_at(m, CF_FIELD_minutes, (int[]){1, 0}) = far ? 400 : 30;
        place_provide(m);
        struct place_result r = run(m);
        assert_near("enrolled", r.enrolled[0], 200, 1e-6);
        for (int y = 0; y < Y; y++) {
            assert_true(r.coverage[VIEW2(y, 1, A)] == 1);
            assert_true(r.placed[VIEW2(y, 1, A)] > 50);
        }
        place_result_free(&r);
        place_free(m);
    }
}

/* What a lever sets minutes to is what they are, wherever a lever on minutes_per_km stands in the
 * list: the same bits as where the tables say so. */
static void set_minutes_stay_set(void **state)
{
    (void)state;
    for (int first = 0; first < 2; first++) {
        struct cf_model *m = two_towns(), *table = two_towns();
        memset(m->provision.by_distance, 1, (size_t)(A * J));
        for (int k = 0; k < 2; k++)
            if (k == first) {
                struct cf_lever *lever = pull(m, CF_FIELD_minutes, "set", 12.5, INT_MIN);
                lever->where[0].member[1] = lever->where[1].member[0] = 0;
            } else
                pull(m, CF_FIELD_minutes_per_km, "scale", 1.25, INT_MIN);
        for (int a = 0; a < A; a++)
            for (int j = 0; j < J; j++)
                *place_at(table, CF_FIELD_minutes, (int[]){a, j}) =
                    a == 0 && j == 1 ? 12.5 : (a == j ? 10 : 30) * 1.25;
        struct place_result by_lever = run(m), by_table = run(table);
        assert_memory_equal(by_lever.arrivals, by_table.arrivals, (size_t)(Y * J) * sizeof(double));
        assert_as_plainly(m, &by_lever);
        place_result_free(&by_lever);
        place_result_free(&by_table);
        place_free(m);
        place_free(table);
    }
}

/* Coverage is of residents of coverage_ages: not a number in years in which there are none. */
static void coverage_is_of_its_ages(void **state)
{
    struct cf_model *m = two_towns();
    (void)state;
    for (int x = 0; x < X; x++)
        m->provision.coverage_ages.member[x] = x == 2 || x == 3;
    struct place_result r = run(m);
    for (int y = 0; y < Y; y++)
        for (int a = 0; a < A; a++) {
            const double share = r.coverage[VIEW2(y, a, A)];
            assert_true(y == 1 || y == 2 ? share == 1 : isnan(share));
        }
    place_result_free(&r);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(travel_changes_in_its_year),
        cmocka_unit_test(reach_grows_past_the_table),
        cmocka_unit_test(reach_has_its_edge),
        cmocka_unit_test(steep_deterrence_leaves_who_is_within_reach),
        cmocka_unit_test(set_minutes_stay_set),
        cmocka_unit_test(coverage_is_of_its_ages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
