#include <cohortflow/model.h>

#include "input/load.h"

#include <stdlib.h>

enum cf_status cf_model_open(const char *scenario_path, const char *const *set, int n_set,
                             cf_model **model, cf_diag *diag)
{
    *model = NULL;
    cf_model *m = calloc(1, sizeof *m);
    if (!m)
        return CF_INTERNAL;
    const enum cf_status status = cf_load_model(m, scenario_path, set, n_set, diag);
    if (status != CF_OK) {
        cf_model_close(m);
        return status;
    }
    *model = m;
    return CF_OK;
}

void cf_model_close(cf_model *model)
{
    if (model)
        cf_free_model(model);
    free(model);
}
