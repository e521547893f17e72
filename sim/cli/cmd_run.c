#include "cli/job.h"
#include "cli/progress.h"

#include "base/clock.h"
#include "base/text.h"
#include "engine/select.h"
#include "exec/record_file.h"
#include "exec/sched.h"
#include "exec/signals.h"

#include <stdlib.h>
#include <string.h>

#define MOST_THREADS 1024
#define MOST_SHARDS 1000000
/* Central runs alone are soon done: this much of them is held in memory before there is a folder.
 * Draws are many, and memory should not depend on how many. */
#define HELD_IN_MEMORY ((size_t)64 << 20)

/* "K/N" of --shard. */
static int read_shard(const struct cf_call *call, struct cf_crew *crew)
{
    const char *text = cf_call_value(call, "shard"), *slash = text ? strchr(text, '/') : NULL;
    char first[16];
    crew->n_shards = 1;
    if (!text)
        return 1;
    if (slash && (size_t)(slash - text) < sizeof first) {
        memcpy(first, text, (size_t)(slash - text));
        first[slash - text] = '\0';
        if (cf_parse_int(first, &crew->shard) && cf_parse_int(slash + 1, &crew->n_shards) &&
            crew->n_shards >= 1 && crew->n_shards <= MOST_SHARDS && crew->shard >= 0 &&
            crew->shard < crew->n_shards)
            return 1;
    }
    cf_report(call->diag, CF_ERROR, "call.shard", (struct cf_at){0}, NULL,
              "--shard wants K/N, a shard K from 0 to N - 1 of N at most %d, not '%s'", MOST_SHARDS,
              text);
    return 0;
}

static enum cf_status read_crew(const struct cf_job *job, struct cf_crew *crew)
{
    const struct cf_call *call = job->call;
    const char *kernels = cf_call_value(call, "kernels");
    *crew = (struct cf_crew){.threads = cf_threads_offered(),
                             .batches = {.model = job->model,
                                         .layout = job->layout,
                                         .kernels = cf_select_kernels(kernels)}};
    crew->batcher = cf_model_batcher(&crew->batches);
    if (!cf_call_int(call, "threads", 1, MOST_THREADS, &crew->threads) || !read_shard(call, crew) ||
        !cf_call_either(call, "shard", "restart") || !cf_call_either(call, "shard", "write-push"))
        return CF_USAGE;
    if (!crew->batches.kernels) {
        cf_report(call->diag, CF_ERROR, "call.kernels", (struct cf_at){0},
                  "auto, v4, v3 or generic", "kernels '%s' are unknown or not for this processor",
                  kernels ? kernels : getenv("COHORTFLOW_KERNELS"));
        return CF_USAGE;
    }
    return CF_OK;
}

static enum cf_status open_records(const struct cf_job *job, const struct cf_crew *crew,
                                   struct cf_record_set **records)
{
    const int sharded = cf_call_value(job->call, "shard") != NULL;
    const struct cf_records_plan plan = {.manifest = &job->manifest,
                                         .folder = job->part,
                                         .shard = crew->shard,
                                         .n_shards = crew->n_shards,
                                         .workers = crew->threads,
                                         .in_memory =
                                             sharded || job->runs.n_draws ? 0 : HELD_IN_MEMORY};
    *records = NULL;
    if (cf_call_value(job->call, "restart")) {
        const enum cf_status removed = cf_records_remove(job->part, job->call->diag);
        if (removed != CF_OK)
            return removed;
    }
    return cf_records_open(&plan, records, job->call->diag);
}

/* Compute what is missing. */
static enum cf_status compute(const struct cf_job *job, const struct cf_crew *crew,
                              struct cf_record_set *records)
{
    struct cf_progress progress;
    const struct cf_records_count count = cf_records_count(records, crew->shard, crew->n_shards);
    const struct cf_sweep sweep = {.runs = job->runs,
                                   .batcher = &crew->batcher,
                                   .shard = crew->shard,
                                   .n_shards = crew->n_shards,
                                   .threads = crew->threads,
                                   .stop = cf_heed_signals(),
                                   .progress = cf_progress_tell,
                                   .progress_self = &progress};
    if (count.done && !job->call->quiet)
        fprintf(stderr, "%lld of %lld runs are there already, in %s\n", count.done, count.runs,
                job->part);
    cf_progress_init(&progress, job->call->quiet);
    const enum cf_status status = cf_do_sweep(&sweep, records, job->call->diag);
    cf_progress_end(&progress);
    return status;
}

