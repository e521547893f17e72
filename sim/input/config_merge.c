/*
 * Several files as one scenario: the chain of extends, then what the caller sets. The file at the
 * end of the chain comes first, and each before it changes what those behind it said.
 */
#include "input/config.h"
#include "input/config_parts.h"

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

/* Two entries of one name in `over` both arrive: the second would else vanish into the first, and
 * nobody could report it. So an entry of `base` takes up one only. */
static void merge_lists(struct cf_node *base, struct cf_node *over)
{
    struct cf_node *next, *own = NULL;
    int n_own = base->n_children;
    for (struct cf_node *entry = over->child; entry; entry = next) {
        next = entry->next;
        const struct cf_node *mark = mark_of(entry);
        int met = 0;
        for (const struct cf_node *before = over->child; before != entry && !met;
             before = before->next)
            met = same_mark(mark_of(before), mark);
        own = met ? NULL : base->child;
        for (int i = 0; i < n_own && own && !same_mark(mark_of(own), mark); i++)
            own = own->next;
    }
}
