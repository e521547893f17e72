#include "output/table.h"

#include "base/text.h"
#include "output/table_shape.h"

#include <math.h>
#include <stdlib.h>

/* One row a value; what is not defined has none. */
static void fill(struct cf_table *table, const struct cf_view *v, const char *const *scenario,
                 const int *column_of, size_t rows)
{
    struct cf_column *last = &table->column[table->n_columns - 1];
    size_t below = 1;
    for (int d = v->run_dim + 1; d < v->n_dims; d++)
        below *= v->dim[d]->n;
    for (size_t cell = 0; cell < v->n && table->n_rows < rows; cell++) {
        if (isnan(v->value[cell]))
            continue;
        cf_view_put_members(v, cell, column_of, table, table->n_rows);
        if (scenario)
            table->column[1].text[table->n_rows] = scenario[cell / below % v->dim[v->run_dim]->n];
        if (last->kind == CF_COLUMN_INT)
            last->integer[table->n_rows] = (int)v->value[cell];
        else
            last->number[table->n_rows] = v->value[cell];
        table->n_rows++;
    }
}

static enum cf_status make_rows(struct cf_table *table, const struct cf_view *v, cf_diag *diag)
{
    size_t rows = 0;
    int column_of[CF_RESULTS_MOST_DIMS];
    const char **scenario = NULL;
    table->title = v->variable->long_name;
    for (size_t cell = 0; cell < v->n; cell++)
        rows += isnan(v->value[cell]) ? 0 : 1;
    if (v->run_dim >= 0)
        cf_add_column(table, "run", CF_COLUMN_INT, rows)->once = 1;
    if (v->run_dim >= 0 && v->scenario_dim < 0) {
        scenario = CF_TAKE(&table->arena, v->dim[v->run_dim]->n, const char *);
        cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows)->once = 1;
        enum cf_status status = cf_view_scenarios(v, scenario, diag);
        if (status != CF_OK)
            return status;
    }
    cf_view_add_columns(v, table, rows, column_of);
    if (v->run_dim >= 0)
        column_of[v->run_dim] = 0;
    cf_add_column(table, "value", cf_view_kind(v), rows);
    fill(table, v, scenario, column_of, rows);
    cf_say_unit(v->results, v->variable, table, &table->column[table->n_columns - 1]);
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
