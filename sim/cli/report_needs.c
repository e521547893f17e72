#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/priorities.h"

#include <math.h>

/* What to commission: more of, less of, anything new; and the priorities with how far their ranks
 * can be trusted. */

enum { ALL = 10000, MOST_NAMED = 6, MOST_SHOWN = 12, TOP = 10 };

/* The priorities of a year, `top` rows; NULL where they cannot be made. */
static struct cf_table *priorities(struct cf_report_maker *maker, int year, int top)
{
    const struct cf_table_span only = {year, year};
    const struct cf_priorities_query query = {.plan = {.year = &only}, .top = top};
    struct cf_table *table = cf_report_new_table(maker);
    enum cf_status judged;
    cf_report_hush(maker);
    if (cf_priorities_table(table, maker->results, &query, &judged, maker->quiet) != CF_OK)
        return NULL;
    maker->judged = judged == CF_BROKEN ? CF_BROKEN : maker->judged;
    return table;
}

/* The column that says of which member of the tier a gap is: the one after the line's. */
static const char *tier_of(const struct cf_table *table)
{
    for (int c = 0; c + 1 < table->n_columns; c++)
        if (cf_text_same(table->column[c].name, "line"))
            return table->column[c + 1].name;
    return "";
}

static int is_rest(const struct cf_table *table, size_t row)
{
    return cf_text_same(cf_report_code(table, "line", row), "rest");
}

static const char *gap_of(struct cf_report_maker *maker, const struct cf_table *table, size_t row)
{
    return cf_arena_format(&maker->arena, "%s (%s)", cf_report_text(table, "line", row),
                           cf_report_text(table, tier_of(table), row));
}

/* "2 learners in the middle future, up to 78": by how much it is short. */
static const char *short_of(struct cf_report_maker *maker, const struct cf_table *table, size_t row)
{
    const double high = cf_report_number(table, "unplaced_high", row);
    const char *middle = cf_report_count(maker, cf_report_number(table, "unplaced", row));
    if (isnan(high) || maker->ensemble.n_draws == 0)
        return cf_arena_format(&maker->arena, "%s without a place", middle);
    return cf_arena_format(&maker->arena,
                           "%s without a place in the middle future, %s in one of twenty, short in "
                           "%s of futures",
                           middle, cf_report_count(maker, high),
                           cf_report_share(maker, cf_report_number(table, "short", row)));
}

static int say_need(struct cf_report_maker *maker, const struct cf_table *table, int s,
                    const char *need, const char *heading, const char *none)
{
    int n = 0;
    cf_report_say(maker, CF_TEXT_HEADING, s, "%s", heading);
    for (size_t row = 0; row < table->n_rows; row++) {
        if (!cf_report_is_of(maker, table, row, s) || is_rest(table, row) ||
            !cf_text_same(cf_report_code(table, "need", row), need))
            continue;
        if (n++ >= MOST_NAMED)
            continue;
        if (cf_text_same(need, "less"))
            cf_report_say(maker, CF_TEXT_POINT, s,
                          "%s: places to spare and groups too small, for %s learners",
                          gap_of(maker, table, row),
                          cf_report_count(maker, cf_report_number(table, "demand", row)));
        else
            cf_report_say(maker, CF_TEXT_POINT, s, "%s: %s", gap_of(maker, table, row),
                          short_of(maker, table, row));
    }
    if (n == 0)
        cf_report_say(maker, CF_TEXT_PARAGRAPH, s, "%s", none);
    if (n > MOST_NAMED)
        cf_report_say(maker, CF_TEXT_POINT, s, "and %d more, in the table", n - MOST_NAMED);
    return n;
}

/* ---- charts ---- */

