#include "plan/outlook_parts.h"

#include "base/order.h"
#include "base/text.h"
#include "model/view.h"
#include "plan/told.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const double cf_fan[CF_FAN] = {0.05, 0.25, 0.5, 0.75, 0.95};
static const size_t some_room = (size_t)128 << 20;

/* ---- what the file has ---- */

static enum cf_status spoilt_outlooks(const struct cf_outlooks *of, const char *what)
{
    cf_report(of->diag, CF_ERROR, "indicators.results", (struct cf_at){0}, NULL,
              "these results are not as they should be: %s", what);
    return CF_BAD_INPUT;
}

static enum cf_status find_values(struct cf_outlooks *of)
{
    const char *name = of->query->by_area ? "indicator_value" : "indicator_pooled";
    const struct cf_results_variable *v = cf_results_find(of->results, name);
    if (!v) {
        cf_report(
            of->diag, CF_ERROR, "indicators.missing", (struct cf_at){0},
            "a scenario has `indicators`, and `retain` may not leave them out; older files have "
            "them --by area alone",
            "these results have no '%s'", name);
        return CF_BAD_INPUT;
    }
    if (v->n_dims != 4 || !cf_text_same(v->dim[0]->name, "draw_run") || !v->dim[1]->number ||
        !cf_text_same(v->dim[1]->name, "year") || !v->dim[2]->code || !v->dim[3]->code ||
        !cf_text_same(v->dim[3]->name, "indicator") || v->dim[1]->n > INT_MAX)
        return spoilt_outlooks(of, "indicators are not by year, area and indicator");
    of->value = v;
    of->year = v->dim[1];
    of->member = v->dim[2];
    of->indicator = v->dim[3];
    return CF_OK;
}

/* Numbers by indicator, and year where `by_year`; NULL: there are none, or it was reported. */
static double *read_inputs(struct cf_outlooks *of, const char *name, int by_year,
                           enum cf_status *status)
{
    const struct cf_results_variable *v = cf_results_find(of->results, name);
    const size_t n = of->indicator->n * (by_year ? of->year->n : 1);
    if (*status != CF_OK)
        return NULL;
    if (!v || v->n_dims != 1 + by_year || v->dim[0] != of->indicator ||
        (by_year && v->dim[1] != of->year)) {
        *status = spoilt_outlooks(of, "they do not say what indicators are held against");
        return NULL;
    }
    double *value = cf_results_read(of->results, v, of->diag);
    if (!value) {
        *status = CF_BAD_INPUT;
        return NULL;
    }
    double *kept = CF_TAKE(&of->table->arena, n, double);
    memcpy(kept, value, n * sizeof *kept);
    free(value);
    return kept;
}

static enum cf_status read_measured(struct cf_outlooks *of)
{
    const size_t n = of->indicator->n, Y = of->year->n;
    const char *const *better = cf_results_attribute(of->results, "indicator", "better");
    const char *const *unit = cf_results_attribute(of->results, "indicator", "unit");
    enum cf_status status = CF_OK;
    const double *target = read_inputs(of, "indicator_target", 1, &status);
    const double *benchmark = read_inputs(of, "benchmark_value", 1, &status);
    const double *baseline = read_inputs(of, "indicator_baseline", 0, &status);
    const double *offset = read_inputs(of, "indicator_published_offset", 0, &status);
    if (status != CF_OK)
        return status;
    of->measured = CF_TAKE(&of->table->arena, n, struct cf_measured);
    for (size_t i = 0; i < n; i++) {
        const char *label = of->indicator->label ? of->indicator->label[i] : "";
        const char *way = better ? better[i] : "";
        of->measured[i] =
            (struct cf_measured){.code = of->indicator->code[i],
                                 .label = label[0] ? label : of->indicator->code[i],
                                 .unit = unit ? unit[i] : "",
                                 .better = cf_text_same(way, "higher") - cf_text_same(way, "lower"),
                                 .offset = fabs(offset[i]) < INT_MAX ? (int)offset[i] : 0,
                                 .baseline = baseline[i],
                                 .target = target + i * Y,
                                 .benchmark = benchmark + i * Y};
    }
    return CF_OK;
}

/* ---- what is asked for ---- */

static int is_report_year(const struct cf_outlooks *of, int year)
{
    const struct cf_results_dim *report = cf_results_dim(of->results, "report_year");
    for (size_t r = 0; report && report->number && r < report->n; r++)
        if (report->number[r] == year)
            return 1;
    return 0;
}

