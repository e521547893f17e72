/*
 * The one file that knows libcsv. libcsv does the quoting rules but tells no places, so it is fed
 * piece by piece, each piece ending in a byte that can end a cell: when it then reports a cell,
 * that cell ends where the piece does and began where the one before it ended.
 *
 * After an error within a row the reader goes on at the line below the one the cell in question
 * began on. With a quote missing, that is where the next row is; the file is read twice over at
 * worst, since all quotes that the first reading passed over were in pairs.
 */
#include "input/csv.h"
#include "base/text.h"
#include "input/bytes.h"
#include "input/csv_causes.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#define BUFFER_STEP ((size_t)1 << 14) /* bytes libcsv's cell buffer grows by */

static const struct cf_bytes_codes codes = {
    .missing = "csv.missing",
    .directory = "csv.directory",
    .not_a_file = "csv.not-a-file",
    .unreadable = "csv.unreadable",
    .too_large = "csv.too-large",
    .nul = "csv.nul",
    .not_utf8 = "csv.not-utf8",
};

/* A place in the text: offset, line from 1, offset the line begins at. */
struct place {
    size_t offset;
    int line;
    size_t line_start;
};

struct cell {
    const char *text;
    int line, column;
};

struct reader {
    struct cf_arena *arena;
    struct cf_csv *csv;
    cf_diag *diag;
    int bad; /* something was wrong; diag may be NULL, or may have heard it before */
    const char *text;
    size_t length;

    struct csv_parser parser;
    struct place at;    /* what has been fed so far ends here */
    struct place start; /* of the cell being read: the byte behind the one before */
    size_t cell_end;    /* where the piece being fed ends a cell, should it do so */
    int ended;          /* the piece ended a cell or a row */
    size_t reported_to; /* no error before this place is told again */

    /* Cells are packed one behind the other with a NUL each. A cell takes no more than it did in
     * the file with what ended it, and what a dropped row took is given back. */
    char *pool;
    size_t pool_used, pool_row;
    struct cell *cell; /* [room], the row being read */
    int n_cells, room;
    int any_text; /* one of its cells is not empty */

    int seen_header;
    struct cf_at header;                   /* its first cell */
    size_t n_widths, n_quotes;             /* errors of each kind so far */
    struct cf_at more_widths, more_quotes; /* the first that was not shown */
    size_t n_enders; /* commas and line ends in the file: bounds how many cells there can be */
    size_t most_rows;
};

static int is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static int is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

/* Put the place behind the byte at its offset. CRLF counts once, at the LF. */
static void step(const struct reader *r, struct place *place)
{
    size_t i = place->offset++;
    char c = r->text[i];
    if (c == '\n' || (c == '\r' && !(i + 1 < r->length && r->text[i + 1] == '\n'))) {
        place->line++;
        place->line_start = place->offset;
    }
}

static int column_of(const struct place *place)
{
    return (int)(place->offset - place->line_start) + 1;
}

static struct cf_at at_place(const struct reader *r, const struct place *place)
{
    return (struct cf_at){r->csv->path, place->line, column_of(place)};
}

/* Where the cell being read stands: past the blanks before it, at its quote if it has one. */
static struct place cell_place(const struct reader *r)
{
    struct place place = r->start;
    while (place.offset < r->cell_end && is_blank(r->text[place.offset]))
        place.offset++;
    return place;
}

static void take_cell(void *bytes, size_t length, void *reader)
{
    struct reader *r = reader;
    const char *from = bytes;
    r->ended = 1;
    while (length && is_blank(from[0])) {
        from++;
        length--;
    }
    while (length && is_blank(from[length - 1]))
        length--;
    r->any_text |= length > 0;
    if (r->seen_header && r->n_cells > r->csv->n_columns) {
        r->n_cells++; /* the row is dropped whatever is in it */
        return;
    }
    if (r->n_cells == r->room) {
        int room = r->room ? 2 * r->room : 32;
        struct cell *larger = CF_TAKE(r->arena, (size_t)room, struct cell);
        if (r->n_cells)
            memcpy(larger, r->cell, (size_t)r->n_cells * sizeof *larger);
        r->cell = larger;
        r->room = room;
    }
    char *text = r->pool + r->pool_used;
    assert(r->pool_used + length <= r->cell_end);
    if (length)
        memcpy(text, from, length);
    text[length] = '\0';
    r->pool_used += length + 1;

    struct place place = cell_place(r);
    r->cell[r->n_cells++] = (struct cell){text, place.line, column_of(&place)};
}

