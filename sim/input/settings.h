#ifndef CF_SETTINGS_H
#define CF_SETTINGS_H

#include "input/config.h"

/*
 * The settings of a scenario: one const table drives the check of types and ranges, the nearest
 * known name of a wrong key, and the `schema` command.
 */
enum cf_setting_scope {
    CF_SCOPE_TOP,         /* of the scenario itself */
    CF_SCOPE_LEVER,       /* of one of its `levers`, or of those of a risk */
    CF_SCOPE_CLOSURE,     /* of one of its `closures` */
    CF_SCOPE_FITTED,      /* of one of its `fitted` */
    CF_SCOPE_ACTION,      /* of one of its `actions` */
    CF_SCOPE_PLANNING,    /* of `planning` */
    CF_SCOPE_UNCERTAIN,   /* of one of its `uncertain` entries */
    CF_SCOPE_CORRELATION, /* of one of its `correlations` */
    CF_SCOPE_RISK,        /* of one of its `risks` */
    CF_SCOPE_MITIGATION,  /* of the `mitigation` of one */
    CF_SCOPE_DESIGN,      /* of its `design` */
    CF_SCOPE_SWEEP,       /* of one dimension of its `sweep` */
    CF_SCOPE_TARGET,      /* of one of its `targets` */
    CF_SCOPE_TABLE,       /* of one of its `tables` */
    CF_SCOPE_INDICATOR,   /* of one of its `indicators` */
    CF_SCOPE_COUNT,       /* of the numerator or denominator of one */
    CF_SCOPE_MINUS,       /* of its `minus` */
    CF_SCOPE_WEIGHT,      /* of one of its `weights` */
    CF_SCOPE_AIM,         /* of one of its `targets` */
    CF_N_SCOPES
};

enum cf_setting_kind {
    CF_SETTING_TEXT,
    CF_SETTING_WHOLE,    /* a whole number */
    CF_SETTING_NUMBER,   /* a number, written with a point or without */
    CF_SETTING_SEED,     /* a whole number of up to 63 bits */
    CF_SETTING_WHOLES,   /* an array of whole numbers */
    CF_SETTING_NUMBERS,  /* an array of numbers */
    CF_SETTING_TEXTS,    /* text, or an array of texts */
    CF_SETTING_CODE,     /* the code of a member: text, or a whole number where it is one */
    CF_SETTING_SELECTOR, /* text, a whole number, or an array of them */
    CF_SETTING_GROUP,    /* { ... } */
    CF_SETTING_GROUPS,   /* ( { ... }, { ... } ) */
};

struct cf_setting {
    enum cf_setting_scope scope;
    const char *key;
    enum cf_setting_kind kind;
    int needed;
    double low, high; /* of kinds that are one number, and of CF_SETTING_WHOLES */
    const char *what;
};
extern const struct cf_setting cf_settings[];
extern const int cf_n_settings;

/* What the kind wants, in words: "a whole number", "a list of groups". What a scope is of, in
 * words: "a lever". */
const char *cf_setting_kind_text(enum cf_setting_kind kind);
extern const char *const cf_setting_scopes[CF_N_SCOPES];

/*
 * Check the keys of a group: unknown ones (with the nearest known name), wrong types, numbers
 * out of range. `whose` ends the messages: "" or " in lever 2".
 */
void cf_check_settings(const struct cf_node *group, enum cf_setting_scope scope, const char *whose,
                       cf_diag *diag);
/* Report the settings that must be there and are not, at `at`. */
void cf_require_settings(const struct cf_node *group, enum cf_setting_scope scope,
                         const char *whose, struct cf_at at, cf_diag *diag);
/* Whether a key that is missing is there misspelt, or in a group too deep: what is said of that
 * says it all. */
int cf_setting_elsewhere(const struct cf_node *group, enum cf_setting_scope scope, const char *key);
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
unsigned long long cf_setting_seed(const struct cf_node *group, enum cf_setting_scope scope,
                                   const char *key, unsigned long long otherwise);
/* The number a node holds, whole or not. */
double cf_node_number(const struct cf_node *node);
/* The first of its texts, and the one after: of a setting that is text or an array of texts. */
const struct cf_node *cf_node_first_text(const struct cf_node *node);
const struct cf_node *cf_node_next_text(const struct cf_node *node, const struct cf_node *text);

/* A whole number however it is written (2009, 2009.0); 0 where the node is none that fits. */
int cf_node_whole(const struct cf_node *node, int *value);
/* Whether the node can stand as one item of a selector: text or a whole number. */
int cf_node_is_item(const struct cf_node *node);
/* Whether the value, or one in its array or list, was wrong and reported already. */
int cf_node_broken(const struct cf_node *node);
/* Whether there is such a setting. A parameter of a distribution is one of an uncertain entry. */
int cf_setting_known(enum cf_setting_scope scope, const char *key);

#endif
