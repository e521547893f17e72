#include "exec/records.h"

#include "unit/exec/small_runs.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { BATCHES = 2 * 2 * 3, RUNS = 2 * 2 * (1 + RUNS_DRAWS) };

static void sizes_and_numbers(void **state)
{
    (void)state;
    struct runs runs;
    int n;
    runs_init(&runs);
    const struct cf_record_shape shape = {runs.of.runs, RUNS_LENGTH, RUNS_DRAW_LENGTH, {0}};
    assert_int_equal(cf_n_batches(&runs.of.runs), BATCHES);
    assert_int_equal(cf_record_batch_bytes(&shape, 0, &n), 8 * 32 + 8 * (37 + 7 * 5));
    assert_int_equal(n, 8);
    assert_int_equal(cf_record_batch_bytes(&shape, 1, &n), 8 * 32 + 8 * 8 * 5);
    assert_int_equal(cf_record_batch_bytes(&shape, 2, &n), 6 * 32 + 8 * 6 * 5);
    assert_int_equal(n, 6);
    for (long long run = 0; run < RUNS; run++) {
        const long long batch = cf_batch_of(&runs.of.runs, run);
        const long long first = cf_batch_first(&runs.of.runs, batch, &n);
        assert_true(first <= run && run < first + n);
    }
    runs_free(&runs);
}

/* Whichever worker did a batch, in memory or in a folder, they come out in order of run number. */
static void put_in_order_whoever_did_them(void **state)
{
    (void)state;
    struct runs runs;
    runs_init(&runs);
    for (int in_memory = 0; in_memory < 2; in_memory++) {
        struct cf_record_set *records =
            runs_records(&runs, "order.part", in_memory ? 1 << 30 : 0, NULL);
        assert_int_equal(small_exists("order.part"), !in_memory);
        for (long long b = 0; b < BATCHES; b++) {
            assert_false(cf_records_has(records, b));
            assert_true(runs_keep(&runs, records, (int)(b * b % RUNS_WORKERS), b));
            assert_true(cf_records_has(records, b));
        }
        assert_int_equal(runs_put(&runs, records, 0), RUNS);
        assert_int_equal(runs_put(&runs, records, 0), RUNS); /* and again */
        const struct cf_records_count count = cf_records_count(records, 0, 1);
        assert_int_equal(count.runs, RUNS);
        assert_int_equal(count.done, RUNS);
        assert_int_equal(count.failed, 0);
        assert_int_equal(cf_records_in_folder(records), !in_memory);
        cf_records_close(records);
        assert_int_equal(cf_records_remove("order.part", NULL), CF_OK);
        assert_false(small_exists("order.part"));
    }
    assert_int_equal(cf_records_remove("order.part", NULL), CF_OK);
    runs_free(&runs);
}

/* What is held in memory moves to a folder when there is too much of it, or when it is asked for.
 */
static void memory_goes_to_a_folder(void **state)
{
    (void)state;
    struct runs runs;
    runs_init(&runs);
    struct cf_record_set *records = runs_records(&runs, "spilt.part", 2000, NULL);
    assert_true(runs_keep(&runs, records, 0, 0));
    assert_true(runs_keep(&runs, records, 1, 1));
    assert_false(small_exists("spilt.part"));
    assert_true(runs_keep(&runs, records, 0, 2));
    assert_true(runs_keep(&runs, records, 0, 3));
    assert_true(small_exists("spilt.part"));
    assert_int_equal(cf_records_save(records, 1, NULL), CF_OK);
    assert_int_equal(runs_put(&runs, records, 1), 30);
    cf_records_close(records);
    records = runs_records(&runs, "spilt.part", 0, NULL);
    for (long long b = 0; b < BATCHES; b++)
        assert_int_equal(cf_records_has(records, b), b < 4);
    cf_records_close(records);
    assert_int_equal(cf_records_remove("spilt.part", NULL), CF_OK);
    runs_free(&runs);
}

