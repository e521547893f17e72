#include "plan/value_parts.h"

#include "base/text.h"
#include "plan/told.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * Value of information: for each uncertain input, what a decision made knowing it would gain over
 * the one made without (EVPPI), beside what knowing everything would (EVPI), the share of the
 * variance it explains, and what is known of it today. sim/MODEL.md 9.7.
 */
static const double usual_penalty = 6000, usual_discount = 0.035; /* of files that say neither */
enum { MOST_SHARES_FOR_PEOPLE = 4, FEWEST_DRAWS = 30 };

/* ---- what is looked at ---- */

static int has_target(const double *target, size_t indicator, size_t years)
{
    int any = 0;
    for (size_t y = 0; y < years; y++)
        any |= !isnan(target[indicator * years + y]);
    return any;
}

/* The indicators of the pool of all areas, else of every area. */
static const struct cf_results_variable *find_values(struct cf_value *v)
{
    static const char *const names[] = {"indicator_pooled", "indicator_value"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const struct cf_results_variable *value =
            cf_results_find(v->shortage.sheet.results, names[k]);
        if (!value || value->n_dims != 4 || !value->dim[1]->number || !value->dim[2]->code ||
            !value->dim[3]->code || !cf_text_same(value->dim[0]->name, "draw_run"))
            continue;
        v->first_place = k == 0 ? cf_find_code(value->dim[2], "all") : 0;
        v->n_places = k == 0 ? 1 : (int)value->dim[2]->n;
        if (v->first_place >= 0)
            return value;
    }
    v->n_places = 0;
    return NULL;
}

/* Indicators with a target; all where none has one. */
static void find_indicators(struct cf_value *v)
{
    struct cf_sheet *sheet = &v->shortage.sheet;
    if (sheet->status != CF_OK)
        return;
    v->indicator = find_values(v);
    if (!v->indicator)
        return;
    const size_t n = v->indicator->dim[3]->n;
    const double *target = cf_results_find(sheet->results, "indicator_target")
                               ? cf_sheet_read(sheet, "indicator_target", "indicator year")
                               : NULL;
    int any = 0;
    for (size_t k = 0; target && k < n; k++)
        any |= has_target(target, k, (size_t)sheet->Y);
    for (size_t k = 0; k < n && v->n_shares < CF_VALUE_MOST_SHARES; k++)
        if (!any || has_target(target, k, (size_t)sheet->Y))
            v->share_of[v->n_shares++] = (int)k;
}

/* ---- one block ---- */

static double share_explained(const struct cf_smooth *smooth, const struct cf_series *series, int D)
{
    double unexplained = 0, total = 0;
    for (int k = 0; k < series->n; k++) {
        double rest, all;
        cf_unexplained(smooth, series->value + (size_t)k * (size_t)D, &rest, &all);
        unexplained += rest;
        total += all;
    }
    return total > 0 ? fmax(0, 1 - unexplained / total) : (double)NAN;
}

static void value_input(struct cf_value *v, struct cf_input *input, const unsigned char *half)
{
    struct cf_smooth smooth;
    cf_smooth_init(&smooth, input->x, v->D, half);
    input->evppi = cf_evppi(&v->choices, &smooth);
    input->share = v->evpi > 0 ? input->evppi / v->evpi : (double)NAN;
    input->unplaced_share = share_explained(&smooth, &v->unplaced, v->D);
    for (int k = 0; k < v->n_shares; k++)
        input->indicator_share[k] = share_explained(&smooth, &v->of_indicator[k], v->D);
    cf_smooth_free(&smooth);
}

/* What is worth most first, then what explains most, then as they stand. */
static int by_worth(const void *a, const void *b)
{
    const struct cf_input *one = *(const struct cf_input *const *)a;
    const struct cf_input *other = *(const struct cf_input *const *)b;
    if (one->evppi != other->evppi)
        return one->evppi < other->evppi ? 1 : -1;
    if (one->unplaced_share != other->unplaced_share)
        return one->unplaced_share < other->unplaced_share ? 1 : -1;
    return (one > other) - (one < other);
}

