#include "cli/report_parts.h"

#include "base/text.h"
#include "plan/regret.h"

#include <math.h>

/* The plan with its dates, how the plans fare, and what is to be begun next year. */

static struct cf_table *actions(struct cf_report_maker *maker)
{
    const struct cf_regret_query query = {0};
    enum cf_status judged; /* the report says elsewhere how many draws failed */
    struct cf_table *table = cf_report_new_table(maker);
    cf_report_hush(maker);
    return cf_results_find(maker->results, "action_units") &&
                   cf_action_table(table, maker->results, &query, &judged, maker->quiet) == CF_OK
               ? table
               : NULL;
}

static const char *plan_command(struct cf_report_maker *maker)
{
    return cf_arena_format(
        &maker->arena,
        "cohortflow plan %s.cfg %s -o plan.cfg && cohortflow run %s.cfg plan.cfg "
        "-o with-plan.h5 && cohortflow report with-plan.h5",
        maker->n_scenarios ? maker->scenario[0] : "SCENARIO", maker->file,
        maker->n_scenarios ? maker->scenario[0] : "SCENARIO");
}

static const struct cf_report_column action_columns[] = {
    {"scenario", "Plan", NULL},        {"year", "Begun", NULL},
    {"opens", "Open", NULL},           {"option", "What", NULL},
    {"responsible", "Who", NULL},      {"units", "Units", NULL},
    {"places", "Places", NULL},        {"capital", "Pounds once", NULL},
    {"annual", "Pounds a year", NULL}, {"part", "Part of the money", NULL},
    {"wanted", "Wanted in", NULL},     {"used", "Still used in", NULL},
    {"verdict", "Verdict", NULL},      {NULL, NULL, NULL}};

static void say_plan(struct cf_report_maker *maker, const struct cf_table *table, int s)
{
    int n = 0, first = 0, last = 0, regretless = 0;
    double places = 0, capital = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        const int year = (int)cf_report_number(table, "year", row);
        const double more = cf_report_number(table, "places", row);
        const double pounds = cf_report_number(table, "capital", row);
        if (!cf_report_is_of(maker, table, row, s))
            continue;
        first = n == 0 || year < first ? year : first;
        last = n == 0 || year > last ? year : last;
        places += isnan(more) ? 0 : more;
        capital += isnan(pounds) ? 0 : pounds;
        regretless += cf_text_same(cf_report_code(table, "verdict", row), "no regret");
        n++;
    }
    if (n == 0)
        cf_report_say(maker, CF_TEXT_PARAGRAPH, s, "This scenario starts nothing.");
    else
        cf_report_say(maker, CF_TEXT_MESSAGE, s,
                      "It begins %d things between %d and %d: %s places more, for %s pounds once; "
                      "%d can be begun next year without regret.",
                      n, first, last, cf_report_count(maker, places),
                      cf_report_count(maker, capital), regretless);
}

static void add_regret(struct cf_report_maker *maker)
{
    static const struct cf_report_column columns[] = {
        {"scenario", "Plan", NULL},
        {"plan_cost", "Cost of the plan, pounds", NULL},
        {"cost", "With those without a place", NULL},
        {"unplaced", "Learner-years without a place", NULL},
        {"regret", "Regret, mean", NULL},
        {"regret_max", "Regret, most", NULL},
        {"p_best", "Best in", NULL},
        {NULL, NULL, NULL}};
    const struct cf_regret_query query = {0};
    enum cf_status judged; /* the report says elsewhere how many draws failed */
    struct cf_table *table = cf_report_new_table(maker);
    if (maker->n_scenarios < 2)
        return;
    cf_report_hush(maker);
    if (cf_regret_table(table, maker->results, &query, &judged, maker->quiet) != CF_OK)
        return;
    struct cf_report_table *added = cf_report_add_table(
        maker, "regret", "The plans beside each other, over the futures they share", table,
        columns);
    added->whole = 1;
    added->note = "Regret: what a plan costs more than the best of them in the same future. A plan "
                  "with little regret everywhere is safer than one that is best in a few.";
}

void cf_report_plan(struct cf_report_maker *maker)
{
    cf_report_begin_section(maker, "plan", "The plan and its dates",
                            "What is begun when, by whom, for how much, and does it last?");
    const struct cf_table *table = actions(maker);
    if (!table) {
        cf_report_miss(maker,
                       "These results hold no plan: no scenario starts any of the options. To have "
                       "one made within the budgets (options.csv and budget.csv of the place):",
                       plan_command(maker));
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++)
        say_plan(maker, table, s);
    struct cf_report_table *added =
        cf_report_add_table(maker, "actions", "What is begun, and when", table,
                            maker->n_scenarios > 1 ? action_columns : action_columns + 1);
    added->note = "Wanted in: share of the futures whose own best plan has begun it by then. Still "
                  "used in: share of the futures in which at least half of the new places are "
                  "taken at the end. Part 1 is money there is, part 2 money to be found.";
    add_regret(maker);
}

void cf_report_next_year(struct cf_report_maker *maker)
{
    const int next = maker->base_year + 1;
    cf_report_begin_section(maker, "next-year", "Next year's list",
                            "What do we need to be doing differently by this time next year?");
    const struct cf_table *table = actions(maker);
    if (!table) {
        cf_report_miss(maker,
                       "The list is what a plan begins in its first year without regret, so it "
                       "needs a plan. Until then begin with the priorities above, whose reasons "
                       "name the last year in which each option can be begun, and with the data to "
                       "get first, below.",
                       plan_command(maker));
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        int n = 0, regretless = 0;
        for (size_t row = 0; row < table->n_rows; row++)
            regretless += cf_report_is_of(maker, table, row, s) &&
                          cf_report_number(table, "year", row) <= next &&
                          cf_text_same(cf_report_code(table, "verdict", row), "no regret");
        for (size_t row = 0; row < table->n_rows; row++) {
            const char *verdict = cf_report_code(table, "verdict", row);
            if (!cf_report_is_of(maker, table, row, s) ||
                cf_report_number(table, "year", row) > next)
                continue;
            if (n++ == 0)
                cf_report_say(maker, CF_TEXT_MESSAGE, s,
                              "%s To be begun by autumn %d, with how many futures want it:",
                              regretless == 0
                                  ? "Nothing here is without regret: look again at what "
                                    "few futures want before it is begun."
                                  : cf_arena_format(&maker->arena,
                                                    "%d of these are without regret.", regretless),
                              next);
            const double places = cf_report_number(table, "places", row);
            const char *who = cf_report_text(table, "responsible", row);
            cf_report_say(
                maker, CF_TEXT_POINT, s,
                "%s%s%s: begin in %.0f, open in %.0f%s; wanted in %s of futures%s%s.",
                cf_report_text(table, "option", row), who[0] ? ", by " : "", who,
                cf_report_number(table, "year", row), cf_report_number(table, "opens", row),
                places != 0 && !isnan(places)
                    ? cf_arena_format(&maker->arena, ", %s places", cf_report_count(maker, places))
                    : "",
                cf_report_share(maker, cf_report_number(table, "wanted", row)),
                verdict[0] ? ": " : "", verdict);
        }
        if (n == 0)
            cf_report_say(maker, CF_TEXT_PARAGRAPH, s,
                          "Nothing has to be begun by %d in this scenario.", next);
    }
}
