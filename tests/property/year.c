/*
 * What always holds of a year (MODEL.md 3), on random places: more than a thousand of them, from
 * a fixed sequence, so that a failure repeats.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/ledger.h"
#include "engine/select.h"

#include <math.h>
#include <string.h>

#define PLACES 1200

struct sample {
    struct place_size size;
    struct cf_model *model;
    struct place_result result;
};

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

static size_t population_size(const struct place_size *s)
{
    return (size_t)s->Y * (size_t)s->A * (size_t)s->G * (size_t)s->X;
}

static struct sample draw(struct place_random *random)
{
    struct sample sample = {.size = place_random_size(random)};
    sample.model = place_new_random(&sample.size, random);
    sample.result = place_run(sample.model, best());
    return sample;
}

static void drop(struct sample *sample)
{
    place_result_free(&sample->result);
    place_free(sample->model);
}

/* Relative to the larger of the two and one person. */
static void assert_near(double a, double b, double tolerance)
{
    const double scale = fmax(1, fmax(fabs(a), fabs(b)));
    if (!(fabs(a - b) <= tolerance * scale))
        fail_msg("%.17g and %.17g differ by more than %g", a, b, tolerance * scale);
}

/* start + entrants + net + in + external + housing + clipped = end + deaths + out + aged_out,
 * and end is the population, and the next start is this end. */
static void ledger_closes(void **state)
{
    struct place_random random = {1};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        const size_t ages = (size_t)s.size.G * (size_t)s.size.X, A = (size_t)s.size.A;
        assert_true(s.result.status == CF_RUN_OK || s.result.status == CF_RUN_NOT_FINITE);
        for (size_t ya = 0; ya < (size_t)s.size.Y * A; ya++) {
            const double *t = &s.result.ledger[ya * CF_N_TERMS];
            double persons = 0;
            for (size_t k = 0; k < ages; k++)
                persons += s.result.population[ya * ages + k];
            assert_near(t[CF_TERM_START] + t[CF_TERM_ENTRANTS] + t[CF_TERM_NET] + t[CF_TERM_IN] +
                            t[CF_TERM_EXTERNAL] + t[CF_TERM_HOUSING] + t[CF_TERM_CLIPPED],
                        t[CF_TERM_END] + t[CF_TERM_DEATHS] + t[CF_TERM_OUT] + t[CF_TERM_AGED_OUT],
                        1e-9);
            assert_near(t[CF_TERM_END], persons, 1e-12);
            assert_near(t[CF_TERM_RESIDUAL], 0, 1e-9);
            assert_true(t[CF_TERM_CLIPPED] >= 0);
            if (ya >= A)
                assert_near(t[CF_TERM_START], t[CF_TERM_END - (ptrdiff_t)(A * CF_N_TERMS)], 1e-12);
        }
        drop(&s);
    }
}

static void stocks_are_not_negative(void **state)
{
    struct place_random random = {2};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        for (size_t k = 0; k < population_size(&s.size); k++)
            assert_true(s.result.population[k] >= 0);
        drop(&s);
    }
}

static void equal_mix(const struct sample *s, const struct place_result *plain)
{
    const size_t ya = (size_t)s->size.Y * (size_t)s->size.A;
    for (size_t k = 0; k < ya * (size_t)(s->size.X * s->size.S); k++)
        assert_near(s->result.stock[k], plain->stock[k], 1e-12);
    for (size_t k = 0; k < ya * (size_t)(s->size.X * s->size.L); k++)
        assert_near(s->result.level_stock[k], plain->level_stock[k], 1e-12);
    for (size_t k = 0; k < ya * (size_t)s->size.L; k++)
        if (isnan(plain->attained[k]))
            assert_true(isnan(s->result.attained[k]));
        else
            assert_near(s->result.attained[k], plain->attained[k], 1e-12);
}

/* A second implementation, from the equations. */
static void equals_the_plain_model(void **state)
{
    struct place_random random = {3};
    int compared = 0;
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        struct place_result plain = place_run_plain(s.model);
        assert_int_equal(plain.status, s.result.status);
        if (plain.status == CF_RUN_OK) {
            compared++;
            for (size_t k = 0; k < population_size(&s.size); k++)
                assert_near(s.result.population[k], plain.population[k], 1e-12);
            for (size_t k = 0; k < (size_t)(s.size.Y * s.size.A * CF_N_TERMS); k++)
                assert_near(s.result.ledger[k], plain.ledger[k], 1e-11);
            equal_mix(&s, &plain);
        }
        place_result_free(&plain);
        drop(&s);
    }
    assert_true(compared >= 1000);
}

static void shuffle(struct place_random *random, int n, int *to)
{
    for (int i = 0; i < n; i++)
        to[i] = i;
    for (int i = n - 1; i > 0; i--) {
        const int j = place_whole(random, 0, i), kept = to[i];
        to[i] = to[j];
        to[j] = kept;
    }
}

