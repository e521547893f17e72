#include "input/tables.h"

#include <math.h>

/* Which row of a table fills which cell. */

int cf_walk_first(struct cf_walk *walk, const struct cf_table *t, int row)
{
    walk->table = t;
    walk->cell = 0;
    for (int d = 0; d < t->spec->n_dims; d++) {
        const struct cf_cover *cover = cf_row_cover(t, row, d);
        if (!cover->n)
            return 0;
        walk->cover[d] = cover;
        walk->k[d] = 0;
        walk->slot[d] = cover->slot[0];
        walk->cell += (size_t)cover->slot[0] * t->dim[d].stride;
    }
    return 1;
}

int cf_walk_next(struct cf_walk *walk)
{
    const struct cf_table *t = walk->table;
    for (int d = t->spec->n_dims - 1; d >= 0; d--) {
        const struct cf_cover *cover = walk->cover[d];
        walk->cell -= (size_t)walk->slot[d] * t->dim[d].stride;
        int more = ++walk->k[d] < cover->n;
        if (!more)
            walk->k[d] = 0;
        walk->slot[d] = cover->slot[walk->k[d]];
        walk->cell += (size_t)walk->slot[d] * t->dim[d].stride;
        if (more)
            return 1;
    }
    return 0;
}

enum order { LESS, SAME, MORE, NEITHER };

/* How specific one cover is beside another that covers a common slot. Attributes are all of one
 * rank; more of the same narrow further. */
static enum order compare(const struct cf_cover *a, const struct cf_cover *b, int is_range)
{
    if (a == b)
        return SAME;
    if (a->rank != b->rank)
        return a->rank > b->rank ? MORE : LESS;
    if (a->rank != CF_RANK_SET)
        return SAME;
    if (!is_range)
        return a->conditions == b->conditions                     ? SAME
               : (a->conditions | b->conditions) == a->conditions ? MORE
               : (a->conditions | b->conditions) == b->conditions ? LESS
                                                                  : SAME;
    int inside = a->first >= b->first && a->last <= b->last;
    int around = a->first <= b->first && a->last >= b->last;
    return inside && around ? SAME : inside ? MORE : around ? LESS : NEITHER;
}

/* A row beats another when it is at least as specific on every axis and more so on one. */
static enum order compare_rows(const struct cf_table *t, int a, int b)
{
    enum order all = SAME;
    for (int d = 0; d < t->spec->n_dims; d++) {
        enum cf_axis_id axis = t->spec->dim[d].axis;
        enum order one = compare(cf_row_cover(t, a, d), cf_row_cover(t, b, d),
                                 axis == CF_AXIS_YEAR || axis == CF_AXIS_AGE);
        if (one == NEITHER || (all != SAME && one != SAME && one != all))
            return NEITHER;
        if (one != SAME)
            all = one;
    }
    return all;
}

static int walk_followed(const struct cf_walk *walk)
{
    const struct cf_table *t = walk->table;
    int at[CF_MOST_DIMS] = {0};
    for (int d = 0; d < t->spec->n_dims; d++)
        at[d] = walk->slot[d] - (t->spec->dim[d].axis == CF_AXIS_AGE ? t->extra : 0);
    return cf_followed(t->model, t->field, at);
}

#define SHOWN_PAIRS 5

static void report_pair(struct cf_table *t, const struct cf_walk *walk, int row, int other)
{
    int at[CF_MOST_DIMS], first = t->row_line[row], second = t->row_line[other];
    size_t cell = walk->cell % t->rest;
    cf_table_members(t, (int)(walk->cell / t->rest), cell, at);
    struct cf_text text = {0};
    cf_cell_text(t->model, t->field, at, CF_ALL_DIMS, &text);
    cf_report(t->diag, CF_ERROR, "table.ambiguous",
              (struct cf_at){t->csv.path, first > second ? first : second, 0}, NULL,
              "lines %d and %d both cover %s and neither is more specific",
              first < second ? first : second, first > second ? first : second, text.data);
    cf_text_free(&text);
}

/*
 * The champion of a cell beats every row that covers it, or no row does. Find the cells of the
 * second kind that are read, and name each pair of rows once.
 */
static void report_contested(struct cf_table *t)
{
    int *seen = CF_TAKE(&t->scratch, (size_t)t->n_rows, int); /* row + 1 it was last named with */
    size_t n = 0;
    struct cf_at next = {0};
    struct cf_walk walk;
    for (int row = 0; row < t->n_rows; row++) {
        for (int go = cf_walk_first(&walk, t, row); go; go = cf_walk_next(&walk)) {
            int champion = t->champion[walk.cell];
            if (champion == row || seen[champion] == row + 1 ||
                compare_rows(t, champion, row) == MORE || !walk_followed(&walk))
                continue;
            seen[champion] = row + 1;
            if (++n <= SHOWN_PAIRS)
                report_pair(t, &walk, champion, row);
            else if (n == SHOWN_PAIRS + 1)
                next = (struct cf_at){t->csv.path, t->row_line[row], 0};
        }
    }
    if (n > SHOWN_PAIRS)
        cf_report(t->diag, CF_ERROR, "table.more", next, NULL,
                  "there are %zu more pairs of rows of which neither is more specific",
                  n - SHOWN_PAIRS);
}

/*
 * The row that beats all others, where there is one, takes the place of whatever champion it meets
 * and nobody beats it: so it is the champion at the end.
 */
void cf_table_champions(struct cf_table *t)
{
    size_t cells = (size_t)t->n_slots * t->rest;
    t->champion = CF_TAKE(&t->scratch, cells, int);
    for (size_t i = 0; i < cells; i++)
        t->champion[i] = -1;
    int contested = 0;
    struct cf_walk walk;
    for (int row = 0; row < t->n_rows; row++)
        for (int go = cf_walk_first(&walk, t, row); go; go = cf_walk_next(&walk)) {
            int *champion = &t->champion[walk.cell];
            enum order order = *champion < 0 ? MORE : compare_rows(t, row, *champion);
            if (order == MORE)
                *champion = row;
            else if (order != LESS)
                contested = 1;
        }
    if (contested)
        report_contested(t);
}

/* A rate holds for every cell of its row; of a count each cell has its members' share. */
void cf_table_values(struct cf_table *t)
{
    size_t cells = (size_t)t->n_slots * t->rest;
    t->given = CF_TAKE(&t->scratch, cells, double);
    for (size_t i = 0; i < cells; i++)
        t->given[i] = NAN;
    struct cf_walk walk;
    for (int row = 0; row < t->n_rows; row++)
        for (int go = cf_walk_first(&walk, t, row); go; go = cf_walk_next(&walk)) {
            if (t->champion[walk.cell] != row)
                continue;
            double value = t->row_value[row];
            for (int d = 0; d < t->spec->n_dims; d++)
                if (walk.cover[d]->share)
                    value *= walk.cover[d]->share[walk.slot[d]];
            t->given[walk.cell] = value;
        }
}
