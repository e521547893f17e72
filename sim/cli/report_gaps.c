#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/plan_tables.h"

#include <math.h>
#include <stdlib.h>

/* Shortfall beside places to spare, by tier; where those without a place live; the tier of each
 * line; who crosses borders. */

enum { MOST_MEMBERS = 16, MOST_TILES = 400 };

/* Of which member of the tier an offer is; -1: of none of these. */
static int member_of(struct cf_report_maker *maker, const char *tier, size_t site,
                     const char *const *code, int n)
{
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    const char *const *of_site = cf_results_attribute(maker->results, "site", "area");
    const char *const *own = cf_results_attribute(maker->results, "site", "authority");
    const char *const *of_area = cf_results_attribute(maker->results, "area", tier);
    const char *member = "elsewhere";
    for (size_t a = 0; of_site && a < area->n; a++)
        if (cf_text_same(of_site[site], area->code[a]))
            member = of_area ? of_area[a] : area->code[a];
    if (own && cf_text_same(tier, "authority"))
        member = own[site];
    for (int k = 0; k < n; k++)
        if (cf_text_same(code[k], member))
            return k;
    return -1;
}

/* Places short by member, medians of the draws, in place of the central run's; all of them
 * together. 0 where they were not kept for draws. */
static int short_in_futures(struct cf_report_maker *maker, int s, const char *tier,
                            const char *const *code, int n, double *value, struct cf_gathered *all)
{
    const struct cf_results_dim *offer = cf_results_dim(maker->results, "offer");
    const struct cf_results_variable *sites = cf_results_find(maker->results, "offer_site");
    struct cf_gathered by_member;
    if (!offer || !sites || !cf_results_find(maker->results, "shortfall_draws") ||
        !cf_report_gather(maker, "shortfall", s, &maker->strategy_year, 1, NULL, 0, all) ||
        !cf_gathered_has_draws(all, 0))
        return 0;
    double *site = cf_results_read(maker->results, sites, maker->quiet);
    int *member = CF_TAKE(&maker->arena, offer->n, int);
    for (size_t o = 0; site && o < offer->n; o++)
        member[o] = member_of(maker, tier, (size_t)site[o], code, n);
    const int read = site != NULL;
    free(site);
    const struct cf_report_fold fold = {"offer", member, n};
    if (!read ||
        !cf_report_gather(maker, "shortfall", s, &maker->strategy_year, 1, &fold, 1, &by_member))
        return 0;
    for (int k = 0; k < n; k++)
        value[k] = cf_gathered_quantile(&by_member, k, 0.5);
    return 1;
}

static void add_pairs(struct cf_report_maker *maker, const struct cf_table *table, int s,
                      const char *tier)
{
    const char **x = CF_TAKE(&maker->arena, MOST_MEMBERS, const char *);
    const char **code = CF_TAKE(&maker->arena, MOST_MEMBERS, const char *);
    double *value[2];
    double sum[2] = {0, 0};
    int n = 0;
    for (int k = 0; k < 2; k++)
        value[k] = CF_TAKE(&maker->arena, MOST_MEMBERS, double);
    for (size_t row = 0; row < table->n_rows; row++) {
        const char *member = cf_report_code(table, tier, row);
        int at = 0;
        if (!cf_report_is_of(maker, table, row, s) || cf_text_same(member, "all") ||
            cf_text_same(member, "here"))
            continue;
        while (at < n && !cf_text_same(code[at], member))
            at++;
        if (at == MOST_MEMBERS)
            continue;
        if (at == n) {
            code[n] = member;
            x[n++] = cf_report_text(table, tier, row);
        }
        const double shortfall = cf_report_number(table, "shortfall", row);
        const double spare = cf_report_number(table, "spare", row);
        value[0][at] += isnan(shortfall) ? 0 : shortfall;
        value[1][at] += isnan(spare) ? 0 : spare;
        sum[0] += isnan(shortfall) ? 0 : shortfall;
        sum[1] += isnan(spare) ? 0 : spare;
    }
    if (n == 0)
        return;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 2, struct cf_chart_series);
    struct cf_gathered all;
    const int drawn = short_in_futures(maker, s, tier, code, n, value[0], &all);
    series[0] = (struct cf_chart_series){.label = drawn ? "short, middle future" : "places short",
                                         .value = value[0]};
    series[1] = (struct cf_chart_series){
        .label = drawn ? "to spare, central run" : "places to spare", .value = value[1]};
    const char *title =
        drawn ? cf_arena_format(&maker->arena,
                                "In %d places are short by %s in the middle future (%s to %s in "
                                "nine of ten), while others are to spare",
                                maker->strategy_year,
                                cf_report_count(maker, cf_gathered_quantile(&all, 0, 0.5)),
                                cf_report_count(maker, cf_gathered_quantile(&all, 0, 0.05)),
                                cf_report_count(maker, cf_gathered_quantile(&all, 0, 0.95)))
              : cf_arena_format(&maker->arena,
                                "In %d some offers are short of %s places while others have %s to "
                                "spare: the mix and the place matter as much as the number",
                                maker->strategy_year, cf_report_count(maker, sum[0]),
                                cf_report_count(maker, sum[1]));
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){.kind = CF_CHART_PAIRS,
                          .id = "short-and-spare",
                          .title = title,
                          .description = "Places short beside places to spare, summed over what is "
                                         "taught in each area. Both can be "
                                         "large at once: at different sites or on other lines.",
                          .series_name = "which",
                          .x_name = tier,
                          .value_name = "places",
                          .n_x = n,
                          .x = x,
                          .n_series = 2,
                          .series = series});
}

