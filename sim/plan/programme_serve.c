#include "plan/programme_parts.h"

#include <math.h>

/* Rows hold to this, of their bound. */
static const double tolerance = 1e-7;

void cf_plan_open(const struct cf_programme *p, const int *units, double *open)
{
    const int T = p->n_years;
    for (int k = 0; k < p->n_options; k++) {
        const struct cf_programme_option *o = &p->option[k];
        for (int t = 0; t < T; t++) {
            int n = 0;
            for (int s = 0; s + o->lead <= t; s++)
                n += t < s + o->lead + o->life ? units[k * T + s] : 0;
            open[k * T + t] = n;
        }
    }
}

static int begun_by(const struct cf_programme *p, const int *units, int k, int year)
{
    int n = 0;
    for (int t = 0; t <= year && t < p->n_years; t++)
        n += units[k * p->n_years + t];
    return n;
}

static int exceeds(double sum, double most)
{
    return sum > most + tolerance * (1 + fabs(most));
}

static int holds_budget(const struct cf_programme *p, const int *units, const double *open)
{
    const int T = p->n_years;
    for (int part = 0; part < 2 && p->has_budget; part++) {
        for (int t = 0; t < T; t++) {
            double capital = 0, revenue = 0;
            for (int k = 0; k < p->n_options; k++) {
                if (p->option[k].part != part)
                    continue;
                capital += p->option[k].capital * units[k * T + t];
                revenue += p->option[k].annual * open[k * T + t];
            }
            if (exceeds(capital, p->capital[part][t]) || exceeds(revenue, p->revenue[part][t]))
                return 0;
        }
    }
    return 1;
}

static int holds_option(const struct cf_programme *p, const int *units, int k)
{
    const struct cf_programme_option *o = &p->option[k];
    const int T = p->n_years, n = begun_by(p, units, k, T - 1);
    if (n > o->max_units || (n > 0 && o->barred))
        return 0;
    for (int i = 0; i < o->n_excludes && n > 0; i++)
        if (begun_by(p, units, o->exclude[i], T - 1) > 0)
            return 0;
    for (int t = 0; t < T; t++) {
        if (units[k * T + t] == 0)
            continue;
        if (t < o->from || t + o->lead >= T)
            return 0;
        for (int i = 0; i < o->n_needs; i++)
            if (begun_by(p, units, o->need[i], t + o->lead - p->option[o->need[i]].lead) == 0)
                return 0;
    }
    return 1;
}

/* What is there anyway, less all releases of its offer and year. */
static int holds_release(const struct cf_programme *p, const double *open, int release)
{
    const struct cf_plan_supply *r = &p->supply[release];
    const int there = cf_supply_released(p, r);
    for (int f = 0; f < p->n_futures; f++) {
        double taken = 0;
        for (int s = 0; s < p->n_supplies; s++) {
            const struct cf_plan_supply *other = &p->supply[s];
            if (s == release || (there >= 0 && other->option >= 0 && other->amount[f] < 0 &&
                                 other->offer == r->offer && other->year == r->year))
                taken -= other->amount[f] * open[other->option * p->n_years + other->year];
        }
        if (exceeds(taken, there < 0 ? 0 : p->supply[there].amount[f]))
            return 0;
    }
    return 1;
}

int cf_plan_fills_groups(const struct cf_net *net, const double *open, const double *before)
{
    const struct cf_programme *p = net->programme;
    for (int i = 0; i < net->n_group_years; i++) {
        struct cf_group_year *g = &net->group_year[i];
        int changed = 0;
        for (int r = 0; r < g->n_rows; r++) {
            const int at = p->viable[g->row[r]].option * p->n_years + g->year;
            g->fill[r] = open[at] > 0 ? cf_net_need(p, g->row[r]) : 0;
            changed |= before ? open[at] != before[at] : open[at] > 0;
        }
        if (changed && !cf_groups_flow(net, g, open, 0))
            return 0;
    }
    return 1;
}

static double served_in(const struct cf_net *net, struct cf_cluster *c, int future,
                        const double *open)
{
    return c->is_fixed ? c->anyway[future] : cf_net_serve(net, c, future, open);
}

static int holds_most_unserved(const struct cf_net *net, const double *open)
{
    const struct cf_programme *p = net->programme;
    for (int t = 0; t < p->n_years && p->most_unserved; t++) {
        double unserved = net->mean_short[t];
        for (int i = 0; i < net->n_clusters && !isinf(p->most_unserved[t]); i++)
            for (int f = 0; f < p->n_futures && net->cluster[i].year == t; f++)
                unserved -= p->weight[f] * served_in(net, &net->cluster[i], f, open);
        if (unserved > p->most_unserved[t] + tolerance * (1 + net->mean_short[t]))
            return 0;
    }
    return 1;
}

int cf_plan_may_grow(const struct cf_net *net, const int *units, const double *open)
{
    const struct cf_programme *p = net->programme;
    if (!holds_budget(p, units, open))
        return 0;
    for (int k = 0; k < p->n_options; k++)
        if (!holds_option(p, units, k))
            return 0;
    for (int s = 0; s < p->n_supplies; s++)
        if (cf_supply_is_release(p, &p->supply[s]) && !holds_release(p, open, s))
            return 0;
    return cf_plan_fills_groups(net, open, NULL);
}

