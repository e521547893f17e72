#include "support/check.h"

#include "unit/output/small_results.h"

#include "output/content_hash.h"
#include "output/h5.h"

#include <cohortflow/results.h>

#include <fcntl.h>
#include <sys/stat.h>

/*
 * Proves: of a results file in which any one byte is another, verify says that it is not whole, or
 * nobody who reads it sees a difference: neither who reads it with the library, nor who goes by
 * what stands in its heaps (texts, and which dimensions a dataset has), which carry no checksum.
 */
enum { HEAP_HEAD = 16, OBJECT_HEAD = 16, MOST_HEAPS = 64 };

struct file {
    unsigned char *bytes;
    size_t n, heap[MOST_HEAPS]; /* where its heaps begin */
    int n_heaps, fd;
    char seen[CF_DIGEST_HEX]; /* what readers see of it */
};

static unsigned long long number_at(const unsigned char *at, int bytes)
{
    unsigned long long value = 0;
    for (int k = bytes - 1; k >= 0; k--)
        value = value << 8 | at[k];
    return value;
}

/* Everything the library reads. */
static void add_library(struct cf_digest *digest, const char *path)
{
    struct cf_arena arena;
    const struct cf_h5_dataset *d;
    const struct cf_h5_attribute *attribute;
    cf_arena_init(&arena);
    cf_h5 *h5 = cf_h5_open(path);
    int n = cf_h5_list(h5, &d);
    for (int k = 0; k < n; k++) {
        const char *shape = cf_arena_format(&arena, "%s %d %d %d", d[k].path, (int)d[k].type,
                                            d[k].is_scale, d[k].n_dims);
        cf_digest_add(digest, shape, strlen(shape) + 1);
        cf_digest_add(digest, d[k].extent, sizeof d[k].extent);
        cf_digest_add(digest, d[k].scale, sizeof d[k].scale);
        int n_attributes = cf_h5_attributes(h5, d[k].path, &arena, &attribute);
        for (int j = 0; j < n_attributes; j++) {
            cf_digest_add(digest, attribute[j].name, strlen(attribute[j].name) + 1);
            cf_digest_add(digest, attribute[j].text, strlen(attribute[j].text) + 1);
        }
        if (d[k].type == CF_H5_TEXT) {
            const char **text = cf_h5_read_texts(h5, &d[k], &arena);
            for (size_t j = 0; text && j < d[k].n; j++)
                cf_digest_add(digest, text[j], strlen(text[j]) + 1);
        } else {
            double *value = CF_TAKE(&arena, d[k].n, double);
            if (cf_h5_read_rows(h5, &d[k], 0, d[k].extent[0], value) == 0)
                cf_digest_add(digest, value, d[k].n * (d[k].type == CF_H5_INT ? 4 : 8));
        }
    }
    const char *error = cf_h5_error(h5) ? cf_h5_error(h5) : "";
    cf_digest_add(digest, error, strlen(error) + 1);
    cf_h5_close(h5);
    cf_arena_free(&arena);
}

/* Whether anything in the file leads to an object: the address of its heap, then its number. */
static int is_led_to(const struct file *file, size_t heap, const unsigned char *object)
{
    unsigned char way[12] = {0};
    for (int k = 0; k < 8; k++)
        way[k] = (unsigned char)((unsigned long long)heap >> 8 * k);
    memcpy(way + 8, object, 2);
    return memmem(file->bytes, file->n, way, sizeof way) != NULL;
}

/* What is kept in a heap. Ends at what is free, or no object. (An attribute that is written again
 * leaves its old value there, to which nothing leads.) */
static void add_heap(struct cf_digest *digest, const struct file *file, size_t heap)
{
    size_t end = heap + (size_t)number_at(file->bytes + heap + 8, 8);
    end = end < heap || end > file->n ? file->n : end;
    cf_digest_add(digest, file->bytes + heap, 5);
    for (size_t at = heap + HEAP_HEAD; at + OBJECT_HEAD <= end;) {
        unsigned long long size = number_at(file->bytes + at + 8, 8);
        if (number_at(file->bytes + at, 2) == 0 || size > end - at - OBJECT_HEAD)
            break;
        if (is_led_to(file, heap, file->bytes + at)) {
            cf_digest_add(digest, file->bytes + at, 2);
            cf_digest_add(digest, file->bytes + at + 8, 8 + (size_t)size);
        }
        at += OBJECT_HEAD + (size_t)(size + 7) / 8 * 8;
    }
}

