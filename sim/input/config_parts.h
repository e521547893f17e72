#ifndef CF_CONFIG_PARTS_H
#define CF_CONFIG_PARTS_H

#include "input/prescan.h"

/* What the files of the scenario reader share with each other and with nobody else. */

/* Let libconfig read what the scanner found: a group with its settings. */
struct cf_node *cf_config_nodes(struct cf_prescan *prescan, const struct cf_scan *scan,
                                const char *path);
struct cf_node *cf_node_new(struct cf_arena *arena, const struct cf_node *like);
void cf_node_append(struct cf_node *parent, struct cf_node *node);
/* Take a child out of its parent. */
void cf_node_remove(struct cf_node *node);

/* Move the settings of `over` into `base`, where they win. Both are groups. */
void cf_config_merge(struct cf_node *base, struct cf_node *over);
/* Apply text n (from 1) of the form "path=value". */
void cf_config_set(struct cf_prescan *prescan, struct cf_node *root, const char *text, int n);

/* The settings as text that reads back as the same tree, without those that name a file. */
void cf_config_write(const struct cf_node *root, struct cf_text *to);

#endif
