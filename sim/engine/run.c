#include "engine/run.h"

#include "engine/step.h"

void cf_run_batch(struct cf_worker *w, const struct cf_binder *binder,
                  const struct cf_layout *layout, const struct cf_records *records)
{
    binder->bind(binder->self, 0, &w->inputs);
    cf_arena_seal(&w->arena, 1);
    cf_start(w);
    cf_record_year(w, layout, records);
    for (int y = 1; y < w->e->Y; y++) {
        binder->bind(binder->self, y, &w->inputs);
        cf_step(w);
        cf_record_summer(w, layout, records);
        cf_record_year(w, layout, records);
    }
    binder->bind(binder->self, w->e->Y, &w->inputs);
    cf_last_summer(w);
    cf_record_summer(w, layout, records);
    cf_arena_seal(&w->arena, 0);
}
