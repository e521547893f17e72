#include "input/tables.h"

#include <math.h>

/*
 * What must hold once every table is filled: one row a rule. To add one, write its function and
 * its row. A rule that would only repeat what lost rows led to is silent for a doubtful field.
 */

static struct cf_at whole_file(struct cf_tables *all, const struct cf_field *field)
{
    const char *path =
        *field->path ? field->path : cf_table_path(all, cf_field_specs[field->id].name);
    return (struct cf_at){path, 0, 0};
}

/* A field that has to be given: each cell that is read; of shares, each row. */
static void rule_complete(struct cf_tables *all, const struct cf_field *field)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    int in_rows = spec->sum == CF_SUM_ROWS_ONE, last = spec->n_dims - 1;
    size_t step = in_rows ? (size_t)field->extent[last] : 1;
    struct cf_missing missing = {0};
    int at[CF_MOST_DIMS] = {0};
    for (size_t i = 0; i < field->size && !field->doubtful; i += step) {
        cf_cell_members(field, i, at);
        if (!cf_read(all->model, field->id, at) || !isnan(field->value[i]) ||
            (field->line && field->line[i]))
            continue;
        cf_missing_add(&missing, all->model, field->id, at,
                       in_rows ? CF_ALL_DIMS & ~(1u << last) : CF_ALL_DIMS);
    }
    if (missing.n && !*field->path) {
        cf_report(all->diag, CF_ERROR, "table.missing", whole_file(all, field), NULL,
                  "the table %s is missing: %s", spec->name,
                  in_rows ? "it is needed from choice_age on" : "every place needs it");
        missing.n = 0;
    }
    cf_missing_report(&missing, all->diag, whole_file(all, field), NULL);
}

static void rule_inhabited(struct cf_tables *all, const struct cf_field *field)
{
    const struct cf_axis *area = &all->model->axis[CF_AXIS_AREA];
    size_t n = field->size / (size_t)area->n;
    if (!field->line || field->doubtful)
        return;
    for (int a = 0; a < area->n; a++) {
        double sum = 0;
        for (size_t i = 0; i < n; i++)
            sum += field->value[(size_t)a * n + i];
        if (sum == 0 && cf_caps_show(&all->caps[field->id], CF_WRONG_RULE, whole_file(all, field)))
            cf_report(all->diag, CF_ERROR, "population.empty", whole_file(all, field), NULL,
                      "area '%s' has no population", area->codes.name[a]);
    }
}

/* An error at the row that fills a cell, once however many cells it fills. */
static void wrong_cell(struct cf_tables *all, const struct cf_field *field, size_t i, const int *at,
                       const char *code, const char *why, struct cf_told *told)
{
    int line = field->line ? field->line[i] : 0;
    struct cf_at place = {field->path, line > 0 ? line : 0, 0};
    if (cf_already_told(all, told, field, line) ||
        !cf_caps_show(&all->caps[field->id], CF_WRONG_RULE, place))
        return;
    struct cf_text text = {0};
    cf_cell_text(all->model, field->id, at, CF_ALL_DIMS, &text);
    cf_report(all->diag, CF_ERROR, code, place, NULL, "%s of %s is %.9g: %s",
              cf_field_specs[field->id].name, text.data, field->value[i], why);
    cf_text_free(&text);
}

/* Levels are only gained, and none before the summer that leads into choice_age. */
static void rule_gain(struct cf_tables *all, const struct cf_field *field)
{
    int age = cf_dim_of(field->id, CF_AXIS_AGE), level = cf_dim_of(field->id, CF_AXIS_LEVEL);
    int to = cf_field_specs[field->id].n_dims - 1, at[CF_MOST_DIMS] = {0};
    struct cf_told told = {0};
    for (size_t i = 0; i < field->size; i++) {
        if (isnan(field->value[i]) || field->value[i] == 0)
            continue;
        cf_cell_members(field, i, at);
        if (!cf_followed(all->model, field->id, at))
            continue;
        if (at[age] < all->model->extent.choice_x - 1)
            wrong_cell(all, field, i, at, "gain.early",
                       "nothing is gained before the age below choice_age", &told);
        else if (at[to] <= at[level])
            wrong_cell(all, field, i, at, "gain.down", "levels are gained upward only", &told);
    }
}

static void rule_regroup(struct cf_tables *all, const struct cf_field *field)
{
    int age = cf_dim_of(field->id, CF_AXIS_AGE), to = cf_field_specs[field->id].n_dims - 1;
    int at[CF_MOST_DIMS] = {0};
    struct cf_told told = {0};
    for (size_t i = 0; i < field->size; i++) {
        if (isnan(field->value[i]) || field->value[i] == 0)
            continue;
        cf_cell_members(field, i, at);
        if (cf_followed(all->model, field->id, at) && at[age] > all->model->extent.last_x[at[to]])
            wrong_cell(all, field, i, at, "regroup.followed",
                       "that group is not followed at that age", &told);
    }
}

