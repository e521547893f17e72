#include "output/results_provenance.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

#ifndef CF_VERSION
#define CF_VERSION "unknown"
#endif

static const char open_licence[] = "Open Government Licence v3.0";
static const char open_attribution[] = "Contains public sector information licensed under the "
                                       "Open Government Licence v3.0.";

static void add_column(cf_h5 *h5, const char *path, const char *dim, size_t n,
                       const char *const *text)
{
    cf_h5_add(h5,
              &(struct cf_h5_shape){.path = path,
                                    .type = CF_H5_TEXT,
                                    .is_scale = dim == NULL,
                                    .n_dims = 1,
                                    .dim = {dim},
                                    .extent = {n}},
              text);
}

/* ---- files read ---- */

static int by_name(const void *a, const void *b)
{
    const struct cf_input_file *one = *(const struct cf_input_file *const *)a;
    const struct cf_input_file *other = *(const struct cf_input_file *const *)b;
    int order = strcmp(one->name, other->name);
    return order ? order : strcmp(one->sha256, other->sha256);
}

/* The files of all scenarios, each once, in order of name. */
static void add_files(const struct cf_results_plan *plan, cf_h5 *h5, struct cf_arena *arena)
{
    size_t n = 0, room = 0;
    for (int k = 0; k < plan->n_scenarios; k++)
        room += (size_t)plan->model[k]->n_files;
    const struct cf_input_file **file = CF_TAKE(arena, room, const struct cf_input_file *);
    const char **name = CF_TAKE(arena, room, const char *);
    const char **sha256 = CF_TAKE(arena, room, const char *);
    for (int k = 0; k < plan->n_scenarios; k++)
        for (int j = 0; j < plan->model[k]->n_files; j++)
            file[n++] = &plan->model[k]->file[j];
    qsort(file, n, sizeof *file, by_name);
    n = 0;
    for (size_t k = 0; k < room; k++) {
        if (k > 0 && by_name(&file[k - 1], &file[k]) == 0)
            continue;
        name[n] = file[k]->name;
        sha256[n++] = file[k]->sha256;
    }
    if (n == 0)
        return;
    add_column(h5, "/provenance/input_file", NULL, n, name);
    add_column(h5, "/provenance/input_sha256", "/provenance/input_file", n, sha256);
}

/* ---- sources of the tables ---- */

enum { SOURCE_COLUMNS = 8 };

static const char *const source_path[SOURCE_COLUMNS] = {
    "/provenance/source_table",         "/provenance/source_publisher", "/provenance/source_title",
    "/provenance/source_year",          "/provenance/source_licence",   "/provenance/source_nature",
    "/provenance/source_age_reference", "/provenance/source_note",
};

static const char *source_text(const struct cf_source *source, int column)
{
    const char *const text[SOURCE_COLUMNS] = {
        source->table,   source->publisher, source->title,         source->year,
        source->licence, source->nature,    source->age_reference, source->note};
    return text[column] ? text[column] : "";
}

static int same_source(const struct cf_source *a, const struct cf_source *b)
{
    for (int k = 0; k < SOURCE_COLUMNS; k++)
        if (!cf_text_same(source_text(a, k), source_text(b, k)))
            return 0;
    return 1;
}

/* The rows of all scenarios, each once, in order of first appearance. */
static size_t gather_sources(const struct cf_results_plan *plan, const struct cf_source **source)
{
    size_t n = 0;
    for (int k = 0; k < plan->n_scenarios; k++) {
        for (int j = 0; j < plan->model[k]->n_sources; j++) {
            size_t at = 0;
            while (at < n && !same_source(source[at], &plan->model[k]->source[j]))
                at++;
            if (at == n)
                source[n++] = &plan->model[k]->source[j];
        }
    }
    return n;
}

