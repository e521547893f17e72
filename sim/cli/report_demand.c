#include "cli/report_parts.h"

#include "base/text.h"
#include "output/table_draws.h"

#include <limits.h>
#include <math.h>

/* How demand changes: the wave of cohorts, what young people do, what is asked for by route. */

enum { FIRST_AGE = 16, LAST_AGE = 18, WAVE_AGES = 8 };
#define HALF_A_PERSON 0.5

static const struct cf_results_dim *dim(struct cf_report_maker *maker, const char *name)
{
    return cf_results_dim(maker->results, name);
}

/* Ages from first to last as groups of their own; *n of them. NULL where there are none. */
static const int *ages_apart(struct cf_report_maker *maker, int first, int last, int *n,
                             const char ***label)
{
    const struct cf_results_dim *age = dim(maker, "age");
    *n = 0;
    if (!age)
        return NULL;
    int *group = CF_TAKE(&maker->arena, age->n, int);
    *label = CF_TAKE(&maker->arena, age->n, const char *);
    for (size_t x = 0; x < age->n; x++) {
        group[x] = age->number[x] >= first && age->number[x] <= last ? *n : -1;
        if (group[x] >= 0)
            (*label)[(*n)++] = cf_arena_format(&maker->arena, "Age %d", age->number[x]);
    }
    return *n ? group : NULL;
}

static const int *ages_together(struct cf_report_maker *maker)
{
    const struct cf_results_dim *age = dim(maker, "age");
    int *group = CF_TAKE(&maker->arena, age->n, int);
    for (size_t x = 0; x < age->n; x++)
        group[x] = age->number[x] >= FIRST_AGE && age->number[x] <= LAST_AGE ? 0 : -1;
    return group;
}

/* ---- the wave ---- */

static const char *extreme(struct cf_report_maker *maker, const char *word, int y,
                           const double *young)
{
    return y == 0 ? ""
                  : cf_arena_format(&maker->arena, ", %s in %d (%s)", word, maker->year[y],
                                    cf_report_count(maker, young[y]));
}

static void add_wave(struct cf_report_maker *maker, int s)
{
    struct cf_gathered wave;
    const char **label;
    int n;
    const int *group = ages_apart(maker, LAST_AGE - WAVE_AGES + 1, LAST_AGE, &n, &label);
    const struct cf_report_fold fold = {"age", group, n};
    if (!group ||
        !cf_report_gather(maker, "population", s, maker->year, maker->n_years, &fold, 1, &wave))
        return;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, (size_t)n, struct cf_chart_series);
    double *young = CF_TAKE(&maker->arena, (size_t)maker->n_years, double);
    for (int k = 0; k < n; k++) {
        double *value = CF_TAKE(&maker->arena, (size_t)maker->n_years, double);
        for (int y = 0; y < maker->n_years; y++) {
            value[y] = wave.central[y * n + k];
            young[y] += k >= n - (LAST_AGE - FIRST_AGE + 1) ? value[y] : 0;
        }
        series[k] = (struct cf_chart_series){.label = label[k], .value = value};
    }
    int lowest = 0, highest = 0;
    for (int y = 1; y < maker->n_years; y++) {
        lowest = young[y] < young[lowest] ? y : lowest;
        highest = young[y] > young[highest] ? y : highest;
    }
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){
            .kind = CF_CHART_HEAT,
            .id = "wave",
            .title = cf_arena_format(&maker->arena, "Residents aged %d to %d: %s in %d%s%s",
                                     FIRST_AGE, LAST_AGE, cf_report_count(maker, young[0]),
                                     maker->base_year, extreme(maker, "fewest", lowest, young),
                                     extreme(maker, "most", highest, young)),
            .description = "The wave of cohorts: residents of each single age in each year, in the "
                           "central run. A cohort runs down from the left to the right, a year "
                           "older each year.",
            .series_name = "age",
            .x_name = "year",
            .value_name = "residents",
            .n_x = maker->n_years,
            .x = cf_report_year_labels(maker, maker->year, maker->n_years),
            .n_series = n,
            .series = series});
}

/* ---- what they do ---- */

