#include "plan/linear.h"

#include "model/view.h"

#include <math.h>
#include <string.h>

/* What a unit of each option does, by running it. Options on different lines are tried together:
 * they meet only in second choices. What acts on all lines is tried by itself. */

enum { TRIED_TOGETHER = 8 }; /* groups that are held in memory at once */

static int is_narrow(const struct cf_option *o)
{
    return o->kind == CF_OPTION_EXPAND || o->kind == CF_OPTION_OPEN || o->kind == CF_OPTION_RELEASE;
}

/* Options that are tried in one run. */
struct group {
    int n, *option;
};

static int can_open(const struct cf_linear *l, const struct cf_option *o)
{
    return o->lead_years < l->T;
}

/* The g-th option on each line makes group g; each wide option a group of its own. */
static int make_groups(struct cf_linear *l, struct group *group)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    int *on_line = CF_TAKE(l->arena, (size_t)l->base.I, int), n = 0;
    for (int k = 0; k < d->n_options; k++)
        group[k].option = CF_TAKE(l->arena, (size_t)d->n_options, int);
    for (int k = 0; k < d->n_options; k++) {
        const struct cf_option *o = &d->option[k];
        if (!is_narrow(o) || !can_open(l, o))
            continue;
        const int g = on_line[o->line]++;
        group[g].option[group[g].n++] = k;
        n = g + 1 > n ? g + 1 : n;
    }
    for (int k = 0; k < d->n_options; k++)
        if (!is_narrow(&d->option[k]) && can_open(l, &d->option[k])) {
            group[n].option[0] = k;
            group[n++].n = 1;
        }
    return n;
}

static double unplaced_of(const struct cf_linear *l, const struct cf_trial *trial, int f, int t,
                          int c, int line)
{
    double sum = 0;
    for (int a = 0; a < trial->A; a++)
        if (l->consortium[a] == c)
            sum += trial->unplaced[VIEW4(f, t + 1, trial->Y, a, trial->A, line, trial->I)];
    return sum;
}

/* Keep what an option does on a line, where it does anything. A life that ends before the horizon
 * is measured for its years; those after are taken to be like the last of them. */
static void keep_effect(struct cf_linear *l, const struct cf_trial *trial, int option, int line)
{
    const struct cf_option *o = &l->model->scenario.decision.option[option];
    const int F = l->futures->n, last = o->lead_years + o->life - 1;
    struct cf_effect effect = {.option = option, .line = line};
    double most = 0;
    effect.relief = CF_TAKE(l->arena, (size_t)F * (size_t)l->T * (size_t)l->C, double);
    effect.there = CF_TAKE(l->arena, (size_t)l->T, double);
    for (int t = o->lead_years; t < l->T; t++) {
        const int at = t < last ? t : last < l->T ? last : t;
        for (int f = 0; f < F; f++)
            for (int c = 0; c < l->C; c++) {
                const double relief = unplaced_of(l, &l->base, f, at, c, line) -
                                      unplaced_of(l, trial, f, at, c, line);
                effect.relief[VIEW3(f, t, l->T, c, l->C)] = relief;
                most = fmax(most, fabs(relief));
            }
        for (int f = 0; f < F && o->site >= 0 && is_narrow(o); f++)
            effect.there[t] +=
                l->futures->weight[f] *
                trial->enrolled[VIEW4(f, at + 1, trial->Y, line, trial->I, o->site, trial->J)];
    }
    if (most > 1e-6 || is_narrow(o))
        l->effect[l->n_effects++] = effect;
}

