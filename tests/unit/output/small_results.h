#ifndef CF_TEST_SMALL_RESULTS_H
#define CF_TEST_SMALL_RESULTS_H

/*
 * Two scenarios of a place of three areas, made by hand, and a results file of them. What stands
 * in a cell follows from its place by a rule, so that a reader can be held against it.
 */
#include <assert.h>
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "output/results_write.h"

enum { SMALL_AREAS = 3, SMALL_GROUPS = 2, SMALL_AGES = 4, SMALL_STATUSES = 2, SMALL_YEARS = 3 };
enum { SMALL_TERMS = 12, SMALL_VARIABLES = 5, SMALL_SCENARIOS = 2 };

struct small {
    struct cf_arena arena;
    struct cf_model model[SMALL_SCENARIOS];
    const struct cf_model *models[SMALL_SCENARIOS];
    struct cf_variable variable[SMALL_VARIABLES];
    struct cf_layout layout;
    struct cf_results_plan plan;
};

static inline void small_attribute(struct cf_arena *arena, struct cf_axis *axis, const char *name,
                                   const char *const *value)
{
    struct cf_attribute *attribute = &axis->attribute[axis->n_attributes++];
    attribute->name = name;
    attribute->value = CF_TAKE(arena, (size_t)axis->n, const char *);
    attribute->number = CF_TAKE(arena, (size_t)axis->n, int);
    cf_names_init(&attribute->values, arena);
    for (int k = 0; k < axis->n; k++) {
        attribute->value[k] = value[k];
        attribute->number[k] = cf_names_add(&attribute->values, value[k]);
    }
}

static inline void small_axis(struct cf_arena *arena, struct cf_axis *axis, enum cf_axis_id id,
                              int n, const char *const *code, const char *const *label)
{
    *axis = (struct cf_axis){.id = id, .name = cf_axis_specs[id].name, .path = "", .n = n};
    cf_names_init(&axis->codes, arena);
    axis->label = CF_TAKE(arena, (size_t)n, const char *);
    axis->attribute = CF_TAKE(arena, 4, struct cf_attribute);
    for (int k = 0; k < n; k++) {
        cf_names_add(&axis->codes, code[k]);
        axis->label[k] = label[k];
    }
}

static inline void small_axes(struct cf_arena *arena, struct cf_model *model)
{
    static const char *const area[] = {"E09000002", "E09000016", "W06000015"};
    static const char *const area_label[] = {"Barking and Dagenham", "Havering",
                                             "Caerdydd, \"Cardiff\" \xc5\xb5"};
    static const char *const consortium[] = {"outer", "outer", ""};
    static const char *const authority[] = {"E09000002", "E09000016", ""};
    static const char *const group[] = {"f", "m"}, *const group_label[] = {"Women", "Men"};
    static const char *const sex[] = {"female", "male"};
    static const char *const level[] = {"all"}, *const level_label[] = {"All levels"};
    static const char *const status[] = {"school", "notknown"};
    static const char *const status_label[] = {"In the cohort", "Not known"};
    struct cf_axis *axis = model->axis;
    small_axis(arena, &axis[CF_AXIS_AREA], CF_AXIS_AREA, SMALL_AREAS, area, area_label);
    small_attribute(arena, &axis[CF_AXIS_AREA], "consortium", consortium);
    small_attribute(arena, &axis[CF_AXIS_AREA], "authority", authority);
    small_axis(arena, &axis[CF_AXIS_AUTHORITY], CF_AXIS_AUTHORITY, 3, authority, authority);
    small_axis(arena, &axis[CF_AXIS_GROUP], CF_AXIS_GROUP, SMALL_GROUPS, group, group_label);
    small_attribute(arena, &axis[CF_AXIS_GROUP], "sex", sex);
    small_axis(arena, &axis[CF_AXIS_LEVEL], CF_AXIS_LEVEL, 1, level, level_label);
    small_axis(arena, &axis[CF_AXIS_STATUS], CF_AXIS_STATUS, SMALL_STATUSES, status, status_label);
}

