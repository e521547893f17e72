#include "input/load_outturn.h"

#include "base/text.h"
#include "input/csv.h"

/* Columns that every such file has. */
enum { VARIABLE, YEAR, VALUE, N_NEEDED };
static const char *const needed[N_NEEDED] = {"variable", "year", "value"};

static int is_free(const char *name)
{
    int found = cf_text_same(name, "note") || cf_text_same(name, "source");
    for (int k = 0; k < N_NEEDED; k++)
        found |= cf_text_same(name, needed[k]);
    return found;
}

static int find_columns(const struct cf_csv *csv, int column[N_NEEDED], cf_diag *diag)
{
    int all = csv->n_columns > 0;
    for (int k = 0; k < N_NEEDED && csv->n_columns > 0; k++) {
        column[k] = cf_csv_column(csv, needed[k]);
        if (column[k] >= 0)
            continue;
        all = 0;
        cf_report_near(diag, CF_ERROR, "outturn.column", (struct cf_at){csv->path, 1, 1}, needed[k],
                       csv->column, (size_t)csv->n_columns, "column '%s' is missing", needed[k]);
    }
    return all;
}

static void take_rows(struct cf_arena *arena, const struct cf_csv *csv, struct cf_outturn *o)
{
    const size_t rows = (size_t)csv->n_rows, cells = rows * (size_t)csv->n_columns;
    *o = (struct cf_outturn){.path = csv->path,
                             .n_columns = csv->n_columns,
                             .n_rows = csv->n_rows,
                             .column = CF_TAKE(arena, (size_t)csv->n_columns, const char *),
                             .column_at = CF_TAKE(arena, (size_t)csv->n_columns, struct cf_at),
                             .variable = CF_TAKE(arena, rows, const char *),
                             .year = CF_TAKE(arena, rows, int),
                             .value = CF_TAKE(arena, rows, double),
                             .code = csv->cell,
                             .at = CF_TAKE(arena, cells, struct cf_at),
                             .variable_at = CF_TAKE(arena, rows, struct cf_at),
                             .year_at = CF_TAKE(arena, rows, struct cf_at)};
    for (int c = 0; c < csv->n_columns; c++) {
        o->column[c] = is_free(csv->column[c]) ? "" : csv->column[c];
        o->column_at[c] = (struct cf_at){csv->path, 1, csv->column_at[c]};
    }
    for (int row = 0; row < csv->n_rows; row++)
        for (int c = 0; c < csv->n_columns; c++)
            o->at[(size_t)row * (size_t)csv->n_columns + (size_t)c] = cf_csv_at(csv, row, c);
}

static void read_row(const struct cf_csv *csv, const int column[N_NEEDED], int row,
                     struct cf_outturn *o, cf_diag *diag)
{
    const char *year = cf_csv_cell(csv, row, column[YEAR]);
    const char *value = cf_csv_cell(csv, row, column[VALUE]);
    o->variable[row] = cf_csv_cell(csv, row, column[VARIABLE]);
    o->variable_at[row] = cf_csv_at(csv, row, column[VARIABLE]);
    o->year_at[row] = cf_csv_at(csv, row, column[YEAR]);
    if (!o->variable[row][0])
        cf_report(diag, CF_ERROR, "outturn.variable", o->variable_at[row], NULL,
                  "the variable is empty");
    if (!cf_parse_int(year, &o->year[row]))
        cf_report(diag, CF_ERROR, "outturn.year", o->year_at[row], NULL, "'%s' is not a year",
                  year);
    if (!value[0])
        cf_report(diag, CF_ERROR, "outturn.value", cf_csv_at(csv, row, column[VALUE]),
                  "leave the row out where nothing is known", "the value is empty");
    else if (!cf_parse_double(value, &o->value[row]))
        cf_report(diag, CF_ERROR, "outturn.value", cf_csv_at(csv, row, column[VALUE]), NULL,
                  "'%s' %s", value, cf_double_fault(value));
}

enum cf_status cf_load_outturn(struct cf_arena *arena, const char *path, struct cf_outturn *outturn,
                               cf_diag *diag)
{
    struct cf_csv csv = {0};
    int column[N_NEEDED];
    const size_t before = cf_diag_count(diag, CF_ERROR);
    *outturn = (struct cf_outturn){.path = path};
    const enum cf_status read = cf_csv_read(arena, path, &csv, diag);
    if (csv.n_columns == 0 || !find_columns(&csv, column, diag))
        return read == CF_OK ? CF_BAD_INPUT : read;
    take_rows(arena, &csv, outturn);
    if (csv.n_rows == 0)
        cf_report(diag, CF_ERROR, "outturn.empty", (struct cf_at){csv.path, 1, 1}, NULL,
                  "there are no rows, and so nothing to score");
    for (int row = 0; row < csv.n_rows; row++)
        read_row(&csv, column, row, outturn, diag);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : read;
}
