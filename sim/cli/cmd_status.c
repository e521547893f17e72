#include "cli/command.h"

#include "base/json.h"
#include "base/text.h"
#include "exec/records.h"

#include <cohortflow/results.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { MOST_DIVISIONS = 16 };

/* What is known of a set of runs. */
struct state {
    const char *path;
    struct cf_records_count count;
    const struct cf_record_set *records; /* NULL: a results file */
};

static const char *const status_words[CF_RUN_LEDGER_OPEN + 1] = {
    "ok", "not computed", "placing did not converge", "not finite", "ledger not closed"};

/* ---- showing ---- */

static void print_shards(const struct cf_record_set *records)
{
    int n_shards[MOST_DIVISIONS];
    const int n = cf_records_shards(records, n_shards, MOST_DIVISIONS);
    for (int i = 0; i < n; i++) {
        if (n_shards[i] == 1)
            continue;
        printf("\n%-10s %10s %10s %10s %10s\n", "shard", "runs", "done", "failed", "missing");
        for (int k = 0; k < n_shards[i]; k++) {
            const struct cf_records_count c = cf_records_count(records, k, n_shards[i]);
            char name[32];
            snprintf(name, sizeof name, "%d/%d", k, n_shards[i]);
            printf("%-10s %10lld %10lld %10lld %10lld\n", name, c.runs, c.done, c.failed,
                   c.runs - c.done);
        }
    }
}

static void print_text(const struct state *s)
{
    printf("%s: %s\n\nruns    %10lld\ndone    %10lld\nfailed  %10lld\n", s->path,
           s->records                       ? "records of runs"
           : s->count.done == s->count.runs ? "results, whole"
                                            : "results, with runs missing",
           s->count.runs, s->count.done, s->count.failed);
    for (int k = CF_RUN_NOT_PLACED; k <= CF_RUN_LEDGER_OPEN; k++)
        if (s->count.by_status[k])
            printf("        %10lld  %s\n", s->count.by_status[k], status_words[k]);
    printf("missing %10lld\n", s->count.runs - s->count.done);
    if (s->records)
        print_shards(s->records);
}

static void put_count(cf_json *json, const struct cf_records_count *count)
{
    cf_json_put_int(json, "runs", count->runs);
    cf_json_put_int(json, "done", count->done);
    cf_json_put_int(json, "failed", count->failed);
    cf_json_put_int(json, "missing", count->runs - count->done);
}

static cf_json *shards_json(const struct cf_record_set *records)
{
    cf_json *array = cf_json_array();
    int n_shards[MOST_DIVISIONS];
    const int n = records ? cf_records_shards(records, n_shards, MOST_DIVISIONS) : 0;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < n_shards[i]; k++) {
            const struct cf_records_count count = cf_records_count(records, k, n_shards[i]);
            cf_json *one = cf_json_object();
            cf_json_put_int(one, "shard", k);
            cf_json_put_int(one, "of", n_shards[i]);
            put_count(one, &count);
            cf_json_add(array, one);
        }
    return array;
}

static void print_json(const struct state *s)
{
    struct cf_text text = {0};
    cf_json *json = cf_json_object(), *statuses = cf_json_object();
    cf_json_put_text(json, "path", s->path);
    cf_json_put_text(json, "kind", s->records ? "records" : "results");
    put_count(json, &s->count);
    for (int k = CF_RUN_NOT_PLACED; k <= CF_RUN_LEDGER_OPEN; k++)
        cf_json_put_int(statuses, status_words[k], s->count.by_status[k]);
    cf_json_put(json, "failed_because", statuses);
    cf_json_put(json, "shards", shards_json(s->records));
    cf_json_write(json, &text);
    fputs(text.data, stdout);
    cf_json_free(json);
    cf_text_free(&text);
}

static void show(const struct cf_call *call, const struct state *state)
{
    (cf_call_value(call, "json") ? print_json : print_text)(state);
}

/* ---- looking ---- */

static enum cf_status of_results(const struct cf_call *call, const char *path)
{
    cf_results *file;
    struct state state = {.path = path};
    enum cf_status status = cf_results_open(path, &file, call->diag);
    if (status != CF_OK)
        return status;
    const struct cf_results_variable *variable = cf_results_find(file, "run_status");
    double *value =
        variable && variable->n_dims == 1 ? cf_results_read(file, variable, call->diag) : NULL;
    if (value) {
        state.count.runs = (long long)variable->dim[0]->n;
        for (long long k = 0; k < state.count.runs; k++) {
            const int ended = value[k] >= 0 && value[k] <= CF_RUN_LEDGER_OPEN ? (int)value[k]
                                                                              : CF_RUN_NOT_COMPUTED;
            state.count.by_status[ended]++;
        }
        state.count.done = state.count.runs - state.count.by_status[CF_RUN_NOT_COMPUTED];
        state.count.failed = state.count.done - state.count.by_status[CF_RUN_OK];
        show(call, &state);
    } else {
        cf_report(call->diag, CF_ERROR, "results.bad", (struct cf_at){.path = path}, NULL,
                  "this file does not say how its runs ended");
        status = CF_BAD_INPUT;
    }
    free(value);
    cf_results_close(file);
    return status;
}

static enum cf_status of_records(const struct cf_call *call, const char *path)
{
    struct cf_manifest manifest;
    struct cf_record_set *records;
    enum cf_status status = cf_manifest_read(&manifest, path, call->diag);
    if (status != CF_OK)
        return status;
    status = cf_records_gather(&manifest, &path, 1, 0, &records, call->diag);
    if (status == CF_OK) {
        const struct state state = {path, cf_records_count(records, 0, 1), records};
        show(call, &state);
        cf_records_close(records);
    }
    cf_manifest_free(&manifest);
    return status;
}

enum cf_status cf_cmd_status(const struct cf_call *call)
{
    struct cf_arena arena;
    struct stat is;
    cf_arena_init(&arena);
    const char *path = call->operand[0], *part = cf_arena_format(&arena, "%s.part", path);
    /* Of a file that is not there yet its records are meant. */
    if (stat(path, &is) < 0 && cf_is_folder(part))
        path = part;
    const enum cf_status status =
        cf_is_folder(path) ? of_records(call, path) : of_results(call, path);
    cf_arena_free(&arena);
    return status;
}
