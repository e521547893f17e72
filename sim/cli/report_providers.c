#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/providers.h"

#include <math.h>

/* What the futures mean for each provider. */

enum { MOST_SHOWN = 14 };

static int is_all(const struct cf_table *table, size_t row)
{
    return cf_text_same(cf_report_code(table, "provider", row), "all");
}

/* A provider is called by the attribute provider_name of its sites, else as the first of them. */
static void name_providers(struct cf_report_maker *maker, struct cf_table *table)
{
    const struct cf_results_dim *site = cf_results_dim(maker->results, "site");
    const char *const *of = cf_results_attribute(maker->results, "site", "provider");
    const char *const *name = cf_results_attribute(maker->results, "site", "provider_name");
    struct cf_column *column = (struct cf_column *)cf_report_column_of(table, "provider");
    if (!site || !column || column->label)
        return;
    column->label = CF_TAKE(&table->arena, table->n_rows, const char *);
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *code = column->text[row];
        column->label[row] = code;
        for (size_t j = 0; j < site->n; j++)
            if (cf_text_same(of && of[j][0] ? of[j] : site->code[j], code)) {
                column->label[row] = name && name[j][0] ? name[j]
                                     : site->label      ? site->label[j]
                                                        : code;
                break;
            }
    }
}

static void add_chart(struct cf_report_maker *maker, const struct cf_table *table, int s)
{
    size_t *of = CF_TAKE(&maker->arena, table->n_rows, size_t), n = 0;
    int fewer = 0, all = 0, drawn = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const double now = cf_report_number(table, "enrolled_base", row);
        const double median = cf_report_number(table, "median", row);
        const double then = isnan(median) ? cf_report_number(table, "enrolled", row) : median;
        if (!cf_report_is_of(maker, table, row, s) || is_all(table, row) ||
            (!(now >= 1) && !(then >= 1)))
            continue;
        drawn |= !isnan(median);
        all++;
        fewer += then < now;
        size_t k = n++;
        for (; k > 0 && cf_report_number(table, "enrolled_base", of[k - 1]) < now; k--)
            of[k] = of[k - 1];
        of[k] = row;
    }
    n = n < MOST_SHOWN ? n : MOST_SHOWN;
    if (n == 0)
        return;
    const char **x = CF_TAKE(&maker->arena, n, const char *);
    double *number[4];
    static const char *const column[] = {"median", "q0.1", "q0.9", "enrolled_base"};
    for (int c = 0; c < 4; c++)
        number[c] = CF_TAKE(&maker->arena, n, double);
    for (size_t k = 0; k < n; k++) {
        x[k] = cf_report_text(table, "provider", of[k]);
        for (int c = 0; c < 4; c++)
            number[c][k] = cf_report_number(table, c || drawn ? column[c] : "enrolled", of[k]);
    }
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 1, struct cf_chart_series);
    *series = (struct cf_chart_series){.label = "enrolled",
                                       .value = number[0],
                                       .low = drawn ? number[1] : NULL,
                                       .high = drawn ? number[2] : NULL,
                                       .mark = number[3]};
    const char *title = cf_arena_format(
        &maker->arena, "%d of %d providers have fewer learners in %d than in %d%s", fewer, all,
        maker->strategy_year, maker->base_year, drawn ? ", in the middle future" : "");
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){.kind = CF_CHART_DOTS,
                          .id = "provider-rolls",
                          .title = title,
                          .description =
                              "Learners of the largest providers: the middle future with "
                              "the range of eight futures in ten, and the base year.",
                          .x_name = "provider",
                          .value_name = drawn ? "middle future" : "central run",
                          .mark_name = cf_arena_format(&maker->arena, "%d", maker->base_year),
                          .in_ten = 8,
                          .n_x = (int)n,
                          .x = x,
                          .n_series = 1,
                          .series = series});
}

void cf_report_providers(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"provider", "Provider", NULL},
        {"enrolled_base", "Learners now", NULL},
        {"median", "Then: middle future", NULL},
        {"q0.1", "8 in 10: from", NULL},
        {"q0.9", "to", NULL},
        {"enrolled", "Central run", NULL},
        {"arrivals", "Would come", NULL},
        {"usable", "Places", NULL},
        {"income", "Income, pounds", NULL},
        {"cost", "Cost, pounds", NULL},
        {"lines", "Lines", NULL},
        {"lines_gained", "new", NULL},
        {"lines_lost", "gone", NULL},
        {"lines_below_viable", "too small", NULL},
        {"p_below_viable", "Chance of one too small", NULL},
        {NULL, NULL, NULL}};
    const struct cf_table_span year = {maker->strategy_year, maker->strategy_year};
    const struct cf_provider_query query = {.year = &year};
    struct cf_table *table = cf_report_new_table(maker);
    enum cf_status judged;
    cf_report_begin_section(maker, "providers", "What it means for each provider",
                            "What are the implications for those who teach?");
    cf_report_hush(maker);
    if (cf_provider_table(table, maker->results, &query, &judged, maker->quiet) != CF_OK) {
        cf_report_miss(
            maker,
            "There are no providers in these results: give the place axes/site.csv, with "
            "a column provider where several sites are of one, and tables/places.csv.",
            NULL);
        return;
    }
    maker->judged = judged == CF_BROKEN ? CF_BROKEN : maker->judged;
    name_providers(maker, table);
    for (int s = 0; s < maker->n_scenarios; s++)
        add_chart(maker, table, s);
    struct cf_report_table *added = cf_report_add_table(
        maker, "providers-table",
        cf_arena_format(&maker->arena, "Each provider in %d", maker->strategy_year), table,
        columns);
    added->persons = added->folded = 1;
    added->note = "Would come: learners, if there were room for all. Too small: lines taught to "
                  "fewer than a group needs. The row all adds up to the results.";
}