/* A file that is cut anywhere gives the batches that are whole, and the rest can be done. */
static void a_torn_tail_is_left_out(void **state)
{
    (void)state;
    struct runs runs;
    unsigned char *bytes;
    size_t end[5] = {88};
    int n;
    runs_init(&runs);
    const struct cf_record_shape shape = {runs.of.runs, RUNS_LENGTH, RUNS_DRAW_LENGTH, {0}};
    struct cf_record_set *records = runs_records(&runs, "torn.part", 0, NULL);
    for (long long b = 0; b < 4; b++) {
        assert_true(runs_keep(&runs, records, 0, b));
        end[b + 1] = end[b] + cf_record_batch_bytes(&shape, b, &n);
    }
    cf_records_close(records);
    const size_t length = small_slurp("torn.part/shard-0-of-1.0.rec", &bytes);
    assert_int_equal(length, end[4]);
    for (size_t cut = 0; cut <= length; cut += cut < 200 ? 1 : 7) {
        cf_diag *diag = cf_diag_open();
        small_spill("torn.part/shard-0-of-1.0.rec", bytes, cut);
        records = runs_records(&runs, "torn.part", 0, diag);
        assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
        for (long long b = 0; b < BATCHES; b++)
            assert_int_equal(cf_records_has(records, b), b < 4 && cut >= end[b + 1]);
        for (long long b = 0; b < BATCHES; b++)
            if (!cf_records_has(records, b))
                assert_true(runs_keep(&runs, records, (int)(b % 2), b));
        assert_int_equal(runs_put(&runs, records, 0), RUNS);
        cf_records_close(records);
        cf_diag_close(diag);
        remove("torn.part/shard-0-of-1.1.rec");
        remove("torn.part/shard-0-of-1.2.rec");
    }
    free(bytes);
    assert_int_equal(cf_records_remove("torn.part", NULL), CF_OK);
    runs_free(&runs);
}

/* No flipped bit goes unseen: the batch is not there, or the file is not, never a wrong number. */
static void a_flipped_bit_is_seen(void **state)
{
    (void)state;
    struct runs runs;
    unsigned char *bytes;
    int lost = 0, whole = 0;
    runs_init(&runs);
    struct cf_record_set *records = runs_records(&runs, "flip.part", 0, NULL);
    for (long long b = 0; b < BATCHES; b++)
        assert_true(runs_keep(&runs, records, 0, b));
    cf_records_close(records);
    const size_t length = small_slurp("flip.part/shard-0-of-1.0.rec", &bytes);
    for (size_t bit = 0; bit < 8 * length; bit += bit < 8 * 200 ? 1 : 29) {
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        small_spill("flip.part/shard-0-of-1.0.rec", bytes, length);
        bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
        records = runs_records(&runs, "flip.part", 0, NULL);
        const long long done = cf_records_count(records, 0, 1).done;
        assert_int_equal(runs_put(&runs, records, 1), done);
        lost += done < RUNS - 8;
        whole += done == RUNS;
        cf_records_close(records);
    }
    /* Only where a bit hits what stands between header and values is nothing wrong. */
    assert_true(lost > 88 && whole < 12 * 8 * 10);
    free(bytes);
    assert_int_equal(cf_records_remove("flip.part", NULL), CF_OK);
    runs_free(&runs);
}

/* A record that goes bad after it was counted is not put. */
static void damage_that_comes_later_is_told(void **state)
{
    (void)state;
    struct runs runs;
    unsigned char *bytes;
    cf_diag *diag = cf_diag_open();
    runs_init(&runs);
    struct cf_record_set *records = runs_records(&runs, "later.part", 0, NULL);
    for (long long b = 0; b < BATCHES; b++)
        assert_true(runs_keep(&runs, records, 0, b));
    const size_t length = small_slurp("later.part/shard-0-of-1.0.rec", &bytes);
    bytes[length - 3] ^= 4;
    small_spill("later.part/shard-0-of-1.0.rec", bytes, length);
    struct runs_seen seen = {.runs = &runs};
    const struct cf_sink sink = {&seen, runs_see};
    assert_int_equal(cf_records_put(records, &sink, NULL, diag), CF_IO);
    assert_int_equal(seen.n, RUNS - 6);
    assert_true(small_said(diag, "the record of run 82 cannot be read any more"));
    free(bytes);
    cf_records_close(records);
    cf_diag_close(diag);
    assert_int_equal(cf_records_remove("later.part", NULL), CF_OK);
    runs_free(&runs);
}

