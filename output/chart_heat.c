#include "output/chart_parts.h"

#include "output/svg.h"

#include <math.h>

/* A row a series, a column an x: each cell coloured by its value, of the largest or as a share, and
 * the value written in it, so that colour alone says nothing. */
enum { WIDTH = 660, ROW = 24, HEAD = 26, NAMES = 300, MOST_NAME = 41, NARROW = 34 };

void cf_chart_heat(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    const double cell = (double)(WIDTH - NAMES) / (chart->n_x > 0 ? chart->n_x : 1);
    struct cf_svg svg = {.text = text,
                         .chart = chart,
                         .alone = alone,
                         .width = WIDTH,
                         .height = HEAD + ROW * chart->n_series};
    double low = INFINITY, high = -INFINITY;
    for (int s = 0; s < chart->n_series; s++)
        for (int x = 0; x < chart->n_x; x++)
            if (!isnan(chart->series[s].value[x])) {
                low = fmin(low, chart->series[s].value[x]);
                high = fmax(high, chart->series[s].value[x]);
            }
    if (chart->is_share) {
        low = 0;
        high = 1;
    }
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    for (int x = 0; x < chart->n_x; x++)
        cf_svg_say(&svg, "t q m", NAMES + cell * (x + 0.5), HEAD - 9, chart->x[x],
                   (size_t)(cell / 7.2));
    for (int s = 0; s < chart->n_series; s++) {
        const double y = HEAD + ROW * s;
        cf_svg_say(&svg, "t e", NAMES - 8, y + 16, chart->series[s].label, MOST_NAME);
        for (int x = 0; x < chart->n_x; x++) {
            const double value = chart->series[s].value[x];
            char told[CF_TOLD_ROOM];
            const double part = high > low ? (value - low) / (high - low) : 0.4;
            const int step = cf_heat_step(chart->dark_is_little ? 1 - part : part);
            const char name[] = {'c', 'e', 'l', 'l', ' ', 'h', (char)('0' + (step < 0 ? 0 : step)),
                                 '\0'};
            const double at = NAMES + cell * x;
            if (isnan(value)) {
                cf_svg_box(&svg, "cell none", at, y, cell, ROW);
                continue;
            }
            cf_svg_box(&svg, name, at, y, cell, ROW);
            if (cell >= NARROW)
                cf_svg_say(&svg, step >= 4 ? "t m i" : "t m d", at + cell / 2, y + 16,
                           chart->is_share
                               ? cf_value_told(told, value, 1, &(struct cf_scale){.step = 0.01})
                               : cf_value_told(told, value, 0, &(struct cf_scale){.step = 1}),
                           12);
        }
    }
    cf_svg_end(&svg);
}
