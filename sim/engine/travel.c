#include "engine/placing.h"

#include "base/numeric.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/*
 * Ease of the journeys and what is within reach. Deterrence is the same for all runs of a batch
 * and made again only when what it is made of has changed.
 */

static double penalty(const lanes *border, double level, int n)
{
    const int below = level < 1 ? 0 : level >= CF_CONTINUUM ? CF_CONTINUUM - 1 : (int)level - 1;
    const int above = below + 1 < CF_CONTINUUM ? below + 1 : below;
    const double part = level < 1 ? 0 : level - 1 - below;
    return border[below][n] + part * (border[above][n] - border[below][n]);
}

double cf_minutes_of(const struct cf_worker *w, int a, int j, int n)
{
    const struct cf_inputs *in = &w->inputs;
    const size_t aj = VIEW2(a, j, w->placing->p->J);
    return in->minutes_wide ? in->minutes_wide[aj][n] : in->minutes[aj];
}

/*
 * What is within reach weighs at least this, however steep deterrence is: a weight of 0 would say
 * that it is not. exp(-460) and less; input/travel_minutes.c warns of tables that come to it.
 */
#define LEAST_EASE 1e-200

static double ease_within(double cost)
{
    const double ease = cf_exp(-cost);
    return ease > LEAST_EASE ? ease : LEAST_EASE;
}

/* exp(-beta minutes - border), 0 beyond reach or where the border is closed, in lane n. */
static double ease_of(const struct cf_worker *w, int a, int j, int route, double minutes, int n)
{
    const struct cf_inputs *in = &w->inputs;
    const struct cf_provision *p = w->placing->p;
    const int home = p->home[a], there = p->site[j].authority;
    if (!(minutes <= in->reach[route][n]))
        return 0;
    if (home == there)
        return ease_within(in->beta[route][n] * minutes);
    const double level = in->collaboration[VIEW2(home, there, p->H)][n];
    if (level <= 0)
        return 0;
    return ease_within(in->beta[route][n] * minutes + penalty(in->border, level, n));
}

/* Copy what ease is made of; 1 where it differs from what stood there. */
static int note(lanes *to, const lanes *from, size_t n)
{
    const int differs = n > 0 && memcmp(to, from, n * sizeof *to) != 0;
    if (differs)
        memcpy(to, from, n * sizeof *to);
    return differs;
}

static int travel_changed(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const struct cf_inputs *in = &w->inputs;
    const size_t S = (size_t)w->e->S, HH = (size_t)k->p->H * (size_t)k->p->H;
    const size_t AJ = (size_t)w->e->A * (size_t)k->p->J;
    int changed = !k->mapped || in->minutes_wide;
    lanes *to = k->travel;
    changed |= note(to, in->beta, S);
    changed |= note(to += S, in->reach, S);
    changed |= note(to += S, in->border, CF_CONTINUUM);
    changed |= note(to + CF_CONTINUUM, in->collaboration, HH);
    if (AJ > 0 && memcmp(k->minutes, in->minutes, AJ * sizeof *k->minutes) != 0) {
        memcpy(k->minutes, in->minutes, AJ * sizeof *k->minutes);
        changed = 1;
    }
    return changed;
}

/* Ease and minutes of one line's journeys: of the first lane, and where runs differ of each. */
static void map_line(struct cf_worker *w, int i)
{
    struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    const struct cf_journeys *to = &k->journeys[i];
    const int route = p->line[i].route;
    for (int a = 0; a < to->A; a++)
        for (int n = to->first[a]; n < to->first[a + 1]; n++) {
            const int site = p->offer_site[p->first_offer[i] + to->offer[n]];
            k->trip[i][n] = cf_minutes_of(w, a, site, 0);
            k->ease[i][n] = ease_of(w, a, site, route, k->trip[i][n], 0);
            for (int lane = 0; to->wide && lane < CF_LANES; lane++) {
                const double minutes = cf_minutes_of(w, a, site, lane);
                k->trip_wide[i][n][lane] = minutes;
                k->ease_wide[i][n][lane] = ease_of(w, a, site, route, minutes, lane);
            }
        }
}

static void map_journeys(struct cf_worker *w)
{
    if (!travel_changed(w))
        return;
    w->placing->mapped = 1;
    for (int i = 0; i < w->placing->p->I; i++)
        map_line(w, i);
}

/*
 * S0 of a line: what its areas reach in the first year in which any reaches a place, with the mean
 * of those for areas that reach none then; lane by lane. `now` is what continuers see: sites that
 * teach out are among it, so that the base year, which is one pass of continuers, leaves exactly
 * `outside`.
 */
static void begin_line(struct cf_placing *k, int i, int A, const lanes *now)
{
    const lanes none = {0};
    lanes *base = k->base_weight + (size_t)i * (size_t)A;
    lanes sum = none, n = none;
    for (int a = 0; a < A; a++) {
        sum += now[a];
        n += lanes_if(now[a] > none, none + 1.0, none);
    }
    const lanes_mask any = n > none, starts = any & ~k->begun[i];
    const lanes mean = lanes_if(any, sum / lanes_if(any, n, none + 1.0), none);
    for (int a = 0; a < A; a++)
        base[a] = lanes_if(starts, lanes_if(now[a] > none, now[a], mean), base[a]);
    k->begun[i] |= any;
}

/* Access to each route, and its effect on choice: MODEL.md 2.6, 2.9. */
static void find_access(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    const int A = w->e->A, S = w->e->S;
    const lanes none = {0};
    double count[S];
    memset(count, 0, sizeof count);
    for (int i = 0; i < p->I; i++)
        count[p->line[i].route] += p->line[i].counts;
    for (int a = 0; a < A; a++)
        for (int s = 0; s < S; s++)
            k->access[VIEW2(a, s, S)] = none;
    for (int i = 0; i < p->I; i++)
        for (int a = 0; a < A; a++) {
            const int s = p->line[i].route;
            const lanes_mask within = k->reach_weight[VIEW2(i, a, A)] > none;
            k->coverage[VIEW2(i, a, A)] = lanes_if(within, none + 1.0, none);
            if (p->line[i].counts)
                k->access[VIEW2(a, s, S)] += lanes_if(within, none + 1.0, none);
        }
    for (int as = 0; as < A * S; as++)
        k->access[as] /= count[as % S]; /* 0 / 0, not a number, for a route without lines */
    if (w->y == 0)
        memcpy(k->access_base, k->access, (size_t)(A * S) * sizeof *k->access);
    for (int as = 0; as < A * S; as++)
        for (int n = 0; n < CF_LANES; n++) {
            const double phi = w->inputs.phi[0][n], now = k->access[as][n];
            k->access_effect[as][n] =
                phi != 0 && !isnan(now)
                    ? cf_exp(phi * cf_log((1 + now) / (1 + k->access_base[as][n])))
                    : 1;
        }
}

void cf_travel_year(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    const int A = w->e->A;
    map_journeys(w);
    for (int i = 0; i < p->I; i++) {
        const size_t ia = VIEW2(i, 0, A), o = (size_t)p->first_offer[i];
        const lanes outside = w->inputs.outside[p->line[i].route], odds = outside / (1.0 - outside);
        w->kernels->look(&k->journeys[i], k->pull + o, k->reach_weight + ia);
        if (k->teaching_out)
            w->kernels->look(&k->journeys[i], k->pull_first + o, k->far);
        begin_line(k, i, A, k->teaching_out ? k->far : k->reach_weight + ia);
        for (int a = 0; a < A; a++)
            k->stay_away[ia + (size_t)a] = odds * k->base_weight[ia + (size_t)a];
    }
    find_access(w);
}
