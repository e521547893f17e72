#include "exec/sweep.h"

#include "exec/sched.h"

#include <limits.h>
#include <stdatomic.h>
#include <threads.h>

#define MOST_FAILED 0.01

/* What a thread keeps from batch to batch. */
struct hand {
    int scenario; /* of the worker, -1: none */
    void *worker;
};

/* A run that failed: of several the one with the lowest number is told. */
struct failed {
    long long run; /* -1: none */
    struct cf_trouble trouble;
};

struct work {
    const struct cf_sweep *sweep;
    struct cf_record_set *records;
    struct hand *hand;     /* [threads] */
    atomic_int ended;      /* 1: a record could not be kept */
    atomic_llong least;    /* the lowest number of a central run that failed */
    atomic_llong done;     /* runs */
    long long missing;     /* runs that were missing at the beginning */
    mtx_t telling;         /* of what follows, and of progress */
    struct failed central; /* run */
    struct failed draw;
};

/* Whether a batch need not be begun. Which central run is told of does not depend on threads: what
 * comes before one that failed is done. */
static int is_ending(const struct work *work, long long first)
{
    return atomic_load(&work->ended) || first > atomic_load(&work->least) ||
           (work->sweep->stop && *work->sweep->stop);
}

/* ---- what failed ---- */

static void note_failed(struct work *work, long long run, const struct cf_trouble *trouble)
{
    const int central = cf_run_of(&work->sweep->runs, run).draw == 0;
    struct failed *failed = central ? &work->central : &work->draw;
    mtx_lock(&work->telling);
    if (failed->run < 0 || run < failed->run)
        *failed = (struct failed){run, *trouble};
    if (central)
        atomic_store(&work->least, failed->run);
    mtx_unlock(&work->telling);
}

/* Look at how the runs of a batch ended. 1 where it can be kept. */
static int judge_batch(struct work *work, long long first, int n, const struct cf_trouble *trouble,
                       int *status)
{
    int good = 1;
    for (int k = 0; k < n; k++) {
        status[k] = (int)trouble[k].status;
        if (trouble[k].status == CF_RUN_OK)
            continue;
        note_failed(work, first + k, &trouble[k]);
        good &= cf_run_of(&work->sweep->runs, first + k).draw != 0;
    }
    return good;
}

static void report_draw(const struct work *work, cf_diag *diag)
{
    const struct cf_trouble *t = &work->draw.trouble;
    const struct cf_run_id id = cf_run_of(&work->sweep->runs, work->draw.run);
    cf_report(diag, CF_WARNING, "run.draw-failed", (struct cf_at){0},
              "its values are left undefined; run_status says which runs these are",
              "run %lld (draw %d) failed in %d, in '%s': %s", work->draw.run, id.draw, t->year,
              t->process ? t->process : "", t->what ? t->what : "");
}

/* ---- a batch ---- */

static void *worker_for(struct work *work, int thread, int scenario)
{
    const struct cf_batcher *batcher = work->sweep->batcher;
    struct hand *hand = &work->hand[thread];
    if (hand->worker && hand->scenario != scenario) {
        batcher->close(hand->worker);
        hand->worker = NULL;
    }
    if (!hand->worker)
        hand->worker = batcher->open(batcher->self, scenario);
    hand->scenario = scenario;
    return hand->worker;
}

static void tell_progress(struct work *work, int n)
{
    const long long done = atomic_fetch_add(&work->done, n) + n;
    if (!work->sweep->progress || mtx_trylock(&work->telling) != thrd_success)
        return;
    work->sweep->progress(work->sweep->progress_self, done, work->missing);
    mtx_unlock(&work->telling);
}

/* Threads take items in ascending order, so that what one of them keeps is in order. */
static void do_batch(void *self, int item, int thread)
{
    struct work *work = self;
    const struct cf_sweep *sweep = work->sweep;
    const long long batch = sweep->shard + (long long)item * sweep->n_shards;
    struct cf_trouble trouble[CF_BATCH] = {0};
    double *record[CF_BATCH];
    int status[CF_BATCH], n;
    const long long first = cf_batch_first(&sweep->runs, batch, &n);
    if (is_ending(work, first) || cf_records_has(work->records, batch))
        return;
    const struct cf_run_id id = cf_run_of(&sweep->runs, first);
    void *worker = worker_for(work, thread, id.scenario);
    cf_records_room(work->records, thread, batch, record);
    sweep->batcher->run(worker, id.point, id.draw, n, record, trouble);
    if (!judge_batch(work, first, n, trouble, status))
        return;
    if (!cf_records_keep(work->records, thread, batch, status))
        atomic_store(&work->ended, 1);
    tell_progress(work, n);
}

/* ---- all ---- */

/* What it came to; a central run that failed comes first, since the rest is then of no use. */
static enum cf_status end_of(const struct work *work, int all, cf_diag *diag)
{
    const struct cf_batcher *batcher = work->sweep->batcher;
    if (work->draw.run >= 0)
        report_draw(work, diag);
    if (work->central.run >= 0) {
        const struct cf_run_id id = cf_run_of(&work->sweep->runs, work->central.run);
        batcher->report(batcher->self, id.scenario, &work->central.trouble, diag);
        return work->central.trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
    }
    const enum cf_status kept = cf_records_save(work->records, !all, diag);
    return kept != CF_OK ? kept : all ? CF_OK : CF_STOPPED;
}

enum cf_status cf_do_sweep(const struct cf_sweep *sweep, struct cf_record_set *records,
                           cf_diag *diag)
{
    const long long n_batches = cf_n_batches(&sweep->runs);
    const long long n_items =
        sweep->shard < n_batches ? (n_batches - sweep->shard - 1) / sweep->n_shards + 1 : 0;
    struct work work = {.sweep = sweep, .records = records, .central.run = -1, .draw.run = -1};
    struct cf_records_count count = cf_records_count(records, sweep->shard, sweep->n_shards);
    struct cf_arena arena;
    if (mtx_init(&work.telling, mtx_plain) != thrd_success)
        cf_out_of_memory();
    cf_arena_init(&arena);
    atomic_store(&work.least, LLONG_MAX);
    work.missing = count.runs - count.done;
    const int threads = sweep->threads < n_items ? sweep->threads : n_items > 0 ? (int)n_items : 1;
    work.hand = CF_TAKE(&arena, (size_t)threads, struct hand);
    if (work.missing > 0)
        cf_do_items((int)n_items, threads, do_batch, &work);
    for (int i = 0; i < threads; i++)
        if (work.hand[i].worker)
            sweep->batcher->close(work.hand[i].worker);
    const enum cf_status status = end_of(&work, atomic_load(&work.done) == work.missing, diag);
    mtx_destroy(&work.telling);
    cf_arena_free(&arena);
    return status;
}

enum cf_status cf_judge_failed(const struct cf_records_count *count)
{
    return (double)count->failed > MOST_FAILED * (double)count->done ? CF_BROKEN : CF_OK;
}
