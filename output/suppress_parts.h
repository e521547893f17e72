#ifndef CF_SUPPRESS_PARTS_H
#define CF_SUPPRESS_PARTS_H

#include "output/suppress.h"

#include <math.h>
#include <stdint.h>

/* What the files of cf_suppress share: keys (suppress.c), their totals (suppress_totals.c), and
 * boxes along them (suppress_boxes.c). */
#define CF_NO_ROW SIZE_MAX
#define CF_NOBODY 1e-9 /* persons: rounding of a sum that is nobody */
enum {
    CF_MOST_KEYS = 24,
    CF_MOST_TOTALS = 3,
    CF_MOST_SUMMED = 8, /* keys with totals that are looked at */
};

struct cf_key {
    const struct cf_column *column;
    int n;                               /* members */
    int *member;                         /* [n_rows] */
    int n_totals, total[CF_MOST_TOTALS]; /* its members that are sums of others */
    unsigned *apart;                     /* [n] bit t: no part of total[t] */
};

/* Counts that are hidden together, and in which rows. */
struct cf_hiding {
    int n_counts;
    struct cf_column *count[CF_TABLE_MOST_COLUMNS];
    unsigned char *hidden; /* [n_rows] */
};

struct cf_suppression {
    struct cf_table *table;
    struct cf_arena arena;
    double below;
    int n_keys;
    struct cf_key key[CF_MOST_KEYS];
    size_t n_slots, *slot; /* rows by their key, open addressing */
};

/* Members along a key that move together when a count of a row moves: with it, or against it. */
struct cf_step {
    int n, member[CF_MOST_TOTALS + 1];
    int against;
};

/* A box: a step along each key that has a total. */
struct cf_box {
    int n; /* keys */
    int key[CF_MOST_SUMMED];
    struct cf_step step[CF_MOST_SUMMED];
    int n_more;   /* rows that it hides and that are not hidden yet */
    int n_totals; /* steps that are of totals */
    double cost;  /* the persons in them */
    int wide;     /* whether the count could be as high as `below` */
    double room;  /* by how much it could be higher or lower */
};

/* The persons of a row; 0 where they are not known, or the number is a share. */
static inline double cf_count_at(const struct cf_column *column, size_t row)
{
    const double x = column->number[row];
    return isnan(x) || (column->share && column->share[row]) ? 0 : x;
}

/* Whether two rows have the same key but for key k. */
int cf_same_block(const struct cf_suppression *s, size_t a, size_t b, int k);
/* Of a row's key with other members (>= 0) in place of its own. */
uint64_t cf_key_hash(const struct cf_suppression *s, size_t row, const int *other);
/* The row with that key, or CF_NO_ROW. */
size_t cf_row_with(const struct cf_suppression *s, size_t row, const int *other);

/* Find the totals of each key, in any of the counts. */
void cf_find_totals(struct cf_suppression *s, const struct cf_hiding *group);
/* Which total of the key a member is, or -1. */
int cf_total_index(const struct cf_key *key, int member);

/* The best box of a small count; 0 where sums stand beside it and there is none. */
int cf_find_box(const struct cf_suppression *s, const struct cf_hiding *group, size_t row,
                const struct cf_column *count, struct cf_box *best);
/* Corner `which` of a box, counted through its steps, 0 being the row itself; CF_NO_ROW where there
 * is no such row. *against: it falls where the count rises. */
size_t cf_box_corner(const struct cf_suppression *s, const struct cf_box *box, size_t row,
                     size_t which, int *against);
size_t cf_box_corners(const struct cf_box *box);

#endif
