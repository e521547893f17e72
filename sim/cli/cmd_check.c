#include "cli/scenarios.h"

enum cf_status cf_cmd_check(const struct cf_call *call)
{
    struct cf_scenarios scenarios;
    const enum cf_status status = cf_load_scenarios(call, &scenarios);
    for (int i = 0; i < scenarios.n && status == CF_OK && !call->quiet; i++) {
        const struct cf_model *m = scenarios.model[i];
        printf("%s: good; %d areas, %d groups, ages %d-%d, years %d-%d, %d levers, %d files\n",
               m->scenario.path, m->extent.A, m->extent.G, m->scenario.first_age,
               m->scenario.last_age, m->scenario.base_year, m->scenario.end_year,
               m->scenario.n_levers, m->n_files);
    }
    cf_free_scenarios(&scenarios);
    return status;
}
