#include "calibrate/fit.h"

#include "calibrate/base_year.h"
#include "calibrate/check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define MOST_SHOWN 20
#define MOST_EMPTIED 5

/* One fit: group, age and level, its margins and what there is to say of it. */
struct job {
    const struct cf_model *model;
    const struct cf_extent *e;
    cf_diag *diag;
    int g, x, l;
    const double *row, *column; /* [status] persons */
    double rows, columns;       /* their sums */
    double *p;                  /* [status][status] in the model's field */
    double *room, *reached;     /* [2][status]; [status] */
    int most;
    struct cf_fit_summary *summary;
    size_t n_wrong, n_slow, n_emptied;
    struct cf_text emptied;
};

static const char *status_of(const struct job *j, int s)
{
    return j->model->axis[CF_AXIS_STATUS].codes.name[s];
}

static void add_place(const struct job *j, struct cf_text *text)
{
    cf_text_format(text, "group '%s', age %d, level '%s'",
                   j->model->axis[CF_AXIS_GROUP].codes.name[j->g], j->e->first_age + j->x,
                   j->model->axis[CF_AXIS_LEVEL].codes.name[j->l]);
}

/* One status that cannot be met, at the line of the prior that its row comes from. */
static void wrong(struct job *j, int s, int line, const char *code, double miss, const char *what)
{
    const char *path = j->model->field[CF_FIELD_progression].path;
    struct cf_text place = {0};
    if (++j->n_wrong > MOST_SHOWN)
        return;
    add_place(j, &place);
    cf_report(j->diag, CF_ERROR, code,
              (struct cf_at){.path = path ? path : j->model->scenario.path, .line = line}, NULL,
              "%s: status '%s' %s: the fit misses by %.3g%%", place.data, status_of(j, s), what,
              100 * miss);
    cf_text_free(&place);
}

/* The first line of the prior that gives the row, 0: none. */
static int line_of(const struct job *j, int s)
{
    const struct cf_field *field = &j->model->field[CF_FIELD_progression];
    const size_t S = (size_t)j->e->S;
    const size_t first = (cf_row_at(j->e, j->g, j->x, j->l) + (size_t)s) * S;
    for (size_t t = 0; t < S && field->line; t++)
        if (field->line[first + t] > 0)
            return field->line[first + t];
    return 0;
}

/* Rows whose people have nowhere to go, and columns that nobody can reach: 0 where there are. */
static int has_ways(struct job *j)
{
    const size_t before = j->n_wrong;
    memset(j->reached, 0, (size_t)j->e->S * sizeof *j->reached);
    for (int s = 0; s < j->e->S; s++) {
        double sum = 0, open = 0;
        for (int t = 0; t < j->e->S && j->row[s] > 0; t++) {
            const double p = j->p[s * j->e->S + t];
            sum += p;
            open += j->column[t] > 0 ? p : 0;
            j->reached[t] += p;
        }
        if (j->row[s] > 0 && open <= 0)
            wrong(j, s, line_of(j, s), "fit.row", j->row[s] / j->rows,
                  sum > 0 ? "can only move to statuses that nobody is in in the base stock"
                          : "has no row in the prior");
    }
    for (int t = 0; t < j->e->S; t++)
        if (j->column[t] > 0 && j->reached[t] <= 0)
            wrong(j, t, 0, "fit.column", j->column[t] / j->columns,
                  "is in the base stock and the prior gives no way into it");
    return j->n_wrong == before;
}

/* Ways of the prior that the fit closes, because nobody is where they lead. */
static void note_emptied(struct job *j)
{
    for (int t = 0; t < j->e->S; t++) {
        if (j->column[t] > 0 || j->reached[t] <= 0)
            continue;
        if (++j->n_emptied > MOST_EMPTIED)
            continue;
        cf_text_add(&j->emptied, j->n_emptied > 1 ? "; " : "");
        add_place(j, &j->emptied);
        cf_text_format(&j->emptied, ", status '%s'", status_of(j, t));
    }
}

/* The columns that the fit leaves short; one at least where some column is too full. */
static void report_short(struct job *j, int rounds)
{
    char what[96];
    snprintf(what, sizeof what,
             "is larger in the base stock than the prior can bring there in %d round%s", rounds,
             rounds == 1 ? "" : "s");
    for (int t = 0; t < j->e->S; t++) {
        double held = 0;
        for (int s = 0; s < j->e->S; s++)
            held += j->row[s] / j->rows * j->p[s * j->e->S + t];
        const double miss = j->column[t] / j->columns - held;
        if (!(miss <= CF_FIT_MISS / j->e->S))
            wrong(j, t, 0, "fit.column", miss, what);
    }
}

static void report_slow(struct job *j, const struct cf_ipf *fit)
{
    struct cf_text place = {0};
    if (++j->n_slow > MOST_SHOWN)
        return;
    add_place(j, &place);
    cf_report(j->diag, CF_WARNING, "fit.residual",
              (struct cf_at){.path = j->model->field[CF_FIELD_progression].path}, NULL,
              "%s: not converged after %d rounds; the worst status misses by %.3g%%", place.data,
              fit->rounds, 100 * fit->residual);
    cf_text_free(&place);
}

