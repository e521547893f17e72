#ifndef CF_WORKER_H
#define CF_WORKER_H

#include "engine/ledger.h"
#include "kernels/kernels.h"
#include "model/model.h"
#include "model/series.h"

/* Trouble in one lane: the first that happened. The run ends with its status, the sweep goes on. */
struct cf_trouble {
    enum cf_run_status status; /* CF_RUN_OK: none */
    int year, area, age;       /* calendar year; index; age or -1 */
    const char *process;
    const char *what;
};

/*
 * Everything one batch of eight runs needs while it is stepped. Arrays are in the worker's arena,
 * taken before the year loop; nothing is taken inside it.
 */
struct cf_worker {
    const struct cf_model *model;
    const struct cf_extent *e;
    const struct cf_kernels *kernels;
    struct cf_arena arena;
    struct cf_inputs inputs; /* of the year at hand */
    int y;                   /* index of the year that is being made */
    size_t block;            /* cells of one area: G x cells */
    lanes *stock;            /* [area][group][cells] persons */
    lanes *base;             /* [group][cells] base stock of all areas */
    lanes *pool;             /* [group][cells] this year's leavers of all areas */
    lanes *everywhere;       /* [group][age] all areas' stock before housing */
    lanes *scratch;          /* [group] */
    lanes *persons;          /* [group][age] of one area, for the record */
    lanes *ledger;           /* [area][term] of the step at hand */
    struct cf_trouble trouble[CF_LANES];
    double *seconds; /* [processes] added up; NULL: not timed */
};

void cf_worker_init(struct cf_worker *worker, const struct cf_model *model,
                    const struct cf_kernels *kernels);
void cf_worker_free(struct cf_worker *worker);

/* Cells of one area. */
static inline lanes *cf_area_stock(const struct cf_worker *w, int a)
{
    return w->stock + (size_t)a * w->block;
}

/* Record trouble in the lanes of a mask that had none before. */
void cf_worker_trouble(struct cf_worker *worker, lanes_mask mask, const struct cf_trouble *trouble);

#endif
