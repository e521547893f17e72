#include "engine/ledger.h"
#include "place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The model a second time, plain: one run, scalar loops, every age with all levels and statuses,
 * one pass over everything for each sentence of MODEL.md 2.2 to 2.5.
 */
struct plain {
    const struct cf_model *m;
    int A, G, X, L, S;
    double *n, *pool, *base; /* [a][g][x][l][s], [g][x][l][s], [g][x][l][s] */
    double *ledger;          /* [a][term] of the step */
    double *revealed;        /* [a][s] */
    double *seconds;         /* [PLAIN_TIMED], NULL: not timed */
    int failed;
};

static double now(const struct plain *p)
{
    struct timespec t = {0};
    if (p->seconds)
        clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double value(const struct plain *p, enum cf_field_id f, int y, size_t i)
{
    return cf_field_year(&p->m->field[f], y)[i];
}

static size_t row(const struct plain *p, int a, int g, int x)
{
    return (((size_t)a * (size_t)p->G + (size_t)g) * (size_t)p->X + (size_t)x) *
           (size_t)(p->L * p->S);
}

static size_t agx(const struct plain *p, int a, int g, int x)
{
    return ((size_t)a * (size_t)p->G + (size_t)g) * (size_t)p->X + (size_t)x;
}

static double sum(const double *cells, int n)
{
    double total = 0;
    for (int c = 0; c < n; c++)
        total += cells[c];
    return total;
}

static double *term(struct plain *p, int a, enum cf_term t)
{
    return &p->ledger[(size_t)a * CF_N_TERMS + (size_t)t];
}

static void start(struct plain *p)
{
    const int LS = p->L * p->S;
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < LS; c++) {
                    const size_t l = (size_t)(c / p->S), gx = agx(p, 0, g, x);
                    const double all = value(p, CF_FIELD_population, 0, agx(p, a, g, x));
                    double share = c == p->m->extent.school;
                    if (x >= p->m->extent.choice_x)
                        share = value(p, CF_FIELD_level_share, 0, gx * (size_t)p->L + l) *
                                value(p, CF_FIELD_status_share, 0,
                                      agx(p, a, g, x) * (size_t)LS + (size_t)c);
                    p->n[row(p, a, g, x) + (size_t)c] = all * share;
                    p->base[row(p, 0, g, x) + (size_t)c] += all * share;
                }
}

static void age(struct plain *p, int y, int a)
{
    const int LS = p->L * p->S;
    for (int g = 0; g < p->G; g++) {
        const int last = p->m->extent.last_x[g];
        *term(p, a, CF_TERM_AGED_OUT) += sum(&p->n[row(p, a, g, last)], LS);
        for (int x = last; x > 0; x--)
            for (int c = 0; c < LS; c++) {
                const double was = p->n[row(p, a, g, x - 1) + (size_t)c];
                const double lives = was * value(p, CF_FIELD_survival, y, agx(p, 0, g, x));
                *term(p, a, CF_TERM_DEATHS) += was - lives;
                p->n[row(p, a, g, x) + (size_t)c] = lives;
            }
        memset(&p->n[row(p, a, g, 0)], 0, (size_t)LS * sizeof(double));
    }
}

static void migrate(struct plain *p, int y)
{
    const int LS = p->L * p->S;
    memset(p->pool, 0, row(p, 1, 0, 0) * sizeof(double));
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < LS; c++) {
                    double *n = &p->n[row(p, a, g, x) + (size_t)c];
                    const double net = *n * value(p, CF_FIELD_net_rate, y, agx(p, a, g, x));
                    *term(p, a, CF_TERM_NET) += net;
                    *n += net;
                    p->pool[row(p, 0, g, x) + (size_t)c] +=
                        *n * value(p, CF_FIELD_out_rate, y, agx(p, a, g, x));
                }
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < LS; c++) {
                    double *n = &p->n[row(p, a, g, x) + (size_t)c];
                    const double out = *n * value(p, CF_FIELD_out_rate, y, agx(p, a, g, x));
                    const double in = p->pool[row(p, 0, g, x) + (size_t)c] *
                                      value(p, CF_FIELD_in_share, y, agx(p, a, g, x));
                    *term(p, a, CF_TERM_OUT) += out;
                    *term(p, a, CF_TERM_IN) += in;
                    *n += in - out;
                }
}

