#ifndef CF_BATCH_H
#define CF_BATCH_H

#include "design/bind.h"
#include "engine/run.h"

/* A worker with a binding of its own: what it takes to do one batch of runs. */
struct cf_batch {
    struct cf_worker worker;
    struct cf_binding binding;
};

void cf_batch_init(struct cf_batch *batch, const struct cf_model *model,
                   const struct cf_kernels *kernels);
void cf_batch_free(struct cf_batch *batch);

/* Do it: the central run, into record [layout length]. What went wrong is returned too. */
struct cf_trouble cf_batch_run(struct cf_batch *batch, const struct cf_layout *layout,
                               double *record);

/* Do the runs first_draw .. first_draw + n - 1 of a point, n at most CF_LANES. */
void cf_batch_runs(struct cf_batch *batch, const struct cf_layout *layout, int point,
                   int first_draw, int n, double *const *record, struct cf_trouble *trouble);

/* Say what ended a run: scenario, year, area, age, process. */
void cf_report_trouble(const struct cf_model *model, const struct cf_trouble *trouble,
                       cf_diag *diag);

#endif
