#include "input/axis_checks.h"

#include "base/text.h"

/* What a value of an attribute may be. */
enum check { FLAG, KIND, WHOLE, NUMBER, MEMBER };

/* The attributes the program reads: one row each. An empty value is nothing given, and fine
 * unless the attribute is needed wherever its column stands. */
struct rule {
    enum cf_axis_id axis;
    const char *attribute;
    enum check check;
    int needed;
    enum cf_axis_id of; /* MEMBER: of which axis */
    double low;         /* WHOLE, NUMBER */
};

#define ANY (-1e300)
static const struct rule rules[] = {
    {CF_AXIS_GROUP, "lldd", FLAG, 0, 0, 0},
    {CF_AXIS_GROUP, "last_age", WHOLE, 0, 0, 0},
    {CF_AXIS_STATUS, "kind", KIND, 1, 0, 0},
    {CF_AXIS_STATUS, "participates", FLAG, 1, 0, 0},
    {CF_AXIS_STATUS, "provided", FLAG, 1, 0, 0},
    {CF_AXIS_STATUS, "fallback", FLAG, 1, 0, 0},
    {CF_AXIS_LINE, "route", MEMBER, 1, CF_AXIS_STATUS, 0},
    {CF_AXIS_LINE, "from_age", WHOLE, 0, 0, 0},
    {CF_AXIS_LINE, "to_age", WHOLE, 0, 0, 0},
    {CF_AXIS_LINE, "entitlement", FLAG, 0, 0, 0},
    {CF_AXIS_LINE, "viable_group", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "full_group", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "learners_per_teacher", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "cost_learner", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "cost_group", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "guided_hours", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "success_rate", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "rate_per_sln", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "provider_factor", NUMBER, 0, 0, 0},
    {CF_AXIS_AREA, "easting", NUMBER, 0, 0, ANY},
    {CF_AXIS_AREA, "northing", NUMBER, 0, 0, ANY},
    {CF_AXIS_AREA, "lon", NUMBER, 0, 0, ANY},
    {CF_AXIS_AREA, "lat", NUMBER, 0, 0, ANY},
    {CF_AXIS_SITE, "area", MEMBER, 0, CF_AXIS_AREA, 0},
    {CF_AXIS_SITE, "easting", NUMBER, 0, 0, ANY},
    {CF_AXIS_SITE, "northing", NUMBER, 0, 0, ANY},
    {CF_AXIS_SITE, "lon", NUMBER, 0, 0, ANY},
    {CF_AXIS_SITE, "lat", NUMBER, 0, 0, ANY},
    {CF_AXIS_SITE, "closing_year", WHOLE, 0, 0, 0},
    {CF_AXIS_SITE, "teach_out", WHOLE, 0, 0, 0},
    {CF_AXIS_GRADE, "good", FLAG, 0, 0, 0},
};

static const char *const kinds[] = {"school", "learning", "training", "work",
                                    "neet",   "unknown",  "other"};

const char *cf_axis_enough(enum cf_axis_id axis)
{
    switch (axis) {
    case CF_AXIS_AREA:
        return "to begin with, two lines are enough: `code,label` and `all,The whole place`";
    case CF_AXIS_GROUP:
        return "to begin with, two lines are enough: `code,label` and `all,Everyone`";
    case CF_AXIS_LEVEL:
        return "to begin with, two lines are enough: `code,label` and `all,All levels`";
    case CF_AXIS_STATUS:
        return "to begin with, three lines are enough: "
               "`code,label,kind,participates,provided,fallback`, `school,At school,school,1,0,0` "
               "and `notknown,Not known,unknown,0,0,1`";
    default:
        return NULL;
    }
}

static int is(const struct cf_axis *axis, const char *attribute, int member, const char *value)
{
    const char *text = cf_axis_value(axis, attribute, member);
    return text != NULL && cf_text_same(text, value);
}

/* A number as the rule wants it; else what it is not, in words. */
static const char *not_a_number(const struct rule *rule, const char *text)
{
    double value;
    int whole;
    if (rule->check == WHOLE ? !cf_parse_int(text, &whole) : !cf_parse_double(text, &value))
        return rule->check == WHOLE ? "a whole number" : "a number";
    if ((rule->check == WHOLE ? (double)whole : value) < rule->low)
        return "zero or more";
    return NULL;
}

