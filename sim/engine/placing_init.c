#include "engine/placing.h"

#include <string.h>

static int is_pulled(const struct cf_model *model, enum cf_field_id field)
{
    for (int k = 0; k < model->scenario.n_levers; k++)
        if (model->scenario.lever[k].field == field)
            return 1;
    return 0;
}

/* Then every pair is kept. */
int cf_reach_is_pulled(const struct cf_model *model)
{
    static const enum cf_field_id fields[] = {CF_FIELD_minutes, CF_FIELD_minutes_per_km,
                                              CF_FIELD_reach};
    int pulled = 0;
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
        pulled |=
            is_pulled(model, fields[k]) || cf_future_touches(&model->scenario.future, fields[k]);
    return pulled;
}

/* Whether runs of one batch may differ in travel. */
static int travel_is_drawn(const struct cf_model *model)
{
    static const enum cf_field_id fields[] = {CF_FIELD_minutes, CF_FIELD_minutes_per_km,
                                              CF_FIELD_reach,   CF_FIELD_beta,
                                              CF_FIELD_border,  CF_FIELD_collaboration};
    int drawn = 0;
    for (size_t k = 0; k < sizeof fields / sizeof *fields; k++)
        drawn |= cf_future_touches(&model->scenario.future, fields[k]);
    return drawn;
}

/* The pairs of area and offer that may be within reach at some time. */
static void init_journeys(struct cf_worker *w, struct cf_placing *k, int i)
{
    const struct cf_provision *p = k->p;
    const int n = p->first_offer[i + 1] - p->first_offer[i], A = w->e->A;
    const int everywhere = cf_reach_is_pulled(w->model), drawn = travel_is_drawn(w->model);
    const double *minutes = w->model->field[CF_FIELD_minutes].value;
    const double reach = w->model->field[CF_FIELD_reach].value[p->line[i].route];
    int *first = CF_TAKE(&w->arena, (size_t)A + 1, int), pairs = 0;
    for (int fill = 0; fill < 2; fill++) {
        int *offer = fill ? CF_TAKE(&w->arena, (size_t)pairs, int) : NULL;
        pairs = 0;
        for (int a = 0; a < A; a++) {
            first[a] = pairs;
            for (int j = 0; j < n; j++) {
                const int site = p->offer_site[p->first_offer[i] + j];
                if (!everywhere && !(minutes[VIEW2(a, site, p->J)] <= reach))
                    continue;
                if (fill)
                    offer[pairs] = j;
                pairs++;
            }
        }
        first[A] = pairs;
        k->journeys[i] = (struct cf_journeys){.A = A, .n = n, .first = first, .offer = offer};
    }
    k->ease[i] = CF_TAKE(&w->arena, (size_t)pairs, double);
    k->trip[i] = CF_TAKE(&w->arena, (size_t)pairs, double);
    k->ease_wide[i] = drawn ? CF_TAKE(&w->arena, (size_t)pairs, lanes) : NULL;
    k->trip_wide[i] = drawn ? CF_TAKE(&w->arena, (size_t)pairs, lanes) : NULL;
    k->journeys[i].ease = k->ease[i];
    k->journeys[i].wide = k->ease_wide[i];
    k->journeys[i].minutes = k->trip[i];
    k->journeys[i].minutes_wide = k->trip_wide[i];
}

static void init_lines(struct cf_worker *w, struct cf_placing *k)
{
    const struct cf_provision *p = k->p;
    const size_t I = (size_t)p->I;
    int *route = CF_TAKE(&w->arena, I, int), *from = CF_TAKE(&w->arena, I, int);
    int *to = CF_TAKE(&w->arena, I, int);
    for (size_t i = 0; i < I; i++) {
        route[i] = p->line[i].route;
        from[i] = p->line[i].from_x;
        to[i] = p->line[i].to_x;
    }
    unsigned char *others = CF_TAKE(&w->arena, (size_t)w->e->X + 1, unsigned char);
    for (size_t i = 0; i < I; i++)
        if (from[i] <= to[i])
            others[from[i]] = others[to[i] + 1] = 1;
    k->lines = (struct cf_lines){.I = p->I,
                                 .route = route,
                                 .from_x = from,
                                 .to_x = to,
                                 .others = others,
                                 .provided = p->provided};
    k->journeys = CF_TAKE(&w->arena, I, struct cf_journeys);
    k->ease = CF_TAKE(&w->arena, I, double *);
    k->trip = CF_TAKE(&w->arena, I, double *);
    k->ease_wide = CF_TAKE(&w->arena, I, lanes *);
    k->trip_wide = CF_TAKE(&w->arena, I, lanes *);
    for (int i = 0; i < p->I; i++)
        init_journeys(w, k, i);
}

