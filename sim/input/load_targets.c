#include "input/load.h"

#include "base/text.h"
#include "input/selection.h"
#include "input/settings.h"

#include <string.h>

/* 1 less a residual as it is written, 0.99 and 0.01, may differ in the last digit. */
#define ROUNDING 1e-12

/* One entry as read, before those of one scope are joined into a path. */
struct entry {
    const char *scope;
    struct cf_selection status, age, area;
    struct cf_knot knot;
    struct cf_at at;
    int good;
};

static struct cf_selection load_scope(struct cf_model *model, const struct cf_node *node,
                                      const char *key, enum cf_axis_id axis, const char *whose,
                                      cf_diag *diag)
{
    const struct cf_node *selector = cf_setting(node, CF_SCOPE_TARGET, key);
    if (!selector)
        return cf_select_all(&model->arena, model->axis[axis].n);
    if (!cf_good_selector(selector, whose, diag))
        return cf_select_none(&model->arena, model->axis[axis].n);
    return cf_load_selection(model, axis, selector, diag);
}

/* "status participates:1, age 16-17" of an entry: its selectors as written. */
static const char *scope_text(struct cf_model *model, const struct cf_node *node)
{
    static const char *const keys[] = {"status", "age", "area"};
    const char *text = "";
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        const struct cf_node *selector = cf_node_find(node, keys[k]);
        const int single = selector && cf_node_is_item(selector);
        if (selector)
            text = cf_arena_format(&model->arena, "%s%s%s", text, *text ? ", " : "", keys[k]);
        for (const struct cf_node *item = single     ? selector
                                          : selector ? selector->child
                                                     : NULL;
             item; item = single ? NULL : item->next)
            text = item->kind == CF_NODE_TEXT
                       ? cf_arena_format(&model->arena, "%s %s", text, item->text)
                       : cf_arena_format(&model->arena, "%s %lld", text, item->integer);
    }
    return text;
}

static void check_entry(const struct cf_model *model, const struct cf_node *node,
                        struct entry *entry, cf_diag *diag)
{
    const struct cf_scenario *s = &model->scenario;
    const struct cf_node *year = cf_setting(node, CF_SCOPE_TARGET, "year");
    const struct cf_node *value = cf_setting(node, CF_SCOPE_TARGET, "value");
    const struct cf_node *age = cf_setting(node, CF_SCOPE_TARGET, "age");
    if (year && (entry->knot.year <= s->base_year || entry->knot.year > s->end_year))
        cf_report(diag, CF_ERROR, "target.year", year->at, NULL,
                  "target year %d is not after base_year %d and at most end_year %d",
                  entry->knot.year, s->base_year, s->end_year);
    if (value && (entry->knot.value <= 0 || entry->knot.value > 1 - s->residual + ROUNDING))
        cf_report(diag, CF_ERROR, "target.value", value->at,
                  "full participation is 1 less the residual, which the setting 'residual' gives",
                  "target value %g is not a share between 0 and %g", entry->knot.value,
                  1 - s->residual);
    for (int x = 0; age && x < entry->age.n; x++)
        if (entry->age.member[x] && x < model->extent.choice_x) {
            cf_report(diag, CF_ERROR, "target.age", age->at, NULL,
                      "a target holds from choice_age %d on: nobody chooses before", s->choice_age);
            break;
        }
    if (entry->status.n_selected == entry->status.n)
        cf_report(diag, CF_ERROR, "target.status", node->at, NULL,
                  "a target on every status is met by itself");
}

