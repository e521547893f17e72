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

/*
 * Do up to eight runs: the draws first_draw .. first_draw + n - 1 of a sweep point.
 *
 *   record   out  [n] of the layout's length for draw 0, of its draw_length for others
 *   trouble  out  [n] what went wrong in each
 */
void cf_batch_runs(struct cf_batch *batch, const struct cf_layout *layout, int point,
                   int first_draw, int n, double *const *record, struct cf_trouble *trouble);

/* The same of any draws of a point, draw [n]; draw 0, if at all, comes first. */
void cf_batch_draws(struct cf_batch *batch, const struct cf_layout *layout, int point,
                    const int *draw, int n, double *const *record, struct cf_trouble *trouble);

/* The central run of the first point, into record [layout length]. What went wrong is returned. */
struct cf_trouble cf_batch_run(struct cf_batch *batch, const struct cf_layout *layout,
                               double *record);

/*
 * The central run of the first point eight times over, each without some causes. The worker must
 * have been told of it: cf_worker_may_switch.
 *
 *   off      in   [CF_LANES] sets of causes
 *   trouble  out  [CF_LANES]
 */
void cf_batch_switched(struct cf_batch *batch, const unsigned char *off,
                       const struct cf_witness *witness, struct cf_trouble *trouble);

/* Say what ended a run: scenario, year, area, age, process. */
void cf_report_trouble(const struct cf_model *model, const struct cf_trouble *trouble,
                       cf_diag *diag);

#endif
