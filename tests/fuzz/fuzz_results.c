/*
 * Any bytes as a results file: it is refused or read, and what is read keeps the promises of
 * results.h.
 *
 * An input that begins with "\211HDF" is a file (a corpus may hold some). Any other is changes to a
 * small file that is right: four bytes each, where (24 bits, modulo its length) and what to put
 * there. (What somebody makes by hand, with every checksum right, is the library's to withstand.)
 */
#include "tests/unit/output/small_results.h"

#include "base/text.h"

#include <cohortflow/results.h>

#include <stdint.h>
#include <sys/mman.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void promise(int kept)
{
    if (!kept)
        abort();
}

/* A file in memory, under a name. */
static int memory_file(const void *bytes, size_t length, char name[64])
{
    int fd = memfd_create("results", MFD_CLOEXEC);
    promise(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    snprintf(name, 64, "/proc/self/fd/%d", fd);
    return fd;
}

static const unsigned char *right_file(size_t *length)
{
    static unsigned char *bytes;
    static size_t n;
    if (!bytes) {
        struct small small;
        char folder[] = "/tmp/fuzz-results-XXXXXX", path[64];
        promise(mkdtemp(folder) != NULL);
        snprintf(path, sizeof path, "%s/right.h5", folder);
        small_init(&small, path);
        promise(small_write(&small, NULL) == CF_OK);
        n = small_slurp(path, &bytes);
        small_free(&small);
        promise(nftw(folder, small_remove, 8, FTW_DEPTH | FTW_PHYS) == 0);
    }
    *length = n;
    return bytes;
}

static void change(unsigned char *file, size_t n, const uint8_t *bytes, size_t length)
{
    for (size_t k = 0; k + 4 <= length; k += 4) {
        size_t at = (size_t)bytes[k] << 16 | (size_t)bytes[k + 1] << 8 | bytes[k + 2];
        file[at % n] = bytes[k + 3];
    }
}

static void read_all(cf_results *file, cf_diag *diag)
{
    static const char *const dims[] = {"run", "draw_run", "year", "scenario", "area", "term"};
    for (size_t k = 0; k < sizeof dims / sizeof *dims; k++) {
        const struct cf_results_dim *dim = cf_results_dim(file, dims[k]);
        promise(!dim || (dim->code != NULL) != (dim->number != NULL));
        for (size_t i = 0; dim && dim->code && i < dim->n; i++)
            promise(cf_utf8_bad(dim->code[i], strlen(dim->code[i])) == strlen(dim->code[i]));
    }
    for (size_t k = 0; k < cf_results_n_variables(file); k++) {
        const struct cf_results_variable *variable = cf_results_variable(file, k);
        size_t n = 1, before = cf_diag_count(diag, CF_ERROR);
        for (int d = 0; d < variable->n_dims; d++)
            n *= variable->dim[d]->n;
        double *value = cf_results_read(file, variable, diag);
        promise(value || cf_diag_count(diag, CF_ERROR) > before);
        double sum = 0;
        for (size_t i = 0; value && i < n; i++)
            sum += value[i];
        promise(sum == sum || sum != sum);
        free(value);
    }
    (void)cf_results_text(file, "content_sha256");
    (void)cf_results_attribute(file, "area", "authority");
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    char name[64];
    size_t n = length;
    cf_results *file = NULL;
    cf_diag *diag = cf_diag_open();
    int is_file = length >= 4 && memcmp(bytes, "\211HDF", 4) == 0;
    const unsigned char *right = is_file ? bytes : right_file(&n);
    unsigned char *changed = malloc(n);
    promise(changed != NULL);
    memcpy(changed, right, n);
    if (!is_file)
        change(changed, n, bytes, length);
    int fd = memory_file(changed, n, name);
    enum cf_status status = cf_results_open(name, &file, diag);
    promise(status == CF_OK || (status == CF_BAD_INPUT && cf_diag_count(diag, CF_ERROR) > 0));
    promise((status == CF_OK) == (file != NULL));
    if (file)
        read_all(file, diag);
    cf_results_close(file);
    status = cf_results_verify(name, diag);
    promise(status == CF_OK || status == CF_BROKEN || status == CF_BAD_INPUT);
    close(fd);
    free(changed);
    cf_diag_close(diag);
    return 0;
}
