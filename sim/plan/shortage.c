#include "plan/shortage.h"

#include "base/text.h"
#include "model/view.h"

#include <math.h>
#include <stdlib.h>

enum { BATCH_BYTES = 8 << 20 };

/* ---- opening ---- */

static void find_horizon(struct cf_shortage *s)
{
    struct cf_sheet *sheet = &s->sheet;
    const struct cf_results_dim *report = cf_results_dim(sheet->results, "report_year");
    if (sheet->status != CF_OK)
        return;
    if (!report || !report->number) {
        cf_sheet_spoil(sheet, "they have no report years");
        return;
    }
    if (sheet->n_years != 1 || sheet->year[0].r < 0) {
        cf_report(sheet->diag, CF_ERROR, "plan.report_year", (struct cf_at){0},
                  "draws are kept for report years; setting `report_years` says which they are",
                  "one report year is wanted, of %d to %d", report->number[0],
                  report->number[report->n - 1]);
        sheet->status = CF_USAGE;
        return;
    }
    s->R = sheet->R;
    s->horizon = sheet->year[0].r;
    s->report_year = CF_TAKE(&sheet->table->arena, report->n, int);
    for (size_t r = 0; r < report->n; r++)
        s->report_year[r] = report->number[r];
}

/* Learners of a member, in a central run. */
static double central_of(const struct cf_shortage *s, const double *value, int run, int y,
                         const struct cf_gap_key *gap)
{
    const struct cf_sheet *sheet = &s->sheet;
    double sum = 0;
    for (int a = 0; a < sheet->A; a++)
        if (s->tier.of_area[a] == gap->member)
            sum += value[VIEW4(run, y, sheet->Y, a, sheet->A, gap->line, sheet->I)];
    return sum;
}

static void find_gaps(struct cf_shortage *s)
{
    struct cf_sheet *sheet = &s->sheet;
    if (sheet->status != CF_OK)
        return;
    s->gap =
        CF_TAKE(&sheet->table->arena, (size_t)sheet->I * (size_t)s->tier.n_home, struct cf_gap_key);
    for (int i = 0; i < sheet->I; i++) {
        for (int m = 0; m < s->tier.n_home; m++) {
            const struct cf_gap_key gap = {i, m};
            int wanted = 0;
            for (int k = 0; k < sheet->n_runs; k++)
                wanted |= central_of(s, s->demand, sheet->run[k], sheet->year[0].y, &gap) > 0;
            if (wanted)
                s->gap[s->n++] = gap;
        }
    }
}

void cf_shortage_open(struct cf_shortage *s, struct cf_table *table, cf_results *results,
                      const struct cf_plan_query *query, cf_diag *diag)
{
    *s = (struct cf_shortage){0};
    cf_arena_init(&s->scratch);
    cf_sheet_open(&s->sheet, table, results, query, 1, diag);
    const int by_consortium = cf_results_attribute(results, "area", "consortium") != NULL;
    cf_sheet_tier(&s->sheet, query->by, by_consortium ? "consortium" : "authority", &s->tier);
    find_horizon(s);
    s->demand = cf_sheet_read(&s->sheet, "demand", "run year area line");
    s->unplaced = cf_sheet_read(&s->sheet, "unplaced", "run year area line");
    find_gaps(s);
    s->money = cf_read_line_money(results, &table->arena);
    if (s->sheet.status == CF_OK)
        s->sheet.status = cf_ensemble_read(&s->ensemble, results, &table->arena, diag);
}

enum cf_status cf_shortage_close(struct cf_shortage *s)
{
    cf_arena_free(&s->scratch);
    return cf_sheet_close(&s->sheet);
}

/* ---- draws ---- */

static int is_of_the_run(const struct cf_shortage *s, size_t k)
{
    const struct cf_ensemble *e = &s->ensemble;
    return s->draw[0] > 0
               ? cf_ensemble_has(e, s->scenario, s->point, k)
               : e->scenario[k] == s->scenario && e->point[k] == s->point && e->draw[k] == 0;
}

enum cf_status cf_shortage_draws(struct cf_shortage *s, const struct cf_results_variable *variable,
                                 const size_t *at, size_t n, double *value)
{
    size_t each = 1, got = 0;
    for (int d = 1; d < variable->n_dims; d++)
        each *= variable->dim[d]->n;
    const size_t batch = BATCH_BYTES / sizeof(double) / (each + 1) + 1;
    double *rows = malloc((batch * each + 1) * sizeof *rows);
    if (!rows)
        cf_out_of_memory();
    enum cf_status status = CF_OK;
    for (size_t first = 0; status == CF_OK && first < s->ensemble.n_runs; first += batch) {
        const size_t left = s->ensemble.n_runs - first, m = left < batch ? left : batch;
        int any = 0;
        for (size_t k = first; k < first + m; k++)
            any |= is_of_the_run(s, k);
        if (any)
            status =
                cf_results_read_rows(s->sheet.results, variable, first, m, rows, s->sheet.diag);
        for (size_t k = 0; any && status == CF_OK && k < m; k++) {
            if (!is_of_the_run(s, first + k))
                continue;
            for (size_t c = 0; c < n; c++)
                value[got * n + c] = rows[k * each + at[c]];
            got++;
        }
    }
    free(rows);
    return status;
}

