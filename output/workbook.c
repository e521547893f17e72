#include "output/workbook.h"

#include "base/names.h"
#include "base/text.h"
#include "output/dictionary.h"

#include <ctype.h>

enum { CONTENTS, FINDINGS, NOTES, COLUMNS, SOURCES, N_OWN };
enum { MOST_NAME = 31, MOST_LINES = 64 };

const char *const cf_shorthand[CF_N_SHORTHAND] = {"[c]", "[x]", "[z]"};
static const char *const meaning[CF_N_SHORTHAND] = {
    "confidential: hidden, so that no person can be told",
    "not available: the number is not defined",
    "not applicable: there is nothing to say",
};

static const struct {
    const char *name, *title, *what, *more;
} own[N_OWN] = {
    {"Contents", "Contents", "This sheet has one table: the sheets of this workbook.",
     "The names of the sheets lead to them."},
    {"Findings", "What the report says", "This sheet has one table: the texts of the report.",
     "A projection, not a forecast."},
    {"Notes", "Notes", "This sheet has one table: notes on the tables.",
     "Shorthand stands where there is no number."},
    {"Columns", "What each column means", "This sheet has one table: the columns of the tables.",
     "Name is what the column is called in the CSV files."},
    {"Provenance", "Where the figures come from",
     "This sheet has one table: the sources of the input tables.",
     "Nature: real, estimated or illustrative."},
};

/* ---- tables of texts ---- */

static void begin(struct cf_table *table, const char *const *heading, int n, size_t rows)
{
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    for (int c = 0; c < n; c++)
        cf_add_column(table, heading[c], CF_COLUMN_TEXT, rows);
}

static void put_row(struct cf_table *table, const char *const *text)
{
    for (int c = 0; c < table->n_columns; c++)
        table->column[c].text[table->n_rows] = text[c] ? text[c] : "";
    table->n_rows++;
}

/* ---- the tables of the report ---- */

