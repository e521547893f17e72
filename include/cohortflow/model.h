#ifndef COHORTFLOW_MODEL_H
#define COHORTFLOW_MODEL_H

#include <cohortflow/diag.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A loaded, validated place and scenario. Immutable: any number of threads may run it at once. */
typedef struct cf_model cf_model;

/*
 * Load a scenario file and its place. `set` holds n_set texts "path=value" that override settings
 * (NULL, 0: none). Every error of every file is in `diag` after one call. On CF_OK *model is the
 * caller's to close, else it is NULL.
 */
enum cf_status cf_model_open(const char *scenario_path, const char *const *set, int n_set,
                             cf_model **model, cf_diag *diag);
void cf_model_close(cf_model *model);

#ifdef __cplusplus
}
#endif
#endif
