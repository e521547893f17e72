#include "input/future_parts.h"

#include "base/text.h"

#include <string.h>

static void check_name(const struct cf_node *entry, const char *whose, cf_diag *diag)
{
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_SWEEP, "name");
    const struct cf_node *other = cf_said_before(entry, CF_SCOPE_SWEEP, "name");
    if (name != NULL && name->text[0] == '\0')
        cf_report(diag, CF_ERROR, "sweep.name", name->at, NULL, "%s has an empty name", whose);
    else if (other != NULL)
        cf_report(diag, CF_ERROR, "sweep.twice", name->at, "give each dimension a name of its own",
                  "there is another dimension '%s' of the sweep, at %s:%d:%d", name->text,
                  other->at.path, other->at.line, other->at.column);
}

static void load_values(struct cf_model *model, struct cf_sweep_dim *dim,
                        const struct cf_node *entry, const char *whose, cf_diag *diag)
{
    const struct cf_node *values = cf_setting(entry, CF_SCOPE_SWEEP, "values");
    if (values == NULL)
        return;
    if (values->n_children == 0)
        cf_report(diag, CF_ERROR, "sweep.values", values->at, NULL, "%s has no values", whose);
    dim->value = CF_TAKE(&model->arena, (size_t)values->n_children, double);
    for (const struct cf_node *item = values->child; item != NULL; item = item->next)
        dim->value[dim->n++] = cf_node_number(item);
}

static void load_dimension(struct cf_model *model, struct cf_sweep_dim *dim,
                           const struct cf_node *entry, int number, int broken, cf_diag *diag)
{
    const struct cf_node *name = cf_setting(entry, CF_SCOPE_SWEEP, "name");
    const int has_name = name != NULL && name->text[0] != '\0';
    const char *whose = has_name
                            ? cf_arena_format(&model->arena, "sweep dimension '%s'", name->text)
                            : cf_arena_format(&model->arena, "sweep dimension %d", number);
    const char *in = cf_arena_format(&model->arena, " in %s", whose);
    struct cf_pulled pulled;
    cf_check_settings(entry, CF_SCOPE_SWEEP, in, diag);
    if (!broken)
        cf_require_settings(entry, CF_SCOPE_SWEEP, in, entry->at, diag);
    check_name(entry, whose, diag);
    *dim = (struct cf_sweep_dim){.name = has_name ? name->text : whose, .at = entry->at};
    cf_load_pulled(model, entry, CF_SCOPE_SWEEP, whose, &pulled, diag);
    dim->field = pulled.field >= 0 ? (enum cf_field_id)pulled.field : 0;
    dim->op = pulled.op >= 0 ? pulled.op : 0;
    memcpy(dim->where, pulled.where, sizeof dim->where);
    memcpy(dim->by_code, pulled.by_code, sizeof dim->by_code);
    load_values(model, dim, entry, whose, diag);
}

void cf_load_sweep(struct cf_model *model, const struct cf_config *config, cf_diag *diag)
{
    struct cf_future *f = &model->scenario.future;
    const struct cf_node *list = cf_setting(config->root, CF_SCOPE_TOP, "sweep");
    int number = 0;
    if (list == NULL)
        return;
    cf_check_groups(list, diag);
    f->sweep = CF_TAKE(&model->arena, (size_t)list->n_children, struct cf_sweep_dim);
    for (const struct cf_node *entry = list->child; entry != NULL; entry = entry->next) {
        number++;
        if (entry->kind == CF_NODE_GROUP)
            load_dimension(model, &f->sweep[f->n_sweeps++], entry, number, config->broken, diag);
    }
}
