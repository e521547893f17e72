#include "calibrate/base_year.h"
#include "calibrate/check.h"

#include "base/text.h"
#include "model/view.h"

#include <string.h>

/*
 * Who can stand where, in yes and no: the year of MODEL.md 2 walked from the base stock to the last
 * year with cells that are empty or not, each area for itself, inputs and levers as a run has them.
 * A cell that is empty here is empty in every run. So every row of progression that somebody will
 * need is known before the first run, and is asked for in one message.
 */

#define MOST_SHOWN 5

/* Rows of progression that are not there, or zero; ages at which a route has no line, cells whose
 * line shares are zero. */
enum wrong { MISSING, ZERO, NO_LINE, NO_SHARE, N_WRONG };

struct walk {
    const struct cf_model *model;
    const struct cf_extent *e;
    struct cf_base_year base;
    size_t cells, width;        /* of an area; of one group and age: levels x statuses */
    unsigned char *now;         /* [area][group][age][level][status] 1: somebody may be there */
    unsigned char *then, *pool; /* [group][age][level][status] base stock, this year's leavers */
    unsigned char *revealed;    /* [area][status] in the base stock at choice_age */
    unsigned char *everywhere;  /* [group][age] all areas before housing */
    unsigned char *room;        /* [group][level][status] */
    unsigned char *told;        /* [group][age][level][status] row of progression reported */
    unsigned char *unserved;    /* [age][status] that no line serves it reported */
    unsigned char *unshared;    /* [area][group][level][status] that shares are zero reported */
    size_t n_wrong[N_WRONG];
    struct cf_text wrong[N_WRONG];
    struct cf_text stuck; /* the first whom the duty moves nowhere */
};

static unsigned char *area_of(const struct walk *w, int a)
{
    return w->now + (size_t)a * w->cells;
}

static unsigned char *row_of(const struct walk *w, unsigned char *cells, int g, int x)
{
    return cells + cf_row_at(w->e, g, x, 0);
}

static int any(const unsigned char *row, size_t n)
{
    return memchr(row, 1, n) != NULL;
}

static void join(unsigned char *row, const unsigned char *other, size_t n)
{
    for (size_t i = 0; i < n; i++)
        row[i] |= other[i];
}

/* A light field's value at [area][group][age] or [group][age]. */
static double at_age(const struct walk *w, const lanes *field, int a, int g, int x)
{
    return field[((size_t)a * (size_t)w->e->G + (size_t)g) * (size_t)w->e->X + (size_t)x][0];
}

static void start(struct walk *w, struct cf_arena *arena)
{
    const size_t S = (size_t)w->e->S;
    double *stock = CF_TAKE(arena, w->cells, double);
    for (int a = 0; a < w->e->A; a++) {
        cf_base_year_area(&w->base, a, stock);
        for (size_t i = 0; i < w->cells; i++)
            area_of(w, a)[i] = stock[i] > 0;
        for (int g = 0; g < w->e->G; g++)
            for (size_t i = 0; i < w->width; i++)
                w->revealed[(size_t)a * S + i % S] |=
                    row_of(w, area_of(w, a), g, w->e->choice_x)[i];
        join(w->then, area_of(w, a), w->cells);
    }
}

/* MODEL.md 2.1: a cell is left empty where everybody in it moves up. */
static void attain(struct walk *w, unsigned char *cells)
{
    const size_t L = (size_t)w->e->L, S = (size_t)w->e->S;
    for (int g = 0; g < w->e->G; g++)
        for (int x = w->e->choice_x - 1; x <= w->e->last_x[g]; x++) {
            unsigned char *row = row_of(w, cells, g, x);
            for (size_t cell = (L - 1) * S; cell-- > 0;) {
                const double *to = w->base.in.gain + (cf_row_at(w->e, g, x, 0) + cell) * L;
                double up = 0;
                for (size_t k = cell / S + 1; k < L && row[cell]; k++) {
                    up += to[k];
                    row[k * S + cell % S] |= to[k] > 0;
                }
                row[cell] = row[cell] && up < 1;
            }
        }
}

