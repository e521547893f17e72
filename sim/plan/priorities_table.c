#include "plan/priorities_parts.h"

#include "base/text.h"
#include "plan/told.h"

#include <math.h>

/* The table of priorities: for programs all there is, for people what they can take in, with the
 * reasons below. */

static const char *const notes[] = {
    "score: weighted sum of the criteria; by itself it says little: first and top are the shares "
    "of futures and weights (around those stated) in which a gap is first and among the top, "
    "ranks "
    "holds nine tenths of them; uniform first is with any weights at all",
    "confidence: the share of futures in which a gap is first with the weights that suit it best; "
    "-: it is never first",
    "short: a learner or more unplaced, and a hundredth or more of those who want the line", NULL};

struct columns {
    struct cf_column *year, *rank, *line, *member, *need, *responsible, *score, *first, *top;
    struct cf_column *confidence, *uniform_first, *ranks, *unplaced, *is_short;
    /* for programs: */
    struct cf_column *uniform_top, *expected, *low_rank, *high_rank, *demand, *low, *high;
    struct cf_column *first_short, *coverage, *cost, *option, *value[CF_N_CRITERIA];
    struct cf_column *central[CF_N_CRITERIA], *reasons;
};

static struct cf_column *add(struct cf_priorities *p, const char *name, enum cf_column_kind kind,
                             size_t rows)
{
    return cf_add_column(p->shortage.sheet.table, name, kind, rows);
}

/* Of draws: none follows from another. */
static struct cf_column *add_quantile(struct cf_priorities *p, const char *name, size_t rows)
{
    struct cf_column *column = add(p, name, CF_COLUMN_NUMBER, rows);
    column->apart = 1;
    return column;
}

static void add_columns(struct cf_priorities *p, struct columns *c, size_t rows)
{
    struct cf_sheet *sheet = &p->shortage.sheet;
    const int people = p->query->for_people;
    cf_add_point_columns(&p->shortage.ensemble, sheet->table, rows);
    c->year = add(p, "year", CF_COLUMN_INT, rows);
    c->year->once = 1;
    c->rank = add(p, "rank", CF_COLUMN_NUMBER, rows);
    c->line = cf_add_member_column(sheet, "line", rows);
    c->member = cf_add_member_column(sheet, p->shortage.tier.name, rows);
    c->need = add(p, "need", CF_COLUMN_TEXT, rows);
    c->responsible = cf_add_member_column(sheet, "responsible", rows);
    c->responsible->once = people;
    c->score = add(p, "score", CF_COLUMN_MIXED, rows);
    c->first = add(p, "first", CF_COLUMN_SHARE, rows);
    c->top = add(p, "top", CF_COLUMN_SHARE, rows);
    c->confidence = add(p, "confidence", CF_COLUMN_SHARE, rows);
    c->uniform_first = add(p, "uniform_first", CF_COLUMN_SHARE, rows);
    if (people)
        c->ranks = add(p, "ranks", CF_COLUMN_TEXT, rows);
    c->unplaced = add_quantile(p, "unplaced", rows);
    c->is_short = add(p, "short", CF_COLUMN_SHARE, rows);
}

static void add_more_columns(struct cf_priorities *p, struct columns *c, size_t rows)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    c->uniform_top = add(p, "uniform_top", CF_COLUMN_SHARE, rows);
    c->expected = add(p, "expected_rank", CF_COLUMN_NUMBER, rows);
    c->low_rank = add(p, "low_rank", CF_COLUMN_NUMBER, rows);
    c->high_rank = add(p, "high_rank", CF_COLUMN_NUMBER, rows);
    c->demand = add_quantile(p, "demand", rows);
    c->low = add_quantile(p, "unplaced_low", rows);
    c->high = add_quantile(p, "unplaced_high", rows);
    c->first_short = add(p, "first_short", CF_COLUMN_NUMBER, rows);
    c->coverage = add(p, "coverage", CF_COLUMN_SHARE, rows);
    c->cost = add(p, "cost_a_learner", CF_COLUMN_NUMBER, rows);
    c->option = add(p, "option", CF_COLUMN_TEXT, rows);
    for (int k = 0; k < p->weighing.n; k++)
        c->value[k] = add(p, cf_criteria[p->weighing.criterion[k]].code, CF_COLUMN_NUMBER, rows);
    for (int k = 0; k < p->weighing.n; k++)
        c->central[k] =
            add(p, cf_arena_format(arena, "central_%s", cf_criteria[p->weighing.criterion[k]].code),
                CF_COLUMN_NUMBER, rows);
    c->reasons = add(p, "reasons", CF_COLUMN_TEXT, rows);
}

