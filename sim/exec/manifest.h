#ifndef CF_MANIFEST_H
#define CF_MANIFEST_H

#include "base/digest.h"
#include "design/runs.h"
#include "model/model.h"
#include "model/series.h"

/*
 * What a set of runs is: everything that its records follow from. Two sets with the same manifest
 * leave the same records, whoever computes them; kernels, threads, shards, paths are not in it.
 */
struct cf_manifest_part {
    const char *name, *value; /* "scenario baseline", the SHA-256 of its settings */
};

struct cf_manifest {
    struct cf_arena arena;
    char hash[CF_DIGEST_HEX]; /* SHA-256 over the parts */
    int n_parts;
    struct cf_manifest_part *part;
    struct cf_runs runs;
    size_t length, draw_length; /* of records, in doubles */
    /* Where the inputs were read, so that they can be read again: not in the hash. */
    int n_scenarios, n_set;
    const char **scenario, **set; /* absolute paths; "path=value" */
};

/* What there is to know of a set of runs. */
struct cf_manifest_of {
    const struct cf_model *const *model; /* [runs.n_scenarios] */
    struct cf_runs runs;
    const struct cf_layout *layout;
    const char *const *set;
    int n_set;
};
void cf_manifest_init(struct cf_manifest *manifest, const struct cf_manifest_of *of);
void cf_manifest_free(struct cf_manifest *manifest);

#define CF_MANIFEST_FILE "manifest.json"

/*
 * Put it into a folder, complete or not at all, unless there is one already: then that one is left
 * alone, whatever it says. Several processes may do so at once. Returns 0 or an errno value.
 */
int cf_manifest_write(const struct cf_manifest *manifest, const char *folder);

/* Read the one of a folder. CF_BAD_INPUT, reported, where there is none or it is damaged; the
 * manifest is then not to be freed. */
enum cf_status cf_manifest_read(struct cf_manifest *manifest, const char *folder, cf_diag *diag);

/* The first part in which two differ, NULL where they are the same. */
const char *cf_manifest_difference(const struct cf_manifest *a, const struct cf_manifest *b);

#endif
