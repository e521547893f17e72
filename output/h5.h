#ifndef CF_H5_H
#define CF_H5_H

#include "base/arena.h"

/*
 * HDF5 as this program uses it. Only output/h5*.c know the library, through h5_library.h.
 *
 * A handle keeps its first failure: from then on its calls do nothing and return -1 (or NULL), so
 * that a caller may ask once, at the end. Handles are not for use by several threads at once.
 */
typedef struct cf_h5 cf_h5;

#define CF_H5_MOST_DIMS 8
enum cf_h5_type { CF_H5_INT, CF_H5_NUMBER, CF_H5_TEXT, CF_H5_OTHER }; /* int32, float64, UTF-8 */

/* What went wrong first, NULL: nothing. */
const char *cf_h5_error(const cf_h5 *h5);
const char *cf_h5_version(void);

/* ---- writing ---- */

/* A dataset to be made. Every dim names the path of a dimension scale made before; a scale has one
 * dim and is its own. Chunked datasets carry checksums and are compressed unless they are to be
 * plain. */
struct cf_h5_shape {
    const char *path;
    enum cf_h5_type type;
    int is_scale;
    int n_dims;
    const char *dim[CF_H5_MOST_DIMS];
    size_t extent[CF_H5_MOST_DIMS];
    size_t chunk[CF_H5_MOST_DIMS]; /* all 0: in one piece */
    int plain;                     /* 1: chunks are stored as they are */
};

/* A new file under that name, or in memory where path is NULL. Never NULL: see cf_h5_error. */
cf_h5 *cf_h5_create(const char *path);
int cf_h5_group(cf_h5 *h5, const char *path);
/* values: int, double or const char * by type, [product of extents]; NULL: put later. What is
 * never put reads as -1 or NaN. */
int cf_h5_add(cf_h5 *h5, const struct cf_h5_shape *shape, const void *values);
/* Put n rows of the slowest dimension, from row `first` on. */
int cf_h5_put_rows(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
                   const void *values);
/* Bytes that the values of a dataset take in the file so far. */
size_t cf_h5_stored(cf_h5 *h5, const char *path);
int cf_h5_put_text(cf_h5 *h5, const char *path, const char *attribute, const char *text);
int cf_h5_put_int(cf_h5 *h5, const char *path, const char *attribute, long long value);
/* Everything to the file, and the file closed. bytes: the whole file where it was made in memory
 * (free() it), else NULL. After a failure only cf_h5_close is left to do. */
int cf_h5_finish(cf_h5 *h5, unsigned char **bytes, size_t *length);

/* ---- reading ---- */

struct cf_h5_dataset {
    const char *path;
    enum cf_h5_type type;
    int is_scale;
    int n_dims;
    size_t extent[CF_H5_MOST_DIMS];
    int scale[CF_H5_MOST_DIMS]; /* number of the dataset that is the scale of each dim, -1: none */
    size_t n;                   /* product of the extents */
    long long order;            /* of creation within its group */
    unsigned long long address;
};

struct cf_h5_attribute {
    const char *name, *text;
};

/* Open for reading; the path is known to be a regular file. Never NULL: see cf_h5_error. */
cf_h5 *cf_h5_open(const char *path);
/* All datasets, by path in order of bytes; valid until closed. Returns how many, -1: failed. A
 * dataset that claims more than the file could hold is a failure. */
int cf_h5_list(cf_h5 *h5, const struct cf_h5_dataset **datasets);
/* Which scale a dim has stands in the file twice: at the scale, which cf_h5_list goes by, and at
 * the dataset, which other programs do. Of a file that is read: 0 where the two agree, -1: failed.
 */
int cf_h5_check_dimensions(cf_h5 *h5);
/* Read n rows of the slowest dimension, from row `first` on (0 and 1 for a scalar), int or double.
 */
int cf_h5_read_rows(cf_h5 *h5, const struct cf_h5_dataset *dataset, size_t first, size_t n,
                    void *values);
/* All texts of a dataset [n], in the arena; NULL: failed. */
const char **cf_h5_read_texts(cf_h5 *h5, const struct cf_h5_dataset *dataset,
                              struct cf_arena *arena);
/* The attributes of an object that are text or one whole number, as text, in order of name, in the
 * arena. Returns how many, -1: failed. */
int cf_h5_attributes(cf_h5 *h5, const char *path, struct cf_arena *arena,
                     const struct cf_h5_attribute **attributes);

/* Close a handle, whatever happened; what was being written is not finished. NULL is fine. */
void cf_h5_close(cf_h5 *h5);

#endif
