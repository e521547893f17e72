/*
 * From a past that was made up with known rates, people coming and going one by one, the fit finds
 * the rates again: within 3 of its standard errors in at least 95% of 200 trials, every rate, and
 * the spread of the years' errors as it was put in.
 */
#include "support/check.h"

#include "unit/calibrate/past.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

enum { TRIALS = 200, AREAS = 4, YEARS = 10, GROUPS = 2, AGES = 19 };
static const double stays = 0.95; /* of a cohort, a year; the others are replaced at the rate */

/* What was planted: a share of the cohort, from -3% to +3%. */
static double planted(int a, int g, int x)
{
    return 0.01 * ((a * 7 + g * 3 + x * 5) % 7 - 3);
}

static void make(struct past *past, gsl_rng *rng, double level_sd)
{
    past_open(past, AREAS, 0, YEARS, GROUPS, AGES);
    for (int a = 0; a < AREAS; a++)
        for (int y = 0; y < YEARS; y++) {
            const double error = level_sd > 0 ? gsl_ran_gaussian(rng, level_sd) : 0;
            for (int g = 0; g < GROUPS; g++)
                for (int x = 0; x < AGES; x++) {
                    double *n = past_stock(past, y, a, g, x);
                    if (y == 0 || x == 0) {
                        *n = gsl_ran_poisson(rng, 4000 + 1000 * a);
                        continue;
                    }
                    const double before = *past_stock(past, y - 1, a, g, x - 1);
                    const double come = (1 + planted(a, g, x)) * exp(error) - stays;
                    *n = gsl_ran_binomial(rng, stays, (unsigned)before) +
                         gsl_ran_poisson(rng, before * come);
                }
        }
}

static void rates_are_found_again(void **state)
{
    (void)state;
    static int within[AREAS][GROUPS][AGES];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (unsigned long trial = 0; trial < TRIALS; trial++) {
        struct past past;
        gsl_rng_set(rng, 1000 + trial);
        make(&past, rng, 0);
        cf_survival_fit(&past.fit);
        for (int a = 0; a < AREAS; a++)
            for (int g = 0; g < GROUPS; g++)
                for (int x = 1; x < AGES; x++) {
                    const size_t at = cf_survival_cell(&past.fit, a, g, x);
                    within[a][g][x] += fabs(past.fit.rate[at] - log(1 + planted(a, g, x))) <=
                                       3 * past.fit.own_error[at];
                }
        cf_arena_free(&past.arena);
    }
    gsl_rng_free(rng);
    for (int a = 0; a < AREAS; a++)
        for (int g = 0; g < GROUPS; g++)
            for (int x = 1; x < AGES; x++)
                if (within[a][g][x] < TRIALS * 95 / 100)
                    fail_msg("area %d, group %d, age %d: within 3 standard errors in %d of %d", a,
                             g, x, within[a][g][x], TRIALS);
}

static void errors_are_as_large_as_they_were_made(void **state)
{
    (void)state;
    const double level_sd = 0.02;
    double level = 0, age = 0;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (unsigned long trial = 0; trial < TRIALS; trial++) {
        struct past past;
        struct cf_survival_noise noise;
        gsl_rng_set(rng, 9000 + trial);
        make(&past, rng, level_sd);
        cf_survival_fit(&past.fit);
        cf_survival_errors(&past.fit, 1, AGES - 1, &noise);
        level += noise.level_sd * noise.level_sd / TRIALS;
        age += noise.age_persons / TRIALS;
        cf_arena_free(&past.arena);
    }
    gsl_rng_free(rng);
    past_is(sqrt(level), level_sd, 0.001);
    /* Of n persons of both groups n stays (1 - stays) + n (1 - stays) leave and come by chance. */
    past_is(age, stays * (1 - stays) + (1 - stays), 0.02);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_found_again),
        cmocka_unit_test(errors_are_as_large_as_they_were_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
