#include "engine/year_plan.h"

/*
 * MODEL.md 2: age, migrate, arrive, regroup. `arrive` stands before `external` and `house`: at
 * first_age they act after it, and at no other age does it touch anything.
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
        if ((*no_mix)[k] > 0) {
            lanes_mask lane = {0};
            lane[k] = -1;
            cf_worker_trouble(
                w, lane,
                &(struct cf_trouble){.status = CF_RUN_NOT_FINITE,
                                     .year = w->e->base_year + w->y,
                                     .area = a,
                                     .age = w->e->first_age + (int)(*no_mix)[k] - 1,
                                     .process = process,
                                     .what = "newcomers have no level and status to take: nobody "
                                             "of their group and age is there, moved or was in "
                                             "the base stock"});
        }
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

const struct cf_process cf_year_plan[] = {
    {"age", 0, always, age},
    {"net_migrate", 0, net_migrates, net_migrate},
    {"leave", 0, leaves, leave},
    {"settle", 1, leaves, settle},
    {"arrive", 1, always, arrive},
    {"external", 1, comes_from_outside, external},
    {"count", 1, builds, count_everywhere},
    {"house", 2, builds, house},
    {"regroup", 2, regroups, regroup},
};
const int cf_n_processes = sizeof cf_year_plan / sizeof *cf_year_plan;
