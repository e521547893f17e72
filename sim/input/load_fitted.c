#include "input/load.h"
#include "input/settings.h"

/* The setting `fitted`: which years values were fitted to, as `calibrate` leaves it in its overlay.
 */

static int find_field(const struct cf_node *name, int number, cf_diag *diag)
{
    const char *names[CF_N_FIELDS];
    const int f = cf_field_find(name->text);
    for (int k = 0; k < CF_N_FIELDS; k++)
        names[k] = cf_field_specs[k].name;
    if (f < 0)
        cf_report_near(diag, CF_ERROR, "fitted.field", name->at, name->text, names, CF_N_FIELDS,
                       "unknown field '%s' in entry %d of 'fitted'", name->text, number);
    return f;
}

static int find_years(const struct cf_node *years, int number, struct cf_fitted *fitted,
                      cf_diag *diag)
{
    if (years->n_children == 2 && cf_node_whole(years->child, &fitted->first) &&
        cf_node_whole(years->child->next, &fitted->last) && fitted->first <= fitted->last)
        return 1;
    cf_report(diag, CF_ERROR, "fitted.years", years->at, "years = [ 2004, 2009 ];",
              "years in entry %d of 'fitted' are a first and a last one", number);
    return 0;
}

static int load_one(struct cf_model *model, const struct cf_node *entry, int number,
                    struct cf_fitted *fitted, cf_diag *diag)
{
    const char *whose = cf_arena_format(&model->arena, " in entry %d of 'fitted'", number);
    cf_check_settings(entry, CF_SCOPE_FITTED, whose, diag);
    cf_require_settings(entry, CF_SCOPE_FITTED, whose, entry->at, diag);
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_FITTED, "field");
    const struct cf_node *years = cf_setting(entry, CF_SCOPE_FITTED, "years");
    *fitted = (struct cf_fitted){.at = entry->at};
    const int field = name ? find_field(name, number, diag) : -1;
    fitted->field = field < 0 ? 0 : (enum cf_field_id)field;
    return years && find_years(years, number, fitted, diag) && field >= 0;
}

void cf_load_fitted(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *s = &model->scenario;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "fitted");
    if (!list)
        return;
    cf_check_groups(list, diag);
    s->fitted = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_fitted);
    int number = 0;
    for (const struct cf_node *entry = list->child; entry; entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            s->n_fitted += load_one(model, entry, number, &s->fitted[s->n_fitted], diag);
    }
}
