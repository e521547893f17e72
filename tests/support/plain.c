#include "plain.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

double *plain_zeros(size_t n)
{
    double *zeros = calloc(n + 1, sizeof *zeros);
    if (!zeros)
        abort();
    return zeros;
}

static double now(const struct plain *p)
{
    struct timespec t = {0};
    if (p->seconds)
        clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
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
                    const size_t l = (size_t)(c / p->S), gx = plain_agx(p, 0, g, x);
                    const double all =
                        plain_value(p, CF_FIELD_population, 0, plain_agx(p, a, g, x));
                    double share = c == p->m->extent.school;
                    if (all == 0)
                        continue;
                    if (x >= p->m->extent.choice_x)
                        share = plain_value(p, CF_FIELD_level_share, 0, gx * (size_t)p->L + l) *
                                plain_value(p, CF_FIELD_status_share, 0,
                                            plain_agx(p, a, g, x) * (size_t)LS + (size_t)c);
                    p->n[plain_row(p, a, g, x) + (size_t)c] = all * share;
                    p->base[plain_row(p, 0, g, x) + (size_t)c] += all * share;
                }
}

static void age(struct plain *p, int y, int a)
{
    const int LS = p->L * p->S;
    for (int g = 0; g < p->G; g++) {
        const int last = p->m->extent.last_x[g];
        *term(p, a, CF_TERM_AGED_OUT) += sum(&p->n[plain_row(p, a, g, last)], LS);
        for (int x = last; x > 0; x--)
            for (int c = 0; c < LS; c++) {
                const double was = p->n[plain_row(p, a, g, x - 1) + (size_t)c];
                const double lives =
                    was * plain_value(p, CF_FIELD_survival, y, plain_agx(p, 0, g, x));
                *term(p, a, CF_TERM_DEATHS) += was - lives;
                p->n[plain_row(p, a, g, x) + (size_t)c] = lives;
            }
        memset(&p->n[plain_row(p, a, g, 0)], 0, (size_t)LS * sizeof(double));
    }
}

static void migrate(struct plain *p, int y)
{
    const int LS = p->L * p->S;
    memset(p->pool, 0, plain_row(p, 1, 0, 0) * sizeof(double));
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < LS; c++) {
                    double *n = &p->n[plain_row(p, a, g, x) + (size_t)c];
                    const double net =
                        *n * plain_value(p, CF_FIELD_net_rate, y, plain_agx(p, a, g, x));
                    *term(p, a, CF_TERM_NET) += net;
                    *n += net;
                    p->pool[plain_row(p, 0, g, x) + (size_t)c] +=
                        *n * plain_value(p, CF_FIELD_out_rate, y, plain_agx(p, a, g, x));
                }
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int c = 0; c < LS; c++) {
                    double *n = &p->n[plain_row(p, a, g, x) + (size_t)c];
                    const double out =
                        *n * plain_value(p, CF_FIELD_out_rate, y, plain_agx(p, a, g, x));
                    const double in = p->pool[plain_row(p, 0, g, x) + (size_t)c] *
                                      plain_value(p, CF_FIELD_in_share, y, plain_agx(p, a, g, x));
                    *term(p, a, CF_TERM_OUT) += out;
                    *term(p, a, CF_TERM_IN) += in;
                    *n += in - out;
                }
}

/* Persons added to a row with the mix of the first of row, pool, base stock, school. */
static double add(struct plain *p, int a, int g, int x, double persons)
{
    const int LS = p->L * p->S, at_school = x <= p->m->extent.choice_x;
    double *n = &p->n[plain_row(p, a, g, x)];
    double mix[LS];
    const double *from[] = {n, &p->pool[plain_row(p, 0, g, x)], &p->base[plain_row(p, 0, g, x)]};
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
            const double asked = plain_value(p, CF_FIELD_external, y, plain_agx(p, a, g, x));
            double *n = &p->n[plain_row(p, a, g, x)];
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
        mine[g] = here ? sum(&p->n[plain_row(p, a, g, x)], LS) : 0;
        everybody[g] = 0;
        for (int b = 0; b < p->A && here; b++)
            everybody[g] += sum(&p->n[plain_row(p, b, g, x)], LS);
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
        homes += plain_value(p, CF_FIELD_dwellings, y, (size_t)a);
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
                        plain_value(p, CF_FIELD_dwellings, y, (size_t)a) *
                            plain_value(p, CF_FIELD_child_yield, y, (size_t)x) *
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
                    next[to] += p->n[plain_row(p, a, g, x) + (size_t)c] *
                                plain_value(p, CF_FIELD_regroup, y,
                                            plain_agx(p, 0, g, x) * (size_t)p->G + (size_t)to);
            for (int g = 0; g < p->G; g++)
                p->n[plain_row(p, a, g, x) + (size_t)c] = next[g];
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
                    const double n = p->n[plain_row(p, a, g, x) + (size_t)c];
                    result->stock[at * (size_t)p->S + (size_t)(c % p->S)] += n;
                    result->level_stock[at * (size_t)p->L + (size_t)(c / p->S)] += n;
                }
}

