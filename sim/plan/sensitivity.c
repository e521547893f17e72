#include "plan/sensitivity_parts.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

/* An interval that is wider, or first-order indices that sum to more, have not converged. */
static const double widest_interval = 0.1, largest_sum = 1.05;

/* ---- what is asked for ---- */

static enum cf_status missing(const struct cf_sensitivity *s, const char *what, const char *help)
{
    cf_report(s->diag, CF_ERROR, "sensitivity.missing", (struct cf_at){0}, help,
              "these results have no %s", what);
    return CF_BAD_INPUT;
}

static enum cf_status find_design(struct cf_sensitivity *s)
{
    const char *name = cf_results_text(s->results, "design");
    const char *draws = cf_results_text(s->results, "design_draws");
    const char *steps = cf_results_text(s->results, "design_steps");
    const char *seed = cf_results_text(s->results, "seed");
    double number = 0;
    if (!name || cf_text_same(name, "none") || s->ensemble.n_draws == 0)
        return missing(s, "draws", "a scenario has draws by its `design`");
    s->design_name = name;
    s->design = cf_text_same(name, "morris")     ? CF_OF_MORRIS
                : cf_text_same(name, "saltelli") ? CF_OF_SALTELLI
                                                 : CF_OF_OTHERS;
    if (draws && !cf_parse_int(draws, &s->design_draws))
        s->design_draws = 0;
    if (s->design == CF_OF_MORRIS && (!steps || !cf_parse_int(steps, &s->steps) || s->steps < 2))
        return cf_sensitivity_spoilt(s, "they do not say on how many levels morris stood");
    if (seed)
        cf_parse_double(seed, &number);
    s->stream = cf_stream_of(number >= 0 && number < 0x1p63 ? (uint64_t)number : 0, "resampling");
    return CF_OK;
}

/* What was drawn. The steps of a design are seen by the first member of an entry. A regression goes
 * by the mean of its members, where the file has it: an entry drawn by member is all of them. */
static const struct cf_results_variable *find_drawn(const struct cf_sensitivity *s)
{
    const struct cf_results_variable *mean = cf_results_find(s->results, "draw_mean");
    return s->design == CF_OF_OTHERS && mean ? mean : cf_results_find(s->results, "draw_value");
}

static enum cf_status find_variables(struct cf_sensitivity *s)
{
    const struct cf_results_variable *v = cf_results_find(s->results, "indicator_value");
    const struct cf_results_variable *x = find_drawn(s);
    s->value = v;
    s->drawn = x;
    if (!v || v->n_dims < 1 || !cf_text_same(v->dim[0]->name, "draw_run"))
        return missing(
            s, "indicators of draws",
            "a scenario has `indicators`, and `retain` may not leave out indicator_value");
    if (!x || x->n_dims < 1)
        return missing(s, "uncertain entries", "a scenario says by `uncertain` what is drawn");
    if (v->n_dims != 4 || !v->dim[1]->number || !cf_text_same(v->dim[2]->name, "area") ||
        !v->dim[2]->code || !cf_text_same(v->dim[3]->name, "indicator") || !v->dim[3]->code)
        return cf_sensitivity_spoilt(s, "indicators are not by year, area and indicator");
    if (x->n_dims != 2 || !cf_text_same(x->dim[0]->name, "draw_run") || !x->dim[1]->code ||
        x->dim[1]->n >= SHRT_MAX)
        return cf_sensitivity_spoilt(s, "values drawn are not by entry");
    s->area = v->dim[2];
    s->indicator = v->dim[3];
    s->entry = x->dim[1];
    return CF_OK;
}

static enum cf_status check_code(const struct cf_sensitivity *s, const char *code,
                                 const struct cf_results_dim *dim)
{
    for (size_t k = 0; code && k < dim->n; k++)
        if (cf_text_same(dim->code[k], code))
            return CF_OK;
    if (!code)
        return CF_OK;
    cf_report_near(s->diag, CF_ERROR, "sensitivity.code", (struct cf_at){0}, code, dim->code,
                   dim->n, "the results have no %s '%s'", dim->name, code);
    return CF_USAGE;
}

