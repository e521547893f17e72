#include "exec/batch.h"

#include "base/text.h"

#include <string.h>

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

void cf_batch_runs(struct cf_batch *batch, const struct cf_layout *layout, int point,
                   int first_draw, int n, double *const *record, struct cf_trouble *trouble)
{
    const struct cf_binder binder = {.self = &batch->binding, .bind = bind_year};
    (void)point, (void)first_draw;
    memset(batch->worker.trouble, 0, sizeof batch->worker.trouble);
    cf_run_batch(&batch->worker, &binder, layout, record, n);
    memcpy(trouble, batch->worker.trouble, (size_t)n * sizeof *trouble);
}

/* "group 'main', age 17, level 'l2', status 'gfe'" of a row of progression. */
static void row_text(const struct cf_model *model, long row, struct cf_text *text)
{
    const struct cf_extent *e = &model->extent;
    const long s = row % e->S, l = row / e->S % e->L, x = row / e->S / e->L % e->X;
    cf_text_format(text, " group '%s', age %d, level '%s', status '%s'",
                   model->axis[CF_AXIS_GROUP].codes.name[row / e->S / e->L / e->X],
                   e->first_age + (int)x, model->axis[CF_AXIS_LEVEL].codes.name[l],
                   model->axis[CF_AXIS_STATUS].codes.name[s]);
}

void cf_report_trouble(const struct cf_model *model, const struct cf_trouble *t, cf_diag *diag)
{
    struct cf_text age = {0}, row = {0}, area = {0};
    cf_text_add(&age, "");
    cf_text_add(&area, "");
    cf_text_add(&row, "");
    if (t->age >= 0)
        cf_text_format(&age, ", age %d", t->age);
    if (t->row > 0)
        row_text(model, t->row - 1, &row);
    if (t->line > 0)
        cf_text_format(&row, " (line '%s')", model->axis[CF_AXIS_LINE].codes.name[t->line - 1]);
    if (t->target > 0) {
        const struct cf_target *target = &model->scenario.target[t->target - 1];
        cf_report(diag, CF_ERROR, "target.out-of-reach", target->at,
                  "a shift of the log odds by more than 10 either way is not tried",
                  "target is out of reach in %d for %s: a share of %.9g is wanted, %.9g to %.9g "
                  "can be had",
                  t->year, target->scope, t->wanted, t->low, t->high);
        cf_text_free(&age);
        cf_text_free(&row);
        cf_text_free(&area);
        return;
    }
    if (t->area >= 0)
        cf_text_format(&area, ", area '%s'", model->axis[CF_AXIS_AREA].codes.name[t->area]);
    cf_report(diag, CF_ERROR, "run.failed", (struct cf_at){.path = model->scenario.path}, NULL,
              "the run failed in %d%s%s, in '%s': %s%s", t->year, area.data, age.data, t->process,
              t->what, row.data);
    cf_text_free(&area);
    cf_text_free(&age);
    cf_text_free(&row);
}
