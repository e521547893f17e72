#ifndef CF_RESULTS_WRITE_H
#define CF_RESULTS_WRITE_H

#include "exec/sink.h"
#include "model/model.h"

/* What a results file will hold. */
struct cf_results_plan {
    const char *path;                    /* final name */
    const struct cf_model *const *model; /* [n_scenarios], same axes, years and ages */
    int n_scenarios;
    const struct cf_layout *layout;
    int n_points; /* sweep points a scenario, 1 without a sweep */
    int n_draws;  /* R: draws a point, 0 without a design */
    long long seed;
    size_t in_memory; /* files of up to this many bytes are made in memory and
                         then written at once; 0: CF_RESULTS_IN_MEMORY */
};
#define CF_RESULTS_IN_MEMORY ((size_t)256 << 20)

/* What differs from run to run and machine to machine: kept beside the file, in <path>.json. */
struct cf_results_circumstances {
    double seconds; /* of computing */
    int threads;
    const char *kernels; /* which build of the kernels */
    const char *command; /* as typed */
};

typedef struct cf_results_writer cf_results_writer;

/* Bytes of the results file, at most: as if nothing could be compressed; and at least: what is kept
 * of draws. */
size_t cf_results_bytes(const struct cf_results_plan *plan);
size_t cf_results_least(const struct cf_results_plan *plan);
/*
 * About how many it will be, judged by the record of a central run: what is kept of draws is not
 * compressed and known, the rest is taken to compress like this run. CF_INTERNAL or CF_IO,
 * reported.
 */
enum cf_status cf_results_estimate(const struct cf_results_plan *plan, const double *central,
                                   size_t *bytes, cf_diag *diag);

/*
 * Begin a results file. Nothing appears under the final name before cf_results_commit. Clears the
 * litter that a killed run left for the same name. CF_CANNOT_CREATE where it cannot be made there
 * (no such folder, a directory of that name, no permission, another run is writing it), reported.
 */
enum cf_status cf_results_begin(const struct cf_results_plan *plan, cf_results_writer **writer,
                                cf_diag *diag);
/* A sink that keeps what is put into it; records in order of run number. */
struct cf_sink cf_results_sink(cf_results_writer *writer);
/* Finish, verify, and put the file under its final name; then the sidecar. Frees the writer in
 * every case; on failure nothing is left behind and what stood under the name is unchanged. */
enum cf_status cf_results_commit(cf_results_writer *writer,
                                 const struct cf_results_circumstances *circumstances,
                                 cf_diag *diag);
/* Give up: remove what was begun and free the writer. NULL is fine. */
void cf_results_abandon(cf_results_writer *writer);

#endif
