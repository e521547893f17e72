#ifndef CF_SWEEP_H
#define CF_SWEEP_H

#include "engine/run.h"
#include "exec/sink.h"

/* Runs to be done: every scenario's central run. */
struct cf_sweep {
    const struct cf_model *const *model; /* [n_scenarios] */
    int n_scenarios;
    const struct cf_layout *layout;
    const struct cf_kernels *kernels;
    int threads;
};

/* What came of it, for the exit code and the sidecar. */
struct cf_sweep_outcome {
    int n_runs, n_failed;
};

/*
 * Do the runs and put their records into the sink in order of run number; records are the same
 * whatever the threads. A run that fails is reported (year, area, process) and put with its
 * status; a central run that fails ends the sweep, with CF_BAD_INPUT where the inputs themselves
 * make it impossible. CF_OK, CF_BROKEN when a central run or more than 1% of all failed, or what
 * the sink returned.
 */
enum cf_status cf_do_sweep(const struct cf_sweep *sweep, const struct cf_sink *sink,
                           struct cf_sweep_outcome *outcome, cf_diag *diag);

#endif
