#include "kernels/market.h"

/* One market being cleared. Arrays by offer [n] unless said otherwise. */
struct clearing {
    const struct cf_market *m;
    int n, A;
    lanes *v;       /* 1 / B, at least 1 */
    lanes *z;       /* pull / v; 0 where there is no room */
    lanes *load;    /* learners who come */
    lanes *inverse; /* [A] 1 / D */
    lanes *right;   /* right-hand side of a Newton step */
    lanes *step;    /* its solution, the relative change of v */
    lanes *weight;  /* diagonal of its matrix: max(capacity, load) */
    lanes_mask *free;
    lanes *room; /* for the solver */
};

static const lanes none = {0};

static inline lanes most(lanes a, lanes b)
{
    return lanes_if(a > b, a, b);
}

static inline lanes_mask has_room(const struct cf_market *m, int j)
{
    return (m->capacity[j] > none) & (m->pull[j] > none);
}

/* Loads at the v at hand. */
static void visit(struct clearing *c)
{
    const struct cf_market *m = c->m;
    for (int j = 0; j < c->n; j++) {
        c->z[j] = lanes_if(has_room(m, j), m->pull[j] / c->v[j], none);
        c->load[j] = none;
    }
    for (int a = 0; a < c->A; a++) {
        c->inverse[a] = cf_inverse(m->stay_away[a] + cf_journeys_sum(m->journeys, a, c->z));
        cf_journeys_spread(m->journeys, a, m->demand[a] * c->inverse[a], c->load);
    }
    for (int j = 0; j < c->n; j++)
        c->load[j] *= c->z[j];
}

/* Lanes in which every full site takes what it holds, to the tolerance, and no other more. */
static lanes_mask cleared(const struct clearing *c)
{
    const struct cf_market *m = c->m;
    lanes_mask open = lanes_mask_of(0);
    for (int j = 0; j < c->n; j++) {
        const lanes slack = m->capacity[j] * m->tolerance, over = c->load[j] - m->capacity[j];
        const lanes_mask full = c->v[j] > none + 1.0;
        open |= has_room(m, j) & ~((over <= slack) & (~full | (over >= -slack)));
    }
    return ~open;
}

/*
 * The Newton step for 1 / load[j] = 1 / capacity[j] in v, where v[j] > 1 is wanted (free), with
 * the others brought to v[j] = 1. x is the relative change of v:
 *
 *   weight[j] x[j] - sum_k K[j][k] x[k] = right[j]        K[j][k] = sum_a demand share_j share_k
 *   weight = max(capacity, load),   right = (load - capacity) max(1, load / capacity)
 *
 * For one site it is exact from anywhere; from above the solution it comes down to it one-sidedly,
 * since what comes to a site is a concave function of all v.
 */
static void set_up(struct clearing *c)
{
    for (int j = 0; j < c->n; j++) {
        const lanes_mask room = has_room(c->m, j);
        const lanes capacity = lanes_if(room, c->m->capacity[j], none + 1.0);
        const lanes ratio = c->load[j] / capacity;
        c->free[j] = room & (c->v[j] * ratio > none + 1.0);
        c->weight[j] = lanes_if(room, most(capacity, c->load[j]), none + 1.0);
        c->right[j] = (c->load[j] - capacity) * most(ratio, none + 1.0);
        c->step[j] = lanes_if(c->free[j], none, 1.0 / c->v[j] - 1.0);
    }
}

/*
 * Solve a step with few offers by elimination. The matrix has weights, and nothing but negative
 * numbers beside them; what its rows have over is known without subtracting,
 *
 *   over[j] = max(0, capacity - load) + sum_a demand share_j (share of those who stay away)
 *             + sum over k not free of K[j][k]
 *
 * and an elimination that carries this along only adds and multiplies: no digits are lost however
 * close to singular it is (Grassmann, Taksar and Heyman).
 */
static void assemble(struct clearing *c, lanes *K, lanes *over)
{
    const struct cf_market *m = c->m;
    const struct cf_journeys *to = m->journeys;
    const int n = c->n;
    for (int j = 0; j < n * n; j++)
        K[j] = none;
    for (int j = 0; j < n; j++)
        over[j] = most(m->capacity[j] - c->load[j], none);
    for (int a = 0; a < c->A; a++) {
        const lanes each = m->demand[a] * c->inverse[a] * c->inverse[a];
        for (int k = to->first[a]; k < to->first[a + 1]; k++) {
            const int j = to->offer[k];
            const lanes part = each * (c->z[j] * cf_ease(to, k));
            over[j] += part * m->stay_away[a];
            for (int h = to->first[a]; h < k; h++) {
                const int i = to->offer[h];
                K[i * n + j] += part * (c->z[i] * cf_ease(to, h));
            }
        }
    }
}

