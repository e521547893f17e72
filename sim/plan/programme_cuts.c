#include "plan/programme_parts.h"

#include <math.h>
#include <string.h>

/*
 * What is served is the largest flow from supplies to demands, the least cut of their network: for
 * every set X of supplies
 *
 *   served <= sum over the others of capacity + sum over demands that X reaches of short_of
 *
 * Of these rows only those are made that a solution violates. A unit of a supply outside X is worth
 * no more than the demands it reaches and X does not: with whole units that holds as well.
 */

/* By how much a row has to be violated to be made. */
static const double least_violation = 2e-6;

/* Sides of one cut: demands reached by supplies on the source's side are paid. */
static void pay_demands(struct cf_master *m, const struct cf_cluster *c, const int *in_x)
{
    memset(m->paid, 0, (size_t)c->n_demands);
    for (int i = 0; i < c->n_arcs; i++)
        if (in_x[c->arc_supply[i]])
            m->paid[c->arc_demand[i]] = 1;
}

static double unpaid_reach(const struct cf_master *m, const struct cf_cluster *c, int supply,
                           int future)
{
    double sum = 0;
    for (int i = 0; i < c->n_arcs; i++)
        if (c->arc_supply[i] == supply && !m->paid[c->arc_demand[i]])
            sum += c->short_of[future * c->n_demands + c->arc_demand[i]];
    return sum;
}

/* A supply outside X, `weight` times: into the slopes of options; what is constant is the answer.
 */
static double add_capacity(struct cf_master *m, const struct cf_cluster *c, int supply, int future,
                           double weight)
{
    const double amount = c->amount[future * c->n_supplies + supply];
    const double reach = unpaid_reach(m, c, supply, future);
    if (c->option[supply] >= 0) {
        m->slope[c->option[supply]] += weight * fmin(amount, reach);
        return 0;
    }
    if (reach == 0)
        return 0;
    const int group = m->release_group[c->supply[supply]];
    const int counts = !(m->off && group >= 0 && m->off[group]);
    for (int r = 0; r < c->n_released[supply] && counts; r++)
        m->slope[c->released[supply][r].option] += weight * c->released[supply][r].amount[future];
    return weight * (c->n_released[supply] ? amount : fmin(amount, reach));
}

/* The cut that the flow of a future leaves behind. */
static double add_cut(struct cf_master *m, const struct cf_cluster *c, int future, double weight,
                      int *in_x)
{
    double constant = 0;
    for (int i = 0; i < c->n_supplies; i++)
        in_x[i] = cf_flow_is_reached(&c->flow, 2 + i);
    pay_demands(m, c, in_x);
    for (int j = 0; j < c->n_demands; j++)
        constant += m->paid[j] ? weight * c->short_of[future * c->n_demands + j] : 0;
    for (int i = 0; i < c->n_supplies; i++)
        if (!in_x[i])
            constant += add_capacity(m, c, i, future, weight);
    return constant;
}

/* The slopes become coefficients of the last row, which is <= constant. */
static void add_slopes(struct cf_master *m, struct cf_milp *milp, int year)
{
    const struct cf_programme *p = m->programme;
    for (int k = 0; k < p->n_options; k++) {
        const int column = m->open[k * p->n_years + year];
        if (m->slope[k] != 0 && column >= 0)
            cf_milp_add_entry(milp, column, -m->slope[k]);
        m->slope[k] = 0;
    }
}

static void separate_mean(struct cf_master *m, int number, const double *x, struct cf_milp *milp,
                          int *in_x)
{
    const struct cf_programme *p = m->programme;
    struct cf_cluster *c = &m->net->cluster[number];
    const int column = m->served[number];
    double constant = 0, flow = 0;
    for (int f = 0; f < p->n_futures; f++) {
        if (m->weight[f] == 0)
            continue;
        flow += m->weight[f] * cf_net_serve(m->net, c, f, m->open_now);
        constant += add_cut(m, c, f, m->weight[f], in_x);
    }
    if (x[column] - flow <= least_violation * (1 + fabs(flow))) {
        memset(m->slope, 0, (size_t)p->n_options * sizeof *m->slope);
        return;
    }
    cf_milp_add_row(milp, -1, -HUGE_VAL, constant);
    cf_milp_add_entry(milp, column, 1);
    add_slopes(m, milp, c->year);
}

static void separate_future(struct cf_master *m, int number, int f, const double *x,
                            struct cf_milp *milp, int *in_x)
{
    struct cf_cluster *c = &m->net->cluster[number];
    const int column = cf_master_served(m, number, f);
    const double flow = cf_net_serve(m->net, c, f, m->open_now);
    if (x[column] - flow <= least_violation * (1 + fabs(flow)))
        return;
    cf_milp_add_row(milp, -1, -HUGE_VAL, add_cut(m, c, f, 1, in_x));
    cf_milp_add_entry(milp, column, 1);
    add_slopes(m, milp, c->year);
}

