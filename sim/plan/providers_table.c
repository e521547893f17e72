#include "plan/providers_parts.h"

#include "base/text.h"
#include "plan/told.h"

#include <math.h>

/* ---- in full ---- */

void cf_provider_columns(struct cf_providers *of, size_t rows)
{
    static const char *const numbers[] = {
        "enrolled_base", "enrolled", "change",      "q0.1",   "median",    "q0.9", "arrivals",
        "usable",        "sln",      "income_base", "income", "cost_base", "cost"};
    enum { N_DRAWS = 3, N_AFTER_DRAWS = 7 }; /* quantiles, and what stands behind them */
    static const char *const counts[] = {"sites", "lines_base", "lines", "lines_gained",
                                         "lines_lost"};
    struct cf_table *table = of->sheet.table;
    cf_add_point_columns(&of->ensemble, table, rows);
    const int first = table->n_columns;
    table->title = "Providers";
    cf_add_column(table, "year", CF_COLUMN_INT, rows);
    cf_add_column(table, "provider", CF_COLUMN_TEXT, rows);
    for (size_t c = 0; c < sizeof numbers / sizeof *numbers; c++)
        cf_add_column(table, numbers[c], CF_COLUMN_NUMBER, rows);
    for (int c = table->n_columns - N_AFTER_DRAWS - N_DRAWS; c < table->n_columns - N_AFTER_DRAWS;
         c++) {
        table->column[c].unit = CF_UNIT_PERSONS;
        table->column[c].apart = 1;
    }
    for (size_t c = 0; c < sizeof counts / sizeof *counts; c++)
        cf_add_column(table, counts[c], CF_COLUMN_INT, rows);
    cf_add_column(table, "lines_below_viable", CF_COLUMN_NUMBER, rows);
    cf_add_column(table, "p_below_viable", CF_COLUMN_SHARE, rows);
    cf_add_column(table, "p_below_viable_se", CF_COLUMN_SHARE, rows);
    cf_add_column(table, "draws", CF_COLUMN_INT, rows);
    of->column = &table->column[first];
}

void cf_provider_row(struct cf_providers *of, int scenario, int point, int year, int provider,
                     const struct cf_prospect *p)
{
    struct cf_table *table = of->sheet.table;
    const size_t row = table->n_rows++;
    struct cf_column *column = of->column;
    const double number[] = {p->now.enrolled,  p->then.enrolled, p->then.enrolled - p->now.enrolled,
                             p->quantile[0],   p->quantile[1],   p->quantile[2],
                             p->then.arrivals, p->then.usable,   p->then.sln,
                             p->now.income,    p->then.income,   p->now.cost,
                             p->then.cost};
    const int count[] = {of->sites[provider], p->now.lines, p->then.lines, p->then.gained,
                         p->then.lost};
    cf_put_point(&of->ensemble, table, row, scenario, point);
    (column++)->integer[row] = year;
    (column++)->text[row] = of->provider[provider].code;
    for (size_t c = 0; c < sizeof number / sizeof *number; c++)
        (column++)->number[row] = number[c];
    for (size_t c = 0; c < sizeof count / sizeof *count; c++)
        (column++)->integer[row] = count[c];
    (column++)->number[row] = of->sites_here[provider] ? p->then.below : (double)NAN;
    (column++)->number[row] = p->p_below;
    (column++)->number[row] = p->se;
    column->integer[row] = p->n_draws;
}

/* ---- as people read it ---- */

static const char *const *notes_told(const struct cf_providers *of)
{
    struct cf_arena *arena = &of->sheet.table->arena;
    const char **note = CF_TAKE(arena, 8, const char *);
    size_t n = 0;
    note[n++] = cf_arena_format(
        arena,
        "now: enrolled in the base year, %d; then: in the year of the row; both with everything as "
        "assumed (the central run)",
        cf_results_dim(of->sheet.results, "year")->number[0]);
    if (of->drawn)
        note[n++] = "median, 8 in 10: half of the draws lie below, eight of ten in this range; "
                    "those of all are of the sum, not the sum of these";
    note[n++] = "would come: learners who would come if there were room; places: with rooms and "
                "teachers";
    if (of->has_income)
        note[n++] = "income: thousand pounds a year, learners x guided hours / 450 x rate x "
                    "provider factor x success factor, of lines that have a rate";
    if (of->has_cost)
        note[n++] = "cost: thousand pounds a year, by learner and by group of at most full_group";
    if (of->sites_here[of->n] < of->sheet.J)
        note[n++] = "sites outside the place teach others too, whom these results do not know: "
                    "what a group costs there, and whether it is too small, is not said (-)";
    note[n++] = "lines: a line at a site with at least half a learner; new, gone: since now; too "
                "small: fewer than its viable_group";
    return note;
}

