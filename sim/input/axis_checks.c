#include "input/axis_checks.h"

#include "base/text.h"
#include "input/tables.h"

/* What a value of an attribute may be. */
enum check { FLAG, KIND, WHOLE, YEAR, NUMBER, POSITIVE, WITHIN, MEMBER };

/* The attributes the program reads: one row each. An empty value is nothing given, and fine
 * unless the attribute is needed wherever its column stands. */
struct rule {
    enum cf_axis_id axis;
    const char *attribute;
    enum check check;
    int needed;
    enum cf_axis_id of; /* MEMBER: of which axis */
    double limit;       /* WHOLE, NUMBER: at least; WITHIN: between -limit and limit */
};

#define METRES 1e8
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
    {CF_AXIS_LINE, "viable_group", POSITIVE, 0, 0, 0},
    {CF_AXIS_LINE, "full_group", POSITIVE, 0, 0, 0},
    {CF_AXIS_LINE, "learners_per_teacher", POSITIVE, 0, 0, 0},
    {CF_AXIS_LINE, "cost_learner", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "cost_group", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "guided_hours", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "success_rate", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "rate_per_sln", NUMBER, 0, 0, 0},
    {CF_AXIS_LINE, "provider_factor", NUMBER, 0, 0, 0},
    {CF_AXIS_AREA, "easting", WITHIN, 0, 0, METRES},
    {CF_AXIS_AREA, "northing", WITHIN, 0, 0, METRES},
    {CF_AXIS_AREA, "lon", WITHIN, 0, 0, 180},
    {CF_AXIS_AREA, "lat", WITHIN, 0, 0, 90},
    {CF_AXIS_SITE, "area", MEMBER, 0, CF_AXIS_AREA, 0},
    {CF_AXIS_SITE, "easting", WITHIN, 0, 0, METRES},
    {CF_AXIS_SITE, "northing", WITHIN, 0, 0, METRES},
    {CF_AXIS_SITE, "lon", WITHIN, 0, 0, 180},
    {CF_AXIS_SITE, "lat", WITHIN, 0, 0, 90},
    {CF_AXIS_SITE, "closing_year", YEAR, 0, 0, 0},
    {CF_AXIS_SITE, "teach_out", WHOLE, 0, 0, 0},
    {CF_AXIS_GRADE, "good", FLAG, 0, 0, 0},
};

/* Those it reads elsewhere, or that people know from other places: a roll-up, mostly. */
static const struct {
    enum cf_axis_id axis;
    const char *attribute;
} others[] = {
    {CF_AXIS_AREA, "consortium"},     {CF_AXIS_AREA, "authority"},
    {CF_AXIS_AREA, "subregion"},      {CF_AXIS_AREA, "region"},
    {CF_AXIS_AREA, "authority_name"}, {CF_AXIS_SITE, "authority_name"},
    {CF_AXIS_SITE, "provider_name"},  {CF_AXIS_SITE, "authority"},
    {CF_AXIS_SITE, "provider"},
};

static const char *const kinds[] = {"school", "learning", "training", "work",
                                    "neet",   "unknown",  "other"};

