#include "output/suppress_parts.h"

#include "base/names.h"
#include "base/text.h"
#include "output/dictionary.h"

#include <stdlib.h>
#include <string.h>

/* ---- keys ---- */

static int is_number(const struct cf_column *column)
{
    return column->kind != CF_COLUMN_TEXT && column->kind != CF_COLUMN_INT;
}

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double number_at(const struct cf_column *column, size_t row)
{
    const double x = column->kind == CF_COLUMN_INT ? column->integer[row] : column->number[row];
    return isnan(x) ? -HUGE_VAL : x;
}

static void number_members(struct cf_suppression *s, struct cf_key *key)
{
    const size_t rows = s->table->n_rows;
    key->member = CF_TAKE(&s->arena, rows, int);
    if (key->column->kind == CF_COLUMN_TEXT) {
        struct cf_names names;
        cf_names_init(&names, &s->arena);
        for (size_t row = 0; row < rows; row++)
            key->member[row] = cf_names_add(&names, key->column->text[row]);
        key->n = names.n;
        return;
    }
    double *sorted = CF_TAKE(&s->arena, rows, double);
    for (size_t row = 0; row < rows; row++)
        sorted[row] = number_at(key->column, row);
    qsort(sorted, rows, sizeof *sorted, compare_numbers);
    for (size_t row = 0; row < rows; row++)
        if (key->n == 0 || sorted[row] > sorted[key->n - 1])
            sorted[key->n++] = sorted[row];
    for (size_t row = 0; row < rows; row++) {
        const double x = number_at(key->column, row);
        const double *found = bsearch(&x, sorted, (size_t)key->n, sizeof *sorted, compare_numbers);
        key->member[row] = (int)(found - sorted);
    }
}

static void find_keys(struct cf_suppression *s)
{
    for (int c = 0; c < s->table->n_columns && s->n_keys < CF_MOST_KEYS; c++) {
        struct cf_column *column = &s->table->column[c];
        if (is_number(column) && cf_column_unit(column) != CF_UNIT_THINGS)
            break;
        struct cf_key *key = &s->key[s->n_keys++];
        *key = (struct cf_key){.column = column};
        number_members(s, key);
    }
}

/* Key k of a row, or in its place another member (>= 0). */
static int member_of(const struct cf_suppression *s, size_t row, const int *other, int k)
{
    return other && other[k] >= 0 ? other[k] : s->key[k].member[row];
}

uint64_t cf_key_hash(const struct cf_suppression *s, size_t row, const int *other)
{
    uint64_t hash = 1469598103934665603u;
    for (int k = 0; k < s->n_keys; k++)
        hash = (hash ^ (uint64_t)member_of(s, row, other, k)) * 1099511628211u;
    return hash ^ hash >> 29;
}

/* Where the row is, or would be, that has the key of `row` but for the members of `other`. */
static size_t *slot_of(const struct cf_suppression *s, size_t row, const int *other)
{
    for (size_t at = (size_t)cf_key_hash(s, row, other) & (s->n_slots - 1);;
         at = (at + 1) & (s->n_slots - 1)) {
        const size_t there = s->slot[at];
        int same = 1;
        for (int k = 0; there != CF_NO_ROW && same && k < s->n_keys; k++)
            same = s->key[k].member[there] == member_of(s, row, other, k);
        if (there == CF_NO_ROW || same)
            return &s->slot[at];
    }
}

static void index_rows(struct cf_suppression *s)
{
    for (s->n_slots = 16; s->n_slots < 2 * s->table->n_rows;)
        s->n_slots *= 2;
    s->slot = CF_TAKE(&s->arena, s->n_slots, size_t);
    for (size_t k = 0; k < s->n_slots; k++)
        s->slot[k] = CF_NO_ROW;
    for (size_t row = 0; row < s->table->n_rows; row++) {
        size_t *slot = slot_of(s, row, NULL);
        if (*slot == CF_NO_ROW)
            *slot = row;
    }
}

size_t cf_row_with(const struct cf_suppression *s, size_t row, const int *other)
{
    return *slot_of(s, row, other);
}

int cf_same_block(const struct cf_suppression *s, size_t a, size_t b, int k)
{
    int same = 1;
    for (int i = 0; i < s->n_keys && same; i++)
        same = i == k || s->key[i].member[a] == s->key[i].member[b];
    return same;
}

/* ---- hiding ---- */

static int is_small(const struct cf_column *column, size_t row, double below)
{
    const double x = fabs(cf_count_at(column, row));
    return x > CF_NOBODY && x < below;
}

/* Where the table has holes and no box fits: everything that stands in a total's sum with the row,
 * and with that, in its turn, along the next key. */
