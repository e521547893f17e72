#include "plan/programme_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Arcs that count, and which cluster each supply and demand belongs to. */
struct sorted {
    const struct cf_programme *p;
    struct cf_arena *arena;
    int n_arcs;
    struct cf_arc *arc; /* by demand, then by supply; none twice */
    int *start;         /* [demand + 1] */
    int *cluster;       /* [supply] first its elder, then the number of its cluster or -1 */
    int *place;         /* [supply] within the cluster */
    int n_clusters;
};

static int compare_arcs(const void *a, const void *b)
{
    const struct cf_arc *x = a, *y = b;
    if (x->demand != y->demand)
        return x->demand < y->demand ? -1 : 1;
    return (x->supply > y->supply) - (x->supply < y->supply);
}

static double largest(const double *value, int n)
{
    double most = 0;
    for (int i = 0; i < n; i++)
        most = fmax(most, value[i]);
    return most;
}

static void sort_arcs(struct sorted *s, int with_barred)
{
    const struct cf_programme *p = s->p;
    int n = 0;
    s->arc = CF_TAKE(s->arena, (size_t)p->n_arcs, struct cf_arc);
    s->start = CF_TAKE(s->arena, (size_t)p->n_demands + 1, int);
    for (int i = 0; i < p->n_arcs; i++) {
        const struct cf_plan_supply *supply = &p->supply[p->arc[i].supply];
        const struct cf_programme_option *option =
            supply->option >= 0 ? &p->option[supply->option] : NULL;
        const int idle = option && (option->max_units == 0 || (option->barred && !with_barred));
        if (!idle && largest(supply->amount, p->n_futures) > 0 &&
            largest(p->demand[p->arc[i].demand].short_of, p->n_futures) > 0)
            s->arc[n++] = p->arc[i];
    }
    qsort(s->arc, (size_t)n, sizeof *s->arc, compare_arcs);
    for (int i = 0; i < n; i++)
        if (i == 0 || compare_arcs(&s->arc[i - 1], &s->arc[i]) != 0)
            s->arc[s->n_arcs++] = s->arc[i];
    for (int i = 0; i < s->n_arcs; i++)
        s->start[s->arc[i].demand + 1]++;
    for (int d = 0; d < p->n_demands; d++)
        s->start[d + 1] += s->start[d];
}

static int eldest(struct sorted *s, int supply)
{
    while (s->cluster[supply] != supply)
        supply = s->cluster[supply] = s->cluster[s->cluster[supply]];
    return supply;
}

/* Supplies that serve a demand together are of one cluster; clusters are numbered in the order of
 * their first supplies. */
static void join_supplies(struct sorted *s)
{
    const int n = s->p->n_supplies;
    int *number = CF_TAKE(s->arena, (size_t)n, int);
    unsigned char *serves = CF_TAKE(s->arena, (size_t)n, unsigned char);
    s->cluster = CF_TAKE(s->arena, (size_t)n, int);
    s->place = CF_TAKE(s->arena, (size_t)n, int);
    for (int i = 0; i < n; i++)
        s->cluster[i] = i;
    for (int i = 0; i < s->n_arcs; i++) {
        const struct cf_arc *first = &s->arc[s->start[s->arc[i].demand]];
        const int a = eldest(s, first->supply), b = eldest(s, s->arc[i].supply);
        serves[s->arc[i].supply] = 1;
        s->cluster[a > b ? a : b] = a < b ? a : b;
    }
    for (int i = 0; i < n; i++) {
        const int elder = eldest(s, i);
        number[i] = !serves[i] ? -1 : elder == i ? s->n_clusters++ : number[elder];
    }
    s->cluster = number;
}

static int has_same_arcs(const struct sorted *s, int d, int e)
{
    const int n = s->start[d + 1] - s->start[d];
    if (s->start[e + 1] - s->start[e] != n)
        return 0;
    for (int i = 0; i < n; i++)
        if (s->arc[s->start[d] + i].supply != s->arc[s->start[e] + i].supply)
            return 0;
    return 1;
}

static void gather_supplies(struct sorted *s, struct cf_net *net)
{
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < s->p->n_supplies; i++) {
            struct cf_cluster *c = s->cluster[i] >= 0 ? &net->cluster[s->cluster[i]] : NULL;
            if (!c)
                continue;
            if (pass == 1) {
                ((int *)c->supply)[c->n_supplies] = i;
                c->option[c->n_supplies] = s->p->supply[i].option;
                c->is_fixed &= s->p->supply[i].option < 0;
            }
            s->place[i] = c->n_supplies++;
        }
        for (int i = 0; i < net->n_clusters && pass == 0; i++) {
            struct cf_cluster *c = &net->cluster[i];
            c->supply = CF_TAKE(s->arena, (size_t)c->n_supplies, int);
            c->option = CF_TAKE(s->arena, (size_t)c->n_supplies, int);
            c->n_supplies = 0;
            c->is_fixed = 1;
        }
    }
}

