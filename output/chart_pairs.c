#include "output/chart_parts.h"

#include "output/svg.h"

#include <math.h>

/* A row an x: bars of the first series to the left of a line, of the second to its right, on one
 * scale, each with its number. */
enum { WIDTH = 660, ROW = 30, HEAD = 28, NAMES = 250, ROOM = 56, MOST_NAME = 36 };

void cf_chart_pairs(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    const double centre = NAMES + (WIDTH - NAMES) / 2.0, most = (WIDTH - NAMES) / 2.0 - ROOM;
    struct cf_svg svg = {.text = text,
                         .chart = chart,
                         .alone = alone,
                         .width = WIDTH,
                         .height = HEAD + ROW * chart->n_x};
    double high = 0;
    char told[CF_TOLD_ROOM];
    const int sides = chart->n_series < 2 ? chart->n_series : 2;
    for (int s = 0; s < sides; s++)
        for (int x = 0; x < chart->n_x; x++)
            if (!isnan(chart->series[s].value[x]))
                high = fmax(high, chart->series[s].value[x]);
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    for (int s = 0; s < sides; s++) {
        const int side = s ? 1 : -1;
        cf_svg_box(&svg, s ? "f2" : "f3", centre + side * 10 - (s ? 0 : 9), 7, 9, 9);
        cf_svg_say(&svg, s ? "t b" : "t b e", centre + side * 24, 16, chart->series[s].label,
                   MOST_NAME - 8);
        for (int x = 0; x < chart->n_x; x++) {
            const double value = chart->series[s].value[x], y = HEAD + ROW * x;
            const double width = isnan(value) || high == 0 ? 0 : value / high * most;
            if (!s)
                cf_svg_say(&svg, "t e", NAMES - 8, y + 19, chart->x[x], MOST_NAME);
            cf_svg_box(&svg, s ? "f2" : "f3", s ? centre : centre - width, y + 5, width, ROW - 10);
            cf_svg_say(&svg, s ? "t" : "t e", centre + side * (width + 6), y + 19,
                       cf_value_told(told, value, chart->is_share, &(struct cf_scale){.step = 1}),
                       16);
        }
    }
    cf_svg_line(&svg, "a", centre, HEAD - 4, centre, svg.height);
    cf_svg_end(&svg);
}
