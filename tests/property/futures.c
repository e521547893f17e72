/*
 * What always holds of draws, on random places in which every kind of field is uncertain: a run
 * does not depend on who is in its batch, on the build of the kernels, or on the runs before it.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/layout.h"
#include "engine/select.h"
#include "exec/batch.h"
#include "model/lever_ops.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PLACES 250
#define DRAWS 19

/* Fields of every use and shape, heavy ones and travel among them. */
static const enum cf_field_id drawn[] = {
    CF_FIELD_population, CF_FIELD_survival,      CF_FIELD_net_rate,      CF_FIELD_entrants,
    CF_FIELD_gain,       CF_FIELD_progression,   CF_FIELD_trend,         CF_FIELD_driver,
    CF_FIELD_compliance, CF_FIELD_places,        CF_FIELD_minutes,       CF_FIELD_beta,
    CF_FIELD_line_share, CF_FIELD_staff,         CF_FIELD_theta,         CF_FIELD_reach,
    CF_FIELD_border,     CF_FIELD_collaboration, CF_FIELD_minutes_per_km};
#define N_DRAWN (sizeof drawn / sizeof *drawn)

/* A factor around 1 on all of a field, for each area its own where it has areas, with noise. */
static void fill_entry(struct cf_model *m, struct cf_uncertain *u, enum cf_field_id field, int k,
                       struct place_random *r)
{
    const struct cf_field_spec *spec = &cf_field_specs[field];
    *u = (struct cf_uncertain){.name = cf_arena_format(&m->arena, "entry %d", k),
                               .field = field,
                               .op = cf_lever_op_find("scale"),
                               .dist = cf_dist_find("lognormal"),
                               .parameter = {1, 0.2},
                               .min = -HUGE_VAL,
                               .max = HUGE_VAL,
                               .ar1 = NAN,
                               .group = -1};
    for (int d = 0; d < spec->n_dims; d++) {
        u->where[d] = cf_select_all(&m->arena, m->axis[spec->dim[d].axis].n);
        if (spec->dim[d].axis == CF_AXIS_AREA && place_whole(r, 0, 1)) {
            u->by[d] = 1;
            u->shared = 0.5;
        }
    }
    if (cf_field_specs[field].use != CF_USE_SETUP && place_whole(r, 0, 2) == 0)
        u->ar1 = 0.6;
}

static void make_uncertain(struct cf_model *m, struct place_random *r)
{
    struct cf_future *f = &m->scenario.future;
    f->uncertain = CF_TAKE(&m->arena, N_DRAWN, struct cf_uncertain);
    for (size_t k = 0; k < N_DRAWN; k++)
        if (m->field[drawn[k]].size > 0 && place_whole(r, 0, 1)) {
            fill_entry(m, &f->uncertain[f->n_uncertain], drawn[k], f->n_uncertain, r);
            f->n_uncertain++;
        }
    f->design = (struct cf_design){.kind = CF_DESIGN_MONTECARLO, .draws = DRAWS, .seed = 7};
}

static struct cf_model *draw_place(struct place_random *r)
{
    struct place_size size =
        place_whole(r, 0, 1) ? place_random_size_with_lines(r) : place_random_size(r);
    struct cf_model *m = place_new_random(&size, r);
    make_uncertain(m, r);
    m->scenario.n_report_years = 1;
    m->scenario.report_year = CF_TAKE(&m->arena, 1, int);
    m->scenario.report_year[0] = m->extent.base_year + m->extent.Y - 1;
    return m;
}

/* Draws first .. first + n - 1 in one batch, into rows of `value`. */
static void run(struct cf_batch *batch, const struct cf_layout *layout, int first, int n,
                double *value, int *status)
{
    double *record[CF_LANES] = {NULL};
    struct cf_trouble trouble[CF_LANES];
    for (int k = 0; k < n; k++)
        record[k] = value + (size_t)(first + k) * layout->length;
    cf_batch_runs(batch, layout, 0, first, n, record, trouble);
    for (int k = 0; k < n; k++)
        status[first + k] = (int)trouble[k].status;
}

static void assert_same(const struct cf_layout *layout, const double *one, const double *other,
                        const int *status, const int *other_status)
{
    for (int d = 0; d <= DRAWS; d++) {
        const size_t length = d == 0 ? layout->length : layout->draw_length;
        assert_int_equal(status[d], other_status[d]);
        if (status[d] == CF_RUN_OK)
            assert_memory_equal(one + (size_t)d * layout->length,
                                other + (size_t)d * layout->length, length * sizeof *one);
    }
}

/* Batches of eight, of one and of random sizes, on each build: the same bits. */
static void a_run_is_a_function_of_its_number(void **state)
{
    static const char *const builds[] = {"generic", "v3", "v4"};
    struct place_random random = {51};
    int differing = 0, ok = 0;
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct cf_arena arena;
        struct cf_batch batch;
        struct cf_model *m = draw_place(&random);
        int status[DRAWS + 1], again[DRAWS + 1];
        cf_arena_init(&arena);
        const struct cf_layout *layout = cf_record_layout(&arena, m);
        double *value = CF_TAKE(&arena, (DRAWS + 1) * layout->length, double);
        double *other = CF_TAKE(&arena, (DRAWS + 1) * layout->length, double);
        cf_batch_init(&batch, m, cf_select_kernels(NULL));
        for (int d = 0; d <= DRAWS; d += 8)
            run(&batch, layout, d, DRAWS + 1 - d < 8 ? DRAWS + 1 - d : 8, value, status);
        for (int d = DRAWS; d >= 0; d--)
            run(&batch, layout, d, 1, other, again);
        assert_same(layout, value, other, status, again);
        cf_batch_free(&batch);
        const struct cf_kernels *kernels = cf_select_kernels(builds[i % 3]);
        cf_batch_init(&batch, m, kernels ? kernels : cf_select_kernels("generic"));
        for (int d = 0, n; d <= DRAWS; d += n) {
            n = place_whole(&random, 1, 8);
            n = d + n > DRAWS + 1 ? DRAWS + 1 - d : n;
            run(&batch, layout, d, n, other, again);
        }
        assert_same(layout, value, other, status, again);
        cf_batch_free(&batch);
        ok += status[1] == CF_RUN_OK;
        differing += m->scenario.future.n_uncertain > 0 && layout->draw_length > 0 &&
                     memcmp(value + layout->length, value + 2 * layout->length,
                            layout->draw_length * sizeof *value) != 0;
        cf_arena_free(&arena);
        place_free(m);
    }
    assert_true(ok >= PLACES / 2);
    assert_true(differing >= PLACES / 2);
}

/* The central run is the run without draws: medians of factors are 1. */
static void the_central_run_is_that_of_medians(void **state)
{
    struct place_random random = {52};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct cf_model *m = draw_place(&random);
        struct place_result with = place_run(m, cf_select_kernels(NULL));
        m->scenario.future.n_uncertain = 0;
        m->scenario.future.design.kind = CF_DESIGN_NONE;
        struct place_result without = place_run(m, cf_select_kernels(NULL));
        const size_t n =
            (size_t)m->extent.Y * (size_t)m->extent.A * (size_t)m->extent.X * (size_t)m->extent.S;
        assert_int_equal(with.status, without.status);
        for (size_t k = 0; with.status == CF_RUN_OK && k < n; k++)
            assert_true(fabs(with.stock[k] - without.stock[k]) <= 1e-7 * fmax(1, without.stock[k]));
        place_result_free(&with);
        place_result_free(&without);
        place_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_a_function_of_its_number),
        cmocka_unit_test(the_central_run_is_that_of_medians),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
