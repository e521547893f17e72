#include "exec/batcher.h"

#include "exec/batch.h"

#include <stdlib.h>

struct worker {
    struct cf_batch batch;
    const struct cf_layout *layout;
};

static void *open_worker(void *self, int scenario)
{
    const struct cf_model_batches *batches = self;
    struct worker *worker = malloc(sizeof *worker);
    if (!worker)
        cf_out_of_memory();
    worker->layout = batches->layout;
    cf_batch_init(&worker->batch, batches->model[scenario], batches->kernels);
    return worker;
}

static void run_batch(void *self, int point, int first_draw, int n, double *const *record,
                      struct cf_trouble *trouble)
{
    struct worker *worker = self;
    cf_batch_runs(&worker->batch, worker->layout, point, first_draw, n, record, trouble);
}

static void close_worker(void *self)
{
    struct worker *worker = self;
    cf_batch_free(&worker->batch);
    free(worker);
}

static void report(void *self, int scenario, const struct cf_trouble *trouble, cf_diag *diag)
{
    const struct cf_model_batches *batches = self;
    cf_report_trouble(batches->model[scenario], trouble, diag);
}

struct cf_batcher cf_model_batcher(struct cf_model_batches *batches)
{
    return (struct cf_batcher){.self = batches,
                               .open = open_worker,
                               .run = run_batch,
                               .close = close_worker,
                               .report = report};
}
