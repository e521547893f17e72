#include "cli/compared.h"

#include "input/config_flat.h"

#include <string.h>

enum cf_status cf_open_compared(struct cf_compared *file, const char *path, struct cf_arena *arena,
                                cf_diag *diag)
{
    *file = (struct cf_compared){0};
    enum cf_status status = cf_results_open(path, &file->results, diag);
    if (status != CF_OK)
        return status;
    const struct cf_results_dim *scenario = cf_results_dim(file->results, "scenario");
    struct cf_flat_settings *settings = CF_TAKE(arena, scenario->n, struct cf_flat_settings);
    size_t n;
    const char *const *text = cf_results_list(file->results, "scenario_text", &n);
    file->settings = settings;
    for (size_t k = 0; status == CF_OK && k < scenario->n && k < n; k++) {
        struct cf_config config;
        const struct cf_config_text of = {
            .path = cf_arena_format(arena, "%s, scenario %s", path, scenario->code[k]),
            .bytes = text[k],
            .length = strlen(text[k])};
        status = cf_config_read_text(arena, &of, NULL, 0, &config, diag);
        if (status == CF_OK)
            cf_config_flatten(arena, config.root, &settings[k]);
    }
    return status;
}
