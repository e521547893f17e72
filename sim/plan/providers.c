#include "plan/providers_parts.h"

#include "base/names.h"
#include "base/order.h"
#include "base/text.h"
#include "model/view.h"
#include "plan/told.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double quantiles[CF_PROVIDER_QUANTILES] = {0.1, 0.5, 0.9};
static const double half_a_learner = 0.5;

int cf_is_taught(double enrolled)
{
    return enrolled >= half_a_learner;
}

/* ---- providers ---- */

enum { LABEL_WIDTH = 46 };

/* At most so many characters of a label, cut where a character of UTF-8 begins. */
static const char *shortened(const struct cf_providers *of, const char *label, size_t most)
{
    size_t width = 0, at = 0, cut = 0;
    for (; label[at]; at++) {
        if (((unsigned char)label[at] & 0xc0) == 0x80)
            continue;
        if (++width == most)
            cut = at;
    }
    if (width <= most)
        return label;
    return cf_arena_format(&of->sheet.table->arena, "%.*s\xe2\x80\xa6", (int)cut, label);
}

/* What people read: the attribute provider_name, else what its sites are called. */
static const char *provider_label(const struct cf_providers *of, const char *const *named,
                                  int provider)
{
    const struct cf_sheet *s = &of->sheet;
    const char *first = NULL;
    for (int j = 0; j < s->J; j++) {
        if (of->of_site[j] != provider)
            continue;
        if (named && named[j][0])
            return named[j];
        if (!first)
            first = cf_site_member(s, j).label;
    }
    return of->sites[provider] < 2
               ? shortened(of, first, LABEL_WIDTH)
               : cf_arena_format(&s->table->arena, "%s and %d more",
                                 shortened(of, first, LABEL_WIDTH - 11), of->sites[provider] - 1);
}

/* Sites of an area, all of them where none says of which it is. */
static void find_here(struct cf_providers *of)
{
    const struct cf_sheet *s = &of->sheet;
    int any = 0;
    of->is_here = CF_TAKE(&s->table->arena, (size_t)s->J, unsigned char);
    of->sites_here = CF_TAKE(&s->table->arena, (size_t)of->n + 1, int);
    for (int j = 0; j < s->J; j++)
        any |= s->site_area[j] >= 0;
    for (int j = 0; j < s->J; j++) {
        of->is_here[j] = !any || s->site_area[j] >= 0;
        of->sites_here[of->of_site[j]] += of->is_here[j];
        of->sites_here[of->n] += of->is_here[j];
    }
}

static void find_providers(struct cf_providers *of)
{
    struct cf_sheet *s = &of->sheet;
    struct cf_arena *arena = &s->table->arena;
    if (s->status != CF_OK)
        return;
    const char *const *code = cf_results_attribute(s->results, "site", "provider");
    const char *const *named = cf_results_attribute(s->results, "site", "provider_name");
    struct cf_names names;
    cf_names_init(&names, arena);
    of->of_site = CF_TAKE(arena, (size_t)s->J, int);
    for (int j = 0; j < s->J; j++)
        of->of_site[j] = cf_names_add(&names, code && code[j][0] ? code[j] : s->site->code[j]);
    of->n = names.n;
    of->provider = CF_TAKE(arena, (size_t)of->n + 1, struct cf_member);
    of->sites = CF_TAKE(arena, (size_t)of->n + 1, int);
    for (int j = 0; j < s->J; j++)
        of->sites[of->of_site[j]]++;
    for (int p = 0; p < of->n; p++)
        of->provider[p] = (struct cf_member){names.name[p], provider_label(of, named, p)};
    of->provider[of->n] = cf_all_members;
    of->sites[of->n] = s->J;
    find_here(of);
    of->shown = of->query->provider ? cf_names_find(&names, of->query->provider) : -1;
    if (!of->query->provider || of->shown >= 0)
        return;
    cf_report_near(s->diag, CF_ERROR, "providers.code", (struct cf_at){0}, of->query->provider,
                   names.name, (size_t)names.n, "the results have no provider '%s'",
                   of->query->provider);
    s->status = CF_USAGE;
}

/* ---- central runs ---- */

static void add_money(double *sum, double value)
{
    if (!isnan(value))
        *sum = isnan(*sum) ? value : *sum + value;
}

/* Whether a group at an offer is too small; elsewhere it has others in it, whom nobody knows. */
static int is_below(const struct cf_providers *of, int o, double enrolled)
{
    const double viable = of->money[of->offer_line[o]].viable_group;
    return of->is_here[of->offer_site[o]] && cf_is_taught(enrolled) && viable > 0 &&
           !cf_is_group(enrolled, viable);
}

