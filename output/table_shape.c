#include "output/table_shape.h"

#include "base/names.h"
#include "base/text.h"
#include "output/dictionary.h"
#include "output/table_weights.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int cf_variable_is_sum(const struct cf_results_variable *variable)
{
    /* Counts have the unit 1, and so have shares: these are the ones. */
    static const char *const shares[] = {
        "attained_by_19",   "coverage",   "access",    "good_share",  "indicator_value",
        "indicator_pooled", "draw_value", "draw_mean", "sweep_value", "risk_happened"};
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

enum cf_measure cf_variable_unit(const struct cf_results_variable *variable)
{
    char name[64];
    if (cf_text_same(variable->units, "min"))
        return CF_UNIT_MINUTES;
    const char *drawn = strstr(variable->name, "_draws");
    const int length = (int)(drawn ? (size_t)(drawn - variable->name) : strlen(variable->name));
    snprintf(name, sizeof name, "%.*s", length, variable->name);
    const struct cf_word *word = cf_find_word(name);
    /* Its values are no members of anything. */
    return word && word->unit != CF_UNIT_THINGS ? word->unit : CF_UNIT_NONE;
}

void cf_say_unit(cf_results *results, const struct cf_results_variable *variable,
                 struct cf_table *table, struct cf_column *column)
{
    const struct cf_results_dim *dim = cf_results_dim(results, "indicator");
    const char *const *unit = dim ? cf_results_attribute(results, "indicator", "unit") : NULL;
    column->unit = cf_variable_unit(variable);
    if (!cf_text_starts(variable->name, "indicator_"))
        return;
    const struct cf_column *of = NULL;
    for (int c = 0; c < table->n_columns; c++)
        if (cf_text_same(table->column[c].name, "indicator"))
            of = &table->column[c];
    if (!of || !unit)
        return;
    unsigned char *share = CF_TAKE(&table->arena, table->n_rows, unsigned char);
    for (size_t row = 0; row < table->n_rows; row++)
        for (size_t k = 0; k < dim->n; k++)
            if (cf_text_same(dim->code[k], of->text[row]))
                share[row] = !cf_text_same(unit[k], "persons");
    column->share = share;
}

static int find_dim(const struct cf_view *v, const char *name, const char *or_name)
{
    for (int d = 0; d < v->n_dims; d++)
        if (cf_text_same(v->dim[d]->name, name) || cf_text_same(v->dim[d]->name, or_name))
            return d;
    return -1;
}

/* Whether that is the name of texts along a dimension: labels, or an attribute of its members. */
static int is_text(cf_results *results, const char *name)
{
    for (const char *at = strchr(name, '_'); at; at = strchr(at + 1, '_')) {
        char dim[64];
        const size_t length = (size_t)(at - name);
        if (length >= sizeof dim)
            break;
        memcpy(dim, name, length);
        dim[length] = '\0';
        const struct cf_results_dim *found = cf_results_dim(results, dim);
        if (found && (cf_results_attribute(results, dim, at + 1) ||
                      (found->label && cf_text_same(at + 1, "name"))))
            return 1;
    }
    return 0;
}

enum cf_status cf_view_begin(struct cf_view *v, cf_results *results, const char *variable,
                             cf_diag *diag)
{
    *v = (struct cf_view){.results = results};
    v->variable = cf_results_find(results, variable);
    if (!v->variable && is_text(results, variable)) {
        cf_report(diag, CF_ERROR, "export.variable", (struct cf_at){0}, "texts: see info --json",
                  "'%s' is no variable of numbers", variable);
        return CF_USAGE;
    }
    if (!v->variable) {
        const size_t n = cf_results_n_variables(results);
        const char **name = calloc(n + 1, sizeof *name);
        if (!name)
            cf_out_of_memory();
        for (size_t k = 0; k < n; k++)
            name[k] = cf_results_variable(results, k)->name;
        cf_report_near(diag, CF_ERROR, "export.variable", (struct cf_at){0}, variable, name, n,
                       "the results have no variable '%s'", variable);
        free(name);
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

/* ---- leaving out and adding up ---- */

#define LEFT_OUT (-1)

/* Where the members of a dimension go: into[k] is a member of `to`, or LEFT_OUT. */
struct fold {
    int d;
    struct cf_results_dim to;
    int *into;
};

static struct fold start_fold(const struct cf_view *v, int d, struct cf_arena *arena)
{
    return (struct fold){.d = d, .to = *v->dim[d], .into = CF_TAKE(arena, v->dim[d]->n, int)};
}

/* Keep the members k of a dimension with kept[k], which are not none. */
static struct fold keep(const struct cf_view *v, int d, const unsigned char *kept,
                        struct cf_arena *arena)
{
    struct fold fold = start_fold(v, d, arena);
    const struct cf_results_dim *from = v->dim[d];
    int *number = CF_TAKE(arena, from->n, int);
    const char **code = CF_TAKE(arena, from->n, const char *);
    const char **label = CF_TAKE(arena, from->n, const char *);
    fold.to.n = 0;
    for (size_t k = 0; k < from->n; k++) {
        fold.into[k] = LEFT_OUT;
        if (!kept[k])
            continue;
        fold.into[k] = (int)fold.to.n;
        if (from->number)
            number[fold.to.n] = from->number[k];
        if (from->code)
            code[fold.to.n] = from->code[k];
        if (from->label)
            label[fold.to.n] = from->label[k];
        fold.to.n++;
    }
    fold.to.number = from->number ? number : NULL;
    fold.to.code = from->code ? code : NULL;
    fold.to.label = from->label ? label : NULL;
    return fold;
}

/* Do it: members that go to the same one are added, in order of the file. What is not defined has
 * no sum. */
static void do_fold(struct cf_view *v, const struct fold *fold, struct cf_arena *arena)
{
    size_t members = v->dim[fold->d]->n, kept = fold->to.n, before = 1, below = 1;
    for (int d = 0; d < fold->d; d++)
        before *= v->dim[d]->n;
    for (int d = fold->d + 1; d < v->n_dims; d++)
        below *= v->dim[d]->n;
    double *sum = calloc(before * kept * below + 1, sizeof *sum);
    if (!sum)
        cf_out_of_memory();
    for (size_t b = 0; b < before; b++) {
        for (size_t m = 0; m < members; m++) {
            if (fold->into[m] == LEFT_OUT)
                continue;
            const double *from = v->value + (b * members + m) * below;
            double *to = sum + (b * kept + (size_t)fold->into[m]) * below;
            for (size_t k = 0; k < below; k++)
                to[k] += from[k];
        }
    }
    free(v->value);
    v->value = sum;
    struct cf_results_dim *dim = CF_TAKE(arena, 1, struct cf_results_dim);
    *dim = fold->to;
    v->dim[fold->d] = dim;
    v->n = before * kept * below;
}

static int is_sum(const struct cf_view *v, const char *by, cf_diag *diag)
{
    if (cf_variable_is_sum(v->variable) || v->weighted)
        return 1;
    const int means = cf_variable_is_residents_share(v->variable);
    cf_report(diag, CF_ERROR, "export.by", (struct cf_at){0},
              means ? "its mean, by --by, is weighted by `population`, which must be kept for what "
                      "it is kept for"
                    : NULL,
              "'%s' cannot be added up by %s: its values do not add up", v->variable->name, by);
    return 0;
}

static enum cf_status prepare_roll_up(const struct cf_view *v, const char *by, struct fold *fold,
                                      struct cf_arena *arena, cf_diag *diag)
{
    if (!is_sum(v, by, diag))
        return CF_USAGE;
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
    cf_names_init(&names, arena);
    *fold = start_fold(v, v->area_dim, arena);
    for (size_t k = 0; k < fold->to.n; k++)
        fold->into[k] = cf_names_add(&names, code[k]);
    fold->to = (struct cf_results_dim){.name = by, .n = (size_t)names.n, .code = names.name};
    return CF_OK;
}

/* Dimensions whose members can be added up: the others are years, runs or terms of an account. */
static const char *const addable[] = {"area",  "authority", "group", "age",
                                      "level", "status",    "line",  "site"};

static enum cf_status sum_over(struct cf_view *v, const char *name, struct cf_arena *arena,
                               cf_diag *diag)
{
    const char *there[sizeof addable / sizeof *addable];
    size_t n = 0;
    int d = -1;
    for (size_t k = 0; k < sizeof addable / sizeof *addable; k++) {
        int has = find_dim(v, addable[k], addable[k]);
        if (has >= 0)
            there[n++] = addable[k];
        if (has >= 0 && cf_text_same(name, addable[k]))
            d = has;
    }
    if (d < 0) {
        cf_report_near(diag, CF_ERROR, "export.sum", (struct cf_at){0}, name, there, n,
                       "'%s' cannot be added up over '%s'", v->variable->name, name);
        return CF_USAGE;
    }
    if (!is_sum(v, name, diag))
        return CF_USAGE;
    struct fold fold = start_fold(v, d, arena); /* all of them into the first */
    fold.to = (struct cf_results_dim){.name = "", .n = 1};
    do_fold(v, &fold, arena);
    return CF_OK;
}

static enum cf_status sum_over_all(struct cf_view *v, const char *list, struct cf_arena *arena,
                                   cf_diag *diag)
{
    enum cf_status status = CF_OK;
    for (const char *from = list; status == CF_OK; from++) {
        size_t length = strcspn(from, ",");
        status = sum_over(v, cf_arena_copy_n(arena, from, length), arena, diag);
        from += length;
        if (!*from)
            break;
    }
    return status;
}

/* ---- choosing ---- */

static enum cf_status choose_span(struct cf_view *v, int d, const char *what,
                                  const struct cf_table_span *span, struct cf_arena *arena,
                                  cf_diag *diag)
{
    const struct cf_results_dim *dim = d < 0 ? NULL : v->dim[d];
    if (!dim || !dim->number || dim->n == 0) {
        cf_report(diag, CF_ERROR, "export.span", (struct cf_at){0}, NULL, "'%s' has no %ss",
                  v->variable->name, what);
        return CF_USAGE;
    }
    unsigned char *kept = CF_TAKE(arena, dim->n, unsigned char);
    int any = 0;
    for (size_t k = 0; k < dim->n; k++)
        any |= kept[k] = dim->number[k] >= span->first && dim->number[k] <= span->last;
    if (!any) {
        const char *text = cf_arena_format(arena, "%d", span->first);
        if (span->last != span->first)
            text = cf_arena_format(arena, "%d-%d", span->first, span->last);
        cf_report(diag, CF_ERROR, "export.span", (struct cf_at){0}, NULL,
                  "'%s' has no %s %s; its %ss are %d to %d", v->variable->name, what, text, what,
                  dim->number[0], dim->number[dim->n - 1]);
        return CF_USAGE;
    }
    const struct fold fold = keep(v, d, kept, arena);
    do_fold(v, &fold, arena);
    return CF_OK;
}

enum cf_status cf_view_scenarios(const struct cf_view *v, const char **of, cf_diag *diag)
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

static enum cf_status choose_scenario(struct cf_view *v, const char *name, struct cf_arena *arena,
                                      cf_diag *diag)
{
    int d = v->scenario_dim >= 0 ? v->scenario_dim : v->run_dim;
    const struct cf_results_dim *scenario = cf_results_dim(v->results, "scenario");
    if (d < 0 || !scenario) {
        cf_report(diag, CF_ERROR, "export.scenario", (struct cf_at){0}, NULL,
                  "'%s' has no scenarios", v->variable->name);
        return CF_USAGE;
    }
    const char **of = CF_TAKE(arena, v->dim[d]->n, const char *);
    enum cf_status status = CF_OK;
    if (d == v->run_dim)
        status = cf_view_scenarios(v, of, diag);
    else
        memcpy(of, v->dim[d]->code, v->dim[d]->n * sizeof *of);
    if (status != CF_OK)
        return status;
    unsigned char *kept = CF_TAKE(arena, v->dim[d]->n, unsigned char);
    int any = 0;
    for (size_t k = 0; k < v->dim[d]->n; k++)
        any |= kept[k] = cf_text_same(of[k], name) != 0;
    if (!any) {
        cf_report_near(diag, CF_ERROR, "export.scenario", (struct cf_at){0}, name, scenario->code,
                       scenario->n, "the results have no scenario '%s'", name);
        return CF_USAGE;
    }
    const struct fold fold = keep(v, d, kept, arena);
    do_fold(v, &fold, arena);
    return CF_OK;
}

/* Choose first, then add up what is left. */
static enum cf_status shape(struct cf_view *v, const struct cf_table_query *query,
                            struct cf_arena *arena, cf_diag *diag)
{
    enum cf_status status = CF_OK;
    struct fold fold;
    int rolled = query->by && !cf_text_same(query->by, "area");
    if (query->by && v->area_dim < 0) {
        cf_report(diag, CF_ERROR, "export.by", (struct cf_at){0}, NULL,
                  "'%s' cannot be added up by %s: it has no areas", v->variable->name, query->by);
        return CF_USAGE;
    }
    if (rolled) /* its areas are those of the file */
        status = prepare_roll_up(v, query->by, &fold, arena, diag);
    if (status == CF_OK && query->scenario)
        status = choose_scenario(v, query->scenario, arena, diag);
    if (status == CF_OK && query->year)
        status = choose_span(v, v->year_dim, "year", query->year, arena, diag);
    if (status == CF_OK && query->age)
        status = choose_span(v, find_dim(v, "age", "age"), "age", query->age, arena, diag);
    if (status == CF_OK && query->sum)
        status = sum_over_all(v, query->sum, arena, diag);
    if (status == CF_OK && rolled && !v->dim[v->area_dim]->code) {
        cf_report(diag, CF_ERROR, "export.sum", (struct cf_at){0}, NULL,
                  "the areas cannot be added up by %s and over all as well", query->by);
        status = CF_USAGE;
    }
    if (status == CF_OK && rolled)
        do_fold(v, &fold, arena);
    return status;
}

/*
 * A roll-up of shares of residents, their weighted mean: what is shaped is value x residents, and
 * beside it the residents, those without a value aside.
 */
static enum cf_status shape_weighted(struct cf_view *v, const struct cf_table_query *query,
                                     struct cf_arena *arena, cf_diag *diag)
{
    struct cf_view of = *v;
    of.value = cf_variable_weights(v->results, v->variable, v->first_run, v->dim[0]->n, diag);
    if (!of.value)
        return CF_BAD_INPUT;
    for (size_t k = 0; k < v->n; k++) {
        if (isnan(v->value[k]))
            of.value[k] = v->value[k] = 0;
        v->value[k] *= of.value[k];
    }
    v->weighted = of.weighted = 1;
    enum cf_status status = shape(v, query, arena, diag);
    if (status == CF_OK)
        status = shape(&of, query, arena, diag);
    for (size_t k = 0; status == CF_OK && k < v->n; k++)
        v->value[k] /= of.value[k]; /* not a number where nobody is */
    free(of.value);
    return status;
}

enum cf_status cf_view_shape(struct cf_view *v, const struct cf_table_query *query,
                             struct cf_arena *arena, cf_diag *diag)
{
    const int mean = cf_variable_is_weighted(v->results, v->variable) && query->by &&
                     !cf_text_same(query->by, "area");
    return (mean ? shape_weighted : shape)(v, query, arena, diag);
}

/* ---- columns ---- */

void cf_view_add_columns(const struct cf_view *v, struct cf_table *table, size_t rows,
                         int column_of[CF_RESULTS_MOST_DIMS])
{
    for (int d = 0; d < v->n_dims; d++) {
        const struct cf_results_dim *dim = v->dim[d];
        column_of[d] = CF_NO_COLUMN;
        if (d == v->run_dim || (!dim->code && !dim->number))
            continue;
        column_of[d] = table->n_columns;
        struct cf_column *column =
            cf_add_column(table, dim->name, dim->code ? CF_COLUMN_TEXT : CF_COLUMN_INT, rows);
        column->once = d == v->year_dim;
        if (dim->label)
            column->label = CF_TAKE(&table->arena, rows, const char *);
    }
}

void cf_view_put_members(const struct cf_view *v, size_t cell,
                         const int column_of[CF_RESULTS_MOST_DIMS], struct cf_table *table,
                         size_t row)
{
    for (int d = v->n_dims - 1; d >= 0; d--) {
        const struct cf_results_dim *dim = v->dim[d];
        const size_t member = cell % dim->n;
        cell /= dim->n;
        if (column_of[d] == CF_NO_COLUMN)
            continue;
        struct cf_column *column = &table->column[column_of[d]];
        if (column->kind == CF_COLUMN_INT)
            column->integer[row] = dim->number[member];
        else
            column->text[row] = dim->code[member];
        if (column->label)
            column->label[row] = dim->label[member][0] ? dim->label[member] : dim->code[member];
    }
}

enum cf_column_kind cf_view_kind(const struct cf_view *v)
{
    return v->variable->is_integer           ? CF_COLUMN_INT
           : cf_variable_is_sum(v->variable) ? CF_COLUMN_NUMBER
                                             : CF_COLUMN_MIXED;
}
