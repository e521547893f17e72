#include "input/settings.h"

#include "base/text.h"
#include "model/dists.h"

#include <limits.h>
#include <math.h>

/* Keys of the largest scope, the parameters of all distributions among them. */
#define MOST_KEYS 96
/* Whole numbers up to here are themselves as a double. */
#define MOST_EXACT 9007199254740992.0

const char *const cf_setting_scopes[CF_N_SCOPES] = {
    [CF_SCOPE_TOP] = "a scenario",
    [CF_SCOPE_LEVER] = "a lever",
    [CF_SCOPE_CLOSURE] = "a closure",
    [CF_SCOPE_FITTED] = "an entry of fitted",
    [CF_SCOPE_ACTION] = "an action",
    [CF_SCOPE_PLANNING] = "planning",
    [CF_SCOPE_UNCERTAIN] = "an uncertain entry, beside the parameters of its distribution",
    [CF_SCOPE_CORRELATION] = "an entry of correlations",
    [CF_SCOPE_RISK] = "a risk",
    [CF_SCOPE_MITIGATION] = "mitigation",
    [CF_SCOPE_DESIGN] = "the design",
    [CF_SCOPE_SWEEP] = "a dimension of the sweep",
    [CF_SCOPE_TARGET] = "a target",
    [CF_SCOPE_TABLE] = "an entry of tables",
    [CF_SCOPE_INDICATOR] = "an indicator",
    [CF_SCOPE_COUNT] = "a numerator or denominator",
    [CF_SCOPE_MINUS] = "minus",
    [CF_SCOPE_WEIGHT] = "an entry of weights",
    [CF_SCOPE_AIM] = "an indicator's target",
};

const char *cf_setting_kind_text(enum cf_setting_kind kind)
{
    switch (kind) {
    case CF_SETTING_TEXT:
        return "text";
    case CF_SETTING_WHOLE:
    case CF_SETTING_SEED:
        return "a whole number";
    case CF_SETTING_NUMBER:
        return "a number";
    case CF_SETTING_WHOLES:
        return "an array of whole numbers";
    case CF_SETTING_NUMBERS:
        return "an array of numbers";
    case CF_SETTING_TEXTS:
        return "text or an array of texts";
    case CF_SETTING_CODE:
        return "a code";
    case CF_SETTING_SELECTOR:
        return "a selector or an array of selectors";
    case CF_SETTING_GROUP:
        return "a group";
    case CF_SETTING_GROUPS:
        return "a list of groups";
    }
    return "";
}

int cf_node_whole(const struct cf_node *node, int *value)
{
    double number;
    if (node->kind == CF_NODE_INT)
        number = (double)node->integer;
    else if (node->kind == CF_NODE_NUMBER)
        number = node->number;
    else
        return 0;
    if (!(number >= INT_MIN && number <= INT_MAX) || number != floor(number))
        return 0;
    *value = (int)number;
    return 1;
}

int cf_node_is_item(const struct cf_node *node)
{
    int whole;
    return node->kind == CF_NODE_TEXT || cf_node_whole(node, &whole);
}

int cf_node_broken(const struct cf_node *node)
{
    int broken = node->broken;
    for (const struct cf_node *item = node->child; item != NULL; item = item->next)
        broken |= item->kind != CF_NODE_GROUP && cf_node_broken(item);
    return broken;
}

static int has_children(const struct cf_node *node)
{
    return node->kind == CF_NODE_ARRAY || node->kind == CF_NODE_LIST;
}

static int is_number(const struct cf_node *node)
{
    return node->kind == CF_NODE_INT || node->kind == CF_NODE_NUMBER;
}

double cf_node_number(const struct cf_node *node)
{
    return node->kind == CF_NODE_INT ? (double)node->integer : node->number;
}

const struct cf_node *cf_node_first_text(const struct cf_node *node)
{
    return node->kind == CF_NODE_TEXT ? node : node->child;
}

const struct cf_node *cf_node_next_text(const struct cf_node *node, const struct cf_node *text)
{
    return node->kind == CF_NODE_TEXT ? NULL : text->next;
}

static int is_parameter(const char *key)
{
    for (int d = 0; d < cf_n_dists; d++)
        for (int k = 0; k < cf_dists[d].n_parameters; k++)
            if (cf_text_same(cf_dists[d].parameter[k], key))
                return 1;
    return 0;
}

static const struct cf_setting *find_spec(enum cf_setting_scope scope, const char *key)
{
    static const struct cf_setting parameter = {
        CF_SCOPE_UNCERTAIN, "", CF_SETTING_NUMBER, 0, -HUGE_VAL, HUGE_VAL, "of its distribution"};
    for (int k = 0; k < cf_n_settings; k++)
        if (cf_settings[k].scope == scope && cf_text_same(cf_settings[k].key, key))
            return &cf_settings[k];
    return scope == CF_SCOPE_UNCERTAIN && is_parameter(key) ? &parameter : NULL;
}

