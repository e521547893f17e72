#include "cli/command.h"

#include "base/text.h"
#include "output/render_text.h"
#include "plan/outlook.h"

static int reads_by(const struct cf_call *call, struct cf_outlook_query *query)
{
    const char *by = cf_call_value(call, "by"), *area = cf_call_value(call, "area");
    const char *pool = cf_call_value(call, "pool");
    if (!cf_call_either(call, "area", "pool"))
        return 0;
    if (by && !cf_text_same(by, "area") && !cf_text_same(by, "pool")) {
        cf_report(call->diag, CF_ERROR, "call.choice", (struct cf_at){0}, NULL,
                  "--by wants pool or area, not '%s'", by);
        return 0;
    }
    query->by_area = area || cf_text_same(by ? by : "", "area");
    /* A screen for people is of the whole, unless they ask for more. */
    query->member = area || pool ? (area ? area : pool) : query->for_people && !by ? "all" : NULL;
    return 1;
}

enum cf_status cf_cmd_indicators(const struct cf_call *call)
{
    struct cf_table_span year;
    struct cf_table table;
    cf_results *results;
    enum cf_status judged;
    struct cf_outlook_query query = {.scenario = cf_call_value(call, "scenario"),
                                     .indicator = cf_call_value(call, "indicator"),
                                     .for_people = !cf_call_value(call, "csv") &&
                                                   !cf_call_value(call, "json")};
    if (!cf_call_either(call, "csv", "json") || !reads_by(call, &query) ||
        !cf_call_span(call, "year", &year, &query.year))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = cf_outlook_table(&table, results, &query, &judged, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status == CF_OK ? judged : status;
}
