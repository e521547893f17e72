#include "place.h"

#include "exec/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const enum cf_axis_id sized[] = {CF_AXIS_YEAR,  CF_AXIS_AREA,   CF_AXIS_GROUP, CF_AXIS_AGE,
                                        CF_AXIS_LEVEL, CF_AXIS_STATUS, CF_AXIS_DRIVER};

static void size_axes(struct cf_model *m, const struct place_size *size)
{
    const int n[] = {size->Y, size->A, size->G, size->X, size->L, size->S, size->D};
    for (size_t i = 0; i < sizeof sized / sizeof *sized; i++) {
        struct cf_axis *axis = &m->axis[sized[i]];
        axis->id = sized[i];
        axis->name = cf_axis_specs[sized[i]].name;
        axis->n = n[i];
        cf_names_init(&axis->codes, &m->arena);
        for (int k = 0; k < n[i]; k++) {
            char code[32];
            snprintf(code, sizeof code, "%c%d", axis->name[0], k);
            cf_names_add(&axis->codes, code);
        }
    }
}

/* Every other status participates, from the first on. */
static void mark_participating(struct cf_model *m)
{
    struct cf_axis *axis = &m->axis[CF_AXIS_STATUS];
    const char **value = CF_TAKE(&m->arena, (size_t)axis->n, const char *);
    for (int s = 0; s < axis->n; s++)
        value[s] = s % 2 ? "0" : "1";
    axis->n_attributes = 1;
    axis->attribute = CF_TAKE(&m->arena, 1, struct cf_attribute);
    axis->attribute[0] = (struct cf_attribute){.name = "participates", .value = value};
}

static int is_sized(const struct cf_field_spec *spec)
{
    for (int d = 0; d < spec->n_dims; d++) {
        int found = 0;
        for (size_t i = 0; i < sizeof sized / sizeof *sized; i++)
            found |= spec->dim[d].axis == sized[i];
        if (!found)
            return 0;
    }
    return 1;
}

static double default_of(const struct cf_field_spec *spec, const int *index)
{
    switch (spec->default_rule) {
    case CF_DEFAULT_NUMBER:
        return spec->default_value;
    case CF_DEFAULT_ABSENT: /* progression: everybody stays; views: nobody was asked */
        return spec->use == CF_USE_HEAVY ? index[spec->n_dims - 1] == index[spec->n_dims - 2] : NAN;
    case CF_DEFAULT_IDENTITY:
        return index[spec->n_dims - 1] == index[0];
    case CF_DEFAULT_FIRST:
    case CF_DEFAULT_SCHOOL:
        return index[spec->n_dims - 1] == 0;
    default:
        return 0;
    }
}

/* Step an index of all dims; 0 after the last. */
static int next_index(const struct cf_field *f, int *index)
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
    f->value = CF_TAKE(&m->arena, 1, double);
    if (!is_sized(spec))
        return;
    for (int d = 0; d < spec->n_dims; d++) {
        f->extent[d] = m->axis[spec->dim[d].axis].n;
        if (spec->dim[d].axis == CF_AXIS_YEAR)
            f->n_years = f->extent[d];
        else
            f->size *= (size_t)f->extent[d];
    }
    /* One more: loops look at the first index even where an axis has no members. */
    f->value = CF_TAKE(&m->arena, (size_t)f->n_years * f->size + 1, double);
    do
        *place_at(m, id, index) = default_of(spec, index);
    while (next_index(f, index));
}

double *place_at(struct cf_model *m, enum cf_field_id id, const int *index)
{
    struct cf_field *f = &m->field[id];
    size_t at = 0;
    for (int d = 0; d < cf_field_specs[id].n_dims; d++)
        at = at * (size_t)f->extent[d] + (size_t)index[d];
    return &f->value[at];
}

struct cf_model *place_new(const struct place_size *size)
{
    struct cf_model *m = calloc(1, sizeof *m);
    if (!m)
        abort();
    cf_arena_init(&m->arena);
    size_axes(m, size);
    mark_participating(m);
    m->scenario.exempt_level = -1;
    m->scenario.views_ages = cf_select_none(&m->arena, size->X);
    if (size->choice_x < size->X)
        m->scenario.views_ages.member[size->choice_x] = 1;
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
    m->scenario.path = "in memory";
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        make_field(m, f);
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
    return m;
}

static struct place_size size_of(const struct cf_model *m)
{
    const struct cf_extent *e = &m->extent;
    return (struct place_size){e->A, e->G, e->X,        e->L,
                               e->S, e->Y, e->choice_x, m->axis[CF_AXIS_DRIVER].n};
}

