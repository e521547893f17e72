/* Proves: a workbook keeps the rules for accessible spreadsheets, its numbers are the table's,
 * labels are never formulas, the same report gives the same bytes, and what cannot be written
 * leaves what was there. tests/cli/workbook.sh reads whole workbooks back. */
#include "support/check.h"

#include "unit/output/made_report.h"

#include "base/text.h"
#include "output/render_xlsx.h"
#include "output/workbook.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct made_report made;
static char folder[] = "/tmp/cf-xlsx-XXXXXX";

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
    return system("rm -f -- *") == 0 && chdir("/") == 0 && rmdir(folder) == 0 ? 0 : -1;
}

static struct cf_text read_part(const char *book, const char *part)
{
    char command[256], buffer[4096];
    struct cf_text text = {0};
    size_t got;
    snprintf(command, sizeof command, "unzip -p %s '%s'", book, part);
    FILE *from = popen(command, "r");
    assert_non_null(from);
    cf_text_add(&text, "");
    while ((got = fread(buffer, 1, sizeof buffer, from)) > 0)
        cf_text_add_n(&text, buffer, got);
    pclose(from);
    return text;
}

static int has(const char *book, const char *part, const char *what)
{
    struct cf_text text = read_part(book, part);
    const int found = strstr(text.data, what) != NULL;
    cf_text_free(&text);
    return found;
}

static int has_unzip(void)
{
    return system("command -v unzip >/dev/null") == 0;
}

static void test_same_bytes(void **state)
{
    (void)state;
    char *a, *b;
    size_t n_a, n_b;
    assert_int_equal(cf_write_xlsx("a.xlsx", &made.publication, NULL), CF_OK);
    assert_int_equal(cf_write_xlsx("b.xlsx", &made.publication, NULL), CF_OK);
    assert_int_equal(cf_read_file("a.xlsx", 1 << 24, &a, &n_a), 0);
    assert_int_equal(cf_read_file("b.xlsx", 1 << 24, &b, &n_b), 0);
    assert_int_equal(n_a, n_b);
    assert_memory_equal(a, b, n_a);
    free(a);
    free(b);
}

static void test_what_is_in_it(void **state)
{
    (void)state;
    if (!has_unzip())
        skip();
    assert_int_equal(cf_write_xlsx("a.xlsx", &made.publication, NULL), CF_OK);
    /* The first sheets, and one for each table, by names that a sheet may have. */
    assert_true(has("a.xlsx", "xl/workbook.xml", "name=\"Cover\""));
    assert_true(has("a.xlsx", "xl/workbook.xml", "name=\"gaps-by-line\""));
    assert_true(has("a.xlsx", "xl/workbook.xml", "name=\"a-name-that-is-longer-than-a-sh\""));
    assert_true(has("a.xlsx", "xl/workbook.xml", "name=\"a-name-that-is-longer-tha-2\""));
    /* Nothing is a formula, no cells are merged. */
    for (int k = 1; k <= 9; k++) {
        char part[64];
        snprintf(part, sizeof part, "xl/worksheets/sheet%d.xml", k);
        assert_false(has("a.xlsx", part, "<f>"));
        assert_false(has("a.xlsx", part, "mergeCell"));
    }
    assert_true(has("a.xlsx", "xl/sharedStrings.xml", "=cmd|'/c calc'!A1"));
    assert_true(has("a.xlsx", "xl/sharedStrings.xml", "&lt;script&gt;"));
    assert_true(has("a.xlsx", "xl/sharedStrings.xml", MADE_RIGHT_TO_LEFT));
    assert_true(has("a.xlsx", "xl/sharedStrings.xml", made.long_label));
    assert_true(has("a.xlsx", "xl/sharedStrings.xml", "[c]"));
    /* Numbers in full, and headers that differ. */
    assert_true(has("a.xlsx", "xl/worksheets/sheet7.xml", "<v>12.25</v>"));
    assert_true(has("a.xlsx", "xl/worksheets/sheet7.xml", "<v>0.3333333333333333</v>"));
    assert_true(has("a.xlsx", "xl/tables/table5.xml", "ref=\"A4:E12\""));
    assert_true(has("a.xlsx", "xl/tables/table5.xml", "name=\"=Without a place\""));
    assert_true(has("a.xlsx", "xl/tables/table5.xml", "name=\"Coverage (2)\""));
    assert_true(has("a.xlsx", "docProps/core.xml", "2000-01-01T00:00:00Z"));
}

static void test_plan(void **state)
{
    (void)state;
    struct cf_workbook book;
    cf_workbook_plan(&book, &made.publication);
    assert_int_equal(book.n_sheets, 6 + 3);
    assert_string_equal(book.sheet[0].name, "Cover");
    assert_string_equal(book.sheet[6].line[1], "Notes: 1, 2, 3");
    assert_string_equal(book.sheet[7].line[1], "There are no notes on it.");
    assert_int_equal(book.sheet[1].table->n_rows, 4 + 3);
    assert_int_equal(book.sheet[2].table->n_rows, 3);
    assert_int_equal(book.sheet[3].table->n_rows, CF_N_SHORTHAND + 3);
    assert_int_equal(book.sheet[4].table->n_rows, 5 + 2 + 2);
    cf_workbook_free(&book);
}

static const char *code_of(const cf_diag *diag)
{
    return cf_diag_count(diag, CF_ERROR) ? cf_diag_message(diag, 0).code : "";
}

/* What stands there stays where the disk is full, and nothing else is left. */
static void test_no_room(void **state)
{
    (void)state;
    const struct rlimit none = {4096, RLIM_INFINITY};
    struct rlimit was;
    struct stat is;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(system("echo kept >full.xlsx"), 0);
    getrlimit(RLIMIT_FSIZE, &was);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &none);
    const enum cf_status status = cf_write_xlsx("full.xlsx", &made.publication, diag);
    setrlimit(RLIMIT_FSIZE, &was);
    assert_int_equal(status, CF_IO);
    assert_string_equal(code_of(diag), "output.io");
    assert_int_equal(stat("full.xlsx", &is), 0);
    assert_int_equal(is.st_size, 5);
    assert_int_equal(stat("full.xlsx.cohortflow-tmp", &is), -1);
    cf_diag_close(diag);
}

static void test_no_folder(void **state)
{
    (void)state;
    cf_diag *diag = cf_diag_open();
    assert_int_equal(cf_write_xlsx("nowhere/a.xlsx", &made.publication, diag), CF_CANNOT_CREATE);
    assert_string_equal(code_of(diag), "output.create");
    cf_diag_close(diag);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_what_is_in_it),
        cmocka_unit_test(test_plan),       cmocka_unit_test(test_no_room),
        cmocka_unit_test(test_no_folder),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
