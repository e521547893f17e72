#include "plain.h"

#include <math.h>
#include <stdlib.h>

static const struct cf_provision *provision(const struct plain *p)
{
    return &p->m->provision;
}

static void list_cells(const struct plain *p, struct plain_places *k)
{
    k->cell = calloc(plain_agx(p, p->A, 0, 0) * (size_t)p->L, sizeof *k->cell);
    if (!k->cell)
        abort();
    for (int a = 0; a < p->A; a++)
        for (int g = 0; g < p->G; g++)
            for (int x = 0; x <= p->m->extent.last_x[g]; x++)
                for (int l = 0; l < p->L; l++)
                    k->cell[k->n_cells++] = (struct plain_cell){
                        a, g, x, l, plain_agx(p, a, g, x) * (size_t)p->L + (size_t)l};
}

void plain_places_open(struct plain *p)
{
    const struct cf_provision *v = provision(p);
    if (v->I == 0)
        return;
    struct plain_places *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    const size_t ij = VIEW2(v->I, 0, v->J), as = VIEW2(p->A, 0, p->S), ai = VIEW2(p->A, 0, v->I);
    k->I = v->I;
    k->J = v->J;
    k->H = v->H;
    k->Q = v->Q;
    k->staff = plain_zeros((size_t)k->J);
    k->grade = plain_zeros(VIEW2(k->J, 0, k->Q));
    k->good = plain_zeros((size_t)k->J);
    k->usable = plain_zeros(ij);
    k->taught = plain_zeros(ij);
    k->left = plain_zeros(ij);
    k->scarcity = plain_zeros(ij);
    k->w = plain_zeros((size_t)p->A * ij);
    k->taught_w = plain_zeros((size_t)p->A * ij);
    k->placed = plain_zeros((size_t)p->A * ij);
    k->s0 = plain_zeros(ai);
    k->started = calloc((size_t)k->I, 1);
    k->access = plain_zeros(as);
    k->access0 = plain_zeros(as);
    k->quality = plain_zeros(as);
    k->quality0 = plain_zeros(as);
    k->refused = plain_zeros(VIEW2(p->L, 0, k->I) * plain_agx(p, p->A, 0, 0));
    if (!k->started)
        abort();
    list_cells(p, k);
    p->places = k;
}

void plain_places_close(struct plain *p)
{
    struct plain_places *k = p->places;
    if (!k)
        return;
    double *const held[] = {k->staff,   k->grade,    k->good,     k->usable,
                            k->taught,  k->left,     k->w,        k->placed,
                            k->s0,      k->taught_w, k->scarcity, k->access,
                            k->access0, k->quality,  k->quality0, k->refused};
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        free(held[i]);
    free(k->started);
    free(k->cell);
    free(k);
}

/* Teachers and grades move on: staff (1 - wastage) + recruits, grade_share x grade_move. */
static void move_on(struct plain *p, int y)
{
    struct plain_places *k = p->places;
    for (int j = 0; j < k->J; j++) {
        double next[k->Q + 1], *grade = &k->grade[VIEW2(j, 0, k->Q)];
        k->good[j] = 0;
        for (int q = 0; q < k->Q; q++) {
            next[q] = y ? 0 : plain_value(p, CF_FIELD_grade_share, 0, VIEW2(j, q, k->Q));
            for (int from = 0; from < k->Q && y; from++)
                next[q] +=
                    grade[from] * plain_value(p, CF_FIELD_grade_move, y, VIEW2(from, q, k->Q));
        }
        for (int q = 0; q < k->Q; q++) {
            grade[q] = next[q];
            k->good[j] += provision(p)->good[q] ? next[q] : 0;
        }
        k->staff[j] = y ? k->staff[j] * (1 - plain_value(p, CF_FIELD_wastage, y, 0)) +
                              plain_value(p, CF_FIELD_recruits, y, (size_t)j)
                        : plain_value(p, CF_FIELD_staff, 0, (size_t)j);
    }
}

