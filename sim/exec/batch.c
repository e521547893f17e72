#include "exec/batch.h"

#include "base/text.h"

#include <math.h>
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

static const struct cf_variable *find(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (cf_text_same(layout->variable[k].name, name))
            return &layout->variable[k];
    return NULL;
}

static int find_name(const char *const *names, int n, const char *name)
{
    int k = 0;
    while (k < n && !cf_text_same(names[k], name))
        k++;
    return k;
}

static double mean_of(const double *value, int n)
{
    double sum = 0;
    for (int k = 0; k < n; k++)
        sum += value[k];
    return sum / n;
}

/* What was drawn: of each entry's first year the first member's value and the mean, and which risks
 * happened; not a number for what the scenario has not. */
static void tell_draw(const struct cf_batch *batch, const struct cf_layout *layout, int draw,
                      double *record)
{
    const struct cf_model *model = batch->worker.model;
    const struct cf_future *f = &model->scenario.future;
    const struct cf_variable *value = find(layout, "draw_value");
    const struct cf_variable *mean = find(layout, "draw_mean");
    const struct cf_variable *happened = find(layout, "risk_happened");
    for (int k = 0; k < layout->n_entries; k++) {
        if (value)
            record[value->offset + (size_t)k] = NAN;
        if (mean)
            record[mean->offset + (size_t)k] = NAN;
    }
    for (int k = 0; happened && k < layout->n_risks; k++)
        record[happened->offset + (size_t)k] = NAN;
    for (int k = 0; (value || mean) && k < f->n_uncertain; k++) {
        const int entry = find_name(layout->entry, layout->n_entries, f->uncertain[k].name);
        cf_draw_values(batch->binding.draws, draw, k, 0, batch->binding.members);
        if (value)
            record[value->offset + (size_t)entry] = batch->binding.members[0];
        if (mean)
            record[mean->offset + (size_t)entry] =
                mean_of(batch->binding.members, cf_draw_members(model, k));
    }
    for (int k = 0; happened && k < f->n_risks; k++) {
        const int risk = find_name(layout->risk, layout->n_risks, f->risk[k].code);
        record[happened->offset + (size_t)risk] =
            cf_draw_onset(batch->binding.draws, draw, k, f->risk[k].is_mitigated) >= 0;
    }
}

void cf_batch_draws(struct cf_batch *batch, const struct cf_layout *layout, int point,
                    const int *draw, int n, double *const *record, struct cf_trouble *trouble)
{
    const struct cf_binder binder = {.self = &batch->binding, .bind = bind_year};
    cf_binding_start(&batch->binding, point, draw, n);
    cf_run_batch(&batch->worker, &binder, layout,
                 &(struct cf_records){.record = record, .n = n, .central = draw[0] == 0}, NULL);
    for (int k = 0; k < n; k++) {
        tell_draw(batch, layout, draw[k], record[k]);
        trouble[k] = batch->worker.trouble[k];
    }
}

void cf_batch_runs(struct cf_batch *batch, const struct cf_layout *layout, int point,
                   int first_draw, int n, double *const *record, struct cf_trouble *trouble)
{
    int draw[CF_LANES];
    for (int k = 0; k < n; k++)
        draw[k] = first_draw + k;
    cf_batch_draws(batch, layout, point, draw, n, record, trouble);
}

void cf_batch_switched(struct cf_batch *batch, const unsigned char *off,
                       const struct cf_witness *witness, struct cf_trouble *trouble)
{
    static const struct cf_layout nothing = {0};
    static const int central = 0;
    const struct cf_binder binder = {.self = &batch->binding, .bind = bind_year};
    cf_binding_start(&batch->binding, 0, &central, 1);
    cf_binding_switch(&batch->binding, off);
    cf_run_batch(&batch->worker, &binder, &nothing, &(struct cf_records){0}, witness);
    memcpy(trouble, batch->worker.trouble, CF_LANES * sizeof *trouble);
}

struct cf_trouble cf_batch_run(struct cf_batch *batch, const struct cf_layout *layout,
                               double *record)
{
    struct cf_trouble trouble;
    cf_batch_runs(batch, layout, 0, 0, 1, &record, &trouble);
    return trouble;
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
