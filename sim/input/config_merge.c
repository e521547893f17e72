/*
 * Several files as one scenario: the chain of extends, then what the caller sets. The file at the
 * end of the chain comes first, and each before it changes what those behind it said.
 */
#include "input/config.h"
#include "input/config_parts.h"
#include "input/prescan_tokens.h"

#include <string.h>

/* What a group in a list is known by: its name, else its code; NULL when it has neither. */
static const struct cf_node *mark_of(const struct cf_node *entry)
{
    if (entry->kind != CF_NODE_GROUP)
        return NULL;
    const struct cf_node *mark = cf_node_find(entry, "name");
    if (!mark || mark->kind != CF_NODE_TEXT)
        mark = cf_node_find(entry, "code");
    return mark && mark->kind == CF_NODE_TEXT ? mark : NULL;
}

static int is_marked_list(const struct cf_node *node)
{
    if (node->kind != CF_NODE_LIST || !node->child)
        return 0;
    for (const struct cf_node *entry = node->child; entry; entry = entry->next) {
        if (!mark_of(entry))
            return 0;
    }
    return 1;
}

static int same_mark(const struct cf_node *a, const struct cf_node *b)
{
    return strcmp(a->key, b->key) == 0 && strcmp(a->text, b->text) == 0;
}

static void move_children(struct cf_node *from, struct cf_node *to)
{
    while (from->child) {
        struct cf_node *child = from->child;
        cf_node_remove(child);
        cf_node_append(to, child);
    }
}

/* An entry of `base` takes up one of its name. A second of that name in `over` stays an entry of
 * its own, for whoever checks names to find; vanishing into the first it would go unnoticed. */
static void merge_lists(struct cf_node *base, struct cf_node *over)
{
    for (struct cf_node *entry = base->child; entry; entry = entry->next) {
        struct cf_node *same = over->child;
        while (same && !same_mark(mark_of(same), mark_of(entry)))
            same = same->next;
        if (same) {
            cf_node_remove(same);
            cf_config_merge(entry, same);
        }
    }
    move_children(over, base);
}

/* `with` in the place of `node` among its siblings. */
static void replace(struct cf_node *node, struct cf_node *with)
{
    struct cf_node **link = &node->parent->child;
    while (*link != node)
        link = &(*link)->next;
    with->parent = node->parent;
    with->next = node->next;
    *link = with;
}

/* What was fitted stays so, whatever a later file says: its years would be scored else. */
static int only_grows(const struct cf_node *base, const struct cf_node *over)
{
    return strcmp(base->key, "fitted") == 0 && base->kind == CF_NODE_LIST &&
           over->kind == CF_NODE_LIST;
}

static void merge_setting(struct cf_node *group, struct cf_node *over)
{
    struct cf_node *base = cf_node_find(group, over->key);
    if (!base)
        cf_node_append(group, over);
    else if (base->kind == CF_NODE_GROUP && over->kind == CF_NODE_GROUP)
        cf_config_merge(base, over);
    else if (only_grows(base, over))
        move_children(over, base);
    else if (is_marked_list(base) && is_marked_list(over))
        merge_lists(base, over);
    else
        replace(base, over);
}

void cf_config_merge(struct cf_node *base, struct cf_node *over)
{
    while (over->child) {
        struct cf_node *setting = over->child;
        cf_node_remove(setting);
        merge_setting(base, setting);
    }
}

/* The file named by `extends`, which leaves the tree: 0 when there is none that will do. */
static int follow_extends(struct cf_prescan *prescan, struct cf_node *root,
                          const struct cf_prescan_frame *from, struct cf_prescan_frame *to,
                          struct cf_at *asked)
{
    struct cf_node *extends = cf_node_find(root, "extends");
    if (!extends)
        return 0;
    cf_node_remove(extends);
    *asked = extends->at;
    if (extends->kind != CF_NODE_TEXT || !extends->text[0]) {
        cf_report(prescan->diag, CF_ERROR, "config.extends", extends->at, NULL,
                  "extends wants the name of a file in quotes%s%s",
                  extends->kind == CF_NODE_TEXT ? "" : ", not ",
                  extends->kind == CF_NODE_TEXT ? "" : cf_node_kind_text(extends->kind));
        return 0;
    }
    return cf_prescan_enter(prescan, from, extends->text, extends->at, "extends", to);
}

