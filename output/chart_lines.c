#include "output/chart_parts.h"

#include "output/escape.h"
#include "output/svg.h"

#include <math.h>
#include <string.h>

/*
 * Series over x in one panel: lines, or ranks with 1 on top. Each is named at its last point;
 * names that would lie over each other are moved apart.
 */
enum {
    WIDTH = 660,
    HEIGHT = 340,
    TOP = 14,
    LEFT = 56,
    FOOT = 28,
    NAMES = 276,
    LINE = 17,
    TWO_LINES = 33
};
enum { MOST_NAMES = 64, MOST_NAME = 33 };

struct panel {
    struct cf_svg *svg;
    const struct cf_chart *chart;
    struct cf_scale across, up;
};

static void axes(const struct panel *panel, int ranks)
{
    const struct cf_chart *chart = panel->chart;
    char told[CF_TOLD_ROOM];
    const int ticks = (int)floor((panel->up.high - panel->up.low) / panel->up.step + 0.5);
    for (int k = 0; k <= ticks; k++) {
        const double value = panel->up.low + k * panel->up.step;
        const double y = cf_on_scale(&panel->up, value);
        cf_svg_line(panel->svg, k || ranks ? "g" : "a", LEFT, y, WIDTH - NAMES, y);
        cf_svg_say(panel->svg, "t q e", LEFT - 6, y + 4,
                   cf_value_told(told, value, chart->is_share, &panel->up), MOST_NAME);
    }
    for (int x = 0; x < chart->n_x; x++)
        if (chart->n_x <= 8 || x % ((chart->n_x + 7) / 8) == 0)
            cf_svg_say(panel->svg, "t q m", cf_on_scale(&panel->across, cf_chart_at(chart, x)),
                       HEIGHT - 8, chart->x[x], 12);
}

/* A name of two lines has more room. */
static double room_of(const struct cf_chart *chart, int s)
{
    return cf_characters(chart->series[s].label) > MOST_NAME ? TWO_LINES : LINE;
}

/* Where each name stands, LINE apart: pushed down in the order of the lines' ends, then, where the
 * last is too low, up. */
static void place_names(const struct panel *panel, const int *end, double *y)
{
    const struct cf_chart *chart = panel->chart;
    const int n = chart->n_series < MOST_NAMES ? chart->n_series : MOST_NAMES;
    int order[MOST_NAMES];
    for (int s = 0; s < n; s++) {
        y[s] = end[s] < 0 ? HEIGHT : cf_on_scale(&panel->up, chart->series[s].value[end[s]]) + 4;
        int k = s;
        for (; k > 0 && y[order[k - 1]] > y[s]; k--)
            order[k] = order[k - 1];
        order[k] = s;
    }
    for (int k = 1; k < n; k++)
        y[order[k]] = fmax(y[order[k]], y[order[k - 1]] + room_of(chart, order[k - 1]));
    double most = HEIGHT - 6;
    for (int k = n - 1; k >= 0; k--) {
        most -= room_of(chart, order[k]) - LINE;
        y[order[k]] = fmin(y[order[k]], most);
        most = y[order[k]] - LINE;
    }
}

static void draw_series(const struct panel *panel, int s, double name_y, int end)
{
    static const char *const dashes[] = {"", "dash"};
    const struct cf_chart *chart = panel->chart;
    const double *value = chart->series[s].value;
    int first = 1;
    double y = 0;
    cf_svg_path_begin(panel->svg);
    for (int x = 0; x < chart->n_x; x++) {
        if (isnan(value[x])) {
            first = 1;
            continue;
        }
        y = cf_on_scale(&panel->up, value[x]);
        cf_svg_path_to(panel->svg, first, cf_on_scale(&panel->across, cf_chart_at(chart, x)), y);
        first = 0;
    }
    if (end < 0)
        cf_svg_path_to(panel->svg, 1, LEFT, HEIGHT);
    cf_svg_path_end(panel->svg, cf_svg_style('s', s, dashes[s / 6 % 2]).name, 0);
    if (end < 0)
        return;
    const double x = cf_on_scale(&panel->across, cf_chart_at(chart, end));
    y = cf_on_scale(&panel->up, value[end]);
    for (int k = 0; k < chart->n_x; k++)
        if (!isnan(value[k]) && (k == end || chart->kind == CF_CHART_RANK))
            cf_svg_dot(panel->svg, cf_svg_style('f', s, "").name,
                       cf_on_scale(&panel->across, cf_chart_at(chart, k)),
                       cf_on_scale(&panel->up, value[k]), 4);
    cf_svg_line(panel->svg, "g", x + 6, y, WIDTH - NAMES + 14, name_y - 4);
    cf_svg_box(panel->svg, cf_svg_style('f', s, "").name, WIDTH - NAMES + 16, name_y - 9, 9, 9);
    cf_svg_say_lines(panel->svg, "t", WIDTH - NAMES + 30, name_y, chart->series[s].label,
                     MOST_NAME);
}

static void draw(struct cf_text *text, const struct cf_chart *chart, int alone, int ranks)
{
    struct cf_svg svg = {
        .text = text, .chart = chart, .alone = alone, .width = WIDTH, .height = HEIGHT};
    struct panel panel = {.svg = &svg, .chart = chart};
    double low = 0, high = 1, name_y[MOST_NAMES];
    int any = 0, end[MOST_NAMES];
    for (int s = 0; s < chart->n_series && s < MOST_NAMES; s++) {
        double a, b;
        end[s] = -1;
        for (int x = 0; x < chart->n_x; x++)
            end[s] = isnan(chart->series[s].value[x]) ? end[s] : x;
        if (!cf_series_range(chart, &chart->series[s], &a, &b))
            continue;
        low = any && low < a ? low : a;
        high = any && high > b ? high : b;
        any = 1;
    }
    if (!ranks && low >= 0 && low < high / 2)
        low = 0;
    panel.up = ranks ? (struct cf_scale){.low = 1,
                                         .high = high > 1 ? high : 2,
                                         .step = high > 12 ? ceil(high / 12) : 1,
                                         .from = TOP + 8,
                                         .to = HEIGHT - FOOT - 8}
                     : cf_scale_of(low, high, 5, HEIGHT - FOOT, TOP);
    const double from = cf_chart_at(chart, 0), to = cf_chart_at(chart, chart->n_x - 1);
    panel.across = (struct cf_scale){.low = from,
                                     .high = to > from ? to : from + 1,
                                     .from = LEFT + 16,
                                     .to = WIDTH - NAMES - 10};
    cf_svg_begin(&svg, -1, chart->title, chart->description);
    axes(&panel, ranks);
    place_names(&panel, end, name_y);
    for (int s = 0; s < chart->n_series && s < MOST_NAMES; s++)
        draw_series(&panel, s, name_y[s], end[s]);
    cf_svg_end(&svg);
}

void cf_chart_lines(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    draw(text, chart, alone, 0);
}

void cf_chart_rank(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    draw(text, chart, alone, 1);
}
