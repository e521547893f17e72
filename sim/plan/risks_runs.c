/*
 * The draws of a results file again, without a risk and with it mitigated: those in which that
 * makes a difference. Where a risk does not happen the draw stands in the file as it is without the
 * risk; where it does not happen once mitigated, the draw is that without it. They are made in
 * blocks, each counted in order of the draws before the next is made: memory does not grow with the
 * draws, and nothing depends on the threads.
 */
#include "plan/risks_parts.h"

#include "base/text.h"
#include "exec/batch.h"
#include "exec/sched.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Draws of a block. */
enum { BLOCK_RUNS = 32 * CF_LANES };

/* One case of one risk: its model, and what is kept of its runs. */
struct variant {
    struct cf_model model;
    struct cf_batch *batch; /* [threads] */
    double *record;         /* [BLOCK_RUNS] */
    int good[BLOCK_RUNS];
    int n_made, made[BLOCK_RUNS]; /* draws of the block that are made, from 0 */
    unsigned char is_made[BLOCK_RUNS];
};

struct making {
    struct cf_risk_study *s;
    const struct cf_draws *draws;
    const struct cf_layout *layout;
    const struct cf_variable *pooled, *unplaced, *happened;
    struct variant *variant; /* the one at hand */
    int point, first;        /* draw that the block begins with */
    int n;                   /* draws of it */
    int threads;
    double *central;                                     /* record of the central run */
    double *file_pooled, *file_unplaced, *file_happened; /* [BLOCK_RUNS] rows of the file */
    size_t first_row;                                    /* of the file: that of the first draw */
};

/* ---- models and layout ---- */

/* The model with one risk away, or mitigated, and what is kept of draws cut down to what is asked
 * of them. All else, and all random numbers, stay. */
static struct cf_model without(const struct cf_risk_study *s, int risk, enum cf_risk_case how)
{
    static struct cf_retain kept[] = {{.variable = "*", .drop = 1},
                                      {.variable = "indicator_pooled"},
                                      {.variable = "unplaced", .report = 1}};
    struct cf_model m = *s->model;
    struct cf_future *f = &m.scenario.future;
    struct cf_risk *list = CF_TAKE(s->arena, (size_t)f->n_risks, struct cf_risk);
    memcpy(list, f->risk, (size_t)f->n_risks * sizeof *list);
    if (how == CF_RISK_AWAY)
        list[risk].probability = list[risk].mitigated_probability = 0;
    else if (how == CF_RISK_MITIGATED)
        list[risk].is_mitigated = 1;
    f->risk = list;
    f->retain = kept;
    f->n_retain = sizeof kept / sizeof *kept;
    return m;
}

static const struct cf_variable *of_draws(const struct cf_layout *layout, const char *name)
{
    for (int k = 0; k < layout->n_variables; k++)
        if (layout->variable[k].of_draws && cf_text_same(layout->variable[k].name, name))
            return &layout->variable[k];
    return NULL;
}

/* ---- runs ---- */

static void do_batch(void *self, int item, int thread)
{
    struct making *m = self;
    struct variant *v = m->variant;
    struct cf_batch *batch = &v->batch[thread];
    struct cf_trouble trouble[CF_LANES];
    double *record[CF_LANES];
    int draw[CF_LANES];
    const int from = item * CF_LANES, left = v->n_made - from;
    const int n = left < CF_LANES ? left : CF_LANES;
    if (!batch->worker.model)
        cf_batch_init(batch, &v->model, m->s->query->kernels);
    for (int k = 0; k < n; k++) {
        record[k] = v->record + (size_t)v->made[from + k] * m->layout->draw_length;
        draw[k] = m->first + v->made[from + k];
    }
    cf_batch_draws(batch, m->layout, m->point, draw, n, record, trouble);
    for (int k = 0; k < n; k++)
        v->good[v->made[from + k]] = trouble[k].status == CF_RUN_OK;
}

/* Make those draws of the block in which the risk happens, as it is or once mitigated. */
static void make_block(struct making *m, struct variant *v, int risk, int mitigated)
{
    v->n_made = 0;
    for (int k = 0; k < m->n; k++) {
        v->is_made[k] = cf_draw_onset(m->draws, m->first + k, risk, mitigated) >= 0;
        if (v->is_made[k])
            v->made[v->n_made++] = k;
    }
    const int batches = (v->n_made + CF_LANES - 1) / CF_LANES;
    m->variant = v;
    if (batches == 0)
        return;
    cf_do_items(batches, m->threads < batches ? m->threads : batches, do_batch, m);
}

