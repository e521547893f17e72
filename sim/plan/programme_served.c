#include "plan/programme_parts.h"

#include <math.h>
#include <string.h>

int cf_master_served(const struct cf_master *m, int cluster, int future)
{
    return m->served[m->by_future ? cluster * m->programme->n_futures + future : cluster];
}

/* Columns of what a cluster serves, unless nothing can change that. */
static void add_cluster(struct cf_master *m, int number)
{
    const struct cf_programme *p = m->programme;
    const struct cf_cluster *c = &m->net->cluster[number];
    const int F = p->n_futures, n = m->by_future ? F : 1;
    const double value = p->discount[c->year] * p->penalty * m->scale;
    for (int i = 0; i < n; i++)
        m->served[number * n + i] = -1;
    if (c->is_fixed)
        return;
    for (int i = 0; i < n; i++) {
        double most = 0;
        for (int f = 0; f < F; f++)
            for (int j = 0; j < c->n_demands && (!m->by_future || f == i); j++)
                most += (m->by_future ? 1 : m->weight[f]) * c->short_of[f * c->n_demands + j];
        m->served[number * n + i] = cf_milp_add_column(&m->milp, 0, most,
                                                       m->best        ? 0
                                                       : m->by_future ? -value * m->weight[i]
                                                                      : -value,
                                                       0);
    }
    if (c->one >= 0)
        cf_master_add_hull(m, number);
}

/* How many units the group of a row takes at least, if nobody else were there; max_units + 1: more
 * than there can be. */
static int least_units(const struct cf_master *m, int v)
{
    const struct cf_programme *p = m->programme;
    const int k = p->viable[v].option, most = p->option[k].max_units;
    for (int units = 1; units <= most; units++) {
        double filled = 0;
        for (int i = 0; i < m->net->n_clusters; i++) {
            const struct cf_cluster *c = &m->net->cluster[i];
            for (int s = 0; s < c->n_supplies && c->year == p->viable[v].year; s++)
                for (int f = 0; f < p->n_futures && c->option[s] == k; f++)
                    filled += p->weight[f] * fmin(units * c->amount[f * c->n_supplies + s],
                                                  c->reach[f * c->n_supplies + s]);
        }
        if (filled >= cf_net_need(p, v) * (1 - 1e-6) - 1e-6)
            return units;
    }
    return most + 1;
}

/* An option that is open, whatever its units: where one needs a group. */
static void add_shown(struct cf_master *m, int v)
{
    const struct cf_programme *p = m->programme;
    const int k = p->viable[v].option, column = m->open[k * p->n_years + p->viable[v].year];
    const int most = p->option[k].max_units;
    m->shown[v] = -1;
    if (cf_net_need(p, v) <= 0 || column < 0)
        return;
    m->shown[v] = column;
    m->viable_group[v] = cf_master_add_group(m, "viable group of '%s' in %d", p->option[k].name,
                                             p->first_year + p->viable[v].year);
    const int least = least_units(m, v);
    if (least > most) {
        cf_milp_add_row(&m->milp, m->viable_group[v], -HUGE_VAL, 0);
        cf_milp_add_entry(&m->milp, column, 1);
    }
    if (most <= 1)
        return;
    m->shown[v] = cf_milp_add_column(&m->milp, 0, 1, 0, 1);
    cf_milp_add_row(&m->milp, -1, -HUGE_VAL, 0);
    cf_milp_add_entry(&m->milp, column, 1);
    cf_milp_add_entry(&m->milp, m->shown[v], -most);
    cf_milp_add_row(&m->milp, -1, 0, HUGE_VAL);
    cf_milp_add_entry(&m->milp, column, 1);
    cf_milp_add_entry(&m->milp, m->shown[v], -1);
    if (least <= 1 || least > most)
        return;
    cf_milp_add_row(&m->milp, m->viable_group[v], 0, HUGE_VAL);
    cf_milp_add_entry(&m->milp, column, 1);
    cf_milp_add_entry(&m->milp, m->shown[v], -least);
}

/* What is short in the year, less what is served whatever is done: in the mean with these weights.
 */
static double left_short(const struct cf_master *m, int year, const double *weight)
{
    const struct cf_programme *p = m->programme;
    double sum = 0;
    for (int f = 0; f < p->n_futures; f++) {
        sum += weight[f] * m->net->total_short[f * p->n_years + year];
        for (int i = 0; i < m->net->n_clusters; i++)
            if (m->net->cluster[i].is_fixed && m->net->cluster[i].year == year)
                sum -= weight[f] * m->net->cluster[i].anyway[f];
    }
    return sum;
}