static struct cf_node *load_one(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                                const struct cf_config_text *text, struct cf_at asked)
{
    struct cf_scan scan;
    struct cf_node *root = NULL;
    int read = text ? cf_prescan_bytes(prescan, frame, text->bytes, text->length, &scan)
                    : cf_prescan_file(prescan, frame, asked, &scan);
    if (read)
        root = cf_config_nodes(prescan, &scan, frame->path);
    cf_scan_free(&scan);
    return root;
}

/* text: the first file when it is in memory already, else NULL. */
static void load_chain(struct cf_prescan *prescan, const struct cf_config_text *text,
                       struct cf_config *config)
{
    struct cf_prescan_frame frame[CF_CONFIG_MOST_DEPTH + 1]; /* the last is never read */
    struct cf_node *root[CF_CONFIG_MOST_DEPTH];
    struct cf_at asked = {config->path, 0, 0};
    int n = 0;
    frame[0] = cf_prescan_first(prescan, config->path);
    do {
        root[n] = load_one(prescan, &frame[n], n == 0 ? text : NULL, asked);
        if (!root[n])
            break;
        config->base_folder = cf_path_folder(prescan->arena, frame[n].path);
        n++;
    } while (follow_extends(prescan, root[n - 1], &frame[n - 1], &frame[n], &asked));
    if (n == 0)
        return;
    config->root = root[n - 1];
    for (int i = n - 2; i >= 0; i--)
        cf_config_merge(config->root, root[i]);
    config->root->at = config->root->key_at = (struct cf_at){config->path, 1, 1};
}

static int depth_of(const struct cf_node *node)
{
    int deepest = 0;
    for (const struct cf_node *child = node->child; child; child = child->next) {
        int depth = depth_of(child);
        deepest = depth > deepest ? depth : deepest;
    }
    return deepest + (node->kind <= CF_NODE_LIST);
}

/* One step down the path: the group or list of this key, made when a group lacks it; the entry of
 * this name in a list. NULL with a report when there is none. */
static struct cf_node *step_down(struct cf_prescan *prescan, struct cf_node *node, const char *key,
                                 struct cf_at at)
{
    struct cf_node *child = NULL;
    if (node->kind == CF_NODE_LIST) {
        for (child = node->child; child; child = child->next) {
            const struct cf_node *mark = mark_of(child);
            if (mark && strcmp(mark->text, key) == 0)
                return child;
        }
        cf_report(prescan->diag, CF_ERROR, "config.set", at, NULL, "'%s' has no entry named '%s'",
                  node->key, key);
        return NULL;
    }
    child = cf_node_find(node, key);
    if (child && child->kind != CF_NODE_GROUP && child->kind != CF_NODE_LIST) {
        cf_report(prescan->diag, CF_ERROR, "config.set", at, NULL, "'%s' is %s, not a group", key,
                  cf_node_kind_text(child->kind));
        return NULL;
    }
    if (!child && cf_token_is_name(key)) {
        struct cf_node like = {.kind = CF_NODE_GROUP, .key = key, .key_at = at, .at = at};
        child = cf_node_new(prescan->arena, &like);
        cf_node_append(node, child);
    } else if (!child) {
        cf_report(prescan->diag, CF_ERROR, "config.set", at, NULL,
                  "'%s' cannot be the name of a setting", key);
    }
    return child;
}

/* The value as a node, its key the last part of the path. NULL when there is none. */
static struct cf_node *set_value(struct cf_prescan *prescan, const char *text, size_t first,
                                 const char *key, struct cf_at key_at)
{
    struct cf_scan scan;
    struct cf_prescan_frame frame = {.path = key_at.path, .real = key_at.path};
    cf_prescan_value(prescan, &frame, (struct cf_value_text){text, first, key_at.line}, key, key_at,
                     &scan);
    struct cf_node *node = cf_config_nodes(prescan, &scan, key_at.path)->child;
    cf_scan_free(&scan);
    return node;
}

static int count_dots(const char *path)
{
    int n = 0;
    while ((path = strchr(path, '.'))) {
        path++;
        n++;
    }
    return n;
}

static void report_depth(struct cf_prescan *prescan, struct cf_at at)
{
    cf_report(prescan->diag, CF_ERROR, "config.depth", at, NULL,
              "groups and lists within each other go deeper than %d", CF_CONFIG_MOST_DEPTH);
}

