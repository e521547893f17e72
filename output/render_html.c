#include "output/render_html.h"

#include "output/escape.h"
#include "output/image.h"
#include "output/page_parts.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static void element(struct cf_text *to, const char *begin, const char *text, const char *end)
{
    cf_text_add(to, begin);
    cf_escape(to, text);
    cf_text_add(to, end);
}

/* ---- head ---- */

static void add_head(struct cf_text *page, const struct cf_report *report)
{
    cf_text_add(page, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                      "style-src '");
    cf_page_hash(page, cf_page_style());
    cf_text_add(page, "'; script-src '");
    cf_page_hash(page, cf_page_script());
    cf_text_add(page, "'; base-uri 'none'; form-action 'none'\">\n<meta name=\"viewport\" "
                      "content=\"width=device-width, initial-scale=1\">\n"
                      "<meta name=\"referrer\" content=\"no-referrer\">\n");
    element(page, "<title>", report->title, "</title>\n");
    cf_text_add(page, "<style>");
    cf_text_add(page, cf_page_style());
    cf_text_add(page, "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
                      "report</a>\n<header>\n");
    element(page, "<p class=\"kind\">", "Planning for ages 14 to 19", "</p>\n");
    element(page, "<h1>", report->title, "</h1>\n");
    if (report->subtitle)
        element(page, "<p class=\"subtitle\">", report->subtitle, "</p>\n");
    element(page, "<p class=\"badge\">", report->note, "</p>\n<dl class=\"facts\">\n");
    for (int k = 0; k < report->n_facts; k++) {
        element(page, "<div><dt>", report->facts[k].name, "</dt>");
        element(page, "<dd>", report->facts[k].value, "</dd></div>\n");
    }
    cf_text_add(page, "</dl>\n</header>\n");
}

static void add_nav(struct cf_text *page, const struct cf_report *report)
{
    cf_text_add(page, "<div class=\"body\">\n<nav aria-labelledby=\"contents\"><h2 "
                      "id=\"contents\">Contents</h2>\n<ol>\n");
    for (int s = 0; s < report->n_sections; s++) {
        cf_text_format(page, "<li><a href=\"#%s\">", report->sections[s].id);
        element(page, "", report->sections[s].heading, "</a></li>\n");
    }
    cf_text_add(page, "</ol>\n</nav>\n");
}

/* ---- choices ---- */

static void add_choice(struct cf_text *page, const char *id, const char *label, const char *all,
                       const struct cf_report_choice *choices, int n)
{
    if (n < 2)
        return;
    cf_text_format(page,
                   "<div><label for=\"%s\">%s</label><select id=\"%s\"><option value=\"\" "
                   "data-also=\"\">%s</option>",
                   id, label, id, all);
    for (int k = 0; k < n; k++) {
        element(page, "<option value=\"", choices[k].code, "\"");
        element(page, " data-also=\"", choices[k].also ? choices[k].also : "", "\">");
        element(page, "", choices[k].label, "</option>");
    }
    cf_text_add(page, "</select></div>\n");
}

static void add_choices(struct cf_text *page, const struct cf_report *report)
{
    if (report->n_scenarios < 2 && report->n_areas < 2)
        return;
    cf_text_add(page, "<div class=\"choose\" hidden>\n");
    add_choice(page, "choose-scenario", "Scenario", "All, one after the other", report->scenarios,
               report->n_scenarios);
    add_choice(page, "choose-area", "Area, in the tables", "All", report->areas, report->n_areas);
    cf_text_add(page, "<p id=\"chosen\" role=\"status\"></p>\n</div>\n");
}

static const char *label_of(const struct cf_report *report, const char *scenario)
{
    for (int k = 0; k < report->n_scenarios; k++)
        if (cf_text_same(report->scenarios[k].code, scenario))
            return report->scenarios[k].label;
    return scenario;
}

/* Which scenario something is of, as an attribute and, where there are several, in words. */
static void add_of(struct cf_text *page, const struct cf_report *report, const char *scenario)
{
    if (scenario && report->n_scenarios > 1)
        element(page, " data-s=\"", scenario, "\"");
}

static void add_of_words(struct cf_text *page, const struct cf_report *report, const char *scenario)
{
    if (scenario && report->n_scenarios > 1)
        element(page, " <span class=\"of\">", label_of(report, scenario), "</span> ");
}

/* ---- texts ---- */

