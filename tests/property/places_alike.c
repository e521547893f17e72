/*
 * Two places that have to come to the same (MODEL.md 3): members in another order, an area in two
 * halves, counts in another unit, authorities that do not know each other, kernels built otherwise.
 * On random places with lines, from a fixed sequence.
 */
#include "support/check.h"
#include "support/place.h"
#include "support/same.h"

#include "engine/layout.h"
#include "engine/ledger.h"
#include "engine/select.h"
#include "model/view.h"

#include <math.h>
#include <string.h>

#define PLACES 2000
#define PLACING 1e-6

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

static struct cf_model *draw(struct place_random *random)
{
    const struct place_size size = place_random_size_with_lines(random);
    return place_new_random(&size, random);
}

static void relabelling_permutes(void **state)
{
    static const enum cf_axis_id axes[] = {CF_AXIS_AREA,  CF_AXIS_LINE,   CF_AXIS_SITE,
                                           CF_AXIS_GROUP, CF_AXIS_STATUS, CF_AXIS_AUTHORITY};
    struct place_random random = {31};
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct cf_model *m = draw(&random);
        const enum cf_axis_id axis = axes[n % 6];
        int to[16];
        shuffle(&random, m->axis[axis].n, to);
        struct cf_model *other = place_permuted(m, axis, to);
        struct place_result here = place_run(m, best()), there = place_run(other, best());
        struct same same = {.m = m, .other = other, .tolerance = PLACING, .number = n};
        same.to[axis] = to;
        assert_int_equal(here.status, there.status);
        if (here.status == CF_RUN_OK)
            assert_same(&same, &here, &there);
        place_result_free(&here);
        place_result_free(&there);
        place_free(other);
        place_free(m);
    }
}

/* Minutes of a journey as the lever on minutes per kilometre leaves them. */
static double minutes(const struct cf_model *m, int a, int j)
{
    const int J = m->provision.J;
    const double table = m->field[CF_FIELD_minutes].value[VIEW2(a, j, J)];
    return table * (m->provision.by_distance[VIEW2(a, j, J)] && m->scenario.n_levers > 0
                        ? m->scenario.lever[0].value
                        : 1);
}

static int reaches(const struct cf_model *m, const struct place_result *r, int y, int a, int i)
{
    const struct cf_provision *p = &m->provision;
    const double reach = m->field[CF_FIELD_reach].value[p->line[i].route];
    for (int o = p->first_offer[i]; o < p->first_offer[i + 1]; o++) {
        const int j = p->offer_site[o], h = p->site[j].authority;
        const double level = m->field[CF_FIELD_collaboration].value[VIEW2(p->home[a], h, p->H)];
        if (r->usable[VIEW2(y, o, p->n_offers)] > 0 && (h == p->home[a] || level > 0) &&
            minutes(m, a, j) <= reach)
            return 1;
    }
    return 0;
}

/* Whether an area reaches its first place of a line later than another: its staying away is then
 * pivoted on a mean over areas, which depends on who they are. */
static int somebody_is_late(const struct cf_model *m, const struct place_result *r)
{
    const int A = m->extent.A, Y = m->extent.Y;
    for (int i = 0; i < m->provision.I; i++) {
        int first = Y;
        for (int a = 0; a < A; a++)
            for (int y = 0; y < first; y++)
                if (reaches(m, r, y, a, i))
                    first = y;
        for (int a = 0; a < A; a++)
            for (int y = first + 1; y < Y; y++)
                if (reaches(m, r, y, a, i) && !reaches(m, r, first, a, i))
                    return 1;
    }
    return 0;
}

/* Variables that are shares: both halves of an area have them, they do not add up. */
static int is_share(const char *name)
{
    return !strcmp(name, "attained_by_19") || !strcmp(name, "access") || !strcmp(name, "coverage");
}

/* Every variable of an area in two halves, `a` and the last, against the whole. */
static void assert_halves(const struct cf_model *m, int a, const struct place_result *whole,
                          const struct place_result *halves)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_layout *layout = cf_record_layout(&arena, m);
    const size_t A = (size_t)m->extent.A;
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        const double *one = place_variable(whole, v->name), *two = place_variable(halves, v->name);
        if (!one || v->n_dims < 2 || strcmp(v->dim[1], "area") != 0)
            continue;
        const size_t row = v->size / (size_t)v->extent[0] / A;
        for (size_t cell = 0; cell < v->size; cell++) {
            const size_t y = cell / row / A, b = cell / row % A, c = cell % row;
            double there = two[(y * (A + 1) + b) * row + c];
            const double half = two[(y * (A + 1) + A) * row + c];
            if (isnan(one[cell])) {
                assert_true(isnan(there));
                continue;
            }
            if ((int)b == a && is_share(v->name))
                assert_near(v->name, there, half, PLACING);
            else if ((int)b == a)
                there += half;
            assert_near(v->name, one[cell], there, PLACING);
        }
    }
    cf_arena_free(&arena);
}

