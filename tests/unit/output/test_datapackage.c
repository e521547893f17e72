/* Proves: a folder of CSV says of each file what it is, how long, and its SHA-256; it appears
 * complete or not at all, and where somebody keeps something nothing is touched. */
#include "support/check.h"

#include "unit/output/made_report.h"

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "output/datapackage.h"
#include "output/folder.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct made_report made;
static char folder[] = "/tmp/cf-package-XXXXXX";

static int begin(void **state)
{
    (void)state;
    make_report(&made);
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    free_report(&made);
    return system("rm -rf -- *") == 0 && chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static void test_what_is_said(void **state)
{
    (void)state;
    char *bytes, hex[CF_DIGEST_HEX], path[256];
    size_t length;
    long long said;
    assert_int_equal(cf_write_datapackage("out", &made.publication, NULL), CF_OK);
    assert_int_equal(cf_read_file("out/datapackage.json", 1 << 20, &bytes, &length), 0);
    cf_json *package = cf_json_read(bytes);
    free(bytes);
    assert_string_equal(cf_json_get_text(package, "title"), MADE_FORMULA);
    const cf_json *resources = cf_json_get(package, "resources");
    assert_int_equal(cf_json_size(resources), 3);
    for (size_t k = 0; k < 3; k++) {
        const cf_json *resource = cf_json_at(resources, k);
        snprintf(path, sizeof path, "out/%s", cf_json_get_text(resource, "path"));
        assert_int_equal(cf_read_file(path, 1 << 20, &bytes, &length), 0);
        assert_true(cf_json_get_int(resource, "bytes", &said));
        assert_int_equal(said, length);
        cf_digest_of(bytes, length, hex);
        assert_string_equal(cf_json_get_text(resource, "hash") + strlen("sha256:"), hex);
        free(bytes);
    }
    const cf_json *fields = cf_json_get(cf_json_get(cf_json_at(resources, 0), "schema"), "fields");
    assert_int_equal(cf_json_size(fields), 5);
    assert_string_equal(cf_json_get_text(cf_json_at(fields, 1), "type"), "integer");
    assert_string_equal(cf_json_get_text(cf_json_at(fields, 2), "type"), "number");
    assert_string_equal(cf_json_get_text(cf_json_at(fields, 2), "unit"), "persons");
    assert_string_equal(cf_json_get_text(cf_json_at(fields, 2), "title"), "=Without a place");
    cf_json_free(package);
}

static const char *code_of(const cf_diag *diag)
{
    return cf_diag_count(diag, CF_ERROR) ? cf_diag_message(diag, 0).code : "";
}

static void refused(const char *path)
{
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_write_datapackage(path, &made.publication, diag), CF_CANNOT_CREATE);
    assert_string_equal(code_of(diag), "output.folder");
    cf_diag_close(diag);
}

static void test_taken(void **state)
{
    (void)state;
    assert_int_equal(system("mkdir kept empty && echo kept >kept/file && ln -s empty link"), 0);
    refused("kept");
    refused("kept/file");
    refused("link");
    refused("nowhere/out");
    refused("");
    assert_int_equal(system("[ \"$(ls kept)\" = file ]"), 0);
    assert_int_equal(cf_write_datapackage("empty/", &made.publication, NULL), CF_OK);
    assert_int_equal(access("empty/gaps-by-line.csv", R_OK), 0);
}

/* What a killed run left is taken over. */
static void test_left_over(void **state)
{
    (void)state;
    assert_int_equal(system("mkdir over.cohortflow-tmp && echo old >over.cohortflow-tmp/old.csv"),
                     0);
    assert_int_equal(cf_write_datapackage("over", &made.publication, NULL), CF_OK);
    assert_int_equal(access("over/old.csv", F_OK), -1);
    assert_int_equal(system("echo file >file.cohortflow-tmp"), 0);
    refused("file");
}

static void test_no_room(void **state)
{
    (void)state;
    const struct rlimit none = {512, RLIM_INFINITY};
    struct rlimit was;
    struct stat is;
    cf_diag *diag = cf_diag_open();
    getrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    const enum cf_status status = cf_write_datapackage("full", &made.publication, diag);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(status, CF_IO);
    assert_string_equal(code_of(diag), "output.io");
    assert_int_equal(stat("full", &is), -1);
    assert_int_equal(stat("full.cohortflow-tmp", &is), -1);
    cf_diag_close(diag);
}

/* A folder that somebody fills meanwhile is theirs. */
static void test_meanwhile(void **state)
{
    (void)state;
    struct cf_folder mine;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_folder_begin(&mine, "mine", diag), CF_OK);
    assert_int_equal(cf_folder_add(&mine, "a", "x", 1, diag), CF_OK);
    assert_int_equal(system("mkdir mine && echo theirs >mine/b"), 0);
    assert_int_equal(cf_folder_commit(&mine, diag), CF_CANNOT_CREATE);
    assert_string_equal(code_of(diag), "output.folder");
    assert_int_equal(system("[ \"$(ls mine)\" = b ] && [ ! -e mine.cohortflow-tmp ]"), 0);
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_said), cmocka_unit_test(test_taken),
        cmocka_unit_test(test_left_over),    cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_meanwhile),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
