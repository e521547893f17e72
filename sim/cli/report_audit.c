#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/value.h"

#include <math.h>

/* Have we got this? Nature and vintage of every table, and what better data would be worth; then
 * how the numbers came about. */

static void add_texts(struct cf_report_maker *maker, struct cf_table *table, const char *name,
                      const char *list, size_t rows)
{
    size_t n;
    const char *const *text = cf_results_list(maker->results, list, &n);
    struct cf_column *column = cf_add_column(table, name, CF_COLUMN_TEXT, rows);
    for (size_t row = 0; text && row < rows && row < n; row++)
        column->text[row] = text[row];
}

static void add_sources(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"table", "Table", NULL},      {"nature", "Nature", NULL},
        {"year", "Vintage", NULL},     {"publisher", "Publisher", NULL},
        {"title", "What it is", NULL}, {"note", "Note", NULL},
        {"licence", "Licence", NULL},  {NULL, NULL, NULL}};
    size_t rows;
    const char *const *nature = cf_results_list(maker->results, "source_nature", &rows);
    int real = 0, estimated = 0, made_up = 0;
    if (!nature || rows == 0) {
        cf_report_miss(maker,
                       "The place does not say where its figures come from. List its tables in "
                       "sources.csv: table, publisher, title, year, licence, nature (real, "
                       "estimated or illustrative).",
                       NULL);
        return;
    }
    for (size_t row = 0; row < rows; row++) {
        real += cf_text_same(nature[row], "real");
        estimated += cf_text_same(nature[row], "estimated");
        made_up += cf_text_same(nature[row], "illustrative");
    }
    cf_report_say(maker, CF_TEXT_MESSAGE, -1,
                  "The numbers come from %d tables: %d published as they stand, %d worked out from "
                  "published figures, %d judged or made up.",
                  (int)rows, real, estimated, made_up);
    struct cf_table *table = cf_report_new_table(maker);
    table->n_rows = rows;
    add_texts(maker, table, "table", "source_table", rows);
    add_texts(maker, table, "nature", "source_nature", rows);
    add_texts(maker, table, "year", "source_year", rows);
    add_texts(maker, table, "publisher", "source_publisher", rows);
    add_texts(maker, table, "title", "source_title", rows);
    add_texts(maker, table, "note", "source_note", rows);
    add_texts(maker, table, "licence", "source_licence", rows);
    struct cf_report_table *added = cf_report_add_table(
        maker, "sources", "Every table that the numbers come from", table, columns);
    added->folded = 1;
    added->note = "real: published as they stand. estimated: worked out from published figures. "
                  "illustrative: judged or made up, to be replaced.";
}

static void add_value(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"rank", "Rank", NULL},
        {"input", "What is not known", NULL},
        {"unplaced_share", "Share of what is uncertain in those without a place", NULL},
        {"evppi", "Worth knowing, pounds a year", NULL},
        {"known", "Known so far", NULL},
        {"vintage", "Vintage", NULL},
        {"advice", "How to know more", NULL},
        {NULL, NULL, NULL}};
    const struct cf_table_span year = {maker->strategy_year, maker->strategy_year};
    const struct cf_value_query query = {.plan = {.year = &year}};
    struct cf_table *table = cf_report_new_table(maker);
    enum cf_status judged;
    cf_report_hush(maker);
    if (cf_value_table(table, maker->results, &query, &judged, maker->quiet) != CF_OK) {
        cf_report_say(maker, CF_TEXT_PARAGRAPH, -1,
                      "What better data would be worth needs futures drawn over what is uncertain "
                      "(uncertain = ( ... ) in the scenario, run --draws 1000), and places.");
        return;
    }
    cf_report_say(maker, CF_TEXT_HEADING, -1, "To get first");
    int n = 0;
    for (size_t row = 0; row < table->n_rows && n < 3; row++) {
        const char *kind = cf_report_code(table, "kind", row);
        if (cf_text_same(kind, "risk"))
            continue;
        n++;
        cf_report_say(maker, CF_TEXT_POINT, -1,
                      "%s: it explains %s of what is uncertain in how many "
                      "have no place. %s.",
                      cf_report_text(table, "input", row),
                      cf_report_share(maker, cf_report_number(table, "unplaced_share", row)),
                      cf_report_text(table, "advice", row));
    }
    cf_report_add_table(maker, "value", "What each uncertain input is worth knowing", table,
                        columns)
        ->note = "Pounds a year that a decision made knowing it would save over one made without, "
                 "on the average; the parts need not add up.";
}

