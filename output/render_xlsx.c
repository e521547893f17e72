#include "output/render_xlsx.h"

#include "base/text.h"
#include "output/image.h"
#include "output/workbook.h"

#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <xlsxwriter.h>

enum {
    MOST_TEXT = 32000,   /* bytes; a cell has room for 32,767 characters */
    MOST_HEADER = 200,   /* bytes; a table's header has room for 255 characters */
    MOST_ROWS = 1048000, /* of 1,048,576 */
    NARROW = 14,
    WIDE = 80,
    COVER = 100, /* characters */
};
static const time_t made = 946684800; /* midnight of 1 January 2000: a workbook has no clock */

struct book {
    struct cf_workbook plan;
    lxw_workbook *workbook;
    lxw_format *title, *line, *text, *header, *link, *whole, *one, *share, *general;
    int failed; /* a cell could not be written */
};

/* ---- cells ---- */

/* A text as a cell takes it: no control characters, and not longer than there is room. */
static const char *clean(struct book *book, const char *text, size_t most)
{
    size_t length = strlen(text);
    if (length > most)
        for (length = most; length > 0 && ((unsigned char)text[length] & 0xc0) == 0x80;)
            length--;
    char *copy = cf_arena_copy_n(&book->plan.arena, text, length);
    for (char *at = copy; *at; at++)
        if ((unsigned char)*at < 0x20 && *at != '\n')
            *at = ' ';
    return copy;
}

/* Always as a string: a label that begins with '=' is a label. */
static void put_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, int column,
                     const char *text, lxw_format *format)
{
    const char *said =
        text && text[0] ? clean(book, text, MOST_TEXT) : cf_shorthand[CF_SHORT_NOTHING];
    book->failed |=
        worksheet_write_string(sheet, row, (lxw_col_t)column, said, format) != LXW_NO_ERROR;
}

static void put_number(struct book *book, lxw_worksheet *sheet, lxw_row_t row, int column,
                       double number, lxw_format *format)
{
    book->failed |=
        worksheet_write_number(sheet, row, (lxw_col_t)column, number, format) != LXW_NO_ERROR;
}

static void put_link(struct book *book, lxw_worksheet *sheet, lxw_row_t row, int column,
                     const char *name)
{
    const char *to = cf_arena_format(&book->plan.arena, "internal:'%s'!A1", name);
    book->failed |= worksheet_write_url_opt(sheet, row, (lxw_col_t)column, to, book->link, name,
                                            NULL) != LXW_NO_ERROR;
}

/* ---- a table ---- */

/* A header that no other column of the table has, as Excel compares them. */
static char *unlike(struct book *book, char *const *heading, int n, const char *wanted)
{
    const char *plain = clean(book, wanted[0] ? wanted : "column", MOST_HEADER);
    char *said = cf_arena_copy(&book->plan.arena, plain);
    for (int k = 2;; k++) {
        int same = 0;
        for (int c = 0; c < n; c++)
            same |= strcasecmp(heading[c], said) == 0;
        if (!same)
            return said;
        said = cf_arena_format(&book->plan.arena, "%s (%d)", plain, k);
    }
}

/* Whole numbers where a column reaches 100 or has no others, else one decimal: for reading; the
 * cell has the number in full. */
static lxw_format *format_of(const struct book *book, const struct cf_table *table,
                             const struct cf_column *column)
{
    double largest = 0;
    int whole = 1;
    if (column->kind == CF_COLUMN_TEXT)
        return book->text;
    if (column->kind == CF_COLUMN_SHARE)
        return book->share;
    if (column->kind != CF_COLUMN_NUMBER)
        return book->general;
    for (size_t row = 0; row < table->n_rows; row++) {
        const double value = cf_is_hidden(column, row) ? 0 : column->number[row];
        largest = fmax(largest, fabs(value));
        whole &= isnan(value) || value == floor(value);
    }
    return whole || largest >= 100 ? book->whole : book->one;
}

