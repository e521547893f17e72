#include "input/load.h"

#include "base/text.h"
#include "input/settings.h"

#include <string.h>
#include <sys/stat.h>

/* The file's name without folder and .cfg. */
static const char *scenario_name(struct cf_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    size_t length = strlen(name);
    if (length > 4 && cf_text_same(name + length - 4, ".cfg"))
        length -= 4;
    return cf_arena_copy_n(arena, name, length);
}

/* A path in a file is relative to that file; one given with --set to the current folder. */
static void load_place(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_arena *arena = &model->arena;
    const struct cf_node *node = cf_setting(config->root, CF_SCOPE_TOP, "place");
    struct cf_at at = {config->path, 0, 0};
    model->scenario.place = config->base_folder;
    if (node != NULL) {
        const char *folder = cf_path_folder(arena, node->at.path);
        int here = node->text[0] == '\0' || cf_text_same(node->text, ".");
        model->scenario.place = here ? folder : cf_path_join(arena, folder, node->text);
        at = node->at;
    }
    model->scenario.place = cf_path_plain(arena, model->scenario.place);
    struct stat is;
    if (stat(model->scenario.place, &is) != 0 || !S_ISDIR(is.st_mode))
        cf_report(diag, CF_ERROR, "place.missing", at, NULL, "place '%s' is not a folder",
                  model->scenario.place);
}

static int load_years(struct cf_scenario *scenario, const struct cf_node *root, cf_diag *diag)
{
    const struct cf_node *base = cf_setting(root, CF_SCOPE_TOP, "base_year");
    const struct cf_node *end = cf_setting(root, CF_SCOPE_TOP, "end_year");
    if (base == NULL || end == NULL)
        return 0;
    scenario->base_year = cf_setting_whole(root, CF_SCOPE_TOP, "base_year", 0);
    scenario->end_year = cf_setting_whole(root, CF_SCOPE_TOP, "end_year", 0);
    if (scenario->end_year > scenario->base_year)
        return 1;
    cf_report(diag, CF_ERROR, "setting.years", end->at, NULL,
              "end_year %d is not after base_year %d", scenario->end_year, scenario->base_year);
    scenario->base_year = scenario->end_year = 0;
    return 0;
}

static int load_ages(struct cf_scenario *scenario, const struct cf_node *root, cf_diag *diag)
{
    const struct cf_node *first = cf_setting(root, CF_SCOPE_TOP, "first_age");
    const struct cf_node *last = cf_setting(root, CF_SCOPE_TOP, "last_age");
    const struct cf_node *choice = cf_setting(root, CF_SCOPE_TOP, "choice_age");
    scenario->last_age = -1; /* no ages, until they are known */
    if (first == NULL || last == NULL)
        return 0;
    scenario->first_age = cf_setting_whole(root, CF_SCOPE_TOP, "first_age", 0);
    scenario->last_age = cf_setting_whole(root, CF_SCOPE_TOP, "last_age", 0);
    if (scenario->first_age > scenario->last_age) {
        cf_report(diag, CF_ERROR, "setting.ages", last->at, NULL,
                  "last_age %d is before first_age %d", scenario->last_age, scenario->first_age);
        scenario->last_age = scenario->first_age - 1;
        return 0;
    }
    if (choice == NULL)
        return 0;
    scenario->choice_age = cf_setting_whole(root, CF_SCOPE_TOP, "choice_age", 0);
    if (scenario->choice_age > scenario->first_age &&
        scenario->choice_age <= scenario->last_age + 1)
        return 1;
    cf_report(diag, CF_ERROR, "setting.ages", choice->at,
              "last_age + 1 means that nobody chooses: demography only",
              "choice_age is %d, it must be from first_age + 1 to last_age + 1, %d to %d",
              scenario->choice_age, scenario->first_age + 1, scenario->last_age + 1);
    return 0;
}

static void load_report_years(struct cf_model *model, const struct cf_node *root, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    const struct cf_node *node = cf_setting(root, CF_SCOPE_TOP, "report_years");
    size_t n = node != NULL ? (size_t)node->n_children : 1;
    scenario->report_year = CF_TAKE(&model->arena, n + 1, int);
    scenario->report_year[0] = scenario->end_year;
    scenario->n_report_years = (int)n;
    if (node == NULL)
        return;
    if (n == 0)
        cf_report(diag, CF_ERROR, "setting.report-years", node->at,
                  "leave it out for end_year alone", "setting 'report_years' is empty");
    int k = 0;
    for (const struct cf_node *item = node->child; item != NULL; item = item->next, k++) {
        int year = 0;
        cf_node_whole(item, &year);
        scenario->report_year[k] = year;
        if (year < scenario->base_year || year > scenario->end_year)
            cf_report(diag, CF_ERROR, "setting.report-years", item->at, NULL,
                      "report year %d is not from base_year %d to end_year %d", year,
                      scenario->base_year, scenario->end_year);
        else if (k > 0 && year <= scenario->report_year[k - 1])
            cf_report(diag, CF_ERROR, "setting.report-years", item->at, NULL,
                      "report years must ascend, %d comes after %d", year,
                      scenario->report_year[k - 1]);
    }
}

