/*
 * The CSV reader: every message is provoked once, at its exact line and column, and what could be
 * read is there all the same.
 */
#include "support/check.h"

#include "input/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    struct cf_arena arena;
    cf_diag *diag;
    struct cf_csv csv;
    enum cf_status status;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    cf_arena_init(&f->arena);
    f->diag = cf_diag_open();
    *state = f;
    return f->diag ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    cf_arena_free(&f->arena);
    cf_diag_close(f->diag);
    free(f);
    return 0;
}

static void read_n(struct fixture *f, const char *bytes, size_t length)
{
    f->status = cf_csv_read_bytes(&f->arena, "t.csv", bytes, length, &f->csv, f->diag);
    cf_diag_sort(f->diag);
}

#define READ(f, text) read_n((f), (text), sizeof(text) - 1)

static void message_is(struct fixture *f, size_t i, const char *code, int line, int column,
                       const char *text)
{
    assert_true(i < cf_diag_count(f->diag, CF_NOTICE));
    struct cf_message m = cf_diag_message(f->diag, i);
    assert_int_equal(m.severity, CF_ERROR);
    assert_string_equal(m.code, code);
    assert_string_equal(m.text, text);
    assert_int_equal(m.line, line);
    assert_int_equal(m.column, column);
}

static void only(struct fixture *f, const char *code, int line, int column, const char *text)
{
    assert_int_equal(f->status, CF_BAD_INPUT);
    assert_int_equal(cf_diag_count(f->diag, CF_NOTICE), 1);
    message_is(f, 0, code, line, column, text);
}

static void cell_is(struct fixture *f, int row, int column, const char *text, int line, int at)
{
    assert_string_equal(cf_csv_cell(&f->csv, row, column), text);
    struct cf_at place = cf_csv_at(&f->csv, row, column);
    assert_string_equal(place.path, "t.csv");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, at);
}

static void fine(struct fixture *f, int columns, int rows)
{
    assert_int_equal(cf_diag_count(f->diag, CF_NOTICE), 0);
    assert_int_equal(f->status, CF_OK);
    assert_int_equal(f->csv.n_columns, columns);
    assert_int_equal(f->csv.n_rows, rows);
}

static void reads_cells_with_places(void **state)
{
    struct fixture *f = *state;
    READ(f, "area, year ,value\ne1,2009,  2.385\n\n   \n  e2\t,,\n");
    fine(f, 3, 2);
    assert_string_equal(f->csv.column[1], "year");
    assert_int_equal(f->csv.column_at[0], 1);
    assert_int_equal(f->csv.column_at[1], 7);
    assert_int_equal(cf_csv_column(&f->csv, "value"), 2);
    assert_int_equal(cf_csv_column(&f->csv, "Value"), -1);
    cell_is(f, 0, 0, "e1", 2, 1);
    cell_is(f, 0, 2, "2.385", 2, 11);
    cell_is(f, 1, 0, "e2", 5, 3);
    cell_is(f, 1, 1, "", 5, 7);
    cell_is(f, 1, 2, "", 5, 8);
    assert_null(f->csv.cell_line);
    assert_string_equal(f->csv.path, "t.csv");
}

static void last_line_needs_no_end(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\n1,");
    fine(f, 2, 1);
    cell_is(f, 0, 1, "", 2, 3);
}

static void header_alone_is_a_table(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b");
    fine(f, 2, 0);
}

static void mark_and_carriage_returns(void **state)
{
    struct fixture *f = *state;
    READ(f, "\xEF\xBB\xBF"
            "a,b\r\n1,2\r\n\r\n3,\"4\r\n5\"\r\n6,7");
    fine(f, 2, 3);
    assert_int_equal(f->csv.column_at[0], 1);
    cell_is(f, 0, 1, "2", 2, 3);
    cell_is(f, 1, 1, "4\r\n5", 4, 3);
    cell_is(f, 2, 0, "6", 6, 1);
}

static void carriage_returns_alone(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\r1,2\r\r3,4");
    fine(f, 2, 2);
    cell_is(f, 1, 1, "4", 4, 3);
}

static void quotes_with_commas_and_lines(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,\"b,c\",d\n\"say \"\"x\"\"\" ,\"one\ntwo, three\n\",9\n\"\",\" y \",z\n");
    fine(f, 3, 2);
    assert_string_equal(f->csv.column[1], "b,c");
    cell_is(f, 0, 0, "say \"x\"", 2, 1);
    cell_is(f, 0, 1, "one\ntwo, three\n", 2, 14);
    cell_is(f, 0, 2, "9", 4, 3);
    cell_is(f, 1, 0, "", 5, 1);
    cell_is(f, 1, 1, "y", 5, 4);
    cell_is(f, 1, 2, "z", 5, 10);
}

static void lines_of_cells_of_earlier_rows(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\n1,2\n\"3\n\",4\n5,6\n");
    fine(f, 2, 3);
    assert_non_null(f->csv.cell_line);
    cell_is(f, 0, 1, "2", 2, 3);
    cell_is(f, 1, 0, "3\n", 3, 1);
    cell_is(f, 1, 1, "4", 4, 3);
    cell_is(f, 2, 1, "6", 5, 3);
}

