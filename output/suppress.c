#include "output/suppress.h"

#include "base/names.h"
#include "output/dictionary.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NONE SIZE_MAX
enum {
    MOST_KEYS = 24,
    MOST_ALONG = 24, /* members along a key that are tried, where it is the only one with a total */
};
static const double nothing = 1e-9;   /* persons: rounding of a sum that is nobody */
static const double agreement = 1e-9; /* of a sum's terms: it is the total */

struct key {
    const struct cf_column *column;
    int n;       /* members */
    int *member; /* [n_rows] */
    int total;   /* its member that is the sum of the others, or -1 */
};

/* A set of columns that are hidden together, and what is to be hidden of it. */
struct group {
    int n_counts, n_columns;
    struct cf_column *count[CF_TABLE_MOST_COLUMNS];  /* that can be small */
    struct cf_column *column[CF_TABLE_MOST_COLUMNS]; /* all that is hidden with them */
    unsigned char *hidden;                           /* [n_rows] */
};

struct suppression {
    struct cf_table *table;
    struct cf_arena arena;
    double below;
    int n_keys;
    struct key key[MOST_KEYS];
    size_t n_slots, *slot; /* rows by their key, open addressing */
};

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

static void number_members(struct suppression *s, struct key *key)
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

static void find_keys(struct suppression *s)
{
    for (int c = 0; c < s->table->n_columns && s->n_keys < MOST_KEYS; c++) {
        struct cf_column *column = &s->table->column[c];
        if (is_number(column) && cf_column_unit(column) != CF_UNIT_THINGS)
            break;
        struct key *key = &s->key[s->n_keys++];
        *key = (struct key){.column = column, .total = -1};
        number_members(s, key);
    }
}

/* Key k of a row, or in its place another member (>= 0). */
static int member_of(const struct suppression *s, size_t row, const int *other, int k)
{
    return other && other[k] >= 0 ? other[k] : s->key[k].member[row];
}

static uint64_t hash_of(const struct suppression *s, size_t row, const int *other)
{
    uint64_t hash = 1469598103934665603u;
    for (int k = 0; k < s->n_keys; k++)
        hash = (hash ^ (uint64_t)member_of(s, row, other, k)) * 1099511628211u;
    return hash ^ hash >> 29;
}

/* Where the row is, or would be, that has the key of `row` but for the members of `other`. */
static size_t *slot_of(const struct suppression *s, size_t row, const int *other)
{
    for (size_t at = (size_t)hash_of(s, row, other) & (s->n_slots - 1);;
         at = (at + 1) & (s->n_slots - 1)) {
        const size_t there = s->slot[at];
        int same = 1;
        for (int k = 0; there != NONE && same && k < s->n_keys; k++)
            same = s->key[k].member[there] == member_of(s, row, other, k);
        if (there == NONE || same)
            return &s->slot[at];
    }
}

static void index_rows(struct suppression *s)
{
    for (s->n_slots = 16; s->n_slots < 2 * s->table->n_rows;)
        s->n_slots *= 2;
    s->slot = CF_TAKE(&s->arena, s->n_slots, size_t);
    for (size_t k = 0; k < s->n_slots; k++)
        s->slot[k] = NONE;
    for (size_t row = 0; row < s->table->n_rows; row++) {
        size_t *slot = slot_of(s, row, NULL);
        if (*slot == NONE)
            *slot = row;
    }
}

/* The row that has member m at key k, and is else as `row`; NONE where there is none. */
static size_t row_beside(const struct suppression *s, size_t row, int k, int m)
{
    int other[MOST_KEYS];
    for (int i = 0; i < s->n_keys; i++)
        other[i] = i == k ? m : -1;
    return *slot_of(s, row, other);
}

/* ---- totals ---- */

static double count_at(const struct cf_column *column, size_t row)
{
    const double x = column->number[row];
    return isnan(x) || (column->share && column->share[row]) ? 0 : x;
}

/* Rows that differ in key k alone, a block of them after the other: to *order, and where each block
 * begins to *first, [n_blocks + 1]. */