static inline void small_model(struct cf_arena *arena, struct cf_model *model, const char *name)
{
    static int report_year[] = {2010, 2011};
    static const struct cf_source source[] = {
        {"population", "ONS", "Mid-year estimates", "2009", "OGL v3.0", "real", "30 June", ""},
        {"survival", "ONS", "Life tables", "2008", "OGL v3.0", "estimated", "", "smoothed"}};
    small_axes(arena, model);
    model->scenario = (struct cf_scenario){
        .path = "",
        .name = name,
        .title = cf_arena_format(arena, "Scenario %s", name),
        .base_year = 2009,
        .end_year = 2009 + SMALL_YEARS - 1,
        .n_report_years = 2,
        .report_year = report_year,
        .first_age = 3,
        .last_age = 3 + SMALL_AGES - 1,
        .resolved = cf_arena_format(arena, "title = \"Scenario %s\";\nbase_year = 2009;\n", name)};
    model->extent = (struct cf_extent){.base_year = 2009,
                                       .Y = SMALL_YEARS,
                                       .A = SMALL_AREAS,
                                       .G = SMALL_GROUPS,
                                       .X = SMALL_AGES,
                                       .L = 1,
                                       .S = SMALL_STATUSES,
                                       .first_age = 3};
    model->n_sources = 2;
    model->source = CF_TAKE(arena, 2, struct cf_source);
    memcpy(model->source, source, sizeof source);
    model->n_files = 2;
    model->file = CF_TAKE(arena, 2, struct cf_input_file);
    model->file[0].name = "axes/area.csv";
    model->file[1].name = cf_arena_format(arena, "%s.cfg", name);
    for (int k = 0; k < 2; k++)
        cf_digest_of(model->file[k].name, strlen(model->file[k].name), model->file[k].sha256);
}

static inline void small_variable(struct small *small, int k, struct cf_variable variable)
{
    variable.offset = small->layout.length;
    variable.size = 1;
    for (int d = 0; d < variable.n_dims; d++)
        variable.size *= (size_t)variable.extent[d];
    small->layout.length += variable.size;
    small->variable[k] = variable;
}

static inline void small_layout(struct small *small)
{
    static const char *const term[] = {"start",    "entrants", "net",     "in",
                                       "external", "housing",  "clipped", "deaths",
                                       "out",      "aged_out", "end",     "residual"};
    small->layout = (struct cf_layout){.n_variables = SMALL_VARIABLES,
                                       .variable = small->variable,
                                       .n_terms = SMALL_TERMS,
                                       .term = term,
                                       .term_label = term};
    small_variable(
        small, 0,
        (struct cf_variable){.name = "population",
                             .units = "1",
                             .long_name = "residents (persons)",
                             .n_dims = 4,
                             .dim = {"year", "area", "group", "age"},
                             .extent = {SMALL_YEARS, SMALL_AREAS, SMALL_GROUPS, SMALL_AGES}});
    small_variable(
        small, 1,
        (struct cf_variable){.name = "stock",
                             .units = "1",
                             .long_name = "residents by status (persons)",
                             .n_dims = 4,
                             .dim = {"year", "area", "age", "status"},
                             .extent = {SMALL_YEARS, SMALL_AREAS, SMALL_AGES, SMALL_STATUSES}});
    small_variable(small, 2,
                   (struct cf_variable){.name = "coverage",
                                        .units = "1",
                                        .long_name = "share of demand placed",
                                        .n_dims = 2,
                                        .dim = {"year", "area"},
                                        .extent = {SMALL_YEARS, SMALL_AREAS}});
    small_variable(small, 3,
                   (struct cf_variable){.name = "scarcity",
                                        .units = "min",
                                        .long_name = "scarcity (minutes)",
                                        .n_dims = 2,
                                        .dim = {"year", "area"},
                                        .extent = {SMALL_YEARS, SMALL_AREAS}});
    small_variable(small, 4,
                   (struct cf_variable){.name = "ledger",
                                        .units = "1",
                                        .long_name = "ledger (persons)",
                                        .n_dims = 3,
                                        .dim = {"year", "area", "term"},
                                        .extent = {SMALL_YEARS, SMALL_AREAS, SMALL_TERMS}});
}

static inline void small_init(struct small *small, const char *path)
{
    *small = (struct small){0};
    cf_arena_init(&small->arena);
    small_model(&small->arena, &small->model[0], "baseline");
    small_model(&small->arena, &small->model[1], "high");
    for (int k = 0; k < SMALL_SCENARIOS; k++)
        small->models[k] = &small->model[k];
    small_layout(small);
    small->plan = (struct cf_results_plan){.path = path,
                                           .model = small->models,
                                           .n_scenarios = SMALL_SCENARIOS,
                                           .layout = &small->layout,
                                           .n_points = 1,
                                           .seed = 2009};
}

static inline void small_free(struct small *small)
{
    cf_arena_free(&small->arena);
}