static void take_header(struct reader *r)
{
    struct cf_csv *csv = r->csv;
    size_t n = (size_t)r->n_cells;
    r->seen_header = 1;
    csv->n_columns = r->n_cells;
    csv->column = CF_TAKE(r->arena, n, const char *);
    csv->column_at = CF_TAKE(r->arena, n, int);
    int *line = CF_TAKE(r->arena, n, int);
    for (size_t i = 0; i < n; i++) {
        csv->column[i] = r->cell[i].text;
        csv->column_at[i] = r->cell[i].column;
        line[i] = r->cell[i].line;
    }
    r->header = (struct cf_at){csv->path, line[0], csv->column_at[0]};
    r->bad |= !cf_csv_check_header(csv, line, r->diag);
    /* Each row as wide as the header has n bytes that end a cell, but the last may lack one. */
    r->most_rows = (r->n_enders + 1) / n;
    csv->cell = CF_TAKE(r->arena, r->most_rows * n, const char *);
    csv->cell_at = CF_TAKE(r->arena, r->most_rows * n, int);
    csv->line = CF_TAKE(r->arena, r->most_rows, int);
}

/* From the first row on that spreads over several lines, every cell has a line of its own. */
static void keep_lines(struct reader *r)
{
    struct cf_csv *csv = r->csv;
    size_t n = (size_t)csv->n_columns, row = (size_t)csv->n_rows;
    if (!csv->cell_line && r->cell[n - 1].line == r->cell[0].line)
        return;
    if (!csv->cell_line) {
        csv->cell_line = CF_TAKE(r->arena, r->most_rows * n, int);
        for (size_t i = 0; i < row * n; i++)
            csv->cell_line[i] = csv->line[i / n];
    }
    for (size_t i = 0; i < n; i++)
        csv->cell_line[row * n + i] = r->cell[i].line;
}

/* Count an error of a kind; 1 when it is to be shown. */
static int show(size_t *n, struct cf_at *more, struct cf_at at)
{
    if (*n == CF_CSV_MOST_SHOWN)
        *more = at;
    return ++*n <= CF_CSV_MOST_SHOWN;
}

static void report_more(const struct reader *r, size_t n, struct cf_at at, const char *of)
{
    if (n > CF_CSV_MOST_SHOWN)
        cf_report(r->diag, CF_ERROR, "csv.more", at, NULL,
                  "there are %zu more of these in this file: %s", n - CF_CSV_MOST_SHOWN, of);
}

static void report_width(struct reader *r)
{
    struct cf_csv *csv = r->csv;
    int n = csv->n_columns;
    if (n == 1) { /* every row would be wrong */
        cf_report(r->diag, CF_ERROR, "csv.title", r->header, cf_csv_title_help,
                  "the header has 1 cell, the row on line %d has %d", r->cell[0].line, r->n_cells);
        csv->n_columns = csv->n_rows = 0;
        return;
    }
    /* A surplus cell is where the trouble is; a missing one has no place but its row's. */
    const struct cell *cell = &r->cell[r->n_cells > n ? n : 0];
    struct cf_at at = {csv->path, cell->line, cell->column};
    const char *help =
        r->n_cells == n + 1 ? cf_csv_comma_help(r->cell[n - 1].text, r->cell[n].text) : NULL;
    if (show(&r->n_widths, &r->more_widths, at))
        cf_report(r->diag, CF_ERROR, "csv.width", at, help, "row has %d cell%s, the header has %d",
                  r->n_cells, r->n_cells == 1 ? "" : "s", n);
}

