#ifndef CF_SOBOL_INDICES_H
#define CF_SOBOL_INDICES_H

/* Shares of the variance of a result that one entry explains: alone, and with all it acts with. */
struct cf_sobol_index {
    double first, total;
};

/*
 * From the runs of a saltelli design, per row j those of A, of A with entry i from B, and of B:
 *
 *   V        = variance of all A and B
 *   first[i] = mean over j of B[j] (AB[i][j] - A[j]) / V              (Saltelli et al. 2010)
 *   total[i] = mean over j of (A[j] - AB[i][j])^2 / (2 V)             (Jansen 1999)
 *
 *   result  in   [n_rows][k + 2] in the order of the runs
 *   row     in   [n] rows to use, in this order, any of them any number of times (a bootstrap, or
 *                those whose runs are all well); NULL: all n_rows, then n is n_rows
 *   index   out  [k]; NaN where nothing varies
 */
void cf_sobol_indices(const double *result, int k, const int *row, int n,
                      struct cf_sobol_index *index);

#endif
