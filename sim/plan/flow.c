#include "plan/flow.h"

#include <math.h>
#include <string.h>

void cf_flow_init(struct cf_flow *flow, struct cf_arena *arena, int n_nodes, int room)
{
    const size_t nodes = (size_t)n_nodes, edges = (size_t)room * 2;
    *flow = (struct cf_flow){.n_nodes = n_nodes, .room = room, .least = 1e-10};
    flow->first = CF_TAKE(arena, nodes, int);
    flow->level = CF_TAKE(arena, nodes, int);
    flow->at = CF_TAKE(arena, nodes, int);
    flow->queue = CF_TAKE(arena, nodes, int);
    flow->next = CF_TAKE(arena, edges, int);
    flow->to = CF_TAKE(arena, edges, int);
    flow->left = CF_TAKE(arena, edges, double);
    for (int n = 0; n < n_nodes; n++)
        flow->first[n] = -1;
}

int cf_flow_add_edge(struct cf_flow *flow, int from, int to)
{
    const int edge = flow->n_edges;
    flow->to[edge] = to;
    flow->next[edge] = flow->first[from];
    flow->first[from] = edge;
    flow->to[edge + 1] = from;
    flow->next[edge + 1] = flow->first[to];
    flow->first[to] = edge + 1;
    flow->n_edges += 2;
    return edge;
}

void cf_flow_set(struct cf_flow *flow, int edge, double capacity)
{
    flow->left[edge] = capacity;
    flow->left[edge + 1] = 0;
}

/* Steps from the source over what has capacity left; 1: the sink is among what is reached. */
static int measure(struct cf_flow *flow)
{
    int n = 1;
    for (int v = 0; v < flow->n_nodes; v++)
        flow->level[v] = -1;
    flow->level[0] = 0;
    flow->queue[0] = 0;
    for (int i = 0; i < n; i++) {
        const int v = flow->queue[i];
        for (int e = flow->first[v]; e >= 0; e = flow->next[e]) {
            if (flow->left[e] > flow->least && flow->level[flow->to[e]] < 0) {
                flow->level[flow->to[e]] = flow->level[v] + 1;
                flow->queue[n++] = flow->to[e];
            }
        }
    }
    return flow->level[1] >= 0;
}

/* From v up to `most` towards the sink, only ever a step farther from the source. */
static double push(struct cf_flow *flow, int v, double most)
{
    double sent = 0;
    if (v == 1)
        return most;
    for (int *e = &flow->at[v]; *e >= 0; *e = flow->next[*e]) {
        const int to = flow->to[*e];
        if (flow->left[*e] <= flow->least || flow->level[to] != flow->level[v] + 1)
            continue;
        const double more = push(flow, to, fmin(most - sent, flow->left[*e]));
        flow->left[*e] -= more;
        flow->left[*e ^ 1] += more;
        sent += more;
        if (most - sent <= flow->least)
            return sent;
    }
    return sent;
}

/* Dinic (1970). */
double cf_flow_run(struct cf_flow *flow)
{
    double sum = 0;
    while (measure(flow)) {
        memcpy(flow->at, flow->first, (size_t)flow->n_nodes * sizeof *flow->at);
        const double more = push(flow, 0, HUGE_VAL);
        if (more <= flow->least)
            break;
        sum += more;
    }
    return sum;
}
