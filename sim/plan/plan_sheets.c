#include "plan/make_plan.h"

#include "base/text.h"

#include <math.h>

/* A plan as tables. */

static const char *kind_of(const struct cf_option *o)
{
    return cf_option_kinds[o->kind];
}

static double annual_of(const struct cf_option *o)
{
    return o->kind == CF_OPTION_RELEASE ? -o->annual : o->annual;
}

static double places_of(const struct cf_option *o)
{
    return o->kind == CF_OPTION_RELEASE ? -o->places : o->places;
}

/* A member's code and what people read of it, "" where the option is of all. */
static void put_member(const struct cf_linear *l, struct cf_column *column, size_t row,
                       enum cf_axis_id id, int member)
{
    const struct cf_axis *axis = &l->model->axis[id];
    column->text[row] = member < 0 ? "" : axis->codes.name[member];
    column->label[row] = member < 0 ? "" : axis->label ? axis->label[member] : column->text[row];
}

static struct cf_column *add_labelled(struct cf_table *table, const char *name, size_t rows)
{
    struct cf_column *column = cf_add_column(table, name, CF_COLUMN_TEXT, rows);
    column->label = CF_TAKE(&table->arena, rows, const char *);
    return column;
}

/* ---- notes ---- */

enum { MOST_NOTES = 10 };

static const char *share_text(struct cf_arena *arena, double share)
{
    return cf_arena_format(arena, "%.0f%%", 100 * share);
}

static const char *how_found(const struct cf_linear *l, const struct cf_plan *plan,
                             struct cf_arena *arena)
{
    const struct cf_plan_solution *s = &plan->solution;
    return cf_arena_format(
        arena, "%s for %d future%s: objective %.0f pounds, bound %.0f, gap %.2g, %d node%s (%s)%s",
        l->programme.regret ? "least largest regret" : "least expected cost", l->futures->n,
        l->futures->n == 1 ? "" : "s", s->value, s->bound, s->gap, s->nodes,
        s->nodes == 1 ? "" : "s", cf_plan_status_names[s->status],
        s->status == CF_PLAN_SECONDS ? ": stopped by the clock, another machine may find another"
        : s->status == CF_PLAN_NODES ? ": stopped by --nodes, there may be a better one"
                                     : "");
}

static const char *how_it_does(const struct cf_linear *l, const struct cf_plan *plan,
                               struct cf_arena *arena)
{
    const double by =
        plan->planned_all != 0 ? (plan->simulated_all - plan->planned_all) / plan->planned_all : 0;
    return cf_arena_format(arena,
                           "relief, learner-years with a place who would have none: planned %.1f, "
                           "simulated in %d draw%s %.1f (%+.0f%%%s), after linearising %d time%s; "
                           "as simulated it all costs %.0f pounds",
                           plan->planned_all, l->judges->n, l->judges->n == 1 ? "" : "s",
                           plan->simulated_all, 100 * by,
                           fabs(by) > CF_PLAN_AGREES ? ": trust the simulated" : "",
                           plan->rounds + 1, plan->rounds ? "s" : "", plan->cost);
}

static const char *next_year(const struct cf_linear *l, const struct cf_plan *plan,
                             struct cf_arena *arena)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    const int first = l->model->extent.base_year + 1;
    struct cf_text text = {0};
    int n = 0;
    cf_text_format(&text, "no regret, to be started in %d in at least %s of futures: ", first,
                   share_text(arena, d->no_regret));
    for (int a = plan->n_before; a < plan->n_actions; a++)
        if (plan->action[a].year == first && plan->sure[a] > 0) {
            const struct cf_action *action = &plan->action[a];
            const char *label = d->option[action->option].label;
            cf_text_add(&text, n++ ? ", " : "");
            if (plan->sure[a] < (int)action->units)
                cf_text_format(&text, "%s (%d of %d units)", label, plan->sure[a],
                               (int)action->units);
            else
                cf_text_format(&text, "%s (%s)", label, share_text(arena, action->share));
        }
    if (n == 0)
        cf_text_add(&text, "nothing");
    if (l->futures->n == 1)
        cf_text_add(&text, "; with one future alone that says nothing of others");
    const char *kept = cf_arena_copy(arena, text.data);
    cf_text_free(&text);
    return kept;
}