static size_t blocks_along(struct suppression *s, int k, size_t *order, size_t *first)
{
    const size_t rows = s->table->n_rows;
    size_t *head = CF_TAKE(&s->arena, rows, size_t), *size = CF_TAKE(&s->arena, rows, size_t);
    size_t n = 0;
    /* A block goes by its first row: the one found when the key's member is that of any row of it.
     */
    size_t n_slots = s->n_slots, *slot = CF_TAKE(&s->arena, n_slots, size_t);
    for (size_t at = 0; at < n_slots; at++)
        slot[at] = NONE;
    int other[MOST_KEYS];
    for (int i = 0; i < s->n_keys; i++)
        other[i] = i == k ? 0 : -1;
    for (size_t row = 0; row < rows; row++) {
        size_t at = (size_t)hash_of(s, row, other) & (n_slots - 1);
        for (;; at = (at + 1) & (n_slots - 1)) {
            int same = 1;
            for (int i = 0; slot[at] != NONE && same && i < s->n_keys; i++)
                same = i == k || s->key[i].member[slot[at]] == s->key[i].member[row];
            if (slot[at] == NONE || same)
                break;
        }
        if (slot[at] == NONE)
            slot[at] = row;
        head[row] = slot[at];
        size[head[row]]++;
    }
    size_t *place = CF_TAKE(&s->arena, rows, size_t), at = 0;
    for (size_t row = 0; row < rows; row++)
        if (head[row] == row) {
            first[n++] = place[row] = at;
            at += size[row];
        }
    first[n] = at;
    for (size_t row = 0; row < rows; row++)
        order[place[head[row]]++] = row;
    return n;
}

/* Whether some member of key k is the sum of the others wherever it stands; it goes to key->total.
 */
static void find_total(struct suppression *s, int k, const struct cf_column *count,
                       const size_t *order, const size_t *first, size_t n_blocks)
{
    struct key *key = &s->key[k];
    unsigned char *is_sum = CF_TAKE(&s->arena, (size_t)key->n, unsigned char);
    unsigned char *is_more = CF_TAKE(&s->arena, (size_t)key->n, unsigned char);
    memset(is_sum, 1, (size_t)key->n);
    for (size_t b = 0; b < n_blocks; b++) {
        double sum = 0, size = 0;
        for (size_t i = first[b]; i < first[b + 1]; i++) {
            sum += count_at(count, order[i]);
            size += fabs(count_at(count, order[i]));
        }
        for (size_t i = first[b]; i < first[b + 1]; i++) {
            const double x = count_at(count, order[i]);
            const int m = key->member[order[i]];
            if (fabs(2 * x - sum) > agreement * size + nothing || first[b + 1] - first[b] < 2)
                is_sum[m] = 0;
            else if (fabs(x) > nothing && first[b + 1] - first[b] > 2)
                is_more[m] = 1;
        }
    }
    for (int m = 0; m < key->n && key->total < 0; m++)
        if (is_sum[m] && is_more[m])
            key->total = m;
}

static void find_totals(struct suppression *s, const struct group *group)
{
    const size_t rows = s->table->n_rows;
    size_t *order = CF_TAKE(&s->arena, rows, size_t), *first = CF_TAKE(&s->arena, rows + 1, size_t);
    for (int k = 0; k < s->n_keys; k++) {
        s->key[k].total = -1;
        if (s->key[k].n < 2)
            continue;
        const size_t n_blocks = blocks_along(s, k, order, first);
        for (int c = 0; c < group->n_counts && s->key[k].total < 0; c++)
            find_total(s, k, group->count[c], order, first, n_blocks);
    }
}

/* ---- boxes ---- */

/* A box: one more member along each key that has a total. */
struct box {
    int n;                 /* keys */
    int key[MOST_KEYS];    /* which */
    int member[MOST_KEYS]; /* the other member of each */
    int n_more;            /* rows that it hides and that are not hidden yet */
    int n_totals;          /* of them, how many are totals */
    double cost;           /* the persons in them */
    int wide;              /* whether the count could be as high as `below` */
    double room;           /* by how much it could be higher or lower */
};