static void add_number_told(struct cf_providers *of, const char *name, size_t rows)
{
    cf_add_column(of->sheet.table, name, CF_COLUMN_NUMBER, rows);
}

void cf_provider_columns_told(struct cf_providers *of, size_t rows)
{
    struct cf_table *table = of->sheet.table;
    cf_add_point_columns(&of->ensemble, table, rows);
    for (int c = 0; c < table->n_columns; c++)
        table->column[c].above = 1;
    const int first = table->n_columns;
    table->title = "What is ahead of providers";
    table->notes = notes_told(of);
    struct cf_column *year = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    year->once = 1;
    year->above = of->shown < 0;
    cf_add_member_column(&of->sheet, "provider", rows)->once = of->shown >= 0;
    add_number_told(of, "now", rows);
    add_number_told(of, "then", rows);
    add_number_told(of, "change", rows);
    if (of->drawn)
        add_number_told(of, "median", rows);
    if (of->drawn)
        cf_add_column(table, "8 in 10", CF_COLUMN_TEXT, rows)->right = 1;
    add_number_told(of, "would come", rows);
    add_number_told(of, "places", rows);
    if (of->has_income)
        add_number_told(of, "income now", rows);
    if (of->has_income)
        add_number_told(of, "income then", rows);
    if (of->has_cost)
        add_number_told(of, "cost now", rows);
    if (of->has_cost)
        add_number_told(of, "cost then", rows);
    cf_add_column(table, "lines", CF_COLUMN_INT, rows);
    cf_add_column(table, "new", CF_COLUMN_INT, rows);
    cf_add_column(table, "gone", CF_COLUMN_INT, rows);
    add_number_told(of, "too small", rows);
    if (of->drawn)
        cf_add_column(table, "chance of one too small", CF_COLUMN_TEXT, rows)->right = 1;
    of->column = &table->column[first];
}

/* A provider that comes into being in other scenarios only. */
static int is_nothing(const struct cf_prospect *p)
{
    return p->now.enrolled == 0 && p->then.enrolled == 0 && p->then.usable == 0 &&
           !(p->quantile[CF_PROVIDER_QUANTILES - 1] > 0);
}

void cf_provider_row_told(struct cf_providers *of, int scenario, int point, int year, int provider,
                          const struct cf_prospect *p)
{
    struct cf_table *table = of->sheet.table;
    if (of->shown < 0 && is_nothing(p))
        return;
    const size_t row = table->n_rows++;
    struct cf_column *column = of->column;
    cf_put_point(&of->ensemble, table, row, scenario, point);
    (column++)->integer[row] = year;
    cf_put_member(column++, row, &of->provider[provider]);
    (column++)->number[row] = round(p->now.enrolled);
    (column++)->number[row] = round(p->then.enrolled);
    (column++)->number[row] = round(p->then.enrolled) - round(p->now.enrolled);
    if (of->drawn) {
        (column++)->number[row] = round(p->quantile[1]);
        (column++)->text[row] = p->n_draws > 0
                                    ? cf_arena_format(&table->arena, "%.0f to %.0f", p->quantile[0],
                                                      p->quantile[CF_PROVIDER_QUANTILES - 1])
                                    : "-";
    }
    (column++)->number[row] = round(p->then.arrivals);
    (column++)->number[row] = round(p->then.usable);
    if (of->has_income) {
        (column++)->number[row] = round(p->now.income / 1000);
        (column++)->number[row] = round(p->then.income / 1000);
    }
    if (of->has_cost) {
        (column++)->number[row] = round(p->now.cost / 1000);
        (column++)->number[row] = round(p->then.cost / 1000);
    }
    (column++)->integer[row] = p->then.lines;
    (column++)->integer[row] = p->then.gained;
    (column++)->integer[row] = p->then.lost;
    (column++)->number[row] = of->sites_here[provider] ? p->then.below : (double)NAN;
    if (of->drawn)
        column->text[row] = cf_chance_told(&table->arena, p->p_below, 0);
}
