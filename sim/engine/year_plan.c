#include "engine/year_plan.h"

#include "engine/backcast.h"
#include "engine/effects.h"
#include "engine/indicators.h"
#include "engine/placing.h"

/*
 * MODEL.md 2: attain, age, migrate, arrive, regroup, choose, duty, place. `arrive` stands before
 * `external` and `house`: at first_age they act after it, and at no other age does it touch
 * anything.
 */

static lanes *term(struct cf_worker *w, int a, enum cf_term t)
{
    return &w->ledger[VIEW2(a, t, CF_N_TERMS)];
}

/* A field's values in one area: [group][age]. */
static const lanes *of_area(const struct cf_worker *w, const lanes *field, int a)
{
    return field + (size_t)a * (size_t)w->e->G * (size_t)w->e->X;
}

static int always(const struct cf_worker *w)
{
    (void)w;
    return 1;
}

static int gains(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_gain];
}

static void attain(struct cf_worker *w, int a)
{
    cf_weigh_quality(w, a);
    const struct cf_results_of results = {
        .gain = w->inputs.gain, .gain_wide = w->inputs.gain_wide, .factor = w->factor};
    w->kernels->attain(w->e, &results, cf_area_stock(w, a));
}

/* share[l] = sum_l' >= l persons[l'] / sum persons, at age 18. */
static void note_attained(struct cf_worker *w, int a)
{
    const int L = w->e->L, x = CF_ATTAINED_AGE - w->e->first_age;
    const lanes none = {0};
    lanes *share = w->attained + (size_t)a * (size_t)L;
    lanes all = none;
    for (int l = 0; l < L; l++)
        share[l] = none;
    if (x >= 0 && x < w->e->X)
        w->kernels->count_levels(w->e, cf_area_stock(w, a), x, share);
    for (int l = L - 1; l >= 0; l--) {
        all += share[l];
        share[l] = all;
    }
    for (int l = 0; l < L; l++) /* 0 / 0 where nobody is 18: not a number, as it should be */
        share[l] = share[l] / all;
    cf_count_indicators(w, a, CF_COUNTED_ATTAINED);
}

static void age(struct cf_worker *w, int a)
{
    w->kernels->age(w->e, w->inputs.survival, cf_area_stock(w, a), term(w, a, CF_TERM_DEATHS),
                    term(w, a, CF_TERM_AGED_OUT));
}

static int net_migrates(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_net_rate];
}

static void net_migrate(struct cf_worker *w, int a)
{
    w->kernels->net_migrate(w->e, of_area(w, w->inputs.net_rate, a), cf_area_stock(w, a),
                            term(w, a, CF_TERM_NET));
}

static int leaves(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_out_rate];
}

static void leave(struct cf_worker *w, int a)
{
    w->kernels->leave(w->e, of_area(w, w->inputs.out_rate, a), cf_area_stock(w, a), w->pool);
}

static void settle(struct cf_worker *w, int a)
{
    const struct cf_pooled pooled = {.out_rate = of_area(w, w->inputs.out_rate, a),
                                     .in_share = of_area(w, w->inputs.in_share, a),
                                     .pool = w->pool};
    w->kernels->settle(w->e, &pooled, cf_area_stock(w, a), term(w, a, CF_TERM_OUT),
                       term(w, a, CF_TERM_IN));
}

static void arrive(struct cf_worker *w, int a)
{
    w->kernels->arrive(w->e, w->inputs.entrants + (size_t)a * (size_t)w->e->G, cf_area_stock(w, a),
                       term(w, a, CF_TERM_ENTRANTS));
}

/* Newcomers whose level and status nothing tells: the run cannot go on. */
static void check_mix(struct cf_worker *w, int a, const lanes *no_mix, const char *process)
{
    for (int k = 0; k < CF_LANES; k++)
        if ((*no_mix)[k] > 0)
            cf_worker_trouble_in(
                w, k,
                &(struct cf_trouble){.status = CF_RUN_NOT_FINITE,
                                     .year = w->e->base_year + w->y,
                                     .area = a,
                                     .age = w->e->first_age + (int)(*no_mix)[k] - 1,
                                     .process = process,
                                     .of_inputs = 1,
                                     .what = "newcomers have no level and status to take: nobody "
                                             "of their group and age is there, moved or was in "
                                             "the base stock"});
}

static int comes_from_outside(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_external];
}

static void external(struct cf_worker *w, int a)
{
    lanes no_mix = {0};
    const struct cf_newcomers newcomers = {.pool = w->pool, .base = w->base};
    struct cf_external_ledger ledger = {.external = term(w, a, CF_TERM_EXTERNAL),
                                        .clipped = term(w, a, CF_TERM_CLIPPED),
                                        .no_mix = &no_mix};
    w->kernels->external(w->e, &newcomers, of_area(w, w->inputs.external, a), cf_area_stock(w, a),
                         &ledger);
    check_mix(w, a, &no_mix, "external");
}

