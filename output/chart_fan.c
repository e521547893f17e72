#include "output/chart_parts.h"

#include "output/escape.h"
#include "output/svg.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * Small multiples: a panel a series, each with its own scale. The band of nine futures in ten, that
 * of one in two, the line of the middle, marks for targets; the first and last value stand at the
 * line.
 */
enum { PANEL_W = 310, PANEL_H = 232, TOP = 48, LEFT = 52, RIGHT = 14, FOOT = 26, COLUMNS = 2 };
enum { LABEL = 40, TICK_ROOM = 46 };

struct panel {
    struct cf_svg *svg;
    const struct cf_chart *chart;
    const struct cf_chart_series *series;
    double x0, y0; /* of its corner */
    struct cf_scale across, up;
    int colour;
};

static double x_of(const struct panel *panel, int x)
{
    return cf_on_scale(&panel->across, cf_chart_at(panel->chart, x));
}

static double y_of(const struct panel *panel, double value)
{
    return cf_on_scale(&panel->up, value);
}

static void scales(struct panel *panel)
{
    const struct cf_chart *chart = panel->chart;
    double low = 0, high = 1;
    if (cf_series_range(chart, panel->series, &low, &high)) {
        const double room = (high - low) * 0.1;
        if (low >= 0 && low < high * 0.45)
            low = 0;
        else
            low -= room;
        high += room;
    }
    panel->up = cf_scale_of(low, high, 4, panel->y0 + PANEL_H - FOOT, panel->y0 + TOP);
    const double first = cf_chart_at(chart, 0), last = cf_chart_at(chart, chart->n_x - 1);
    panel->across = (struct cf_scale){.low = first,
                                      .high = last > first ? last : first + 1,
                                      .from = panel->x0 + LEFT + 6,
                                      .to = panel->x0 + PANEL_W - RIGHT - 6};
}

static void band(const struct panel *panel, const double *low, const double *high, const char *more)
{
    int points = 0;
    for (int x = 0; low && high && x < panel->chart->n_x; x++)
        points += !isnan(low[x]) && !isnan(high[x]);
    if (points < 2)
        return;
    int first = 1;
    cf_svg_path_begin(panel->svg);
    for (int x = 0; x < panel->chart->n_x; x++)
        if (!isnan(low[x]) && !isnan(high[x])) {
            cf_svg_path_to(panel->svg, first, x_of(panel, x), y_of(panel, high[x]));
            first = 0;
        }
    for (int x = panel->chart->n_x - 1; x >= 0; x--)
        if (!isnan(low[x]) && !isnan(high[x]))
            cf_svg_path_to(panel->svg, 0, x_of(panel, x), y_of(panel, low[x]));
    cf_svg_path_end(panel->svg, cf_svg_style('f', panel->colour, more).name, 1);
}

/* Beyond the years that a strategy looks at there is no middle line. */
static int has_middle(const struct cf_chart *chart, const struct cf_chart_series *series, int x)
{
    if (isnan(series->value[x]))
        return 0;
    return !chart->ranges_from || !series->low || isnan(series->low[x]) ||
           cf_chart_at(chart, x) < chart->ranges_from;
}

static void middle(const struct panel *panel)
{
    const double *value = panel->series->value;
    int first = 1, last = -1, begin = -1;
    char told[CF_TOLD_ROOM];
    cf_svg_path_begin(panel->svg);
    for (int x = 0; x < panel->chart->n_x; x++)
        if (has_middle(panel->chart, panel->series, x)) {
            cf_svg_path_to(panel->svg, first, x_of(panel, x), y_of(panel, value[x]));
            begin = first ? x : begin;
            first = 0;
            last = x;
        }
    if (first)
        cf_svg_path_to(panel->svg, 1, x_of(panel, 0), y_of(panel, panel->up.low));
    cf_svg_path_end(panel->svg, cf_svg_style('s', panel->colour, "").name, 0);
    for (int end = 0; end < 2 && last >= 0; end++) {
        const int x = end ? last : begin;
        if (end && last == begin)
            break;
        cf_svg_dot(panel->svg, cf_svg_style('f', panel->colour, "").name, x_of(panel, x),
                   y_of(panel, value[x]), 3.5);
        cf_svg_say(panel->svg, end && last == panel->chart->n_x - 1 ? "t b e" : "t b",
                   x_of(panel, x), y_of(panel, value[x]) - 9,
                   cf_value_told(told, value[x], panel->chart->is_share, NULL), LABEL);
    }
}

