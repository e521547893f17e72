#include "cli/command.h"

#include "output/render_text.h"
#include "plan/regret.h"

enum cf_status cf_cmd_regret(const struct cf_call *call)
{
    struct cf_table table;
    enum cf_status judged;
    cf_results *results;
    const struct cf_regret_query query = {.scenario = cf_call_value(call, "scenario"),
                                          .draws = cf_call_value(call, "draws") != NULL};
    if (!cf_call_either(call, "csv", "json") || !cf_call_either(call, "draws", "actions"))
        return CF_USAGE;
    if (query.scenario && !cf_call_value(call, "actions")) {
        cf_report(call->diag, CF_ERROR, "call.option", (struct cf_at){0}, NULL,
                  "--scenario goes with --actions: how plans fare is told of all of them");
        return CF_USAGE;
    }
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = (cf_call_value(call, "actions") ? cf_action_table : cf_regret_table)(
        &table, results, &query, &judged, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status == CF_OK ? judged : status;
}