static void add_doing(struct cf_report_maker *maker, int s)
{
    const struct cf_results_dim *status = dim(maker, "status");
    struct cf_gathered doing;
    if (!status || !dim(maker, "age"))
        return;
    int *each = CF_TAKE(&maker->arena, status->n, int), n = 0;
    for (size_t k = 0; k < status->n; k++)
        each[k] = (int)k;
    const struct cf_report_fold folds[] = {{"age", ages_together(maker), 1},
                                           {"status", each, (int)status->n}};
    if (!cf_report_gather(maker, "stock", s, maker->year, maker->n_years, folds, 2, &doing))
        return;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, status->n, struct cf_chart_series);
    for (size_t k = 0; k < status->n; k++) {
        double *value = CF_TAKE(&maker->arena, (size_t)maker->n_years, double), most = 0;
        for (int y = 0; y < maker->n_years; y++) {
            value[y] = doing.central[(size_t)y * status->n + k];
            most = fmax(most, value[y]);
        }
        if (most >= HALF_A_PERSON)
            series[n++] = (struct cf_chart_series){
                .label = status->label ? status->label[k] : status->code[k], .value = value};
    }
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){
            .kind = CF_CHART_STACK,
            .id = "doing",
            .title = cf_arena_format(&maker->arena,
                                     "What %d to %d year-olds do in each autumn, if all goes as "
                                     "assumed (the central run)",
                                     FIRST_AGE, LAST_AGE),
            .description = "Residents by route or status, stacked: the whole height is all "
                           "residents of these ages.",
            .series_name = "what they do",
            .x_name = "year",
            .value_name = "residents",
            .n_x = maker->n_years,
            .x = cf_report_year_labels(maker, maker->year, maker->n_years),
            .at = maker->year,
            .n_series = n,
            .series = series});
}

/* ---- participation by age ---- */

static struct cf_chart participation_chart(struct cf_report_maker *maker, int n, const char **label,
                                           const struct cf_gathered *taking, const int *years,
                                           int n_years)
{
    const int last = n_years - 1, drawn = cf_gathered_has_draws(taking, last * n);
    const int told = n > 2 ? 1 : 0; /* 17, of 16 to 18 */
    struct cf_chart_series *series = CF_TAKE(&maker->arena, (size_t)n, struct cf_chart_series);
    for (int k = 0; k < n; k++)
        series[k] = cf_report_series(maker, taking, k, n, n_years, label[k]);
    const char *first = cf_report_share(maker, series[told].value[0]);
    const char *title =
        drawn ? cf_arena_format(&maker->arena,
                                "Taking part in learning at %s: %s in %d, and in nine futures of "
                                "ten between %s and %s in %d",
                                label[told] + 4, first, years[0],
                                cf_report_share(maker, series[told].low[last]),
                                cf_report_share(maker, series[told].high[last]), years[last])
              : cf_arena_format(&maker->arena,
                                "Taking part in learning at %s: %s in %d and %s in %d, if all goes "
                                "as assumed (the central run)",
                                label[told] + 4, first, years[0],
                                cf_report_share(maker, series[told].value[last]), years[last]);
    return (struct cf_chart){.kind = drawn ? CF_CHART_FAN : CF_CHART_LINES,
                             .id = "participation",
                             .title = title,
                             .description = "Share of the residents of an age who are in a status "
                                            "that takes part in learning, in the autumn.",
                             .series_name = "age",
                             .x_name = "year",
                             .value_name = drawn ? "middle future" : "central run",
                             .is_share = 1,
                             .ranges_from =
                                 drawn ? maker->base_year + CF_REPORT_STRATEGY_YEARS + 1 : 0,
                             .n_x = n_years,
                             .x = cf_report_year_labels(maker, years, n_years),
                             .at = years,
                             .n_series = n,
                             .series = series};
}

/* Share of each age that takes part in learning: by report year where stocks were kept for draws,
 * else of the central run by year. */
static void add_participation(struct cf_report_maker *maker, int s)
{
    const struct cf_results_dim *status = dim(maker, "status");
    const char *const *takes_part = cf_results_attribute(maker->results, "status", "participates");
    const int drawn = cf_results_find(maker->results, "stock_draws") && maker->ensemble.n_draws > 0;
    struct cf_gathered taking;
    const char **label;
    int n, n_years = maker->n_years;
    const int *years = drawn ? cf_report_base_and_report_years(maker, &n_years) : maker->year;
    const int *ages = ages_apart(maker, FIRST_AGE, LAST_AGE, &n, &label);
    if (!status || !takes_part || !ages)
        return;
    int *group = CF_TAKE(&maker->arena, status->n, int);
    for (size_t k = 0; k < status->n; k++)
        group[k] = cf_text_same(takes_part[k], "1") ? 0 : -1;
    const struct cf_report_fold folds[] = {{"age", ages, n}, {"status", group, 1}};
    if (cf_report_gather_share(maker, "stock", s, years, n_years, folds, 2, 1, &taking))
        cf_report_add_chart(maker, s,
                            participation_chart(maker, n, label, &taking, years, n_years));
}

/* ---- demand by route ---- */