static void add_short_chart(struct cf_report_maker *maker, const struct cf_table *table, int s,
                            int year)
{
    const char **x = CF_TAKE(&maker->arena, MOST_SHOWN, const char *);
    double *value = CF_TAKE(&maker->arena, MOST_SHOWN, double);
    double *low = CF_TAKE(&maker->arena, MOST_SHOWN, double);
    double *high = CF_TAKE(&maker->arena, MOST_SHOWN, double);
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 1, struct cf_chart_series);
    int n = 0, most = 0;
    for (size_t row = 0; row < table->n_rows && n < MOST_SHOWN; row++) {
        if (!cf_report_is_of(maker, table, row, s) || is_rest(table, row))
            continue;
        x[n] = gap_of(maker, table, row);
        value[n] = cf_report_number(table, "unplaced", row);
        low[n] = cf_report_number(table, "unplaced_low", row);
        high[n] = cf_report_number(table, "unplaced_high", row);
        most = high[n] > high[most] || (isnan(high[0]) && value[n] > value[most]) ? n : most;
        n++;
    }
    if (n == 0)
        return;
    const int drawn = maker->ensemble.n_draws > 0;
    *series = (struct cf_chart_series){.label = "without a place",
                                       .value = value,
                                       .low = drawn ? low : NULL,
                                       .high = drawn ? high : NULL};
    const char *title =
        drawn ? cf_arena_format(&maker->arena,
                                "Of the first %d gaps the widest range is %s: from %s to %s "
                                "learners without a place in %d",
                                n, x[most], cf_report_count(maker, low[most]),
                                cf_report_count(maker, high[most]), year)
              : cf_arena_format(&maker->arena,
                                "Of the first %d gaps the largest is %s: %s learners without a "
                                "place in %d",
                                n, x[most], cf_report_count(maker, value[most]), year);
    cf_report_add_chart(maker, s,
                        (struct cf_chart){.kind = CF_CHART_DOTS,
                                          .id = "short-of",
                                          .title = title,
                                          .description = "Learners without a place on the line of "
                                                         "their first choice, for each of the "
                                                         "gaps ranked first.",
                                          .x_name = "gap",
                                          .value_name = drawn ? "middle future" : "central run",
                                          .n_x = n,
                                          .x = x,
                                          .n_series = 1,
                                          .series = series});
}

static void add_rank_chart(struct cf_report_maker *maker, const struct cf_table *table, int s)
{
    const char **x = CF_TAKE(&maker->arena, TOP, const char *);
    double *value = CF_TAKE(&maker->arena, TOP, double), *low = CF_TAKE(&maker->arena, TOP, double);
    double *high = CF_TAKE(&maker->arena, TOP, double);
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 1, struct cf_chart_series);
    int n = 0;
    double widest = 0;
    for (size_t row = 0; row < table->n_rows && n < TOP; row++) {
        if (!cf_report_is_of(maker, table, row, s) || is_rest(table, row))
            continue;
        x[n] = gap_of(maker, table, row);
        value[n] = cf_report_number(table, "expected_rank", row);
        low[n] = cf_report_number(table, "low_rank", row);
        high[n] = cf_report_number(table, "high_rank", row);
        widest = fmax(widest, high[n] - low[n]);
        n++;
    }
    if (n == 0 || isnan(value[0]))
        return;
    *series = (struct cf_chart_series){.label = "rank", .value = value, .low = low, .high = high};
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){
            .kind = CF_CHART_DOTS,
            .id = "ranks",
            .title = widest > TOP
                         ? cf_arena_format(&maker->arena,
                                           "The order is not settled: in nine of ten futures and "
                                           "weights the first is anywhere from rank %.0f to %.0f",
                                           low[0], high[0])
                         : cf_arena_format(&maker->arena,
                                           "The order is fairly settled: the first is between rank "
                                           "%.0f and %.0f in nine of ten futures and weights",
                                           low[0], high[0]),
            .description = "Mean rank of each gap over futures and weights, and the ranks between "
                           "which it is in nine of ten. Rank 1 is the most urgent.",
            .x_name = "gap",
            .value_name = "mean rank",
            .n_x = n,
            .x = x,
            .n_series = 1,
            .series = series});
}

/* ---- ranks over the report years ---- */

enum { MOST_BUMP = 8 };

