#include "calibrate/check.h"

#include "engine/placing.h"
#include "engine/select.h"
#include "engine/step.h"
#include "exec/batch.h"

/* More than this share of a route's demand unplaced in the base year says that audit, reach and
 * stock do not belong together. */
#define MOST_UNPLACED 0.02

static struct cf_at place_of(const struct cf_model *model)
{
    return (struct cf_at){.path = model->scenario.path};
}

/* Unplaced of the base year by route, against what its learners ask for. */
static void check_routes(const struct cf_worker *w, cf_diag *diag)
{
    const struct cf_placing *k = w->placing;
    const int A = w->e->A;
    for (int s = 0; s < w->e->S; s++) {
        double asked = 0, unplaced = 0;
        for (int i = 0; i < k->p->I; i++)
            for (int a = 0; a < A && k->p->line[i].route == s; a++) {
                asked += k->first_demand[VIEW2(i, a, A)][0];
                unplaced += k->unplaced[VIEW2(i, a, A)][0];
            }
        if (unplaced > MOST_UNPLACED * asked)
            cf_report(diag, CF_WARNING, "places.base-year", place_of(w->model),
                      "places, reach and base stock should describe one and the same year",
                      "%.1f%% of the learners of route '%s' find no place in the base year "
                      "(%.0f of %.0f): audit, reach and stock disagree",
                      100 * unplaced / asked, w->model->axis[CF_AXIS_STATUS].codes.name[s],
                      unplaced, asked);
    }
}

/* Changes that would take more places away than there are: they leave none, and are named once. */
static void check_cuts(struct cf_batch *batch, cf_diag *diag)
{
    const struct cf_model *model = batch->worker.model;
    const struct cf_provision *p = &model->provision;
    struct cf_inputs in;
    unsigned char *told = CF_TAKE(&batch->worker.arena, (size_t)p->n_offers, unsigned char);
    for (int y = 0; y < model->extent.Y; y++) {
        cf_bind_year(&batch->binding, y, &in);
        for (int c = 0; c < p->n_changes; c++) {
            const int o = p->change[c].offer, year = model->extent.base_year + y;
            double places = in.places[VIEW2(p->offer_line[o], p->offer_site[o], p->J)][0];
            for (int d = 0; d < p->n_changes; d++)
                if (p->change[d].offer == o)
                    places += p->change[d].places *
                              cf_ramp(year, p->change[d].open_year, p->change[d].ramp_years);
            if (places >= 0 || told[o])
                continue;
            told[o] = 1;
            cf_report(diag, CF_NOTICE, "changes.below-zero", p->change[c].at, NULL,
                      "places of '%s' would be %.9g in %d: there are none", p->offer_code[o],
                      places, year);
        }
    }
}

enum cf_status cf_check_places(const struct cf_model *model, cf_diag *diag)
{
    struct cf_batch batch;
    enum cf_status status = CF_OK;
    if (model->provision.I == 0)
        return CF_OK;
    cf_batch_init(&batch, model, cf_select_kernels(NULL));
    cf_bind_year(&batch.binding, 0, &batch.worker.inputs);
    cf_start(&batch.worker);
    if (batch.worker.trouble[0].status != CF_RUN_OK) {
        cf_report_trouble(model, &batch.worker.trouble[0], diag);
        status = batch.worker.trouble[0].of_inputs ? CF_BAD_INPUT : CF_BROKEN;
    } else {
        check_routes(&batch.worker, diag);
    }
    check_cuts(&batch, diag);
    cf_batch_free(&batch);
    return status;
}