/* Persons added to a row with the mix of the first of row, pool, base stock, school. */
static double add(struct plain *p, int a, int g, int x, double persons)
{
    const int LS = p->L * p->S, at_school = x <= p->m->extent.choice_x;
    double *n = &p->n[row(p, a, g, x)];
    double mix[LS];
    const double *from[] = {n, &p->pool[row(p, 0, g, x)], &p->base[row(p, 0, g, x)]};
    memset(mix, 0, sizeof mix);
    if (persons == 0)
        return 0;
    for (int k = 0; k < 3; k++) {
        const double all = sum(from[k], LS);
        if (all <= 0)
            continue;
        for (int c = 0; c < LS; c++)
            mix[k == 2 && at_school ? c / p->S * p->S + p->m->extent.school : c] +=
                from[k][c] / all;
        for (int c = 0; c < LS; c++)
            n[c] += persons * mix[c];
        return persons;
    }
    if (!at_school) {
        p->failed = 1;
        return 0;
    }
    n[p->m->extent.school] += persons;
    return persons;
}

static void external(struct plain *p, int y, int a)
{
    const int LS = p->L * p->S;
    for (int g = 0; g < p->G; g++)
        for (int x = 0; x <= p->m->extent.last_x[g]; x++) {
            const double asked = value(p, CF_FIELD_external, y, agx(p, a, g, x));
            double *n = &p->n[row(p, a, g, x)];
            const double here = sum(n, LS);
            if (asked >= 0) {
                *term(p, a, CF_TERM_EXTERNAL) += add(p, a, g, x, asked);
                continue;
            }
            *term(p, a, CF_TERM_EXTERNAL) += asked;
            if (-asked >= here) {
                *term(p, a, CF_TERM_CLIPPED) += -asked - here;
                memset(n, 0, (size_t)LS * sizeof *n);
                continue;
            }
            for (int c = 0; c < LS; c++)
                n[c] += asked * n[c] / here;
        }
}

/* Shares of the groups in what comes to an area at an age. */
static void group_weights(struct plain *p, int a, int x, double *weight)
{
    const int LS = p->L * p->S;
    double own = 0, all = 0, followed = 0;
    double mine[p->G], everybody[p->G];
    for (int g = 0; g < p->G; g++) {
        const int here = x <= p->m->extent.last_x[g];
        mine[g] = here ? sum(&p->n[row(p, a, g, x)], LS) : 0;
        everybody[g] = 0;
        for (int b = 0; b < p->A && here; b++)
            everybody[g] += sum(&p->n[row(p, b, g, x)], LS);
        own += mine[g];
        all += everybody[g];
        followed += here;
    }
    for (int g = 0; g < p->G; g++) {
        weight[g] = own > 0 ? mine[g] / own : all > 0 ? everybody[g] / all : 1 / followed;
        if (x > p->m->extent.last_x[g])
            weight[g] = 0;
    }
}

/* Weights of all areas before anybody moves in: "all areas' stock" does not depend on the order
 * of the areas. */
static void housing(struct plain *p, int y)
{
    const size_t G = (size_t)p->G, X = (size_t)p->X;
    double homes = 0;
    for (int a = 0; a < p->A; a++)
        homes += value(p, CF_FIELD_dwellings, y, (size_t)a);
    if (homes == 0)
        return;
    double *weight = malloc((size_t)p->A * X * G * sizeof *weight);
    if (!weight)
        abort();
    for (int a = 0; a < p->A; a++)
        for (int x = 0; x < p->X; x++)
            group_weights(p, a, x, &weight[((size_t)a * X + (size_t)x) * G]);
    for (int a = 0; a < p->A; a++)
        for (int x = 0; x < p->X; x++)
            for (int g = 0; g < p->G; g++)
                *term(p, a, CF_TERM_HOUSING) +=
                    add(p, a, g, x,
                        value(p, CF_FIELD_dwellings, y, (size_t)a) *
                            value(p, CF_FIELD_child_yield, y, (size_t)x) *
                            weight[((size_t)a * X + (size_t)x) * G + (size_t)g]);
    free(weight);
}