static void axes(const struct panel *panel)
{
    const struct cf_chart *chart = panel->chart;
    const double left = panel->x0 + LEFT, right = panel->x0 + PANEL_W - RIGHT;
    const int ticks = (int)floor((panel->up.high - panel->up.low) / panel->up.step + 0.5);
    char told[CF_TOLD_ROOM];
    for (int k = 0; k <= ticks; k++) {
        const double value = panel->up.low + k * panel->up.step;
        cf_svg_line(panel->svg, k ? "g" : "a", left, y_of(panel, value), right, y_of(panel, value));
        cf_svg_say(panel->svg, "t q e", left - 6, y_of(panel, value) + 4,
                   cf_value_told(told, value, chart->is_share, &panel->up), LABEL);
    }
    /* As many years as have room: the first, the last, and what lies between far enough from both.
     */
    double said = -TICK_ROOM;
    for (int x = 0; x < chart->n_x; x++) {
        const int last = x == chart->n_x - 1;
        const double at = x_of(panel, x);
        if (!last && (at - said < TICK_ROOM || x_of(panel, chart->n_x - 1) - at < TICK_ROOM))
            continue;
        said = at;
        cf_svg_say(panel->svg,
                   last && x ? "t q e"
                   : x       ? "t q m"
                             : "t q",
                   x_of(panel, x) + (last && x ? 6
                                     : x       ? 0
                                               : -6),
                   panel->y0 + PANEL_H - 8, chart->x[x], 12);
    }
}

static void draw_panel(struct panel *panel)
{
    const struct cf_chart_series *series = panel->series;
    scales(panel);
    cf_svg_say_lines(panel->svg, "t b", panel->x0 + 2, panel->y0 + 14, series->label, LABEL);
    axes(panel);
    band(panel, series->low, series->high, "wide");
    band(panel, series->low_half, series->high_half, "half");
    middle(panel);
    for (int x = 0; series->mark && x < panel->chart->n_x; x++)
        if (!isnan(series->mark[x])) {
            const double at = x_of(panel, x), y = y_of(panel, series->mark[x]);
            cf_svg_path_begin(panel->svg);
            cf_svg_path_to(panel->svg, 1, at, y - 7);
            cf_svg_path_to(panel->svg, 0, at + 7, y);
            cf_svg_path_to(panel->svg, 0, at, y + 7);
            cf_svg_path_to(panel->svg, 0, at - 7, y);
            cf_svg_path_end(panel->svg, "mark", 1);
        }
}

/* What a panel comes to, in words. */
static void tell(struct cf_text *said, const struct cf_chart *chart,
                 const struct cf_chart_series *series)
{
    char a[CF_TOLD_ROOM], b[CF_TOLD_ROOM];
    const int last = chart->n_x - 1;
    cf_text_format(said, "%s. %s: %s", series->label, chart->x[0],
                   cf_value_told(a, series->value[0], chart->is_share, NULL));
    if (series->low && !isnan(series->low[last]))
        cf_text_format(said, "; %s: in nine futures of ten from %s to %s", chart->x[last],
                       cf_value_told(a, series->low[last], chart->is_share, NULL),
                       cf_value_told(b, series->high[last], chart->is_share, NULL));
    else
        cf_text_format(said, "; %s: %s", chart->x[last],
                       cf_value_told(a, series->value[last], chart->is_share, NULL));
}

void cf_chart_fan(struct cf_text *text, const struct cf_chart *chart, int alone)
{
    const int rows = (chart->n_series + COLUMNS - 1) / COLUMNS;
    struct cf_svg svg = {.text = text, .chart = chart, .alone = alone};
    if (alone) {
        svg.width = PANEL_W * (chart->n_series > 1 ? COLUMNS : 1);
        svg.height = PANEL_H * rows;
        cf_svg_begin(&svg, -1, chart->title, chart->description);
    } else {
        cf_text_add(text, "<div class=\"panels\">");
    }
    for (int s = 0; s < chart->n_series; s++) {
        struct panel panel = {
            .svg = &svg, .chart = chart, .series = &chart->series[s], .colour = 0};
        struct cf_text said = {0};
        if (alone) {
            panel.x0 = PANEL_W * (s % COLUMNS);
            panel.y0 = PANEL_H * (s / COLUMNS);
        } else {
            svg.width = PANEL_W;
            svg.height = PANEL_H;
            tell(&said, chart, panel.series);
            cf_svg_begin(&svg, s, panel.series->label, said.data);
            cf_text_free(&said);
        }
        draw_panel(&panel);
        if (!alone)
            cf_svg_end(&svg);
    }
    if (alone)
        cf_svg_end(&svg);
    else
        cf_text_add(text, "</div>");
}