/* Only the free ones are solved for: the others' changes are known and go to the right. */
static void restrict_to_free(struct clearing *c, lanes *K, lanes *over)
{
    const int n = c->n;
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) {
            const lanes k = K[i * n + j];
            const lanes_mask only_i = c->free[i] & ~c->free[j], only_j = c->free[j] & ~c->free[i];
            over[i] += lanes_if(only_i, k, none);
            over[j] += lanes_if(only_j, k, none);
            c->right[i] += lanes_if(only_i, k * c->step[j], none);
            c->right[j] += lanes_if(only_j, k * c->step[i], none);
            K[i * n + j] = lanes_if(c->free[i] & c->free[j], k, none);
        }
}

static void solve_few(struct clearing *c)
{
    const int n = c->n;
    lanes *K = c->room, *over = K + n * n, *pivot = over + n;
    assemble(c, K, over);
    restrict_to_free(c, K, over);
    for (int k = 0; k < n; k++) {
        const lanes *row = K + k * n;
        pivot[k] = over[k];
        for (int j = k + 1; j < n; j++)
            pivot[k] += row[j];
        pivot[k] = cf_inverse(lanes_if(c->free[k], pivot[k], none));
        for (int i = k + 1; i < n; i++) {
            const lanes f = row[i] * pivot[k];
            over[i] += f * over[k];
            c->right[i] += f * c->right[k];
            for (int j = i + 1; j < n; j++)
                K[i * n + j] += f * row[j];
        }
    }
    for (int k = n - 1; k >= 0; k--) {
        lanes sum = c->right[k];
        for (int j = k + 1; j < n; j++)
            sum += K[k * n + j] * lanes_if(c->free[j], c->step[j], none);
        c->step[k] = lanes_if(c->free[k], sum * pivot[k], c->step[k]);
    }
}

/* out[j] = sum_k K[j][k] x[k], without the matrix: a visit's work. */
static void times(struct clearing *c, const lanes *x, lanes *weighted, lanes *out)
{
    const struct cf_market *m = c->m;
    for (int j = 0; j < c->n; j++) {
        weighted[j] = c->z[j] * x[j];
        out[j] = none;
    }
    for (int a = 0; a < c->A; a++) {
        const lanes each = m->demand[a] * c->inverse[a] * c->inverse[a];
        cf_journeys_spread(m->journeys, a, each * cf_journeys_sum(m->journeys, a, weighted), out);
    }
    for (int j = 0; j < c->n; j++)
        out[j] *= c->z[j];
}

#define CG_EXACT 0.3 /* a step need not be better than this, relative, far from the solution */

/*
 * Solve a step with many offers by conjugate gradients, preconditioned by the weights, each lane
 * until its own residual is small enough: `enough` relative to the right-hand side.
 */
static void solve_many(struct clearing *c, lanes_mask active, const lanes *enough, lanes *rounds)
{
    const int n = c->n;
    lanes *r = c->room, *d = r + n, *q = d + n, *weighted = q + n;
    lanes rho = none, goal = none;
    times(c, c->step, weighted, q); /* of the fixed ones */
    for (int j = 0; j < n; j++) {
        r[j] = lanes_if(c->free[j] & active, c->right[j] + q[j], none);
        d[j] = r[j] / c->weight[j];
        rho += r[j] * d[j];
    }
    goal = rho * *enough * *enough;
    lanes_mask going = active & (rho > goal) & (rho > none);
    *rounds += lanes_if(active, none + 1.0, none);
    for (int k = 0; k < n && lanes_any(going); k++) {
        lanes curve = none, next = none;
        times(c, d, weighted, q);
        for (int j = 0; j < n; j++) {
            q[j] = lanes_if(c->free[j], c->weight[j] * d[j] - q[j], none);
            curve += d[j] * q[j];
        }
        going &= curve > none;
        const lanes length = lanes_if(going, rho / lanes_if(going, curve, none + 1.0), none);
        for (int j = 0; j < n; j++) {
            c->step[j] += lanes_if(c->free[j], length * d[j], none);
            r[j] -= length * q[j];
            next += r[j] * (r[j] / c->weight[j]);
        }
        const lanes keep = lanes_if(going, next / lanes_if(going, rho, none + 1.0), none);
        for (int j = 0; j < n; j++)
            d[j] = lanes_if(going, r[j] / c->weight[j] + keep * d[j], d[j]);
        rho = lanes_if(going, next, rho);
        *rounds += lanes_if(going, none + 1.0, none);
        going &= rho > goal;
    }
}

