#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/outlook.h"

#include <math.h>

/* Indicators against their targets. */

enum { MOST_AREAS = 40 };

/* People read those columns as percentages in the rows of indicators that are shares. */
static void tell_shares(struct cf_report_maker *maker, struct cf_table *table)
{
    static const char *const columns[] = {"baseline", "target", "central", "median",
                                          "q0.05",    "q0.95",  "gap",     "benchmark"};
    const struct cf_results_dim *indicator = cf_results_dim(maker->results, "indicator");
    const char *const *unit = cf_results_attribute(maker->results, "indicator", "unit");
    unsigned char *share = CF_TAKE(&table->arena, table->n_rows, unsigned char);
    for (size_t row = 0; row < table->n_rows; row++)
        for (size_t k = 0; unit && k < indicator->n; k++)
            if (cf_text_same(cf_report_code(table, "indicator", row), indicator->code[k]))
                share[row] = !cf_text_same(unit[k], "persons");
    for (size_t c = 0; c < sizeof columns / sizeof *columns; c++)
        for (int k = 0; k < table->n_columns; k++)
            if (cf_text_same(table->column[k].name, columns[c]) &&
                table->column[k].kind != CF_COLUMN_TEXT) {
                table->column[k].kind = CF_COLUMN_MIXED;
                table->column[k].share = share;
                table->column[k].unit = CF_UNIT_PERSONS; /* where it is no share */
                table->column[k].apart = 1;
            }
}

static struct cf_table *outlook(struct cf_report_maker *maker, const struct cf_outlook_query *query)
{
    struct cf_table *table = cf_report_new_table(maker);
    enum cf_status judged;
    cf_report_hush(maker);
    if (cf_outlook_table(table, maker->results, query, &judged, maker->quiet) != CF_OK)
        return NULL;
    maker->judged = judged == CF_BROKEN ? CF_BROKEN : maker->judged;
    tell_shares(maker, table);
    cf_report_label(maker, table);
    return table;
}

/* An indicator's numbers by year, as a panel. Without draws, of the central run. */
static struct cf_chart_series series_of(struct cf_report_maker *maker, const struct cf_table *table,
                                        int s, const char *code, const char *label, int *drawn)
{
    static const char *const column[] = {"median", "q0.05", "q0.95", "q0.25", "q0.75", "target"};
    enum { N = sizeof column / sizeof *column };
    double *of[N];
    for (int k = 0; k < N; k++) {
        of[k] = CF_TAKE(&maker->arena, (size_t)maker->n_years, double);
        for (int y = 0; y < maker->n_years; y++)
            of[k][y] = NAN;
    }
    *drawn = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        if (!cf_report_is_of(maker, table, row, s) ||
            !cf_text_same(cf_report_code(table, "indicator", row), code))
            continue;
        for (int y = 0; y < maker->n_years; y++) {
            if (maker->year[y] != (int)cf_report_number(table, "year", row))
                continue;
            for (int k = 0; k < N; k++)
                of[k][y] = cf_report_number(table, column[k], row);
            *drawn |= !isnan(of[0][y]);
            if (isnan(of[0][y]))
                of[0][y] = cf_report_number(table, "central", row);
        }
    }
    return (struct cf_chart_series){.label = label,
                                    .value = of[0],
                                    .low = *drawn ? of[1] : NULL,
                                    .high = *drawn ? of[2] : NULL,
                                    .low_half = *drawn ? of[3] : NULL,
                                    .high_half = *drawn ? of[4] : NULL,
                                    .mark = of[5]};
}

static const char *title_of(struct cf_report_maker *maker, const struct cf_table *table, int s)
{
    int with = 0, likely = 0, n = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const double met = cf_report_number(table, "p_met", row);
        if (!cf_report_is_of(maker, table, row, s) ||
            cf_report_number(table, "year", row) != maker->strategy_year)
            continue;
        n++;
        with += !isnan(cf_report_number(table, "target", row));
        likely += met >= 0.5;
    }
    return with == 0
               ? cf_arena_format(&maker->arena,
                                 "No target is set for %d: of %d indicators the paths and their "
                                 "ranges can be told, no chances",
                                 maker->strategy_year, n)
               : cf_arena_format(&maker->arena,
                                 "Of %d targets set for %d, %d are more likely met than not", with,
                                 maker->strategy_year, likely);
}

