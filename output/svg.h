#ifndef CF_SVG_H
#define CF_SVG_H

#include "output/chart.h"

/*
 * Drawing. Lengths are in units of the view box, to a tenth; colours are classes, which the page's
 * style or a picture's own gives: s1 to s6 strokes, f1 to f6 fills in the order of series, `t`
 * text, `q` quieter text, `b` bold, `e` ends at its x, `m` is centred on it, `g` grid, `a` axis.
 */
struct cf_svg {
    struct cf_text *text;
    const struct cf_chart *chart;
    int alone;
    double width, height;
};

/* A picture of so many units; `part`: which of the chart's, for its names, -1: it is the only one.
 * title, description: what it is told by. */
void cf_svg_begin(struct cf_svg *svg, int part, const char *title, const char *description);
void cf_svg_end(struct cf_svg *svg);

void cf_svg_line(struct cf_svg *svg, const char *style, double x1, double y1, double x2, double y2);
void cf_svg_box(struct cf_svg *svg, const char *style, double x, double y, double width,
                double height);
void cf_svg_dot(struct cf_svg *svg, const char *style, double x, double y, double radius);
/* A text of at most `most` characters, its base line at y. */
void cf_svg_say(struct cf_svg *svg, const char *style, double x, double y, const char *said,
                size_t most);
/* The same on two lines at most, the first at y; returns how many. */
int cf_svg_say_lines(struct cf_svg *svg, const char *style, double x, double y, const char *said,
                     size_t width);
/* A path: begin, points, end with a style. `first` 1: move there; 0: draw a line there. */
void cf_svg_path_begin(struct cf_svg *svg);
void cf_svg_path_to(struct cf_svg *svg, int first, double x, double y);
void cf_svg_path_end(struct cf_svg *svg, const char *style, int close);

/* Class of a series' stroke or fill: 's' or 'f', and its number. */
struct cf_svg_style {
    char name[16];
};
struct cf_svg_style cf_svg_style(char kind, int series, const char *more);

/* ---- scales ---- */

/* Round numbers from low to high: at most `most` steps. */
struct cf_scale {
    double low, high, step; /* of the ticks */
    double from, to;        /* units where low and high stand */
};
struct cf_scale cf_scale_of(double low, double high, int most, double from, double to);
double cf_on_scale(const struct cf_scale *scale, double value);
/* How a value is told: 88.4%, 13,637; with as many decimals as the scale's steps ask for, or,
 * without a scale, as its size asks. */
#define CF_TOLD_ROOM 48
const char *cf_value_told(char told[CF_TOLD_ROOM], double value, int is_share,
                          const struct cf_scale *scale);

/* Least and greatest of all that is drawn of a series; 0 where nothing is. */
int cf_series_range(const struct cf_chart *chart, const struct cf_chart_series *series, double *low,
                    double *high);
/* The colour of a cell: f or h, and what is written on it; from 0 to 1. */
#define CF_HEAT_STEPS 7
int cf_heat_step(double share);

#endif
