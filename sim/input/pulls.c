#include "input/pulls.h"

#include "base/text.h"
#include "input/axis_checks.h"
#include "input/selection.h"
#include "model/lever_ops.h"

int cf_is_stock(int field)
{
    return field == CF_FIELD_population || field == CF_FIELD_level_share ||
           field == CF_FIELD_status_share || field == CF_FIELD_staff ||
           field == CF_FIELD_grade_share;
}

const struct cf_node *cf_said_before(const struct cf_node *entry, enum cf_setting_scope scope,
                                     const char *key)
{
    const struct cf_node *said = cf_setting(entry, scope, key);
    for (const struct cf_node *before = entry->parent->child; said != NULL && before != entry;
         before = before->next) {
        const struct cf_node *other =
            before->kind == CF_NODE_GROUP ? cf_setting(before, scope, key) : NULL;
        if (other != NULL && cf_text_same(other->text, said->text))
            return other;
    }
    return NULL;
}

/* A key of `where` that is no axis of the field; it may be an attribute of one. */
static void report_key(const struct cf_model *model, enum cf_field_id field,
                       enum cf_setting_scope scope, const struct cf_node *node, const char *whose,
                       cf_diag *diag)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    const char *names[CF_MOST_DIMS];
    char axes[160], help[200] = "";
    cf_field_axes_text(field, axes, sizeof axes);
    for (int d = 0; d < spec->n_dims; d++) {
        names[d] = spec->dim[d].name;
        if (help[0] == '\0' && cf_axis_attribute(&model->axis[spec->dim[d].axis], node->key) >= 0)
            snprintf(help, sizeof help, "write %s = \"%.60s:...\"", names[d], node->key);
    }
    if (help[0] == '\0' && cf_setting_known(scope, node->key))
        snprintf(help, sizeof help, "the '}' of 'where' goes before it");
    if (help[0] != '\0')
        cf_report(diag, CF_ERROR, "lever.axis", node->key_at, help,
                  "'%s' in 'where' of %s is no axis of field '%s'", node->key, whose, spec->name);
    else
        cf_report_near(diag, CF_ERROR, "lever.axis", node->key_at, node->key, names,
                       (size_t)spec->n_dims, "'%s' in 'where' of %s is no axis of field '%s' (%s)",
                       node->key, whose, spec->name, spec->n_dims > 0 ? axes : "it has none");
}

static void load_where(struct cf_model *model, struct cf_pulled *pulled,
                       const struct cf_node *where, enum cf_setting_scope scope, const char *whose,
                       cf_diag *diag)
{
    const enum cf_field_id field = (enum cf_field_id)pulled->field;
    const struct cf_field_spec *spec = &cf_field_specs[field];
    const char *in = cf_arena_format(&model->arena, "in 'where' of %s", whose);
    for (int d = 0; d < spec->n_dims; d++)
        pulled->where[d] = cf_select_all(&model->arena, model->axis[spec->dim[d].axis].n);
    for (const struct cf_node *node = where != NULL ? where->child : NULL; node != NULL;
         node = node->next) {
        int d = 0;
        while (d < spec->n_dims && !cf_text_same(spec->dim[d].name, node->key))
            d++;
        if (d == spec->n_dims)
            report_key(model, field, scope, node, whose, diag);
        else if (cf_good_selector(node, in, diag)) {
            pulled->where[d] = cf_load_selection(model, spec->dim[d].axis, node, diag);
            pulled->by_code[d] = (unsigned char)cf_selects_by_code(node);
        }
    }
}

/* Where an attribute of an axis is set, for who would pull it as a field; NULL where it is none. */
static const char *attribute_help(struct cf_model *model, const char *name)
{
    for (int id = 0; id < CF_N_AXES; id++) {
        const char *axis = cf_axis_specs[id].name;
        if (!cf_attribute_known((enum cf_axis_id)id, name) &&
            cf_axis_attribute(&model->axis[id], name) < 0)
            continue;
        if (cf_text_same(name, "closing_year") || cf_text_same(name, "teach_out"))
            return "it is an attribute of axis site: see the setting 'closures'";
        return cf_arena_format(&model->arena, "it is an attribute, set in axes/%s.csv", axis);
    }
    return NULL;
}

static int load_field(struct cf_model *model, const struct cf_node *entry,
                      enum cf_setting_scope scope, const char *whose, cf_diag *diag)
{
    const struct cf_node *node = cf_setting(entry, scope, "field");
    if (node == NULL)
        return -1;
    int field = cf_field_find(node->text);
    const char *help = field < 0 ? attribute_help(model, node->text) : NULL;
    if (help != NULL) {
        cf_report(diag, CF_ERROR, "lever.field", node->at, help, "unknown field '%s' in %s",
                  node->text, whose);
    } else if (field < 0) {
        const char *names[CF_N_FIELDS];
        for (int f = 0; f < CF_N_FIELDS; f++)
            names[f] = cf_field_specs[f].name;
        cf_report_near(diag, CF_ERROR, "lever.field", node->at, node->text, names, CF_N_FIELDS,
                       "unknown field '%s' in %s", node->text, whose);
    }
    return field;
}

static int load_op(const struct cf_node *entry, enum cf_setting_scope scope, const char *whose,
                   cf_diag *diag)
{
    const struct cf_node *node = cf_setting(entry, scope, "op");
    if (node == NULL)
        return -1;
    int op = cf_lever_op_find(node->text);
    if (op < 0) {
        const char *names[32];
        size_t n = 0;
        for (int k = 0; k < cf_n_lever_ops && n < sizeof names / sizeof *names; k++)
            names[n++] = cf_lever_ops[k].name;
        cf_report_near(diag, CF_ERROR, "lever.op", node->at, node->text, names, n,
                       "unknown operation '%s' in %s", node->text, whose);
    }
    return op;
}

/* Log odds are those of a share. */
static void check_odds(const struct cf_pulled *pulled, const struct cf_node *entry,
                       const char *whose, cf_diag *diag)
{
    const struct cf_field_spec *spec = &cf_field_specs[pulled->field];
    if (cf_text_same(cf_lever_ops[pulled->op].name, "logit_add") &&
        (spec->low < 0 || spec->high > 1))
        cf_report(diag, CF_WARNING, "lever.not-a-share", entry->at, NULL,
                  "%s moves log odds, values of '%s' that are not between 0 and 1 stay", whose,
                  spec->name);
}

int cf_load_pulled(struct cf_model *model, const struct cf_node *entry, enum cf_setting_scope scope,
                   const char *whose, struct cf_pulled *pulled, cf_diag *diag)
{
    *pulled = (struct cf_pulled){.op = load_op(entry, scope, whose, diag)};
    pulled->field = load_field(model, entry, scope, whose, diag);
    if (pulled->field < 0)
        return 0;
    const struct cf_node *where = cf_setting(entry, scope, "where");
    const struct cf_node *year = where != NULL ? cf_node_find(where, "year") : NULL;
    if (year != NULL && cf_is_stock(pulled->field))
        cf_report(diag, CF_ERROR, "lever.base-year-only", year->key_at,
                  "leave the year out: it is the base year",
                  "%s selects a year, '%s' can be pulled in the base year only", whose,
                  cf_field_specs[pulled->field].name);
    else
        load_where(model, pulled, where, scope, whose, diag);
    if (pulled->op < 0)
        return 0;
    check_odds(pulled, entry, whose, diag);
    return 1;
}
