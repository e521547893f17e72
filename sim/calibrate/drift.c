#include "calibrate/base_year.h"
#include "calibrate/check.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

/*
 * Base stock against base progression: the base stock of age x - 1, moved on by gain (m = 1),
 * regroup and progression, is compared with the base stock of age x.
 *
 *   pushed[s'] = sum_g,l,s flow[g][l][s] progression[g][x][l][s][s'] / sum flow
 *   stock[s']  = sum_g,l base[g][x][l][s'] / sum base
 *
 * MODEL.md 1.
 */

/* What is at the very edge of a bound is within it, whatever the rounding. */
#define ROUNDING 1e-12
#define MOST_SHOWN 20

struct cohort {
    struct cf_base_year base;
    double *flow;           /* [group][level][status] */
    double *stock, *pushed; /* [status] shares */
};

/* Divide by the sum; 0 where there is nobody. */
static int make_shares(double *value, int n)
{
    double sum = 0;
    for (int s = 0; s < n; s++)
        sum += value[s];
    for (int s = 0; s < n && sum > 0; s++)
        value[s] /= sum;
    return sum > 0;
}

/* Add one row of flow as progression moves it on; 0 where somebody stands in a row that leads
 * nowhere, which is said elsewhere. */
static int push_row(const double *flow, const double *progression, int S, double *pushed)
{
    for (int s = 0; s < S; s++) {
        double sum = 0;
        for (int to = 0; to < S && flow[s] > 0; to++) {
            sum += progression[s * S + to];
            pushed[to] += flow[s] * progression[s * S + to];
        }
        if (flow[s] > 0 && sum <= 0)
            return 0;
    }
    return 1;
}

/* Both shares of one age; 0 where they cannot be compared. */
static int compare_age(struct cohort *c, int x)
{
    const struct cf_extent *e = c->base.e;
    const int S = e->S;
    memset(c->stock, 0, (size_t)S * sizeof *c->stock);
    memset(c->pushed, 0, (size_t)S * sizeof *c->pushed);
    cf_base_year_flow(&c->base, x, c->flow);
    for (int g = 0; g < e->G; g++)
        for (int l = 0; l < e->L && x <= e->last_x[g]; l++) {
            const size_t row = cf_row_at(e, g, x, l);
            if (!push_row(c->flow + cf_flow_at(e, g, l), c->base.in.progression + row * (size_t)S,
                          S, c->pushed))
                return 0;
            for (int s = 0; s < S; s++)
                c->stock[s] += c->base.stock[row + (size_t)s];
        }
    return make_shares(c->stock, S) && make_shares(c->pushed, S);
}

size_t cf_find_drift(const struct cf_model *model, struct cf_arena *arena, struct cf_drift **found)
{
    const struct cf_extent *e = &model->extent;
    const size_t S = (size_t)e->S;
    struct cohort c;
    size_t n = 0;
    cf_base_year_init(&c.base, model, arena);
    c.flow = CF_TAKE(arena, cf_flow_at(e, e->G, 0), double);
    c.stock = CF_TAKE(arena, S, double);
    c.pushed = CF_TAKE(arena, S, double);
    *found = CF_TAKE(arena, (size_t)e->X * S, struct cf_drift);
    for (int x = e->choice_x; x < e->X; x++)
        for (int s = 0, good = compare_age(&c, x); good && s < e->S; s++)
            if (fabs(c.stock[s] - c.pushed[s]) > CF_DRIFT_NOTICE + ROUNDING)
                (*found)[n++] = (struct cf_drift){x, s, c.stock[s], c.pushed[s]};
    return n;
}

/* One message; what is an error may be allowed, with the reason. */
static void report(const struct cf_model *model, const struct cf_drift *d, int wrong,
                   struct cf_at at, cf_diag *diag)
{
    const char *reason = model->scenario.allow_drift;
    struct cf_text allowed = {0};
    const int age = model->extent.first_age + d->x;
    cf_text_add(&allowed, "");
    if (wrong && reason)
        cf_text_format(&allowed, "; allowed: %s", reason);
    cf_report(diag, wrong && !reason ? CF_ERROR : CF_NOTICE, "progression.drift", at,
              wrong && !reason ? "fit progression with `cohortflow fit`, or give the reason in the "
                                 "setting allow_drift"
                               : NULL,
              "base stock and progression disagree: age %d, status '%s': %.1f%% in the base stock, "
              "%.1f%% from age %d and progression%s",
              age, model->axis[CF_AXIS_STATUS].codes.name[d->s], 100 * d->stock, 100 * d->pushed,
              age - 1, allowed.data);
    cf_text_free(&allowed);
}

void cf_check_drift(const struct cf_model *model, cf_diag *diag)
{
    const char *path = model->field[CF_FIELD_progression].path;
    const struct cf_at at = {.path = path && *path ? path : model->scenario.path};
    struct cf_arena arena;
    struct cf_drift *drift;
    int n[2] = {0}; /* within CF_DRIFT_ERROR, beyond it */
    cf_arena_init(&arena);
    const size_t n_all = cf_find_drift(model, &arena, &drift);
    for (size_t i = 0; i < n_all; i++) {
        const int wrong = fabs(drift[i].stock - drift[i].pushed) > CF_DRIFT_ERROR + ROUNDING;
        if (++n[wrong] <= MOST_SHOWN)
            report(model, &drift[i], wrong, at, diag);
    }
    for (int wrong = 0; wrong < 2; wrong++)
        if (n[wrong] > MOST_SHOWN)
            cf_report(diag, wrong && !model->scenario.allow_drift ? CF_ERROR : CF_NOTICE,
                      "progression.drift", at, NULL,
                      "base stock and progression disagree by more than %.1f points in %d more "
                      "ages and statuses",
                      100 * (wrong ? CF_DRIFT_ERROR : CF_DRIFT_NOTICE), n[wrong] - MOST_SHOWN);
    cf_arena_free(&arena);
}
