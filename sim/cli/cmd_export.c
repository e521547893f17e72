#include "cli/command.h"

#include "output/render_csv.h"
#include "output/table.h"

enum cf_status cf_cmd_export(const struct cf_call *call)
{
    struct cf_table_span year, age;
    struct cf_table_query query = {.variable = cf_call_value(call, "variable"),
                                   .scenario = cf_call_value(call, "scenario"),
                                   .by = cf_call_value(call, "by"),
                                   .sum = cf_call_value(call, "sum")};
    if (!query.variable) {
        cf_report(call->diag, CF_ERROR, "call.variable", (struct cf_at){0},
                  "`cohortflow info` lists the variables", "--variable is needed");
        return CF_USAGE;
    }
    if (!cf_call_either(call, "csv", "json"))
        return CF_USAGE;
    if (!cf_call_span(call, "year", &year, &query.year) ||
        !cf_call_span(call, "age", &age, &query.age))
        return CF_USAGE;
    cf_results *results;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    struct cf_table table;
    status = cf_table_of_variable(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = (cf_call_value(call, "json") ? cf_render_json : cf_render_csv)(&table, stdout,
                                                                                call->diag);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}