static void regroup(struct plain *p, int y, int a)
{
    const int LS = p->L * p->S;
    for (int x = 0; x < p->X; x++)
        for (int c = 0; c < LS; c++) {
            double next[p->G];
            memset(next, 0, sizeof next);
            for (int g = 0; g < p->G; g++)
                for (int to = 0; to < p->G && x <= p->m->extent.last_x[g]; to++)
                    next[to] +=
                        p->n[row(p, a, g, x) + (size_t)c] *
                        value(p, CF_FIELD_regroup, y, agx(p, 0, g, x) * (size_t)p->G + (size_t)to);
            for (int g = 0; g < p->G; g++)
                p->n[row(p, a, g, x) + (size_t)c] = next[g];
        }
}

/* Results of the summer that ends year y, then who of the 18 year olds has which level. */
static void attain(struct plain *p, int y, struct place_result *result)
{
    const int L = p->L, S = p->S, LS = L * S, x18 = 18 - p->m->extent.first_age;
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = p->m->extent.choice_x - 1; x <= p->m->extent.last_x[g]; x++)
                for (int s = 0; x >= 0 && s < S; s++) {
                    double *n = &p->n[row(p, a, g, x)], next[L];
                    memset(next, 0, sizeof next);
                    for (int l = 0; l < L; l++) {
                        double stay = 1;
                        for (int to = 0; to < L; to++) {
                            const double gain = value(
                                p, CF_FIELD_gain, y,
                                (agx(p, 0, g, x) * (size_t)LS + (size_t)(l * S + s)) * (size_t)L +
                                    (size_t)to);
                            next[to] += n[l * S + s] * gain;
                            stay -= gain;
                        }
                        next[l] += n[l * S + s] * stay;
                    }
                    for (int l = 0; l < L; l++)
                        n[l * S + s] = next[l];
                }
    for (int a = 0; a < p->A; a++)
        for (int l = 0; l < L; l++) {
            double with = 0, all = 0;
            for (int g = 0; g < p->G && x18 >= 0 && x18 < p->X; g++)
                for (int c = 0; c < LS && x18 <= p->m->extent.last_x[g]; c++) {
                    all += p->n[row(p, a, g, x18) + (size_t)c];
                    with += c / S >= l ? p->n[row(p, a, g, x18) + (size_t)c] : 0;
                }
            result->attained[((size_t)y * (size_t)p->A + (size_t)a) * (size_t)L + (size_t)l] =
                with / all;
        }
}

/* The multiplier on one destination: the five causes, one after the other. */
static double effect(const struct plain *p, int y, int a, int x, int s)
{
    const int D = p->m->axis[CF_AXIS_DRIVER].n;
    const size_t as = (size_t)a * (size_t)p->S + (size_t)s;
    const double theta = value(p, CF_FIELD_theta, y, 0), views = value(p, CF_FIELD_views, y, as);
    double f = exp(value(p, CF_FIELD_area_effect, y, as)) *
               exp(value(p, CF_FIELD_trend, y, (size_t)s) * y) *
               exp(value(p, CF_FIELD_push, y,
                         ((size_t)a * (size_t)p->X + (size_t)x) * (size_t)p->S + (size_t)s));
    for (int d = 0; d < D; d++) {
        const size_t ad = (size_t)a * (size_t)D + (size_t)d;
        f *= pow(value(p, CF_FIELD_driver, y, ad) / value(p, CF_FIELD_driver, 0, ad),
                 value(p, CF_FIELD_elasticity, y, (size_t)s * (size_t)D + (size_t)d));
    }
    if (p->m->scenario.views_ages.member[x] && !isnan(views) && p->revealed[as] > 0)
        f *= pow(views / p->revealed[as], theta);
    return f;
}

