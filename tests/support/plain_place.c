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
    double *taken;        /* of the pass: those who have a place */
    double *away;         /* weight of staying away */
    double *lost, *far;   /* unplaced and too far, of first choices */
    double *first;        /* [a][g][x][l][s] stock after choose and comply */
    double *found;        /* [a][g][x][l][i] first choices with a place */
    double *landing;      /* [a][g][x][l][i] second choices */
};

static int route(const struct plain *p, int i)
{
    return p->m->provision.line[i].route;
}

/* Learners of a cell whose turn it is. */
static double learners(const struct plain *p, enum pass pass, const struct plain_cell *c, int s)
{
    const struct cf_selection *protected = &p->m->scenario.protected_groups;
    const size_t at = VIEW2(c->at, s, p->S);
    if (pass == STAYING)
        return p->stay[at];
    const int first = protected->n_selected > 0 && protected->member[c->g];
    return first == (pass == PROTECTED) ? p->come[at] : 0;
}

/* What an occupied cell of a route needs: a line that serves the age, with a share. */
static void check_served(struct plain *p, int y, const struct plain_cell *c)
{
    for (int s = 0; s < p->S; s++) {
        double shares = 0;
        if (!p->m->provision.provided[s] || p->n[VIEW2(c->at, s, p->S)] <= 0)
            continue;
        for (int i = 0; i < p->places->I; i++)
            shares += route(p, i) == s ? plain_line_share(p, y, c, i) : 0;
        if (shares <= 0)
            p->not_placed = 1;
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
    for (int a = 0; a < A; a++) {
        t->unplaced[VIEW2(a, i, k->I)] = unplaced[a];
        t->taken[VIEW2(a, i, k->I)] = 0;
        for (int j = 0; j < J; j++)
            t->taken[VIEW2(a, i, k->I)] += moved[VIEW2(a, j, J)];
    }
}

/* Of those who want the line in the area, the share left without a place in the pass, and that
 * with one: each counted, so that nobody is exactly nobody. */
static double refused_share(const struct year *t, size_t ai)
{
    return t->demand[ai] > 0 ? t->unplaced[ai] / t->demand[ai] : 0;
}

static double taken_share(const struct year *t, size_t ai)
{
    return t->demand[ai] > 0 ? t->taken[ai] / t->demand[ai] : 0;
}

/* Learners of a cell who want the line in a pass. */
static double wanting(const struct year *t, enum pass pass, const struct plain_cell *c, int i)
{
    if (pass == EVERYBODY)
        return t->landing[VIEW2(c->at, i, t->p->places->I)];
    return learners(t->p, pass, c, route(t->p, i)) * plain_line_share(t->p, t->y, c, i);
}

static void add_demand(struct year *t, enum pass pass)
{
    const struct plain_places *k = t->p->places;
    memset(t->demand, 0, VIEW2(t->p->A, 0, k->I) * sizeof *t->demand);
    for (const struct plain_cell *c = k->cell; c < k->cell + k->n_cells; c++)
        for (int i = 0; i < k->I; i++)
            t->demand[VIEW2(c->a, i, k->I)] += wanting(t, pass, c, i);
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
    for (const struct plain_cell *c = k->cell; c < k->cell + k->n_cells; c++)
        for (int i = 0; i < I; i++) {
            const double want = wanting(t, pass, c, i);
            k->refused[VIEW2(c->at, i, I)] += want * refused_share(t, VIEW2(c->a, i, I));
            t->found[VIEW2(c->at, i, I)] += want * taken_share(t, VIEW2(c->a, i, I));
        }
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
static void look_again(struct year *t, const struct plain_cell *c, int i, const double *open)
{
    struct plain *p = t->p;
    const int S = p->S, I = p->places->I;
    const double *first = &t->first[VIEW2(c->at, 0, S)];
    const double refused = p->places->refused[VIEW2(c->at, i, I)];
    double *n = &p->n[VIEW2(c->at, 0, S)], h[S], line[I], sum = 0;
    if (refused <= 0)
        return;
    for (int s = 0; s < S; s++)
        h[s] = p->m->provision.provided[s] ? 0 : 1;
    for (int k = 0; k < I; k++) {
        line[k] = k == i ? 0 : plain_line_share(p, t->y, c, k) * open[VIEW2(c->a, k, I)];
        h[route(p, k)] += line[k];
    }
    for (int s = 0; s < S; s++)
        sum += first[s] * h[s];
    if (sum <= 0) {
        n[p->m->extent.fallback] += refused;
        return;
    }
    for (int s = 0; s < S; s++)
        n[s] += p->m->provision.provided[s] ? 0 : refused * first[s] * h[s] / sum;
    for (int k = 0; k < I; k++)
        t->landing[VIEW2(c->at, k, I)] += refused * first[route(p, k)] * line[k] / sum;
}

static void second_round(struct year *t)
{
    struct plain *p = t->p;
    struct plain_places *k = p->places;
    const struct plain_cell *end = k->cell + k->n_cells;
    const int I = k->I;
    double open[p->A * I], capacity[I * k->J + 1];
    memset(t->landing, 0, VIEW2(plain_agx(p, p->A, 0, 0), 0, p->L * I) * sizeof *t->landing);
    find_open(t, open);
    for (const struct plain_cell *c = k->cell; c < end; c++)
        for (int i = 0; i < I; i++)
            look_again(t, c, i, open);
    memcpy(capacity, k->left, VIEW2(I, 0, k->J) * sizeof *capacity);
    add_demand(t, EVERYBODY);
    for (int i = 0; i < I; i++)
        place_line(t, i, k->w, capacity);
    for (const struct plain_cell *c = k->cell; c < end; c++)
        for (int i = 0; i < I; i++) {
            const double landing = t->landing[VIEW2(c->at, i, I)];
            k->refused[VIEW2(c->at, i, I)] = landing * refused_share(t, VIEW2(c->a, i, I));
            p->n[VIEW2(c->at, route(p, i), p->S)] += landing * taken_share(t, VIEW2(c->a, i, I));
        }
}

/* In a route stay those who have a place, but below choice_age everybody stays at school. */
static void keep_placed(struct year *t, const struct plain_cell *c)
{
    struct plain *p = t->p;
    const int I = p->places->I;
    double *n = &p->n[VIEW2(c->at, 0, p->S)];
    if (c->x < p->m->extent.choice_x) {
        memset(&p->places->refused[VIEW2(c->at, 0, I)], 0, (size_t)I * sizeof(double));
        return;
    }
    for (int s = 0; s < p->S; s++)
        n[s] = p->m->provision.provided[s] ? 0 : n[s];
    for (int i = 0; i < I; i++)
        n[route(p, i)] += t->found[VIEW2(c->at, i, I)];
}

/* The unplaced of first choices look again round after round, and who is left after the last goes
 * to the fallback. */
static void second_choices(struct year *t)
{
    struct plain *p = t->p;
    const struct plain_places *k = p->places;
    const struct plain_cell *end = k->cell + k->n_cells;
    memcpy(t->first, p->n, plain_row(p, p->A, 0, 0) * sizeof *p->n);
    for (const struct plain_cell *c = k->cell; c < end; c++)
        keep_placed(t, c);
    for (int round = 1; round < p->m->scenario.rounds; round++)
        second_round(t);
    for (const struct plain_cell *c = k->cell; c < end; c++)
        for (int i = 0; i < k->I; i++)
            p->n[VIEW2(c->at, p->m->extent.fallback, p->S)] += k->refused[VIEW2(c->at, i, k->I)];
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
    const size_t rows = plain_agx(p, p->A, 0, 0) * (size_t)p->L, wishes = rows * (size_t)k->I;
    struct year t = {.p = p,
                     .y = y,
                     .demand = plain_zeros(ai),
                     .all = plain_zeros(ai),
                     .unplaced = plain_zeros(ai),
                     .taken = plain_zeros(ai),
                     .away = plain_zeros(ai),
                     .lost = plain_zeros(ai),
                     .far = plain_zeros(ai),
                     .first = plain_zeros(rows * (size_t)p->S),
                     .found = plain_zeros(wishes),
                     .landing = plain_zeros(wishes)};
    memset(k->placed, 0, (size_t)p->A * ij * sizeof *k->placed);
    memset(k->scarcity, 0, ij * sizeof *k->scarcity);
    memset(k->refused, 0, wishes * sizeof *k->refused);
    for (int a = 0; a < p->A; a++)
        for (int i = 0; i < k->I; i++) {
            const double o = plain_value(p, CF_FIELD_outside, y, (size_t)route(p, i));
            t.away[VIEW2(a, i, k->I)] = o / (1 - o) * k->s0[VIEW2(a, i, k->I)];
        }
    return t;
}

void plain_place(struct plain *p, int y, struct place_result *result)
{
    const struct plain_places *k = p->places;
    if (!k)
        return;
    struct year t = open_year(p, y);
    for (const struct plain_cell *c = k->cell; c < k->cell + k->n_cells; c++)
        check_served(p, y, c);
    for (enum pass pass = STAYING; pass < N_FIRST; pass++)
        first_pass(&t, pass);
    plain_report_first(p, y, &(struct plain_first){t.all, t.lost, t.far, t.away}, result);
    if (y > 0)
        second_choices(&t);
    find_quality(p, y);
    plain_report(p, y, result);
    double *const held[] = {t.demand, t.all, t.unplaced, t.taken, t.away,
                            t.lost,   t.far, t.first,    t.found, t.landing};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        free(held[i]);
}
