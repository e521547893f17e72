#ifndef CF_MODEL_INTERNAL_H
#define CF_MODEL_INTERNAL_H

#include "base/digest.h"
#include "model/extent.h"
#include "model/provision.h"
#include "model/scenario.h"

/* A file that was read, as named in the provenance: relative to the scenario's place, its name
 * alone where it lies elsewhere. */
struct cf_input_file {
    const char *name;
    char sha256[CF_DIGEST_HEX];
};

/* A row of sources.csv. */
enum cf_nature { CF_NATURE_UNKNOWN, CF_NATURE_REAL, CF_NATURE_ESTIMATED, CF_NATURE_ILLUSTRATIVE };
struct cf_source {
    const char *table, *publisher, *title, *year, *licence, *nature, *age_reference, *note;
};

/*
 * A validated place and scenario: immutable after loading. Everything lives in `arena`.
 */
struct cf_model {
    struct cf_arena arena;
    struct cf_scenario scenario;
    struct cf_axis axis[CF_N_AXES];
    struct cf_extent extent;
    struct cf_field field[CF_N_FIELDS];
    struct cf_provision provision;
    int n_sources;
    struct cf_source *source;
    int n_files;
    struct cf_input_file *file; /* every file read, in order of name */
};

/* Index of the source row of a table, or -1. */
int cf_model_source(const struct cf_model *model, const char *table);

#endif
