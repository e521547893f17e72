#ifndef CF_COMPARE_H
#define CF_COMPARE_H

#include "base/columns.h"
#include "base/diag.h"
#include "model/flat_setting.h"

#include <cohortflow/results.h>

/* Two results files, A and B, against each other: output/README.md, `compare`. */

struct cf_compared {
    cf_results *results;
    const struct cf_flat_settings *settings; /* [scenarios of the file] */
};

/* What is wanted; all zero: the defaults. */
struct cf_compare_query {
    const char *scenario; /* its code; NULL: all */
    const char *by;       /* of the headlines: a tier; NULL: everything together */
    double tolerance;     /* |a - b| <= tolerance x max(|a|, |b|, 1) is no difference */
    int for_people;       /* 1: what differs, in few columns; 0: everything */
    size_t room;          /* bytes of values to hold at a time; 0: some */
};

struct cf_comparison {
    const char *answer; /* in a sentence */
    int differ;         /* 1: results differ by more than the tolerance */
    struct cf_table inputs, variables, headlines;
};

/*
 * Everything is matched by code, years and ages by number, runs by scenario, sweep point and draw;
 * scenarios by code too, but A's only one with B's only one whatever they are called. NaN equals
 * NaN.
 *
 *   inputs      what went in and differs: files (by SHA-256), settings key by key, version, design
 *               of the draws, members of dimensions
 *   variables   of each variable how many cells differ, and where the largest difference, B - A,
 *               and the largest relative one, |B - A| / max(|A|, |B|), are
 *   headlines   demand, placed, unplaced, residents and indicators in the report years of both:
 *               A, B, B - A, and over draws quantiles of the difference and the share of draws in
 *               which B is higher. Draws are taken in pairs, number by number, where both files
 *               drew the same futures: the same kind of design, seed and steps, and as many draws
 *               unless it is montecarlo. Else each draw of A stands against each of B
 *
 * Results differ where a cell both have does, or where one has a variable, or members of a
 * dimension, that the other has not, or where they drew other futures; what went in is no part of
 * it. Values are read by rows.
 *
 * CF_USAGE, reported, where there is no such scenario or tier, or no scenario that both have;
 * CF_BAD_INPUT, reported, where a file cannot be read. The texts belong to the results: free the
 * comparison first.
 */
enum cf_status cf_compare(struct cf_comparison *comparison, const struct cf_compared file[2],
                          const struct cf_compare_query *query, cf_diag *diag);
void cf_comparison_free(struct cf_comparison *comparison);

#endif
