#include "calibrate/hindcast_parts.h"

#include <math.h>

/* Of the draws that fail more than this is an error: the failed are the crowded ones. */
static const double most_failed = 0.01;

/* Draws that are laid out to learn about entries are no sample of futures. */
static enum cf_status check_design(const struct cf_hindcast *h)
{
    const struct cf_future *f = &h->model->scenario.future;
    const enum cf_design_kind kind = f->design.kind;
    if (cf_future_points(f) > 1) {
        cf_report(h->diag, CF_ERROR, "hindcast.sweep", f->sweep[0].at,
                  "sweep = ( ); in a scenario that extends it",
                  "the scenario is a sweep, and one projection is scored");
        return CF_BAD_INPUT;
    }
    if (kind != CF_DESIGN_MORRIS && kind != CF_DESIGN_SALTELLI && kind != CF_DESIGN_GRID)
        return CF_OK;
    cf_report(h->diag, CF_ERROR, "hindcast.design", f->design.at, "montecarlo, lhs or sobol",
              "draws of kind %s are no sample of futures, and bands are scored",
              cf_design_names[kind]);
    return CF_BAD_INPUT;
}

/* A fit that saw years after the base knows more than anybody did then. */
static void warn_of_late_fits(const struct cf_hindcast *h)
{
    const struct cf_scenario *s = &h->model->scenario;
    for (int k = 0; k < s->n_fitted; k++)
        if (s->fitted[k].last > s->base_year)
            cf_report(
                h->diag, CF_WARNING, "hindcast.late-fit", s->fitted[k].at, NULL,
                "'%s' was fitted to years up to %d, after base_year %d: nobody knew them then",
                cf_field_specs[s->fitted[k].field].name, s->fitted[k].last, s->base_year);
}

enum cf_status cf_hindcast_judge(const struct cf_hindcast *h)
{
    const int all = h->n_draws + h->n_failed;
    if ((double)h->n_failed <= most_failed * (double)all)
        return CF_OK;
    cf_report(h->diag, CF_ERROR, "hindcast.many-failed", (struct cf_at){0},
              "what is left leans to one side", "%d of %d draws failed, more than 1%%", h->n_failed,
              all);
    return CF_BROKEN;
}

enum cf_status cf_hindcast_table(struct cf_table *table, const struct cf_model *model,
                                 const struct cf_hindcast_query *query, cf_diag *diag)
{
    *table = (struct cf_table){.title = "Hindcast: what was projected beside what came out"};
    cf_arena_init(&table->arena);
    struct cf_hindcast h = {
        .arena = &table->arena, .model = model, .kept = *model, .query = query, .diag = diag};
    enum cf_status status = check_design(&h);
    if (status == CF_OK)
        status = cf_hindcast_bind(&h);
    if (status == CF_OK)
        status = cf_hindcast_runs(&h);
    if (status != CF_OK) {
        cf_table_free(table);
        *table = (struct cf_table){0};
        return status;
    }
    warn_of_late_fits(&h);
    cf_hindcast_fill(&h, table);
    return cf_hindcast_judge(&h);
}
