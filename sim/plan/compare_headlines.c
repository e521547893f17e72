#include "plan/compare_headlines.h"

#include "base/names.h"
#include "base/text.h"
#include "plan/sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const size_t some_room = (size_t)64 << 20;

/* What is added up over everything but year and member; the first is what is told first. */
static const char *const sums[] = {"unplaced", "demand", "placed", "population"};
static const char *const called[] = {"unplaced", "demand", "placed", "residents"};
enum { N_SUMS = sizeof sums / sizeof *sums };

/* ---- members and years ---- */

static enum cf_status no_tier(const struct cf_headlines *h, const char *by)
{
    cf_report_near(h->c->diag, CF_ERROR, "compare.by", (struct cf_at){0}, by, cf_tier_names,
                   CF_N_TIERS, "the areas of these results have no '%s'", by);
    return CF_USAGE;
}

/* A tier's member of each area of a side, NULL: it has no such tier. */
static const char *const *members_of(const struct cf_headlines *h, int side, const char *by)
{
    const cf_results *results = h->c->file[side].results;
    const struct cf_results_dim *area = cf_results_dim(results, "area");
    if (cf_text_same(by, "area"))
        return area ? area->code : NULL;
    return cf_results_attribute(results, "area", by);
}

static const char *label_of(const struct cf_headlines *h, const char *dim_name, const char *code)
{
    for (int side = 0; side < 2; side++) {
        const struct cf_results_dim *dim = cf_results_dim(h->c->file[side].results, dim_name);
        for (size_t k = 0; dim && dim->code && dim->label && k < dim->n; k++)
            if (cf_text_same(dim->code[k], code) && dim->label[k][0])
                return dim->label[k];
    }
    return code;
}

static enum cf_status find_members(struct cf_headlines *h)
{
    const char *by = h->c->query->by;
    int known = !by;
    cf_names_init(&h->member, &h->c->out->headlines.arena);
    for (int k = 0; by && k < CF_N_TIERS; k++)
        known |= cf_text_same(cf_tier_names[k], by);
    if (!by)
        cf_names_add(&h->member, cf_all_members.code);
    for (int side = 0; by && side < 2; side++) {
        const struct cf_results_dim *area = cf_results_dim(h->c->file[side].results, "area");
        const char *const *of_area = known ? members_of(h, side, by) : NULL;
        if (!of_area || !area)
            return no_tier(h, by);
        for (size_t k = 0; k < area->n; k++)
            if (of_area[k][0])
                cf_names_add(&h->member, of_area[k]);
    }
    return CF_OK;
}

/* Report years that both have; years that both have where one says no report years. */
static void find_years(struct cf_headlines *h)
{
    const struct cf_results_dim *report = cf_results_dim(h->c->file[0].results, "report_year");
    const struct cf_results_dim *other = cf_results_dim(h->c->file[1].results, "report_year");
    const struct cf_results_dim *year = cf_results_dim(h->c->file[0].results, "year");
    const int both = report && report->number && other && other->number;
    const struct cf_results_dim *from = both ? report : year;
    const struct cf_results_dim *in = both ? other : cf_results_dim(h->c->file[1].results, "year");
    h->year = CF_TAKE(&h->c->arena, from->n, int);
    for (size_t k = 0; k < from->n; k++)
        for (size_t i = 0; i < in->n; i++)
            if (from->number[k] == in->number[i])
                h->year[h->n_years++] = from->number[k];
}

/* ---- what is measured ---- */

static int is_along(const struct cf_results_variable *v, const char *slowest)
{
    return v && v->n_dims > 1 && cf_text_same(v->dim[0]->name, slowest);
}

static const struct cf_results_variable *find(const struct cf_headlines *h, int side,
                                              const char *name, const char *tail,
                                              const char *slowest)
{
    struct cf_text text = {0};
    cf_text_format(&text, "%s%s", name, tail);
    const struct cf_results_variable *v = cf_results_find(h->c->file[side].results, text.data);
    cf_text_free(&text);
    return is_along(v, slowest) ? v : NULL;
}