static size_t row_of(struct cf_report_maker *maker, const struct cf_table *table, int s,
                     const char *line, const char *member)
{
    for (size_t row = 0; row < table->n_rows; row++)
        if (cf_report_is_of(maker, table, row, s) &&
            cf_text_same(cf_report_code(table, "line", row), line) &&
            cf_text_same(cf_report_code(table, tier_of(table), row), member))
            return row;
    return table->n_rows;
}

static void add_bump(struct cf_report_maker *maker, struct cf_table *const *of_year, int s)
{
    const int n_years = maker->n_report_years;
    const struct cf_table *last = of_year[n_years - 1]; /* of the strategy's year, from here */
    for (int r = 0; r < n_years; r++)
        last = maker->report_year[r] == maker->strategy_year ? of_year[r] : last;
    struct cf_chart_series *series = CF_TAKE(&maker->arena, MOST_BUMP, struct cf_chart_series);
    int n = 0, stayed = 0;
    for (size_t row = 0; row < last->n_rows && n < MOST_BUMP; row++) {
        if (!cf_report_is_of(maker, last, row, s) || is_rest(last, row))
            continue;
        double *rank = CF_TAKE(&maker->arena, (size_t)n_years, double);
        int among = 1;
        for (int r = 0; r < n_years; r++) {
            const size_t at = row_of(maker, of_year[r], s, cf_report_code(last, "line", row),
                                     cf_report_code(last, tier_of(last), row));
            rank[r] = at < of_year[r]->n_rows ? cf_report_number(of_year[r], "rank", at) : NAN;
            among &= rank[r] <= MOST_BUMP;
        }
        stayed += among;
        series[n++] = (struct cf_chart_series){.label = gap_of(maker, last, row), .value = rank};
    }
    if (n < 2)
        return;
    cf_report_add_chart(
        maker, s,
        (struct cf_chart){
            .kind = CF_CHART_RANK,
            .id = "rank-by-year",
            .title = cf_arena_format(&maker->arena,
                                     "Of the first %d gaps of %d, %d are among the first %d in "
                                     "every report year",
                                     n, maker->strategy_year, stayed, MOST_BUMP),
            .description = "Rank of each of the gaps that come first in the strategy's year, in "
                           "each report year; 1 is on top.",
            .series_name = "gap",
            .x_name = "year",
            .value_name = "rank",
            .n_x = n_years,
            .x = cf_report_year_labels(maker, maker->report_year, n_years),
            .at = maker->report_year,
            .n_series = n,
            .series = series});
}

/* ---- sections ---- */

static const char no_priorities[] =
    "Priorities are gaps of lines and areas: these results have no lines or no places, so there is "
    "nothing to rank. Give the place axes/line.csv, axes/site.csv and tables/places.csv.";

void cf_report_needs(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "needs", "What we need more of, less of, anything new",
                            "What should be commissioned by the year a strategy looks to?");
    const struct cf_table *table = priorities(maker, maker->strategy_year, ALL);
    if (!table) {
        cf_report_miss(maker, no_priorities, NULL);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        int more = 0, fewer = 0, fresh = 0;
        for (size_t row = 0; row < table->n_rows; row++) {
            const char *need = cf_report_code(table, "need", row);
            if (!cf_report_is_of(maker, table, row, s))
                continue;
            more += cf_text_same(need, "more");
            fewer += cf_text_same(need, "less");
            fresh += cf_text_same(need, "new");
        }
        cf_report_say(maker, CF_TEXT_MESSAGE, s,
                      "By %d: more is needed for %d of the gaps looked at, less for %d, something "
                      "new for %d.",
                      maker->strategy_year, more, fewer, fresh);
        say_need(maker, table, s, "more", "More of",
                 "Nothing is short in half of the futures or more.");
        say_need(maker, table, s, "less", "Less of",
                 "Nowhere are places spare and groups too small at once.");
        say_need(maker, table, s, "new", "Anything new",
                 "Every line is within reach of at least half of the residents everywhere.");
        add_short_chart(maker, table, s, maker->strategy_year);
    }
    struct cf_report_column *columns = CF_TAKE(&maker->arena, 9, struct cf_report_column);
    columns[0] = (struct cf_report_column){"need", "Need", NULL};
    columns[1] = (struct cf_report_column){"line", "Line", NULL};
    columns[2] = (struct cf_report_column){tier_of(table), tier_of(table), NULL};
    columns[3] = (struct cf_report_column){"demand", "Learners who ask for it", NULL};
    columns[4] = (struct cf_report_column){"unplaced", "Without a place: middle", NULL};
    columns[5] = (struct cf_report_column){"unplaced_low", "9 in 10: from", NULL};
    columns[6] = (struct cf_report_column){"unplaced_high", "to", NULL};
    columns[7] = (struct cf_report_column){"short", "Futures in which it is short", NULL};
    columns[8] = (struct cf_report_column){NULL, NULL, NULL};
    struct cf_report_table *added = cf_report_add_table(
        maker, "needs-all",
        cf_arena_format(&maker->arena, "All gaps and what they need by %d", maker->strategy_year),
        table, columns);
    added->folded = added->persons = 1;
    added->note = "more: short in at least half of the futures. new: fewer than half of the "
                  "residents have it within reach. less: places to spare and groups too small.";
}

