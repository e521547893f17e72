#ifndef CF_SELECT_KERNELS_H
#define CF_SELECT_KERNELS_H

#include "kernels/kernels.h"

/*
 * The kernels to use: those named ("v4", "v3", "generic"), or with NULL or "auto" those named in
 * the environment variable COHORTFLOW_KERNELS, or the best this processor runs. Equal bits
 * whichever it is. NULL when the name is unknown or the processor does not run them.
 */
const struct cf_kernels *cf_select_kernels(const char *name);

#endif
