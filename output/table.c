#include "output/table.h"

#include "base/names.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The variable being told, with the dimension that is rolled up replaced. */
struct view {
    cf_results *results;
    const struct cf_results_variable *variable;
    struct cf_results_dim rolled; /* in place of the area; n 0: nothing is rolled up */
    int *group;                   /* [areas] member of `rolled` that each belongs to */
    int n_dims;
    const struct cf_results_dim *dim[CF_RESULTS_MOST_DIMS];
    int run_dim, year_dim, area_dim, scenario_dim; /* -1: has none */
    size_t n;
    double *value;
};

int cf_variable_is_sum(const struct cf_results_variable *variable)
{
    /* Counts have the unit 1, and so have shares: these are the ones. */
    static const char *const shares[] = {"attained_by_19", "coverage",        "access",
                                         "good_share",     "indicator_value", "draw_value",
                                         "sweep_value",    "risk_happened"};
    if (variable->is_integer || !cf_text_same(variable->units, "1"))
        return 0;
    size_t length = strlen(variable->name);
    if (length > 6 && cf_text_same(variable->name + length - 6, "_draws"))
        length -= 6;
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++)
        if (strlen(shares[k]) == length && strncmp(variable->name, shares[k], length) == 0)
            return 0;
    return 1;
}

static int find_dim(const struct view *v, const char *name, const char *or_name)
{
    for (int d = 0; d < v->n_dims; d++)
        if (cf_text_same(v->dim[d]->name, name) || cf_text_same(v->dim[d]->name, or_name))
            return d;
    return -1;
}

static enum cf_status find_variable(struct view *v, const struct cf_table_query *query,
                                    struct cf_arena *arena, cf_diag *diag)
{
    size_t n = cf_results_n_variables(v->results);
    const char **name = CF_TAKE(arena, n, const char *);
    for (size_t k = 0; k < n; k++)
        name[k] = cf_results_variable(v->results, k)->name;
    v->variable = cf_results_find(v->results, query->variable);
    if (!v->variable) {
        cf_report_near(diag, CF_ERROR, "export.variable", (struct cf_at){0}, query->variable, name,
                       n, "the results have no variable '%s'", query->variable);
        return CF_USAGE;
    }
    v->n_dims = v->variable->n_dims;
    v->n = 1;
    for (int d = 0; d < v->n_dims; d++) {
        v->dim[d] = v->variable->dim[d];
        v->n *= v->dim[d]->n;
    }
    v->run_dim = find_dim(v, "run", "draw_run");
    v->year_dim = find_dim(v, "year", "report_year");
    v->area_dim = find_dim(v, "area", "area");
    v->scenario_dim = find_dim(v, "scenario", "scenario");
    return CF_OK;
}

/* ---- rolling up ---- */

static enum cf_status prepare_roll_up(struct view *v, const char *by, struct cf_arena *arena,
                                      cf_diag *diag)
{
    const char *why = v->area_dim < 0                    ? "it has no areas"
                      : !cf_variable_is_sum(v->variable) ? "its values do not add up"
                                                         : NULL;
    if (why) {
        cf_report(diag, CF_ERROR, "export.by", (struct cf_at){0}, NULL,
                  "'%s' cannot be added up by %s: %s", v->variable->name, by, why);
        return CF_USAGE;
    }
    const char *const *code = cf_results_attribute(v->results, "area", by);
    if (!code) {
        static const char *const tiers[] = {"area", "consortium", "authority", "subregion",
                                            "region"};
        const char *there[sizeof tiers / sizeof *tiers];
        size_t n_there = 0;
        for (size_t k = 0; k < sizeof tiers / sizeof *tiers; k++)
            if (k == 0 || cf_results_attribute(v->results, "area", tiers[k]))
                there[n_there++] = tiers[k];
        cf_report_near(diag, CF_ERROR, "export.by", (struct cf_at){0}, by, there, n_there,
                       "the areas of these results have no attribute '%s'", by);
        return CF_USAGE;
    }
    struct cf_names names;
    size_t n = v->dim[v->area_dim]->n;
    cf_names_init(&names, arena);
    v->group = CF_TAKE(arena, n, int);
    for (size_t k = 0; k < n; k++)
        v->group[k] = cf_names_add(&names, code[k]);
    v->rolled = (struct cf_results_dim){.name = by, .n = (size_t)names.n, .code = names.name};
    return CF_OK;
}

/* Add the areas of each group, in order of the file. What is not defined has no sum. */
static void roll_up(struct view *v)
{
    size_t areas = v->dim[v->area_dim]->n, groups = v->rolled.n, before = 1, below = 1;
    for (int d = 0; d < v->area_dim; d++)
        before *= v->dim[d]->n;
    for (int d = v->area_dim + 1; d < v->n_dims; d++)
        below *= v->dim[d]->n;
    double *sum = calloc(before * groups * below + 1, sizeof *sum);
    if (!sum)
        cf_out_of_memory();
    for (size_t b = 0; b < before; b++) {
        for (size_t a = 0; a < areas; a++) {
            const double *from = v->value + (b * areas + a) * below;
            double *to = sum + (b * groups + (size_t)v->group[a]) * below;
            for (size_t k = 0; k < below; k++)
                to[k] += from[k];
        }
    }
    free(v->value);
    v->value = sum;
    v->dim[v->area_dim] = &v->rolled;
    v->n = before * groups * below;
}

/* ---- rows ---- */

