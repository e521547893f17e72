#ifndef CF_LOAD_H
#define CF_LOAD_H

#include "input/config.h"
#include "model/model.h"

/*
 * Load a scenario and its place into a validated model. Every error of every file is reported in
 * one pass; CF_BAD_INPUT then, and the model may only be freed.
 */
enum cf_status cf_load_model(struct cf_model *model, const char *scenario_path,
                             const char *const *set, int n_set, cf_diag *diag);
/* The same with one table read from another file, whether or not the place has it, or with other
 * actions than the scenario's: those are tried, whether or not they can be done together. */
struct cf_instead {
    enum cf_field_id field;
    const char *path;               /* NULL: no table */
    const struct cf_action *action; /* NULL: the scenario's */
    int n_actions;
};
enum cf_status cf_load_model_instead(struct cf_model *model, const char *scenario_path,
                                     const char *const *set, int n_set,
                                     const struct cf_instead *instead, cf_diag *diag);
void cf_free_model(struct cf_model *model);

/* The parts of loading, in order. Each reports what is wrong and goes on as far as it can. */

/* Years, ages, place, plain settings: what the axes and tables are read against; every key of the
 * scenario and its `tables` that is unknown or of the wrong type. Settings that are missing are
 * cf_require_settings's to report. `ready` is 0 when years or ages are unusable; tables are then
 * read but not filled. */
void cf_load_settings(struct cf_model *model, const struct cf_config *config, int *ready,
                      cf_diag *diag);
/* axes/ *.csv, the axes of years and ages, the derived axes, and, when `ready` and the axes are
 * whole, model->extent: its last_x is NULL where it could not be filled. */
void cf_load_axes(struct cf_model *model, int ready, cf_diag *diag);
/* Settings that name members: protected groups, exempt level, duty_default, ages. */
void cf_load_members(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* Levers, then what is said of futures: uncertain entries, risks, design, sweep, retain. */
void cf_load_levers(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_future(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* The sites a scenario closes. */
void cf_load_closures(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* The years that a scenario was fitted to. */
void cf_load_fitted(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* What a partnership decides with: options.csv, budget.csv, criteria.csv, and the settings
 * `planning` and `actions`; the levers that actions are come behind the others. */
void cf_load_decision(struct cf_model *model, const struct cf_config *config,
                      const struct cf_instead *instead, cf_diag *diag);
/* The places that actions bring and take, as changes behind those of changes.csv. */
void cf_place_actions(struct cf_model *model);
/* Mode and targets of a back-cast. */
void cf_load_targets(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
/* Indicators, then benchmark.csv, which names them. */
void cf_load_indicators(struct cf_model *model, const struct cf_config *config, cf_diag *diag);
void cf_load_benchmark(struct cf_model *model, cf_diag *diag);
/* sources.csv, tables/ *.csv, parameters.csv, split.csv. */
void cf_load_sources(struct cf_model *model, cf_diag *diag);
void cf_load_fields(struct cf_model *model, int ready, cf_diag *diag);
/* What is provided, where, from when on: changes.csv, minutes from coordinates, equal line shares,
 * and what must hold between these tables. After the levers and fields, of a `ready` model. */
void cf_load_provision(struct cf_model *model, int ready, cf_diag *diag);

/* The name of a file for the provenance: its path within the place, its name alone where it lies
 * elsewhere. Where it lies may not show: equal inputs give equal bytes. */
const char *cf_model_file_name(struct cf_model *model, const char *path);
/* Remember a file that was read, for the provenance. */
void cf_model_read_file(struct cf_model *model, const char *name, const char *sha256);

#endif
