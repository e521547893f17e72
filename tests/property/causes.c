/*
 * What holds of runs without some causes (MODEL.md 9.2), on random places: a cause that acts
 * through inputs is off as if its tables were empty, to the bit, whatever the other runs of the
 * batch are without; held people stay as many as in the base year, and the ledger closes; where
 * nobody is moved the stock is what was chosen first. With all causes on a run is the ordinary one.
 */
#include "support/check.h"
#include "support/place.h"

#include "engine/placing.h"
#include "engine/select.h"
#include "exec/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 1000 };

static const struct cf_kernels *best(void)
{
    return cf_select_kernels(NULL);
}

/* What is seen of eight runs: [lane][year][area][age][status], [lane][year][area][group][age]. */
struct seen {
    size_t n, n_ages;
    double *stock, *population, *chosen;
    int places;
};

static void see(void *self, struct cf_worker *w, int y, int summer)
{
    struct seen *s = self;
    const int A = w->e->A, X = w->e->X, S = w->e->S;
    const size_t ages = (size_t)w->e->G * (size_t)X;
    for (int a = 0; a < A && !summer; a++) {
        for (int x = 0; x < X; x++) {
            w->kernels->count_statuses(w->e, cf_area_stock(w, a), x, w->persons);
            for (int i = 0; i < S; i++)
                for (size_t k = 0; k < CF_LANES; k++) {
                    const size_t at = k * s->n +
                                      ((size_t)(y * A + a) * (size_t)X + (size_t)x) * (size_t)S +
                                      (size_t)i;
                    s->stock[at] = w->persons[i][k];
                    if (w->placing)
                        s->chosen[at] = w->placing->first_choice[VIEW3(a, x, X, i, S)][k];
                }
        }
        memset(w->persons, 0, ages * sizeof *w->persons);
        w->kernels->count(w->e, cf_area_stock(w, a), w->persons);
        for (size_t g = 0; g < ages; g++)
            for (size_t k = 0; k < CF_LANES; k++)
                s->population[k * s->n_ages + (size_t)(y * A + a) * ages + g] = w->persons[g][k];
    }
    s->places = w->placing != NULL;
}

static struct seen new_seen(const struct place_size *size)
{
    const size_t YA = (size_t)size->Y * (size_t)size->A;
    struct seen s = {.n = YA * (size_t)(size->X * size->S),
                     .n_ages = YA * (size_t)(size->G * size->X)};
    s.stock = calloc(CF_LANES * s.n, sizeof(double));
    s.chosen = calloc(CF_LANES * s.n, sizeof(double));
    s.population = calloc(CF_LANES * s.n_ages, sizeof(double));
    return s;
}

static void free_seen(struct seen *s)
{
    free(s->stock);
    free(s->chosen);
    free(s->population);
}

static void clear(struct cf_model *m, enum cf_field_id id)
{
    struct cf_field *f = &m->field[id];
    for (size_t i = 0; i < (size_t)f->n_years * f->size; i++)
        f->value[i] = 0;
}

/* The same place with the tables empty that causes act through. */
static void empty_tables(struct cf_model *m, int off)
{
    if (off >> CF_CAUSE_PROGRESSION & 1)
        clear(m, CF_FIELD_trend);
    if (off >> CF_CAUSE_VIEWS & 1)
        clear(m, CF_FIELD_theta);
    if (off >> CF_CAUSE_ECONOMY & 1)
        clear(m, CF_FIELD_elasticity);
    if (off >> CF_CAUSE_POLICY & 1) {
        clear(m, CF_FIELD_duty);
        clear(m, CF_FIELD_push);
    }
    if (off >> CF_CAUSE_ACCESS & 1)
        clear(m, CF_FIELD_phi);
}

static void assert_held(const struct seen *s, const struct place_size *size, size_t lane)
{
    const size_t year = s->n_ages / (size_t)size->Y;
    const double *of = s->population + lane * s->n_ages;
    for (size_t k = 0; k < s->n_ages; k++)
        assert_true(fabs(of[k] - of[k % year]) <= 1e-9 * fmax(1, of[k % year]));
}

static void assert_unmoved(const struct seen *s, const struct place_size *size, size_t lane)
{
    const size_t year = s->n / (size_t)size->Y;
    for (size_t k = year; k < s->n && s->places; k++)
        assert_true(s->stock[lane * s->n + k] == s->chosen[lane * s->n + k]);
}

static void try_place(const struct place_size *size, struct place_random *random, int *compared)
{
    enum {
        THROUGH_INPUTS = 1 << CF_CAUSE_PROGRESSION | 1 << CF_CAUSE_VIEWS | 1 << CF_CAUSE_ECONOMY |
                         1 << CF_CAUSE_POLICY | 1 << CF_CAUSE_ACCESS
    };
    struct place_random again = *random;
    struct cf_model *m = place_new_random(size, random);
    struct seen s = new_seen(size);
    struct cf_batch batch;
    struct cf_trouble trouble[CF_LANES];
    unsigned char off[CF_LANES] = {0};
    for (int k = 1; k < CF_LANES; k++)
        off[k] = (unsigned char)place_whole(random, 0, (1 << CF_N_CAUSES) - 1);
    off[1] &= THROUGH_INPUTS;
    cf_batch_init(&batch, m, best());
    cf_worker_may_switch(&batch.worker);
    cf_batch_switched(&batch, off, &(struct cf_witness){&s, see}, trouble);
    for (size_t k = 0; k < CF_LANES; k++) {
        if (trouble[k].status != CF_RUN_OK) {
            assert_true(trouble[k].status != CF_RUN_LEDGER_OPEN);
            continue;
        }
        if (off[k] >> CF_CAUSE_DEMOGRAPHY & 1)
            assert_held(&s, size, k);
        if (off[k] >> CF_CAUSE_CAPACITY & 1)
            assert_unmoved(&s, size, k);
        if (off[k] & ~THROUGH_INPUTS)
            continue;
        struct place_random same = again;
        struct cf_model *bare = place_new_random(size, &same);
        empty_tables(bare, off[k]);
        struct place_result one = place_run(bare, best());
        assert_int_equal(one.status, CF_RUN_OK);
        assert_memory_equal(one.stock, s.stock + k * s.n, s.n * sizeof(double));
        place_result_free(&one);
        place_free(bare);
        ++*compared;
    }
    cf_batch_free(&batch);
    free_seen(&s);
    place_free(m);
}

static void causes_are_taken_away(void **state)
{
    struct place_random random = {31};
    int compared = 0;
    (void)state;
    for (int i = 0; i < PLACES; i++) {
        struct place_size size =
            i % 2 ? place_random_size_with_lines(&random) : place_random_size(&random);
        try_place(&size, &random, &compared);
    }
    assert_true(compared > PLACES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(causes_are_taken_away)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
