#include "cli/scenarios.h"

#include "engine/select.h"
#include "exec/sched.h"
#include "output/render_text.h"
#include "plan/decompose.h"

#define MOST_THREADS 1024

enum cf_status cf_cmd_decompose(const struct cf_call *call)
{
    struct cf_table_span year, age;
    struct cf_table table;
    struct cf_scenarios scenarios;
    struct cf_decompose_query query = {.by = cf_call_value(call, "by"),
                                       .variable = cf_call_value(call, "variable"),
                                       .kernels = cf_select_kernels(NULL),
                                       .threads = cf_threads_offered()};
    if (!cf_call_either(call, "csv", "json") || !cf_call_span(call, "year", &year, &query.year) ||
        !cf_call_span(call, "age", &age, &query.age) ||
        !cf_call_int(call, "threads", 1, MOST_THREADS, &query.threads))
        return CF_USAGE;
    enum cf_status status = cf_load_scenarios(call, &scenarios);
    if (status == CF_OK)
        status = cf_decompose_table(&table, scenarios.model[0], &query, call->diag);
    if (status == CF_OK) {
        status = cf_call_print(call, &table, cf_render_text);
        cf_table_free(&table);
    }
    cf_free_scenarios(&scenarios);
    return status;
}
