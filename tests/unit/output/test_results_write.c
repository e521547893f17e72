#include "support/check.h"

#include "unit/output/small_results.h"

#include <cohortflow/results.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void written_and_read_again(void **state)
{
    (void)state;
    struct small small;
    cf_results *file;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "read.h5");
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 0);
    assert_false(small_exists("read.h5.cohortflow-tmp"));
    assert_true(small_exists("read.h5.json"));
    assert_int_equal(cf_results_open("read.h5", &file, diag), CF_OK);
    for (int k = 0; k < SMALL_VARIABLES; k++) {
        const struct cf_variable *made = &small.variable[k];
        const struct cf_results_variable *read = cf_results_find(file, made->name);
        assert_non_null(read);
        assert_string_equal(read->units, made->units);
        assert_string_equal(read->long_name, made->long_name);
        assert_int_equal(read->n_dims, made->n_dims + 1);
        assert_string_equal(read->dim[0]->name, "run");
        for (int d = 0; d < made->n_dims; d++)
            assert_string_equal(read->dim[d + 1]->name, made->dim[d]);
        double *value = cf_results_read(file, read, diag);
        assert_non_null(value);
        for (int run = 0; run < SMALL_SCENARIOS; run++) {
            for (size_t c = 0; c < made->size; c++) {
                double expected = small_value(&small, run, made->offset + c);
                double found = value[(size_t)run * made->size + c];
                assert_true(isnan(expected) ? isnan(found) : found == expected);
            }
        }
        free(value);
    }
    cf_results_close(file);
    assert_int_equal(cf_results_verify("read.h5", diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    cf_diag_close(diag);
    small_free(&small);
}

static void assert_same_bytes(const char *one, const char *other)
{
    unsigned char *a, *b;
    size_t n = small_slurp(one, &a), m = small_slurp(other, &b);
    assert_int_equal(n, m);
    assert_memory_equal(a, b, n);
    free(a);
    free(b);
}

static void equal_content_gives_equal_bytes(void **state)
{
    (void)state;
    struct small small;
    small_init(&small, "one.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    small_free(&small);
    sleep(1); /* a time kept anywhere would show */
    assert_int_equal(mkdir("elsewhere", 0777), 0);
    small_init(&small, "elsewhere/two.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_same_bytes("one.h5", "elsewhere/two.h5");
    small.plan.seed++;
    assert_int_equal(small_write(&small, NULL), CF_OK);
    unsigned char *a, *b;
    size_t n = small_slurp("one.h5", &a), m = small_slurp("elsewhere/two.h5", &b);
    assert_true(n != m || memcmp(a, b, n) != 0);
    free(a);
    free(b);
    small_free(&small);
}

static void large_files_are_streamed(void **state)
{
    (void)state;
    struct small small;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "stream.h5");
    small.plan.in_memory = 1;
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_int_equal(cf_results_verify("stream.h5", diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    assert_false(small_exists("stream.h5.cohortflow-tmp"));
    /* Stamped with the same hash as one made in memory. */
    cf_results *streamed, *in_memory;
    small.plan.path = "memory.h5";
    small.plan.in_memory = 0;
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_int_equal(cf_results_open("stream.h5", &streamed, diag), CF_OK);
    assert_int_equal(cf_results_open("memory.h5", &in_memory, diag), CF_OK);
    assert_string_equal(cf_results_text(streamed, "content_sha256"),
                        cf_results_text(in_memory, "content_sha256"));
    cf_results_close(streamed);
    cf_results_close(in_memory);
    cf_diag_close(diag);
    small_free(&small);
}

static void runs_that_never_came_are_marked(void **state)
{
    (void)state;
    struct small small;
    cf_results *file;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "missing.h5");
    assert_int_equal(small_write_until(&small, 1, diag), CF_OK);
    assert_int_equal(cf_results_open("missing.h5", &file, diag), CF_OK);
    double *status = cf_results_read(file, cf_results_find(file, "run_status"), diag);
    assert_true(status[0] == 0 && status[1] == 1);
    double *population = cf_results_read(file, cf_results_find(file, "population"), diag);
    assert_true(population[0] == small_value(&small, 0, 0));
    assert_true(isnan(population[small.variable[0].size]));
    free(status);
    free(population);
    cf_results_close(file);
    assert_int_equal(cf_results_verify("missing.h5", diag), CF_BROKEN);
    assert_true(small_said(diag, "1 of 2 runs are not ok, run 1 first (run_status 1)"));
    cf_diag_close(diag);
    small_free(&small);
}

static void draws_have_no_row_of_their_own(void **state)
{
    (void)state;
    struct small small;
    cf_results *file;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "draws.h5");
    small.plan.n_points = 2;
    small.plan.n_draws = 2;
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_int_equal(cf_results_verify("draws.h5", diag), CF_OK);
    assert_int_equal(cf_results_open("draws.h5", &file, diag), CF_OK);
    const struct cf_results_dim *run = cf_results_dim(file, "run");
    assert_int_equal(run->n, 4);
    assert_int_equal(run->number[3], 9);
    assert_int_equal(cf_results_dim(file, "draw_run")->n, 12);
    double *population = cf_results_read(file, cf_results_find(file, "population"), diag);
    assert_true(population[3 * small.variable[0].size] == small_value(&small, 9, 0));
    double *point = cf_results_read(file, cf_results_find(file, "run_point"), diag);
    double *draw = cf_results_read(file, cf_results_find(file, "run_draw"), diag);
    double *scenario = cf_results_read(file, cf_results_find(file, "run_scenario"), diag);
    assert_true(point[4] == 1 && draw[4] == 1 && scenario[4] == 0 && scenario[11] == 1);
    free(population);
    free(point);
    free(draw);
    free(scenario);
    cf_results_close(file);
    cf_diag_close(diag);
    small_free(&small);
}

static void records_come_in_order(void **state)
{
    (void)state;
    struct small small;
    cf_results_writer *writer;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "order.h5");
    double *value = calloc(small.layout.length, sizeof *value);
    assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_OK);
    struct cf_sink sink = cf_results_sink(writer);
    struct cf_record record = {.run = 1, .scenario = 1, .value = value};
    assert_int_equal(sink.put(sink.self, &record, diag), CF_OK);
    assert_int_equal(sink.put(sink.self, &record, diag), CF_INTERNAL);
    record.run = 2;
    assert_int_equal(sink.put(sink.self, &record, diag), CF_INTERNAL);
    cf_results_abandon(writer);
    assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_OK);
    record = (struct cf_record){.run = 1, .scenario = 0, .value = value};
    sink = cf_results_sink(writer);
    assert_int_equal(sink.put(sink.self, &record, diag), CF_INTERNAL);
    cf_results_abandon(writer);
    cf_results_abandon(NULL);
    assert_false(small_exists("order.h5") || small_exists("order.h5.cohortflow-tmp"));
    free(value);
    cf_diag_close(diag);
    small_free(&small);
}

