#include "output/table.h"

#include "base/text.h"
#include "output/table_shape.h"

#include <math.h>
#include <stdlib.h>

/* Whether a cell is told, and which member of each dimension it belongs to. */
static int wanted(const struct cf_view *v, size_t cell, size_t *member)
{
    if (isnan(v->value[cell]))
        return 0;
    for (int d = v->n_dims - 1; d >= 0; d--) {
        member[d] = cell % v->dim[d]->n;
        cell /= v->dim[d]->n;
    }
    return 1;
}

#define NO_COLUMN (-1)

static void fill(struct cf_table *table, const struct cf_view *v, const char *const *scenario,
                 const int *column_of, size_t rows)
{
    size_t member[CF_RESULTS_MOST_DIMS];
    struct cf_column *last = &table->column[table->n_columns - 1];
    for (size_t cell = 0; cell < v->n && table->n_rows < rows; cell++) {
        if (!wanted(v, cell, member))
            continue;
        for (int d = 0; d < v->n_dims; d++) {
            if (column_of[d] == NO_COLUMN)
                continue;
            struct cf_column *column = &table->column[column_of[d]];
            if (column->kind == CF_COLUMN_TEXT)
                column->text[table->n_rows] = v->dim[d]->code[member[d]];
            else
                column->integer[table->n_rows] = v->dim[d]->number[member[d]];
        }
        if (scenario)
            table->column[1].text[table->n_rows] = scenario[member[v->run_dim]];
        if (last->kind == CF_COLUMN_INT)
            last->integer[table->n_rows] = (int)v->value[cell];
        else
            last->number[table->n_rows] = v->value[cell];
        table->n_rows++;
    }
}

static enum cf_status make_rows(struct cf_table *table, const struct cf_view *v, cf_diag *diag)
{
    size_t rows = 0, member[CF_RESULTS_MOST_DIMS];
    int column_of[CF_RESULTS_MOST_DIMS];
    const char **scenario = NULL;
    for (size_t cell = 0; cell < v->n; cell++)
        rows += (size_t)wanted(v, cell, member);
    if (v->run_dim >= 0) {
        column_of[v->run_dim] = table->n_columns;
        cf_add_column(table, "run", CF_COLUMN_INT, rows);
    }
    if (v->run_dim >= 0 && v->scenario_dim < 0) {
        scenario = CF_TAKE(&table->arena, v->dim[v->run_dim]->n, const char *);
        cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows);
        enum cf_status status = cf_view_scenarios(v, scenario, diag);
        if (status != CF_OK)
            return status;
    }
    for (int d = 0; d < v->n_dims; d++) {
        if (d == v->run_dim)
            continue;
        column_of[d] = NO_COLUMN;
        if (!v->dim[d]->code && !v->dim[d]->number)
            continue; /* summed over */
        column_of[d] = table->n_columns;
        cf_add_column(table, v->dim[d]->name, v->dim[d]->code ? CF_COLUMN_TEXT : CF_COLUMN_INT,
                      rows);
    }
    cf_add_column(table, "value", v->variable->is_integer ? CF_COLUMN_INT : CF_COLUMN_NUMBER, rows);
    fill(table, v, scenario, column_of, rows);
    return CF_OK;
}

enum cf_status cf_table_of_variable(struct cf_table *table, cf_results *results,
                                    const struct cf_table_query *query, cf_diag *diag)
{
    struct cf_view v;
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    enum cf_status status = cf_view_begin(&v, results, query->variable, diag);
    if (status == CF_OK) {
        v.value = cf_results_read(results, v.variable, diag);
        status = v.value ? CF_OK : CF_BAD_INPUT;
    }
    if (status == CF_OK)
        status = cf_view_shape(&v, query, &table->arena, diag);
    if (status == CF_OK)
        status = make_rows(table, &v, diag);
    free(v.value);
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}
