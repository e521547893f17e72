#include "design/bind.h"
#include "design/lever.h"
#include "model/view.h"

#include <string.h>

/* Where the first lever on the field stands. */
static struct cf_at first_lever(const struct cf_model *model, enum cf_field_id f)
{
    for (int i = 0; i < model->scenario.n_levers; i++)
        if (model->scenario.lever[i].field == f)
            return model->scenario.lever[i].at;
    return (struct cf_at){.path = model->scenario.path};
}

/* One year of a field with its levers. */
static const double *levered(const struct cf_model *model, enum cf_field_id f, int y,
                             struct cf_arena *arena)
{
    const struct cf_field *field = &model->field[f];
    double *value = CF_TAKE(arena, field->size, double);
    memcpy(value, cf_field_year(field, y), field->size * sizeof *value);
    cf_apply_levers(model, f, y, value);
    return value;
}

/* Whether somebody comes to first_age in an area and year: a row gives the entrants (0 too), or
 * entrants, external or new homes bring somebody. */
static int arrive(const struct cf_model *model, int y, int a, const double *const *value)
{
    const struct cf_extent *e = &model->extent;
    const struct cf_field *field = &model->field[CF_FIELD_entrants];
    if (value[2][a] * value[3][0] > 0)
        return 1;
    for (int g = 0; g < e->G; g++) {
        const size_t ag = VIEW2(a, g, e->G);
        if (value[0][ag] > 0 || value[1][VIEW2(ag, 0, e->X)] > 0)
            return 1;
        if (field->line && field->line[(size_t)y * field->size + ag] != 0)
            return 1;
    }
    return 0;
}

/* Years in which nobody would come to first_age, where levers act on those who come: the table
 * alone does not tell. An area is named once, with its first such year. */
static void check_arrivals(const struct cf_model *model, cf_diag *diag)
{
    static const enum cf_field_id come[] = {CF_FIELD_entrants, CF_FIELD_external,
                                            CF_FIELD_dwellings, CF_FIELD_child_yield};
    const double *value[4];
    struct cf_arena arena;
    int levers = 0, with = 0;
    for (int k = 0; k < 4; k++)
        if (cf_levers_pull(model, come[k])) {
            levers = 1;
            with = k;
        }
    cf_arena_init(&arena);
    unsigned char *told = CF_TAKE(&arena, (size_t)model->extent.A, unsigned char);
    for (int y = 1; levers && y < model->extent.Y; y++) {
        for (int k = 0; k < 4; k++)
            value[k] = levered(model, come[k], y, &arena);
        for (int a = 0; a < model->extent.A; a++)
            if (!told[a] && !arrive(model, y, a, value)) {
                told[a] = 1;
                cf_report(diag, CF_ERROR, "entrants.missing", first_lever(model, come[with]), NULL,
                          "no entrants in area '%s' in %d, neither from the tables nor by a lever",
                          model->axis[CF_AXIS_AREA].codes.name[a], model->extent.base_year + y);
            }
    }
    cf_arena_free(&arena);
}

/* Nobody may be sent to a group that is not followed at that age, by a lever either. */
static void check_regroup(const struct cf_model *model, const double *value, cf_diag *diag)
{
    const struct cf_extent *e = &model->extent;
    for (int g = 0; g < e->G; g++)
        for (int x = 0; x <= e->last_x[g]; x++)
            for (int to = 0; to < e->G; to++)
                if (x > e->last_x[to] && value[VIEW3(g, x, e->X, to, e->G)] > 0) {
                    cf_report(diag, CF_ERROR, "lever.regroup", first_lever(model, CF_FIELD_regroup),
                              NULL,
                              "levers on 'regroup' send group '%s' at age %d to group '%s', which "
                              "is not followed at that age",
                              model->axis[CF_AXIS_GROUP].codes.name[g], e->first_age + x,
                              model->axis[CF_AXIS_GROUP].codes.name[to]);
                    return;
                }
}

/* Light fields that the base year reads as well: drivers, and what places its people. */
static int in_base_year(enum cf_field_id f)
{
    static const enum cf_field_id read[] = {
        CF_FIELD_driver, CF_FIELD_places,    CF_FIELD_line_share,    CF_FIELD_outside,
        CF_FIELD_beta,   CF_FIELD_reach,     CF_FIELD_border,        CF_FIELD_collaboration,
        CF_FIELD_alpha,  CF_FIELD_good_pull, CF_FIELD_minutes_per_km};
    for (size_t i = 0; i < sizeof read / sizeof *read; i++)
        if (read[i] == f)
            return 1;
    return 0;
}

/* Whether a year of the field is read at all. */
static int is_read(enum cf_field_id f, int y)
{
    const enum cf_field_use use = cf_field_specs[f].use;
    if (use == CF_USE_SETUP)
        return y == 0;
    return y > 0 || use != CF_USE_LIGHT || in_base_year(f);
}

static void check_field(const struct cf_model *model, enum cf_field_id f, struct cf_arena *arena,
                        cf_diag *diag)
{
    const struct cf_field *field = &model->field[f];
    const struct cf_at at = first_lever(model, f);
    double *value = CF_TAKE(arena, field->size, double);
    struct cf_lever_effect sum = {0};
    for (int y = 0; y < model->extent.Y; y++) {
        if (!is_read(f, y))
            continue;
        memcpy(value, cf_field_year(field, y), field->size * sizeof *value);
        const struct cf_lever_effect effect = cf_apply_levers(model, f, y, value);
        sum.touched |= effect.touched;
        sum.n_rescaled += effect.n_rescaled;
        sum.n_clamped += effect.n_clamped;
        /* Rows of progression may be empty where nobody stands: calibrate/occupancy.c walks. */
        sum.n_zero_rows += f == CF_FIELD_progression ? 0 : effect.n_zero_rows;
        if (effect.touched && f == CF_FIELD_regroup)
            check_regroup(model, value, diag);
    }
    const char *name = cf_field_specs[f].name;
    if (sum.n_rescaled)
        cf_report(diag, CF_NOTICE, "lever.rescaled", at, NULL,
                  "levers on '%s': %zu rows rescaled to sum to 1, over all years", name,
                  sum.n_rescaled);
    if (sum.n_clamped)
        cf_report(diag, CF_NOTICE, "lever.clamped", at, NULL,
                  "levers on '%s': %zu values held between %g and %g, over all years", name,
                  sum.n_clamped, cf_field_specs[f].low, cf_field_specs[f].high);
    if (sum.n_zero_rows)
        cf_report(diag, CF_ERROR, "lever.zero-row", at, NULL,
                  "levers on '%s' leave %zu rows that must sum to 1 at zero, over all years", name,
                  sum.n_zero_rows);
}

enum cf_status cf_check_levers(const struct cf_model *model, cf_diag *diag)
{
    struct cf_arena arena;
    const size_t before = cf_diag_count(diag, CF_ERROR);
    cf_arena_init(&arena);
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (cf_levers_pull(model, f))
            check_field(model, f, &arena, diag);
    check_arrivals(model, diag);
    cf_arena_free(&arena);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}
