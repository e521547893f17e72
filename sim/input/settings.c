#include "input/settings.h"

#include "base/text.h"

#include <limits.h>
#include <math.h>

#define YEAR_LOW 1900
#define YEAR_HIGH 2200
#define AGE_HIGH 120

#define TOP(key, kind, needed, low, high, what)                                                    \
    {                                                                                              \
        CF_SCOPE_TOP, key, CF_SETTING_##kind, needed, low, high, what                              \
    }
#define LEVER(key, kind, needed, low, high, what)                                                  \
    {                                                                                              \
        CF_SCOPE_LEVER, key, CF_SETTING_##kind, needed, low, high, what                            \
    }
#define CLOSURE(key, kind, needed, low, high, what)                                                \
    {                                                                                              \
        CF_SCOPE_CLOSURE, key, CF_SETTING_##kind, needed, low, high, what                          \
    }
#define TABLE(key, kind, needed, what)                                                             \
    {                                                                                              \
        CF_SCOPE_TABLE, key, CF_SETTING_##kind, needed, 0, 0, what                                 \
    }

#define TARGET(key, kind, needed, low, high, what)                                                 \
    {                                                                                              \
        CF_SCOPE_TARGET, key, CF_SETTING_##kind, needed, low, high, what                           \
    }
#define INDICATOR(key, kind, needed, low, high, what)                                              \
    {                                                                                              \
        CF_SCOPE_INDICATOR, key, CF_SETTING_##kind, needed, low, high, what                        \
    }
#define COUNT(key, kind, what)                                                                     \
    {                                                                                              \
        CF_SCOPE_COUNT, key, CF_SETTING_##kind, 0, 0, 0, what                                      \
    }
#define MINUS(key, needed, what)                                                                   \
    {                                                                                              \
        CF_SCOPE_MINUS, key, CF_SETTING_GROUP, needed, 0, 0, what                                  \
    }
#define WEIGHT(key, kind, low, high, what)                                                         \
    {                                                                                              \
        CF_SCOPE_WEIGHT, key, CF_SETTING_##kind, 1, low, high, what                                \
    }
#define AIM(key, kind, needed, low, high, what)                                                    \
    {                                                                                              \
        CF_SCOPE_AIM, key, CF_SETTING_##kind, needed, low, high, what                              \
    }