static void choose(struct plain *p, int y, int a)
{
    const int L = p->L, S = p->S;
    for (int g = 0; g < p->G; g++)
        for (int x = p->m->extent.choice_x; x <= p->m->extent.last_x[g]; x++)
            for (int l = 0; l < L; l++) {
                double *n = &p->n[row(p, a, g, x) + (size_t)(l * S)], next[S];
                memset(next, 0, sizeof next);
                for (int s = 0; s < S; s++) {
                    double weight[S], z = 0;
                    for (int to = 0; to < S; to++) {
                        weight[to] =
                            effect(p, y, a, x, to) *
                            value(p, CF_FIELD_progression, y,
                                  (agx(p, 0, g, x) * (size_t)(L * S) + (size_t)(l * S + s)) *
                                          (size_t)S +
                                      (size_t)to);
                        z += weight[to];
                    }
                    for (int to = 0; to < S && z > 0; to++)
                        next[to] += n[s] * weight[to] / z;
                    next[p->m->extent.fallback] += z > 0 ? 0 : n[s];
                }
                memcpy(n, next, sizeof next);
            }
}

static int participates(const struct plain *p, int s)
{
    return p->m->axis[CF_AXIS_STATUS].attribute[0].value[s][0] == '1';
}

static void comply(struct plain *p, int y, int a)
{
    const int S = p->S, free_from = p->m->scenario.exempt_level;
    for (int g = 0; g < p->G; g++)
        for (int x = p->m->extent.choice_x; x <= p->m->extent.last_x[g]; x++)
            for (int l = 0; l < (free_from < 0 ? p->L : free_from); l++) {
                double *n = &p->n[row(p, a, g, x) + (size_t)(l * S)], moved = 0, pull = 0;
                const double rate = value(p, CF_FIELD_duty, y, (size_t)x) *
                                    value(p, CF_FIELD_compliance, y, (size_t)x);
                for (int s = 0; s < S; s++) {
                    if (participates(p, s))
                        pull += n[s] * value(p, CF_FIELD_duty_weight, y, (size_t)s);
                    else {
                        moved += rate * n[s];
                        n[s] -= rate * n[s];
                    }
                }
                for (int s = 0; s < S; s++)
                    if (participates(p, s) && pull > 0)
                        n[s] += moved * n[s] * value(p, CF_FIELD_duty_weight, y, (size_t)s) / pull;
                if (pull <= 0)
                    n[p->m->scenario.duty_default] += moved;
            }
}

/* Base stock's shares of the statuses at choice_age. */
static void reveal(struct plain *p)
{
    const int x = p->m->extent.choice_x;
    for (int a = 0; a < p->A && x < p->X; a++) {
        double all = 0, *share = &p->revealed[(size_t)a * (size_t)p->S];
        for (int g = 0; g < p->G; g++)
            for (int c = 0; c < p->L * p->S && x <= p->m->extent.last_x[g]; c++) {
                share[c % p->S] += p->n[row(p, a, g, x) + (size_t)c];
                all += p->n[row(p, a, g, x) + (size_t)c];
            }
        for (int s = 0; s < p->S && all > 0; s++)
            share[s] /= all;
    }
}

static void record_mix(const struct plain *p, int y, struct place_result *result)
{
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < p->L * p->S; c++) {
                    const size_t at =
                        ((size_t)y * (size_t)p->A + (size_t)a) * (size_t)p->X + (size_t)x;
                    const double n = p->n[row(p, a, g, x) + (size_t)c];
                    result->stock[at * (size_t)p->S + (size_t)(c % p->S)] += n;
                    result->level_stock[at * (size_t)p->L + (size_t)(c / p->S)] += n;
                }
}

