#include "base/columns.h"

#include <assert.h>

struct cf_column *cf_add_column(struct cf_table *table, const char *name, enum cf_column_kind kind,
                                size_t rows)
{
    assert(table->n_columns < CF_TABLE_MOST_COLUMNS);
    struct cf_column *column = &table->column[table->n_columns++];
    *column = (struct cf_column){.name = name, .kind = kind};
    if (kind == CF_COLUMN_TEXT) {
        column->text = CF_TAKE(&table->arena, rows, const char *);
        for (size_t row = 0; row < rows; row++)
            column->text[row] = "";
    } else if (kind == CF_COLUMN_INT) {
        column->integer = CF_TAKE(&table->arena, rows, int);
    } else {
        column->number = CF_TAKE(&table->arena, rows, double);
    }
    return column;
}

void cf_table_free(struct cf_table *table)
{
    cf_arena_free(&table->arena);
    *table = (struct cf_table){0};
}