/* Demands of cluster `number`, each with the first of ours that has the same arcs. */
static void gather_demands(struct sorted *s, struct cf_cluster *c, const int *demand, int n)
{
    int *ours = CF_TAKE(s->arena, (size_t)n, int), *first = CF_TAKE(s->arena, (size_t)n, int);
    c->member_start = CF_TAKE(s->arena, (size_t)n + 1, int);
    c->member = CF_TAKE(s->arena, (size_t)n, int);
    for (int i = 0; i < n; i++) {
        int j = 0;
        while (j < c->n_demands && !has_same_arcs(s, demand[i], first[j]))
            j++;
        if (j == c->n_demands)
            first[c->n_demands++] = demand[i];
        ours[i] = j;
        c->n_arcs += first[j] == demand[i] ? s->start[demand[i] + 1] - s->start[demand[i]] : 0;
    }
    for (int j = 0, m = 0; j < c->n_demands; j++) {
        for (int i = 0; i < n; i++)
            if (ours[i] == j)
                c->member[m++] = demand[i];
        c->member_start[j + 1] = m;
    }
}

/* Arcs, what is short, and what a unit serves at most: no more than all it can reach. */
static void fill_cluster(struct sorted *s, struct cf_cluster *c)
{
    const struct cf_programme *p = s->p;
    const int S = c->n_supplies, D = c->n_demands, F = p->n_futures;
    double *reach = c->reach = CF_TAKE(s->arena, (size_t)(F * S), double);
    int n = 0;
    c->year = p->supply[c->supply[0]].year;
    c->arc_supply = CF_TAKE(s->arena, (size_t)c->n_arcs, int);
    c->arc_demand = CF_TAKE(s->arena, (size_t)c->n_arcs, int);
    c->short_of = CF_TAKE(s->arena, (size_t)(F * D), double);
    c->amount = CF_TAKE(s->arena, (size_t)(F * S), double);
    c->n_released = CF_TAKE(s->arena, (size_t)S, int);
    c->released = CF_TAKE(s->arena, (size_t)S, struct cf_released *);
    for (int j = 0; j < D; j++) {
        const int first = c->member[c->member_start[j]];
        for (int m = c->member_start[j]; m < c->member_start[j + 1]; m++)
            for (int f = 0; f < F; f++)
                c->short_of[f * D + j] += p->demand[c->member[m]].short_of[f];
        for (int i = s->start[first]; i < s->start[first + 1]; i++, n++) {
            c->arc_supply[n] = s->place[s->arc[i].supply];
            c->arc_demand[n] = j;
            for (int f = 0; f < F; f++)
                reach[f * S + c->arc_supply[n]] += c->short_of[f * D + j];
        }
    }
    for (int f = 0; f < F; f++) {
        for (int i = 0; i < S; i++) {
            const double amount = p->supply[c->supply[i]].amount[f];
            c->amount[f * S + i] = c->option[i] < 0 ? amount : fmin(amount, reach[f * S + i]);
        }
    }
}

static void build_flow(struct sorted *s, struct cf_cluster *c)
{
    const int S = c->n_supplies, D = c->n_demands;
    cf_flow_init(&c->flow, s->arena, 2 + S + D, S + D + c->n_arcs);
    c->supply_edge = CF_TAKE(s->arena, (size_t)S, int);
    c->demand_edge = CF_TAKE(s->arena, (size_t)D, int);
    c->arc_edge = CF_TAKE(s->arena, (size_t)c->n_arcs, int);
    for (int i = 0; i < S; i++)
        c->supply_edge[i] = cf_flow_add_edge(&c->flow, 0, 2 + i);
    for (int j = 0; j < D; j++)
        c->demand_edge[j] = cf_flow_add_edge(&c->flow, 2 + S + j, 1);
    for (int i = 0; i < c->n_arcs; i++)
        c->arc_edge[i] = cf_flow_add_edge(&c->flow, 2 + c->arc_supply[i], 2 + S + c->arc_demand[i]);
}

