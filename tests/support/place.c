#include "place.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void size_axes(struct cf_model *m, const struct place_size *size)
{
    const int H = size->H > 0 || size->I == 0 ? size->H : 1;
    const int n[CF_N_AXES] = {
        [CF_AXIS_YEAR] = size->Y,   [CF_AXIS_AREA] = size->A,  [CF_AXIS_GROUP] = size->G,
        [CF_AXIS_AGE] = size->X,    [CF_AXIS_LEVEL] = size->L, [CF_AXIS_STATUS] = size->S,
        [CF_AXIS_DRIVER] = size->D, [CF_AXIS_LINE] = size->I,  [CF_AXIS_SITE] = size->J,
        [CF_AXIS_GRADE] = size->Q,  [CF_AXIS_AUTHORITY] = H,   [CF_AXIS_COLLABORATION] = 5};
    for (enum cf_axis_id id = 0; id < CF_N_AXES; id++) {
        struct cf_axis *axis = &m->axis[id];
        axis->id = id;
        axis->name = cf_axis_specs[id].name;
        axis->n = n[id];
        axis->attribute = CF_TAKE(&m->arena, PLACE_ATTRIBUTES, struct cf_attribute);
        cf_names_init(&axis->codes, &m->arena);
        for (int k = 0; k < n[id]; k++)
            cf_names_add(&axis->codes, cf_arena_format(&m->arena, "%c%d", axis->name[0], k));
    }
}

void place_mark(struct cf_model *m, enum cf_axis_id id, int member, const char *attribute,
                const char *text)
{
    struct cf_axis *axis = &m->axis[id];
    int k = cf_axis_attribute(axis, attribute);
    if (k < 0) {
        if (axis->n_attributes == PLACE_ATTRIBUTES)
            abort();
        k = axis->n_attributes++;
        axis->attribute[k].name = cf_arena_copy(&m->arena, attribute);
        axis->attribute[k].value = CF_TAKE(&m->arena, (size_t)axis->n, const char *);
        for (int i = 0; i < axis->n; i++)
            axis->attribute[k].value[i] = "";
    }
    axis->attribute[k].value[member] = cf_arena_copy(&m->arena, text);
}

void place_mark_number(struct cf_model *m, enum cf_axis_id id, int member, const char *attribute,
                       double number)
{
    place_mark(m, id, member, attribute, cf_arena_format(&m->arena, "%.17g", number));
}

static double default_of(const struct cf_field_spec *spec, const int *index)
{
    switch (spec->default_rule) {
    case CF_DEFAULT_NUMBER:
        return spec->default_value;
    case CF_DEFAULT_ABSENT: /* progression: everybody stays; views: nobody was asked */
        return spec->n_dims > 1 && spec->dim[spec->n_dims - 1].to
                   ? index[spec->n_dims - 1] == index[spec->n_dims - 2]
                   : NAN;
    case CF_DEFAULT_IDENTITY:
        return index[spec->n_dims - 1] == index[0];
    case CF_DEFAULT_FIRST:
    case CF_DEFAULT_SCHOOL:
        return index[spec->n_dims - 1] == 0;
    default:
        return 0;
    }
}

int place_next(const struct cf_field *f, int *index)
{
    for (int d = cf_field_specs[f->id].n_dims - 1; d >= 0; d--) {
        if (++index[d] < f->extent[d])
            return 1;
        index[d] = 0;
    }
    return 0;
}

static void make_field(struct cf_model *m, enum cf_field_id id)
{
    struct cf_field *f = &m->field[id];
    const struct cf_field_spec *spec = &cf_field_specs[id];
    int index[CF_MOST_DIMS] = {0};
    f->id = id;
    f->n_years = 1;
    f->size = 1;
    for (int d = 0; d < spec->n_dims; d++) {
        f->extent[d] = m->axis[spec->dim[d].axis].n;
        if (spec->dim[d].axis == CF_AXIS_YEAR)
            f->n_years = f->extent[d];
        else
            f->size *= (size_t)f->extent[d];
    }
    f->value = CF_TAKE(&m->arena, (size_t)f->n_years * f->size, double);
    if (f->size == 0)
        return;
    do
        *place_at(m, id, index) = default_of(spec, index);
    while (place_next(f, index));
}

