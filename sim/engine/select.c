#include "engine/select.h"

#include <stdlib.h>
#include <string.h>

extern const struct cf_kernels cf_kernels_generic;

#ifdef CF_KERNELS_X86
extern const struct cf_kernels cf_kernels_v3, cf_kernels_v4;

static int runs_v3(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

static int runs_v4(void)
{
    return runs_v3() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
}
#endif

static int runs_always(void)
{
    return 1;
}

/* Best first. */
static const struct {
    const struct cf_kernels *kernels;
    int (*runs)(void);
} builds[] = {
#ifdef CF_KERNELS_X86
    {&cf_kernels_v4, runs_v4},
    {&cf_kernels_v3, runs_v3},
#endif
    {&cf_kernels_generic, runs_always},
};

const struct cf_kernels *cf_select_kernels(const char *name)
{
    if (!name || !strcmp(name, "auto"))
        name = getenv("COHORTFLOW_KERNELS");
    if (name && (!*name || !strcmp(name, "auto")))
        name = NULL;
    for (size_t i = 0; i < sizeof builds / sizeof *builds; i++)
        if ((!name || !strcmp(name, builds[i].kernels->build)) && builds[i].runs())
            return builds[i].kernels;
    return NULL;
}
