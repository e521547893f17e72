#include "plan/milp.h"

#include "base/arena.h"
#include "base/clock.h"

#include <glpk.h>
#include <math.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A separated row counts as violated from here on; the library holds rows to a tenth of it. */
static const double least_violation = 1e-6;
enum { MOST_ROUNDS = 400 }; /* of separation at the root */

/* ---- rows and columns ------------------------------------------------------------------------ */

static void *grown(void *old, size_t n, size_t size)
{
    void *bigger = realloc(old, n * size);
    if (!bigger)
        cf_out_of_memory();
    return bigger;
}

void cf_milp_free(struct cf_milp *milp)
{
    free(milp->lower);
    free(milp->upper);
    free(milp->cost);
    free(milp->integer);
    free(milp->row_lower);
    free(milp->row_upper);
    free(milp->row_group);
    free(milp->row_start);
    free(milp->entry_column);
    free(milp->entry_value);
    *milp = (struct cf_milp){0};
}

int cf_milp_add_column(struct cf_milp *milp, double lower, double upper, double cost, int integer)
{
    const int column = milp->n_columns++;
    if ((size_t)column == milp->room_columns) {
        const size_t room = milp->room_columns = milp->room_columns * 2 + 64;
        milp->lower = grown(milp->lower, room, sizeof *milp->lower);
        milp->upper = grown(milp->upper, room, sizeof *milp->upper);
        milp->cost = grown(milp->cost, room, sizeof *milp->cost);
        milp->integer = grown(milp->integer, room, sizeof *milp->integer);
    }
    milp->lower[column] = lower;
    milp->upper[column] = upper;
    milp->cost[column] = cost;
    milp->integer[column] = (unsigned char)integer;
    return column;
}

int cf_milp_add_row(struct cf_milp *milp, int group, double lower, double upper)
{
    const int row = milp->n_rows++;
    if ((size_t)row + 1 >= milp->room_rows) {
        const size_t room = milp->room_rows = milp->room_rows * 2 + 64;
        milp->row_lower = grown(milp->row_lower, room, sizeof *milp->row_lower);
        milp->row_upper = grown(milp->row_upper, room, sizeof *milp->row_upper);
        milp->row_group = grown(milp->row_group, room, sizeof *milp->row_group);
        milp->row_start = grown(milp->row_start, room, sizeof *milp->row_start);
    }
    milp->row_lower[row] = lower;
    milp->row_upper[row] = upper;
    milp->row_group[row] = group;
    milp->row_start[row] = milp->row_start[row + 1] = milp->n_entries;
    return row;
}

void cf_milp_add_entry(struct cf_milp *milp, int column, double value)
{
    const size_t from = milp->row_start[milp->n_rows - 1];
    for (size_t e = from; e < milp->n_entries; e++) {
        if (milp->entry_column[e] == column) {
            milp->entry_value[e] += value;
            return;
        }
    }
    if (milp->n_entries == milp->room_entries) {
        const size_t room = milp->room_entries = milp->room_entries * 2 + 256;
        milp->entry_column = grown(milp->entry_column, room, sizeof *milp->entry_column);
        milp->entry_value = grown(milp->entry_value, room, sizeof *milp->entry_value);
    }
    milp->entry_column[milp->n_entries] = column;
    milp->entry_value[milp->n_entries++] = value;
    milp->row_start[milp->n_rows] = milp->n_entries;
}

double cf_milp_violation(const struct cf_milp *milp, int row, const double *x)
{
    const double lower = milp->row_lower[row], upper = milp->row_upper[row];
    double sum = 0;
    for (size_t e = milp->row_start[row]; e < milp->row_start[row + 1]; e++)
        sum += milp->entry_value[e] * x[milp->entry_column[e]];
    if (sum < lower)
        return (lower - sum) / (1 + fabs(lower));
    return sum > upper ? (sum - upper) / (1 + fabs(upper)) : 0;
}

/* ---- the library ----------------------------------------------------------------------------- */

/* One call of cf_milp_solve. */
struct session {
    struct cf_milp *milp;
    const struct cf_milp_hooks *hooks;
    const struct cf_milp_limits *limits;
    struct cf_milp_result *result;
    glp_prob *problem;
    int fixed_rows; /* rows of milp that every subproblem has */
    double *x, *proposal;
    int *index;
    double *value;
    double started, bound;
    int stopped; /* 0, or the status with which the search was ended */
    jmp_buf failed;
};

