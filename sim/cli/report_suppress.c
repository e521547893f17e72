#include "cli/report_parts.h"

#include "base/text.h"
#include "output/suppress.h"

#include <math.h>
#include <string.h>

/* Charts of persons: all but those of shares and of ranks. */
static int is_of_persons(const struct cf_chart *chart)
{
    return !chart->is_share && chart->kind != CF_CHART_RANK && chart->kind != CF_CHART_HEAT &&
           !strstr(chart->value_name, "rank");
}

/* The same without small numbers; those that were hidden are not there. */
static const double *without_small(struct cf_report_maker *maker, const double *value, int n)
{
    if (!value)
        return NULL;
    double *kept = CF_TAKE(&maker->arena, (size_t)n, double);
    for (int x = 0; x < n; x++)
        kept[x] = fabs(value[x]) > 0 && fabs(value[x]) < maker->below ? (double)NAN : value[x];
    return kept;
}

static struct cf_chart hide_in_chart(struct cf_report_maker *maker, struct cf_chart chart)
{
    struct cf_chart_series *series =
        CF_TAKE(&maker->arena, (size_t)chart.n_series, struct cf_chart_series);
    for (int k = 0; k < chart.n_series; k++) {
        const struct cf_chart_series *from = &chart.series[k];
        series[k] = (struct cf_chart_series){
            .label = from->label,
            .value = without_small(maker, from->value, chart.n_x),
            .low = without_small(maker, from->low, chart.n_x),
            .high = without_small(maker, from->high, chart.n_x),
            .low_half = without_small(maker, from->low_half, chart.n_x),
            .high_half = without_small(maker, from->high_half, chart.n_x),
            .mark = without_small(maker, from->mark, chart.n_x),
        };
    }
    chart.series = series;
    return chart;
}

static void hide_in_section(struct cf_report_maker *maker, struct cf_report_section *section)
{
    struct cf_chart *charts = CF_TAKE(&maker->arena, (size_t)section->n_charts, struct cf_chart);
    for (int k = 0; k < section->n_charts; k++)
        charts[k] = is_of_persons(&section->charts[k]) ? hide_in_chart(maker, section->charts[k])
                                                       : section->charts[k];
    section->charts = charts;
}

void cf_report_suppress(struct cf_report_maker *maker)
{
    for (int k = 0; k < maker->n_tables; k++)
        cf_suppress(maker->tables[k], maker->below);
    for (int s = 0; s < maker->report.n_sections; s++)
        hide_in_section(maker, &maker->sections[s]);
}