static void put_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row, int c,
                     const struct cf_column *column, size_t from, lxw_format *format)
{
    if (cf_is_hidden(column, from))
        put_text(book, sheet, row, c, cf_shorthand[CF_SHORT_HIDDEN], book->text);
    else if (column->kind == CF_COLUMN_TEXT)
        put_text(book, sheet, row, c, column->label ? column->label[from] : column->text[from],
                 format);
    else if (column->kind == CF_COLUMN_INT)
        put_number(book, sheet, row, c, column->integer[from], format);
    else if (isnan(column->number[from]))
        put_text(book, sheet, row, c, cf_shorthand[CF_SHORT_UNDEFINED], book->text);
    else
        put_number(book, sheet, row, c, column->number[from],
                   column->share && column->share[from] ? book->share : format);
}

/* As wide as its texts, within reason: longer ones go on to the next line of their cell. */
static int width_of(const struct cf_table *table, const struct cf_column *column)
{
    size_t width = NARROW;
    for (size_t row = 0; column->kind == CF_COLUMN_TEXT && row < table->n_rows; row++) {
        const size_t length = strlen(column->label ? column->label[row] : column->text[row]);
        width = length > width ? length : width;
    }
    return width < WIDE ? (int)width + 2 : WIDE;
}

static const char *heading_of(const struct cf_book_sheet *of, const struct cf_column *column)
{
    return of->said ? cf_column_heading(of->said, column) : column->name;
}

/* Mark what was filled as a table. */
static void mark(struct book *book, lxw_worksheet *sheet, const struct cf_book_sheet *of,
                 char *const *heading, lxw_row_t first, lxw_row_t last)
{
    struct cf_arena *arena = &book->plan.arena;
    const size_t n = (size_t)of->table->n_columns;
    char *name = cf_arena_format(arena, "table_%s", of->name);
    for (char *at = name; *at; at++)
        *at = *at == '-' ? '_' : *at;
    lxw_table_column *column = CF_TAKE(arena, n, lxw_table_column);
    lxw_table_column **list = CF_TAKE(arena, n + 1, lxw_table_column *);
    for (size_t c = 0; c < n; c++) {
        column[c].header = heading[c];
        column[c].header_format = book->header;
        list[c] = &column[c];
    }
    lxw_table_options options = {.name = name,
                                 .no_autofilter = LXW_TRUE,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = list};
    book->failed |=
        worksheet_add_table(sheet, first, 0, last, (lxw_col_t)(n - 1), &options) != LXW_NO_ERROR;
}

static void add_table(struct book *book, lxw_worksheet *sheet, const struct cf_book_sheet *of,
                      lxw_row_t top)
{
    const struct cf_table *table = of->table;
    const size_t rows = table->n_rows < MOST_ROWS ? table->n_rows : MOST_ROWS;
    lxw_format *format[CF_TABLE_MOST_COLUMNS];
    char *heading[CF_TABLE_MOST_COLUMNS];
    for (int c = 0; c < table->n_columns; c++) {
        format[c] = format_of(book, table, &table->column[c]);
        heading[c] = unlike(book, heading, c, heading_of(of, &table->column[c]));
        put_text(book, sheet, top, c, heading[c], book->header);
        worksheet_set_column(sheet, (lxw_col_t)c, (lxw_col_t)c, width_of(table, &table->column[c]),
                             NULL);
    }
    for (size_t row = 0; row < rows; row++)
        for (int c = 0; c < table->n_columns; c++)
            if (of->links && c == 0)
                put_link(book, sheet, top + 1 + (lxw_row_t)row, c, table->column[c].text[row]);
            else
                put_cell(book, sheet, top + 1 + (lxw_row_t)row, c, &table->column[c], row,
                         format[c]);
    if (rows > 0) /* a workbook has no table without a row */
        mark(book, sheet, of, heading, top, top + (lxw_row_t)rows);
}

