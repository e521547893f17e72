#include "cli/command.h"

#include "output/render_csv.h"

/* Years as the results hold them; anything else is met by the table itself. */
#define LEAST_YEAR 1800
#define MOST_YEAR 2300

enum cf_status cf_cmd_export(const struct cf_call *call)
{
    int year = 0;
    const char *variable = cf_call_value(call, "variable");
    const int json = cf_call_value(call, "json") != NULL;
    if (!variable) {
        cf_report(call->diag, CF_ERROR, "call.variable", (struct cf_at){0},
                  "`cohortflow info` lists the variables", "--variable is needed");
        return CF_USAGE;
    }
    if (json && cf_call_value(call, "csv")) {
        cf_report(call->diag, CF_ERROR, "call.both", (struct cf_at){0}, NULL,
                  "--csv and --json are both given");
        return CF_USAGE;
    }
    if (!cf_call_int(call, "year", LEAST_YEAR, MOST_YEAR, &year))
        return CF_USAGE;
    cf_results *results;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    struct cf_table table;
    const struct cf_table_query query = {
        .variable = variable, .year = year ? &year : NULL, .by = cf_call_value(call, "by")};
    status = cf_table_of_variable(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = (json ? cf_render_json : cf_render_csv)(&table, stdout, call->diag);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}
