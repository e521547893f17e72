#include "plan/sensitivity_parts.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH_BYTES = 8 << 20, LOOK_AT_ROWS = 32 };

enum cf_status cf_sensitivity_spoilt(const struct cf_sensitivity *s, const char *what)
{
    cf_report(s->diag, CF_ERROR, "sensitivity.results", (struct cf_at){0}, NULL,
              "these results are not as they should be: %s", what);
    return CF_BAD_INPUT;
}

/* ---- values ---- */

enum cf_status cf_read_draws(struct cf_sensitivity *s, const struct cf_results_variable *variable,
                             const struct cf_point_design *of, const size_t *at, size_t n,
                             int n_draws, double *value)
{
    const struct cf_point_draws *draws = cf_point_draws(&s->ensemble, of->scenario, of->point);
    size_t each = 1, end = draws->end;
    for (int d = 1; d < variable->n_dims; d++)
        each *= variable->dim[d]->n;
    for (size_t k = 0; k < n * (size_t)n_draws; k++)
        value[k] = (double)NAN;
    if (end - draws->first > (size_t)n_draws)
        end = draws->first + (size_t)n_draws; /* draws stand in order */
    const size_t batch = BATCH_BYTES / sizeof(double) / (each + 1) + 1;
    double *rows = malloc((batch * each + 1) * sizeof *rows);
    if (!rows)
        cf_out_of_memory();
    enum cf_status status = CF_OK;
    for (size_t first = draws->first; status == CF_OK && first < end; first += batch) {
        const size_t m = end - first < batch ? end - first : batch;
        status = cf_results_read_rows(s->results, variable, first, m, rows, s->diag);
        for (size_t k = 0; status == CF_OK && k < m; k++) {
            const int draw = s->ensemble.draw[first + k];
            if (draw > n_draws ||
                !cf_ensemble_has(&s->ensemble, of->scenario, of->point, first + k))
                continue;
            for (size_t c = 0; c < n; c++)
                value[c * (size_t)n_draws + (size_t)draw - 1] = rows[k * each + at[c]];
        }
    }
    free(rows);
    return status;
}

/* ---- entries ---- */

/* What was drawn, of all entries the file has; keep those that this scenario has. A scenario has an
 * entry where any draw has a value of it. */
static enum cf_status read_entries(struct cf_sensitivity *s, struct cf_point_design *of,
                                   int n_draws, double **x)
{
    const size_t K = s->entry->n, D = (size_t)n_draws;
    size_t *at = CF_TAKE(&s->scratch, K, size_t);
    of->own = CF_TAKE(&s->scratch, K, int);
    *x = CF_TAKE(&s->scratch, K * D, double);
    for (size_t k = 0; k < K; k++)
        at[k] = k;
    const enum cf_status status = cf_read_draws(s, s->drawn, of, at, K, n_draws, *x);
    for (size_t k = 0; status == CF_OK && k < K; k++) {
        int any = 0;
        for (size_t d = 0; d < D; d++)
            any |= !isnan((*x)[k * D + d]);
        if (!any)
            continue;
        for (size_t d = 0; d < D; d++)
            (*x)[(size_t)of->n_own * D + d] = (*x)[k * D + d];
        of->own[of->n_own++] = (int)k;
    }
    return status;
}

/* Whether an own entry has other values in two draws; a value that is missing is no other. */
static int differs(const double *x, int n_draws, int i, int draw, int other)
{
    const double *of = x + (size_t)i * (size_t)n_draws;
    return of[draw] < of[other] || of[draw] > of[other];
}

/* ---- morris ---- */

/*
 * Which entry each step of a trajectory moves. Of correlated entries a step moves that with the
 * scores that follow it, and they stand behind it: the first that changes is the one. A step that
 * changes none has moved one to another quantile of the same value. 0, and no trajectory: an entry
 * moves twice.
 */
