#include "plain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum pass { STAYING, PROTECTED, OTHERS, N_FIRST, EVERYBODY = N_FIRST };

/* What a year's passes hand on, beside the places themselves: [a][i] unless said. */
struct year {
    struct plain *p;
    int y;
    double *demand, *all; /* of the pass; of all first choices */
    double *unplaced;     /* of the pass */
    double *away;         /* weight of staying away */
    double *lost, *far;   /* unplaced and too far, of first choices */
    double *first;        /* [a][g][x][l][s] stock after choose and comply */
    double *landing;      /* [a][g][x][l][i] second choices */
};

#define CELLS(p, a, g, x, l)                                                                       \
    for (int a = 0; a < (p)->A; a++)                                                               \
        for (int g = 0; g < (p)->G; g++)                                                           \
            for (int x = 0; x <= (p)->m->extent.last_x[g]; x++)                                    \
                for (int l = 0; l < (p)->L; l++)

static int route(const struct plain *p, int i)
{
    return p->m->provision.line[i].route;
}

static size_t cell_of(const struct plain *p, int a, int g, int x, int l)
{
    return plain_agx(p, a, g, x) * (size_t)p->L + (size_t)l;
}

/* Learners of a cell whose turn it is. */
static double learners(const struct plain *p, enum pass pass, int a, int g, int x, int l, int s)
{
    const struct cf_selection *protected = &p->m->scenario.protected_groups;
    const size_t at = cell_of(p, a, g, x, l) * (size_t)p->S + (size_t)s;
    if (pass == STAYING)
        return p->stay[at];
    const int first = protected->n_selected > 0 && protected->member[g];
    return first == (pass == PROTECTED) ? p->come[at] : 0;
}

/* What an occupied cell needs: a line of the route that serves the age, with a share. Below
 * choice_age a school without lines for the age needs no places. */
static void check_served(struct plain *p, int y, int a, int g, int x, int l)
{
    for (int s = 0; s < p->S; s++) {
        const size_t at = cell_of(p, a, g, x, l) * (size_t)p->S + (size_t)s;
        double shares = 0;
        int serving = 0;
        if (!p->m->provision.provided[s] || p->n[at] <= 0)
            continue;
        for (int i = 0; i < p->places->I; i++) {
            const struct cf_line *line = &p->m->provision.line[i];
            if (line->route != s || x < line->from_x || x > line->to_x)
                continue;
            serving = 1;
            shares += plain_line_share(p, y, a, g, x, l, i);
        }
        if (shares <= 0 && (serving || x >= p->m->extent.choice_x))
            p->failed = 1;
    }
}

/* Flows of one line, by the weights and capacities of the pass; the site that fills is closed. */
static void place_line(struct year *t, int i, const double *w, const double *capacity)
{
    struct plain *p = t->p;
    struct plain_places *k = p->places;
    const int A = p->A, J = k->J;
    double demand[A], away[A], unplaced[A], weight[A * J + 1], moved[A * J + 1], b[J + 1];
    double beta = plain_value(p, CF_FIELD_beta, t->y, (size_t)route(p, i));
    const struct plain_flow flow = {A, J,     demand,  away, weight, &capacity[VIEW2(i, 0, J)],
                                    b, moved, unplaced};
    for (int a = 0; a < A; a++) {
        demand[a] = t->demand[VIEW2(a, i, k->I)];
        away[a] = t->away[VIEW2(a, i, k->I)];
        for (int j = 0; j < J; j++)
            weight[VIEW2(a, j, J)] = k->started[i] ? w[VIEW3(a, i, k->I, j, J)] : 0;
    }
    if (!plain_solve(&flow))
        p->not_placed = 1;
    for (int j = 0; j < J; j++) {
        const size_t ij = VIEW2(i, j, J);
        double left = flow.capacity[j];
        for (int a = 0; a < A; a++) {
            k->placed[VIEW3(a, i, k->I, j, J)] += moved[VIEW2(a, j, J)];
            left -= moved[VIEW2(a, j, J)];
        }
        if (flow.capacity[j] > 0 && b[j] < 1) {
            k->scarcity[ij] = -log(b[j]) / beta;
            left = 0;
        }
        k->left[ij] = k->usable[ij] > 0 ? fmax(0, left) : 0;
    }
    for (int a = 0; a < A; a++)
        t->unplaced[VIEW2(a, i, k->I)] = unplaced[a];
}

/* Of those who want the line in the area, the share left without a place in the pass. */
static double refused_share(const struct year *t, size_t ai)
{
    return t->demand[ai] > 0 ? t->unplaced[ai] / t->demand[ai] : 0;
}

