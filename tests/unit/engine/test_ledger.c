#include "support/check.h"
#include "support/place.h"

#include "engine/ledger.h"
#include "engine/select.h"

#include <math.h>

static void clear(lanes *terms)
{
    for (int t = 0; t < CF_N_TERMS; t++)
        terms[t] = lanes_of(0);
}

/* 1000 + 120.5 - 30 (net) + 12 + 8 + 4 + 2.5 = 990 + 5 + 61 + 61 */
static void every_term_counts_on_its_side(void **state)
{
    lanes terms[CF_N_TERMS];
    (void)state;
    clear(terms);
    terms[CF_TERM_START] = lanes_of(1000);
    terms[CF_TERM_ENTRANTS] = lanes_of(120.5);
    terms[CF_TERM_NET] = lanes_of(-30);
    terms[CF_TERM_IN] = lanes_of(12);
    terms[CF_TERM_EXTERNAL] = lanes_of(8);
    terms[CF_TERM_HOUSING] = lanes_of(4);
    terms[CF_TERM_CLIPPED] = lanes_of(2.5);
    terms[CF_TERM_DEATHS] = lanes_of(5);
    terms[CF_TERM_OUT] = lanes_of(61);
    terms[CF_TERM_AGED_OUT] = lanes_of(61);
    assert_true(cf_ledger_expected(terms)[3] == 990);
    assert_false(lanes_any(cf_ledger_open(terms, lanes_of(990))));
}

static void open_beyond_the_tolerance_in_its_own_lane(void **state)
{
    lanes terms[CF_N_TERMS], persons = lanes_of(1e6);
    (void)state;
    clear(terms);
    terms[CF_TERM_START] = lanes_of(1e6);
    persons[2] = 1e6 + 0.9e-3; /* 1e-9 of a million is a thousandth */
    assert_false(lanes_any(cf_ledger_open(terms, persons)));
    persons[2] = 1e6 - 1.1e-3;
    const lanes_mask open = cf_ledger_open(terms, persons);
    for (int k = 0; k < CF_LANES; k++)
        assert_int_equal(open[k] != 0, k == 2);
}

static void what_is_no_number_is_open(void **state)
{
    lanes terms[CF_N_TERMS], persons = lanes_of(5);
    (void)state;
    clear(terms);
    terms[CF_TERM_START] = lanes_of(5);
    persons[1] = NAN;
    persons[4] = INFINITY;
    const lanes_mask open = cf_ledger_open(terms, persons);
    for (int k = 0; k < CF_LANES; k++)
        assert_int_equal(open[k] != 0, k == 1 || k == 4);
}

/* A kernel that loses people: half of everybody, in the one process. */
static void losing_regroup(const struct cf_extent *e, const lanes *regroup, lanes *stock,
                           lanes *scratch)
{
    (void)regroup;
    (void)scratch;
    for (size_t c = 0; c < (size_t)e->G * cf_cells(e); c++)
        stock[c] *= 0.5;
}

/* One that loses a hundred-millionth, and one that makes people of nothing. */
static void losing_age(const struct cf_extent *e, const lanes *survival, lanes *stock,
                       lanes *deaths, lanes *aged_out)
{
    cf_select_kernels("generic")->age(e, survival, stock, deaths, aged_out);
    for (size_t c = 0; c < (size_t)e->G * cf_cells(e); c++)
        stock[c] *= 1 - 1e-8;
}

static void making_choice(const struct cf_extent *e, const struct cf_choice *choice, lanes *stock,
                          struct cf_lost *out)
{
    cf_select_kernels("generic")->choose(e, choice, stock, out);
    for (size_t c = 0; c < (size_t)e->G * cf_cells(e); c++)
        stock[c] += 1e-3;
}

/* Whatever process loses or makes people, the run is marked: the count after it finds them. */
static void a_process_that_loses_people_is_found(void **state)
{
    struct cf_kernels broken[3] = {*cf_select_kernels("generic"), *cf_select_kernels("generic"),
                                   *cf_select_kernels("generic")};
    struct place_random random = {21};
    const struct place_size size = {
        .A = 2, .G = 2, .X = 6, .L = 2, .S = 3, .Y = 3, .choice_x = 2, .D = 0};
    (void)state;
    broken[0].regroup = losing_regroup;
    broken[1].age = losing_age;
    broken[2].choose = making_choice;
    struct cf_model *m = place_new_random(&size, &random);
    struct place_result sound = place_run(m, cf_select_kernels("generic"));
    assert_int_equal(sound.status, CF_RUN_OK);
    for (int k = 0; k < 3; k++) {
        struct place_result r = place_run(m, &broken[k]);
        assert_int_equal(r.status, CF_RUN_LEDGER_OPEN);
        place_result_free(&r);
    }
    place_result_free(&sound);
    place_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_term_counts_on_its_side),
        cmocka_unit_test(open_beyond_the_tolerance_in_its_own_lane),
        cmocka_unit_test(what_is_no_number_is_open),
        cmocka_unit_test(a_process_that_loses_people_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
