#include "plan/decompose_parts.h"

#include "base/text.h"
#include "plan/shapley.h"

#include <assert.h>
#include <math.h>

static const double largest_gap = 1e-9;
enum { FIRST_AGE = 16, LAST_AGE = 18 };

/* ---- what is asked for ---- */

static enum cf_status find_years(struct cf_decomposition *d)
{
    const struct cf_extent *e = &d->model->extent;
    const struct cf_scenario *s = &d->model->scenario;
    const struct cf_table_span *span = d->query->year;
    d->year = CF_TAKE(d->arena, (size_t)e->Y + 1, int);
    d->year[d->n_years++] = 0;
    for (int y = 1; y < e->Y; y++) {
        const int year = e->base_year + y;
        int wanted = span && year >= span->first && year <= span->last;
        for (int k = 0; k < s->n_report_years && !span; k++)
            wanted |= s->report_year[k] == year;
        if (wanted)
            d->year[d->n_years++] = y;
    }
    if (d->n_years > 1)
        return CF_OK;
    cf_report(d->diag, CF_ERROR, "decompose.year", (struct cf_at){0}, NULL,
              "the years after the base year are %d to %d", e->base_year + 1,
              e->base_year + e->Y - 1);
    return CF_USAGE;
}

static enum cf_status find_ages(struct cf_decomposition *d)
{
    const struct cf_extent *e = &d->model->extent;
    const struct cf_table_span *span = d->query->age;
    const int last = e->first_age + e->X - 1;
    const int choice = e->first_age + e->choice_x;
    int from = span ? span->first : choice > FIRST_AGE && choice <= LAST_AGE ? choice : FIRST_AGE;
    int to = span ? span->last : LAST_AGE;
    from = from > e->first_age ? from : e->first_age;
    to = to < last ? to : last;
    d->first_x = from - e->first_age;
    d->last_x = to - e->first_age;
    if (from <= to || !span)
        return CF_OK;
    cf_report(d->diag, CF_ERROR, "decompose.age", (struct cf_at){0}, NULL, "the ages are %d to %d",
              e->first_age, last);
    return CF_USAGE;
}

/* Members of the tier, then all. */
static enum cf_status find_members(struct cf_decomposition *d)
{
    const struct cf_axis *area = &d->model->axis[CF_AXIS_AREA];
    const struct cf_axis *authority = &d->model->axis[CF_AXIS_AUTHORITY];
    const char *by = d->query->by;
    const int A = d->model->extent.A, by_area = by && cf_text_same(by, "area");
    const int attribute = by && !by_area ? cf_axis_attribute(area, by) : -1;
    struct cf_names codes;
    if (by && !by_area && attribute < 0) {
        const char *names[area->n_attributes + 1];
        for (int k = 0; k < area->n_attributes; k++)
            names[k] = area->attribute[k].name;
        names[area->n_attributes] = "area";
        cf_report_near(d->diag, CF_ERROR, "decompose.by", (struct cf_at){0}, by, names,
                       (size_t)area->n_attributes + 1, "areas have no attribute '%s'", by);
        return CF_USAGE;
    }
    cf_names_init(&codes, d->arena);
    d->pools.of_area = CF_TAKE(d->arena, (size_t)A, int);
    for (int a = 0; a < A; a++) {
        const char *code = by_area          ? area->codes.name[a]
                           : attribute >= 0 ? area->attribute[attribute].value[a]
                                            : "";
        d->pools.of_area[a] = code[0] ? cf_names_add(&codes, code) : -1;
    }
    d->pools.n = codes.n + 1;
    d->pools.code = CF_TAKE(d->arena, (size_t)d->pools.n, const char *);
    d->pools.label = CF_TAKE(d->arena, (size_t)d->pools.n, const char *);
    for (int p = 0; p < codes.n; p++) {
        const int a = cf_names_find(&area->codes, codes.name[p]);
        const int h = cf_names_find(&authority->codes, codes.name[p]);
        const char *label = by_area && area->label                   ? area->label[a]
                            : !by_area && h >= 0 && authority->label ? authority->label[h]
                                                                     : NULL;
        d->pools.code[p] = codes.name[p];
        d->pools.label[p] = label && label[0] ? label : codes.name[p];
    }
    d->pools.code[codes.n] = d->pools.label[codes.n] = "all";
    return CF_OK;
}

static void add_outcome(struct cf_decomposition *d, struct cf_outcome outcome)
{
    d->outcome[d->n_outcomes++] = outcome;
}

static int has_status(const struct cf_decomposition *d, const char *attribute, const char *value)
{
    const struct cf_axis *status = &d->model->axis[CF_AXIS_STATUS];
    int has = 0;
    for (int s = 0; s < status->n; s++) {
        const char *is = cf_axis_value(status, attribute, s);
        has |= is && cf_text_same(is, value);
    }
    return has;
}