#define ROUNDING 4e-16   /* of a share */
#define LEAST_FACTOR 0.1 /* v falls to no less than this part of itself in one step */
/* Where what comes nearly fills all there is, two sets of full sites can lead to each other for
 * ever, v of all of them up in one step and back to 1 in the next. After so many steps v falls
 * slowly. */
#define MANY_STEPS 50
#define SHORT_FACTOR 0.9

/* How far the worst site is from holding what comes, relative to its places; at most 1. */
static lanes distance(const struct clearing *c)
{
    lanes worst = none;
    for (int j = 0; j < c->n; j++) {
        const lanes_mask room = has_room(c->m, j);
        const lanes capacity = lanes_if(room, c->m->capacity[j], none + 1.0);
        const lanes over = (c->load[j] - capacity) / capacity;
        const lanes_mask free = c->v[j] > none + 1.0;
        const lanes size = lanes_if(over > none, over, lanes_if(free, -over, none));
        worst = most(worst, lanes_if(room, size, none));
    }
    return lanes_if(worst < none + 1.0, worst, none + 1.0);
}

static void move(struct clearing *c, lanes_mask active, int steps)
{
    const double least = steps < MANY_STEPS ? LEAST_FACTOR : SHORT_FACTOR;
    for (int j = 0; j < c->n; j++) {
        const lanes factor = most(1.0 + c->step[j], none + least);
        const lanes next = most(c->v[j] * factor, none + 1.0);
        c->v[j] = lanes_if(active & has_room(c->m, j), next, c->v[j]);
    }
}

/*
 * One line in one pass: the flow of largest entropy under the capacity of the sites.
 *
 *   T[a][j] = demand[a] ease[a][j] pull[j] B[j] / (stay_away[a] + sum_k ease[a][k] pull[k] B[k])
 *   B[j] = 1 where sum_a T[a][j] < capacity[j], else in (0, 1] with sum_a T[a][j] = capacity[j]
 *
 *   market  in   see kernels.h
 *   out     out  crowding 1 / B [offer]; load sum_a T [offer]; stayed U / O [area], exactly 1
 *                where nobody goes anywhere, or so few that rounding hides them;
 *                rounds: visits and products it took; failed: lanes not within the tolerance
 *
 * B = 1 at the start, so that the answer is a function of this year's inputs alone. A lane that is
 * done is left as it is, whatever the others need.   MODEL.md 2.9; Wilson (1971).
 */
void CF_K(place)(const struct cf_market *market, struct cf_cleared *out)
{
    const int n = market->journeys->n, A = market->journeys->A;
    lanes *s = market->scratch;
    struct clearing c = {.m = market,
                         .n = n,
                         .A = A,
                         .v = out->crowding,
                         .z = s,
                         .load = out->load,
                         .right = s + n,
                         .step = s + 2 * n,
                         .weight = s + 3 * n,
                         .free = (lanes_mask *)(s + 4 * n),
                         .inverse = s + 5 * n,
                         .room = s + 5 * n + A};
    lanes_mask active = lanes_mask_of(1);
    *out->rounds = none;
    for (int j = 0; j < n; j++)
        c.v[j] = none + 1.0;
    for (int steps = 0;; steps++) {
        visit(&c);
        *out->rounds += lanes_if(active, none + 1.0, none);
        active &= ~cleared(&c);
        active &= *out->rounds < none + market->max_rounds;
        if (!lanes_any(active))
            break;
        set_up(&c);
        if (market->direct) {
            solve_few(&c);
            *out->rounds += lanes_if(active, none + 1.0, none);
        } else {
            const lanes enough = CG_EXACT * distance(&c);
            solve_many(&c, active, &enough, out->rounds);
        }
        move(&c, active, steps);
    }
    *out->failed = ~cleared(&c);
    for (int a = 0; a < A; a++) {
        const lanes stayed = market->stay_away[a] * c.inverse[a];
        const lanes_mask all = (c.inverse[a] <= none) | (stayed >= none + (1 - ROUNDING));
        out->stayed[a] = lanes_if(all, none + 1.0, stayed);
    }
}
