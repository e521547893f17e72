#include "plan/programme_parts.h"

/*
 * Which rows no plan holds together, and any fewer of them one does: half of the rows against the
 * other half, and so on down (Junker 2004, QuickXplain).
 */

/* A search for any plan gives up here, and counts as found: then the rows named still exclude each
 * other, but perhaps not all of them are needed for that. */
enum { MOST_NODES = 5000 };

struct conflict {
    struct cf_master *m;
    int n_rows; /* without those that were separated */
    size_t n_entries;
    unsigned char *off; /* [group] */
    double *x;
    int failed;
    struct cf_milp_result result;
};

static int is_possible(struct conflict *c)
{
    struct cf_milp *milp = &c->m->milp;
    const struct cf_milp_hooks hooks = {c->m, cf_master_separate, NULL};
    const struct cf_milp_limits limits = {.most_nodes = MOST_NODES, .off = c->off, .any = 1};
    milp->n_rows = c->n_rows; /* rows that were separated hold with the groups of then alone */
    milp->n_entries = c->n_entries;
    c->m->off = c->off;
    cf_milp_solve(milp, &hooks, &limits, c->x, &c->result);
    c->failed |= c->result.status == CF_MILP_FAILED;
    return c->result.status != CF_MILP_INFEASIBLE;
}

/* Keep of group[n] those that are needed beside what is on: the others are off in the end. `grown`:
 * what is on has changed since it was last seen to be possible. */
static void explain(struct conflict *c, const int *group, int n, int grown)
{
    int kept = 0;
    if (c->failed || (grown && !is_possible(c)))
        return;
    if (n == 1) {
        c->off[group[0]] = 0;
        return;
    }
    const int half = n / 2;
    for (int i = 0; i < half; i++)
        c->off[group[i]] = 0;
    explain(c, group + half, n - half, 1);
    for (int i = 0; i < half; i++)
        c->off[group[i]] = 1;
    for (int i = half; i < n; i++)
        kept += !c->off[group[i]];
    explain(c, group, half, kept > 0);
}

enum cf_status cf_plan_explain(const struct cf_programme *p, struct cf_arena *arena,
                               struct cf_plan_solution *solution, cf_diag *diag)
{
    struct cf_arena scratch;
    struct cf_net net;
    struct cf_master m;
    cf_arena_init(&scratch);
    cf_net_build(p, 1, &scratch, &net);
    cf_master_build(&m, p, &net, -1, NULL, &scratch);
    const int n = m.milp.n_groups;
    struct conflict c = {.m = &m, .n_rows = m.milp.n_rows, .n_entries = m.milp.n_entries};
    int *group = CF_TAKE(&scratch, (size_t)n, int);
    c.off = CF_TAKE(&scratch, (size_t)n, unsigned char);
    c.x = CF_TAKE(&scratch, (size_t)m.milp.n_columns, double);
    for (int i = 0; i < n; i++)
        c.off[group[i] = i] = 1;
    if (n > 0)
        explain(&c, group, n, 0);
    solution->conflict = CF_TAKE(arena, (size_t)n, const char *);
    for (int i = 0; i < n; i++)
        if (!c.off[i])
            solution->conflict[solution->n_conflicts++] = cf_arena_copy(arena, m.group[i]);
    if (c.failed)
        cf_report(diag, CF_ERROR, "plan.solver", (struct cf_at){0}, NULL,
                  "the solver of the plan failed: %s", c.result.message);
    cf_milp_free(&m.milp);
    cf_arena_free(&scratch);
    return c.failed ? CF_INTERNAL : CF_OK;
}