/* Which member a value is of: by the area of a sum, by the pool or area of an indicator. -1: none.
 */
static int member_of(const struct cf_headlines *h, int side, const struct cf_results_dim *dim,
                     size_t k)
{
    const char *by = h->c->query->by;
    if (cf_text_same(dim->name, "pool")) {
        if (!by)
            return k + 1 == dim->n ? 0 : -1; /* the last is all of them */
        return cf_names_find(&h->member, dim->code[k]);
    }
    if (!by)
        return 0;
    const char *const *of_area = members_of(h, side, by);
    return of_area ? cf_names_find(&h->member, of_area[k]) : -1;
}

/* The cell of a measure that each value of a row is added to, -1: to none. */
static int *targets_of(const struct cf_headlines *h, const struct cf_compared_measure *m, int side,
                       const struct cf_results_variable *v)
{
    size_t each = 1;
    for (int d = 1; d < v->n_dims; d++)
        each *= v->dim[d]->n;
    int *target = CF_TAKE(&h->c->arena, each, int);
    for (size_t cell = 0; cell < each; cell++) {
        int year = -1, member = h->c->query->by ? -1 : 0, indicator = m->is_sum ? 0 : -1;
        size_t rest = cell;
        for (int d = v->n_dims - 1; d > 0; d--) {
            const struct cf_results_dim *dim = v->dim[d];
            const size_t k = rest % dim->n;
            rest /= dim->n;
            if (dim->number &&
                (cf_text_same(dim->name, "year") || cf_text_same(dim->name, "report_year")))
                for (int y = 0; y < h->n_years; y++)
                    year = h->year[y] == dim->number[k] ? y : year;
            else if (cf_text_same(dim->name, "area") || cf_text_same(dim->name, "pool"))
                member = member_of(h, side, dim, k);
            else if (!m->is_sum && cf_text_same(dim->name, "indicator"))
                indicator = cf_names_find(&h->indicator, dim->code[k]);
        }
        target[cell] = year < 0 || member < 0 || indicator < 0
                           ? -1
                           : (year * h->member.n + member) * m->n + indicator;
    }
    return target;
}

static void add_measure(struct cf_headlines *h, const char *name, const char *shown,
                        const char *tail, const char *slowest)
{
    struct cf_compared_measure *m = &h->measure[h->n_measures];
    *m = (struct cf_compared_measure){
        .name = shown, .is_sum = shown != NULL, .n = shown ? 1 : h->indicator.n};
    for (int side = 0; side < 2; side++) {
        m->central[side] = find(h, side, name, "", slowest);
        m->draws[side] = find(h, side, name, tail, "draw_run");
        if (!m->central[side])
            return;
        m->central_to[side] = targets_of(h, m, side, m->central[side]);
        if (m->draws[side])
            m->draws_to[side] = targets_of(h, m, side, m->draws[side]);
    }
    m->has_draws = m->draws[0] && m->draws[1] && h->c->ensemble[0].n_draws > 0 &&
                   h->c->ensemble[1].n_draws > 0;
    h->n_measures++;
}

/* Indicators that both have; of areas as they are, of authorities and all as pools. */
static void find_indicators(struct cf_headlines *h)
{
    const struct cf_compared_dim *d = cf_compared_dim(h->c, "indicator");
    const char *by = h->c->query->by;
    cf_names_init(&h->indicator, &h->c->out->headlines.arena);
    if (!d || !d->dim[0] || !d->dim[0]->code ||
        (by && !cf_text_same(by, "area") && !cf_text_same(by, "authority")))
        return;
    for (size_t k = 0; k < d->dim[0]->n; k++)
        if (d->to[k] != CF_NOWHERE)
            cf_names_add(&h->indicator, d->dim[0]->code[k]);
    if (h->indicator.n > 0)
        add_measure(h, by && cf_text_same(by, "area") ? "indicator_value" : "indicator_pooled",
                    NULL, "", "draw_run");
}

/* ---- values ---- */

struct taken {
    const int *target;
    size_t each, n;
    int from, cells; /* of the cells of the measure */
    double *value;   /* [draws][cells] */
};

