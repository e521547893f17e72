#include "engine/placing.h"

#include "base/numeric.h"

#include <math.h>
#include <string.h>

static const lanes none = {0};

static lanes most(lanes a, lanes b)
{
    return lanes_if(a > b, a, b);
}

/* A sum over the areas goes in their order. */
static lanes total(const lanes *by_area, int A)
{
    lanes sum = none;
    for (int a = 0; a < A; a++)
        sum += by_area[a];
    return sum;
}

void cf_ask_area(struct cf_worker *w, int a)
{
    struct cf_placing *k = w->placing;
    const int I = k->p->I, A = w->e->A;
    long missing = 0;
    struct cf_seekers *who = &k->seekers;
    who->line_share = w->inputs.line_share + (size_t)a * (size_t)(w->e->G * w->e->L * I);
    who->stay = w->y == 0 ? NULL : k->stay + (size_t)a * w->block;
    memset(k->asked, 0, (size_t)(CF_N_PASSES * I) * sizeof *k->asked);
    w->kernels->ask(w->e, who, cf_area_stock(w, a), k->asked, &missing);
    for (int pi = 0; pi < CF_N_PASSES * I; pi++)
        k->demand[VIEW2(pi, a, A)] = k->asked[pi];
    for (int x = 0; x < w->e->X; x++)
        w->kernels->count_statuses(w->e, cf_area_stock(w, a), x,
                                   k->first_choice + VIEW3(a, x, w->e->X, 0, w->e->S));
    if (missing > 0)
        cf_worker_trouble(w, lanes_mask_of(1),
                          &(struct cf_trouble){.status = CF_RUN_NOT_FINITE,
                                               .year = w->e->base_year + w->y,
                                               .area = a,
                                               .age = -1,
                                               .row = missing,
                                               .process = "ask",
                                               .of_inputs = 1,
                                               .what = "no line serves the learners of"});
}

/* The market of a line: `demand` [A] with what is left. first: pass 1, which closed sites may
 * still teach. */
static struct cf_market market_of(struct cf_worker *w, int i, const lanes *demand, int first)
{
    struct cf_placing *k = w->placing;
    const size_t o = (size_t)k->p->first_offer[i];
    const int out = first && k->teaching_out;
    return (struct cf_market){.journeys = &k->journeys[i],
                              .demand = demand,
                              .stay_away = k->stay_away + VIEW2(i, 0, w->e->A),
                              .pull = (out ? k->pull_first : k->pull) + o,
                              .capacity =
                                  first ? (out ? k->usable_first : k->usable) + o : k->left + o,
                              .tolerance = w->model->scenario.tolerance,
                              .max_rounds = w->model->scenario.max_rounds,
                              .direct = k->p->J <= CF_FEW_SITES,
                              .scratch = k->market_scratch};
}

/* What a cleared market leaves: places, who filled, who is where. */
static void book(struct cf_worker *w, int i, const struct cf_market *market,
                 const struct cf_cleared *cleared)
{
    struct cf_placing *k = w->placing;
    const struct cf_provision *p = k->p;
    const int A = w->e->A, S = w->e->S, s = p->line[i].route;
    const size_t first = (size_t)p->first_offer[i];
    const lanes beta = w->inputs.beta[s];
    const struct cf_tally tally = {.home = p->home,
                                   .authority = k->offer_authority + first,
                                   .H = p->H,
                                   .good = k->good_at + first,
                                   .flow = k->flow + s,
                                   .stride = (size_t)S,
                                   .placed = k->here,
                                   .placed_good = k->here_good,
                                   .travelled = k->here_travelled,
                                   .from = k->from ? k->from + first : NULL,
                                   .from_stride = (size_t)p->n_offers};
    w->kernels->tally(market, cleared, &tally);
    for (int a = 0; a < A; a++) {
        k->placed[VIEW2(i, a, A)] += k->here[a];
        k->travelled[VIEW2(i, a, A)] += k->here_travelled[a];
        k->taught[VIEW2(a, s, S)] += k->here[a];
        k->taught_well[VIEW2(a, s, S)] += k->here_good[a];
    }
    for (int j = 0; j < market->journeys->n; j++) {
        const size_t o = first + (size_t)j;
        const lanes_mask full = k->crowding[j] > none + 1.0;
        const lanes_mask defined = (k->usable[o] > none) & (beta > none);
        for (int n = 0; n < CF_LANES; n++)
            if (full[n] && defined[n])
                k->scarcity[o][n] = cf_log(k->crowding[j][n]) / beta[n];
        k->enrolled[o] += k->load[j];
        k->left[o] = lanes_if(full, none, most(market->capacity[j] - k->load[j], none));
    }
}