static void load_entry(struct cf_model *model, const struct cf_node *node, int number,
                       struct entry *entry, cf_diag *diag)
{
    const size_t before = cf_diag_count(diag, CF_ERROR);
    char whose[32];
    snprintf(whose, sizeof whose, " in target %d", number);
    cf_check_settings(node, CF_SCOPE_TARGET, whose, diag);
    cf_require_settings(node, CF_SCOPE_TARGET, whose, node->at, diag);
    const char *path = cf_setting_text(node, CF_SCOPE_TARGET, "path", "linear");
    *entry =
        (struct entry){.scope = scope_text(model, node),
                       .status = load_scope(model, node, "status", CF_AXIS_STATUS, whose + 1, diag),
                       .age = load_scope(model, node, "age", CF_AXIS_AGE, whose + 1, diag),
                       .area = load_scope(model, node, "area", CF_AXIS_AREA, whose + 1, diag),
                       .knot = {.year = cf_setting_whole(node, CF_SCOPE_TARGET, "year", 0),
                                .value = cf_setting_number(node, CF_SCOPE_TARGET, "value", 0.5),
                                .geometric = cf_text_same(path, "geometric")},
                       .at = node->at};
    if (!entry->knot.geometric && !cf_text_same(path, "linear")) {
        static const char *const paths[] = {"linear", "geometric"};
        cf_report_near(diag, CF_ERROR, "target.path", cf_setting(node, CF_SCOPE_TARGET, "path")->at,
                       path, paths, 2, "unknown path '%s' in target %d, linear or geometric", path,
                       number);
    }
    check_entry(model, node, entry, diag);
    entry->good = cf_diag_count(diag, CF_ERROR) == before;
}

static int same(const struct cf_selection *a, const struct cf_selection *b)
{
    return a->n == b->n && !memcmp(a->member, b->member, (size_t)a->n);
}

static int meet(const struct cf_selection *a, const struct cf_selection *b)
{
    for (int i = 0; i < a->n; i++)
        if (a->member[i] && b->member[i])
            return 1;
    return 0;
}

/* Put a knot into its path, years ascending. */
static void add_knot(struct cf_target *target, const struct entry *entry, cf_diag *diag)
{
    int k = target->n_knots;
    for (int i = 0; i < target->n_knots; i++)
        if (target->knot[i].year == entry->knot.year) {
            cf_report(diag, CF_ERROR, "target.twice", entry->at, NULL,
                      "two targets of one scope for %d", entry->knot.year);
            return;
        }
    for (; k > 0 && target->knot[k - 1].year > entry->knot.year; k--)
        target->knot[k] = target->knot[k - 1];
    target->knot[k] = entry->knot;
    target->n_knots++;
}

/* Join an entry to the path of its scope, or begin one. Scopes may not share a cell: one shift
 * could not serve two paths. */
static void join(struct cf_model *model, const struct entry *entry, int room, cf_diag *diag)
{
    struct cf_scenario *s = &model->scenario;
    for (int i = 0; i < s->n_targets; i++) {
        struct cf_target *t = &s->target[i];
        const int one = same(&t->age, &entry->age) && same(&t->area, &entry->area);
        if (one && same(&t->status, &entry->status)) {
            add_knot(t, entry, diag);
            return;
        }
        if (meet(&t->age, &entry->age) && meet(&t->area, &entry->area)) {
            cf_report(diag, CF_ERROR, "target.overlap", entry->at, NULL,
                      "this target and the one of line %d share an area and an age, but are not of "
                      "one scope",
                      t->at.line);
            return;
        }
    }
    struct cf_target *t = &s->target[s->n_targets++];
    *t = (struct cf_target){.scope = entry->scope,
                            .status = entry->status,
                            .age = entry->age,
                            .area = entry->area,
                            .knot = CF_TAKE(&model->arena, (size_t)room, struct cf_knot),
                            .at = entry->at};
    add_knot(t, entry, diag);
}

void cf_load_targets(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *s = &model->scenario;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "targets");
    const struct cf_node *mode = cf_setting(config->root, CF_SCOPE_TOP, "mode");
    if (s->backcast && (!list || list->n_children == 0))
        cf_report(diag, CF_ERROR, "target.none", mode->at, NULL,
                  "mode 'backcast' needs targets to meet");
    if (list && !s->backcast)
        cf_report(diag, CF_WARNING, "target.mode", list->key_at, "set mode = \"backcast\"",
                  "targets are met in mode 'backcast' only: these are not");
    if (!list)
        return;
    cf_check_groups(list, diag);
    s->target = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_target);
    int number = 0;
    for (const struct cf_node *node = list->child; node != NULL; node = node->next) {
        struct entry entry;
        number++;
        if (node->kind != CF_NODE_GROUP)
            continue;
        load_entry(model, node, number, &entry, diag);
        if (entry.good)
            join(model, &entry, list->n_children, diag);
    }
}
