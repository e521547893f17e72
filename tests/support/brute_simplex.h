#ifndef TEST_BRUTE_SIMPLEX_H
#define TEST_BRUTE_SIMPLEX_H

/* The most of gain x over x >= 0 with rows x <= limit: a dense tableau, Bland's rule. */
enum { BRUTE_COLUMNS = 320, BRUTE_ROWS = 320 };

struct brute_simplex {
    int n_columns, n_rows;
    double gain[BRUTE_COLUMNS];
    double row[BRUTE_ROWS][BRUTE_COLUMNS + BRUTE_ROWS + 2];
    double value;
};

void brute_simplex_init(struct brute_simplex *lp, int n_columns);
/* A row to be filled, of zeros. */
double *brute_simplex_row(struct brute_simplex *lp, double limit);
/* 0: nothing holds all rows. */
int brute_simplex_solve(struct brute_simplex *lp);

#endif