static size_t corner(const struct suppression *s, const struct box *box, size_t row, unsigned which)
{
    int other[MOST_KEYS];
    for (int k = 0; k < s->n_keys; k++)
        other[k] = -1;
    for (int i = 0; i < box->n; i++)
        if (which >> i & 1)
            other[box->key[i]] = box->member[i];
    return *slot_of(s, row, other);
}

/* Whether a corner moves against the count: an odd number of steps from member to member; a step to
 * or from a total goes with it. */
static int falls(const struct suppression *s, const struct box *box, size_t row, unsigned which)
{
    int odd = 0;
    for (int i = 0; i < box->n; i++) {
        const struct key *key = &s->key[box->key[i]];
        odd ^= (which >> i & 1) && key->total != box->member[i] && key->total != key->member[row];
    }
    return odd;
}

/* 0 where a corner is no row of the table. */
static int look_at(const struct suppression *s, const struct group *group, size_t row,
                   const struct cf_column *count, struct box *box)
{
    double up = HUGE_VAL, down = HUGE_VAL;
    box->n_more = box->n_totals = 0;
    box->cost = 0;
    for (unsigned which = 0; which < 1u << box->n; which++) {
        const size_t at = corner(s, box, row, which);
        if (at == NONE)
            return 0;
        const double x = fabs(count_at(count, at));
        double *limit = falls(s, box, row, which) ? &up : &down;
        *limit = fmin(*limit, x);
        if (group->hidden[at])
            continue;
        box->n_more++;
        box->cost += x;
        for (int i = 0; i < box->n; i++)
            box->n_totals += (which >> i & 1) && s->key[box->key[i]].total == box->member[i];
    }
    box->room = up + down;
    box->wide = fabs(count_at(count, row)) + up >= s->below;
    return 1;
}

static int is_better(const struct box *a, const struct box *b)
{
    if (a->wide != b->wide)
        return a->wide;
    if (!a->wide && a->room != b->room)
        return a->room > b->room;
    if (a->n_totals != b->n_totals)
        return a->n_totals < b->n_totals;
    if (a->n_more != b->n_more)
        return a->n_more < b->n_more;
    return a->cost < b->cost;
}

/* What is tried first: what is hidden already, large ones before small ones, then what is large
 * enough, small ones first; those that are nobody last. */
static double rank_of(const struct suppression *s, const struct group *group, size_t row,
                      const struct cf_column *count)
{
    const double x = fabs(count_at(count, row));
    return x <= nothing         ? HUGE_VAL
           : group->hidden[row] ? -1 - x
           : x < s->below       ? 1 / x
                                : s->below + x;
}

/* Members along a key beside a row that a box may reach to: at most so many, and the total last. */
static int members_along(const struct suppression *s, const struct group *group, size_t row, int k,
                         const struct cf_column *count, int most, int *member)
{
    const struct key *key = &s->key[k];
    double rank[MOST_ALONG];
    int n = 0;
    for (int m = 0; m < key->n; m++) {
        const size_t at =
            m == key->member[row] || m == key->total ? NONE : row_beside(s, row, k, m);
        if (at == NONE)
            continue;
        const double here = rank_of(s, group, at, count);
        if (n == most && here >= rank[n - 1])
            continue;
        int i = n < most ? n++ : n - 1;
        for (; i > 0 && rank[i - 1] > here; i--) {
            rank[i] = rank[i - 1];
            member[i] = member[i - 1];
        }
        rank[i] = here;
        member[i] = m;
    }
    if (key->member[row] != key->total && row_beside(s, row, k, key->total) != NONE)
        member[n++] = key->total;
    return n;
}

