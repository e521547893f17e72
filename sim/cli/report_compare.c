#include "cli/compared.h"
#include "cli/report_parts.h"

#include "base/text.h"

/* What differs from the first file of the page: a draft beside what was confirmed, say. */

struct cf_report_comparison {
    struct cf_compared file[2];
    struct cf_comparison found;
};

void cf_report_end_comparison(struct cf_report_maker *maker)
{
    if (!maker->comparison)
        return;
    cf_comparison_free(&maker->comparison->found);
    for (int side = 0; side < 2; side++)
        cf_results_close(maker->comparison->file[side].results);
}

static enum cf_status compare(struct cf_report_maker *maker)
{
    const char *const path[] = {maker->first_path, maker->path};
    const struct cf_compare_query query = {0};
    struct cf_report_comparison *c = CF_TAKE(&maker->arena, 1, struct cf_report_comparison);
    enum cf_status status = CF_OK;
    maker->comparison = c;
    for (int side = 0; side < 2 && status == CF_OK; side++)
        status = cf_open_compared(&c->file[side], path[side], &maker->arena, maker->quiet);
    return status == CF_OK ? cf_compare(&c->found, c->file, &query, maker->quiet) : status;
}

void cf_report_compare(struct cf_report_maker *maker)
{
    static const struct cf_report_column headlines[] = {{"scenario", "Scenario", NULL},
                                                        {"variable", "What", NULL},
                                                        {"year", "Year", NULL},
                                                        {"a", "A: first file", NULL},
                                                        {"b", "B: this file", NULL},
                                                        {"difference", "Difference", NULL},
                                                        {"median", "Middle difference", NULL},
                                                        {"q0.05", "9 in 10: from", NULL},
                                                        {"q0.95", "to", NULL},
                                                        {"p_higher", "B is higher in", NULL},
                                                        {NULL, NULL, NULL}};
    static const struct cf_report_column inputs[] = {
        {"part", "Part", NULL},     {"scenario", "Scenario", NULL}, {"item", "What", NULL},
        {"change", "Change", NULL}, {"a", "A: first file", NULL},   {"b", "B: this file", NULL},
        {NULL, NULL, NULL}};
    if (!maker->first_path)
        return;
    cf_report_begin_section(maker, "compare", "What differs from the first file",
                            "What has changed between the two, and because of what?");
    cf_report_hush(maker);
    if (compare(maker) != CF_OK) {
        cf_report_miss(maker,
                       cf_arena_format(&maker->arena, "The two files cannot be compared: %s.",
                                       cf_report_why(maker)),
                       NULL);
        return;
    }
    struct cf_comparison *found = &maker->comparison->found;
    cf_report_say(maker, CF_TEXT_MESSAGE, -1, "A is the first file, B this one: %s.",
                  found->answer);
    if (found->headlines.n_rows > 0) {
        struct cf_report_table *added =
            cf_report_add_table(maker, "compare-headlines", "What the difference comes to",
                                cf_report_keep_table(maker, &found->headlines), headlines);
        added->persons = added->whole = 1;
        added->note = "A and B are central runs. Over draws: of the same future in both, "
                      "where both drew the same futures.";
    }
    if (found->inputs.n_rows > 0) {
        struct cf_report_table *added =
            cf_report_add_table(maker, "compare-inputs", "What went in and differs",
                                cf_report_keep_table(maker, &found->inputs), inputs);
        added->folded = added->whole = 1;
    }
}
