#include "input/csv_causes.h"

#include "base/names.h"
#include "base/text.h"

#include <string.h>

const char *const cf_csv_title_help =
    "is there a title above the header? the first line must name the columns";

const char *cf_csv_comma_help(const char *before, const char *last)
{
    const char *digits = "0123456789";
    before += *before == '-';
    if (!*before || !*last || before[strspn(before, digits)] || last[strspn(last, digits)])
        return NULL;
    return "a decimal comma? numbers take a point, and nothing between thousands";
}

static struct cf_at at_column(const struct cf_csv *csv, const int *line, int column)
{
    return (struct cf_at){csv->path, line[column], csv->column_at[column]};
}

/* How many columns there are up to the last one with a name. */
static int named_columns(const struct cf_csv *csv)
{
    int n = csv->n_columns;
    while (n > 0 && !csv->column[n - 1][0])
        n--;
    return n;
}

/* What a spreadsheet leaves behind a table. 1: the columns from n_named on were reported. */
static int report_end(const struct cf_csv *csv, const int *line, int n_named, cf_diag *diag)
{
    int n = csv->n_columns;
    if (n == n_named || n_named == 0)
        return 0;
    struct cf_at at = at_column(csv, line, n_named);
    if (n == n_named + 1)
        cf_report(diag, CF_ERROR, "csv.column-empty", at,
                  "delete the column where it is empty, or name it", "column %d has no name", n);
    else
        cf_report(diag, CF_ERROR, "csv.column-empty", at, "delete the empty columns, or name them",
                  "columns %d to %d have no name", n_named + 1, n);
    return 1;
}

static int check_names(const struct cf_csv *csv, const int *line, cf_diag *diag)
{
    struct cf_arena scratch;
    struct cf_names names;
    cf_arena_init(&scratch);
    cf_names_init(&names, &scratch);
    int *first = CF_TAKE(&scratch, (size_t)csv->n_columns, int);
    int n_named = named_columns(csv), bad = report_end(csv, line, n_named, diag);
    for (int i = 0; i < (bad ? n_named : csv->n_columns); i++) {
        const char *name = csv->column[i];
        int number = name[0] ? cf_names_find(&names, name) : -1;
        if (!name[0])
            cf_report(diag, CF_ERROR, "csv.column-empty", at_column(csv, line, i), NULL,
                      "column %d has no name", i + 1);
        else if (number < 0)
            first[cf_names_add(&names, name)] = i;
        else
            cf_report(diag, CF_ERROR, "csv.column-twice", at_column(csv, line, i), NULL,
                      "column '%s' is there twice, as columns %d and %d", name, first[number] + 1,
                      i + 1);
    }
    bad |= names.n < csv->n_columns;
    cf_arena_free(&scratch);
    return !bad;
}

/* One column with another separator in its name: every row of the file would be wrong. */
static int check_separator(const struct cf_csv *csv, const int *line, cf_diag *diag)
{
    const char *found = csv->n_columns == 1 ? strpbrk(csv->column[0], ";\t|") : NULL;
    if (!found)
        return 1;
    cf_report(diag, CF_ERROR, "csv.separator", at_column(csv, line, 0),
              "save it with commas between the columns", "the columns are divided by %s",
              *found == ';'    ? "semicolons"
              : *found == '\t' ? "tabs"
                               : "'|'");
    return 0;
}

/* A title, which a spreadsheet makes as wide as the table below it. */
static int check_title(const struct cf_csv *csv, const int *line, cf_diag *diag)
{
    if (csv->n_columns == 1 || named_columns(csv) != 1)
        return 1;
    cf_report(diag, CF_ERROR, "csv.title", at_column(csv, line, 0), cf_csv_title_help,
              "only the first of %d columns has a name", csv->n_columns);
    return 0;
}

int cf_csv_check_header(struct cf_csv *csv, const int *line, cf_diag *diag)
{
    if (check_title(csv, line, diag) && check_separator(csv, line, diag))
        return check_names(csv, line, diag);
    csv->n_columns = 0;
    return 0;
}
