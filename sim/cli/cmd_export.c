#include "cli/command.h"

#include "base/text.h"
#include "model/selector.h"
#include "output/render_csv.h"

#include <limits.h>

/* --year, --age: A, A-B, A- or -B. NULL in *span where the option is not given. 0: said. */
static int read_span(const struct cf_call *call, const char *option, struct cf_table_span *room,
                     const struct cf_table_span **span)
{
    const char *text = cf_call_value(call, option);
    int single;
    *span = text ? room : NULL;
    if (!text || (cf_parse_range(text, &room->first, &room->last, &single) &&
                  room->first <= room->last && (room->first != INT_MIN || room->last != INT_MAX)))
        return 1;
    cf_report(call->diag, CF_ERROR, "call.span", (struct cf_at){0}, NULL,
              "--%s wants a number or a range like %s, not '%s'", option,
              cf_text_same(option, "age") ? "16-18" : "2013-2015", text);
    return 0;
}

enum cf_status cf_cmd_export(const struct cf_call *call)
{
    struct cf_table_span year, age;
    struct cf_table_query query = {.variable = cf_call_value(call, "variable"),
                                   .scenario = cf_call_value(call, "scenario"),
                                   .by = cf_call_value(call, "by"),
                                   .sum = cf_call_value(call, "sum")};
    const int json = cf_call_value(call, "json") != NULL;
    if (!query.variable) {
        cf_report(call->diag, CF_ERROR, "call.variable", (struct cf_at){0},
                  "`cohortflow info` lists the variables", "--variable is needed");
        return CF_USAGE;
    }
    if (json && cf_call_value(call, "csv")) {
        cf_report(call->diag, CF_ERROR, "call.both", (struct cf_at){0}, NULL,
                  "--csv and --json are both given");
        return CF_USAGE;
    }
    if (!read_span(call, "year", &year, &query.year) || !read_span(call, "age", &age, &query.age))
        return CF_USAGE;
    cf_results *results;
    enum cf_status status = cf_results_open(call->operand[0], &results, call->diag);
    if (status != CF_OK)
        return status;
    struct cf_table table;
    status = cf_table_of_variable(&table, results, &query, call->diag);
    if (status == CF_OK) {
        status = (json ? cf_render_json : cf_render_csv)(&table, stdout, call->diag);
        cf_table_free(&table);
    }
    cf_results_close(results);
    return status;
}
