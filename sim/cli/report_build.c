#include "cli/report_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Room for one more of n elements, which double; what was there goes with the arena. */
static void *grown(struct cf_arena *arena, const void *old, int n, size_t size)
{
    if (n & (n - 1))
        return NULL;
    void *more = cf_take(arena, n ? 2 * (size_t)n : 1, size);
    if (n)
        memcpy(more, old, (size_t)n * size);
    return more;
}

static struct cf_report_section *now(struct cf_report_maker *maker)
{
    return &maker->sections[maker->report.n_sections - 1];
}

/* Names within the page: those of another file's report are apart. */
static const char *apart(struct cf_report_maker *maker, const char *id)
{
    return maker->nth ? cf_arena_format(&maker->arena, "file-%d-%s", maker->nth + 1, id) : id;
}

void cf_report_begin_section(struct cf_report_maker *maker, const char *id, const char *heading,
                             const char *lead)
{
    void *more =
        grown(&maker->arena, maker->sections, maker->report.n_sections, sizeof *maker->sections);
    maker->sections = more ? more : maker->sections;
    maker->report.sections = maker->sections;
    maker->sections[maker->report.n_sections++] = (struct cf_report_section){
        .id = apart(maker, id),
        .heading = maker->nth
                       ? cf_arena_format(&maker->arena, "%s: %s", maker->report.title, heading)
                       : heading,
        .lead = lead};
}

void cf_report_say(struct cf_report_maker *maker, enum cf_report_text_kind kind, int scenario,
                   const char *format, ...)
{
    struct cf_report_section *section = now(maker);
    struct cf_text text = {0};
    va_list args;
    va_start(args, format);
    cf_text_vformat(&text, format, args);
    va_end(args);
    struct cf_report_text *texts =
        grown(&maker->arena, section->texts, section->n_texts, sizeof *texts);
    if (!texts)
        texts = (struct cf_report_text *)section->texts;
    section->texts = texts;
    texts[section->n_texts++] =
        (struct cf_report_text){.kind = kind,
                                .text = cf_arena_copy(&maker->arena, text.data ? text.data : ""),
                                .scenario = scenario < 0 ? NULL : maker->scenario[scenario]};
    cf_text_free(&text);
}

void cf_report_miss(struct cf_report_maker *maker, const char *missing, const char *command)
{
    now(maker)->missing = missing;
    now(maker)->command = command;
}

void cf_report_add_chart(struct cf_report_maker *maker, int scenario, struct cf_chart chart)
{
    struct cf_report_section *section = now(maker);
    struct cf_chart *charts =
        grown(&maker->arena, section->charts, section->n_charts, sizeof *charts);
    if (!charts)
        charts = (struct cf_chart *)section->charts;
    section->charts = charts;
    if (scenario >= 0 && maker->n_scenarios > 1)
        chart.id = cf_arena_format(&maker->arena, "%s-%d", chart.id, scenario + 1);
    chart.id = apart(maker, chart.id);
    chart.scenario = scenario < 0 ? NULL : maker->scenario[scenario];
    charts[section->n_charts++] = chart;
}

struct cf_table *cf_report_keep_table(struct cf_report_maker *maker, struct cf_table *table)
{
    struct cf_table **tables = grown(&maker->arena, maker->tables, maker->n_tables, sizeof *tables);
    maker->tables = tables ? tables : maker->tables;
    maker->tables[maker->n_tables++] = table;
    return table;
}

struct cf_table *cf_report_new_table(struct cf_report_maker *maker)
{
    return cf_report_keep_table(maker, CF_TAKE(&maker->arena, 1, struct cf_table));
}

struct cf_report_table *cf_report_add_table(struct cf_report_maker *maker, const char *id,
                                            const char *title, const struct cf_table *table,
                                            const struct cf_report_column *columns)
{
    struct cf_report_section *section = now(maker);
    struct cf_report_table *tables =
        grown(&maker->arena, section->tables, section->n_tables, sizeof *tables);
    if (!tables)
        tables = (struct cf_report_table *)section->tables;
    section->tables = tables;
    for (int k = 0; k < maker->n_tables; k++)
        if (maker->tables[k] == table)
            cf_report_label(maker, maker->tables[k]);
    tables[section->n_tables] = (struct cf_report_table){
        .id = apart(maker, id), .title = title, .table = table, .columns = columns};
    return &tables[section->n_tables++];
}

