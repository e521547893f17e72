#ifndef CF_TABLE_COLUMNS_H
#define CF_TABLE_COLUMNS_H

#include "input/tables.h"

/* Find out what each column of a table is; marks the table broken where that is not clear. */
void cf_table_columns(struct cf_table *table);

#endif