static double sum_of(const double *value, int n)
{
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

/* Where nobody stands, or the base stock has nobody at that level, the prior stands as it is. */
static void fit_level(struct job *j)
{
    j->rows = sum_of(j->row, j->e->S);
    j->columns = sum_of(j->column, j->e->S);
    if (!(j->rows > 0) || !(j->columns > 0) || !has_ways(j))
        return;
    note_emptied(j);
    struct cf_ipf fit = {.n = j->e->S,
                         .row = j->row,
                         .column = j->column,
                         .p = j->p,
                         .room = j->room,
                         .tolerance = CF_FIT_TOLERANCE,
                         .most = j->most};
    cf_fit_matrix(&fit);
    if (!(fit.residual <= CF_FIT_MISS))
        report_short(j, fit.rounds);
    else if (fit.residual > CF_FIT_TOLERANCE)
        report_slow(j, &fit);
    j->summary->n_cells++;
    j->summary->rounds = fit.rounds > j->summary->rounds ? fit.rounds : j->summary->rounds;
    j->summary->residual = fmax(fit.residual, j->summary->residual);
}

/* What was too much to list, and what the fit closes. */
static void report_counts(struct job *j)
{
    const struct cf_at at = {.path = j->model->field[CF_FIELD_progression].path};
    struct cf_text more = {0};
    cf_text_add(&more, "");
    if (j->n_wrong > MOST_SHOWN)
        cf_report(j->diag, CF_ERROR, "fit.more", at, NULL, "%zu more statuses cannot be met",
                  j->n_wrong - MOST_SHOWN);
    if (j->n_slow > MOST_SHOWN)
        cf_report(j->diag, CF_WARNING, "fit.more", at, NULL, "%zu more are not converged",
                  j->n_slow - MOST_SHOWN);
    if (j->n_emptied > MOST_EMPTIED)
        cf_text_format(&more, "; and %zu more", j->n_emptied - MOST_EMPTIED);
    if (j->n_emptied)
        cf_report(
            j->diag, CF_NOTICE, "fit.emptied", at, NULL,
            "the base stock has nobody where the prior leads, so the fit does not lead there: "
            "%s%s",
            j->emptied.data, more.data);
    cf_text_free(&more);
    cf_text_free(&j->emptied);
}

enum cf_status cf_fit_progression(struct cf_model *model, int most, struct cf_fit_summary *summary,
                                  cf_diag *diag)
{
    const struct cf_extent *e = &model->extent;
    const size_t S = (size_t)e->S, before = cf_diag_count(diag, CF_ERROR);
    struct cf_arena arena;
    struct cf_base_year base;
    cf_arena_init(&arena);
    cf_base_year_init(&base, model, &arena);
    *summary = (struct cf_fit_summary){0};
    struct job j = {.model = model, .e = e, .diag = diag, .most = most, .summary = summary};
    double *flow = CF_TAKE(&arena, cf_flow_at(e, e->G, 0), double);
    j.room = CF_TAKE(&arena, 2 * S, double);
    j.reached = CF_TAKE(&arena, S, double);
    for (j.x = e->choice_x; j.x < e->X; j.x++) {
        cf_base_year_flow(&base, j.x, flow);
        for (j.g = 0; j.g < e->G; j.g++)
            for (j.l = 0; j.l < e->L && j.x <= e->last_x[j.g]; j.l++) {
                const size_t row = cf_row_at(e, j.g, j.x, j.l);
                j.row = flow + cf_flow_at(e, j.g, j.l);
                j.column = base.stock + row;
                j.p = model->field[CF_FIELD_progression].value + row * S;
                fit_level(&j);
            }
    }
    report_counts(&j);
    cf_arena_free(&arena);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}

void cf_fit_report_rest(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_at at = {.path = model->scenario.path};
    struct cf_arena arena;
    struct cf_drift *drift;
    cf_arena_init(&arena);
    const size_t n = cf_find_drift(model, &arena, &drift);
    for (size_t i = 0; i < n && i < MOST_SHOWN; i++)
        cf_report(diag, CF_WARNING, "fit.rest", at, NULL,
                  "after the fit too: age %d, status '%s': %.1f%% in the base stock, %.1f%% from "
                  "age %d; levels or groups of the two ages differ by more than gain and regroup "
                  "say",
                  model->extent.first_age + drift[i].x,
                  model->axis[CF_AXIS_STATUS].codes.name[drift[i].s], 100 * drift[i].stock,
                  100 * drift[i].pushed, model->extent.first_age + drift[i].x - 1);
    if (n > MOST_SHOWN)
        cf_report(diag, CF_WARNING, "fit.more", at, NULL,
                  "%zu more ages and statuses disagree after the fit too", n - MOST_SHOWN);
    cf_arena_free(&arena);
}

/* Whether the row is one that progression has: at choice_age all come from school. */
static int is_row(const struct cf_extent *e, int g, int x, int s)
{
    return x <= e->last_x[g] && (x > e->choice_x || (x == e->choice_x && s == e->school));
}

size_t cf_fit_write(const struct cf_model *model, struct cf_text *text)
{
    const struct cf_extent *e = &model->extent;
    const struct cf_axis *group = &model->axis[CF_AXIS_GROUP], *level = &model->axis[CF_AXIS_LEVEL];
    const char *const *status = model->axis[CF_AXIS_STATUS].codes.name;
    const double *p = model->field[CF_FIELD_progression].value;
    char number[CF_NUMBER_ROOM];
    size_t n = 0;
    cf_text_add(text, "group,age,level,status,status_to,value\n");
    for (int g = 0; g < e->G; g++)
        for (int x = e->choice_x; x < e->X; x++)
            for (int ls = 0; ls < e->L * e->S; ls++) {
                const int l = ls / e->S, s = ls % e->S;
                const double *row = p + (cf_row_at(e, g, x, l) + (size_t)s) * (size_t)e->S;
                for (int t = 0; t < e->S && is_row(e, g, x, s); t++) {
                    if (!(row[t] > 0))
                        continue;
                    cf_text_format(text, "%s,%d,%s,%s,%s,%s\n", group->codes.name[g],
                                   e->first_age + x, level->codes.name[l], status[s], status[t],
                                   cf_number_text(number, row[t]));
                    n++;
                }
            }
    return n;
}
