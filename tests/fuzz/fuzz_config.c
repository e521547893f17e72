/*
 * Any bytes as a scenario, its first line as a --set: no crash, and whatever is left of it has a
 * resolved text that reads back without a word and resolves to itself.
 */
#include "input/config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void promise(int kept)
{
    if (!kept)
        abort();
}

static void check_node(const struct cf_node *node)
{
    int n = 0;
    for (const struct cf_node *child = node->child; child; child = child->next, n++) {
        promise(child->parent == node && child->key && child->at.path);
        promise(child->at.line >= 1 && child->at.column >= 1);
        promise(child->key_at.line >= 1 && child->key_at.column >= 1);
        promise((child->key[0] != '\0') == (node->kind == CF_NODE_GROUP));
        promise(child->kind != CF_NODE_TEXT || child->text);
        check_node(child);
    }
    promise(n == node->n_children);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct cf_arena arena;
    struct cf_config config, again;
    cf_diag *diag = cf_diag_open();
    cf_arena_init(&arena);

    const char *text = (const char *)bytes;
    const char *line = length ? memchr(text, '\n', length) : NULL;
    size_t first = line ? (size_t)(line - text) : 0;
    const char *set = cf_arena_copy_n(&arena, text ? text : "", first);
    struct cf_config_text all = {"no-folder/fuzz.cfg", text, length};
    if (first) {
        all.bytes = line + 1;
        all.length = length - first - 1;
    }
    enum cf_status status = cf_config_read_text(&arena, &all, &set, first > 0, &config, diag);
    promise((status == CF_OK) == (cf_diag_count(diag, CF_ERROR) == 0));
    check_node(config.root);
    for (size_t i = 0; i < cf_diag_count(diag, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(diag, i);
        promise(m.line >= 1 && m.column >= 1 && strcmp(m.code, "config.internal") != 0);
    }

    struct cf_config_text resolved = {"resolved.cfg", config.resolved, strlen(config.resolved)};
    promise(cf_config_read_text(&arena, &resolved, NULL, 0, &again, NULL) == CF_OK);
    promise(strcmp(again.resolved, config.resolved) == 0);
    cf_diag_close(diag);
    cf_arena_free(&arena);
    return 0;
}
