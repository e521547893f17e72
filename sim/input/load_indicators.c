#include "input/load.h"

#include "base/text.h"
#include "input/selection.h"
#include "input/settings.h"

#include <math.h>

/* One indicator while it is read. */
struct reading {
    struct cf_model *model;
    struct cf_indicator *indicator;
    const char *whose; /* "indicator 'ni79'" */
    double *weight;    /* [age] by `weights`; NULL: 1 each */
    int known;         /* whether the numerator has said what it counts */
    int doubtful;      /* what it said is wrong and reported */
    int broken;        /* the scenario could not be read in full: what is missing is not told */
    cf_diag *diag;
};

/* Check the keys of a group, and that what must be there is. */
static void check_keys(const struct reading *r, const struct cf_node *group,
                       enum cf_setting_scope scope, const char *whose)
{
    cf_check_settings(group, scope, whose, r->diag);
    if (!r->broken)
        cf_require_settings(group, scope, whose, group->at, r->diag);
}

/* ---- what is counted ---- */

/* The axes that `where` may select on. */
struct subject {
    const char *name;
    enum cf_counted of;
    int n_axes;
    enum cf_axis_id axis[5];
};
static const struct subject subjects[] = {
    {"stock",
     CF_COUNTED_STOCK,
     5,
     {CF_AXIS_AREA, CF_AXIS_GROUP, CF_AXIS_AGE, CF_AXIS_LEVEL, CF_AXIS_STATUS}},
    {"attained", CF_COUNTED_ATTAINED, 3, {CF_AXIS_AREA, CF_AXIS_GROUP, CF_AXIS_LEVEL}},
};
#define N_SUBJECTS (sizeof subjects / sizeof *subjects)

/* What only a later version counts. */
static const char *const later[] = {"demand", "placed", "unplaced"};

static void report_of(const struct reading *r, const struct cf_node *node, const char *part)
{
    const char *names[N_SUBJECTS];
    for (size_t k = 0; k < sizeof later / sizeof *later; k++)
        if (cf_text_same(node->text, later[k])) {
            cf_report(r->diag, CF_ERROR, "indicator.later", node->at, NULL,
                      "'%s' in '%s' of %s is not available in this version", node->text, part,
                      r->whose);
            return;
        }
    for (size_t k = 0; k < N_SUBJECTS; k++)
        names[k] = subjects[k].name;
    cf_report_near(r->diag, CF_ERROR, "indicator.of", node->at, node->text, names, N_SUBJECTS,
                   "'%s' in '%s' of %s is nothing that can be counted", node->text, part, r->whose);
}

/* What the part counts: all parts of an indicator are read at one time. NULL where it says nothing
 * that is known (reported). */
static const struct subject *load_of(struct reading *r, const struct cf_node *group,
                                     const char *part)
{
    struct cf_indicator *indicator = r->indicator;
    const struct cf_node *node = cf_setting(group, CF_SCOPE_COUNT, "of");
    const struct subject *subject = NULL;
    if (node == NULL && cf_node_find(group, "of") != NULL)
        return NULL;
    if (node == NULL)
        return r->doubtful ? NULL : &subjects[indicator->of];
    for (size_t k = 0; k < N_SUBJECTS; k++)
        if (cf_text_same(node->text, subjects[k].name))
            subject = &subjects[k];
    if (subject == NULL) {
        report_of(r, node, part);
        r->doubtful |= !r->known;
        return NULL;
    }
    if (!r->known) {
        indicator->of = subject->of;
        r->known = 1;
    } else if (indicator->of != subject->of && !r->doubtful) {
        cf_report(r->diag, CF_ERROR, "indicator.time", node->at,
                  "stock is of the autumn, attained of the summer after it",
                  "'%s' of %s counts '%s' and its numerator '%s'", part, r->whose, subject->name,
                  subjects[indicator->of].name);
        return NULL;
    }
    return subject;
}

/* Where the selection of an axis is kept; the ages are made into weights later. */
static struct cf_selection *selection_of(struct cf_count *count, struct cf_selection *age,
                                         enum cf_axis_id axis)
{
    switch (axis) {
    case CF_AXIS_AREA:
        return &count->area;
    case CF_AXIS_GROUP:
        return &count->group;
    case CF_AXIS_LEVEL:
        return &count->level;
    case CF_AXIS_STATUS:
        return &count->status;
    default:
        return age;
    }
}

