#include "input/load.h"

#include "base/text.h"
#include "input/settings.h"

#include <stdlib.h>
#include <string.h>

/* The room doubles whenever the number of files is a power of two, so that no count of it is
 * kept. */
void cf_model_read_file(struct cf_model *model, const char *name, const char *sha256)
{
    int n = model->n_files;
    for (int k = 0; k < n; k++)
        if (cf_text_same(model->file[k].name, name) && cf_text_same(model->file[k].sha256, sha256))
            return;
    if ((n & (n - 1)) == 0) {
        size_t room = n > 0 ? 2 * (size_t)n : 1;
        struct cf_input_file *more = CF_TAKE(&model->arena, room, struct cf_input_file);
        if (n > 0)
            memcpy(more, model->file, (size_t)n * sizeof *more);
        model->file = more;
    }
    struct cf_input_file *file = &model->file[model->n_files++];
    file->name = cf_arena_copy(&model->arena, name);
    snprintf(file->sha256, sizeof file->sha256, "%s", sha256);
}

const char *cf_model_file_name(struct cf_model *model, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    char *place = realpath(model->scenario.place, NULL), *file = realpath(path, NULL);
    const size_t length = place != NULL ? strlen(place) : 0;
    if (place != NULL && file != NULL && cf_text_starts(file, place) && file[length] == '/')
        name = cf_arena_copy(&model->arena, file + length + 1);
    free(place);
    free(file);
    return name;
}

static int by_name(const void *a, const void *b)
{
    const struct cf_input_file *one = a, *other = b;
    const int order = strcmp(one->name, other->name);
    return order != 0 ? order : strcmp(one->sha256, other->sha256);
}

static void list_files(struct cf_model *model, const struct cf_config *config)
{
    for (int k = 0; k < config->n_files; k++)
        cf_model_read_file(model, cf_model_file_name(model, config->file[k].path),
                           config->file[k].sha256);
    if (model->n_files > 1)
        qsort(model->file, (size_t)model->n_files, sizeof *model->file, by_name);
}

enum cf_status cf_load_model(struct cf_model *model, const char *scenario_path,
                             const char *const *set, int n_set, cf_diag *diag)
{
    return cf_load_model_instead(model, scenario_path, set, n_set, NULL, diag);
}

enum cf_status cf_load_model_instead(struct cf_model *model, const char *scenario_path,
                                     const char *const *set, int n_set,
                                     const struct cf_instead *instead, cf_diag *diag)
{
    struct cf_config config = {0};
    int ready = 0;
    /* Whether there are errors is asked of the collection, so there must be one. */
    cf_diag *own = diag == NULL ? cf_diag_open() : NULL, *to = own != NULL ? own : diag;
    size_t before = cf_diag_count(to, CF_ERROR);
    memset(model, 0, sizeof *model);
    cf_arena_init(&model->arena);
    enum cf_status read = cf_config_load(&model->arena, scenario_path, set, n_set, &config, to);
    if (config.n_files > 0) {
        /* What is missing can only be told when all was read. */
        if (read == CF_OK)
            cf_require_settings(config.root, CF_SCOPE_TOP, "", (struct cf_at){config.path, 0, 0},
                                to);
        cf_load_settings(model, &config, &ready, to);
        if (instead != NULL && instead->path != NULL)
            model->scenario.instead[instead->field] = cf_arena_copy(&model->arena, instead->path);
        cf_load_axes(model, ready, to);
        cf_load_members(model, &config, to);
        cf_load_levers(model, &config, to);
        cf_load_future(model, &config, to);
        cf_load_closures(model, &config, to);
        cf_load_fitted(model, &config, to);
        cf_load_decision(model, &config, instead, to);
        cf_load_targets(model, &config, to);
        cf_load_indicators(model, &config, to);
        /* A place that is none has been reported; its tables would all be missing too. */
        if (cf_is_folder(model->scenario.place)) {
            cf_load_benchmark(model, to);
            cf_load_sources(model, to);
            cf_load_fields(model, ready && model->extent.last_x != NULL, to);
            cf_load_provision(model, ready && model->extent.last_x != NULL, to);
        }
        list_files(model, &config);
    }
    enum cf_status status = cf_diag_count(to, CF_ERROR) > before ? CF_BAD_INPUT : read;
    cf_diag_close(own);
    return status;
}

void cf_free_model(struct cf_model *model)
{
    cf_arena_free(&model->arena);
    memset(model, 0, sizeof *model);
}
