#ifndef TEST_SMALL_H
#define TEST_SMALL_H

/* What the kernels' tests share: lanes that differ by a known factor, so that a lane that read
 * its neighbour is found out. Lane k holds (k + 1) times the number written in the test. */
#include "support/check.h"

#include "engine/select.h"
#include "kernels/kernels.h"

#include <math.h>

static inline lanes counts(double x)
{
    lanes v;
    for (int k = 0; k < CF_LANES; k++)
        v[k] = x * (k + 1);
    return v;
}

/* Lane k must hold (k + 1) x. */
static inline void assert_counts(lanes v, double x)
{
    for (int k = 0; k < CF_LANES; k++)
        if (!(fabs(v[k] - x * (k + 1)) <= 1e-12 * (fabs(x) * (k + 1) + 1)))
            fail_msg("lane %d: %.17g instead of %.17g", k, v[k], x * (k + 1));
}

static inline const struct cf_kernels *kernels(void)
{
    return cf_select_kernels(NULL);
}

#endif
