#include "output/svg.h"

#include "output/escape.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A picture of its own: what the page's style says of the same classes, and words around it. */
static const char *const own_style[] = {
    "<style>text{font:13px system-ui,sans-serif;fill:#1d2430}.q{fill:#525c6b}.b{font-weight:600}",
    ".e{text-anchor:end}.m{text-anchor:middle}.h{font-size:17px;font-weight:600}.paper{fill:#fff}",
    ".g{stroke:#dfe4ec;stroke-width:1}.a{stroke:#7a8494;stroke-width:1}",
    ".s1,.s2,.s3,.s4,.s5,.s6{fill:none;stroke-width:2.5;stroke-linejoin:round}.dash{stroke-"
    "dasharray:5 4}",
    ".s1{stroke:#12436d}.s2{stroke:#28a197}.s3{stroke:#801650}.s4{stroke:#f46a25}.s5{stroke:#"
    "3d3d3d}",
    ".s6{stroke:#a285d1}.f1{fill:#12436d}.f2{fill:#28a197}.f3{fill:#801650}.f4{fill:#f46a25}",
    ".f5{fill:#3d3d3d}.f6{fill:#a285d1}.wide{fill-opacity:.18}.half{fill-opacity:.34}",
    ".cell{stroke:#fff;stroke-width:2}.h0{fill:#edf2f7}.h1{fill:#d3e0ec}.h2{fill:#b2cbe0}",
    ".h3{fill:#86abcc}.h4{fill:#5486b2}.h5{fill:#2d6191}.h6{fill:#12436d}.i{fill:#fff}",
    ".none{fill:#fff;stroke:#7a8494;stroke-dasharray:3 3}.ring{fill:#fff;stroke-width:2.5}",
    ".mark{fill:#f46a25;stroke:#fff;stroke-width:1.5}</style>",
    NULL,
};
enum { TITLE_WIDTH = 64, TITLE_LINE = 22, FOOT = 26, FOOT_WIDTH = 100, MARGIN = 16 };

static void number(struct cf_text *text, double value)
{
    const double tenth = floor(value * 10 + 0.5);
    cf_text_number(text, (tenth == 0 ? 0 : tenth) / 10);
}

static void attribute(struct cf_svg *svg, const char *name, double value)
{
    cf_text_format(svg->text, " %s=\"", name);
    number(svg->text, value);
    cf_text_add(svg->text, "\"");
}

static void style(struct cf_svg *svg, const char *name)
{
    cf_text_format(svg->text, " class=\"%s\"", name);
}

/* What stands below a picture of its own: there is no key beside it. */
static const char *foot_of(const struct cf_chart *chart)
{
    int bands = 0;
    for (int s = 0; s < chart->n_series; s++)
        bands |= chart->series[s].low != NULL;
    if (!bands || (chart->kind != CF_CHART_FAN && chart->kind != CF_CHART_DOTS))
        return "projection, not a forecast";
    if (chart->kind == CF_CHART_DOTS)
        return chart->in_ten == 8
                   ? "bar: eight futures in ten; dot: the middle; projection, not a forecast"
                   : "bar: nine futures in ten; dot: the middle; projection, not a forecast";
    return "bands: nine futures in ten, one in two; line: the middle; projection, not a forecast";
}

void cf_svg_begin(struct cf_svg *svg, int part, const char *title, const char *description)
{
    char id[96];
    double top = 0, x = 0, width = svg->width, height = svg->height;
    const int lines = cf_characters(svg->chart->title) > TITLE_WIDTH ? 2 : 1;
    snprintf(id, sizeof id, part < 0 ? "%.64s" : "%.64s-%d", svg->chart->id, part);
    if (svg->alone) {
        top = -(MARGIN + 8 + lines * TITLE_LINE);
        x = -MARGIN;
        width += 2 * MARGIN;
        height += FOOT - top;
    }
    cf_text_format(svg->text, "<svg%s viewBox=\"",
                   svg->alone ? " xmlns=\"http://www.w3.org/2000/svg\"" : "");
    number(svg->text, x);
    cf_text_add(svg->text, " ");
    number(svg->text, top);
    cf_text_add(svg->text, " ");
    number(svg->text, width);
    cf_text_add(svg->text, " ");
    number(svg->text, height);
    cf_text_format(svg->text, "\" role=\"img\" aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">",
                   id, id, id);
    cf_escape(svg->text, title);
    cf_text_format(svg->text, "</title><desc id=\"%s-d\">", id);
    cf_escape(svg->text, description);
    cf_text_add(svg->text, "</desc>");
    if (!svg->alone)
        return;
    for (const char *const *line = own_style; *line; line++)
        cf_text_add(svg->text, *line);
    cf_svg_box(svg, "paper", x, top, width, height);
    cf_svg_say_lines(svg, "h", 0, top + MARGIN + TITLE_LINE - 6, svg->chart->title, TITLE_WIDTH);
    cf_svg_say(svg, "q", 0, svg->height + FOOT - 10, foot_of(svg->chart), FOOT_WIDTH);
}

void cf_svg_end(struct cf_svg *svg)
{
    cf_text_add(svg->text, "</svg>\n");
}

void cf_svg_line(struct cf_svg *svg, const char *name, double x1, double y1, double x2, double y2)
{
    cf_text_add(svg->text, "<line");
    style(svg, name);
    attribute(svg, "x1", x1);
    attribute(svg, "y1", y1);
    attribute(svg, "x2", x2);
    attribute(svg, "y2", y2);
    cf_text_add(svg->text, "/>");
}

