#ifndef CF_HISTORY_H
#define CF_HISTORY_H

#include "base/names.h"

/*
 * What was observed of a place up to a year: stocks by single year of age, what is known of deaths
 * and moves, and totals of all ages. Of the areas of the place first, in their order, then of
 * whatever else the files name: a region that areas belong to. Ages run from 0. NaN: not observed.
 */
struct cf_history {
    struct cf_names entity; /* areas, then others */
    int n_areas;
    int first_year, n_years; /* the last one is the year it was asked up to */
    int E, G, X;
    double *stock;  /* [year][entity][group][age] persons */
    double *deaths; /* the same: in the year up to then, by age at its end */
    double *net;    /* the same: net migration that was counted */
    double *total;  /* [year][entity] persons of all ages */
    double *births; /* the same: in the year up to then */
    double *moved;  /* the same: net migration and other change */
    int n_later;    /* rows of years after that one, which were left out */
};

static inline size_t cf_history_cell(const struct cf_history *h, int y, int e, int g, int x)
{
    return (((size_t)y * (size_t)h->E + (size_t)e) * (size_t)h->G + (size_t)g) * (size_t)h->X +
           (size_t)x;
}
static inline size_t cf_history_all(const struct cf_history *h, int y, int e)
{
    return (size_t)y * (size_t)h->E + (size_t)e;
}

#endif
