/* Proves: the futures of a plan are good draws whose weights sum to 1 and whose mean of all
 * unplaced is that of the draws; the judges are alike in weight and spread over all of them; what
 * cannot be planned with is refused. */
#include "support/check.h"

#include "unit/output/drawn.h"

#include "plan/choose_futures.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_DRAWS = 1800, CELLS = DRAWN_REPORTS * DRAWN_AREAS * DRAWN_LINES };

static double value[MOST_DRAWS + 1][CELLS];
static int status[MOST_DRAWS + 1];

static void lay_down(int draws, const char *name)
{
    const struct drawn d = {.scenarios = 1, .points = 1, .draws = draws, .status = status};
    cf_h5 *h5 = drawn_begin(&d, "futures.h5");
    drawn_numbers(&d, h5, name, "draw_run report_year area line", value[0]);
    drawn_end(h5);
}

static void fill(int draws, unsigned long long seed)
{
    memset(status, 0, sizeof status);
    for (int k = 0; k <= draws; k++) {
        const double level = k == 0 ? 1e6 : -log(drawn_random(&seed));
        for (int i = 0; i < CELLS; i++)
            value[k][i] = 10 * level * drawn_random(&seed);
    }
}

static double total(int draw)
{
    double sum = 0;
    for (int i = 0; i < CELLS; i++)
        sum += value[draw][i];
    return sum;
}

struct chosen {
    struct cf_arena arena;
    struct cf_futures futures, judges;
    enum cf_status status, judged;
};

static struct chosen choose(int most)
{
    struct chosen c = {0};
    cf_results *file;
    cf_arena_init(&c.arena);
    assert_int_equal(cf_results_open("futures.h5", &file, NULL), CF_OK);
    c.status = cf_choose_futures(file, 0, most, &c.futures, &c.judges, &c.judged, &c.arena, NULL);
    cf_results_close(file);
    return c;
}

static double weighted(const struct cf_futures *futures, double *mean)
{
    double sum = 0;
    *mean = 0;
    for (int f = 0; f < futures->n; f++) {
        assert_true(f == 0 || futures->draw[f] > futures->draw[f - 1]);
        assert_true(futures->draw[f] >= 1 && status[futures->draw[f]] == 0);
        assert_true(futures->weight[f] > 0);
        sum += futures->weight[f];
        *mean += futures->weight[f] * total(futures->draw[f]);
    }
    return sum;
}

static void weights_hold_the_mean(void **state)
{
    (void)state;
    for (int draws = 13; draws <= 400; draws = draws * 2 + 1)
        for (int most = 3; most <= 12; most += 3) {
            double mean = 0, of_futures, of_judges;
            fill(draws, (unsigned long long)draws);
            lay_down(draws, "unplaced_draws");
            struct chosen c = choose(most);
            assert_int_equal(c.status, CF_OK);
            assert_int_equal(c.judged, CF_OK);
            for (int k = 1; k <= draws; k++)
                mean += total(k) / draws;
            assert_int_equal(c.futures.n, most);
            assert_close(weighted(&c.futures, &of_futures), 1, 1e-12);
            assert_close(of_futures, mean, 1e-9 * mean);
            assert_int_equal(c.judges.n, draws < CF_JUDGES ? draws : CF_JUDGES);
            assert_close(weighted(&c.judges, &of_judges), 1, 1e-12);
            assert_close(of_judges, mean, draws <= CF_JUDGES ? 1e-9 * mean : 0.02 * mean);
            cf_arena_free(&c.arena);
        }
}

/* Of more draws than are looked at those at even steps: the first are all of a kind. */
static void many_are_looked_at_throughout(void **state)
{
    (void)state;
    fill(MOST_DRAWS, 7);
    for (int k = 1; k <= MOST_DRAWS; k++)
        for (int i = 0; i < CELLS; i++)
            value[k][i] = k > 1500 ? 1000 + k : 1 + k % 2;
    lay_down(MOST_DRAWS, "unplaced_draws");
    struct chosen c = choose(4);
    double mean;
    assert_int_equal(c.status, CF_OK);
    weighted(&c.futures, &mean);
    assert_true(c.futures.draw[c.futures.n - 1] > 1500);
    assert_close(mean, (1500 * 1.5 + 300 * 2650.5) / 1800 * CELLS, 0.01 * mean);
    cf_arena_free(&c.arena);
}

static void equal_draws_are_one_future(void **state)
{
    (void)state;
    fill(20, 7);
    for (int k = 2; k <= 20; k++)
        memcpy(value[k], value[1], sizeof value[k]);
    lay_down(20, "unplaced_draws");
    struct chosen c = choose(12);
    assert_int_equal(c.status, CF_OK);
    assert_int_equal(c.futures.n, 1);
    assert_close(c.futures.weight[0], 1, 1e-12);
    assert_int_equal(c.judges.n, 20);
    cf_arena_free(&c.arena);
}

static void without_draws_the_central_run(void **state)
{
    (void)state;
    fill(0, 7);
    lay_down(0, "unplaced_draws");
    struct chosen c = choose(12);
    assert_int_equal(c.status, CF_OK);
    assert_int_equal(c.judged, CF_OK);
    assert_true(c.futures.n == 1 && c.futures.draw[0] == 0 && c.futures.weight[0] == 1);
    assert_true(c.judges.n == 1 && c.judges.draw[0] == 0);
    cf_arena_free(&c.arena);
}

static void failed_and_spoilt_draws_are_told(void **state)
{
    (void)state;
    double mean;
    fill(40, 7);
    status[3] = status[40] = 3;
    lay_down(40, "unplaced_draws");
    struct chosen c = choose(12);
    assert_int_equal(c.status, CF_OK);
    assert_int_equal(c.judged, CF_BROKEN); /* "results.many-failed" */
    assert_close(weighted(&c.futures, &mean), 1, 1e-12);
    assert_int_equal(c.judges.n, 38);
    cf_arena_free(&c.arena);
    for (int k = 1; k <= 40; k++)
        status[k] = 3;
    lay_down(40, "unplaced_draws");
    c = choose(12);
    assert_int_equal(c.status, CF_BROKEN); /* "plan.draws" */
    cf_arena_free(&c.arena);
    fill(40, 7);
    value[17][2] = NAN;
    lay_down(40, "unplaced_draws");
    c = choose(12);
    assert_int_equal(c.status, CF_BAD_INPUT); /* "results.spoilt" */
    cf_arena_free(&c.arena);
    fill(40, 7);
    lay_down(40, "placed_draws");
    c = choose(12);
    assert_int_equal(c.status, CF_BAD_INPUT); /* "plan.retain" */
    cf_arena_free(&c.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weights_hold_the_mean),
                                       cmocka_unit_test(many_are_looked_at_throughout),
                                       cmocka_unit_test(equal_draws_are_one_future),
                                       cmocka_unit_test(without_draws_the_central_run),
                                       cmocka_unit_test(failed_and_spoilt_draws_are_told)};
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