/* ---- the table ---- */

struct columns {
    struct cf_column *year, *rank, *input, *evppi, *share, *unplaced, *known, *vintage;
    struct cf_column *indicator[CF_VALUE_MOST_SHARES];
    struct cf_column *decision, *kind, *evpi, *draws, *field, *by, *nature, *publisher, *advice;
};

static void add_columns(struct cf_value *v, struct columns *c, size_t rows)
{
    struct cf_sheet *sheet = &v->shortage.sheet;
    struct cf_table *table = sheet->table;
    const int people = v->query->for_people;
    cf_add_point_columns(&v->shortage.ensemble, table, rows);
    c->year = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    c->year->once = 1;
    if (!people)
        c->decision = cf_add_column(table, "decision", CF_COLUMN_TEXT, rows);
    c->rank = cf_add_column(table, "rank", CF_COLUMN_INT, rows);
    c->input = cf_add_member_column(sheet, "input", rows);
    if (!people)
        c->kind = cf_add_column(table, "kind", CF_COLUMN_TEXT, rows);
    c->evppi = cf_add_column(table, "evppi", CF_COLUMN_NUMBER, rows);
    c->share = cf_add_column(table, "share", CF_COLUMN_SHARE, rows);
    if (!people)
        c->evpi = cf_add_column(table, "evpi", CF_COLUMN_NUMBER, rows);
    c->unplaced = cf_add_column(table, "unplaced_share", CF_COLUMN_SHARE, rows);
    for (int k = 0; k < v->n_shares && (!people || k < MOST_SHARES_FOR_PEOPLE); k++)
        c->indicator[k] = cf_add_column(
            table,
            cf_arena_format(&table->arena, "%s_share", v->indicator->dim[3]->code[v->share_of[k]]),
            CF_COLUMN_SHARE, rows);
    c->known = cf_add_column(table, "known", CF_COLUMN_TEXT, rows);
    c->vintage = cf_add_column(table, "vintage", CF_COLUMN_TEXT, rows);
    if (people)
        return;
    c->field = cf_add_column(table, "table", CF_COLUMN_TEXT, rows);
    c->by = cf_add_column(table, "by", CF_COLUMN_TEXT, rows);
    c->nature = cf_add_column(table, "nature", CF_COLUMN_TEXT, rows);
    c->publisher = cf_add_column(table, "publisher", CF_COLUMN_TEXT, rows);
    c->draws = cf_add_column(table, "draws", CF_COLUMN_INT, rows);
    c->advice = cf_add_column(table, "advice", CF_COLUMN_TEXT, rows);
}

static void put_input(struct cf_value *v, const struct columns *c, int rank,
                      const struct cf_input *input)
{
    const struct cf_shortage *s = &v->shortage;
    struct cf_table *table = s->sheet.table;
    const size_t row = table->n_rows++;
    cf_put_point(&s->ensemble, table, row, s->scenario, s->point);
    if (v->of_plans)
        table->column[0].text[row] = "all";
    c->year->integer[row] = s->report_year[s->horizon];
    c->rank->integer[row] = rank;
    cf_put_member(c->input, row, &(struct cf_member){input->name, input->label});
    c->evppi->number[row] = input->evppi;
    c->share->number[row] = input->share;
    c->unplaced->number[row] = input->unplaced_share;
    for (int k = 0; k < v->n_shares && c->indicator[k]; k++)
        c->indicator[k]->number[row] = input->indicator_share[k];
    c->known->text[row] = cf_value_known(input);
    c->vintage->text[row] = input->vintage;
    if (v->query->for_people)
        return;
    c->decision->text[row] = v->of_plans ? "scenario" : "places";
    c->kind->text[row] = input->kind;
    c->evpi->number[row] = v->evpi;
    c->field->text[row] = input->field;
    c->by->text[row] = input->by;
    c->nature->text[row] = input->nature;
    c->publisher->text[row] = input->publisher;
    c->draws->integer[row] = v->D;
    c->advice->text[row] = cf_value_advice(v, input);
}

