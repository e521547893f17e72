#include "output/chart_parts.h"

#include "output/svg.h"

#include <math.h>

static cf_chart_kind_draw *const kinds[CF_N_CHART_KINDS] = {
    [CF_CHART_FAN] = cf_chart_fan,     [CF_CHART_LINES] = cf_chart_lines,
    [CF_CHART_STACK] = cf_chart_stack, [CF_CHART_HEAT] = cf_chart_heat,
    [CF_CHART_RANK] = cf_chart_rank,   [CF_CHART_DOTS] = cf_chart_dots,
    [CF_CHART_PAIRS] = cf_chart_pairs, [CF_CHART_TILES] = cf_chart_tiles,
};

enum { EMPTY_WIDTH = 320, EMPTY_HEIGHT = 32 };

void cf_chart_draw(struct cf_text *svg, const struct cf_chart *chart, int alone)
{
    if (chart->n_x > 0 && chart->n_series > 0) {
        kinds[chart->kind](svg, chart, alone);
        return;
    }
    struct cf_svg empty = {
        .text = svg, .chart = chart, .alone = alone, .width = EMPTY_WIDTH, .height = EMPTY_HEIGHT};
    cf_svg_begin(&empty, -1, chart->title, chart->description);
    cf_svg_say(&empty, "t q", 0, EMPTY_HEIGHT - 10, "nothing to show", EMPTY_WIDTH);
    cf_svg_end(&empty);
}

double cf_chart_at(const struct cf_chart *chart, int x)
{
    return chart->at ? chart->at[x] : x;
}

/* ---- the table ---- */

enum { N_NUMBERS = 6 };

/* The numbers of a series, in the order of the table's columns. */
static const double *numbers_of(const struct cf_chart_series *series, int which)
{
    const double *const all[N_NUMBERS] = {series->value,     series->low,  series->low_half,
                                          series->high_half, series->high, series->mark};
    return all[which];
}

/* Whether only the range of a value is told. */
static int is_range_alone(const struct cf_chart *chart, int s, int x)
{
    const double *low = chart->series[s].low;
    return chart->ranges_from && low && !isnan(low[x]) &&
           cf_chart_at(chart, x) >= chart->ranges_from;
}

void cf_chart_table(struct cf_table *table, const struct cf_chart *chart)
{
    const int eight = chart->in_ten == 8;
    const char *const names[N_NUMBERS] = {chart->value_name,
                                          eight ? "8 in 10 from" : "9 in 10 from",
                                          "half from",
                                          "half to",
                                          eight ? "8 in 10 to" : "9 in 10 to",
                                          chart->mark_name ? chart->mark_name : "mark"};
    const size_t rows = (size_t)chart->n_series * (size_t)chart->n_x;
    struct cf_column *series = NULL, *x, *number[N_NUMBERS] = {0};
    *table = (struct cf_table){.title = chart->title, .n_rows = rows};
    if (chart->series_name)
        series = cf_add_column(table, chart->series_name, CF_COLUMN_TEXT, rows);
    x = cf_add_column(table, chart->x_name, CF_COLUMN_TEXT, rows);
    for (int k = 0; k < N_NUMBERS; k++)
        for (int s = 0; s < chart->n_series && !number[k]; s++)
            if (numbers_of(&chart->series[s], k))
                number[k] = cf_add_column(
                    table, names[k], chart->is_share ? CF_COLUMN_SHARE : CF_COLUMN_NUMBER, rows);
    for (int s = 0, row = 0; s < chart->n_series; s++)
        for (int at = 0; at < chart->n_x; at++, row++) {
            if (series)
                series->text[row] = chart->series[s].label;
            x->text[row] = chart->x[at];
            for (int k = 0; k < N_NUMBERS; k++)
                if (number[k]) {
                    const double *values = numbers_of(&chart->series[s], k);
                    number[k]->number[row] =
                        values && !(k == 0 && is_range_alone(chart, s, at)) ? values[at] : NAN;
                }
        }
}
