#include "cli/command.h"

#include "output/render_text.h"
#include "plan/sensitivity.h"

enum cf_status cf_cmd_sensitivity(const struct cf_call *call)
{
    struct cf_table_span year;
    struct cf_table table;
    cf_results *results;
    struct cf_sensitivity_query query = {.scenario = cf_call_value(call, "scenario"),
                                         .indicator = cf_call_value(call, "indicator"),
                                         .area = cf_call_value(call, "area")};
    if (!cf_call_either(call, "csv", "json") || !cf_call_span(call, "year", &year, &query.year))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = cf_sensitivity_table(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}