void cf_svg_box(struct cf_svg *svg, const char *name, double x, double y, double width,
                double height)
{
    cf_text_add(svg->text, "<rect");
    style(svg, name);
    attribute(svg, "x", x);
    attribute(svg, "y", y);
    attribute(svg, "width", width);
    attribute(svg, "height", height);
    cf_text_add(svg->text, "/>");
}

void cf_svg_dot(struct cf_svg *svg, const char *name, double x, double y, double radius)
{
    cf_text_add(svg->text, "<circle");
    style(svg, name);
    attribute(svg, "cx", x);
    attribute(svg, "cy", y);
    attribute(svg, "r", radius);
    cf_text_add(svg->text, "/>");
}

void cf_svg_say(struct cf_svg *svg, const char *name, double x, double y, const char *said,
                size_t most)
{
    cf_text_add(svg->text, "<text");
    style(svg, name);
    attribute(svg, "x", x);
    attribute(svg, "y", y);
    cf_text_add(svg->text, ">");
    cf_escape_short(svg->text, said, most);
    cf_text_add(svg->text, "</text>");
}

int cf_svg_say_lines(struct cf_svg *svg, const char *name, double x, double y, const char *said,
                     size_t width)
{
    const char *cut = NULL;
    char first[512];
    size_t characters = 0;
    for (const char *at = said; *at && characters <= width; at++) {
        characters += ((unsigned char)*at & 0xc0) != 0x80;
        if (*at == ' ' && characters <= width)
            cut = at;
    }
    if (characters <= width || !cut || (size_t)(cut - said) >= sizeof first) {
        cf_svg_say(svg, name, x, y, said, width);
        return 1;
    }
    snprintf(first, sizeof first, "%.*s", (int)(cut - said), said);
    cf_svg_say(svg, name, x, y, first, width);
    cf_svg_say(svg, name, x, y + (strcmp(name, "h") ? 15 : TITLE_LINE), cut + 1, width);
    return 2;
}

void cf_svg_path_begin(struct cf_svg *svg)
{
    cf_text_add(svg->text, "<path d=\"");
}

void cf_svg_path_to(struct cf_svg *svg, int first, double x, double y)
{
    cf_text_add(svg->text, first ? "M" : "L");
    number(svg->text, x);
    cf_text_add(svg->text, " ");
    number(svg->text, y);
}

void cf_svg_path_end(struct cf_svg *svg, const char *name, int close)
{
    cf_text_add(svg->text, close ? "Z\"" : "\"");
    style(svg, name);
    cf_text_add(svg->text, "/>");
}

struct cf_svg_style cf_svg_style(char kind, int series, const char *more)
{
    struct cf_svg_style made;
    snprintf(made.name, sizeof made.name, "%c%d %.8s", kind, series % 6 + 1, more);
    made.name[more[0] ? sizeof made.name - 1 : 2] = '\0';
    return made;
}

/* ---- scales ---- */

struct cf_scale cf_scale_of(double low, double high, int most, double from, double to)
{
    if (!(high > low))
        high = low + (low == 0 ? 1 : fabs(low) * 0.1);
    double step = 1, wanted = (high - low) / most;
    while (step > wanted)
        step /= 10;
    while (step * 10 <= wanted)
        step *= 10;
    step *= wanted <= step ? 1 : wanted <= 2 * step ? 2 : wanted <= 5 * step ? 5 : 10;
    const double slack = step * 1e-9;
    return (struct cf_scale){.low = floor((low + slack) / step) * step,
                             .high = ceil((high - slack) / step) * step,
                             .step = step,
                             .from = from,
                             .to = to};
}

double cf_on_scale(const struct cf_scale *scale, double value)
{
    return scale->from +
           (value - scale->low) / (scale->high - scale->low) * (scale->to - scale->from);
}

const char *cf_value_told(char told[CF_TOLD_ROOM], double value, int is_share,
                          const struct cf_scale *scale)
{
    char digits[CF_TOLD_ROOM];
    const double size = fabs(value) * (is_share ? 100 : 1);
    const double step = scale ? scale->step * (is_share ? 100 : 1) : 0;
    int decimals = is_share ? 1 : size < 10 && size != floor(size);
    if (scale)
        decimals = step >= 0.999 ? 0 : step >= 0.0999 ? 1 : 2;
    if (isnan(value) || size >= 1e15)
        return "-";
    snprintf(digits, sizeof digits, "%.*f", decimals, size);
    const int nought = !digits[strcspn(digits, "123456789")];
    const size_t whole = strcspn(digits, ".");
    size_t n = 0;
    if (value < 0 && !nought) {
        memcpy(told, "\xe2\x88\x92", 3); /* a minus sign */
        n = 3;
    }
    for (size_t k = 0; k < whole; k++) {
        if (k > 0 && (whole - k) % 3 == 0)
            told[n++] = ',';
        told[n++] = digits[k];
    }
    snprintf(told + n, CF_TOLD_ROOM - n, "%s%s", digits + whole, is_share ? "%" : "");
    return told;
}

int cf_series_range(const struct cf_chart *chart, const struct cf_chart_series *series, double *low,
                    double *high)
{
    const double *const all[] = {series->value,    series->low,       series->high,
                                 series->low_half, series->high_half, series->mark};
    int any = 0;
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        for (int x = 0; all[k] && x < chart->n_x; x++) {
            const double value = all[k][x];
            if (isnan(value))
                continue;
            *low = any && *low < value ? *low : value;
            *high = any && *high > value ? *high : value;
            any = 1;
        }
    return any;
}

int cf_heat_step(double share)
{
    const int step = (int)floor(share * CF_HEAT_STEPS);
    return step < 0 ? 0 : step >= CF_HEAT_STEPS ? CF_HEAT_STEPS - 1 : step;
}