/* The library ends the process where it finds itself wrong or memory is out: not here. */
static void on_failure(void *info)
{
    struct session *s = info;
    longjmp(s->failed, 1);
}

/* What it says before that, and nothing else: the terminal is off. */
static int on_text(void *info, const char *text)
{
    struct session *s = info;
    const size_t length = strlen(s->result->message), room = sizeof s->result->message - 1 - length;
    strncat(s->result->message, text, room);
    for (char *c = s->result->message; *c; c++)
        if (*c == '\n')
            *c = ' ';
    return 1;
}

static int kind_of_bounds(double lower, double upper)
{
    if (isinf(lower))
        return isinf(upper) ? GLP_FR : GLP_UP;
    return isinf(upper) ? GLP_LO : lower < upper ? GLP_DB : GLP_FX;
}

/* A row of ours becomes the last row of the problem. */
static void load_row(struct session *s, glp_prob *problem, int row)
{
    const struct cf_milp *m = s->milp;
    const int last = glp_add_rows(problem, 1);
    int n = 0;
    for (size_t e = m->row_start[row]; e < m->row_start[row + 1]; e++) {
        if (m->entry_value[e] == 0)
            continue;
        s->index[++n] = m->entry_column[e] + 1;
        s->value[n] = m->entry_value[e];
    }
    glp_set_row_bnds(problem, last, kind_of_bounds(m->row_lower[row], m->row_upper[row]),
                     m->row_lower[row], m->row_upper[row]);
    glp_set_mat_row(problem, last, n, s->index, s->value);
}

/* A row of one column is a bound of it; 0 where the bounds then exclude each other. */
static int load_bound(struct session *s, int row)
{
    const struct cf_milp *m = s->milp;
    const size_t e = m->row_start[row];
    const int j = m->entry_column[e] + 1, integer = m->integer[j - 1];
    const double v = m->entry_value[e];
    double lower = (v > 0 ? m->row_lower[row] : m->row_upper[row]) / v;
    double upper = (v > 0 ? m->row_upper[row] : m->row_lower[row]) / v;
    const int kind = glp_get_col_type(s->problem, j);
    if (integer) {
        lower = ceil(lower - 1e-9 * (1 + fabs(lower)));
        upper = floor(upper + 1e-9 * (1 + fabs(upper)));
    }
    if (kind != GLP_FR && kind != GLP_UP)
        lower = fmax(lower, glp_get_col_lb(s->problem, j));
    if (kind != GLP_FR && kind != GLP_LO)
        upper = fmin(upper, glp_get_col_ub(s->problem, j));
    if (lower > upper && lower - upper <= 1e-9 * (1 + fabs(lower)))
        lower = upper;
    if (lower > upper)
        return 0;
    glp_set_col_bnds(s->problem, j, kind_of_bounds(lower, upper), lower, upper);
    return 1;
}

static int is_off(const struct session *s, int row)
{
    const int group = s->milp->row_group[row];
    return s->limits->off && group >= 0 && s->limits->off[group];
}

/* 0 where two bounds exclude each other. */
static int load(struct session *s)
{
    const struct cf_milp *m = s->milp;
    glp_set_obj_dir(s->problem, GLP_MIN);
    if (m->n_columns)
        glp_add_cols(s->problem, m->n_columns);
    glp_set_obj_coef(s->problem, 0, s->limits->any ? 0 : m->shift);
    for (int j = 0; j < m->n_columns; j++) {
        glp_set_col_bnds(s->problem, j + 1, kind_of_bounds(m->lower[j], m->upper[j]), m->lower[j],
                         m->upper[j]);
        glp_set_obj_coef(s->problem, j + 1, s->limits->any ? 0 : m->cost[j]);
        if (m->integer[j] && !s->limits->relaxed_only)
            glp_set_col_kind(s->problem, j + 1, GLP_IV);
    }
    for (int row = 0; row < m->n_rows; row++) {
        const size_t n = m->row_start[row + 1] - m->row_start[row];
        if (is_off(s, row))
            continue;
        if (n == 0 && (m->row_lower[row] > 0 || m->row_upper[row] < 0))
            return 0;
        if (n == 1 && m->entry_value[m->row_start[row]] != 0) {
            if (!load_bound(s, row))
                return 0;
        } else if (n > 0) {
            load_row(s, s->problem, row);
        }
    }
    s->fixed_rows = m->n_rows;
    return 1;
}

