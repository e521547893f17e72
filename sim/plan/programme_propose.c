#include "plan/programme_parts.h"

#include <math.h>
#include <string.h>

/* Plans for the search to begin with: it prunes by them, and has something to show when it is
 * stopped. */

enum { EVERY = 8 }; /* solution of a relaxed programme is rounded */

/* A plan as columns of the programme, as much served as can be. */
static void put_columns(struct cf_master *m, const int *units, const double *open, double *x)
{
    const struct cf_programme *p = m->programme;
    const int T = p->n_years, F = p->n_futures;
    memset(x, 0, (size_t)m->milp.n_columns * sizeof *x);
    for (int k = 0; k < p->n_options; k++) {
        int begun = 0;
        for (int t = 0; t < T; t++) {
            const int at = k * T + t;
            begun |= units[at] > 0;
            x[m->start[at]] = units[at];
            if (m->open[at] >= 0)
                x[m->open[at]] = open[at];
            if (m->begun[at] >= 0)
                x[m->begun[at]] = begun;
        }
    }
    for (int v = 0; v < p->n_viable; v++)
        if (m->shown[v] >= 0)
            x[m->shown[v]] = open[p->viable[v].option * T + p->viable[v].year] > 0;
    for (int i = 0; i < m->net->n_clusters; i++) {
        struct cf_cluster *c = &m->net->cluster[i];
        for (int f = 0; f < F && !c->is_fixed; f++) {
            if (m->by_future)
                x[cf_master_served(m, i, f)] = cf_net_serve(m->net, c, f, open);
            else if (m->weight[f] > 0)
                x[m->served[i]] += m->weight[f] * cf_net_serve(m->net, c, f, open);
        }
    }
}

static int put_plan(struct cf_master *m, const int *units, double *solution)
{
    const struct cf_programme *p = m->programme;
    double most = -HUGE_VAL;
    cf_plan_open(p, units, m->open_now);
    const int holds = cf_plan_holds(m->net, units, m->open_now);
    if (holds) {
        put_columns(m, units, m->open_now, solution);
        cf_plan_cost(m->net, m->open_now, m->cost);
        for (int f = 0; f < p->n_futures && m->best; f++)
            most = fmax(most, m->cost[f] - m->best[f]);
        if (m->best)
            solution[m->regret] = most * m->scale;
    }
    memset(m->open_now, 0, (size_t)(p->n_options * p->n_years) * sizeof *m->open_now);
    return holds && (!m->best || most * m->scale <= m->milp.upper[m->regret]);
}

/* Down to whole units, then one more where most was cut off, as long as the rows hold. */
static int round_plan(struct cf_master *m, const double *x)
{
    const struct cf_programme *p = m->programme;
    const int n = p->n_options * p->n_years;
    for (int i = 0; i < n; i++) {
        const double value = fmax(x[m->start[i]], 0);
        m->units[i] = (int)floor(value + 1e-6);
        m->rest[i] = value - m->units[i];
    }
    cf_plan_open(p, m->units, m->open_now);
    int holds = cf_plan_may_grow(m->net, m->units, m->open_now);
    while (holds) {
        int next = -1;
        for (int i = 0; i < n; i++)
            if (m->rest[i] > 0.05 && (next < 0 || m->rest[i] > m->rest[next]))
                next = i;
        if (next < 0)
            break;
        m->rest[next] = 0;
        m->units[next]++;
        cf_plan_open(p, m->units, m->open_now);
        if (!cf_plan_may_grow(m->net, m->units, m->open_now))
            m->units[next]--;
    }
    return holds;
}

int cf_master_take_known(struct cf_master *m, double *solution)
{
    const size_t n = (size_t)m->milp.n_columns;
    double least = HUGE_VAL;
    double *x = CF_TAKE(m->arena, n, double);
    for (int i = 0; i < m->n_known; i++) {
        double value = 0;
        if (!put_plan(m, m->known[i], x))
            continue;
        for (size_t j = 0; j < n; j++)
            value += m->milp.cost[j] * x[j];
        if (value < least) {
            least = value;
            memcpy(solution, x, n * sizeof *x);
        }
    }
    return least < HUGE_VAL;
}

int cf_master_propose(void *master, const double *x, double *solution)
{
    struct cf_master *m = master;
    const int call = m->n_proposed++;
    if (call == 0)
        return cf_master_take_known(m, solution);
    return (call - 1) % EVERY == 0 && round_plan(m, x) && put_plan(m, m->units, solution);
}
