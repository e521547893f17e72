#ifndef CF_COMPARE_HEADLINES_H
#define CF_COMPARE_HEADLINES_H

#include "base/names.h"
#include "plan/compare_parts.h"

/* What compare_headlines.c, which works them out, and compare_headlines_table.c share. */

/* A variable that is added up over everything but year and member, or all indicators. */
struct cf_compared_measure {
    const char *name;                             /* NULL: indicators */
    int is_sum, has_draws;                        /* in both files */
    int n;                                        /* 1, or how many indicators */
    const struct cf_results_variable *central[2]; /* by side */
    const struct cf_results_variable *draws[2];   /* NULL: not kept for draws */
    int *central_to[2], *draws_to[2]; /* [values in a row] cell it is added to, -1: none */
};

struct cf_headlines {
    struct cf_compare *c;
    struct cf_arena scratch; /* of one measure, scenario and point */
    int n_years, *year;
    struct cf_names member;    /* of the tier, or "all" */
    struct cf_names indicator; /* that both have */
    int n_measures;
    struct cf_compared_measure measure[8];
    unsigned char *share; /* [rows] 1: people read its numbers as percentages */
    int first;            /* column after those of scenario and point */
};

/* A measure of a scenario and point of A. Cells are by year, member and indicator. */
struct cf_headline {
    const struct cf_compared_measure *measure;
    int scenario, point;
    double *value[2];                  /* [cells] of the central run */
    struct cf_drawn_difference *drawn; /* [cells] */
};

void cf_begin_headlines(struct cf_headlines *h, int points);
void cf_put_headline(struct cf_headlines *h, const struct cf_headline *of);
/* What people call a member. */
const char *cf_headline_member_label(const struct cf_headlines *h, int member);

#endif