static void width_is_told_of_each_row(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b,c,d\n1,2,3,4,5\n1\n1,2,3,4\n\"x\ny\",2,3,4,5\n");
    assert_int_equal(f->status, CF_BAD_INPUT);
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 3);
    message_is(f, 0, "csv.width", 2, 9, "row has 5 cells, the header has 4");
    message_is(f, 1, "csv.width", 3, 1, "row has 1 cell, the header has 4");
    message_is(f, 2, "csv.width", 6, 10, "row has 5 cells, the header has 4");
    assert_int_equal(f->csv.n_rows, 1);
    cell_is(f, 0, 3, "4", 4, 7);
}

static void errors_of_a_kind_are_counted_from_the_21st_on(void **state)
{
    struct fixture *f = *state;
    char text[4 + 30 * 4 + 1] = "a,b\n";
    for (int k = 0; k < 30; k++)
        strcat(text, "1,,\n");
    READ(f, text);
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 21);
    message_is(f, 20, "csv.more", 22, 4,
               "there are 10 more of these in this file: rows with too many or too few cells");
}

static void rows_without_text_are_skipped(void **state)
{
    struct fixture *f = *state;
    READ(f, ",,\na,b\n1,2\n,\n , ,,\n3,\n\"\",\"\"\n");
    fine(f, 2, 2);
    cell_is(f, 0, 1, "2", 3, 3);
    cell_is(f, 1, 0, "3", 6, 1);
}

static void titles(void **state)
{
    struct fixture *f = *state;
    READ(f, "Residents\nof 2009\n\na,b\n1,2\n");
    only(f, "csv.title", 1, 1, "the header has 1 cell, the row on line 4 has 2");
    assert_int_equal(f->csv.n_columns, 0);
    assert_int_equal(f->csv.n_rows, 0);
    READ(f, "Residents,,\na,b,c\n1,2,3\n");
    message_is(f, 1, "csv.title", 1, 1, "only the first of 3 columns has a name");
    assert_int_equal(f->csv.n_columns, 0);
}

static void columns_at_the_end(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,,b,,\n1,2,3,4,5\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.column-empty", 1, 3, "column 2 has no name");
    message_is(f, 1, "csv.column-empty", 1, 6, "columns 4 to 5 have no name");
}

static void commas_within_numbers(void **state)
{
    struct fixture *f = *state;
    const char *help = "a decimal comma? numbers take a point, and nothing between thousands";
    READ(f, "a,b\nx,-1,5\nx,y,5\nx,1,\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 3);
    assert_string_equal(cf_diag_message(f->diag, 0).help, help);
    assert_string_equal(cf_diag_message(f->diag, 1).help, "");
    assert_string_equal(cf_diag_message(f->diag, 2).help, "");
}

static void columns_empty_and_twice(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,, a,b,\" \"\n1,2,3,4,5\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 3);
    message_is(f, 0, "csv.column-empty", 1, 3, "column 2 has no name");
    message_is(f, 1, "csv.column-twice", 1, 5, "column 'a' is there twice, as columns 1 and 3");
    message_is(f, 2, "csv.column-empty", 1, 9, "column 5 has no name");
    assert_int_equal(f->csv.n_rows, 1);
}

static void no_header(void **state)
{
    struct fixture *f = *state;
    READ(f, "\xEF\xBB\xBF\n  \r\n");
    only(f, "csv.no-header", 1, 1, "the file is empty; a header line is wanted");
    assert_int_equal(f->csv.n_columns, 0);
    assert_int_equal(f->csv.n_rows, 0);
}

static void quote_within_a_plain_cell(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\n1,2\nx,5\" pipe\n3,4,5\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.quote", 3, 4, "quote inside a cell that does not begin with one");
    message_is(f, 1, "csv.width", 4, 5, "row has 3 cells, the header has 2");
    assert_int_equal(f->csv.n_rows, 1);
}

static void text_behind_a_closing_quote(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\n\"one\ntwo\"x,5\n7,8\n\"9\" \"\",1\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.quote", 3, 5, "text after the closing quote of a cell");
    assert_string_equal(cf_diag_message(f->diag, 0).help,
                        "the quoted cell begins at line 2, column 1; a quote within it is written "
                        "twice");
    message_is(f, 1, "csv.quote", 5, 5, "text after the closing quote of a cell");
    assert_int_equal(f->csv.n_rows, 1);
    cell_is(f, 0, 1, "8", 4, 3);
}

static void quote_never_closed(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\n1, \"2\n3,4\n5,6,7\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.quote", 2, 4, "quote is never closed");
    message_is(f, 1, "csv.width", 4, 5, "row has 3 cells, the header has 2");
    assert_int_equal(f->csv.n_rows, 1);
    cell_is(f, 0, 0, "3", 3, 1);
}

static void broken_header_takes_no_row_for_it(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\"\n1,2\n3\n4,\"5\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.quote", 1, 4, "quote inside a cell that does not begin with one");
    message_is(f, 1, "csv.quote", 4, 3, "quote is never closed");
    assert_int_equal(f->csv.n_columns, 0);
    assert_int_equal(f->csv.n_rows, 0);
}