/* ---- the workbook ---- */

static void add_sheet(struct book *book, const struct cf_book_sheet *of)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, of->name);
    lxw_row_t row = 0;
    if (!sheet)
        cf_out_of_memory(); /* names are made to be good ones */
    /* Titles and lines go on over the cells at their right, which are empty. */
    put_text(book, sheet, row++, 0, of->title, book->title);
    for (int k = 0; k < of->n_lines; k++)
        put_text(book, sheet, row++, 0, of->line[k], of->table ? book->line : book->text);
    if (!of->table)
        worksheet_set_column(sheet, 0, 0, COVER, NULL);
    else if (of->table->n_rows == 0)
        put_text(book, sheet, row++, 0, "The table has no rows.", book->line);
    else if (of->table->n_rows > MOST_ROWS)
        put_text(book, sheet, row++, 0,
                 "It has more rows than a sheet has room for: the rest is in the CSV files alone.",
                 book->line);
    if (of->table)
        add_table(book, sheet, of, row);
}

static lxw_format *add_format(struct book *book, const char *number, int bold, double size)
{
    lxw_format *format = workbook_add_format(book->workbook);
    format_set_font_name(format, "Arial");
    format_set_font_size(format, size);
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (bold)
        format_set_bold(format);
    if (number)
        format_set_num_format(format, number);
    return format;
}

static void add_formats(struct book *book)
{
    book->title = add_format(book, NULL, 1, 16);
    book->text = add_format(book, NULL, 0, 12);
    book->line = add_format(book, NULL, 0, 12);
    book->header = add_format(book, NULL, 1, 12);
    book->link = add_format(book, NULL, 0, 12);
    book->whole = add_format(book, "#,##0", 0, 12);
    book->one = add_format(book, "#,##0.0", 0, 12);
    book->share = add_format(book, "0.0%", 0, 12);
    book->general = add_format(book, "General", 0, 12);
    format_set_text_wrap(book->header);
    format_set_text_wrap(book->text);
    format_set_font_color(book->link, 0x12436D);
    format_set_underline(book->link, LXW_UNDERLINE_SINGLE);
}

static void fill(struct book *book)
{
    const struct cf_report *report = book->plan.of->report;
    lxw_doc_properties about = {.title = (char *)(uintptr_t)clean(book, report->title, 200),
                                .comments = "projection, not a forecast",
                                .company = "Cohortflow",
                                .created = made};
    workbook_set_properties(book->workbook, &about);
    add_formats(book);
    for (int k = 0; k < book->plan.n_sheets; k++)
        add_sheet(book, &book->plan.sheet[k]);
}

static enum cf_status failed(const struct cf_image *image, const char *why, cf_diag *diag)
{
    cf_report(diag, CF_ERROR, "output.io", (struct cf_at){.path = image->path},
              "nothing was changed", "writing this file failed: %s", why);
    return CF_IO;
}

enum cf_status cf_write_xlsx(const char *path, const struct cf_publication *of, cf_diag *diag)
{
    struct cf_image image;
    struct book book = {0};
    enum cf_status status = cf_image_begin(&image, path, diag);
    if (status != CF_OK)
        return status;
    cf_workbook_plan(&book.plan, of);
    book.workbook = workbook_new(image.temp_path); /* the file that the image holds locked */
    if (!book.workbook)
        cf_out_of_memory();
    fill(&book);
    const lxw_error wrong = workbook_close(book.workbook);
    if (wrong != LXW_NO_ERROR)
        status = failed(&image, errno ? strerror(errno) : lxw_strerror(wrong), diag);
    else if (book.failed)
        status = failed(&image, "a cell cannot be written", diag);
    cf_workbook_free(&book.plan);
    if (status == CF_OK)
        return cf_image_commit(&image, diag);
    cf_image_abandon(&image);
    return status;
}
