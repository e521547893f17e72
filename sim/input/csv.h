#ifndef CF_CSV_H
#define CF_CSV_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"

#define CF_CSV_MOST_BYTES ((size_t)512 << 20)

/* A CSV file as read: header and cells as text, each with its place in the file. */
struct cf_csv {
    const char *path;
    int n_columns, n_rows; /* rows without the header */
    const char **column;   /* [n_columns] header, blanks at the ends taken off */
    int *column_at;        /* [n_columns] column number in the header line, from 1 */
    const char **cell;     /* [n_rows][n_columns], blanks at the ends taken off; never NULL */
    int *cell_at;          /* [n_rows][n_columns] column number in its line, from 1 */
    int *line;             /* [n_rows] line the row starts on, from 1 */
    int *cell_line;        /* [n_rows][n_columns] line of each cell, or NULL: that of its row */
    char sha256[CF_DIGEST_HEX]; /* of the file's bytes */
};

/*
 * Read a whole CSV file (UTF-8, comma, RFC 4180 quotes, LF or CRLF, header first, BOM accepted,
 * empty lines and rows of empty cells skipped). Reports everything that is wrong with it as a file:
 * missing, a directory, not a regular file, too large, NUL, not UTF-8 (says when it looks like
 * Windows-1252), unterminated quote, a quote inside an unquoted cell, no header, a title in its
 * place, an empty or repeated column name, rows with too many or too few cells (each, up to a
 * number). Returns CF_BAD_INPUT then; what could be read is in `csv` all the same, so that the
 * caller can go on looking for other errors (rows of the wrong width are left out).
 */
enum cf_status cf_csv_read(struct cf_arena *arena, const char *path, struct cf_csv *csv,
                           cf_diag *diag);

/* The same of a file already in memory; path is only named in messages. */
enum cf_status cf_csv_read_bytes(struct cf_arena *arena, const char *path, const char *bytes,
                                 size_t length, struct cf_csv *csv, cf_diag *diag);

/* Index of a column, or -1. */
int cf_csv_column(const struct cf_csv *csv, const char *name);

static inline const char *cf_csv_cell(const struct cf_csv *csv, int row, int column)
{
    return csv->cell[(size_t)row * (size_t)csv->n_columns + (size_t)column];
}
static inline struct cf_at cf_csv_at(const struct cf_csv *csv, int row, int column)
{
    size_t i = (size_t)row * (size_t)csv->n_columns + (size_t)column;
    int line = csv->cell_line ? csv->cell_line[i] : csv->line[row];
    return (struct cf_at){csv->path, line, csv->cell_at[i]};
}

#endif
