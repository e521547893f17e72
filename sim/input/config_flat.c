#include "input/config_flat.h"

#include "base/text.h"
#include "input/prescan.h"

#include <string.h>

struct flattened {
    struct cf_arena *arena;
    struct cf_flat_setting *setting;
    int n;
};

static int is_deep(const struct cf_node *node)
{
    return node->kind <= CF_NODE_LIST;
}

static int has_deep(const struct cf_node *node)
{
    for (const struct cf_node *child = node->child; child; child = child->next)
        if (is_deep(child))
            return 1;
    return 0;
}

static void add_plain(struct cf_text *to, const struct cf_node *node)
{
    if (node->kind == CF_NODE_TEXT)
        cf_config_quote(to, node->text);
    else if (node->kind == CF_NODE_BOOL)
        cf_text_add(to, node->integer ? "true" : "false");
    else if (node->kind == CF_NODE_INT)
        cf_text_format(to, "%lld", node->integer);
    else
        cf_text_number(to, node->number);
}

static const char *value_of(struct cf_arena *arena, const struct cf_node *node)
{
    static const char *const open[] = {"{ ", "[ ", "( "}, *const close[] = {"}", "]", ")"};
    struct cf_text text = {0};
    if (is_deep(node))
        cf_text_add(&text, open[node->kind]);
    else
        add_plain(&text, node);
    for (const struct cf_node *child = node->child; child; child = child->next) {
        add_plain(&text, child);
        cf_text_add(&text, child->next ? ", " : " ");
    }
    if (is_deep(node))
        cf_text_add(&text, close[node->kind]);
    const char *value = cf_arena_copy_n(arena, text.data, text.length);
    cf_text_free(&text);
    return value;
}

/* What an entry of a list is called: by its name or code, else its number. */
static const char *entry_name(struct cf_arena *arena, const struct cf_node *entry, int number)
{
    static const char *const keys[] = {"name", "code"};
    for (size_t k = 0; entry->kind == CF_NODE_GROUP && k < sizeof keys / sizeof *keys; k++) {
        const struct cf_node *node = cf_node_find(entry, keys[k]);
        if (node && node->kind == CF_NODE_TEXT)
            return node->text;
    }
    return cf_arena_format(arena, "%d", number);
}

/* entry: bytes of the path of the entry of a list that the node is in, 0: none. */
static void flatten(struct flattened *to, const struct cf_node *node, const char *path,
                    size_t entry)
{
    const int goes_deep = node->kind == CF_NODE_GROUP ? node->child != NULL : has_deep(node);
    if (!goes_deep) {
        to->setting[to->n++] = (struct cf_flat_setting){.path = path,
                                                        .entry = entry ? entry : strlen(path),
                                                        .value = value_of(to->arena, node)};
        return;
    }
    int number = 0;
    for (const struct cf_node *child = node->child; child; child = child->next) {
        const int in_list = node->kind != CF_NODE_GROUP;
        const char *name = in_list ? entry_name(to->arena, child, ++number) : child->key;
        const char *below = *path ? cf_arena_format(to->arena, "%s.%s", path, name)
                                  : cf_arena_copy(to->arena, name);
        flatten(to, child, below, entry ? entry : in_list ? strlen(below) : 0);
    }
}

/* No more than this many settings. */
static size_t count(const struct cf_node *node)
{
    size_t n = 1;
    for (const struct cf_node *child = node->child; child; child = child->next)
        n += count(child);
    return n;
}

void cf_config_flatten(struct cf_arena *arena, const struct cf_node *group,
                       struct cf_flat_settings *flat)
{
    struct flattened to = {.arena = arena,
                           .setting = CF_TAKE(arena, count(group), struct cf_flat_setting)};
    if (group->child)
        flatten(&to, group, "", 0);
    *flat = (struct cf_flat_settings){.n = to.n, .setting = to.setting};
}
