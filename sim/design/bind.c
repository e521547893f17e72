#include "design/bind.h"

#include "design/draw_apply.h"
#include "design/lever.h"
#include "model/cause.h"

#include <math.h>
#include <string.h>

/* Results of the summer that ends year y - 1 are read at that year, all else at y. */
static int year_read(enum cf_field_id field, int y)
{
    const int summer = field == CF_FIELD_gain || field == CF_FIELD_quality_effect;
    return summer && y > 0 ? y - 1 : y;
}

/* Which fields a step binds: those of the start at the base year only; after the last year those
 * of its summer. */
static int binds(const struct cf_model *model, enum cf_field_id field, int y)
{
    const enum cf_field_use use = cf_field_specs[field].use;
    if (use == CF_USE_SETUP)
        return y == 0;
    return year_read(field, y) < model->extent.Y;
}

/* The field that another's values follow before anything acts on them: minutes worked out from
 * coordinates follow minutes_per_km. */
static enum cf_field_id leader(enum cf_field_id f)
{
    return f == CF_FIELD_minutes ? CF_FIELD_minutes_per_km : f;
}

static void init_field(struct cf_binding *b, enum cf_field_id f, struct cf_arena *arena)
{
    const struct cf_model *m = b->model;
    const struct cf_field *field = &m->field[f];
    const enum cf_field_id led = leader(f);
    const int table = !field->path || *field->path;
    const int levers = cf_levers_pull(m, f) || cf_levers_pull(m, led);
    b->touched[f] = (unsigned char)(cf_future_touches(&m->scenario.future, f) ||
                                    cf_future_touches(&m->scenario.future, led));
    b->moving[f] = (field->n_years > 1 && (table || levers)) || cf_levers_move(m, f) ||
                   cf_levers_move(m, led) || cf_future_moves(m, f) || cf_future_moves(m, led);
    if (cf_field_specs[f].use == CF_USE_HEAVY)
        b->pulled[f] = levers || b->touched[f] ? CF_TAKE(arena, field->size, double) : NULL;
    if (cf_field_specs[f].use != CF_USE_HEAVY || b->touched[f])
        b->wide[f] = CF_TAKE(arena, field->size, lanes);
}

void cf_binding_init(struct cf_binding *b, const struct cf_model *model, struct cf_arena *arena)
{
    size_t largest = 1;
    *b = (struct cf_binding){.model = model};
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        if (!binds(model, f, 0))
            continue;
        init_field(b, f, arena);
        if (b->wide[f] && model->field[f].size > largest)
            largest = model->field[f].size;
    }
    b->value = CF_TAKE(arena, largest, double);
    b->drawn = CF_TAKE(arena, largest, double);
    b->members = CF_TAKE(arena, (size_t)cf_future_members(model), double);
    b->draws = cf_draws_init(model, arena);
}

void cf_binding_start(struct cf_binding *b, int point, const int *draw, int n)
{
    b->point = point;
    for (int k = 0; k < CF_LANES; k++)
        b->draw[k] = draw[k < n ? k : n - 1];
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (b->touched[f])
            b->bound[f] = 0;
}

/* What each cause acts through: without it all values are 0. */
static const struct {
    enum cf_cause cause;
    enum cf_field_id field;
} acts_through[] = {
    {CF_CAUSE_DEMOGRAPHY, CF_FIELD_net_rate}, {CF_CAUSE_DEMOGRAPHY, CF_FIELD_out_rate},
    {CF_CAUSE_DEMOGRAPHY, CF_FIELD_external}, {CF_CAUSE_DEMOGRAPHY, CF_FIELD_dwellings},
    {CF_CAUSE_PROGRESSION, CF_FIELD_trend},   {CF_CAUSE_VIEWS, CF_FIELD_theta},
    {CF_CAUSE_ECONOMY, CF_FIELD_elasticity},  {CF_CAUSE_POLICY, CF_FIELD_duty},
    {CF_CAUSE_POLICY, CF_FIELD_push},         {CF_CAUSE_ACCESS, CF_FIELD_phi},
};
enum { N_ACTS = sizeof acts_through / sizeof *acts_through };

void cf_binding_switch(struct cf_binding *b, const unsigned char *off)
{
    memcpy(b->off, off, sizeof b->off);
    for (int i = 0; i < N_ACTS; i++)
        b->bound[acts_through[i].field] = 0;
}

void cf_binding_freeze(struct cf_binding *b, const double *shift)
{
    b->frozen = shift;
    b->moving[CF_FIELD_push] = 1;
    b->bound[CF_FIELD_push] = 0;
}

static void add_frozen(struct cf_binding *b, int y)
{
    const size_t size = b->model->field[CF_FIELD_push].size;
    for (size_t i = 0; i < size; i++)
        b->wide[CF_FIELD_push][i] += b->frozen[(size_t)y * size + i];
}

