#ifndef CF_TEST_SMALL_RUNS_H
#define CF_TEST_SMALL_RUNS_H

/*
 * A set of runs that nobody has to compute: two scenarios, two points, 21 draws, records of 37 and
 * 5 numbers. What stands in a record follows from the run by a rule. Folders are made in one of the
 * test's own.
 */
#include "exec/record_file.h"
#include "exec/records.h"
#include "exec/sweep.h"
#include "support/check.h"
#include "unit/output/small_results.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { RUNS_LENGTH = 37, RUNS_DRAW_LENGTH = 5, RUNS_DRAWS = 21, RUNS_WORKERS = 4 };

struct runs {
    struct small small; /* for its two models */
    struct cf_variable variable[2];
    struct cf_layout layout;
    struct cf_manifest_of of;
    struct cf_manifest manifest;
    /* What the stand-in for a model does. */
    struct cf_batcher batcher;
    atomic_int opened, closed, batches; /* workers, batches that were asked for */
    int fails[4];                       /* runs that fail, 0: none */
    int stop_after;                     /* batches, then stop is set */
    volatile sig_atomic_t stop;
};

static inline double runs_value(long long run, size_t cell)
{
    return 2.385 * (double)run + 1.0 / (double)(cell + 3);
}

struct runs_worker {
    struct runs *runs;
    int scenario;
};

static inline void *runs_open(void *self, int scenario)
{
    struct runs *runs = self;
    struct runs_worker *worker = malloc(sizeof *worker);
    assert_non_null(worker);
    *worker = (struct runs_worker){runs, scenario};
    atomic_fetch_add(&runs->opened, 1);
    return worker;
}

static inline void runs_close(void *self)
{
    struct runs_worker *worker = self;
    atomic_fetch_add(&worker->runs->closed, 1);
    free(worker);
}

static inline void runs_run(void *self, int point, int first_draw, int n, double *const *record,
                            struct cf_trouble *trouble)
{
    const struct runs_worker *worker = self;
    struct runs *runs = worker->runs;
    const struct cf_run_id id = {worker->scenario, point, first_draw};
    const long long first = cf_run_number(&runs->of.runs, id);
    for (int k = 0; k < n; k++) {
        const size_t cells = first_draw + k == 0 ? RUNS_LENGTH : RUNS_DRAW_LENGTH;
        for (size_t i = 0; i < cells; i++) {
            assert_true(record[k][i] == 0);
            record[k][i] = runs_value(first + k, i);
        }
        for (size_t i = 0; i < sizeof runs->fails / sizeof *runs->fails; i++)
            if (runs->fails[i] == first + k && runs->fails[i] != 0)
                trouble[k] = (struct cf_trouble){.status = CF_RUN_NOT_PLACED,
                                                 .year = 2010,
                                                 .process = "place",
                                                 .what = "it did not converge"};
    }
    if (atomic_fetch_add(&runs->batches, 1) + 1 == runs->stop_after)
        runs->stop = 1;
}

static inline void runs_report(void *self, int scenario, const struct cf_trouble *trouble,
                               cf_diag *diag)
{
    (void)self;
    cf_report(diag, CF_ERROR, "run.failed", (struct cf_at){0}, NULL, "scenario %d failed in %d",
              scenario, trouble->year);
}

static inline void runs_init(struct runs *runs)
{
    *runs = (struct runs){0};
    small_init(&runs->small, "unused.h5");
    runs->variable[0] = (struct cf_variable){.name = "kept",
                                             .n_dims = 1,
                                             .dim = {"area"},
                                             .extent = {RUNS_DRAW_LENGTH},
                                             .size = RUNS_DRAW_LENGTH,
                                             .of_draws = 1};
    runs->variable[1] = (struct cf_variable){.name = "central",
                                             .n_dims = 1,
                                             .dim = {"year"},
                                             .extent = {RUNS_LENGTH - RUNS_DRAW_LENGTH},
                                             .offset = RUNS_DRAW_LENGTH,
                                             .size = RUNS_LENGTH - RUNS_DRAW_LENGTH};
    runs->layout = (struct cf_layout){.n_variables = 2,
                                      .variable = runs->variable,
                                      .length = RUNS_LENGTH,
                                      .draw_length = RUNS_DRAW_LENGTH};
    runs->of = (struct cf_manifest_of){.model = runs->small.models,
                                       .runs = {SMALL_SCENARIOS, 2, RUNS_DRAWS},
                                       .layout = &runs->layout};
    cf_manifest_init(&runs->manifest, &runs->of);
    runs->batcher = (struct cf_batcher){runs, runs_open, runs_run, runs_close, runs_report};
}

static inline void runs_free(struct runs *runs)
{
    assert_int_equal(runs->opened, runs->closed);
    cf_manifest_free(&runs->manifest);
    small_free(&runs->small);
}

static inline struct cf_record_set *runs_records(struct runs *runs, const char *folder,
                                                 size_t in_memory, cf_diag *diag)
{
    const struct cf_records_plan plan = {.manifest = &runs->manifest,
                                         .folder = folder,
                                         .n_shards = 1,
                                         .workers = RUNS_WORKERS,
                                         .in_memory = in_memory};
    struct cf_record_set *records = NULL;
    const enum cf_status status = cf_records_open(&plan, &records, diag);
    assert_int_equal(status == CF_OK, records != NULL);
    return records;
}

/* ---- a sink that knows what should come ---- */

struct runs_seen {
    struct runs *runs;
    long long next, n, n_failed;
    int with_gaps; /* 1: runs may be missing */
};

static inline enum cf_status runs_see(void *self, const struct cf_record *record, cf_diag *diag)
{
    struct runs_seen *seen = self;
    const struct cf_run_id id = cf_run_of(&seen->runs->of.runs, record->run);
    (void)diag;
    assert_true(seen->with_gaps ? record->run >= seen->next : record->run == seen->next);
    assert_int_equal(record->scenario, id.scenario);
    assert_int_equal(record->point, id.point);
    assert_int_equal(record->draw, id.draw);
    for (size_t i = 0; i < (id.draw == 0 ? RUNS_LENGTH : RUNS_DRAW_LENGTH); i++)
        if (record->status == CF_RUN_OK)
            assert_true(record->value[i] == runs_value(record->run, i));
        else
            assert_true(isnan(record->value[i]));
    seen->next = record->run + 1;
    seen->n++;
    seen->n_failed += record->status != CF_RUN_OK;
    return CF_OK;
}

/* Put all into it: how many came. */
static inline long long runs_put(struct runs *runs, struct cf_record_set *records, int with_gaps)
{
    struct runs_seen seen = {.runs = runs, .with_gaps = with_gaps};
    const struct cf_sink sink = {&seen, runs_see};
    assert_int_equal(cf_records_put(records, &sink, NULL, NULL), CF_OK);
    return seen.n;
}

/* Do a batch by hand. */
static inline int runs_keep(struct runs *runs, struct cf_record_set *records, int worker,
                            long long batch)
{
    double *record[CF_BATCH];
    int status[CF_BATCH] = {0}, n;
    const long long first = cf_batch_first(&runs->of.runs, batch, &n);
    cf_records_room(records, worker, batch, record);
    for (int k = 0; k < n; k++)
        for (size_t i = 0;
             i < (cf_run_of(&runs->of.runs, first + k).draw ? RUNS_DRAW_LENGTH : RUNS_LENGTH); i++)
            record[k][i] = runs_value(first + k, i);
    return cf_records_keep(records, worker, batch, status);
}

#endif