/* ---- notes ---- */

struct notes {
    const char **line;
    int n;
};

static void note(struct notes *notes, const char *line)
{
    notes->line[notes->n++] = line;
}

static const char *pounds(struct cf_arena *arena, double value)
{
    const long long whole = llround(value);
    if (whole >= 1000000)
        return cf_arena_format(arena, "£%lld,%03lld,%03lld", whole / 1000000, whole / 1000 % 1000,
                               whole % 1000);
    return whole >= 1000 ? cf_arena_format(arena, "£%lld,%03lld", whole / 1000, whole % 1000)
                         : cf_arena_format(arena, "£%lld", whole);
}

/* What is decided, and what all knowledge would be worth. */
static void note_block(struct cf_value *v, struct notes *notes)
{
    const struct cf_shortage *s = &v->shortage;
    struct cf_arena *arena = &s->sheet.table->arena;
    const int year = s->report_year[s->horizon];
    if (v->of_plans)
        note(notes, cf_arena_format(arena,
                                    "decided is which of %d scenarios, by unplaced learners in %d "
                                    "at %s each and what the scenario has started; on the average "
                                    "cheapest: %s",
                                    v->n_runs, year, pounds(arena, v->penalty),
                                    s->ensemble.scenario_code[v->best]));
    else
        note(notes,
             cf_arena_format(
                 arena,
                 "decided is how many places to commission for %d, line by line and %s by "
                 "%s: none, or what is unplaced in the lowest 25, 50, 75 or 95 futures of "
                 "100; a place costs its share of a group, and the learner in it, as the line's "
                 "costs say; a learner unplaced %s a year",
                 year, s->tier.name, s->tier.name, pounds(arena, v->penalty)));
    note(notes,
         cf_arena_format(arena,
                         "knowing everything beforehand would save %s a year on the average: "
                         "evppi is what knowing one input alone would, share its part of "
                         "that; the parts need not add up",
                         pounds(arena, v->evpi)));
    if (!v->of_plans && v->n_dear > 0)
        note(notes, cf_arena_format(
                        arena,
                        "in %d of %d gaps a learner in a place costs as much as one unplaced or "
                        "more: no place is worth commissioning there, and so nothing worth "
                        "knowing; see the setting `penalty` of `planning`",
                        v->n_dear, s->n));
}

/* The three to get first: those that can be got, worth most, or where nothing is worth anything
 * explaining most. */
static void note_first(struct cf_value *v, struct notes *notes, struct cf_input *const *order,
                       int n)
{
    struct cf_text text = {0};
    int got = 0, worth = 0;
    for (int k = 0; k < n; k++)
        worth |= order[k]->kind[0] == 'e' && order[k]->evppi > 0;
    for (int k = 0; k < n && got < 3; k++)
        if (order[k]->kind[0] == 'e' && (order[k]->evppi > 0 || order[k]->unplaced_share > 0))
            cf_text_format(&text, "%s%s (%s)", got++ ? ", " : "", order[k]->label,
                           cf_value_known(order[k]));
    if (got > 0)
        note(notes,
             cf_arena_format(&v->shortage.sheet.table->arena,
                             worth ? "to get first: %s"
                                   : "no input is worth money to this decision; what explains most "
                                     "of who is unplaced: %s",
                             text.data));
    cf_text_free(&text);
}

static void note_inputs(struct cf_value *v, struct notes *notes, struct cf_input *const *order,
                        int n)
{
    struct cf_arena *arena = &v->shortage.sheet.table->arena;
    struct cf_text by = {0};
    for (int k = 0; k < n; k++) {
        note(notes, cf_arena_format(arena, "%d. %s: %s", k + 1, order[k]->label,
                                    cf_value_advice(v, order[k])));
        if (order[k]->by[0])
            cf_text_format(&by, "%s%s", by.length ? ", " : "", order[k]->label);
    }
    if (by.length > 0)
        note(notes, cf_arena_format(arena,
                                    "drawn for each member or year by itself, of which the results "
                                    "keep the first year's mean alone: worth more than is shown: "
                                    "%s",
                                    by.data));
    cf_text_free(&by);
}

