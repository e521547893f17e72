#include "output/suppress_parts.h"

#include <string.h>

static const double agreement = 1e-9; /* of a sum's terms: it is the total */

/* Rows that differ in key k alone, a block of them after the other: to *order, and where each block
 * begins to *first, [n_blocks + 1]. */
static size_t blocks_along(struct cf_suppression *s, int k, size_t *order, size_t *first)
{
    const size_t rows = s->table->n_rows;
    size_t *head = CF_TAKE(&s->arena, rows, size_t), *size = CF_TAKE(&s->arena, rows, size_t);
    size_t n = 0;
    /* A block goes by its first row: the one found when the key's member is that of any row of it.
     */
    size_t n_slots = s->n_slots, *slot = CF_TAKE(&s->arena, n_slots, size_t);
    for (size_t at = 0; at < n_slots; at++)
        slot[at] = CF_NO_ROW;
    int other[CF_MOST_KEYS];
    for (int i = 0; i < s->n_keys; i++)
        other[i] = i == k ? 0 : -1;
    for (size_t row = 0; row < rows; row++) {
        size_t at = (size_t)cf_key_hash(s, row, other) & (n_slots - 1);
        for (;; at = (at + 1) & (n_slots - 1)) {
            if (slot[at] == CF_NO_ROW || cf_same_block(s, slot[at], row, k))
                break;
        }
        if (slot[at] == CF_NO_ROW)
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

/* What is looked at to find the totals of a key in one column: by block and member. */
struct search {
    size_t n_blocks;
    int n;              /* members */
    const double *x;    /* [n_blocks][n] NaN: no row */
    unsigned char *out; /* [n] 1: a total that is found already */
};

/* What is left over in a block when a member is the sum of the others: sum - 2 x. 0 where the block
 * does not say: it lacks the member, or has two rows at most. */
static int left_over(const struct search *of, size_t block, int m, double *rest, double *size)
{
    const double *x = of->x + block * (size_t)of->n;
    int rows = 0;
    *rest = *size = 0;
    for (int k = 0; k < of->n; k++) {
        if (of->out[k] || isnan(x[k]))
            continue;
        *rest += x[k];
        *size += fabs(x[k]);
        rows++;
    }
    *rest -= 2 * x[m];
    return !isnan(x[m]) && rows > 2;
}

/* Whether m is the sum of the others but `without` (-1: of all) wherever it stands; and there is
 * somebody. */
static int is_total(const struct search *of, int m, int without)
{
    int any = 0;
    for (size_t b = 0; b < of->n_blocks; b++) {
        const double *x = of->x + b * (size_t)of->n;
        double rest, size;
        if (!left_over(of, b, m, &rest, &size))
            continue;
        const double spared = without < 0 || isnan(x[without]) ? 0 : x[without];
        if (fabs(rest - spared) > agreement * size + CF_NOBODY)
            return 0;
        any |= fabs(x[m]) > CF_NOBODY;
    }
    return any;
}

/* Sums stand behind their parts: of two that are the same the later one is taken for it. */

/* The member that m is the sum of the others without, -1: it is the sum of all; -2: it is no sum.
 */
static int total_without(const struct search *of, int m)
{
    double rest = 0, size = 0;
    size_t b = 0;
    if (is_total(of, m, -1))
        return -1;
    while (b < of->n_blocks && !(left_over(of, b, m, &rest, &size) && size > CF_NOBODY))
        b++;
    for (int k = of->n - 1; b < of->n_blocks && k >= 0; k--) {
        const double x = of->x[b * (size_t)of->n + (size_t)k];
        if (k != m && !of->out[k] && fabs(rest - x) <= agreement * size + CF_NOBODY &&
            is_total(of, m, k))
            return k;
    }
    return -2;
}

/* The next total, and the member it is without. A sum without another member is one where that is a
 * total in its turn (all = here + elsewhere, here being a sum), or where a total was found before.
 */
static int next_total(struct search *of, int found, int *without)
{
    for (int m = of->n - 1; m >= 0; m--) {
        if (of->out[m])
            continue;
        *without = total_without(of, m);
        if (*without == -1 || (*without >= 0 && found > 0))
            return m;
        if (*without >= 0) {
            of->out[m] = 1;
            const int nested = total_without(of, *without) != -2;
            of->out[m] = 0;
            if (nested)
                return m;
        }
    }
    return -1;
}

static void add_total(struct cf_key *key, int m, int without)
{
    int t = 0;
    while (t < key->n_totals && key->total[t] != m)
        t++;
    if (t == CF_MOST_TOTALS)
        return;
    key->total[t] = m;
    key->n_totals += t == key->n_totals;
    if (without >= 0)
        key->apart[without] |= 1u << t;
}

int cf_total_index(const struct cf_key *key, int m)
{
    for (int t = 0; t < key->n_totals; t++)
        if (key->total[t] == m)
            return t;
    return -1;
}

void cf_find_totals(struct cf_suppression *s, const struct cf_hiding *group)
{
    const size_t rows = s->table->n_rows;
    size_t *order = CF_TAKE(&s->arena, rows, size_t), *first = CF_TAKE(&s->arena, rows + 1, size_t);
    for (int k = 0; k < s->n_keys; k++) {
        struct cf_key *key = &s->key[k];
        key->n_totals = 0;
        key->apart = CF_TAKE(&s->arena, (size_t)key->n, unsigned);
        if (key->n < 3)
            continue;
        struct search of = {.n_blocks = blocks_along(s, k, order, first), .n = key->n};
        double *x = CF_TAKE(&s->arena, of.n_blocks * (size_t)key->n, double);
        of.x = x;
        of.out = CF_TAKE(&s->arena, (size_t)key->n, unsigned char);
        for (int c = 0; c < group->n_counts; c++) {
            int without, m, found = 0;
            for (size_t i = 0; i < of.n_blocks * (size_t)key->n; i++)
                x[i] = (double)NAN;
            for (size_t b = 0; b < of.n_blocks; b++)
                for (size_t i = first[b]; i < first[b + 1]; i++)
                    x[b * (size_t)key->n + (size_t)key->member[order[i]]] =
                        cf_count_at(group->count[c], order[i]);
            memset(of.out, 0, (size_t)key->n);
            while (found < CF_MOST_TOTALS && (m = next_total(&of, found, &without)) >= 0) {
                add_total(key, m, without);
                of.out[m] = 1;
                found++;
            }
        }
    }
}