static void list_outcomes(struct cf_decomposition *d)
{
    const struct cf_scenario *s = &d->model->scenario;
    d->outcome = CF_TAKE(d->arena, (size_t)s->n_indicators + CF_OUT_INDICATOR, struct cf_outcome);
    if (d->first_x <= d->last_x) {
        const int learn = has_status(d, "participates", "1");
        if (learn)
            add_outcome(d, (struct cf_outcome){CF_OUT_LEARNERS, 0, "learners",
                                               "Taking part in learning", 0});
        if (has_status(d, "kind", "neet"))
            add_outcome(d, (struct cf_outcome){CF_OUT_NEET, 0, "neet",
                                               "Not in education, employment or training", 0});
        add_outcome(d, (struct cf_outcome){CF_OUT_RESIDENTS, 0, "residents", "Residents", 0});
        if (learn)
            add_outcome(d, (struct cf_outcome){CF_OUT_PARTICIPATION, 0, "participation",
                                               "Learners, of the residents", 1});
    }
    if (d->model->provision.I > 0)
        add_outcome(d, (struct cf_outcome){CF_OUT_UNPLACED, 0, "unplaced",
                                           "Without a place on the first choice", 0});
    for (int i = 0; i < s->n_indicators; i++)
        add_outcome(d, (struct cf_outcome){CF_OUT_INDICATOR, i, s->indicator[i].code,
                                           s->indicator[i].label ? s->indicator[i].label
                                                                 : s->indicator[i].code,
                                           s->indicator[i].ratio.has_denominator});
}

/* Of all outcomes the one that is asked for. */
static enum cf_status find_outcomes(struct cf_decomposition *d)
{
    list_outcomes(d);
    const int n = d->n_outcomes;
    const char *names[n + 1];
    if (!d->query->variable)
        return CF_OK;
    d->n_outcomes = 0;
    for (int o = 0; o < n; o++) {
        names[o] = d->outcome[o].code;
        if (cf_text_same(names[o], d->query->variable))
            d->outcome[d->n_outcomes++] = d->outcome[o];
    }
    if (d->n_outcomes > 0)
        return CF_OK;
    cf_report_near(d->diag, CF_ERROR, "decompose.variable", (struct cf_at){0}, d->query->variable,
                   names, (size_t)n, "nothing called '%s' can be decomposed", d->query->variable);
    return CF_USAGE;
}

/* ---- the table ---- */

struct columns {
    struct cf_column *year, *member, *outcome, *base, *value, *change, *under_way;
    struct cf_column *cause[CF_N_CAUSES];
};

static struct cf_column *add_number(struct cf_table *table, const char *name, size_t rows,
                                    const unsigned char *share)
{
    struct cf_column *column = cf_add_column(table, name, CF_COLUMN_MIXED, rows);
    column->share = share;
    return column;
}

static struct cf_column *add_text(struct cf_table *table, const char *name, size_t rows)
{
    struct cf_column *column = cf_add_column(table, name, CF_COLUMN_TEXT, rows);
    column->label = CF_TAKE(&table->arena, rows, const char *);
    return column;
}

static void add_columns(const struct cf_decomposition *d, struct cf_table *table, size_t rows,
                        struct columns *c)
{
    unsigned char *share = CF_TAKE(&table->arena, rows, unsigned char);
    struct cf_column *scenario = cf_add_column(table, "scenario", CF_COLUMN_TEXT, rows);
    scenario->once = 1;
    for (size_t row = 0; row < rows; row++) {
        scenario->text[row] = d->model->scenario.name;
        share[row] = (unsigned char)d->outcome[row % (size_t)d->n_outcomes].is_share;
    }
    c->year = cf_add_column(table, "year", CF_COLUMN_INT, rows);
    c->year->once = 1;
    c->member = d->query->by ? add_text(table, d->query->by, rows) : NULL;
    c->outcome = add_text(table, "variable", rows);
    c->base = add_number(table, "base", rows, share);
    c->value = add_number(table, "value", rows, share);
    c->change = add_number(table, "change", rows, share);
    c->under_way = add_number(table, "under_way", rows, share);
    for (int k = 0; k < CF_N_CAUSES; k++)
        c->cause[k] = add_number(table, cf_causes[k].name, rows, share);
}

/* What the causes of one cell have to do with its change. 0 where it does not add up. */
static int share_out(const struct cf_decomposition *d, const struct columns *c, int n, int p, int o,
                     size_t row)
{
    const size_t cell = cf_outcome_cell(d, n, p, o);
    double value[1 << CF_N_CAUSES], share[CF_N_CAUSES] = {0};
    for (int set = 0; set < d->n_sets; set++)
        value[set] = d->value[(size_t)set * d->n_cells + cell];
    const double full = value[d->n_sets - 1];
    const double base =
        d->value[(size_t)(d->n_sets - 1) * d->n_cells + cf_outcome_cell(d, 0, p, o)];
    cf_shapley(d->n_acting, value, share);
    double sum = value[0] - base, largest = fmax(fmax(fabs(full), fabs(base)), fabs(value[0]));
    for (int k = 0; k < CF_N_CAUSES; k++)
        c->cause[k]->number[row] = isnan(full - base) ? (double)NAN : 0;
    for (int i = 0; i < d->n_acting; i++) {
        c->cause[d->acting[i]]->number[row] = share[i];
        sum += share[i];
        largest = fmax(largest, fabs(share[i]));
    }
    c->base->number[row] = base;
    c->value->number[row] = full;
    c->change->number[row] = full - base;
    c->under_way->number[row] = value[0] - base;
    return !(fabs(sum - (full - base)) > largest_gap * largest);
}