double *place_at(struct cf_model *m, enum cf_field_id id, const int *index)
{
    struct cf_field *f = &m->field[id];
    size_t at = 0;
    for (int d = 0; d < cf_field_specs[id].n_dims; d++)
        at = at * (size_t)f->extent[d] + (size_t)index[d];
    return &f->value[at];
}

static void fill_scenario(struct cf_model *m, const struct place_size *size)
{
    struct cf_scenario *scenario = &m->scenario;
    scenario->path = "in memory";
    scenario->exempt_level = -1;
    scenario->rounds = 2;
    scenario->max_rounds = 500;
    scenario->tolerance = 1e-9;
    scenario->protected_groups = cf_select_none(&m->arena, size->G);
    scenario->views_ages = cf_select_none(&m->arena, size->X);
    if (size->choice_x < size->X)
        scenario->views_ages.member[size->choice_x] = 1;
}

/* Every other status participates, from the first on. Where there are lines, every status between
 * school and the fallback needs places, all lines are of the second status, all areas and sites of
 * one authority, and the first grade is good. */
static void mark_members(struct cf_model *m)
{
    const int S = m->axis[CF_AXIS_STATUS].n;
    for (int s = 0; s < S; s++)
        place_mark(m, CF_AXIS_STATUS, s, "participates", s % 2 ? "0" : "1");
    if (m->axis[CF_AXIS_LINE].n == 0)
        return;
    for (int s = 0; s < S; s++)
        place_mark(m, CF_AXIS_STATUS, s, "provided", s > 0 && s < S - 1 ? "1" : "0");
    for (int i = 0; i < m->axis[CF_AXIS_LINE].n; i++)
        place_mark(m, CF_AXIS_LINE, i, "route", "s1");
    for (int a = 0; a < m->axis[CF_AXIS_AREA].n; a++)
        place_mark(m, CF_AXIS_AREA, a, "authority", "a0");
    for (int j = 0; j < m->axis[CF_AXIS_SITE].n; j++)
        place_mark(m, CF_AXIS_SITE, j, "authority", "a0");
    for (int q = 0; q < m->axis[CF_AXIS_GRADE].n; q++)
        place_mark(m, CF_AXIS_GRADE, q, "good", q == 0 ? "1" : "0");
}

struct cf_model *place_new(const struct place_size *size)
{
    struct cf_model *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    cf_arena_init(&m->arena);
    size_axes(m, size);
    fill_scenario(m, size);
    int *last = CF_TAKE(&m->arena, (size_t)size->G, int);
    for (int g = 0; g < size->G; g++)
        last[g] = size->X - 1;
    const int narrow = size->choice_x - 1 < size->X ? size->choice_x - 1 : size->X;
    m->extent = (struct cf_extent){.base_year = 2009,
                                   .Y = size->Y,
                                   .A = size->A,
                                   .G = size->G,
                                   .X = size->X,
                                   .L = size->L,
                                   .S = size->S,
                                   .first_age = 13,
                                   .choice_x = size->choice_x,
                                   .n_narrow = narrow > 0 ? narrow : 0,
                                   .school = 0,
                                   .fallback = size->S - 1,
                                   .last_x = last};
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        make_field(m, f);
    mark_members(m);
    place_provide(m);
    return m;
}

void place_free(struct cf_model *m)
{
    if (m)
        cf_arena_free(&m->arena);
    free(m);
}

