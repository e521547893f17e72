#include "engine/step.h"

#include "base/clock.h"
#include "engine/backcast.h"
#include "engine/effects.h"
#include "engine/placing.h"
#include "engine/year_plan.h"

#include <string.h>

static void check_ledger(struct cf_worker *w, int a, const char *process)
{
    lanes persons;
    w->kernels->total(w->e, cf_area_stock(w, a), &persons);
    const lanes_mask open = cf_ledger_open(&w->ledger[VIEW2(a, 0, CF_N_TERMS)], persons);
    if (!lanes_any(open))
        return;
    struct cf_trouble trouble = {.status = CF_RUN_NOT_FINITE,
                                 .year = w->e->base_year + w->y,
                                 .area = a,
                                 .age = -1,
                                 .process = process,
                                 .what = "the stock is not finite"};
    /* Only a number that is not finite differs from itself less itself. */
    cf_worker_trouble(w, open & (persons - persons != lanes_of(0)), &trouble);
    trouble.status = CF_RUN_LEDGER_OPEN;
    trouble.what = "persons are not conserved";
    cf_worker_trouble(w, open, &trouble);
}

static void open_ledger(struct cf_worker *w, int a)
{
    lanes *terms = &w->ledger[VIEW2(a, 0, CF_N_TERMS)];
    memset(terms, 0, CF_N_TERMS * sizeof *terms);
    w->kernels->total(w->e, cf_area_stock(w, a), &terms[CF_TERM_START]);
}

static void close_ledger(struct cf_worker *w, int a)
{
    lanes *terms = &w->ledger[VIEW2(a, 0, CF_N_TERMS)];
    w->kernels->total(w->e, cf_area_stock(w, a), &terms[CF_TERM_END]);
    terms[CF_TERM_RESIDUAL] = cf_ledger_expected(terms) - terms[CF_TERM_END];
}

void cf_start(struct cf_worker *w)
{
    const struct cf_extent *e = w->e;
    const size_t ages = (size_t)e->G * (size_t)e->X;
    const size_t levels = ages * (size_t)e->L;
    memset(w->trouble, 0, sizeof w->trouble);
    memset(w->base, 0, w->block * sizeof *w->base);
    w->lost = lanes_of(0);
    w->stock_counted = 0;
    w->y = 0;
    for (int a = 0; a < e->A; a++) {
        lanes *stock = cf_area_stock(w, a);
        w->kernels->start(e, w->inputs.population + (size_t)a * ages, w->inputs.level_share,
                          w->inputs.status_share + (size_t)a * levels * (size_t)e->S, stock);
        for (size_t c = 0; c < w->block; c++)
            w->base[c] += stock[c];
        open_ledger(w, a);
        close_ledger(w, a);
        check_ledger(w, a, "start");
    }
    if (w->first_stock)
        memcpy(w->first_stock, w->stock, (size_t)e->A * w->block * sizeof *w->stock);
    cf_note_base(w);
    cf_place_base_year(w);
    if (w->shift)
        cf_note_reference(w);
}

static void run_timed(struct cf_worker *w, int p, int a)
{
    const double before = w->seconds ? cf_seconds() : 0;
    cf_year_plan[p].run(w, a);
    if (w->seconds)
        w->seconds[p] += cf_seconds() - before;
}

/* One pass: the processes from `first` to before `end`, area by area. */
static void run_pass(struct cf_worker *w, int first, int end)
{
    for (int p = first; p < end; p++)
        if (cf_year_plan[p].once && cf_year_plan[p].active(w))
            run_timed(w, p, 0);
    for (int a = 0; a < w->e->A; a++) {
        if (cf_year_plan[first].pass == CF_SUMMER)
            open_ledger(w, a);
        for (int p = first; p < end; p++)
            if (!cf_year_plan[p].once && cf_year_plan[p].active(w)) {
                run_timed(w, p, a);
                check_ledger(w, a, cf_year_plan[p].name);
            }
        if (end == cf_n_processes)
            close_ledger(w, a);
    }
}

static int pass_end(int first)
{
    int end = first;
    while (end < cf_n_processes && cf_year_plan[end].pass == cf_year_plan[first].pass)
        end++;
    return end;
}

void cf_step(struct cf_worker *w)
{
    w->y++;
    memset(w->pool, 0, w->block * sizeof *w->pool);
    memset(w->everywhere, 0, (size_t)w->e->G * (size_t)w->e->X * sizeof *w->everywhere);
    for (int first = 0; first < cf_n_processes; first = pass_end(first))
        run_pass(w, first, pass_end(first));
}

void cf_last_summer(struct cf_worker *w)
{
    w->y++;
    run_pass(w, 0, pass_end(0));
}
