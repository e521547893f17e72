#include "input/tables.h"

#include <math.h>

/* The tables of a place, one after the other, and what must hold between them. */

/* Tables that are no field, each read in its own way. */
static const char *const lists[] = {"parameters", "split", "changes"};
enum { PARAMETERS, SPLIT, CHANGES, N_LISTS };

static void shape_field(struct cf_model *model, enum cf_field_id id)
{
    const struct cf_field_spec *spec = &cf_field_specs[id];
    struct cf_field *field = &model->field[id];
    *field = (struct cf_field){.id = id, .path = "", .n_years = 1, .size = 1};
    for (int d = 0; d < spec->n_dims; d++) {
        field->extent[d] = model->axis[spec->dim[d].axis].n;
        if (spec->dim[d].axis == CF_AXIS_YEAR)
            field->n_years = field->extent[d];
        else
            field->size *= (size_t)field->extent[d];
    }
}

static void load_table(struct cf_tables *all, enum cf_field_id id)
{
    struct cf_table t = {.all = all,
                         .model = all->model,
                         .diag = all->diag,
                         .field = id,
                         .spec = &cf_field_specs[id],
                         .caps = &all->caps[id]};
    cf_arena_init(&t.scratch);
    int source = cf_model_source(all->model, t.spec->name);
    t.june = source >= 0 && (id == CF_FIELD_population || id == CF_FIELD_external) &&
             cf_text_same(all->model->source[source].age_reference, "30 June");
    t.extra = t.june && all->model->scenario.first_age > 0;
    all->model->field[id].path = cf_table_path(all, t.spec->name);
    if (cf_tables_read(all, &t.scratch, t.spec->name, &t.csv) != CF_OK)
        all->model->field[id].doubtful = 1;
    t.csv.path = all->model->field[id].path; /* lasts longer than this table */
    cf_table_read_rows(&t);
    if (all->usable && !t.broken) {
        cf_table_slots(&t);
        cf_table_shares(&t);
        cf_table_champions(&t);
        cf_table_values(&t);
        cf_table_report_split(&t);
        cf_table_years(&t);
        cf_table_ages(&t);
    }
    cf_text_free(&t.key);
    cf_arena_free(&t.scratch);
}

/* A name in tables/ that is no table: what may have been meant. */
static void unknown_table(struct cf_tables *all, const char *file, const char *name)
{
    const char *names[CF_N_FIELDS + N_LISTS];
    size_t n = 0;
    for (int k = 0; k < N_LISTS; k++)
        names[n++] = lists[k];
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (cf_field_specs[f].n_dims)
            names[n++] = cf_field_specs[f].name;
    struct cf_at at = {cf_path_join(&all->scratch, all->folder, file), 0, 0};
    int field = name ? cf_field_find(name) : -1;
    if (!name)
        cf_report(all->diag, CF_NOTICE, "table.other", at, NULL,
                  "'%s' is not read: a table ends in .csv", file);
    else if (field >= 0)
        cf_report(all->diag, CF_ERROR, "table.unknown", at, "give it in tables/parameters.csv",
                  "unknown table '%s': %s is a parameter", file, name);
    else
        cf_report_near(all->diag, CF_ERROR, "table.unknown", at, name, names, n,
                       "unknown table '%s'", file);
}

/* What is in tables/: marks the fields and lists that have a file, reports the rest. */
static void find_tables(struct cf_tables *all, unsigned char *field_there, int *list_there)
{
    const char **file;
    int n = cf_folder_list(&all->scratch, all->folder, &file);
    if (n < 0) {
        all->usable = 0; /* else each table that has to be there would be missing */
        cf_report(all->diag, CF_ERROR, "table.folder", (struct cf_at){all->folder, 0, 0}, NULL,
                  "the place has no folder tables/ that can be read");
    }
    for (int k = 0; k < n; k++) {
        const char *name = cf_table_name(&all->scratch, file[k]);
        int field = name ? cf_field_find(name) : -1, list = -1;
        for (int i = 0; name && i < N_LISTS; i++)
            if (cf_text_same(name, lists[i]))
                list = i;
        if (list >= 0)
            list_there[list] = 1;
        else if (field >= 0 && cf_field_specs[field].n_dims)
            field_there[field] = 1;
        else
            unknown_table(all, file[k], name);
    }
    for (int f = 0; f < CF_N_FIELDS; f++)
        field_there[f] |= all->model->scenario.instead[f] != NULL;
}

/* Whether the axes that every place has could be read. */
static int axes_usable(const struct cf_model *model)
{
    for (int k = 0; k < CF_N_AXES; k++)
        if (!model->axis[k].n &&
            (cf_axis_specs[k].members == CF_FILE_NEEDED || cf_axis_specs[k].members == CF_SETTINGS))
            return 0;
    return model->extent.last_x != NULL;
}

/* Rows of a heavy field that no table gives: 0, which leads nowhere; who stands in one ends the
 * run. A kernel's sums cannot take NaN for an answer. */
static void close_absent(struct cf_field *field)
{
    for (size_t i = 0; i < field->size; i++)
        if (isnan(field->value[i]))
            field->value[i] = 0;
}

void cf_load_fields(struct cf_model *model, int ready, cf_diag *diag)
{
    struct cf_tables all = {.model = model, .diag = diag};
    unsigned char field_there[CF_N_FIELDS] = {0};
    int list_there[N_LISTS] = {0};
    cf_arena_init(&all.scratch);
    all.folder = cf_path_join(&model->arena, model->scenario.place, "tables");
    all.usable = ready && axes_usable(model);
    find_tables(&all, field_there, list_there);
    for (int f = 0; f < CF_N_FIELDS; f++)
        shape_field(model, (enum cf_field_id)f);
    if (list_there[SPLIT])
        cf_split_load(&all);
    if (list_there[PARAMETERS])
        cf_parameters_load(&all);
    if (list_there[CHANGES])
        cf_changes_load(&all);
    for (int f = 0; f < CF_N_FIELDS; f++)
        if (field_there[f])
            load_table(&all, (enum cf_field_id)f);
    if (all.usable) {
        for (int f = 0; f < CF_N_FIELDS; f++)
            cf_field_default(&all, (enum cf_field_id)f);
        cf_rules_check(&all);
        close_absent(&model->field[CF_FIELD_progression]);
    }
    for (int f = 0; f < CF_N_FIELDS; f++)
        cf_caps_rest(&all.caps[f], diag);
    cf_arena_free(&all.scratch);
}