static void splitting_an_area_changes_nothing(void **state)
{
    struct place_random random = {32};
    int compared = 0;
    (void)state;
    for (int n = 0; compared < PLACES; n++) {
        struct cf_model *m = draw(&random);
        const int a = place_whole(&random, 0, m->extent.A - 1);
        struct place_result whole = place_run(m, best());
        if (whole.status == CF_RUN_OK && !somebody_is_late(m, &whole)) {
            struct cf_model *other = place_split(m, a);
            struct place_result halves = place_run(other, best());
            int none[16];
            memset(none, -1, sizeof none);
            struct same same = {.m = m, .other = other, .tolerance = PLACING, .number = n};
            same.to[CF_AXIS_AREA] = none; /* those that are of areas: assert_halves */
            assert_int_equal(halves.status, CF_RUN_OK);
            assert_same(&same, &whole, &halves);
            assert_halves(m, a, &whole, &halves);
            compared++;
            place_result_free(&halves);
            place_free(other);
        }
        place_result_free(&whole);
        place_free(m);
    }
}

/* Shares and minutes stay, everything else is c times as much. */
static void unscale(const struct cf_model *m, struct place_result *r, double c)
{
    static const char *const kept[] = {"attained_by_19", "access", "coverage",       "good_share",
                                       "scarcity",       "shift",  "indicator_value"};
    struct cf_arena arena;
    cf_arena_init(&arena);
    const struct cf_layout *layout = cf_record_layout(&arena, m);
    for (int k = 0; k < layout->n_variables; k++) {
        const struct cf_variable *v = &layout->variable[k];
        double *value = (double *)place_variable(r, v->name);
        int scales = value != NULL;
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            scales = scales && strcmp(v->name, kept[i]) != 0;
        for (size_t i = 0; i < v->size && scales; i++)
            value[i] /= c;
    }
    cf_arena_free(&arena);
}

static void counts_scale(void **state)
{
    struct place_random random = {33};
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct cf_model *m = draw(&random);
        const double c = 0.1 + 20 * place_uniform(&random);
        struct place_result one = place_run(m, best());
        place_scale(m, c);
        struct place_result scaled = place_run(m, best());
        assert_int_equal(one.status, scaled.status);
        if (one.status == CF_RUN_OK) {
            unscale(m, &scaled, c);
            assert_same(&(struct same){.m = m, .other = m, .tolerance = PLACING, .number = n}, &one,
                        &scaled);
        }
        place_result_free(&one);
        place_result_free(&scaled);
        place_free(m);
    }
}

static void fill(struct cf_model *m, enum cf_field_id id, double value)
{
    struct cf_field *f = &m->field[id];
    for (size_t i = 0; i < (size_t)f->n_years * f->size; i++)
        f->value[i] = value;
}

/* All borders closed: every authority's areas have what they have with its sites alone, where
 * nobody moves between areas and newcomers are not mixed like those of all areas. */
static void closed_borders_part_the_authorities(void **state)
{
    struct place_random random = {34};
    int compared = 0;
    (void)state;
    for (int n = 0; compared < PLACES; n++) {
        struct cf_model *m = draw(&random);
        fill(m, CF_FIELD_collaboration, 0);
        fill(m, CF_FIELD_out_rate, 0);
        fill(m, CF_FIELD_external, 0);
        fill(m, CF_FIELD_dwellings, 0);
        struct place_result all = place_run(m, best());
        for (int h = 0; h < m->provision.H && all.status == CF_RUN_OK; h++) {
            int area[16], site[16], authority[16];
            if (somebody_is_late(m, &all))
                break;
            struct cf_model *alone = place_authority(m, h, area, site);
            if (!alone)
                continue;
            for (int k = 0; k < m->provision.H; k++)
                authority[k] = k == h ? h : -1;
            struct place_result own = place_run(alone, best());
            struct same same = {.m = alone, .other = m, .tolerance = 1e-8, .number = n};
            same.to[CF_AXIS_AREA] = area;
            same.to[CF_AXIS_SITE] = site;
            same.to[CF_AXIS_AUTHORITY] = authority;
            assert_int_equal(own.status, CF_RUN_OK);
            assert_same(&same, &own, &all);
            compared++;
            place_result_free(&own);
            place_free(alone);
        }
        place_result_free(&all);
        place_free(m);
    }
}

/* The same bytes from every build of the kernels that this processor runs. */
static void builds_agree_to_the_bit(void **state)
{
    static const char *const builds[] = {"generic", "v3", "v4"};
    struct place_random random = {35};
    (void)state;
    for (int n = 0; n < PLACES; n++) {
        struct cf_model *m = draw(&random);
        struct cf_arena arena;
        cf_arena_init(&arena);
        const struct cf_layout *layout = cf_record_layout(&arena, m);
        struct place_result one = place_run(m, best());
        for (int b = 0; b < 3; b++) {
            const struct cf_kernels *kernels = cf_select_kernels(builds[b]);
            if (!kernels)
                continue;
            struct place_result other = place_run(m, kernels);
            assert_int_equal(one.status, other.status);
            for (int k = 0; k < layout->n_variables && one.status == CF_RUN_OK; k++) {
                const struct cf_variable *v = &layout->variable[k];
                if (place_variable(&one, v->name))
                    assert_memory_equal(place_variable(&one, v->name),
                                        place_variable(&other, v->name), v->size * sizeof(double));
            }
            place_result_free(&other);
        }
        place_result_free(&one);
        cf_arena_free(&arena);
        place_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relabelling_permutes),
        cmocka_unit_test(splitting_an_area_changes_nothing),
        cmocka_unit_test(counts_scale),
        cmocka_unit_test(closed_borders_part_the_authorities),
        cmocka_unit_test(builds_agree_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
