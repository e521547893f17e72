#include "input/load.h"

#include "input/selection.h"
#include "input/settings.h"

/* The setting `closures`: sites that a scenario closes, over what axes/site.csv says. MODEL.md 2.8.
 */

static void check_year(const struct cf_model *model, const struct cf_closure *closure,
                       const struct cf_node *year, int number, cf_diag *diag)
{
    const struct cf_scenario *s = &model->scenario;
    if (s->base_year == 0)
        return;
    if (closure->year < s->base_year)
        cf_report(diag, CF_ERROR, "closure.year", year->at,
                  "a site that was closed by then has no places in places.csv",
                  "closure %d is in %d, before base_year %d", number, closure->year, s->base_year);
    else if (closure->year > s->end_year)
        cf_report(diag, CF_NOTICE, "closure.late", year->at, NULL,
                  "closure %d is in %d, after end_year %d: nothing of it is seen", number,
                  closure->year, s->end_year);
}

/* 0 where it names no sites or no year, and so can close nothing. */
static int load_closure(struct cf_model *model, const struct cf_node *entry, int number,
                        struct cf_closure *closure, cf_diag *diag)
{
    const char *whose = cf_arena_format(&model->arena, " in closure %d", number);
    cf_check_settings(entry, CF_SCOPE_CLOSURE, whose, diag);
    cf_require_settings(entry, CF_SCOPE_CLOSURE, whose, entry->at, diag);
    const struct cf_node *site = cf_setting(entry, CF_SCOPE_CLOSURE, "site");
    const struct cf_node *year = cf_setting(entry, CF_SCOPE_CLOSURE, "year");
    *closure =
        (struct cf_closure){.year = cf_setting_whole(entry, CF_SCOPE_CLOSURE, "year", 0),
                            .teach_out = cf_setting_whole(entry, CF_SCOPE_CLOSURE, "teach_out", 0)};
    if (site)
        closure->site = cf_load_selection(model, CF_AXIS_SITE, site, diag);
    if (year)
        check_year(model, closure, year, number, diag);
    return site && year;
}

void cf_load_closures(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *s = &model->scenario;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "closures");
    if (!list)
        return;
    cf_check_groups(list, diag);
    s->closure = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_closure);
    int number = 0;
    for (const struct cf_node *entry = list->child; entry; entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            s->n_closures += load_closure(model, entry, number, &s->closure[s->n_closures], diag);
    }
}
