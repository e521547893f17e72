#include "exec/sweep.h"

#include "unit/exec/small_runs.h"

#include <sys/stat.h>

enum { BATCHES = 2 * 2 * 3, RUNS = 2 * 2 * (1 + RUNS_DRAWS) };

static struct cf_sweep sweep_of(struct runs *runs, int threads)
{
    return (struct cf_sweep){.runs = runs->of.runs,
                             .batcher = &runs->batcher,
                             .n_shards = 1,
                             .threads = threads,
                             .stop = &runs->stop};
}

struct heard {
    long long last;
    int calls;
};

static void hear(void *self, long long done, long long missing)
{
    struct heard *heard = self;
    assert_int_equal(missing, RUNS);
    assert_in_range(done, 1, RUNS);
    heard->last = done;
    heard->calls++;
}

static void all_are_done_once(void **state)
{
    (void)state;
    for (int threads = 1; threads <= RUNS_WORKERS; threads++) {
        struct runs runs;
        struct heard heard = {0};
        runs_init(&runs);
        struct cf_sweep sweep = sweep_of(&runs, threads);
        sweep.progress = hear;
        sweep.progress_self = &heard;
        struct cf_record_set *records = runs_records(&runs, "all.part", 1 << 30, NULL);
        assert_int_equal(cf_do_sweep(&sweep, records, NULL), CF_OK);
        assert_int_equal(runs.batches, BATCHES);
        assert_true(heard.calls > 0 && (threads > 1 || heard.last == RUNS));
        assert_int_equal(runs_put(&runs, records, 0), RUNS);
        /* A worker is kept from batch to batch of a scenario. */
        if (threads == 1)
            assert_int_equal(runs.opened, SMALL_SCENARIOS);
        /* Again: there is nothing to do. */
        assert_int_equal(cf_do_sweep(&sweep, records, NULL), CF_OK);
        assert_int_equal(runs.batches, BATCHES);
        cf_records_close(records);
        runs_free(&runs);
    }
}

/* Stopped after any number of batches and picked up, by fewer or more threads: only what is missing
 * is done. */
static void stopped_and_picked_up(void **state)
{
    (void)state;
    for (int after = 1; after < BATCHES; after++) {
        struct runs runs;
        int calls = 0;
        enum cf_status status;
        runs_init(&runs);
        do {
            struct cf_sweep sweep = sweep_of(&runs, 1 + calls % RUNS_WORKERS);
            struct cf_record_set *records =
                runs_records(&runs, "stopped.part", calls % 2 ? 0 : 1 << 30, NULL);
            runs.stop = 0;
            runs.stop_after = runs.batches + after;
            status = cf_do_sweep(&sweep, records, NULL);
            calls++;
            if (status == CF_OK)
                assert_int_equal(runs_put(&runs, records, 0), RUNS);
            cf_records_close(records);
        } while (status == CF_STOPPED);
        assert_int_equal(status, CF_OK);
        assert_true(calls > 1);
        assert_int_equal(runs.batches, BATCHES);
        assert_int_equal(cf_records_remove("stopped.part", NULL), CF_OK);
        runs_free(&runs);
    }
}

/* However many shards there are, together they do everything once. */
static void shards_are_the_whole(void **state)
{
    (void)state;
    for (int n = 1; n <= BATCHES + 2; n++) {
        struct runs runs;
        static const char *const folder[] = {"shards.part"};
        runs_init(&runs);
        for (int k = 0; k < n; k++) {
            struct cf_sweep sweep = sweep_of(&runs, 2);
            const struct cf_records_plan plan = {.manifest = &runs.manifest,
                                                 .folder = folder[0],
                                                 .shard = n - 1 - k,
                                                 .n_shards = n,
                                                 .workers = 2};
            struct cf_record_set *records;
            sweep.shard = plan.shard;
            sweep.n_shards = n;
            assert_int_equal(cf_records_open(&plan, &records, NULL), CF_OK);
            assert_int_equal(cf_do_sweep(&sweep, records, NULL), CF_OK);
            const struct cf_records_count count = cf_records_count(records, sweep.shard, n);
            assert_int_equal(count.done, count.runs);
            cf_records_close(records);
        }
        struct cf_record_set *all;
        assert_int_equal(runs.batches, BATCHES);
        assert_int_equal(cf_records_gather(&runs.manifest, folder, 1, 1, &all, NULL), CF_OK);
        assert_int_equal(runs_put(&runs, all, 0), RUNS);
        cf_records_close(all);
        assert_int_equal(cf_records_remove("shards.part", NULL), CF_OK);
        runs_free(&runs);
    }
}

