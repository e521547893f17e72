/*
 * The runs of a decomposition: the central one with every set of causes on, eight sets to a batch,
 * and what is counted in each.
 */
#include "plan/decompose_parts.h"

#include "base/text.h"
#include "engine/indicators.h"
#include "engine/placing.h"
#include "exec/batch.h"
#include "exec/sched.h"

#include <stdlib.h>

struct work {
    struct cf_decomposition *d;
    const struct cf_model *model;
    struct cf_batch *batch;     /* [threads] */
    struct cf_trouble *trouble; /* [n_sets, rounded up to whole batches] */
};

/* ---- what is counted ---- */

/* A batch as it is looked at: its first set. */
struct seen {
    struct cf_decomposition *d;
    int first;
};

static void put(const struct seen *seen, size_t cell, lanes value)
{
    struct cf_decomposition *d = seen->d;
    for (int k = 0; k < CF_LANES && seen->first + k < d->n_sets; k++)
        d->value[(size_t)(seen->first + k) * d->n_cells + cell] = value[k];
}

/* Persons of the ages asked for in one area: all, learners, NEET. */
struct persons {
    lanes all, learners, neet;
};

static void count_area(const struct cf_decomposition *d, struct cf_worker *w, int a,
                       struct persons *to)
{
    const struct cf_axis *status = &d->model->axis[CF_AXIS_STATUS];
    for (int x = d->first_x; x <= d->last_x; x++) {
        w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
        for (int s = 0; s < w->e->S; s++) {
            const char *kind = cf_axis_value(status, "kind", s);
            to->all += w->persons[s];
            if (w->participates[s])
                to->learners += w->persons[s];
            if (kind && cf_text_same(kind, "neet"))
                to->neet += w->persons[s];
        }
    }
}

static lanes unplaced_in(const struct cf_worker *w, int a)
{
    const struct cf_placing *k = w->placing;
    lanes sum = {0};
    for (int i = 0; k && i < k->p->I; i++)
        sum += k->unplaced[VIEW2(i, a, w->e->A)];
    return sum;
}

/* Everything but results of the summer, of one pool. */
static lanes outcome_of(const struct cf_decomposition *d, struct cf_worker *w, int pool,
                        const struct cf_outcome *outcome)
{
    const struct cf_areas areas = {0, w->e->A, pool};
    struct persons p = {{0}, {0}, {0}};
    lanes unplaced = {0};
    if (outcome->kind == CF_OUT_INDICATOR)
        return cf_indicator_of(w, &areas, outcome->indicator);
    for (int a = 0; a < w->e->A; a++) {
        if (!cf_pool_has(&d->pools, pool, a))
            continue;
        if (outcome->kind == CF_OUT_UNPLACED)
            unplaced += unplaced_in(w, a);
        else
            count_area(d, w, a, &p);
    }
    return outcome->kind == CF_OUT_LEARNERS    ? p.learners
           : outcome->kind == CF_OUT_NEET      ? p.neet
           : outcome->kind == CF_OUT_RESIDENTS ? p.all
           : outcome->kind == CF_OUT_UNPLACED  ? unplaced
                                               : p.learners / p.all;
}

static int of_summer(const struct cf_decomposition *d, const struct cf_outcome *outcome)
{
    return outcome->kind == CF_OUT_INDICATOR &&
           d->model->scenario.indicator[outcome->indicator].of == CF_COUNTED_ATTAINED;
}

static void see(void *self, struct cf_worker *w, int y, int summer)
{
    const struct seen *seen = self;
    const struct cf_decomposition *d = seen->d;
    for (int n = 0; n < d->n_years; n++) {
        if (d->year[n] != y)
            continue;
        for (int a = 0; a < w->e->A && !summer; a++)
            cf_count_indicators(w, a, CF_COUNTED_STOCK);
        for (int pool = 0; pool < d->pools.n; pool++)
            for (int o = 0; o < d->n_outcomes; o++)
                if (of_summer(d, &d->outcome[o]) == summer)
                    put(seen, cf_outcome_cell(d, n, pool, o),
                        outcome_of(d, w, pool, &d->outcome[o]));
    }
}

/* ---- runs ---- */

static void open_batch(const struct cf_decomposition *d, const struct cf_model *model,
                       struct cf_batch *batch)
{
    cf_batch_init(batch, model, d->query->kernels);
    cf_worker_may_switch(&batch->worker);
    batch->worker.pools = d->pools;
    if (d->shift)
        cf_binding_freeze(&batch->binding, d->shift);
}