static void take(void *self, size_t nth, const double *value)
{
    struct taken *t = self;
    double *to = t->value + nth * (size_t)t->cells;
    for (int k = 0; k < t->cells; k++)
        to[k] = 0;
    for (size_t i = 0; i < t->each; i++) {
        const int cell = t->target[i] - t->from;
        if (t->target[i] >= 0 && cell >= 0 && cell < t->cells)
            to[cell] += value[i];
    }
    t->n = nth + 1;
}

static size_t each_of(const struct cf_results_variable *v)
{
    size_t each = 1;
    for (int d = 1; d < v->n_dims; d++)
        each *= v->dim[d]->n;
    return each;
}

/* The central run of a side, all cells of a measure; NaN where there is none. */
static enum cf_status read_central(const struct cf_headlines *h,
                                   const struct cf_compared_measure *m, int side, int scenario,
                                   int point, double *value)
{
    const struct cf_results_variable *v = m->central[side];
    cf_results *results = h->c->file[side].results;
    const size_t each = each_of(v), run = cf_central_run(&h->c->ensemble[side], scenario, point);
    const int cells = h->n_years * h->member.n * m->n;
    size_t row = CF_NOWHERE;
    for (int k = 0; k < cells; k++)
        value[k] = (double)NAN;
    if (cf_text_same(v->dim[0]->name, "draw_run"))
        row = run < v->dim[0]->n ? run : CF_NOWHERE;
    for (size_t k = 0; cf_text_same(v->dim[0]->name, "run") && k < v->dim[0]->n; k++)
        row = cf_draw_run_of(results, k) == run ? k : row;
    if (row == CF_NOWHERE)
        return CF_OK;
    double *all = malloc(each * sizeof *all + 1);
    if (!all)
        cf_out_of_memory();
    struct taken t = {.target = m->central_to[side], .each = each, .cells = cells, .value = value};
    const enum cf_status status = cf_results_read_rows(results, v, row, 1, all, h->c->diag);
    if (status == CF_OK)
        take(&t, 0, all);
    free(all);
    return status;
}

/* Which draws of a scenario and point count, in the order they are taken in. */
static size_t draws_of(const struct cf_headlines *h, int side, int scenario, int point, int *draw)
{
    const struct cf_ensemble *e = &h->c->ensemble[side];
    const struct cf_point_draws *of = cf_point_draws(e, scenario, point);
    size_t n = 0;
    for (size_t k = of->first; k < of->end; k++)
        if (cf_ensemble_has(e, scenario, point, k))
            draw[n++] = e->draw[k];
    return n;
}

/* One cell over the draws of both sides; scratch: [draws] of each. */
static void compare_draws(const struct cf_headlines *h, const struct taken t[2], int *const draw[2],
                          int cell, double *scratch, struct cf_drawn_difference *of)
{
    double *a = scratch, *b = scratch + t[0].n;
    size_t n = 0;
    if (!h->c->paired) {
        for (size_t k = 0; k < t[0].n; k++)
            a[k] = t[0].value[k * (size_t)t[0].cells + (size_t)cell];
        for (size_t k = 0; k < t[1].n; k++)
            b[k] = t[1].value[k * (size_t)t[1].cells + (size_t)cell];
        cf_difference_of_samples(a, t[0].n, b, t[1].n, of);
        return;
    }
    for (size_t i = 0, k = 0; i < t[0].n && k < t[1].n;) {
        if (draw[0][i] == draw[1][k]) {
            a[n++] = t[1].value[k * (size_t)t[1].cells + (size_t)cell] -
                     t[0].value[i * (size_t)t[0].cells + (size_t)cell];
            i++;
            k++;
        } else if (draw[0][i] < draw[1][k]) {
            i++;
        } else {
            k++;
        }
    }
    cf_difference_of_pairs(a, n, of);
}