static void a_draw_that_fails_is_marked(void **state)
{
    (void)state;
    struct runs runs;
    cf_diag *diag = cf_diag_open();
    runs_init(&runs);
    runs.fails[0] = 47;
    runs.fails[1] = 5;
    struct cf_sweep sweep = sweep_of(&runs, 2);
    struct cf_record_set *records = runs_records(&runs, "failed.part", 0, NULL);
    assert_int_equal(cf_do_sweep(&sweep, records, diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 1);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 0);
    assert_true(small_said(diag, "run 5 (draw 5) failed in 2010, in 'place': it did not converge"));
    struct cf_records_count count = cf_records_count(records, 0, 1);
    assert_int_equal(count.done, RUNS);
    assert_int_equal(count.failed, 2);
    assert_int_equal(cf_judge_failed(&count), CF_BROKEN); /* 2 of 88 */
    count.done = 200;
    assert_int_equal(cf_judge_failed(&count), CF_OK);
    struct runs_seen seen = {.runs = &runs};
    const struct cf_sink sink = {&seen, runs_see};
    assert_int_equal(cf_records_put(records, &sink, NULL, NULL), CF_OK);
    assert_int_equal(seen.n_failed, 2);
    cf_records_close(records);
    /* How they ended is there again the next time. */
    static const char *const folder[] = {"failed.part"};
    assert_int_equal(cf_records_gather(&runs.manifest, folder, 1, 1, &records, NULL), CF_OK);
    count = cf_records_count(records, 0, 1);
    assert_int_equal(count.failed, 2);
    assert_int_equal(count.by_status[CF_RUN_NOT_PLACED], 2);
    cf_records_close(records);
    assert_int_equal(cf_records_remove(folder[0], NULL), CF_OK);
    cf_diag_close(diag);
    runs_free(&runs);
}

/* Of several the first is told, whatever the threads, and the sweep ends. */
static void a_central_run_that_fails_ends_it(void **state)
{
    (void)state;
    for (int threads = 1; threads <= RUNS_WORKERS; threads++) {
        struct runs runs;
        cf_diag *diag = cf_diag_open();
        runs_init(&runs);
        runs.fails[0] = 66;
        runs.fails[1] = 44;
        struct cf_sweep sweep = sweep_of(&runs, threads);
        struct cf_record_set *records = runs_records(&runs, "central.part", 1 << 30, NULL);
        assert_int_equal(cf_do_sweep(&sweep, records, diag), CF_BROKEN);
        assert_true(small_said(diag, "scenario 1 failed in 2010"));
        assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
        assert_true(runs.batches < BATCHES);
        assert_false(cf_records_has(records, 6));
        assert_false(small_exists("central.part"));
        cf_records_close(records);
        cf_diag_close(diag);
        runs_free(&runs);
    }
}

/* The writing of the file can be stopped as well. */
static void putting_can_be_stopped(void **state)
{
    (void)state;
    struct runs runs;
    runs_init(&runs);
    struct cf_sweep sweep = sweep_of(&runs, 2);
    struct cf_record_set *records = runs_records(&runs, "put.part", 1 << 30, NULL);
    assert_int_equal(cf_do_sweep(&sweep, records, NULL), CF_OK);
    struct runs_seen seen = {.runs = &runs};
    const struct cf_sink sink = {&seen, runs_see};
    runs.stop = 1;
    assert_int_equal(cf_records_put(records, &sink, &runs.stop, NULL), CF_STOPPED);
    assert_int_equal(seen.n, 0);
    assert_int_equal(cf_records_save(records, 1, NULL), CF_OK);
    cf_records_close(records);
    records = runs_records(&runs, "put.part", 0, NULL);
    assert_int_equal(cf_records_count(records, 0, 1).done, RUNS);
    cf_records_close(records);
    assert_int_equal(cf_records_remove("put.part", NULL), CF_OK);
    runs_free(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_are_done_once),
        cmocka_unit_test(stopped_and_picked_up),
        cmocka_unit_test(shards_are_the_whole),
        cmocka_unit_test(a_draw_that_fails_is_marked),
        cmocka_unit_test(a_central_run_that_fails_ends_it),
        cmocka_unit_test(putting_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
