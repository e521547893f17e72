#include "cli/command.h"

#include "output/render_text.h"
#include "plan/plan_tables.h"

/* The commands that print a table of sim/plan. */

static int read_query(const struct cf_call *call, struct cf_plan_query *query,
                      struct cf_table_span *year)
{
    *query = (struct cf_plan_query){.scenario = cf_call_value(call, "scenario"),
                                    .by = cf_call_value(call, "by"),
                                    .rows = cf_call_value(call, "route")  ? CF_ROWS_ROUTE
                                            : cf_call_value(call, "line") ? CF_ROWS_LINE
                                                                          : CF_ROWS_DEFAULT,
                                    .matrix = cf_call_value(call, "matrix") != NULL};
    return cf_call_either(call, "csv", "json") && cf_call_either(call, "route", "line") &&
           cf_call_span(call, "year", year, &query->year) &&
           cf_call_number(call, "minutes", 0, 1e6, &query->minutes) &&
           cf_call_number(call, "share", 0, 1, &query->share);
}

static enum cf_status print_table(const struct cf_call *call, cf_plan_table *make)
{
    struct cf_plan_query query;
    struct cf_table_span year;
    struct cf_table table;
    cf_results *results;
    if (!read_query(call, &query, &year))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = make(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}

enum cf_status cf_cmd_gaps(const struct cf_call *call)
{
    return print_table(call, cf_gap_table);
}

enum cf_status cf_cmd_tiers(const struct cf_call *call)
{
    return print_table(call, cf_tier_table);
}

enum cf_status cf_cmd_coverage(const struct cf_call *call)
{
    return print_table(call, cf_coverage_table);
}

enum cf_status cf_cmd_duplicates(const struct cf_call *call)
{
    return print_table(call, cf_duplicates_table);
}

enum cf_status cf_cmd_flows(const struct cf_call *call)
{
    return print_table(call, cf_flow_table);
}