static void a_variable_of_unknown_shape_is_refused(void **state)
{
    (void)state;
    struct small small;
    cf_results_writer *writer = NULL;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "shape.h5");
    small.variable[0].dim[2] = "grade";
    assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_INTERNAL);
    small.variable[0].dim[2] = "group";
    small.variable[0].extent[2] = 3;
    assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_INTERNAL);
    assert_null(writer);
    assert_false(small_exists("shape.h5.cohortflow-tmp"));
    cf_diag_close(diag);
    small_free(&small);
}

static void names_that_are_taken_are_left_out(void **state)
{
    (void)state;
    struct small small;
    cf_results *file;
    static const char *const value[] = {"a", "b", "c"};
    cf_diag *diag = cf_diag_open();
    small_init(&small, "taken.h5");
    struct cf_axis *area = &small.model[0].axis[CF_AXIS_AREA];
    small_attribute(&small.arena, area, "name", value);
    small_attribute(&small.arena, area, "odd/name", value);
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_true(small_said(diag, "attribute 'name' of area is left out"));
    assert_int_equal(cf_results_open("taken.h5", &file, diag), CF_OK);
    assert_string_equal(cf_results_dim(file, "area")->label[1], "Havering");
    assert_string_equal(cf_results_attribute(file, "area", "odd_name")[2], "c");
    cf_results_close(file);
    cf_diag_close(diag);
    small_free(&small);
}

static void cannot_be_created(void **state)
{
    (void)state;
    static const struct {
        const char *path, *said;
    } wrong[] = {{"nowhere/x.h5", "there is no such folder"},
                 {"a_folder", "it is a folder"},
                 {"a_folder/", "it is a folder"},
                 {"", "it has no name"},
                 {"plain/x.h5", "Not a directory"},
                 {"link.h5", "it is a symbolic link"}};
    struct small small;
    assert_int_equal(mkdir("a_folder", 0777), 0);
    small_spill("plain", "kept", 4);
    assert_int_equal(symlink("plain", "link.h5"), 0);
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        cf_results_writer *writer = NULL;
        cf_diag *diag = cf_diag_open();
        small_init(&small, wrong[k].path);
        assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_CANNOT_CREATE);
        assert_null(writer);
        assert_true(small_said(diag, wrong[k].said));
        cf_diag_close(diag);
        small_free(&small);
    }
}

static void two_runs_do_not_mix(void **state)
{
    (void)state;
    struct small small;
    cf_results_writer *first, *second = NULL;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "both.h5");
    for (int streamed = 0; streamed < 2; streamed++) {
        small.plan.in_memory = (size_t)streamed;
        assert_int_equal(cf_results_begin(&small.plan, &first, diag), CF_OK);
        assert_int_equal(cf_results_begin(&small.plan, &second, diag), CF_CANNOT_CREATE);
        assert_true(small_said(diag, "another run is writing it"));
        assert_true(small_exists("both.h5.cohortflow-tmp"));
        assert_int_equal(cf_results_commit(first, &small_circumstances, diag), CF_OK);
        assert_int_equal(small_write(&small, diag), CF_OK);
        assert_false(small_exists("both.h5.cohortflow-tmp"));
    }
    cf_diag_close(diag);
    small_free(&small);
}

