#include <cohortflow/run.h>

#include "engine/select.h"
#include "exec/batch.h"

#include <stdlib.h>
#include <string.h>

/* A run that stays in memory: what the public header offers, on one worker. */
struct cf_run {
    struct cf_batch batch;
    struct cf_layout *layout;
    double *value;
};

enum cf_status cf_run_open(const cf_model *model, const char *kernels, cf_run **run, cf_diag *diag)
{
    const struct cf_kernels *chosen = cf_select_kernels(kernels);
    *run = NULL;
    if (!chosen)
        return CF_USAGE;
    const enum cf_status status = cf_check_levers(model, diag);
    if (status != CF_OK)
        return status;
    cf_run *r = calloc(1, sizeof *r);
    if (!r)
        return CF_INTERNAL;
    struct cf_arena *arena = &r->batch.worker.arena;
    cf_batch_init(&r->batch, model, chosen);
    r->layout = cf_record_layout(arena, model);
    r->value = CF_TAKE(arena, r->layout->length, double);
    *run = r;
    return CF_OK;
}

void cf_run_close(cf_run *run)
{
    if (run)
        cf_batch_free(&run->batch);
    free(run);
}

enum cf_status cf_run_compute(cf_run *run, cf_diag *diag)
{
    const struct cf_trouble trouble = cf_batch_run(&run->batch, run->layout, run->value);
    if (trouble.status == CF_RUN_OK)
        return CF_OK;
    cf_report_trouble(run->batch.worker.model, &trouble, diag);
    return trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
}

int cf_run_variable(const cf_run *run, const char *name, struct cf_run_variable *variable)
{
    for (int i = 0; i < run->layout->n_variables; i++) {
        const struct cf_variable *v = &run->layout->variable[i];
        if (strcmp(v->name, name) != 0)
            continue;
        *variable = (struct cf_run_variable){.name = v->name,
                                             .units = v->units,
                                             .long_name = v->long_name,
                                             .n_dims = v->n_dims,
                                             .value = run->value + v->offset};
        memcpy(variable->dim, v->dim, sizeof variable->dim);
        memcpy(variable->extent, v->extent, sizeof variable->extent);
        return 1;
    }
    return 0;
}
