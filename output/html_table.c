#include "output/page_parts.h"

#include "output/escape.h"
#include "output/svg.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* A column as the page shows it. */
struct shown {
    const struct cf_column *column;
    const char *heading, *undefined;
    struct cf_scale rounding;                 /* .step: to which it is rounded */
    int is_middle;                            /* a median of draws */
    int is_number, is_word, is_long, is_hard; /* hard: has words of great length */
};

/* Texts of which each is one of a few words: shown with a sign of their own, as a colour alone
 * would not do. */
static const char *const word_columns[] = {"rating",     "need",     "verdict", "impact",
                                           "likelihood", "residual", NULL};
/* Columns that say of which area a row is. */
static const char *const area_columns[] = {"area",   "consortium", "authority",    "subregion",
                                           "region", "pool",       "authority_to", NULL};
enum { LONG_TEXT = 60, LONG_WORD = 28 };

static int is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (cf_text_same(name, *names))
            return 1;
    return 0;
}

static const struct cf_column *find(const struct cf_table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (cf_text_same(table->column[c].name, name))
            return &table->column[c];
    return NULL;
}

/* As many decimals in all of a column: none from 100 on or where all are whole, else one. */
static struct cf_scale rounding_of(const struct cf_column *column, size_t rows)
{
    double largest = 0;
    int whole = 1;
    if (column->kind == CF_COLUMN_SHARE)
        return (struct cf_scale){.step = 0.001};
    for (size_t row = 0; row < rows; row++) {
        const double value = cf_is_hidden(column, row) ? 0 : column->number[row];
        largest = fmax(largest, fabs(value));
        whole &= isnan(value) || value == floor(value);
    }
    return (struct cf_scale){.step = whole || largest >= 100 ? 1 : largest < 1 ? 0.01 : 0.1};
}

static void look_at(struct shown *shown, const char *text)
{
    shown->is_long |= strlen(text) > LONG_TEXT;
    for (size_t length; *text; text += length + (text[length] == ' ')) {
        length = strcspn(text, " ");
        shown->is_hard |= length > LONG_WORD;
    }
}

static struct shown shown_of(const struct cf_table *table, const struct cf_column *column,
                             const char *heading)
{
    struct shown shown = {.column = column,
                          .heading = heading,
                          .is_number = column->kind != CF_COLUMN_TEXT,
                          .is_middle = cf_text_same(column->name, "median") ||
                                       cf_text_same(column->name, "q0.5"),
                          .is_word = is_one_of(column->name, word_columns)};
    if (column->kind == CF_COLUMN_NUMBER || column->kind == CF_COLUMN_SHARE)
        shown.rounding = rounding_of(column, table->n_rows);
    for (size_t row = 0; column->kind == CF_COLUMN_TEXT && row < table->n_rows; row++)
        look_at(&shown, column->label ? column->label[row] : column->text[row]);
    return shown;
}

/* A column that is the same in every row, and asked to be told once then, is left out. */
static int is_left_out(const struct cf_table *table, const struct cf_column *column)
{
    int same = column->once && table->n_rows > 0;
    for (size_t row = 1; same && row < table->n_rows; row++)
        same = column->kind == CF_COLUMN_TEXT
                   ? cf_text_same(column->text[row], column->text[0])
                   : column->kind == CF_COLUMN_INT && column->integer[row] == column->integer[0];
    return same;
}

static int choose(const struct cf_report_table *table, struct shown *shown)
{
    int n = 0;
    for (int c = 0; !table->columns && c < table->table->n_columns; c++)
        if (!is_left_out(table->table, &table->table->column[c]))
            shown[n++] =
                shown_of(table->table, &table->table->column[c], table->table->column[c].name);
    for (const struct cf_report_column *wanted = table->columns;
         wanted && wanted->name && n < CF_TABLE_MOST_COLUMNS; wanted++) {
        const struct cf_column *column = find(table->table, wanted->name);
        if (!column)
            continue;
        shown[n] = shown_of(table->table, column, wanted->heading);
        shown[n++].undefined = wanted->undefined;
    }
    return n;
}

static void add_heading(struct cf_text *to, const struct shown *shown)
{
    cf_text_format(to, "<th scope=\"col\"%s data-name=\"", shown->is_number ? " class=\"n\"" : "");
    cf_escape(to, shown->column->name);
    cf_text_add(to, "\">");
    for (const char *at = shown->heading; *at; at++) {
        /* Names of columns are words with '_' between. */
        const char shown_as = *at == '_' ? ' ' : *at;
        const char one[] = {
            at == shown->heading && *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : shown_as,
            '\0'};
        if ((unsigned char)*at < 0x80)
            cf_escape(to, one);
        else
            cf_text_add_n(to, at, 1);
    }
    cf_text_add(to, "</th>");
}

static void add_class_word(struct cf_text *to, const char *word)
{
    for (; *word; word++) {
        const char c = (char)tolower((unsigned char)*word);
        const char one[] = {(c >= 'a' && c <= 'z') ? c : '-', '\0'};
        cf_text_add(to, one);
    }
}