static void close_variant(const struct making *m, struct variant *v)
{
    for (int k = 0; k < m->threads; k++)
        if (v->batch[k].worker.model)
            cf_batch_free(&v->batch[k]);
}

/* ---- what stands where ---- */

static size_t cells_of(const struct cf_results_variable *v)
{
    size_t n = 1;
    for (int d = 1; v && d < v->n_dims; d++)
        n *= v->dim[d]->n;
    return n;
}

/* Where an indicator of a year stands among the values of a run, in the file and in a record. */
static size_t pooled_at(const struct cf_risk_study *s, int n, int i)
{
    const size_t pools = s->pooled->dim[2]->n, indicators = s->pooled->dim[3]->n;
    return ((size_t)s->year[n].y * pools + (size_t)s->pool) * indicators + (size_t)i;
}

/* Unplaced of a year, of the areas that count, from [area][line]. */
static double unplaced_sum(const struct cf_risk_study *s, const double *value)
{
    const size_t lines = (size_t)s->model->provision.I;
    double sum = 0;
    for (int a = 0; a < s->model->extent.A; a++)
        for (size_t i = 0; s->counted[a] && i < lines; i++)
            sum += value[(size_t)a * lines + i];
    return sum;
}

/* A draw in one of the cases. */
struct one {
    int good, happened;
    const double *pooled, *unplaced; /* NULL: none is kept */
    int every_year;                  /* 1: unplaced is by year */
};

static double unplaced_of(const struct cf_risk_study *s, const struct one *of, int n)
{
    const size_t each = (size_t)s->model->extent.A * (size_t)s->model->provision.I;
    const int at = of->every_year ? s->year[n].y : s->year[n].report;
    return of->unplaced ? unplaced_sum(s, of->unplaced + (size_t)at * each) : (double)NAN;
}

static double indicator_of(const struct cf_risk_study *s, const struct one *of, int n, int i)
{
    return of->pooled[pooled_at(s, n, i)];
}

static struct one in_file(const struct making *m, int risk, int k)
{
    const struct cf_risk_study *s = m->s;
    const size_t row = (size_t)k, R = (size_t)s->happened->dim[1]->n;
    return (struct one){.good = s->ensemble.good[m->first_row + row],
                        .happened = m->file_happened[row * R + (size_t)s->in_file[risk]] == 1,
                        .pooled = s->pooled ? m->file_pooled + row * cells_of(s->pooled) : NULL,
                        .unplaced =
                            s->unplaced ? m->file_unplaced + row * cells_of(s->unplaced) : NULL,
                        .every_year = s->unplaced_every_year};
}

static struct one in_record(const struct making *m, const struct variant *v, int risk, int k)
{
    const double *record = v->record + (size_t)k * m->layout->draw_length;
    return (struct one){.good = v->good[k],
                        .happened = record[m->happened->offset + (size_t)risk] == 1,
                        .pooled = m->pooled ? record + m->pooled->offset : NULL,
                        .unplaced = m->unplaced ? record + m->unplaced->offset : NULL};
}

/* ---- counting ---- */

static void count_case(const struct cf_risk_study *s, struct cf_risk_count *c,
                       enum cf_risk_case which, const struct one *of)
{
    c->draws[which]++;
    c->failed[which] += !of->good;
    if (!of->good)
        return;
    c->happened[which] += of->happened;
    for (int n = 0; n < s->n_years; n++) {
        struct cf_risk_sums *sums = &c->sums[(int)which * s->n_years + n];
        sums->unplaced += unplaced_of(s, of, n);
        sums->draws++;
        for (int i = 0; i < s->n_indicators; i++) {
            const struct cf_indicator *indicator = &s->model->scenario.indicator[i];
            const double value = indicator_of(s, of, n, i);
            struct cf_risk_indicator_sums *sum = &c->indicators[cf_risk_at(s, (int)which, n, i)];
            if (isnan(value))
                continue;
            sum->draws++;
            sum->met += cf_meets(indicator->better, value, indicator->target[s->year[n].y]);
        }
    }
}

/* What the risk changes where it happens: `of` less `away`. */
static void count_change(const struct cf_risk_study *s, struct cf_risk_count *c, int which,
                         const struct one *of, const struct one *away)
{
    if (!of->good || !away->good || !of->happened)
        return;
    for (int n = 0; n < s->n_years; n++) {
        struct cf_risk_change *change = &c->change[which * s->n_years + n];
        change->unplaced += unplaced_of(s, of, n) - unplaced_of(s, away, n);
        change->draws++;
        for (int i = 0; i < s->n_indicators; i++) {
            const double less = indicator_of(s, of, n, i) - indicator_of(s, away, n, i);
            struct cf_risk_change *other = &c->indicator_change[cf_risk_at(s, which, n, i)];
            if (isnan(less))
                continue;
            other->unplaced += less;
            other->draws++;
        }
    }
}

