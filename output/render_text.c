#include "output/render_text.h"

#include "base/text.h"
#include "output/render_csv.h"

#include <math.h>
#include <string.h>

static const char between[] = "  ";
enum { NOTE_WIDTH = 98 };

/* A column as printed. */
struct printed {
    const char *heading;
    int right;         /* numbers stand at the right */
    const char **cell; /* [n_rows of the page] */
    size_t width, lines;
};

struct page {
    const struct cf_table *table;
    struct cf_arena arena;
    size_t n_rows, n_columns;
    size_t block; /* rows of the table to one of the page */
    struct printed *column;
    int n_above; /* columns that stand on lines of their own */
    const struct cf_column *above[CF_TABLE_MOST_COLUMNS];
};

/* Characters of a UTF-8 text, not its bytes. */
static size_t width_of(const char *text, size_t length)
{
    size_t width = 0;
    for (size_t k = 0; k < length; k++)
        width += ((unsigned char)text[k] & 0xc0) != 0x80;
    return width;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* ---- cells ---- */

/* Whether a column is said once, above the rows. */
static int said_once(const struct cf_table *table, const struct cf_column *column)
{
    int same = column->once && table->n_rows > 0;
    for (size_t row = 1; same && row < table->n_rows; row++)
        same = column->kind == CF_COLUMN_TEXT
                   ? cf_text_same(column->text[row], column->text[0])
                   : column->kind == CF_COLUMN_INT && column->integer[row] == column->integer[0];
    return same;
}

/* Whole numbers where a column reaches 100 or has no others, else one decimal. */
static int decimals_of(const struct cf_table *table, const struct cf_column *column)
{
    double largest = 0;
    int whole = 1;
    if (column->kind != CF_COLUMN_NUMBER)
        return 1;
    for (size_t row = 0; row < table->n_rows; row++) {
        const double value = cf_is_hidden(column, row) ? 0 : column->number[row];
        largest = fmax(largest, fabs(value)); /* of NaN and one: the one */
        whole &= isnan(value) || value == floor(value);
    }
    return !whole && largest < 100;
}

/* Of a number by itself: three below 10, one below 100, and none where it is whole or larger. */
static int decimals_by_size(double value)
{
    const double size = fabs(value);
    return value == floor(value) || size >= 100 ? 0 : size >= 10 ? 1 : 3;
}

/* A label may hold anything: on a line of its own there are no ends of lines. */
static const char *on_one_line(struct cf_arena *arena, const char *text)
{
    char *copy = NULL;
    for (size_t k = 0; text[k]; k++) {
        if ((unsigned char)text[k] >= ' ' && text[k] != 0x7f)
            continue;
        copy = copy ? copy : cf_arena_copy(arena, text);
        copy[k] = ' ';
    }
    return copy ? copy : text;
}

static const char *cell_of(struct cf_arena *arena, const struct cf_column *column, size_t row,
                           int decimals)
{
    if (cf_is_hidden(column, row))
        return CF_HIDDEN;
    if (column->kind == CF_COLUMN_INT)
        return cf_arena_format(arena, "%d", column->integer[row]);
    if (column->kind == CF_COLUMN_TEXT) {
        const char *text = column->label ? column->label[row] : column->text[row];
        return text[0] ? on_one_line(arena, text) : "-";
    }
    if (isnan(column->number[row]))
        return "-";
    const int mixed = column->kind == CF_COLUMN_MIXED;
    const int is_share =
        column->kind == CF_COLUMN_SHARE || (mixed && column->share && column->share[row]);
    if (mixed)
        decimals = is_share ? 2 : decimals_by_size(column->number[row]);
    char *text = cf_arena_format(arena, "%.*f%s", decimals,
                                 column->number[row] * (is_share ? 100 : 1), is_share ? "%" : "");
    return text[0] == '-' && !text[strcspn(text, "123456789")] ? text + 1 : text; /* no "-0" */
}

static const char *padded(struct cf_arena *arena, const char *text, size_t width, int right)
{
    const int blanks = (int)(width - width_of(text, strlen(text)));
    return right ? cf_arena_format(arena, "%*s%s", blanks, "", text)
                 : cf_arena_format(arena, "%s%*s", text, blanks, "");
}

/* The cells of a column of the table, all of them. */
static const char **cells_of(struct page *page, const struct cf_column *column)
{
    const struct cf_table *table = page->table;
    const char **cell = CF_TAKE(&page->arena, table->n_rows, const char *);
    const int decimals = decimals_of(table, column);
    for (size_t row = 0; row < table->n_rows; row++)
        cell[row] = cell_of(&page->arena, column, row, decimals);
    return cell;
}

/* ---- columns ---- */

/* The next line of a heading that is at most so wide, if its first word is: words stand between
 * '_' or ' '. Returns what follows it. */
static const char *heading_line(const char *heading, size_t width, size_t *length)
{
    *length = 0;
    for (size_t k = 0;; k++) {
        const int word_ends = heading[k] == '\0' || heading[k] == '_' || heading[k] == ' ';
        if (!word_ends)
            continue;
        if (*length > 0 && width_of(heading, k) > width)
            break;
        *length = k;
        if (heading[k] == '\0')
            break;
    }
    return heading[*length] ? heading + *length + 1 : heading + *length;
}

static void add_printed(struct page *page, const char *heading, int right, const char **cell)
{
    struct printed *column = &page->column[page->n_columns++];
    size_t length;
    *column = (struct printed){.heading = heading, .right = right, .cell = cell};
    for (size_t row = 0; row < page->n_rows; row++)
        column->width = larger(column->width, width_of(cell[row], strlen(cell[row])));
    for (const char *at = heading; *at;) {
        const char *next = heading_line(at, 0, &length);
        column->width = larger(column->width, width_of(at, length));
        at = next;
    }
    for (const char *at = heading; *at; column->lines++)
        at = heading_line(at, column->width, &length);
}

static void add_plain(struct page *page, const struct cf_column *column)
{
    const char **all = cells_of(page, column);
    const char **cell = CF_TAKE(&page->arena, page->n_rows, const char *);
    for (size_t row = 0; row < page->n_rows; row++)
        cell[row] = all[row * page->block];
    add_printed(page, column->name, column->kind != CF_COLUMN_TEXT || column->right, cell);
}

/* Put the cells of a column behind those that stand there already, `to`, a blank between. */
static void join(struct page *page, const struct cf_column *column, const char **to)
{
    const char **cell = cells_of(page, column);
    size_t width = 0;
    for (size_t row = 0; row < page->table->n_rows; row++)
        width = larger(width, width_of(cell[row], strlen(cell[row])));
    for (size_t row = 0; row < page->table->n_rows; row++) {
        const char *more = padded(&page->arena, cell[row], width, column->kind != CF_COLUMN_TEXT);
        to[row] = to[row] ? cf_arena_format(&page->arena, "%s %s", to[row], more) : more;
    }
}

/* The members of the column `across` side by side, with what follows it in their cells. */
static void add_across(struct page *page)
{
    const struct cf_table *table = page->table;
    const struct cf_column *across = &table->column[table->across];
    const char **all = CF_TAKE(&page->arena, table->n_rows, const char *);
    for (int c = table->across + 1; c < table->n_columns; c++)
        join(page, &table->column[c], all);
    const char **heading = cells_of(page, across);
    for (size_t p = 0; p < page->block; p++) {
        const char **cell = CF_TAKE(&page->arena, page->n_rows, const char *);
        for (size_t row = 0; row < page->n_rows; row++)
            cell[row] = all[row * page->block + p];
        add_printed(page, heading[p], 1, cell);
    }
}

static void make_page(struct page *page)
{
    const struct cf_table *table = page->table;
    const struct cf_column *across = &table->column[table->across];
    page->block = 1;
    if (table->across)
        while (page->block < table->n_rows &&
               !cf_text_same(across->text[page->block], across->text[0]))
            page->block++;
    page->n_rows = table->n_rows / page->block;
    page->column = CF_TAKE(&page->arena, (size_t)table->n_columns + page->block, struct printed);
    for (int c = 0; c < (table->across ? table->across : table->n_columns); c++)
        if (said_once(table, &table->column[c]))
            continue;
        else if (table->column[c].above)
            page->above[page->n_above++] = &table->column[c];
        else
            add_plain(page, &table->column[c]);
    if (table->across && table->n_rows > 0)
        add_across(page);
}

/* ---- lines ---- */

static void end_line(struct cf_text *text)
{
    while (text->length > 0 && text->data[text->length - 1] == ' ')
        text->length--;
    cf_text_add(text, "\n");
}

static void add_cell(struct page *page, struct cf_text *text, size_t c, const char *cell)
{
    const struct printed *column = &page->column[c];
    cf_text_format(text, "%s%s", c ? between : "",
                   padded(&page->arena, cell, column->width, column->right));
}

static void indent(const struct page *page, struct cf_text *text)
{
    for (int k = 0; k < page->n_above; k++)
        cf_text_add(text, between);
}

/* What stands above a row and did not above the one before it; after a blank line where it is more
 * than the last column's. */
static void add_above(struct page *page, struct cf_text *text, size_t row)
{
    const size_t at = row * page->block;
    int changed = 0;
    for (int k = 0; k < page->n_above; k++) {
        const char *now = cell_of(&page->arena, page->above[k], at, 0);
        const int before = changed;
        changed |= row == 0 ||
                   !cf_text_same(now, cell_of(&page->arena, page->above[k], at - page->block, 0));
        if (!changed)
            continue;
        if (k + 1 < page->n_above && row > 0 && !before)
            cf_text_add(text, "\n");
        for (int level = 0; level < k; level++)
            cf_text_add(text, between);
        if (page->above[k]->kind == CF_COLUMN_TEXT)
            cf_text_format(text, "%s\n", now);
        else
            cf_text_format(text, "%s %s\n", page->above[k]->name, now);
    }
}

/* Headings stand at the bottom of their lines. */
static void add_headings(struct page *page, struct cf_text *text)
{
    size_t lines = 0;
    for (size_t c = 0; c < page->n_columns; c++)
        lines = larger(lines, page->column[c].lines);
    for (size_t line = 0; line < lines; line++) {
        indent(page, text);
        for (size_t c = 0; c < page->n_columns; c++) {
            struct printed *column = &page->column[c];
            const char *said = "";
            size_t length;
            if (line + column->lines >= lines) {
                const char *next = heading_line(column->heading, column->width, &length);
                char *words = cf_arena_copy_n(&page->arena, column->heading, length);
                for (char *at = words; *at; at++)
                    *at = *at == '_' ? ' ' : *at;
                said = words;
                column->heading = next;
            }
            add_cell(page, text, c, said);
        }
        end_line(text);
    }
}

static void add_caption(struct page *page, struct cf_text *text)
{
    const struct cf_table *table = page->table;
    cf_text_format(text, "%s\nprojection, not a forecast", table->title);
    for (int c = 0; c < table->n_columns; c++)
        if (said_once(table, &table->column[c]))
            cf_text_format(text, "; %s %s", table->column[c].name,
                           cell_of(&page->arena, &table->column[c], 0, 0));
    cf_text_add(text, "\n\n");
}

/* A note, its words on lines of NOTE_WIDTH characters where they fit. */
static void add_note(struct cf_text *text, const char *note)
{
    size_t length, column = 0;
    cf_text_add(text, "- ");
    for (const char *word = note; *word; word += length + (word[length] == ' ')) {
        length = strcspn(word, " ");
        const size_t width = width_of(word, length);
        if (column > 0 && column + 1 + width > NOTE_WIDTH) {
            cf_text_add(text, "\n  ");
            column = 0;
        }
        cf_text_format(text, "%s%.*s", column > 0 ? " " : "", (int)length, word);
        column += width + (column > 0);
    }
    cf_text_add(text, "\n");
}

static void add_notes(struct page *page, struct cf_text *text)
{
    const struct cf_table *table = page->table;
    if (!table->notes || (table->n_rows == 0 && !table->notes_anyway))
        return;
    cf_text_add(text, "\n");
    for (const char *const *note = table->notes; *note; note++)
        add_note(text, on_one_line(&page->arena, *note));
}

enum cf_status cf_render_text(const struct cf_table *table, FILE *to, cf_diag *diag)
{
    struct page page = {.table = table};
    struct cf_text text = {0};
    cf_arena_init(&page.arena);
    make_page(&page);
    add_caption(&page, &text);
    if (table->n_rows == 0)
        cf_text_add(&text, "none\n");
    else
        add_headings(&page, &text);
    for (size_t row = 0; row < page.n_rows; row++) {
        add_above(&page, &text, row);
        indent(&page, &text);
        for (size_t c = 0; c < page.n_columns; c++)
            add_cell(&page, &text, c, page.column[c].cell[row]);
        end_line(&text);
    }
    add_notes(&page, &text);
    fwrite(text.data, 1, text.length, to);
    cf_text_free(&text);
    cf_arena_free(&page.arena);
    return cf_rendered(to, diag);
}