/* ---- tiles ---- */

struct spot {
    int area;
    double across, up;
};

static int by_up(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    return x->up != y->up ? (x->up < y->up ? 1 : -1) : x->area - y->area;
}

static int by_across(const void *a, const void *b)
{
    const struct spot *x = a, *y = b;
    return x->across != y->across ? (x->across < y->across ? -1 : 1) : x->area - y->area;
}

/* Numbers of an attribute of areas; 0 where one of them is none. */
static int numbers_of(struct cf_report_maker *maker, const char *attribute, size_t n,
                      double *number)
{
    const char *const *text = cf_results_attribute(maker->results, "area", attribute);
    for (size_t a = 0; a < n; a++)
        if (!text || !cf_parse_double(text[a], &number[a]))
            return 0;
    return text != NULL;
}

/* Where each area's tile is: as the attributes tile_column and tile_row say; else by coordinates,
 * rows of about equal length from north to south, each from west to east. 0: it is not known. */
static int lay_tiles(struct cf_report_maker *maker, size_t n, int *column, int *row)
{
    double *across = CF_TAKE(&maker->arena, n, double), *up = CF_TAKE(&maker->arena, n, double);
    if (numbers_of(maker, "tile_column", n, across) && numbers_of(maker, "tile_row", n, up)) {
        for (size_t a = 0; a < n; a++) {
            column[a] = across[a] >= 0 && across[a] < MOST_TILES ? (int)across[a] : 0;
            row[a] = up[a] >= 0 && up[a] < MOST_TILES ? (int)up[a] : 0;
        }
        return 1;
    }
    if (!(numbers_of(maker, "easting", n, across) && numbers_of(maker, "northing", n, up)) &&
        !(numbers_of(maker, "lon", n, across) && numbers_of(maker, "lat", n, up)))
        return 0;
    struct spot *spot = CF_TAKE(&maker->arena, n, struct spot);
    size_t rows = 1;
    while (rows * rows < n)
        rows++;
    for (size_t a = 0; a < n; a++)
        spot[a] = (struct spot){.area = (int)a, .across = across[a], .up = up[a]};
    qsort(spot, n, sizeof *spot, by_up);
    for (size_t r = 0; r < rows; r++) {
        const size_t first = r * n / rows, end = (r + 1) * n / rows;
        qsort(spot + first, end - first, sizeof *spot, by_across);
        for (size_t k = first; k < end; k++) {
            column[spot[k].area] = (int)(k - first);
            row[spot[k].area] = (int)r;
        }
    }
    return 1;
}

