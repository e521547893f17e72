#include "input/tables.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* Years of a table: those that matter, and values for those that no row covers. */

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void slots_of_covers(struct cf_table *t, struct cf_table_dim *dim)
{
    for (int k = 0; k < dim->keys.n; k++) {
        struct cf_cover *cover = &dim->cover[k];
        cover->n = 0;
        if (cover->bad)
            continue;
        cover->slot = CF_TAKE(&t->scratch, (size_t)t->n_slots, int);
        for (int i = 0; i < t->n_slots; i++)
            if (t->slot_year[i] >= cover->first && t->slot_year[i] <= cover->last)
                cover->slot[cover->n++] = i;
    }
}

/*
 * Of the years outside the horizon only the last one covered before it and the first one after it
 * matter to a cell: they are the last year of some row, and the first year of some row.
 */
static void year_slots(struct cf_table *t, struct cf_table_dim *dim)
{
    const struct cf_scenario *s = &t->model->scenario;
    size_t room = (size_t)dim->keys.n + (size_t)(s->end_year - s->base_year + 1);
    int *year = CF_TAKE(&t->scratch, room, int), n = 0;
    for (int y = s->base_year; y <= s->end_year; y++)
        year[n++] = y;
    for (int k = 0; k < dim->keys.n; k++) {
        const struct cf_cover *cover = &dim->cover[k];
        if (cover->bad)
            continue;
        if (cover->last < s->base_year)
            year[n++] = cover->last;
        else if (cover->first > s->end_year)
            year[n++] = cover->first;
    }
    qsort(year, (size_t)n, sizeof *year, by_number);
    t->n_slots = 0;
    t->slot_year = year;
    for (int i = 0; i < n; i++)
        if (!i || year[i] != year[i - 1])
            year[t->n_slots++] = year[i];
    slots_of_covers(t, dim);
}

/* How many slots each axis of the table has, and how they lie. */
void cf_table_slots(struct cf_table *t)
{
    t->n_slots = 1;
    t->rest = 1;
    for (int d = t->spec->n_dims - 1; d >= 0; d--) {
        struct cf_table_dim *dim = &t->dim[d];
        dim->stride = t->rest;
        if (dim->dim->axis == CF_AXIS_YEAR) {
            year_slots(t, dim);
            dim->n = t->n_slots;
            continue;
        }
        dim->n = dim->axis->n + (dim->dim->axis == CF_AXIS_AGE ? t->extra : 0);
        t->rest *= (size_t)dim->n;
    }
}

/* What is done with the years of one table, for the one notice and the errors. */
struct gaps {
    struct cf_table *t;
    const struct cf_table_rule *rule;
    size_t between, beyond; /* cells filled so */
    int first_beyond;       /* the earliest last year given */
};

static void gap_error(struct gaps *g, size_t cell, int year, int before, int after)
{
    struct cf_table *t = g->t;
    struct cf_at place = g->rule->at.line ? g->rule->at : (struct cf_at){t->csv.path, 0, 0};
    if (!cf_caps_show(t->caps, CF_WRONG_YEARS, place))
        return;
    int at[CF_MOST_DIMS];
    cf_table_members(t, 0, cell, at);
    struct cf_text text = {0};
    cf_cell_text(t->model, t->field, at, CF_ALL_DIMS & ~1u, &text);
    const char *of = text.length ? " of " : "", *what = text.length ? text.data : "";
    if (after == INT_MAX)
        cf_report(t->diag, CF_ERROR, "table.years", place,
                  "give the years that are missing, or let the last one hold: beyond = \"hold\"",
                  "%s: the series%s%s ends in %d, before %d", t->spec->name, of, what, before,
                  t->model->scenario.end_year);
    else
        cf_report(t->diag, CF_ERROR, "table.years", place,
                  "give the years that are missing, or fill them: between = \"linear\" or \"step\"",
                  "%s: the series%s%s has no value for %d, between %d and %d", t->spec->name, of,
                  what, year, before, after);
    cf_text_free(&text);
}