/* Releases act on what is there anyway. */
static void attach_releases(struct sorted *s, struct cf_net *net)
{
    const struct cf_programme *p = s->p;
    for (int r = 0; r < p->n_supplies; r++) {
        const int there =
            cf_supply_is_release(p, &p->supply[r]) ? cf_supply_released(p, &p->supply[r]) : -1;
        if (there < 0 || s->cluster[there] < 0)
            continue;
        struct cf_cluster *c = &net->cluster[s->cluster[there]];
        const int i = s->place[there], n = c->n_released[i]++;
        struct cf_released *more = CF_TAKE(s->arena, (size_t)n + 1, struct cf_released);
        if (n > 0)
            memcpy(more, c->released[i], (size_t)n * sizeof *more);
        more[n] = (struct cf_released){p->supply[r].option, p->supply[r].amount};
        c->released[i] = more;
        c->is_fixed = 0;
    }
}

static void sum_shortages(const struct cf_programme *p, struct cf_arena *arena, struct cf_net *net)
{
    const int T = p->n_years;
    net->mean_short = CF_TAKE(arena, (size_t)T, double);
    net->total_short = CF_TAKE(arena, (size_t)(p->n_futures * T), double);
    for (int d = 0; d < p->n_demands; d++) {
        for (int f = 0; f < p->n_futures; f++) {
            const double n = p->demand[d].short_of[f];
            net->total_short[f * T + p->demand[d].year] += n;
            net->mean_short[p->demand[d].year] += p->weight[f] * n;
        }
    }
}

/* What is served is concave in its units; not where more are released than there are, so that
 * releases do not count as one. */
static int only_option(const struct cf_cluster *c)
{
    int one = -1;
    for (int i = 0; i < c->n_supplies; i++) {
        const int k = c->option[i];
        if (c->n_released[i] > 0 || (k >= 0 && one >= 0 && k != one))
            return -1;
        one = k >= 0 ? k : one;
    }
    return one;
}

void cf_net_build(const struct cf_programme *p, int with_barred, struct cf_arena *arena,
                  struct cf_net *net)
{
    struct sorted s = {.p = p, .arena = arena};
    sort_arcs(&s, with_barred);
    join_supplies(&s);
    *net = (struct cf_net){.programme = p, .n_clusters = s.n_clusters};
    net->cluster = CF_TAKE(arena, (size_t)s.n_clusters, struct cf_cluster);
    gather_supplies(&s, net);
    int *demand = CF_TAKE(arena, (size_t)p->n_demands, int);
    for (int number = 0; number < net->n_clusters; number++) {
        int n = 0;
        for (int d = 0; d < p->n_demands; d++)
            if (s.start[d + 1] > s.start[d] && s.cluster[s.arc[s.start[d]].supply] == number)
                demand[n++] = d;
        gather_demands(&s, &net->cluster[number], demand, n);
        fill_cluster(&s, &net->cluster[number]);
        build_flow(&s, &net->cluster[number]);
    }
    attach_releases(&s, net);
    sum_shortages(p, arena, net);
    double *open = CF_TAKE(arena, (size_t)(p->n_options * p->n_years), double);
    for (int i = 0; i < net->n_clusters; i++) {
        net->cluster[i].anyway = CF_TAKE(arena, (size_t)p->n_futures, double);
        for (int f = 0; f < p->n_futures; f++)
            net->cluster[i].anyway[f] = cf_net_serve(net, &net->cluster[i], f, open);
    }
    for (int i = 0; i < net->n_clusters; i++)
        net->cluster[i].one = only_option(&net->cluster[i]);
    cf_groups_build(p, arena, net);
}

double cf_net_capacity(const struct cf_net *net, const struct cf_cluster *c, int supply, int future,
                       const double *open)
{
    const int T = net->programme->n_years, k = c->option[supply];
    double sum = c->amount[future * c->n_supplies + supply];
    if (k >= 0)
        return sum * open[k * T + c->year];
    for (int r = 0; r < c->n_released[supply]; r++) {
        const struct cf_released *released = &c->released[supply][r];
        sum += released->amount[future] * open[released->option * T + c->year];
    }
    return fmax(sum, 0);
}

double cf_net_serve(const struct cf_net *net, struct cf_cluster *c, int future, const double *open)
{
    for (int i = 0; i < c->n_supplies; i++)
        cf_flow_set(&c->flow, c->supply_edge[i], cf_net_capacity(net, c, i, future, open));
    for (int j = 0; j < c->n_demands; j++)
        cf_flow_set(&c->flow, c->demand_edge[j], c->short_of[future * c->n_demands + j]);
    for (int i = 0; i < c->n_arcs; i++)
        cf_flow_set(&c->flow, c->arc_edge[i], HUGE_VAL);
    return cf_flow_run(&c->flow);
}