/* MODEL.md 2.2. */
static void age(struct walk *w, unsigned char *cells)
{
    for (int g = 0; g < w->e->G; g++)
        for (int x = w->e->last_x[g]; x >= 0; x--) {
            unsigned char *row = row_of(w, cells, g, x);
            if (x > 0 && at_age(w, w->base.in.survival, 0, g, x) > 0)
                memcpy(row, row_of(w, cells, g, x - 1), w->width);
            else
                memset(row, 0, w->width);
        }
}

/* MODEL.md 2.3: who leaves, and what is left of whom. */
static void leave(struct walk *w, int a)
{
    for (int g = 0; g < w->e->G; g++)
        for (int x = 0; x <= w->e->last_x[g]; x++) {
            unsigned char *row = row_of(w, area_of(w, a), g, x);
            const double out = at_age(w, w->base.in.out_rate, a, g, x);
            if (at_age(w, w->base.in.net_rate, a, g, x) <= -1)
                memset(row, 0, w->width);
            if (out > 0)
                join(row_of(w, w->pool, g, x), row, w->width);
            if (out >= 1)
                memset(row, 0, w->width);
        }
}

/* Newcomers take the first mix that is not empty, as `add_newcomers` has it. */
static void add_newcomers(struct walk *w, int a, int g, int x)
{
    const size_t S = (size_t)w->e->S;
    const int at_school = x <= w->e->choice_x;
    unsigned char *row = row_of(w, area_of(w, a), g, x);
    const unsigned char *pool = row_of(w, w->pool, g, x), *then = row_of(w, w->then, g, x);
    if (any(row, w->width))
        return;
    if (any(pool, w->width))
        memcpy(row, pool, w->width);
    else if (!at_school)
        memcpy(row, then, w->width);
    else if (!any(then, w->width))
        row[w->e->school] = 1;
    else
        for (size_t i = 0; i < w->width; i++)
            row[i / S * S + (size_t)w->e->school] |= then[i];
}

/* MODEL.md 2.3, 2.4. */
static void arrive(struct walk *w, int a)
{
    for (int g = 0; g < w->e->G; g++)
        for (int x = 0; x <= w->e->last_x[g]; x++) {
            unsigned char *row = row_of(w, area_of(w, a), g, x);
            if (at_age(w, w->base.in.in_share, a, g, x) > 0)
                join(row, row_of(w, w->pool, g, x), w->width);
            if (x == 0 && w->base.in.entrants[VIEW2(a, g, w->e->G)][0] > 0)
                row[w->e->school] = 1;
            if (at_age(w, w->base.in.external, a, g, x) > 0)
                add_newcomers(w, a, g, x);
            w->everywhere[VIEW2(g, x, w->e->X)] |= (unsigned char)any(row, w->width);
        }
}

static void house(struct walk *w, int a)
{
    for (int x = 0; x < w->e->X; x++) {
        int here = 0, there = 0;
        for (int g = 0; g < w->e->G; g++) {
            here |= any(row_of(w, area_of(w, a), g, x), w->width);
            there |= w->everywhere[VIEW2(g, x, w->e->X)];
        }
        if (here || !(w->base.in.dwellings[a][0] * w->base.in.child_yield[x][0] > 0))
            continue;
        for (int g = 0; g < w->e->G; g++)
            if (x <= w->e->last_x[g] && (!there || w->everywhere[VIEW2(g, x, w->e->X)]))
                add_newcomers(w, a, g, x);
    }
}

/* MODEL.md 2.5. */
static void regroup(struct walk *w, unsigned char *cells)
{
    const int G = w->e->G;
    for (int x = 0; x < w->e->X; x++) {
        memset(w->room, 0, (size_t)G * w->width);
        for (int g = 0; g < G; g++)
            for (int to = 0; to < G; to++)
                if (x <= w->e->last_x[g] && x <= w->e->last_x[to] &&
                    w->base.in.regroup[VIEW3(g, x, w->e->X, to, G)][0] > 0)
                    join(w->room + (size_t)to * w->width, row_of(w, cells, g, x), w->width);
        for (int g = 0; g < G; g++)
            memcpy(row_of(w, cells, g, x), w->room + (size_t)g * w->width, w->width);
    }
}