static void read_columns(struct session *s, glp_prob *problem)
{
    for (int j = 0; j < s->milp->n_columns; j++)
        s->x[j] = glp_get_col_prim(problem, j + 1);
}

/* Rows that x violates go into the problem: those separated earlier, for another subproblem, then
 * new ones. How many. */
static int separate_rows(struct session *s, glp_prob *problem)
{
    int added = 0;
    read_columns(s, problem);
    for (int row = s->fixed_rows; row < s->milp->n_rows; row++) {
        if (!is_off(s, row) && cf_milp_violation(s->milp, row, s->x) > least_violation) {
            load_row(s, problem, row);
            added++;
        }
    }
    if (added || !s->hooks->separate)
        return added;
    const int known = s->milp->n_rows;
    s->hooks->separate(s->hooks->context, s->x, s->milp);
    for (int row = known; row < s->milp->n_rows; row++) {
        if (!is_off(s, row) && cf_milp_violation(s->milp, row, s->x) > least_violation) {
            load_row(s, problem, row);
            added++;
        }
    }
    return added;
}

static void propose(struct session *s, glp_tree *tree)
{
    read_columns(s, glp_ios_get_prob(tree));
    if (!s->hooks->propose || s->limits->any ||
        !s->hooks->propose(s->hooks->context, s->x, s->proposal + 1))
        return;
    glp_ios_heur_sol(tree, s->proposal);
}

static void stop(struct session *s, glp_tree *tree, enum cf_milp_status why)
{
    s->stopped = (int)why;
    glp_ios_terminate(tree);
}

static void on_event(glp_tree *tree, void *info)
{
    struct session *s = info;
    const int best = glp_ios_best_node(tree);
    int nodes;
    glp_ios_tree_size(tree, NULL, NULL, &nodes);
    s->result->nodes = nodes;
    if (best)
        s->bound = fmax(s->bound, glp_ios_node_bound(tree, best));
    switch (glp_ios_reason(tree)) {
    case GLP_ISELECT:
        if (s->limits->most_nodes > 0 && nodes > s->limits->most_nodes)
            stop(s, tree, CF_MILP_NODES);
        break;
    case GLP_IROWGEN:
        if (s->limits->most_seconds > 0 && cf_seconds() - s->started > s->limits->most_seconds)
            stop(s, tree, CF_MILP_SECONDS);
        else
            separate_rows(s, glp_ios_get_prob(tree));
        break;
    case GLP_IHEUR:
        propose(s, tree);
        break;
    default:
        break;
    }
}

/* ---- solving --------------------------------------------------------------------------------- */

/* Where a warm start leads nowhere, once more from the beginning. */
static int solve_relaxed(struct session *s, int warm)
{
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.meth = warm ? GLP_DUALP : GLP_PRIMAL;
    int code = glp_simplex(s->problem, &how);
    const int status = glp_get_status(s->problem);
    if (code == 0 && (status == GLP_OPT || status == GLP_NOFEAS))
        return 0;
    glp_std_basis(s->problem);
    glp_adv_basis(s->problem, 0);
    how.meth = GLP_PRIMAL;
    code = glp_simplex(s->problem, &how);
    return code;
}

static double seconds_left(const struct session *s)
{
    return s->limits->most_seconds > 0 ? s->limits->most_seconds - (cf_seconds() - s->started)
                                       : HUGE_VAL;
}

static void fail(struct session *s, const char *what, int code)
{
    s->result->status = CF_MILP_FAILED;
    snprintf(s->result->message, sizeof s->result->message, "%s ended with code %d", what, code);
}

