#include "plan/programme_parts.h"

#include <math.h>

/* Groups are full to this, of their size: what rows that are separated leave open, and more. */
static const double tolerance = 2e-6;

static int row_of(const struct cf_programme *p, const struct cf_group_year *g, int option)
{
    for (int r = 0; r < g->n_rows; r++)
        if (p->viable[g->row[r]].option == option)
            return r;
    return -1;
}

static void add_edges(struct cf_group_year *g)
{
    const int place = 2 + g->n_rows, shorts = place + g->n_places;
    for (int r = 0; r < g->n_rows; r++)
        g->row_edge[r] = cf_flow_add_edge(&g->flow, 0, 2 + r);
    for (int i = 0; i < g->n_places; i++)
        g->place_edge[i] =
            cf_flow_add_edge(&g->flow, g->of_row[i] >= 0 ? 2 + g->of_row[i] : 0, place + i);
    for (int i = 0; i < g->n_arcs; i++)
        g->arc_edge[i] =
            cf_flow_add_edge(&g->flow, place + g->arc_place[i], shorts + g->arc_short[i]);
    for (int i = 0; i < g->n_shorts; i++)
        g->short_edge[i] = cf_flow_add_edge(&g->flow, shorts + i, 1);
}

/* A cluster of the year in a future. */
static void add_cluster(const struct cf_net *net, struct cf_group_year *g, int number, int future)
{
    const struct cf_cluster *c = &net->cluster[number];
    for (int i = 0; i < c->n_arcs; i++) {
        g->arc_place[g->n_arcs] = g->n_places + c->arc_supply[i];
        g->arc_short[g->n_arcs++] = g->n_shorts + c->arc_demand[i];
    }
    for (int i = 0; i < c->n_supplies; i++) {
        g->cluster[g->n_places] = number;
        g->supply[g->n_places] = i;
        g->future[g->n_places] = future;
        g->of_row[g->n_places++] = c->option[i] < 0 ? -1 : row_of(net->programme, g, c->option[i]);
    }
    for (int j = 0; j < c->n_demands; j++) {
        g->short_cluster[g->n_shorts] = number;
        g->short_demand[g->n_shorts] = j;
        g->short_future[g->n_shorts++] = future;
    }
}

static void build_year(struct cf_arena *arena, const struct cf_net *net, struct cf_group_year *g)
{
    const int F = net->programme->n_futures;
    size_t places = 0, shorts = 0, arcs = 0;
    for (int i = 0; i < net->n_clusters; i++) {
        const struct cf_cluster *c = &net->cluster[i];
        if (c->year != g->year)
            continue;
        places += (size_t)(F * c->n_supplies);
        shorts += (size_t)(F * c->n_demands);
        arcs += (size_t)(F * c->n_arcs);
    }
    g->fill = CF_TAKE(arena, (size_t)g->n_rows, double);
    g->row_edge = CF_TAKE(arena, (size_t)g->n_rows, int);
    int **of_place[] = {&g->cluster, &g->supply, &g->future, &g->of_row, &g->place_edge};
    int **of_short[] = {&g->short_cluster, &g->short_demand, &g->short_future, &g->short_edge};
    int **of_arc[] = {&g->arc_place, &g->arc_short, &g->arc_edge};
    for (size_t i = 0; i < sizeof of_place / sizeof *of_place; i++)
        *of_place[i] = CF_TAKE(arena, places, int);
    for (size_t i = 0; i < sizeof of_short / sizeof *of_short; i++)
        *of_short[i] = CF_TAKE(arena, shorts, int);
    for (size_t i = 0; i < sizeof of_arc / sizeof *of_arc; i++)
        *of_arc[i] = CF_TAKE(arena, arcs, int);
    for (int i = 0; i < net->n_clusters; i++)
        for (int f = 0; f < F && net->cluster[i].year == g->year; f++)
            add_cluster(net, g, i, f);
    cf_flow_init(&g->flow, arena, 2 + g->n_rows + (int)places + (int)shorts,
                 g->n_rows + (int)(places + shorts + arcs));
    add_edges(g);
}

void cf_groups_build(const struct cf_programme *p, struct cf_arena *arena, struct cf_net *net)
{
    net->group_year = CF_TAKE(arena, (size_t)p->n_years, struct cf_group_year);
    for (int t = 0; t < p->n_years; t++) {
        struct cf_group_year *g = &net->group_year[net->n_group_years];
        *g = (struct cf_group_year){.year = t};
        g->row = CF_TAKE(arena, (size_t)p->n_viable, int);
        for (int v = 0; v < p->n_viable; v++)
            if (p->viable[v].year == t && cf_net_need(p, v) > 0)
                g->row[g->n_rows++] = v;
        if (g->n_rows > 0) {
            build_year(arena, net, g);
            net->n_group_years++;
        }
    }
}

static double place_capacity(const struct cf_net *net, const struct cf_group_year *g, int i,
                             const double *open)
{
    return net->programme->weight[g->future[i]] *
           cf_net_capacity(net, &net->cluster[g->cluster[i]], g->supply[i], g->future[i], open);
}

int cf_groups_flow(const struct cf_net *net, struct cf_group_year *g, const double *open, int more)
{
    double wanted = 0;
    for (int r = 0; r < g->n_rows; r++) {
        cf_flow_set(&g->flow, g->row_edge[r], g->fill[r]);
        wanted += g->fill[r];
    }
    for (int i = 0; i < g->n_places; i++)
        cf_flow_set(&g->flow, g->place_edge[i],
                    g->of_row[i] >= 0 ? place_capacity(net, g, i, open) : 0);
    for (int i = 0; i < g->n_arcs; i++)
        cf_flow_set(&g->flow, g->arc_edge[i], HUGE_VAL);
    for (int i = 0; i < g->n_shorts; i++) {
        const struct cf_cluster *c = &net->cluster[g->short_cluster[i]];
        const int f = g->short_future[i];
        cf_flow_set(&g->flow, g->short_edge[i],
                    net->programme->weight[f] * c->short_of[f * c->n_demands + g->short_demand[i]]);
    }
    const double got = cf_flow_run(&g->flow);
    const int enough = got >= wanted - tolerance * (1 + wanted);
    if (!more)
        return enough;
    for (int r = 0; r < g->n_rows; r++)
        g->flow.left[g->row_edge[r]] = HUGE_VAL;
    for (int i = 0; i < g->n_places; i++)
        if (g->of_row[i] < 0)
            g->flow.left[g->place_edge[i]] = place_capacity(net, g, i, open);
    cf_flow_run(&g->flow);
    return enough;
}
