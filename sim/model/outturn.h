#ifndef CF_OUTTURN_H
#define CF_OUTTURN_H

#include "base/diag.h"

/*
 * What came out, or what somebody else had projected, as its file has it: a row a value, with what
 * else its columns say. Codes are not looked up yet.
 */
struct cf_outturn {
    const char *path;
    int n_columns, n_rows;
    const char **column; /* [n_columns] name of a dimension; "": none, not to be looked at */
    struct cf_at *column_at;
    const char **variable; /* [n_rows] */
    int *year;
    double *value;
    const char **code; /* [n_rows][n_columns], "" where the cell is empty */
    struct cf_at *at;  /* [n_rows][n_columns] where it stands */
    struct cf_at *variable_at, *year_at;
};

static inline const char *cf_outturn_code(const struct cf_outturn *o, int row, int column)
{
    return o->code[(size_t)row * (size_t)o->n_columns + (size_t)column];
}
static inline struct cf_at cf_outturn_at(const struct cf_outturn *o, int row, int column)
{
    return o->at[(size_t)row * (size_t)o->n_columns + (size_t)column];
}

#endif
