#include "exec/manifest.h"

#include "unit/exec/small_runs.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>

static int files_in(const char *folder)
{
    DIR *dir = opendir(folder);
    int n = -2;
    assert_non_null(dir);
    while (readdir(dir))
        n++;
    closedir(dir);
    return n;
}

static void written_and_read_again(void **state)
{
    (void)state;
    struct runs runs;
    struct cf_manifest read;
    static const char *const set[] = {"title=\"a \\\"b\\\"\"", "design.seed=7"};
    runs_init(&runs);
    cf_manifest_free(&runs.manifest);
    runs.of.set = set;
    runs.of.n_set = 2;
    cf_manifest_init(&runs.manifest, &runs.of);
    assert_int_equal(mkdir("written", 0777), 0);
    assert_int_equal(cf_manifest_write(&runs.manifest, "written"), 0);
    assert_int_equal(files_in("written"), 1);
    assert_int_equal(cf_manifest_read(&read, "written", NULL), CF_OK);
    assert_string_equal(read.hash, runs.manifest.hash);
    assert_null(cf_manifest_difference(&read, &runs.manifest));
    assert_int_equal(cf_n_runs(&read.runs), 2 * 2 * 22);
    assert_int_equal(read.length, RUNS_LENGTH);
    assert_int_equal(read.draw_length, RUNS_DRAW_LENGTH);
    assert_int_equal(read.n_set, 2);
    assert_string_equal(read.set[0], set[0]);
    assert_int_equal(read.n_scenarios, 2);
    cf_manifest_free(&read);
    runs_free(&runs);
}

/* What stands there already is left, be it the same or not. */
static void the_first_one_stays(void **state)
{
    (void)state;
    struct runs runs, other;
    struct cf_manifest read;
    runs_init(&runs);
    runs_init(&other);
    other.small.model[0].scenario.future.design.seed = 1;
    cf_manifest_free(&other.manifest);
    cf_manifest_init(&other.manifest, &other.of);
    assert_int_equal(mkdir("first", 0777), 0);
    assert_int_equal(cf_manifest_write(&runs.manifest, "first"), 0);
    assert_int_equal(cf_manifest_write(&other.manifest, "first"), 0);
    assert_int_equal(cf_manifest_read(&read, "first", NULL), CF_OK);
    assert_string_equal(read.hash, runs.manifest.hash);
    assert_int_equal(files_in("first"), 1);
    cf_manifest_free(&read);
    assert_int_equal(cf_manifest_write(&runs.manifest, "nowhere"), ENOENT);
    runs_free(&runs);
    runs_free(&other);
}

/* Everything that records follow from is in it, and says what it is. */
static void every_difference_is_named(void **state)
{
    (void)state;
    struct runs runs, other;
    struct cf_manifest now;
    runs_init(&runs);
    runs_init(&other);
    static double row[2] = {1, 2};
    struct cf_scenario *scenario = &other.small.model[1].scenario;
    struct cf_design *design = &other.small.model[0].scenario.future.design;
    const struct {
        void *at;
        size_t size;
        const void *value;
        const char *said;
    } change[] = {
        {&design->seed, sizeof design->seed, &(unsigned long long){2009}, "the seed"},
        {&design->draws, sizeof design->draws, &(int){99}, "the design"},
        {&design->kind, sizeof design->kind, &(enum cf_design_kind){CF_DESIGN_LHS}, "the design"},
        {&other.of.runs.n_draws, sizeof(int), &(int){8}, "the number of runs"},
        {&other.of.runs.n_points, sizeof(int), &(int){1}, "the number of runs"},
        {&scenario->resolved, sizeof scenario->resolved, &(const char *){"title = \"x\";\n"},
         "the settings of scenario 'high'"},
        {&scenario->name, sizeof scenario->name, &(const char *){"higher"},
         "the settings of scenario 'high'"},
        {&other.small.model[0].file[1].sha256[5], 1, "_",
         "baseline.cfg, read by scenario 'baseline'"},
        {&other.small.model[0].n_files, sizeof(int), &(int){1},
         "baseline.cfg, read by scenario 'baseline'"},
        {&other.variable[0].of_draws, sizeof(int), &(int){0}, "what is kept of a run"},
        {&other.variable[1].extent[0], sizeof(int), &(int){33}, "what is kept of a run"},
        {&other.layout.draw_length, sizeof(size_t), &(size_t){6}, "the number of runs"},
    };
    for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
        unsigned char was[16];
        memcpy(was, change[i].at, change[i].size);
        memcpy(change[i].at, change[i].value, change[i].size);
        cf_manifest_init(&now, &other.of);
        assert_string_not_equal(now.hash, runs.manifest.hash);
        assert_string_equal(cf_manifest_difference(&runs.manifest, &now), change[i].said);
        cf_manifest_free(&now);
        memcpy(change[i].at, was, change[i].size);
    }
    /* The values of a design that is a file. */
    design->row = row;
    design->n_rows = 2;
    cf_manifest_init(&now, &other.of);
    assert_string_equal(cf_manifest_difference(&runs.manifest, &now), "the design");
    cf_manifest_free(&now);
    design->row = NULL;
    cf_manifest_init(&now, &other.of);
    assert_null(cf_manifest_difference(&runs.manifest, &now));
    assert_string_equal(now.hash, runs.manifest.hash);
    cf_manifest_free(&now);
    runs_free(&runs);
    runs_free(&other);
}

/* Whatever is changed in the file, it is refused or means the same. */
static void damage_is_refused(void **state)
{
    (void)state;
    struct runs runs;
    struct cf_manifest read;
    unsigned char *bytes;
    cf_diag *diag = cf_diag_open();
    int refused = 0;
    runs_init(&runs);
    assert_int_equal(mkdir("damaged", 0777), 0);
    assert_int_equal(cf_manifest_read(&read, "damaged", diag), CF_BAD_INPUT);
    assert_true(small_said(diag, "the manifest cannot be read"));
    assert_int_equal(cf_manifest_write(&runs.manifest, "damaged"), 0);
    const size_t n = small_slurp("damaged/manifest.json", &bytes);
    for (size_t i = 0; i + 1 < n; i++) { /* the last is the end of a line */
        bytes[i] ^= 1;
        small_spill("damaged/manifest.json", bytes, n);
        bytes[i] ^= 1;
        if (cf_manifest_read(&read, "damaged", diag) == CF_OK) {
            assert_string_equal(read.hash, runs.manifest.hash);
            assert_int_equal(cf_n_runs(&read.runs), cf_n_runs(&runs.of.runs));
            assert_int_equal(read.length, RUNS_LENGTH);
            assert_int_equal(read.draw_length, RUNS_DRAW_LENGTH);
            cf_manifest_free(&read);
        } else {
            refused++;
        }
        if (i % 7)
            continue;
        small_spill("damaged/manifest.json", bytes, i);
        assert_int_equal(cf_manifest_read(&read, "damaged", NULL), CF_BAD_INPUT);
    }
    assert_true((size_t)refused > n / 2);
    assert_true(small_said(diag, "this file is no manifest"));
    free(bytes);
    cf_diag_close(diag);
    runs_free(&runs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_and_read_again),
        cmocka_unit_test(the_first_one_stays),
        cmocka_unit_test(every_difference_is_named),
        cmocka_unit_test(damage_is_refused),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