static void do_batch(void *self, int item, int thread)
{
    struct work *work = self;
    struct cf_decomposition *d = work->d;
    struct cf_batch *batch = &work->batch[thread];
    struct seen seen = {d, item * CF_LANES};
    unsigned char off[CF_LANES];
    if (!batch->worker.model)
        open_batch(d, work->model, batch);
    for (int k = 0; k < CF_LANES; k++) {
        const int set = seen.first + k < d->n_sets ? seen.first + k : d->n_sets - 1;
        off[k] = 0;
        for (int i = 0; i < d->n_acting; i++)
            if (!(set >> i & 1))
                off[k] |= (unsigned char)(1 << d->acting[i]);
    }
    cf_batch_switched(batch, off, &(struct cf_witness){&seen, see}, work->trouble + seen.first);
}

/* The first set of which the run failed, by number of causes taken away at last. */
static enum cf_status judge(const struct work *work)
{
    const struct cf_decomposition *d = work->d;
    struct cf_text without = {0};
    for (int set = d->n_sets - 1; set >= 0; set--) {
        const struct cf_trouble *trouble = &work->trouble[set];
        if (trouble->status == CF_RUN_OK)
            continue;
        cf_text_add(&without, "");
        for (int i = 0; i < d->n_acting; i++)
            if (!(set >> i & 1))
                cf_text_format(&without, "%s%s", without.length ? ", " : "",
                               cf_causes[d->acting[i]].name);
        cf_report_trouble(d->model, trouble, d->diag);
        if (without.length)
            cf_report(d->diag, CF_ERROR, "decompose.run",
                      (struct cf_at){.path = d->model->scenario.path}, NULL,
                      "that is the run without %s", without.data);
        cf_text_free(&without);
        return trouble->of_inputs ? CF_BAD_INPUT : CF_BROKEN;
    }
    return CF_OK;
}

/* The shifts that the run as it is solves, to be held in all others. */
static enum cf_status solve_shifts(struct cf_decomposition *d)
{
    struct cf_batch batch;
    cf_batch_init(&batch, d->model, d->query->kernels);
    const struct cf_layout *layout = cf_record_layout(d->arena, d->model);
    double *record = CF_TAKE(d->arena, layout->length, double);
    const struct cf_trouble trouble = cf_batch_run(&batch, layout, record);
    for (int k = 0; k < layout->n_variables; k++)
        if (cf_text_same(layout->variable[k].name, "shift"))
            d->shift = record + layout->variable[k].offset;
    cf_batch_free(&batch);
    if (trouble.status == CF_RUN_OK)
        return CF_OK;
    cf_report_trouble(d->model, &trouble, d->diag);
    return trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
}

static void find_acting(struct cf_decomposition *d, const struct cf_model *model)
{
    struct cf_batch batch;
    cf_batch_init(&batch, model, d->query->kernels);
    if (d->shift)
        cf_binding_freeze(&batch.binding, d->shift);
    for (int c = 0; c < CF_N_CAUSES; c++) {
        const int needs_places = c == CF_CAUSE_ACCESS || c == CF_CAUSE_CAPACITY;
        if (!(needs_places && !batch.worker.placing) && !cf_cause_is_idle(&batch.binding, c))
            d->acting[d->n_acting++] = (enum cf_cause)c;
    }
    d->n_sets = 1 << d->n_acting;
    cf_batch_free(&batch);
}

enum cf_status cf_decompose_runs(struct cf_decomposition *d)
{
    struct cf_model held = *d->model;
    if (d->model->scenario.backcast) {
        const enum cf_status status = solve_shifts(d);
        if (status != CF_OK)
            return status;
        held.scenario.backcast = 0;
    }
    find_acting(d, &held);
    const int n_batches = (d->n_sets + CF_LANES - 1) / CF_LANES;
    const int threads = d->query->threads < n_batches ? d->query->threads : n_batches;
    struct work work = {.d = d, .model = &held};
    d->n_cells = (size_t)d->n_years * (size_t)d->pools.n * (size_t)d->n_outcomes;
    d->value = CF_TAKE(d->arena, (size_t)d->n_sets * d->n_cells, double);
    work.batch = CF_TAKE(d->arena, (size_t)threads, struct cf_batch);
    work.trouble = CF_TAKE(d->arena, (size_t)n_batches * CF_LANES, struct cf_trouble);
    cf_do_items(n_batches, threads, do_batch, &work);
    for (int k = 0; k < threads; k++)
        if (work.batch[k].worker.model)
            cf_batch_free(&work.batch[k]);
    return judge(&work);
}
