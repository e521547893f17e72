#ifndef CF_BATCHER_H
#define CF_BATCHER_H

#include "engine/run.h"

/*
 * Who does batches. A sweep knows this and no model; a test puts something else in its place. A
 * worker is used by one thread at a time, and kept from batch to batch of one scenario.
 */
struct cf_batcher {
    void *self;
    void *(*open)(void *self, int scenario);
    /* Runs first_draw .. first_draw + n - 1 of a point, n at most CF_LANES. record[k]: room for
     * what is kept of such a run; trouble[k]: how it ended. */
    void (*run)(void *worker, int point, int first_draw, int n, double *const *record,
                struct cf_trouble *trouble);
    void (*close)(void *worker);
    /* Say what ended the central run of a scenario. */
    void (*report)(void *self, int scenario, const struct cf_trouble *trouble, cf_diag *diag);
};

/* Batches of models, by one build of the kernels. */
struct cf_model_batches {
    const struct cf_model *const *model;
    const struct cf_layout *layout;
    const struct cf_kernels *kernels;
};
/* `batches` and what it points to must outlive the batcher. */
struct cf_batcher cf_model_batcher(struct cf_model_batches *batches);

#endif
