#include "exec/records_parts.h"

/* All files: those that were there, then those of the workers. */
static struct cf_record_file *file_of(struct cf_record_set *r, int i)
{
    return i < r->n_files ? &r->file[i] : &r->worker[i - r->n_files].file;
}

/* Read a batch from the first file that has it and still can. */
static int read_batch(struct cf_record_set *r, int n_files, long long batch, int *status)
{
    for (int i = 0; i < n_files; i++) {
        struct cf_record_file *file = file_of(r, i);
        while (file->batch >= 0 && file->batch < batch)
            cf_record_file_next(file, &r->shape);
        if (file->batch == batch && cf_record_file_read(file, &r->shape, status, r->bytes))
            return 1;
    }
    return 0;
}

static enum cf_status put_batch(struct cf_record_set *r, long long batch, const int *status,
                                const struct cf_sink *sink, cf_diag *diag)
{
    int n;
    const long long first = cf_batch_first(&r->shape.runs, batch, &n);
    for (int k = 0; k < n; k++) {
        const struct cf_run_id id = cf_run_of(&r->shape.runs, first + k);
        const struct cf_record record = {.run = (int)(first + k),
                                         .scenario = id.scenario,
                                         .point = id.point,
                                         .draw = id.draw,
                                         .status = (enum cf_run_status)status[k],
                                         .value = cf_record_values(&r->shape, batch, k, r->bytes)};
        const enum cf_status put = sink->put(sink->self, &record, diag);
        if (put != CF_OK)
            return put;
    }
    return CF_OK;
}

enum cf_status cf_records_put(struct cf_record_set *r, const struct cf_sink *sink,
                              const volatile sig_atomic_t *stop, cf_diag *diag)
{
    const int n_files = r->n_files + r->plan.workers;
    int status[CF_BATCH], n;
    for (int i = 0; i < n_files; i++)
        cf_record_file_first(file_of(r, i), &r->shape);
    for (long long batch = 0; batch < cf_n_batches(&r->shape.runs); batch++) {
        if (stop && *stop)
            return CF_STOPPED;
        if (!r->state[batch])
            continue;
        if (!read_batch(r, n_files, batch, status)) {
            cf_report(diag, CF_ERROR, "records.lost", (struct cf_at){.path = r->plan.folder},
                      "call it again: what is damaged is computed again",
                      "the record of run %lld cannot be read any more",
                      cf_batch_first(&r->shape.runs, batch, &n));
            return CF_IO;
        }
        const enum cf_status put = put_batch(r, batch, status, sink, diag);
        if (put != CF_OK)
            return put;
    }
    return CF_OK;
}
