#ifndef CF_EXTENT_H
#define CF_EXTENT_H

#include <stddef.h>

/*
 * How large the state is, and where a cell lies in it. Ages are indices x = age - first_age.
 *
 * State of one area: [group][cells], cells of one group: ages in order, one cell for each age at
 * which everybody is at school at the lowest level (x < n_narrow), then L x S cells for each older
 * age. What is gained at school in the year before choice_age is carried into it, so the wide ages
 * begin one year before choice_age.
 */
struct cf_extent {
    int base_year, Y; /* years base_year .. base_year + Y - 1 */
    int A, G, X, L, S;
    int first_age;
    int choice_x;      /* index of choice_age; X or more: nobody chooses */
    int n_narrow;      /* ages stored as one cell: max(0, min(X, choice_x - 1)) */
    int school;        /* index of the status of kind school */
    int fallback;      /* index of the fallback status */
    const int *last_x; /* [G] index of the last age each group is followed at, -1: none */
};

/* Cells of one age. */
static inline int cf_width(const struct cf_extent *e, int x)
{
    return x < e->n_narrow ? 1 : e->L * e->S;
}
/* First cell of an age among its group's cells. */
static inline size_t cf_cell(const struct cf_extent *e, int x)
{
    return x < e->n_narrow
               ? (size_t)x
               : (size_t)e->n_narrow + (size_t)(x - e->n_narrow) * (size_t)(e->L * e->S);
}
/* Cells of one group in one area. */
static inline size_t cf_cells(const struct cf_extent *e)
{
    return cf_cell(e, e->X);
}
/* The cell of a whole row that a newcomer without history takes: lowest level, school. */
static inline int cf_school_cell(const struct cf_extent *e, int x)
{
    return x < e->n_narrow ? 0 : e->school;
}

#endif
