#include "plan/compare_parts.h"

#include "base/text.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH_BYTES = 8 << 20 };

/* Variables that say which run is what: by them runs are matched. */
static const char *const of_runs[] = {"run_scenario", "run_point", "run_draw"};

/* Variables whose values are members, counted from 0. */
static const struct {
    const char *name, *dim;
} indices[] = {{"offer_site", "site"}, {"offer_line", "line"}};

/* One variable that both have. */
struct pair {
    struct cf_compare *c;
    const struct cf_results_variable *v[2];
    const struct cf_compared_dim *dim[CF_RESULTS_MOST_DIMS];
    const struct cf_compared_dim *index; /* its values are members of it; NULL: they are numbers */
    size_t rows, each[2];                /* of A; values in a row */
    size_t *cell_to;                     /* [each of A] cell of B's row, CF_NOWHERE */
    struct cf_cells cells;
};

/* A row of the table. */
struct compared {
    const struct cf_results_variable *v; /* A's, or B's where A has none */
    const char *change;                  /* "same", "within", "differs", ... */
    struct cf_cells cells;
    const char *at, *relative_at;
};

/* ---- matching ---- */

static int is_listed(const char *name)
{
    for (size_t k = 0; k < sizeof of_runs / sizeof *of_runs; k++)
        if (cf_text_same(of_runs[k], name))
            return 1;
    return 0;
}

/* 0: they have other dimensions. */
static int open_pair(struct pair *p)
{
    const struct cf_results_variable *a = p->v[0], *b = p->v[1];
    if (a->n_dims != b->n_dims)
        return 0;
    for (int d = 0; d < a->n_dims; d++) {
        p->dim[d] = cf_compared_dim(p->c, a->dim[d]->name);
        if (!cf_text_same(a->dim[d]->name, b->dim[d]->name))
            return 0;
    }
    for (size_t k = 0; k < sizeof indices / sizeof *indices; k++)
        if (cf_text_same(indices[k].name, a->name))
            p->index = cf_compared_dim(p->c, indices[k].dim);
    p->rows = a->n_dims ? a->dim[0]->n : 1;
    for (int side = 0; side < 2; side++) {
        p->each[side] = 1;
        for (int d = 1; d < a->n_dims; d++)
            p->each[side] *= p->v[side]->dim[d]->n;
    }
    return 1;
}

/* Where the cells of a row of A are in a row of B. */
static void map_cells(struct pair *p)
{
    const struct cf_results_variable *a = p->v[0], *b = p->v[1];
    p->cell_to = malloc(p->each[0] * sizeof *p->cell_to + 1);
    if (!p->cell_to)
        cf_out_of_memory();
    for (size_t cell = 0; cell < p->each[0]; cell++) {
        size_t rest = cell, to = 0, stride = 1;
        for (int d = a->n_dims - 1; d > 0; d--) {
            const size_t member = p->dim[d]->to[rest % a->dim[d]->n];
            rest /= a->dim[d]->n;
            to = to == CF_NOWHERE || member == CF_NOWHERE ? CF_NOWHERE : to + member * stride;
            stride *= b->dim[d]->n;
        }
        p->cell_to[cell] = to;
    }
}

static size_t row_to(const struct pair *p, size_t row)
{
    return p->v[0]->n_dims ? p->dim[0]->to[row] : 0;
}

/* ---- values ---- */

/* A member of A that is an index, as B counts it. */
static double translated(const struct pair *p, double value)
{
    const struct cf_compared_dim *d = p->index;
    if (!d || !d->dim[0] || !(value >= 0) || value >= (double)d->dim[0]->n)
        return value;
    const size_t to = d->to[(size_t)value];
    return to == CF_NOWHERE ? -1 : (double)to;
}

static void compare_row(struct pair *p, size_t row, const double *a, const double *b)
{
    for (size_t cell = 0; cell < p->each[0]; cell++)
        if (p->cell_to[cell] != CF_NOWHERE)
            cf_compare_cell(&p->cells, translated(p, a[cell]), b[p->cell_to[cell]],
                            row * p->each[0] + cell);
}

/* B's rows for n of A's from `first` on, one after the other; those it has not stay as they are. */
static enum cf_status read_other(struct pair *p, size_t first, size_t n, double *b)
{
    enum cf_status status = CF_OK;
    for (size_t k = 0, m; status == CF_OK && k < n; k += m) {
        const size_t from = row_to(p, first + k);
        for (m = 1; from != CF_NOWHERE && k + m < n && row_to(p, first + k + m) == from + m; m++)
            ;
        if (from != CF_NOWHERE)
            status = cf_results_read_rows(p->c->file[1].results, p->v[1], from, m,
                                          b + k * p->each[1], p->c->diag);
    }
    return status;
}