void cf_report_hush(struct cf_report_maker *maker)
{
    cf_diag_close(maker->quiet);
    maker->quiet = cf_diag_open();
}

const char *cf_report_why(struct cf_report_maker *maker)
{
    for (size_t k = 0; k < cf_diag_count(maker->quiet, CF_NOTICE); k++) {
        const struct cf_message message = cf_diag_message(maker->quiet, k);
        if (message.severity == CF_ERROR)
            return cf_arena_copy(&maker->arena, message.text);
    }
    return "";
}

/* ---- reading tables ---- */

const struct cf_column *cf_report_column_of(const struct cf_table *table, const char *name)
{
    for (int c = 0; c < table->n_columns; c++)
        if (cf_text_same(table->column[c].name, name))
            return &table->column[c];
    return NULL;
}

double cf_report_number(const struct cf_table *table, const char *name, size_t row)
{
    const struct cf_column *column = cf_report_column_of(table, name);
    if (!column || column->kind == CF_COLUMN_TEXT)
        return NAN;
    return column->kind == CF_COLUMN_INT ? column->integer[row] : column->number[row];
}

const char *cf_report_text(const struct cf_table *table, const char *name, size_t row)
{
    const struct cf_column *column = cf_report_column_of(table, name);
    if (!column || column->kind != CF_COLUMN_TEXT)
        return "";
    return column->label ? column->label[row] : column->text[row];
}

const char *cf_report_code(const struct cf_table *table, const char *name, size_t row)
{
    const struct cf_column *column = cf_report_column_of(table, name);
    return column && column->kind == CF_COLUMN_TEXT ? column->text[row] : "";
}

static void label_column(struct cf_report_maker *maker, struct cf_table *table,
                         struct cf_column *column)
{
    const struct cf_results_dim *dim = cf_results_dim(maker->results, column->name);
    if (column->kind != CF_COLUMN_TEXT || column->label || !dim || !dim->code || !dim->label)
        return;
    column->label = CF_TAKE(&table->arena, table->n_rows, const char *);
    for (size_t row = 0; row < table->n_rows; row++) {
        column->label[row] = column->text[row];
        for (size_t k = 0; k < dim->n; k++)
            if (cf_text_same(column->text[row], dim->code[k])) {
                column->label[row] = dim->label[k];
                break;
            }
    }
}

void cf_report_label(struct cf_report_maker *maker, struct cf_table *table)
{
    for (int c = 0; c < table->n_columns; c++)
        label_column(maker, table, &table->column[c]);
}

int cf_report_is_of(const struct cf_report_maker *maker, const struct cf_table *table, size_t row,
                    int scenario)
{
    return cf_text_same(cf_report_code(table, "scenario", row), maker->scenario[scenario]);
}

const char *cf_report_count(struct cf_report_maker *maker, double value)
{
    char digits[64];
    struct cf_text told = {0};
    if (isnan(value))
        return "an unknown number";
    if (fabs(value) > 0 && fabs(value) < maker->below)
        return cf_arena_format(&maker->arena, "fewer than %g", maker->below);
    if (value > 0 && value < 0.5)
        return "fewer than 1";
    snprintf(digits, sizeof digits, "%.0f", fabs(value));
    const size_t n = strlen(digits);
    if (value <= -0.5)
        cf_text_add(&told, "\xe2\x88\x92");
    for (size_t k = 0; k < n; k++) {
        if (k > 0 && (n - k) % 3 == 0)
            cf_text_add(&told, ",");
        cf_text_add_n(&told, digits + k, 1);
    }
    const char *kept = cf_arena_copy(&maker->arena, told.data);
    cf_text_free(&told);
    return kept;
}

const char *cf_report_share(struct cf_report_maker *maker, double value)
{
    const double size = fabs(value) * 100;
    return isnan(value) ? "an unknown share"
                        : cf_arena_format(&maker->arena, "%s%.*f%%",
                                          value < 0 && size >= 0.05 ? "\xe2\x88\x92" : "",
                                          size == floor(size) ? 0 : 1, size);
}
