#ifndef COHORTFLOW_RUN_H
#define COHORTFLOW_RUN_H

#include <cohortflow/model.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One run in memory: the central run of a scenario, and what it leaves. */
typedef struct cf_run cf_run;

#define CF_RUN_MOST_DIMS 6

/* A variable of a run: row-major, slowest dimension first, without the run. */
struct cf_run_variable {
    const char *name, *units, *long_name;
    int n_dims;
    const char *dim[CF_RUN_MOST_DIMS]; /* "year", "area", ... */
    int extent[CF_RUN_MOST_DIMS];
    const double *value; /* [product of the extents] */
};

/*
 * Open a run of a model, which must outlive it. kernels: "v4", "v3", "generic", or NULL for the
 * best that the processor runs (equal bits). CF_USAGE when they are unknown here. CF_BAD_INPUT
 * when the scenario's levers make inputs that cannot be run, reported. *run is NULL then.
 */
enum cf_status cf_run_open(const cf_model *model, const char *kernels, cf_run **run, cf_diag *diag);
void cf_run_close(cf_run *run);

/* Compute it, from the base year to the last. May be called again: same bits. CF_BROKEN when
 * persons were not conserved or a number is not finite, CF_BAD_INPUT when the inputs make the run
 * impossible (a target out of reach, a row of progression that somebody needs); reported. */
enum cf_status cf_run_compute(cf_run *run, cf_diag *diag);

/* A variable by name, its values those of the last cf_run_compute; 0 where there is none. */
int cf_run_variable(const cf_run *run, const char *name, struct cf_run_variable *variable);

#ifdef __cplusplus
}
#endif
#endif