/* A key of `where` that is no axis of what is counted; it may be an attribute of one. */
static void report_key(const struct reading *r, const struct subject *subject,
                       const struct cf_node *node, const char *part)
{
    const char *names[5];
    for (int k = 0; k < subject->n_axes; k++)
        names[k] = cf_axis_specs[subject->axis[k]].name;
    for (int k = 0; k < subject->n_axes; k++)
        if (cf_axis_attribute(&r->model->axis[subject->axis[k]], node->key) >= 0) {
            char help[160];
            snprintf(help, sizeof help, "write %s = \"%.60s:...\"", names[k], node->key);
            cf_report(r->diag, CF_ERROR, "indicator.where", node->key_at, help,
                      "'%s' in 'where' of '%s' of %s is no axis", node->key, part, r->whose);
            return;
        }
    cf_report_near(r->diag, CF_ERROR, "indicator.where", node->key_at, node->key, names,
                   (size_t)subject->n_axes, "'%s' in 'where' of '%s' of %s is no axis of '%s'",
                   node->key, part, r->whose, subject->name);
}

static void load_where(const struct reading *r, const struct subject *subject,
                       const struct cf_node *where, const char *part, struct cf_count *count,
                       struct cf_selection *age)
{
    const char *whose =
        cf_arena_format(&r->model->arena, "in 'where' of '%s' of %s", part, r->whose);
    for (const struct cf_node *node = where->child; node != NULL; node = node->next) {
        int k = 0;
        while (k < subject->n_axes &&
               !cf_text_same(cf_axis_specs[subject->axis[k]].name, node->key))
            k++;
        if (k == subject->n_axes)
            report_key(r, subject, node, part);
        else if (cf_good_selector(node, whose, r->diag))
            *selection_of(count, age, subject->axis[k]) =
                cf_load_selection(r->model, subject->axis[k], node, r->diag);
    }
}

/* The weight of each age: of those selected, as `weights` says; of what is attained, 18 alone. */
static double *weigh_ages(const struct reading *r, const struct cf_selection *age)
{
    const int attained = CF_ATTAINED_AGE - r->model->scenario.first_age;
    double *weight = CF_TAKE(&r->model->arena, (size_t)age->n, double);
    for (int x = 0; x < age->n; x++) {
        const int here = r->indicator->of == CF_COUNTED_ATTAINED ? x == attained : age->member[x];
        weight[x] = !here ? 0 : r->weight ? r->weight[x] : 1;
    }
    return weight;
}

static void load_count(struct reading *r, const struct cf_node *group, const char *part,
                       struct cf_count *count)
{
    struct cf_model *model = r->model;
    struct cf_selection age = cf_select_all(&model->arena, model->axis[CF_AXIS_AGE].n);
    const char *whose = cf_arena_format(&model->arena, " in '%s' of %s", part, r->whose);
    count->area = cf_select_all(&model->arena, model->axis[CF_AXIS_AREA].n);
    count->group = cf_select_all(&model->arena, model->axis[CF_AXIS_GROUP].n);
    count->level = cf_select_all(&model->arena, model->axis[CF_AXIS_LEVEL].n);
    count->status = cf_select_all(&model->arena, model->axis[CF_AXIS_STATUS].n);
    check_keys(r, group, CF_SCOPE_COUNT, whose);
    const struct subject *subject = load_of(r, group, part);
    const struct cf_node *where = cf_setting(group, CF_SCOPE_COUNT, "where");
    if (where != NULL && subject != NULL)
        load_where(r, subject, where, part, count, &age);
    count->weight = weigh_ages(r, &age);
}

static void load_ratio(struct reading *r, const struct cf_node *group, enum cf_setting_scope scope,
                       struct cf_ratio *ratio)
{
    const struct cf_node *above = cf_setting(group, scope, "numerator");
    const struct cf_node *below = cf_setting(group, scope, "denominator");
    if (above != NULL)
        load_count(r, above, "numerator", &ratio->numerator);
    r->known = 1; /* by what it said, or stock */
    ratio->has_denominator = below != NULL;
    if (below != NULL)
        load_count(r, below, "denominator", &ratio->denominator);
}

/* ---- weights and targets ---- */