/* Clear one line's market; who found no place is in `refused` [A], as a share. */
static void clear(struct cf_worker *w, int i, const struct cf_market *market, lanes *refused)
{
    struct cf_placing *k = w->placing;
    lanes rounds;
    lanes_mask failed;
    struct cf_cleared cleared = {.crowding = k->crowding,
                                 .load = k->load,
                                 .stayed = refused,
                                 .rounds = &rounds,
                                 .failed = &failed};
    w->kernels->place(market, &cleared);
    k->rounds += rounds;
    k->most_rounds = most(k->most_rounds, rounds);
    k->markets++;
    cf_worker_trouble(w, failed,
                      &(struct cf_trouble){.status = CF_RUN_NOT_PLACED,
                                           .year = w->e->base_year + w->y,
                                           .area = -1,
                                           .age = -1,
                                           .line = 1 + i,
                                           .process = "place",
                                           .what = "placing did not converge in max_rounds"});
    book(w, i, market, &cleared);
}

/* One pass of first choices over all lines. */
static void run_pass(struct cf_worker *w, int pass)
{
    struct cf_placing *k = w->placing;
    const int I = k->p->I, A = w->e->A, first = pass == CF_CONTINUERS;
    for (int i = 0; i < I; i++) {
        const size_t ia = VIEW2(i, 0, A);
        const lanes *demand = k->demand + VIEW3(pass, i, I, 0, A);
        lanes *refused = k->refused + VIEW3(pass, i, I, 0, A);
        const struct cf_market market = market_of(w, i, demand, first);
        w->kernels->flock(&market, k->far, k->load);
        if (lanes_any(total(demand, A) > none) || first)
            clear(w, i, &market, refused);
        else
            memset(refused, 0, (size_t)A * sizeof *refused);
        for (int a = 0; a < A; a++) {
            const lanes unplaced = demand[a] * refused[a], far = demand[a] * k->far[a];
            k->first_demand[ia + (size_t)a] += demand[a];
            k->unplaced[ia + (size_t)a] += unplaced;
            k->too_far[ia + (size_t)a] += lanes_if(far < unplaced, far, unplaced);
        }
    }
}

/* Where demand would go if there were room. */
static void find_arrivals(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    for (int i = 0; i < k->p->I; i++) {
        const struct cf_market market = market_of(w, i, k->first_demand + VIEW2(i, 0, w->e->A), 0);
        w->kernels->flock(&market, k->far, k->arrivals + k->p->first_offer[i]);
    }
}

/* open[a] = (sum_j w left / usable) / (sum_j w), over what is within reach. */
static void find_open(struct cf_worker *w, int round)
{
    struct cf_placing *k = w->placing;
    const int I = k->p->I, A = w->e->A;
    for (int o = 0; o < k->p->n_offers; o++) {
        const lanes_mask some = k->usable[o] > none;
        k->weighed[o] = lanes_if(
            some, k->pull[o] * k->left[o] / lanes_if(some, k->usable[o], none + 1.0), none);
    }
    for (int i = 0; i < I; i++) {
        lanes *open = k->open + VIEW3(round, i, I, 0, A);
        w->kernels->look(&k->journeys[i], k->weighed + k->p->first_offer[i], open);
        for (int a = 0; a < A; a++) {
            const lanes all = k->reach_weight[VIEW2(i, a, A)];
            const lanes_mask some = all > none;
            open[a] = lanes_if(some, open[a] / lanes_if(some, all, none + 1.0), none);
        }
    }
}

/* What the kernels read of one area: its columns of the arrays by line and area. */
static void look_at_area(struct cf_worker *w, int a)
{
    struct cf_placing *k = w->placing;
    const int I = k->p->I, A = w->e->A;
    struct cf_seekers *who = &k->seekers;
    lanes *to = k->columns;
    who->line_share = w->inputs.line_share + (size_t)a * (size_t)(w->e->G * w->e->L * I);
    who->stay = w->y == 0 ? NULL : k->stay + (size_t)a * w->block;
    who->refused = to;
    for (int pi = 0; pi < CF_N_PASSES * I; pi++)
        *to++ = k->refused[VIEW2(pi, a, A)];
    who->open = to;
    for (int ri = 0; ri < k->R * I; ri++)
        *to++ = k->open[VIEW2(ri, a, A)];
    who->refused_again = to;
    for (int ri = 0; ri < k->R * I; ri++)
        *to++ = k->refused_again[VIEW2(ri, a, A)];
}

/* One round of second choices: one pass of everybody who was refused in the one before. */
static void run_round(struct cf_worker *w, int round)
{
    struct cf_placing *k = w->placing;
    const int I = k->p->I, A = w->e->A;
    find_open(w, round);
    for (int a = 0; a < A; a++) {
        look_at_area(w, a);
        memset(k->asked, 0, (size_t)I * sizeof *k->asked);
        w->kernels->ask_again(w->e, &k->seekers, cf_area_stock(w, a), round, k->asked);
        for (int i = 0; i < I; i++)
            k->again[VIEW2(i, a, A)] = k->asked[i];
    }
    for (int i = 0; i < I; i++) {
        const lanes *demand = k->again + VIEW2(i, 0, A);
        lanes *refused = k->refused_again + VIEW3(round, i, I, 0, A);
        const struct cf_market market = market_of(w, i, demand, 0);
        memset(refused, 0, (size_t)A * sizeof *refused);
        if (lanes_any(total(demand, A) > none))
            clear(w, i, &market, refused);
    }
}

