#include "cli/command.h"

#include "base/text.h"
#include "output/render_csv.h"
#include "output/render_ees.h"
#include "output/suppress.h"
#include "output/table_draws.h"

/* What is wanted of draws; *any: something is. */
static int read_statistics(const struct cf_call *call, struct cf_statistics *wanted, int *any)
{
    const char *level = cf_call_value(call, "exceeds");
    *wanted = (struct cf_statistics){.mean = cf_call_value(call, "mean") != NULL,
                                     .sd = cf_call_value(call, "sd") != NULL,
                                     .exceeds = level != NULL};
    if (!cf_call_numbers(call, "quantiles", 0, 1, CF_MOST_QUANTILES, wanted->quantile,
                         &wanted->n_quantiles))
        return 0;
    *any = wanted->n_quantiles > 0 || wanted->mean || wanted->sd || wanted->exceeds;
    if (!level || cf_parse_double(level, &wanted->level))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.number", (struct cf_at){0}, NULL,
              "--exceeds wants a number, not '%s'", level);
    return 0;
}

static int read_query(const struct cf_call *call, struct cf_table_query *query,
                      struct cf_table_span *year, struct cf_table_span *age)
{
    *query = (struct cf_table_query){.variable = cf_call_value(call, "variable"),
                                     .scenario = cf_call_value(call, "scenario"),
                                     .by = cf_call_value(call, "by"),
                                     .sum = cf_call_value(call, "sum")};
    if (!query->variable) {
        cf_report(call->diag, CF_ERROR, "call.variable", (struct cf_at){0},
                  "`cohortflow info` lists the variables", "--variable is needed");
        return 0;
    }
    return cf_call_either(call, "csv", "json") && cf_call_either(call, "csv", "text") &&
           cf_call_either(call, "json", "text") && cf_call_either(call, "ees", "csv") &&
           cf_call_either(call, "ees", "json") && cf_call_either(call, "ees", "text") &&
           cf_call_span(call, "year", year, &query->year) &&
           cf_call_span(call, "age", age, &query->age);
}

/* The table where the call wants it: on standard output, or in a folder. */
static enum cf_status put_out(const struct cf_call *call, struct cf_table *table,
                              const cf_results *results, const struct cf_table_query *query,
                              double below)
{
    const char *folder = cf_call_value(call, "ees");
    if (folder) {
        const struct cf_ees ees = {.table = table,
                                   .results = results,
                                   .variable = cf_results_find(results, query->variable),
                                   .tier = query->by ? query->by : "area",
                                   .below = below};
        return cf_write_ees(folder, &ees, call->diag);
    }
    if (below > 0)
        cf_suppress(table, below);
    return cf_call_print(call, table, cf_render_csv);
}

enum cf_status cf_cmd_export(const struct cf_call *call)
{
    struct cf_table_span year, age;
    struct cf_table_query query;
    struct cf_statistics wanted;
    struct cf_table table;
    cf_results *results;
    double below = 0;
    int any;
    if (!cf_call_number(call, "suppress", 0, CF_SUPPRESS_MOST, &below))
        return CF_USAGE;
    if (!read_query(call, &query, &year, &age) || !read_statistics(call, &wanted, &any))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = any ? cf_table_of_draws(&table, results, &query, &wanted, call->diag)
                 : cf_table_of_variable(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = put_out(call, &table, results, &query, below);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}
