#include "plan/compare_parts.h"

#include "base/names.h"
#include "base/text.h"

#include <stdlib.h>

/* ---- scenarios ---- */

static int find_scenario(const struct cf_ensemble *e, const char *code)
{
    for (int s = 0; s < e->n_scenarios; s++)
        if (cf_text_same(e->scenario_code[s], code))
            return s;
    return -1;
}

static enum cf_status no_scenario(const struct cf_compare *c, const char *code)
{
    const struct cf_ensemble *a = &c->ensemble[0], *b = &c->ensemble[1];
    if (!code) {
        cf_report(c->diag, CF_ERROR, "compare.scenario", (struct cf_at){0},
                  "scenarios are matched by code, but one by itself with one by itself",
                  "the files have no scenario in common");
    } else {
        const struct cf_ensemble *of = find_scenario(a, code) < 0 ? a : b;
        cf_report_near(c->diag, CF_ERROR, "compare.scenario", (struct cf_at){0}, code,
                       of->scenario_code, (size_t)of->n_scenarios, "file %s has no scenario '%s'",
                       of == a ? "A" : "B", code);
    }
    return CF_USAGE;
}

static enum cf_status match_scenarios(struct cf_compare *c)
{
    const struct cf_ensemble *a = &c->ensemble[0], *b = &c->ensemble[1];
    const char *wanted = c->query->scenario;
    const int alone = a->n_scenarios == 1 && b->n_scenarios == 1;
    c->scenario_to = CF_TAKE(&c->arena, (size_t)a->n_scenarios, int);
    for (int s = 0; s < a->n_scenarios; s++) {
        const char *code = a->scenario_code[s];
        int to = alone ? 0 : find_scenario(b, code);
        if (wanted && !cf_text_same(code, wanted) &&
            !(alone && cf_text_same(b->scenario_code[0], wanted)))
            to = -1;
        c->scenario_to[s] = to;
        c->n_pairs += to >= 0;
    }
    return c->n_pairs > 0 ? CF_OK : no_scenario(c, wanted);
}

/* ---- draws ---- */

static int same_text(const struct cf_compare *c, const char *name)
{
    const char *a = cf_results_text(c->file[0].results, name);
    const char *b = cf_results_text(c->file[1].results, name);
    return a && b ? cf_text_same(a, b) : !a && !b;
}

/* Draws of montecarlo are looked up by number, however many there are; those of other designs
 * follow from all of them. */
static void match_draws(struct cf_compare *c)
{
    const char *design = cf_results_text(c->file[0].results, "design");
    c->paired = same_text(c, "design") && same_text(c, "seed") && same_text(c, "design_steps") &&
                (same_text(c, "design_draws") || (design && cf_text_same(design, "montecarlo")));
}

size_t cf_compared_run(const struct cf_compare *c, size_t k)
{
    const struct cf_ensemble *a = &c->ensemble[0], *b = &c->ensemble[1];
    const int scenario = c->scenario_to[a->scenario[k]], point = a->point[k], draw = a->draw[k];
    if (scenario < 0 || point >= b->n_points || (draw > 0 && !c->paired))
        return CF_NOWHERE;
    const struct cf_point_draws *draws = cf_point_draws(b, scenario, point);
    size_t first = draw > 0 ? draws->first : 0, end = draw > 0 ? draws->end : b->n_runs;
    /* Runs stand in the order of their numbers: look first where it is then. */
    const size_t guess = first + (draw > 0 ? (size_t)draw - 1 : 0);
    for (size_t i = guess < end ? guess : first; i < end; i++)
        if (b->scenario[i] == scenario && b->point[i] == point && b->draw[i] == draw)
            return i;
    for (size_t i = first; i < end; i++)
        if (b->scenario[i] == scenario && b->point[i] == point && b->draw[i] == draw)
            return i;
    return CF_NOWHERE;
}

size_t cf_draw_run_of(const cf_results *results, size_t run)
{
    const struct cf_results_dim *central = cf_results_dim(results, "run");
    const struct cf_results_dim *all = cf_results_dim(results, "draw_run");
    for (size_t k = 0; k < all->n; k++)
        if (all->number[k] == central->number[run])
            return k;
    return CF_NOWHERE;
}

/* ---- members ---- */

