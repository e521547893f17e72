#include "input/load.h"

#include "base/text.h"
#include "input/axis_checks.h"
#include "input/csv.h"

#include <dirent.h>
#include <string.h>
#include <sys/stat.h>

/* Letters, digits, '_', '-', '.', and whatever is beyond ASCII: all else means something in a
 * selector, a list of codes, an offer's code or a CSV file. */
static int good_in_code(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.' || c >= 0x80;
}

static int check_code(const char *code, struct cf_at at, cf_diag *diag)
{
    for (const char *p = code; *p != '\0'; p++)
        if (!good_in_code((unsigned char)*p)) {
            cf_report(diag, CF_ERROR, "axis.code", at,
                      "codes are made of letters, digits, '_', '-' and '.'",
                      "code '%s' has a '%c' in it", code, *p);
            return 0;
        }
    return 1;
}

/* An axis of at most `room` members, none yet. */
static void start_axis(struct cf_model *model, enum cf_axis_id id, const char *path, size_t room)
{
    struct cf_axis *axis = &model->axis[id];
    *axis = (struct cf_axis){.id = id, .name = cf_axis_specs[id].name, .path = path};
    cf_names_init(&axis->codes, &model->arena);
    axis->label = CF_TAKE(&model->arena, room, const char *);
    axis->at = CF_TAKE(&model->arena, room, struct cf_at);
}

static void add_member(struct cf_axis *axis, const char *code, const char *label, struct cf_at at)
{
    int k = cf_names_add(&axis->codes, code);
    axis->label[k] = label;
    axis->at[k] = at;
    axis->n = axis->codes.n;
}

/* Take the members from the rows that have a code of their own; rows_of: the row of each. */
static void take_members(struct cf_axis *axis, const struct cf_csv *csv, int *rows_of,
                         cf_diag *diag)
{
    int code_column = cf_csv_column(csv, "code"), label_column = cf_csv_column(csv, "label");
    for (int row = 0; row < csv->n_rows; row++) {
        const char *code = cf_csv_cell(csv, row, code_column);
        struct cf_at at = cf_csv_at(csv, row, code_column);
        int before = cf_names_find(&axis->codes, code);
        if (code[0] == '\0') {
            cf_report(diag, CF_ERROR, "axis.empty-code", at, NULL,
                      "a member of axis '%s' has no code", axis->name);
            axis->doubtful = 1;
        } else if (before >= 0) {
            cf_report(diag, CF_ERROR, "axis.code-twice", at, NULL,
                      "code '%s' of axis '%s' is given twice, on lines %d and %d", code, axis->name,
                      axis->at[before].line, at.line);
        } else {
            axis->doubtful |= !check_code(code, at, diag);
            const char *label = label_column >= 0 ? cf_csv_cell(csv, row, label_column) : "";
            rows_of[axis->n] = row;
            add_member(axis, code, label[0] != '\0' ? label : code, at);
        }
    }
}

static void take_attributes(struct cf_arena *arena, struct cf_axis *axis, const struct cf_csv *csv,
                            const int *rows_of)
{
    axis->attribute = CF_TAKE(arena, (size_t)csv->n_columns, struct cf_attribute);
    for (int column = 0; column < csv->n_columns; column++) {
        const char *name = csv->column[column];
        if (name[0] == '\0' || cf_text_same(name, "code") || cf_text_same(name, "label"))
            continue;
        struct cf_attribute *attribute = &axis->attribute[axis->n_attributes++];
        attribute->name = name;
        attribute->head = (struct cf_at){csv->path, 1, csv->column_at[column]};
        attribute->value = CF_TAKE(arena, (size_t)axis->n, const char *);
        attribute->number = CF_TAKE(arena, (size_t)axis->n, int);
        attribute->at = CF_TAKE(arena, (size_t)axis->n, struct cf_at);
        cf_names_init(&attribute->values, arena);
        for (int k = 0; k < axis->n; k++) {
            attribute->value[k] = cf_csv_cell(csv, rows_of[k], column);
            attribute->at[k] = cf_csv_at(csv, rows_of[k], column);
            attribute->number[k] = cf_names_add(&attribute->values, attribute->value[k]);
        }
    }
}