static int find_moves(const struct cf_point_design *of, int n_draws, int t, short *moved)
{
    const int k = of->n_own;
    int twice = 0;
    for (int step = 0; step < k; step++) {
        const int draw = t * of->each + step;
        int i = 0;
        while (i < k && !differs(of->x, n_draws, i, draw, draw + 1))
            i++;
        moved[step] = 0;
        if (i == k)
            continue;
        const double *x = of->x + (size_t)i * (size_t)n_draws;
        moved[step] = (short)(x[draw + 1] > x[draw] ? i + 1 : -(i + 1));
        for (int before = 0; before < step; before++)
            twice |= abs(moved[before]) == i + 1;
    }
    if (twice)
        moved[0] = CF_NO_TRAJECTORY;
    return !twice;
}

static enum cf_status morris_moves(struct cf_sensitivity *s, struct cf_point_design *of,
                                   int n_draws)
{
    int good = 0;
    of->moved = CF_TAKE(&s->scratch, (size_t)of->n_rows * (size_t)of->n_own, short);
    for (int t = 0; t < of->n_rows; t++)
        good += find_moves(of, n_draws, t, of->moved + (size_t)t * (size_t)of->n_own);
    return good > 0 ? CF_OK : cf_sensitivity_spoilt(s, "their draws are no trajectories of morris");
}

/* ---- saltelli ---- */

/* Which entry alone is another in matrix AB number p than in A, in any of the rows looked at; -1:
 * none is alone. */
static int entry_of_column(const struct cf_point_design *of, const double *x, int n_draws, int p)
{
    for (int j = 0; (j + 1) * of->each <= n_draws; j++) {
        int found = -1, n = 0;
        for (int i = 0; i < of->n_own; i++) {
            if (!differs(x, n_draws, i, j * of->each, j * of->each + 1 + p))
                continue;
            found = i;
            n++;
        }
        if (n == 1)
            return found;
    }
    return -1;
}

/* The matrices come in the order of the scenario's entries, the dimension in that of all scenarios:
 * look which is whose. Where that cannot be seen they are in order. */
static void saltelli_columns(struct cf_sensitivity *s, struct cf_point_design *of, const double *x,
                             int n_draws)
{
    const int k = of->n_own;
    int *found = CF_TAKE(&s->scratch, (size_t)k, int), seen = 0;
    of->column = CF_TAKE(&s->scratch, (size_t)k, int);
    for (int i = 0; i < k; i++) {
        of->column[i] = i;
        found[i] = -1;
    }
    for (int p = 0; p < k; p++) {
        const int i = entry_of_column(of, x, n_draws, p);
        if (i >= 0 && found[i] < 0) {
            found[i] = p;
            seen++;
        }
    }
    for (int i = 0; seen == k && i < k; i++)
        of->column[i] = found[i];
}

/* ---- a point ---- */

/* Draws to be looked at for what the design does: all where their values are needed. */
static int draws_to_look_at(const struct cf_sensitivity *s)
{
    const long long some = LOOK_AT_ROWS * ((long long)s->entry->n + 2);
    return s->design == CF_OF_SALTELLI && some < s->ensemble.n_draws ? (int)some
                                                                     : s->ensemble.n_draws;
}

enum cf_status cf_point_design(struct cf_sensitivity *s, struct cf_point_design *of)
{
    const int n_draws = draws_to_look_at(s), R = s->ensemble.n_draws;
    double *x;
    enum cf_status status = read_entries(s, of, n_draws, &x);
    if (status != CF_OK || of->n_own == 0)
        return status;
    of->x = x;
    of->each = s->design == CF_OF_MORRIS     ? of->n_own + 1
               : s->design == CF_OF_SALTELLI ? of->n_own + 2
                                             : 1;
    of->n_rows = R / of->each;
    if (s->design != CF_OF_OTHERS &&
        (of->n_rows * of->each != R || (s->design_draws && s->design_draws != of->n_rows)))
        return cf_sensitivity_spoilt(s, "they have not as many draws as their design makes");
    if (s->design == CF_OF_MORRIS)
        return morris_moves(s, of, R);
    if (s->design == CF_OF_SALTELLI)
        saltelli_columns(s, of, x, n_draws);
    return CF_OK;
}
