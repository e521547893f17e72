#include "output/render_csv.h"

#include "base/json.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum { WRITE_STEP = 1 << 16 };

enum cf_status cf_rendered(FILE *to, cf_diag *diag)
{
    if (fflush(to) == 0 && !ferror(to))
        return CF_OK;
    /* Whoever closes a pipe has seen enough. */
    if (errno != EPIPE)
        cf_report(diag, CF_ERROR, "output.io", (struct cf_at){0}, NULL,
                  "writing the table failed: %s", strerror(errno));
    return CF_IO;
}

void cf_csv_field(struct cf_text *text, const char *field)
{
    if (!field[strcspn(field, ",\"\r\n")]) {
        cf_text_add(text, field);
        return;
    }
    cf_text_add(text, "\"");
    for (const char *rest = field; *rest;) {
        size_t plain = strcspn(rest, "\"");
        cf_text_add_n(text, rest, plain);
        rest += plain;
        if (*rest) {
            cf_text_add(text, "\"\"");
            rest++;
        }
    }
    cf_text_add(text, "\"");
}

static void add_cell(struct cf_text *text, const struct cf_column *column, size_t row)
{
    if (cf_is_hidden(column, row))
        cf_text_add(text, CF_HIDDEN);
    else if (column->kind == CF_COLUMN_TEXT)
        cf_csv_field(text, column->text[row]);
    else if (column->kind == CF_COLUMN_INT)
        cf_text_format(text, "%d", column->integer[row]);
    else
        cf_text_number(text, column->number[row]);
}

enum cf_status cf_render_csv(const struct cf_table *table, FILE *to, cf_diag *diag)
{
    struct cf_text text = {0};
    for (int c = 0; c < table->n_columns; c++) {
        cf_text_add(&text, c ? "," : "");
        cf_csv_field(&text, table->column[c].name);
    }
    cf_text_add(&text, "\n");
    for (size_t row = 0; row < table->n_rows && !ferror(to); row++) {
        for (int c = 0; c < table->n_columns; c++) {
            cf_text_add(&text, c ? "," : "");
            add_cell(&text, &table->column[c], row);
        }
        cf_text_add(&text, "\n");
        if (text.length >= WRITE_STEP) {
            fwrite(text.data, 1, text.length, to);
            text.length = 0;
        }
    }
    fwrite(text.data, 1, text.length, to);
    cf_text_free(&text);
    return cf_rendered(to, diag);
}

/* A row. What is hidden is null, and named in `hidden`. */
static cf_json *record_of(const struct cf_table *table, size_t row)
{
    cf_json *record = cf_json_object(), *hidden = NULL;
    for (int c = 0; c < table->n_columns; c++) {
        const struct cf_column *column = &table->column[c];
        if (cf_is_hidden(column, row)) {
            cf_json_put_number(record, column->name, (double)NAN);
            hidden = hidden ? hidden : cf_json_array();
            cf_json_add_text(hidden, column->name);
        } else if (column->kind == CF_COLUMN_TEXT)
            cf_json_put_text(record, column->name, column->text[row]);
        else if (column->kind == CF_COLUMN_INT)
            cf_json_put_int(record, column->name, column->integer[row]);
        else
            cf_json_put_number(record, column->name, column->number[row]);
    }
    if (hidden)
        cf_json_put(record, "hidden", hidden);
    return record;
}

enum cf_status cf_render_json(const struct cf_table *table, FILE *to, cf_diag *diag)
{
    struct cf_text text = {0};
    cf_json *records = cf_json_array();
    for (size_t row = 0; row < table->n_rows; row++) {
        cf_json_add(records, record_of(table, row));
    }
    cf_json_write(records, &text);
    cf_json_free(records);
    fwrite(text.data, 1, text.length, to);
    cf_text_free(&text);
    return cf_rendered(to, diag);
}
