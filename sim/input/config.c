/*
 * The one file that knows libconfig. It gets one setting at a time, written anew by the scanner,
 * never a file, and its tree is laid over the scanner's items in pre-order: the values are
 * libconfig's, the places the scanner's. The two disagreeing is a fault of this program.
 */
#include "input/config.h"
#include "input/config_parts.h"

#include <libconfig.h>
#include <string.h>

struct cf_node *cf_node_new(struct cf_arena *arena, const struct cf_node *like)
{
    struct cf_node *node = CF_TAKE(arena, 1, struct cf_node);
    *node = *like;
    return node;
}

static struct cf_node **last_link(struct cf_node *parent)
{
    struct cf_node **link = &parent->child;
    while (*link)
        link = &(*link)->next;
    return link;
}

void cf_node_append(struct cf_node *parent, struct cf_node *node)
{
    *last_link(parent) = node;
    node->parent = parent;
    node->next = NULL;
    parent->n_children++;
}

void cf_node_remove(struct cf_node *node)
{
    struct cf_node **link = &node->parent->child;
    while (*link != node)
        link = &(*link)->next;
    *link = node->next;
    node->parent->n_children--;
    node->parent = node->next = NULL;
}

static enum cf_node_kind kind_of(const config_setting_t *setting)
{
    switch (config_setting_type(setting)) {
    case CONFIG_TYPE_GROUP:
        return CF_NODE_GROUP;
    case CONFIG_TYPE_ARRAY:
        return CF_NODE_ARRAY;
    case CONFIG_TYPE_LIST:
        return CF_NODE_LIST;
    case CONFIG_TYPE_FLOAT:
        return CF_NODE_NUMBER;
    case CONFIG_TYPE_BOOL:
        return CF_NODE_BOOL;
    case CONFIG_TYPE_STRING:
        return CF_NODE_TEXT;
    default:
        return CF_NODE_INT;
    }
}

/* The file was UTF-8, but its \x escapes may say anything. */
static const char *take_text(struct cf_prescan *prescan, const char *text, struct cf_at at)
{
    char *copy = cf_arena_copy(prescan->arena, text);
    size_t length = strlen(copy), bad = cf_utf8_bad(copy, length);
    if (bad < length)
        cf_report(prescan->diag, CF_ERROR, "config.not-utf8", at, NULL,
                  "text holds the byte 0x%02X, which is not UTF-8",
                  (unsigned)(unsigned char)copy[bad]);
    while (bad < length) {
        copy[bad] = '?';
        bad += 1 + cf_utf8_bad(copy + bad + 1, length - bad - 1);
    }
    return copy;
}

static void take_value(struct cf_prescan *prescan, const config_setting_t *setting,
                       struct cf_node *node)
{
    switch (node->kind) {
    case CF_NODE_INT:
        node->integer = config_setting_get_int64(setting);
        node->number = (double)node->integer;
        break;
    case CF_NODE_NUMBER:
        node->number = config_setting_get_float(setting);
        break;
    case CF_NODE_BOOL:
        node->integer = config_setting_get_bool(setting);
        break;
    case CF_NODE_TEXT:
        node->text = take_text(prescan, config_setting_get_string(setting), node->at);
        break;
    default:
        break;
    }
}

/* The node of item *i and all within it; *i is then behind them. NULL when they disagree. */
static struct cf_node *zip(struct cf_prescan *prescan, const struct cf_scan *scan, int *i,
                           const config_setting_t *setting)
{
    const struct cf_scan_item *item = &scan->item[(*i)++];
    const char *key = config_setting_name(setting);
    if (kind_of(setting) != item->kind || strcmp(key ? key : "", item->key) != 0)
        return NULL;
    struct cf_node like = {.kind = item->kind,
                           .key = item->key,
                           .key_at = item->key_at,
                           .at = item->at,
                           .broken = item->broken};
    struct cf_node *node = cf_node_new(prescan->arena, &like);
    if (node->kind > CF_NODE_LIST) {
        take_value(prescan, setting, node);
        return node;
    }
    struct cf_node **link = &node->child;
    node->n_children = config_setting_length(setting);
    for (int n = 0; n < node->n_children; n++) {
        if (*i >= item->end)
            return NULL;
        *link = zip(prescan, scan, i, config_setting_get_elem(setting, (unsigned)n));
        if (!*link)
            return NULL;
        (*link)->parent = node;
        link = &(*link)->next;
    }
    return *i == item->end ? node : NULL;
}

struct cf_node *cf_config_nodes(struct cf_prescan *prescan, const struct cf_scan *scan,
                                const char *path)
{
    struct cf_node like = {
        .kind = CF_NODE_GROUP, .key = "", .key_at = {path, 1, 1}, .at = {path, 1, 1}};
    struct cf_node *root = cf_node_new(prescan->arena, &like), **link = &root->child;
    struct cf_text text = {0};
    for (int i = 0; i < scan->n; i = scan->item[i].end) {
        config_t config;
        struct cf_node *node = NULL;
        int next = i;
        text.length = 0;
        cf_scan_write(scan, i, &text);
        config_init(&config);
        int read = config_read_string(&config, text.data);
        if (read && config_setting_length(config_root_setting(&config)) == 1)
            node =
                zip(prescan, scan, &next, config_setting_get_elem(config_root_setting(&config), 0));
        if (node) {
            node->parent = root;
            *link = node;
            link = &node->next;
            root->n_children++;
        } else {
            cf_report(prescan->diag, CF_ERROR, "config.internal", scan->item[i].key_at,
                      "this is a fault of the program; please report it",
                      "libconfig reads setting '%s' differently: %s", scan->item[i].key,
                      read ? "other values" : config_error_text(&config));
        }
        config_destroy(&config);
    }
    cf_text_free(&text);
    return root;
}

struct cf_node *cf_node_find(const struct cf_node *group, const char *key)
{
    struct cf_node *node = group ? group->child : NULL;
    while (node && strcmp(node->key, key) != 0)
        node = node->next;
    return node;
}

const char *cf_node_kind_text(enum cf_node_kind kind)
{
    static const char *const text[] = {
        [CF_NODE_GROUP] = "a group",   [CF_NODE_ARRAY] = "an array",
        [CF_NODE_LIST] = "a list",     [CF_NODE_INT] = "a whole number",
        [CF_NODE_NUMBER] = "a number", [CF_NODE_BOOL] = "true or false",
        [CF_NODE_TEXT] = "text",
    };
    return text[kind];
}
