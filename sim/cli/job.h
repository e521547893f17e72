#ifndef CF_JOB_H
#define CF_JOB_H

#include "cli/backcast_watch.h"
#include "cli/scenarios.h"
#include "exec/sweep.h"
#include "output/results_write.h"

/* A set of runs as a command sees it: its scenarios, what its runs leave, and where that goes. */
struct cf_job {
    const struct cf_call *call;
    struct cf_arena arena;
    struct cf_scenarios scenarios;
    const struct cf_model *const *model; /* the same, [scenarios.n] */
    const struct cf_layout *layout;
    struct cf_runs runs;
    struct cf_manifest manifest;
    int has_manifest;
    struct cf_results_plan plan;
    const char *part; /* FILE.h5.part, the folder of its records */
    struct cf_backcast_watch watch;
};

/* Begin, load what the call names, and say what the runs are. End it whatever came of it. */
enum cf_status cf_job_begin(struct cf_job *job, const struct cf_call *call);
/* The same with what a manifest names: CF_BAD_INPUT, reported, where it is no longer that. */
enum cf_status cf_job_again(struct cf_job *job, const struct cf_call *call,
                            const struct cf_manifest *manifest);
void cf_job_end(struct cf_job *job);

/* The results file the job makes. CF_CANNOT_CREATE, reported, where something stands there that is
 * not ours. */
enum cf_status cf_job_to(struct cf_job *job, const char *path);

/* Bytes that the records of a shard take, and all that a call of `run` needs on the disk, with a
 * file of so many bytes. */
size_t cf_job_record_bytes(const struct cf_job *job, int shard, int n_shards);
size_t cf_job_needs(const struct cf_job *job, int shard, int n_shards, size_t file);

/* 0, reported, when more bytes are needed than are free where the results go. *free_bytes: -1 where
 * that is not known. */
int cf_job_fits(const struct cf_job *job, size_t bytes, double *free_bytes);

/*
 * Put records into the results file that `writer` has begun, give it its name, and say so; the
 * writer is gone then, whatever came of it. CF_BROKEN where too many runs failed: the file is there
 * all the same.
 */
enum cf_status cf_job_write(struct cf_job *job, struct cf_record_set *records,
                            cf_results_writer *writer,
                            const struct cf_results_circumstances *circumstances);

/* Say that it was stopped, and what there is to pick up. Returns CF_STOPPED. */
enum cf_status cf_job_stopped(const struct cf_job *job, const struct cf_record_set *records,
                              int shard, int n_shards);

/* `run --dry-run`: time some runs in memory and say what the whole would take. */
struct cf_crew {
    struct cf_model_batches batches;
    struct cf_batcher batcher;
    int threads, shard, n_shards;
};
enum cf_status cf_dry_run(const struct cf_job *job, const struct cf_crew *crew);

#endif
