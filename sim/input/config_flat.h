#ifndef CF_CONFIG_FLAT_H
#define CF_CONFIG_FLAT_H

#include "input/config.h"
#include "model/flat_setting.h"

/*
 * The settings of a group one by one, so that two scenarios can be held against each other key by
 * key. Entries of a list of groups go by their `name`, or `code`, else by number from 1; arrays and
 * lists of plain values are one value. A group or list without members is a value, "{ }" or "( )".
 * All in the arena.
 */
void cf_config_flatten(struct cf_arena *arena, const struct cf_node *group,
                       struct cf_flat_settings *flat);

#endif