/* Q of MODEL.md 2.1: not a number where nobody is placed. */
static void find_quality(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const size_t AS = (size_t)w->e->A * (size_t)w->e->S;
    for (size_t as = 0; as < AS; as++)
        k->taught_share[as] = k->taught_well[as] / k->taught[as];
    if (w->y == 0)
        memcpy(k->taught_share_base, k->taught_share, AS * sizeof *k->taught_share);
}

static void start_books(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const size_t A = (size_t)w->e->A, S = (size_t)w->e->S, I = (size_t)k->p->I;
    const size_t O = (size_t)k->p->n_offers, H = (size_t)k->p->H;
    lanes *const by_line[] = {k->first_demand, k->unplaced, k->too_far, k->placed, k->travelled};
    for (size_t n = 0; n < sizeof by_line / sizeof *by_line; n++)
        memset(by_line[n], 0, I * A * sizeof(lanes));
    memset(k->enrolled, 0, O * sizeof(lanes));
    memset(k->flow, 0, H * H * S * sizeof(lanes));
    memset(k->taught, 0, A * S * sizeof(lanes));
    memset(k->taught_well, 0, A * S * sizeof(lanes));
    if (k->from)
        memset(k->from, 0, A * O * sizeof(lanes));
    /* Not defined without places or where distance does not matter; 0 where nobody is turned
     * away. */
    for (size_t o = 0; o < O; o++) {
        const lanes beta = w->inputs.beta[k->p->line[k->p->offer_line[o]].route];
        const lanes_mask defined = (k->usable[o] > none) & (beta > none);
        k->scarcity[o] = lanes_if(defined, none, none + NAN);
    }
}

static int is_report_year(const struct cf_worker *w)
{
    const struct cf_scenario *s = &w->model->scenario;
    int is = 0;
    for (int k = 0; k < s->n_report_years; k++)
        is |= s->report_year[k] == w->e->base_year + w->y;
    return is;
}

/* Who is left without a place at first, by group and route, for the years that are reported. */
static void count_groups(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const size_t GS = (size_t)w->e->G * (size_t)w->e->S;
    if (!is_report_year(w))
        return;
    memset(k->unplaced_group, 0, (size_t)k->p->H * GS * sizeof *k->unplaced_group);
    for (int a = 0; a < w->e->A; a++) {
        look_at_area(w, a);
        w->kernels->count_refused(w->e, &k->seekers, cf_area_stock(w, a),
                                  k->unplaced_group + (size_t)k->p->home[a] * GS);
    }
}

void cf_place_all(struct cf_worker *w)
{
    struct cf_placing *k = w->placing;
    const size_t n = (size_t)(k->R * k->p->I) * (size_t)w->e->A;
    start_books(w);
    memset(k->refused, 0, (size_t)(CF_N_PASSES * k->p->I) * (size_t)w->e->A * sizeof *k->refused);
    for (int pass = 0; pass < (w->y == 0 ? 1 : CF_N_PASSES); pass++)
        run_pass(w, pass);
    find_arrivals(w);
    memset(k->open, 0, n * sizeof *k->open);
    memset(k->refused_again, 0, n * sizeof *k->refused_again);
    for (int round = 0; round < (w->y == 0 ? 0 : k->R); round++)
        run_round(w, round);
    count_groups(w);
    find_quality(w);
}

void cf_take_up_area(struct cf_worker *w, int a)
{
    lanes *stock = cf_area_stock(w, a);
    look_at_area(w, a);
    if (w->unmoved)
        memcpy(w->unmoved, stock, w->block * sizeof *stock);
    w->kernels->take_up(w->e, &w->placing->seekers, stock);
    if (!w->unmoved)
        return;
    const lanes_mask stays = cf_lanes_without(w, CF_CAUSE_CAPACITY);
    for (size_t c = 0; c < w->block; c++)
        stock[c] = lanes_if(stays, w->unmoved[c], stock[c]);
}

void cf_place_base_year(struct cf_worker *w)
{
    if (!w->placing)
        return;
    w->placing->rounds = w->placing->most_rounds = none;
    w->placing->markets = 0;
    w->placing->mapped = 0;
    memset(w->placing->begun, 0, (size_t)w->placing->p->I * sizeof *w->placing->begun);
    memset(w->placing->base_weight, 0,
           (size_t)w->placing->p->I * (size_t)w->e->A * sizeof *w->placing->base_weight);
    cf_supply_year(w);
    cf_travel_year(w);
    for (int a = 0; a < w->e->A; a++)
        cf_ask_area(w, a);
    cf_place_all(w);
}