static enum cf_status find_shown(struct cf_outlooks *of)
{
    const size_t n = of->indicator->n, Y = of->year->n;
    const struct cf_table_span *asked = of->query->year;
    of->shown = CF_TAKE(&of->table->arena, n * Y, unsigned char);
    for (size_t i = 0; i < n; i++) {
        const struct cf_measured *m = &of->measured[i];
        const int asked_for = i >= of->first_indicator && i < of->end_indicator;
        for (size_t y = 0; y < Y; y++) {
            const int year = of->year->number[y];
            const int wanted =
                asked_for && (asked ? year >= asked->first && year <= asked->last
                                    : !isnan(m->target[y]) || is_report_year(of, year));
            of->shown[i * Y + y] = (unsigned char)wanted;
            of->n_shown += (size_t)wanted;
            of->n_targets += wanted && !isnan(m->target[y]);
            of->n_benchmarks += asked_for && !isnan(m->benchmark[y]);
        }
    }
    if (of->n_shown > 0)
        return CF_OK;
    cf_report(of->diag, CF_ERROR, "indicators.year", (struct cf_at){0}, NULL,
              "the years of these indicators are %d to %d", Y ? of->year->number[0] : 0,
              Y ? of->year->number[Y - 1] : 0);
    return CF_USAGE;
}

/* From the first to before the end: all members, or the one of that code. */
static enum cf_status find_member(const struct cf_outlooks *of, const char *code,
                                  const struct cf_results_dim *dim, size_t *first, size_t *end)
{
    *first = 0;
    *end = dim->n;
    for (size_t k = 0; code && k < dim->n; k++)
        if (cf_text_same(dim->code[k], code)) {
            *first = k;
            *end = k + 1;
            return CF_OK;
        }
    if (!code)
        return CF_OK;
    cf_report_near(of->diag, CF_ERROR, "indicators.code", (struct cf_at){0}, code, dim->code,
                   dim->n, "the results have no %s '%s'", dim->name, code);
    return CF_USAGE;
}

static enum cf_status find_asked(struct cf_outlooks *of)
{
    enum cf_status status = CF_OK;
    of->end = of->ensemble.n_scenarios;
    if (of->query->scenario) {
        status = cf_ensemble_scenario(&of->ensemble, of->query->scenario, &of->first, of->diag);
        of->end = of->first + 1;
    }
    if (status == CF_OK)
        status = find_member(of, of->query->indicator, of->indicator, &of->first_indicator,
                             &of->end_indicator);
    if (status == CF_OK)
        status = find_member(of, of->query->member, of->member, &of->first_member, &of->end_member);
    return status == CF_OK ? find_shown(of) : status;
}

/* ---- of draws ---- */

/* Whether a value is at another or better. */
static int reaches(const struct cf_measured *m, double value, double other)
{
    return m->better > 0 ? value >= other : value <= other;
}

static double share_that_reaches(const struct cf_measured *m, const double *x, size_t n,
                                 double other)
{
    size_t reached = 0;
    if (n == 0 || m->better == 0 || isnan(other))
        return (double)NAN;
    for (size_t k = 0; k < n; k++)
        reached += (size_t)reaches(m, x[k], other);
    return (double)reached / (double)n;
}

/* What stands for the draws where there are none. */
static double headline(const struct cf_outlook *o)
{
    return o->n > 0 ? o->fan[CF_FAN_MEDIAN] : o->central;
}

/* Of n draws, which end up sorted, without those that have no value. */
static void look_ahead(const struct cf_measured *m, size_t y, double *x, size_t n,
                       struct cf_outlook *o)
{
    size_t there = 0;
    for (size_t k = 0; k < n; k++)
        if (!isnan(x[k]))
            x[there++] = x[k];
    cf_sort_numbers(x, there);
    o->n = (int)there;
    for (int q = 0; q < CF_FAN; q++)
        o->fan[q] = there > 0 ? cf_quantile_of(x, there, cf_fan[q]) : (double)NAN;
    o->p_met = share_that_reaches(m, x, there, m->target[y]);
    o->se = sqrt(o->p_met * (1 - o->p_met) / (double)there);
    o->p_benchmark = share_that_reaches(m, x, there, m->benchmark[y]);
    o->gap = m->better ? m->better * (m->target[y] - headline(o)) : (double)NAN;
}

/* The first year from which on the benchmark is reached wherever there is one; -1: none. */
static int crossing_of(const struct cf_measured *m, const struct cf_outlook *o, size_t Y)
{
    int crossing = -1;
    for (size_t y = Y; m->better && y-- > 0;) {
        if (isnan(m->benchmark[y]))
            continue;
        const double value = headline(&o[y]);
        if (isnan(value) || !reaches(m, value, m->benchmark[y]))
            break;
        crossing = (int)y;
    }
    return crossing;
}

/* The units that are worked on at a time: those of some members and all indicators. */
struct block {
    const struct cf_outlooks *of;
    size_t first, n; /* members */
    size_t draws;
    double *value; /* [member][indicator][year][draw] */
};