static void init_supply(struct cf_worker *w, struct cf_placing *k)
{
    const struct cf_provision *p = k->p;
    const size_t O = (size_t)p->n_offers, J = (size_t)p->J, Q = (size_t)p->Q;
    int teach_out = 0;
    k->per_teacher = CF_TAKE(&w->arena, O, double);
    k->offer_authority = CF_TAKE(&w->arena, O, int);
    for (size_t o = 0; o < O; o++) {
        k->per_teacher[o] = p->line[p->offer_line[o]].per_teacher;
        k->offer_authority[o] = p->site[p->offer_site[o]].authority;
    }
    lanes **const by_offer[] = {&k->good_at, &k->places,   &k->usable,   &k->pull,    &k->left,
                                &k->weighed, &k->arrivals, &k->enrolled, &k->scarcity};
    for (size_t n = 0; n < sizeof by_offer / sizeof *by_offer; n++)
        *by_offer[n] = CF_TAKE(&w->arena, O, lanes);
    lanes **const by_site[] = {&k->staff, &k->good, &k->quality, &k->need};
    for (size_t n = 0; n < sizeof by_site / sizeof *by_site; n++)
        *by_site[n] = CF_TAKE(&w->arena, J, lanes);
    k->grade = CF_TAKE(&w->arena, J * Q, lanes);
    for (size_t j = 0; j < J; j++)
        teach_out |= p->site[j].teach_out > 0;
    k->usable_first = CF_TAKE(&w->arena, teach_out ? O : 0, lanes);
    k->pull_first = CF_TAKE(&w->arena, teach_out ? O : 0, lanes);
}

static void init_books(struct cf_worker *w, struct cf_placing *k)
{
    const size_t A = (size_t)w->e->A, S = (size_t)w->e->S, I = (size_t)k->p->I;
    const size_t H = (size_t)k->p->H, O = (size_t)k->p->n_offers, R = (size_t)k->R;
    lanes **const by_line_and_area[] = {
        &k->reach_weight, &k->base_weight, &k->stay_away, &k->coverage, &k->again,
        &k->first_demand, &k->unplaced,    &k->too_far,   &k->placed,   &k->travelled};
    for (size_t n = 0; n < sizeof by_line_and_area / sizeof *by_line_and_area; n++)
        *by_line_and_area[n] = CF_TAKE(&w->arena, I * A, lanes);
    lanes **const by_area_and_status[] = {&k->access,           &k->access_base, &k->access_effect,
                                          &k->taught,           &k->taught_well, &k->taught_share,
                                          &k->taught_share_base};
    for (size_t n = 0; n < sizeof by_area_and_status / sizeof *by_area_and_status; n++)
        *by_area_and_status[n] = CF_TAKE(&w->arena, A * S, lanes);
    k->first_choice = CF_TAKE(&w->arena, A * (size_t)w->e->X * S, lanes);
    k->demand = CF_TAKE(&w->arena, CF_N_PASSES * I * A, lanes);
    k->refused = CF_TAKE(&w->arena, CF_N_PASSES * I * A, lanes);
    k->open = CF_TAKE(&w->arena, R * I * A, lanes);
    k->refused_again = CF_TAKE(&w->arena, R * I * A, lanes);
    k->columns = CF_TAKE(&w->arena, (CF_N_PASSES + 2 * R) * I, lanes);
    k->unplaced_group = CF_TAKE(&w->arena, H * (size_t)w->e->G * S, lanes);
    k->flow = CF_TAKE(&w->arena, H * H * S, lanes);
    k->from = A * O <= CF_MOST_FROM ? CF_TAKE(&w->arena, A * O, lanes) : NULL;
}

static void init_room(struct cf_worker *w, struct cf_placing *k)
{
    const struct cf_provision *p = k->p;
    const size_t A = (size_t)w->e->A, S = (size_t)w->e->S, I = (size_t)p->I;
    int most = 0;
    for (int i = 0; i < p->I; i++)
        if (k->journeys[i].n > most)
            most = k->journeys[i].n;
    k->travel = CF_TAKE(&w->arena, 2 * S + CF_CONTINUUM + (size_t)p->H * (size_t)p->H, lanes);
    k->minutes = CF_TAKE(&w->arena, A * (size_t)p->J, double);
    k->begun = CF_TAKE(&w->arena, I, lanes_mask);
    k->stay = CF_TAKE(&w->arena, A * w->block, lanes);
    k->asked = CF_TAKE(&w->arena, CF_N_PASSES * I, lanes);
    k->market_scratch =
        CF_TAKE(&w->arena, cf_market_scratch((int)A, most, p->J <= CF_FEW_SITES), lanes);
    k->crowding = CF_TAKE(&w->arena, (size_t)most, lanes);
    k->load = CF_TAKE(&w->arena, (size_t)most, lanes);
    k->here = CF_TAKE(&w->arena, A, lanes);
    k->here_good = CF_TAKE(&w->arena, A, lanes);
    k->here_travelled = CF_TAKE(&w->arena, A, lanes);
    k->far = CF_TAKE(&w->arena, A, lanes);
    k->seekers = (struct cf_seekers){
        .lines = &k->lines,
        .protected_groups = w->model->scenario.protected_groups.member,
        .n_rounds = k->R,
        .scratch = CF_TAKE(&w->arena, (size_t)w->e->L * (S + I) + S + 3 * I, lanes),
        .list = CF_TAKE(&w->arena, (size_t)w->e->L * (I + 1), int),
    };
}

void cf_placing_init(struct cf_worker *w)
{
    const struct cf_provision *p = &w->model->provision;
    if (p->I == 0)
        return;
    struct cf_placing *k = CF_TAKE(&w->arena, 1, struct cf_placing);
    w->placing = k;
    k->p = p;
    k->R = w->model->scenario.rounds - 1;
    init_lines(w, k);
    init_supply(w, k);
    init_books(w, k);
    init_room(w, k);
}
