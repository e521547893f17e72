#include "engine/worker.h"

#include "engine/indicators.h"
#include "engine/placing.h"

/* Which rows of progression the table gives: the others are 0, and nobody may stand there. A model
 * without a path was made in memory and is complete. */
static void note_given(struct cf_worker *w)
{
    const struct cf_field *field = &w->model->field[CF_FIELD_progression];
    const size_t S = (size_t)w->e->S;
    for (size_t row = 0; row < field->size / S; row++) {
        w->given[row] = field->path == NULL;
        for (size_t s = 0; s < S && field->line; s++)
            w->given[row] |= field->line[row * S + s] != 0;
    }
}

void cf_worker_init(struct cf_worker *w, const struct cf_model *model,
                    const struct cf_kernels *kernels)
{
    const struct cf_extent *e = &model->extent;
    const size_t G = (size_t)e->G, A = (size_t)e->A, S = (size_t)e->S, L = (size_t)e->L;
    const size_t X = (size_t)e->X, ages = G * X;
    const size_t D = (size_t)model->axis[CF_AXIS_DRIVER].n;
    *w = (struct cf_worker){.model = model, .e = e, .kernels = kernels};
    cf_arena_init(&w->arena);
    w->block = G * cf_cells(e);
    w->stock = CF_TAKE(&w->arena, A * w->block, lanes);
    w->base = CF_TAKE(&w->arena, w->block, lanes);
    w->pool = CF_TAKE(&w->arena, w->block, lanes);
    w->everywhere = CF_TAKE(&w->arena, ages, lanes);
    w->scratch = CF_TAKE(&w->arena, G + 2 * S, lanes);
    w->persons = CF_TAKE(&w->arena, ages + L + S, lanes);
    w->effect = CF_TAKE(&w->arena, X * S, lanes);
    w->revealed = CF_TAKE(&w->arena, A * S, lanes);
    w->driver_base = CF_TAKE(&w->arena, A * D, lanes);
    w->factor = CF_TAKE(&w->arena, S, lanes);
    w->attained = CF_TAKE(&w->arena, A * L, lanes);
    w->given = CF_TAKE(&w->arena, ages * L * S, unsigned char);
    w->participates = CF_TAKE(&w->arena, S, unsigned char);
    for (size_t s = 0; s < S; s++) {
        const char *value = cf_axis_value(&model->axis[CF_AXIS_STATUS], "participates", (int)s);
        w->participates[s] = value && value[0] == '1';
        w->factor[s] = lanes_of(1);
    }
    w->ledger = CF_TAKE(&w->arena, A * CF_N_TERMS, lanes);
    note_given(w);
    cf_indicators_init(w);
    cf_placing_init(w);
    if (!model->scenario.backcast)
        return;
    w->shift = CF_TAKE(&w->arena, A * X * S, lanes);
    w->reference = CF_TAKE(&w->arena, (size_t)model->scenario.n_targets, lanes);
    w->trial = CF_TAKE(&w->arena, w->block, lanes);
    w->last_x = CF_TAKE(&w->arena, G, int);
}

void cf_worker_may_switch(struct cf_worker *w)
{
    w->first_stock = CF_TAKE(&w->arena, (size_t)w->e->A * w->block, lanes);
    w->unmoved = CF_TAKE(&w->arena, w->block, lanes);
}

void cf_worker_free(struct cf_worker *w)
{
    cf_arena_free(&w->arena);
}

void cf_worker_trouble_in(struct cf_worker *w, int lane, const struct cf_trouble *trouble)
{
    if (w->trouble[lane].status == CF_RUN_OK)
        w->trouble[lane] = *trouble;
}

void cf_worker_trouble(struct cf_worker *w, lanes_mask mask, const struct cf_trouble *trouble)
{
    for (int k = 0; k < CF_LANES; k++)
        if (mask[k])
            cf_worker_trouble_in(w, k, trouble);
}
