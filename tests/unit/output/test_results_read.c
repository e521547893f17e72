#include "support/check.h"

#include "unit/output/small_results.h"

#include "output/content_hash.h"

#include <cohortflow/results.h>

#include <sys/stat.h>

/* A file of the small place, as bytes. */
static size_t small_bytes(unsigned char **bytes)
{
    struct small small;
    small_init(&small, "source.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    small_free(&small);
    return small_slurp("source.h5", bytes);
}

static void everything_by_name(void **state)
{
    (void)state;
    struct small small;
    cf_results *file;
    small_init(&small, "names.h5");
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_int_equal(cf_results_open("names.h5", &file, NULL), CF_OK);
    assert_int_equal(cf_results_n_variables(file), 5 + SMALL_VARIABLES);
    assert_string_equal(cf_results_variable(file, 0)->name, "run_scenario");
    assert_string_equal(cf_results_variable(file, 4)->name, "planning");
    assert_string_equal(cf_results_variable(file, 5)->name, "population");
    assert_string_equal(cf_results_variable(file, 9)->name, "ledger");
    assert_null(cf_results_variable(file, 10));
    assert_null(cf_results_find(file, "nothing"));
    assert_null(cf_results_dim(file, "line"));
    const struct cf_results_dim *area = cf_results_dim(file, "area");
    assert_int_equal(area->n, SMALL_AREAS);
    assert_null(area->number);
    assert_string_equal(area->code[2], "W06000015");
    assert_string_equal(area->label[2], "Caerdydd, \"Cardiff\" \xc5\xb5");
    const struct cf_results_dim *year = cf_results_dim(file, "year");
    assert_null(year->code);
    assert_null(year->label);
    assert_int_equal(year->number[2], 2011);
    assert_string_equal(cf_results_attribute(file, "area", "consortium")[1], "outer");
    assert_string_equal(cf_results_attribute(file, "area", "consortium")[2], "");
    assert_string_equal(cf_results_attribute(file, "group", "sex")[1], "male");
    assert_null(cf_results_attribute(file, "area", "region"));
    assert_string_equal(cf_results_dim(file, "scenario")->label[1], "Scenario high");
    assert_string_equal(cf_results_text(file, "title"), "Scenario baseline; Scenario high");
    assert_string_equal(cf_results_text(file, "mode"), "behavioural");
    assert_string_equal(cf_results_text(file, "note"), "projection, not a forecast");
    assert_string_equal(cf_results_text(file, "format_version"), "1");
    assert_string_equal(cf_results_text(file, "Conventions"), "CF-1.8 ACDD-1.3");
    assert_string_equal(cf_results_text(file, "seed"), "2009");
    assert_string_equal(cf_results_text(file, "design"), "none");
    assert_string_equal(cf_results_text(file, "scenario"),
                        "title = \"Scenario baseline\";\nbase_year = 2009;\n\n"
                        "title = \"Scenario high\";\nbase_year = 2009;\n");
    assert_string_equal(cf_results_text(file, "input_file"),
                        "axes/area.csv\nbaseline.cfg\nhigh.cfg");
    assert_string_equal(cf_results_text(file, "source_nature"), "real\nestimated");
    assert_non_null(strstr(cf_results_text(file, "attribution"), "Open Government Licence v3.0."));
    assert_int_equal(strlen(cf_results_text(file, "content_sha256")), 64);
    assert_null(cf_results_text(file, "host"));
    cf_results_close(file);
    cf_results_close(NULL);
    small_free(&small);
}

/* Rows are the same values as the whole, undefined ones too, of numbers and of whole numbers. */
static void rows_of_a_variable(void **state)
{
    (void)state;
    static const char *const names[] = {"scarcity", "ledger", "run_scenario"};
    struct small small;
    cf_results *file;
    small_init(&small, "rows.h5");
    small.plan.n_points = 3;
    assert_int_equal(small_write(&small, NULL), CF_OK);
    assert_int_equal(cf_results_open("rows.h5", &file, NULL), CF_OK);
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        const struct cf_results_variable *variable = cf_results_find(file, names[k]);
        double *whole = cf_results_read(file, variable, NULL), rows[2 * SMALL_YEARS * 36];
        size_t each = 1;
        for (int d = 1; d < variable->n_dims; d++)
            each *= variable->dim[d]->n;
        assert_int_equal(variable->dim[0]->n, 6);
        for (size_t first = 0; first < 6; first++) {
            const size_t n = first == 5 ? 1 : 2;
            assert_int_equal(cf_results_read_rows(file, variable, first, n, rows, NULL), CF_OK);
            assert_memory_equal(rows, whole + first * each, n * each * sizeof *rows);
        }
        assert_int_equal(cf_results_read_rows(file, variable, 6, 0, rows, NULL), CF_OK);
        free(whole);
    }
    cf_results_close(file);
    small_free(&small);
}

