#include "input/tables.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>

/* benchmark.csv of a place: indicator,year,value,source, the figures of others by published year.
 */

enum { INDICATOR_COLUMN, YEAR_COLUMN, VALUE_COLUMN, SOURCE_COLUMN, N_COLUMNS };

struct benchmark {
    struct cf_model *model;
    cf_diag *diag;
    struct cf_csv csv;
    int column[N_COLUMNS];
    int n_unused;
    struct cf_at unused; /* the first row of a year that is not projected */
};

static const char *text_of(const struct benchmark *b, int row, int k)
{
    return b->column[k] < 0 ? "" : cf_csv_cell(&b->csv, row, b->column[k]);
}

static struct cf_at at_of(const struct benchmark *b, int row, int k)
{
    return cf_csv_at(&b->csv, row, b->column[k]);
}

static struct cf_indicator *indicator_of(const struct benchmark *b, int row)
{
    struct cf_scenario *scenario = &b->model->scenario;
    const char *code = text_of(b, row, INDICATOR_COLUMN);
    const size_t n = (size_t)scenario->n_indicators;
    const char **names = CF_TAKE(&b->model->arena, n, const char *);
    for (int i = 0; i < scenario->n_indicators; i++) {
        names[i] = scenario->indicator[i].code;
        if (cf_text_same(names[i], code))
            return &scenario->indicator[i];
    }
    cf_report_near(b->diag, CF_ERROR, "benchmark.indicator", at_of(b, row, INDICATOR_COLUMN), code,
                   names, n, "unknown indicator '%s'", code);
    return NULL;
}

/* Sources named once each, in order: one text for the indicator. */
static void add_source(const struct benchmark *b, int row, struct cf_indicator *indicator)
{
    const char *source = text_of(b, row, SOURCE_COLUMN);
    if (!source[0] || strstr(indicator->benchmark_source, source))
        return;
    indicator->benchmark_source =
        cf_arena_format(&b->model->arena, "%s%s%s", indicator->benchmark_source,
                        indicator->benchmark_source[0] ? "; " : "", source);
}

/* The line that gave the same indicator and published year before, 0: none. */
static int line_before(const struct benchmark *b, int row, int year)
{
    for (int k = 0; k < row; k++) {
        int other;
        if (cf_text_same(text_of(b, k, INDICATOR_COLUMN), text_of(b, row, INDICATOR_COLUMN)) &&
            cf_parse_int(text_of(b, k, YEAR_COLUMN), &other) && other == year)
            return b->csv.line[k];
    }
    return 0;
}

static void load_row(struct benchmark *b, int row)
{
    struct cf_indicator *indicator = indicator_of(b, row);
    const char *text = text_of(b, row, VALUE_COLUMN);
    double value = NAN;
    int year = 0;
    const int good_year = cf_parse_int(text_of(b, row, YEAR_COLUMN), &year);
    if (!good_year)
        cf_report(b->diag, CF_ERROR, "benchmark.year", at_of(b, row, YEAR_COLUMN), NULL,
                  "'%s' is not a year", text_of(b, row, YEAR_COLUMN));
    if (!text[0])
        cf_report(b->diag, CF_ERROR, "table.value", at_of(b, row, VALUE_COLUMN), NULL,
                  "the value is empty");
    else if (!cf_parse_double(text, &value))
        cf_report(b->diag, CF_ERROR, "table.value", at_of(b, row, VALUE_COLUMN), NULL,
                  "'%s' is not a number", text);
    if (!indicator || !good_year)
        return;
    const int before = line_before(b, row, year);
    const int y = year - indicator->published_offset - b->model->scenario.base_year;
    if (before) {
        cf_report(b->diag, CF_ERROR, "benchmark.twice", at_of(b, row, YEAR_COLUMN), NULL,
                  "indicator '%s' is given twice for %d, in lines %d and %d", indicator->code, year,
                  before, b->csv.line[row]);
    } else if (y >= 0 && y < b->model->axis[CF_AXIS_YEAR].n) {
        indicator->benchmark[y] = value;
        add_source(b, row, indicator);
    } else if (b->n_unused++ == 0) {
        b->unused = at_of(b, row, YEAR_COLUMN);
    }
}

void cf_load_benchmark(struct cf_model *model, cf_diag *diag)
{
    static const char *const names[N_COLUMNS] = {"indicator", "year", "value", "source"};
    struct benchmark b = {.model = model, .diag = diag};
    const char *path = cf_path_join(&model->arena, model->scenario.place, "benchmark.csv");
    struct stat is;
    if (model->scenario.n_indicators == 0 || lstat(path, &is) != 0)
        return;
    cf_csv_read(&model->arena, path, &b.csv, diag);
    if (b.csv.sha256[0])
        cf_model_read_file(model, "benchmark.csv", b.csv.sha256);
    if (!cf_list_columns(&b.csv, names, N_COLUMNS, SOURCE_COLUMN, b.column, CF_ERROR, diag))
        return;
    for (int row = 0; row < b.csv.n_rows; row++)
        load_row(&b, row);
    if (b.n_unused && model->axis[CF_AXIS_YEAR].n)
        cf_report(diag, CF_NOTICE, "benchmark.unused", b.unused, NULL,
                  "%d of %d rows are of no year from base_year to end_year and not used",
                  b.n_unused, b.csv.n_rows);
}