static enum cf_status compare_values(struct pair *p)
{
    const size_t row_bytes = (p->each[0] + p->each[1] + 1) * sizeof(double);
    const size_t room = p->c->query->room ? p->c->query->room : BATCH_BYTES;
    const size_t batch = room / row_bytes + 1;
    const size_t most = batch < p->rows ? batch : p->rows;
    double *a = malloc(most * row_bytes + 1), *b = a ? a + most * p->each[0] : NULL;
    enum cf_status status = CF_OK;
    if (!a)
        cf_out_of_memory();
    map_cells(p);
    for (size_t first = 0; status == CF_OK && first < p->rows; first += most) {
        const size_t n = most < p->rows - first ? most : p->rows - first;
        size_t wanted = 0;
        for (size_t k = 0; k < n; k++)
            wanted += row_to(p, first + k) != CF_NOWHERE;
        if (wanted > 0)
            status = cf_results_read_rows(p->c->file[0].results, p->v[0], first, n, a, p->c->diag);
        if (wanted > 0 && status == CF_OK)
            status = read_other(p, first, n, b);
        for (size_t k = 0; status == CF_OK && k < n; k++)
            if (row_to(p, first + k) != CF_NOWHERE)
                compare_row(p, first + k, a + k * p->each[0], b + k * p->each[1]);
    }
    free(p->cell_to);
    free(a);
    return status;
}

/* ---- where ---- */

static void name_run(const struct cf_compare *c, struct cf_text *text, size_t k)
{
    const struct cf_ensemble *e = &c->ensemble[0];
    if (k >= e->n_runs)
        return;
    cf_text_format(text, "scenario %s", e->scenario_code[e->scenario[k]]);
    if (e->n_points > 1)
        cf_text_format(text, ", point %d", e->point[k]);
    if (e->draw[k] > 0)
        cf_text_format(text, ", draw %d", e->draw[k]);
}

/* "scenario baseline, year 2015, area E07000234" */
static const char *place_of(const struct pair *p, struct cf_arena *arena, size_t at)
{
    const struct cf_results_variable *v = p->v[0];
    size_t member[CF_RESULTS_MOST_DIMS];
    struct cf_text text = {0};
    cf_text_add(&text, "");
    for (int d = v->n_dims - 1; d >= 0; d--) {
        member[d] = at % v->dim[d]->n;
        at /= v->dim[d]->n;
    }
    for (int d = 0; d < v->n_dims; d++) {
        cf_text_add(&text, d ? ", " : "");
        if (p->dim[d]->is_runs)
            name_run(p->c, &text,
                     cf_text_same(v->dim[d]->name, "run")
                         ? cf_draw_run_of(p->c->file[0].results, member[d])
                         : member[d]);
        else
            cf_text_format(&text, "%s %s", v->dim[d]->name,
                           cf_member_text(&p->c->arena, v->dim[d], member[d]));
    }
    const char *place = cf_arena_copy_n(arena, text.data, text.length);
    cf_text_free(&text);
    return place;
}

/* ---- the table ---- */

static enum cf_status compare_one(struct cf_compare *c, const struct cf_results_variable *a,
                                  const struct cf_results_variable *b, struct compared *of)
{
    struct cf_arena *arena = &c->out->variables.arena;
    struct pair p = {.c = c, .v = {a, b}, .cells = {.tolerance = c->query->tolerance}};
    *of = (struct compared){.v = a, .change = "reshaped", .at = "", .relative_at = ""};
    c->tally.variables++;
    if (open_pair(&p)) {
        const enum cf_status status = compare_values(&p);
        if (status != CF_OK)
            return status;
        of->cells = p.cells;
        of->change = p.cells.differing > 0                              ? "differs"
                     : p.cells.difference > 0 || p.cells.difference < 0 ? "within"
                                                                        : "same";
        if (p.cells.relative > 0) {
            of->at = place_of(&p, arena, p.cells.at);
            of->relative_at = place_of(&p, arena, p.cells.relative_at);
        }
    }
    c->tally.differing +=
        cf_text_same(of->change, "differs") || cf_text_same(of->change, "reshaped");
    return CF_OK;
}