static void add_tiles(struct cf_report_maker *maker, int s)
{
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    struct cf_gathered without, asking;
    if (!area || area->n < 2 || area->n > MOST_TILES)
        return;
    int *column = CF_TAKE(&maker->arena, area->n, int), *row = CF_TAKE(&maker->arena, area->n, int);
    int *each = CF_TAKE(&maker->arena, area->n, int);
    for (size_t a = 0; a < area->n; a++)
        each[a] = (int)a;
    const struct cf_report_fold fold = {"area", each, (int)area->n};
    if (!lay_tiles(maker, area->n, column, row) ||
        !cf_report_gather(maker, "unplaced", s, &maker->strategy_year, 1, &fold, 1, &without) ||
        !cf_report_gather(maker, "demand", s, &maker->strategy_year, 1, &fold, 1, &asking))
        return;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 1, struct cf_chart_series);
    *series = cf_report_series(maker, &without, 0, 1, (int)area->n, "without a place");
    size_t most = 0;
    for (size_t a = 1; a < area->n; a++)
        most = series->value[a] > series->value[most] ? a : most;
    const char *const *name = area->label ? area->label : area->code;
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){
            .kind = CF_CHART_TILES,
            .id = "where",
            .title = cf_arena_format(
                &maker->arena, "Most of those without the place they want in %d live in %s: %s%s",
                maker->strategy_year, name[most], cf_report_count(maker, series->value[most]),
                cf_gathered_has_draws(&without, (int)most) ? " in the middle future" : ""),
            .description = "Learners without a place on the line of their first choice, by where "
                           "they live; tiles lie about as the areas do.",
            .x_name = "area",
            .value_name = cf_gathered_has_draws(&without, 0) ? "middle future" : "central run",
            .n_x = (int)area->n,
            .x = name,
            .tile_column = column,
            .tile_row = row,
            .n_series = 1,
            .series = series});
}

/* ---- sections ---- */

static const char no_places[] =
    "This place describes no places to learn, so there is nothing to hold demand against. Give it "
    "axes/site.csv and tables/places.csv.";

static void add_gap_table(struct cf_report_maker *maker, const struct cf_table *table,
                          const char *id, const char *tier)
{
    struct cf_report_column *columns = CF_TAKE(&maker->arena, 12, struct cf_report_column);
    const struct cf_report_column all[] = {{tier, tier, NULL},
                                           {"route", "Route", NULL},
                                           {"demand", "Ask for a place", NULL},
                                           {"unplaced", "Without a place", NULL},
                                           {"too_far", "of these: too far", NULL},
                                           {"crowded_out", "crowded out", NULL},
                                           {"usable", "Places", NULL},
                                           {"enrolled", "Enrolled", NULL},
                                           {"shortfall", "Places short", NULL},
                                           {"spare", "Places to spare", NULL},
                                           {"good_share", "In good or better sites", NULL},
                                           {NULL, NULL, NULL}};
    for (size_t c = 0; c < sizeof all / sizeof *all; c++)
        columns[c] = all[c];
    struct cf_report_table *added = cf_report_add_table(
        maker, id,
        cf_arena_format(&maker->arena, "What is asked for and what is there in %d, by %s and route",
                        maker->strategy_year, tier),
        table, columns);
    added->persons = added->folded = 1;
    added->note = "The central run. Learners by where they live, places by where they are taught; "
                  "elsewhere: beyond the areas looked at, full of others too.";
}

void cf_report_gaps(struct cf_report_maker *maker)
{
    static const struct cf_report_column tier_columns[] = {
        {"line", "Line", NULL},
        {"year", "Year", NULL},
        {"viable_group", "Learners a group needs", NULL},
        {"tier", "Lowest tier with a group everywhere", NULL},
        {"binds", "Decided by", NULL},
        {NULL, NULL, NULL}};
    const char *tier = cf_report_tier(maker, MOST_MEMBERS);
    const struct cf_results_dim *area = cf_results_dim(maker->results, "area");
    const struct cf_table_span year = {maker->strategy_year, maker->strategy_year};
    struct cf_plan_query query = {.by = tier, .year = &year};
    struct cf_table *table = cf_report_new_table(maker), *more = cf_report_new_table(maker);
    cf_report_begin_section(maker, "gaps", "The gap, tier by tier",
                            "How many places are short, how many are spare, and at what level "
                            "should a line be organised?");
    cf_report_hush(maker);
    if (cf_gap_table(table, maker->results, &query, maker->quiet) != CF_OK) {
        cf_report_miss(maker, no_places, NULL);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        add_pairs(maker, table, s, tier);
        add_tiles(maker, s);
    }
    cf_report_say(
        maker, CF_TEXT_PARAGRAPH, -1,
        "Short: those who would come to a site if it had room, beyond its places. Most of "
        "them find another place, so these are more than those without any on the line "
        "they want. To spare: places that nobody takes.");
    add_gap_table(maker, table, "gaps-by-tier", tier);
    query.by = "area";
    if (!cf_text_same(tier, "area") && area && area->n <= MOST_MEMBERS * 4 &&
        cf_gap_table(more, maker->results, &query, maker->quiet) == CF_OK)
        add_gap_table(maker, more, "gaps-by-area", "area");
    query.by = NULL;
    more = cf_report_new_table(maker);
    if (cf_tier_table(more, maker->results, &query, maker->quiet) == CF_OK) {
        struct cf_report_table *added = cf_report_add_table(
            maker, "tiers", "The lowest tier at which each line has learners enough for a group",
            more, tier_columns);
        added->folded = 1;
        added->note = "Lines of a low tier can be organised close to home; those of a high one are "
                      "better shared.";
    }
}