/* Whether one item of an array is of the kind that the array is of. */
static int right_item(enum cf_setting_kind kind, const struct cf_node *item)
{
    int whole;
    switch (kind) {
    case CF_SETTING_WHOLES:
        return cf_node_whole(item, &whole);
    case CF_SETTING_NUMBERS:
        return is_number(item);
    case CF_SETTING_TEXTS:
        return item->kind == CF_NODE_TEXT;
    default:
        return cf_node_is_item(item);
    }
}

/* Whether all items of an array are. */
static int right_items(enum cf_setting_kind kind, const struct cf_node *node)
{
    if (!has_children(node))
        return 0;
    for (const struct cf_node *item = node->child; item != NULL; item = item->next)
        if (!right_item(kind, item))
            return 0;
    return 1;
}

static int right_kind(const struct cf_setting *spec, const struct cf_node *node)
{
    switch (spec->kind) {
    case CF_SETTING_TEXT:
        return node->kind == CF_NODE_TEXT;
    case CF_SETTING_WHOLE: /* one that does not fit is out of range */
    case CF_SETTING_SEED:
        return node->kind == CF_NODE_INT ||
               (node->kind == CF_NODE_NUMBER && fabs(node->number) <= MOST_EXACT &&
                node->number == floor(node->number));
    case CF_SETTING_NUMBER:
        return is_number(node);
    case CF_SETTING_CODE:
        return cf_node_is_item(node);
    case CF_SETTING_GROUP:
        return node->kind == CF_NODE_GROUP;
    case CF_SETTING_GROUPS:
        return has_children(node) && (node->kind == CF_NODE_LIST || node->n_children == 0);
    case CF_SETTING_WHOLES:
    case CF_SETTING_NUMBERS:
        return right_items(spec->kind, node);
    case CF_SETTING_TEXTS:
        return node->kind == CF_NODE_TEXT || right_items(spec->kind, node);
    case CF_SETTING_SELECTOR:
        return cf_node_is_item(node) || (right_items(spec->kind, node) && node->n_children > 0);
    }
    return 0;
}

static int in_range(const struct cf_setting *spec, double value)
{
    return value >= spec->low && value <= spec->high;
}

/* Whether each number of the setting is in its range; where not, *bad is the first that is not. */
static int all_in_range(const struct cf_setting *spec, const struct cf_node *node,
                        const struct cf_node **bad)
{
    *bad = node;
    if (spec->kind == CF_SETTING_WHOLE || spec->kind == CF_SETTING_NUMBER ||
        spec->kind == CF_SETTING_SEED)
        return in_range(spec, cf_node_number(node));
    if (spec->kind == CF_SETTING_WHOLES)
        for (*bad = node->child; *bad != NULL; *bad = (*bad)->next)
            if (!in_range(spec, cf_node_number(*bad)))
                return 0;
    return 1;
}

/* An array that is wrong because of what it holds is reported at the first wrong item. */
static void report_kind(const struct cf_setting *spec, const struct cf_node *node,
                        const char *whose, cf_diag *diag)
{
    const char *verb = "is", *what = cf_node_kind_text(node->kind);
    struct cf_at at = node->at;
    if (has_children(node) && node->n_children == 0) {
        what = "empty";
    } else if (has_children(node) &&
               (spec->kind == CF_SETTING_WHOLES || spec->kind == CF_SETTING_NUMBERS ||
                spec->kind == CF_SETTING_TEXTS || spec->kind == CF_SETTING_SELECTOR)) {
        const struct cf_node *item = node->child;
        while (item->next != NULL && right_item(spec->kind, item))
            item = item->next;
        verb = "holds";
        what = cf_node_kind_text(item->kind);
        at = item->at;
    }
    const char *help = spec->kind == CF_SETTING_GROUPS ? "write ( { ... }, { ... } )" : NULL;
    cf_report(diag, CF_ERROR, "setting.type", at, help, "setting '%s'%s %s %s, %s is wanted",
              node->key, whose, verb, what, cf_setting_kind_text(spec->kind));
}

static void check_setting(const struct cf_setting *spec, const struct cf_node *node,
                          const char *whose, cf_diag *diag)
{
    const struct cf_node *bad;
    if (cf_node_broken(node)) {
        return;
    } else if (!right_kind(spec, node)) {
        report_kind(spec, node, whose, diag);
    } else if (!all_in_range(spec, node, &bad)) {
        char is[CF_NUMBER_ROOM], low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
        cf_number_text(is, cf_node_number(bad));
        cf_number_text(low, spec->low);
        if (spec->high < HUGE_VAL)
            cf_report(diag, CF_ERROR, "setting.range", bad->at, NULL,
                      "setting '%s'%s is %s, it must be from %s to %s", node->key, whose, is, low,
                      cf_number_text(high, spec->high));
        else
            cf_report(diag, CF_ERROR, "setting.range", bad->at, NULL,
                      "setting '%s'%s is %s, it must be at least %s", node->key, whose, is, low);
    }
}

