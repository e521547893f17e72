#include "exec/sweep.h"

#include "exec/batch.h"
#include "exec/sched.h"

/* More failed runs than this share ends with CF_BROKEN: the failed are the crowded ones, and
 * leaving them out flatters. */
#define MOST_FAILED 0.01

/* Batches that are computed before their records are put: as many as there are threads. */
struct wave {
    const struct cf_sweep *sweep;
    int first;
    struct wave_slot {
        double *value; /* [layout length] */
        struct cf_trouble trouble;
    } * slot;
};

/* One batch: the central run of one scenario, in lane 0; the other lanes repeat it. */
static void do_batch(void *self, int item, int thread)
{
    struct wave *wave = self;
    const struct cf_model *model = wave->sweep->model[wave->first + item];
    struct wave_slot *slot = &wave->slot[item];
    struct cf_batch batch;
    (void)thread;
    cf_batch_init(&batch, model, wave->sweep->kernels);
    slot->trouble = cf_batch_run(&batch, wave->sweep->layout, slot->value);
    cf_batch_free(&batch);
}

static enum cf_status put_wave(const struct wave *wave, int n, const struct cf_sink *sink,
                               struct cf_sweep_outcome *outcome, cf_diag *diag)
{
    for (int i = 0; i < n; i++) {
        const struct wave_slot *slot = &wave->slot[i];
        const int scenario = wave->first + i;
        const struct cf_record record = {.run = scenario,
                                         .scenario = scenario,
                                         .status = slot->trouble.status,
                                         .value = slot->value};
        outcome->n_runs++;
        if (record.status != CF_RUN_OK) {
            outcome->n_failed++;
            cf_report_trouble(wave->sweep->model[scenario], &slot->trouble, diag);
            if (record.draw == 0)
                return slot->trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
        }
        const enum cf_status status = sink->put(sink->self, &record, diag);
        if (status != CF_OK)
            return status;
    }
    return CF_OK;
}

enum cf_status cf_do_sweep(const struct cf_sweep *sweep, const struct cf_sink *sink,
                           struct cf_sweep_outcome *outcome, cf_diag *diag)
{
    const int n_runs = sweep->n_scenarios;
    const int width = sweep->threads < n_runs ? sweep->threads : n_runs;
    struct cf_arena arena;
    enum cf_status status = CF_OK;
    cf_arena_init(&arena);
    struct wave wave = {.sweep = sweep, .slot = CF_TAKE(&arena, (size_t)width, struct wave_slot)};
    for (int i = 0; i < width; i++)
        wave.slot[i].value = CF_TAKE(&arena, sweep->layout->length, double);
    *outcome = (struct cf_sweep_outcome){0};
    for (wave.first = 0; wave.first < n_runs && status == CF_OK; wave.first += width) {
        const int n = n_runs - wave.first < width ? n_runs - wave.first : width;
        cf_do_items(n, sweep->threads, do_batch, &wave);
        status = put_wave(&wave, n, sink, outcome, diag);
    }
    cf_arena_free(&arena);
    if (status == CF_OK && outcome->n_failed > MOST_FAILED * n_runs)
        status = CF_BROKEN;
    return status;
}