static const char *by_rule(const struct cf_linear *l, const struct cf_plan *plan,
                           struct cf_arena *arena)
{
    const double more = plan->greedy - plan->solution.value;
    if (isnan(plan->greedy))
        return "the greedy rule, always what gains most for each pound, finds no plan that holds "
               "planning.most_unplaced";
    if (l->programme.regret)
        return cf_arena_format(arena,
                               "the greedy rule, always what gains most for each pound, starts %d "
                               "units; by expected cost its plan comes to %.0f",
                               plan->n_steps, plan->greedy);
    return cf_arena_format(
        arena,
        "the greedy rule, always what gains most for each pound, comes to %.0f, "
        "%.0f more%s",
        plan->greedy, fmax(0, more),
        plan->solution.value > 0
            ? cf_arena_format(arena, " (%.2f%%)", 100 * fmax(0, more) / plan->solution.value)
            : "");
}

static const char *const *make_notes(const struct cf_linear *l, const struct cf_plan *plan,
                                     struct cf_table *table)
{
    const char **note = CF_TAKE(&table->arena, MOST_NOTES, const char *);
    int n = 0;
    note[n++] = how_found(l, plan, &table->arena);
    note[n++] = how_it_does(l, plan, &table->arena);
    note[n++] = next_year(l, plan, &table->arena);
    if (plan->step)
        note[n++] = by_rule(l, plan, &table->arena);
    note[n++] = "served: learner-years with a place who would have none; latest start: the last "
                "year in which it can be started and still be open when the "
                "plan first needs it; share: of futures whose own best plan has started as much of "
                "it by then";
    note[n] = NULL;
    return note;
}

/* ---- actions ---- */

/* What both forms of the table say of an action: who, how much, when, and what it serves. */
struct amounts {
    struct cf_column *responsible, *part, *units, *places, *capital, *annual, *opens, *latest,
        *served, *share;
};

static struct amounts add_amounts(struct cf_table *table, const char *latest, size_t rows)
{
    struct amounts c;
    c.responsible = cf_add_column(table, "responsible", CF_COLUMN_TEXT, rows);
    c.part = cf_add_column(table, "part", CF_COLUMN_INT, rows);
    c.units = cf_add_column(table, "units", CF_COLUMN_INT, rows);
    c.places = cf_add_column(table, "places", CF_COLUMN_NUMBER, rows);
    c.capital = cf_add_column(table, "capital", CF_COLUMN_NUMBER, rows);
    c.annual = cf_add_column(table, "annual", CF_COLUMN_NUMBER, rows);
    c.opens = cf_add_column(table, "opens", CF_COLUMN_INT, rows);
    c.latest = cf_add_column(table, latest, CF_COLUMN_INT, rows);
    c.served = cf_add_column(table, "served", CF_COLUMN_NUMBER, rows);
    c.share = cf_add_column(table, "share", CF_COLUMN_SHARE, rows);
    return c;
}

static void put_amounts(const struct amounts *c, size_t row, const struct cf_option *o,
                        const struct cf_plan *plan)
{
    const size_t k = (size_t)plan->n_before + row;
    const struct cf_action *a = &plan->action[k];
    c->responsible->text[row] = o->responsible;
    c->part->integer[row] = o->part + 1;
    c->units->integer[row] = (int)a->units;
    c->places->number[row] = places_of(o) * a->units;
    c->capital->number[row] = o->capital * a->units;
    c->annual->number[row] = annual_of(o) * a->units;
    c->opens->integer[row] = a->year + o->lead_years;
    c->latest->integer[row] = plan->latest[k];
    c->served->number[row] = plan->served[k];
    c->share->number[row] = a->share;
}

static size_t begin_actions(struct cf_table *table, const struct cf_plan *plan)
{
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    table->title = "What to start when";
    return table->n_rows = (size_t)(plan->n_actions - plan->n_before);
}

static void end_actions(struct cf_table *table, const struct cf_linear *l,
                        const struct cf_plan *plan)
{
    table->notes = make_notes(l, plan, table);
    table->notes_anyway = 1;
}

/* What people are shown of the same: the year above the rows that share it, the rest on a line. */
void cf_plan_action_table_told(struct cf_table *table, const struct cf_linear *l,
                               const struct cf_plan *plan)
{
    const size_t rows = begin_actions(table, plan);
    struct cf_column *start = cf_add_column(table, "start in", CF_COLUMN_TEXT, rows);
    struct cf_column *option = cf_add_column(table, "option", CF_COLUMN_TEXT, rows);
    const struct amounts amounts = add_amounts(table, "latest start", rows);
    start->above = 1;
    for (size_t row = 0; row < rows; row++) {
        const struct cf_action *a = &plan->action[(size_t)plan->n_before + row];
        const struct cf_option *o = &l->model->scenario.decision.option[a->option];
        start->text[row] = cf_arena_format(&table->arena, "%d", a->year);
        option->text[row] = o->label;
        put_amounts(&amounts, row, o, plan);
    }
    end_actions(table, l, plan);
}

