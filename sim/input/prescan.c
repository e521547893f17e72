/*
 * The scanner's front: a file, bytes or one value in, items out, and the text of an item as
 * libconfig gets it.
 */
#include "input/prescan.h"
#include "input/prescan_tokens.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void scan_text(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                      const char *text, size_t length, struct cf_scan *scan)
{
    struct cf_tokens tokens = {0};
    struct cf_uncut uncut = {.frame = frame, .text = text, .length = length, .line = 1};
    cf_cut_tokens(prescan, &uncut, &scan->scratch, &tokens);
    scan->tokens = tokens.token;
    cf_parse_file(prescan, scan);
}

int cf_prescan_file(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                    struct cf_at asked, struct cf_scan *scan)
{
    size_t length = 0;
    *scan = (struct cf_scan){0};
    const char *text = cf_prescan_read(prescan, frame, asked, &scan->scratch, &length);
    if (text)
        scan_text(prescan, frame, text, length, scan);
    return text != NULL;
}

int cf_prescan_bytes(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                     const char *bytes, size_t n, struct cf_scan *scan)
{
    size_t length = 0;
    *scan = (struct cf_scan){0};
    const char *text = cf_prescan_take(prescan, frame, bytes, n, &scan->scratch, &length);
    if (text)
        scan_text(prescan, frame, text, length, scan);
    return text != NULL;
}

void cf_scan_free(struct cf_scan *scan)
{
    free(scan->item);
    free(scan->tokens);
    cf_arena_free(&scan->scratch);
    *scan = (struct cf_scan){0};
}

/* Whether it begins as libconfig writes a text, group, array or list, or is a number or a bool. */
static int looks_like_value(const char *text, size_t length)
{
    long long integer;
    return length && (strchr("\"{[(", text[0]) || cf_token_bool(text, length) ||
                      cf_token_number(text, length, &integer) != CF_NUMBER_NONE);
}

void cf_prescan_value(struct cf_prescan *prescan, const struct cf_prescan_frame *frame,
                      struct cf_value_text value, const char *key, struct cf_at key_at,
                      struct cf_scan *scan)
{
    *scan = (struct cf_scan){0};
    struct cf_tokens tokens = {0};
    const char *text = value.text;
    size_t first = value.first, length = strlen(text);
    while (first < length && strchr(" \t\n", text[first]))
        first++;
    while (length > first && strchr(" \t\n", text[length - 1]))
        length--;
    if (looks_like_value(text + first, length - first)) {
        struct cf_uncut uncut = {frame, text, length, first, value.line};
        cf_cut_tokens(prescan, &uncut, &scan->scratch, &tokens);
    } else {
        struct cf_text quoted = {0};
        cf_config_quote(&quoted, cf_arena_copy_n(&scan->scratch, text + first, length - first));
        const char *kept = cf_arena_copy_n(&scan->scratch, quoted.data, quoted.length);
        struct cf_uncut uncut = {frame, kept, quoted.length, 0, value.line};
        cf_cut_tokens(prescan, &uncut, &scan->scratch, &tokens);
        tokens.token[0].at.column = (int)first + 1;
        cf_text_free(&quoted);
    }
    scan->tokens = tokens.token;
    cf_parse_value(prescan, key, key_at, scan);
}

static int is_number(enum cf_node_kind kind)
{
    return kind == CF_NODE_INT || kind == CF_NODE_NUMBER;
}

void cf_settle_array(struct cf_prescan *prescan, struct cf_scan *scan, int array)
{
    struct cf_scan_item *item = scan->item;
    int n = scan->n, any_number = 0, any_long = 0;
    const struct cf_scan_item *first = NULL;
    for (int i = array + 1; i < n; i++) {
        any_number |= item[i].kind == CF_NODE_NUMBER;
        any_long |= item[i].integer > INT_MAX || item[i].integer < INT_MIN;
        if (!first)
            first = &item[i];
        if (item[array].kind == CF_NODE_ARRAY && item[i].kind != first->kind &&
            !(is_number(item[i].kind) && is_number(first->kind))) {
            cf_report(prescan->diag, CF_ERROR, "config.array-mixed", item[i].at,
                      "write them all of one kind; only a list in ( ) may mix them",
                      "%s in an array that begins with %s", cf_node_kind_text(item[i].kind),
                      cf_node_kind_text(first->kind));
            item[array].kind = CF_NODE_LIST;
            item[array].broken = 1;
        }
    }
    for (int i = array + 1; i < n && item[array].kind == CF_NODE_ARRAY; i++) {
        if (item[i].kind == CF_NODE_INT && any_number) {
            item[i].kind = CF_NODE_NUMBER;
            item[i].as_number = 1;
        }
        item[i].long_integer = any_long;
    }
}

static void write_text(const struct cf_scan_item *item, struct cf_text *to)
{
    for (size_t i = 0; i < item->n_tokens; i++) {
        const struct cf_token *token = &item->token[i];
        cf_text_add(to, i ? " " : "");
        if (token->kind == CF_TOKEN_NAME)
            cf_text_format(to, "\"%.*s\"", (int)token->length, token->text);
        else if (token->broken)
            cf_text_add(to, "\"\"");
        else
            cf_text_add_n(to, token->text, token->length);
    }
}

void cf_scan_write(const struct cf_scan *scan, int i, struct cf_text *to)
{
    const struct cf_scan_item *item = &scan->item[i];
    const char *ends = item->kind == CF_NODE_GROUP  ? "{}"
                       : item->kind == CF_NODE_LIST ? "()"
                                                    : "[]";
    if (item->key[0])
        cf_text_format(to, "%s = ", item->key);
    switch (item->kind) {
    case CF_NODE_GROUP:
    case CF_NODE_ARRAY:
    case CF_NODE_LIST:
        cf_text_add_n(to, &ends[0], 1);
        for (int child = i + 1; child < item->end; child = scan->item[child].end) {
            cf_text_add(to, item->kind == CF_NODE_GROUP ? " " : child > i + 1 ? ", " : "");
            cf_scan_write(scan, child, to);
        }
        cf_text_add_n(to, &ends[1], 1);
        break;
    case CF_NODE_INT:
        cf_text_format(
            to, "%lld%s", item->integer,
            item->long_integer || item->integer > INT_MAX || item->integer < INT_MIN ? "L" : "");
        break;
    case CF_NODE_NUMBER:
        if (item->as_number || item->broken)
            cf_text_format(to, "%lld.0", item->integer);
        else
            cf_text_add_n(to, item->token->text, item->token->length);
        break;
    case CF_NODE_BOOL:
        cf_text_add(to,
                    cf_token_bool(item->token->text, item->token->length) == 1 ? "true" : "false");
        break;
    case CF_NODE_TEXT:
        write_text(item, to);
        break;
    }
    if (item->key[0])
        cf_text_add(to, ";");
}