static int builds(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_dwellings] && w->inputs.active[CF_FIELD_child_yield];
}

static void count_everywhere(struct cf_worker *w, int a)
{
    w->kernels->count(w->e, cf_area_stock(w, a), w->everywhere);
}

static void house(struct cf_worker *w, int a)
{
    lanes no_mix = {0};
    const struct cf_newcomers newcomers = {.pool = w->pool, .base = w->base};
    const struct cf_housing housing = {.dwellings = w->inputs.dwellings + a,
                                       .child_yield = w->inputs.child_yield,
                                       .everywhere = w->everywhere};
    w->kernels->house(w->e, &newcomers, &housing, cf_area_stock(w, a), term(w, a, CF_TERM_HOUSING),
                      &no_mix);
    check_mix(w, a, &no_mix, "house");
}

static int regroups(const struct cf_worker *w)
{
    return w->inputs.active[CF_FIELD_regroup];
}

static void regroup(struct cf_worker *w, int a)
{
    w->kernels->regroup(w->e, w->inputs.regroup, cf_area_stock(w, a), w->scratch);
}

static int holds(const struct cf_worker *w)
{
    return w->first_stock && lanes_any(cf_lanes_without(w, CF_CAUSE_DEMOGRAPHY));
}

/* Whom holding brings or takes is booked as from outside. */
static void hold(struct cf_worker *w, int a)
{
    const lanes_mask held = cf_lanes_without(w, CF_CAUSE_DEMOGRAPHY);
    w->kernels->hold(w->e, &held, w->first_stock + (size_t)a * w->block, cf_area_stock(w, a),
                     term(w, a, CF_TERM_EXTERNAL));
}

static int chooses(const struct cf_worker *w)
{
    return w->e->choice_x < w->e->X;
}

static int backcasts(const struct cf_worker *w)
{
    return w->shift != NULL;
}

static void solve(struct cf_worker *w, int a)
{
    (void)a;
    cf_solve_targets(w);
}

/* Where those are kept who stay in their status; NULL where nobody asks. */
static lanes *stay_of(const struct cf_worker *w, int a)
{
    return w->placing ? w->placing->stay + (size_t)a * w->block : NULL;
}

static void choose(struct cf_worker *w, int a)
{
    lanes missing = {0};
    cf_weigh_effects(w, a);
    struct cf_choice choice = cf_choice_of(w);
    choice.stay = stay_of(w, a);
    struct cf_lost lost = {.persons = &w->lost, .missing = &missing};
    w->kernels->choose(w->e, &choice, cf_area_stock(w, a), &lost);
    for (int k = 0; k < CF_LANES; k++)
        if (missing[k] > 0)
            cf_worker_trouble_in(w, k,
                                 &(struct cf_trouble){.status = CF_RUN_NOT_FINITE,
                                                      .year = w->e->base_year + w->y,
                                                      .area = a,
                                                      .age = -1,
                                                      .row = (long)missing[k],
                                                      .process = "choose",
                                                      .of_inputs = 1,
                                                      .what = "progression gives no row for"});
}

static void comply(struct cf_worker *w, int a)
{
    struct cf_law law = cf_law_of(w);
    law.stay = stay_of(w, a);
    w->kernels->comply(w->e, &law, cf_area_stock(w, a));
}

static int places(const struct cf_worker *w)
{
    return w->placing != NULL;
}

static void provide(struct cf_worker *w, int a)
{
    (void)a;
    cf_supply_year(w);
    cf_travel_year(w);
}

static void place(struct cf_worker *w, int a)
{
    (void)a;
    cf_place_all(w);
}

const struct cf_process cf_year_plan[] = {
    {"attain", CF_SUMMER, gains, attain, 0},
    {"note_attained", CF_SUMMER, always, note_attained, 0},
    {"age", 1, always, age, 0},
    {"net_migrate", 1, net_migrates, net_migrate, 0},
    {"leave", 1, leaves, leave, 0},
    {"settle", 2, leaves, settle, 0},
    {"arrive", 2, always, arrive, 0},
    {"external", 2, comes_from_outside, external, 0},
    {"count", 2, builds, count_everywhere, 0},
    {"house", 3, builds, house, 0},
    {"regroup", 3, regroups, regroup, 0},
    {"hold", 3, holds, hold, 0},
    {"provide", 4, places, provide, 1},
    {"backcast", 4, backcasts, solve, 1},
    {"choose", 4, chooses, choose, 0},
    {"comply", 4, cf_duty_moves, comply, 0},
    {"ask", 4, places, cf_ask_area, 0},
    {"place", 5, places, place, 1},
    {"take_up", 5, places, cf_take_up_area, 0},
};
const int cf_n_processes = sizeof cf_year_plan / sizeof *cf_year_plan;
