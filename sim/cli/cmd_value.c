#include "cli/command.h"

#include "output/render_text.h"
#include "plan/value.h"

enum cf_status cf_cmd_value(const struct cf_call *call)
{
    struct cf_table_span year;
    struct cf_table table;
    cf_results *results;
    enum cf_status judged;
    struct cf_value_query query = {
        .plan = {.scenario = cf_call_value(call, "scenario"), .by = cf_call_value(call, "by")},
        .for_people = !cf_call_value(call, "csv") && !cf_call_value(call, "json")};
    if (!cf_call_either(call, "csv", "json") ||
        !cf_call_span(call, "year", &year, &query.plan.year))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = cf_value_table(&table, results, &query, &judged, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status == CF_OK ? judged : status;
}
