#include "input/selection.h"

#include "base/text.h"
#include "input/settings.h"

#include <string.h>

/* Text of one item of a selector; NULL (reported) for a number below zero: as text it would be a
 * range with an open start. */
static const char *item_text(struct cf_arena *arena, const struct cf_node *item, cf_diag *diag)
{
    int whole = 0;
    if (item->kind == CF_NODE_TEXT)
        return item->text;
    cf_node_whole(item, &whole);
    if (whole >= 0)
        return cf_arena_format(arena, "%d", whole);
    cf_report(diag, CF_ERROR, "selector.negative", item->at,
              "a range is written as text: \"-2012\"", "%d is no member", whole);
    return NULL;
}

/* Whether what is wrong with the axis itself has been reported, and selectors on it would only
 * repeat it. */
int cf_axis_broken(const struct cf_axis *axis)
{
    return axis->n == 0 && cf_axis_specs[axis->id].members != CF_FILE_OPTIONAL;
}

/* Select what one item or an array of them means. */
struct cf_selection cf_load_selection(struct cf_model *model, enum cf_axis_id id,
                                      const struct cf_node *node, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[id];
    struct cf_selection selection = cf_select_none(&model->arena, axis->n);
    int single = cf_node_is_item(node);
    if (cf_axis_broken(axis))
        return selection;
    for (const struct cf_node *item = single ? node : node->child; item != NULL;
         item = single ? NULL : item->next) {
        const char *text = item_text(&model->arena, item, diag);
        if (text != NULL)
            cf_select(axis, text, &selection, item->at, diag);
    }
    return selection;
}

int cf_selects_by_code(const struct cf_node *node)
{
    const int single = cf_node_is_item(node);
    for (const struct cf_node *item = single ? node : node->child; item != NULL;
         item = single ? NULL : item->next)
        if (item->kind == CF_NODE_TEXT && strchr(item->text, ':') != NULL)
            return 0;
    return 1;
}

/* An axis in `where`: text, a whole number, or an array or list of them. */
int cf_good_selector(const struct cf_node *node, const char *whose, cf_diag *diag)
{
    if (cf_node_broken(node))
        return 0;
    if (cf_node_is_item(node))
        return 1;
    const struct cf_node *bad = node;
    if (node->kind == CF_NODE_ARRAY || node->kind == CF_NODE_LIST) {
        if (node->n_children == 0) {
            cf_report(diag, CF_ERROR, "selector.nothing", node->at, "leave it out to mean all",
                      "'%s' %s is empty", node->key, whose);
            return 0;
        }
        for (bad = node->child; bad != NULL && cf_node_is_item(bad);)
            bad = bad->next;
    }
    if (bad != NULL)
        cf_report(diag, CF_ERROR, "selector.type", bad->at, NULL,
                  "'%s' %s has %s, a selector is text or a whole number", node->key, whose,
                  cf_node_kind_text(bad->kind));
    return bad == NULL;
}