static void litter_of_a_killed_run_is_cleared(void **state)
{
    (void)state;
    struct small small;
    small_init(&small, "litter.h5");
    for (int streamed = 0; streamed < 2; streamed++) {
        unsigned char *junk = calloc(1, 1 << 20);
        small_spill("litter.h5.cohortflow-tmp", junk, 1 << 20);
        small_spill("litter.h5.json.cohortflow-tmp", junk, 1 << 10);
        free(junk);
        small.plan.in_memory = (size_t)streamed;
        assert_int_equal(small_write(&small, NULL), CF_OK);
        assert_false(small_exists("litter.h5.cohortflow-tmp") ||
                     small_exists("litter.h5.json.cohortflow-tmp"));
        assert_int_equal(cf_results_verify("litter.h5", NULL), CF_OK);
    }
    small_free(&small);
}

static void a_sidecar_that_fails_is_a_warning(void **state)
{
    (void)state;
    struct small small;
    cf_diag *diag = cf_diag_open();
    small_init(&small, "alone.h5");
    assert_int_equal(mkdir("alone.h5.json", 0777), 0);
    assert_int_equal(small_write(&small, diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 0);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 1);
    assert_true(small_exists("alone.h5"));
    cf_diag_close(diag);
    small_free(&small);
}

static void a_fixed_time_is_honoured(void **state)
{
    (void)state;
    struct small small;
    unsigned char *text;
    small_init(&small, "dated.h5");
    setenv("SOURCE_DATE_EPOCH", "1251676800", 1);
    assert_int_equal(small_write(&small, NULL), CF_OK);
    unsetenv("SOURCE_DATE_EPOCH");
    small_slurp("dated.h5.json", &text);
    assert_non_null(strstr((char *)text, "\"time\": \"2009-08-31T00:00:00Z\""));
    assert_non_null(strstr((char *)text, "\"threads\": 2"));
    assert_non_null(strstr((char *)text, "\"command\": \"cohortflow run small.cfg\""));
    free(text);
    small_free(&small);
}

/* In a process of its own, since the limit cannot be raised again everywhere. */
static int write_within(const char *path, size_t most, int streamed)
{
    pid_t child = fork();
    if (child == 0) {
        struct small small;
        struct rlimit limit = {most, most};
        signal(SIGXFSZ, SIG_IGN);
        small_init(&small, path);
        small.plan.in_memory = (size_t)streamed;
        setrlimit(RLIMIT_FSIZE, &limit);
        int status = (int)small_write(&small, NULL);
        small_free(&small);
        /* The end of the process is part of the test: the library cleans up there. */
        exit(status);
    }
    int ended = 0;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended));
    return WEXITSTATUS(ended);
}

static void a_full_disk_leaves_nothing(void **state)
{
    (void)state;
    unsigned char *bytes, *old;
    struct small small;
    int whole = 0, failed = 0;
    small_init(&small, "size.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    size_t size = small_slurp("size.h5", &bytes);
    free(bytes);
    small_free(&small); /* or the child would leak it */
    for (int streamed = 0; streamed < 2; streamed++) {
        for (size_t most = 0; most < size + 4096; most += most < 16 ? 1 : size / 37) {
            small_spill("full.h5", "what was there", 14);
            int status = write_within("full.h5", most, streamed);
            if (status != CF_OK && status != CF_IO)
                fail_msg("exit %d with %zu bytes, streamed %d", status, most, streamed);
            assert_false(small_exists("full.h5.cohortflow-tmp"));
            if (status == CF_OK) {
                assert_int_equal(cf_results_verify("full.h5", NULL), CF_OK);
                whole++;
            } else {
                assert_int_equal(small_slurp("full.h5", &old), 14);
                assert_memory_equal(old, "what was there", 14);
                free(old);
                failed++;
            }
            remove("full.h5.json");
        }
    }
    assert_true(whole > 1 && failed > 80);
}

static void the_estimate_is_no_less_than_the_file(void **state)
{
    (void)state;
    struct small small;
    unsigned char *bytes;
    small_init(&small, "bytes.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_true(cf_results_bytes(&small.plan) >= small_slurp("bytes.h5", &bytes));
    free(bytes);
    small_free(&small);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_and_read_again),
        cmocka_unit_test(equal_content_gives_equal_bytes),
        cmocka_unit_test(large_files_are_streamed),
        cmocka_unit_test(runs_that_never_came_are_marked),
        cmocka_unit_test(draws_have_no_row_of_their_own),
        cmocka_unit_test(records_come_in_order),
        cmocka_unit_test(a_variable_of_unknown_shape_is_refused),
        cmocka_unit_test(names_that_are_taken_are_left_out),
        cmocka_unit_test(cannot_be_created),
        cmocka_unit_test(two_runs_do_not_mix),
        cmocka_unit_test(litter_of_a_killed_run_is_cleared),
        cmocka_unit_test(a_sidecar_that_fails_is_a_warning),
        cmocka_unit_test(a_fixed_time_is_honoured),
        cmocka_unit_test(a_full_disk_leaves_nothing),
        cmocka_unit_test(the_estimate_is_no_less_than_the_file),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
