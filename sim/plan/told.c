#include "plan/told.h"

#include <math.h>

const char *cf_chance_told(struct cf_arena *arena, double p, double se)
{
    if (isnan(p))
        return "-";
    const double percent = 100 * p;
    const char *chance = p > 0 && percent < 1    ? "<1%"
                         : p < 1 && percent > 99 ? ">99%"
                                                 : cf_arena_format(arena, "%.0f%%", percent);
    return se > 0 ? cf_arena_format(arena, "%s \xc2\xb1%.*f", chance, se < 0.01 ? 1 : 0, 100 * se)
                  : chance;
}