static enum cf_status another_version(const struct cf_risk_study *s)
{
    cf_report(s->diag, CF_ERROR, "inputs.results", (struct cf_at){.path = s->model->scenario.path},
              "run it again with this program",
              "the scenario comes out otherwise than in the results: another version of the "
              "program made them");
    return CF_BAD_INPUT;
}

static enum cf_status read_rows(const struct making *m, const struct cf_results_variable *v,
                                double *to)
{
    if (!v)
        return CF_OK;
    return cf_results_read_rows(m->s->results, v, m->first_row, (size_t)m->n, to, m->s->diag);
}

/* The block of draws from m->first on, of one risk, in all cases. */
static enum cf_status do_block(struct making *m, int risk, struct variant *away,
                               struct variant *mitigated)
{
    struct cf_risk_study *s = m->s;
    struct cf_risk_count *c = cf_risk_count_of(s, m->point, risk);
    enum cf_status status = read_rows(m, s->happened, m->file_happened);
    if (status == CF_OK)
        status = read_rows(m, s->pooled, m->file_pooled);
    if (status == CF_OK)
        status = read_rows(m, s->unplaced, m->file_unplaced);
    if (status != CF_OK)
        return status;
    make_block(m, away, risk, 0);
    if (mitigated)
        make_block(m, mitigated, risk, 1);
    for (int k = 0; k < m->n; k++) {
        const struct one is = in_file(m, risk, k);
        const struct one not = away->is_made[k] ? in_record(m, away, risk, k) : is;
        if (is.good && is.happened != away->is_made[k])
            return another_version(s);
        count_case(s, c, CF_RISK_AS_IS, &is);
        count_case(s, c, CF_RISK_AWAY, &not );
        count_change(s, c, 0, &is, &not );
        if (!mitigated)
            continue;
        const struct one less = mitigated->is_made[k] ? in_record(m, mitigated, risk, k) : not ;
        count_case(s, c, CF_RISK_MITIGATED, &less);
        count_change(s, c, 1, &less, &not );
    }
    return CF_OK;
}

/* ---- the file ---- */

/* The row of draw 1 of a point; those after it follow, in order of the draws. */
static enum cf_status find_rows(struct making *m)
{
    const struct cf_ensemble *e = &m->s->ensemble;
    const int R = cf_future_draws(&m->s->model->scenario.future);
    size_t k = 0;
    while (k < e->n_runs &&
           !(e->scenario[k] == m->s->query->scenario && e->point[k] == m->point && e->draw[k] == 0))
        k++;
    for (int d = 0; d <= R; d++)
        if (k + (size_t)d >= e->n_runs || e->scenario[k + (size_t)d] != m->s->query->scenario ||
            e->point[k + (size_t)d] != m->point || e->draw[k + (size_t)d] != d)
            return cf_risks_spoilt(m->s, "the draws of the scenario are not in order");
    m->first_row = k;
    return CF_OK;
}

static int same_bits(const double *a, const double *b, size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (!(a[k] == b[k] || (isnan(a[k]) && isnan(b[k]))))
            return 0;
    return 1;
}

/* No risk happens in the central run: made again it must be what the file has. */
static enum cf_status check_central(struct making *m)
{
    struct cf_risk_study *s = m->s;
    struct cf_trouble trouble;
    struct cf_batch *batch = &m->variant->batch[0];
    m->n = 1;
    enum cf_status status = read_rows(m, s->pooled, m->file_pooled);
    if (status == CF_OK)
        status = read_rows(m, s->unplaced, m->file_unplaced);
    if (status != CF_OK)
        return status;
    if (!batch->worker.model)
        cf_batch_init(batch, &m->variant->model, s->query->kernels);
    cf_batch_runs(batch, m->layout, m->point, 0, 1, &m->central, &trouble);
    const struct one now = {.pooled = m->pooled ? m->central + m->pooled->offset : NULL,
                            .unplaced = m->unplaced ? m->central + m->unplaced->offset : NULL};
    const struct one then = {.unplaced = m->file_unplaced, .every_year = s->unplaced_every_year};
    int same = !s->pooled || same_bits(now.pooled, m->file_pooled, m->pooled->size);
    for (int n = 0; n < s->n_years && s->unplaced; n++)
        same &= unplaced_of(s, &now, n) == unplaced_of(s, &then, n);
    if (same)
        return CF_OK;
    return another_version(s);
}

