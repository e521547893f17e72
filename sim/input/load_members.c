#include "input/load.h"

#include "base/text.h"
#include "input/selection.h"
#include "input/settings.h"

/* Ages that coverage is a share of where the scenario does not say. */
#define COVERAGE_FROM 16
#define COVERAGE_TO 18

/* The member a setting names, -1 where it is not given or names none (reported). */
static int load_member(const struct cf_model *model, const struct cf_node *root, const char *key,
                       enum cf_axis_id id, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[id];
    const struct cf_node *node = cf_setting(root, CF_SCOPE_TOP, key);
    if (node == NULL || cf_axis_broken(axis))
        return -1;
    char digits[16];
    const char *code = node->text;
    if (node->kind != CF_NODE_TEXT) {
        int whole = 0;
        cf_node_whole(node, &whole);
        snprintf(digits, sizeof digits, "%d", whole);
        code = digits;
    }
    int k = cf_names_find(&axis->codes, code);
    if (k < 0 && !axis->doubtful)
        cf_report_near(diag, CF_ERROR, "setting.member", node->at, code, axis->codes.name,
                       (size_t)axis->n, "setting '%s' is '%s', no member of axis '%s'", key, code,
                       axis->name);
    return k;
}

/* The ages at which views count: those of the setting, else choice_age. */
static void load_views_ages(struct cf_model *model, const struct cf_node *root, cf_diag *diag)
{
    const struct cf_axis *age = &model->axis[CF_AXIS_AGE];
    const struct cf_node *node = cf_setting(root, CF_SCOPE_TOP, "views_ages");
    struct cf_selection *ages = &model->scenario.views_ages;
    *ages = node != NULL ? cf_load_selection(model, CF_AXIS_AGE, node, diag)
                         : cf_select_none(&model->arena, age->n);
    const int x = model->scenario.choice_age - model->scenario.first_age;
    if (node == NULL && x >= 0 && x < age->n) {
        ages->member[x] = 1;
        ages->n_selected = 1;
    }
}

/* The ages that coverage is a share of: those of the setting, else 16 to 18 as far as they are
 * followed. */
static void load_coverage_ages(struct cf_model *model, const struct cf_node *root, cf_diag *diag)
{
    const struct cf_node *node = cf_setting(root, CF_SCOPE_TOP, "coverage_ages");
    struct cf_selection *ages = &model->provision.coverage_ages;
    *ages = node != NULL ? cf_load_selection(model, CF_AXIS_AGE, node, diag)
                         : cf_select_none(&model->arena, model->axis[CF_AXIS_AGE].n);
    for (int age = COVERAGE_FROM; node == NULL && age <= COVERAGE_TO; age++) {
        const int x = age - model->scenario.first_age;
        if (x >= 0 && x < ages->n) {
            ages->member[x] = 1;
            ages->n_selected++;
        }
    }
}

void cf_load_members(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    const struct cf_node *root = config->root;
    scenario->exempt_level = load_member(model, root, "exempt_level", CF_AXIS_LEVEL, diag);
    scenario->duty_default = load_member(model, root, "duty_default", CF_AXIS_STATUS, diag);
    const struct cf_axis *status = &model->axis[CF_AXIS_STATUS];
    int s = scenario->duty_default;
    const char *participates = s >= 0 ? cf_axis_value(status, "participates", s) : NULL;
    if (s >= 0 && (participates == NULL || !cf_text_same(participates, "1")))
        cf_report(diag, CF_ERROR, "setting.duty-default", cf_node_find(root, "duty_default")->at,
                  NULL, "duty_default '%s' is a status that does not participate",
                  status->codes.name[s]);
    const struct cf_node *node = cf_setting(root, CF_SCOPE_TOP, "protected");
    scenario->protected_groups = node != NULL
                                     ? cf_load_selection(model, CF_AXIS_GROUP, node, diag)
                                     : cf_select_none(&model->arena, model->axis[CF_AXIS_GROUP].n);
    load_views_ages(model, root, diag);
    load_coverage_ages(model, root, diag);
}
