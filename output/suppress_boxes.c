#include "output/suppress_parts.h"

enum {
    MOST_ALONG = 24
}; /* members along a key that are tried, where it is the only one with a total */

/* The row that has member m at key k, and is else as `row`; CF_NO_ROW where there is none. */
static size_t row_beside(const struct cf_suppression *s, size_t row, int k, int m)
{
    int other[CF_MOST_KEYS];
    for (int i = 0; i < s->n_keys; i++)
        other[i] = i == k ? m : -1;
    return cf_row_with(s, row, other);
}

size_t cf_box_corner(const struct cf_suppression *s, const struct cf_box *box, size_t row,
                     size_t which, int *against)
{
    int other[CF_MOST_KEYS];
    for (int k = 0; k < s->n_keys; k++)
        other[k] = -1;
    *against = 0;
    for (int i = 0; i < box->n; i++) {
        const struct cf_step *step = &box->step[i];
        const size_t at = which % (size_t)(step->n + 1);
        which /= (size_t)(step->n + 1);
        if (at > 0) {
            other[box->key[i]] = step->member[at - 1];
            *against ^= step->against;
        }
    }
    return cf_row_with(s, row, other);
}

size_t cf_box_corners(const struct cf_box *box)
{
    size_t n = 1;
    for (int i = 0; i < box->n; i++)
        n *= (size_t)box->step[i].n + 1;
    return n;
}

/* 0 where a corner is no row of the table. */
static int look_at(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                   const struct cf_column *count, struct cf_box *box)
{
    double up = HUGE_VAL, down = HUGE_VAL;
    const size_t n = cf_box_corners(box);
    box->n_more = box->n_totals = 0;
    box->cost = 0;
    for (int i = 0; i < box->n; i++)
        box->n_totals += !box->step[i].against;
    for (size_t which = 0; which < n; which++) {
        int against;
        const size_t at = cf_box_corner(s, box, row, which, &against);
        if (at == CF_NO_ROW)
            return 0;
        const double x = fabs(cf_count_at(count, at));
        double *limit = against ? &up : &down;
        *limit = fmin(*limit, x);
        if (group->hidden[at])
            continue;
        box->n_more++;
        box->cost += x;
    }
    box->room = up + down;
    box->wide = fabs(cf_count_at(count, row)) + up >= s->below;
    return 1;
}

static int is_better(const struct cf_box *a, const struct cf_box *b)
{
    if (a->wide != b->wide)
        return a->wide;
    if (!a->wide && a->room != b->room)
        return a->room > b->room;
    if (a->n_more == 0 || b->n_more == 0)
        return a->n_more < b->n_more;
    if (a->n_totals != b->n_totals)
        return a->n_totals < b->n_totals;
    if (a->n_more != b->n_more)
        return a->n_more < b->n_more;
    return a->cost < b->cost;
}

/* What is tried first: what is hidden already, large ones before small ones, then what is large
 * enough, small ones first; those that are nobody last. */
static double rank_of(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                      const struct cf_column *count)
{
    const double x = fabs(cf_count_at(count, row));
    return x <= CF_NOBODY       ? HUGE_VAL
           : group->hidden[row] ? -1 - x
           : x < s->below       ? 1 / x
                                : s->below + x;
}

/* The totals along a key that a row is part of, where they stand, or the others if it is one
 * itself; n 0: there is none. */
static struct cf_step totals_beside(const struct cf_suppression *s, size_t row, int k)
{
    const struct cf_key *key = &s->key[k];
    const int here = key->member[row];
    const unsigned apart = cf_total_index(key, here) < 0 ? key->apart[here] : 0;
    struct cf_step step = {0};
    for (int t = 0; t < key->n_totals; t++)
        if (key->total[t] != here && !(apart >> t & 1) &&
            row_beside(s, row, k, key->total[t]) != CF_NO_ROW)
            step.member[step.n++] = key->total[t];
    return step;
}

/* Members that are best to step to, at most so many; those that the same totals have as parts. */
static int best_members(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                        int k, const struct cf_column *count, int most, int *member)
{
    const struct cf_key *key = &s->key[k];
    const int here = key->member[row];
    const unsigned apart = cf_total_index(key, here) < 0 ? key->apart[here] : 0;
    double rank[MOST_ALONG];
    int n = 0;
    for (int m = 0; m < key->n; m++) {
        const size_t at = m == here || cf_total_index(key, m) >= 0 || key->apart[m] != apart
                              ? CF_NO_ROW
                              : row_beside(s, row, k, m);
        if (at == CF_NO_ROW)
            continue;
        const double now = rank_of(s, group, at, count);
        if (n == most && now >= rank[n - 1])
            continue;
        int i = n < most ? n++ : n - 1;
        for (; i > 0 && rank[i - 1] > now; i--) {
            rank[i] = rank[i - 1];
            member[i] = member[i - 1];
        }
        rank[i] = now;
        member[i] = m;
    }
    return n;
}

/* The steps of a row along a key, at most so many and that of the totals. */
static int steps_along(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                       int k, const struct cf_column *count, int most, struct cf_step *step)
{
    const struct cf_step totals = totals_beside(s, row, k);
    const int is_sum = cf_total_index(&s->key[k], s->key[k].member[row]) >= 0;
    int member[MOST_ALONG], n = 0;
    if (totals.n == 0 && !is_sum)
        return 0; /* no sum that it is part of */
    const int n_members = best_members(s, group, row, k, count, most, member);
    for (int i = 0; i < n_members; i++) {
        /* A sum moves with one of its parts and the other sums. */
        step[n] = is_sum ? totals : (struct cf_step){.against = 1};
        step[n].member[step[n].n++] = member[i];
        n++;
    }
    if (!is_sum)
        step[n++] = totals;
    return n;
}

int cf_find_box(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                const struct cf_column *count, struct cf_box *best)
{
    static const int most[] = {0, MOST_ALONG, 16, 7, 4, 3};
    struct cf_box box = {0};
    struct cf_step step[CF_MOST_SUMMED][MOST_ALONG + 1];
    int n_along[CF_MOST_SUMMED], at[CF_MOST_SUMMED] = {0};
    int n_summed = 0, found = 0, i;
    for (int k = 0; k < s->n_keys; k++)
        n_summed += s->key[k].n_totals > 0;
    for (int k = 0; k < s->n_keys && box.n < CF_MOST_SUMMED; k++) {
        if (s->key[k].n_totals == 0)
            continue;
        n_along[box.n] =
            steps_along(s, group, row, k, count, n_summed < 6 ? most[n_summed] : 1, step[box.n]);
        if (n_along[box.n] > 0)
            box.key[box.n++] = k;
    }
    do {
        for (i = 0; i < box.n; i++)
            box.step[i] = step[i][at[i]];
        if (look_at(s, group, row, count, &box) && (!found || is_better(&box, best))) {
            *best = box;
            found = 1;
        }
        for (i = 0; i < box.n && ++at[i] == n_along[i]; i++)
            at[i] = 0;
    } while (i < box.n && !(found && best->wide && best->n_more == 0));
    return found;
}
