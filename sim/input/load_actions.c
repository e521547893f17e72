#include "input/decision_parts.h"

#include "base/text.h"
#include "model/lever_ops.h"

#include <limits.h>
#include <string.h>

/* The setting `actions`: units of options that the scenario starts. What they do is what changes of
 * places and levers do: sim/MODEL.md 9.5. */

static int find_option(const struct cf_model *model, const struct cf_node *node, cf_diag *diag)
{
    const struct cf_decision *d = &model->scenario.decision;
    const char *names[64];
    const int shown = d->n_options < 64 ? d->n_options : 64;
    char code[24];
    const char *text = node->text;
    if (node->kind != CF_NODE_TEXT) {
        int whole = 0;
        cf_node_whole(node, &whole);
        snprintf(code, sizeof code, "%d", whole);
        text = code;
    }
    for (int o = 0; o < d->n_options; o++)
        if (cf_text_same(d->option[o].code, text))
            return o;
    for (int o = 0; o < shown; o++)
        names[o] = d->option[o].code;
    if (d->n_options)
        cf_report_near(diag, CF_ERROR, "option.unknown", node->at, text, names, (size_t)shown,
                       "unknown option '%s'", text);
    return -1;
}

static int check_year(const struct cf_model *model, const struct cf_action *action,
                      const struct cf_node *node, cf_diag *diag)
{
    const struct cf_scenario *s = &model->scenario;
    const struct cf_option *o = &s->decision.option[action->option];
    if (s->base_year == 0)
        return 0;
    if (action->year <= s->base_year || action->year > s->end_year) {
        cf_report(diag, CF_ERROR, "action.year", node->at, NULL,
                  "option '%s' is started in %d, it must be from %d, the year after base_year, to "
                  "end_year %d",
                  o->code, action->year, s->base_year + 1, s->end_year);
        return 0;
    }
    if (action->year + o->lead_years > s->end_year)
        cf_report(diag, CF_NOTICE, "action.late", node->at, NULL,
                  "option '%s', started in %d, opens in %d, after end_year %d: nothing of it is "
                  "seen but its cost",
                  o->code, action->year, action->year + o->lead_years, s->end_year);
    return 1;
}

static int load_action(struct cf_model *model, const struct cf_node *entry, int number,
                       struct cf_action *action, cf_diag *diag)
{
    const char *whose = cf_arena_format(&model->arena, " in action %d", number);
    cf_check_settings(entry, CF_SCOPE_ACTION, whose, diag);
    cf_require_settings(entry, CF_SCOPE_ACTION, whose, entry->at, diag);
    const struct cf_node *option = cf_setting(entry, CF_SCOPE_ACTION, "option");
    const struct cf_node *year = cf_setting(entry, CF_SCOPE_ACTION, "year");
    const struct cf_node *units = cf_setting(entry, CF_SCOPE_ACTION, "units");
    *action = (struct cf_action){.option = option ? find_option(model, option, diag) : -1,
                                 .year = cf_setting_whole(entry, CF_SCOPE_ACTION, "year", 0),
                                 .units = cf_setting_number(entry, CF_SCOPE_ACTION, "units", 1),
                                 .share = cf_setting_number(entry, CF_SCOPE_ACTION, "share", NAN),
                                 .at = entry->at};
    if (units && action->units <= 0) {
        cf_report(diag, CF_ERROR, "action.units", units->at, NULL,
                  "action %d starts no units, it must be more than 0", number);
        return 0;
    }
    return action->option >= 0 && year && check_year(model, action, year, diag);
}

/* The first year in which an option is open, INT_MAX: never. */
static int opens(const struct cf_decision *d, int option)
{
    int first = INT_MAX;
    for (int k = 0; k < d->n_actions; k++) {
        const int year = d->action[k].year + d->option[option].lead_years;
        if (d->action[k].option == option && year < first)
            first = year;
    }
    return first;
}

static void check_together(const struct cf_decision *d, int k, cf_diag *diag)
{
    const struct cf_action *action = &d->action[k];
    const struct cf_option *o = &d->option[action->option];
    double units = 0;
    for (int other = 0; other <= k; other++)
        units += d->action[other].option == action->option ? d->action[other].units : 0;
    if (units > o->max_units && units - action->units <= o->max_units) {
        char text[CF_NUMBER_ROOM];
        cf_report(diag, CF_ERROR, "action.units", action->at, NULL,
                  "%s units of option '%s' are started, its max_units is %d",
                  cf_number_text(text, units), o->code, o->max_units);
    }
    for (int n = 0; n < o->n_needs; n++)
        if (opens(d, o->need[n]) > action->year + o->lead_years)
            cf_report(diag, CF_ERROR, "action.needs", action->at, NULL,
                      "option '%s' opens in %d and needs option '%s', which is not open by then",
                      o->code, action->year + o->lead_years, d->option[o->need[n]].code);
    for (int n = 0; n < o->n_excludes; n++)
        if (opens(d, o->exclude[n]) < INT_MAX)
            cf_report(diag, CF_ERROR, "action.excludes", action->at, NULL,
                      "option '%s' excludes option '%s', and both are started", o->code,
                      d->option[o->exclude[n]].code);
}