/* An offer in a run and year; `before` is who was enrolled in the base year. */
static void add_taught(const struct cf_providers *of, struct cf_taught *t, int o, size_t at,
                       double before)
{
    const struct cf_line_money *line = &of->money[of->offer_line[o]];
    const double enrolled = of->enrolled[at];
    const int taught = cf_is_taught(enrolled), was = cf_is_taught(before);
    t->enrolled += enrolled;
    t->arrivals += of->arrivals[at];
    t->usable += of->usable[at];
    add_money(&t->sln, cf_sln(enrolled, line->guided_hours));
    add_money(&t->income, cf_line_income(enrolled, line));
    /* A group is not opened for what rounds to nobody, and elsewhere not for these alone. */
    if (of->is_here[of->offer_site[o]])
        add_money(&t->cost, cf_provision_cost(taught ? enrolled : 0, line));
    t->lines += taught;
    t->gained += taught && !was;
    t->lost += !taught && was;
    t->below += is_below(of, o, enrolled);
}

/* taught: [n + 1]. */
static void teach(const struct cf_providers *of, int k, int y, struct cf_taught *taught)
{
    const struct cf_sheet *s = &of->sheet;
    const double none = (double)NAN;
    for (int p = 0; p <= of->n; p++)
        taught[p] = (struct cf_taught){.sln = none, .income = none, .cost = none};
    for (int o = 0; o < s->O; o++) {
        const size_t at = VIEW3(k, y, s->Y, o, s->O);
        const double before = of->enrolled[VIEW3(k, 0, s->Y, o, s->O)];
        add_taught(of, &taught[of->of_site[of->offer_site[o]]], o, at, before);
        add_taught(of, &taught[of->n], o, at, before);
    }
}

/* ---- draws ---- */

struct drawn {
    const struct cf_providers *of;
    size_t first, draws; /* where the year begins in a draw's values */
    double *sum;         /* [n + 1][draw] enrolled */
    int *below;          /* [n + 1] draws with an offer below its viable group */
    unsigned char *has;  /* [n + 1] of the draw at hand */
};

static void take_draw(void *self, size_t nth, const double *value)
{
    struct drawn *d = self;
    const struct cf_providers *of = d->of;
    memset(d->has, 0, (size_t)of->n + 1);
    for (int p = 0; p <= of->n; p++)
        d->sum[(size_t)p * d->draws + nth] = 0;
    for (int o = 0; o < of->sheet.O; o++) {
        const double enrolled = value[d->first + (size_t)o];
        const int p = of->of_site[of->offer_site[o]];
        d->sum[(size_t)p * d->draws + nth] += enrolled;
        d->sum[(size_t)of->n * d->draws + nth] += enrolled;
        if (is_below(of, o, enrolled))
            d->has[p] = d->has[of->n] = 1;
    }
    for (int p = 0; p <= of->n; p++)
        d->below[p] += d->has[p];
}

static void put_drawn(struct drawn *d, struct cf_prospect *prospect)
{
    for (int p = 0; p <= d->of->n; p++) {
        double *x = d->sum + (size_t)p * d->draws;
        cf_sort_numbers(x, d->draws);
        for (int q = 0; q < CF_PROVIDER_QUANTILES; q++)
            prospect[p].quantile[q] = cf_quantile_of(x, d->draws, quantiles[q]);
        const double share = (double)d->below[p] / (double)d->draws;
        if (d->of->sites_here[p] > 0) {
            prospect[p].p_below = share;
            prospect[p].se = sqrt(share * (1 - share) / (double)d->draws);
        }
        prospect[p].n_draws = (int)d->draws;
    }
}

/* Index of a year among those that draws are kept of, -1: none of them. */
static int year_of_draws(const struct cf_providers *of, int year)
{
    const struct cf_results_dim *dim = of->drawn ? of->drawn->dim[1] : NULL;
    for (size_t r = 0; dim && r < dim->n; r++)
        if (dim->number[r] == year)
            return (int)r;
    return -1;
}

static void draw(struct cf_providers *of, int scenario, int point, int year,
                 struct cf_prospect *prospect)
{
    const int at = year_of_draws(of, year);
    const size_t n = (size_t)of->n + 1;
    struct drawn d = {.of = of,
                      .first = (size_t)(at < 0 ? 0 : at) * (size_t)of->sheet.O,
                      .draws = (size_t)cf_point_draws(&of->ensemble, scenario, point)->n_good};
    if (at < 0 || d.draws == 0)
        return;
    d.sum = malloc(n * d.draws * sizeof *d.sum);
    d.below = calloc(n, sizeof *d.below);
    d.has = calloc(n, 1);
    if (!d.sum || !d.below || !d.has)
        cf_out_of_memory();
    const enum cf_status status = cf_walk_draws(of->sheet.results, of->drawn, &of->ensemble,
                                                scenario, point, take_draw, &d, of->sheet.diag);
    if (status == CF_OK)
        put_drawn(&d, prospect);
    else
        of->sheet.status = status;
    free(d.has);
    free(d.below);
    free(d.sum);
}

/* ---- the table ---- */

