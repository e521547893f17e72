#ifndef CF_SIDECAR_H
#define CF_SIDECAR_H

#include "base/diag.h"
#include "base/digest.h"
#include "output/results_write.h"

/*
 * <path>.json beside a results file: what differs from run to run and machine to machine, and the
 * SHA-256 of the file. Writing it may fail without harm: a warning.
 */
struct cf_sidecar {
    const char *path; /* of the results file */
    const char *file_sha256, *content_sha256;
    unsigned long long bytes;
    const struct cf_results_circumstances *circumstances;
};
void cf_sidecar_write(const struct cf_sidecar *sidecar, cf_diag *diag);

/* CF_BROKEN, reported, where a sidecar names another SHA-256 than the file has. */
enum cf_status cf_sidecar_check(const char *path, cf_diag *diag);

/* Remove what a killed run left of one. */
void cf_sidecar_clear(const char *path);
/* Remove the sidecar of a results file that is about to be replaced: it would not fit the new one.
 */
void cf_sidecar_remove(const char *path);

#endif