/* Members in another order: the same numbers in another order. */
static void relabelling_permutes(void **state)
{
    static const enum cf_axis_id axes[] = {CF_AXIS_AREA, CF_AXIS_GROUP, CF_AXIS_STATUS};
    struct place_random random = {4};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        const enum cf_axis_id axis = axes[i % 3];
        int to[16];
        shuffle(&random, s.model->axis[axis].n, to);
        struct cf_model *other = place_permuted(s.model, axis, to);
        struct place_result result = place_run(other, best());
        assert_int_equal(result.status, s.result.status);
        for (int y = 0; y < s.size.Y; y++)
            for (int a = 0; a < s.size.A; a++)
                for (int g = 0; g < s.size.G; g++)
                    for (int x = 0; x < s.size.X; x++) {
                        const int b = axis == CF_AXIS_AREA ? to[a] : a;
                        const int h = axis == CF_AXIS_GROUP ? to[g] : g;
                        const size_t here = VIEW4(y, a, s.size.A, g, s.size.G, x, s.size.X);
                        const size_t there = VIEW4(y, b, s.size.A, h, s.size.G, x, s.size.X);
                        assert_near(s.result.population[here], result.population[there], 1e-11);
                    }
        for (int y = 0; y < s.size.Y; y++)
            for (int a = 0; a < s.size.A; a++)
                for (int x = 0; x < s.size.X; x++)
                    for (int k = 0; k < s.size.S; k++) {
                        const int b = axis == CF_AXIS_AREA ? to[a] : a;
                        const int t = axis == CF_AXIS_STATUS ? to[k] : k;
                        const size_t here = VIEW4(y, a, s.size.A, x, s.size.X, k, s.size.S);
                        const size_t there = VIEW4(y, b, s.size.A, x, s.size.X, t, s.size.S);
                        assert_near(s.result.stock[here], result.stock[there], 1e-10);
                    }
        place_result_free(&result);
        place_free(other);
        drop(&s);
    }
}

/* An area in two identical halves: the same totals. */
static void splitting_an_area_changes_nothing(void **state)
{
    struct place_random random = {5};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        const int a = place_whole(&random, 0, s.size.A - 1);
        struct cf_model *halves = place_split(s.model, a);
        struct place_result result = place_run(halves, best());
        const size_t ages = (size_t)s.size.G * (size_t)s.size.X, A = (size_t)s.size.A;
        assert_int_equal(result.status, s.result.status);
        for (size_t y = 0; y < (size_t)s.size.Y; y++)
            for (size_t b = 0; b < A; b++)
                for (size_t k = 0; k < ages; k++) {
                    double other = result.population[(y * (A + 1) + b) * ages + k];
                    if ((int)b == a)
                        other += result.population[(y * (A + 1) + A) * ages + k];
                    assert_near(s.result.population[(y * A + b) * ages + k], other, 1e-10);
                }
        place_result_free(&result);
        place_free(halves);
        drop(&s);
    }
}

static void counts_scale(void **state)
{
    struct place_random random = {6};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        const double c = 0.1 + 20 * place_uniform(&random);
        /* dwellings and child_yield multiply: only the dwellings are a count. */
        place_scale(s.model, c);
        struct place_result scaled = place_run(s.model, best());
        assert_int_equal(scaled.status, s.result.status);
        for (size_t k = 0; k < population_size(&s.size); k++)
            assert_near(scaled.population[k], c * s.result.population[k], 1e-11);
        place_result_free(&scaled);
        drop(&s);
    }
}

/* The same bytes from every build of the kernels that this processor runs. */
static void builds_agree_to_the_bit(void **state)
{
    static const char *const builds[] = {"generic", "v3", "v4"};
    struct place_random random = {7};
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct sample s = draw(&random);
        for (int b = 0; b < 3; b++) {
            const struct cf_kernels *kernels = cf_select_kernels(builds[b]);
            if (!kernels)
                continue;
            struct place_result other = place_run(s.model, kernels);
            assert_memory_equal(other.population, s.result.population,
                                population_size(&s.size) * sizeof(double));
            assert_memory_equal(other.ledger, s.result.ledger,
                                (size_t)(s.size.Y * s.size.A * CF_N_TERMS) * sizeof(double));
            assert_memory_equal(other.stock, s.result.stock,
                                (size_t)(s.size.Y * s.size.A * s.size.X * s.size.S) *
                                    sizeof(double));
            place_result_free(&other);
        }
        drop(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ledger_closes),
        cmocka_unit_test(stocks_are_not_negative),
        cmocka_unit_test(equals_the_plain_model),
        cmocka_unit_test(relabelling_permutes),
        cmocka_unit_test(splitting_an_area_changes_nothing),
        cmocka_unit_test(counts_scale),
        cmocka_unit_test(builds_agree_to_the_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