/* Follow the path from the root and put the value there. `text` from `first` on is the value. */
static void set_at(struct cf_prescan *prescan, struct cf_node *root, char *path, struct cf_at at,
                   const char *text, size_t first)
{
    struct cf_node *node = root;
    int n_above = count_dots(path);
    char *key = path;
    if (n_above > CF_CONFIG_MOST_DEPTH) {
        report_depth(prescan, at);
        return;
    }
    for (char *dot; (dot = strchr(key, '.')); key = dot + 1) {
        *dot = '\0';
        at.column = (int)(key - path) + 1;
        node = step_down(prescan, node, key, at);
        if (!node)
            return;
    }
    at.column = (int)(key - path) + 1;
    if (node->kind == CF_NODE_LIST || !cf_token_is_name(key) ||
        (node == root && cf_text_same(key, "extends"))) {
        cf_report(prescan->diag, CF_ERROR, "config.set", at, NULL, "'%s' cannot be set", key);
        return;
    }
    struct cf_node *value = set_value(prescan, text, first, key, at);
    if (value && n_above + depth_of(value) > CF_CONFIG_MOST_DEPTH)
        report_depth(prescan, at);
    else if (value)
        merge_setting(node, value);
}

void cf_config_set(struct cf_prescan *prescan, struct cf_node *root, const char *text, int n)
{
    struct cf_at at = {CF_CONFIG_SET_PATH, n, 1};
    size_t bad = cf_utf8_bad(text, strlen(text)), first = strcspn(text, "=") + 1;
    if (text[bad]) {
        at.column = (int)bad + 1;
        cf_report(prescan->diag, CF_ERROR, "config.not-utf8", at, NULL, "byte 0x%02X is not UTF-8",
                  (unsigned)(unsigned char)text[bad]);
        return;
    }
    size_t length = first - 1;
    while (length && text[length - 1] == ' ')
        length--;
    if (first > strlen(text) || !length)
        cf_report(prescan->diag, CF_ERROR, "config.set", at, NULL, "'%s' is not path=value", text);
    else
        set_at(prescan, root, cf_arena_copy_n(prescan->arena, text, length), at, text, first);
}

static void forward(cf_diag *from, cf_diag *to)
{
    for (size_t i = 0; i < cf_diag_count(from, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(from, i);
        cf_report(to, m.severity, m.code, (struct cf_at){m.path, m.line, m.column},
                  m.help[0] ? m.help : NULL, "%s", m.text);
    }
}

static enum cf_status load(struct cf_arena *arena, const char *path,
                           const struct cf_config_text *text, const char *const *set, int n_set,
                           struct cf_config *config, cf_diag *diag)
{
    /* A collection of its own: the caller's may be NULL, or have heard the same before. */
    struct cf_prescan prescan = {.arena = arena, .diag = cf_diag_open()};
    if (!prescan.diag)
        cf_out_of_memory();
    *config = (struct cf_config){.path = cf_arena_copy(arena, path)};
    config->base_folder = cf_path_folder(arena, path);
    struct cf_node empty = {.kind = CF_NODE_GROUP,
                            .key = "",
                            .key_at = {config->path, 1, 1},
                            .at = {config->path, 1, 1}};
    config->root = cf_node_new(arena, &empty);
    load_chain(&prescan, text, config);
    for (int i = 0; i < n_set; i++)
        cf_config_set(&prescan, config->root, set[i], i + 1);

    struct cf_text resolved = {0};
    cf_config_write(config->root, &resolved);
    config->resolved = cf_arena_copy_n(arena, resolved.data, resolved.length);
    cf_text_free(&resolved);
    config->file = prescan.file;
    config->n_files = prescan.n_files;

    enum cf_status status = cf_diag_status(prescan.diag);
    config->broken = status != CF_OK;
    forward(prescan.diag, diag);
    cf_diag_close(prescan.diag);
    return status;
}

enum cf_status cf_config_load(struct cf_arena *arena, const char *path, const char *const *set,
                              int n_set, struct cf_config *config, cf_diag *diag)
{
    return load(arena, path, NULL, set, n_set, config, diag);
}

enum cf_status cf_config_read_text(struct cf_arena *arena, const struct cf_config_text *text,
                                   const char *const *set, int n_set, struct cf_config *config,
                                   cf_diag *diag)
{
    return load(arena, text->path, text, set, n_set, config, diag);
}