static enum cf_status try_groups(struct cf_linear *l, const struct group *group, int n,
                                 cf_diag *diag)
{
    const struct cf_model *model[TRIED_TOGETHER] = {0};
    struct cf_trial trial[TRIED_TOGETHER];
    struct cf_arena scratch;
    const struct cf_decision *d = &l->model->scenario.decision;
    enum cf_status status = CF_OK;
    cf_arena_init(&scratch);
    for (int g = 0; g < n && status == CF_OK; g++) {
        const int room = d->n_actions + group[g].n;
        struct cf_action *action = CF_TAKE(&scratch, (size_t)room, struct cf_action);
        if (d->n_actions)
            memcpy(action, d->action, (size_t)d->n_actions * sizeof *action);
        for (int k = 0; k < group[g].n; k++)
            action[d->n_actions + k] = (struct cf_action){
                .option = group[g].option[k], .year = l->model->extent.base_year + 1, .units = 1};
        model[g] = l->loader->load(l->loader->self, action, room, diag);
        status = model[g] ? CF_OK : CF_BAD_INPUT;
    }
    if (status == CF_OK)
        status = cf_run_trials(&(struct cf_trial_runs){model, n, l->futures, l->threads, 0},
                               &scratch, trial, diag);
    for (int g = 0; g < n; g++) {
        for (int k = 0; k < group[g].n && status == CF_OK; k++) {
            const struct cf_option *o = &d->option[group[g].option[k]];
            for (int i = 0; i < l->base.I; i++)
                if (!is_narrow(o) || o->line == i)
                    keep_effect(l, &trial[g], group[g].option[k], i);
        }
        if (model[g])
            l->loader->release(l->loader->self, model[g]);
    }
    cf_arena_free(&scratch);
    return status;
}

/* Areas by consortium, else by authority. */
static void find_consortia(struct cf_linear *l)
{
    const struct cf_axis *area = &l->model->axis[CF_AXIS_AREA];
    int k = cf_axis_attribute(area, "consortium");
    l->consortium = CF_TAKE(l->arena, (size_t)area->n, int);
    k = k >= 0 ? k : cf_axis_attribute(area, "authority");
    if (k < 0) {
        l->C = 1;
        l->consortium_name = CF_TAKE(l->arena, 1, const char *);
        l->consortium_name[0] = "all";
        return;
    }
    l->C = area->attribute[k].values.n;
    l->consortium_name = CF_TAKE(l->arena, (size_t)l->C, const char *);
    memcpy(l->consortium_name, area->attribute[k].values.name,
           (size_t)l->C * sizeof *l->consortium_name);
    memcpy(l->consortium, area->attribute[k].number, (size_t)area->n * sizeof *l->consortium);
}

enum cf_status cf_linear_try(const struct cf_linear *l, const struct cf_action *action, int n,
                             struct cf_trial *trial, cf_diag *diag)
{
    const struct cf_model *model = l->loader->load(l->loader->self, action, n, diag);
    if (!model)
        return CF_BAD_INPUT;
    const enum cf_status status = cf_run_trials(
        &(struct cf_trial_runs){&model, 1, l->judges, l->threads, 1}, l->arena, trial, diag);
    l->loader->release(l->loader->self, model);
    return status;
}

double cf_linear_relief(const struct cf_linear *l, const struct cf_trial *trial, int line, int t)
{
    double relief = 0;
    for (int f = 0; f < l->judges->n; f++)
        for (int c = 0; c < l->C; c++)
            relief += l->judges->weight[f] * (unplaced_of(l, &l->judged, f, t, c, line) -
                                              unplaced_of(l, trial, f, t, c, line));
    return relief;
}

enum cf_status cf_linearise(struct cf_linear *l, cf_diag *diag)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    l->T = l->model->extent.Y - 1;
    find_consortia(l);
    enum cf_status status = cf_run_trials(
        &(struct cf_trial_runs){&l->model, 1, l->futures, l->threads, 0}, l->arena, &l->base, diag);
    if (status == CF_OK)
        status = cf_run_trials(&(struct cf_trial_runs){&l->model, 1, l->judges, l->threads, 1},
                               l->arena, &l->judged, diag);
    if (status != CF_OK)
        return status;
    const size_t lines = (size_t)l->base.I * (size_t)l->T;
    l->scale = CF_TAKE(l->arena, lines, double);
    for (size_t k = 0; k < lines; k++)
        l->scale[k] = 1;
    struct group *group = CF_TAKE(l->arena, (size_t)d->n_options, struct group);
    l->effect = CF_TAKE(l->arena, (size_t)d->n_options * (size_t)l->base.I, struct cf_effect);
    const int n = make_groups(l, group);
    for (int g = 0; g < n && status == CF_OK; g += TRIED_TOGETHER)
        status = try_groups(l, group + g, n - g < TRIED_TOGETHER ? n - g : TRIED_TOGETHER, diag);
    return status;
}