static double ramp(int year, int open_year, int years)
{
    return year < open_year ? 0 : fmin(1, (year - open_year + 1.0) / fmax(1, years));
}

/* Places of a line at a site, were it not closing. */
static double standing(const struct plain *p, int y, int i, int j)
{
    const int year = p->m->extent.base_year + y;
    double places = plain_value(p, CF_FIELD_places, y, VIEW2(i, j, p->places->J));
    for (int c = 0; c < provision(p)->n_changes; c++) {
        const struct cf_change *change = &provision(p)->change[c];
        if (change->line == i && change->site == j)
            places += change->places * ramp(year, change->open_year, change->ramp_years);
    }
    return fmax(0, places);
}

/*
 * usable = places min(1, staff / sum over lines of places / learners_per_teacher), none from the
 * closing year on; in the years of teach-out continuers have what would stand without closing.
 */
static void find_usable(struct plain *p, int y)
{
    struct plain_places *k = p->places;
    const int year = p->m->extent.base_year + y;
    for (int j = 0; j < k->J; j++) {
        const struct cf_site *site = &provision(p)->site[j];
        const int closed = year >= site->closing_year;
        const int teaches = !closed || year - site->closing_year < site->teach_out;
        double needed = 0, share = 1;
        for (int i = 0; i < k->I; i++)
            if (provision(p)->line[i].per_teacher > 0)
                needed += standing(p, y, i, j) / provision(p)->line[i].per_teacher;
        if (!isnan(k->staff[j]) && needed > 0)
            share = fmin(1, k->staff[j] / needed);
        for (int i = 0; i < k->I; i++) {
            const double usable = standing(p, y, i, j) * share;
            k->taught[VIEW2(i, j, k->J)] = teaches ? usable : 0;
            k->usable[VIEW2(i, j, k->J)] = closed ? 0 : usable;
        }
    }
}

/* Log penalty of the border between an area and a site; -1: closed. */
static double border(const struct plain *p, int y, int a, int j)
{
    const int home = provision(p)->home[a], away = provision(p)->site[j].authority;
    if (home == away)
        return 0;
    const double level = plain_value(p, CF_FIELD_collaboration, y, VIEW2(home, away, p->places->H));
    if (level <= 0)
        return -1;
    const int below = level < 1 ? 1 : level >= 5 ? 5 : (int)level;
    const int above = below < 5 ? below + 1 : 5;
    const double low = plain_value(p, CF_FIELD_border, y, (size_t)below - 1);
    const double high = plain_value(p, CF_FIELD_border, y, (size_t)above - 1);
    return low + (high - low) * fmax(0, level - below);
}

static double minutes(const struct plain *p, int y, int a, int j)
{
    return plain_value(p, CF_FIELD_minutes, y, VIEW2(a, j, p->places->J));
}

int plain_within(const struct plain *p, int y, int a, int i, int j)
{
    const int s = provision(p)->line[i].route;
    return border(p, y, a, j) >= 0 &&
           minutes(p, y, a, j) <= plain_value(p, CF_FIELD_reach, y, (size_t)s);
}

static double weight(const struct plain *p, int y, int a, int i, int j, double places)
{
    const struct plain_places *k = p->places;
    const int s = provision(p)->line[i].route;
    if (places <= 0 || !plain_within(p, y, a, i, j))
        return 0;
    return pow(places, plain_value(p, CF_FIELD_alpha, y, 0)) *
           exp((k->Q ? plain_value(p, CF_FIELD_good_pull, y, 0) * k->good[j] : 0) -
               plain_value(p, CF_FIELD_beta, y, (size_t)s) * minutes(p, y, a, j) -
               border(p, y, a, j));
}

/* S0 of a line, in the first year in which any area reaches a place of it, those that only teach
 * out among them, as continuers see them; the areas that do not
 * reach one then have the mean of those that do. */
