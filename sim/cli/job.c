#include "cli/job.h"

#include "base/json.h"
#include "base/text.h"
#include "engine/layout.h"
#include "exec/record_file.h"
#include "exec/signals.h"

#include <cohortflow/results.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define MOST_SIDECAR ((size_t)1 << 20)

/* ---- what the runs are ---- */

static void describe(struct cf_job *job)
{
    job->model = (const struct cf_model *const *)job->scenarios.model;
    const struct cf_future *future = &job->model[0]->scenario.future;
    job->layout = cf_record_layout_of(&job->arena, job->model, job->scenarios.n);
    job->runs =
        (struct cf_runs){job->scenarios.n, cf_future_points(future), cf_future_draws(future)};
    cf_manifest_init(&job->manifest, &(struct cf_manifest_of){.model = job->model,
                                                              .runs = job->runs,
                                                              .layout = job->layout,
                                                              .set = job->scenarios.set,
                                                              .n_set = job->scenarios.n_set});
    job->has_manifest = 1;
    job->watch = (struct cf_backcast_watch){.model = job->model,
                                            .n_scenarios = job->runs.n_scenarios,
                                            .n_points = job->runs.n_points,
                                            .layout = job->layout};
}

enum cf_status cf_job_begin(struct cf_job *job, const struct cf_call *call)
{
    *job = (struct cf_job){.call = call};
    cf_arena_init(&job->arena);
    const enum cf_status status = cf_load_scenarios(call, &job->scenarios);
    if (status == CF_OK)
        describe(job);
    return status;
}

/* What is wrong with the inputs now; what was noted of them has been said when they were run. */
static void tell_errors(const cf_diag *from, cf_diag *diag)
{
    for (size_t i = 0; i < cf_diag_count(from, CF_NOTICE); i++) {
        const struct cf_message m = cf_diag_message(from, i);
        if (m.severity == CF_ERROR)
            cf_report(diag, CF_ERROR, m.code, (struct cf_at){m.path, m.line, m.column},
                      m.help[0] ? m.help : NULL, "%s", m.text);
    }
}

enum cf_status cf_job_again(struct cf_job *job, const struct cf_call *call,
                            const struct cf_manifest *manifest)
{
    *job = (struct cf_job){.call = call};
    cf_arena_init(&job->arena);
    cf_diag *diag = cf_diag_open();
    if (!diag)
        cf_out_of_memory();
    const enum cf_status status =
        cf_load_scenario_list(&(struct cf_scenario_list){.path = manifest->scenario,
                                                         .n = manifest->n_scenarios,
                                                         .set = manifest->set,
                                                         .n_set = manifest->n_set},
                              &job->scenarios, diag);
    tell_errors(diag, call->diag);
    cf_diag_close(diag);
    if (status != CF_OK)
        return status;
    describe(job);
    const char *differs = cf_manifest_difference(manifest, &job->manifest);
    if (!differs)
        return CF_OK;
    cf_report(call->diag, CF_ERROR, "records.changed",
              (struct cf_at){.path = job->model[0]->scenario.path},
              "put back what it was, or run it again",
              "the inputs are not those that the records were made from: they differ in %s",
              differs);
    return CF_BAD_INPUT;
}

void cf_job_end(struct cf_job *job)
{
    if (job->has_manifest)
        cf_manifest_free(&job->manifest);
    cf_free_scenarios(&job->scenarios);
    cf_arena_free(&job->arena);
}

/* ---- where it goes ---- */

static int is_results(const char *path)
{
    cf_results *results;
    if (cf_results_open(path, &results, NULL) != CF_OK)
        return 0;
    cf_results_close(results);
    return 1;
}

/* The JSON beside a results file. */
static int is_sidecar(const char *path)
{
    char *bytes = NULL, *hash = NULL;
    size_t length;
    if (cf_read_file(path, MOST_SIDECAR, &bytes, &length) == 0)
        hash = cf_json_read_text(bytes, "content_sha256");
    const int ours = hash != NULL;
    free(bytes);
    free(hash);
    return ours;
}

/* A name is taken when something stands there that is not ours: it may be somebody's. */
static int may_replace(const char *path, int (*is_ours)(const char *), cf_diag *diag)
{
    struct stat there;
    if (stat(path, &there) != 0 || S_ISDIR(there.st_mode))
        return 1; /* nothing to lose: the writer will say what is wrong */
    if (S_ISREG(there.st_mode) && is_ours(path))
        return 1;
    cf_report(diag, CF_ERROR, "output.foreign", (struct cf_at){.path = path},
              "choose another name with -o, or remove the file",
              "something stands under this name that is no results file, or a damaged one");
    return 0;
}