static enum cf_status compare_all(struct cf_compare *c, struct compared *row, size_t *n)
{
    const cf_results *a = c->file[0].results, *b = c->file[1].results;
    for (size_t i = 0; i < cf_results_n_variables(a); i++) {
        const struct cf_results_variable *v = cf_results_variable(a, i);
        const struct cf_results_variable *other = cf_results_find(b, v->name);
        enum cf_status status = CF_OK;
        if (is_listed(v->name))
            continue;
        if (other) {
            status = compare_one(c, v, other, &row[*n]);
        } else {
            row[*n] = (struct compared){.v = v, .change = "removed", .at = "", .relative_at = ""};
            c->tally.only[0]++;
        }
        if (status != CF_OK)
            return status;
        ++*n;
    }
    for (size_t i = 0; i < cf_results_n_variables(b); i++) {
        const struct cf_results_variable *v = cf_results_variable(b, i);
        if (is_listed(v->name) || cf_results_find(a, v->name))
            continue;
        row[(*n)++] = (struct compared){.v = v, .change = "added", .at = "", .relative_at = ""};
        c->tally.only[1]++;
    }
    return CF_OK;
}

/* People see what differs. */
static int is_shown(const struct cf_compare *c, const struct compared *row)
{
    return !c->query->for_people || !cf_text_same(row->change, "same");
}

static int count(size_t n)
{
    return n < INT_MAX ? (int)n : INT_MAX;
}

static void put_all(struct cf_compare *c, const struct compared *row, size_t n)
{
    struct cf_table *table = &c->out->variables;
    const int people = c->query->for_people;
    struct cf_column *variable = cf_add_column(table, "variable", CF_COLUMN_TEXT, n);
    struct cf_column *change = cf_add_column(table, "change", CF_COLUMN_TEXT, n);
    struct cf_column *cells = cf_add_column(table, "cells", CF_COLUMN_INT, n);
    struct cf_column *differ = cf_add_column(table, "differ", CF_COLUMN_INT, n);
    struct cf_column *undefined =
        people ? NULL : cf_add_column(table, "undefined", CF_COLUMN_INT, n);
    struct cf_column *difference = cf_add_column(table, "difference", CF_COLUMN_MIXED, n);
    struct cf_column *a = cf_add_column(table, "a", CF_COLUMN_MIXED, n);
    struct cf_column *b = cf_add_column(table, "b", CF_COLUMN_MIXED, n);
    struct cf_column *at = people ? NULL : cf_add_column(table, "at", CF_COLUMN_TEXT, n);
    struct cf_column *relative = cf_add_column(table, "relative", CF_COLUMN_NUMBER, n);
    struct cf_column *more[3] = {0};
    static const char *const names[] = {"relative_a", "relative_b"};
    for (int k = 0; k < 2 && !people; k++)
        more[k] = cf_add_column(table, names[k], CF_COLUMN_MIXED, n);
    if (!people)
        more[2] = cf_add_column(table, "relative_at", CF_COLUMN_TEXT, n);
    else
        at = cf_add_column(table, "at", CF_COLUMN_TEXT, n);
    relative->kind = people ? CF_COLUMN_SHARE : CF_COLUMN_NUMBER;
    change->once = 1;
    for (size_t r = 0; r < n; r++) {
        const struct cf_cells *x = &row[r].cells;
        const size_t to = table->n_rows;
        const int none = x->n == 0, places = row[r].at[0] != '\0';
        if (!is_shown(c, &row[r]))
            continue;
        table->n_rows++;
        variable->text[to] = row[r].v->name;
        change->text[to] = row[r].change;
        cells->integer[to] = count(x->n);
        differ->integer[to] = count(x->differing);
        if (undefined)
            undefined->integer[to] = count(x->undefined);
        difference->number[to] = none ? (double)NAN : x->difference;
        a->number[to] = places ? x->a : (double)NAN;
        b->number[to] = places ? x->b : (double)NAN;
        at->text[to] = row[r].at;
        relative->number[to] = none ? (double)NAN : x->relative;
        if (more[0]) {
            more[0]->number[to] = places ? x->relative_a : (double)NAN;
            more[1]->number[to] = places ? x->relative_b : (double)NAN;
            more[2]->text[to] = row[r].relative_at;
        }
    }
    table->title = "Variables, each where it differs most";
}

enum cf_status cf_compare_variables(struct cf_compare *c)
{
    const size_t most =
        cf_results_n_variables(c->file[0].results) + cf_results_n_variables(c->file[1].results);
    struct compared *row = CF_TAKE(&c->arena, most, struct compared);
    size_t n = 0;
    const enum cf_status status = compare_all(c, row, &n);
    if (status == CF_OK)
        put_all(c, row, n);
    return status;
}