/* A variable kept for draws, by report year, or by year where all are kept. */
static const struct cf_results_variable *find_kept(struct cf_shortage *s, const char *name)
{
    const struct cf_results_variable *v = cf_results_find(s->sheet.results, name);
    if (v && v->n_dims == 4 && v->dim[1]->number && cf_text_same(v->dim[0]->name, "draw_run") &&
        cf_text_same(v->dim[2]->name, "area") && cf_text_same(v->dim[3]->name, "line"))
        return v;
    if (v) {
        cf_sheet_spoil(&s->sheet,
                       cf_arena_format(&s->sheet.table->arena,
                                       "'%s' is not by draw, year, area and line", name));
    } else {
        cf_report(s->sheet.diag, CF_ERROR, "plan.draws", (struct cf_at){0},
                  "`retain` may not leave it out", "these results have draws, but no '%s'", name);
        s->sheet.status = CF_BAD_INPUT;
    }
    return NULL;
}

/* Index of a year on a dimension of years, -1: it is none of them. */
static int find_year(const struct cf_results_dim *dim, int year)
{
    for (size_t k = 0; k < dim->n; k++)
        if (dim->number[k] == year)
            return (int)k;
    return -1;
}

/* [D][R][gaps] of a variable kept for draws. */
static double *gather(struct cf_shortage *s, const char *name)
{
    const struct cf_sheet *sheet = &s->sheet;
    const struct cf_results_variable *v = find_kept(s, name);
    const size_t A = (size_t)sheet->A, I = (size_t)sheet->I, R = (size_t)s->R, D = (size_t)s->D;
    if (!v)
        return NULL;
    size_t *at = CF_TAKE(&s->scratch, R * A * I, size_t);
    for (size_t r = 0; r < R; r++) {
        const int y = find_year(v->dim[1], s->report_year[r]);
        for (size_t k = 0; y >= 0 && k < A * I; k++)
            at[r * A * I + k] = (size_t)y * A * I + k;
    }
    double *value = CF_TAKE(&s->scratch, D * R * A * I, double);
    double *sum = CF_TAKE(&s->scratch, D * R * (size_t)s->n, double);
    s->sheet.status = cf_shortage_draws(s, v, at, R * A * I, value);
    for (size_t row = 0; s->sheet.status == CF_OK && row < D * R; row++)
        for (int g = 0; g < s->n; g++)
            for (size_t a = 0; a < A; a++)
                if (s->tier.of_area[a] == s->gap[g].member)
                    sum[row * (size_t)s->n + (size_t)g] +=
                        value[(row * A + a) * I + (size_t)s->gap[g].line];
    return sum;
}

/* The same of the central run, as the one draw. */
static double *gather_central(struct cf_shortage *s, const double *value)
{
    double *sum = CF_TAKE(&s->scratch, (size_t)s->R * (size_t)s->n, double);
    const struct cf_results_dim *year = cf_results_dim(s->sheet.results, "year");
    for (int r = 0; r < s->R; r++) {
        const int y = find_year(year, s->report_year[r]);
        for (int g = 0; y >= 0 && g < s->n; g++)
            sum[VIEW2(r, g, s->n)] = central_of(s, value, s->run, y, &s->gap[g]);
    }
    return sum;
}

enum cf_status cf_shortage_read(struct cf_shortage *s, int k)
{
    const struct cf_ensemble *e = &s->ensemble;
    cf_arena_reset(&s->scratch);
    s->run = s->sheet.run[k];
    s->scenario = s->run / e->n_points;
    s->point = s->run % e->n_points;
    const struct cf_point_draws *of = cf_point_draws(e, s->scenario, s->point);
    s->D = of->n_good > 0 ? of->n_good : 1;
    s->draw = CF_TAKE(&s->scratch, (size_t)s->D, int);
    int n = 0;
    for (size_t row = of->first; of->n_good > 0 && row < of->end; row++)
        if (cf_ensemble_has(e, s->scenario, s->point, row))
            s->draw[n++] = e->draw[row];
    s->unplaced_of = n ? gather(s, "unplaced_draws") : gather_central(s, s->unplaced);
    s->demand_of =
        n && s->sheet.status == CF_OK ? gather(s, "demand_draws") : gather_central(s, s->demand);
    return s->sheet.status;
}

struct cf_place_cost cf_place_cost(const struct cf_shortage *s, int line)
{
    const struct cf_line_money *money = &s->money[line];
    const double of_group = money->cost_group / money->full_group;
    const int grouped = money->full_group > 0 && !isnan(of_group);
    return (struct cf_place_cost){grouped ? of_group : 0,
                                  grouped && isnan(money->cost_learner) ? 0 : money->cost_learner};
}

double cf_planning(struct cf_sheet *sheet, const char *setting, double usual)
{
    const struct cf_results_dim *dim = cf_results_dim(sheet->results, "setting");
    const int k = dim && dim->code ? cf_find_code(dim, setting) : -1;
    const double *value = k >= 0 ? cf_sheet_read(sheet, "planning", "setting") : NULL;
    return value && value[k] >= 0 ? value[k] : usual;
}

enum cf_status cf_shortage_judge(const struct cf_shortage *s)
{
    const struct cf_ensemble *e = &s->ensemble;
    cf_diag *diag = s->sheet.diag;
    int first = 0, end = e->n_scenarios;
    for (int k = 0; s->sheet.query->scenario && k < e->n_scenarios; k++)
        if (cf_text_same(e->scenario_code[k], s->sheet.query->scenario)) {
            first = k;
            end = k + 1;
        }
    const enum cf_status judged = cf_judge_draws(e, first, end, diag);
    if (judged == CF_OK)
        cf_warn_of_failed(e, first, end, diag);
    return judged;
}