/* The years asked for; by default the last that is reported. */
static struct cf_table_span years_asked(const struct cf_sensitivity *s)
{
    const struct cf_results_dim *report = cf_results_dim(s->results, "report_year");
    const struct cf_results_dim *of =
        report && report->number && report->n ? report : s->value->dim[1];
    const int last = of->n ? of->number[of->n - 1] : 0;
    return s->query->year ? *s->query->year : (struct cf_table_span){last, last};
}

static enum cf_status find_explained(struct cf_sensitivity *s)
{
    const struct cf_results_dim *year = s->value->dim[1];
    const struct cf_table_span span = years_asked(s);
    enum cf_status status = check_code(s, s->query->indicator, s->indicator);
    if (status == CF_OK)
        status = check_code(s, s->query->area, s->area);
    if (status != CF_OK)
        return status;
    const size_t cells = year->n * s->area->n * s->indicator->n;
    s->explained = CF_TAKE(&s->table->arena, cells, struct cf_explained);
    for (size_t k = 0; k < cells; k++) {
        const struct cf_explained one = {.at = k,
                                         .indicator = k % s->indicator->n,
                                         .area = k / s->indicator->n % s->area->n,
                                         .year = year->number[k / s->indicator->n / s->area->n]};
        if (one.year >= span.first && one.year <= span.last &&
            (!s->query->area || cf_text_same(s->query->area, s->area->code[one.area])) &&
            (!s->query->indicator ||
             cf_text_same(s->query->indicator, s->indicator->code[one.indicator])))
            s->explained[s->n_explained++] = one;
    }
    if (s->n_explained > 0)
        return CF_OK;
    cf_report(s->diag, CF_ERROR, "sensitivity.year", (struct cf_at){0}, NULL,
              "the years of the indicators of draws are %d to %d", year->n ? year->number[0] : 0,
              year->n ? year->number[year->n - 1] : 0);
    return CF_USAGE;
}

/* ---- the table ---- */

static struct cf_column *add_member_column(struct cf_sensitivity *s, const char *name,
                                           const struct cf_results_dim *dim, size_t rows)
{
    struct cf_column *column = cf_add_column(s->table, name, CF_COLUMN_TEXT, rows);
    if (dim->label)
        column->label = CF_TAKE(&s->table->arena, rows, const char *);
    return column;
}

static void put_member(struct cf_column *column, size_t row, const struct cf_results_dim *dim,
                       size_t k)
{
    column->text[row] = dim->code[k];
    if (column->label)
        column->label[row] = dim->label[k][0] ? dim->label[k] : dim->code[k];
}

static void add_columns(struct cf_sensitivity *s, size_t rows)
{
    static const char *const statistics[][7] = {
        {"mu_star", "mu", "sigma"},
        {"first_order", "first_low", "first_high", "total_order", "total_low", "total_high"},
        {"rank_coefficient", "r2"}};
    static const char *const counted[] = {"trajectories", "rows", "draws"};
    static const char *const titles[] = {
        "Elementary effects of each uncertain entry (Morris): change for its whole range",
        "Share of the variance from each uncertain entry, alone and in all (Sobol), with 95%",
        "Standardised rank regression on the uncertain entries: a weaker answer"};
    s->table->title = titles[s->design];
    cf_add_point_columns(&s->ensemble, s->table, rows);
    cf_add_column(s->table, "year", CF_COLUMN_INT, rows)->once = 1;
    add_member_column(s, "area", s->area, rows)->once = 1;
    add_member_column(s, "indicator", s->indicator, rows)->once = 1;
    cf_add_column(s->table, "entry", CF_COLUMN_TEXT, rows);
    s->statistic = s->table->n_columns;
    for (int c = 0; statistics[s->design][c]; c++)
        cf_add_column(s->table, statistics[s->design][c], CF_COLUMN_MIXED, rows);
    cf_add_column(s->table, counted[s->design], CF_COLUMN_INT, rows)->once = 1;
}

