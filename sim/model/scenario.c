#include "model/scenario.h"

/* In doubles, so that "without a first year" (INT_MIN) cannot overflow. */
double cf_ramp(int year, int open_year, int ramp_years)
{
    if (year < open_year)
        return 0;
    double r = ((double)year - open_year + 1) / (ramp_years > 1 ? ramp_years : 1);
    return r < 1 ? r : 1;
}