/* A lever that acts while the action's units are open. */
static struct cf_lever *add_lever(struct cf_model *model, const struct cf_action *action,
                                  enum cf_field_id field, double value)
{
    struct cf_scenario *s = &model->scenario;
    const struct cf_option *o = &s->decision.option[action->option];
    struct cf_lever *lever = &s->lever[s->n_levers++];
    *lever = (struct cf_lever){.name = o->code,
                               .field = field,
                               .op = cf_lever_op_find("add"),
                               .value = value,
                               .from = action->year + o->lead_years,
                               .until = action->year + o->lead_years + o->life - 1,
                               .at = action->at};
    for (int k = 0; k < cf_field_specs[field].n_dims; k++)
        lever->where[k] =
            cf_select_all(&model->arena, model->axis[cf_field_specs[field].dim[k].axis].n);
    return lever;
}

static void select_only(struct cf_model *model, struct cf_selection *selection, int member)
{
    *selection = cf_select_none(&model->arena, selection->n);
    if (member >= 0 && member < selection->n) {
        selection->member[member] = 1;
        selection->n_selected = 1;
    }
}

static void leave_out(struct cf_selection *selection, int member)
{
    if (member >= 0 && member < selection->n && selection->member[member]) {
        selection->member[member] = 0;
        selection->n_selected--;
    }
}

/* Pooling opens the borders of the site's authority by a level a unit, both ways; transport takes
 * minutes off the journeys to the site. */
static void add_levers(struct cf_model *model, const struct cf_action *action)
{
    const struct cf_option *o = &model->scenario.decision.option[action->option];
    if (o->kind == CF_OPTION_POOL && model->axis[CF_AXIS_AUTHORITY].n > 0) {
        struct cf_lever *to = add_lever(model, action, CF_FIELD_collaboration, action->units);
        if (o->site < 0)
            return;
        const int authority = cf_authority_of(model, CF_AXIS_SITE, o->site);
        struct cf_lever *from = add_lever(model, action, CF_FIELD_collaboration, action->units);
        select_only(model, &to->where[1], authority);
        select_only(model, &from->where[0], authority);
        leave_out(&from->where[1], authority);
    } else if (o->kind == CF_OPTION_TRANSPORT) {
        struct cf_lever *minutes =
            add_lever(model, action, CF_FIELD_minutes, -o->minutes * action->units);
        if (o->site >= 0)
            select_only(model, &minutes->where[1], o->site);
    }
}

static void act(struct cf_model *model)
{
    struct cf_scenario *s = &model->scenario;
    const struct cf_decision *d = &s->decision;
    const size_t room = (size_t)s->n_levers + 2 * (size_t)d->n_actions;
    struct cf_lever *levers = CF_TAKE(&model->arena, room, struct cf_lever);
    if (s->n_levers)
        memcpy(levers, s->lever, (size_t)s->n_levers * sizeof *levers);
    s->lever = levers;
    for (int k = 0; k < d->n_actions; k++)
        add_levers(model, &d->action[k]);
}

void cf_try_actions(struct cf_model *model, const struct cf_action *action, int n)
{
    struct cf_decision *d = &model->scenario.decision;
    d->n_actions = n;
    d->action = CF_TAKE(&model->arena, (size_t)n, struct cf_action);
    if (n)
        memcpy(d->action, action, (size_t)n * sizeof *action);
    for (int k = 0; k < n; k++)
        d->action[k].at = (struct cf_at){.path = model->scenario.path};
    act(model);
}

void cf_load_actions(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_decision *d = &model->scenario.decision;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "actions");
    if (!list)
        return;
    cf_check_groups(list, diag);
    if (d->n_options == 0 && list->n_children > 0)
        cf_report(diag, CF_ERROR, "action.no-options", list->at,
                  "options.csv in the place's folder, or the setting 'options'",
                  "there are actions and no options");
    int number = 0;
    d->action = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_action);
    for (const struct cf_node *entry = list->child; entry; entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            d->n_actions += load_action(model, entry, number, &d->action[d->n_actions], diag);
    }
    for (int k = 0; k < d->n_actions; k++)
        check_together(d, k, diag);
    act(model);
}

/* Places come with the year the units open and go when their life is over. */
void cf_place_actions(struct cf_model *model)
{
    const struct cf_decision *d = &model->scenario.decision;
    struct cf_provision *p = &model->provision;
    const size_t room = (size_t)p->n_changes + 2 * (size_t)d->n_actions;
    struct cf_change *change = CF_TAKE(&model->arena, room, struct cf_change);
    if (p->n_changes)
        memcpy(change, p->change, (size_t)p->n_changes * sizeof *change);
    p->change = change;
    for (int k = 0; k < d->n_actions; k++) {
        const struct cf_action *action = &d->action[k];
        const struct cf_option *o = &d->option[action->option];
        const double places = (o->kind == CF_OPTION_RELEASE ? -1 : 1) * o->places * action->units;
        if (o->site < 0 || o->line < 0 || places == 0 || o->kind == CF_OPTION_TRANSPORT)
            continue;
        change[p->n_changes++] = (struct cf_change){.site = o->site,
                                                    .line = o->line,
                                                    .offer = -1,
                                                    .open_year = action->year + o->lead_years,
                                                    .places = places,
                                                    .at = action->at};
        change[p->n_changes] = change[p->n_changes - 1];
        change[p->n_changes].open_year += o->life;
        change[p->n_changes++].places = -places;
    }
}
