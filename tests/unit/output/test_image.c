#include "support/check.h"

#include "unit/output/small_results.h"

#include "output/image.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void assert_holds(const char *path, const char *text)
{
    unsigned char *bytes;
    assert_int_equal(small_slurp(path, &bytes), strlen(text));
    assert_memory_equal(bytes, text, strlen(text));
    free(bytes);
}

static void bytes_appear_under_the_name(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_write_image("new", "first", 5, diag), CF_OK);
    assert_holds("new", "first");
    assert_int_equal(cf_write_image("new", "second", 6, diag), CF_OK);
    assert_holds("new", "second");
    assert_int_equal(cf_write_image("./new", "", 0, diag), CF_OK);
    assert_holds("new", "");
    assert_int_equal(mkdir("folder", 0777), 0);
    assert_int_equal(cf_write_image("folder//deep", "x", 1, diag), CF_OK);
    assert_holds("folder/deep", "x");
    assert_false(small_exists("new.cohortflow-tmp") || small_exists("folder/deep.cohortflow-tmp"));
    assert_int_equal(cf_diag_count(diag, CF_NOTICE), 0);
    cf_diag_close(diag);
}

static void nothing_changes_before_the_commit(void **state)
{
    (void)state;
    struct cf_image image;
    char hex[CF_DIGEST_HEX], expected[CF_DIGEST_HEX];
    unsigned long long length;
    small_spill("kept.tmp", "somebody else's", 15);
    assert_int_equal(cf_write_image("kept", "old", 3, NULL), CF_OK);
    assert_int_equal(cf_image_begin(&image, "kept", NULL), CF_OK);
    assert_int_equal(cf_image_write(&image, "new ", 4, NULL), CF_OK);
    assert_int_equal(cf_image_write(&image, "bytes", 5, NULL), CF_OK);
    assert_holds("kept", "old");
    assert_true(small_exists("kept.cohortflow-tmp"));
    assert_int_equal(cf_image_digest(&image, hex, &length, NULL), CF_OK);
    cf_digest_of("new bytes", 9, expected);
    assert_int_equal(length, 9);
    assert_string_equal(hex, expected);
    cf_image_abandon(&image);
    assert_holds("kept", "old");
    assert_false(small_exists("kept.cohortflow-tmp"));
    cf_image_abandon(&image); /* again does no harm */
    assert_holds("kept.tmp", "somebody else's");
}

static void one_writer_at_a_time(void **state)
{
    (void)state;
    struct cf_image first, second;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_image_begin(&first, "one", NULL), CF_OK);
    assert_int_equal(cf_image_write(&first, "first", 5, NULL), CF_OK);
    assert_int_equal(cf_image_begin(&second, "one", diag), CF_CANNOT_CREATE);
    assert_true(small_said(diag, "another run is writing it"));
    cf_image_clear("one");
    assert_true(small_exists("one.cohortflow-tmp"));
    assert_int_equal(cf_image_commit(&first, NULL), CF_OK);
    assert_holds("one", "first");
    assert_int_equal(cf_image_begin(&second, "one", NULL), CF_OK);
    cf_image_abandon(&second);
    assert_holds("one", "first");
    cf_diag_close(diag);
}

/* A run that is killed leaves its temporary file; its lock goes with it. */
static void a_killed_writer_is_followed(void **state)
{
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        struct cf_image image;
        if (cf_image_begin(&image, "killed", NULL) != CF_OK ||
            cf_image_write(&image, "a long half of something", 24, NULL) != CF_OK)
            _exit(1);
        raise(SIGKILL);
    }
    int ended = 0;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFSIGNALED(ended));
    assert_true(small_exists("killed.cohortflow-tmp"));
    assert_int_equal(cf_write_image("killed", "short", 5, NULL), CF_OK);
    assert_holds("killed", "short");
    small_spill("killed.cohortflow-tmp", "litter", 6);
    cf_image_clear("killed");
    assert_false(small_exists("killed.cohortflow-tmp"));
    cf_image_clear("killed");
}

