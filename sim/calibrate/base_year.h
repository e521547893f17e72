#ifndef CF_BASE_YEAR_H
#define CF_BASE_YEAR_H

#include "design/bind.h"

/*
 * The base year in plain numbers, for what is asked of a place before it is run. Inputs are those
 * of the base year with the levers that act in it: what a lever does later is the scenario's wish
 * and no disagreement of the tables.
 */
struct cf_base_year {
    const struct cf_model *model;
    const struct cf_extent *e;
    struct cf_binding binding;
    struct cf_inputs in;
    double *stock; /* [group][age][level][status] persons of all areas */
    double *room;  /* [group][level][status] */
};

/* Offset of a row [status] in an array [group][age][level][status]. */
static inline size_t cf_row_at(const struct cf_extent *e, int g, int x, int l)
{
    return (((size_t)g * (size_t)e->X + (size_t)x) * (size_t)e->L + (size_t)l) * (size_t)e->S;
}
/* The same in an array [group][level][status], that of one age. */
static inline size_t cf_flow_at(const struct cf_extent *e, int g, int l)
{
    return ((size_t)g * (size_t)e->L + (size_t)l) * (size_t)e->S;
}

void cf_base_year_init(struct cf_base_year *base, const struct cf_model *model,
                       struct cf_arena *arena);

/* The base stock of one area, [group][age][level][status] persons. MODEL.md 1. */
void cf_base_year_area(const struct cf_base_year *base, int a, double *stock);

/*
 * Those who stand at age x before they choose there, if the base stock moved on by one year: the
 * base stock of age x - 1 after its summer's results, regrouped at x. Nobody dies or moves.
 *
 *   flow  out  [group][level][status]  persons, by the status they come from
 *
 * x from choice_age on.   MODEL.md 2.1, 2.5.
 */
void cf_base_year_flow(const struct cf_base_year *base, int x, double *flow);

#endif
