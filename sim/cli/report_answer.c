#include "cli/report_parts.h"

#include "base/text.h"

#include <math.h>

/* The answer in one paragraph, by horizon, and the figures that it is made of. Of draws it tells
 * the middle and ranges, beyond five years ranges alone. */

#define MOST_FUTURES 0.8

struct answer {
    int s, n; /* scenario; years */
    const int *years;
    struct cf_gathered demand, unplaced, by_line;
    int has_places;
};

static int at_year(const struct answer *answer, int year)
{
    for (int y = 0; y < answer->n; y++)
        if (answer->years[y] == year)
            return y;
    return 0;
}

/* Share of the draws of a cell that lie below a value. */
static double share_below(const struct cf_gathered *gathered, int cell, double value)
{
    int below = 0;
    for (int d = 0; d < gathered->n_draws; d++)
        below += gathered->draw[(size_t)cell * (size_t)gathered->n_draws + (size_t)d] < value;
    return (double)below / gathered->n_draws;
}

static const char *range_of(struct cf_report_maker *maker, const struct cf_gathered *gathered,
                            int cell)
{
    return cf_arena_format(&maker->arena, "%s to %s",
                           cf_report_count(maker, cf_gathered_quantile(gathered, cell, 0.05)),
                           cf_report_count(maker, cf_gathered_quantile(gathered, cell, 0.95)));
}

static const char *middle_of(struct cf_report_maker *maker, const struct cf_gathered *gathered,
                             int cell)
{
    return cf_report_count(maker, cf_gathered_quantile(gathered, cell, 0.5));
}

/* What holds in most futures of how demand stands to today's. */
static const char *direction(struct cf_report_maker *maker, const struct answer *answer, int cell)
{
    const double below = share_below(&answer->demand, cell, answer->demand.central[0]);
    if (below >= MOST_FUTURES)
        return cf_arena_format(&maker->arena, "in %s of futures fewer ask for a place than in %d",
                               cf_report_share(maker, below), maker->base_year);
    if (below <= 1 - MOST_FUTURES)
        return cf_arena_format(&maker->arena, "in %s of futures more ask for a place than in %d",
                               cf_report_share(maker, 1 - below), maker->base_year);
    return "whether more or fewer will ask for a place than now is open";
}

/* The line of which most could be without a place: its 95% quantile in the strategy's year. */
static const char *line_at_risk(struct cf_report_maker *maker, const struct answer *answer)
{
    const struct cf_results_dim *line = cf_results_dim(maker->results, "line");
    const int y = at_year(answer, maker->strategy_year);
    int most = 0;
    double value = -1;
    for (int i = 0; i < (int)line->n; i++) {
        const double high = cf_gathered_quantile(&answer->by_line, y * (int)line->n + i, 0.95);
        if (high > value) {
            value = high;
            most = i;
        }
    }
    const char *name = line->label ? line->label[most] : line->code[most];
    if (!(value >= 1))
        return "";
    return cf_gathered_has_draws(&answer->by_line, y * (int)line->n + most)
               ? cf_arena_format(&maker->arena,
                                 " The line to watch is %s: in one future of twenty %s or more "
                                 "find no place on it.",
                                 name, cf_report_count(maker, value))
               : cf_arena_format(&maker->arena, " The line to watch is %s: %s find no place on it.",
                                 name, cf_report_count(maker, value));
}

static void say_paragraph(struct cf_report_maker *maker, const struct answer *answer)
{
    const int y = at_year(answer, maker->strategy_year);
    const char *now = cf_report_count(maker, answer->demand.central[0]);
    if (cf_gathered_has_draws(&answer->demand, y))
        cf_report_say(
            maker, CF_TEXT_MESSAGE, answer->s,
            "%s young people ask for a place to learn in %d. In the middle of %s futures that is "
            "%s in %d (nine in ten: %s), and %s of them have no place on the line they want most "
            "(nine in ten: %s).%s",
            now, maker->base_year, cf_report_count(maker, answer->demand.n_draws),
            middle_of(maker, &answer->demand, y), maker->strategy_year,
            range_of(maker, &answer->demand, y), middle_of(maker, &answer->unplaced, y),
            range_of(maker, &answer->unplaced, y), line_at_risk(maker, answer));
    else
        cf_report_say(maker, CF_TEXT_MESSAGE, answer->s,
                      "%s young people ask for a place to learn in %d. If all goes as assumed that "
                      "is %s in %d, and %s of them have no place on the line they want most.%s",
                      now, maker->base_year, middle_of(maker, &answer->demand, y),
                      maker->strategy_year, middle_of(maker, &answer->unplaced, y),
                      line_at_risk(maker, answer));
}