/* A row for an entry of what is explained; returns the column of the first statistic. */
static struct cf_column *put_row(struct cf_sensitivity *s, const struct cf_point_design *of,
                                 const struct cf_explained *one, int i, size_t *row)
{
    struct cf_column *column = &s->table->column[s->statistic];
    *row = s->table->n_rows++;
    cf_put_point(&s->ensemble, s->table, *row, of->scenario, of->point);
    column[-4].integer[*row] = one->year;
    put_member(&column[-3], *row, s->area, one->area);
    put_member(&column[-2], *row, s->indicator, one->indicator);
    column[-1].text[*row] = s->entry->code[of->own[i]];
    return column;
}

/* ---- morris ---- */

/*
 * effect = (y[after] - y[before]) / (u[after] - u[before]); a step goes over half the levels, of
 * which u has `steps` from 0 to 1.
 */
static void elementary_effects(const struct cf_sensitivity *s, const struct cf_point_design *of,
                               const double *y, double *effect)
{
    const int k = of->n_own, T = of->n_rows;
    const double step = (double)(s->steps / 2) / s->steps;
    for (int t = 0; t < T; t++) {
        const double *at = y + (size_t)t * (size_t)of->each;
        const short *moved = of->moved + (size_t)t * (size_t)k;
        int whole = moved[0] != CF_NO_TRAJECTORY;
        for (int p = 0; p <= k; p++)
            whole &= !isnan(at[p]);
        for (int i = 0; i < k; i++)
            effect[(size_t)i * (size_t)T + (size_t)t] = whole ? 0 : (double)NAN;
        for (int p = 0; whole && p < k; p++) {
            const int i = abs(moved[p]) - 1;
            if (i >= 0)
                effect[(size_t)i * (size_t)T + (size_t)t] =
                    (moved[p] > 0 ? at[p + 1] - at[p] : at[p] - at[p + 1]) / step;
        }
    }
}

static void explain_by_morris(struct cf_sensitivity *s, const struct cf_point_design *of,
                              const struct cf_explained *explained, size_t n, const double *y)
{
    const size_t T = (size_t)of->n_rows, R = (size_t)s->ensemble.n_draws;
    double *effect = CF_TAKE(&s->scratch, (size_t)of->n_own * T, double);
    for (size_t r = 0; r < n; r++) {
        elementary_effects(s, of, y + r * R, effect);
        for (int i = 0; i < of->n_own; i++) {
            size_t row;
            const struct cf_morris m = cf_morris_of(effect + (size_t)i * T, of->n_rows);
            if (m.n == 0)
                continue;
            struct cf_column *column = put_row(s, of, &explained[r], i, &row);
            column[0].number[row] = m.mu_star;
            column[1].number[row] = m.mu;
            column[2].number[row] = m.sigma;
            column[3].integer[row] = m.n;
        }
    }
}

/* ---- saltelli ---- */

static void look_for_convergence(struct cf_sensitivity *s, const struct cf_point_design *of,
                                 const struct cf_explained *one, const struct cf_index *first,
                                 const struct cf_index *total)
{
    double sum = 0;
    int good = 1;
    if (isnan(first[0].value))
        return;
    for (int i = 0; i < of->n_own; i++) {
        const int column = of->column[i];
        const double width =
            fmax(first[column].high - first[column].low, total[column].high - total[column].low);
        sum += first[column].value;
        good &= width <= widest_interval && first[column].high >= 0;
        if (width > s->widest) {
            s->widest = width;
            s->widest_of = *one;
            s->widest_entry = s->entry->code[of->own[i]];
        }
    }
    s->n_indexed++;
    s->n_not_converged += !good || sum > largest_sum;
}