int cf_setting_known(enum cf_setting_scope scope, const char *key)
{
    return find_spec(scope, key) != NULL;
}

static size_t keys_of(enum cf_setting_scope scope, const char **keys)
{
    size_t n = 0;
    for (int k = 0; k < cf_n_settings; k++)
        if (cf_settings[k].scope == scope && n < MOST_KEYS)
            keys[n++] = cf_settings[k].key;
    for (int d = 0; d < cf_n_dists && scope == CF_SCOPE_UNCERTAIN; d++)
        for (int k = 0; k < cf_dists[d].n_parameters && n < MOST_KEYS; k++)
            keys[n++] = cf_dists[d].parameter[k];
    return n;
}

void cf_check_settings(const struct cf_node *group, enum cf_setting_scope scope, const char *whose,
                       cf_diag *diag)
{
    const char *known[MOST_KEYS];
    size_t n = keys_of(scope, known);
    for (const struct cf_node *node = group->child; node != NULL; node = node->next) {
        const struct cf_setting *spec = find_spec(scope, node->key);
        if (spec == NULL)
            cf_report_near(diag, CF_ERROR, "setting.unknown", node->key_at, node->key, known, n,
                           "unknown setting '%s'%s", node->key, whose);
        else
            check_setting(spec, node, whose, diag);
    }
}

int cf_setting_elsewhere(const struct cf_node *group, enum cf_setting_scope scope, const char *key)
{
    const char *known[MOST_KEYS];
    size_t n = keys_of(scope, known);
    for (const struct cf_node *node = group->child; node != NULL; node = node->next) {
        const char *nearest = find_spec(scope, node->key) ? NULL : cf_nearest(node->key, known, n);
        if (nearest != NULL && cf_text_same(nearest, key))
            return 1;
        if (node->kind == CF_NODE_GROUP && cf_node_find(node, key) != NULL)
            return 1;
    }
    return 0;
}

void cf_require_settings(const struct cf_node *group, enum cf_setting_scope scope,
                         const char *whose, struct cf_at at, cf_diag *diag)
{
    for (int k = 0; k < cf_n_settings; k++)
        if (cf_settings[k].scope == scope && cf_settings[k].needed &&
            cf_node_find(group, cf_settings[k].key) == NULL &&
            !cf_setting_elsewhere(group, scope, cf_settings[k].key))
            cf_report(diag, CF_ERROR, "setting.missing", at, cf_settings[k].what,
                      "setting '%s'%s is missing", cf_settings[k].key, whose);
}

void cf_check_groups(const struct cf_node *list, cf_diag *diag)
{
    int number = 0;
    for (const struct cf_node *node = list->child; node != NULL; node = node->next) {
        number++;
        if (node->kind != CF_NODE_GROUP)
            cf_report(diag, CF_ERROR, "setting.type", node->at, NULL,
                      "entry %d of '%s' is %s, a group is wanted", number, list->key,
                      cf_node_kind_text(node->kind));
    }
}

const struct cf_node *cf_setting(const struct cf_node *group, enum cf_setting_scope scope,
                                 const char *key)
{
    const struct cf_node *node = cf_node_find(group, key), *bad;
    const struct cf_setting *spec = find_spec(scope, key);
    if (node == NULL || spec == NULL || cf_node_broken(node) || !right_kind(spec, node) ||
        !all_in_range(spec, node, &bad))
        return NULL;
    return node;
}

int cf_setting_whole(const struct cf_node *group, enum cf_setting_scope scope, const char *key,
                     int otherwise)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    int value;
    return node != NULL && cf_node_whole(node, &value) ? value : otherwise;
}

double cf_setting_number(const struct cf_node *group, enum cf_setting_scope scope, const char *key,
                         double otherwise)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    return node != NULL ? cf_node_number(node) : otherwise;
}

const char *cf_setting_text(const struct cf_node *group, enum cf_setting_scope scope,
                            const char *key, const char *otherwise)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    return node != NULL ? node->text : otherwise;
}

unsigned long long cf_setting_seed(const struct cf_node *group, enum cf_setting_scope scope,
                                   const char *key, unsigned long long otherwise)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    if (node == NULL)
        return otherwise;
    return node->kind == CF_NODE_INT ? (unsigned long long)node->integer
                                     : (unsigned long long)node->number;
}
