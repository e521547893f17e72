#include "output/render_ees.h"

#include "base/text.h"
#include "output/folder.h"
#include "output/render_csv.h"

#include <math.h>

static void add_cell(struct cf_text *text, const struct cf_column *column, size_t row)
{
    if (cf_is_hidden(column, row))
        cf_text_add(text, CF_HIDDEN);
    else if (column->kind == CF_COLUMN_TEXT)
        cf_csv_field(text, column->text[row]);
    else if (isnan(column->number[row]))
        cf_text_add(text, "z");
    else
        cf_text_number(text, column->number[row]);
}

static enum cf_status add_file(struct cf_folder *folder, const char *name,
                               const struct cf_table *table, cf_diag *diag)
{
    struct cf_text text = {0};
    for (int c = 0; c < table->n_columns; c++)
        cf_text_format(&text, "%s%s", c ? "," : "", table->column[c].name);
    cf_text_add(&text, "\n");
    for (size_t row = 0; row < table->n_rows; row++) {
        for (int c = 0; c < table->n_columns; c++) {
            cf_text_add(&text, c ? "," : "");
            add_cell(&text, &table->column[c], row);
        }
        cf_text_add(&text, "\n");
    }
    const enum cf_status status = cf_folder_add(folder, name, text.data, text.length, diag);
    cf_text_free(&text);
    return status;
}

enum cf_status cf_write_ees(const char *path, const struct cf_ees *ees, cf_diag *diag)
{
    struct cf_folder folder;
    struct cf_table data, meta;
    enum cf_status status = cf_ees_tables(ees, &data, &meta, diag);
    if (status != CF_OK)
        return status;
    status = cf_folder_begin(&folder, path, diag);
    if (status == CF_OK)
        status = add_file(&folder, "data.csv", &data, diag);
    if (status == CF_OK)
        status = add_file(&folder, "data.meta.csv", &meta, diag);
    if (status == CF_OK)
        status = cf_folder_commit(&folder, diag);
    else
        cf_folder_abandon(&folder);
    cf_table_free(&data);
    cf_table_free(&meta);
    return status;
}
