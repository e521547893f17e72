/*
 * What always holds of places and travel (MODEL.md 2.8, 2.9, 3), on random places, ordinary and
 * degenerate: no site, one site, all full, nobody to come, areas that reach nothing, capacities of
 * 1e-12 and 1e9, closed borders, sites that close. A fixed sequence, so that a failure repeats.
 */
#include "support/check.h"
#include "support/place.h"
#include "support/same.h"

#include "engine/ledger.h"
#include "engine/select.h"
#include "model/view.h"

#include <math.h>

#define PLACES 2000
#define PLACING 1e-6 /* what depends on placing */
#define EXACT 1e-11  /* what is added up again */

struct sample {
    struct place_size size;
    struct cf_model *model;
    struct place_result result;
};

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

static struct sample draw(struct place_random *random)
{
    struct sample s = {.size = place_random_size_with_lines(random)};
    s.model = place_new_random(&s.size, random);
    s.result = place_run(s.model, best());
    return s;
}

static void drop(struct sample *s)
{
    place_result_free(&s->result);
    place_free(s->model);
}

/* A second implementation, from the equations. */
static void equals_the_plain_model(void **state)
{
    struct place_random random = {21};
    int compared = 0;
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct sample s = draw(&random);
        struct place_result plain = place_run_plain(s.model);
        assert_int_equal(s.result.status, plain.status);
        if (plain.status == CF_RUN_OK) {
            compared++;
            assert_same(
                &(struct same){.m = s.model, .other = s.model, .tolerance = PLACING, .number = n},
                &s.result, &plain);
        }
        place_result_free(&plain);
        drop(&s);
    }
    assert_true(compared > PLACES * 9 / 10);
}

/* Of one area, year and line: who asked is placed or not; why not; who could not have been. */
static void check_rows(const struct sample *s, int y, int a, int i)
{
    const struct place_result *r = &s->result;
    const size_t at = VIEW3(y, a, s->size.A, i, s->size.I);
    const double slack = PLACING * fmax(1, r->demand[at]);
    assert_true(r->unplaced[at] >= 0 && r->unplaced[at] <= r->demand[at] * (1 + 1e-12));
    assert_true(r->too_far[at] >= 0 && r->crowded_out[at] >= -slack);
    assert_near("too_far + crowded_out", r->too_far[at] + r->crowded_out[at], r->unplaced[at],
                EXACT);
    /* One pass in the base year, and no second round where there is but one: all are placed first.
     */
    if (y == 0 || s->model->scenario.rounds == 1)
        assert_near("placed + unplaced", r->placed[at] + r->unplaced[at], r->demand[at], EXACT);
    else
        assert_true(r->placed[at] >= r->demand[at] - r->unplaced[at] - slack);
    assert_true(isnan(r->coverage[at]) || (r->coverage[at] >= 0 && r->coverage[at] <= 1));
}

/* Learners counted where they live, where they go, by authority of both, and by what they do. */
static void check_sums(const struct sample *s, int y)
{
    const struct cf_provision *p = &s->model->provision;
    const struct place_result *r = &s->result;
    const int A = s->size.A, H = p->H, S = s->size.S, I = s->size.I;
    for (int i = 0; i < I; i++) {
        double lived = 0, gone = 0;
        for (int a = 0; a < A; a++)
            lived += r->placed[VIEW3(y, a, A, i, I)];
        for (int o = p->first_offer[i]; o < p->first_offer[i + 1]; o++)
            gone += r->enrolled[VIEW2(y, o, p->n_offers)];
        assert_near("placed and enrolled", lived, gone, EXACT);
    }
    for (int h = 0; h < H; h++)
        for (int k = 0; k < S; k++) {
            double leave = 0, come = 0, live = 0, study = 0;
            for (int other = 0; other < H; other++) {
                leave += r->flow[VIEW4(y, h, H, other, H, k, S)];
                come += r->flow[VIEW4(y, other, H, h, H, k, S)];
            }
            for (int i = 0; i < I; i++)
                for (int a = 0; a < A; a++)
                    if (p->line[i].route == k && p->home[a] == h)
                        live += r->placed[VIEW3(y, a, A, i, I)];
            for (int o = 0; o < p->n_offers; o++)
                if (p->line[p->offer_line[o]].route == k &&
                    p->site[p->offer_site[o]].authority == h)
                    study += r->enrolled[VIEW2(y, o, p->n_offers)];
            assert_near("flow from home", leave, live, EXACT);
            assert_near("flow to the provider", come, study, EXACT);
        }
}