const char *cf_report_targets(struct cf_report_maker *maker, int s)
{
    if (!maker->outlook)
        maker->outlook = outlook(maker, &(struct cf_outlook_query){.member = "all"});
    return maker->outlook ? title_of(maker, maker->outlook, s) : "";
}

static void add_fans(struct cf_report_maker *maker, const struct cf_table *table, int s, int shares,
                     const char *title)
{
    const struct cf_results_dim *indicator = cf_results_dim(maker->results, "indicator");
    const char *const *unit = cf_results_attribute(maker->results, "indicator", "unit");
    struct cf_chart_series *series = CF_TAKE(&maker->arena, indicator->n, struct cf_chart_series);
    int n = 0, any = 0;
    for (size_t k = 0; k < indicator->n; k++) {
        int drawn;
        if ((unit && cf_text_same(unit[k], "persons")) == shares)
            continue;
        series[n++] =
            series_of(maker, table, s, indicator->code[k],
                      indicator->label ? indicator->label[k] : indicator->code[k], &drawn);
        any |= drawn;
    }
    if (n == 0)
        return;
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){.kind = CF_CHART_FAN,
                          .id = shares ? "indicator-fans" : "indicator-counts",
                          .title = title,
                          .description =
                              "Each indicator by year, of all areas together, each with a "
                              "scale of its own that need not begin at nought; diamonds "
                              "are targets.",
                          .series_name = "indicator",
                          .x_name = "year",
                          .value_name = any ? "middle future" : "central run",
                          .mark_name = "target",
                          .is_share = shares,
                          .n_x = maker->n_years,
                          .x = cf_report_year_labels(maker, maker->year, maker->n_years),
                          .at = maker->year,
                          .ranges_from = any ? maker->base_year + CF_REPORT_STRATEGY_YEARS + 1 : 0,
                          .n_series = n,
                          .series = series});
}

void cf_report_indicators(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {{"indicator", "Indicator", NULL},
                                                      {"year", "Year", NULL},
                                                      {"baseline", "Baseline", NULL},
                                                      {"target", "Target", "Not set"},
                                                      {"median", "Middle future", NULL},
                                                      {"q0.05", "9 in 10: from", NULL},
                                                      {"q0.95", "to", NULL},
                                                      {"central", "Central run", NULL},
                                                      {"gap", "Short of the target by", NULL},
                                                      {"p_met", "Chance of meeting it", NULL},
                                                      {"benchmark", "Benchmark", NULL},
                                                      {NULL, NULL, NULL}};
    static const struct cf_report_column by_area[] = {
        {"area", "Area", NULL},           {"indicator", "Indicator", NULL},
        {"year", "Year", NULL},           {"median", "Middle future", NULL},
        {"q0.05", "9 in 10: from", NULL}, {"q0.95", "to", NULL},
        {"central", "Central run", NULL}, {NULL, NULL, NULL}};
    const struct cf_table_span all = {
        maker->base_year, maker->n_years ? maker->year[maker->n_years - 1] : maker->base_year};
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    cf_report_begin_section(maker, "indicators", "Indicators against their targets",
                            "How far is it to each target, and with what chance?");
    const struct cf_table *paths =
        outlook(maker, &(struct cf_outlook_query){.year = &all, .member = "all"});
    if (!paths || !cf_report_targets(maker, 0)[0]) {
        cf_report_miss(maker,
                       "The scenario has no indicators. Those of the national set are in "
                       "scenarios/indicators.cfg; a line in the scenario takes them in:",
                       "@include \"../indicators.cfg\"");
        return;
    }
    const struct cf_table *told = maker->outlook;
    for (int s = 0; s < maker->n_scenarios; s++) {
        const char *title = title_of(maker, told, s);
        add_fans(maker, paths, s, 1, title);
        add_fans(maker, paths, s, 0, title);
    }
    struct cf_report_table *added = cf_report_add_table(
        maker, "indicators-table", "Each indicator, of all areas together", told, columns);
    added->note = "Not set: there is no target, which is not a target of nought. Gaps between "
                  "groups are differences of shares, in points. Chance: share of the futures that "
                  "meet it.";
    if (area && area->n > 1 && area->n <= MOST_AREAS) {
        const struct cf_table *areas = outlook(maker, &(struct cf_outlook_query){.by_area = 1});
        if (areas) {
            added = cf_report_add_table(maker, "indicators-by-area", "Each indicator, area by area",
                                        areas, by_area);
            added->folded = 1;
        }
    }
}