static void add_demand(struct year *t, enum pass pass)
{
    struct plain *p = t->p;
    const int I = p->places->I;
    memset(t->demand, 0, VIEW2(p->A, 0, I) * sizeof *t->demand);
    CELLS(p, a, g, x, l)
    for (int i = 0; i < I; i++)
        t->demand[VIEW2(a, i, I)] += pass == EVERYBODY
                                         ? t->landing[VIEW2(cell_of(p, a, g, x, l), i, I)]
                                         : learners(p, pass, a, g, x, l, route(p, i)) *
                                               plain_line_share(p, t->y, a, g, x, l, i);
}

/* One pass of first choices: staying, then protected groups, then the others. */
static void first_pass(struct year *t, enum pass pass)
{
    struct plain *p = t->p;
    struct plain_places *k = p->places;
    const int I = k->I, J = k->J;
    const double *w = pass == STAYING ? k->taught_w : k->w;
    double capacity[I * J + 1];
    memcpy(capacity, pass == STAYING ? k->taught : k->left, VIEW2(I, 0, J) * sizeof *capacity);
    add_demand(t, pass);
    for (int i = 0; i < I; i++) {
        place_line(t, i, w, capacity);
        for (int a = 0; a < p->A; a++) {
            const size_t ai = VIEW2(a, i, I);
            double all = t->away[ai];
            for (int j = 0; j < J && k->started[i]; j++)
                all += w[VIEW3(a, i, I, j, J)];
            t->all[ai] += t->demand[ai];
            t->lost[ai] += t->unplaced[ai];
            t->far[ai] += all > 0 ? t->demand[ai] * t->away[ai] / all : t->demand[ai];
        }
    }
    CELLS(p, a, g, x, l)
    for (int i = 0; i < I; i++)
        k->refused[VIEW2(cell_of(p, a, g, x, l), i, I)] +=
            learners(p, pass, a, g, x, l, route(p, i)) * plain_line_share(p, t->y, a, g, x, l, i) *
            refused_share(t, VIEW2(a, i, I));
}

/* open[a][i]: share of the weight within reach that is still open. */
static void find_open(const struct year *t, double *open)
{
    const struct plain_places *k = t->p->places;
    for (int a = 0; a < t->p->A; a++)
        for (int i = 0; i < k->I; i++) {
            double reached = 0, still = 0;
            for (int j = 0; j < k->J; j++) {
                const size_t ij = VIEW2(i, j, k->J);
                const double w = k->w[VIEW3(a, i, k->I, j, k->J)];
                reached += w;
                still += w > 0 ? w * k->left[ij] / k->usable[ij] : 0;
            }
            open[VIEW2(a, i, k->I)] = reached > 0 ? still / reached : 0;
        }
}

/* Those refused on line i look again: over all statuses in proportion to n' h, then over the lines
 * of a route in proportion to share x open. Line i is not asked again. */
static void look_again(struct year *t, int a, int g, int x, int l, int i, const double *open)
{
    struct plain *p = t->p;
    const int S = p->S, I = p->places->I;
    const size_t cell = cell_of(p, a, g, x, l);
    double *n = &p->n[cell * (size_t)S], *first = &t->first[cell * (size_t)S];
    double *refused = &p->places->refused[VIEW2(cell, i, I)], h[S], line[I], sum = 0;
    if (*refused <= 0)
        return;
    for (int s = 0; s < S; s++)
        h[s] = p->m->provision.provided[s] ? 0 : 1;
    for (int k = 0; k < I; k++) {
        line[k] = k == i ? 0 : plain_line_share(p, t->y, a, g, x, l, k) * open[VIEW2(a, k, I)];
        h[route(p, k)] += line[k];
    }
    for (int s = 0; s < S; s++)
        sum += first[s] * h[s];
    if (sum <= 0) {
        n[p->m->extent.fallback] += *refused;
        return;
    }
    for (int s = 0; s < S; s++)
        n[s] += p->m->provision.provided[s] ? 0 : *refused * first[s] * h[s] / sum;
    for (int k = 0; k < I; k++)
        t->landing[VIEW2(cell, k, I)] += *refused * first[route(p, k)] * line[k] / sum;
}