static void assert_refused(const char *path, const char *why)
{
    cf_results *file = NULL;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_results_open(path, &file, diag), CF_BAD_INPUT);
    assert_null(file);
    if (!small_said(diag, why))
        fail_msg("%s: %s", path, cf_diag_message(diag, 0).text);
    assert_int_equal(cf_results_verify(path, NULL), CF_BAD_INPUT);
    cf_diag_close(diag);
}

static void what_is_no_results_file(void **state)
{
    (void)state;
    unsigned char *bytes;
    size_t n = small_bytes(&bytes);
    assert_int_equal(mkdir("folder.h5", 0777), 0);
    assert_int_equal(mkfifo("pipe.h5", 0666), 0);
    small_spill("empty.h5", "", 0);
    small_spill("text.h5", "code,label\nE09000002,Barking and Dagenham, which goes on\n", 56);
    assert_refused("none.h5", "there is no such file");
    assert_refused("folder.h5", "it is a folder");
    assert_refused("pipe.h5", "it is no plain file");
    assert_refused("empty.h5", "it is empty");
    assert_refused("text.h5", "it is no HDF5 file");
    for (size_t length = 48; length < n; length += n / 37) {
        small_spill("short.h5", bytes, length);
        assert_refused("short.h5", "it is cut short");
    }
    small_spill("short.h5", bytes, n - 1);
    assert_refused("short.h5", "it is cut short");
    free(bytes);
}

/* ---- files that HDF5 takes and we must not ---- */

/* An HDF5 file with some of what a results file has. */
static cf_h5 *begin_file(const char *path)
{
    static const int zero[1] = {0}, year[2] = {2009, 2010};
    static const char *const scenario[1] = {"baseline"};
    static const char *const number[] = {"/run_scenario", "/run_point", "/run_draw", "/run_status"};
    cf_h5 *h5 = cf_h5_create(path);
    struct cf_h5_shape scale = {.type = CF_H5_INT, .is_scale = 1, .n_dims = 1, .extent = {1}};
    scale.path = "/run";
    cf_h5_add(h5, &scale, zero);
    scale.path = "/draw_run";
    cf_h5_add(h5, &scale, zero);
    scale.path = "/year";
    scale.extent[0] = 2;
    cf_h5_add(h5, &scale, year);
    scale.path = "/scenario";
    scale.type = CF_H5_TEXT;
    scale.extent[0] = 1;
    cf_h5_add(h5, &scale, scenario);
    for (size_t k = 0; k < 4; k++)
        cf_h5_add(h5,
                  &(struct cf_h5_shape){.path = number[k],
                                        .type = CF_H5_INT,
                                        .n_dims = 1,
                                        .dim = {"/draw_run"},
                                        .extent = {1}},
                  zero);
    return h5;
}

static void end_file(cf_h5 *h5, const char *version)
{
    unsigned char *bytes;
    size_t length;
    char hex[CF_DIGEST_HEX];
    if (version)
        cf_h5_put_text(h5, "/", "format_version", version);
    assert_int_equal(cf_content_hash(h5, hex), 0);
    cf_h5_put_text(h5, "/", "content_sha256", hex);
    assert_int_equal(cf_h5_finish(h5, &bytes, &length), 0);
    assert_null(bytes);
    cf_h5_close(h5);
}

