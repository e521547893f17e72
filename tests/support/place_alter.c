#include "place.h"

#include <stdlib.h>
#include <string.h>

static struct place_size size_of(const struct cf_model *m)
{
    const struct cf_extent *e = &m->extent;
    return (struct place_size){.A = e->A,
                               .G = e->G,
                               .X = e->X,
                               .L = e->L,
                               .S = e->S,
                               .Y = e->Y,
                               .choice_x = e->choice_x,
                               .D = m->axis[CF_AXIS_DRIVER].n,
                               .I = m->axis[CF_AXIS_LINE].n,
                               .J = m->axis[CF_AXIS_SITE].n,
                               .Q = m->axis[CF_AXIS_GRADE].n,
                               .H = m->axis[CF_AXIS_AUTHORITY].n};
}

/* Member k of the axis of `m` is member old[k] of that of `from`: codes (but those of a second
 * half, which has its own) and attributes. */
static void copy_axis(struct cf_model *m, const struct cf_model *from, enum cf_axis_id id,
                      const int *old)
{
    struct cf_axis *axis = &m->axis[id];
    const struct cf_axis *was = &from->axis[id];
    const struct cf_names own = axis->codes;
    cf_names_init(&axis->codes, &m->arena);
    for (int k = 0; k < axis->n; k++)
        cf_names_add(&axis->codes, k < was->n ? was->codes.name[old[k]] : own.name[k]);
    for (int c = 0; c < was->n_attributes; c++)
        for (int k = 0; k < axis->n; k++)
            place_mark(m, id, k, was->attribute[c].name, was->attribute[c].value[old[k]]);
}

/* What is neither an axis nor a field: settings, changes, distances. */
static void copy_rest(struct cf_model *m, const struct cf_model *from, int *const *old,
                      int *const *to)
{
    const struct cf_provision *was = &from->provision;
    struct cf_provision *p = &m->provision;
    const int A = m->extent.A, J = m->axis[CF_AXIS_SITE].n, G = m->extent.G;
    int *last = CF_TAKE(&m->arena, (size_t)G, int);
    m->scenario.exempt_level = from->scenario.exempt_level;
    m->scenario.rounds = from->scenario.rounds;
    m->scenario.duty_default = to[CF_AXIS_STATUS][from->scenario.duty_default];
    m->extent.school = to[CF_AXIS_STATUS][from->extent.school];
    m->extent.fallback = to[CF_AXIS_STATUS][from->extent.fallback];
    m->scenario.protected_groups.n_selected = from->scenario.protected_groups.n_selected;
    for (int g = 0; g < G; g++) {
        last[g] = from->extent.last_x[old[CF_AXIS_GROUP][g]];
        m->scenario.protected_groups.member[g] =
            from->scenario.protected_groups.member[old[CF_AXIS_GROUP][g]];
    }
    m->extent.last_x = last;
    for (int c = 0; c < was->n_changes; c++) {
        const struct cf_change *change = &was->change[c];
        if (to[CF_AXIS_SITE][change->site] >= 0)
            place_change(m, to[CF_AXIS_LINE][change->line], to[CF_AXIS_SITE][change->site],
                         change->open_year, change->places, change->ramp_years);
    }
    for (int a = 0; a < A; a++)
        for (int j = 0; j < J; j++)
            p->by_distance[a * J + j] =
                was->by_distance[old[CF_AXIS_AREA][a] * was->J + old[CF_AXIS_SITE][j]];
    p->minutes_per_km = was->minutes_per_km;
    /* Levers on parameters only: they name no members. */
    m->scenario.n_levers = from->scenario.n_levers;
    m->scenario.lever = from->scenario.lever;
}

static int halved(enum cf_field_id f)
{
    return cf_field_specs[f].kind == CF_KIND_COUNT || f == CF_FIELD_in_share;
}

/* Fill `m` from `from`, member by member of each axis; counts of areas `half[a]` are halved. */
static void copy_place(struct cf_model *m, const struct cf_model *from, int *const *old,
                       int *const *to, const unsigned char *half)
{
    for (enum cf_axis_id axis = 0; axis < CF_N_AXES; axis++)
        copy_axis(m, from, axis, old[axis]);
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++) {
        const struct cf_field_spec *spec = &cf_field_specs[f];
        int index[CF_MOST_DIMS] = {0}, there[CF_MOST_DIMS] = {0};
        if (m->field[f].size == 0)
            continue;
        do {
            int share = 1;
            for (int d = 0; d < spec->n_dims; d++) {
                there[d] = old[spec->dim[d].axis][index[d]];
                if (spec->dim[d].axis == CF_AXIS_AREA && half[index[d]] && halved(f))
                    share = 2;
            }
            *place_at(m, f, index) = *place_at((struct cf_model *)from, f, there) / share;
        } while (place_next(&m->field[f], index));
    }
    copy_rest(m, from, old, to);
    place_provide(m);
}

