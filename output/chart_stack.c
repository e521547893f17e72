#include "output/chart_parts.h"

#include "output/escape.h"
#include "output/svg.h"

#include <math.h>

/* Series on top of each other over x, the first at the bottom; each named beside its layer's last
 * height, moved apart where two would lie over each other. */
enum { WIDTH = 660, HEIGHT = 360, TOP = 14, LEFT = 56, FOOT = 28, NAMES = 264, LINE = 17 };
enum { MOST_LAYERS = 48, MOST_NAME = 31 };

static double layer(const struct cf_chart *chart, int s, int x)
{
    const double value = chart->series[s].value[x];
    return isnan(value) || value < 0 ? 0 : value;
}

static double height_below(const struct cf_chart *chart, int s, int x)
{
    double sum = 0;
    for (int k = 0; k < s; k++)
        sum += layer(chart, k, x);
    return sum;
}

void cf_chart_stack(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    struct cf_svg svg = {
        .text = text, .chart = chart, .alone = alone, .width = WIDTH, .height = HEIGHT};
    const int n = chart->n_series < MOST_LAYERS ? chart->n_series : MOST_LAYERS;
    const int last = chart->n_x - 1;
    char told[CF_TOLD_ROOM];
    double highest = 0;
    for (int x = 0; x < chart->n_x; x++)
        highest = fmax(highest, height_below(chart, n, x));
    const struct cf_scale up = cf_scale_of(0, highest, 5, HEIGHT - FOOT, TOP);
    const double from = cf_chart_at(chart, 0), to = cf_chart_at(chart, last);
    const struct cf_scale across = {
        .low = from, .high = to > from ? to : from + 1, .from = LEFT, .to = WIDTH - NAMES};
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    const int ticks = (int)floor(up.high / up.step + 0.5);
    for (int k = 0; k <= ticks; k++) {
        const double y = cf_on_scale(&up, k * up.step);
        cf_svg_line(&svg, k ? "g" : "a", LEFT, y, WIDTH - NAMES, y);
        cf_svg_say(&svg, "t q e", LEFT - 6, y + 4,
                   cf_value_told(told, k * up.step, chart->is_share, &up), MOST_NAME);
    }
    double name_y = HEIGHT;
    for (int s = 0; s < n; s++) {
        const struct cf_svg_style fill = cf_svg_style('f', s, s / 6 % 2 ? "half" : "");
        cf_svg_path_begin(&svg);
        for (int x = 0; x < chart->n_x; x++)
            cf_svg_path_to(&svg, x == 0, cf_on_scale(&across, cf_chart_at(chart, x)),
                           cf_on_scale(&up, height_below(chart, s + 1, x)));
        for (int x = last; x >= 0; x--)
            cf_svg_path_to(&svg, 0, cf_on_scale(&across, cf_chart_at(chart, x)),
                           cf_on_scale(&up, height_below(chart, s, x)));
        cf_svg_path_end(&svg, fill.name, 1);
        const double middle =
            cf_on_scale(&up, height_below(chart, s, last) + layer(chart, s, last) / 2);
        const int two = cf_characters(chart->series[s].label) > MOST_NAME;
        name_y = fmin(middle + 4, name_y - (two ? 2 : 1) * LINE);
        cf_svg_box(&svg, fill.name, WIDTH - NAMES + 26, name_y - 9, 9, 9);
        cf_svg_say_lines(&svg, "t", WIDTH - NAMES + 40, name_y, chart->series[s].label, MOST_NAME);
    }
    for (int x = 0; x < chart->n_x; x++)
        if (chart->n_x <= 8 || x % ((chart->n_x + 7) / 8) == 0)
            cf_svg_say(&svg, "t q m", cf_on_scale(&across, cf_chart_at(chart, x)), HEIGHT - 8,
                       chart->x[x], 12);
    cf_svg_end(&svg);
}
