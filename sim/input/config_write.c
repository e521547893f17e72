/*
 * The resolved scenario as text: one setting a line, keys in the order they were first seen, and
 * for every tree one text, so that equal scenarios are equal bytes.
 */
#include "input/config_parts.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#define INDENT 4

static void add_indent(struct cf_text *to, int level)
{
    for (int i = 0; i < level * INDENT; i++)
        cf_text_add_n(to, " ", 1);
}

void cf_config_quote(struct cf_text *to, const char *text)
{
    cf_text_add(to, "\"");
    for (; *text; text++) {
        switch (*text) {
        case '"':
            cf_text_add(to, "\\\"");
            break;
        case '\\':
            cf_text_add(to, "\\\\");
            break;
        case '\n':
            cf_text_add(to, "\\n");
            break;
        case '\t':
            cf_text_add(to, "\\t");
            break;
        case '\r':
            cf_text_add(to, "\\r");
            break;
        default:
            if ((unsigned char)*text < ' ' || *text == 0x7f)
                cf_text_format(to, "\\x%02x", (unsigned)(unsigned char)*text);
            else
                cf_text_add_n(to, text, 1);
        }
    }
    cf_text_add(to, "\"");
}

/* With a point or an exponent, or it would read back as a whole number. */
static void add_number(struct cf_text *to, double value)
{
    char buffer[CF_NUMBER_ROOM];
    cf_number_text(buffer, value);
    if (value == 0 && signbit(value))
        cf_text_add(to, "-");
    cf_text_add(to, buffer);
    if (!strpbrk(buffer, ".e"))
        cf_text_add(to, ".0");
}

static int beyond_32_bits(const struct cf_node *node)
{
    return node->kind == CF_NODE_INT && (node->integer > INT_MAX || node->integer < INT_MIN);
}

static void write_value(const struct cf_node *node, int level, struct cf_text *to);

/* A value a line where there are groups or lists within, else all on one line. */
static void write_elements(const struct cf_node *node, int level, struct cf_text *to)
{
    int deep = 0;
    for (const struct cf_node *child = node->child; child; child = child->next)
        deep |= child->kind <= CF_NODE_LIST;
    cf_text_add(to, node->kind == CF_NODE_ARRAY ? "[" : "(");
    for (const struct cf_node *child = node->child; child; child = child->next) {
        if (deep) {
            cf_text_add(to, "\n");
            add_indent(to, level + 1);
        } else {
            cf_text_add(to, " ");
        }
        write_value(child, level + 1, to);
        cf_text_add(to, child->next ? "," : "");
    }
    if (deep) {
        cf_text_add(to, "\n");
        add_indent(to, level);
    } else {
        cf_text_add(to, " ");
    }
    cf_text_add(to, node->kind == CF_NODE_ARRAY ? "]" : ")");
}

/* A file that is referred to by its path: which one it is goes in, where it lies not. */
static int is_path(const struct cf_node *node, int level)
{
    return level == 1 && node->kind == CF_NODE_TEXT && strcmp(node->key, "file") == 0 &&
           strcmp(node->parent->key, "design") == 0;
}

static const char *without_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void write_settings(const struct cf_node *group, int level, struct cf_text *to)
{
    for (const struct cf_node *node = group->child; node; node = node->next) {
        /* Where files lie is no part of what a scenario says. */
        if (level == 0 && (strcmp(node->key, "place") == 0 || strcmp(node->key, "extends") == 0))
            continue;
        add_indent(to, level);
        cf_text_add(to, node->key);
        cf_text_add(to, " = ");
        if (is_path(node, level))
            cf_config_quote(to, without_folder(node->text));
        else
            write_value(node, level, to);
        cf_text_add(to, ";\n");
    }
}

static void write_value(const struct cf_node *node, int level, struct cf_text *to)
{
    switch (node->kind) {
    case CF_NODE_GROUP:
        cf_text_add(to, "{\n");
        write_settings(node, level + 1, to);
        add_indent(to, level);
        cf_text_add(to, "}");
        break;
    case CF_NODE_ARRAY:
    case CF_NODE_LIST:
        write_elements(node, level, to);
        break;
    case CF_NODE_INT:
        cf_text_format(to, "%lld%s", node->integer, beyond_32_bits(node) ? "L" : "");
        break;
    case CF_NODE_NUMBER:
        add_number(to, node->number);
        break;
    case CF_NODE_BOOL:
        cf_text_add(to, node->integer ? "true" : "false");
        break;
    case CF_NODE_TEXT:
        cf_config_quote(to, node->text);
        break;
    }
}

void cf_config_write(const struct cf_node *root, struct cf_text *to)
{
    cf_text_add(to, "");
    write_settings(root, 0, to);
}
