#include "design/draw_apply.h"

#include "design/lever.h"

/* Whether an entry differs from year to year: by noise, or because it names years. */
static int entry_moves(const struct cf_uncertain *entry)
{
    return entry->ar1 == entry->ar1 || cf_field_yearly(entry->field);
}

int cf_future_moves(const struct cf_model *model, enum cf_field_id field)
{
    const struct cf_future *f = &model->scenario.future;
    int moves = 0;
    for (int k = 0; k < f->n_uncertain; k++)
        moves |= f->uncertain[k].field == field && entry_moves(&f->uncertain[k]);
    for (int k = 0; k < f->n_risks; k++)
        moves |= cf_risk_touches(&f->risk[k], field);
    for (int k = 0; k < f->n_sweeps; k++)
        moves |= f->sweep[k].field == field && cf_field_yearly(field);
    return moves;
}

int cf_future_members(const struct cf_model *model)
{
    int most = 1;
    for (int k = 0; k < model->scenario.future.n_uncertain; k++) {
        const int n = cf_draw_members(model, k);
        most = n > most ? n : most;
    }
    return most;
}

/* Whether a selection on a field means the year. */
static int in_year(enum cf_field_id field, const struct cf_selection *where, int y)
{
    return !cf_field_yearly(field) || where[0].member[y];
}

/* The values of a sweep point: its number in the base of the dimensions, the last fastest. */
static void apply_sweep(const struct cf_model *model, int point, enum cf_field_id field, int y,
                        double *value)
{
    const struct cf_future *f = &model->scenario.future;
    int step[f->n_sweeps > 0 ? f->n_sweeps : 1];
    for (int k = f->n_sweeps - 1; k >= 0; k--) {
        step[k] = point % f->sweep[k].n;
        point /= f->sweep[k].n;
    }
    for (int k = 0; k < f->n_sweeps; k++) {
        const struct cf_sweep_dim *dim = &f->sweep[k];
        if (dim->field == field && in_year(field, dim->where, y))
            cf_pull_cells(model,
                          &(struct cf_pull){.field = field,
                                            .op = dim->op,
                                            .where = dim->where,
                                            .r = 1,
                                            .value = &dim->value[step[k]]},
                          y, value);
    }
}

static void apply_entries(const struct cf_model *model, const struct cf_draws *draws, int draw,
                          enum cf_field_id field, int y, double *room, double *value)
{
    const struct cf_future *f = &model->scenario.future;
    for (int k = 0; k < f->n_uncertain; k++) {
        const struct cf_uncertain *entry = &f->uncertain[k];
        if (entry->field != field || !in_year(field, entry->where, y))
            continue;
        cf_draw_values(draws, draw, k, y, room);
        cf_pull_cells(model,
                      &(struct cf_pull){.field = field,
                                        .op = entry->op,
                                        .where = entry->where,
                                        .by = entry->by,
                                        .r = 1,
                                        .value = room},
                      y, value);
    }
}

static void apply_risks(const struct cf_model *model, const struct cf_draws *draws, int draw,
                        enum cf_field_id field, int y, double *value)
{
    const struct cf_future *f = &model->scenario.future;
    const int year = model->extent.base_year + y;
    for (int k = 0; k < f->n_risks; k++) {
        const struct cf_risk *risk = &f->risk[k];
        const int onset = cf_draw_onset(draws, draw, k, risk->is_mitigated);
        if (onset < 0 || year < onset || year >= onset + risk->duration)
            continue;
        const double r = risk->is_mitigated && risk->has_mitigation ? risk->mitigated_scale : 1;
        for (int j = 0; j < risk->n_levers; j++) {
            const struct cf_lever *lever = &risk->lever[j];
            if (lever->field == field && in_year(field, lever->where, y))
                cf_pull_cells(model,
                              &(struct cf_pull){.field = field,
                                                .op = lever->op,
                                                .where = lever->where,
                                                .r = r,
                                                .value = &lever->value},
                              y, value);
        }
    }
}

void cf_apply_future(const struct cf_model *model, const struct cf_draws *draws, int point,
                     int draw, enum cf_field_id field, int y, double *room, double *value)
{
    struct cf_lever_effect effect = {0};
    apply_sweep(model, point, field, y, value);
    apply_entries(model, draws, draw, field, y, room, value);
    apply_risks(model, draws, draw, field, y, value);
    cf_settle_cells(model, field, value, &effect);
}
