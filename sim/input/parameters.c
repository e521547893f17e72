#include "input/tables.h"

#include <math.h>

/* tables/parameters.csv: name,value, the fields without axes. */

enum { NAME_COLUMN, VALUE_COLUMN, N_COLUMNS };

/* The parameter a row names, or -1. */
static int parameter_of(struct cf_tables *all, const struct cf_csv *csv, int row, int column)
{
    const char *name = cf_csv_cell(csv, row, column), *names[CF_N_FIELDS];
    size_t n = 0;
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (!cf_field_specs[f].n_dims)
            names[n++] = cf_field_specs[f].name;
    int field = cf_field_find(name);
    if (field < 0)
        cf_report_near(all->diag, CF_ERROR, "parameter.unknown", cf_csv_at(csv, row, column), name,
                       names, n, "unknown parameter '%s'", name);
    else if (cf_field_specs[field].n_dims)
        cf_report(all->diag, CF_ERROR, "parameter.unknown", cf_csv_at(csv, row, column), NULL,
                  "'%s' is no parameter: it has axes, and its own table tables/%s.csv", name, name);
    return field >= 0 && !cf_field_specs[field].n_dims ? field : -1;
}

static int read_value(struct cf_tables *all, const struct cf_csv *csv, int row, int column,
                      const struct cf_field_spec *spec, double *value)
{
    const char *text = cf_csv_cell(csv, row, column);
    struct cf_at at = cf_csv_at(csv, row, column);
    if (!*text) {
        cf_report(all->diag, CF_ERROR, "table.value", at, NULL, "the value is empty");
        return 0;
    }
    if (!cf_parse_double(text, value)) {
        cf_report(all->diag, CF_ERROR, "table.value", at, NULL, "'%s' %s", text,
                  cf_double_fault(text));
        return 0;
    }
    if (spec && (*value < spec->low || *value > spec->high)) {
        char low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
        cf_report(all->diag, CF_ERROR, "table.bounds", at, NULL,
                  "%s is not between %s and %s, the bounds of %s", text,
                  cf_number_text(low, spec->low), cf_number_text(high, spec->high), spec->name);
        return 0;
    }
    return 1;
}

static void set_parameter(struct cf_tables *all, const struct cf_csv *csv, int row,
                          const int *column)
{
    int f = parameter_of(all, csv, row, column[NAME_COLUMN]);
    double value = NAN;
    int good =
        read_value(all, csv, row, column[VALUE_COLUMN], f < 0 ? NULL : &cf_field_specs[f], &value);
    if (f < 0)
        return;
    struct cf_field *field = &all->model->field[f];
    if (field->line) {
        cf_report(all->diag, CF_ERROR, "parameter.twice", cf_csv_at(csv, row, column[NAME_COLUMN]),
                  NULL, "'%s' is given twice, in lines %d and %d", cf_field_specs[f].name,
                  field->line[0], csv->line[row]);
        return;
    }
    field->path = cf_table_path(all, "parameters");
    field->value = CF_TAKE(&all->model->arena, 1, double);
    field->line = CF_TAKE(&all->model->arena, 1, int);
    field->value[0] = good ? value : NAN;
    field->line[0] = csv->line[row];
}

void cf_parameters_load(struct cf_tables *all)
{
    static const char *const names[N_COLUMNS] = {"name", "value"};
    struct cf_csv csv = {0};
    int column[N_COLUMNS];
    cf_tables_read(all, &all->scratch, "parameters", &csv);
    if (!cf_list_columns(&csv, names, N_COLUMNS, N_COLUMNS, column, CF_ERROR, all->diag))
        return;
    for (int row = 0; row < csv.n_rows; row++)
        set_parameter(all, &csv, row, column);
}
