#ifndef CF_ONS_MYE_H
#define CF_ONS_MYE_H

#include "base/names.h"
#include "input/csv.h"

/*
 * Tables of mid-year population estimates as they are published, brought to the areas of a place.
 * What stands in the rows of one area is added up where a crosswalk makes one of several.
 */
struct cf_mye_ask {
    const char *areas;       /* the place's areas: code,label,<attributes> */
    const char *parent;      /* the attribute of what areas belong to; NULL: none */
    const char *crosswalk;   /* old,new: codes that became others; NULL: none */
    const char *const *type; /* area types whose rows are meant; others are left out */
    int n_types;             /* 0: all */
    int only;                /* 1: rows of areas that the place does not have are left out */
    int persons;             /* 1: sexes together */
    int base_year;           /* later rows are left out */
    int last_age;            /* older rows are left out */
};

enum cf_mye_sex { CF_MYE_FEMALE, CF_MYE_MALE, CF_MYE_PERSONS };

/* A number of one area, or of what it belongs to: years and ages as they stand. */
struct cf_mye_row {
    int entity, year, sex, age; /* age -1: all ages, from tables of totals */
    double population, deaths, net, births;
    int parts;        /* what of these is there: CF_MYE_... */
    int file, origin; /* which file, and which area of it, in order of naming */
};
enum { CF_MYE_POPULATION = 1, CF_MYE_MOVES = 2, CF_MYE_BIRTHS = 4 };

struct cf_mye {
    struct cf_csv areas;
    struct cf_names entity; /* the areas first, then what they belong to */
    int n_areas;
    struct cf_mye_row *row; /* one for each entity, year, sex and age; in that order */
    size_t n_rows;
    size_t n_later, n_older, n_others; /* rows left out: by year, by age, of other areas */
    int n_layouts;
    const char **layout; /* [n_layouts] what each file was taken for */
};

/*
 * Read tables. Refused, each in words: a file whose columns are no known layout, codes that are
 * neither areas of the place nor what they belong to (all of them, listed), cells that are
 * suppressed or empty where a number is needed (how many, and the first), sexes that do not add up
 * to persons and totals that do not follow from the year before (by how much), an area given twice,
 * and areas of which the base year lacks ages.
 */
enum cf_status cf_mye_read(struct cf_arena *arena, const char *const *file, int n_files,
                           const struct cf_mye_ask *ask, struct cf_mye *mye, cf_diag *diag);

#endif