/* Folders of one manifest are one set, with runs there twice or not at all. */
static void folders_are_gathered(void **state)
{
    (void)state;
    struct runs runs;
    runs_init(&runs);
    static const char *const folder[] = {"one.part", "two.part"};
    for (int f = 0; f < 2; f++) {
        struct cf_record_set *records = runs_records(&runs, folder[f], 0, NULL);
        for (long long b = f; b < 8; b += 2 - f) /* 1 to 7; 0, 2, 4, 6 */
            assert_true(runs_keep(&runs, records, (int)b % RUNS_WORKERS, b));
        cf_records_close(records);
    }
    struct cf_record_set *all;
    for (int deep = 0; deep < 2; deep++) {
        assert_int_equal(cf_records_gather(&runs.manifest, folder, 2, deep, &all, NULL), CF_OK);
        struct cf_records_count count = cf_records_count(all, 0, 1);
        assert_int_equal(count.runs, RUNS);
        assert_int_equal(count.done, 22 + 22 + 8 + 8);
        assert_int_equal(count.by_status[CF_RUN_OK], count.done);
        count = cf_records_count(all, 2, 3);
        assert_int_equal(count.runs, 4 * 6);
        assert_int_equal(count.done, 2 * 6);
        assert_int_equal(runs_put(&runs, all, 1), 60);
        int n_shards[4];
        assert_int_equal(cf_records_shards(all, n_shards, 4), 1);
        assert_int_equal(n_shards[0], 1);
        cf_records_close(all);
    }
    for (int f = 0; f < 2; f++)
        assert_int_equal(cf_records_remove(folder[f], NULL), CF_OK);
    runs_free(&runs);
}

static void other_runs_are_refused(void **state)
{
    (void)state;
    struct runs runs, other;
    cf_diag *diag = cf_diag_open();
    static const char *const folder[] = {"other.part"};
    struct cf_record_set *records;
    runs_init(&runs);
    runs_init(&other);
    cf_manifest_free(&other.manifest);
    other.small.model[1].scenario.resolved = "title = \"Other\";\n";
    cf_manifest_init(&other.manifest, &other.of);
    /* Of which nothing was done: makes way. */
    records = runs_records(&other, folder[0], 0, NULL);
    cf_records_close(records);
    records = runs_records(&runs, folder[0], 0, NULL);
    assert_non_null(records);
    assert_true(runs_keep(&runs, records, 0, 0));
    cf_records_close(records);
    assert_null(runs_records(&other, folder[0], 0, diag));
    assert_true(small_said(diag, "they differ in the settings of scenario 'high'"));
    assert_int_equal(cf_records_gather(&other.manifest, folder, 1, 1, &records, diag),
                     CF_BAD_INPUT);
    assert_null(records);
    /* A file of others among ours is left aside and told. */
    records = runs_records(&other, "foreign.part", 0, NULL);
    assert_true(runs_keep(&other, records, 0, 1));
    cf_records_close(records);
    assert_int_equal(rename("foreign.part/shard-0-of-1.0.rec", "other.part/shard-0-of-9.0.rec"), 0);
    records = runs_records(&runs, folder[0], 0, diag);
    assert_true(small_said(diag, "it holds records of other runs"));
    assert_int_equal(cf_records_count(records, 0, 1).done, 8);
    cf_records_close(records);
    assert_int_equal(cf_records_remove("other.part", NULL), CF_OK);
    assert_int_equal(cf_records_remove("foreign.part", NULL), CF_OK);
    cf_diag_close(diag);
    runs_free(&runs);
    runs_free(&other);
}

