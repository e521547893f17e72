#include "plan/sheet.h"

#include "base/text.h"

#include <assert.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>

/* A sum of learners that falls short of a size by less than this share of it has reached it. */
static const double hair = 1e-9;

void cf_sheet_spoil(struct cf_sheet *sheet, const char *what)
{
    if (sheet->status == CF_OK)
        cf_report(sheet->diag, CF_ERROR, "plan.results", (struct cf_at){0}, NULL,
                  "these results are not as they should be: %s", what);
    sheet->status = CF_BAD_INPUT;
}

/* ---- values ---- */

static int has_dims(const struct cf_results_variable *variable, const char *dims)
{
    struct cf_text names = {0};
    cf_text_add(&names, "");
    for (int d = 0; d < variable->n_dims; d++)
        cf_text_format(&names, "%s%s", d ? " " : "", variable->dim[d]->name);
    const int same = cf_text_same(names.data, dims);
    cf_text_free(&names);
    return same;
}

const double *cf_sheet_read(struct cf_sheet *sheet, const char *name, const char *dims)
{
    if (sheet->status != CF_OK)
        return NULL;
    const struct cf_results_variable *variable = cf_results_find(sheet->results, name);
    if (!variable) {
        cf_report(sheet->diag, CF_ERROR, "plan.places", (struct cf_at){0},
                  "it is there where the place has lines, sites and places at them, and flow_offer "
                  "where areas and offers are not too many",
                  "these results have no '%s'", name);
        sheet->status = CF_BAD_INPUT;
        return NULL;
    }
    for (int k = 0; k < sheet->n_owned; k++)
        if (cf_text_same(sheet->read[k], variable->name) && has_dims(variable, dims))
            return sheet->owned[k];
    assert(sheet->n_owned < CF_SHEET_MOST_READ);
    if (!has_dims(variable, dims)) {
        cf_sheet_spoil(sheet,
                       cf_arena_format(&sheet->table->arena, "'%s' is not by %s", name, dims));
        return NULL;
    }
    double *value = cf_results_read(sheet->results, variable, sheet->diag);
    if (!value) {
        sheet->status = CF_BAD_INPUT;
        return NULL;
    }
    sheet->read[sheet->n_owned] = variable->name;
    sheet->owned[sheet->n_owned++] = value;
    return value;
}

const int *cf_sheet_read_indices(struct cf_sheet *sheet, const char *name, const char *dims, int n)
{
    const double *value = cf_sheet_read(sheet, name, dims);
    if (!value)
        return NULL;
    const struct cf_results_dim *dim = cf_results_find(sheet->results, name)->dim[0];
    int *index = CF_TAKE(&sheet->table->arena, dim->n, int);
    for (size_t k = 0; k < dim->n; k++) {
        if (!(value[k] >= 0 && value[k] < n)) {
            cf_sheet_spoil(sheet,
                           cf_arena_format(&sheet->table->arena, "'%s' leads nowhere", name));
            return NULL;
        }
        index[k] = (int)value[k];
    }
    return index;
}

int cf_nothing_offered(const struct cf_sheet *sheet)
{
    return sheet->I > 0 && sheet->O == 0;
}

/* ---- what is asked for ---- */

static int extent(struct cf_sheet *sheet, const char *name, const struct cf_results_dim **dim)
{
    const struct cf_results_dim *found = cf_results_dim(sheet->results, name);
    if (found && found->n > INT_MAX)
        cf_sheet_spoil(sheet, "a dimension is too long");
    if (dim)
        *dim = found;
    return found ? (int)found->n : 0;
}

/* The scenario of each run asked for: the tables of runs are by all runs of the file. */
static void find_runs(struct cf_sheet *sheet)
{
    const struct cf_results_dim *run = cf_results_dim(sheet->results, "run");
    const struct cf_results_dim *all = cf_results_dim(sheet->results, "draw_run");
    const struct cf_results_dim *scenario = cf_results_dim(sheet->results, "scenario");
    const double *of = cf_sheet_read(sheet, "run_scenario", "draw_run");
    if (!of)
        return;
    sheet->run = CF_TAKE(&sheet->table->arena, run->n, int);
    sheet->run_number = CF_TAKE(&sheet->table->arena, run->n, int);
    sheet->run_scenario = CF_TAKE(&sheet->table->arena, run->n, const char *);
    for (size_t k = 0; k < run->n; k++) {
        size_t at = 0;
        while (at < all->n && all->number[at] != run->number[k])
            at++;
        if (at == all->n || !(of[at] >= 0 && of[at] < (double)scenario->n)) {
            cf_sheet_spoil(sheet, "they do not say which run is what");
            return;
        }
        const char *code = scenario->code[(size_t)of[at]];
        if (sheet->query->scenario && !cf_text_same(sheet->query->scenario, code))
            continue;
        sheet->run[sheet->n_runs] = (int)k;
        sheet->run_number[sheet->n_runs] = run->number[k];
        sheet->run_scenario[sheet->n_runs++] = code;
    }
    if (!sheet->query->scenario && sheet->n_runs == 0)
        cf_sheet_spoil(sheet, "they have no runs");
    if (sheet->n_runs > 0 || sheet->status != CF_OK)
        return;
    cf_report_near(sheet->diag, CF_ERROR, "plan.scenario", (struct cf_at){0},
                   sheet->query->scenario, scenario->code, scenario->n,
                   "the results have no scenario '%s'", sheet->query->scenario);
    sheet->status = CF_USAGE;
}

