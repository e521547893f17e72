#include "output/content_hash.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
               "values are hashed as they are in memory");
_Static_assert(sizeof(int) == 4 && sizeof(double) == 8, "values are hashed as they are in memory");

enum { STEP_BYTES = 4 << 20 };

static void add_shape(struct cf_digest *digest, const struct cf_h5_dataset *dataset)
{
    struct cf_text shape = {0};
    cf_text_format(&shape, "%d", dataset->n_dims);
    for (int k = 0; k < dataset->n_dims; k++)
        cf_text_format(&shape, " %zu", dataset->extent[k]);
    cf_digest_add(digest, dataset->path, strlen(dataset->path) + 1);
    cf_digest_add(digest, shape.data, shape.length + 1);
    cf_text_free(&shape);
}

static int add_texts(struct cf_digest *digest, cf_h5 *h5, const struct cf_h5_dataset *dataset)
{
    struct cf_arena arena;
    cf_arena_init(&arena);
    const char **text = cf_h5_read_texts(h5, dataset, &arena);
    for (size_t k = 0; text && k < dataset->n; k++)
        cf_digest_add(digest, text[k], strlen(text[k]) + 1);
    cf_arena_free(&arena);
    return text ? 0 : -1;
}

static int add_numbers(struct cf_digest *digest, cf_h5 *h5, const struct cf_h5_dataset *dataset)
{
    size_t rows = dataset->n_dims ? dataset->extent[0] : 1;
    size_t row = dataset->n / rows * (dataset->type == CF_H5_INT ? sizeof(int) : sizeof(double));
    size_t step = row < STEP_BYTES ? STEP_BYTES / row : 1;
    step = step < rows ? step : rows;
    void *values = malloc(step * row);
    if (!values)
        cf_out_of_memory();
    int status = 0;
    for (size_t first = 0; status == 0 && first < rows; first += step) {
        size_t n = rows - first < step ? rows - first : step;
        status = cf_h5_read_rows(h5, dataset, first, n, values);
        if (status == 0)
            cf_digest_add(digest, values, n * row);
    }
    free(values);
    return status;
}

int cf_content_hash(cf_h5 *h5, char hex[CF_DIGEST_HEX])
{
    struct cf_digest digest;
    const struct cf_h5_dataset *dataset;
    int status = 0, n = cf_h5_list(h5, &dataset);
    cf_digest_init(&digest);
    for (int k = 0; status == 0 && k < n; k++) {
        add_shape(&digest, &dataset[k]);
        if (dataset[k].n > 0)
            status = dataset[k].type == CF_H5_TEXT ? add_texts(&digest, h5, &dataset[k])
                                                   : add_numbers(&digest, h5, &dataset[k]);
    }
    cf_digest_hex(&digest, hex);
    return n < 0 ? -1 : status;
}