/* The root with nothing whole, separated until nothing is violated. 1: go on to the search. */
static int solve_root(struct session *s)
{
    for (int round = 0;; round++) {
        const int code = solve_relaxed(s, round > 0);
        const int status = glp_get_status(s->problem);
        if (code != 0 || (status != GLP_OPT && status != GLP_NOFEAS && status != GLP_INFEAS)) {
            fail(s, "the simplex method", code ? code : status);
            return 0;
        }
        if (status != GLP_OPT) {
            s->result->status = CF_MILP_INFEASIBLE;
            return 0;
        }
        if (seconds_left(s) <= 0) {
            s->result->status = CF_MILP_NONE;
            s->result->limit = CF_MILP_SECONDS;
            s->result->bound = -HUGE_VAL;
            return 0;
        }
        if (round >= MOST_ROUNDS || !separate_rows(s, s->problem))
            break;
    }
    s->fixed_rows = s->milp->n_rows;
    s->result->relaxed = s->bound = glp_get_obj_val(s->problem);
    return 1;
}

static void take_solution(struct session *s, double *x)
{
    for (int j = 0; j < s->milp->n_columns; j++) {
        const double v = glp_mip_col_val(s->problem, j + 1);
        x[j] = s->milp->integer[j] ? round(v) : v;
    }
    s->result->value = glp_mip_obj_val(s->problem);
}

static void search(struct session *s, double *x)
{
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.br_tech = GLP_BR_PCH;
    how.bt_tech = GLP_BT_BPH;
    how.mip_gap = s->limits->gap;
    how.mir_cuts = how.gmi_cuts = s->limits->any ? GLP_OFF : GLP_ON;
    how.cb_func = on_event;
    how.cb_info = s;
    const int code = glp_intopt(s->problem, &how);
    const int status = glp_mip_status(s->problem);
    const int found = status == GLP_OPT || status == GLP_FEAS;
    if (code != 0 && code != GLP_EMIPGAP && code != GLP_ESTOP) {
        fail(s, "branch and cut", code);
        return;
    }
    if (found)
        take_solution(s, x);
    if (code == GLP_ESTOP) {
        s->result->status = found ? (enum cf_milp_status)s->stopped : CF_MILP_NONE;
        s->result->limit = (enum cf_milp_status)s->stopped;
        s->result->bound = s->bound;
    } else {
        s->result->status = found ? CF_MILP_OPTIMAL : CF_MILP_INFEASIBLE;
        s->result->bound = s->result->value;
        if (code == GLP_EMIPGAP)
            s->result->bound =
                fmax(s->bound, s->result->value - s->limits->gap * fabs(s->result->value));
    }
    if (found)
        s->result->bound = fmin(s->result->bound, s->result->value);
}

static void solve_in(struct session *s, double *x)
{
    s->problem = glp_create_prob();
    if (!load(s)) {
        s->result->status = CF_MILP_INFEASIBLE;
        return;
    }
    if (!solve_root(s))
        return;
    if (glp_get_num_int(s->problem) > 0) {
        search(s, x);
        return;
    }
    read_columns(s, s->problem);
    memcpy(x, s->x, (size_t)s->milp->n_columns * sizeof *x);
    s->result->status = CF_MILP_OPTIMAL;
    s->result->value = s->result->bound = s->result->relaxed;
}

void cf_milp_solve(struct cf_milp *milp, const struct cf_milp_hooks *hooks,
                   const struct cf_milp_limits *limits, double *x, struct cf_milp_result *result)
{
    static const struct cf_milp_hooks none = {0};
    const size_t n = (size_t)milp->n_columns + 1;
    struct cf_arena arena;
    cf_arena_init(&arena);
    *result = (struct cf_milp_result){.status = CF_MILP_FAILED};
    struct session *s = CF_TAKE(&arena, 1, struct session);
    s->milp = milp;
    s->hooks = hooks ? hooks : &none;
    s->limits = limits;
    s->result = result;
    s->x = CF_TAKE(&arena, n, double);
    s->proposal = CF_TAKE(&arena, n, double);
    s->index = CF_TAKE(&arena, n, int);
    s->value = CF_TAKE(&arena, n, double);
    s->started = cf_seconds();
    s->bound = -HUGE_VAL;
    glp_term_hook(on_text, s);
    glp_term_out(GLP_OFF);
    glp_error_hook(on_failure, s);
    if (setjmp(s->failed) == 0) {
        solve_in(s, x);
        glp_delete_prob(s->problem);
        glp_error_hook(NULL, NULL);
        glp_term_hook(NULL, NULL);
    } else {
        result->status = CF_MILP_FAILED;
    }
    /* All its memory goes at once, also what a failure left behind. */
    glp_free_env();
    cf_arena_free(&arena);
}
