#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/outlook.h"
#include "plan/plan_tables.h"

#include <math.h>

/* What is working well, and what less well, by rules that are said. */

#define LIKELY 0.8
#define UNLIKELY 0.5
#define FEW_UNPLACED 0.02
enum { MOST_NAMED = 4 };

struct verdicts {
    struct cf_report_maker *maker;
    int s;
    const char *well[64], *less[64];
    int n_well, n_less;
};

static void add(struct verdicts *to, int is_well, const char *text)
{
    if (is_well && to->n_well < 64)
        to->well[to->n_well++] = text;
    else if (!is_well && to->n_less < 64)
        to->less[to->n_less++] = text;
}

/* Lines by the share of their learners who have no place, middle future, strategy's year. */
static void judge_lines(struct verdicts *to)
{
    struct cf_report_maker *maker = to->maker;
    const struct cf_results_dim *line = cf_results_dim(maker->results, "line");
    struct cf_gathered without, asking;
    if (!line)
        return;
    int *each = CF_TAKE(&maker->arena, line->n, int), good = 0, named = 0;
    for (size_t i = 0; i < line->n; i++)
        each[i] = (int)i;
    const struct cf_report_fold fold = {"line", each, (int)line->n};
    if (!cf_report_gather(maker, "unplaced", to->s, &maker->strategy_year, 1, &fold, 1, &without) ||
        !cf_report_gather(maker, "demand", to->s, &maker->strategy_year, 1, &fold, 1, &asking))
        return;
    const char *by =
        cf_gathered_has_draws(&without, 0) ? "in the middle future" : "if all goes as assumed";
    for (int i = 0; i < (int)line->n; i++) {
        const double asked = cf_gathered_quantile(&asking, i, 0.5);
        const double share = asked > 0 ? cf_gathered_quantile(&without, i, 0.5) / asked : 0;
        good += share <= FEW_UNPLACED;
        if (share > FEW_UNPLACED && named++ < MOST_NAMED)
            add(to, 0,
                cf_arena_format(&maker->arena,
                                "%s: %s of %s who ask for it in %d have no place on it, %s",
                                line->label ? line->label[i] : line->code[i],
                                cf_report_count(maker, cf_gathered_quantile(&without, i, 0.5)),
                                cf_report_count(maker, asked), maker->strategy_year, by));
    }
    if (named > MOST_NAMED)
        add(to, 0,
            cf_arena_format(&maker->arena,
                            "and %d lines more of which over 2%% of the learners have no place",
                            named - MOST_NAMED));
    if (good > 0)
        add(to, 1,
            cf_arena_format(&maker->arena,
                            "%d of %d lines have room for at least 98%% of those who ask for them "
                            "in %d, %s",
                            good, (int)line->n, maker->strategy_year, by));
}

/* Whether an indicator is better or worse than in the base year in three quarters of futures; 0: it
 * is open. */
static int direction_of(const struct cf_report_maker *maker, const struct cf_table *table,
                        size_t row)
{
    const struct cf_results_dim *indicator = cf_results_dim(maker->results, "indicator");
    const char *const *better = cf_results_attribute(maker->results, "indicator", "better");
    const char *code = cf_report_code(table, "indicator", row);
    double now = NAN;
    int sign = 0;
    for (size_t k = 0; better && k < indicator->n; k++)
        if (cf_text_same(indicator->code[k], code))
            sign = cf_text_same(better[k], "higher")  ? 1
                   : cf_text_same(better[k], "lower") ? -1
                                                      : 0;
    for (size_t k = 0; k < table->n_rows; k++)
        if (cf_text_same(cf_report_code(table, "indicator", k), code) &&
            cf_text_same(cf_report_code(table, "scenario", k),
                         cf_report_code(table, "scenario", row)) &&
            cf_report_number(table, "year", k) == maker->base_year)
            now = cf_report_number(table, "central", k);
    if (cf_report_number(table, "q0.25", row) > now)
        return sign;
    return cf_report_number(table, "q0.75", row) < now ? -sign : 0;
}

static void judge_indicators(struct verdicts *to, const struct cf_table *table)
{
    struct cf_report_maker *maker = to->maker;
    int n = 0, without_target = 0;
    for (size_t row = 0; table && row < table->n_rows; row++) {
        const double met = cf_report_number(table, "p_met", row);
        const double ahead = cf_report_number(table, "p_benchmark", row);
        const char *name = cf_report_text(table, "indicator", row);
        if (!cf_report_is_of(maker, table, row, to->s) ||
            cf_report_number(table, "year", row) != maker->strategy_year)
            continue;
        const int direction = direction_of(maker, table, row);
        if (direction)
            add(to, direction > 0,
                cf_arena_format(&maker->arena,
                                "%s: %s by %d than in %d, in at least three futures of four", name,
                                direction > 0 ? "better" : "worse", maker->strategy_year,
                                maker->base_year));
        without_target += isnan(cf_report_number(table, "target", row));
        n++;
        if (!isnan(met) && (met >= LIKELY || met < UNLIKELY))
            add(to, met >= LIKELY,
                cf_arena_format(&maker->arena, "%s: the target of %d is met in %s of futures", name,
                                maker->strategy_year, cf_report_share(maker, met)));
        if (!isnan(ahead) && (ahead >= LIKELY || ahead < UNLIKELY))
            add(to, ahead >= LIKELY,
                cf_arena_format(&maker->arena, "%s: as good as the benchmark in %s of futures",
                                name, cf_report_share(maker, ahead)));
    }
    if (without_target > 0)
        add(to, 0,
            cf_arena_format(&maker->arena, "%d of %d indicators have no target for %d: Not set",
                            without_target, n, maker->strategy_year));
}

