#ifndef CF_SWEEP_H
#define CF_SWEEP_H

#include "exec/batcher.h"
#include "exec/records.h"

/* Runs to be done: all of a set, or the batches b with b mod n_shards = shard. */
struct cf_sweep {
    struct cf_runs runs;
    const struct cf_batcher *batcher;
    int shard, n_shards; /* 0, 1: all */
    int threads;
    const volatile sig_atomic_t *stop; /* becomes 1 when it is to end early; NULL: never */
    /* Told after each batch, by any thread but one at a time: runs done of those that were missing.
     * NULL: nobody listens. */
    void (*progress)(void *self, long long done, long long missing);
    void *progress_self;
};

/*
 * Do the runs that are missing and keep their records, which are the same whatever the threads and
 * whatever was there already. Batches that are begun are ended. A draw that fails is kept with its
 * status, its values all NaN; the first is told, as a warning. A central run that fails is
 * reported, not kept, and ends the sweep: CF_BAD_INPUT where the inputs themselves make it
 * impossible, else CF_BROKEN. CF_STOPPED when *stop came first, CF_IO where records cannot be
 * kept, CF_OK when all are there.
 */
enum cf_status cf_do_sweep(const struct cf_sweep *sweep, struct cf_record_set *records,
                           cf_diag *diag);

/* CF_BROKEN where more than 1% of the runs that were done failed: the failed are the crowded ones,
 * and leaving them out flatters. Else CF_OK. */
enum cf_status cf_judge_failed(const struct cf_records_count *count);

#endif