static void match_runs(struct cf_compare *c, struct cf_compared_dim *d)
{
    const int central = cf_text_same(d->name, "run");
    const size_t n_b = d->dim[1]->n;
    size_t *of_b = CF_TAKE(&c->arena, n_b, size_t);
    d->is_runs = 1;
    for (size_t i = 0; i < n_b; i++)
        of_b[i] = central ? cf_draw_run_of(c->file[1].results, i) : i;
    for (size_t k = 0; k < d->dim[0]->n; k++) {
        const size_t run = central ? cf_draw_run_of(c->file[0].results, k) : k;
        const size_t to = run == CF_NOWHERE ? CF_NOWHERE : cf_compared_run(c, run);
        d->to[k] = central ? CF_NOWHERE : to;
        for (size_t i = 0; central && to != CF_NOWHERE && i < n_b; i++)
            if (of_b[i] == to)
                d->to[k] = i;
    }
}

static void match_codes(struct cf_compare *c, struct cf_compared_dim *d)
{
    const struct cf_results_dim *a = d->dim[0], *b = d->dim[1];
    struct cf_names names;
    size_t *of_name = CF_TAKE(&c->arena, b->n, size_t);
    cf_names_init(&names, &c->arena);
    for (size_t k = 0; k < b->n; k++) {
        const int known = names.n, i = cf_names_add(&names, b->code[k]);
        if (i >= known)
            of_name[i] = k;
    }
    for (size_t k = 0; k < a->n; k++) {
        const int i = cf_names_find(&names, a->code[k]);
        d->to[k] = i < 0 ? CF_NOWHERE : of_name[i];
    }
}

static void match_numbers(struct cf_compared_dim *d)
{
    const struct cf_results_dim *a = d->dim[0], *b = d->dim[1];
    for (size_t k = 0; k < a->n; k++) {
        d->to[k] = CF_NOWHERE;
        for (size_t i = 0; i < b->n && d->to[k] == CF_NOWHERE; i++)
            if (a->number[k] == b->number[i])
                d->to[k] = i;
    }
}

static void match_dim(struct cf_compare *c, struct cf_compared_dim *d)
{
    const size_t n = d->dim[0] ? d->dim[0]->n : 0;
    d->to = CF_TAKE(&c->arena, n, size_t);
    for (size_t k = 0; k < n; k++)
        d->to[k] = CF_NOWHERE;
    if (!d->dim[0] || !d->dim[1])
        return;
    if (cf_text_same(d->name, "run") || cf_text_same(d->name, "draw_run"))
        match_runs(c, d);
    else if (cf_text_same(d->name, "scenario"))
        for (size_t k = 0; k < n; k++)
            d->to[k] = c->scenario_to[k] < 0 ? CF_NOWHERE : (size_t)c->scenario_to[k];
    else if (d->dim[0]->code && d->dim[1]->code)
        match_codes(c, d);
    else if (d->dim[0]->number && d->dim[1]->number)
        match_numbers(d);
}

const struct cf_compared_dim *cf_compared_dim(const struct cf_compare *c, const char *name)
{
    for (int k = 0; k < c->n_dims; k++)
        if (cf_text_same(c->dim[k].name, name))
            return &c->dim[k];
    return NULL;
}

/* The dimensions of all variables of both files. */
static void match_dims(struct cf_compare *c)
{
    size_t most = 0;
    for (int side = 0; side < 2; side++)
        most += cf_results_n_variables(c->file[side].results) * CF_RESULTS_MOST_DIMS;
    c->dim = CF_TAKE(&c->arena, most, struct cf_compared_dim);
    for (int side = 0; side < 2; side++) {
        const cf_results *results = c->file[side].results;
        for (size_t i = 0; i < cf_results_n_variables(results); i++) {
            const struct cf_results_variable *v = cf_results_variable(results, i);
            for (int d = 0; d < v->n_dims; d++)
                if (!cf_compared_dim(c, v->dim[d]->name))
                    c->dim[c->n_dims++].name = v->dim[d]->name;
        }
    }
    for (int k = 0; k < c->n_dims; k++) {
        for (int side = 0; side < 2; side++)
            c->dim[k].dim[side] = cf_results_dim(c->file[side].results, c->dim[k].name);
        match_dim(c, &c->dim[k]);
    }
}

const char *cf_member_text(struct cf_arena *arena, const struct cf_results_dim *dim, size_t k)
{
    return dim->code ? dim->code[k] : cf_arena_format(arena, "%d", dim->number[k]);
}

enum cf_status cf_compare_match(struct cf_compare *c)
{
    enum cf_status status = CF_OK;
    for (int side = 0; status == CF_OK && side < 2; side++)
        status = cf_ensemble_read(&c->ensemble[side], c->file[side].results,
                                  &c->out->headlines.arena, c->diag);
    if (status == CF_OK)
        status = match_scenarios(c);
    if (status != CF_OK)
        return status;
    match_draws(c);
    match_dims(c);
    return CF_OK;
}
