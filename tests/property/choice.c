/*
 * What always holds of choice, duty and back-cast (MODEL.md 2.6, 2.7), on random places.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/select.h"

#include <math.h>
#include <string.h>

#define PLACES 1000

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

static struct place_size choosing_size(struct place_random *random)
{
    struct place_size size = place_random_size(random);
    size.choice_x = place_whole(random, 1, size.X - 1);
    return size;
}

static size_t stock_size(const struct place_size *s)
{
    return (size_t)s->Y * (size_t)s->A * (size_t)s->X * (size_t)s->S;
}

static void zero(struct cf_model *m, enum cf_field_id id, double value)
{
    struct cf_field *f = &m->field[id];
    for (size_t i = 0; i < (size_t)f->n_years * f->size; i++)
        f->value[i] = value;
}

static void assert_same_stock(struct cf_model *a, struct cf_model *b, const struct place_size *size)
{
    struct place_result one = place_run(a, best()), other = place_run(b, best());
    assert_int_equal(one.status, other.status);
    assert_memory_equal(one.stock, other.stock, stock_size(size) * sizeof(double));
    place_result_free(&one);
    place_result_free(&other);
}

/* A driver of demand that is off has no effect at all, whatever its table holds. */
static void a_driver_that_is_off_does_nothing(void **state)
{
    struct place_random random = {11};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        const struct place_size size = choosing_size(&random);
        struct place_random again = random;
        struct cf_model *m = place_new_random(&size, &random);
        struct cf_model *bare = place_new_random(&size, &again);
        zero(m, CF_FIELD_theta, 0); /* views are there, and ignored */
        zero(bare, CF_FIELD_theta, 0);
        zero(bare, CF_FIELD_views, NAN);
        zero(m, CF_FIELD_elasticity, 0); /* the economy moves, and nobody minds */
        zero(bare, CF_FIELD_driver, 1);
        zero(m, CF_FIELD_compliance, 0); /* the duty stands, and moves nobody */
        zero(bare, CF_FIELD_duty, 0);
        zero(bare, CF_FIELD_compliance, 0);
        assert_same_stock(m, bare, &size);
        place_free(m);
        place_free(bare);
    }
}

/* With every effect off the stocks are those of the bare chain. */
static void without_effects_progression_alone(void **state)
{
    static const enum cf_field_id off[] = {CF_FIELD_area_effect, CF_FIELD_trend,
                                           CF_FIELD_push,        CF_FIELD_theta,
                                           CF_FIELD_elasticity,  CF_FIELD_duty};
    struct place_random random = {12};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        const struct place_size size = choosing_size(&random);
        struct cf_model *m = place_new_random(&size, &random);
        for (size_t k = 0; k < sizeof off / sizeof *off; k++)
            zero(m, off[k], 0);
        struct place_result here = place_run(m, best());
        /* The plain model with P = progression: its effects are exp(0) and 1^0. */
        struct place_result plain = place_run_plain(m);
        for (size_t k = 0; here.status == CF_RUN_OK && k < stock_size(&size); k++)
            assert_true(fabs(here.stock[k] - plain.stock[k]) <= 1e-11 * fmax(1, plain.stock[k]));
        place_result_free(&here);
        place_result_free(&plain);
        place_free(m);
    }
}

/* Views count at views_ages only: with all of them elsewhere nothing changes. */
static void views_act_at_their_ages_only(void **state)
{
    struct place_random random = {13};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        const struct place_size size = choosing_size(&random);
        struct place_random again = random;
        struct cf_model *m = place_new_random(&size, &random);
        struct cf_model *mute = place_new_random(&size, &again);
        memset(m->scenario.views_ages.member, 0, (size_t)size.X);
        zero(mute, CF_FIELD_theta, 0);
        assert_same_stock(m, mute, &size);
        place_free(m);
        place_free(mute);
    }
}

static double share(const struct place_result *r, const struct place_size *s,
                    const struct cf_target *t, int y)
{
    double in = 0, all = 0;
    for (int a = 0; a < s->A; a++)
        for (int x = 0; x < s->X; x++)
            for (int k = 0; k < s->S; k++) {
                const double n = r->stock[VIEW4(y, a, s->A, x, s->X, k, s->S)];
                if (!t->area.member[a] || !t->age.member[x])
                    continue;
                all += n;
                in += t->status.member[k] ? n : 0;
            }
    return in / all;
}

static struct cf_target random_target(struct cf_model *m, const struct place_size *size,
                                      struct place_random *random, struct cf_knot *knot)
{
    struct cf_target t = {.status = cf_select_none(&m->arena, size->S),
                          .age = cf_select_none(&m->arena, size->X),
                          .area = cf_select_none(&m->arena, size->A),
                          .n_knots = 1,
                          .knot = knot};
    *knot = (struct cf_knot){.year = 2009 + place_whole(random, 1, size->Y - 1),
                             .value = 0.2 + 0.6 * place_uniform(random),
                             .geometric = place_whole(random, 0, 1)};
    t.status.member[place_whole(random, 0, size->S - 1)] = 1;
    t.age.member[place_whole(random, size->choice_x, size->X - 1)] = 1;
    t.area.member[place_whole(random, 0, size->A - 1)] = 1;
    return t;
}

/* A target is met to 1e-9 in its year and held after it, and the shifts, put in as push, give the
 * same run to 1e-12. */
static void back_cast_hits_and_freezes(void **state)
{
    struct place_random random = {14};
    int met = 0;
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        const struct place_size size = choosing_size(&random);
        struct cf_model *m = place_new_random(&size, &random);
        struct cf_knot knot;
        struct cf_target target = random_target(m, &size, &random, &knot);
        m->scenario.backcast = m->scenario.n_targets = 1;
        m->scenario.target = &target;
        struct place_result r = place_run(m, best());
        if (r.status == CF_RUN_OK) {
            met++;
            for (int y = knot.year - 2009; y < size.Y; y++)
                assert_true(fabs(share(&r, &size, &target, y) - knot.value) <= 1e-9);
            m->scenario.backcast = m->scenario.n_targets = 0;
            for (size_t k = 0; k < stock_size(&size); k++)
                m->field[CF_FIELD_push].value[k] += r.shift[k];
            struct place_result frozen = place_run(m, best());
            for (size_t k = 0; k < stock_size(&size); k++)
                assert_true(fabs(frozen.stock[k] - r.stock[k]) <= 1e-12 * fmax(1, r.stock[k]));
            place_result_free(&frozen);
        }
        place_result_free(&r);
        place_free(m);
    }
    assert_true(met >= PLACES / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_driver_that_is_off_does_nothing),
        cmocka_unit_test(without_effects_progression_alone),
        cmocka_unit_test(views_act_at_their_ages_only),
        cmocka_unit_test(back_cast_hits_and_freezes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