int cf_plan_holds(const struct cf_net *net, const int *units, const double *open)
{
    const struct cf_programme *p = net->programme;
    for (int r = 0; r < p->n_required; r++)
        if (begun_by(p, units, p->required[r].option, p->required[r].year) < p->required[r].units)
            return 0;
    return cf_plan_may_grow(net, units, open) && holds_most_unserved(net, open);
}

double cf_plan_cost(const struct cf_net *net, const double *open, double *cost)
{
    const struct cf_programme *p = net->programme;
    double plan = 0, mean = 0;
    for (int k = 0; k < p->n_options; k++)
        for (int t = 0; t < p->n_years; t++)
            plan += cf_open_cost(p, k, t) * open[k * p->n_years + t];
    for (int f = 0; f < p->n_futures; f++) {
        cost[f] = plan;
        for (int t = 0; t < p->n_years; t++)
            cost[f] += p->discount[t] * p->penalty * net->total_short[f * p->n_years + t];
    }
    for (int i = 0; i < net->n_clusters; i++) {
        struct cf_cluster *c = &net->cluster[i];
        for (int f = 0; f < p->n_futures; f++)
            cost[f] -= p->discount[c->year] * p->penalty * served_in(net, c, f, open);
    }
    for (int f = 0; f < p->n_futures; f++)
        mean += p->weight[f] * cost[f];
    return mean;
}

/* Of a demand of ours each of the programme's has its share. */
static void put_served(const struct cf_net *net, const struct cf_cluster *c, int demand, int future,
                       double served, double *to)
{
    const struct cf_programme *p = net->programme;
    const double all = c->short_of[future * c->n_demands + demand];
    for (int m = c->member_start[demand]; m < c->member_start[demand + 1] && all > 0; m++)
        to[future * p->n_demands + c->member[m]] =
            served * (p->demand[c->member[m]].short_of[future] / all);
}

static void serve_group_year(const struct cf_net *net, struct cf_group_year *g, const double *open,
                             struct cf_plan_solution *solution)
{
    const struct cf_programme *p = net->programme;
    for (int r = 0; r < g->n_rows; r++)
        g->fill[r] = open[p->viable[g->row[r]].option * p->n_years + g->year] > 0
                         ? cf_net_need(p, g->row[r])
                         : 0;
    cf_groups_flow(net, g, open, 1);
    for (int i = 0; i < g->n_places; i++) {
        const struct cf_cluster *c = &net->cluster[g->cluster[i]];
        const double weight = p->weight[g->future[i]];
        if (weight > 0)
            solution->used[g->future[i] * p->n_supplies + c->supply[g->supply[i]]] =
                cf_flow_along(&g->flow, g->place_edge[i]) / weight;
    }
    for (int i = 0; i < g->n_shorts; i++) {
        const double weight = p->weight[g->short_future[i]];
        if (weight > 0)
            put_served(net, &net->cluster[g->short_cluster[i]], g->short_demand[i],
                       g->short_future[i], cf_flow_along(&g->flow, g->short_edge[i]) / weight,
                       solution->served);
    }
}

/* In a year of groups what has weight is served already. */
static void serve_cluster(const struct cf_net *net, struct cf_cluster *c, int is_grouped,
                          const double *open, struct cf_plan_solution *solution)
{
    const struct cf_programme *p = net->programme;
    for (int f = 0; f < p->n_futures; f++) {
        if (is_grouped && p->weight[f] > 0)
            continue;
        cf_net_serve(net, c, f, open);
        for (int i = 0; i < c->n_supplies; i++)
            solution->used[f * p->n_supplies + c->supply[i]] =
                cf_flow_along(&c->flow, c->supply_edge[i]);
        for (int j = 0; j < c->n_demands; j++)
            put_served(net, c, j, f, cf_flow_along(&c->flow, c->demand_edge[j]), solution->served);
    }
}

void cf_plan_serve(const struct cf_net *net, struct cf_arena *arena,
                   struct cf_plan_solution *solution)
{
    const struct cf_programme *p = net->programme;
    const size_t F = (size_t)p->n_futures;
    double *open = CF_TAKE(arena, (size_t)(p->n_options * p->n_years), double);
    unsigned char *grouped = CF_TAKE(arena, (size_t)p->n_years, unsigned char);
    solution->served = CF_TAKE(arena, F * (size_t)p->n_demands, double);
    solution->used = CF_TAKE(arena, F * (size_t)p->n_supplies, double);
    cf_plan_open(p, solution->units, open);
    for (int i = 0; i < net->n_group_years; i++) {
        grouped[net->group_year[i].year] = 1;
        serve_group_year(net, &net->group_year[i], open, solution);
    }
    for (int i = 0; i < net->n_clusters; i++)
        serve_cluster(net, &net->cluster[i], grouped[net->cluster[i].year], open, solution);
}