static void load_file_axis(struct cf_model *model, enum cf_axis_id id, cf_diag *diag)
{
    const struct cf_axis_spec *spec = &cf_axis_specs[id];
    struct cf_axis *axis = &model->axis[id];
    const char *name = cf_arena_format(&model->arena, "axes/%s.csv", spec->name);
    const char *path = cf_path_join(&model->arena, model->scenario.place, name);
    struct cf_at whole = {path, 0, 0};
    struct stat is;
    start_axis(model, id, "", 0);
    if (lstat(path, &is) != 0) {
        if (spec->members == CF_FILE_NEEDED)
            cf_report(diag, CF_ERROR, "axis.missing", whole, cf_axis_enough(id),
                      "axis '%s' has no file, it must have members", spec->name);
        return;
    }
    struct cf_csv csv = {0};
    enum cf_status read = cf_csv_read(&model->arena, path, &csv, diag);
    if (csv.sha256[0] != '\0')
        cf_model_read_file(model, name, csv.sha256);
    start_axis(model, id, path, (size_t)csv.n_rows);
    axis->doubtful = read != CF_OK;
    int *rows_of = CF_TAKE(&model->arena, (size_t)csv.n_rows, int);
    if (csv.n_columns > 0 && cf_csv_column(&csv, "code") < 0) {
        cf_report(diag, CF_ERROR, "axis.no-code", (struct cf_at){path, 1, 1},
                  "the first line names the columns: code,label and attributes",
                  "axis '%s' has no column 'code'", spec->name);
        return;
    }
    if (csv.n_columns > 0) {
        take_members(axis, &csv, rows_of, diag);
        take_attributes(&model->arena, axis, &csv, rows_of);
    }
    if (axis->n == 0 && spec->members == CF_FILE_NEEDED && read == CF_OK)
        cf_report(diag, CF_ERROR, "axis.no-members", whole, cf_axis_enough(id),
                  "axis '%s' must have members and has none", spec->name);
}

static void settings_axes(struct cf_model *model)
{
    const struct cf_scenario *scenario = &model->scenario;
    struct cf_arena *arena = &model->arena;
    struct cf_at nowhere = {"", 0, 0};
    int n_years = scenario->base_year > 0 ? scenario->end_year - scenario->base_year + 1 : 0;
    start_axis(model, CF_AXIS_YEAR, "", (size_t)n_years);
    for (int y = 0; y < n_years; y++) {
        int year = scenario->base_year + y;
        add_member(&model->axis[CF_AXIS_YEAR], cf_arena_format(arena, "%d", year),
                   cf_arena_format(arena, "%d/%02d", year, (year + 1) % 100), nowhere);
    }
    int n_ages = scenario->last_age - scenario->first_age + 1;
    start_axis(model, CF_AXIS_AGE, "", (size_t)n_ages);
    for (int x = 0; x < n_ages; x++) {
        const char *age = cf_arena_format(arena, "%d", scenario->first_age + x);
        add_member(&model->axis[CF_AXIS_AGE], age, age, nowhere);
    }
}

/* What an authority is called: by the attribute authority_name of its area or site, else as the
 * area of the same code, else by its code. */
static const char *authority_label(const struct cf_model *model, const struct cf_axis *of, int k,
                                   const char *code)
{
    const struct cf_axis *area = &model->axis[CF_AXIS_AREA];
    const char *name = cf_axis_value(of, "authority_name", k);
    const int same = cf_names_find(&area->codes, code);
    if (name != NULL && name[0] != '\0')
        return name;
    return same >= 0 ? area->label[same] : code;
}

/* The different authorities of areas, then those of sites that are no area's; where there are sites
 * and an area or site has none, last that of the empty code. */
static void derived_axes(struct cf_model *model)
{
    static const char *const continuum[] = {"networking", "coordination", "cooperation",
                                            "collaboration", "full integration"};
    static const enum cf_axis_id places[] = {CF_AXIS_AREA, CF_AXIS_SITE};
    size_t most = (size_t)model->axis[CF_AXIS_AREA].n + (size_t)model->axis[CF_AXIS_SITE].n + 1;
    int without = 0;
    start_axis(model, CF_AXIS_AUTHORITY, "", most);
    struct cf_axis *authority = &model->axis[CF_AXIS_AUTHORITY];
    for (size_t p = 0; p < sizeof places / sizeof *places; p++) {
        const struct cf_axis *of = &model->axis[places[p]];
        for (int k = 0; k < of->n; k++) {
            const char *code = cf_axis_value(of, "authority", k);
            without |= code == NULL || code[0] == '\0';
            if (code != NULL && code[0] != '\0' && cf_names_find(&authority->codes, code) < 0)
                add_member(authority, code, authority_label(model, of, k, code), of->at[k]);
        }
    }
    if (without && model->axis[CF_AXIS_SITE].n > 0)
        add_member(authority, "", "No authority", (struct cf_at){"", 0, 0});
    size_t n = sizeof continuum / sizeof *continuum;
    start_axis(model, CF_AXIS_COLLABORATION, "", n);
    for (size_t k = 0; k < n; k++)
        add_member(&model->axis[CF_AXIS_COLLABORATION],
                   cf_arena_format(&model->arena, "%zu", k + 1), continuum[k],
                   (struct cf_at){"", 0, 0});
}