double place_uniform(struct place_random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

int place_whole(struct place_random *random, int low, int high)
{
    return low + (int)(place_uniform(random) * (high - low + 1));
}

struct place_size place_random_size(struct place_random *r)
{
    struct place_size size = {.A = place_whole(r, 1, 4),
                              .G = place_whole(r, 1, 3),
                              .X = place_whole(r, 2, 8),
                              .L = place_whole(r, 1, 3),
                              .S = place_whole(r, 2, 4),
                              .Y = place_whole(r, 2, 6),
                              .D = place_whole(r, 0, 2)};
    size.choice_x = place_whole(r, 1, size.X);
    return size;
}

static void fill(struct cf_model *m, enum cf_field_id id, struct place_random *r, double low,
                 double high, double share_zero)
{
    struct cf_field *f = &m->field[id];
    for (size_t i = 0; i < (size_t)f->n_years * f->size; i++)
        f->value[i] = place_uniform(r) < share_zero ? 0 : low + (high - low) * place_uniform(r);
}

/* Rows over the last dim that sum to 1, the first cell never 0. */
static void fill_rows(struct cf_model *m, enum cf_field_id id, struct place_random *r)
{
    struct cf_field *f = &m->field[id];
    const size_t n = (size_t)f->extent[cf_field_specs[id].n_dims - 1];
    fill(m, id, r, 0.1, 1, 0.3);
    for (size_t row = 0; row < f->size; row += n) {
        double sum = f->value[row] = 0.1 + place_uniform(r);
        for (size_t k = 1; k < n; k++)
            sum += f->value[row + k];
        for (size_t k = 0; k < n; k++)
            f->value[row + k] /= sum;
    }
}

/* Nobody is regrouped into a group that is not followed at that age. */
static void mend_regroup(struct cf_model *m)
{
    const int G = m->extent.G, X = m->extent.X;
    for (int g = 0; g < G; g++)
        for (int x = 0; x < X; x++)
            for (int to = 0; to < G; to++) {
                double *p = place_at(m, CF_FIELD_regroup, (int[]){g, x, to});
                if (to != g && x > m->extent.last_x[to]) {
                    *place_at(m, CF_FIELD_regroup, (int[]){g, x, g}) += *p;
                    *p = 0;
                }
            }
}

/* Gains go up, and sum to at most 1. */
static void fill_gain(struct cf_model *m, struct place_random *r)
{
    const int L = m->extent.L;
    struct cf_field *f = &m->field[CF_FIELD_gain];
    for (size_t i = 0; i < f->size; i++) {
        const int to = (int)(i % (size_t)L), from = (int)(i / (size_t)(L * m->extent.S)) % L;
        f->value[i] = to > from ? place_uniform(r) / L : 0;
    }
}

static void fill_choice(struct cf_model *m, struct place_random *r)
{
    struct cf_field *views = &m->field[CF_FIELD_views];
    fill_gain(m, r);
    fill_rows(m, CF_FIELD_progression, r);
    fill(m, CF_FIELD_area_effect, r, -1, 1, 0.3);
    fill(m, CF_FIELD_push, r, -1, 1, 0.6);
    fill(m, CF_FIELD_trend, r, -0.1, 0.1, 0.3);
    fill(m, CF_FIELD_driver, r, 0.5, 2, 0);
    fill(m, CF_FIELD_elasticity, r, -1, 1, 0.3);
    fill(m, CF_FIELD_duty, r, 0, 1, 0.2);
    fill(m, CF_FIELD_compliance, r, 0, 1, 0.2);
    fill(m, CF_FIELD_duty_weight, r, 0, 2, 0.3);
    fill(m, CF_FIELD_theta, r, 0, 1, 0.3);
    for (size_t i = 0; i < views->size; i++)
        views->value[i] = place_uniform(r) < 0.3 ? NAN : place_uniform(r);
    m->scenario.exempt_level = place_whole(r, -1, m->extent.L - 1);
}

struct cf_model *place_new_random(const struct place_size *size, struct place_random *r)
{
    struct cf_model *m = place_new(size);
    int *last = CF_TAKE(&m->arena, (size_t)size->G, int);
    for (int g = 0; g < size->G; g++)
        last[g] = g == 0 ? size->X - 1 : place_whole(r, 0, size->X - 1);
    m->extent.last_x = last;
    fill(m, CF_FIELD_population, r, 0, 500, 0.1);
    fill_rows(m, CF_FIELD_level_share, r);
    fill_rows(m, CF_FIELD_status_share, r);
    fill(m, CF_FIELD_survival, r, 0.9, 1, 0.02);
    fill(m, CF_FIELD_net_rate, r, -0.3, 0.3, 0.3);
    fill(m, CF_FIELD_out_rate, r, 0, 0.4, 0.3);
    fill(m, CF_FIELD_in_share, r, 0, 1.0 / size->A, 0.2);
    fill(m, CF_FIELD_external, r, -60, 60, 0.5);
    fill(m, CF_FIELD_dwellings, r, 0, 30, 0.5);
    fill(m, CF_FIELD_child_yield, r, 0, 0.5, 0.3);
    fill(m, CF_FIELD_entrants, r, 0, 400, 0.1);
    fill_rows(m, CF_FIELD_regroup, r);
    mend_regroup(m);
    fill_choice(m, r);
    if (size->I > 0)
        place_provide_random(m, r);
    return m;
}