static void find_pivot(struct plain *p, int i)
{
    struct plain_places *k = p->places;
    double all = 0;
    int n = 0;
    for (int a = 0; a < p->A; a++) {
        double *s0 = &k->s0[VIEW2(a, i, k->I)];
        *s0 = 0;
        for (int j = 0; j < k->J; j++)
            *s0 += k->taught_w[VIEW3(a, i, k->I, j, k->J)];
        all += *s0;
        n += *s0 > 0;
    }
    for (int a = 0; a < p->A; a++)
        if (k->s0[VIEW2(a, i, k->I)] == 0 && n > 0)
            k->s0[VIEW2(a, i, k->I)] = all / n;
    k->started[i] = n > 0;
}

/* Share of the route's lines that count with usable places within reach. */
static double access_to(const struct plain *p, int y, int a, int s)
{
    const struct plain_places *k = p->places;
    double lines = 0, reached = 0;
    for (int i = 0; i < k->I; i++) {
        int within = 0;
        if (provision(p)->line[i].route != s || !provision(p)->line[i].counts)
            continue;
        for (int j = 0; j < k->J; j++)
            within |= k->usable[VIEW2(i, j, k->J)] > 0 && plain_within(p, y, a, i, j);
        lines++;
        reached += within;
    }
    return provision(p)->provided[s] ? reached / lines : NAN;
}

void plain_provide(struct plain *p, int y)
{
    struct plain_places *k = p->places;
    if (!k)
        return;
    move_on(p, y);
    find_usable(p, y);
    for (int a = 0; a < p->A; a++)
        for (int i = 0; i < k->I; i++)
            for (int j = 0; j < k->J; j++) {
                const size_t ij = VIEW2(i, j, k->J), aij = VIEW3(a, i, k->I, j, k->J);
                k->w[aij] = weight(p, y, a, i, j, k->usable[ij]);
                k->taught_w[aij] = weight(p, y, a, i, j, k->taught[ij]);
            }
    for (int i = 0; i < k->I; i++)
        if (!k->started[i])
            find_pivot(p, i);
    for (int a = 0; a < p->A; a++)
        for (int s = 0; s < p->S; s++) {
            k->access[VIEW2(a, s, p->S)] = access_to(p, y, a, s);
            if (y == 0)
                k->access0[VIEW2(a, s, p->S)] = k->access[VIEW2(a, s, p->S)];
        }
}

double plain_access_effect(const struct plain *p, int y, int a, int s)
{
    const size_t as = VIEW2(a, s, p->S);
    if (!p->places || isnan(p->places->access[as]))
        return 1;
    return pow((1 + p->places->access[as]) / (1 + p->places->access0[as]),
               plain_value(p, CF_FIELD_phi, y, 0));
}

double plain_quality_effect(const struct plain *p, int y, int a, int s)
{
    const size_t as = VIEW2(a, s, p->S);
    if (!p->places || isnan(p->places->quality[as]) || isnan(p->places->quality0[as]))
        return 0;
    return plain_value(p, CF_FIELD_quality_effect, y, 0) *
           (p->places->quality[as] - p->places->quality0[as]);
}

double plain_line_share(const struct plain *p, int y, const struct plain_cell *c, int i)
{
    const struct plain_places *k = p->places;
    const struct cf_line *line = provision(p)->line;
    double own = 0, all = 0;
    for (int other = 0; other < k->I; other++) {
        if (line[other].route != line[i].route || c->x < line[other].from_x ||
            c->x > line[other].to_x)
            continue;
        /* No row of the route's lines: equal shares. */
        const double given = plain_value(p, CF_FIELD_line_share, y,
                                         VIEW4(c->a, c->g, p->G, c->l, p->L, other, k->I));
        const double share = isnan(given) ? 1 : given;
        all += share;
        own += other == i ? share : 0;
    }
    return all > 0 ? own / all : 0;
}