static void the_least_that_is_one(void **state)
{
    (void)state;
    cf_results *file;
    end_file(begin_file("least.h5"), "1");
    assert_int_equal(cf_results_open("least.h5", &file, NULL), CF_OK);
    assert_int_equal(cf_results_n_variables(file), 4);
    cf_results_close(file);
    assert_int_equal(cf_results_verify("least.h5", NULL), CF_OK);
}

static void other_versions(void **state)
{
    (void)state;
    end_file(begin_file("v0.h5"), NULL);
    assert_refused("v0.h5", "it has no format_version");
    end_file(begin_file("v2.h5"), "2");
    assert_refused("v2.h5", "its format_version is not 1");
    end_file(cf_h5_create("bare.h5"), "1");
    assert_refused("bare.h5", "it has no dimension: scenario");
}

static void wrong_members(void **state)
{
    (void)state;
    static const double number[2] = {0, 0};
    static const char *const code[2] = {"a", "b"}, *const latin[1] = {"\xe9"};
    struct cf_h5_shape shape = {.type = CF_H5_NUMBER, .is_scale = 1, .n_dims = 1, .extent = {2}};
    cf_h5 *h5 = begin_file("scale.h5");
    shape.path = "/area";
    cf_h5_add(h5, &shape, number);
    end_file(h5, "1");
    assert_refused("scale.h5", "a dimension is no list of codes or whole numbers: area");

    h5 = begin_file("extent.h5");
    shape = (struct cf_h5_shape){
        .path = "/stock", .type = CF_H5_NUMBER, .n_dims = 1, .dim = {"/run"}, .extent = {2}};
    cf_h5_add(h5, &shape, number);
    end_file(h5, "1");
    assert_refused("extent.h5", "a variable has a dimension without a name or of another size");

    h5 = begin_file("label.h5");
    shape.type = CF_H5_TEXT;
    shape.path = "/run_name";
    cf_h5_add(h5, &shape, code);
    end_file(h5, "1");
    assert_refused("label.h5", "a text belongs to no dimension");

    h5 = begin_file("latin.h5");
    shape.extent[0] = 1;
    cf_h5_add(h5, &shape, latin);
    end_file(h5, "1");
    assert_refused("latin.h5", "it holds what is no text");
}

static void claims_more_than_it_holds(void **state)
{
    (void)state;
    cf_h5 *h5 = begin_file("huge.h5");
    struct cf_h5_shape shape = {.path = "/stock",
                                .type = CF_H5_NUMBER,
                                .is_scale = 1,
                                .n_dims = 2,
                                .extent = {(size_t)1 << 31, (size_t)1 << 28},
                                .chunk = {1, 1 << 10}};
    cf_h5_add(h5, &shape, NULL);
    cf_h5_put_text(h5, "/", "format_version", "1");
    unsigned char *bytes;
    size_t length;
    assert_int_equal(cf_h5_finish(h5, &bytes, &length), 0);
    cf_h5_close(h5);
    assert_refused("huge.h5", "reading the shape of /stock");
}

/* ---- damage ---- */

/* Change bytes all over the file: it may be refused, found broken or (between what is in use) still
 * be good, and then its values are what they were. */
static void a_changed_byte(void **state)
{
    (void)state;
    unsigned char *bytes;
    size_t n = small_bytes(&bytes), refused = 0, broken = 0;
    for (size_t at = 0; at < n; at += 149) {
        bytes[at] ^= 0x55;
        small_spill("changed.h5", bytes, n);
        bytes[at] ^= 0x55;
        enum cf_status status = cf_results_verify("changed.h5", NULL);
        assert_true(status == CF_OK || status == CF_BROKEN || status == CF_BAD_INPUT);
        refused += status == CF_BAD_INPUT;
        broken += status == CF_BROKEN;
    }
    assert_true(refused > 10 && broken > 1);
    free(bytes);
}

