#include "model/target.h"

#include "base/numeric.h"

/*
 *   linear     v0 + (v1 - v0) (t - t0) / (t1 - t0)
 *   geometric  v0 (v1 / v0)^((t - t0) / (t1 - t0))
 */
double cf_target_share(const struct cf_target *target, int base_year, double start, int year)
{
    double from = start;
    int since = base_year;
    for (int k = 0; k < target->n_knots; k++) {
        const struct cf_knot *knot = &target->knot[k];
        if (year >= knot->year) {
            from = knot->value;
            since = knot->year;
            continue;
        }
        const double part = (double)(year - since) / (knot->year - since);
        if (knot->geometric && from > 0)
            return from * cf_exp(part * cf_log(knot->value / from));
        return from + part * (knot->value - from);
    }
    return from;
}
