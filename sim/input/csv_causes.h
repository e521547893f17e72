#ifndef CF_CSV_CAUSES_H
#define CF_CSV_CAUSES_H

#include "input/csv.h"

/* What most often is behind a CSV file that does not hold together. */

#define CF_CSV_MOST_SHOWN 20 /* errors of one kind in one file; the others are counted */

/*
 * Report what can be told of the header alone: columns without a name or of one name, another
 * separator, a title. line: of each of its cells. 0 when something is wrong; n_columns is 0 then
 * where no row could be read by it.
 */
int cf_csv_check_header(struct cf_csv *csv, const int *line, cf_diag *diag);

/* Help where one cell is followed by rows of many. */
extern const char *const cf_csv_title_help;

/* Help for a row with one cell too many by its last two: a number with a comma in it, else NULL. */
const char *cf_csv_comma_help(const char *before, const char *last);

#endif