static enum cf_status put_block(struct cf_value *v, const struct columns *c, struct notes *notes)
{
    struct cf_input **order = CF_TAKE(&v->block, (size_t)v->n_inputs, struct cf_input *);
    int n = 0;
    enum cf_status status = cf_value_read_block(v);
    if (status != CF_OK)
        return status;
    unsigned char *half = CF_TAKE(&v->block, (size_t)v->D, unsigned char);
    cf_part_draws(&v->stream, v->D, half);
    v->evpi = cf_evpi(&v->choices);
    for (int i = 0; i < v->n_inputs; i++) {
        if (!v->input[i].x)
            continue;
        value_input(v, &v->input[i], half);
        order[n++] = &v->input[i];
    }
    qsort(order, (size_t)n, sizeof(struct cf_input *), by_worth);
    for (int k = 0; k < n; k++)
        put_input(v, c, k + 1, order[k]);
    note_first(v, notes, order, n);
    note_block(v, notes);
    note_inputs(v, notes, order, n);
    if (v->D < FEWEST_DRAWS)
        cf_report(v->shortage.sheet.diag, CF_WARNING, "value.few", (struct cf_at){0},
                  "a regression wants some hundreds of `draws`",
                  "%d draws are too few to say what an input is worth", v->D);
    return CF_OK;
}

static enum cf_status fill(struct cf_value *v)
{
    struct cf_shortage *s = &v->shortage;
    struct cf_arena *arena = &s->sheet.table->arena;
    const int blocks = v->of_plans ? s->ensemble.n_points : s->sheet.n_runs;
    const size_t rows = (size_t)blocks * (size_t)v->n_inputs;
    struct columns c = {0};
    struct notes notes = {
        .line = CF_TAKE(arena, (size_t)blocks * ((size_t)v->n_inputs + 5) + 3, const char *)};
    enum cf_status status = CF_OK;
    s->sheet.table->title = "What each uncertain input is worth knowing, in pounds a year, and "
                            "whether it is known";
    add_columns(v, &c, rows);
    for (int b = 0; status == CF_OK && b < blocks; b++) {
        cf_arena_reset(&v->block);
        v->first_run = b;
        v->n_runs = v->of_plans ? s->ensemble.n_scenarios : 1;
        status = put_block(v, &c, &notes);
    }
    note(&notes, "unplaced share and the like: share of the variance over futures, of learners "
                 "unplaced and of the indicators with targets, that the input explains by itself");
    note(&notes, "known: by sources.csv, with the year it is of; by regression on the draws, so "
                 "approximate, and rather too low than too high");
    s->sheet.table->notes = notes.line;
    return status;
}

enum cf_status cf_value_table(struct cf_table *table, cf_results *results,
                              const struct cf_value_query *query, enum cf_status *judged,
                              cf_diag *diag)
{
    struct cf_value v = {.query = query};
    struct cf_sheet *sheet = &v.shortage.sheet;
    const char *seed = cf_results_text(results, "seed");
    double number = 0;
    if (seed)
        cf_parse_double(seed, &number);
    v.stream = cf_stream_of(number >= 0 && number < 0x1p63 ? (unsigned long long)number : 0,
                            "halves of draws");
    cf_arena_init(&v.block);
    cf_shortage_open(&v.shortage, table, results, &query->plan, diag);
    cf_value_find_inputs(&v);
    find_indicators(&v);
    v.penalty = cf_planning(sheet, "penalty", usual_penalty);
    v.discount = cf_planning(sheet, "discount", usual_discount);
    v.of_plans = !query->plan.scenario && v.shortage.ensemble.n_scenarios > 1;
    if (sheet->status == CF_OK)
        sheet->status = fill(&v);
    *judged = sheet->status == CF_OK ? cf_shortage_judge(&v.shortage) : CF_OK;
    if (sheet->status == CF_OK && query->for_people)
        cf_tell_scenarios(table, results);
    cf_arena_free(&v.block);
    return cf_shortage_close(&v.shortage);
}