/* Take away what acts through a field in the lanes that are to be without it. */
static void take_away(struct cf_binding *b, enum cf_field_id f)
{
    for (int n = 0; n < N_ACTS; n++)
        for (int k = 0; k < CF_LANES && acts_through[n].field == f; k++) {
            const int off = b->off[k] >> acts_through[n].cause & 1;
            for (size_t i = 0; off && i < b->model->field[f].size; i++)
                b->wide[f][i][k] = 0;
        }
}

/* 1 where some value differs from the field's default, so that its process has work to do. */
static int differs(const struct cf_field *field, const double *value)
{
    const struct cf_field_spec *spec = &cf_field_specs[field->id];
    if (field->size == 0)
        return 0;
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

/* A year of a field with its levers. Minutes that follow from coordinates are scaled by the
 * minutes_per_km of lane k first, so that what is done to minutes has the last word. */
static void pull(const struct cf_binding *b, enum cf_field_id f, int y, int k, double *value)
{
    const struct cf_field *field = &b->model->field[f];
    const struct cf_provision *p = &b->model->provision;
    memcpy(value, cf_field_year(field, y), field->size * sizeof *value);
    if (f == CF_FIELD_minutes && p->by_distance) {
        const double slower = b->wide[CF_FIELD_minutes_per_km][0][k] / p->minutes_per_km;
        for (size_t i = 0; i < field->size; i++)
            if (p->by_distance[i])
                value[i] *= slower;
    }
    cf_apply_levers(b->model, f, y, value);
}

/* The draws of the batch, lane by lane, on the values that levers left. */
static void draw_lanes(struct cf_binding *b, enum cf_field_id f, int y, const double *value)
{
    const size_t size = b->model->field[f].size;
    for (int k = 0; k < CF_LANES; k++) {
        const int again = k > 0 && b->draw[k] == b->draw[k - 1];
        if (!again && b->touched[leader(f)] && leader(f) != f)
            pull(b, f, y, k, b->drawn);
        else if (!again)
            memcpy(b->drawn, value, size * sizeof *value);
        if (!again)
            cf_apply_future(b->model, b->draws, b->point, b->draw[k], f, y, b->members, b->drawn);
        for (size_t i = 0; i < size; i++)
            b->wide[f][i][k] = b->drawn[i];
    }
}

static void bind_field(struct cf_binding *b, enum cf_field_id f, int y)
{
    const struct cf_field *field = &b->model->field[f];
    const double *table = cf_field_year(field, y);
    if (b->bound[f] && (!b->moving[f] || b->bound[f] == y + 1))
        return;
    if (leader(f) != f)
        bind_field(b, leader(f), y);
    double *value = cf_field_specs[f].use == CF_USE_HEAVY ? b->pulled[f] : b->value;
    if (value)
        pull(b, f, y, 0, value);
    b->narrow[f] = value ? value : table;
    if (b->touched[f])
        draw_lanes(b, f, y, b->narrow[f]);
    else
        for (size_t i = 0; b->wide[f] && i < field->size; i++)
            b->wide[f][i] = lanes_of(value[i]);
    if (f == CF_FIELD_push && b->frozen)
        add_frozen(b, y);
    take_away(b, f);
    b->active[f] = (unsigned char)(b->touched[f] || differs(field, b->narrow[f]));
    b->bound[f] = y + 1;
}

#define BOUND_LIGHT(name) inputs->name = b->wide[CF_FIELD_##name];
#define BOUND_SETUP(name) inputs->name = b->wide[CF_FIELD_##name];
#define BOUND_HEAVY(name)                                                                          \
    inputs->name = b->narrow[CF_FIELD_##name];                                                     \
    inputs->name##_wide = b->wide[CF_FIELD_##name];

void cf_bind_year(struct cf_binding *b, int y, struct cf_inputs *inputs)
{
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (binds(b->model, f, y))
            bind_field(b, f, year_read(f, y));
#define FIELD(name, axes, kind, sum, missing, low, high, use, unit, sentence) BOUND_##use(name)
#include "model/fields.def"
    memcpy(inputs->active, b->active, sizeof b->active);
    memcpy(inputs->off, b->off, sizeof b->off);
}

int cf_cause_is_idle(struct cf_binding *b, int cause)
{
    static const unsigned char nothing[CF_LANES] = {0};
    int n = 0;
    cf_binding_switch(b, nothing);
    for (int k = 0; k < N_ACTS; k++) {
        const enum cf_field_id f = acts_through[k].field;
        if ((int)acts_through[k].cause != cause)
            continue;
        n++;
        for (int y = 0; y < b->model->extent.Y; y++) {
            bind_field(b, f, y);
            for (size_t i = 0; i < b->model->field[f].size; i++)
                if (b->wide[f][i][0] != 0)
                    return 0;
        }
    }
    return n > 0 && cause != CF_CAUSE_DEMOGRAPHY;
}
