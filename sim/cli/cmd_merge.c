#include "cli/job.h"

#include "base/json.h"
#include "base/text.h"
#include "exec/record_file.h"

#include <string.h>
#include <sys/stat.h>

/* FILE.h5 of FILE.h5.part, where -o does not say. */
static const char *output_of(struct cf_job *job)
{
    const char *path = cf_call_value(job->call, "output"), *first = job->call->operand[0];
    size_t n = strlen(first);
    if (path)
        return path;
    while (n > 1 && first[n - 1] == '/')
        n--;
    if (n > 5 && !strncmp(first + n - 5, ".part", 5))
        return cf_arena_copy_n(&job->arena, first, n - 5);
    cf_report(job->call->diag, CF_ERROR, "call.output", (struct cf_at){0}, NULL,
              "-o FILE.h5 has to say where the results go, since '%s' is no FILE.h5.part", first);
    return NULL;
}

static int same_folder(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_ino == other.st_ino &&
           one.st_dev == other.st_dev;
}

/* CF_OK where all runs are there, or need not be. */
static enum cf_status check_whole(const struct cf_job *job, const struct cf_record_set *records)
{
    const struct cf_records_count count = cf_records_count(records, 0, 1);
    const int allowed = cf_call_value(job->call, "allow-missing") != NULL;
    if (count.done == count.runs)
        return CF_OK;
    cf_report(job->call->diag, allowed ? CF_WARNING : CF_ERROR, "records.missing",
              (struct cf_at){.path = job->call->operand[0]},
              allowed ? "run_status says which"
                      : "`cohortflow status` says of which shards; --allow-missing marks them",
              "%lld of %lld runs are missing", count.runs - count.done, count.runs);
    return allowed ? CF_OK : CF_BAD_INPUT;
}

static void print_json(const struct cf_job *job, const struct cf_record_set *records)
{
    const struct cf_records_count count = cf_records_count(records, 0, 1);
    struct cf_text text = {0};
    cf_json *json = cf_json_object();
    cf_json_put_text(json, "file", job->plan.path);
    cf_json_put_int(json, "runs", count.runs);
    cf_json_put_int(json, "done", count.done);
    cf_json_put_int(json, "failed", count.failed);
    cf_json_put_int(json, "missing", count.runs - count.done);
    cf_json_write(json, &text);
    fputs(text.data, stdout);
    cf_json_free(json);
    cf_text_free(&text);
}

static enum cf_status write_file(struct cf_job *job, struct cf_record_set *records)
{
    cf_results_writer *writer;
    const struct cf_records_count count = cf_records_count(records, 0, 1);
    const struct cf_results_circumstances circumstances = {.threads = 1,
                                                           .command = job->call->line};
    enum cf_status status = cf_results_begin(&job->plan, &writer, job->call->diag);
    if (status == CF_OK)
        status = cf_job_write(job, records, writer, &circumstances);
    if (status == CF_STOPPED)
        cf_job_stopped(job, records, 0, 1);
    if (status != CF_OK && status != CF_BROKEN)
        return status;
    if (cf_call_value(job->call, "json"))
        print_json(job, records);
    /* The file's own folder goes, as after a run; others belong to whoever made them. */
    for (int i = 0; i < job->call->n_operands && count.done == count.runs; i++)
        if (same_folder(job->call->operand[i], job->part))
            cf_records_remove(job->call->operand[i], job->call->diag);
    return status;
}

static enum cf_status merge(struct cf_job *job)
{
    struct cf_record_set *records;
    double free_bytes;
    const char *path = output_of(job);
    enum cf_status status = path ? cf_job_to(job, path) : CF_USAGE;
    if (status == CF_OK && !cf_job_fits(job, cf_results_least(&job->plan), &free_bytes))
        status = CF_IO;
    if (status == CF_OK)
        status = cf_records_gather(&job->manifest, job->call->operand, job->call->n_operands, 1,
                                   &records, job->call->diag);
    if (status != CF_OK)
        return status;
    status = check_whole(job, records);
    if (status == CF_OK)
        status = write_file(job, records);
    cf_records_close(records);
    return status;
}

enum cf_status cf_cmd_merge(const struct cf_call *call)
{
    struct cf_manifest manifest;
    struct cf_job job;
    enum cf_status status = cf_manifest_read(&manifest, call->operand[0], call->diag);
    if (status != CF_OK)
        return status;
    status = cf_job_again(&job, call, &manifest);
    if (status == CF_OK)
        status = merge(&job);
    cf_job_end(&job);
    cf_manifest_free(&manifest);
    return status;
}