/* ---- all ---- */

static void take_counts(struct cf_risk_study *s, int n)
{
    const size_t Y = (size_t)s->n_years, YI = Y * (size_t)s->n_indicators;
    s->count = CF_TAKE(s->arena, (size_t)n, struct cf_risk_count);
    for (int k = 0; k < n; k++) {
        struct cf_risk_count *c = &s->count[k];
        c->sums = CF_TAKE(s->arena, CF_N_RISK_CASES * Y, struct cf_risk_sums);
        c->indicators = CF_TAKE(s->arena, CF_N_RISK_CASES * YI, struct cf_risk_indicator_sums);
        c->change = CF_TAKE(s->arena, 2 * Y, struct cf_risk_change);
        c->indicator_change = CF_TAKE(s->arena, 2 * YI, struct cf_risk_change);
    }
}

static struct variant *open_variant(const struct making *m, int risk, enum cf_risk_case how)
{
    struct cf_risk_study *s = m->s;
    struct variant *v = CF_TAKE(s->arena, 1, struct variant);
    v->model = without(s, risk, how);
    v->batch = CF_TAKE(s->arena, (size_t)m->threads, struct cf_batch);
    return v;
}

/* All draws of a point with one risk. */
static enum cf_status do_risk(struct making *m, int risk, double *room[2])
{
    const struct cf_risk_study *s = m->s;
    const int R = cf_future_draws(&s->model->scenario.future);
    struct variant *away = open_variant(m, risk, CF_RISK_AWAY), *mitigated = NULL;
    away->record = room[0];
    if (s->model->scenario.future.risk[risk].has_mitigation) {
        mitigated = open_variant(m, risk, CF_RISK_MITIGATED);
        mitigated->record = room[1];
    }
    m->variant = away;
    const size_t central_row = m->first_row;
    enum cf_status status = risk == 0 ? check_central(m) : CF_OK;
    for (m->first = 1; m->first <= R && status == CF_OK; m->first += BLOCK_RUNS) {
        m->n = R - m->first + 1 < BLOCK_RUNS ? R - m->first + 1 : BLOCK_RUNS;
        m->first_row = central_row + (size_t)m->first;
        status = do_block(m, risk, away, mitigated);
    }
    m->first_row = central_row;
    close_variant(m, away);
    if (mitigated)
        close_variant(m, mitigated);
    return status;
}

enum cf_status cf_count_risks(struct cf_risk_study *s)
{
    struct making m = {.s = s, .threads = s->query->threads};
    struct cf_model *one = CF_TAKE(s->arena, 1, struct cf_model);
    *one = without(s, 0, CF_RISK_AS_IS);
    m.layout = cf_record_layout(s->arena, one);
    m.pooled = of_draws(m.layout, "indicator_pooled");
    m.unplaced = of_draws(m.layout, "unplaced_draws");
    m.happened = of_draws(m.layout, "risk_happened");
    if (!m.happened || (s->pooled && (!m.pooled || m.pooled->size != cells_of(s->pooled))))
        return cf_risks_spoilt(s, "their indicators are not those of the scenario");
    take_counts(s, s->n_points * s->n_risks);
    m.draws = cf_draws_init(s->model, s->arena);
    m.central = CF_TAKE(s->arena, m.layout->length, double);
    double *const room[2] = {CF_TAKE(s->arena, BLOCK_RUNS * m.layout->draw_length, double),
                             CF_TAKE(s->arena, BLOCK_RUNS * m.layout->draw_length, double)};
    m.file_pooled = CF_TAKE(s->arena, s->pooled ? BLOCK_RUNS * cells_of(s->pooled) : 0, double);
    m.file_unplaced =
        CF_TAKE(s->arena, s->unplaced ? BLOCK_RUNS * cells_of(s->unplaced) : 0, double);
    m.file_happened = CF_TAKE(s->arena, BLOCK_RUNS * cells_of(s->happened), double);
    enum cf_status status = CF_OK;
    for (m.point = 0; m.point < s->n_points && status == CF_OK; m.point++) {
        status = find_rows(&m);
        for (int k = 0; k < s->n_risks && status == CF_OK; k++)
            status = do_risk(&m, k, (double **)room);
    }
    return status;
}