static size_t begin_row(struct cf_priorities *p, const struct columns *c)
{
    const struct cf_shortage *s = &p->shortage;
    struct cf_table *table = s->sheet.table;
    const size_t row = table->n_rows++;
    cf_put_point(&s->ensemble, table, row, s->scenario, s->point);
    c->year->integer[row] = s->report_year[s->horizon];
    return row;
}

static void put_more(struct cf_priorities *p, const struct columns *c, size_t row,
                     const struct cf_priority *g)
{
    c->uniform_top->number[row] = g->uniform_top;
    c->expected->number[row] = g->expected_rank;
    c->low_rank->number[row] = g->low_rank;
    c->high_rank->number[row] = g->high_rank;
    c->demand->number[row] = g->demand;
    c->low->number[row] = g->low;
    c->high->number[row] = g->high;
    c->first_short->number[row] = g->first_short > 0 ? g->first_short : (double)NAN;
    c->coverage->number[row] = g->facts.coverage;
    c->cost->number[row] = g->facts.cost;
    c->option->text[row] = g->facts.option >= 0 ? p->options->code[g->facts.option] : "";
    for (int k = 0; k < p->weighing.n; k++) {
        c->value[k]->number[row] = g->value[k];
        c->central[k]->number[row] = g->central[k];
    }
}

/* Of what people read, how each gap is called: its number in the table and its words. */
static void put_reasons(struct cf_priorities *p, const struct columns *c, size_t row,
                        const char *head, const char *reasons)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    if (!p->query->for_people)
        c->reasons->text[row] = reasons;
    else
        p->note[p->n_notes++] = cf_arena_format(arena, "%s: %s", head, reasons);
}

static void put_gap(struct cf_priorities *p, const struct columns *c, const struct cf_priority *g)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    const size_t row = begin_row(p, c);
    const struct cf_member *line = &p->lines.member[g->line];
    const struct cf_member *member = &p->shortage.tier.member[g->member];
    c->rank->number[row] = g->rank;
    cf_put_member(c->line, row, line);
    cf_put_member(c->member, row, member);
    c->need->text[row] = cf_needs[g->need];
    cf_put_member(c->responsible, row, &g->responsible);
    c->score->number[row] = g->score;
    c->first->number[row] = g->first;
    c->top->number[row] = g->top;
    c->confidence->number[row] = g->confidence;
    c->uniform_first->number[row] = g->uniform_first;
    c->unplaced->number[row] = g->unplaced;
    c->is_short->number[row] = g->short_share;
    if (p->query->for_people)
        c->ranks->text[row] = cf_arena_format(arena, "%d to %d", g->low_rank, g->high_rank);
    else
        put_more(p, c, row, g);
    put_reasons(p, c, row,
                cf_arena_format(arena, "%d. %s, %s", g->rank, line->label, member->label),
                cf_priority_reasons(p, g));
}

