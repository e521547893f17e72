#include "engine/run.h"

#include "engine/step.h"

static void see(struct cf_worker *w, const struct cf_witness *witness, int summer)
{
    if (witness)
        witness->see(witness->self, w, w->y - summer, summer);
}

void cf_run_batch(struct cf_worker *w, const struct cf_binder *binder,
                  const struct cf_layout *layout, const struct cf_records *records,
                  const struct cf_witness *witness)
{
    binder->bind(binder->self, 0, &w->inputs);
    cf_arena_seal(&w->arena, 1);
    cf_start(w);
    cf_record_year(w, layout, records);
    see(w, witness, 0);
    for (int y = 1; y < w->e->Y; y++) {
        binder->bind(binder->self, y, &w->inputs);
        cf_step(w);
        cf_record_summer(w, layout, records);
        see(w, witness, 1);
        cf_record_year(w, layout, records);
        see(w, witness, 0);
    }
    binder->bind(binder->self, w->e->Y, &w->inputs);
    cf_last_summer(w);
    cf_record_summer(w, layout, records);
    see(w, witness, 1);
    cf_arena_seal(&w->arena, 0);
}
