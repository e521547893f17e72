#include "output/results_write.h"

#include "support/check.h"
#include "unit/output/small_results.h"

#include <cohortflow/results.h>
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Two scenarios, two points, draws of which the population is kept. */
enum { DRAWS = 2500, RUNS = 2 * 2 * (DRAWS + 1) };

static void draws_init(struct small *small, const char *path)
{
    small_init(small, path);
    small->variable[0].of_draws = 1;
    small->layout.draw_length = small->variable[0].size;
    small->plan.n_points = 2;
    small->plan.n_draws = DRAWS;
}

/* Every `every`th draw; records are no longer than they need be, so that a look beyond shows. */
static enum cf_status write_draws(const struct small *small, int every, cf_diag *diag)
{
    cf_results_writer *writer;
    enum cf_status status = cf_results_begin(&small->plan, &writer, diag);
    assert_int_equal(status, CF_OK);
    const struct cf_sink sink = cf_results_sink(writer);
    for (int run = 0; status == CF_OK && run < RUNS; run++) {
        const int draw = run % (DRAWS + 1);
        const size_t cells = draw ? small->layout.draw_length : small->layout.length;
        if (draw % every)
            continue;
        double *value = malloc(cells * sizeof *value);
        assert_non_null(value);
        for (size_t cell = 0; cell < cells; cell++)
            value[cell] = small_value(small, run, cell);
        const struct cf_record record = {.run = run,
                                         .scenario = run / (DRAWS + 1) / 2,
                                         .point = run / (DRAWS + 1) % 2,
                                         .draw = draw,
                                         .status =
                                             draw == 7 * every ? CF_RUN_NOT_PLACED : CF_RUN_OK,
                                         .value = value};
        status = sink.put(sink.self, &record, diag);
        free(value);
    }
    if (status == CF_OK)
        return cf_results_commit(writer, &small_circumstances, diag);
    cf_results_abandon(writer);
    return status;
}

static double *read_variable(cf_results *file, const char *name, size_t rows)
{
    const struct cf_results_variable *variable = cf_results_find(file, name);
    assert_non_null(variable);
    assert_int_equal(variable->dim[0]->n, rows);
    double *value = cf_results_read(file, variable, NULL);
    assert_non_null(value);
    return value;
}

static void kept_for_every_run_or_for_central_ones(void **state)
{
    (void)state;
    for (int every = 1; every < 4; every += 2) {
        struct small small;
        cf_results *file;
        draws_init(&small, "draws.h5");
        assert_int_equal(write_draws(&small, every, NULL), CF_OK);
        assert_int_equal(cf_results_open("draws.h5", &file, NULL), CF_OK);
        double *population = read_variable(file, "population", RUNS);
        double *ended = read_variable(file, "run_status", RUNS);
        const size_t cells = small.variable[0].size;
        for (int run = 0; run < RUNS; run++) {
            const int draw = run % (DRAWS + 1), there = draw % every == 0;
            assert_true(ended[run] == (!there              ? CF_RUN_NOT_COMPUTED
                                       : draw == 7 * every ? CF_RUN_NOT_PLACED
                                                           : CF_RUN_OK));
            for (size_t c = 0; c < cells; c++)
                assert_true(there
                                ? population[(size_t)run * cells + c] == small_value(&small, run, c)
                                : isnan(population[(size_t)run * cells + c]));
        }
        double *stock = read_variable(file, "stock", 4);
        for (int at = 0; at < 4; at++)
            assert_true(stock[(size_t)at * small.variable[1].size] ==
                        small_value(&small, at * (DRAWS + 1), small.variable[1].offset));
        const struct cf_results_dim *dim = cf_results_dim(file, "draw_run");
        assert_int_equal(dim->number[RUNS - 1], RUNS - 1);
        double *draw = read_variable(file, "run_draw", RUNS);
        double *point = read_variable(file, "run_point", RUNS);
        double *scenario = read_variable(file, "run_scenario", RUNS);
        for (int run = 0; run < RUNS; run++)
            assert_true(draw[run] == run % (DRAWS + 1) && point[run] == run / (DRAWS + 1) % 2 &&
                        scenario[run] == run / (DRAWS + 1) / 2);
        free(population);
        free(ended);
        free(stock);
        free(draw);
        free(point);
        free(scenario);
        cf_results_close(file);
        small_free(&small);
    }
}

/* What `--dry-run` prints: within a fiftieth of what it comes to, judged by one central run. */
static void the_size_is_known_beforehand(void **state)
{
    (void)state;
    struct small small;
    struct stat is;
    size_t bytes;
    draws_init(&small, "size.h5");
    double *central = calloc(small.layout.length, sizeof *central);
    assert_non_null(central);
    small_record(&small, 0, central);
    assert_int_equal(cf_results_estimate(&small.plan, central, &bytes, NULL), CF_OK);
    assert_false(small_exists("size.h5"));
    assert_int_equal(write_draws(&small, 1, NULL), CF_OK);
    assert_int_equal(stat("size.h5", &is), 0);
    assert_true(fabs((double)bytes / (double)is.st_size - 1) < 0.02);
    assert_true(cf_results_least(&small.plan) <= (size_t)is.st_size);
    assert_true(cf_results_bytes(&small.plan) >= (size_t)is.st_size);
    /* Of one central run alone it is exact. */
    small.plan.n_draws = 0;
    small.plan.n_points = small.plan.n_scenarios = 1;
    assert_int_equal(cf_results_estimate(&small.plan, central, &bytes, NULL), CF_OK);
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_int_equal(stat("size.h5", &is), 0);
    assert_int_equal(bytes, is.st_size);
    free(central);
    small_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_for_every_run_or_for_central_ones),
        cmocka_unit_test(the_size_is_known_beforehand),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