void cf_report_audit(struct cf_report_maker *maker)
{
    cf_report_begin_section(
        maker, "audit", "Data audit: have we got this?",
        "What does all this rest on, how old is it, and what is worth getting?");
    add_sources(maker);
    add_value(maker);
}

static void add_uncertain(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {{"entry", "What varies", NULL},
                                                      {"field", "Table it acts on", NULL},
                                                      {"by", "Drawn apart for each", NULL},
                                                      {NULL, NULL, NULL}};
    const struct cf_results_dim *entry = cf_results_dim(maker->results, "entry");
    const char *const *field = cf_results_attribute(maker->results, "entry", "field");
    const char *const *by = cf_results_attribute(maker->results, "entry", "by");
    if (!entry)
        return;
    struct cf_table *table = cf_report_new_table(maker);
    table->n_rows = entry->n;
    struct cf_column *name = cf_add_column(table, "entry", CF_COLUMN_TEXT, entry->n);
    struct cf_column *of = cf_add_column(table, "field", CF_COLUMN_TEXT, entry->n);
    struct cf_column *apart = cf_add_column(table, "by", CF_COLUMN_TEXT, entry->n);
    for (size_t k = 0; k < entry->n; k++) {
        name->text[k] = entry->code[k];
        of->text[k] = field ? field[k] : "";
        apart->text[k] = by ? by[k] : "";
    }
    cf_report_add_table(maker, "uncertain", "What was drawn anew for each future", table, columns)
        ->folded = 1;
}

static void add_inputs(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"file", "File", NULL}, {"sha256", "SHA-256", NULL}, {NULL, NULL, NULL}};
    size_t rows;
    if (!cf_results_list(maker->results, "input_file", &rows))
        return;
    struct cf_table *table = cf_report_new_table(maker);
    table->n_rows = rows;
    add_texts(maker, table, "file", "input_file", rows);
    add_texts(maker, table, "sha256", "input_sha256", rows);
    cf_report_add_table(maker, "inputs", "Every file that was read", table, columns)->folded = 1;
}

void cf_report_method(struct cf_report_maker *maker)
{
    static const char *const method[] = {
        "Residents are followed by area, group, single age, level and what they do. Each year they "
        "grow a year older, survive, move, gain levels, and choose what to do next; a ledger is "
        "closed after every step, so that nobody is lost or made up.",
        "Who chooses a route and a line asks for a place within reach. Places are shared out by "
        "travel, size, quality and borders until no site has more learners than places; who finds "
        "none takes a second choice or what the law provides.",
        "Futures are drawn over what is uncertain and over risks. The middle future is the median "
        "of all: half lie below it. Nine in ten lie in the range given. The central run, "
        "everything "
        "as assumed and no risk happening, is none of them and never the headline where there are "
        "draws.",
        "Up to two years ahead is for action, up to five for strategy. Beyond five years only "
        "ranges are told, and what holds in most futures.",
        "Without a place means: on the line of first choice. Most of them take another line; it is "
        "not the same as being out of education."};
    size_t n;
    const char *const *scenario_text = cf_results_list(maker->results, "scenario_text", &n);
    const char *sha = cf_results_text(maker->results, "content_sha256");
    const char *seed = cf_results_text(maker->results, "seed");
    const char *design = cf_results_text(maker->results, "design");
    cf_report_begin_section(maker, "method", "Assumptions and method",
                            "How do the numbers come about, and what do they take for granted?");
    for (size_t k = 0; k < sizeof method / sizeof *method; k++)
        cf_report_say(maker, CF_TEXT_PARAGRAPH, -1, "%s", method[k]);
    cf_report_say(
        maker, CF_TEXT_PARAGRAPH, -1,
        "Made from results with the content %s%s%s%s%s. cohortflow verify %s checks them, "
        "cohortflow export prints any number in full.",
        sha ? sha : "(not named)", design ? ", design " : "", design ? design : "",
        seed ? ", seed " : "", seed ? seed : "", maker->file);
    add_uncertain(maker);
    add_inputs(maker);
    if (scenario_text && n > 0)
        cf_report_say(maker, CF_TEXT_HEADING, -1, "The scenario, with all its settings");
    for (size_t k = 0; scenario_text && k < n; k++)
        cf_report_say(maker, CF_TEXT_CODE, (int)k < maker->n_scenarios ? (int)k : -1, "%s",
                      scenario_text[k]);
}