/* All from `first` on in one row: what adds up is added up. */
static void put_rest(struct cf_priorities *p, const struct columns *c, int first)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    const int n = p->shortage.n - first;
    const size_t row = begin_row(p, c);
    struct cf_priority sum = {.facts = {.coverage = (double)NAN, .cost = (double)NAN, .option = -1},
                              .expected_rank = (double)NAN};
    for (int g = first; g < p->shortage.n; g++) {
        sum.first += p->priority[g].first;
        sum.uniform_first += p->priority[g].uniform_first;
        sum.unplaced += p->priority[g].unplaced;
        sum.demand += p->priority[g].demand;
    }
    for (int k = 0; k < p->weighing.n; k++)
        sum.value[k] = sum.central[k] = (double)NAN;
    if (!p->query->for_people) {
        put_more(p, c, row, &sum);
        c->uniform_top->number[row] = c->low->number[row] = c->high->number[row] = (double)NAN;
        c->low_rank->number[row] = c->high_rank->number[row] = (double)NAN;
    }
    c->rank->number[row] = c->score->number[row] = c->top->number[row] = (double)NAN;
    c->confidence->number[row] = c->is_short->number[row] = (double)NAN;
    c->line->text[row] = "rest";
    c->line->label[row] = cf_arena_format(arena, "the rest: %d gaps", n);
    c->first->number[row] = sum.first;
    c->uniform_first->number[row] = sum.uniform_first;
    c->unplaced->number[row] = sum.unplaced;
    put_reasons(p, c, row, "The rest", cf_rest_reasons(p, first));
}

static void end_notes(struct cf_priorities *p)
{
    struct cf_arena *arena = &p->shortage.sheet.table->arena;
    struct cf_text text = {0};
    cf_text_add(&text, "weights: ");
    for (int k = 0; k < p->weighing.n; k++)
        cf_text_format(&text, "%s%s %.3g%%", k ? ", " : "",
                       cf_criteria[p->weighing.criterion[k]].code, 100 * p->weighing.weight[k]);
    p->note[p->n_notes++] = cf_arena_copy(arena, text.data);
    cf_text_free(&text);
    for (int k = 0; notes[k]; k++)
        p->note[p->n_notes++] = notes[k];
    if (p->shortage.draw[0] == 0)
        p->note[p->n_notes++] = "these results have no draws: weights alone vary";
    p->shortage.sheet.table->notes = p->note;
}

static enum cf_status fill(struct cf_priorities *p)
{
    struct cf_shortage *s = &p->shortage;
    const size_t of_run = (size_t)(p->top < s->n ? p->top + 1 : s->n);
    const size_t rows = of_run * (size_t)s->sheet.n_runs;
    struct columns c = {0};
    s->sheet.table->title = cf_arena_format(
        &s->sheet.table->arena, "Commissioning priorities by line and %s: the top %d of %d gaps",
        s->tier.name, p->top < s->n ? p->top : s->n, s->n);
    p->note =
        CF_TAKE(&s->sheet.table->arena, rows + sizeof notes / sizeof *notes + 4, const char *);
    add_columns(p, &c, rows);
    if (!p->query->for_people)
        add_more_columns(p, &c, rows);
    for (int k = 0; k < s->sheet.n_runs; k++) {
        const enum cf_status status = cf_priorities_run(p, k);
        if (status != CF_OK)
            return status;
        for (int g = 0; g < s->n && g < p->top; g++)
            put_gap(p, &c, &p->priority[g]);
        if (s->n > p->top)
            put_rest(p, &c, p->top);
    }
    end_notes(p);
    return CF_OK;
}

enum cf_status cf_priorities_table(struct cf_table *table, cf_results *results,
                                   const struct cf_priorities_query *query, enum cf_status *judged,
                                   cf_diag *diag)
{
    struct cf_priorities p;
    enum cf_status status = cf_priorities_open(&p, table, results, query, diag);
    if (status == CF_OK)
        status = fill(&p);
    *judged = status == CF_OK ? cf_shortage_judge(&p.shortage) : CF_OK;
    if (status == CF_OK && query->for_people)
        cf_tell_scenarios(table, results);
    p.shortage.sheet.status = status;
    return cf_shortage_close(&p.shortage);
}