/* "group 'main', age 17, level 'l2'" */
static void add_place(const struct walk *w, int g, int x, int l, struct cf_text *text)
{
    cf_text_format(text, "group '%s', age %d, level '%s'",
                   w->model->axis[CF_AXIS_GROUP].codes.name[g], w->e->first_age + x,
                   w->model->axis[CF_AXIS_LEVEL].codes.name[l]);
}

/* 1 more of a kind; whether it is to be shown, with the "; " before it. */
static int begin_place(struct walk *w, enum wrong kind)
{
    if (++w->n_wrong[kind] > MOST_SHOWN)
        return 0;
    cf_text_add(&w->wrong[kind], w->n_wrong[kind] > 1 ? "; " : "");
    return 1;
}

/* Somebody stands in a row of progression that leads nowhere: told once. */
static void tell_row(struct walk *w, int g, int x, int l, int s)
{
    const struct cf_field *field = &w->model->field[CF_FIELD_progression];
    const size_t row = cf_row_at(w->e, g, x, l) + (size_t)s, S = (size_t)w->e->S;
    enum wrong kind = field->line || !field->path ? ZERO : MISSING;
    if (w->told[row])
        return;
    w->told[row] = 1;
    if (field->line && !field->line[row * S]) {
        kind = MISSING;
        for (size_t to = 0; to < S; to++)
            kind = field->line[row * S + to] ? ZERO : kind;
    }
    if (!begin_place(w, kind))
        return;
    add_place(w, g, x, l, &w->wrong[kind]);
    cf_text_format(&w->wrong[kind], ", status '%s'", w->model->axis[CF_AXIS_STATUS].codes.name[s]);
}

/* Whether a destination is open to an area's people: views of 0 that count close it. */
static int is_open(const struct walk *w, int a, int x, int s)
{
    const size_t as = VIEW2(a, s, w->e->S);
    return !(w->base.in.theta[0][0] > 0 && w->model->scenario.views_ages.member[x] &&
             w->base.in.views[as][0] == 0 && w->revealed[as]);
}

/* MODEL.md 2.6, one group, age and level. */
static void choose(struct walk *w, int a, int g, int x, int l)
{
    const int S = w->e->S;
    const size_t first = cf_row_at(w->e, g, x, l);
    unsigned char *row = area_of(w, a) + first;
    memset(w->room, 0, (size_t)S);
    for (int s = 0; s < S; s++) {
        const double *to = w->base.in.progression + (first + (size_t)s) * (size_t)S;
        double sum = 0;
        int left = 0;
        for (int k = 0; k < S && row[s]; k++) {
            sum += to[k];
            if (to[k] > 0 && is_open(w, a, x, k))
                left = w->room[k] = 1;
        }
        if (row[s] && sum <= 0)
            tell_row(w, g, x, l, s);
        else if (row[s] && !left)
            w->room[w->e->fallback] = 1;
    }
    memcpy(row, w->room, (size_t)S);
}

static int participates(const struct walk *w, int s)
{
    const char *value = cf_axis_value(&w->model->axis[CF_AXIS_STATUS], "participates", s);
    return value && value[0] == '1';
}

/* MODEL.md 2.7, one group, age and level. */
static void comply(struct walk *w, int a, int g, int x, int l)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    const double rate = w->base.in.duty[x][0] * w->base.in.compliance[x][0];
    unsigned char *row = area_of(w, a) + cf_row_at(w->e, g, x, l);
    int moved = 0, pull = 0;
    if (!(rate > 0) || (scenario->exempt_level >= 0 && l >= scenario->exempt_level))
        return;
    for (int s = 0; s < w->e->S; s++)
        if (row[s] && participates(w, s)) {
            pull |= w->base.in.duty_weight[s][0] > 0;
        } else if (row[s]) {
            moved = 1;
            row[s] = rate < 1;
        }
    if (!moved || pull)
        return;
    if (scenario->duty_default >= 0) {
        row[scenario->duty_default] = 1;
    } else if (!w->stuck.length) {
        cf_text_format(&w->stuck, "area '%s', ", w->model->axis[CF_AXIS_AREA].codes.name[a]);
        add_place(w, g, x, l, &w->stuck);
    }
}