static void nul_byte(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\nx,y\0z\n1,2,3\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.nul", 2, 4, "NUL byte in a file of text");
    message_is(f, 1, "csv.width", 3, 5, "row has 3 cells, the header has 2");
    cell_is(f, 0, 1, "y?z", 2, 3);
}

static void utf_16_is_not_read_on(void **state)
{
    struct fixture *f = *state;
    READ(f, "\xFF\xFE"
            "a\0,\0b\0\n\0");
    only(f, "csv.nul", 1, 4, "NUL byte in a file of text");
    assert_string_equal(cf_diag_message(f->diag, 0).help,
                        "the file looks like UTF-16; save it as UTF-8");
}

static void windows_1252(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\ncaf\xE9,\x93x\x94\n1\n");
    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 2);
    message_is(f, 0, "csv.not-utf8", 2, 4, "byte 0xE9 is not UTF-8");
    assert_string_equal(cf_diag_message(f->diag, 0).help,
                        "the file looks like Windows-1252; save it as UTF-8");
    message_is(f, 1, "csv.width", 3, 1, "row has 1 cell, the header has 2");
    cell_is(f, 0, 1, "?x?", 2, 6);
}

static void utf_8_columns_are_bytes(void **state)
{
    struct fixture *f = *state;
    READ(f, "a,b\ncaf\xC3\xA9,x\n");
    fine(f, 2, 1);
    cell_is(f, 0, 1, "x", 2, 7);
}

static void nobody_listens(void **state)
{
    struct fixture *f = *state;
    cf_diag *diag = f->diag;
    f->diag = NULL;
    assert_int_equal(cf_csv_read_bytes(&f->arena, "t.csv", "a\n1,2\n", 6, &f->csv, NULL),
                     CF_BAD_INPUT);
    f->diag = diag;
    /* A second reading into one collection tells nothing new, but is as bad as the first. */
    READ(f, "a\n1,2\n");
    assert_int_equal(f->status, CF_BAD_INPUT);
    READ(f, "a\n1,2\n");
    assert_int_equal(f->status, CF_BAD_INPUT);
}

static void things_that_are_no_files(void **state)
{
    struct fixture *f = *state;
    char folder[] = "/tmp/cf_csv_XXXXXX", path[sizeof folder + 16], text[128];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/none.csv", folder);
    f->status = cf_csv_read(&f->arena, path, &f->csv, f->diag);
    snprintf(text, sizeof text, "there is no file '%s'", path);
    only(f, "csv.missing", 0, 0, text);
    assert_int_equal(f->csv.n_rows, 0);

    assert_int_equal(cf_csv_read(&f->arena, folder, &f->csv, f->diag), CF_BAD_INPUT);
    snprintf(path, sizeof path, "%s/fifo", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(cf_csv_read(&f->arena, path, &f->csv, f->diag), CF_BAD_INPUT);
    unlink(path);
    snprintf(path, sizeof path, "%s/large", folder);
    FILE *large = fopen(path, "w");
    assert_non_null(large);
    assert_int_equal(ftruncate(fileno(large), (off_t)CF_CSV_MOST_BYTES + 1), 0);
    fclose(large);
    assert_int_equal(cf_csv_read(&f->arena, path, &f->csv, f->diag), CF_BAD_INPUT);
    unlink(path);
    rmdir(folder);

    assert_int_equal(cf_diag_count(f->diag, CF_ERROR), 4);
    assert_string_equal(cf_diag_message(f->diag, 1).code, "csv.directory");
    assert_string_equal(cf_diag_message(f->diag, 2).code, "csv.not-a-file");
    assert_string_equal(cf_diag_message(f->diag, 3).code, "csv.too-large");
}

static void digest_is_of_the_bytes(void **state)
{
    struct fixture *f = *state;
    READ(f, "abc");
    assert_string_equal(f->csv.sha256,
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(reads_cells_with_places),
        TEST(last_line_needs_no_end),
        TEST(header_alone_is_a_table),
        TEST(mark_and_carriage_returns),
        TEST(carriage_returns_alone),
        TEST(quotes_with_commas_and_lines),
        TEST(lines_of_cells_of_earlier_rows),
        TEST(width_is_told_of_each_row),
        TEST(errors_of_a_kind_are_counted_from_the_21st_on),
        TEST(rows_without_text_are_skipped),
        TEST(titles),
        TEST(columns_at_the_end),
        TEST(commas_within_numbers),
        TEST(columns_empty_and_twice),
        TEST(no_header),
        TEST(quote_within_a_plain_cell),
        TEST(text_behind_a_closing_quote),
        TEST(quote_never_closed),
        TEST(broken_header_takes_no_row_for_it),
        TEST(nul_byte),
        TEST(utf_16_is_not_read_on),
        TEST(windows_1252),
        TEST(utf_8_columns_are_bytes),
        TEST(nobody_listens),
        TEST(things_that_are_no_files),
        TEST(digest_is_of_the_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