static void record(struct plain *p, int y, const double *before, struct place_result *result)
{
    const size_t ages = plain_agx(p, 1, 0, 0);
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
    plain_attain(p, y - 1, result);
    if (p->seconds)
        p->seconds[PLAIN_ATTAIN] += now(p) - before;
    for (int a = 0; a < p->A; a++)
        age(p, y, a);
    migrate(p, y);
    for (int a = 0; a < p->A; a++) {
        for (int g = 0; g < p->G; g++) {
            const double came = plain_value(p, CF_FIELD_entrants, y, VIEW2(a, g, p->G));
            p->n[plain_row(p, a, g, 0) + (size_t)p->m->extent.school] += came;
            *term(p, a, CF_TERM_ENTRANTS) += came;
        }
        external(p, y, a);
    }
    housing(p, y);
    plain_provide(p, y);
    for (int a = 0; a < p->A; a++) {
        regroup(p, y, a);
        before = now(p);
        plain_choose(p, y, a);
        const double chosen = now(p);
        plain_comply(p, y, a);
        if (!p->seconds)
            continue;
        p->seconds[PLAIN_CHOOSE] += chosen - before;
        p->seconds[PLAIN_COMPLY] += now(p) - chosen;
    }
    plain_place(p, y, result);
}

static void open_run(struct plain *p, struct place_result *result)
{
    const struct cf_extent *e = &p->m->extent;
    const size_t A = (size_t)e->A, YA = (size_t)e->Y * A, cells = plain_row(p, 1, 0, 0);
    result->population = plain_zeros(YA * plain_agx(p, 1, 0, 0));
    result->ledger = plain_zeros(YA * CF_N_TERMS);
    result->stock = plain_zeros(YA * (size_t)(e->X * e->S));
    result->level_stock = plain_zeros(YA * (size_t)(e->X * e->L));
    result->attained = plain_zeros(YA * (size_t)e->L);
    p->n = plain_zeros(A * cells);
    p->stay = plain_zeros(A * cells);
    p->come = plain_zeros(A * cells);
    p->pool = plain_zeros(cells);
    p->base = plain_zeros(cells);
    p->ledger = plain_zeros(A * CF_N_TERMS);
    p->revealed = plain_zeros(A * (size_t)e->S);
    plain_pull(p);
    plain_places_open(p);
    plain_report_open(p, result);
}

static void close_run(struct plain *p)
{
    free(p->n);
    free(p->stay);
    free(p->come);
    free(p->pool);
    free(p->base);
    free(p->ledger);
    free(p->revealed);
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        free(p->pulled[f]);
    plain_places_close(p);
}

struct place_result place_run_plain(const struct cf_model *m)
{
    return place_run_plain_timed(m, NULL);
}

struct place_result place_run_plain_timed(const struct cf_model *m, double seconds[PLAIN_TIMED])
{
    const struct cf_extent *e = &m->extent;
    const size_t A = (size_t)e->A;
    struct plain p = {
        .m = m, .seconds = seconds, .A = e->A, .G = e->G, .X = e->X, .L = e->L, .S = e->S};
    struct place_result result = {0};
    double *before = plain_zeros(A);
    open_run(&p, &result);
    start(&p);
    plain_reveal(&p);
    memcpy(p.stay, p.n, A * plain_row(&p, 1, 0, 0) * sizeof *p.n);
    plain_provide(&p, 0);
    plain_place(&p, 0, &result);
    record(&p, 0, before, &result);
    for (int y = 1; y < e->Y; y++) {
        for (size_t a = 0; a < A; a++)
            before[a] = p.ledger[a * CF_N_TERMS + CF_TERM_END];
        memset(p.ledger, 0, A * CF_N_TERMS * sizeof *p.ledger);
        step(&p, y, &result);
        record(&p, y, before, &result);
    }
    plain_attain(&p, e->Y - 1, &result);
    result.status = p.failed ? CF_RUN_NOT_FINITE : p.not_placed ? CF_RUN_NOT_PLACED : CF_RUN_OK;
    free(before);
    close_run(&p);
    return result;
}
