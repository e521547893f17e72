#ifndef TEST_SMALL_SIMPLEX_H
#define TEST_SMALL_SIMPLEX_H

/* The most of gain x over x >= 0 with rows x <= limit: a dense tableau, Bland's rule. */
enum { PLAIN_COLUMNS = 320, PLAIN_ROWS = 320 };

struct small_simplex {
    int n_columns, n_rows;
    double gain[PLAIN_COLUMNS];
    double row[PLAIN_ROWS][PLAIN_COLUMNS + PLAIN_ROWS + 2];
    double value;
};

void small_simplex_init(struct small_simplex *lp, int n_columns);
/* A row to be filled, of zeros. */
double *small_simplex_row(struct small_simplex *lp, double limit);
/* 0: nothing holds all rows. */
int small_simplex_solve(struct small_simplex *lp);

#endif
