#ifndef TEST_PLAIN_SIMPLEX_H
#define TEST_PLAIN_SIMPLEX_H

/* The most of gain x over x >= 0 with rows x <= limit: a dense tableau, Bland's rule. */
enum { PLAIN_COLUMNS = 320, PLAIN_ROWS = 320 };

struct plain_simplex {
    int n_columns, n_rows;
    double gain[PLAIN_COLUMNS];
    double row[PLAIN_ROWS][PLAIN_COLUMNS + PLAIN_ROWS + 2];
    double value;
};

void plain_simplex_init(struct plain_simplex *lp, int n_columns);
/* A row to be filled, of zeros. */
double *plain_simplex_row(struct plain_simplex *lp, double limit);
/* 0: nothing holds all rows. */
int plain_simplex_solve(struct plain_simplex *lp);

#endif
