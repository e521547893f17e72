#include "input/load.h"

#include "base/text.h"
#include "input/axis_checks.h"
#include "input/selection.h"
#include "input/settings.h"
#include "model/lever_ops.h"

#include <limits.h>

/* Ages that coverage is a share of where the scenario does not say. */
#define COVERAGE_FROM 16
#define COVERAGE_TO 18

/* A key of `where` that is no axis of the field; it may be an attribute of one. */
static void report_key(const struct cf_model *model, enum cf_field_id field,
                       const struct cf_node *node, const char *lever, cf_diag *diag)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    const char *names[CF_MOST_DIMS];
    char axes[160], help[200] = "";
    cf_field_axes_text(field, axes, sizeof axes);
    for (int d = 0; d < spec->n_dims; d++) {
        names[d] = spec->dim[d].name;
        if (help[0] == '\0' && cf_axis_attribute(&model->axis[spec->dim[d].axis], node->key) >= 0)
            snprintf(help, sizeof help, "write %s = \"%.60s:...\"", names[d], node->key);
    }
    if (help[0] == '\0' && cf_setting_known(CF_SCOPE_LEVER, node->key))
        snprintf(help, sizeof help, "the '}' of 'where' goes before it");
    if (help[0] != '\0')
        cf_report(diag, CF_ERROR, "lever.axis", node->key_at, help,
                  "'%s' in 'where' of lever '%s' is no axis of field '%s'", node->key, lever,
                  spec->name);
    else
        cf_report_near(diag, CF_ERROR, "lever.axis", node->key_at, node->key, names,
                       (size_t)spec->n_dims,
                       "'%s' in 'where' of lever '%s' is no axis of field '%s' (%s)", node->key,
                       lever, spec->name, spec->n_dims > 0 ? axes : "it has none");
}

static void load_where(struct cf_model *model, struct cf_lever *lever, const struct cf_node *where,
                       cf_diag *diag)
{
    const struct cf_field_spec *spec = &cf_field_specs[lever->field];
    char whose[160];
    snprintf(whose, sizeof whose, "in 'where' of lever '%s'", lever->name);
    for (int d = 0; d < spec->n_dims; d++)
        lever->where[d] = cf_select_all(&model->arena, model->axis[spec->dim[d].axis].n);
    for (const struct cf_node *node = where != NULL ? where->child : NULL; node != NULL;
         node = node->next) {
        int d = 0;
        while (d < spec->n_dims && !cf_text_same(spec->dim[d].name, node->key))
            d++;
        if (d == spec->n_dims)
            report_key(model, lever->field, node, lever->name, diag);
        else if (cf_good_selector(node, whose, diag)) {
            lever->where[d] = cf_load_selection(model, spec->dim[d].axis, node, diag);
            lever->by_code[d] = (unsigned char)cf_selects_by_code(node);
        }
    }
}

/* Where an attribute of an axis is set, for who would pull it as a field; NULL where it is none. */
static const char *attribute_help(struct cf_model *model, const char *name)
{
    for (int id = 0; id < CF_N_AXES; id++) {
        const char *axis = cf_axis_specs[id].name;
        if (!cf_attribute_known((enum cf_axis_id)id, name) &&
            cf_axis_attribute(&model->axis[id], name) < 0)
            continue;
        if (cf_text_same(name, "closing_year") || cf_text_same(name, "teach_out"))
            return "it is an attribute of axis site: see the setting 'closures'";
        return cf_arena_format(&model->arena, "it is an attribute, set in axes/%s.csv", axis);
    }
    return NULL;
}

/* The index of the field a lever names, -1 (reported) where there is none. */
static int load_field(struct cf_model *model, const struct cf_node *entry, const char *lever,
                      cf_diag *diag)
{
    const struct cf_node *node = cf_setting(entry, CF_SCOPE_LEVER, "field");
    if (node == NULL)
        return -1;
    int field = cf_field_find(node->text);
    const char *help = field < 0 ? attribute_help(model, node->text) : NULL;
    if (help != NULL) {
        cf_report(diag, CF_ERROR, "lever.field", node->at, help, "unknown field '%s' in lever '%s'",
                  node->text, lever);
    } else if (field < 0) {
        const char *names[CF_N_FIELDS];
        for (int f = 0; f < CF_N_FIELDS; f++)
            names[f] = cf_field_specs[f].name;
        cf_report_near(diag, CF_ERROR, "lever.field", node->at, node->text, names, CF_N_FIELDS,
                       "unknown field '%s' in lever '%s'", node->text, lever);
    }
    return field;
}

static int load_op(const struct cf_node *entry, const char *lever, cf_diag *diag)
{
    const struct cf_node *node = cf_setting(entry, CF_SCOPE_LEVER, "op");
    if (node == NULL)
        return -1;
    int op = cf_lever_op_find(node->text);
    if (op < 0) {
        const char *names[32];
        size_t n = 0;
        for (int k = 0; k < cf_n_lever_ops && n < sizeof names / sizeof *names; k++)
            names[n++] = cf_lever_ops[k].name;
        cf_report_near(diag, CF_ERROR, "lever.op", node->at, node->text, names, n,
                       "unknown operation '%s' in lever '%s'", node->text, lever);
    }
    return op;
}

/* Log odds are those of a share. */
static void check_odds(const struct cf_lever *lever, const struct cf_node *entry, cf_diag *diag)
{
    const struct cf_field_spec *spec = &cf_field_specs[lever->field];
    if (cf_text_same(cf_lever_ops[lever->op].name, "logit_add") &&
        (spec->low < 0 || spec->high > 1))
        cf_report(diag, CF_WARNING, "lever.not-a-share", entry->at, NULL,
                  "lever '%s' moves log odds, values of '%s' that are not between 0 and 1 stay",
                  lever->name, spec->name);
}