static void look(const struct file *file, char seen[CF_DIGEST_HEX])
{
    struct cf_digest digest;
    cf_digest_init(&digest);
    add_library(&digest, "damaged.h5");
    for (int k = 0; k < file->n_heaps; k++)
        add_heap(&digest, file, file->heap[k]);
    cf_digest_hex(&digest, seen);
}

static void add(cf_h5 *h5, const char *path, enum cf_h5_type type, const char *dim, size_t n,
                const void *values)
{
    cf_h5_add(
        h5,
        &(struct cf_h5_shape){
            .path = path, .type = type, .is_scale = !dim, .n_dims = 1, .dim = {dim}, .extent = {n}},
        values);
}

/* One of every kind of thing that a results file is made of, and no more: it is read some
 * thousands of times. */
static void write_least(const char *path)
{
    static const int zero[1] = {0}, year[2] = {2009, 2010};
    static const char *const scenario[1] = {"baseline"}, *const area[2] = {"E09000002", ""};
    static const char *const label[2] = {"Barking and Dagenham", "Caerdydd \xc5\xb5"};
    static const double persons[4] = {2.385, 1, 0, 17};
    static const char *const number[] = {"/run_scenario", "/run_point", "/run_draw", "/run_status"};
    char hex[CF_DIGEST_HEX];
    unsigned char *bytes;
    size_t length;
    cf_h5 *h5 = cf_h5_create(path);
    add(h5, "/run", CF_H5_INT, NULL, 1, zero);
    add(h5, "/draw_run", CF_H5_INT, NULL, 1, zero);
    add(h5, "/year", CF_H5_INT, NULL, 2, year);
    add(h5, "/scenario", CF_H5_TEXT, NULL, 1, scenario);
    add(h5, "/area", CF_H5_TEXT, NULL, 2, area);
    add(h5, "/area_name", CF_H5_TEXT, "/area", 2, label);
    for (size_t k = 0; k < 4; k++)
        add(h5, number[k], CF_H5_INT, "/draw_run", 1, zero);
    cf_h5_group(h5, "/provenance");
    add(h5, "/provenance/scenario_text", CF_H5_TEXT, "/scenario", 1, label);
    cf_h5_add(h5,
              &(struct cf_h5_shape){.path = "/population",
                                    .type = CF_H5_NUMBER,
                                    .n_dims = 3,
                                    .dim = {"/run", "/year", "/area"},
                                    .extent = {1, 2, 2},
                                    .chunk = {1, 1, 2}},
              persons);
    cf_h5_put_text(h5, "/population", "units", "1");
    cf_h5_put_int(h5, "/provenance", "seed", 2009);
    cf_h5_put_text(h5, "/", "format_version", "1");
    assert_int_equal(cf_content_hash(h5, hex), 0);
    cf_h5_put_text(h5, "/", "content_sha256", hex);
    assert_int_equal(cf_h5_finish(h5, &bytes, &length), 0);
    cf_h5_close(h5);
}

static void write_small(const char *path)
{
    struct small small;
    small_init(&small, path);
    assert_int_equal(small_write(&small, NULL), CF_OK);
    small_free(&small);
}

static void open_file(struct file *file, void (*write_it)(const char *path))
{
    *file = (struct file){0};
    write_it("whole.h5");
    file->n = small_slurp("whole.h5", &file->bytes);
    small_spill("damaged.h5", file->bytes, file->n); /* without the sidecar, which sees it all */
    file->fd = open("damaged.h5", O_RDWR | O_CLOEXEC);
    assert_true(file->fd >= 0);
    for (size_t at = 0; at + HEAP_HEAD < file->n && file->n_heaps < MOST_HEAPS; at += 8)
        if (memcmp(file->bytes + at, "GCOL\1", 5) == 0)
            file->heap[file->n_heaps++] = at;
    assert_true(file->n_heaps > 0 && file->n_heaps < MOST_HEAPS);
    look(file, file->seen);
    assert_int_equal(cf_results_verify("damaged.h5", NULL), CF_OK);
}