/* v(y) = v0 + (v1 - v0) (y - y0) / (y1 - y0), so that it is exact where the ends are equal. */
static double between_years(int year, int year0, double v0, int year1, double v1)
{
    return v0 + (v1 - v0) * ((double)(year - year0) / (double)(year1 - year0));
}

/* The series of one cell: years of the horizon from the years its rows cover. */
static void fill_series(struct gaps *g, size_t cell, int followed)
{
    struct cf_table *t = g->t;
    const struct cf_scenario *s = &t->model->scenario;
    int before = -1, told = 0;
    for (int i = 0; i < t->n_slots; i++) {
        int year = t->slot_year[i];
        size_t from = (size_t)i * t->rest + cell;
        if (t->champion[from] >= 0)
            before = i;
        if (year < s->base_year || year > s->end_year)
            continue;
        size_t to = (size_t)(year - s->base_year) * t->rest + cell;
        t->value[to] = NAN;
        if (before == i) {
            t->value[to] = t->given[from];
            t->line[to] = t->row_line[t->champion[from]];
        } else if (before >= 0) {
            int after = i + 1;
            while (after < t->n_slots && t->champion[(size_t)after * t->rest + cell] < 0)
                after++;
            int ends = after == t->n_slots, year0 = t->slot_year[before];
            double v0 = t->given[(size_t)before * t->rest + cell];
            t->value[to] = ends || g->rule->between == CF_BETWEEN_STEP
                               ? v0
                               : between_years(year, year0, v0, t->slot_year[after],
                                               t->given[(size_t)after * t->rest + cell]);
            t->line[to] = -1;
            if (!followed)
                continue;
            *(ends ? &g->beyond : &g->between) += 1;
            if (ends && year0 < g->first_beyond)
                g->first_beyond = year0;
            int wrong =
                ends ? g->rule->beyond == CF_BEYOND_ERROR : g->rule->between == CF_BETWEEN_ERROR;
            if (wrong && told <= ends)
                gap_error(g, cell, year, year0, ends ? INT_MAX : t->slot_year[after]);
            if (wrong)
                told = 1 + ends;
        }
    }
}

static void report_gaps(const struct gaps *g)
{
    int interpolated = g->between && g->rule->between != CF_BETWEEN_ERROR;
    int held = g->beyond && g->rule->beyond != CF_BEYOND_ERROR;
    if (!interpolated && !held)
        return;
    struct cf_text text = {0};
    if (interpolated)
        cf_text_format(&text, "years between given ones are %s in %zu cells",
                       g->rule->between == CF_BETWEEN_STEP ? "held from the one before"
                                                           : "interpolated",
                       g->between);
    if (held)
        cf_text_format(&text, "%sthe last given year is held after it in %zu cells, from %d on",
                       interpolated ? "; " : "", g->beyond, g->first_beyond + 1);
    cf_report(g->t->diag, CF_NOTICE, "table.years", (struct cf_at){g->t->csv.path, 0, 0}, NULL,
              "%s: %s", g->t->spec->name, text.data);
    cf_text_free(&text);
}

/* Values of the years of the horizon from those of the slots. */
void cf_table_years(struct cf_table *t)
{
    int yearly = cf_field_yearly(t->field);
    size_t n_years = yearly ? (size_t)t->model->axis[CF_AXIS_YEAR].n : 1;
    struct cf_arena *arena = t->extra ? &t->scratch : &t->model->arena;
    t->value = CF_TAKE(arena, n_years * t->rest, double);
    t->line = CF_TAKE(arena, n_years * t->rest, int);
    if (!yearly) {
        for (size_t i = 0; i < t->rest; i++) {
            t->value[i] = t->given[i];
            t->line[i] = t->champion[i] < 0 ? 0 : t->row_line[t->champion[i]];
        }
        return;
    }
    struct gaps g = {.t = t, .rule = &t->model->scenario.table[t->field], .first_beyond = INT_MAX};
    int at[CF_MOST_DIMS];
    for (size_t cell = 0; cell < t->rest; cell++) {
        cf_table_members(t, 0, cell, at);
        fill_series(&g, cell, cf_followed(t->model, t->field, at));
    }
    report_gaps(&g);
}