/* Stocks that the model itself moves on: only their start can be pulled. */
static int is_stock(int field)
{
    return field == CF_FIELD_population || field == CF_FIELD_level_share ||
           field == CF_FIELD_status_share || field == CF_FIELD_staff ||
           field == CF_FIELD_grade_share;
}

static void load_years(const struct cf_model *model, struct cf_lever *lever, int field,
                       const struct cf_node *entry, cf_diag *diag)
{
    const struct cf_scenario *scenario = &model->scenario;
    const struct cf_node *from = cf_setting(entry, CF_SCOPE_LEVER, "from");
    const struct cf_node *until = cf_setting(entry, CF_SCOPE_LEVER, "until");
    const struct cf_node *ramp = cf_setting(entry, CF_SCOPE_LEVER, "ramp");
    int known = scenario->base_year > 0;
    lever->from = cf_setting_whole(entry, CF_SCOPE_LEVER, "from", INT_MIN);
    lever->until = cf_setting_whole(entry, CF_SCOPE_LEVER, "until", INT_MAX);
    lever->ramp = cf_setting_whole(entry, CF_SCOPE_LEVER, "ramp", 0);
    if (ramp != NULL && cf_node_find(entry, "from") == NULL)
        cf_report(diag, CF_ERROR, "lever.ramp-without-from", ramp->at, NULL,
                  "lever '%s' has a ramp without 'from', the year it starts in", lever->name);
    if (lever->from > lever->until)
        cf_report(diag, CF_ERROR, "lever.years", until->at, NULL,
                  "lever '%s' ends in %d, before it starts in %d", lever->name, lever->until,
                  lever->from);
    else if (from != NULL && known && is_stock(field) && lever->from > scenario->base_year)
        cf_report(diag, CF_ERROR, "lever.base-year-only", from->at,
                  "the model itself moves it on from there",
                  "lever '%s' starts in %d, '%s' can be pulled in the base year %d only",
                  lever->name, lever->from, cf_field_specs[field].name, scenario->base_year);
    else if (known && (lever->from > scenario->end_year || lever->until < scenario->base_year))
        cf_report(diag, CF_WARNING, "lever.never", from != NULL ? from->at : until->at, NULL,
                  "lever '%s' acts in no year from %d to %d", lever->name, scenario->base_year,
                  scenario->end_year);
}

/* A name is how a later file or --set finds its lever. */
static void check_name(const struct cf_node *entry, cf_diag *diag)
{
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_LEVER, "name"), *other;
    if (name == NULL)
        return;
    for (const struct cf_node *before = entry->parent->child; before != entry;
         before = before->next) {
        if (before->kind != CF_NODE_GROUP)
            continue;
        other = cf_setting(before, CF_SCOPE_LEVER, "name");
        if (other == NULL || !cf_text_same(other->text, name->text))
            continue;
        cf_report(diag, CF_ERROR, "lever.twice", name->at, "give each lever a name of its own",
                  "there is another lever '%s', at %s:%d:%d", name->text, other->at.path,
                  other->at.line, other->at.column);
        return;
    }
}

/* Bind one entry; 0 when it names no field or operation and so can be no lever. */
static int load_lever(struct cf_model *model, const struct cf_node *entry, int number,
                      struct cf_lever *lever, cf_diag *diag)
{
    const char *by_number = cf_arena_format(&model->arena, "lever %d", number);
    const char *whose = cf_arena_format(&model->arena, " in %s", by_number);
    cf_check_settings(entry, CF_SCOPE_LEVER, whose, diag);
    check_name(entry, diag);
    *lever = (struct cf_lever){.at = entry->at};
    lever->name = cf_setting_text(entry, CF_SCOPE_LEVER, "name", by_number);
    lever->value = cf_setting_number(entry, CF_SCOPE_LEVER, "value", 0);
    lever->op = load_op(entry, lever->name, diag);
    int field = load_field(model, entry, lever->name, diag);
    load_years(model, lever, field, entry, diag);
    if (field < 0)
        return 0;
    lever->field = (enum cf_field_id)field;
    const struct cf_node *where = cf_setting(entry, CF_SCOPE_LEVER, "where");
    const struct cf_node *year = where != NULL ? cf_node_find(where, "year") : NULL;
    if (year != NULL && is_stock(field))
        cf_report(diag, CF_ERROR, "lever.base-year-only", year->key_at,
                  "leave the year out: it is the base year",
                  "lever '%s' selects a year, '%s' can be pulled in the base year only",
                  lever->name, cf_field_specs[field].name);
    else
        load_where(model, lever, where, diag);
    if (lever->op < 0)
        return 0;
    check_odds(lever, entry, diag);
    return 1;
}

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

static void load_members(struct cf_model *model, const struct cf_node *root, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
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

void cf_load_levers(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    load_members(model, config->root, diag);
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "levers");
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    scenario->lever = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_lever);
    int number = 0;
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        number++;
        if (entry->kind != CF_NODE_GROUP)
            continue;
        /* What is missing can only be told when all was read. */
        if (!config->broken)
            cf_require_settings(entry, CF_SCOPE_LEVER,
                                cf_arena_format(&model->arena, " in lever %d", number), entry->at,
                                diag);
        scenario->n_levers +=
            load_lever(model, entry, number, &scenario->lever[scenario->n_levers], diag);
    }
}