static void add_routes(struct cf_report_maker *maker, int s)
{
    const struct cf_report_routes routes = cf_report_routes(maker);
    const struct cf_results_dim *line = dim(maker, "line");
    struct cf_gathered by_route, all;
    int n;
    const int *years = cf_report_base_and_report_years(maker, &n);
    if (!routes.n)
        return;
    const struct cf_report_fold of_route = {"line", routes.of_line, routes.n};
    const struct cf_report_fold together = {"line", cf_report_together(maker, line->n), 1};
    if (!cf_report_gather(maker, "demand", s, years, n, &of_route, 1, &by_route) ||
        !cf_report_gather(maker, "demand", s, years, n, &together, 1, &all))
        return;
    struct cf_chart_series *series =
        CF_TAKE(&maker->arena, (size_t)routes.n + 1, struct cf_chart_series);
    series[0] = cf_report_series(maker, &all, 0, 1, n, "All routes");
    for (int k = 0; k < routes.n; k++)
        series[k + 1] = cf_report_series(maker, &by_route, k, routes.n, n, routes.label[k]);
    const int last = n - 1;
    const int drawn = cf_gathered_has_draws(&all, last);
    if (!(series[0].value[0] > 0) && !(series[0].value[last] > 0))
        return;
    const char *title =
        drawn ? cf_arena_format(&maker->arena,
                                "Learners who ask for a place: %s in %d, and in nine futures of "
                                "ten between %s and %s in %d",
                                cf_report_count(maker, series[0].value[0]), years[0],
                                cf_report_count(maker, series[0].low[last]),
                                cf_report_count(maker, series[0].high[last]), years[last])
              : cf_arena_format(&maker->arena,
                                "Learners who ask for a place: %s in %d, %s in %d if all goes as "
                                "assumed",
                                cf_report_count(maker, series[0].value[0]), years[0],
                                cf_report_count(maker, series[0].value[last]), years[last]);
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){.kind = CF_CHART_FAN,
                          .id = "demand-by-route",
                          .title = title,
                          .description = "Residents by the route of their first choice, whether "
                                         "there is a place for them or not; a panel each route, "
                                         "each with a scale of its own.",
                          .series_name = "route",
                          .x_name = "year",
                          .value_name = drawn ? "middle future" : "central run",
                          .n_x = n,
                          .x = cf_report_year_labels(maker, years, n),
                          .at = years,
                          .ranges_from =
                              drawn ? maker->base_year + CF_REPORT_STRATEGY_YEARS + 1 : 0,
                          .n_series = routes.n + 1,
                          .series = series});
}

/* ---- by line ---- */

static void add_line_table(struct cf_report_maker *maker)
{
    static const struct cf_report_column drawn[] = {{"line", "Line", NULL},
                                                    {"report_year", "Year", NULL},
                                                    {"q0.05", "9 in 10: from", NULL},
                                                    {"q0.5", "Middle future", NULL},
                                                    {"q0.95", "to", NULL},
                                                    {NULL, NULL, NULL}};
    static const struct cf_report_column plain[] = {{"line", "Line", NULL},
                                                    {"year", "Year", NULL},
                                                    {"value", "Learners", NULL},
                                                    {NULL, NULL, NULL}};
    const struct cf_statistics statistics = {.n_quantiles = 3, .quantile = {0.05, 0.5, 0.95}};
    const struct cf_table_span from = {maker->report_year ? maker->report_year[0] : INT_MIN,
                                       INT_MAX};
    const struct cf_table_query query = {.variable = "demand", .sum = "area", .year = &from};
    struct cf_table *table = cf_report_new_table(maker);
    if (!cf_results_find(maker->results, "demand"))
        return;
    cf_report_hush(maker);
    const int has_draws =
        cf_results_find(maker->results, "demand_draws") && maker->ensemble.n_draws > 0 &&
        cf_table_of_draws(table, maker->results, &query, &statistics, maker->quiet) == CF_OK;
    if (!has_draws && cf_table_of_variable(table, maker->results, &query, maker->quiet) != CF_OK)
        return;
    struct cf_report_table *added =
        cf_report_add_table(maker, "demand-by-line", "Learners who ask for a place, by line", table,
                            has_draws ? drawn : plain);
    added->folded = added->persons = 1;
    added->note = "By the line of their first choice, all areas together.";
}

void cf_report_demand(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "demand", "How demand changes",
                            "How many young people will there be, what will they do, and what "
                            "will they ask for?");
    for (int s = 0; s < maker->n_scenarios; s++)
        add_routes(maker, s);
    for (int s = 0; s < maker->n_scenarios; s++) {
        add_wave(maker, s);
        add_participation(maker, s);
        add_doing(maker, s);
    }
    add_line_table(maker);
    if (!cf_results_find(maker->results, "demand"))
        cf_report_miss(maker,
                       "This place describes no lines, so there is no demand for places. Give it "
                       "axes/line.csv, axes/site.csv and tables/places.csv to have it.",
                       NULL);
    else if (maker->ensemble.n_draws > 0 && !cf_results_find(maker->results, "stock_draws"))
        cf_report_say(maker, CF_TEXT_PARAGRAPH, -1,
                      "Participation by single age is that of the central run: what young people "
                      "do was not kept for the futures drawn. The setting retain = "
                      "[ \"stock@report\" ] keeps it. The indicators below have their ranges.");
}