static void add_texts(struct cf_text *page, const struct cf_report *report,
                      const struct cf_report_section *section)
{
    static const struct {
        const char *begin, *end;
    } tags[] = {
        [CF_TEXT_MESSAGE] = {"<p class=\"message\"", "</p>\n"},
        [CF_TEXT_PARAGRAPH] = {"<p", "</p>\n"},
        [CF_TEXT_POINT] = {"<li", "</li>\n"},
        [CF_TEXT_HEADING] = {"<h3", "</h3>\n"},
        [CF_TEXT_CODE] = {"<details", "</pre></details>\n"},
    };
    int in_list = 0;
    for (int k = 0; k < section->n_texts; k++) {
        const struct cf_report_text *text = &section->texts[k];
        const int is_point = text->kind == CF_TEXT_POINT;
        if (is_point != in_list)
            cf_text_add(page, is_point ? "<ul class=\"points\">\n" : "</ul>\n");
        in_list = is_point;
        cf_text_add(page, tags[text->kind].begin);
        add_of(page, report, text->scenario);
        cf_text_add(page, ">");
        if (text->kind == CF_TEXT_CODE)
            cf_text_add(page, "<summary>As the program read it</summary><pre>");
        add_of_words(page, report, text->scenario);
        cf_escape(page, text->text);
        cf_text_add(page, tags[text->kind].end);
    }
    cf_text_add(page, in_list ? "</ul>\n" : "");
}

static void add_missing(struct cf_text *page, const struct cf_report_section *section)
{
    if (!section->missing)
        return;
    element(page, "<div class=\"missing\"><p>", section->missing, "</p>");
    if (section->command)
        element(page, "<p><code>", section->command, "</code></p>");
    cf_text_add(page, "</div>\n");
}

/* ---- charts ---- */

static void add_key(struct cf_text *page, const struct cf_chart *chart)
{
    int bands = 0, marks = 0;
    for (int s = 0; s < chart->n_series; s++) {
        for (int x = 0; chart->series[s].low && x < chart->n_x; x++)
            bands |= chart->series[s].low[x] == chart->series[s].low[x];
        for (int x = 0; chart->series[s].mark && x < chart->n_x; x++)
            marks |= chart->series[s].mark[x] == chart->series[s].mark[x];
    }
    if (chart->kind != CF_CHART_FAN && chart->kind != CF_CHART_DOTS)
        return;
    if (!bands && !marks)
        return;
    cf_text_add(page, "<ul class=\"key\">");
    if (bands)
        cf_text_format(page,
                       "<li><svg aria-hidden=\"true\" viewBox=\"0 0 30 14\"><rect class=\"f1 "
                       "wide\" width=\"30\" height=\"14\"/></svg>%s futures in ten</li>",
                       chart->in_ten == 8 ? "eight" : "nine");
    if (bands && chart->kind == CF_CHART_FAN)
        cf_text_add(page,
                    "<li><svg aria-hidden=\"true\" viewBox=\"0 0 30 14\"><rect class=\"f1 wide\" "
                    "width=\"30\" height=\"14\"/><rect class=\"f1 half\" width=\"30\" "
                    "height=\"14\"/></svg>one future in two</li>");
    if (chart->kind == CF_CHART_FAN)
        cf_text_add(page, "<li><svg aria-hidden=\"true\" viewBox=\"0 0 30 14\"><line class=\"s1\" "
                          "x1=\"0\" y1=\"7\" x2=\"30\" y2=\"7\"/></svg>");
    else
        cf_text_add(page,
                    "<li><svg aria-hidden=\"true\" viewBox=\"0 0 30 14\"><circle class=\"f1\" "
                    "cx=\"15\" cy=\"7\" r=\"5\"/></svg>");
    cf_text_add(page, bands ? "the middle future" : "the central run");
    if (bands && chart->ranges_from)
        cf_text_format(page, " (not drawn from %d on: beyond five years only ranges are told)",
                       chart->ranges_from);
    cf_text_add(page, "</li>");
    if (marks) {
        cf_text_add(page,
                    "<li><svg aria-hidden=\"true\" viewBox=\"0 0 30 14\"><path class=\"mark\" "
                    "d=\"M15 0L22 7L15 14L8 7Z\"/></svg>");
        element(page, "", chart->mark_name ? chart->mark_name : "mark", "</li>");
    }
    cf_text_add(page, "</ul>\n");
}