/* old[axis][new index] and to[axis][old index], every member where it was. */
static void same_order(struct cf_model *m, int **old, int **to)
{
    for (enum cf_axis_id axis = 0; axis < CF_N_AXES; axis++) {
        const size_t n = (size_t)m->axis[axis].n;
        old[axis] = CF_TAKE(&m->arena, n, int);
        to[axis] = CF_TAKE(&m->arena, n, int);
        for (size_t k = 0; k < n; k++)
            old[axis][k] = to[axis][k] = (int)k;
    }
}

struct cf_model *place_permuted(const struct cf_model *from, enum cf_axis_id axis, const int *to)
{
    const struct place_size size = size_of(from);
    struct cf_model *m = place_new(&size);
    int *old[CF_N_AXES], *here[CF_N_AXES];
    same_order(m, old, here);
    for (int k = 0; k < m->axis[axis].n; k++) {
        here[axis][k] = to[k];
        old[axis][to[k]] = k;
    }
    copy_place(m, from, old, here, CF_TAKE(&m->arena, (size_t)size.A, unsigned char));
    return m;
}

struct cf_model *place_split(const struct cf_model *from, int a)
{
    struct place_size size = size_of(from);
    size.A++;
    struct cf_model *m = place_new(&size);
    unsigned char *half = CF_TAKE(&m->arena, (size_t)size.A, unsigned char);
    int *old[CF_N_AXES], *to[CF_N_AXES];
    same_order(m, old, to);
    old[CF_AXIS_AREA][size.A - 1] = a;
    half[a] = half[size.A - 1] = 1;
    copy_place(m, from, old, to, half);
    return m;
}

/* Members of an axis that a place keeps, of those of another. */
static void keep(const unsigned char *kept, int n, int *old, int *to)
{
    int next = 0;
    for (int k = 0; k < n; k++) {
        to[k] = kept[k] ? next : -1;
        if (kept[k])
            old[next++] = k;
    }
}

struct cf_model *place_authority(const struct cf_model *from, int h, int *area, int *site)
{
    struct place_size size = size_of(from);
    const struct cf_provision *p = &from->provision;
    unsigned char areas[size.A + 1], sites[size.J + 1];
    int *old[CF_N_AXES], *to[CF_N_AXES], n_areas = 0, n_sites = 0;
    for (int a = 0; a < size.A; a++)
        n_areas += areas[a] = p->home[a] == h;
    for (int j = 0; j < size.J; j++)
        n_sites += sites[j] = p->site[j].authority == h;
    if (n_areas == 0)
        return NULL;
    const int A = size.A, J = size.J;
    size.A = n_areas;
    size.J = n_sites;
    struct cf_model *m = place_new(&size);
    same_order(m, old, to);
    to[CF_AXIS_AREA] = CF_TAKE(&m->arena, (size_t)A, int);
    to[CF_AXIS_SITE] = CF_TAKE(&m->arena, (size_t)J, int);
    keep(areas, A, old[CF_AXIS_AREA], to[CF_AXIS_AREA]);
    keep(sites, J, old[CF_AXIS_SITE], to[CF_AXIS_SITE]);
    copy_place(m, from, old, to, CF_TAKE(&m->arena, (size_t)size.A, unsigned char));
    memcpy(area, old[CF_AXIS_AREA], (size_t)n_areas * sizeof *area);
    memcpy(site, old[CF_AXIS_SITE], (size_t)n_sites * sizeof *site);
    return m;
}

void place_scale(struct cf_model *m, double c)
{
    for (enum cf_field_id f = 0; f < CF_N_FIELDS; f++)
        if (cf_field_specs[f].kind == CF_KIND_COUNT || f == CF_FIELD_places ||
            f == CF_FIELD_staff || f == CF_FIELD_recruits)
            for (size_t i = 0; i < (size_t)m->field[f].n_years * m->field[f].size; i++)
                m->field[f].value[i] *= c;
    for (int k = 0; k < m->provision.n_changes; k++)
        m->provision.change[k].places *= c;
}