/* Action, strategy, futures: each with what can be said so far ahead. */
static void say_horizons(struct cf_report_maker *maker, const struct answer *answer)
{
    const struct {
        const char *name;
        int year;
    } horizon[] = {{"Action", maker->action_year},
                   {"Strategy", maker->strategy_year},
                   {"Futures", maker->last_year}};
    int before = 0;
    for (size_t h = 0; h < sizeof horizon / sizeof *horizon; h++) {
        const int y = at_year(answer, horizon[h].year), ahead = horizon[h].year - maker->base_year;
        const int far = ahead > CF_REPORT_STRATEGY_YEARS;
        if (horizon[h].year == before || !horizon[h].year || far != (h == 2))
            continue;
        before = horizon[h].year;
        if (far && !cf_gathered_has_draws(&answer->demand, y)) {
            cf_report_say(maker, CF_TEXT_POINT, answer->s,
                          "%s, to %d: so far ahead only ranges can be told, and they need futures "
                          "drawn (uncertain = ( ... ) in the scenario, run --draws 1000).",
                          horizon[h].name, horizon[h].year);
            continue;
        }
        if (!cf_gathered_has_draws(&answer->demand, y))
            cf_report_say(maker, CF_TEXT_POINT, answer->s,
                          "%s, to %d: %s ask for a place, %s have none on their first choice, if "
                          "all goes as assumed.",
                          horizon[h].name, horizon[h].year, middle_of(maker, &answer->demand, y),
                          middle_of(maker, &answer->unplaced, y));
        else if (far)
            cf_report_say(maker, CF_TEXT_POINT, answer->s,
                          "%s, to %d, only ranges: %s ask for a place, %s have none on their first "
                          "choice, in nine futures of ten; %s.",
                          horizon[h].name, horizon[h].year, range_of(maker, &answer->demand, y),
                          range_of(maker, &answer->unplaced, y), direction(maker, answer, y));
        else
            cf_report_say(maker, CF_TEXT_POINT, answer->s,
                          "%s, to %d: %s ask for a place in the middle future (%s in nine of ten); "
                          "%s.",
                          horizon[h].name, horizon[h].year, middle_of(maker, &answer->demand, y),
                          range_of(maker, &answer->demand, y), direction(maker, answer, y));
    }
}

/* ---- scenarios beside each other ---- */

static void add_comparison(struct cf_report_maker *maker, const struct answer *answers)
{
    const size_t n = (size_t)maker->n_scenarios;
    struct cf_gathered all = {.n_cells = maker->n_scenarios,
                              .n_draws = answers[0].unplaced.n_draws};
    int best = 0, worst = 0;
    all.central = CF_TAKE(&maker->arena, n, double);
    all.draw = CF_TAKE(&maker->arena, n * (size_t)all.n_draws, double);
    for (int s = 0; s < maker->n_scenarios; s++) {
        const struct cf_gathered *of = &answers[s].unplaced;
        const int y = at_year(&answers[s], maker->strategy_year);
        if (!answers[s].has_places || of->n_draws != all.n_draws)
            return;
        all.central[s] = of->central[y];
        for (int d = 0; d < all.n_draws; d++)
            all.draw[s * all.n_draws + d] = of->draw[y * all.n_draws + d];
        best =
            cf_gathered_quantile(&all, s, 0.5) < cf_gathered_quantile(&all, best, 0.5) ? s : best;
        worst =
            cf_gathered_quantile(&all, s, 0.5) > cf_gathered_quantile(&all, worst, 0.5) ? s : worst;
    }
    const int drawn = cf_gathered_has_draws(&all, 0);
    struct cf_chart_series *series = CF_TAKE(&maker->arena, 1, struct cf_chart_series);
    *series = cf_report_series(maker, &all, 0, 1, maker->n_scenarios, "without a place");
    cf_report_add_chart(
        maker, -1,
        (struct cf_chart){
            .kind = CF_CHART_DOTS,
            .id = "scenarios",
            .title = cf_arena_format(
                &maker->arena,
                "Without a place on their first choice in %d: fewest in %s (%s), most in %s (%s)",
                maker->strategy_year, maker->scenario_label[best], middle_of(maker, &all, best),
                maker->scenario_label[worst], middle_of(maker, &all, worst)),
            .description = "Learners of all areas without a place on the line of their first "
                           "choice, scenario by scenario.",
            .x_name = "scenario",
            .value_name = drawn ? "middle future" : "central run",
            .n_x = maker->n_scenarios,
            .x = maker->scenario_label,
            .n_series = 1,
            .series = series});
}

/* ---- figures ---- */

struct figures {
    struct cf_column *scenario, *what, *year, *central, *middle, *low, *high;
};

static void put(const struct figures *to, size_t row, const char *scenario, const char *what,
                int year, const struct cf_gathered *gathered, int cell)
{
    const int drawn = cf_gathered_has_draws(gathered, cell);
    to->scenario->text[row] = scenario;
    to->what->text[row] = what;
    to->year->integer[row] = year;
    to->central->number[row] = gathered->central[cell];
    to->middle->number[row] = drawn ? cf_gathered_quantile(gathered, cell, 0.5) : NAN;
    to->low->number[row] = drawn ? cf_gathered_quantile(gathered, cell, 0.05) : NAN;
    to->high->number[row] = drawn ? cf_gathered_quantile(gathered, cell, 0.95) : NAN;
}