/* Nothing that is not ours is written into or removed. */
static void what_is_not_ours_stays(void **state)
{
    (void)state;
    struct runs runs;
    cf_diag *diag = cf_diag_open();
    runs_init(&runs);
    assert_int_equal(mkdir("mine.part", 0777), 0);
    small_spill("mine.part/notes.txt", "mine", 4);
    assert_null(runs_records(&runs, "mine.part", 0, diag));
    assert_true(small_said(diag, "something else is there"));
    assert_int_equal(cf_records_remove("mine.part", diag), CF_CANNOT_CREATE);
    assert_true(small_said(diag, "it holds something else"));
    assert_true(small_exists("mine.part/notes.txt"));
    small_spill("plain.part", "mine", 4);
    assert_null(runs_records(&runs, "plain.part", 0, diag));
    assert_int_equal(cf_records_remove("plain.part", diag), CF_CANNOT_CREATE);
    assert_true(small_exists("plain.part"));
    assert_null(runs_records(&runs, "nowhere/a.part", 0, diag));
    assert_true(small_said(diag, "there is no such place"));
    /* What a removal that was broken off has left is taken over, if it is of these runs. */
    struct cf_record_set *records = runs_records(&runs, "half.part", 0, NULL);
    assert_true(runs_keep(&runs, records, 0, 3));
    cf_records_close(records);
    assert_int_equal(remove("half.part/manifest.json"), 0);
    records = runs_records(&runs, "half.part", 0, NULL);
    assert_true(small_exists("half.part/manifest.json"));
    cf_records_close(records);
    assert_int_equal(cf_records_remove("half.part", NULL), CF_OK);
    cf_diag_close(diag);
    runs_free(&runs);
}

/* In a process of its own: with a limit on the size of files nothing wrong is kept, and what was
 * kept is there. */
static int keep_within(struct runs *runs, size_t most)
{
    const pid_t child = fork();
    if (child == 0) {
        const struct rlimit limit = {most, most};
        cf_diag *diag = cf_diag_open();
        struct cf_record_set *records;
        int kept = 0;
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
        const struct cf_records_plan plan = {
            .manifest = &runs->manifest, .folder = "full.part", .n_shards = 1, .workers = 1};
        if (cf_records_open(&plan, &records, diag) != CF_OK)
            _exit(100);
        while (kept < BATCHES && runs_keep(runs, records, 0, kept))
            kept++;
        const enum cf_status status = cf_records_save(records, 0, diag);
        const int told = small_said(diag, "where what is done is kept, failed");
        _exit((status == CF_OK) == (kept == BATCHES) && (status == CF_IO) == told ? kept : 101);
    }
    int ended = 0;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    return WEXITSTATUS(ended);
}

static void a_full_disk_keeps_what_fits(void **state)
{
    (void)state;
    struct runs runs;
    runs_init(&runs);
    int partly = 0;
    for (size_t most = 0; most < 9000; most += 131) {
        const int kept = keep_within(&runs, most);
        if (kept == 100) { /* not even the manifest */
            assert_int_equal(cf_records_remove("full.part", NULL), CF_OK);
            continue;
        }
        assert_in_range(kept, 0, BATCHES);
        partly += kept > 0 && kept < BATCHES;
        struct cf_record_set *records = runs_records(&runs, "full.part", 0, NULL);
        for (long long b = 0; b < BATCHES; b++) {
            assert_int_equal(cf_records_has(records, b), b < kept);
            if (b >= kept)
                assert_true(runs_keep(&runs, records, 0, b));
        }
        assert_int_equal(runs_put(&runs, records, 0), RUNS);
        cf_records_close(records);
        assert_int_equal(cf_records_remove("full.part", NULL), CF_OK);
    }
    assert_true(partly > 10);
    runs_free(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_and_numbers),
        cmocka_unit_test(put_in_order_whoever_did_them),
        cmocka_unit_test(memory_goes_to_a_folder),
        cmocka_unit_test(a_torn_tail_is_left_out),
        cmocka_unit_test(a_flipped_bit_is_seen),
        cmocka_unit_test(damage_that_comes_later_is_told),
        cmocka_unit_test(folders_are_gathered),
        cmocka_unit_test(other_runs_are_refused),
        cmocka_unit_test(what_is_not_ours_stays),
        cmocka_unit_test(a_full_disk_keeps_what_fits),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