static void add_most_unserved(struct cf_master *m, int year)
{
    const struct cf_programme *p = m->programme;
    const int group = cf_master_add_group(m, "at most %g unserved in %d", p->most_unserved[year],
                                          p->first_year + year);
    cf_milp_add_row(&m->milp, group, left_short(m, year, p->weight) - p->most_unserved[year],
                    HUGE_VAL);
    for (int i = 0; i < m->net->n_clusters; i++) {
        const struct cf_cluster *c = &m->net->cluster[i];
        if (c->is_fixed || c->year != year)
            continue;
        if (!m->by_future)
            cf_milp_add_entry(&m->milp, m->served[i], 1);
        for (int f = 0; f < p->n_futures && m->by_future; f++)
            cf_milp_add_entry(&m->milp, cf_master_served(m, i, f), p->weight[f]);
    }
}

/* regret >= cost of the plan in the future - the least possible there. */
static void add_regret(struct cf_master *m, int future)
{
    const struct cf_programme *p = m->programme;
    double least = -m->best[future], *weight = CF_TAKE(m->arena, (size_t)p->n_futures, double);
    weight[future] = 1;
    for (int t = 0; t < p->n_years; t++)
        least += p->discount[t] * p->penalty * left_short(m, t, weight);
    cf_milp_add_row(&m->milp, -1, least * m->scale, HUGE_VAL);
    cf_milp_add_entry(&m->milp, m->regret, 1);
    for (int k = 0; k < p->n_options; k++)
        for (int t = 0; t < p->n_years; t++)
            if (m->open[k * p->n_years + t] >= 0)
                cf_milp_add_entry(&m->milp, m->open[k * p->n_years + t],
                                  -cf_open_cost(p, k, t) * m->scale);
    for (int i = 0; i < m->net->n_clusters; i++)
        if (!m->net->cluster[i].is_fixed)
            cf_milp_add_entry(&m->milp, cf_master_served(m, i, future),
                              p->discount[m->net->cluster[i].year] * p->penalty * m->scale);
}

/*
 * Nothing has to be built for protected groups: who is unserved is no more than who is short, of
 * each demand, since nobody who has a place loses it; so no sum over demands with shares of any
 * kind is larger than before.
 */
void cf_master_add_served(struct cf_master *m)
{
    const struct cf_programme *p = m->programme;
    const size_t n = (size_t)m->net->n_clusters * (size_t)(m->by_future ? p->n_futures : 1);
    m->served = CF_TAKE(m->arena, n, int);
    m->shown = CF_TAKE(m->arena, (size_t)p->n_viable, int);
    m->viable_group = CF_TAKE(m->arena, (size_t)p->n_viable, int);
    if (m->best) {
        for (int j = 0; j < m->milp.n_columns; j++)
            m->milp.cost[j] = 0;
        m->regret = cf_milp_add_column(&m->milp, -HUGE_VAL, HUGE_VAL, 1, 0);
    }
    for (int i = 0; i < m->net->n_clusters; i++)
        add_cluster(m, i);
    for (int v = 0; v < p->n_viable; v++)
        add_shown(m, v);
    for (int t = 0; t < p->n_years; t++) {
        if (!m->best)
            m->milp.shift += p->discount[t] * p->penalty * left_short(m, t, m->weight) * m->scale;
        if (p->most_unserved && p->most_unserved[t] < HUGE_VAL)
            add_most_unserved(m, t);
    }
    for (int f = 0; f < p->n_futures && m->best; f++)
        add_regret(m, f);
}

void cf_master_break_ties(struct cf_master *m, double most_regret)
{
    const struct cf_programme *p = m->programme;
    m->milp.cost[m->regret] = 0;
    m->milp.upper[m->regret] = most_regret * m->scale;
    for (int k = 0; k < p->n_options; k++)
        for (int t = 0; t < p->n_years; t++)
            if (m->open[k * p->n_years + t] >= 0)
                m->milp.cost[m->open[k * p->n_years + t]] = cf_open_cost(p, k, t) * m->scale;
    for (int i = 0; i < m->net->n_clusters; i++)
        for (int f = 0; f < p->n_futures && !m->net->cluster[i].is_fixed; f++)
            m->milp.cost[cf_master_served(m, i, f)] =
                -p->weight[f] * p->discount[m->net->cluster[i].year] * p->penalty * m->scale;
    for (int t = 0; t < p->n_years; t++)
        m->milp.shift += p->discount[t] * p->penalty * left_short(m, t, p->weight) * m->scale;
}