/* Whoever is in a route above choice_age has a place in it, but in the base year: nobody at all
 * where there is none. */
static void check_stock(const struct sample *s, int y, int a)
{
    const struct cf_provision *p = &s->model->provision;
    const int A = s->size.A, X = s->size.X, S = s->size.S, I = s->size.I;
    for (int k = 0; k < S; k++) {
        double stock = 0, placed = 0;
        if (!p->provided[k] || k == s->model->extent.school || y == 0)
            continue;
        for (int x = s->size.choice_x; x < X; x++)
            stock += s->result.stock[VIEW4(y, a, A, x, X, k, S)];
        for (int i = 0; i < I; i++)
            placed += p->line[i].route == k ? s->result.placed[VIEW3(y, a, A, i, I)] : 0;
        assert_near("stock and placed", stock, placed, PLACING);
        assert_true(placed > 0 || stock == 0);
    }
}

static void rows_conserve(void **state)
{
    struct place_random random = {22};
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct sample s = draw(&random);
        for (int y = 0; y < s.size.Y && s.result.status == CF_RUN_OK; y++) {
            for (int a = 0; a < s.size.A; a++) {
                for (int i = 0; i < s.size.I; i++)
                    check_rows(&s, y, a, i);
                check_stock(&s, y, a);
            }
            check_sums(&s, y);
        }
        drop(&s);
    }
}

/* A site that teaches out takes continuers where it has no places of its own any more. */
static void no_site_is_over_capacity(void **state)
{
    struct place_random random = {23};
    int full = 0;
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct sample s = draw(&random);
        const struct cf_provision *p = &s.model->provision;
        const struct place_result *r = &s.result;
        for (int y = 0; y < s.size.Y && r->status == CF_RUN_OK; y++)
            for (int o = 0; o < p->n_offers; o++) {
                const size_t at = VIEW2(y, o, p->n_offers);
                const struct cf_site *site = &p->site[p->offer_site[o]];
                const int since = s.model->extent.base_year + y - site->closing_year;
                assert_true(r->usable[at] >= 0 && r->enrolled[at] >= 0 && r->arrivals[at] >= 0);
                if (since >= 0) {
                    assert_true(r->usable[at] == 0);
                    assert_true(since < site->teach_out || r->enrolled[at] == 0);
                } else
                    assert_true(r->enrolled[at] <= r->usable[at] * (1 + 1e-9) + 1e-12);
                assert_near("shortfall", r->shortfall[at], fmax(0, r->arrivals[at] - r->usable[at]),
                            EXACT);
                assert_near("spare", r->spare[at], fmax(0, r->usable[at] - r->enrolled[at]), EXACT);
                assert_true(r->usable[at] > 0 || isnan(r->scarcity[at]));
                assert_true(isnan(r->scarcity[at]) || r->scarcity[at] >= 0);
                full += r->scarcity[at] > 0;
            }
        drop(&s);
    }
    assert_true(full > PLACES);
}

