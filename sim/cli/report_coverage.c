#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/plan_tables.h"

#include <math.h>
#include <string.h>

/* Who has which line within reach. */

enum { MOST_COLUMNS = 12, MOST_ROWS = 200, MOST_SHOWN = 30 };
#define GREEN 0.95

/* Members of a column of texts, in the order in which they appear in a scenario's rows. */
static int members(struct cf_report_maker *maker, const struct cf_table *table, int s,
                   const char *column, const char **code, const char **label, int most)
{
    int n = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *now = cf_report_code(table, column, row);
        int k = 0;
        if (!cf_report_is_of(maker, table, row, s))
            continue;
        while (k < n && !cf_text_same(code[k], now))
            k++;
        if (k < n || n == most)
            continue;
        code[n] = now;
        label[n++] = cf_text_same(now, "all") ? "All" : cf_report_text(table, column, row);
    }
    return n;
}

static int index_of(const char *const *code, int n, const char *wanted)
{
    int k = 0;
    while (k < n && !cf_text_same(code[k], wanted))
        k++;
    return k < n ? k : -1;
}

/* Keep the lines that are short of green somewhere, in their order; returns how many. */
static int drop_green(struct cf_chart_series *series, int n_lines, int n)
{
    int kept = 0;
    for (int i = 0; i < n_lines; i++) {
        int green = 1;
        for (int k = 0; k < n; k++)
            green &= !(series[i].value[k] < GREEN);
        if (!green)
            series[kept++] = series[i];
    }
    return kept;
}

static void add_matrix(struct cf_report_maker *maker, const struct cf_table *table, int s,
                       const char *tier, int year)
{
    const char **line = CF_TAKE(&maker->arena, MOST_ROWS, const char *);
    const char **name = CF_TAKE(&maker->arena, MOST_ROWS, const char *);
    const char **member = CF_TAKE(&maker->arena, MOST_COLUMNS + 1, const char *);
    const char **label = CF_TAKE(&maker->arena, MOST_COLUMNS + 1, const char *);
    const int n_lines = members(maker, table, s, "line", line, name, MOST_ROWS);
    const int n = members(maker, table, s, tier, member, label, MOST_COLUMNS + 1);
    struct cf_chart_series *series =
        CF_TAKE(&maker->arena, (size_t)n_lines, struct cf_chart_series);
    int cells = 0, green = 0, entitled = 0, entitled_green = 0;
    const char *worst = NULL, *where = NULL;
    double least = 2;
    for (int i = 0; i < n_lines; i++) {
        double *value = CF_TAKE(&maker->arena, (size_t)n, double);
        for (int k = 0; k < n; k++)
            value[k] = NAN;
        series[i] = (struct cf_chart_series){.label = name[i], .value = value};
    }
    for (size_t row = 0; row < table->n_rows; row++) {
        const int i = index_of(line, n_lines, cf_report_code(table, "line", row));
        const int k = index_of(member, n, cf_report_code(table, tier, row));
        const double value = cf_report_number(table, "coverage", row);
        if (!cf_report_is_of(maker, table, row, s) ||
            cf_report_number(table, "year", row) != year || i < 0 || k < 0)
            continue;
        ((double *)series[i].value)[k] = value;
        if (cf_text_same(member[k], "all") || isnan(value))
            continue;
        const int is_entitlement = cf_text_same(cf_report_code(table, "entitlement", row), "yes");
        cells++;
        green += value >= GREEN;
        entitled += is_entitlement;
        entitled_green += is_entitlement && value >= GREEN;
        if (value < least) {
            least = value;
            worst = name[i];
            where = label[k];
        }
    }
    if (cells == 0)
        return;
    const char *title =
        green == cells
            ? cf_arena_format(&maker->arena,
                              "Every line is within reach of at least 95%% of residents everywhere "
                              "in %d",
                              year)
            : cf_arena_format(&maker->arena,
                              "%d of %d lines by area are within reach of at least 95%% of "
                              "residents in %d; least is %s in %s (%s)",
                              green, cells, year, worst, where, cf_report_share(maker, least));
    if (entitled > 0)
        cf_report_say(
            maker, CF_TEXT_PARAGRAPH, s,
            "Of the lines everybody is to have within reach, %d of %d cells are green. Journeys "
            "are those of the central run.",
            entitled_green, entitled);
    const int shown = n_lines > MOST_SHOWN ? drop_green(series, n_lines, n) : n_lines;
    if (shown < n_lines)
        cf_report_say(
            maker, CF_TEXT_PARAGRAPH, s,
            "%d of %d lines are within reach of at least 95%% of residents everywhere; the "
            "chart shows the others, the table all.",
            n_lines - shown, n_lines);
    if (shown == 0) {
        cf_report_say(maker, CF_TEXT_MESSAGE, s, "%s.", title);
        return;
    }
    cf_report_add_chart(maker, s,
                        (struct cf_chart){.kind = CF_CHART_HEAT,
                                          .id = "coverage-matrix",
                                          .title = title,
                                          .description = "Share of residents with the line within "
                                                         "reach, whether it has room or not; a "
                                                         "row each line, a column each area.",
                                          .series_name = "line",
                                          .x_name = "where",
                                          .value_name = "within reach",
                                          .is_share = 1,
                                          .dark_is_little = 1,
                                          .n_x = n,
                                          .x = label,
                                          .n_series = shown,
                                          .series = series});
}

void cf_report_coverage(struct cf_report_maker *maker)
{
    const char *tier = cf_report_tier(maker, MOST_COLUMNS);
    const struct cf_plan_query query = {.by = tier};
    struct cf_table *table = cf_report_new_table(maker);
    cf_report_begin_section(maker, "coverage", "Coverage: who has what within reach",
                            "Can every young person get to every line that they are entitled to?");
    cf_report_hush(maker);
    if (cf_coverage_table(table, maker->results, &query, maker->quiet) != CF_OK) {
        cf_report_miss(maker,
                       "Coverage needs lines, sites and journeys: give the place axes/line.csv, "
                       "axes/site.csv and tables/minutes.csv, or coordinates of areas and sites.",
                       NULL);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++)
        add_matrix(maker, table, s, tier, maker->strategy_year);
    struct cf_report_column *columns = CF_TAKE(&maker->arena, 7, struct cf_report_column);
    columns[0] = (struct cf_report_column){"line", "Line", NULL};
    columns[1] = (struct cf_report_column){"entitlement", "Entitlement", NULL};
    columns[2] = (struct cf_report_column){"year", "Year", NULL};
    columns[3] = (struct cf_report_column){tier, tier, NULL};
    columns[4] = (struct cf_report_column){"coverage", "Within reach", NULL};
    columns[5] = (struct cf_report_column){"rating", "Rating", NULL};
    columns[6] = (struct cf_report_column){NULL, NULL, NULL};
    struct cf_report_table *added = cf_report_add_table(
        maker, "coverage-table", "Share of residents with a line within reach", table, columns);
    added->folded = 1;
    added->note =
        "green: at least 95%. amber: at least 50%. red: fewer. Within reach whether there "
        "is room or not; each area is one point.";
}