static void record(struct plain *p, int y, const double *before, struct place_result *result)
{
    const size_t ages = agx(p, 1, 0, 0);
    record_mix(p, y, result);
    for (int a = 0; a < p->A; a++) {
        double *t = term(p, a, CF_TERM_START);
        for (size_t i = 0; i < ages; i++) {
            const double persons =
                sum(&p->n[((size_t)a * ages + i) * (size_t)(p->L * p->S)], p->L * p->S);
            result->population[((size_t)y * (size_t)p->A + (size_t)a) * ages + i] = persons;
            t[CF_TERM_END] += persons;
        }
        t[CF_TERM_START] = y ? before[a] : t[CF_TERM_END];
        memcpy(&result->ledger[((size_t)y * (size_t)p->A + (size_t)a) * CF_N_TERMS], t,
               CF_N_TERMS * sizeof *t);
    }
}

static void step(struct plain *p, int y, struct place_result *result)
{
    double before = now(p);
    attain(p, y - 1, result);
    if (p->seconds)
        p->seconds[PLAIN_ATTAIN] += now(p) - before;
    for (int a = 0; a < p->A; a++)
        age(p, y, a);
    migrate(p, y);
    for (int a = 0; a < p->A; a++) {
        for (int g = 0; g < p->G; g++) {
            const double came =
                value(p, CF_FIELD_entrants, y, (size_t)a * (size_t)p->G + (size_t)g);
            p->n[row(p, a, g, 0) + (size_t)p->m->extent.school] += came;
            *term(p, a, CF_TERM_ENTRANTS) += came;
        }
        external(p, y, a);
    }
    housing(p, y);
    for (int a = 0; a < p->A; a++) {
        regroup(p, y, a);
        before = now(p);
        choose(p, y, a);
        const double chosen = now(p);
        comply(p, y, a);
        if (!p->seconds)
            continue;
        p->seconds[PLAIN_CHOOSE] += chosen - before;
        p->seconds[PLAIN_COMPLY] += now(p) - chosen;
    }
}

struct place_result place_run_plain(const struct cf_model *m)
{
    return place_run_plain_timed(m, NULL);
}

struct place_result place_run_plain_timed(const struct cf_model *m, double seconds[PLAIN_TIMED])
{
    const struct cf_extent *e = &m->extent;
    struct plain p = {
        .m = m, .seconds = seconds, .A = e->A, .G = e->G, .X = e->X, .L = e->L, .S = e->S};
    const size_t A = (size_t)e->A, cells = row(&p, 1, 0, 0), ages = agx(&p, 1, 0, 0);
    struct place_result result = {
        .population = calloc((size_t)e->Y * A * ages, sizeof(double)),
        .ledger = calloc((size_t)e->Y * A * CF_N_TERMS, sizeof(double)),
        .stock = calloc((size_t)e->Y * A * (size_t)(e->X * e->S), sizeof(double)),
        .level_stock = calloc((size_t)e->Y * A * (size_t)(e->X * e->L), sizeof(double)),
        .attained = calloc((size_t)e->Y * A * (size_t)e->L, sizeof(double))};
    double *before = calloc(A, sizeof *before);
    p.n = calloc(A * cells, sizeof *p.n);
    p.pool = calloc(cells, sizeof *p.pool);
    p.base = calloc(cells, sizeof *p.base);
    p.ledger = calloc(A * CF_N_TERMS, sizeof *p.ledger);
    p.revealed = calloc(A * (size_t)e->S, sizeof *p.revealed);
    if (!result.stock || !result.level_stock || !result.attained || !p.revealed)
        abort();
    if (!result.population || !result.ledger || !before || !p.n || !p.pool || !p.base || !p.ledger)
        abort();
    start(&p);
    reveal(&p);
    record(&p, 0, before, &result);
    for (int y = 1; y < e->Y; y++) {
        for (size_t a = 0; a < A; a++)
            before[a] = p.ledger[a * CF_N_TERMS + CF_TERM_END];
        memset(p.ledger, 0, A * CF_N_TERMS * sizeof *p.ledger);
        step(&p, y, &result);
        record(&p, y, before, &result);
    }
    attain(&p, e->Y - 1, &result);
    result.status = p.failed ? CF_RUN_NOT_FINITE : CF_RUN_OK;
    free(before);
    free(p.n);
    free(p.pool);
    free(p.base);
    free(p.ledger);
    free(p.revealed);
    return result;
}
