#include "cli/with_results.h"

#include "engine/select.h"
#include "exec/sched.h"
#include "output/render_text.h"
#include "plan/risks.h"

#define MOST_THREADS 1024

enum cf_status cf_cmd_risks(const struct cf_call *call)
{
    struct cf_table_span year;
    struct cf_table table;
    struct cf_scenarios scenarios;
    cf_results *results;
    struct cf_risks_query query = {.indicator = cf_call_value(call, "indicator"),
                                   .authority = cf_call_value(call, "authority"),
                                   .kernels = cf_select_kernels(NULL),
                                   .threads = cf_threads_offered(),
                                   .brief =
                                       !cf_call_value(call, "csv") && !cf_call_value(call, "json")};
    if (!cf_call_either(call, "csv", "json") || !cf_call_span(call, "year", &year, &query.year) ||
        !cf_call_int(call, "threads", 1, MOST_THREADS, &query.threads))
        return CF_USAGE;
    enum cf_status status = cf_results_open(call->operand[1], &results, call->diag);
    if (status != CF_OK)
        return status;
    status = cf_load_with_results(call, results, NULL, &scenarios, &query.scenario);
    if (status == CF_OK) {
        status = cf_risks_table(&table, results, scenarios.model[0], &query, call->diag);
        if (status == CF_OK || status == CF_BROKEN) {
            const enum cf_status printed = cf_call_print(call, &table, cf_render_text);
            status = printed == CF_OK ? status : printed;
            cf_table_free(&table);
        }
    }
    cf_free_scenarios(&scenarios);
    cf_results_close(results);
    return status;
}
