/* The runs that are scored, in memory: of each draw only what the outturn speaks of is kept. */
#include "calibrate/hindcast_parts.h"

#include "exec/batch.h"
#include "exec/sched.h"
#include "model/view.h"

#include <math.h>

struct making {
    struct cf_hindcast *h;
    struct cf_batch *batch;   /* [threads] */
    double **room;            /* [threads] records of a batch */
    double *value;            /* [n_cases][n_draws] */
    unsigned char *is_failed; /* [n_draws] */
};

/* Members are walked as the digits of a counter, the last dimension fastest. */
double cf_hindcast_sum(const struct cf_hindcast_cell *cell, const struct cf_hindcast_variable *v,
                       const double *value, int y)
{
    int at[CF_HINDCAST_MOST_DIMS], d = 0;
    double sum = 0;
    for (int k = 0; k < v->n_dims; k++)
        at[k] = cell->low[k];
    while (d >= 0) {
        size_t offset = (size_t)y;
        for (int k = 0; k < v->n_dims; k++)
            offset = VIEW2(offset, at[k], v->extent[k]);
        sum += value[offset];
        for (d = v->n_dims - 1; d >= 0 && at[d] == cell->high[d]; d--)
            at[d] = cell->low[d];
        if (d >= 0)
            at[d]++;
    }
    return sum;
}

static void do_batch(void *self, int item, int thread)
{
    struct making *m = self;
    const struct cf_hindcast *h = m->h;
    const size_t length = h->layout->draw_length, R = (size_t)h->n_draws;
    struct cf_trouble trouble[CF_LANES];
    double *record[CF_LANES];
    const int from = item * CF_LANES, left = h->n_draws - from;
    const int n = left < CF_LANES ? left : CF_LANES;
    if (!m->batch[thread].worker.model)
        cf_batch_init(&m->batch[thread], &h->kept, h->query->kernels);
    for (int k = 0; k < n; k++)
        record[k] = m->room[thread] + (size_t)k * length;
    cf_batch_runs(&m->batch[thread], h->layout, 0, from + 1, n, record, trouble);
    for (int k = 0; k < n; k++) {
        m->is_failed[from + k] = trouble[k].status != CF_RUN_OK;
        for (int c = 0; c < h->n_cells; c++) {
            const struct cf_hindcast_cell *cell = &h->cell[c];
            const struct cf_hindcast_variable *v = &h->variable[cell->variable];
            m->value[(size_t)cell->scored * R + (size_t)(from + k)] +=
                cf_hindcast_sum(cell, v, record[k] + v->kept->offset, cell->y);
        }
    }
}

/* Draws that failed are left out of every case, in place. */
static void leave_out_failed(struct making *m)
{
    struct cf_hindcast *h = m->h;
    const size_t R = (size_t)h->n_draws;
    size_t to = 0;
    for (size_t d = 0; d < R; d++)
        h->n_failed += m->is_failed[d];
    for (size_t k = 0; k < (size_t)h->n_cases * R; k++)
        if (!m->is_failed[k % R])
            m->value[to++] = m->value[k];
    h->draw = m->value;
    h->n_draws -= h->n_failed;
}

static enum cf_status do_central(struct cf_hindcast *h)
{
    struct cf_batch batch;
    double *record = CF_TAKE(h->arena, h->layout->length, double);
    cf_batch_init(&batch, &h->kept, h->query->kernels);
    const struct cf_trouble trouble = cf_batch_run(&batch, h->layout, record);
    cf_batch_free(&batch);
    if (trouble.status != CF_RUN_OK) {
        cf_report_trouble(h->model, &trouble, h->diag);
        return trouble.of_inputs ? CF_BAD_INPUT : CF_BROKEN;
    }
    for (int c = 0; c < h->n_cells; c++) {
        const struct cf_hindcast_cell *cell = &h->cell[c];
        const struct cf_hindcast_variable *v = &h->variable[cell->variable];
        h->scored[cell->scored].central +=
            cf_hindcast_sum(cell, v, record + v->central->offset, cell->y);
    }
    cf_hindcast_others(h, record);
    return CF_OK;
}

enum cf_status cf_hindcast_runs(struct cf_hindcast *h)
{
    const enum cf_status status = do_central(h);
    h->n_draws = cf_future_draws(&h->model->scenario.future);
    if (status != CF_OK || h->n_draws == 0)
        return status;
    const int batches = (h->n_draws + CF_LANES - 1) / CF_LANES;
    const int threads = h->query->threads < batches ? h->query->threads : batches;
    struct making m = {
        .h = h,
        .batch = CF_TAKE(h->arena, (size_t)threads, struct cf_batch),
        .room = CF_TAKE(h->arena, (size_t)threads, double *),
        .value = CF_TAKE(h->arena, (size_t)h->n_cases * (size_t)h->n_draws, double),
        .is_failed = CF_TAKE(h->arena, (size_t)h->n_draws, unsigned char),
    };
    for (int t = 0; t < threads; t++)
        m.room[t] = CF_TAKE(h->arena, CF_LANES * h->layout->draw_length, double);
    cf_do_items(batches, threads, do_batch, &m);
    for (int t = 0; t < threads; t++)
        if (m.batch[t].worker.model)
            cf_batch_free(&m.batch[t]);
    leave_out_failed(&m);
    return CF_OK;
}