static void load_weight(const struct reading *r, const struct cf_node *entry, unsigned char *given)
{
    const char *whose = cf_arena_format(&r->model->arena, " in 'weights' of %s", r->whose);
    const struct cf_axis *axis = &r->model->axis[CF_AXIS_AGE];
    check_keys(r, entry, CF_SCOPE_WEIGHT, whose);
    const struct cf_node *age = cf_setting(entry, CF_SCOPE_WEIGHT, "age");
    if (age == NULL || axis->n == 0)
        return;
    const int is = cf_setting_whole(entry, CF_SCOPE_WEIGHT, "age", 0);
    const int x = is - r->model->scenario.first_age;
    if (x < 0 || x >= axis->n) {
        cf_report(r->diag, CF_ERROR, "indicator.weight-age", age->at, NULL,
                  "age %d%s is not followed, the ages are %s to %s", is, whose, axis->codes.name[0],
                  axis->codes.name[axis->n - 1]);
    } else if (given[x]) {
        cf_report(r->diag, CF_ERROR, "indicator.weight-age", age->at, NULL,
                  "age %d%s is given twice", is, whose);
    } else {
        given[x] = 1;
        r->weight[x] = cf_setting_number(entry, CF_SCOPE_WEIGHT, "weight", 0);
    }
}

static void load_weights(struct reading *r, const struct cf_node *group)
{
    const struct cf_node *list = cf_setting(group, CF_SCOPE_INDICATOR, "weights");
    const size_t n = (size_t)r->model->axis[CF_AXIS_AGE].n;
    if (list == NULL)
        return;
    cf_check_groups(list, r->diag);
    r->weight = CF_TAKE(&r->model->arena, n, double);
    unsigned char *given = CF_TAKE(&r->model->arena, n, unsigned char);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next)
        if (entry->kind == CF_NODE_GROUP)
            load_weight(r, entry, given);
}

/* The year whose value the target is for, by its published year; -1 where that is not projected. */
static int target_year(const struct reading *r, int published)
{
    const int y = published - r->indicator->published_offset - r->model->scenario.base_year;
    return y >= 0 && y < r->model->axis[CF_AXIS_YEAR].n ? y : -1;
}

static void load_target(const struct reading *r, const struct cf_node *entry)
{
    const char *whose = cf_arena_format(&r->model->arena, " in 'targets' of %s", r->whose);
    check_keys(r, entry, CF_SCOPE_AIM, whose);
    const struct cf_node *year = cf_setting(entry, CF_SCOPE_AIM, "year");
    const int published = cf_setting_whole(entry, CF_SCOPE_AIM, "year", 0);
    if (year == NULL)
        return;
    for (const struct cf_node *before = entry->parent->child; before != entry;
         before = before->next)
        if (before->kind == CF_NODE_GROUP &&
            cf_setting_whole(before, CF_SCOPE_AIM, "year", 0) == published) {
            cf_report(r->diag, CF_ERROR, "indicator.target-twice", year->at, NULL,
                      "%s has two targets for %d", r->whose, published);
            return;
        }
    const int y = target_year(r, published);
    if (y >= 0)
        r->indicator->target[y] = cf_setting_number(entry, CF_SCOPE_AIM, "value", NAN);
    else if (r->model->axis[CF_AXIS_YEAR].n > 0 && cf_setting(entry, CF_SCOPE_AIM, "value") != NULL)
        cf_report(r->diag, CF_NOTICE, "indicator.target-year", year->at, NULL,
                  "the target of %s for %d is of no year from base_year to end_year and not used",
                  r->whose, published);
}

static void load_targets(const struct reading *r, const struct cf_node *group)
{
    const struct cf_node *list = cf_setting(group, CF_SCOPE_INDICATOR, "targets");
    if (list == NULL)
        return;
    cf_check_groups(list, r->diag);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next)
        if (entry->kind == CF_NODE_GROUP)
            load_target(r, entry);
}

/* ---- the indicator ---- */

static enum cf_better load_better(const struct reading *r, const struct cf_node *group)
{
    static const char *const words[] = {"higher", "lower"};
    const struct cf_node *node = cf_setting(group, CF_SCOPE_INDICATOR, "better");
    if (node == NULL)
        return CF_BETTER_NOT_SAID;
    if (cf_text_same(node->text, words[0]))
        return CF_BETTER_HIGHER;
    if (cf_text_same(node->text, words[1]))
        return CF_BETTER_LOWER;
    cf_report_near(r->diag, CF_ERROR, "setting.word", node->at, node->text, words, 2,
                   "setting 'better' in %s cannot be '%s'", r->whose, node->text);
    return CF_BETTER_NOT_SAID;
}

static void check_code(const struct reading *r, const struct cf_node *code)
{
    const struct cf_scenario *scenario = &r->model->scenario;
    if (code->text[0] == '\0') {
        cf_report(r->diag, CF_ERROR, "indicator.code", code->at, NULL, "%s has an empty code",
                  r->whose);
        return;
    }
    for (int i = 0; i < scenario->n_indicators; i++) {
        const struct cf_indicator *other = &scenario->indicator[i];
        if (!cf_text_same(other->code, code->text))
            continue;
        cf_report(r->diag, CF_ERROR, "indicator.twice", code->at,
                  "give each indicator a code of its own",
                  "there is another indicator '%s', at %s:%d:%d", code->text, other->at.path,
                  other->at.line, other->at.column);
        return;
    }
}