static void hide_crossing(const struct cf_suppression *s, struct cf_hiding *group, size_t row)
{
    for (size_t at = 0; at < s->table->n_rows; at++) {
        int beside = 1;
        for (int k = 0; k < s->n_keys && beside; k++)
            beside = s->key[k].n_totals > 0 || s->key[k].member[at] == s->key[k].member[row];
        group->hidden[at] |= (unsigned char)beside;
    }
}

static void hide_beside(const struct cf_suppression *s, struct cf_hiding *group, size_t row,
                        const struct cf_column *count)
{
    struct cf_box box;
    int against;
    if (cf_find_box(s, group, row, count, &box))
        for (size_t which = 1; which < cf_box_corners(&box); which++)
            group->hidden[cf_box_corner(s, &box, row, which, &against)] = 1;
    else
        hide_crossing(s, group, row);
}

static void hide_rows(struct cf_suppression *s, struct cf_column *column,
                      const unsigned char *hidden)
{
    if (!column->hidden)
        column->hidden = CF_TAKE(&s->table->arena, s->table->n_rows, unsigned char);
    for (size_t row = 0; row < s->table->n_rows; row++)
        column->hidden[row] |= hidden[row];
}

static void hide_group(struct cf_suppression *s, struct cf_hiding *group)
{
    const size_t rows = s->table->n_rows;
    int any = 0;
    group->hidden = CF_TAKE(&s->arena, rows, unsigned char);
    for (size_t row = 0; row < rows; row++)
        for (int c = 0; c < group->n_counts; c++)
            if (is_small(group->count[c], row, s->below))
                any = group->hidden[row] = 1;
    if (!any)
        return;
    cf_find_totals(s, group);
    for (size_t row = 0; row < rows; row++)
        for (int c = 0; c < group->n_counts; c++)
            if (is_small(group->count[c], row, s->below))
                hide_beside(s, group, row, group->count[c]);
    for (int c = 0; c < group->n_counts; c++)
        hide_rows(s, group->count[c], group->hidden);
}

/* Whether the column says what follows from the counts of its row: numbers that are no counts of
 * something else, and texts that tell numbers. */
static int follows(const struct cf_column *column)
{
    const enum cf_measure unit = cf_column_unit(column);
    if (!is_number(column))
        return unit == CF_UNIT_PERSONS;
    return unit != CF_UNIT_PERSONS && unit != CF_UNIT_THINGS && unit != CF_UNIT_PLACES &&
           unit != CF_UNIT_MINUTES;
}

static int is_count(const struct cf_column *column)
{
    return is_number(column) && cf_column_unit(column) == CF_UNIT_PERSONS;
}

static size_t count_hidden(const struct cf_table *table)
{
    size_t n = 0;
    for (int c = 0; c < table->n_columns; c++)
        for (size_t row = 0; row < table->n_rows; row++)
            n += cf_is_hidden(&table->column[c], row) ? 1 : 0;
    return n;
}

static void add_note(struct cf_table *table, double below)
{
    size_t n = 0;
    while (table->notes && table->notes[n])
        n++;
    const char **notes = CF_TAKE(&table->arena, n + 2, const char *);
    if (n > 0)
        memcpy(notes, table->notes, n * sizeof *notes);
    notes[n] =
        cf_arena_format(&table->arena,
                        CF_HIDDEN ": hidden, so that no person can be told: a number of persons "
                                  "above 0 and below %g, or one from which such a number could "
                                  "be worked out",
                        below);
    table->notes = notes;
}

size_t cf_suppress(struct cf_table *table, double below)
{
    struct cf_suppression s = {.table = table, .below = below};
    struct cf_hiding together = {0};
    if (table->n_rows == 0)
        return 0;
    cf_arena_init(&s.arena);
    find_keys(&s);
    index_rows(&s);
    for (int c = 0; c < table->n_columns; c++) {
        struct cf_column *column = &table->column[c];
        struct cf_hiding alone = {.n_counts = 1, .count = {column}};
        if (is_count(column) && column->apart)
            hide_group(&s, &alone);
        else if (is_count(column))
            together.count[together.n_counts++] = column;
    }
    if (together.n_counts > 0)
        hide_group(&s, &together);
    for (int c = 0; c < table->n_columns; c++)
        for (int k = 0; k < table->n_columns; k++)
            if (follows(&table->column[c]) && table->column[k].hidden &&
                is_count(&table->column[k]))
                hide_rows(&s, &table->column[c], table->column[k].hidden);
    cf_arena_free(&s.arena);
    const size_t n = count_hidden(table);
    if (n > 0)
        add_note(table, below);
    return n;
}