enum cf_status cf_job_to(struct cf_job *job, const char *path)
{
    job->plan =
        (struct cf_results_plan){.path = path,
                                 .model = job->model,
                                 .n_scenarios = job->runs.n_scenarios,
                                 .layout = job->layout,
                                 .n_points = job->runs.n_points,
                                 .n_draws = job->runs.n_draws,
                                 .seed = (long long)job->model[0]->scenario.future.design.seed};
    job->part = cf_arena_format(&job->arena, "%s.part", path);
    const char *sidecar = cf_arena_format(&job->arena, "%s.json", path);
    return may_replace(path, is_results, job->call->diag) &&
                   may_replace(sidecar, is_sidecar, job->call->diag)
               ? CF_OK
               : CF_CANNOT_CREATE;
}

size_t cf_job_record_bytes(const struct cf_job *job, int shard, int n_shards)
{
    const struct cf_record_shape shape = {
        .runs = job->runs, .length = job->layout->length, .draw_length = job->layout->draw_length};
    size_t bytes = 0;
    int n;
    for (long long b = shard; b < cf_n_batches(&job->runs); b += n_shards)
        bytes += cf_record_batch_bytes(&shape, b, &n);
    return bytes;
}

size_t cf_job_needs(const struct cf_job *job, int shard, int n_shards, size_t file)
{
    const int sharded = cf_call_value(job->call, "shard") != NULL;
    const size_t records =
        sharded || job->runs.n_draws ? cf_job_record_bytes(job, shard, n_shards) : 0;
    return records + (sharded ? 0 : file);
}

int cf_job_fits(const struct cf_job *job, size_t bytes, double *free_bytes)
{
    struct cf_arena arena;
    struct statvfs disk;
    cf_arena_init(&arena);
    const int known = statvfs(cf_path_folder(&arena, job->plan.path), &disk) == 0;
    cf_arena_free(&arena);
    *free_bytes = known ? (double)disk.f_bavail * (double)disk.f_frsize : -1;
    if (!known || *free_bytes >= (double)bytes)
        return 1;
    cf_report(job->call->diag, CF_ERROR, "output.disk", (struct cf_at){.path = job->plan.path},
              job->runs.n_draws ? "`retain` says what is kept of draws" : NULL,
              "the results need %.1f MB and %.1f MB are free there", (double)bytes / 1e6,
              *free_bytes / 1e6);
    return 0;
}

/* ---- what came of it ---- */

enum cf_status cf_job_write(struct cf_job *job, struct cf_record_set *records,
                            cf_results_writer *writer,
                            const struct cf_results_circumstances *circumstances)
{
    cf_diag *diag = job->call->diag;
    job->watch.to = cf_results_sink(writer);
    const struct cf_sink sink = cf_watch_sink(&job->watch);
    enum cf_status status = cf_records_put(records, &sink, cf_heed_signals(), diag);
    if (status != CF_OK) {
        cf_results_abandon(writer);
        return status;
    }
    status = cf_results_commit(writer, circumstances, diag);
    if (status == CF_OK)
        status = cf_watch_finish(&job->watch, diag);
    if (status != CF_OK)
        return status;
    const struct cf_records_count count = cf_records_count(records, 0, 1);
    if (!job->call->quiet && !cf_call_value(job->call, "json"))
        fprintf(stderr, "%lld run%s, %lld failed; results in %s\n", count.done,
                count.done == 1 ? "" : "s", count.failed, job->plan.path);
    if (cf_judge_failed(&count) == CF_OK)
        return CF_OK;
    cf_report(diag, CF_ERROR, "run.many-failed", (struct cf_at){.path = job->plan.path},
              "the file is there and marks them; what is left leans to one side",
              "%lld of %lld runs failed, more than 1%%", count.failed, count.done);
    return CF_BROKEN;
}

enum cf_status cf_job_stopped(const struct cf_job *job, const struct cf_record_set *records,
                              int shard, int n_shards)
{
    const struct cf_records_count count = cf_records_count(records, shard, n_shards);
    const char *heard = cf_signal_heard();
    const int kept = cf_records_in_folder(records);
    cf_report(job->call->diag, CF_WARNING, "run.stopped",
              (struct cf_at){.path = kept ? job->part : NULL},
              kept ? "the same call goes on from there" : "the same call begins again",
              "stopped by %s: %lld of %lld runs are done%s", heard ? heard : "a signal",
              kept ? count.done : 0, count.runs, kept ? " and kept here" : "");
    return CF_STOPPED;
}