static void the_sidecar_sees_every_byte(void **state)
{
    (void)state;
    unsigned char *bytes;
    size_t n = small_bytes(&bytes);
    assert_int_equal(cf_results_verify("source.h5", NULL), CF_OK);
    for (size_t at = 0; at < n; at += 1009) {
        bytes[at] ^= 0x01;
        small_spill("source.h5", bytes, n);
        bytes[at] ^= 0x01;
        assert_int_not_equal(cf_results_verify("source.h5", NULL), CF_OK);
    }
    small_spill("source.h5", bytes, n);
    assert_int_equal(cf_results_verify("source.h5", NULL), CF_OK);
    /* A sidecar that says nothing is told, and no more. */
    cf_diag *diag = cf_diag_open();
    small_spill("source.h5.json", "{\"sha256\": 3", 12);
    assert_int_equal(cf_results_verify("source.h5", diag), CF_OK);
    assert_int_equal(cf_diag_count(diag, CF_WARNING), 1);
    cf_diag_close(diag);
    free(bytes);
}

/* ---- what verify looks at ---- */

struct planted {
    const char *said;
    int variable;
    size_t cell;
    double value;
    int status;
};

static void invariants(void **state)
{
    (void)state;
    static const struct planted planted[] = {
        {"population is negative: run 1, year 2009, area E09000002, group f, age 5", 0, 2, -1e-9,
         0},
        {"stock is not finite: run 1, year 2009, area E09000002, age 3, status notknown", 1, 1, NAN,
         0},
        {"ledger does not close: run 1, year 2010, area E09000016", 4, 4 * SMALL_TERMS + 3, 1e-5,
         0},
        {"ledger does not close: run 1, year 2009, area E09000002", 4, 1, NAN, 0},
        {"1 of 2 runs are not ok, run 1 first (run_status 4)", 2, 0, 0.5, CF_RUN_LEDGER_OPEN}};
    struct small small;
    small_init(&small, "planted.h5");
    double *value = calloc(small.layout.length, sizeof *value);
    for (size_t k = 0; k < sizeof planted / sizeof *planted; k++) {
        cf_results_writer *writer;
        cf_diag *diag = cf_diag_open();
        assert_int_equal(cf_results_begin(&small.plan, &writer, diag), CF_OK);
        struct cf_sink sink = cf_results_sink(writer);
        for (int run = 0; run < 2; run++) {
            struct cf_record record = {.run = run, .scenario = run, .value = value};
            small_record(&small, run, value);
            if (run == 1) {
                value[small.variable[planted[k].variable].offset + planted[k].cell] =
                    planted[k].value;
                record.status = (enum cf_run_status)planted[k].status;
            }
            assert_int_equal(sink.put(sink.self, &record, diag), CF_OK);
        }
        assert_int_equal(cf_results_commit(writer, &small_circumstances, diag), CF_OK);
        assert_int_equal(cf_results_verify("planted.h5", diag), CF_BROKEN);
        if (!small_said(diag, planted[k].said))
            fail_msg("%s", cf_diag_message(diag, 0).text);
        cf_diag_close(diag);
    }
    free(value);
    small_free(&small);
}

static void a_wrong_content_hash(void **state)
{
    (void)state;
    unsigned char *bytes, *bytes_of_h5;
    size_t length;
    cf_diag *diag = cf_diag_open();
    cf_h5 *h5 = begin_file("hash.h5");
    cf_h5_put_text(h5, "/", "format_version", "1");
    cf_h5_put_text(h5, "/", "content_sha256", "0123");
    assert_int_equal(cf_h5_finish(h5, &bytes_of_h5, &length), 0);
    cf_h5_close(h5);
    assert_int_equal(cf_results_verify("hash.h5", diag), CF_BROKEN);
    assert_true(small_said(diag, "are not those its content_sha256 names"));
    assert_true(small_slurp("hash.h5", &bytes) > 0);
    free(bytes);
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_by_name),
        cmocka_unit_test(rows_of_a_variable),
        cmocka_unit_test(what_is_no_results_file),
        cmocka_unit_test(the_least_that_is_one),
        cmocka_unit_test(other_versions),
        cmocka_unit_test(wrong_members),
        cmocka_unit_test(claims_more_than_it_holds),
        cmocka_unit_test(a_changed_byte),
        cmocka_unit_test(the_sidecar_sees_every_byte),
        cmocka_unit_test(invariants),
        cmocka_unit_test(a_wrong_content_hash),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
