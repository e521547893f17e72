#include "model/future.h"

#include "model/scenario.h"

const char *const cf_design_names[CF_N_DESIGNS] = {"none",   "montecarlo", "lhs",  "sobol",
                                                   "morris", "saltelli",   "grid", "file"};

static int power(int base, int exponent)
{
    int n = 1;
    for (int k = 0; k < exponent; k++)
        n *= base;
    return n;
}

int cf_future_draws(const struct cf_future *f)
{
    const struct cf_design *d = &f->design;
    switch (d->kind) {
    case CF_DESIGN_MORRIS:
        return d->draws * (f->n_uncertain + 1);
    case CF_DESIGN_SALTELLI:
        return d->draws * (f->n_uncertain + 2);
    case CF_DESIGN_GRID:
        return f->n_uncertain > 0 ? power(d->steps, f->n_uncertain) : 0;
    case CF_DESIGN_FILE:
        return d->n_rows;
    case CF_DESIGN_NONE:
        return 0;
    default:
        return d->draws;
    }
}

int cf_future_points(const struct cf_future *f)
{
    int n = 1;
    for (int k = 0; k < f->n_sweeps; k++)
        n *= f->sweep[k].n;
    return n;
}

int cf_risk_touches(const struct cf_risk *risk, enum cf_field_id field)
{
    for (int k = 0; k < risk->n_levers; k++)
        if (risk->lever[k].field == field)
            return 1;
    return 0;
}

int cf_future_touches(const struct cf_future *f, enum cf_field_id field)
{
    int touches = 0;
    for (int k = 0; k < f->n_uncertain; k++)
        touches |= f->uncertain[k].field == field;
    for (int k = 0; k < f->n_risks; k++)
        touches |= cf_risk_touches(&f->risk[k], field);
    for (int k = 0; k < f->n_sweeps; k++)
        touches |= f->sweep[k].field == field;
    return touches;
}