static void ledger_closes_and_nobody_is_negative(void **state)
{
    struct place_random random = {24};
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct sample s = draw(&random);
        const size_t X = (size_t)s.size.X, S = (size_t)s.size.S, GX = (size_t)s.size.G * X;
        const struct place_result *r = &s.result;
        assert_true(r->status == CF_RUN_OK || r->status == CF_RUN_NOT_FINITE);
        for (size_t ya = 0; ya < (size_t)(s.size.Y * s.size.A) && r->status == CF_RUN_OK; ya++) {
            const double *t = &r->ledger[ya * CF_N_TERMS];
            double persons = 0, stock = 0, levels = 0;
            for (size_t k = 0; k < GX; k++)
                persons += r->population[ya * GX + k];
            for (size_t k = 0; k < X * S; k++) {
                stock += r->stock[ya * X * S + k];
                assert_true(r->stock[ya * X * S + k] >= 0);
            }
            for (size_t k = 0; k < X * (size_t)s.size.L; k++)
                levels += r->level_stock[ya * X * (size_t)s.size.L + k];
            assert_near("population and stock", persons, stock, 1e-12);
            assert_near("population and levels", persons, levels, 1e-12);
            assert_near("population and ledger", persons, t[CF_TERM_END], 1e-12);
            assert_near("residual", t[CF_TERM_RESIDUAL], 0, 1e-9);
        }
        drop(&s);
    }
}

/*
 * Everybody starts anew each year, and nobody first: one pass, whose demand is what it would be
 * without it. Access plays no part.
 */
static void one_pass_only(struct cf_model *m)
{
    const struct cf_extent *e = &m->extent;
    *place_at(m, CF_FIELD_phi, NULL) = 0;
    m->scenario.protected_groups = cf_select_none(&m->arena, e->G);
    for (int g = 0; g < e->G; g++)
        for (int x = e->choice_x; x < e->X; x++)
            for (int l = 0; l < e->L; l++)
                for (int s = 0; s < e->S; s++) {
                    if (!m->provision.provided[s])
                        continue;
                    double *stay = place_at(m, CF_FIELD_progression, (int[]){g, x, l, s, s});
                    *place_at(m, CF_FIELD_progression, (int[]){g, x, l, s, e->fallback}) += *stay;
                    *stay = 0;
                }
}

static double sum_areas(const struct sample *s, const double *variable, int y, int i)
{
    double sum = 0;
    for (int a = 0; a < s->size.A; a++)
        sum += variable[VIEW3(y, a, s->size.A, i, s->size.I)];
    return sum;
}

/*
 * Places added in the year after the base year, so that S0 stays: for given demand no more of the
 * line's learners are without one, wherever they live. Below choice_age all are continuers: a line
 * of school has two passes, and no line that nobody reached before has an S0.
 */
static void more_places_never_leave_more_without(void **state)
{
    struct place_random random = {25};
    int compared = 0, helped = 0;
    (void)state;
    for (int n = 0; n < 2 * PLACES; n++) {
        struct sample s = draw(&random);
        place_result_free(&s.result);
        one_pass_only(s.model);
        s.result = place_run(s.model, best());
        const int i = place_whole(&random, 0, s.size.I - 1);
        const int j = place_whole(&random, 0, s.size.J - 1);
        if (s.result.status == CF_RUN_OK && sum_areas(&s, s.result.placed, 0, i) > 0 &&
            s.model->provision.line[i].route != s.model->extent.school) {
            const double before = sum_areas(&s, s.result.unplaced, 1, i);
            place_change(s.model, i, j, s.model->extent.base_year + 1,
                         1000 * place_uniform(&random), 1);
            place_provide(s.model);
            struct place_result more = place_run(s.model, best());
            assert_int_equal(more.status, CF_RUN_OK);
            for (int a = 0; a < s.size.A; a++) {
                const size_t at = VIEW3(1, a, s.size.A, i, s.size.I);
                assert_near("demand", more.demand[at], s.result.demand[at], EXACT);
            }
            const double after = sum_areas(&s, more.unplaced, 1, i);
            assert_true(after <= before + PLACING * fmax(1, before));
            compared++;
            helped += after < before - 1;
            place_result_free(&more);
        }
        drop(&s);
    }
    assert_true(compared >= PLACES && helped > PLACES / 10);
    print_message("%d compared, %d with fewer without a place\n", compared, helped);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_the_plain_model),
        cmocka_unit_test(rows_conserve),
        cmocka_unit_test(no_site_is_over_capacity),
        cmocka_unit_test(ledger_closes_and_nobody_is_negative),
        cmocka_unit_test(more_places_never_leave_more_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
