#include "engine/effects.h"

#include "base/numeric.h"
#include "engine/placing.h"

#include <math.h>

void cf_note_base(struct cf_worker *w)
{
    const struct cf_extent *e = w->e;
    const int S = e->S, D = w->model->axis[CF_AXIS_DRIVER].n;
    const lanes none = {0};
    for (int a = 0; a < e->A && e->choice_x < e->X; a++) {
        lanes all = none;
        lanes *revealed = w->revealed + (size_t)a * (size_t)S;
        w->kernels->count_statuses(e, cf_area_stock(w, a), e->choice_x, revealed);
        for (int s = 0; s < S; s++)
            all += revealed[s];
        for (int s = 0; s < S; s++)
            revealed[s] =
                lanes_if(all > none, revealed[s] / lanes_if(all > none, all, none + 1.0), none);
    }
    for (size_t i = 0; i < (size_t)e->A * (size_t)D; i++)
        w->driver_base[i] = w->inputs.driver[i];
}

/* Log of the multiplier that holds at every age of an area: one lane. */
static double common(const struct cf_worker *w, int a, int s, int k)
{
    const struct cf_inputs *in = &w->inputs;
    const int D = w->model->axis[CF_AXIS_DRIVER].n;
    double sum = in->area_effect[VIEW2(a, s, w->e->S)][k] + in->trend[s][k] * w->y;
    for (int d = 0; d < D; d++) {
        const double power = in->elasticity[VIEW2(s, d, D)][k];
        const size_t ad = VIEW2(a, d, D);
        if (power != 0 && in->driver[ad][k] != w->driver_base[ad][k])
            sum += power * cf_log(in->driver[ad][k] / w->driver_base[ad][k]);
    }
    return sum;
}

/* (views / revealed)^theta: one lane. 1 where nobody was asked, or nobody is at choice_age, or
 * theta is 0; 0 where nobody wants it and theta counts. */
static double stated(const struct cf_worker *w, int a, int s, int k)
{
    const double theta = w->inputs.theta[0][k], views = w->inputs.views[VIEW2(a, s, w->e->S)][k];
    const double revealed = w->revealed[VIEW2(a, s, w->e->S)][k];
    if (theta == 0 || isnan(views) || revealed <= 0)
        return 1;
    return views > 0 ? cf_exp(theta * cf_log(views / revealed)) : 0;
}

/* ((1 + access) / (1 + access of the base year))^phi; 1 where no place is needed. */
static double within_reach(const struct cf_worker *w, int a, int s, int k)
{
    return w->placing ? w->placing->access_effect[VIEW2(a, s, w->e->S)][k] : 1;
}

void cf_weigh_effects(struct cf_worker *w, int a)
{
    const struct cf_extent *e = w->e;
    const int S = e->S, views = w->inputs.active[CF_FIELD_views];
    const size_t first = (size_t)a * (size_t)e->X * (size_t)S;
    const lanes *push = w->inputs.push + first, *shift = w->shift ? w->shift + first : NULL;
    for (int s = 0; s < S; s++)
        for (int k = 0; k < CF_LANES; k++) {
            const double log_odds = common(w, a, s, k), every_age = cf_exp(log_odds);
            const double wish = views ? stated(w, a, s, k) : 1;
            const double near = within_reach(w, a, s, k);
            for (int x = e->choice_x; x < e->X; x++) {
                const double solved = shift ? shift[VIEW2(x, s, S)][k] : 0;
                const double pushed = push[VIEW2(x, s, S)][k] + solved;
                const double f = (pushed == 0 ? every_age : cf_exp(log_odds + pushed)) * near;
                w->effect[VIEW2(x, s, S)][k] =
                    w->model->scenario.views_ages.member[x] ? f * wish : f;
            }
        }
}

struct cf_choice cf_choice_of(const struct cf_worker *w)
{
    return (struct cf_choice){.progression = w->inputs.progression,
                              .progression_wide = w->inputs.progression_wide,
                              .given = w->given,
                              .effect = w->effect,
                              .scratch = w->scratch};
}

struct cf_law cf_law_of(const struct cf_worker *w)
{
    const struct cf_scenario *scenario = &w->model->scenario;
    return (struct cf_law){
        .duty = w->inputs.duty,
        .compliance = w->inputs.compliance,
        .weight = w->inputs.duty_weight,
        .participates = w->participates,
        .exempt_level = scenario->exempt_level < 0 ? w->e->L : scenario->exempt_level,
        /* Where none is named nobody may need one: calibrate/occupancy.c. */
        .default_status = scenario->duty_default < 0 ? w->e->fallback : scenario->duty_default};
}

int cf_duty_moves(const struct cf_worker *w)
{
    return w->e->choice_x < w->e->X && w->inputs.active[CF_FIELD_duty] &&
           w->inputs.active[CF_FIELD_compliance];
}
