#include "cli/backcast_watch.h"
#include "cli/scenarios.h"

#include "base/json.h"
#include "base/text.h"
#include "engine/select.h"
#include "exec/batch.h"
#include "exec/sched.h"
#include "exec/sweep.h"
#include "output/results_write.h"

#include <cohortflow/results.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#define MOST_THREADS 1024
#define MOST_SIDECAR ((size_t)1 << 20)

/* One call of `run`: what is done, with what, and where it goes. */
struct job {
    const struct cf_call *call;
    struct cf_scenarios scenarios;
    struct cf_arena arena;
    struct cf_sweep sweep;
    struct cf_results_plan plan;
    struct cf_backcast_watch watch;
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

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

static enum cf_status prepare(struct job *job)
{
    const struct cf_call *call = job->call;
    const struct cf_model *first = job->scenarios.model[0];
    const char *kernels = cf_call_value(call, "kernels");
    int threads = cf_threads_offered();
    if (!cf_call_int(call, "threads", 1, MOST_THREADS, &threads))
        return CF_USAGE;
    job->sweep = (struct cf_sweep){
        .model = (const struct cf_model *const *)job->scenarios.model,
        .n_scenarios = job->scenarios.n,
        .layout = cf_record_layout_of(
            &job->arena, (const struct cf_model *const *)job->scenarios.model, job->scenarios.n),
        .kernels = cf_select_kernels(kernels),
        .threads = threads};
    if (!job->sweep.kernels) {
        cf_report(call->diag, CF_ERROR, "call.kernels", (struct cf_at){0},
                  "auto, v4, v3 or generic", "kernels '%s' are unknown or not for this processor",
                  kernels ? kernels : getenv("COHORTFLOW_KERNELS"));
        return CF_USAGE;
    }
    job->watch = (struct cf_backcast_watch){.sweep = &job->sweep,
                                            .push_path = cf_call_value(call, "write-push")};
    if (cf_watch_check(&job->watch, call->diag) != CF_OK)
        return CF_USAGE;
    const char *path = cf_call_value(call, "output");
    job->plan = (struct cf_results_plan){
        .path = path ? path : cf_arena_format(&job->arena, "%s.h5", first->scenario.name),
        .model = job->sweep.model,
        .n_scenarios = job->sweep.n_scenarios,
        .layout = job->sweep.layout,
        .n_points = 1};
    const char *sidecar = cf_arena_format(&job->arena, "%s.json", job->plan.path);
    return may_replace(job->plan.path, is_results, call->diag) &&
                   may_replace(sidecar, is_sidecar, call->diag)
               ? CF_OK
               : CF_CANNOT_CREATE;
}

/* Bytes free where the results go; 0 and reported when they would not fit. */
static int fits(const struct job *job, size_t bytes, double *free_bytes)
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
              NULL, "the results need up to %.1f MB and %.1f MB are free there",
              (double)bytes / 1e6, *free_bytes / 1e6);
    return 0;
}

/* Time one run in memory and say what the whole would take. */
static enum cf_status dry_run(const struct job *job)
{
    const size_t bytes = cf_results_bytes(&job->plan);
    const int n_runs = job->sweep.n_scenarios;
    double free_bytes;
    if (!fits(job, bytes, &free_bytes))
        return CF_IO;
    if (free_bytes < 0) {
        cf_report(job->call->diag, CF_ERROR, "output.create",
                  (struct cf_at){.path = job->plan.path}, NULL,
                  "this file cannot be written: there is no such folder");
        return CF_CANNOT_CREATE;
    }
    struct cf_arena arena;
    struct cf_batch batch;
    cf_arena_init(&arena);
    double *record = CF_TAKE(&arena, job->sweep.layout->length, double);
    const double before = now();
    cf_batch_init(&batch, job->sweep.model[0], job->sweep.kernels);
    cf_batch_run(&batch, job->sweep.layout, record);
    cf_batch_free(&batch);
    const double each = now() - before;
    const int side_by_side = job->sweep.threads < n_runs ? job->sweep.threads : n_runs;
    cf_arena_free(&arena);
    printf("runs     %d\nthreads  %d\nkernels  %s\nfile     %s\nbytes    at most %zu\n"
           "free     %.0f\nseconds  about %.2g\n",
           n_runs, job->sweep.threads, job->sweep.kernels->build, job->plan.path, bytes, free_bytes,
           each * n_runs / side_by_side);
    return CF_OK;
}

static enum cf_status compute(struct job *job)
{
    cf_results_writer *writer;
    double free_bytes;
    struct cf_sweep_outcome outcome;
    cf_diag *diag = job->call->diag;
    if (!fits(job, cf_results_bytes(&job->plan), &free_bytes))
        return CF_IO;
    enum cf_status status = cf_results_begin(&job->plan, &writer, diag);
    if (status != CF_OK)
        return status;
    const double before = now();
    job->watch.to = cf_results_sink(writer);
    const struct cf_sink sink = cf_watch_sink(&job->watch);
    const enum cf_status swept = cf_do_sweep(&job->sweep, &sink, &outcome, diag);
    if (swept != CF_OK) { /* what stood under the name stays */
        cf_results_abandon(writer);
        return swept;
    }
    const struct cf_results_circumstances circumstances = {.seconds = now() - before,
                                                           .threads = job->sweep.threads,
                                                           .kernels = job->sweep.kernels->build,
                                                           .command = job->call->line};
    status = cf_results_commit(writer, &circumstances, diag);
    if (status == CF_OK)
        status = cf_watch_finish(&job->watch, diag);
    if (status != CF_OK)
        return status;
    if (!job->call->quiet)
        fprintf(stderr, "%d run%s, %d failed; results in %s\n", outcome.n_runs,
                outcome.n_runs == 1 ? "" : "s", outcome.n_failed, job->plan.path);
    return swept;
}

enum cf_status cf_cmd_run(const struct cf_call *call)
{
    struct job job = {.call = call};
    cf_arena_init(&job.arena);
    enum cf_status status = cf_load_scenarios(call, &job.scenarios);
    if (status == CF_OK)
        status = prepare(&job);
    if (status == CF_OK)
        status = cf_call_value(call, "dry-run") ? dry_run(&job) : compute(&job);
    cf_free_scenarios(&job.scenarios);
    cf_arena_free(&job.arena);
    return status;
}