/* Somebody needs a place in a status: a line has to serve the age and be somebody's wish. */
static void need_line(struct walk *w, int a, int g, int x, int l, int s)
{
    const struct cf_provision *p = &w->model->provision;
    const size_t agl = VIEW3(a, g, w->e->G, l, w->e->L), S = (size_t)w->e->S;
    unsigned char *unserved = &w->unserved[VIEW2(x, s, S)];
    unsigned char *unshared = &w->unshared[VIEW2(agl, s, S)];
    const char *status = w->model->axis[CF_AXIS_STATUS].codes.name[s];
    int serves = 0;
    for (int i = 0; i < p->I; i++) {
        if (p->line[i].route != s || x < p->line[i].from_x || x > p->line[i].to_x)
            continue;
        serves = 1;
        if (w->base.in.line_share[VIEW2(agl, i, p->I)][0] > 0)
            return;
    }
    if (!serves && !*unserved && begin_place(w, NO_LINE))
        cf_text_format(&w->wrong[NO_LINE], "status '%s', age %d", status, w->e->first_age + x);
    if (serves && !*unshared && begin_place(w, NO_SHARE)) {
        cf_text_format(&w->wrong[NO_SHARE], "area '%s', ",
                       w->model->axis[CF_AXIS_AREA].codes.name[a]);
        add_place(w, g, x, l, &w->wrong[NO_SHARE]);
        cf_text_format(&w->wrong[NO_SHARE], ", status '%s'", status);
    }
    *unserved |= !serves;
    *unshared |= (unsigned char)serves;
}

/* MODEL.md 2.9: those who need a place need a line; some always get none, and come to the fallback
 * where people are moved. In the base year, and below choice_age, nobody is. */
static void place(struct walk *w, int moves)
{
    const struct cf_extent *e = w->e;
    const struct cf_provision *p = &w->model->provision;
    for (int a = 0; a < e->A && p->I > 0; a++)
        for (int g = 0; g < e->G; g++)
            for (int x = 0; x <= e->last_x[g]; x++)
                for (int l = 0; l < e->L; l++) {
                    unsigned char *row = area_of(w, a) + cf_row_at(e, g, x, l);
                    int needed = 0;
                    for (int s = 0; s < e->S; s++)
                        if (row[s] && p->provided[s]) {
                            need_line(w, a, g, x, l, s);
                            needed = 1;
                        }
                    if (needed && moves && x >= e->choice_x)
                        row[e->fallback] = 1;
                }
}

static void step(struct walk *w, int y)
{
    const struct cf_extent *e = w->e;
    cf_bind_year(&w->base.binding, y, &w->base.in);
    memset(w->pool, 0, w->cells);
    memset(w->everywhere, 0, (size_t)e->G * (size_t)e->X);
    for (int a = 0; a < e->A; a++) {
        attain(w, area_of(w, a));
        age(w, area_of(w, a));
        leave(w, a);
    }
    for (int a = 0; a < e->A; a++)
        arrive(w, a);
    for (int a = 0; a < e->A; a++) {
        house(w, a);
        regroup(w, area_of(w, a));
        for (int g = 0; g < e->G; g++)
            for (int x = e->choice_x; x <= e->last_x[g]; x++)
                for (int l = 0; l < e->L; l++) {
                    choose(w, a, g, x, l);
                    comply(w, a, g, x, l);
                }
    }
    place(w, 1);
}

