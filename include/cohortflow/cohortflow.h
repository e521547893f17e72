#ifndef COHORTFLOW_H
#define COHORTFLOW_H

/* Cohortflow as a library: load a scenario, run it, read results files. */
#include <cohortflow/diag.h>
#include <cohortflow/model.h>
#include <cohortflow/results.h>
#include <cohortflow/run.h>
#include <cohortflow/status.h>

#endif
