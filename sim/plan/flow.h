#ifndef CF_FLOW_H
#define CF_FLOW_H

#include "base/arena.h"

/* The largest flow through a network of capacities that are not whole. Node 0 is where it comes
 * from, node 1 where it goes. Edges are told apart by even numbers; edge + 1 leads back. */
struct cf_flow {
    int n_nodes, n_edges, room;
    int *first, *level, *at, *queue; /* [node] */
    int *next, *to;                  /* [edge] */
    double *left;                    /* [edge] capacity left; of an edge back: the flow */
    double least;                    /* less is none */
};

/* room: how many edges it will have at most. */
void cf_flow_init(struct cf_flow *flow, struct cf_arena *arena, int n_nodes, int room);
int cf_flow_add_edge(struct cf_flow *flow, int from, int to);
/* No flow along an edge yet, and this capacity; HUGE_VAL: any. */
void cf_flow_set(struct cf_flow *flow, int edge, double capacity);
/* As much more as goes, over what flows already; how much that is. Where there is a level
 * afterwards is the source's side of a least cut. */
double cf_flow_run(struct cf_flow *flow);
static inline double cf_flow_along(const struct cf_flow *flow, int edge)
{
    return flow->left[edge + 1];
}
static inline int cf_flow_is_reached(const struct cf_flow *flow, int node)
{
    return flow->level[node] >= 0;
}

#endif
