#ifndef CF_SETTINGS_H
#define CF_SETTINGS_H

#include "input/config.h"

/*
 * The settings of a scenario: one const table drives the check of types and ranges, the nearest
 * known name of a wrong key, and the `schema` command.
 */
enum cf_setting_scope {
    CF_SCOPE_TOP,       /* of the scenario itself */
    CF_SCOPE_LEVER,     /* of one of its `levers` */
    CF_SCOPE_CLOSURE,   /* of one of its `closures` */
    CF_SCOPE_TABLE,     /* of one of its `tables` */
    CF_SCOPE_TARGET,    /* of one of its `targets` */
    CF_SCOPE_INDICATOR, /* of one of its `indicators` */
    CF_SCOPE_COUNT,     /* of the numerator or denominator of one */
    CF_SCOPE_MINUS,     /* of its `minus` */
    CF_SCOPE_WEIGHT,    /* of one of its `weights` */
    CF_SCOPE_AIM,       /* of one of its `targets` */
};

enum cf_setting_kind {
    CF_SETTING_TEXT,
    CF_SETTING_WHOLE,    /* a whole number */
    CF_SETTING_NUMBER,   /* a number, written with a point or without */
    CF_SETTING_WHOLES,   /* an array of whole numbers */
    CF_SETTING_CODE,     /* the code of a member: text, or a whole number where it is one */
    CF_SETTING_SELECTOR, /* text, a whole number, or an array of them */
    CF_SETTING_GROUP,    /* { ... } */
    CF_SETTING_GROUPS,   /* ( { ... }, { ... } ) */
    CF_SETTING_LATER,    /* belongs to a later version; refused */
};

struct cf_setting {
    enum cf_setting_scope scope;
    const char *key;
    enum cf_setting_kind kind;
    int needed;
    double low, high; /* of CF_SETTING_WHOLE and CF_SETTING_NUMBER */
    const char *what;
};
extern const struct cf_setting cf_settings[];
extern const int cf_n_settings;

/* What the kind wants, in words: "a whole number", "a list of groups". */
const char *cf_setting_kind_text(enum cf_setting_kind kind);

/*
 * Check the keys of a group: unknown ones (with the nearest known name), those of later versions,
 * wrong types, numbers out of range. `whose` ends the messages: "" or " in lever 2".
 */
void cf_check_settings(const struct cf_node *group, enum cf_setting_scope scope, const char *whose,
                       cf_diag *diag);
/* Report the settings that must be there and are not, at `at`. */
void cf_require_settings(const struct cf_node *group, enum cf_setting_scope scope,
                         const char *whose, struct cf_at at, cf_diag *diag);
/* Check that every entry of a list is a group, and say which is not. */
void cf_check_groups(const struct cf_node *list, cf_diag *diag);

/*
 * The setting when it is there and of the right kind and range, else NULL: what was wrong with it
 * has been reported by cf_check_settings.
 */
const struct cf_node *cf_setting(const struct cf_node *group, enum cf_setting_scope scope,
                                 const char *key);
/* Its value, or the one given where there is none. */
int cf_setting_whole(const struct cf_node *group, enum cf_setting_scope scope, const char *key,
                     int otherwise);
double cf_setting_number(const struct cf_node *group, enum cf_setting_scope scope, const char *key,
                         double otherwise);
const char *cf_setting_text(const struct cf_node *group, enum cf_setting_scope scope,
                            const char *key, const char *otherwise);

/* A whole number however it is written (2009, 2009.0); 0 where the node is none that fits. */
int cf_node_whole(const struct cf_node *node, int *value);
/* Whether the node can stand as one item of a selector: text or a whole number. */
int cf_node_is_item(const struct cf_node *node);
/* Whether the value, or one in its array or list, was wrong and reported already. */
int cf_node_broken(const struct cf_node *node);
/* Whether there is such a setting. */
int cf_setting_known(enum cf_setting_scope scope, const char *key);

#endif
