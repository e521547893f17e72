#ifndef CF_WORKBOOK_H
#define CF_WORKBOOK_H

#include "output/publication.h"

/* What is on the sheets of a workbook, before anything is known of how one is written. */
struct cf_book_sheet {
    const char *name;  /* letters, digits and '-', at most 31, unique */
    const char *title; /* stands in the first cell, */
    int n_lines;       /* and these below it */
    const char **line;
    const struct cf_table *table;       /* NULL: none */
    const struct cf_report_table *said; /* of the report: NULL where it is of the workbook itself */
    int links;                          /* 1: its first column names sheets, and leads to them */
};

struct cf_workbook {
    const struct cf_publication *of;
    struct cf_arena arena;
    int n_sheets;
    struct cf_book_sheet *sheet;
    struct cf_table own[5]; /* contents, findings, notes, columns, provenance */
};

/* What stands in place of what is not there. */
enum cf_shorthand { CF_SHORT_HIDDEN, CF_SHORT_UNDEFINED, CF_SHORT_NOTHING, CF_N_SHORTHAND };
extern const char *const cf_shorthand[CF_N_SHORTHAND];

/* Cover, Contents, Findings, Notes, Columns, Provenance, and a sheet for each table of the report.
 */
void cf_workbook_plan(struct cf_workbook *book, const struct cf_publication *of);
void cf_workbook_free(struct cf_workbook *book);

#endif