static void explain_by_saltelli(struct cf_sensitivity *s, const struct cf_point_design *of,
                                const struct cf_explained *explained, size_t n, const double *y)
{
    const size_t k = (size_t)of->n_own;
    struct cf_index *first = CF_TAKE(&s->scratch, n * k, struct cf_index);
    struct cf_index *total = CF_TAKE(&s->scratch, n * k, struct cf_index);
    int *used = CF_TAKE(&s->scratch, n, int);
    cf_saltelli_indices(&(struct cf_saltelli){.n_results = (int)n,
                                              .n_rows = of->n_rows,
                                              .n_entries = of->n_own,
                                              .y = y,
                                              .stream = &s->stream},
                        first, total, used);
    for (size_t r = 0; r < n; r++) {
        look_for_convergence(s, of, &explained[r], first + r * k, total + r * k);
        for (int i = 0; i < of->n_own && used[r] > 0; i++) {
            size_t row;
            struct cf_column *column = put_row(s, of, &explained[r], i, &row);
            const size_t at = r * k + (size_t)of->column[i];
            const double number[] = {first[at].value, first[at].low, first[at].high,
                                     total[at].value, total[at].low, total[at].high};
            for (size_t c = 0; c < sizeof number / sizeof *number; c++)
                column[c].number[row] = number[c];
            column[sizeof number / sizeof *number].integer[row] = used[r];
        }
    }
}

static void warn_of_convergence(const struct cf_sensitivity *s)
{
    if (s->n_not_converged == 0)
        return;
    cf_report(
        s->diag, CF_WARNING, "sensitivity.converged", (struct cf_at){0},
        "more `draws`: intervals halve with four times as many",
        "the indices of %d of %d values have not converged: an interval is wider than %g, "
        "first-order indices sum to more than %g or one is below 0; the widest interval, %.2f, "
        "is that of '%s' on '%s' in area '%s', %d",
        s->n_not_converged, s->n_indexed, widest_interval, largest_sum, s->widest, s->widest_entry,
        s->indicator->code[s->widest_of.indicator], s->area->code[s->widest_of.area],
        s->widest_of.year);
}

/* ---- others ---- */

static void explain_by_ranks(struct cf_sensitivity *s, const struct cf_point_design *of,
                             const struct cf_explained *explained, size_t n, const double *y)
{
    const int R = s->ensemble.n_draws;
    double *b = CF_TAKE(&s->scratch, (size_t)of->n_own, double), r2;
    for (size_t r = 0; r < n; r++) {
        const int used = cf_rank_regression(of->x, y + r * (size_t)R, of->n_own, R, b, &r2);
        for (int i = 0; i < of->n_own && used > 0; i++) {
            size_t row;
            struct cf_column *column = put_row(s, of, &explained[r], i, &row);
            column[0].number[row] = b[i];
            column[1].number[row] = r2;
            column[2].integer[row] = used;
        }
    }
}

static void tell_of_weakness(const struct cf_sensitivity *s)
{
    if (s->design == CF_OF_OTHERS)
        cf_report(s->diag, CF_NOTICE, "sensitivity.weaker", (struct cf_at){0},
                  "`design = { kind = \"saltelli\"; ... }` or \"morris\" is made for it",
                  "a weaker answer: the design %s gives rank regression only, which sees what is "
                  "monotone and, as far as r2 is below 1, not all",
                  s->design_name);
}

/* ---- all of it ---- */

/* Rows of the design, and those of which a run failed. */
static void count_rows(struct cf_sensitivity *s, const struct cf_point_design *of)
{
    const struct cf_point_draws *draws = cf_point_draws(&s->ensemble, of->scenario, of->point);
    unsigned char *good = CF_TAKE(&s->scratch, (size_t)s->ensemble.n_draws + 1, unsigned char);
    for (size_t k = draws->first; k < draws->end; k++)
        if (cf_ensemble_has(&s->ensemble, of->scenario, of->point, k))
            good[s->ensemble.draw[k]] = 1;
    for (int j = 0; j < of->n_rows; j++) {
        int whole = !of->moved || of->moved[(size_t)j * (size_t)of->n_own] != CF_NO_TRAJECTORY;
        for (int d = 0; d < of->each; d++)
            whole &= good[j * of->each + d + 1];
        s->rows_left_out += !whole;
    }
    s->rows += of->n_rows;
}

