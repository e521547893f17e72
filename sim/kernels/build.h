#ifndef CF_KERNELS_BUILD_H
#define CF_KERNELS_BUILD_H

#include "kernels/kernels.h"

/* A kernel's own name in the build at hand: cf_age_generic, cf_age_v3, cf_age_v4. */
#define CF_PASTE_(name, build) cf_##name##_##build
#define CF_PASTE(name, build) CF_PASTE_(name, build)
#define CF_K(name) CF_PASTE(name, CF_BUILD)
#define CF_TEXT_(build) #build
#define CF_TEXT(build) CF_TEXT_(build)

#define KERNEL(name, parameters) void CF_K(name) parameters;
#include "kernels/kernels.def"
extern const struct cf_kernels CF_K(kernels);

/*
 * A heavy field, the same in all runs of a batch (narrow) or eight runs wide. A kernel that reads
 * one has a single body with `wide` a constant of the call, and so two loops with equal bits.
 */
static inline lanes cf_heavy(const double *narrow, const lanes *wide, int is_wide, size_t i)
{
    return is_wide ? wide[i] : lanes_of(narrow[i]);
}

/* Sum of a row of cells. Four running sums keep the adders busy; their order is fixed. */
static inline lanes cf_row_sum(const lanes *row, int width)
{
    lanes sum[4] = {{0}, {0}, {0}, {0}};
    int c = 0;
    for (; c + 4 <= width; c += 4) {
        sum[0] += row[c];
        sum[1] += row[c + 1];
        sum[2] += row[c + 2];
        sum[3] += row[c + 3];
    }
    for (; c < width; c++)
        sum[0] += row[c];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

#endif