void cf_master_add_hull(struct cf_master *m, int number)
{
    const struct cf_programme *p = m->programme;
    struct cf_cluster *c = &m->net->cluster[number];
    const int at = c->one * p->n_years + c->year, F = p->n_futures;
    const int most = m->open[at] >= 0 ? p->option[c->one].max_units : 0;
    for (int i = 0; i < (m->by_future ? F : 1); i++) {
        double before = 0;
        for (int units = 0; units <= most; units++) {
            double now = 0;
            m->open_now[at] = units;
            for (int f = 0; f < F; f++)
                if (!m->by_future || f == i)
                    now +=
                        (m->by_future ? 1 : m->weight[f]) * cf_net_serve(m->net, c, f, m->open_now);
            if (units > 0 || most == 0) {
                /* served <= before + (now - before) (open - (units - 1)) */
                const double slope = units > 0 ? now - before : 0;
                cf_milp_add_row(&m->milp, -1, -HUGE_VAL,
                                units > 0 ? before - slope * (units - 1) : now);
                cf_milp_add_entry(&m->milp, cf_master_served(m, number, i), 1);
                if (slope != 0)
                    cf_milp_add_entry(&m->milp, m->open[at], -slope);
            }
            before = now;
        }
    }
    m->open_now[at] = 0;
}

/* ---- groups ---------------------------------------------------------------------------------- */

static int is_reached_place(const struct cf_group_year *g, int place)
{
    return cf_flow_is_reached(&g->flow, 2 + g->n_rows + place);
}

/* Supplies of rows on the source's side, of a cluster in a future that begins at `place`. */
static double add_group_cut(struct cf_master *m, const struct cf_group_year *g, int place,
                            int *in_x)
{
    const struct cf_cluster *c = &m->net->cluster[g->cluster[place]];
    const int f = g->future[place];
    const double weight = m->programme->weight[f];
    double constant = 0;
    for (int i = 0; i < c->n_supplies; i++)
        in_x[i] = g->of_row[place + i] >= 0 &&
                  cf_flow_is_reached(&g->flow, 2 + g->of_row[place + i]) &&
                  is_reached_place(g, place + i);
    pay_demands(m, c, in_x);
    for (int j = 0; j < c->n_demands; j++)
        constant += m->paid[j] ? weight * c->short_of[f * c->n_demands + j] : 0;
    for (int i = 0; i < c->n_supplies; i++) {
        const int row = g->of_row[place + i];
        if (row >= 0 && cf_flow_is_reached(&g->flow, 2 + row) && !in_x[i])
            constant += add_capacity(m, c, i, f, weight);
    }
    return constant;
}

/* sum over rows on the source's side of need open <= capacity of the cut. */
static void separate_groups(struct cf_master *m, struct cf_group_year *g, const double *x,
                            struct cf_milp *milp, int *in_x)
{
    const struct cf_programme *p = m->programme;
    int any = 0;
    for (int r = 0; r < g->n_rows; r++) {
        const int column = m->shown[g->row[r]];
        g->fill[r] = column >= 0 && !(m->off && m->off[m->viable_group[g->row[r]]])
                         ? cf_net_need(p, g->row[r]) * fmax(x[column], 0)
                         : 0;
        any |= g->fill[r] > 0;
    }
    if (!any || cf_groups_flow(m->net, g, m->open_now, 0))
        return;
    double constant = 0;
    for (int place = 0; place < g->n_places;) {
        constant += add_group_cut(m, g, place, in_x);
        place += m->net->cluster[g->cluster[place]].n_supplies;
    }
    cf_milp_add_row(milp, -1, -HUGE_VAL, constant);
    for (int r = 0; r < g->n_rows; r++)
        if (g->fill[r] > 0 && cf_flow_is_reached(&g->flow, 2 + r))
            cf_milp_add_entry(milp, m->shown[g->row[r]], cf_net_need(p, g->row[r]));
    add_slopes(m, milp, g->year);
}

void cf_master_separate(void *master, const double *x, struct cf_milp *milp)
{
    struct cf_master *m = master;
    const struct cf_programme *p = m->programme;
    struct cf_arena arena;
    cf_arena_init(&arena);
    int *in_x = CF_TAKE(&arena, (size_t)p->n_supplies, int);
    for (int i = 0; i < p->n_options * p->n_years; i++)
        m->open_now[i] = m->open[i] >= 0 ? fmax(x[m->open[i]], 0) : 0;
    for (int i = 0; i < m->net->n_clusters; i++) {
        const struct cf_cluster *c = &m->net->cluster[i];
        if (c->is_fixed || c->one >= 0)
            continue;
        if (!m->by_future)
            separate_mean(m, i, x, milp, in_x);
        for (int f = 0; f < p->n_futures && m->by_future; f++)
            separate_future(m, i, f, x, milp, in_x);
    }
    for (int i = 0; i < m->net->n_group_years; i++)
        separate_groups(m, &m->net->group_year[i], x, milp, in_x);
    memset(m->open_now, 0, (size_t)(p->n_options * p->n_years) * sizeof *m->open_now);
    cf_arena_free(&arena);
}