static void add_chart(struct cf_text *page, const struct cf_report *report,
                      const struct cf_chart *chart)
{
    struct cf_table table;
    struct cf_report_table under = {.title = chart->title, .table = &table};
    struct cf_text id = {0};
    cf_text_format(page, "<figure id=\"%s\"", chart->id);
    add_of(page, report, chart->scenario);
    cf_text_format(page, "><figcaption id=\"%s-f\">", chart->id);
    cf_escape(page, chart->title);
    add_of_words(page, report, chart->scenario);
    cf_text_add(page, "</figcaption>\n");
    add_key(page, chart);
    if (chart->kind == CF_CHART_FAN)
        cf_chart_draw(page, chart, 0);
    else {
        cf_text_format(page,
                       "<div class=\"wide-chart%s\" tabindex=\"0\" role=\"group\" "
                       "aria-labelledby=\"%s-f\">",
                       chart->kind == CF_CHART_TILES ? " tiles" : "", chart->id);
        cf_chart_draw(page, chart, 0);
        cf_text_add(page, "</div>");
    }
    cf_chart_table(&table, chart);
    cf_text_format(&id, "%s-table", chart->id);
    under.id = id.data;
    cf_text_add(page, "<details><summary>The figures of this chart</summary>\n");
    cf_html_table(page, report, &under);
    cf_text_add(page, "</details></figure>\n");
    cf_text_free(&id);
    cf_table_free(&table);
}

/* ---- sections ---- */

static void add_tables(struct cf_text *page, const struct cf_report *report,
                       const struct cf_report_section *section)
{
    for (int k = 0; k < section->n_tables; k++) {
        const struct cf_report_table *table = &section->tables[k];
        if (table->folded)
            element(page, "<details><summary>Table: ", table->title, "</summary>\n");
        cf_html_table(page, report, table);
        if (table->folded)
            cf_text_add(page, "</details>\n");
    }
}

static void add_section(struct cf_text *page, const struct cf_report *report,
                        const struct cf_report_section *section)
{
    cf_text_format(page, "<section id=\"%s\" aria-labelledby=\"%s-h\"><h2 id=\"%s-h\">",
                   section->id, section->id, section->id);
    element(page, "", section->heading, "</h2>\n");
    if (section->lead)
        element(page, "<p class=\"lead\">", section->lead, "</p>\n");
    add_texts(page, report, section);
    add_missing(page, section);
    for (int k = 0; k < section->n_charts; k++)
        add_chart(page, report, &section->charts[k]);
    add_tables(page, report, section);
    cf_text_add(page, "</section>\n");
}

void cf_render_html(const struct cf_report *report, struct cf_text *page)
{
    add_head(page, report);
    add_nav(page, report);
    cf_text_add(page, "<main id=\"main\">\n");
    add_choices(page, report);
    for (int s = 0; s < report->n_sections; s++)
        add_section(page, report, &report->sections[s]);
    cf_text_add(page, "</main>\n</div>\n<footer>\n");
    element(page, "<p>", report->note,
            ". Every number here is in a table of this page, rounded for reading; copies and "
            "downloads have all its digits.</p>\n</footer>\n<script>");
    cf_text_add(page, cf_page_script());
    cf_text_add(page, "</script>\n</body>\n</html>\n");
}

/* ---- figures ---- */

enum cf_status cf_render_figures(const struct cf_report *report, const char *folder, cf_diag *diag)
{
    struct cf_arena arena;
    struct cf_text svg = {0};
    enum cf_status status = CF_OK;
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        cf_report(diag, CF_ERROR, "output.create", (struct cf_at){.path = folder}, NULL,
                  "cannot make the folder: %s", strerror(errno));
        return CF_CANNOT_CREATE;
    }
    cf_arena_init(&arena);
    for (int s = 0; s < report->n_sections; s++)
        for (int k = 0; k < report->sections[s].n_charts && status == CF_OK; k++) {
            const struct cf_chart *chart = &report->sections[s].charts[k];
            svg.length = 0;
            cf_chart_draw(&svg, chart, 1);
            status = cf_write_image(
                cf_path_join(&arena, folder, cf_arena_format(&arena, "%s.svg", chart->id)),
                svg.data, svg.length, diag);
        }
    cf_text_free(&svg);
    cf_arena_free(&arena);
    return status;
}