const char *cf_axis_enough(enum cf_axis_id axis)
{
    switch (axis) {
    case CF_AXIS_AREA:
        return "to begin with, two lines are enough: `code,label` and `place,The whole place`";
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

/* A number as the rule wants it; else what it is not, in words, which may be those in `room`. */
#define ROOM 64
static const char *not_a_number(const struct rule *rule, const char *text, char room[ROOM])
{
    double value;
    int whole;
    if (rule->check == WHOLE)
        return !cf_parse_int(text, &whole) ? "a whole number"
               : whole < rule->limit       ? "zero or more"
                                           : NULL;
    if (!cf_parse_double(text, &value))
        return "a number";
    if (rule->check == NUMBER && value < rule->limit)
        return "zero or more";
    if (rule->check == POSITIVE && !(value > 0))
        return "more than zero";
    if (rule->check == WITHIN && (value < -rule->limit || value > rule->limit)) {
        snprintf(room, ROOM, "between %.0f and %.0f", -rule->limit, rule->limit);
        return room;
    }
    return NULL;
}

static const char *not_a_year(const char *text, char room[ROOM])
{
    int year;
    if (!cf_parse_int(text, &year))
        return "a whole number";
    if (year >= CF_FIRST_YEAR && year <= CF_LAST_YEAR)
        return NULL;
    snprintf(room, ROOM, "between %d and %d", CF_FIRST_YEAR, CF_LAST_YEAR);
    return room;
}

static void check_value(const struct cf_model *model, const struct rule *rule, int k,
                        const struct cf_attribute *attribute, cf_diag *diag)
{
    const struct cf_axis *axis = &model->axis[rule->axis], *of = &model->axis[rule->of];
    struct cf_at at = attribute->at[k];
    const char *text = attribute->value[k], *code = axis->codes.name[k], *wanted = NULL;
    char room[ROOM];
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
    case YEAR:
        wanted = not_a_year(text, room);
        break;
    case WHOLE:
    case NUMBER:
    case POSITIVE:
    case WITHIN:
        wanted = not_a_number(rule, text, room);
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
    if (line->n > 0 && cf_axis_attribute(line, "route") < 0)
        cf_report(diag, CF_ERROR, "axis.no-attribute", (struct cf_at){line->path, 0, 0},
                  "the route of a line is the status of those who learn on it",
                  "axis 'line' has no column 'route'");
    for (int k = 0; k < line->n; k++) {
        const char *route = cf_axis_value(line, "route", k);
        int s = route != NULL ? cf_names_find(&status->codes, route) : -1;
        if (s >= 0 && !is(status, "provided", s, "1"))
            cf_report(diag, CF_ERROR, "axis.route", line->at[k], NULL,
                      "route '%s' of line '%s' is a status that is not provided", route,
                      line->codes.name[k]);
    }
}

/* The whole number of an attribute; 0 where there is none. */
static int whole_of(const struct cf_axis *axis, const char *attribute, int k, int *whole)
{
    const char *text = cf_axis_value(axis, attribute, k);
    return text != NULL && cf_parse_int(text, whole);
}

static void check_line_ages(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *line = &model->axis[CF_AXIS_LINE];
    int from, to;
    for (int k = 0; k < line->n; k++)
        if (whole_of(line, "from_age", k, &from) && whole_of(line, "to_age", k, &to) && from > to)
            cf_report(diag, CF_ERROR, "axis.line-ages",
                      line->attribute[cf_axis_attribute(line, "to_age")].at[k], NULL,
                      "line '%s' serves ages to %d, before it starts at %d", line->codes.name[k],
                      to, from);
}

/* Half a pair of coordinates is no place. */
static void check_coordinates(const struct cf_model *model, enum cf_axis_id id, cf_diag *diag)
{
    static const char *const pair[][2] = {{"easting", "northing"}, {"lon", "lat"}};
    const struct cf_axis *axis = &model->axis[id];
    for (size_t p = 0; p < sizeof pair / sizeof *pair; p++)
        for (int k = 0; k < axis->n; k++) {
            const char *one = cf_axis_value(axis, pair[p][0], k);
            const char *other = cf_axis_value(axis, pair[p][1], k);
            const int first = one != NULL && one[0] != '\0';
            if (first != (other != NULL && other[0] != '\0'))
                cf_report(diag, CF_ERROR, "axis.coordinates", axis->at[k], NULL,
                          "%s '%s' has '%s' and no '%s'", axis->name, axis->codes.name[k],
                          pair[p][!first], pair[p][first]);
        }
}

static void check_reserved(const char *code, const char *what, struct cf_at at, cf_diag *diag)
{
    static const char *const rows[] = {"all", "here", "elsewhere"};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (cf_text_same(code, rows[k]))
            cf_report(diag, CF_ERROR, "axis.reserved", at,
                      "it would stand for two things in `gaps`, `coverage` and `flows`; choose "
                      "another",
                      "no %s may be called '%s': tables of results have a row of that name", what,
                      code);
}

/* Names of areas, and of what they are added up by, stand in tables beside rows for all of them and
 * for what lies elsewhere. */
static void check_row_names(const struct cf_model *model, cf_diag *diag)
{
    static const struct {
        enum cf_axis_id axis;
        const char *attribute;
    } tiers[] = {{CF_AXIS_AREA, "consortium"},
                 {CF_AXIS_AREA, "authority"},
                 {CF_AXIS_AREA, "subregion"},
                 {CF_AXIS_AREA, "region"},
                 {CF_AXIS_SITE, "authority"}};
    const struct cf_axis *area = &model->axis[CF_AXIS_AREA];
    for (int a = 0; a < area->n; a++)
        check_reserved(area->codes.name[a], area->name, area->at[a], diag);
    for (size_t t = 0; t < sizeof tiers / sizeof *tiers; t++) {
        const struct cf_axis *axis = &model->axis[tiers[t].axis];
        const int column = cf_axis_attribute(axis, tiers[t].attribute);
        for (int k = 0; column >= 0 && k < axis->n; k++)
            check_reserved(axis->attribute[column].value[k], tiers[t].attribute,
                           axis->attribute[column].at[k], diag);
    }
}

enum { MOST_KNOWN = 32 }; /* attributes of one axis that are known */

/* Known attributes of an axis that it does not have: a misspelt one is one of these. */
static size_t lacking(const struct cf_axis *axis, const char *names[MOST_KNOWN])
{
    size_t n = 0;
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        if (rules[r].axis == axis->id && cf_axis_attribute(axis, rules[r].attribute) < 0)
            names[n++] = rules[r].attribute;
    for (size_t k = 0; k < sizeof others / sizeof *others; k++)
        if (others[k].axis == axis->id && cf_axis_attribute(axis, others[k].attribute) < 0)
            names[n++] = others[k].attribute;
    return n;
}

int cf_attribute_known(enum cf_axis_id axis, const char *name)
{
    const struct cf_axis nothing = {.id = axis};
    const char *names[MOST_KNOWN];
    for (size_t n = lacking(&nothing, names); n > 0; n--)
        if (cf_text_same(names[n - 1], name))
            return 1;
    return 0;
}

/* Any column is an attribute; one whose name is nearly that of one the program reads is most often
 * meant to be it, and would be read by nobody. */
static void check_names(const struct cf_axis *axis, cf_diag *diag)
{
    const char *names[MOST_KNOWN];
    const size_t n = lacking(axis, names);
    for (int k = 0; k < axis->n_attributes; k++) {
        const struct cf_attribute *attribute = &axis->attribute[k];
        if (cf_nearest(attribute->name, names, n))
            cf_report_near(diag, CF_WARNING, "axis.near", attribute->head, attribute->name, names,
                           n, "the program does not read column '%s' of axis '%s'", attribute->name,
                           axis->name);
    }
}

int cf_check_axes(struct cf_model *model, cf_diag *diag)
{
    const struct cf_axis *status = &model->axis[CF_AXIS_STATUS];
    for (size_t r = 0; r < sizeof rules / sizeof *rules; r++)
        check_rule(model, &rules[r], diag);
    for (int id = 0; id < CF_N_AXES; id++)
        check_names(&model->axis[id], diag);
    check_routes(model, diag);
    check_line_ages(model, diag);
    check_coordinates(model, CF_AXIS_AREA, diag);
    check_coordinates(model, CF_AXIS_SITE, diag);
    check_row_names(model, diag);
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