/* The number of a word among n known ones; a wrong one is reported and counts as the first. */
static int load_word(const struct cf_node *group, enum cf_setting_scope scope, const char *key,
                     const char *const *words, size_t n, const char *whose, cf_diag *diag)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    if (node == NULL)
        return 0;
    for (size_t k = 0; k < n; k++)
        if (cf_text_same(node->text, words[k]))
            return (int)k;
    cf_report_near(diag, CF_ERROR, "setting.word", node->at, node->text, words, n,
                   "setting '%s'%s cannot be '%s'", key, whose, node->text);
    return 0;
}

static void load_table_rule(struct cf_model *model, const struct cf_node *entry, int number,
                            cf_diag *diag)
{
    static const char *const between[] = {"linear", "step", "error"};
    static const char *const beyond[] = {"hold", "error"};
    const char *whose = cf_arena_format(&model->arena, " in entry %d of 'tables'", number);
    cf_check_settings(entry, CF_SCOPE_TABLE, whose, diag);
    cf_require_settings(entry, CF_SCOPE_TABLE, whose, entry->at, diag);
    struct cf_table_rule rule = {
        .between = (enum cf_between)load_word(entry, CF_SCOPE_TABLE, "between", between,
                                              sizeof between / sizeof *between, whose, diag),
        .beyond = (enum cf_beyond)load_word(entry, CF_SCOPE_TABLE, "beyond", beyond,
                                            sizeof beyond / sizeof *beyond, whose, diag),
        .at = entry->at,
    };
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_TABLE, "name");
    if (name == NULL)
        return;
    const struct cf_node *file = cf_setting(entry, CF_SCOPE_TABLE, "file");
    const int of_years =
        !file || cf_node_find(entry, "between") != NULL || cf_node_find(entry, "beyond") != NULL;
    const char *names[CF_N_FIELDS];
    size_t n = 0;
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (cf_field_specs[f].n_dims && (!of_years || cf_field_yearly((enum cf_field_id)f)))
            names[n++] = cf_field_specs[f].name;
    int f = cf_field_find(name->text);
    if (f < 0 || !cf_field_specs[f].n_dims)
        cf_report_near(diag, CF_ERROR, "setting.table", name->at, name->text, names, n,
                       "unknown table '%s'%s", name->text, whose);
    else if (of_years && !cf_field_yearly((enum cf_field_id)f))
        cf_report(diag, CF_ERROR, "setting.table", name->at, NULL, "table '%s'%s has no year axis",
                  name->text, whose);
    else if (model->scenario.table[f].at.line)
        cf_report(diag, CF_ERROR, "setting.twice", name->at, NULL,
                  "table '%s' has a second entry in 'tables', the first is at %s:%d", name->text,
                  model->scenario.table[f].at.path, model->scenario.table[f].at.line);
    else {
        model->scenario.table[f] = rule;
        if (file)
            model->scenario.instead[f] = cf_path_join(
                &model->arena, cf_path_folder(&model->arena, file->at.path), file->text);
    }
}

static void load_tables(struct cf_model *model, const struct cf_node *root, cf_diag *diag)
{
    const struct cf_node *list = cf_setting(root, CF_SCOPE_TOP, "tables");
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    int number = 0;
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            load_table_rule(model, entry, number, diag);
    }
}

static int load_mode(const struct cf_node *root, cf_diag *diag)
{
    static const char *const modes[] = {"behavioural", "backcast"};
    return load_word(root, CF_SCOPE_TOP, "mode", modes, sizeof modes / sizeof *modes, "", diag) ==
           1;
}

static void load_reason(struct cf_scenario *scenario, const struct cf_node *root, cf_diag *diag)
{
    scenario->allow_drift = cf_setting_text(root, CF_SCOPE_TOP, "allow_drift", NULL);
    if (scenario->allow_drift != NULL && scenario->allow_drift[0] == '\0')
        cf_report(diag, CF_ERROR, "setting.reason", cf_node_find(root, "allow_drift")->at, NULL,
                  "setting 'allow_drift' is empty, it must give the reason");
}

void cf_load_settings(struct cf_model *model, const struct cf_config *config, int *ready,
                      cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    const struct cf_node *root = config->root;
    scenario->path = config->path;
    scenario->name = scenario_name(&model->arena, config->path);
    scenario->resolved = config->resolved;
    scenario->exempt_level = scenario->duty_default = -1;
    cf_check_settings(root, CF_SCOPE_TOP, "", diag);
    load_place(model, config, diag);
    scenario->title = cf_setting_text(root, CF_SCOPE_TOP, "title", scenario->name);
    scenario->rounds = cf_setting_whole(root, CF_SCOPE_TOP, "rounds", 2);
    scenario->max_rounds = cf_setting_whole(root, CF_SCOPE_TOP, "max_rounds", 500);
    scenario->tolerance = cf_setting_number(root, CF_SCOPE_TOP, "tolerance", 1e-9);
    scenario->residual = cf_setting_number(root, CF_SCOPE_TOP, "residual", 0.01);
    load_reason(scenario, root, diag);
    scenario->backcast = load_mode(root, diag);
    load_tables(model, root, diag);
    int years = load_years(scenario, root, diag);
    int ages = load_ages(scenario, root, diag);
    if (years)
        load_report_years(model, root, diag);
    *ready = years && ages;
}