/* A file nobody reads is most often a misspelt one. Hidden files are not the user's. */
static void check_folder(struct cf_model *model, cf_diag *diag)
{
    const char *folder = cf_path_join(&model->arena, model->scenario.place, "axes");
    const char *known[CF_N_AXES];
    size_t n = 0;
    for (int id = 0; id < CF_N_AXES; id++)
        if (cf_axis_specs[id].members <= CF_FILE_OPTIONAL)
            known[n++] = cf_arena_format(&model->arena, "%s.csv", cf_axis_specs[id].name);
    DIR *open = opendir(folder);
    if (open == NULL)
        return;
    for (const struct dirent *entry = readdir(open); entry != NULL; entry = readdir(open)) {
        size_t k = 0, length = strlen(entry->d_name);
        while (k < n && !cf_text_same(known[k], entry->d_name))
            k++;
        if (k < n || entry->d_name[0] == '.')
            continue;
        struct cf_at at = {cf_path_join(&model->arena, folder, entry->d_name), 0, 0};
        if (length > 4 && cf_text_same(entry->d_name + length - 4, ".csv"))
            cf_report_near(diag, CF_ERROR, "axis.unknown-file", at, entry->d_name, known, n,
                           "unknown file '%s', it is no axis", entry->d_name);
        else
            cf_report(diag, CF_NOTICE, "axis.other", at, NULL,
                      "'%s' is not read: an axis ends in .csv", entry->d_name);
    }
    closedir(open);
}

/* Ages that are projected for nobody: most often last_age was meant to be lower, or a group's
 * higher. */
static void tell_empty_ages(const struct cf_model *model, cf_diag *diag)
{
    const struct cf_scenario *scenario = &model->scenario;
    const struct cf_axis *group = &model->axis[CF_AXIS_GROUP];
    int last_x = -1;
    for (int g = 0; g < group->n; g++)
        if (model->extent.last_x[g] > last_x)
            last_x = model->extent.last_x[g];
    int from = scenario->first_age + last_x + 1;
    if (last_x >= 0 && from < scenario->last_age)
        cf_report(diag, CF_NOTICE, "axis.ages-empty", (struct cf_at){group->path, 0, 0}, NULL,
                  "no group is followed at ages %d to %d: last_age of the scenario is %d, the "
                  "highest of a group %d",
                  from, scenario->last_age, scenario->last_age, from - 1);
    else if (last_x >= 0 && from == scenario->last_age)
        cf_report(diag, CF_NOTICE, "axis.ages-empty", (struct cf_at){group->path, 0, 0}, NULL,
                  "no group is followed at age %d, the last_age of the scenario", from);
}

/* Where every axis that must have members has them, and every group its last age. */
static void fill_extent(struct cf_model *model, cf_diag *diag)
{
    const struct cf_scenario *scenario = &model->scenario;
    const struct cf_axis *group = &model->axis[CF_AXIS_GROUP];
    struct cf_extent *e = &model->extent;
    e->base_year = scenario->base_year;
    e->Y = model->axis[CF_AXIS_YEAR].n;
    e->A = model->axis[CF_AXIS_AREA].n;
    e->G = group->n;
    e->X = model->axis[CF_AXIS_AGE].n;
    e->L = model->axis[CF_AXIS_LEVEL].n;
    e->S = model->axis[CF_AXIS_STATUS].n;
    e->first_age = scenario->first_age;
    e->choice_x = scenario->choice_age - scenario->first_age;
    int narrow = e->choice_x - 1;
    e->n_narrow = narrow < 0 ? 0 : narrow > e->X ? e->X : narrow;
    int *last_x = CF_TAKE(&model->arena, (size_t)group->n, int);
    for (int g = 0; g < group->n; g++) {
        const char *text = cf_axis_value(group, "last_age", g);
        int last;
        if (text == NULL || !cf_parse_int(text, &last) || last > scenario->last_age)
            last = scenario->last_age;
        last_x[g] = last < scenario->first_age ? -1 : last - scenario->first_age;
        if (last_x[g] < 0)
            cf_report(diag, CF_WARNING, "axis.not-followed", group->at[g], NULL,
                      "group '%s' is followed at no age: its last_age is before first_age %d",
                      group->codes.name[g], scenario->first_age);
    }
    e->last_x = last_x;
    tell_empty_ages(model, diag);
}

void cf_load_axes(struct cf_model *model, int ready, cf_diag *diag)
{
    settings_axes(model);
    for (int id = 0; id < CF_N_AXES; id++)
        if (cf_axis_specs[id].members <= CF_FILE_OPTIONAL)
            start_axis(model, (enum cf_axis_id)id, "", 0);
    if (cf_is_folder(model->scenario.place)) {
        for (int id = 0; id < CF_N_AXES; id++)
            if (cf_axis_specs[id].members <= CF_FILE_OPTIONAL)
                load_file_axis(model, (enum cf_axis_id)id, diag);
        check_folder(model, diag);
    }
    derived_axes(model);
    int whole = cf_check_axes(model, diag);
    for (int id = 0; id < CF_N_AXES; id++)
        whole = whole && (cf_axis_specs[id].members != CF_FILE_NEEDED || model->axis[id].n > 0);
    if (ready && whole)
        fill_extent(model, diag);
}
