#include "design/bind.h"

#include "design/lever.h"

#include <math.h>
#include <string.h>

/* Results of the summer that ends year y - 1 are read at that year, all else at y. */
static int year_read(enum cf_field_id field, int y)
{
    return field == CF_FIELD_gain ? (y > 0 ? y - 1 : 0) : y;
}

/* Which fields a step binds: those of the start at the base year only; after the last year those
 * of its summer. */
static int binds(const struct cf_model *model, enum cf_field_id field, int y)
{
    const enum cf_field_use use = cf_field_specs[field].use;
    if (use == CF_USE_SETUP)
        return y == 0;
    return use != CF_USE_KEPT && year_read(field, y) < model->extent.Y;
}

static int pulled(const struct cf_model *model, enum cf_field_id field)
{
    for (int i = 0; i < model->scenario.n_levers; i++)
        if (model->scenario.lever[i].field == field)
            return 1;
    return 0;
}

void cf_binding_init(struct cf_binding *b, const struct cf_model *model, struct cf_arena *arena)
{
    size_t largest = 1;
    *b = (struct cf_binding){.model = model};
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        const struct cf_field *field = &model->field[f];
        const int levers = pulled(model, f), table = !field->path || *field->path;
        if (!binds(model, f, 0))
            continue;
        b->moving[f] = (field->n_years > 1 && (table || levers)) || cf_levers_move(model, f);
        if (cf_field_specs[f].use == CF_USE_HEAVY) {
            b->pulled[f] = levers ? CF_TAKE(arena, field->size, double) : NULL;
            continue;
        }
        b->wide[f] = CF_TAKE(arena, field->size, lanes);
        if (field->size > largest)
            largest = field->size;
    }
    b->value = CF_TAKE(arena, largest, double);
}

/* 1 where some value differs from the field's default, so that its process has work to do. */
static int differs(const struct cf_field *field, const double *value)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    if (spec->default_rule == CF_DEFAULT_IDENTITY) {
        const size_t n = (size_t)field->extent[spec->n_dims - 1];
        const size_t g_stride = field->size / (size_t)field->extent[0];
        for (size_t i = 0; i < field->size; i++)
            if (value[i] != (i / g_stride == i % n ? 1.0 : 0.0))
                return 1;
        return 0;
    }
    for (size_t i = 0; i < field->size; i++)
        if (value[i] != spec->default_value && !isnan(value[i]))
            return 1;
    return 0;
}

static void bind_field(struct cf_binding *b, enum cf_field_id f, int y)
{
    const struct cf_field *field = &b->model->field[f];
    const double *table = cf_field_year(field, y);
    if (b->bound[f] && (!b->moving[f] || b->bound[f] == y + 1))
        return;
    double *value = b->wide[f] ? b->value : b->pulled[f];
    if (value) {
        memcpy(value, table, field->size * sizeof *value);
        cf_apply_levers(b->model, f, y, value);
    }
    for (size_t i = 0; b->wide[f] && i < field->size; i++)
        b->wide[f][i] = lanes_of(value[i]);
    b->narrow[f] = value ? value : table;
    b->active[f] = (unsigned char)differs(field, b->narrow[f]);
    b->bound[f] = y + 1;
}

#define BOUND_LIGHT(name) inputs->name = b->wide[CF_FIELD_##name];
#define BOUND_SETUP(name) inputs->name = b->wide[CF_FIELD_##name];
#define BOUND_HEAVY(name) inputs->name = b->narrow[CF_FIELD_##name];
#define BOUND_KEPT(name)

void cf_bind_year(struct cf_binding *b, int y, struct cf_inputs *inputs)
{
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (binds(b->model, f, y))
            bind_field(b, f, year_read(f, y));
#define FIELD(name, axes, kind, sum, missing, low, high, use, unit, sentence) BOUND_##use(name)
#include "model/fields.def"
    memcpy(inputs->active, b->active, sizeof b->active);
}

/* Where the first lever on the field stands. */
static struct cf_at first_lever(const struct cf_model *model, enum cf_field_id f)
{
    for (int i = 0; i < model->scenario.n_levers; i++)
        if (model->scenario.lever[i].field == f)
            return model->scenario.lever[i].at;
    return (struct cf_at){.path = model->scenario.path};
}

/* Nobody would enter in a year although a lever acts on entrants: the table is not there to say.
 * told: [A], an area is named once, with its first year. */
static void check_entrants(const struct cf_model *model, int y, const double *value,
                           unsigned char *told, cf_diag *diag)
{
    const struct cf_field *field = &model->field[CF_FIELD_entrants];
    const int G = model->extent.G;
    for (int a = 0; a < model->extent.A; a++) {
        int given = 0;
        for (int g = 0; g < G; g++) {
            const size_t i = (size_t)a * (size_t)G + (size_t)g;
            given |= value[i] > 0;
            given |= field->line && field->line[(size_t)y * field->size + i] != 0;
        }
        if (given || told[a])
            continue;
        told[a] = 1;
        cf_report(diag, CF_ERROR, "entrants.missing", first_lever(model, CF_FIELD_entrants), NULL,
                  "no entrants in area '%s' in %d, neither from the table nor by a lever",
                  model->axis[CF_AXIS_AREA].codes.name[a], model->extent.base_year + y);
    }
}

static void check_field(const struct cf_model *model, enum cf_field_id f, struct cf_arena *arena,
                        cf_diag *diag)
{
    const struct cf_field *field = &model->field[f];
    const struct cf_at at = first_lever(model, f);
    double *value = CF_TAKE(arena, field->size, double);
    unsigned char *told = CF_TAKE(arena, (size_t)model->extent.A, unsigned char);
    struct cf_lever_effect sum = {0};
    for (int y = 0; y < model->extent.Y; y++) {
        if (cf_field_specs[f].use == CF_USE_SETUP && y > 0)
            continue;
        memcpy(value, cf_field_year(field, y), field->size * sizeof *value);
        const struct cf_lever_effect effect = cf_apply_levers(model, f, y, value);
        sum.touched |= effect.touched;
        sum.n_rescaled += effect.n_rescaled;
        sum.n_clamped += effect.n_clamped;
        /* Rows of progression may be empty where nobody stands: calibrate/occupancy.c walks. */
        sum.n_zero_rows += f == CF_FIELD_progression ? 0 : effect.n_zero_rows;
        if (effect.touched && f == CF_FIELD_entrants)
            check_entrants(model, y, value, told, diag);
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
        if (pulled(model, f))
            check_field(model, f, &arena, diag);
    cf_arena_free(&arena);
    return cf_diag_count(diag, CF_ERROR) > before ? CF_BAD_INPUT : CF_OK;
}
