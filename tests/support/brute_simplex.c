#include "support/check.h"

#include "brute_simplex.h"

#include <math.h>
#include <string.h>

static const double least = 1e-9;

/* Columns: those given, a slack a row, one that every row may take on loan, the limit. */
static int loan(const struct brute_simplex *lp)
{
    return lp->n_columns + lp->n_rows;
}

void brute_simplex_init(struct brute_simplex *lp, int n_columns)
{
    memset(lp, 0, sizeof *lp);
    lp->n_columns = n_columns;
}

double *brute_simplex_row(struct brute_simplex *lp, double limit)
{
    assert_true(lp->n_rows < BRUTE_ROWS);
    lp->row[lp->n_rows][BRUTE_COLUMNS + BRUTE_ROWS + 1] = limit;
    return lp->row[lp->n_rows++];
}

static void pivot(struct brute_simplex *lp, double *gain, int *basis, int row, int column)
{
    const int limit = BRUTE_COLUMNS + BRUTE_ROWS + 1;
    const double by = lp->row[row][column];
    for (int j = 0; j <= limit; j++)
        lp->row[row][j] /= by;
    for (int i = 0; i < lp->n_rows; i++) {
        const double times = lp->row[i][column];
        for (int j = 0; j <= limit && i != row && times != 0; j++)
            lp->row[i][j] -= times * lp->row[row][j];
    }
    const double times = gain[column];
    for (int j = 0; j <= limit && times != 0; j++)
        gain[j] -= times * lp->row[row][j];
    basis[row] = column;
}

static void climb(struct brute_simplex *lp, double *gain, int *basis, int n)
{
    const int limit = BRUTE_COLUMNS + BRUTE_ROWS + 1;
    for (int step = 0; step < 100000; step++) {
        int in = 0, out = -1;
        double most = HUGE_VAL;
        while (in < n && gain[in] <= least)
            in++;
        if (in == n)
            return;
        for (int i = 0; i < lp->n_rows; i++) {
            if (lp->row[i][in] <= least)
                continue;
            const double ratio = lp->row[i][limit] / lp->row[i][in];
            if (ratio < most - 1e-12 || (ratio <= most + 1e-12 && basis[i] < basis[out])) {
                most = fmin(most, ratio);
                out = i;
            }
        }
        assert_true(out >= 0); /* bounded */
        pivot(lp, gain, basis, out, in);
    }
    fail_msg("simplex without end");
}

int brute_simplex_solve(struct brute_simplex *lp)
{
    const int limit = BRUTE_COLUMNS + BRUTE_ROWS + 1, n = loan(lp);
    static double gain[BRUTE_COLUMNS + BRUTE_ROWS + 2];
    int basis[BRUTE_ROWS], worst = 0;
    for (int i = 0; i < lp->n_rows; i++) {
        lp->row[i][lp->n_columns + i] = 1;
        lp->row[i][n] = -1;
        basis[i] = lp->n_columns + i;
        worst = lp->row[i][limit] < lp->row[worst][limit] ? i : worst;
    }
    memset(gain, 0, sizeof gain);
    if (lp->n_rows > 0 && lp->row[worst][limit] < 0) {
        gain[n] = -1;
        pivot(lp, gain, basis, worst, n);
        climb(lp, gain, basis, n + 1);
        if (gain[limit] > 1e-7) /* something is still on loan */
            return 0;
        for (int i = 0; i < lp->n_rows; i++) {
            int j = 0;
            while (basis[i] == n && j < n && fabs(lp->row[i][j]) < least)
                j++;
            if (basis[i] == n && j < n)
                pivot(lp, gain, basis, i, j);
        }
    }
    memset(gain, 0, sizeof gain);
    memcpy(gain, lp->gain, (size_t)lp->n_columns * sizeof *gain);
    for (int i = 0; i < lp->n_rows; i++) {
        const double times = gain[basis[i]];
        for (int j = 0; j <= limit && times != 0; j++)
            gain[j] -= times * lp->row[i][j];
    }
    climb(lp, gain, basis, n);
    lp->value = -gain[limit];
    return 1;
}
