#include "plain.h"

#include <math.h>

/* The variables of places that a run leaves: formats of output/README.md. */
void plain_report_open(const struct plain *p, struct place_result *r)
{
    const struct plain_places *k = p->places;
    if (!k)
        return;
    const size_t Y = (size_t)p->m->extent.Y, YA = Y * (size_t)p->A;
    const size_t offers = (size_t)p->m->provision.n_offers;
    double **const by_line[] = {&r->demand,  &r->placed,      &r->unplaced,
                                &r->too_far, &r->crowded_out, &r->coverage};
    double **const by_offer[] = {&r->usable,    &r->arrivals, &r->enrolled,
                                 &r->shortfall, &r->spare,    &r->scarcity};
    for (size_t v = 0; v < sizeof by_line / sizeof *by_line; v++)
        *by_line[v] = plain_zeros(YA * (size_t)k->I);
    for (size_t v = 0; v < sizeof by_offer / sizeof *by_offer; v++)
        *by_offer[v] = plain_zeros(Y * offers);
    r->access = plain_zeros(YA * (size_t)p->S);
    r->flow = plain_zeros(Y * (size_t)k->H * VIEW2(k->H, 0, p->S));
    r->good_share = k->Q ? plain_zeros(Y * (size_t)k->J) : NULL;
}

/* Where all first choices would go if there were room: every B = 1. */
static double arrivals(const struct plain *p, const struct plain_first *first, int i, int j)
{
    const struct plain_places *k = p->places;
    double come = 0;
    for (int a = 0; a < p->A; a++) {
        const size_t ai = VIEW2(a, i, k->I);
        double all = first->away[ai];
        for (int other = 0; other < k->J; other++)
            all += k->w[VIEW2(ai, other, k->J)];
        come += all > 0 ? first->all[ai] * k->w[VIEW2(ai, j, k->J)] / all : 0;
    }
    return come;
}

void plain_report_first(const struct plain *p, int y, const struct plain_first *first,
                        struct place_result *r)
{
    const struct plain_places *k = p->places;
    const struct cf_provision *v = &p->m->provision;
    for (size_t ai = 0; ai < VIEW2(p->A, 0, k->I); ai++) {
        const size_t at = VIEW3(y, 0, p->A, 0, k->I) + ai;
        r->demand[at] = first->all[ai];
        r->unplaced[at] = first->lost[ai];
        r->too_far[at] = first->far[ai];
        r->crowded_out[at] = first->lost[ai] - first->far[ai];
    }
    for (int o = 0; o < v->n_offers; o++) {
        const size_t at = VIEW2(y, o, v->n_offers);
        r->arrivals[at] = arrivals(p, first, v->offer_line[o], v->offer_site[o]);
    }
}

static void report_offers(const struct plain *p, int y, struct place_result *r)
{
    const struct plain_places *k = p->places;
    const struct cf_provision *v = &p->m->provision;
    for (int o = 0; o < v->n_offers; o++) {
        const int i = v->offer_line[o], j = v->offer_site[o];
        const size_t at = VIEW2(y, o, v->n_offers), ij = VIEW2(i, j, k->J);
        const double beta = plain_value(p, CF_FIELD_beta, y, (size_t)v->line[i].route);
        for (int a = 0; a < p->A; a++)
            r->enrolled[at] += k->placed[VIEW3(a, i, k->I, j, k->J)];
        r->usable[at] = k->usable[ij];
        r->shortfall[at] = fmax(0, r->arrivals[at] - r->usable[at]);
        r->spare[at] = fmax(0, r->usable[at] - r->enrolled[at]);
        r->scarcity[at] = k->usable[ij] > 0 && beta > 0 ? k->scarcity[ij] : NAN;
    }
}

/* Whether anybody lives there who is of an age that coverage looks at. */
static int residents(const struct plain *p, int a)
{
    double persons = 0;
    for (int g = 0; g < p->G; g++)
        for (int x = 0; x <= p->m->extent.last_x[g]; x++)
            for (int c = 0; c < p->L * p->S && p->m->provision.coverage_ages.member[x]; c++)
                persons += p->n[plain_row(p, a, g, x) + (size_t)c];
    return persons > 0;
}

void plain_report(const struct plain *p, int y, struct place_result *r)
{
    const struct plain_places *k = p->places;
    const struct cf_provision *v = &p->m->provision;
    report_offers(p, y, r);
    for (int a = 0; a < p->A; a++)
        for (int i = 0; i < k->I; i++)
            for (int j = 0; j < k->J; j++) {
                const size_t at = VIEW3(y, a, p->A, i, k->I);
                const double placed = k->placed[VIEW3(a, i, k->I, j, k->J)];
                r->placed[at] += placed;
                r->flow[VIEW4(y, v->home[a], k->H, v->site[j].authority, k->H, v->line[i].route,
                              p->S)] += placed;
                if (k->usable[VIEW2(i, j, k->J)] > 0 && plain_within(p, y, a, i, j))
                    r->coverage[at] = 1;
            }
    for (int a = 0; a < p->A; a++)
        for (int i = 0; i < k->I && !residents(p, a); i++)
            r->coverage[VIEW3(y, a, p->A, i, k->I)] = NAN;
    for (size_t as = 0; as < VIEW2(p->A, 0, p->S); as++)
        r->access[VIEW3(y, 0, p->A, 0, p->S) + as] = k->access[as];
    for (int j = 0; j < k->J && k->Q; j++)
        r->good_share[VIEW2(y, j, k->J)] = k->good[j];
}
