#include "exec/batch.h"

void cf_batch_init(struct cf_batch *batch, const struct cf_model *model,
                   const struct cf_kernels *kernels)
{
    cf_worker_init(&batch->worker, model, kernels);
    cf_binding_init(&batch->binding, model, &batch->worker.arena);
}

void cf_batch_free(struct cf_batch *batch)
{
    cf_worker_free(&batch->worker);
}

static void bind_year(void *self, int y, struct cf_inputs *inputs)
{
    cf_bind_year(self, y, inputs);
}

struct cf_trouble cf_batch_run(struct cf_batch *batch, const struct cf_layout *layout,
                               double *record)
{
    const struct cf_binder binder = {.self = &batch->binding, .bind = bind_year};
    cf_run_batch(&batch->worker, &binder, layout, &record, 1);
    return batch->worker.trouble[0];
}

void cf_report_trouble(const struct cf_model *model, const struct cf_trouble *t, cf_diag *diag)
{
    char age[32] = "";
    if (t->age >= 0)
        snprintf(age, sizeof age, ", age %d", t->age);
    cf_report(diag, CF_ERROR, "run.failed", (struct cf_at){.path = model->scenario.path}, NULL,
              "the run failed in %d, area '%s'%s, in '%s': %s", t->year,
              model->axis[CF_AXIS_AREA].codes.name[t->area], age, t->process, t->what);
}