static void warn_of_rows(const struct cf_sensitivity *s)
{
    if (s->design != CF_OF_OTHERS && s->rows_left_out > 0)
        cf_report(s->diag, CF_WARNING, "sensitivity.rows", (struct cf_at){0}, NULL,
                  "%lld of %lld %s are left out, since a draw of them is", s->rows_left_out,
                  s->rows, s->design == CF_OF_MORRIS ? "trajectories" : "rows of the design");
}

static enum cf_status explain_point(struct cf_sensitivity *s, int scenario, int point)
{
    static void (*const explain[])(struct cf_sensitivity *, const struct cf_point_design *,
                                   const struct cf_explained *, size_t, const double *) = {
        explain_by_morris, explain_by_saltelli, explain_by_ranks};
    struct cf_point_design of = {.scenario = scenario, .point = point};
    const size_t R = (size_t)s->ensemble.n_draws;
    enum cf_status status = cf_point_design(s, &of);
    if (status != CF_OK || of.n_own == 0)
        return status;
    count_rows(s, &of);
    const size_t room = s->query->room ? s->query->room : CF_SENSITIVITY_ROOM;
    size_t most = room / (R * sizeof(double) + cf_saltelli_bytes(of.n_own));
    most = most < 1 ? 1 : most > s->n_explained ? s->n_explained : most;
    double *y = CF_TAKE(&s->scratch, most * R, double);
    size_t *at = CF_TAKE(&s->scratch, most, size_t);
    for (size_t from = 0; status == CF_OK && from < s->n_explained; from += most) {
        const size_t n = most < s->n_explained - from ? most : s->n_explained - from;
        for (size_t k = 0; k < n; k++)
            at[k] = s->explained[from + k].at;
        status = cf_read_draws(s, s->value, &of, at, n, (int)R, y);
        if (status == CF_OK)
            explain[s->design](s, &of, s->explained + from, n, y);
    }
    cf_arena_reset(&s->scratch);
    return status;
}

static enum cf_status explain_all(struct cf_sensitivity *s)
{
    int first = 0, end = s->ensemble.n_scenarios;
    enum cf_status status = CF_OK;
    if (s->query->scenario) {
        status = cf_ensemble_scenario(&s->ensemble, s->query->scenario, &first, s->diag);
        end = first + 1;
    }
    if (status != CF_OK)
        return status;
    add_columns(s, (size_t)(end - first) * (size_t)s->ensemble.n_points * s->n_explained *
                       s->entry->n);
    for (int sc = first; status == CF_OK && sc < end; sc++)
        for (int p = 0; status == CF_OK && p < s->ensemble.n_points; p++)
            status = explain_point(s, sc, p);
    if (status != CF_OK)
        return status;
    cf_warn_of_failed(&s->ensemble, first, end, s->diag);
    warn_of_rows(s);
    warn_of_convergence(s);
    tell_of_weakness(s);
    return CF_OK;
}

enum cf_status cf_sensitivity_table(struct cf_table *table, cf_results *results,
                                    const struct cf_sensitivity_query *query, cf_diag *diag)
{
    struct cf_sensitivity s = {.results = results, .query = query, .table = table, .diag = diag};
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    cf_arena_init(&s.scratch);
    enum cf_status status = cf_ensemble_read(&s.ensemble, results, &table->arena, diag);
    if (status == CF_OK)
        status = find_design(&s);
    if (status == CF_OK)
        status = find_variables(&s);
    if (status == CF_OK)
        status = find_explained(&s);
    if (status == CF_OK)
        status = explain_all(&s);
    cf_arena_free(&s.scratch);
    if (status != CF_OK)
        cf_table_free(table);
    return status;
}
