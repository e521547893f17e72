#include "plan/trial.h"

#include "base/text.h"
#include "engine/select.h"
#include "exec/batch.h"
#include "exec/sched.h"
#include "model/view.h"

#include <string.h>

/* A batch is some futures of one model. */
struct trials {
    const struct cf_trial_runs *runs;
    struct cf_trial *trial;    /* [n] */
    struct cf_layout **layout; /* [n] */
    const struct cf_kernels *kernels;
    int each;                   /* batches of a model */
    struct cf_trouble *trouble; /* [n][futures] */
};

static const struct cf_variable *find_variable(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (cf_text_same(layout->variable[k].name, name))
            return &layout->variable[k];
    return NULL;
}

/* The values of a run under the name kept for draws, or without draws the central run's. */
static const double *values_of(const struct cf_layout *layout, const double *record,
                               const char *of_draws, const char *central)
{
    const struct cf_variable *v = find_variable(layout, of_draws);
    v = v ? v : find_variable(layout, central);
    return v ? record + v->offset : NULL;
}

/* By offer to by line and site. */
static void spread_offers(const struct cf_model *model, int Y, const double *from, double *to)
{
    const struct cf_provision *p = &model->provision;
    for (int y = 0; y < Y && from; y++)
        for (int o = 0; o < p->n_offers; o++)
            to[VIEW3(y, p->offer_line[o], p->I, p->offer_site[o], p->J)] =
                from[VIEW2(y, o, p->n_offers)];
}

static void take_future(const struct trials *t, int m, int f, const double *record)
{
    const struct cf_trial *trial = &t->trial[m];
    const struct cf_layout *layout = t->layout[m];
    const size_t by_area = (size_t)trial->Y * (size_t)trial->A * (size_t)trial->I;
    const size_t by_site = (size_t)trial->Y * (size_t)trial->I * (size_t)trial->J;
    const double *unplaced = values_of(layout, record, "unplaced_draws", "unplaced");
    if (unplaced)
        memcpy(trial->unplaced + (size_t)f * by_area, unplaced, by_area * sizeof *unplaced);
    if (t->runs->unplaced_only)
        return;
    spread_offers(t->runs->model[m], trial->Y,
                  values_of(layout, record, "enrolled_draws", "enrolled"),
                  trial->enrolled + (size_t)f * by_site);
    spread_offers(t->runs->model[m], trial->Y, values_of(layout, record, "usable_draws", "usable"),
                  trial->usable + (size_t)f * by_site);
}

static void do_batch(void *self, int item, int thread)
{
    (void)thread;
    struct trials *t = self;
    const struct cf_futures *futures = t->runs->futures;
    const int m = item / t->each, first = item % t->each * CF_LANES;
    const int n = futures->n - first < CF_LANES ? futures->n - first : CF_LANES;
    struct cf_batch batch;
    double *record[CF_LANES];
    cf_batch_init(&batch, t->runs->model[m], t->kernels);
    for (int k = 0; k < n; k++)
        record[k] = CF_TAKE(&batch.worker.arena, t->layout[m]->length, double);
    cf_batch_draws(&batch, t->layout[m], 0, futures->draw + first, n, record,
                   t->trouble + VIEW2(m, first, futures->n));
    for (int k = 0; k < n; k++)
        take_future(t, m, first + k, record[k]);
    cf_batch_free(&batch);
}

static void begin_trial(const struct cf_model *model, int F, int unplaced_only,
                        struct cf_arena *arena, struct cf_trial *trial)
{
    *trial = (struct cf_trial){.F = F,
                               .Y = model->extent.Y,
                               .A = model->extent.A,
                               .I = model->provision.I,
                               .J = model->provision.J};
    const size_t years = (size_t)F * (size_t)trial->Y;
    const size_t pairs = years * (size_t)trial->I * (size_t)trial->J;
    trial->unplaced = CF_TAKE(arena, years * (size_t)trial->A * (size_t)trial->I, double);
    if (unplaced_only)
        return;
    trial->enrolled = CF_TAKE(arena, pairs, double);
    trial->usable = CF_TAKE(arena, pairs, double);
}

static enum cf_status judge(const struct trials *t, cf_diag *diag)
{
    const struct cf_futures *futures = t->runs->futures;
    for (int m = 0; m < t->runs->n; m++)
        for (int f = 0; f < futures->n; f++) {
            const struct cf_trouble *trouble = &t->trouble[VIEW2(m, f, futures->n)];
            if (trouble->status == CF_RUN_OK)
                continue;
            cf_report_trouble(t->runs->model[m], trouble, diag);
            return CF_BROKEN;
        }
    return CF_OK;
}

enum cf_status cf_run_trials(const struct cf_trial_runs *runs, struct cf_arena *arena,
                             struct cf_trial *trial, cf_diag *diag)
{
    struct trials t = {.runs = runs, .trial = trial, .kernels = cf_select_kernels(NULL)};
    struct cf_arena scratch;
    cf_arena_init(&scratch);
    t.layout = CF_TAKE(&scratch, (size_t)runs->n, struct cf_layout *);
    t.trouble = CF_TAKE(&scratch, (size_t)runs->n * (size_t)runs->futures->n, struct cf_trouble);
    t.each = (runs->futures->n + CF_LANES - 1) / CF_LANES;
    for (int m = 0; m < runs->n; m++) {
        t.layout[m] = cf_record_layout(&scratch, runs->model[m]);
        begin_trial(runs->model[m], runs->futures->n, runs->unplaced_only, arena, &trial[m]);
    }
    cf_do_items(runs->n * t.each, runs->threads, do_batch, &t);
    const enum cf_status status = judge(&t, diag);
    cf_arena_free(&scratch);
    return status;
}