static void add_figures(struct cf_report_maker *maker, const struct answer *answers)
{
    static const struct cf_report_column columns[] = {
        {"scenario", "Scenario", NULL},   {"what", "What", NULL},
        {"year", "Year", NULL},           {"median", "Middle future", NULL},
        {"q0.05", "9 in 10: from", NULL}, {"q0.95", "to", NULL},
        {"central", "Central run", NULL}, {NULL, NULL, NULL}};
    struct cf_table *table = cf_report_new_table(maker);
    const size_t rows = (size_t)maker->n_scenarios * 2 * (size_t)answers[0].n;
    const struct figures to = {.scenario = cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows),
                               .what = cf_add_column(table, "what", CF_COLUMN_TEXT, rows),
                               .year = cf_add_column(table, "year", CF_COLUMN_INT, rows),
                               .middle = cf_add_column(table, "median", CF_COLUMN_NUMBER, rows),
                               .low = cf_add_column(table, "q0.05", CF_COLUMN_NUMBER, rows),
                               .high = cf_add_column(table, "q0.95", CF_COLUMN_NUMBER, rows),
                               .central = cf_add_column(table, "central", CF_COLUMN_NUMBER, rows)};
    for (int c = 3; c < table->n_columns; c++) {
        table->column[c].unit = CF_UNIT_PERSONS;
        table->column[c].apart = 1;
    }
    table->n_rows = rows;
    size_t row = 0;
    for (int s = 0; s < maker->n_scenarios; s++) {
        for (int y = 0; y < answers[s].n; y++)
            put(&to, row++, maker->scenario[s], "ask for a place", answers[s].years[y],
                &answers[s].demand, y);
        for (int y = 0; y < answers[s].n; y++)
            put(&to, row++, maker->scenario[s], "have no place on their first choice",
                answers[s].years[y], &answers[s].unplaced, y);
    }
    to.scenario->label = CF_TAKE(&table->arena, rows, const char *);
    for (row = 0; row < rows; row++)
        for (int s = 0; s < maker->n_scenarios; s++)
            if (cf_text_same(to.scenario->text[row], maker->scenario[s]))
                to.scenario->label[row] = maker->scenario_label[s];
    struct cf_report_table *added =
        cf_report_add_table(maker, "answer-figures", "The answer in figures: learners of all areas",
                            table, maker->n_scenarios > 1 ? columns : columns + 1);
    added->persons = 1;
    added->note = "The middle future: half of the futures drawn lie below it. The central run is "
                  "everything as assumed, without risks; it is none of the futures drawn.";
}

void cf_report_answer(struct cf_report_maker *maker)
{
    const struct cf_results_dim *line = cf_results_dim(maker->results, "line");
    struct answer *answers = CF_TAKE(&maker->arena, (size_t)maker->n_scenarios, struct answer);
    cf_report_begin_section(maker, "answer", "The answer in one paragraph", NULL);
    for (int s = 0; s < maker->n_scenarios; s++) {
        struct answer *answer = &answers[s];
        answer->s = s;
        answer->years = cf_report_base_and_report_years(maker, &answer->n);
        if (!line)
            continue;
        int *each = CF_TAKE(&maker->arena, line->n, int);
        for (size_t i = 0; i < line->n; i++)
            each[i] = (int)i;
        const struct cf_report_fold fold = {"line", each, (int)line->n};
        answer->has_places = cf_report_gather(maker, "demand", s, answer->years, answer->n, NULL, 0,
                                              &answer->demand) &&
                             cf_report_gather(maker, "unplaced", s, answer->years, answer->n, NULL,
                                              0, &answer->unplaced) &&
                             cf_report_gather(maker, "unplaced", s, answer->years, answer->n, &fold,
                                              1, &answer->by_line);
        double asked = 0;
        for (int y = 0; answer->has_places && y < answer->n; y++)
            asked = fmax(asked, cf_gathered_quantile(&answer->demand, y, 0.95));
        answer->has_places &= asked > 0;
        if (!answer->has_places)
            continue;
        say_paragraph(maker, answer);
        say_horizons(maker, answer);
        const char *targets = cf_report_targets(maker, s);
        if (targets[0])
            cf_report_say(maker, CF_TEXT_POINT, s, "%s.", targets);
    }
    if (maker->n_scenarios > 0 && answers[0].has_places) {
        if (maker->n_scenarios > 1)
            add_comparison(maker, answers);
        add_figures(maker, answers);
        return;
    }
    for (int s = 0; s < maker->n_scenarios; s++) {
        struct cf_gathered people;
        if (cf_report_gather(maker, "population", s, answers[s].years, answers[s].n, NULL, 0,
                             &people))
            cf_report_say(maker, CF_TEXT_MESSAGE, s,
                          "There are %s residents of the ages looked at in %d, and %s in %d.",
                          cf_report_count(maker, people.central[0]), maker->base_year,
                          cf_report_count(maker, people.central[answers[s].n - 1]),
                          maker->last_year);
    }
    cf_report_miss(maker,
                   "Nobody here asks for a place that is described, so what is short cannot be "
                   "told. Give the place axes/line.csv, axes/site.csv and "
                   "tables/places.csv.",
                   NULL);
}
