/*
 * A thousand runs of a small place in which places bind, in one process, through the public headers
 * alone: the same bits each time, and no growth in memory.
 */
#include "support/check.h"

#include <cohortflow/cohortflow.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RUNS 1000

/* The kernel's own count lags by up to this many pages. */
#define LAG 64

/* Bytes of freed pieces that the allocator may keep at hand: less than a kilobyte a round. */
#define AT_HAND 65536

/* Bytes that the program holds. */
static size_t held(void)
{
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* Pages of memory in use. */
static long resident(void)
{
    long all = 0, pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file) {
        if (fscanf(file, "%ld %ld", &all, &pages) != 2)
            pages = 0;
        fclose(file);
    }
    return pages;
}

static char *scenario(void)
{
    static char path[4096];
    const char *source = getenv("CF_SOURCE");
    snprintf(path, sizeof path, "%s/tests/golden/tiny_places/baseline.cfg", source ? source : ".");
    return path;
}

static void one_model_many_runs(void **state)
{
    cf_diag *diag = cf_diag_open();
    cf_model *model;
    cf_run *run;
    struct cf_run_variable v;
    long before = 0;
    size_t held_before = 0;
    (void)state;
    assert_int_equal(cf_model_open(scenario(), NULL, 0, &model, diag), CF_OK);
    assert_int_equal(cf_run_open(model, NULL, &run, diag), CF_OK);
    assert_int_equal(cf_run_compute(run, diag), CF_OK);
    assert_true(cf_run_variable(run, "population", &v));
    const size_t n =
        (size_t)v.extent[0] * (size_t)v.extent[1] * (size_t)v.extent[2] * (size_t)v.extent[3];
    double *first = malloc(n * sizeof *first);
    assert_non_null(first);
    memcpy(first, v.value, n * sizeof *first);
    for (int i = 0; i < RUNS; i++) {
        if (i == 10) {
            before = resident();
            held_before = held();
        }
        assert_int_equal(cf_run_compute(run, diag), CF_OK);
        assert_memory_equal(first, v.value, n * sizeof *first);
    }
    assert_true(before > 0);
    assert_true(resident() <= before + LAG);
    assert_int_equal(held(), held_before);
    assert_false(cf_run_variable(run, "no such variable", &v));
    free(first);
    cf_run_close(run);
    cf_model_close(model);
    cf_diag_close(diag);
}

/* Opening and closing everything again and again gives everything back. */
static void open_and_close(void **state)
{
    long before = 0;
    size_t held_before = 0;
    (void)state;
    for (int i = 0; i < RUNS / 10; i++) {
        if (i == 20) {
            before = resident();
            held_before = held();
        }
        cf_diag *diag = cf_diag_open();
        cf_model *model;
        cf_run *run;
        assert_int_equal(cf_model_open(scenario(), NULL, 0, &model, diag), CF_OK);
        assert_int_equal(cf_run_open(model, "generic", &run, diag), CF_OK);
        assert_int_equal(cf_run_compute(run, diag), CF_OK);
        cf_run_close(run);
        cf_model_close(model);
        cf_diag_close(diag);
    }
    assert_true(before > 0);
    /* The allocator keeps some freed pieces at hand and counts them as held. */
    assert_true(held() <= held_before + AT_HAND);
    /* AddressSanitizer keeps what was freed on purpose, and finds leaks in its own way. */
#ifndef __SANITIZE_ADDRESS__
    assert_true(resident() <= before + LAG);
#endif
}

static void unknown_kernels_are_refused(void **state)
{
    cf_diag *diag = cf_diag_open();
    cf_model *model;
    cf_run *run;
    (void)state;
    assert_int_equal(cf_model_open(scenario(), NULL, 0, &model, diag), CF_OK);
    assert_int_equal(cf_run_open(model, "v9", &run, diag), CF_USAGE);
    assert_null(run);
    cf_model_close(model);
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_model_many_runs),
        cmocka_unit_test(open_and_close),
        cmocka_unit_test(unknown_kernels_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