static void second_round(struct year *t)
{
    struct plain *p = t->p;
    struct plain_places *k = p->places;
    const int I = k->I;
    double open[p->A * I], capacity[I * k->J + 1];
    memset(t->landing, 0, VIEW2(cell_of(p, p->A, 0, 0, 0), 0, I) * sizeof *t->landing);
    find_open(t, open);
    CELLS(p, a, g, x, l)
    for (int i = 0; i < I; i++)
        look_again(t, a, g, x, l, i, open);
    memcpy(capacity, k->left, VIEW2(I, 0, k->J) * sizeof *capacity);
    add_demand(t, EVERYBODY);
    for (int i = 0; i < I; i++)
        place_line(t, i, k->w, capacity);
    CELLS(p, a, g, x, l)
    for (int i = 0; i < I; i++) {
        const size_t cell = cell_of(p, a, g, x, l), at = VIEW2(cell, i, I);
        k->refused[at] = t->landing[at] * refused_share(t, VIEW2(a, i, I));
        p->n[cell * (size_t)p->S + (size_t)route(p, i)] += t->landing[at] - k->refused[at];
    }
}

/* The unplaced of first choices leave their route, but not school below choice_age; round after
 * round they look again, and who is left after the last goes to the fallback. */
static void second_choices(struct year *t)
{
    struct plain *p = t->p;
    struct plain_places *k = p->places;
    memcpy(t->first, p->n, plain_row(p, p->A, 0, 0) * sizeof *p->n);
    CELLS(p, a, g, x, l)
    for (int i = 0; i < k->I; i++) {
        const size_t cell = cell_of(p, a, g, x, l);
        double *n = &p->n[cell * (size_t)p->S + (size_t)route(p, i)];
        double *refused = &k->refused[VIEW2(cell, i, k->I)];
        if (x < p->m->extent.choice_x)
            *refused = 0;
        *n = fmax(0, *n - *refused);
    }
    for (int round = 1; round < p->m->scenario.rounds; round++)
        second_round(t);
    CELLS(p, a, g, x, l)
    for (int i = 0; i < k->I; i++) {
        const size_t cell = cell_of(p, a, g, x, l);
        p->n[cell * (size_t)p->S + (size_t)p->m->extent.fallback] +=
            k->refused[VIEW2(cell, i, k->I)];
    }
}

/* Share of an area's learners of a route that are placed in good sites. */
static void find_quality(struct plain *p, int y)
{
    struct plain_places *k = p->places;
    for (int a = 0; a < p->A; a++)
        for (int s = 0; s < p->S; s++) {
            double all = 0, good = 0;
            for (int i = 0; i < k->I; i++)
                for (int j = 0; j < k->J && route(p, i) == s; j++) {
                    all += k->placed[VIEW3(a, i, k->I, j, k->J)];
                    good += k->placed[VIEW3(a, i, k->I, j, k->J)] * k->good[j];
                }
            k->quality[VIEW2(a, s, p->S)] = k->Q ? good / all : NAN;
            if (y == 0)
                k->quality0[VIEW2(a, s, p->S)] = k->quality[VIEW2(a, s, p->S)];
        }
}

static struct year open_year(struct plain *p, int y)
{
    struct plain_places *k = p->places;
    const size_t ai = VIEW2(p->A, 0, k->I), ij = VIEW2(k->I, 0, k->J);
    struct year t = {.p = p,
                     .y = y,
                     .demand = plain_zeros(ai),
                     .all = plain_zeros(ai),
                     .unplaced = plain_zeros(ai),
                     .away = plain_zeros(ai),
                     .lost = plain_zeros(ai),
                     .far = plain_zeros(ai),
                     .first = plain_zeros(plain_row(p, p->A, 0, 0)),
                     .landing = plain_zeros(VIEW2(cell_of(p, p->A, 0, 0, 0), 0, k->I))};
    memset(k->placed, 0, (size_t)p->A * ij * sizeof *k->placed);
    memset(k->scarcity, 0, ij * sizeof *k->scarcity);
    memset(k->refused, 0, VIEW2(cell_of(p, p->A, 0, 0, 0), 0, k->I) * sizeof *k->refused);
    for (int a = 0; a < p->A; a++)
        for (int i = 0; i < k->I; i++) {
            const double o = plain_value(p, CF_FIELD_outside, y, (size_t)route(p, i));
            t.away[VIEW2(a, i, k->I)] = o / (1 - o) * k->s0[VIEW2(a, i, k->I)];
        }
    return t;
}

void plain_place(struct plain *p, int y, struct place_result *result)
{
    if (!p->places)
        return;
    struct year t = open_year(p, y);
    CELLS(p, a, g, x, l)
    check_served(p, y, a, g, x, l);
    for (enum pass pass = STAYING; pass < N_FIRST; pass++)
        first_pass(&t, pass);
    plain_report_first(p, y, &(struct plain_first){t.all, t.lost, t.far, t.away}, result);
    if (y > 0)
        second_choices(&t);
    find_quality(p, y);
    plain_report(p, y, result);
    double *const held[] = {t.demand, t.all, t.unplaced, t.away, t.lost, t.far, t.first, t.landing};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        free(held[i]);
}
