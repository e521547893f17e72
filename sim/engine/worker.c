#include "engine/worker.h"

void cf_worker_init(struct cf_worker *w, const struct cf_model *model,
                    const struct cf_kernels *kernels)
{
    const struct cf_extent *e = &model->extent;
    const size_t G = (size_t)e->G, A = (size_t)e->A, ages = G * (size_t)e->X;
    *w = (struct cf_worker){.model = model, .e = e, .kernels = kernels};
    cf_arena_init(&w->arena);
    w->block = G * cf_cells(e);
    w->stock = CF_TAKE(&w->arena, A * w->block, lanes);
    w->base = CF_TAKE(&w->arena, w->block, lanes);
    w->pool = CF_TAKE(&w->arena, w->block, lanes);
    w->everywhere = CF_TAKE(&w->arena, ages, lanes);
    w->scratch = CF_TAKE(&w->arena, G, lanes);
    w->persons = CF_TAKE(&w->arena, ages, lanes);
    w->ledger = CF_TAKE(&w->arena, A * CF_N_TERMS, lanes);
}

void cf_worker_free(struct cf_worker *w)
{
    cf_arena_free(&w->arena);
}

void cf_worker_trouble(struct cf_worker *w, lanes_mask mask, const struct cf_trouble *trouble)
{
    for (int k = 0; k < CF_LANES; k++)
        if (mask[k] && w->trouble[k].status == CF_RUN_OK)
            w->trouble[k] = *trouble;
}