static void fill_year(struct cf_providers *of, int k, int scenario, int point,
                      const struct cf_sheet_year *year, struct cf_taught *taught,
                      struct cf_prospect *prospect)
{
    const double none = (double)NAN;
    const size_t n = (size_t)of->n + 1;
    teach(of, of->sheet.run[k], 0, taught);
    teach(of, of->sheet.run[k], year->y, taught + n);
    for (size_t p = 0; p < n; p++)
        prospect[p] = (struct cf_prospect){.now = taught[p],
                                           .then = taught[n + p],
                                           .quantile = {none, none, none},
                                           .p_below = none,
                                           .se = none};
    draw(of, scenario, point, year->number, prospect);
    for (int p = 0; of->sheet.status == CF_OK && p <= of->n; p++)
        if (of->shown < 0 || p == of->shown)
            (of->query->for_people ? cf_provider_row_told : cf_provider_row)(
                of, scenario, point, year->number, p, &prospect[p]);
}

/* A central run as a member of draw_run: of which scenario and point it is. */
static size_t row_of_run(const struct cf_providers *of, int k)
{
    const struct cf_results_dim *all = cf_results_dim(of->sheet.results, "draw_run");
    size_t row = 0;
    while (all->number[row] != of->sheet.run_number[k])
        row++; /* it is there: the sheet has looked */
    return row;
}

static void fill(struct cf_providers *of)
{
    struct cf_sheet *s = &of->sheet;
    const size_t n = (size_t)of->n + 1;
    struct cf_taught *taught = CF_TAKE(&s->table->arena, 2 * n, struct cf_taught);
    struct cf_prospect *prospect = CF_TAKE(&s->table->arena, n, struct cf_prospect);
    for (int i = 0; i < s->I; i++) {
        of->has_income |= !isnan(cf_line_income(1, &of->money[i]));
        of->has_cost |= !isnan(cf_provision_cost(1, &of->money[i]));
    }
    /* A screen for people is of one year, or of one provider. */
    const int last_only = of->query->for_people && !of->query->year && of->shown < 0;
    (of->query->for_people ? cf_provider_columns_told
                           : cf_provider_columns)(of, (size_t)s->n_runs * (size_t)s->n_years * n);
    of->first = of->ensemble.n_scenarios;
    for (int k = 0; k < s->n_runs && s->status == CF_OK; k++) {
        const size_t row = row_of_run(of, k);
        const int scenario = of->ensemble.scenario[row];
        of->first = scenario < of->first ? scenario : of->first;
        of->end = scenario >= of->end ? scenario + 1 : of->end;
        for (int y = last_only ? s->n_years - 1 : 0; y < s->n_years && s->status == CF_OK; y++)
            fill_year(of, k, scenario, of->ensemble.point[row], &s->year[y], taught, prospect);
    }
}

static void read_all(struct cf_providers *of)
{
    struct cf_sheet *s = &of->sheet;
    if (s->status != CF_OK)
        return;
    of->enrolled = cf_sheet_read(s, "enrolled", "run year offer");
    of->arrivals = cf_sheet_read(s, "arrivals", "run year offer");
    of->usable = cf_sheet_read(s, "usable", "run year offer");
    of->offer_site = cf_sheet_read_indices(s, "offer_site", "offer", s->J);
    of->offer_line = cf_sheet_read_indices(s, "offer_line", "offer", s->I);
    if (s->status != CF_OK)
        return;
    of->money = cf_read_line_money(s->results, &s->table->arena);
    of->drawn = cf_results_find(s->results, "enrolled_draws");
    const struct cf_results_variable *v = of->drawn;
    if (v && (v->n_dims != 3 || !cf_text_same(v->dim[0]->name, "draw_run") || !v->dim[1]->number ||
              v->dim[2]->n != (size_t)s->O))
        cf_sheet_spoil(s, "'enrolled_draws' is not by draw_run, year and offer");
    s->status = s->status == CF_OK
                    ? cf_ensemble_read(&of->ensemble, s->results, &s->table->arena, s->diag)
                    : s->status;
}

enum cf_status cf_provider_table(struct cf_table *table, cf_results *results,
                                 const struct cf_provider_query *query, enum cf_status *judged,
                                 cf_diag *diag)
{
    struct cf_providers of = {.query = query};
    const struct cf_plan_query plan = {.scenario = query->scenario, .year = query->year};
    *judged = CF_OK;
    cf_sheet_open(&of.sheet, table, results, &plan, 0, diag);
    read_all(&of);
    find_providers(&of);
    if (of.sheet.status == CF_OK)
        fill(&of);
    if (of.sheet.status == CF_OK && query->for_people)
        cf_tell_scenarios(table, results);
    if (of.sheet.status == CF_OK)
        *judged = cf_judge_draws(&of.ensemble, of.first, of.end, diag);
    if (of.sheet.status == CF_OK && *judged == CF_OK)
        cf_warn_of_failed(&of.ensemble, of.first, of.end, diag);
    return cf_sheet_close(&of.sheet);
}