/* What is attained is read at one age: nobody may be weighed, and somebody must be followed. */
static void check_attained(const struct reading *r, const struct cf_node *group)
{
    const struct cf_scenario *scenario = &r->model->scenario;
    const struct cf_node *weights = cf_setting(group, CF_SCOPE_INDICATOR, "weights");
    if (r->indicator->of != CF_COUNTED_ATTAINED)
        return;
    if (weights != NULL)
        cf_report(r->diag, CF_ERROR, "indicator.weights", weights->at, NULL,
                  "%s counts what is attained at %d, 'weights' are for stock", r->whose,
                  CF_ATTAINED_AGE);
    if (r->model->axis[CF_AXIS_AGE].n > 0 &&
        (CF_ATTAINED_AGE < scenario->first_age || CF_ATTAINED_AGE > scenario->last_age))
        cf_report(r->diag, CF_ERROR, "indicator.age", r->indicator->at, NULL,
                  "%s counts what is attained at %d, the ages are %d to %d", r->whose,
                  CF_ATTAINED_AGE, scenario->first_age, scenario->last_age);
}

static void load_texts(struct cf_indicator *indicator, const struct cf_node *group)
{
    const enum cf_setting_scope scope = CF_SCOPE_INDICATOR;
    indicator->label = cf_setting_text(group, scope, "label", indicator->code);
    indicator->definition = cf_setting_text(group, scope, "definition", "");
    indicator->source = cf_setting_text(group, scope, "source", "");
    indicator->responsible = cf_setting_text(group, scope, "responsible", "");
    indicator->benchmark_source = "";
}

static double *no_years(struct cf_model *model)
{
    const int n = model->axis[CF_AXIS_YEAR].n;
    double *value = CF_TAKE(&model->arena, (size_t)n, double);
    for (int y = 0; y < n; y++)
        value[y] = NAN;
    return value;
}

static void load_indicator(struct reading *r, const struct cf_node *entry, int number)
{
    struct cf_arena *arena = &r->model->arena;
    struct cf_indicator *indicator = r->indicator;
    const struct cf_node *code = cf_setting(entry, CF_SCOPE_INDICATOR, "code");
    r->whose = code != NULL && code->text[0] != '\0'
                   ? cf_arena_format(arena, "indicator '%s'", code->text)
                   : cf_arena_format(arena, "indicator %d", number);
    const char *whose = cf_arena_format(arena, " in %s", r->whose);
    check_keys(r, entry, CF_SCOPE_INDICATOR, whose);
    *indicator = (struct cf_indicator){.code = code != NULL ? code->text : "", .at = entry->at};
    if (code != NULL)
        check_code(r, code);
    load_texts(indicator, entry);
    indicator->baseline = cf_setting_number(entry, CF_SCOPE_INDICATOR, "baseline", NAN);
    indicator->published_offset =
        cf_setting_whole(entry, CF_SCOPE_INDICATOR, "published_offset", 0);
    indicator->better = load_better(r, entry);
    indicator->target = no_years(r->model);
    indicator->benchmark = no_years(r->model);
    load_targets(r, entry);
    load_weights(r, entry);
    load_ratio(r, entry, CF_SCOPE_INDICATOR, &indicator->ratio);
    check_attained(r, entry);
    const struct cf_node *minus = cf_setting(entry, CF_SCOPE_INDICATOR, "minus");
    indicator->has_minus = minus != NULL;
    if (minus != NULL) {
        const char *of_minus = cf_arena_format(arena, " in 'minus' of %s", r->whose);
        check_keys(r, minus, CF_SCOPE_MINUS, of_minus);
        r->whose = cf_arena_format(arena, "'minus' of %s", r->whose);
        load_ratio(r, minus, CF_SCOPE_MINUS, &indicator->minus);
    }
}

void cf_load_indicators(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_scenario *scenario = &model->scenario;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "indicators");
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    scenario->indicator = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_indicator);
    int number = 0;
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        struct reading r = {.model = model,
                            .indicator = &scenario->indicator[scenario->n_indicators],
                            .broken = config->broken,
                            .diag = diag};
        number++;
        if (entry->kind != CF_NODE_GROUP)
            continue;
        load_indicator(&r, entry, number);
        scenario->n_indicators++;
    }
}