const struct cf_setting cf_settings[] = {
    TOP("extends", TEXT, 0, 0, 0, "the scenario this one changes; its file, relative to this one"),
    TOP("place", TEXT, 0, 0, 0,
        "folder of axes/ and tables/, relative to this file; default: that of the last file in the "
        "chain of extends"),
    TOP("title", TEXT, 0, 0, 0, "one line for reports; default: the file's name"),
    TOP("base_year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "year of the starting stock"),
    TOP("end_year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "last year"),
    TOP("report_years", WHOLES, 0, YEAR_LOW, YEAR_HIGH,
        "years that reports show, ascending; default: end_year"),
    TOP("first_age", WHOLE, 1, 0, AGE_HIGH, "the youngest academic age followed"),
    TOP("last_age", WHOLE, 1, 0, AGE_HIGH, "the oldest academic age followed"),
    TOP("choice_age", WHOLE, 1, 0, AGE_HIGH + 1,
        "age from which young people choose; last_age + 1: demography only"),
    TOP("exempt_level", CODE, 0, 0, 0, "level from which the duty to participate no longer binds"),
    TOP("duty_default", CODE, 0, 0, 0, "status for those the duty moves who have no other"),
    TOP("protected", SELECTOR, 0, 0, 0, "groups placed before others"),
    TOP("views_ages", SELECTOR, 0, 0, 0, "ages at which views count; default: choice_age"),
    TOP("coverage_ages", SELECTOR, 0, 0, 0, "ages that coverage is a share of; default: 16-18"),
    TOP("rounds", WHOLE, 0, 1, 100, "rounds of placing, the first choice included; default: 2"),
    TOP("max_rounds", WHOLE, 0, 1, 1000000, "most steps of one pass of placing; default: 500"),
    TOP("tolerance", NUMBER, 0, 1e-15, 0.1, "of placing, relative to capacity; default: 1e-9"),
    TOP("residual", NUMBER, 0, 0, 1, "share that full participation leaves out; default: 0.01"),
    TOP("allow_drift", TEXT, 0, 0, 0, "the reason why base stock and progression may disagree"),
    TOP("mode", TEXT, 0, 0, 0, "\"behavioural\", or \"backcast\": targets are met"),
    TOP("targets", GROUPS, 0, 0, 0, "what a back-cast has to meet"),
    TOP("tables", GROUPS, 0, 0, 0, "what is done with years that a table does not cover"),
    TOP("levers", GROUPS, 0, 0, 0, "what the scenario changes, in this order"),
    TOP("closures", GROUPS, 0, 0, 0, "sites that close, in this order"),
    TOP("uncertain", LATER, 0, 0, 0, "what is drawn"),
    TOP("risks", LATER, 0, 0, 0, "what may happen"),
    TOP("design", LATER, 0, 0, 0, "how draws are made"),
    TOP("sweep", LATER, 0, 0, 0, "what is tried at several values"),
    TOP("indicators", GROUPS, 0, 0, 0, "ratios, gaps and counts to report"),
    TOP("retain", LATER, 0, 0, 0, "what is kept of each draw"),

    LEVER("name", TEXT, 0, 0, 0, "its name, by which later files change it"),
    LEVER("field", TEXT, 1, 0, 0, "the field it acts on"),
    LEVER("where", GROUP, 0, 0, 0, "selectors by axis of the field; an axis left out: all"),
    LEVER("op", TEXT, 1, 0, 0, "what it does to each value"),
    LEVER("value", NUMBER, 1, -HUGE_VAL, HUGE_VAL, "how much"),
    LEVER("from", WHOLE, 0, YEAR_LOW, YEAR_HIGH, "first year it acts in"),
    LEVER("until", WHOLE, 0, YEAR_LOW, YEAR_HIGH, "last year it acts in"),
    LEVER("ramp", WHOLE, 0, 0, 1000, "years until it acts in full"),

    CLOSURE("name", TEXT, 0, 0, 0, "its name, by which later files change it"),
    CLOSURE("site", SELECTOR, 1, 0, 0, "the sites, over what axes/site.csv says of them"),
    CLOSURE("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "the first year without places"),
    CLOSURE("teach_out", WHOLE, 0, 0, 100,
            "years from then in which those who are there may finish; default: 0"),

    TARGET("status", SELECTOR, 1, 0, 0, "statuses whose share is meant"),
    TARGET("age", SELECTOR, 1, 0, 0, "ages, together"),
    TARGET("area", SELECTOR, 0, 0, 0, "areas, together; left out: all"),
    TARGET("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "when it is to be met"),
    TARGET("value", NUMBER, 1, -HUGE_VAL, HUGE_VAL, "share of residents, between 0 and 1"),
    TARGET("path", TEXT, 0, 0, 0, "the way there: \"linear\" or \"geometric\"; default: linear"),

    TABLE("name", TEXT, 1, "the field, one with a year axis"),
    TABLE("between", TEXT, 0, "years between given ones: \"linear\", \"step\" or \"error\""),
    TABLE("beyond", TEXT, 0, "years after the last one given: \"hold\" or \"error\""),

    INDICATOR("code", TEXT, 1, 0, 0, "its code in results, by which later files change it"),
    INDICATOR("label", TEXT, 0, 0, 0, "its name; default: the code"),
    INDICATOR("definition", TEXT, 0, 0, 0, "what is counted, in words"),
    INDICATOR("source", TEXT, 0, 0, 0, "where the published figure comes from"),
    INDICATOR("numerator", GROUP, 1, 0, 0, "who is counted"),
    INDICATOR("denominator", GROUP, 0, 0, 0, "of whom; left out: persons are reported"),
    INDICATOR("minus", GROUP, 0, 0, 0, "a second ratio, taken off the first: a gap"),
    INDICATOR("weights", GROUPS, 0, 0, 0, "how much a person of an age counts; left out: 1"),
    INDICATOR("baseline", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "published value to start from"),
    INDICATOR("targets", GROUPS, 0, 0, 0, "values to reach, by published year"),
    INDICATOR("better", TEXT, 0, 0, 0, "\"higher\" or \"lower\""),
    INDICATOR("published_offset", WHOLE, 0, 0, 10,
              "published year less the model's year; default: 0"),
    INDICATOR("responsible", TEXT, 0, 0, 0, "who answers for it"),

    COUNT("of", TEXT,
          "\"stock\", persons in the autumn, or \"attained\", those aged 18 after the "
          "summer's results; default: stock, or as the numerator"),
    COUNT("where", GROUP,
          "selectors on area, group, age, level, status; attained: area, group, "
          "level; left out: all"),

    MINUS("numerator", 1, "who is counted"),
    MINUS("denominator", 0, "of whom"),

    WEIGHT("age", WHOLE, 0, AGE_HIGH, "an age followed; ages that are not listed count 0"),
    WEIGHT("weight", NUMBER, 0, 1000, "how much a person of that age counts"),

    AIM("year", WHOLE, 1, YEAR_LOW, YEAR_HIGH, "the year its figure is published for"),
    AIM("value", NUMBER, 0, -HUGE_VAL, HUGE_VAL, "left out: not set"),
};
const int cf_n_settings = (int)(sizeof cf_settings / sizeof cf_settings[0]);

const char *cf_setting_kind_text(enum cf_setting_kind kind)
{
    switch (kind) {
    case CF_SETTING_TEXT:
        return "text";
    case CF_SETTING_WHOLE:
        return "a whole number";
    case CF_SETTING_NUMBER:
        return "a number";
    case CF_SETTING_WHOLES:
        return "an array of whole numbers";
    case CF_SETTING_CODE:
        return "a code";
    case CF_SETTING_SELECTOR:
        return "a selector or an array of selectors";
    case CF_SETTING_GROUP:
        return "a group";
    case CF_SETTING_GROUPS:
        return "a list of groups";
    case CF_SETTING_LATER:
        break;
    }
    return "a setting of a later version";
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

static const struct cf_setting *find_spec(enum cf_setting_scope scope, const char *key)
{
    for (int k = 0; k < cf_n_settings; k++)
        if (cf_settings[k].scope == scope && cf_text_same(cf_settings[k].key, key))
            return &cf_settings[k];
    return NULL;
}

static int right_kind(const struct cf_setting *spec, const struct cf_node *node)
{
    int whole;
    switch (spec->kind) {
    case CF_SETTING_TEXT:
        return node->kind == CF_NODE_TEXT;
    case CF_SETTING_WHOLE:
        return cf_node_whole(node, &whole);
    case CF_SETTING_NUMBER:
        return node->kind == CF_NODE_INT || node->kind == CF_NODE_NUMBER;
    case CF_SETTING_CODE:
        return cf_node_is_item(node);
    case CF_SETTING_GROUP:
        return node->kind == CF_NODE_GROUP;
    case CF_SETTING_GROUPS:
        return has_children(node) && (node->kind == CF_NODE_LIST || node->n_children == 0);
    case CF_SETTING_WHOLES:
        if (!has_children(node))
            return 0;
        for (const struct cf_node *item = node->child; item != NULL; item = item->next)
            if (!cf_node_whole(item, &whole))
                return 0;
        return 1;
    case CF_SETTING_SELECTOR:
        if (!has_children(node))
            return cf_node_is_item(node);
        for (const struct cf_node *item = node->child; item != NULL; item = item->next)
            if (!cf_node_is_item(item))
                return 0;
        return node->n_children > 0;
    case CF_SETTING_LATER:
        break;
    }
    return 0;
}

static double number_of(const struct cf_node *node)
{
    return node->kind == CF_NODE_INT ? (double)node->integer : node->number;
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
    if (spec->kind == CF_SETTING_WHOLE || spec->kind == CF_SETTING_NUMBER)
        return in_range(spec, number_of(node));
    if (spec->kind == CF_SETTING_WHOLES)
        for (*bad = node->child; *bad != NULL; *bad = (*bad)->next)
            if (!in_range(spec, number_of(*bad)))
                return 0;
    return 1;
}

/* An array that is wrong because of what it holds is reported at the first wrong item. */
static void report_kind(const struct cf_setting *spec, const struct cf_node *node,
                        const char *whose, cf_diag *diag)
{
    const char *verb = "is", *what = cf_node_kind_text(node->kind);
    struct cf_at at = node->at;
    int whole, of_items = spec->kind == CF_SETTING_WHOLES || spec->kind == CF_SETTING_SELECTOR;
    if (has_children(node) && node->n_children == 0) {
        what = "empty";
    } else if (has_children(node) && of_items) {
        const struct cf_node *item = node->child;
        while (item->next != NULL && (spec->kind == CF_SETTING_WHOLES ? cf_node_whole(item, &whole)
                                                                      : cf_node_is_item(item)))
            item = item->next;
        verb = "holds";
        what = cf_node_kind_text(item->kind);
        at = item->at;
    }
    const char *help = spec->kind == CF_SETTING_GROUPS ? "write ( { ... }, { ... } )" : NULL;
    cf_report(diag, CF_ERROR, "setting.type", at, help, "setting '%s'%s %s %s, %s is wanted",
              spec->key, whose, verb, what, cf_setting_kind_text(spec->kind));
}

static void check_setting(const struct cf_setting *spec, const struct cf_node *node,
                          const char *whose, cf_diag *diag)
{
    const struct cf_node *bad;
    if (spec->kind == CF_SETTING_LATER) {
        cf_report(diag, CF_ERROR, "setting.later", node->key_at, NULL,
                  "setting '%s' is not available in this version", spec->key);
    } else if (cf_node_broken(node)) {
        return;
    } else if (!right_kind(spec, node)) {
        report_kind(spec, node, whose, diag);
    } else if (!all_in_range(spec, node, &bad)) {
        char is[CF_NUMBER_ROOM], low[CF_NUMBER_ROOM], high[CF_NUMBER_ROOM];
        cf_report(diag, CF_ERROR, "setting.range", bad->at, NULL,
                  "setting '%s'%s is %s, it must be from %s to %s", spec->key, whose,
                  cf_number_text(is, number_of(bad)), cf_number_text(low, spec->low),
                  cf_number_text(high, spec->high));
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
        if (cf_settings[k].scope == scope)
            keys[n++] = cf_settings[k].key;
    return n;
}

void cf_check_settings(const struct cf_node *group, enum cf_setting_scope scope, const char *whose,
                       cf_diag *diag)
{
    const char *known[sizeof cf_settings / sizeof cf_settings[0]];
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

/* Whether the key is there misspelt, or in a group too deep: what is said of that says it all. */
static int elsewhere(const struct cf_node *group, enum cf_setting_scope scope, const char *key)
{
    const char *known[sizeof cf_settings / sizeof cf_settings[0]];
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
            !elsewhere(group, scope, cf_settings[k].key))
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
    return node != NULL ? number_of(node) : otherwise;
}

const char *cf_setting_text(const struct cf_node *group, enum cf_setting_scope scope,
                            const char *key, const char *otherwise)
{
    const struct cf_node *node = cf_setting(group, scope, key);
    return node != NULL ? node->text : otherwise;
}