static enum cf_status check_year(const struct view *v, const int *year, cf_diag *diag)
{
    const struct cf_results_dim *dim = v->year_dim < 0 ? NULL : v->dim[v->year_dim];
    if (!year)
        return CF_OK;
    for (size_t k = 0; dim && dim->number && k < dim->n; k++)
        if (dim->number[k] == *year)
            return CF_OK;
    if (dim && dim->number && dim->n > 0)
        cf_report(diag, CF_ERROR, "export.year", (struct cf_at){0}, NULL,
                  "'%s' has no year %d; its years are %d to %d", v->variable->name, *year,
                  dim->number[0], dim->number[dim->n - 1]);
    else
        cf_report(diag, CF_ERROR, "export.year", (struct cf_at){0}, NULL, "'%s' has no years",
                  v->variable->name);
    return CF_USAGE;
}

/* The scenario's code for each member of the dimension of runs. */
static enum cf_status scenario_of_runs(const struct view *v, const char **of, cf_diag *diag)
{
    const struct cf_results_variable *table = cf_results_find(v->results, "run_scenario");
    const struct cf_results_dim *scenario = cf_results_dim(v->results, "scenario");
    const struct cf_results_dim *all = table->dim[0], *run = v->dim[v->run_dim];
    double *number = cf_results_read(v->results, table, diag);
    if (!number)
        return CF_BAD_INPUT;
    size_t at = 0;
    for (size_t k = 0; k < run->n; k++) {
        /* Both are ascending in a file of ours; in another, look from the start again. */
        size_t tried = 0;
        while (tried < all->n && all->number[at] != run->number[k]) {
            at = at + 1 < all->n ? at + 1 : 0;
            tried++;
        }
        int known = tried < all->n && number[at] >= 0 && number[at] < (double)scenario->n;
        of[k] = known ? scenario->code[(size_t)number[at]] : "";
    }
    free(number);
    return CF_OK;
}

static struct cf_column *add_column(struct cf_table *table, const char *name,
                                    enum cf_column_kind kind, size_t rows)
{
    struct cf_column *column = &table->column[table->n_columns++];
    *column = (struct cf_column){.name = name, .kind = kind};
    if (kind == CF_COLUMN_TEXT)
        column->text = CF_TAKE(&table->arena, rows, const char *);
    else if (kind == CF_COLUMN_INT)
        column->integer = CF_TAKE(&table->arena, rows, int);
    else
        column->number = CF_TAKE(&table->arena, rows, double);
    return column;
}

/* Whether a cell is told, and which member of each dimension it belongs to. */
static int wanted(const struct view *v, size_t cell, const int *year, size_t *member)
{
    if (isnan(v->value[cell]))
        return 0;
    for (int d = v->n_dims - 1; d >= 0; d--) {
        member[d] = cell % v->dim[d]->n;
        cell /= v->dim[d]->n;
    }
    return !year || v->dim[v->year_dim]->number[member[v->year_dim]] == *year;
}

static void fill(struct cf_table *table, const struct view *v, const int *year,
                 const char *const *scenario, const int *column_of, size_t rows)
{
    size_t member[CF_RESULTS_MOST_DIMS];
    struct cf_column *last = &table->column[table->n_columns - 1];
    for (size_t cell = 0; cell < v->n && table->n_rows < rows; cell++) {
        if (!wanted(v, cell, year, member))
            continue;
        for (int d = 0; d < v->n_dims; d++) {
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

static enum cf_status make_rows(struct cf_table *table, const struct view *v, const int *year,
                                cf_diag *diag)
{
    size_t rows = 0, member[CF_RESULTS_MOST_DIMS];
    int column_of[CF_RESULTS_MOST_DIMS];
    const char **scenario = NULL;
    for (size_t cell = 0; cell < v->n; cell++)
        rows += (size_t)wanted(v, cell, year, member);
    if (v->run_dim >= 0) {
        column_of[v->run_dim] = table->n_columns;
        add_column(table, "run", CF_COLUMN_INT, rows);
    }
    if (v->run_dim >= 0 && v->scenario_dim < 0) {
        scenario = CF_TAKE(&table->arena, v->dim[v->run_dim]->n, const char *);
        add_column(table, "scenario", CF_COLUMN_TEXT, rows);
        enum cf_status status = scenario_of_runs(v, scenario, diag);
        if (status != CF_OK)
            return status;
    }
    for (int d = 0; d < v->n_dims; d++) {
        if (d == v->run_dim)
            continue;
        column_of[d] = table->n_columns;
        add_column(table, v->dim[d]->name, v->dim[d]->code ? CF_COLUMN_TEXT : CF_COLUMN_INT, rows);
    }
    add_column(table, "value", v->variable->is_integer ? CF_COLUMN_INT : CF_COLUMN_NUMBER, rows);
    fill(table, v, year, scenario, column_of, rows);
    return CF_OK;
}

enum cf_status cf_table_of_variable(struct cf_table *table, cf_results *results,
                                    const struct cf_table_query *query, cf_diag *diag)
{
    struct view v = {.results = results};
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    int rolled = query->by && !cf_text_same(query->by, "area");
    enum cf_status status = find_variable(&v, query, &table->arena, diag);
    if (status == CF_OK && rolled)
        status = prepare_roll_up(&v, query->by, &table->arena, diag);
    if (status == CF_OK)
        status = check_year(&v, query->year, diag);
    if (status == CF_OK) {
        v.value = cf_results_read(results, v.variable, diag);
        status = v.value ? CF_OK : CF_BAD_INPUT;
    }
    if (status == CF_OK && rolled)
        roll_up(&v);
    if (status == CF_OK)
        status = make_rows(table, &v, query->year, diag);
    free(v.value);
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}

void cf_table_free(struct cf_table *table)
{
    cf_arena_free(&table->arena);
    *table = (struct cf_table){0};
}