/* What is left of records after a run that came to nothing: kept where it can be gone on from. */
static void leave(const struct cf_job *job, struct cf_record_set *records, enum cf_status status)
{
    const int useless =
        status == CF_BROKEN || status == CF_BAD_INPUT || cf_records_count(records, 0, 1).done == 0;
    if (cf_records_in_folder(records) && useless)
        cf_records_remove(job->part, job->call->diag);
}

/* All runs, into the file. */
static enum cf_status run_all(struct cf_job *job, const struct cf_crew *crew)
{
    cf_results_writer *writer;
    struct cf_record_set *records;
    cf_diag *diag = job->call->diag;
    /* Begun before anything is computed: what is wrong with the name is said at once, and nobody
     * else can be at the same. */
    enum cf_status status = cf_results_begin(&job->plan, &writer, diag);
    if (status != CF_OK)
        return status;
    const double before = cf_seconds();
    status = open_records(job, crew, &records);
    if (status != CF_OK) {
        cf_results_abandon(writer);
        return status;
    }
    status = compute(job, crew, records);
    if (status != CF_OK) { /* what stood under the name stays */
        cf_results_abandon(writer);
        if (status == CF_STOPPED)
            cf_job_stopped(job, records, 0, 1);
        leave(job, records, status);
        cf_records_close(records);
        return status;
    }
    const struct cf_results_circumstances circumstances = {.seconds = cf_seconds() - before,
                                                           .threads = crew->threads,
                                                           .kernels = crew->batches.kernels->build,
                                                           .command = job->call->line};
    status = cf_job_write(job, records, writer, &circumstances);
    if (status == CF_STOPPED && cf_records_save(records, 1, diag) == CF_OK)
        cf_job_stopped(job, records, 0, 1);
    if ((status == CF_OK || status == CF_BROKEN) && cf_records_in_folder(records))
        cf_records_remove(job->part, diag);
    cf_records_close(records);
    return status;
}

/* The batches of one shard, into the folder of records. */
static enum cf_status run_shard(struct cf_job *job, const struct cf_crew *crew)
{
    struct cf_record_set *records;
    enum cf_status status = open_records(job, crew, &records);
    if (status != CF_OK)
        return status;
    status = compute(job, crew, records);
    if (status == CF_OK)
        status = cf_records_save(records, 1, job->call->diag);
    const struct cf_records_count count = cf_records_count(records, crew->shard, crew->n_shards);
    if (status == CF_STOPPED)
        cf_job_stopped(job, records, crew->shard, crew->n_shards);
    else if (status == CF_OK && !job->call->quiet)
        fprintf(stderr, "shard %d of %d: %lld runs, %lld failed; records in %s\n", crew->shard,
                crew->n_shards, count.done, count.failed, job->part);
    cf_records_close(records);
    return status;
}

static enum cf_status run_job(struct cf_job *job)
{
    struct cf_crew crew;
    double free_bytes;
    const char *path = cf_call_value(job->call, "output");
    enum cf_status status = read_crew(job, &crew);
    job->watch.push_path = cf_call_value(job->call, "write-push");
    if (status == CF_OK)
        status = cf_watch_check(&job->watch, job->call->diag);
    if (status == CF_OK)
        status = cf_job_to(
            job, path ? path : cf_arena_format(&job->arena, "%s.h5", job->model[0]->scenario.name));
    if (status != CF_OK)
        return status;
    if (cf_call_value(job->call, "dry-run"))
        return cf_dry_run(job, &crew);
    /* What is certain to be needed: how far the rest can be packed is not known yet. */
    const size_t needs = cf_job_needs(job, crew.shard, crew.n_shards, cf_results_least(&job->plan));
    if (!cf_job_fits(job, needs, &free_bytes))
        return CF_IO;
    return cf_call_value(job->call, "shard") ? run_shard(job, &crew) : run_all(job, &crew);
}

enum cf_status cf_cmd_run(const struct cf_call *call)
{
    struct cf_job job;
    enum cf_status status = cf_job_begin(&job, call);
    if (status == CF_OK)
        status = run_job(&job);
    cf_job_end(&job);
    return status;
}
