/*
 * Any bytes as a manifest, or as changes to a folder of records that is right: what is damaged is
 * refused or taken as not there, and every record that is put is one that was written.
 *
 * The first byte says which: even, the rest is a manifest; odd, the rest is changes to the file of
 * records, three bytes each: where (16 bits, modulo its length) and what to put there. After a zero
 * change the file is cut there.
 */
#include "tests/unit/output/small_results.h"

#include "exec/records.h"

#include <errno.h>
#include <stdint.h>

enum { LENGTH = 6, DRAW_LENGTH = 2, DRAWS = 9, RECORDS_ROOM = 1 << 16 };
#define RECORDS "/shard-0-of-1.0.rec"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void promise(int kept)
{
    if (!kept)
        abort();
}

static double right_value(long long run, size_t cell)
{
    return (double)(run * 100 + (long long)cell) + 0.385;
}

/* A folder of records that is right, made once. */
static struct right {
    struct small small;
    struct cf_variable variable;
    struct cf_layout layout;
    struct cf_manifest manifest;
    char folder[64], file[128], json[128];
    unsigned char *bytes;
    size_t n;
} right;

static void remove_folder(void)
{
    cf_records_remove(right.folder, NULL);
}

static void do_batch(struct cf_record_set *records, long long batch)
{
    double *record[CF_BATCH];
    int status[CF_BATCH] = {0}, n;
    const struct cf_runs *runs = &right.manifest.runs;
    const long long first = cf_batch_first(runs, batch, &n);
    cf_records_room(records, 0, batch, record);
    for (int k = 0; k < n; k++)
        for (size_t i = 0; i < (cf_run_of(runs, first + k).draw ? DRAW_LENGTH : LENGTH); i++)
            record[k][i] = right_value(first + k, i);
    promise(cf_records_keep(records, 0, batch, status));
}

static void make_right(void)
{
    struct cf_record_set *records;
    small_init(&right.small, "unused.h5");
    right.variable = (struct cf_variable){.name = "kept", .size = DRAW_LENGTH, .of_draws = 1};
    right.layout = (struct cf_layout){.n_variables = 1,
                                      .variable = &right.variable,
                                      .length = LENGTH,
                                      .draw_length = DRAW_LENGTH};
    cf_manifest_init(&right.manifest, &(struct cf_manifest_of){.model = right.small.models,
                                                               .runs = {SMALL_SCENARIOS, 1, DRAWS},
                                                               .layout = &right.layout});
    strcpy(right.folder, "/tmp/fuzz-records-XXXXXX");
    promise(mkdtemp(right.folder) != NULL);
    snprintf(right.file, sizeof right.file, "%s" RECORDS, right.folder);
    snprintf(right.json, sizeof right.json, "%s/" CF_MANIFEST_FILE, right.folder);
    const struct cf_records_plan plan = {
        .manifest = &right.manifest, .folder = right.folder, .n_shards = 1, .workers = 1};
    promise(cf_records_open(&plan, &records, NULL) == CF_OK);
    for (long long b = 0; b < cf_n_batches(&right.manifest.runs); b++)
        do_batch(records, b);
    cf_records_close(records);
    right.n = small_slurp(right.file, &right.bytes);
    promise(right.n > 0 && right.n < RECORDS_ROOM);
    atexit(remove_folder);
}

static enum cf_status see(void *self, const struct cf_record *record, cf_diag *diag)
{
    long long *last = self;
    (void)diag;
    promise(record->run > *last && record->run < cf_n_runs(&right.manifest.runs));
    *last = record->run;
    for (size_t i = 0; i < (record->draw ? DRAW_LENGTH : LENGTH); i++)
        promise(record->value[i] == right_value(record->run, i));
    return CF_OK;
}

static void try_records(const uint8_t *bytes, size_t length)
{
    unsigned char changed[RECORDS_ROOM];
    size_t n = right.n;
    long long last = -1;
    struct cf_record_set *records;
    const struct cf_sink sink = {&last, see};
    const char *folder = right.folder;
    memcpy(changed, right.bytes, n);
    for (size_t k = 0; k + 3 <= length; k += 3) {
        const size_t at = ((size_t)bytes[k] << 8 | bytes[k + 1]) % right.n;
        changed[at] ^= bytes[k + 2];
        if (bytes[k + 2] == 0 && at < n)
            n = at;
    }
    small_spill(right.file, changed, n);
    for (int deep = 0; deep < 2; deep++) {
        last = -1;
        promise(cf_records_gather(&right.manifest, &folder, 1, deep, &records, NULL) == CF_OK);
        const struct cf_records_count count = cf_records_count(records, 0, 1);
        promise(count.done <= count.runs && count.failed <= count.done);
        const enum cf_status status = cf_records_put(records, &sink, NULL, NULL);
        promise(status == CF_OK || (!deep && status == CF_IO));
        cf_records_close(records);
    }
}

static void try_manifest(const uint8_t *bytes, size_t length)
{
    struct cf_manifest manifest;
    small_spill(right.json, bytes, length);
    const enum cf_status status = cf_manifest_read(&manifest, right.folder, NULL);
    promise(status == CF_OK || status == CF_BAD_INPUT);
    if (status != CF_OK)
        return;
    promise(cf_n_runs(&manifest.runs) > 0 && cf_n_runs(&manifest.runs) <= INT32_MAX);
    promise(manifest.draw_length <= manifest.length && manifest.n_scenarios > 0);
    (void)cf_manifest_difference(&manifest, &right.manifest);
    cf_manifest_free(&manifest);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (!right.bytes)
        make_right();
    if (length > 1 && bytes[0] % 2) {
        promise(remove(right.json) == 0 || errno == ENOENT);
        promise(cf_manifest_write(&right.manifest, right.folder) == 0);
        try_records(bytes + 1, length - 1);
    } else if (length > 1) {
        try_manifest(bytes + 1, length - 1);
    }
    return 0;
}