/* Returns whether any of them is under the Open Government Licence. */
static int add_sources(const struct cf_results_plan *plan, cf_h5 *h5, struct cf_arena *arena)
{
    size_t room = 0;
    int open = 0;
    for (int k = 0; k < plan->n_scenarios; k++)
        room += (size_t)plan->model[k]->n_sources;
    const struct cf_source **source = CF_TAKE(arena, room, const struct cf_source *);
    size_t n = gather_sources(plan, source);
    const char **text = CF_TAKE(arena, n, const char *);
    for (int column = 0; n > 0 && column < SOURCE_COLUMNS; column++) {
        for (size_t k = 0; k < n; k++)
            text[k] = source_text(source[k], column);
        add_column(h5, source_path[column], column ? source_path[0] : NULL, n, text);
    }
    for (size_t k = 0; k < n; k++) {
        const char *licence = source_text(source[k], 4);
        open |= strstr(licence, "OGL") || strcasestr(licence, "Open Government Licen");
    }
    return open;
}

/* ---- all of it ---- */

static const char *mode_of(const struct cf_model *model)
{
    return model->scenario.backcast ? "backcast" : "behavioural";
}

/* "behavioural", "backcast", or "mixed": then scenario_mode tells which is which. */
static const char *mode_of_all(const struct cf_results_plan *plan)
{
    for (int k = 1; k < plan->n_scenarios; k++)
        if (plan->model[k]->scenario.backcast != plan->model[0]->scenario.backcast)
            return "mixed";
    return mode_of(plan->model[0]);
}

static void add_root(const struct cf_results_plan *plan, cf_h5 *h5, int open)
{
    struct cf_text title = {0};
    cf_text_add(&title, "");
    for (int k = 0; k < plan->n_scenarios; k++) {
        const struct cf_scenario *scenario = &plan->model[k]->scenario;
        cf_text_format(&title, "%s%s", k ? "; " : "",
                       scenario->title && scenario->title[0] ? scenario->title : scenario->name);
    }
    cf_h5_put_text(h5, "/", "Conventions", "CF-1.8 ACDD-1.3");
    cf_h5_put_text(h5, "/", "title", title.data);
    cf_h5_put_text(h5, "/", "source", "cohortflow " CF_VERSION);
    cf_h5_put_text(h5, "/", "format_version", "1");
    cf_h5_put_text(h5, "/", "mode", mode_of_all(plan));
    cf_h5_put_text(h5, "/", "note", "projection, not a forecast");
    if (open) {
        cf_h5_put_text(h5, "/", "licence", open_licence);
        cf_h5_put_text(h5, "/", "attribution", open_attribution);
    }
    cf_text_free(&title);
}

void cf_results_provenance(const struct cf_results_plan *plan, cf_h5 *h5, struct cf_arena *arena)
{
    const char **resolved = CF_TAKE(arena, (size_t)plan->n_scenarios, const char *);
    for (int k = 0; k < plan->n_scenarios; k++)
        resolved[k] = plan->model[k]->scenario.resolved ? plan->model[k]->scenario.resolved : "";
    cf_h5_group(h5, "/provenance");
    cf_h5_put_text(h5, "/provenance", "version", CF_VERSION);
    cf_h5_put_text(h5, "/provenance", "hdf5_version", cf_h5_version());
    cf_h5_put_int(h5, "/provenance", "seed", plan->seed);
    const struct cf_design *design = &plan->model[0]->scenario.future.design;
    cf_h5_put_text(h5, "/provenance", "design", cf_design_names[design->kind]);
    if (design->kind != CF_DESIGN_NONE) {
        cf_h5_put_int(h5, "/provenance", "design_draws", design->draws);
        cf_h5_put_int(h5, "/provenance", "design_steps", design->steps);
    }
    add_column(h5, "/provenance/scenario_text", "/scenario", (size_t)plan->n_scenarios, resolved);
    const char **mode = CF_TAKE(arena, (size_t)plan->n_scenarios, const char *);
    for (int k = 0; k < plan->n_scenarios; k++)
        mode[k] = mode_of(plan->model[k]);
    add_column(h5, "/provenance/scenario_mode", "/scenario", (size_t)plan->n_scenarios, mode);
    add_files(plan, h5, arena);
    add_root(plan, h5, add_sources(plan, h5, arena));
}