static void report_kind(struct walk *w, enum wrong kind, struct cf_at at, cf_diag *diag)
{
    static const struct {
        const char *code, *what, *help;
    } kinds[N_WRONG] = {
        [MISSING] = {"progression.missing", "progression gives no row for", NULL},
        [ZERO] = {"progression.zero-row", "progression leads nowhere from", NULL},
        [NO_LINE] = {"lines.none", "no line serves", "a provided status needs a line at each age"},
        [NO_SHARE] = {"line_share.zero", "all lines that serve have a share of 0 in", NULL},
    };
    const size_t n = w->n_wrong[kind];
    struct cf_text more = {0};
    cf_text_add(&more, "");
    if (n > MOST_SHOWN)
        cf_text_format(&more, "; and %zu more", n - MOST_SHOWN);
    if (n)
        cf_report(diag, CF_ERROR, kinds[kind].code, at, kinds[kind].help,
                  "%s %zu cell%s that people come to stand in: %s%s", kinds[kind].what, n,
                  n > 1 ? "s" : "", w->wrong[kind].data, more.data);
    cf_text_free(&more);
    cf_text_free(&w->wrong[kind]);
}

/* Where zeros come from: the table, or the first lever that acts on it. */
static struct cf_at zero_at(const struct cf_model *model, enum cf_field_id field,
                            struct cf_at table)
{
    for (int i = 0; i < model->scenario.n_levers; i++)
        if (model->scenario.lever[i].field == field)
            return model->scenario.lever[i].at;
    return table;
}

static void report(struct walk *w, struct cf_arena *arena, cf_diag *diag)
{
    const struct cf_field *field = &w->model->field[CF_FIELD_progression];
    const char *path = field->path;
    if (path && !*path && w->n_wrong[MISSING]) {
        path = cf_path_join(arena, w->model->scenario.place, "tables/progression.csv");
        cf_report(diag, CF_ERROR, "progression.missing", (struct cf_at){.path = path}, NULL,
                  "the table progression is missing: it is needed from choice_age on");
        w->n_wrong[MISSING] = 0;
    }
    const struct cf_at at = {.path = path && *path ? path : w->model->scenario.path};
    report_kind(w, MISSING, at, diag);
    report_kind(w, ZERO, zero_at(w->model, CF_FIELD_progression, at), diag);
    const struct cf_at lines = {.path = w->model->axis[CF_AXIS_LINE].path};
    const struct cf_at shares = {.path = w->model->field[CF_FIELD_line_share].path};
    report_kind(w, NO_LINE, lines, diag);
    report_kind(w, NO_SHARE, zero_at(w->model, CF_FIELD_line_share, shares), diag);
    if (w->stuck.length)
        cf_report(diag, CF_ERROR, "duty.no-default",
                  (struct cf_at){.path = w->model->scenario.path}, "set duty_default",
                  "the duty to participate moves people who have nowhere to go: %s", w->stuck.data);
    cf_text_free(&w->stuck);
}

void cf_check_occupancy(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_extent *e = &model->extent;
    struct cf_arena arena;
    struct walk w = {.model = model, .e = e, .cells = cf_row_at(e, e->G, 0, 0)};
    w.width = (size_t)e->L * (size_t)e->S;
    cf_arena_init(&arena);
    cf_base_year_init(&w.base, model, &arena);
    w.now = CF_TAKE(&arena, (size_t)e->A * w.cells, unsigned char);
    w.then = CF_TAKE(&arena, w.cells, unsigned char);
    w.pool = CF_TAKE(&arena, w.cells, unsigned char);
    w.told = CF_TAKE(&arena, w.cells, unsigned char);
    w.revealed = CF_TAKE(&arena, (size_t)e->A * (size_t)e->S, unsigned char);
    w.everywhere = CF_TAKE(&arena, (size_t)e->G * (size_t)e->X, unsigned char);
    w.room = CF_TAKE(&arena, (size_t)e->G * w.width, unsigned char);
    w.unserved = CF_TAKE(&arena, (size_t)e->X * (size_t)e->S, unsigned char);
    w.unshared = CF_TAKE(&arena, VIEW4(e->A, 0, e->G, 0, e->L, 0, e->S), unsigned char);
    start(&w, &arena);
    place(&w, 0);
    for (int y = 1; y < e->Y; y++)
        step(&w, y);
    report(&w, &arena, diag);
    cf_arena_free(&arena);
}
