#include "input/load.h"

#include "base/text.h"
#include "input/pulls.h"

#include <limits.h>
#include <string.h>

/* One lever while it is read. */
struct reading {
    struct cf_model *model;
    const struct cf_lever_list *of;
    struct cf_lever *lever;
    const char *whose; /* "lever 'x'", "lever 'x' of risk 'R3'" */
    cf_diag *diag;
};

static void load_years(const struct reading *r, int field, const struct cf_node *entry)
{
    const struct cf_scenario *scenario = &r->model->scenario;
    const struct cf_node *from = cf_setting(entry, CF_SCOPE_LEVER, "from");
    const struct cf_node *until = cf_setting(entry, CF_SCOPE_LEVER, "until");
    const struct cf_node *ramp = cf_setting(entry, CF_SCOPE_LEVER, "ramp");
    struct cf_lever *lever = r->lever;
    int known = scenario->base_year > 0;
    lever->from = cf_setting_whole(entry, CF_SCOPE_LEVER, "from", INT_MIN);
    lever->until = cf_setting_whole(entry, CF_SCOPE_LEVER, "until", INT_MAX);
    lever->ramp = cf_setting_whole(entry, CF_SCOPE_LEVER, "ramp", 0);
    if (ramp != NULL && cf_node_find(entry, "from") == NULL)
        cf_report(r->diag, CF_ERROR, "lever.ramp-without-from", ramp->at, NULL,
                  "%s has a ramp without 'from', the year it starts in", r->whose);
    if (lever->from > lever->until)
        cf_report(r->diag, CF_ERROR, "lever.years", until->at, NULL,
                  "%s ends in %d, before it starts in %d", r->whose, lever->until, lever->from);
    else if (from != NULL && known && cf_is_stock(field) && lever->from > scenario->base_year)
        cf_report(r->diag, CF_ERROR, "lever.base-year-only", from->at,
                  "the model itself moves it on from there",
                  "%s starts in %d, '%s' can be pulled in the base year %d only", r->whose,
                  lever->from, cf_field_specs[field].name, scenario->base_year);
    else if (known && (lever->from > scenario->end_year || lever->until < scenario->base_year))
        cf_report(r->diag, CF_WARNING, "lever.never", from != NULL ? from->at : until->at, NULL,
                  "%s acts in no year from %d to %d", r->whose, scenario->base_year,
                  scenario->end_year);
}

/* Its risk says when a lever acts: from its onset on in full, for as long as it lasts. */
static void check_years_of_risk(const struct reading *r, int field, const struct cf_node *entry)
{
    static const char *const keys[] = {"from", "until", "ramp"};
    const int base_year = r->model->scenario.base_year;
    r->lever->from = INT_MIN;
    r->lever->until = INT_MAX;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const struct cf_node *node = cf_node_find(entry, keys[k]);
        if (node != NULL)
            cf_report(r->diag, CF_ERROR, "risk.lever-years", node->key_at,
                      "onset and duration of the risk say when it acts", "%s has '%s'", r->whose,
                      keys[k]);
    }
    if (base_year > 0 && cf_is_stock(field) && r->of->risk->onset_last > base_year)
        cf_report(r->diag, CF_ERROR, "lever.base-year-only", entry->at,
                  "the model itself moves it on from there",
                  "%s may start in %d, '%s' can be pulled in the base year %d only", r->whose,
                  r->of->risk->onset_last, cf_field_specs[field].name, base_year);
}

/* A name is how a later file or --set finds its lever. */
static void check_name(const struct reading *r, const struct cf_node *entry)
{
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_LEVER, "name");
    const struct cf_node *other = cf_said_before(entry, CF_SCOPE_LEVER, "name");
    if (other != NULL)
        cf_report(r->diag, CF_ERROR, "lever.twice", name->at, "give each lever a name of its own",
                  "there is another lever '%s', at %s:%d:%d", name->text, other->at.path,
                  other->at.line, other->at.column);
}

/* Bind one entry; 0 when it names no field or operation and so can be no lever. */
static int load_lever(struct reading *r, const struct cf_node *entry, int number)
{
    struct cf_arena *arena = &r->model->arena;
    const char *of_risk =
        r->of->risk != NULL ? cf_arena_format(arena, " of risk '%s'", r->of->risk->code) : "";
    const char *by_number = cf_arena_format(arena, "lever %d", number);
    const char *in = cf_arena_format(arena, " in %s%s", by_number, of_risk);
    struct cf_lever *lever = r->lever;
    struct cf_pulled pulled;
    cf_check_settings(entry, CF_SCOPE_LEVER, in, r->diag);
    /* What is missing can only be told when all was read. */
    if (!r->of->broken)
        cf_require_settings(entry, CF_SCOPE_LEVER, in, entry->at, r->diag);
    check_name(r, entry);
    *lever = (struct cf_lever){.at = entry->at};
    lever->name = cf_setting_text(entry, CF_SCOPE_LEVER, "name", by_number);
    lever->value = cf_setting_number(entry, CF_SCOPE_LEVER, "value", 0);
    r->whose = cf_arena_format(arena, "lever '%s'%s", lever->name, of_risk);
    const int good = cf_load_pulled(r->model, entry, CF_SCOPE_LEVER, r->whose, &pulled, r->diag);
    if (r->of->risk != NULL)
        check_years_of_risk(r, pulled.field, entry);
    else
        load_years(r, pulled.field, entry);
    if (!good)
        return 0;
    lever->field = (enum cf_field_id)pulled.field;
    lever->op = pulled.op;
    memcpy(lever->where, pulled.where, sizeof lever->where);
    memcpy(lever->by_code, pulled.by_code, sizeof lever->by_code);
    return 1;
}

int cf_load_lever_list(struct cf_model *model, const struct cf_lever_list *of,
                       struct cf_lever *levers, cf_diag *diag)
{
    int number = 0, n = 0;
    cf_check_groups(of->list, diag);
    for (const struct cf_node *entry = of->list->child; entry != NULL; entry = entry->next) {
        struct reading r = {.model = model, .of = of, .lever = &levers[n], .diag = diag};
        number++;
        if (entry->kind == CF_NODE_GROUP)
            n += load_lever(&r, entry, number);
    }
    return n;
}

void cf_load_levers(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    const struct cf_lever_list of = {.list = cf_setting(config->root, CF_SCOPE_TOP, "levers"),
                                     .broken = config->broken};
    if (of.list == NULL)
        return;
    scenario->lever = CF_TAKE(&model->arena, (size_t)of.list->n_children, struct cf_lever);
    scenario->n_levers = cf_load_lever_list(model, &of, scenario->lever, diag);
}