static void find_years(struct cf_sheet *sheet, int last_only)
{
    const struct cf_results_dim *year = cf_results_dim(sheet->results, "year");
    const struct cf_results_dim *report = cf_results_dim(sheet->results, "report_year");
    const struct cf_table_span *asked = sheet->query->year;
    if (!report || !report->number || year->n == 0)
        cf_sheet_spoil(sheet, "they have no years or report years");
    if (sheet->status != CF_OK)
        return;
    sheet->year = CF_TAKE(&sheet->table->arena, year->n, struct cf_sheet_year);
    for (size_t y = 0; y < year->n; y++) {
        struct cf_sheet_year one = {.number = year->number[y], .y = (int)y, .r = -1};
        for (size_t r = 0; r < report->n; r++)
            if (report->number[r] == one.number)
                one.r = (int)r;
        const int wanted = asked ? one.number >= asked->first && one.number <= asked->last
                                 : one.r >= 0 && (!last_only || one.r == sheet->R - 1);
        if (wanted)
            sheet->year[sheet->n_years++] = one;
    }
    if (sheet->n_years > 0)
        return;
    cf_report(sheet->diag, CF_ERROR, "plan.year", (struct cf_at){0}, NULL,
              "the years of these results are %d to %d", year->number[0],
              year->number[year->n - 1]);
    sheet->status = CF_USAGE;
}

int cf_find_code(const struct cf_results_dim *dim, const char *code)
{
    for (size_t k = 0; dim && k < dim->n; k++)
        if (cf_text_same(dim->code[k], code))
            return (int)k;
    return -1;
}

static void read_sites(struct cf_sheet *sheet)
{
    const char *const *area = cf_results_attribute(sheet->results, "site", "area");
    sheet->site_area = CF_TAKE(&sheet->table->arena, (size_t)sheet->J, int);
    for (int j = 0; j < sheet->J; j++)
        sheet->site_area[j] = area ? cf_find_code(sheet->area, area[j]) : -1;
}

static void read_lines(struct cf_sheet *sheet)
{
    const char *const *route = cf_results_attribute(sheet->results, "line", "route");
    const char *const *viable = cf_results_attribute(sheet->results, "line", "viable_group");
    const char *const *marked = cf_results_attribute(sheet->results, "line", "entitlement");
    const size_t n = (size_t)sheet->I;
    sheet->line_route = CF_TAKE(&sheet->table->arena, n, int);
    sheet->viable_group = CF_TAKE(&sheet->table->arena, n, double);
    sheet->entitlement = CF_TAKE(&sheet->table->arena, n, int);
    for (size_t i = 0; i < n; i++) {
        sheet->line_route[i] = route ? cf_find_code(sheet->status_axis, route[i]) : -1;
        if (!viable || !cf_parse_double(viable[i], &sheet->viable_group[i]))
            sheet->viable_group[i] = 0;
        sheet->entitlement[i] = marked && cf_text_same(marked[i], "1");
    }
}

void cf_sheet_open(struct cf_sheet *sheet, struct cf_table *table, cf_results *results,
                   const struct cf_plan_query *query, int last_only, cf_diag *diag)
{
    *sheet = (struct cf_sheet){.results = results, .query = query, .table = table, .diag = diag};
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    sheet->Y = extent(sheet, "year", NULL);
    sheet->R = extent(sheet, "report_year", NULL);
    sheet->A = extent(sheet, "area", &sheet->area);
    sheet->G = extent(sheet, "group", NULL);
    sheet->X = extent(sheet, "age", NULL);
    sheet->S = extent(sheet, "status", &sheet->status_axis);
    sheet->I = extent(sheet, "line", &sheet->line);
    sheet->J = extent(sheet, "site", &sheet->site);
    sheet->O = extent(sheet, "offer", NULL);
    sheet->H = extent(sheet, "authority", &sheet->authority);
    const struct cf_results_dim *const of_codes[] = {sheet->area, sheet->authority,
                                                     sheet->status_axis, sheet->line, sheet->site};
    for (size_t k = 0; k < sizeof of_codes / sizeof *of_codes; k++)
        if (of_codes[k] && !of_codes[k]->code)
            cf_sheet_spoil(sheet, "members of an axis have no codes");
    find_runs(sheet);
    find_years(sheet, last_only);
    if (sheet->status != CF_OK)
        return;
    read_lines(sheet);
    read_sites(sheet);
}

enum cf_status cf_sheet_close(struct cf_sheet *sheet)
{
    for (int k = 0; k < sheet->n_owned; k++)
        free(sheet->owned[k]);
    if (sheet->status != CF_OK)
        cf_table_free(sheet->table);
    return sheet->status;
}

double cf_count_groups(double learners, double viable_group)
{
    return floor(learners / viable_group * (1 + hair));
}

int cf_is_group(double learners, double viable_group)
{
    return learners > 0 && learners >= viable_group * (1 - hair);
}