void cf_report_priorities(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "priorities", "Priorities, and how sure their order is",
                            "What comes first, how often does it, and why?");
    struct cf_table **of_year =
        CF_TAKE(&maker->arena, (size_t)maker->n_report_years, struct cf_table *);
    const struct cf_table *table = priorities(maker, maker->strategy_year, TOP);
    if (!table) {
        cf_report_miss(maker, no_priorities, NULL);
        return;
    }
    int all_years = maker->n_report_years > 1;
    for (int r = 0; r < maker->n_report_years && all_years; r++) {
        of_year[r] = priorities(maker, maker->report_year[r], ALL);
        all_years = of_year[r] != NULL;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        for (size_t row = 0; row < table->n_rows; row++)
            if (cf_report_is_of(maker, table, row, s)) {
                cf_report_say(maker, CF_TEXT_MESSAGE, s,
                              "First stands %s: it is the first of all in %s of futures and "
                              "weights, among the first %d in %s.",
                              gap_of(maker, table, row),
                              cf_report_share(maker, cf_report_number(table, "first", row)), TOP,
                              cf_report_share(maker, cf_report_number(table, "top", row)));
                break;
            }
        add_rank_chart(maker, table, s);
        if (all_years)
            add_bump(maker, of_year, s);
    }
    struct cf_report_column *columns = CF_TAKE(&maker->arena, 11, struct cf_report_column);
    const struct cf_report_column all[] = {{"rank", "Rank", "rest"},
                                           {"line", "Line", NULL},
                                           {tier_of(table), tier_of(table), NULL},
                                           {"need", "Need", NULL},
                                           {"responsible", "Who answers for it", NULL},
                                           {"score", "Score", NULL},
                                           {"first", "First of all in", NULL},
                                           {"top", "Among the first in", NULL},
                                           {"low_rank", "Ranks, 9 in 10: from", NULL},
                                           {"high_rank", "to", NULL},
                                           {NULL, NULL, NULL}};
    for (size_t c = 0; c < sizeof all / sizeof *all; c++)
        columns[c] = all[c];
    struct cf_report_table *added = cf_report_add_table(
        maker, "priorities-table",
        cf_arena_format(&maker->arena, "The first %d gaps of %d, by the place's criteria", TOP,
                        maker->strategy_year),
        table, columns);
    added->persons = 1;
    added->note = "Never read a rank without how often it holds: first and among the first are "
                  "shares of futures and of weights around the stated ones.";
    struct cf_report_column *why = CF_TAKE(&maker->arena, 5, struct cf_report_column);
    why[0] = all[0];
    why[1] = all[1];
    why[2] = all[2];
    why[3] = (struct cf_report_column){"reasons", "Why, and what would help", NULL};
    added =
        cf_report_add_table(maker, "priorities-why", "Why each of them is a priority", table, why);
    added->persons = added->folded = 1;
}
