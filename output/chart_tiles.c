#include "output/chart_parts.h"

#include "output/svg.h"

#include <math.h>

/* A tile an area, about where it lies: coloured by the first series' value, which is written on it
 * below the name. */
enum { TILE = 104, HIGH = 68, GAP = 4, MOST_WIDTH = 660, NAME = 13, SMALL = 44 };

void cf_chart_tiles(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    int columns = 1, rows = 1;
    double low = INFINITY, high = -INFINITY;
    for (int x = 0; x < chart->n_x; x++) {
        columns = chart->tile_column[x] + 1 > columns ? chart->tile_column[x] + 1 : columns;
        rows = chart->tile_row[x] + 1 > rows ? chart->tile_row[x] + 1 : rows;
        if (!isnan(chart->series[0].value[x])) {
            low = fmin(low, chart->series[0].value[x]);
            high = fmax(high, chart->series[0].value[x]);
        }
    }
    const double wide = fmin(TILE, (double)MOST_WIDTH / columns);
    const double tall = wide < TILE ? wide * HIGH / TILE : HIGH;
    struct cf_svg svg = {.text = text,
                         .chart = chart,
                         .alone = alone,
                         .width = fmax(wide * columns, 320),
                         .height = tall * rows};
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    for (int x = 0; x < chart->n_x; x++) {
        const double left = wide * chart->tile_column[x], top = tall * chart->tile_row[x];
        const double value = chart->series[0].value[x];
        const int step = high > low ? cf_heat_step((value - low) / (high - low)) : 2;
        const char name[] = {'c', 'e', 'l', 'l', ' ', 'h', (char)('0' + (step < 0 ? 0 : step)),
                             '\0'};
        char told[CF_TOLD_ROOM];
        const double centre = left + (wide - GAP) / 2;
        cf_svg_box(&svg, isnan(value) ? "cell none" : name, left, top, wide - GAP, tall - GAP);
        if (wide < SMALL)
            continue;
        const char *style = isnan(value) ? "t m" : step >= 4 ? "t m i" : "t m d";
        const int lines = cf_svg_say_lines(&svg, style, centre, top + tall * 0.3, chart->x[x],
                                           (size_t)(wide / TILE * NAME));
        cf_svg_say(&svg,
                   isnan(value) ? "t m b"
                   : step >= 4  ? "t m b i"
                                : "t m b d",
                   centre, top + tall * (lines > 1 ? 0.8 : 0.66),
                   cf_value_told(told, value, chart->is_share, NULL), 12);
    }
    cf_svg_end(&svg);
}