void cf_report_flows(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {{"authority", "Authority", NULL},
                                                      {"year", "Year", NULL},
                                                      {"residents", "Its learners", NULL},
                                                      {"at_home", "of these: taught at home", NULL},
                                                      {"exports", "taught elsewhere", NULL},
                                                      {"imports", "Comes in from elsewhere", NULL},
                                                      {"net", "Net", NULL},
                                                      {"taught", "Taught there", NULL},
                                                      {NULL, NULL, NULL}};
    static const struct cf_report_column pairs[] = {{"authority", "From", NULL},
                                                    {"authority_to", "To", NULL},
                                                    {"year", "Year", NULL},
                                                    {"learners", "Learners", NULL},
                                                    {NULL, NULL, NULL}};
    const struct cf_table_span year = {maker->strategy_year, maker->strategy_year};
    struct cf_plan_query query = {.year = &year};
    struct cf_table *table = cf_report_new_table(maker), *matrix = cf_report_new_table(maker);
    cf_report_begin_section(maker, "flows", "Who crosses borders to learn",
                            "Whose plans does this one depend on?");
    cf_report_hush(maker);
    if (cf_flow_table(table, maker->results, &query, maker->quiet) != CF_OK) {
        cf_report_miss(maker,
                       "Flows need authorities of areas and sites (the column authority of "
                       "axes/area.csv and axes/site.csv) and places.",
                       NULL);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        const char **x = CF_TAKE(&maker->arena, MOST_MEMBERS, const char *);
        double *value[2], out = 0, all = 0;
        int n = 0;
        for (int k = 0; k < 2; k++)
            value[k] = CF_TAKE(&maker->arena, MOST_MEMBERS, double);
        for (size_t row = 0; row < table->n_rows; row++) {
            if (!cf_report_is_of(maker, table, row, s))
                continue;
            if (cf_text_same(cf_report_code(table, "authority", row), "all")) {
                out = cf_report_number(table, "exports", row);
                all = cf_report_number(table, "residents", row);
            } else if (n < MOST_MEMBERS) {
                value[0][n] = cf_report_number(table, "exports", row);
                value[1][n] = cf_report_number(table, "imports", row);
                x[n++] = cf_report_text(table, "authority", row);
            }
        }
        struct cf_chart_series *series = CF_TAKE(&maker->arena, 2, struct cf_chart_series);
        series[0] = (struct cf_chart_series){.label = "go elsewhere", .value = value[0]};
        series[1] = (struct cf_chart_series){.label = "come in", .value = value[1]};
        const char *title = cf_arena_format(
            &maker->arena,
            "Of %s learners %s (%s) are taught in another authority in %d, if all goes as assumed "
            "(the central run)",
            cf_report_count(maker, all), cf_report_count(maker, out),
            cf_report_share(maker, all > 0 ? out / all : NAN), maker->strategy_year);
        if (n <= 1)
            cf_report_say(maker, CF_TEXT_MESSAGE, s, "%s.", title);
        else
            cf_report_add_chart(
                maker, s,
                (struct cf_chart){.kind = CF_CHART_PAIRS,
                                  .id = "exports-imports",
                                  .title = title,
                                  .description = "Learners who go to another authority to learn, "
                                                 "beside those who come in from one, in the "
                                                 "central run.",
                                  .series_name = "which",
                                  .x_name = "authority",
                                  .value_name = "learners",
                                  .n_x = n,
                                  .x = x,
                                  .n_series = 2,
                                  .series = series});
    }
    struct cf_report_table *added = cf_report_add_table(
        maker, "flows-net", "Learners at home and across borders, by authority", table, columns);
    added->persons = 1;
    query.matrix = 1;
    if (cf_flow_table(matrix, maker->results, &query, maker->quiet) == CF_OK) {
        added = cf_report_add_table(maker, "flows-pairs", "From where to where", matrix, pairs);
        added->persons = added->folded = 1;
    }
}