struct cf_model *place_permuted(const struct cf_model *from, enum cf_axis_id axis, const int *to)
{
    const struct place_size size = size_of(from);
    struct cf_model *m = place_new(&size);
    int *last = CF_TAKE(&m->arena, (size_t)size.G, int);
    for (int g = 0; g < size.G; g++)
        last[axis == CF_AXIS_GROUP ? to[g] : g] = from->extent.last_x[g];
    m->extent.last_x = last;
    if (axis == CF_AXIS_STATUS) {
        m->extent.school = to[from->extent.school];
        m->extent.fallback = to[from->extent.fallback];
        m->scenario.duty_default = to[from->scenario.duty_default];
        for (int s = 0; s < size.S; s++)
            m->axis[axis].attribute[0].value[to[s]] = from->axis[axis].attribute[0].value[s];
    }
    m->scenario.exempt_level = from->scenario.exempt_level;
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        int index[CF_MOST_DIMS] = {0}, other[CF_MOST_DIMS];
        if (!is_sized(&cf_field_specs[f]))
            continue;
        do {
            for (int d = 0; d < cf_field_specs[f].n_dims; d++)
                other[d] = cf_field_specs[f].dim[d].axis == axis ? to[index[d]] : index[d];
            *place_at(m, f, other) = *place_at((struct cf_model *)from, f, index);
        } while (next_index(&from->field[f], index));
    }
    return m;
}

static int halved(enum cf_field_id f)
{
    return cf_field_specs[f].kind == CF_KIND_COUNT || f == CF_FIELD_in_share;
}

struct cf_model *place_split(const struct cf_model *from, int a)
{
    struct place_size size = size_of(from);
    size.A++;
    struct cf_model *m = place_new(&size);
    m->extent.last_x = from->extent.last_x;
    m->scenario.exempt_level = from->scenario.exempt_level;
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        int index[CF_MOST_DIMS] = {0}, old[CF_MOST_DIMS];
        if (!is_sized(&cf_field_specs[f]))
            continue;
        do {
            int half = 0;
            for (int d = 0; d < cf_field_specs[f].n_dims; d++) {
                old[d] = index[d];
                if (cf_field_specs[f].dim[d].axis != CF_AXIS_AREA)
                    continue;
                old[d] = index[d] == size.A - 1 ? a : index[d];
                half = old[d] == a && halved(f);
            }
            const double value = *place_at((struct cf_model *)from, f, old);
            *place_at(m, f, index) = half ? value / 2 : value;
        } while (next_index(&m->field[f], index));
    }
    return m;
}

void place_scale(struct cf_model *m, double c)
{
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (m->field[f].value && cf_field_specs[f].kind == CF_KIND_COUNT)
            for (size_t i = 0; i < (size_t)m->field[f].n_years * m->field[f].size; i++)
                m->field[f].value[i] *= c;
}

struct place_result place_run(const struct cf_model *m, const struct cf_kernels *kernels)
{
    struct cf_batch batch;
    struct cf_arena arena;
    cf_arena_init(&arena);
    cf_batch_init(&batch, m, kernels);
    const struct cf_layout *layout = cf_record_layout(&arena, m);
    double *record = CF_TAKE(&arena, layout->length, double);
    const struct cf_trouble trouble = cf_batch_run(&batch, layout, record);
    struct place_result result = {.status = (int)trouble.status};
    for (int i = 0; i < layout->n_variables; i++) {
        const struct cf_variable *v = &layout->variable[i];
        double *copy = malloc(v->size * sizeof *copy);
        if (!copy)
            abort();
        memcpy(copy, record + v->offset, v->size * sizeof *copy);
        double **slot = !strcmp(v->name, "population")       ? &result.population
                        : !strcmp(v->name, "ledger")         ? &result.ledger
                        : !strcmp(v->name, "stock")          ? &result.stock
                        : !strcmp(v->name, "level_stock")    ? &result.level_stock
                        : !strcmp(v->name, "attained_by_19") ? &result.attained
                        : !strcmp(v->name, "shift")          ? &result.shift
                                                             : NULL;
        if (slot)
            *slot = copy;
        else
            free(copy);
    }
    cf_batch_free(&batch);
    cf_arena_free(&arena);
    return result;
}

void place_result_free(struct place_result *result)
{
    free(result->population);
    free(result->ledger);
    free(result->stock);
    free(result->level_stock);
    free(result->attained);
    free(result->shift);
}
