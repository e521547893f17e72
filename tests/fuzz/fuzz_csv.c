/*
 * Any bytes as a CSV file: no crash, and what is read keeps the promises of csv.h.
 */
#include "input/csv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void promise(int kept)
{
    if (!kept)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct cf_arena arena;
    struct cf_csv csv;
    cf_diag *diag = cf_diag_open();
    cf_arena_init(&arena);
    enum cf_status status =
        cf_csv_read_bytes(&arena, "fuzz.csv", (const char *)bytes, length, &csv, diag);
    promise((status == CF_OK) == (cf_diag_count(diag, CF_ERROR) == 0));
    for (int row = 0; row < csv.n_rows; row++) {
        promise(csv.line[row] >= 1 && (row == 0 || csv.line[row] >= csv.line[row - 1]));
        for (int column = 0; column < csv.n_columns; column++) {
            struct cf_at at = cf_csv_at(&csv, row, column);
            promise(strlen(cf_csv_cell(&csv, row, column)) <= length);
            promise(at.line >= csv.line[row] && at.column >= 1);
        }
    }
    for (size_t i = 0; i < cf_diag_count(diag, CF_NOTICE); i++) {
        struct cf_message m = cf_diag_message(diag, i);
        promise(m.line >= 1 && m.column >= 1 && (size_t)m.line <= length + 1 &&
                (size_t)m.column <= length + 1);
    }
    cf_diag_close(diag);
    cf_arena_free(&arena);
    return 0;
}
