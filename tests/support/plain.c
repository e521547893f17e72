#include "engine/ledger.h"
#include "place.h"

#include <stdlib.h>
#include <string.h>

/*
 * The model a second time, plain: one run, scalar loops, every age with all levels and statuses,
 * one pass over everything for each sentence of MODEL.md 2.2 to 2.5.
 */
struct plain {
    const struct cf_model *m;
    int A, G, X, L, S;
    double *n, *pool, *base; /* [a][g][x][l][s], [g][x][l][s], [g][x][l][s] */
    double *ledger;          /* [a][term] of the step */
    int failed;
};

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

static void record(struct plain *p, int y, const double *before, struct place_result *result)
{
    const size_t ages = agx(p, 1, 0, 0);
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

static void step(struct plain *p, int y)
{
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
    for (int a = 0; a < p->A; a++)
        regroup(p, y, a);
}

struct place_result place_run_plain(const struct cf_model *m)
{
    const struct cf_extent *e = &m->extent;
    struct plain p = {.m = m, .A = e->A, .G = e->G, .X = e->X, .L = e->L, .S = e->S};
    const size_t A = (size_t)e->A, cells = row(&p, 1, 0, 0), ages = agx(&p, 1, 0, 0);
    struct place_result result = {.population = calloc((size_t)e->Y * A * ages, sizeof(double)),
                                  .ledger = calloc((size_t)e->Y * A * CF_N_TERMS, sizeof(double))};
    double *before = calloc(A, sizeof *before);
    p.n = calloc(A * cells, sizeof *p.n);
    p.pool = calloc(cells, sizeof *p.pool);
    p.base = calloc(cells, sizeof *p.base);
    p.ledger = calloc(A * CF_N_TERMS, sizeof *p.ledger);
    if (!result.population || !result.ledger || !before || !p.n || !p.pool || !p.base || !p.ledger)
        abort();
    start(&p);
    record(&p, 0, before, &result);
    for (int y = 1; y < e->Y; y++) {
        for (size_t a = 0; a < A; a++)
            before[a] = p.ledger[a * CF_N_TERMS + CF_TERM_END];
        memset(p.ledger, 0, A * CF_N_TERMS * sizeof *p.ledger);
        step(&p, y);
        record(&p, y, before, &result);
    }
    result.status = p.failed ? CF_RUN_NOT_FINITE : CF_RUN_OK;
    free(before);
    free(p.n);
    free(p.pool);
    free(p.base);
    free(p.ledger);
    return result;
}
