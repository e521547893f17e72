#include "plain.h"

#include <math.h>
#include <string.h>

/* gain'[l -> l'] of one cell, and what stays at the level: MODEL.md 2.1. */
static double gains(const struct plain *p, int y, int a, size_t gxls, int s, double *to)
{
    const size_t L = (size_t)p->L;
    const double m = exp(plain_quality_effect(p, y, a, s));
    double all = 0, stay = 1;
    for (size_t k = 0; k < L; k++)
        all += plain_value(p, CF_FIELD_gain, y, gxls * L + k);
    for (size_t k = 0; k < L; k++) {
        to[k] = plain_value(p, CF_FIELD_gain, y, gxls * L + k) * m / (1 - all + all * m);
        stay -= to[k];
    }
    return stay;
}

static void attain_cells(struct plain *p, int y, int a, int g, int x, int s)
{
    const int L = p->L, S = p->S;
    double *n = &p->n[plain_row(p, a, g, x)], next[L], to[L];
    memset(next, 0, sizeof next);
    for (int l = 0; l < L; l++) {
        const size_t gxls = plain_row(p, 0, g, x) + (size_t)(l * S + s);
        next[l] += n[l * S + s] * gains(p, y, a, gxls, s, to);
        for (int k = 0; k < L; k++)
            next[k] += n[l * S + s] * to[k];
    }
    for (int l = 0; l < L; l++)
        n[l * S + s] = next[l];
}

/* Results of the summer that ends year y, then who of the 18 year olds has which level. */
void plain_attain(struct plain *p, int y, struct place_result *result)
{
    const int L = p->L, S = p->S, x18 = 18 - p->m->extent.first_age;
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = p->m->extent.choice_x - 1; x <= p->m->extent.last_x[g]; x++)
                for (int s = 0; x >= 0 && s < S; s++)
                    attain_cells(p, y, a, g, x, s);
    for (int a = 0; a < p->A; a++)
        for (int l = 0; l < L; l++) {
            double with = 0, all = 0;
            for (int g = 0; g < p->G && x18 >= 0 && x18 < p->X; g++)
                for (int c = 0; c < L * S && x18 <= p->m->extent.last_x[g]; c++) {
                    all += p->n[plain_row(p, a, g, x18) + (size_t)c];
                    with += c / S >= l ? p->n[plain_row(p, a, g, x18) + (size_t)c] : 0;
                }
            result->attained[VIEW3(y, a, p->A, l, L)] = with / all;
        }
}

/* The multiplier on one destination: the causes, one after the other. */
static double effect(const struct plain *p, int y, int a, int x, int s)
{
    const int D = p->m->axis[CF_AXIS_DRIVER].n;
    const size_t as = VIEW2(a, s, p->S);
    const double theta = plain_value(p, CF_FIELD_theta, y, 0);
    const double views = plain_value(p, CF_FIELD_views, y, as);
    double f = exp(plain_value(p, CF_FIELD_area_effect, y, as)) *
               exp(plain_value(p, CF_FIELD_trend, y, (size_t)s) * y) *
               exp(plain_value(p, CF_FIELD_push, y, VIEW3(a, x, p->X, s, p->S)));
    for (int d = 0; d < D; d++) {
        const size_t ad = VIEW2(a, d, D);
        f *= pow(plain_value(p, CF_FIELD_driver, y, ad) / plain_value(p, CF_FIELD_driver, 0, ad),
                 plain_value(p, CF_FIELD_elasticity, y, VIEW2(s, d, D)));
    }
    if (p->m->scenario.views_ages.member[x] && !isnan(views) && p->revealed[as] > 0)
        f *= pow(views / p->revealed[as], theta);
    return f * plain_access_effect(p, y, a, s);
}