void cf_plan_action_table(struct cf_table *table, const struct cf_linear *l,
                          const struct cf_plan *plan)
{
    const size_t rows = begin_actions(table, plan);
    struct cf_column *start = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    struct cf_column *option = add_labelled(table, "option", rows);
    struct cf_column *kind = cf_add_column(table, "kind", CF_COLUMN_TEXT, rows);
    struct cf_column *site = add_labelled(table, "site", rows);
    struct cf_column *line = add_labelled(table, "line", rows);
    const struct amounts amounts = add_amounts(table, "latest_start", rows);
    for (size_t row = 0; row < rows; row++) {
        const struct cf_action *a = &plan->action[(size_t)plan->n_before + row];
        const struct cf_option *o = &l->model->scenario.decision.option[a->option];
        start->integer[row] = a->year;
        option->text[row] = o->code;
        option->label[row] = o->label;
        kind->text[row] = kind_of(o);
        put_member(l, site, row, CF_AXIS_SITE, o->site);
        put_member(l, line, row, CF_AXIS_LINE, o->line);
        put_amounts(&amounts, row, o, plan);
    }
    end_actions(table, l, plan);
}

/* ---- years ---- */

/* What a part spends in a year. */
static void spend(const struct cf_linear *l, const struct cf_plan *plan, int part, int t,
                  double *capital, double *revenue)
{
    const struct cf_decision *d = &l->model->scenario.decision;
    const int year = l->model->extent.base_year + 1 + t;
    *capital = *revenue = 0;
    for (int k = 0; k < plan->n_actions; k++) {
        const struct cf_action *a = &plan->action[k];
        const struct cf_option *o = &d->option[a->option];
        const int opens = a->year + o->lead_years;
        if (o->part != part)
            continue;
        *capital += a->year == year ? a->units * o->capital : 0;
        *revenue += year >= opens && year < opens + o->life ? a->units * annual_of(o) : 0;
    }
}

void cf_plan_year_table(struct cf_table *table, const struct cf_linear *l,
                        const struct cf_plan *plan)
{
    static const char *const names[CF_N_PARTS][4] = {
        {"capital_1", "capital_budget_1", "revenue_1", "revenue_budget_1"},
        {"capital_2", "capital_budget_2", "revenue_2", "revenue_budget_2"}};
    const struct cf_decision *d = &l->model->scenario.decision;
    const size_t rows = (size_t)l->T;
    *table = (struct cf_table){0};
    cf_arena_init(&table->arena);
    struct cf_column *year = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    struct cf_column *unplaced = cf_add_column(table, "unplaced", CF_COLUMN_NUMBER, rows);
    struct cf_column *planned = cf_add_column(table, "relief_planned", CF_COLUMN_NUMBER, rows);
    struct cf_column *simulated = cf_add_column(table, "relief_simulated", CF_COLUMN_NUMBER, rows);
    struct cf_column *money[CF_N_PARTS][4];
    for (int part = 0; part < CF_N_PARTS; part++)
        for (int k = 0; k < 4; k++)
            money[part][k] = cf_add_column(table, names[part][k], CF_COLUMN_NUMBER, rows);
    for (size_t t = 0; t < rows; t++) {
        year->integer[t] = l->model->extent.base_year + 1 + (int)t;
        unplaced->number[t] = plan->before[t];
        planned->number[t] = plan->planned[t];
        simulated->number[t] = plan->simulated[t];
        for (int part = 0; part < CF_N_PARTS; part++) {
            spend(l, plan, part, (int)t, &money[part][0]->number[t], &money[part][2]->number[t]);
            money[part][1]->number[t] = d->has_budget ? d->capital[part][t + 1] : (double)NAN;
            money[part][3]->number[t] = d->has_budget ? d->revenue[part][t + 1] : (double)NAN;
        }
    }
    table->n_rows = rows;
    table->title = "Money and relief, year by year";
    table->notes = make_notes(l, plan, table);
    table->notes_anyway = 1;
}