static void add_number(struct cf_text *to, const struct shown *shown, size_t row, int range_alone)
{
    const struct cf_column *column = shown->column;
    static const struct cf_scale per_cent = {.step = 0.001};
    const double size = column->kind == CF_COLUMN_INT ? 0 : fabs(column->number[row]);
    const struct cf_scale by_size = {.step = size < 10 ? 0.01 : size < 100 ? 0.1 : 1};
    char told[CF_TOLD_ROOM];
    if (column->kind == CF_COLUMN_INT) {
        cf_text_format(to, " class=\"n\">%d", column->integer[row]);
        return;
    }
    const double value = column->number[row];
    if (range_alone && shown->is_middle && !isnan(value)) {
        cf_text_add(to, " class=\"n\" data-v=\"");
        cf_text_number(to, value);
        cf_text_add(to, "\"><i>range only</i>");
        return;
    }
    const int is_share = column->kind == CF_COLUMN_SHARE ||
                         (column->kind == CF_COLUMN_MIXED && column->share && column->share[row]);
    if (isnan(value)) {
        cf_text_add(to, " class=\"n\" data-v=\"\">");
        cf_escape(to, shown->undefined ? shown->undefined : "-");
        return;
    }
    cf_text_add(to, " class=\"n\" data-v=\"");
    cf_text_number(to, value);
    cf_text_format(to, "\">%s",
                   cf_value_told(told, value, is_share,
                                 column->kind != CF_COLUMN_MIXED ? &shown->rounding
                                 : is_share                      ? &per_cent
                                                                 : &by_size));
}

/* The code of a text with a label is what copies and downloads have, and is in data-v. */
static void add_cell(struct cf_text *to, const struct shown *shown, size_t row, int heads,
                     int range_alone)
{
    const struct cf_column *column = shown->column;
    cf_text_add(to, heads ? "<th scope=\"row\"" : "<td");
    if (cf_is_hidden(column, row)) {
        cf_text_format(to, "%s data-v=\"" CF_HIDDEN "\">" CF_HIDDEN,
                       shown->is_number ? " class=\"n\"" : "");
    } else if (shown->is_number) {
        add_number(to, shown, row, range_alone);
    } else {
        const char *text = column->label ? column->label[row] : column->text[row];
        if (shown->is_word && text[0]) {
            cf_text_add(to, " class=\"word word-");
            add_class_word(to, text);
            cf_text_add(to, "\"");
        } else if (shown->is_hard || (shown->is_long && !heads)) {
            cf_text_add(to, shown->is_hard ? " class=\"hard\"" : " class=\"long\"");
        }
        if (column->label && !cf_text_same(column->label[row], column->text[row])) {
            cf_text_add(to, " data-v=\"");
            cf_escape(to, column->text[row]);
            cf_text_add(to, "\"");
        }
        cf_text_add(to, ">");
        cf_escape(to, text[0] ? text : "-");
    }
    cf_text_add(to, heads ? "</th>" : "</td>");
}

/* Whether a row is of a year so far ahead that ranges alone are told. */
static int is_far(const struct cf_report *report, const struct cf_table *table, size_t row)
{
    const struct cf_column *year = find(table, "year");
    if (!year)
        year = find(table, "report_year");
    return report->ranges_from && year && year->kind == CF_COLUMN_INT &&
           year->integer[row] >= report->ranges_from;
}

/* Of which scenario and areas a row is. */
static void begin_row(struct cf_text *to, const struct cf_report *report,
                      const struct cf_report_table *of, size_t row)
{
    const struct cf_table *table = of->table;
    const struct cf_column *scenario = find(table, "scenario");
    int any = 0;
    cf_text_add(to, "<tr");
    if (scenario && scenario->kind == CF_COLUMN_TEXT && report->n_scenarios > 1 && !of->whole &&
        !cf_text_same(scenario->text[row], "all")) {
        cf_text_add(to, " data-s=\"");
        cf_escape(to, scenario->text[row]);
        cf_text_add(to, "\"");
    }
    for (int c = 0; report->n_areas > 1 && c < table->n_columns; c++)
        if (table->column[c].kind == CF_COLUMN_TEXT &&
            is_one_of(table->column[c].name, area_columns)) {
            cf_text_add(to, any++ ? " " : " data-a=\"");
            cf_escape(to, table->column[c].text[row][0] ? table->column[c].text[row] : "all");
        }
    cf_text_add(to, any ? "\">" : ">");
}

void cf_html_table(struct cf_text *to, const struct cf_report *report,
                   const struct cf_report_table *table)
{
    struct shown shown[CF_TABLE_MOST_COLUMNS];
    const int n = choose(table, shown);
    int head = 0; /* the first column of texts names the row */
    while (head < n && shown[head].is_number)
        head++;
    cf_text_format(to,
                   "<div class=\"table\" id=\"%s\"><div class=\"scroll\" tabindex=\"0\" "
                   "role=\"region\" aria-labelledby=\"%s-c\"><table><caption><span id=\"%s-c\">",
                   table->id, table->id, table->id);
    cf_escape(to, table->title);
    cf_text_add(to, "</span>");
    if (table->note) {
        cf_text_add(to, "<small>");
        cf_escape(to, table->note);
        cf_text_add(to, "</small>");
    }
    cf_text_add(to, "</caption><thead><tr>");
    for (int c = 0; c < n; c++)
        add_heading(to, &shown[c]);
    cf_text_add(to, "</tr></thead><tbody>\n");
    for (size_t row = 0; row < table->table->n_rows; row++) {
        const int range_alone = is_far(report, table->table, row);
        begin_row(to, report, table, row);
        for (int c = 0; c < n; c++)
            add_cell(to, &shown[c], row, c == head, range_alone);
        cf_text_add(to, "</tr>\n");
    }
    if (table->table->n_rows == 0)
        cf_text_format(to, "<tr><td colspan=\"%d\">none</td></tr>\n", n > 0 ? n : 1);
    cf_text_add(to, "</tbody></table></div></div>\n");
}