static void choose_row(struct plain *p, int y, int a, int g, int x, int l)
{
    const int S = p->S;
    const size_t cell = plain_row(p, a, g, x) + (size_t)(l * S);
    double *n = &p->n[cell], next[S];
    memset(next, 0, sizeof next);
    for (int s = 0; s < S; s++) {
        double weight[S], z = 0;
        for (int to = 0; to < S && n[s] != 0; to++) {
            const size_t from = plain_row(p, 0, g, x) + (size_t)(l * S + s);
            weight[to] = effect(p, y, a, x, to) *
                         plain_value(p, CF_FIELD_progression, y, from * (size_t)S + (size_t)to);
            z += weight[to];
        }
        p->failed |= isnan(z);
        for (int to = 0; to < S && z > 0; to++)
            next[to] += n[s] * weight[to] / z;
        next[p->m->extent.fallback] += z > 0 ? 0 : n[s];
        p->stay[cell + (size_t)s] = z > 0 ? n[s] * weight[s] / z : 0;
    }
    memcpy(n, next, sizeof next);
    for (int s = 0; s < S; s++)
        p->come[cell + (size_t)s] = fmax(0, n[s] - p->stay[cell + (size_t)s]);
}

/* Who is below choice_age stays at school. */
void plain_choose(struct plain *p, int y, int a)
{
    for (int g = 0; g < p->G; g++)
        for (int x = 0; x <= p->m->extent.last_x[g]; x++) {
            const size_t from = plain_row(p, a, g, x), cells = (size_t)(p->L * p->S);
            if (x >= p->m->extent.choice_x) {
                for (int l = 0; l < p->L; l++)
                    choose_row(p, y, a, g, x, l);
                continue;
            }
            memcpy(&p->stay[from], &p->n[from], cells * sizeof *p->n);
            memset(&p->come[from], 0, cells * sizeof *p->n);
        }
}

static int participates(const struct plain *p, int s)
{
    const char *mark = cf_axis_value(&p->m->axis[CF_AXIS_STATUS], "participates", s);
    return mark && mark[0] == '1';
}

static void comply_row(struct plain *p, int y, size_t cell, double rate)
{
    const int S = p->S, otherwise = p->m->scenario.duty_default;
    double *n = &p->n[cell], *stay = &p->stay[cell], *come = &p->come[cell], moved = 0, pull = 0;
    for (int s = 0; s < S; s++) {
        if (participates(p, s)) {
            pull += n[s] * plain_value(p, CF_FIELD_duty_weight, y, (size_t)s);
            continue;
        }
        moved += rate * n[s];
        n[s] -= rate * n[s];
        stay[s] -= rate * stay[s];
        come[s] -= rate * come[s];
    }
    for (int s = 0; s < S; s++)
        if (participates(p, s) && pull > 0) {
            const double more =
                moved * n[s] * plain_value(p, CF_FIELD_duty_weight, y, (size_t)s) / pull;
            n[s] += more;
            come[s] += more;
        }
    if (pull <= 0) {
        n[otherwise] += moved;
        come[otherwise] += moved;
    }
}

void plain_comply(struct plain *p, int y, int a)
{
    const int free_from = p->m->scenario.exempt_level;
    for (int g = 0; g < p->G; g++)
        for (int x = p->m->extent.choice_x; x <= p->m->extent.last_x[g]; x++)
            for (int l = 0; l < (free_from < 0 ? p->L : free_from); l++) {
                const double rate = plain_value(p, CF_FIELD_duty, y, (size_t)x) *
                                    plain_value(p, CF_FIELD_compliance, y, (size_t)x);
                if (rate > 0)
                    comply_row(p, y, plain_row(p, a, g, x) + (size_t)(l * p->S), rate);
            }
}

/* Base stock's shares of the statuses at choice_age. */
void plain_reveal(struct plain *p)
{
    const int x = p->m->extent.choice_x;
    for (int a = 0; a < p->A && x < p->X; a++) {
        double all = 0, *share = &p->revealed[(size_t)a * (size_t)p->S];
        for (int g = 0; g < p->G; g++)
            for (int c = 0; c < p->L * p->S && x <= p->m->extent.last_x[g]; c++) {
                share[c % p->S] += p->n[plain_row(p, a, g, x) + (size_t)c];
                all += p->n[plain_row(p, a, g, x) + (size_t)c];
            }
        for (int s = 0; s < p->S && all > 0; s++)
            share[s] /= all;
    }
}
