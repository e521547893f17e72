#ifndef CF_FIT_H
#define CF_FIT_H

#include "base/diag.h"
#include "base/text.h"
#include "model/model.h"

/*
 * Iterative proportional fitting of transitions: of all those that bring one stock to the next, the
 * ones that say least beyond a prior.
 *
 *   fit[s][t] = a[s] prior[s][t] b[t],   sum_t fit[s][t] = 1,   sum_s row[s] fit[s][t] = column[t]
 *
 *   row     in      [n]     persons by where they come from
 *   column  in      [n]     persons by where they end; taken as shares of the sum of row
 *   p       in/out  [n][n]  the prior, then the fit; a row that nobody stands in gets what it would
 *                           if somebody did; one that leads to empty columns only is left alone
 *   room            [2][n]
 *
 * Zeros of the prior stay zero. Ends when no column misses by more than `tolerance` of the whole or
 * after `most` rounds, and says how many rounds it took and by how much the worst column misses.
 */
struct cf_ipf {
    int n;
    const double *row, *column;
    double *p, *room;
    double tolerance;
    int most;
    int rounds;      /* out */
    double residual; /* out: share of the whole */
};
void cf_fit_matrix(struct cf_ipf *fit);

#define CF_FIT_TOLERANCE 1e-12
/* A column that still misses by more than this share of the whole cannot be met. */
#define CF_FIT_MISS 1e-4

struct cf_fit_summary {
    int n_cells;     /* groups x ages x levels fitted */
    int rounds;      /* the most that one of them took */
    double residual; /* the worst */
};

/*
 * Fit the model's progression, which holds the prior, to consecutive base stocks, each group, age
 * and level for itself: rows are the base stock of age x - 1 after its summer's results, columns
 * the base stock of age x. What cannot be met is reported with group, age, level, status and by how
 * much the fit misses: CF_BAD_INPUT then. `most`: rounds of one of them.   MODEL.md 8.
 */
enum cf_status cf_fit_progression(struct cf_model *model, int most, struct cf_fit_summary *summary,
                                  cf_diag *diag);

/* Say where base stock and progression still disagree: what progression cannot mend. */
void cf_fit_report_rest(const struct cf_model *model, cf_diag *diag);

/* Append the table as CSV: every row that is given, in full and without its zeros; rows written. */
size_t cf_fit_write(const struct cf_model *model, struct cf_text *text);

#endif