static void close_file(struct file *file)
{
    close(file->fd);
    free(file->bytes);
}

static void put(struct file *file, size_t at, int change)
{
    file->bytes[at] ^= (unsigned char)change;
    assert_int_equal(pwrite(file->fd, file->bytes + at, 1, (off_t)at), 1);
}

/* 1 where the change is seen. */
static int try_change(struct file *file, size_t at, int change)
{
    char seen[CF_DIGEST_HEX];
    put(file, at, change);
    enum cf_status status = cf_results_verify("damaged.h5", NULL);
    assert_true(status == CF_OK || status == CF_BROKEN || status == CF_BAD_INPUT);
    if (status == CF_OK) {
        look(file, seen);
        if (strcmp(seen, file->seen) != 0)
            fail_msg("byte %zu xor %d is seen by readers, not by verify", at, change);
    }
    put(file, at, change);
    return status != CF_OK;
}

/* Every byte of the heaps that is in use and now and then one that is free; others by the step. */
static void try_bytes(struct file *file, size_t step)
{
    size_t seen = 0, tried = 0;
    for (int k = 0; k < file->n_heaps; k++) {
        const size_t end = file->heap[k] + number_at(file->bytes + file->heap[k] + 8, 8);
        size_t free_from = file->heap[k] + HEAP_HEAD;
        while (free_from + OBJECT_HEAD <= end && number_at(file->bytes + free_from, 2) != 0)
            free_from += OBJECT_HEAD + (number_at(file->bytes + free_from + 8, 8) + 7) / 8 * 8;
        for (size_t at = file->heap[k]; at < end; tried++) {
            seen += (size_t)try_change(file, at, 1 << at % 8);
            at += at >= free_from + OBJECT_HEAD ? 97 : step > 7 ? step / 7 : 1;
        }
    }
    for (size_t at = 0; at < file->n; at += step, tried++)
        seen += (size_t)try_change(file, at, at % 3 ? 1 << at % 8 : 0xff);
    printf("%d heaps, %zu of %zu changes seen\n", file->n_heaps, seen, tried);
    assert_true(seen > tried / 4);
}

static void every_byte_of_the_least(void **state)
{
    (void)state;
    struct file file;
    open_file(&file, write_least);
    try_bytes(&file, 7);
    close_file(&file);
}

static void bytes_of_the_small(void **state)
{
    (void)state;
    struct file file;
    open_file(&file, write_small);
    try_bytes(&file, 181);
    close_file(&file);
}

/* A dimension that a dataset names, and that does not name it. */
static void another_dimension(void **state)
{
    (void)state;
    struct file file;
    struct cf_arena arena;
    const struct cf_h5_dataset *d;
    open_file(&file, write_small);
    cf_arena_init(&arena);
    cf_h5 *h5 = cf_h5_open("whole.h5");
    int n = cf_h5_list(h5, &d);
    size_t found = 0;
    for (int k = 0; k < file.n_heaps; k++) {
        size_t end = file.heap[k] + number_at(file.bytes + file.heap[k] + 8, 8);
        for (size_t at = file.heap[k] + HEAP_HEAD; at + OBJECT_HEAD < end; at += 8) {
            for (int j = 0; number_at(file.bytes + at, 8) == 8 && j < n; j++) {
                unsigned char *reference = file.bytes + at + 8;
                if (number_at(reference, 8) != d[j].address ||
                    !is_led_to(&file, file.heap[k], file.bytes + at - 8))
                    continue;
                for (int b = 0; b < 8; b++)
                    reference[b] = (unsigned char)(d[(j + 1) % n].address >> 8 * b);
                small_spill("other.h5", file.bytes, file.n);
                for (int b = 0; b < 8; b++)
                    reference[b] = (unsigned char)(d[j].address >> 8 * b);
                assert_int_equal(cf_results_verify("other.h5", NULL), CF_BROKEN);
                found++;
                break;
            }
        }
    }
    assert_true(found > 20);
    cf_h5_close(h5);
    cf_arena_free(&arena);
    close_file(&file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_of_the_least),
        cmocka_unit_test(bytes_of_the_small),
        cmocka_unit_test(another_dimension),
    };
    return cmocka_run_group_tests(tests, small_open_folder, small_close_folder);
}