static void check_value(const struct cf_model *model, const struct rule *rule, int k,
                        const struct cf_attribute *attribute, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[rule->axis], *of = &model->axis[rule->of];
    struct cf_at at = attribute->at[k];
    const char *text = attribute->value[k], *code = axis->codes.name[k], *wanted = NULL;
    if (text[0] == '\0') {
        if (rule->needed)
            cf_report(diag, CF_ERROR, "axis.attribute", at, NULL, "'%s' of %s '%s' is empty",
                      rule->attribute, axis->name, code);
        return;
    }
    switch (rule->check) {
    case FLAG:
        wanted = cf_text_same(text, "0") || cf_text_same(text, "1") ? NULL : "0 or 1";
        break;
    case WHOLE:
    case NUMBER:
        wanted = not_a_number(rule, text);
        break;
    case KIND:
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (cf_text_same(text, kinds[i]))
                return;
        cf_report_near(diag, CF_ERROR, "axis.kind", at, text, kinds, sizeof kinds / sizeof *kinds,
                       "'kind' of %s '%s' is '%s', none of school, learning, training, work, neet, "
                       "unknown, other",
                       axis->name, code, text);
        return;
    case MEMBER:
        if (of->n == 0 || of->doubtful || cf_names_find(&of->codes, text) >= 0)
            return;
        cf_report_near(diag, CF_ERROR, "axis.member", at, text, of->codes.name, (size_t)of->n,
                       "'%s' of %s '%s' is '%s', no member of axis '%s'", rule->attribute,
                       axis->name, code, text, of->name);
        return;
    }
    if (wanted != NULL)
        cf_report(diag, CF_ERROR, "axis.attribute", at, NULL,
                  "'%s' of %s '%s' is '%s', it must be %s", rule->attribute, axis->name, code, text,
                  wanted);
}

static void check_rule(const struct cf_model *model, const struct rule *rule, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[rule->axis];
    int column = cf_axis_attribute(axis, rule->attribute);
    for (int k = 0; column >= 0 && k < axis->n; k++)
        check_value(model, rule, k, &axis->attribute[column], diag);
}

/* The one status whose attribute has the value, or -1. */
static int the_only(const struct cf_axis *status, const char *attribute, const char *value,
                    cf_diag *diag)
{
    int found = -1;
    struct cf_at whole = {status->path, 0, 0};
    if (cf_axis_attribute(status, attribute) < 0) {
        cf_report(diag, CF_ERROR, "axis.no-attribute", whole, cf_axis_enough(CF_AXIS_STATUS),
                  "axis 'status' has no column '%s'", attribute);
        return -1;
    }
    for (int k = 0; k < status->n; k++) {
        if (!is(status, attribute, k, value))
            continue;
        if (found >= 0)
            cf_report(diag, CF_ERROR, "axis.status-two", status->at[k], NULL,
                      "exactly one status has %s %s, '%s' on line %d and '%s' on line %d have it",
                      attribute, value, status->codes.name[found], status->at[found].line,
                      status->codes.name[k], status->at[k].line);
        else
            found = k;
    }
    if (found < 0)
        cf_report(diag, CF_ERROR, "axis.status-none", whole, NULL,
                  "exactly one status has %s %s, none has it", attribute, value);
    return found;
}

static void check_routes(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    const struct cf_axis *status = &model->axis[CF_AXIS_STATUS];
    for (int k = 0; k < line->n; k++) {
        const char *route = cf_axis_value(line, "route", k);
        int s = route != NULL ? cf_names_find(&status->codes, route) : -1;
        if (s >= 0 && !is(status, "provided", s, "1"))
            cf_report(diag, CF_ERROR, "axis.route", line->at[k], NULL,
                      "route '%s' of line '%s' is a status that is not provided", route,
                      line->codes.name[k]);
    }
}

int cf_check_axes(struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *status = &model->axis[CF_AXIS_STATUS];
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        check_rule(model, &rules[r], diag);
    check_routes(model, diag);
    model->extent.school = model->extent.fallback = -1;
    if (status->n == 0)
        return 0;
    int school = the_only(status, "kind", "school", diag);
    int fallback = the_only(status, "fallback", "1", diag);
    if (fallback >= 0 && is(status, "provided", fallback, "1"))
        cf_report(diag, CF_ERROR, "axis.fallback", status->at[fallback], NULL,
                  "the fallback status '%s' cannot be provided: the unplaced go there",
                  status->codes.name[fallback]);
    model->extent.school = school;
    model->extent.fallback = fallback;
    return school >= 0 && fallback >= 0;
}
