#include "engine/record_stock.h"

#include "engine/indicators.h"

#include <string.h>

/* population[year][area][group][age]: persons, whatever their level and status. */
void cf_record_population(struct cf_worker *w, const struct cf_put *to)
{
    const size_t ages = (size_t)w->e->G * (size_t)w->e->X;
    for (int a = 0; a < w->e->A; a++) {
        memset(w->persons, 0, ages * sizeof *w->persons);
        w->kernels->count(w->e, cf_area_stock(w, a), w->persons);
        for (size_t i = 0; i < ages; i++)
            cf_put(to, (size_t)a * ages + i, &w->persons[i]);
    }
}

/* ledger[year][area][term]: persons; the row of a year describes the step into it. */
void cf_record_ledger(struct cf_worker *w, const struct cf_put *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * CF_N_TERMS; i++)
        cf_put(to, i, &w->ledger[i]);
}

/* stock[year][area][age][status]: persons, whatever their group and level. */
void cf_record_stock(struct cf_worker *w, const struct cf_put *to)
{
    const int X = w->e->X, S = w->e->S;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
            for (int s = 0; s < S; s++)
                cf_put(to, VIEW3(a, x, X, s, S), &w->persons[s]);
        }
}

/* level_stock[year][area][age][level]: persons, whatever their group and status. */
void cf_record_level_stock(struct cf_worker *w, const struct cf_put *to)
{
    const int X = w->e->X, L = w->e->L;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++) {
            w->kernels->count_levels(w->e, cf_area_stock(w, a), x, w->persons);
            for (int l = 0; l < L; l++)
                cf_put(to, VIEW3(a, x, X, l, L), &w->persons[l]);
        }
}

/* attained_by_19[year][area][level]: share of age 18 with at least the level. */
void cf_record_attained(struct cf_worker *w, const struct cf_put *to)
{
    for (size_t i = 0; i < (size_t)w->e->A * (size_t)w->e->L; i++)
        cf_put(to, i, &w->attained[i]);
}

/* Indicators of one kind, of each area or of each pool. */
static void put_indicators(const struct cf_worker *w, const struct cf_put *to, enum cf_counted of,
                           int pooled)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    const int n = pooled ? w->pools.n : w->e->A;
    for (int k = 0; k < n; k++) {
        const struct cf_areas areas =
            pooled ? (struct cf_areas){0, w->e->A, k} : (struct cf_areas){k, k + 1, -1};
        for (int i = 0; i < scenario->n_indicators; i++)
            if (scenario->indicator[i].of == of) {
                const lanes value = cf_indicator_of(w, &areas, i);
                cf_put(to, VIEW2(k, i, scenario->n_indicators), &value);
            }
    }
}

/* Once a year, for whichever of the two variables is kept. */
static void count_stock(struct cf_worker *w)
{
    for (int a = 0; a < w->e->A && w->stock_counted != w->y + 1; a++)
        cf_count_indicators(w, a, CF_COUNTED_STOCK);
    w->stock_counted = w->y + 1;
}

/* indicator_value[year][area][indicator]: as each is defined. MODEL.md 7. */
void cf_record_indicators(struct cf_worker *w, const struct cf_put *to)
{
    count_stock(w);
    put_indicators(w, to, CF_COUNTED_STOCK, 0);
}

/* The same of those read in the summer, when the step has gone on. */
void cf_record_summer_indicators(struct cf_worker *w, const struct cf_put *to)
{
    put_indicators(w, to, CF_COUNTED_ATTAINED, 0);
}

/* indicator_pooled[year][pool][indicator]: the same with parts summed over a pool's areas. */
void cf_record_pooled(struct cf_worker *w, const struct cf_put *to)
{
    count_stock(w);
    put_indicators(w, to, CF_COUNTED_STOCK, 1);
}

void cf_record_summer_pooled(struct cf_worker *w, const struct cf_put *to)
{
    put_indicators(w, to, CF_COUNTED_ATTAINED, 1);
}

/* shift[year][area][age][status]: what a back-cast solved, 0 for a run that is none. */
void cf_record_shift(struct cf_worker *w, const struct cf_put *to)
{
    const lanes none = {0};
    const size_t n = (size_t)w->e->A * (size_t)w->e->X * (size_t)w->e->S;
    for (size_t i = 0; i < n; i++)
        cf_put(to, i, w->shift && w->y > 0 ? &w->shift[i] : &none);
}