static void drop_row(struct reader *r)
{
    r->pool_used = r->pool_row;
    r->n_cells = 0;
    r->any_text = 0;
}

static void take_row(int ender, void *reader)
{
    struct reader *r = reader;
    struct cf_csv *csv = r->csv;
    (void)ender;
    r->ended = 1;
    if (r->n_cells > 1 && !r->any_text) {
        drop_row(r); /* an empty line of a spreadsheet */
    } else if (!r->seen_header) {
        take_header(r);
    } else if (r->n_cells != csv->n_columns) {
        /* Without columns the header itself was broken, and has been reported. */
        if (csv->n_columns && r->at.offset >= r->reported_to)
            report_width(r);
        r->bad = 1;
        drop_row(r);
    } else {
        size_t n = (size_t)csv->n_columns, row = (size_t)csv->n_rows;
        assert(row < r->most_rows);
        csv->line[row] = r->cell[0].line;
        for (size_t i = 0; i < n; i++) {
            csv->cell[row * n + i] = r->cell[i].text;
            csv->cell_at[row * n + i] = r->cell[i].column;
        }
        keep_lines(r);
        csv->n_rows++;
    }
    r->pool_row = r->pool_used;
    r->n_cells = 0;
    r->any_text = 0;
}

static void open_parser(struct reader *r)
{
    csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_blk_size(&r->parser, BUFFER_STEP);
}

/* Forget the row at hand and go on at the line below the one its last cell began on. */
static void go_on_below(struct reader *r)
{
    r->seen_header = 1; /* a broken one: the next row must not be taken for it */
    r->bad = 1;
    drop_row(r);
    csv_free(&r->parser);
    open_parser(r);
    r->at = r->start;
    while (r->at.offset < r->length && r->at.line == r->start.line)
        step(r, &r->at);
    r->start = r->at;
}

static void report_quote(struct reader *r, struct place wrong)
{
    struct place cell = cell_place(r);
    if (wrong.offset < r->reported_to)
        return;
    r->reported_to = wrong.offset + 1;
    if (!show(&r->n_quotes, &r->more_quotes, at_place(r, &wrong)))
        return;
    if (r->text[cell.offset] != '"') {
        cf_report(r->diag, CF_ERROR, "csv.quote", at_place(r, &wrong),
                  "put the whole cell in quotes and write the quote twice",
                  "quote inside a cell that does not begin with one");
        return;
    }
    const char *help =
        cf_arena_format(r->arena,
                        "the quoted cell begins at line %d, column %d; a quote within "
                        "it is written twice",
                        cell.line, column_of(&cell));
    cf_report(r->diag, CF_ERROR, "csv.quote", at_place(r, &wrong), help,
              "text after the closing quote of a cell");
}

/* Feed up to the next byte that can end a cell, that byte included. */
static void feed_piece(struct reader *r)
{
    size_t from = r->at.offset, end = from;
    while (end < r->length && r->text[end] != ',' && !is_line_end(r->text[end]))
        end++;
    size_t n = end - from + (end < r->length);
    r->cell_end = end;
    r->ended = 0;
    size_t done = csv_parse(&r->parser, r->text + from, n, take_cell, take_row, r);
    if (done < n) {
        if (csv_error(&r->parser) != CSV_EPARSE)
            cf_out_of_memory();
        struct place wrong = r->at;
        wrong.offset += done;
        report_quote(r, wrong);
        go_on_below(r);
        return;
    }
    r->at.offset = end;
    if (end < r->length)
        step(r, &r->at);
    if (r->ended)
        r->start = r->at;
}

