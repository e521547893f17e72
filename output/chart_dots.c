#include "output/chart_parts.h"

#include "output/escape.h"
#include "output/svg.h"

#include <math.h>
#include <stdio.h>

/* One position below the other: the first series' value as a dot, with its band as a bar and its
 * mark as a diamond; told in numbers at the right. */
enum { WIDTH = 660, ROW = 36, HEAD = 24, NAMES = 290, TOLD = 122, MOST_NAME = 38 };

static void row(struct cf_svg *svg, const struct cf_scale *across, int x, int whole)
{
    const struct cf_chart *chart = svg->chart;
    const struct cf_chart_series *series = &chart->series[0];
    const double y = HEAD + ROW * x + ROW / 2.0;
    const struct cf_scale step = {.step = chart->is_share ? 0.001 : 1};
    char a[CF_TOLD_ROOM], b[CF_TOLD_ROOM], told[2 * CF_TOLD_ROOM + 16];
    const int band = series->low && !isnan(series->low[x]) && !isnan(series->high[x]);
    cf_svg_say_lines(svg, "t e", NAMES - 14, cf_characters(chart->x[x]) > MOST_NAME ? y - 3 : y + 4,
                     chart->x[x], MOST_NAME);
    cf_svg_line(svg, "g", NAMES, y, WIDTH - TOLD, y);
    if (band)
        cf_svg_box(
            svg, "f1 wide", cf_on_scale(across, series->low[x]), y - 6,
            fmax(cf_on_scale(across, series->high[x]) - cf_on_scale(across, series->low[x]), 1.5),
            12);
    if (series->mark && !isnan(series->mark[x])) {
        const double at = cf_on_scale(across, series->mark[x]);
        cf_svg_path_begin(svg);
        cf_svg_path_to(svg, 1, at, y - 7);
        cf_svg_path_to(svg, 0, at + 7, y);
        cf_svg_path_to(svg, 0, at, y + 7);
        cf_svg_path_to(svg, 0, at - 7, y);
        cf_svg_path_end(svg, "mark", 1);
    }
    if (!isnan(series->value[x]))
        cf_svg_dot(svg, "f1", cf_on_scale(across, series->value[x]), y, 5);
    if (band)
        snprintf(told, sizeof told, "%s to %s",
                 cf_value_told(a, series->low[x], chart->is_share, whole ? &step : NULL),
                 cf_value_told(b, series->high[x], chart->is_share, whole ? &step : NULL));
    else
        snprintf(told, sizeof told, "%s",
                 cf_value_told(a, series->value[x], chart->is_share, NULL));
    cf_svg_say(svg, "t q", WIDTH - TOLD + 10, y + 4, told, 24);
}

void cf_chart_dots(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    struct cf_svg svg = {.text = text,
                         .chart = chart,
                         .alone = alone,
                         .width = WIDTH,
                         .height = HEAD + ROW * chart->n_x};
    double low = 0, high = 1;
    char told[CF_TOLD_ROOM];
    if (cf_series_range(chart, &chart->series[0], &low, &high) && low > 0)
        low = 0;
    const struct cf_scale across = cf_scale_of(low, high, 4, NAMES, WIDTH - TOLD);
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    const int ticks = (int)floor((across.high - across.low) / across.step + 0.5);
    for (int k = 0; k <= ticks; k++) {
        const double value = across.low + k * across.step, at = cf_on_scale(&across, value);
        cf_svg_line(&svg, fabs(value) < across.step / 2 ? "a" : "g", at, HEAD - 4, at, svg.height);
        cf_svg_say(&svg, "t q m", at, HEAD - 9,
                   cf_value_told(told, value, chart->is_share, &across), 16);
    }
    for (int x = 0; x < chart->n_x; x++)
        row(&svg, &across, x, 1);
    cf_svg_end(&svg);
}
