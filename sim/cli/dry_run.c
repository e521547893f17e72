#include "cli/job.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/text.h"

/* A second try of what took less than this: the first also warms things up. */
#define SOON 0.5

struct estimate {
    long long runs, batches;
    size_t bytes, record_bytes;
    double free_bytes, seconds;
};

/* Time the first batch and keep its central run. */
static struct cf_trouble time_batch(const struct cf_job *job, const struct cf_crew *crew,
                                    struct cf_arena *arena, double **central, double *opening,
                                    double *running)
{
    struct cf_trouble trouble[CF_BATCH] = {0};
    double *record[CF_BATCH];
    int n;
    cf_batch_first(&job->runs, 0, &n);
    for (int k = 0; k < n; k++)
        record[k] = CF_TAKE(arena, k ? job->layout->draw_length : job->layout->length, double);
    double before = cf_seconds();
    void *worker = crew->batcher.open(crew->batcher.self, 0);
    *opening = cf_seconds() - before;
    for (int again = 0; again < 2; again++) {
        before = cf_seconds();
        crew->batcher.run(worker, 0, 0, n, record, trouble);
        *running = cf_seconds() - before;
        if (*running > SOON)
            break;
    }
    crew->batcher.close(worker);
    *central = record[0];
    return trouble[0];
}

static enum cf_status try_runs(const struct cf_job *job, const struct cf_crew *crew,
                               struct estimate *e)
{
    struct cf_arena arena;
    double *central, opening, running;
    cf_arena_init(&arena);
    const struct cf_trouble trouble = time_batch(job, crew, &arena, &central, &opening, &running);
    enum cf_status status = CF_OK;
    if (trouble.status != CF_RUN_OK) {
        crew->batcher.report(crew->batcher.self, 0, &trouble, job->call->diag);
        status = trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
    } else {
        status = cf_results_estimate(&job->plan, central, &e->bytes, job->call->diag);
    }
    const long long side_by_side = crew->threads < e->batches ? crew->threads : e->batches;
    e->seconds = opening * job->runs.n_scenarios +
                 running * (double)e->batches / (double)(side_by_side ? side_by_side : 1);
    cf_arena_free(&arena);
    return status;
}

static void print_json(const struct cf_job *job, const struct cf_crew *crew,
                       const struct estimate *e)
{
    struct cf_text text = {0};
    cf_json *json = cf_json_object();
    cf_json_put_int(json, "scenarios", job->runs.n_scenarios);
    cf_json_put_int(json, "points", job->runs.n_points);
    cf_json_put_int(json, "draws", job->runs.n_draws);
    cf_json_put_int(json, "runs", e->runs);
    cf_json_put_int(json, "batches", e->batches);
    cf_json_put_int(json, "threads", crew->threads);
    cf_json_put_text(json, "kernels", crew->batches.kernels->build);
    cf_json_put_text(json, "file", job->plan.path);
    cf_json_put_int(json, "bytes", (long long)e->bytes);
    cf_json_put_int(json, "record_bytes", (long long)e->record_bytes);
    cf_json_put_number(json, "free_bytes", e->free_bytes);
    cf_json_put_number(json, "seconds", e->seconds);
    cf_json_write(json, &text);
    fputs(text.data, stdout);
    cf_json_free(json);
    cf_text_free(&text);
}

static void print_text(const struct cf_job *job, const struct cf_crew *crew,
                       const struct estimate *e)
{
    printf("runs     %lld\n", e->runs);
    if (job->runs.n_draws || job->runs.n_points > 1)
        printf("of       %d scenario%s, %d point%s, %d draws\n", job->runs.n_scenarios,
               job->runs.n_scenarios == 1 ? "" : "s", job->runs.n_points,
               job->runs.n_points == 1 ? "" : "s", job->runs.n_draws);
    printf("batches  %lld\nthreads  %d\nkernels  %s\nfile     %s\nbytes    %zu\n", e->batches,
           crew->threads, crew->batches.kernels->build, job->plan.path, e->bytes);
    printf("records  %zu until the file is there\nfree     %.0f\nseconds  about %.2g\n",
           e->record_bytes, e->free_bytes, e->seconds);
}

static int fits(const struct cf_job *job, const struct cf_crew *crew, size_t file,
                struct estimate *e)
{
    return cf_job_fits(job, cf_job_needs(job, crew->shard, crew->n_shards, file), &e->free_bytes);
}

enum cf_status cf_dry_run(const struct cf_job *job, const struct cf_crew *crew)
{
    struct estimate e = {0};
    for (long long b = crew->shard; b < cf_n_batches(&job->runs); b += crew->n_shards) {
        int n;
        cf_batch_first(&job->runs, b, &n);
        e.runs += n;
        e.batches++;
    }
    e.record_bytes = cf_job_record_bytes(job, crew->shard, crew->n_shards);
    if (!fits(job, crew, cf_results_least(&job->plan), &e))
        return CF_IO;
    if (e.free_bytes < 0) {
        cf_report(job->call->diag, CF_ERROR, "output.create",
                  (struct cf_at){.path = job->plan.path}, NULL,
                  "this file cannot be written: there is no such folder");
        return CF_CANNOT_CREATE;
    }
    enum cf_status status = try_runs(job, crew, &e);
    if (status == CF_OK && !fits(job, crew, e.bytes, &e))
        status = CF_IO;
    if (status == CF_OK)
        (cf_call_value(job->call, "json") ? print_json : print_text)(job, crew, &e);
    return status;
}
