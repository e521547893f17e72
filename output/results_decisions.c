#include "output/results_parts.h"

#include <math.h>

/* Options, budgets and criteria, and what the scenarios have started. Scenarios of one run that
 * start anything share their options; the criteria and settings are the first scenario's. */

/* The scenario whose options and budget a file describes: the first that starts any, else the
 * first. */
static const struct cf_decision *decision_of(const struct cf_content *c)
{
    for (int k = 0; k < c->plan->n_scenarios; k++)
        if (c->plan->model[k]->scenario.decision.n_actions)
            return &c->plan->model[k]->scenario.decision;
    return &c->model->scenario.decision;
}

static const char *const setting[] = {"discount", "penalty", "quality_floor", "no_regret",
                                      "futures"};
enum { N_SETTINGS = sizeof setting / sizeof *setting };
static const int parts[CF_N_PARTS] = {1, 2};

void cf_content_decision_scales(struct cf_content *c)
{
    const struct cf_decision *d = decision_of(c), *first = &c->model->scenario.decision;
    const char **option = CF_TAKE(&c->arena, (size_t)d->n_options, const char *);
    const char **criterion = CF_TAKE(&c->arena, (size_t)first->n_criteria, const char *);
    for (int o = 0; o < d->n_options; o++)
        option[o] = d->option[o].code;
    for (int k = 0; k < first->n_criteria; k++)
        criterion[k] = first->criterion[k].code;
    cf_content_scale(c, "option", CF_H5_TEXT, (size_t)d->n_options, option,
                     "what can be done: a row of options.csv");
    cf_content_scale(c, "criterion", CF_H5_TEXT, (size_t)first->n_criteria, criterion,
                     "what makes a gap a priority");
    cf_content_scale(c, "part", CF_H5_INT, d->has_budget ? CF_N_PARTS : 0, parts,
                     "part of a plan: 1 existing resources, 2 extra funding");
    cf_content_scale(c, "setting", CF_H5_TEXT, N_SETTINGS, setting, "setting of `planning`");
}

/* A variable along dimensions that are there. */
struct rows {
    const char *name, *dim[3];
    enum cf_h5_type type;
    const void *values;
    const char *long_name;
};

static void add_rows(struct cf_content *c, const struct rows *rows)
{
    struct cf_h5_shape shape = {.path = cf_content_path(c, rows->name), .type = rows->type};
    for (; shape.n_dims < 3 && rows->dim[shape.n_dims]; shape.n_dims++) {
        const int scale = cf_content_find(c, rows->dim[shape.n_dims]);
        if (scale < 0)
            return;
        shape.dim[shape.n_dims] = c->scale[scale];
        shape.extent[shape.n_dims] = c->extent[scale];
    }
    cf_h5_add(c->h5, &shape, rows->values);
    cf_h5_put_text(c->h5, shape.path, "long_name", rows->long_name);
    cf_h5_put_text(c->h5, shape.path, "units", "1");
}

static const char *code_of(const struct cf_content *c, enum cf_axis_id axis, int member)
{
    return member < 0 ? "" : c->model->axis[axis].codes.name[member];
}

static const char *codes_of(struct cf_content *c, const struct cf_decision *d, int n,
                            const int *option)
{
    const char *text = "";
    for (int k = 0; k < n; k++)
        text = cf_arena_format(&c->arena, "%s%s%s", text, k ? " " : "", d->option[option[k]].code);
    return text;
}

enum option_text { NAME, KIND, SITE, LINE, RESPONSIBLE, NEEDS, EXCLUDES };

static const char *option_text(struct cf_content *c, const struct cf_decision *d, int o,
                               enum option_text what)
{
    const struct cf_option *option = &d->option[o];
    switch (what) {
    case NAME:
        return option->label;
    case KIND:
        return cf_option_kinds[option->kind];
    case SITE:
        return code_of(c, CF_AXIS_SITE, option->site);
    case LINE:
        return code_of(c, CF_AXIS_LINE, option->line);
    case RESPONSIBLE:
        return option->responsible;
    case NEEDS:
        return codes_of(c, d, option->n_needs, option->need);
    case EXCLUDES:
        return codes_of(c, d, option->n_excludes, option->exclude);
    }
    return "";
}