static int fill(const struct cf_decomposition *d, const struct columns *c)
{
    size_t row = 0;
    int adds_up = 1;
    for (int n = 1; n < d->n_years; n++)
        for (int p = 0; p < d->pools.n; p++)
            for (int o = 0; o < d->n_outcomes; o++, row++) {
                c->year->integer[row] = d->model->extent.base_year + d->year[n];
                if (c->member) {
                    c->member->text[row] = d->pools.code[p];
                    c->member->label[row] = d->pools.label[p];
                }
                c->outcome->text[row] = d->outcome[o].code;
                c->outcome->label[row] = d->outcome[o].label;
                adds_up &= share_out(d, c, n, p, o, row);
            }
    return adds_up;
}

/* Whether a cause has to do with anything that is shown. */
static int acts(const struct cf_table *table, const struct columns *c, int cause)
{
    int any = 0;
    for (size_t row = 0; row < table->n_rows; row++)
        any |= c->cause[cause]->number[row] != 0;
    return any;
}

/* Names of causes in a list: those that do something, and what is the case without them; or those
 * that do nothing to what is shown. */
static void list_causes(const struct cf_table *table, const struct columns *c, int acting,
                        struct cf_text *to)
{
    cf_text_add(to, "");
    for (int k = 0; k < CF_N_CAUSES; k++) {
        if (acts(table, c, k) != acting)
            continue;
        cf_text_format(to, "%s%s", to->length ? acting ? "; " : ", " : "", cf_causes[k].name);
        if (acting)
            cf_text_format(to, ": %s", cf_causes[k].off);
    }
}

static void add_notes(const struct cf_decomposition *d, const struct columns *c,
                      struct cf_table *table)
{
    enum { MOST_NOTES = 8 };
    const char **note = CF_TAKE(&table->arena, MOST_NOTES, const char *);
    const struct cf_extent *e = &d->model->extent;
    struct cf_text off = {0}, idle = {0};
    int n = 0;
    list_causes(table, c, 1, &off);
    list_causes(table, c, 0, &idle);
    if (d->first_x <= d->last_x)
        note[n++] =
            cf_arena_format(&table->arena, "Learners, NEET and residents are of ages %d to %d.",
                            e->first_age + d->first_x, e->first_age + d->last_x);
    note[n++] = cf_arena_format(
        &table->arena,
        "The change is that from %d. What is under way would happen without any of the causes: the "
        "base year's progression and results going on, and what else the scenario plans, such as "
        "places. The rest is each cause's share: what it adds, on average over all orders in which "
        "the causes may come (Shapley), out of %d runs of the central assumptions.",
        e->base_year, d->n_sets);
    note[n++] = "Changes of shares are in percentage points.";
    note[n++] = cf_arena_format(&table->arena, "Without it: %s.", off.data);
    if (idle.length)
        note[n++] = cf_arena_format(&table->arena, "Nothing of it is by: %s.", idle.data);
    if (d->shift)
        note[n++] = "The shifts that the back-cast solved are held as they are in all runs, as a "
                    "push: they are in policy.";
    if (cf_future_points(&d->model->scenario.future) > 1)
        note[n++] = "Of the sweep this is the first point.";
    assert(n < MOST_NOTES);
    table->notes = note;
    cf_text_free(&off);
    cf_text_free(&idle);
}

enum cf_status cf_decompose_table(struct cf_table *table, const struct cf_model *model,
                                  const struct cf_decompose_query *query, cf_diag *diag)
{
    struct columns columns;
    *table = (struct cf_table){.title = "Change by cause: a projection, not a forecast"};
    cf_arena_init(&table->arena);
    struct cf_decomposition d = {
        .arena = &table->arena, .model = model, .query = query, .diag = diag};
    enum cf_status status = find_years(&d);
    if (status == CF_OK)
        status = find_ages(&d);
    if (status == CF_OK)
        status = find_members(&d);
    if (status == CF_OK)
        status = find_outcomes(&d);
    if (status == CF_OK)
        status = cf_decompose_runs(&d);
    if (status != CF_OK) {
        cf_table_free(table);
        return status;
    }
    table->n_rows = (size_t)(d.n_years - 1) * (size_t)d.pools.n * (size_t)d.n_outcomes;
    add_columns(&d, table, table->n_rows, &columns);
    const int adds_up = fill(&d, &columns);
    add_notes(&d, &columns, table);
    if (adds_up)
        return CF_OK;
    cf_report(diag, CF_ERROR, "decompose.sum", (struct cf_at){.path = model->scenario.path}, NULL,
              "the shares of the causes do not add up to the change");
    cf_table_free(table);
    return CF_BROKEN;
}
