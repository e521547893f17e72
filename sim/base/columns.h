#ifndef CF_COLUMNS_H
#define CF_COLUMNS_H

#include "base/arena.h"

/*
 * A table: columns of equal length, each of texts, whole numbers or numbers. Who makes one knows
 * nothing of who writes it, as text, CSV or JSON.
 */
enum cf_column_kind {
    CF_COLUMN_TEXT,
    CF_COLUMN_INT,
    CF_COLUMN_NUMBER, /* NaN: undefined */
    CF_COLUMN_SHARE,  /* a number that people read as a percentage */
    CF_COLUMN_MIXED,  /* numbers of no common size, that people read each by its own */
};
#define CF_TABLE_MOST_COLUMNS 64

/* What a number counts. Not said, it is what the table's vocabulary makes of the column's name
 * (output/dictionary.h). */
enum cf_measure {
    CF_UNIT_NOT_SAID,
    CF_UNIT_NONE, /* a number of its own kind: a score, a statistic, a share */
    CF_UNIT_PERSONS,
    CF_UNIT_PLACES,
    CF_UNIT_MINUTES,
    CF_UNIT_POUNDS,
    CF_UNIT_THINGS, /* sites, lines, draws, ranks, years: nothing that tells of a person */
};
#define CF_HIDDEN "c" /* what stands in place of a number that is hidden: confidential */

struct cf_column {
    const char *name;
    enum cf_column_kind kind;
    const char **text; /* [n_rows] by kind */
    int *integer;
    double *number;
    const unsigned char *share; /* [n_rows] of mixed numbers 1: people read this one as a
                                   percentage; NULL: none */
    const char **label;         /* [n_rows] what people read in place of the text; NULL: the text */
    int once;                   /* people need it once where it is the same in every row */
    int above; /* people read it on a line of its own, above the rows that share it */
    int right; /* texts that stand at the right, as numbers do */
    enum cf_measure unit;
    int apart; /* a count that no other column of the row tells anything of: a quantile */
    unsigned char *hidden; /* [n_rows] 1: hidden, to protect persons (output/suppress.h), and shown
                              as CF_HIDDEN; NULL: none */
};

static inline int cf_is_hidden(const struct cf_column *column, size_t row)
{
    return column->hidden && column->hidden[row];
}

struct cf_table {
    struct cf_arena arena;
    const char *title;
    int across; /* people read the members of this column side by side, with the columns after it
                   in their cells; they stand in the same order in every block of rows; 0: none */
    int n_columns;
    struct cf_column column[CF_TABLE_MOST_COLUMNS];
    size_t n_rows;
    const char *const *notes; /* what people should know who read it as text, a sentence each; ends
                                 with NULL; NULL: nothing */
    int notes_anyway;         /* 1: also where there are no rows */
};

/* Years or ages from the first to the last, both included. */
struct cf_table_span {
    int first, last;
};

/* A further column with room for so many rows, all "", 0. It stays where it is. */
struct cf_column *cf_add_column(struct cf_table *table, const char *name, enum cf_column_kind kind,
                                size_t rows);
void cf_table_free(struct cf_table *table);

#endif
