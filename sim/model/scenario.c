#include "model/scenario.h"

/* In doubles, so that "without a first year" (INT_MIN) cannot overflow. */
double cf_ramp(int year, int open_year, int ramp_years)
{
    if (year < open_year)
        return 0;
    double r = ((double)year - open_year + 1) / (ramp_years > 1 ? ramp_years : 1);
    return r < 1 ? r : 1;
}

static int pull_of_lever(const struct cf_lever *lever, struct cf_pull_spec *pull)
{
    *pull = (struct cf_pull_spec){lever->field, lever->where, lever->by_code};
    return 1;
}

int cf_pull_spec_find(const struct cf_scenario *scenario, int k, struct cf_pull_spec *pull)
{
    const struct cf_future *f = &scenario->future;
    if (k < scenario->n_levers)
        return pull_of_lever(&scenario->lever[k], pull);
    k -= scenario->n_levers;
    for (int i = 0; i < f->n_risks; i++) {
        if (k < f->risk[i].n_levers)
            return pull_of_lever(&f->risk[i].lever[k], pull);
        k -= f->risk[i].n_levers;
    }
    if (k < f->n_uncertain) {
        const struct cf_uncertain *u = &f->uncertain[k];
        *pull = (struct cf_pull_spec){u->field, u->where, u->by_code};
        return 1;
    }
    k -= f->n_uncertain;
    if (k >= f->n_sweeps)
        return 0;
    const struct cf_sweep_dim *d = &f->sweep[k];
    *pull = (struct cf_pull_spec){d->field, d->where, d->by_code};
    return 1;
}
