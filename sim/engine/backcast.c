#include "engine/backcast.h"

#include "engine/effects.h"

#include <string.h>

/* The extent of one age alone, as the kernels see it: nobody else chooses or complies. */
static struct cf_extent only(const struct cf_worker *w, int x, int *last_x)
{
    struct cf_extent e = *w->e;
    for (int g = 0; g < e.G; g++)
        last_x[g] = x <= w->e->last_x[g] ? x : -1;
    e.choice_x = x;
    e.last_x = last_x;
    return e;
}

/* Add to `in` and `all` the persons of one area and age, of the target's statuses and of all. */
static void add_share(const struct cf_worker *w, const struct cf_target *t, const lanes *stock,
                      int x, lanes *in, lanes *all)
{
    w->kernels->count_statuses(w->e, stock, x, w->persons);
    for (int s = 0; s < w->e->S; s++) {
        *all += w->persons[s];
        if (t->status.member[s])
            *in += w->persons[s];
    }
}

static lanes ratio(lanes in, lanes all)
{
    const lanes none = {0}, one = none + 1.0;
    return lanes_if(all > none, in / lanes_if(all > none, all, one), none);
}

void cf_note_reference(struct cf_worker *w)
{
    for (int i = 0; i < w->model->scenario.n_targets; i++) {
        const struct cf_target *t = &w->model->scenario.target[i];
        lanes in = {0}, all = {0};
        for (int a = 0; a < w->e->A; a++)
            for (int x = 0; x < w->e->X; x++)
                if (t->area.member[a] && t->age.member[x])
                    add_share(w, t, cf_area_stock(w, a), x, &in, &all);
        w->reference[i] = ratio(in, all);
    }
}

static void set_shift(struct cf_worker *w, const struct cf_target *t, const lanes *delta)
{
    const int X = w->e->X, S = w->e->S;
    for (int a = 0; a < w->e->A; a++)
        for (int x = 0; x < X; x++)
            for (int s = 0; s < S; s++)
                if (t->area.member[a] && t->age.member[x] && t->status.member[s])
                    w->shift[VIEW3(a, x, X, s, S)] = *delta;
}

/* Choose and comply at one age of one area, on a copy. */
static void try_age(struct cf_worker *w, int a, int x)
{
    const struct cf_extent e = only(w, x, w->last_x);
    const struct cf_choice choice = cf_choice_of(w);
    lanes lost = {0}, missing = {0};
    const size_t cells = cf_cells(w->e);
    for (int g = 0; g < e.G; g++)
        memcpy(w->trial + (size_t)g * cells + cf_cell(w->e, x),
               cf_area_stock(w, a) + (size_t)g * cells + cf_cell(w->e, x),
               (size_t)cf_width(w->e, x) * sizeof(lanes));
    w->kernels->choose(&e, &choice, w->trial, &(struct cf_lost){&lost, &missing});
    if (cf_duty_moves(w)) {
        const struct cf_law law = cf_law_of(w);
        w->kernels->comply(&e, &law, w->trial);
    }
}

/* The share with a shift: persons of the target's statuses after choice and duty, over all. */
static lanes share_with(struct cf_worker *w, const struct cf_target *t, const lanes *delta)
{
    lanes in = {0}, all = {0};
    set_shift(w, t, delta);
    for (int a = 0; a < w->e->A; a++) {
        if (!t->area.member[a])
            continue;
        cf_weigh_effects(w, a);
        for (int x = w->e->choice_x; x < w->e->X; x++)
            if (t->age.member[x]) {
                try_age(w, a, x);
                add_share(w, t, w->trial, x, &in, &all);
            }
    }
    return ratio(in, all);
}

static void out_of_reach(struct cf_worker *w, int i, const lanes *goal, const lanes *low,
                         const lanes *high)
{
    for (int k = 0; k < CF_LANES; k++)
        if (!((*goal)[k] >= (*low)[k] && (*goal)[k] <= (*high)[k]))
            cf_worker_trouble_in(w, k,
                                 &(struct cf_trouble){.status = CF_RUN_NOT_FINITE,
                                                      .year = w->e->base_year + w->y,
                                                      .age = -1,
                                                      .process = "backcast",
                                                      .what = "a target is out of reach",
                                                      .of_inputs = 1,
                                                      .low = (*low)[k],
                                                      .high = (*high)[k],
                                                      .wanted = (*goal)[k],
                                                      .target = 1 + i});
}

/*
 * Bisection, every lane for itself and as many halvings for all: the answer of a lane does not
 * depend on its neighbours. The share rises with the shift.
 */
static void solve(struct cf_worker *w, int i)
{
    const struct cf_target *t = &w->model->scenario.target[i];
    lanes goal, low = lanes_of(-CF_SHIFT_MOST), high = lanes_of(CF_SHIFT_MOST);
    for (int k = 0; k < CF_LANES; k++)
        goal[k] = cf_target_share(t, w->e->base_year, w->reference[i][k], w->e->base_year + w->y);
    const lanes least = share_with(w, t, &low), most = share_with(w, t, &high);
    out_of_reach(w, i, &goal, &least, &most);
    for (double width = 2 * CF_SHIFT_MOST; width > CF_SHIFT_EXACT; width /= 2) {
        const lanes middle = (low + high) * 0.5;
        const lanes_mask short_of = share_with(w, t, &middle) < goal;
        low = lanes_if(short_of, middle, low);
        high = lanes_if(short_of, high, middle);
    }
    const lanes found = (low + high) * 0.5;
    set_shift(w, t, &found);
}

void cf_solve_targets(struct cf_worker *w)
{
    memset(w->shift, 0, (size_t)w->e->A * (size_t)(w->e->X * w->e->S) * sizeof *w->shift);
    for (int i = 0; i < w->model->scenario.n_targets; i++)
        solve(w, i);
}