/* The last row may end with the file. 0 when a quote was left open and reading goes on below. */
static int finish(struct reader *r)
{
    r->cell_end = r->length;
    if (csv_fini(&r->parser, take_cell, take_row, r) == 0)
        return 1;
    if (csv_error(&r->parser) != CSV_EPARSE)
        cf_out_of_memory();
    struct place cell = cell_place(r);
    if (cell.offset >= r->reported_to) {
        r->reported_to = cell.offset + 1;
        if (show(&r->n_quotes, &r->more_quotes, at_place(r, &cell)))
            cf_report(r->diag, CF_ERROR, "csv.quote", at_place(r, &cell), NULL,
                      "quote is never closed");
    }
    go_on_below(r);
    return 0;
}

/* At the start of a row: past empty lines, and blanks before the first cell. */
static void skip_blank(struct reader *r)
{
    while (r->at.offset < r->length &&
           (is_blank(r->text[r->at.offset]) || is_line_end(r->text[r->at.offset])))
        step(r, &r->at);
    r->start = r->at;
}

static void read_rows(struct reader *r)
{
    open_parser(r);
    do {
        while (r->at.offset < r->length) {
            if (r->n_cells == 0 && r->start.offset == r->at.offset)
                skip_blank(r);
            if (r->at.offset < r->length)
                feed_piece(r);
        }
    } while (!finish(r));
    csv_free(&r->parser);
}

static size_t count_enders(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++)
        n += text[i] == ',' || is_line_end(text[i]);
    return n;
}

static enum cf_status read_source(struct cf_arena *arena, struct cf_bytes *source,
                                  struct cf_csv *csv, cf_diag *diag)
{
    memcpy(csv->sha256, source->sha256, sizeof csv->sha256);
    if (!cf_bytes_clean(csv->path, &codes, source, diag))
        return CF_BAD_INPUT;
    struct reader r = {
        .arena = arena,
        .csv = csv,
        .diag = diag,
        .bad = source->bad,
        .text = source->text,
        .length = source->length,
        .at = {0, 1, 0},
        .start = {0, 1, 0},
        .pool = CF_TAKE(arena, source->length + 1, char),
        .n_enders = count_enders(source->text, source->length),
    };
    read_rows(&r);
    report_more(&r, r.n_widths, r.more_widths, "rows with too many or too few cells");
    report_more(&r, r.n_quotes, r.more_quotes, "quotes");
    if (!r.seen_header)
        cf_report(diag, CF_ERROR, "csv.no-header", (struct cf_at){csv->path, 1, 1}, NULL,
                  "the file is empty; a header line is wanted");
    return r.bad || !r.seen_header ? CF_BAD_INPUT : CF_OK;
}

static void begin(struct cf_arena *arena, const char *path, struct cf_csv *csv)
{
    *csv = (struct cf_csv){.path = cf_arena_copy(arena, path)};
}

enum cf_status cf_csv_read(struct cf_arena *arena, const char *path, struct cf_csv *csv,
                           cf_diag *diag)
{
    struct cf_bytes source;
    begin(arena, path, csv);
    if (!cf_bytes_read(path, CF_CSV_MOST_BYTES, &codes, (struct cf_at){path, 0, 0}, &source, diag))
        return CF_BAD_INPUT;
    enum cf_status status = read_source(arena, &source, csv, diag);
    cf_bytes_free(&source);
    return status;
}

enum cf_status cf_csv_read_bytes(struct cf_arena *arena, const char *path, const char *bytes,
                                 size_t length, struct cf_csv *csv, cf_diag *diag)
{
    struct cf_bytes source;
    begin(arena, path, csv);
    if (!cf_bytes_copy(bytes, length, CF_CSV_MOST_BYTES, &codes, (struct cf_at){path, 0, 0},
                       &source, diag))
        return CF_BAD_INPUT;
    enum cf_status status = read_source(arena, &source, csv, diag);
    cf_bytes_free(&source);
    return status;
}

int cf_csv_column(const struct cf_csv *csv, const char *name)
{
    for (int i = 0; i < csv->n_columns; i++) {
        if (strcmp(csv->column[i], name) == 0)
            return i;
    }
    return -1;
}