/* Take a name of a sheet; 0 where it is taken, whatever its case. */
static int take(struct cf_workbook *book, struct cf_names *taken, const char *name)
{
    char *small = cf_arena_copy(&book->arena, name);
    for (char *at = small; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    if (cf_names_find(taken, small) >= 0)
        return 0;
    cf_names_add(taken, small);
    return 1;
}

/* By the table's id. */
static const char *name_of(struct cf_workbook *book, struct cf_names *taken, const char *id)
{
    const char *name = cf_arena_format(&book->arena, "%.*s", MOST_NAME, id);
    for (int k = 2; !take(book, taken, name); k++)
        name = cf_arena_format(&book->arena, "%.*s-%d", MOST_NAME - 6, id, k);
    return name;
}

static void add_line(struct cf_workbook *book, struct cf_book_sheet *sheet, const char *text)
{
    if (!sheet->line)
        sheet->line = CF_TAKE(&book->arena, MOST_LINES, const char *);
    if (text && text[0] && sheet->n_lines < MOST_LINES)
        sheet->line[sheet->n_lines++] = text;
}

static struct cf_book_sheet *of_tables(const struct cf_workbook *book)
{
    return book->sheet + 1 + N_OWN;
}

static void add_tables(struct cf_workbook *book, const struct cf_placed_table *table, int n)
{
    struct cf_names taken;
    cf_names_init(&taken, &book->arena);
    take(book, &taken, "Cover");
    for (int k = 0; k < N_OWN; k++)
        take(book, &taken, own[k].name);
    for (int t = 0; t < n; t++) {
        struct cf_book_sheet *sheet = &of_tables(book)[t];
        *sheet = (struct cf_book_sheet){.name = name_of(book, &taken, table[t].said->id),
                                        .title = table[t].said->title,
                                        .table = table[t].said->table,
                                        .said = table[t].said};
        add_line(book, sheet,
                 cf_arena_format(&book->arena, "This sheet has one table, of the section: %s",
                                 table[t].section->heading));
    }
}

/* ---- notes ---- */

struct notes {
    int n;
    const char **text, **sheets; /* [n] */
};

static int add_note(struct cf_workbook *book, struct notes *notes, const char *text,
                    const char *sheet)
{
    int k = 0;
    while (k < notes->n && !cf_text_same(notes->text[k], text))
        k++;
    if (k == notes->n) {
        notes->text[notes->n++] = text;
        notes->sheets[k] = sheet;
    } else {
        notes->sheets[k] = cf_arena_format(&book->arena, "%s, %s", notes->sheets[k], sheet);
    }
    return k + 1;
}

/* The notes of a table, and a line on its sheet that says which. */
static void note_table(struct cf_workbook *book, struct notes *notes, struct cf_book_sheet *sheet)
{
    struct cf_text line = {0};
    if (sheet->said->note)
        cf_text_format(&line, "Notes: %d", add_note(book, notes, sheet->said->note, sheet->name));
    for (const char *const *note = sheet->table->notes; note && *note; note++)
        cf_text_format(&line, "%s%d",
                       line.length ? ", " : "Notes: ", add_note(book, notes, *note, sheet->name));
    add_line(book, sheet,
             line.length ? cf_arena_copy(&book->arena, line.data) : "There are no notes on it.");
    cf_text_free(&line);
}

static void plan_notes(struct cf_workbook *book, int n_tables)
{
    static const char *const heading[] = {"Note", "Text", "Sheets"};
    struct notes notes = {0};
    size_t most = 0;
    for (int t = 0; t < n_tables; t++) {
        const struct cf_book_sheet *sheet = &of_tables(book)[t];
        most++;
        for (const char *const *note = sheet->table->notes; note && *note; note++)
            most++;
    }
    notes.text = CF_TAKE(&book->arena, most, const char *);
    notes.sheets = CF_TAKE(&book->arena, most, const char *);
    for (int t = 0; t < n_tables; t++)
        note_table(book, &notes, &of_tables(book)[t]);
    begin(&book->own[NOTES], heading, 3, CF_N_SHORTHAND + (size_t)notes.n);
    for (int k = 0; k < CF_N_SHORTHAND; k++)
        put_row(&book->own[NOTES], (const char *[]){cf_shorthand[k], meaning[k], "all"});
    for (int k = 0; k < notes.n; k++)
        put_row(&book->own[NOTES], (const char *[]){cf_arena_format(&book->arena, "%d", k + 1),
                                                    notes.text[k], notes.sheets[k]});
}

/* ---- the other sheets ---- */

static void plan_contents(struct cf_workbook *book, const struct cf_placed_table *table, int n)
{
    static const char *const heading[] = {"Sheet", "Title", "Section"};
    begin(&book->own[CONTENTS], heading, 3, N_OWN + (size_t)n);
    for (int k = FINDINGS; k < N_OWN; k++)
        put_row(&book->own[CONTENTS],
                (const char *[]){own[k].name, own[k].title, "About this workbook"});
    for (int t = 0; t < n; t++)
        put_row(&book->own[CONTENTS],
                (const char *[]){of_tables(book)[t].name, table[t].said->title,
                                 table[t].section->heading});
}

static void plan_findings(struct cf_workbook *book)
{
    static const char *const heading[] = {"Section", "Scenario", "Text"};
    const struct cf_report *report = book->of->report;
    struct cf_table *table = &book->own[FINDINGS];
    size_t most = 0;
    for (int s = 0; s < report->n_sections; s++)
        most += (size_t)report->sections[s].n_texts + 1;
    begin(table, heading, 3, most);
    for (int s = 0; s < report->n_sections; s++) {
        const struct cf_report_section *section = &report->sections[s];
        for (int k = 0; k < section->n_texts; k++) {
            const struct cf_report_text *text = &section->texts[k];
            if (text->kind != CF_TEXT_CODE)
                put_row(table,
                        (const char *[]){section->heading, text->scenario ? text->scenario : "all",
                                         text->text});
        }
        if (section->missing)
            put_row(table,
                    (const char *[]){section->heading, "all",
                                     cf_arena_format(&book->arena, "%s%s%s", section->missing,
                                                     section->command ? " " : "",
                                                     section->command ? section->command : "")});
    }
}

static void plan_columns(struct cf_workbook *book, int n_tables)
{
    static const char *const heading[] = {"Sheet", "Column", "Name", "Unit", "Meaning"};
    struct cf_table *table = &book->own[COLUMNS];
    size_t most = 0;
    for (int t = 0; t < n_tables; t++)
        most += (size_t)of_tables(book)[t].table->n_columns;
    begin(table, heading, 5, most);
    for (int t = 0; t < n_tables; t++) {
        const struct cf_book_sheet *sheet = &of_tables(book)[t];
        for (int c = 0; c < sheet->table->n_columns; c++) {
            const struct cf_column *column = &sheet->table->column[c];
            put_row(table, (const char *[]){sheet->name, cf_column_heading(sheet->said, column),
                                            column->name,
                                            column->kind == CF_COLUMN_SHARE
                                                ? "share"
                                                : cf_unit_name(cf_column_unit(column)),
                                            cf_column_meaning(column)});
        }
    }
}

static void plan_sources(struct cf_workbook *book)
{
    static const char *const heading[] = {"Input",   "Publisher", "Title", "Year",
                                          "Licence", "Nature",    "Note"};
    const struct cf_source_text *source;
    const int n = cf_publication_sources(book->of, &book->arena, &source);
    begin(&book->own[SOURCES], heading, 7, (size_t)n);
    for (int k = 0; k < n; k++)
        put_row(&book->own[SOURCES],
                (const char *[]){source[k].table, source[k].publisher, source[k].title,
                                 source[k].year, source[k].licence, source[k].nature,
                                 source[k].note});
}

static void plan_cover(struct cf_workbook *book)
{
    const struct cf_report *report = book->of->report;
    struct cf_book_sheet *sheet = &book->sheet[0];
    *sheet = (struct cf_book_sheet){.name = "Cover", .title = report->title};
    add_line(book, sheet, report->subtitle);
    add_line(book, sheet, report->note);
    for (int k = 0; k < report->n_facts; k++)
        add_line(
            book, sheet,
            cf_arena_format(&book->arena, "%s: %s", report->facts[k].name, report->facts[k].value));
    for (int k = 0; k < book->of->n_results; k++) {
        const char *hash = cf_results_text(book->of->results[k], "content_sha256");
        if (hash)
            add_line(book, sheet, cf_arena_format(&book->arena, "Results file: %s", hash));
        add_line(book, sheet, cf_results_text(book->of->results[k], "attribution"));
    }
    add_line(
        book, sheet,
        "Each sheet has one table, with its title in cell A1. Contents lists the sheets, Notes "
        "what is to be known of them, Columns what each column means.");
    for (int k = 0; k < CF_N_SHORTHAND; k++)
        add_line(book, sheet, cf_arena_format(&book->arena, "%s %s", cf_shorthand[k], meaning[k]));
}

void cf_workbook_plan(struct cf_workbook *book, const struct cf_publication *of)
{
    const struct cf_placed_table *table;
    *book = (struct cf_workbook){.of = of};
    cf_arena_init(&book->arena);
    const int n = cf_publication_tables(of, &book->arena, &table);
    book->n_sheets = 1 + N_OWN + n;
    book->sheet = CF_TAKE(&book->arena, (size_t)book->n_sheets, struct cf_book_sheet);
    plan_cover(book);
    add_tables(book, table, n);
    plan_contents(book, table, n);
    plan_findings(book);
    plan_notes(book, n);
    plan_columns(book, n);
    plan_sources(book);
    for (int k = 0; k < N_OWN; k++) {
        struct cf_book_sheet *sheet = &book->sheet[1 + k];
        *sheet = (struct cf_book_sheet){.name = own[k].name,
                                        .title = own[k].title,
                                        .table = &book->own[k],
                                        .links = k == CONTENTS};
        add_line(book, sheet, own[k].what);
        add_line(book, sheet, own[k].more);
    }
}

void cf_workbook_free(struct cf_workbook *book)
{
    for (int k = 0; k < N_OWN; k++)
        cf_table_free(&book->own[k]);
    cf_arena_free(&book->arena);
}