static void add_option_texts(struct cf_content *c, const struct cf_decision *d)
{
    static const struct {
        enum option_text what;
        const char *attribute, *long_name;
    } rows[] = {
        {NAME, "name", "label"},
        {KIND, "kind", "expand, open, pool, transport or release"},
        {SITE, "site", "site it acts on; none: all"},
        {LINE, "line", "line it acts on; none: all"},
        {RESPONSIBLE, "responsible", "who answers for it"},
        {NEEDS, "needs", "options that must be open by the time it opens"},
        {EXCLUDES, "excludes", "options that cannot be started as well"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        const char **text = CF_TAKE(&c->arena, (size_t)d->n_options, const char *);
        for (int o = 0; o < d->n_options; o++)
            text[o] = option_text(c, d, o, rows[k].what);
        cf_content_companion(c, "option", rows[k].attribute, text, rows[k].long_name);
    }
}

static void add_option_numbers(struct cf_content *c, const struct cf_decision *d)
{
    const size_t n = (size_t)d->n_options;
    double *money[4];
    int *whole[4];
    for (int k = 0; k < 4; k++) {
        money[k] = CF_TAKE(&c->arena, n, double);
        whole[k] = CF_TAKE(&c->arena, n, int);
    }
    for (size_t o = 0; o < n; o++) {
        const struct cf_option *option = &d->option[o];
        money[0][o] = option->places;
        money[1][o] = option->capital;
        money[2][o] = option->annual;
        money[3][o] = option->minutes;
        whole[0][o] = option->lead_years;
        whole[1][o] = option->life;
        whole[2][o] = option->max_units;
        whole[3][o] = option->part + 1;
    }
    const struct rows rows[] = {
        {"option_places", {"option"}, CF_H5_NUMBER, money[0], "places of a unit"},
        {"option_capital", {"option"}, CF_H5_NUMBER, money[1], "pounds a unit when it is started"},
        {"option_annual",
         {"option"},
         CF_H5_NUMBER,
         money[2],
         "pounds a unit each year it is open; of a release: saved"},
        {"option_minutes",
         {"option"},
         CF_H5_NUMBER,
         money[3],
         "minutes a unit takes off a journey"},
        {"option_lead_years", {"option"}, CF_H5_INT, whole[0], "years from its start until open"},
        {"option_life", {"option"}, CF_H5_INT, whole[1], "years it is open"},
        {"option_max_units", {"option"}, CF_H5_INT, whole[2], "most units that can be started"},
        {"option_part", {"option"}, CF_H5_INT, whole[3], "1 existing resources, 2 extra funding"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        add_rows(c, &rows[k]);
}

/* action_units, action_share [scenario][option][year]. A scenario without actions started nothing.
 */
static void add_actions(struct cf_content *c, const struct cf_decision *d)
{
    const size_t n = (size_t)d->n_options, Y = (size_t)c->model->extent.Y;
    const size_t size = (size_t)c->plan->n_scenarios * n * Y;
    double *units = CF_TAKE(&c->arena, size, double), *share = CF_TAKE(&c->arena, size, double);
    for (size_t k = 0; k < size; k++)
        share[k] = NAN;
    for (int s = 0; s < c->plan->n_scenarios; s++) {
        const struct cf_decision *of = &c->plan->model[s]->scenario.decision;
        for (int k = 0; k < of->n_actions; k++) {
            const struct cf_action *action = &of->action[k];
            const size_t at = ((size_t)s * n + (size_t)action->option) * Y +
                              (size_t)(action->year - c->model->extent.base_year);
            units[at] += action->units;
            share[at] = action->share;
        }
    }
    const struct rows rows[] = {
        {"action_units",
         {"scenario", "option", "year"},
         CF_H5_NUMBER,
         units,
         "units of the option that the scenario starts in the year"},
        {"action_share",
         {"scenario", "option", "year"},
         CF_H5_NUMBER,
         share,
         "share of the futures planned for whose own plan has started the option by the year"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        add_rows(c, &rows[k]);
}

static void add_budget(struct cf_content *c, const struct cf_decision *d)
{
    const size_t Y = (size_t)c->model->extent.Y;
    double *capital = CF_TAKE(&c->arena, CF_N_PARTS * Y, double);
    double *revenue = CF_TAKE(&c->arena, CF_N_PARTS * Y, double);
    if (!d->has_budget)
        return;
    for (size_t k = 0; k < CF_N_PARTS * Y; k++) {
        capital[k] = d->capital[k / Y][k % Y];
        revenue[k] = d->revenue[k / Y][k % Y];
    }
    const struct rows rows[] = {
        {"budget_capital", {"part", "year"}, CF_H5_NUMBER, capital, "pounds of capital"},
        {"budget_revenue", {"part", "year"}, CF_H5_NUMBER, revenue, "pounds of running cost"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        add_rows(c, &rows[k]);
}

static void add_criteria(struct cf_content *c, const struct cf_decision *d)
{
    const size_t n = (size_t)d->n_criteria;
    const char **label = CF_TAKE(&c->arena, n, const char *);
    double *weight = CF_TAKE(&c->arena, n, double);
    double *sign = CF_TAKE(&c->arena, n, double);
    for (size_t k = 0; k < n; k++) {
        label[k] = d->criterion[k].label;
        weight[k] = d->criterion[k].weight;
        sign[k] = d->criterion[k].sign;
    }
    cf_content_companion(c, "criterion", "name", label, "label");
    const struct rows rows[] = {
        {"criterion_weight", {"criterion"}, CF_H5_NUMBER, weight, "weight, of 1 in all"},
        {"criterion_sign",
         {"criterion"},
         CF_H5_NUMBER,
         sign,
         "1: more of it is more urgent, -1: less urgent"},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        add_rows(c, &rows[k]);
}

void cf_content_decisions(struct cf_content *c)
{
    const struct cf_decision *d = decision_of(c), *first = &c->model->scenario.decision;
    const double value[N_SETTINGS] = {first->discount, first->penalty, first->quality_floor,
                                      first->no_regret, first->most_futures};
    add_option_texts(c, d);
    add_option_numbers(c, d);
    add_actions(c, d);
    add_budget(c, d);
    add_criteria(c, first);
    add_rows(
        c,
        &(struct rows){
            "planning", {"setting"}, CF_H5_NUMBER, value, "what plans are made by, and held to"});
}