/* A driver counts by its ratio to the base year: who gives one gives that year. */
static void rule_driver(struct cf_tables *all, const struct cf_field *field)
{
    if (!field->line || field->doubtful)
        return;
    struct cf_missing missing = {0};
    int at[CF_MOST_DIMS] = {0};
    for (size_t i = 0; i < field->size; i++) {
        int any = 0;
        for (int y = 0; y < field->n_years; y++)
            any |= field->line[(size_t)y * field->size + i] != 0;
        cf_cell_members(field, i, at);
        if (any && !field->line[i])
            cf_missing_add(&missing, all->model, field->id, at, CF_ALL_DIMS);
    }
    cf_missing_report(&missing, all->diag, whole_file(all, field), NULL);
}

/* Whether anybody comes at first_age by another way than entrants. */
static int others_come(const struct cf_model *model, int y, int a)
{
    const struct cf_field *external = &model->field[CF_FIELD_external];
    const struct cf_field *dwellings = &model->field[CF_FIELD_dwellings];
    int n_ages = model->axis[CF_AXIS_AGE].n, n_groups = model->axis[CF_AXIS_GROUP].n;
    for (int g = 0; g < n_groups; g++)
        if (cf_field_year(external,
                          y)[((size_t)a * (size_t)n_groups + (size_t)g) * (size_t)n_ages] > 0)
            return 1;
    return cf_field_year(dwellings, y)[a] * model->field[CF_FIELD_child_yield].value[0] > 0;
}

static int entrants_given(const struct cf_field *entrants, int y, int a, int n_groups)
{
    for (int g = 0; entrants->line && g < n_groups; g++)
        if (entrants->line[(size_t)y * entrants->size + (size_t)a * (size_t)n_groups + (size_t)g])
            return 1;
    return 0;
}

/* Append the years first to last to a list like "2010-2012, 2015". */
static void add_years(struct cf_text *text, int first, int last)
{
    cf_text_format(text, "%s%d", text->length ? ", " : "", first);
    if (last > first)
        cf_text_format(text, "-%d", last);
}

/* Without entrants the youngest age would run empty from the year on that nobody enters. */
static void rule_entrants(struct cf_tables *all, const struct cf_field *field)
{
    static const enum cf_field_id come[] = {CF_FIELD_entrants, CF_FIELD_external,
                                            CF_FIELD_dwellings, CF_FIELD_child_yield};
    const struct cf_model *model = all->model;
    int n_groups = model->axis[CF_AXIS_GROUP].n;
    for (size_t i = 0; i < sizeof come / sizeof *come; i++) {
        if (model->field[come[i]].doubtful)
            return;
        /* Where levers act on those who come, only their effect tells: design/lever_checks.c. */
        for (int k = 0; k < model->scenario.n_levers; k++)
            if (model->scenario.lever[k].field == come[i])
                return;
    }
    for (int a = 0; a < model->axis[CF_AXIS_AREA].n; a++) {
        struct cf_text years = {0};
        int first = 0;
        for (int y = 1; y <= field->n_years; y++) {
            int empty = y < field->n_years && !entrants_given(field, y, a, n_groups) &&
                        !others_come(model, y, a);
            if (empty && !first)
                first = y;
            if (!empty && first) {
                add_years(&years, model->scenario.base_year + first,
                          model->scenario.base_year + y - 1);
                first = 0;
            }
        }
        if (years.length &&
            cf_caps_show(&all->caps[field->id], CF_WRONG_RULE, whole_file(all, field)))
            cf_report(all->diag, CF_ERROR, "entrants.missing", whole_file(all, field), NULL,
                      "no entrants for area '%s' in %s: age %d would be empty",
                      model->axis[CF_AXIS_AREA].codes.name[a], years.data,
                      model->scenario.first_age);
        cf_text_free(&years);
    }
}

static const struct rule {
    enum cf_field_id field;
    void (*check)(struct cf_tables *all, const struct cf_field *field);
} rules[] = {
    {CF_FIELD_population, rule_complete},
    {CF_FIELD_level_share, rule_complete},
    {CF_FIELD_status_share, rule_complete},
    {CF_FIELD_population, rule_inhabited},
    {CF_FIELD_gain, rule_gain},
    {CF_FIELD_regroup, rule_regroup},
    {CF_FIELD_driver, rule_driver},
    {CF_FIELD_entrants, rule_entrants},
};

/* The rule of a field's sums, from its line in fields.def. */
static void check_sums(struct cf_tables *all, const struct cf_field *field)
{
    switch (cf_field_specs[field->id].sum) {
    case CF_SUM_FREE:
        break;
    case CF_SUM_ROWS_ONE:
        cf_rule_rows_one(all, field);
        break;
    case CF_SUM_ROWS_MOST:
        cf_rule_rows_most(all, field);
        break;
    case CF_SUM_AREAS_MOST:
        cf_rule_areas_most(all, field);
        break;
    case CF_SUM_ROUTES_ONE:
        cf_rule_routes_one(all, field);
        break;
    }
}

void cf_rules_check(struct cf_tables *all)
{
    for (int f = 0; f < CF_N_FIELDS; f++)
        check_sums(all, &all->model->field[f]);
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++)
        rules[k].check(all, &all->model->field[rules[k].field]);
}