/* Good places, and places within reach, of the whole. */
static void judge_places(struct verdicts *to, const struct cf_table *gaps)
{
    struct cf_report_maker *maker = to->maker;
    double places = 0, good = 0;
    for (size_t row = 0; gaps && row < gaps->n_rows; row++) {
        const double usable = cf_report_number(gaps, "usable", row);
        const double share = cf_report_number(gaps, "good_share", row);
        if (!cf_report_is_of(maker, gaps, row, to->s) || isnan(usable) || isnan(share) ||
            !cf_text_same(cf_report_code(gaps, "authority", row), "all"))
            continue;
        places += usable;
        good += usable * share;
    }
    if (places > 0 && (good / places >= LIKELY || good / places < 0.7))
        add(to, good / places >= LIKELY,
            cf_arena_format(&maker->arena,
                            "%s of the places there are in %d are at good or better sites, so far "
                            "as inspection grades are known",
                            cf_report_share(maker, good / places), maker->strategy_year));
}

static void judge_duplicates(struct verdicts *to, const struct cf_table *pairs)
{
    struct cf_report_maker *maker = to->maker;
    int n = 0, viable = 0;
    for (size_t row = 0; pairs && row < pairs->n_rows; row++) {
        if (!cf_report_is_of(maker, pairs, row, to->s))
            continue;
        n++;
        viable += cf_text_same(cf_report_code(pairs, "viable", row), "yes");
    }
    if (n > 0)
        add(to, 0,
            cf_arena_format(&maker->arena,
                            "%d pairs of sites near each other teach the same line to groups too "
                            "small; in %d of them one group of both would be large enough",
                            n, viable));
}

static struct cf_table *made(struct cf_report_maker *maker, cf_plan_table *make,
                             const struct cf_plan_query *query)
{
    struct cf_table *table = cf_report_new_table(maker);
    cf_report_hush(maker);
    return make(table, maker->results, query, maker->quiet) == CF_OK ? table : NULL;
}

static void say_list(struct cf_report_maker *maker, int s, const char *heading,
                     const char *const *text, int n, const char *none)
{
    cf_report_say(maker, CF_TEXT_HEADING, s, "%s", heading);
    for (int k = 0; k < n; k++)
        cf_report_say(maker, CF_TEXT_POINT, s, "%s.", text[k]);
    if (n == 0)
        cf_report_say(maker, CF_TEXT_PARAGRAPH, s, "%s", none);
}

static void add_pairs(struct cf_report_maker *maker, const struct cf_table *pairs)
{
    static const struct cf_report_column columns[] = {{"line", "Line", NULL},
                                                      {"site", "Site", NULL},
                                                      {"enrolled", "Learners", NULL},
                                                      {"other_site", "Other site", NULL},
                                                      {"other_enrolled", "Learners", NULL},
                                                      {"combined", "Together", NULL},
                                                      {"viable_group", "A group needs", NULL},
                                                      {"viable", "Enough together", NULL},
                                                      {NULL, NULL, NULL}};
    struct cf_report_table *added = cf_report_add_table(
        maker, "duplicates", "Sites near each other that teach the same to groups too small", pairs,
        columns);
    added->folded = added->persons = 1;
}

void cf_report_working(struct cf_report_maker *maker)
{
    const struct cf_table_span year = {maker->strategy_year, maker->strategy_year};
    const struct cf_table_span until = {maker->base_year, maker->strategy_year};
    const struct cf_plan_query gap_query = {.year = &year, .by = "authority"}, none = {0};
    const struct cf_outlook_query query = {.year = &until, .member = "all"};
    struct cf_table *indicators = cf_report_new_table(maker);
    enum cf_status judged;
    cf_report_begin_section(maker, "working", "What is working well, and what less well",
                            "By rules, the same for every place; the figures are in the sections "
                            "below.");
    cf_report_hush(maker);
    if (cf_outlook_table(indicators, maker->results, &query, &judged, maker->quiet) != CF_OK)
        indicators = NULL;
    else
        cf_report_label(maker, indicators);
    const struct cf_table *gaps = made(maker, cf_gap_table, &gap_query);
    const struct cf_table *pairs = made(maker, cf_duplicates_table, &none);
    if (!indicators && !gaps && !cf_results_find(maker->results, "demand")) {
        cf_report_miss(maker,
                       "There is nothing to judge: the scenario has no indicators and the place no "
                       "places to learn.",
                       NULL);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        struct verdicts to = {.maker = maker, .s = s};
        judge_lines(&to);
        judge_indicators(&to, indicators);
        judge_places(&to, gaps);
        judge_duplicates(&to, pairs);
        say_list(maker, s, "Working well", to.well, to.n_well,
                 "Nothing that these rules can tell.");
        say_list(maker, s, "Working less well", to.less, to.n_less,
                 "Nothing that these rules can tell.");
    }
    if (pairs && pairs->n_rows > 0)
        add_pairs(maker, pairs);
    cf_report_say(
        maker, CF_TEXT_PARAGRAPH, -1,
        "Well: a line with a place for 98%% of those who ask for it, a target or "
        "benchmark met in at least 80%% of futures, better than now in three of four, 80%% of "
        "places at good sites. Less well: more than 2%% of a line's learners without a place, a "
        "target met in fewer "
        "than half of futures, fewer than 70%% of places at good sites, groups too small "
        "side by side.");
}