static void take_draw(void *self, size_t nth, const double *value)
{
    struct block *b = self;
    const size_t n = b->of->indicator->n, M = b->of->member->n, Y = b->of->year->n;
    for (size_t m = 0; m < b->n; m++)
        for (size_t i = 0; i < n; i++)
            for (size_t y = 0; y < Y; y++)
                b->value[(VIEW3(m, i, n, y, Y)) * b->draws + nth] =
                    value[VIEW3(y, b->first + m, M, i, n)];
}

static void put_block(struct cf_outlooks *of, struct block *b, struct cf_unit *unit,
                      const double *central, struct cf_outlook *outlook)
{
    const size_t n = of->indicator->n, M = of->member->n, Y = of->year->n;
    for (size_t m = 0; m < b->n; m++) {
        unit->member = b->first + m;
        for (size_t i = of->first_indicator; i < of->end_indicator; i++) {
            unit->indicator = i;
            for (size_t y = 0; y < Y; y++) {
                outlook[y].central = central[VIEW3(y, unit->member, M, i, n)];
                look_ahead(&of->measured[i], y, b->value + VIEW3(m, i, n, y, Y) * b->draws,
                           b->draws, &outlook[y]);
            }
            unit->crossing = crossing_of(&of->measured[i], outlook, Y);
            (of->query->for_people ? cf_outlook_rows_told : cf_outlook_rows)(of, unit);
        }
    }
}

/* A member with all its draws is a block at least. */
static enum cf_status look_at_point(struct cf_outlooks *of, int scenario, int point,
                                    const double *central, struct cf_outlook *outlook)
{
    const size_t M = of->end_member, each = of->indicator->n * of->year->n;
    const size_t room = of->query->room ? of->query->room : some_room;
    struct cf_unit unit = {.scenario = scenario, .point = point, .outlook = outlook};
    struct block b = {.of = of,
                      .first = of->first_member,
                      .draws = (size_t)cf_point_draws(&of->ensemble, scenario, point)->n_good};
    size_t most = room / sizeof(double) / (each * b.draws + 1);
    most = most < 1 ? 1 : most > M ? M : most;
    enum cf_status status = CF_OK;
    b.value = malloc(most * each * b.draws * sizeof *b.value + 1);
    if (!b.value)
        cf_out_of_memory();
    for (; status == CF_OK && b.first < M; b.first += most) {
        b.n = M - b.first < most ? M - b.first : most;
        status = cf_walk_draws(of->results, of->value, &of->ensemble, scenario, point, take_draw,
                               &b, of->diag);
        if (status == CF_OK)
            put_block(of, &b, &unit, central, outlook);
    }
    free(b.value);
    return status;
}

static enum cf_status look_at_all(struct cf_outlooks *of)
{
    const size_t each = of->year->n * of->member->n * of->indicator->n;
    const size_t points = (size_t)(of->end - of->first) * (size_t)of->ensemble.n_points;
    const size_t rows = points * (of->end_member - of->first_member) * of->n_shown;
    struct cf_outlook *outlook = CF_TAKE(&of->table->arena, of->year->n, struct cf_outlook);
    double *central = CF_TAKE(&of->table->arena, each, double);
    enum cf_status status = CF_OK;
    (of->query->for_people ? cf_outlook_columns_told : cf_outlook_columns)(of, rows);
    for (int s = of->first; status == CF_OK && s < of->end; s++) {
        for (int p = 0; status == CF_OK && p < of->ensemble.n_points; p++) {
            const size_t at = cf_central_run(&of->ensemble, s, p);
            if (at == of->ensemble.n_runs)
                return spoilt_outlooks(of, "a scenario has no central run");
            status = cf_results_read_rows(of->results, of->value, at, 1, central, of->diag);
            if (status == CF_OK)
                status = look_at_point(of, s, p, central, outlook);
        }
    }
    return status;
}

enum cf_status cf_outlook_table(struct cf_table *table, cf_results *results,
                                const struct cf_outlook_query *query, enum cf_status *judged,
                                cf_diag *diag)
{
    struct cf_outlooks of = {.results = results, .query = query, .table = table, .diag = diag};
    *table = (struct cf_table){0};
    *judged = CF_OK;
    cf_arena_init(&table->arena);
    enum cf_status status = cf_ensemble_read(&of.ensemble, results, &table->arena, diag);
    if (status == CF_OK)
        status = find_values(&of);
    if (status == CF_OK)
        status = read_measured(&of);
    if (status == CF_OK)
        status = find_asked(&of);
    if (status == CF_OK)
        status = look_at_all(&of);
    if (status == CF_OK && query->for_people)
        cf_tell_scenarios(table, results);
    if (status == CF_OK)
        *judged = cf_judge_draws(&of.ensemble, of.first, of.end, diag);
    if (status == CF_OK && *judged == CF_OK)
        cf_warn_of_failed(&of.ensemble, of.first, of.end, diag);
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}
