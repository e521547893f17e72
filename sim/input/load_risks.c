#include "input/future_parts.h"

#include "base/text.h"

/* One risk while it is read. MODEL.md 5. */
struct reading {
    struct cf_model *model;
    const struct cf_node *entry;
    struct cf_risk *risk;
    const char *whose; /* "risk 'R3'" */
    int broken;        /* the scenario could not be read in full: what is missing is not told */
    cf_diag *diag;
};

static const struct cf_node *get(const struct reading *r, const char *key)
{
    return cf_setting(r->entry, CF_SCOPE_RISK, key);
}

static void check_keys(const struct reading *r, const struct cf_node *group,
                       enum cf_setting_scope scope, const char *in)
{
    cf_check_settings(group, scope, in, r->diag);
    if (!r->broken)
        cf_require_settings(group, scope, in, group->at, r->diag);
}

static void check_code(const struct reading *r)
{
    const struct cf_node *code = get(r, "code");
    const struct cf_node *other = cf_said_before(r->entry, CF_SCOPE_RISK, "code");
    if (code != NULL && code->text[0] == '\0')
        cf_report(r->diag, CF_ERROR, "risk.code", code->at, NULL, "%s has an empty code", r->whose);
    else if (other != NULL)
        cf_report(r->diag, CF_ERROR, "risk.twice", code->at, "give each risk a code of its own",
                  "there is another risk '%s', at %s:%d:%d", code->text, other->at.path,
                  other->at.line, other->at.column);
}

static void load_onset(const struct reading *r)
{
    const struct cf_scenario *scenario = &r->model->scenario;
    const struct cf_node *onset = get(r, "onset");
    struct cf_risk *risk = r->risk;
    risk->duration = cf_setting_whole(r->entry, CF_SCOPE_RISK, "duration", 1);
    if (onset == NULL)
        return;
    if (onset->n_children != 2) {
        cf_report(r->diag, CF_ERROR, "risk.onset", onset->at, "a year alone is given twice",
                  "onset of %s has %d year%s, it is [ first, last ]", r->whose, onset->n_children,
                  onset->n_children == 1 ? "" : "s");
        return;
    }
    cf_node_whole(onset->child, &risk->onset_first);
    cf_node_whole(onset->child->next, &risk->onset_last);
    if (risk->onset_first > risk->onset_last)
        cf_report(r->diag, CF_ERROR, "risk.onset", onset->child->next->at, NULL,
                  "onset of %s runs backwards, from %d to %d", r->whose, risk->onset_first,
                  risk->onset_last);
    else if (scenario->base_year > 0 &&
             (risk->onset_first > scenario->end_year ||
              risk->onset_last + risk->duration - 1 < scenario->base_year))
        cf_report(r->diag, CF_WARNING, "risk.never", onset->at, NULL,
                  "%s acts in no year from %d to %d", r->whose, scenario->base_year,
                  scenario->end_year);
}

static void load_levers(const struct reading *r)
{
    const struct cf_lever_list of = {
        .list = get(r, "levers"), .risk = r->risk, .broken = r->broken};
    if (of.list == NULL)
        return;
    if (of.list->n_children == 0)
        cf_report(r->diag, CF_ERROR, "risk.levers", of.list->at, NULL,
                  "%s has no levers: nothing would change when it happens", r->whose);
    r->risk->lever = CF_TAKE(&r->model->arena, (size_t)of.list->n_children, struct cf_lever);
    r->risk->n_levers = cf_load_lever_list(r->model, &of, r->risk->lever, r->diag);
}

static void load_mitigation(const struct reading *r)
{
    const struct cf_node *group = get(r, "mitigation");
    struct cf_risk *risk = r->risk;
    risk->mitigated_probability = risk->probability;
    risk->mitigated_scale = 1;
    if (group == NULL)
        return;
    check_keys(r, group, CF_SCOPE_MITIGATION,
               cf_arena_format(&r->model->arena, " in 'mitigation' of %s", r->whose));
    risk->has_mitigation = 1;
    risk->mitigation_cost = cf_setting_number(group, CF_SCOPE_MITIGATION, "cost", 0);
    risk->mitigated_probability =
        cf_setting_number(group, CF_SCOPE_MITIGATION, "probability", risk->probability);
    risk->mitigated_scale = cf_setting_number(group, CF_SCOPE_MITIGATION, "scale", 1);
    if (get(r, "probability") != NULL && risk->mitigated_probability > risk->probability)
        cf_report(r->diag, CF_WARNING, "risk.mitigation", cf_node_find(group, "probability")->at,
                  NULL, "%s is more likely once mitigated than without", r->whose);
    else if (cf_node_find(group, "probability") == NULL && cf_node_find(group, "scale") == NULL)
        cf_report(r->diag, CF_WARNING, "risk.mitigation", group->at, "give probability or scale",
                  "mitigation of %s changes nothing", r->whose);
}

static void load_risk(struct reading *r, int number)
{
    struct cf_arena *arena = &r->model->arena;
    const struct cf_node *code = get(r, "code");
    const int has_code = code != NULL && code->text[0] != '\0';
    struct cf_risk *risk = r->risk;
    *risk = (struct cf_risk){.at = r->entry->at};
    risk->code = has_code ? code->text : cf_arena_format(arena, "%d", number);
    r->whose = has_code ? cf_arena_format(arena, "risk '%s'", code->text)
                        : cf_arena_format(arena, "risk %d", number);
    check_keys(r, r->entry, CF_SCOPE_RISK, cf_arena_format(arena, " in %s", r->whose));
    check_code(r);
    risk->label = cf_setting_text(r->entry, CF_SCOPE_RISK, "label", risk->code);
    risk->owner = cf_setting_text(r->entry, CF_SCOPE_RISK, "owner", "");
    risk->probability = cf_setting_number(r->entry, CF_SCOPE_RISK, "probability", 0);
    load_onset(r);
    load_levers(r);
    load_mitigation(r);
}

void cf_load_risks(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *future = &model->scenario.future;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "risks");
    int number = 0;
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    future->risk = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_risk);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        struct reading r = {.model = model,
                            .entry = entry,
                            .risk = &future->risk[future->n_risks],
                            .broken = config->broken,
                            .diag = diag};
        number++;
        if (entry->kind != CF_NODE_GROUP)
            continue;
        load_risk(&r, number);
        future->n_risks++;
    }
}