/* Value of a cell of a run, by its number within the record. Scarcity of the last area: none. */
static inline double small_value(const struct small *small, int run, size_t cell)
{
    const struct cf_variable *ledger = &small->layout.variable[4];
    const struct cf_variable *scarcity = &small->layout.variable[3];
    if (cell >= ledger->offset) {
        size_t row = (cell - ledger->offset) / SMALL_TERMS;
        size_t term = (cell - ledger->offset) % SMALL_TERMS;
        const size_t people = SMALL_GROUPS * SMALL_AGES;
        double entrants = row < SMALL_AREAS ? 0 : 2.385, deaths = row < SMALL_AREAS ? 0 : 0.125;
        double end = 0;
        for (size_t k = 0; k < people; k++)
            end += small_value(small, run, row * people + k);
        return term == 0    ? end + deaths - entrants
               : term == 1  ? entrants
               : term == 7  ? deaths
               : term == 10 ? end
                            : 0;
    }
    if (cell >= scarcity->offset && (cell - scarcity->offset) % SMALL_AREAS == 2)
        return (double)NAN;
    return 2.385 * (double)(cell + 1) + 1000.0 * run;
}

static inline void small_record(const struct small *small, int run, double *value)
{
    for (size_t cell = 0; cell < small->layout.length; cell++)
        value[cell] = small_value(small, run, cell);
}

static const struct cf_results_circumstances small_circumstances = {
    .seconds = 0.25, .threads = 2, .kernels = "generic", .command = "cohortflow run small.cfg"};

/* Put all runs but those from `until` on, and commit. */
static inline enum cf_status small_write_until(const struct small *small, int until, cf_diag *diag)
{
    cf_results_writer *writer;
    enum cf_status status = cf_results_begin(&small->plan, &writer, diag);
    if (status != CF_OK)
        return status;
    struct cf_sink sink = cf_results_sink(writer);
    int per_point = small->plan.n_draws + 1;
    int n = small->plan.n_scenarios * small->plan.n_points * per_point;
    double *value = calloc(small->layout.length, sizeof *value);
    assert(value);
    for (int run = 0; status == CF_OK && run < n && run < until; run++) {
        struct cf_record record = {.run = run,
                                   .scenario = run / per_point / small->plan.n_points,
                                   .point = run / per_point % small->plan.n_points,
                                   .draw = run % per_point,
                                   .status = CF_RUN_OK,
                                   .value = value};
        small_record(small, run, value);
        status = sink.put(sink.self, &record, diag);
    }
    free(value);
    if (status == CF_OK)
        return cf_results_commit(writer, &small_circumstances, diag);
    cf_results_abandon(writer);
    return status;
}

static inline enum cf_status small_write(const struct small *small, cf_diag *diag)
{
    return small_write_until(small, 1 << 30, diag);
}

/* A folder for one test program; the working folder is moved there. */
static char small_folder_name[64];

static inline int small_remove(const char *path, const struct stat *is, int kind, struct FTW *where)
{
    (void)is, (void)kind, (void)where;
    return remove(path);
}

static inline int small_open_folder(void **state)
{
    (void)state;
    strcpy(small_folder_name, "/tmp/results-XXXXXX");
    return mkdtemp(small_folder_name) && chdir(small_folder_name) == 0 ? 0 : -1;
}

static inline int small_close_folder(void **state)
{
    (void)state;
    return chdir("/") < 0 ? -1 : nftw(small_folder_name, small_remove, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- files ---- */

static inline size_t small_slurp(const char *path, unsigned char **bytes)
{
    FILE *file = fopen(path, "rb");
    assert(file);
    *bytes = calloc(1, 1 << 22);
    assert(*bytes);
    size_t n = fread(*bytes, 1, 1 << 22, file);
    fclose(file);
    return n;
}

static inline void small_spill(const char *path, const void *bytes, size_t n)
{
    FILE *file = fopen(path, "wb");
    assert(file);
    size_t written = fwrite(bytes, 1, n, file);
    int closed = fclose(file);
    assert(written == n && closed == 0);
    (void)written, (void)closed;
}

static inline int small_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

/* Whether a message of a collection holds a text. */
static inline int small_said(const cf_diag *diag, const char *text)
{
    for (size_t k = 0; k < cf_diag_count(diag, CF_NOTICE); k++)
        if (strstr(cf_diag_message(diag, k).text, text))
            return 1;
    return 0;
}

#endif