static void assert_refused(const char *path, const char *why)
{
    struct cf_image image;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_image_begin(&image, path, diag), CF_CANNOT_CREATE);
    if (!small_said(diag, why))
        fail_msg("%s: %s", path, cf_diag_message(diag, 0).text);
    cf_diag_close(diag);
}

static void what_cannot_be_created(void **state)
{
    (void)state;
    char longer[400];
    memset(longer, 'n', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_int_equal(mkdir("dir", 0777), 0);
    small_spill("file", "kept", 4);
    assert_int_equal(symlink("file", "link"), 0);
    assert_int_equal(symlink("file", "aim.cohortflow-tmp"), 0);
    assert_int_equal(mkfifo("pipe", 0666), 0);
    assert_int_equal(mkfifo("end.cohortflow-tmp", 0666), 0);
    assert_int_equal(link("file", "hard.cohortflow-tmp"), 0);
    assert_refused("", "it has no name");
    assert_refused("dir", "it is a folder");
    assert_refused("dir/", "it is a folder");
    assert_refused(".", "it is a folder");
    assert_refused("dir/..", "it is a folder");
    assert_refused("link", "it is a symbolic link");
    assert_refused("pipe", "it is no plain file");
    assert_refused("/dev/null", "it is no plain file");
    assert_refused("none/x", "there is no such folder");
    assert_refused("file/x", strerror(ENOTDIR));
    assert_refused(longer, strerror(ENAMETOOLONG));
    assert_refused("aim", "the name of its temporary file is a symbolic link");
    assert_refused("end", "the name of its temporary file is taken");
    assert_refused("hard", "the name of its temporary file is taken");
    assert_holds("file", "kept");
}

static void a_folder_without_permission(void **state)
{
    (void)state;
    if (geteuid() == 0)
        skip(); /* root may everything */
    assert_int_equal(mkdir("closed", 0777), 0);
    small_spill("closed/x.cohortflow-tmp", "", 0);
    assert_int_equal(chmod("closed", 0555), 0);
    assert_refused("closed/x", strerror(EACCES));
    assert_refused("closed/y", strerror(EACCES));
    assert_int_equal(chmod("closed", 0777), 0);
}

static void a_limit_on_the_size(void **state)
{
    (void)state;
    struct rlimit before, small;
    char bytes[1000];
    cf_diag *diag = cf_diag_open();
    memset(bytes, 'b', sizeof bytes);
    small_spill("limited", "old", 3);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    for (size_t most = 0; most <= 1001; most += 7) {
        small = (struct rlimit){most, before.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
        enum cf_status status = cf_write_image("limited", bytes, sizeof bytes, diag);
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
        assert_int_equal(status, most < sizeof bytes ? CF_IO : CF_OK);
        assert_false(small_exists("limited.cohortflow-tmp"));
        if (status == CF_IO)
            assert_holds("limited", "old");
    }
    assert_true(small_said(diag, strerror(EFBIG)));
    signal(SIGXFSZ, handler);
    cf_diag_close(diag);
}

/* The temporary file is gone when it should take its name. */
static void a_name_that_cannot_be_taken(void **state)
{
    (void)state;
    struct cf_image image;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_image_begin(&image, "gone", NULL), CF_OK);
    assert_int_equal(unlink("gone.cohortflow-tmp"), 0);
    assert_int_equal(cf_image_commit(&image, diag), CF_IO);
    assert_int_equal(cf_diag_count(diag, CF_ERROR), 1);
    assert_false(small_exists("gone"));
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_appear_under_the_name),
        cmocka_unit_test(nothing_changes_before_the_commit),
        cmocka_unit_test(one_writer_at_a_time),
        cmocka_unit_test(a_killed_writer_is_followed),
        cmocka_unit_test(what_cannot_be_created),
        cmocka_unit_test(a_folder_without_permission),
        cmocka_unit_test(a_limit_on_the_size),
        cmocka_unit_test(a_name_that_cannot_be_taken),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