/* The best box of a count; 0 where a total stands beside it and there is none. */
static int find_box(const struct suppression *s, const struct group *group, size_t row,
                    const struct cf_column *count, struct box *best)
{
    static const int most[] = {0, MOST_ALONG, 16, 7, 4, 3};
    struct box box = {0};
    int member[MOST_KEYS][MOST_ALONG + 1], n_along[MOST_KEYS], at[MOST_KEYS] = {0};
    int n_totals = 0, found = 0, i;
    for (int k = 0; k < s->n_keys; k++)
        n_totals += s->key[k].total >= 0;
    for (int k = 0; k < s->n_keys; k++) {
        if (s->key[k].total < 0)
            continue;
        n_along[box.n] = members_along(s, group, row, k, count, n_totals < 6 ? most[n_totals] : 1,
                                       member[box.n]);
        if (n_along[box.n] > 0)
            box.key[box.n++] = k;
    }
    do {
        for (i = 0; i < box.n; i++)
            box.member[i] = member[i][at[i]];
        if (look_at(s, group, row, count, &box) && (!found || is_better(&box, best))) {
            *best = box;
            found = 1;
        }
        for (i = 0; i < box.n && ++at[i] == n_along[i]; i++)
            at[i] = 0;
    } while (i < box.n && !(found && best->wide && best->n_more == 0));
    return found;
}

/* ---- hiding ---- */

static int is_small(const struct cf_column *column, size_t row, double below)
{
    const double x = fabs(count_at(column, row));
    return x > nothing && x < below;
}

/* Where the table has holes and no box fits: everything that stands in a total's sum with the row,
 * and with that, in its turn, along the next key. */
static void hide_crossing(const struct suppression *s, struct group *group, size_t row)
{
    for (size_t at = 0; at < s->table->n_rows; at++) {
        int beside = 1;
        for (int k = 0; k < s->n_keys && beside; k++)
            beside = s->key[k].total >= 0 || s->key[k].member[at] == s->key[k].member[row];
        group->hidden[at] |= (unsigned char)beside;
    }
}

static void hide_beside(const struct suppression *s, struct group *group, size_t row,
                        const struct cf_column *count)
{
    struct box box;
    if (find_box(s, group, row, count, &box))
        for (unsigned which = 1; which < 1u << box.n; which++)
            group->hidden[corner(s, &box, row, which)] = 1;
    else
        hide_crossing(s, group, row);
}

static void hide_group(struct suppression *s, struct group *group)
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
    find_totals(s, group);
    for (size_t row = 0; row < rows; row++)
        for (int c = 0; c < group->n_counts; c++)
            if (is_small(group->count[c], row, s->below))
                hide_beside(s, group, row, group->count[c]);
    for (int c = 0; c < group->n_columns; c++) {
        struct cf_column *column = group->column[c];
        if (!column->hidden)
            column->hidden = CF_TAKE(&s->table->arena, rows, unsigned char);
        for (size_t row = 0; row < rows; row++)
            column->hidden[row] |= group->hidden[row];
    }
}

/* Whether the column says what follows from the counts of its row. */
static int follows(const struct cf_column *column)
{
    const enum cf_measure unit = cf_column_unit(column);
    if (column->apart || unit == CF_UNIT_THINGS || unit == CF_UNIT_PLACES ||
        unit == CF_UNIT_MINUTES)
        return 0;
    /* Of texts those that tell numbers. */
    return is_number(column) || unit == CF_UNIT_PERSONS;
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
    struct suppression s = {.table = table, .below = below};
    struct group together = {0};
    if (table->n_rows == 0)
        return 0;
    cf_arena_init(&s.arena);
    find_keys(&s);
    index_rows(&s);
    for (int c = 0; c < table->n_columns; c++) {
        struct cf_column *column = &table->column[c];
        if (is_count(column) && column->apart) {
            struct group alone = {1, 1, {column}, {column}, NULL};
            hide_group(&s, &alone);
        } else if (is_count(column))
            together.count[together.n_counts++] = column;
        if (follows(column))
            together.column[together.n_columns++] = column;
    }
    if (together.n_counts > 0)
        hide_group(&s, &together);
    cf_arena_free(&s.arena);
    const size_t n = count_hidden(table);
    if (n > 0)
        add_note(table, below);
    return n;
}