static enum cf_status read_drawn(const struct cf_headlines *h, const struct cf_compared_measure *m,
                                 const int scenario[2], int point, struct cf_drawn_difference *of)
{
    const int cells = h->n_years * h->member.n * m->n;
    const size_t room = h->c->query->room ? h->c->query->room : some_room;
    struct taken t[2] = {{0}, {0}};
    int *draw[2];
    size_t n[2], block;
    enum cf_status status = CF_OK;
    for (int side = 0; side < 2; side++) {
        draw[side] = calloc(h->c->ensemble[side].n_runs + 1, sizeof(int));
        if (!draw[side])
            cf_out_of_memory();
        n[side] = draws_of(h, side, scenario[side], point, draw[side]);
        t[side].target = m->draws_to[side];
        t[side].each = each_of(m->draws[side]);
    }
    block = room / ((n[0] + n[1] + 1) * sizeof(double)) + 1;
    block = block < (size_t)cells ? block : (size_t)cells;
    double *scratch = malloc((n[0] + n[1]) * sizeof *scratch + 1);
    for (int side = 0; side < 2; side++)
        t[side].value = malloc(n[side] * block * sizeof(double) + 1);
    if (!scratch || !t[0].value || !t[1].value)
        cf_out_of_memory();
    for (int from = 0; status == CF_OK && from < cells; from += (int)block) {
        for (int side = 0; status == CF_OK && side < 2; side++) {
            t[side].from = from;
            t[side].cells = cells - from < (int)block ? cells - from : (int)block;
            t[side].n = 0;
            status = cf_walk_draws(h->c->file[side].results, m->draws[side], &h->c->ensemble[side],
                                   scenario[side], point, take, &t[side], h->c->diag);
        }
        for (int k = 0; status == CF_OK && k < t[0].cells; k++)
            compare_draws(h, t, draw, k, scratch, &of[from + k]);
    }
    for (int side = 0; side < 2; side++) {
        free(draw[side]);
        free(t[side].value);
    }
    free(scratch);
    return status;
}

/* ---- all ---- */

static enum cf_status compare_measure(struct cf_headlines *h, const struct cf_compared_measure *m,
                                      int scenario, int point)
{
    const int to[2] = {scenario, h->c->scenario_to[scenario]};
    const size_t cells = (size_t)h->n_years * (size_t)h->member.n * (size_t)m->n;
    struct cf_headline of = {.measure = m, .scenario = scenario, .point = point};
    enum cf_status status = CF_OK;
    for (int side = 0; side < 2; side++) {
        of.value[side] = CF_TAKE(&h->scratch, cells, double);
        if (status == CF_OK)
            status = read_central(h, m, side, to[side], point, of.value[side]);
    }
    of.drawn = CF_TAKE(&h->scratch, cells, struct cf_drawn_difference);
    for (size_t k = 0; k < cells; k++)
        cf_difference_of_pairs(NULL, 0, &of.drawn[k]);
    if (status == CF_OK && m->has_draws)
        status = read_drawn(h, m, to, point, of.drawn);
    if (status == CF_OK)
        cf_put_headline(h, &of);
    cf_arena_reset(&h->scratch);
    return status;
}

const char *cf_headline_member_label(const struct cf_headlines *h, int member)
{
    const char *by = h->c->query->by;
    return by ? label_of(h, by, h->member.name[member]) : cf_all_members.label;
}

enum cf_status cf_compare_headlines(struct cf_compare *c)
{
    struct cf_headlines h = {.c = c};
    enum cf_status status = find_members(&h);
    if (status != CF_OK)
        return status;
    cf_arena_init(&h.scratch);
    find_years(&h);
    for (int k = 0; k < N_SUMS; k++)
        add_measure(&h, sums[k], called[k], "_draws", "run");
    find_indicators(&h);
    const int points = c->ensemble[0].n_points < c->ensemble[1].n_points ? c->ensemble[0].n_points
                                                                         : c->ensemble[1].n_points;
    cf_begin_headlines(&h, points);
    for (int s = 0; s < c->ensemble[0].n_scenarios; s++)
        for (int p = 0; c->scenario_to[s] >= 0 && p < points; p++)
            for (int k = 0; status == CF_OK && k < h.n_measures; k++)
                status = compare_measure(&h, &h.measure[k], s, p);
    cf_arena_free(&h.scratch);
    return status;
}
