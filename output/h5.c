#include "output/h5.h"

#include "output/h5_heap.h"

#include <fcntl.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    IMAGE_STEP = 65536,    /* an image in memory grows by this */
    MOST_DATASETS = 4096,  /* of a file that is read */
    MOST_DEPTH = 4,        /* of its groups */
    MOST_ATTRIBUTES = 128, /* of one object */
    MOST_ATTRIBUTE = 1 << 20,
    MOST_INFLATION = 1100, /* bytes that one stored byte can become; deflate's limit is 1032 */
    MOST_CHUNK = 64 << 20,
    CREATION_ORDER = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED,
};

struct cf_h5 {
    hid_t file, text;        /* the type of texts */
    int fd;                  /* of a file that is not in memory: the library's, -1 */
    unsigned long long size; /* of a file that is read */
    unsigned char *image;
    size_t image_length;
    struct cf_arena arena;
    struct cf_h5_dataset *dataset;
    size_t n_datasets;
    char error[400];
};

/* Return what a call returns: -1 when something failed before, and without the library printing
 * its errors, whatever the program around us wants of it. */
#define RETURN_QUIETLY(h5, call)                                                                   \
    do {                                                                                           \
        int status_ = -1;                                                                          \
        if (!(h5)->error[0]) {                                                                     \
            H5E_BEGIN_TRY                                                                          \
            {                                                                                      \
                status_ = (call);                                                                  \
            }                                                                                      \
            H5E_END_TRY                                                                            \
        }                                                                                          \
        return status_;                                                                            \
    } while (0)

/* The innermost message; of a failed system call only what the system said, since the rest holds
 * addresses and times. */
static herr_t note_innermost(unsigned n, const H5E_error2_t *error, void *to)
{
    static const char mark[] = "error message = '";
    const char *text = error->desc ? error->desc : "", *system = strstr(text, mark);
    if (system)
        text = system + sizeof mark - 1;
    if (n == 0)
        snprintf(to, 200, ": %.*s", (int)strcspn(text, system ? "'" : ""), text);
    return 0;
}

/* Keep the first failure, with the innermost message of the library. Always -1. */
static int fail(cf_h5 *h5, const char *doing, const char *what)
{
    char reason[200] = "";
    if (h5->error[0])
        return -1;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, note_innermost, reason);
    snprintf(h5->error, sizeof h5->error, "%s%s%.150s%s", doing, what[0] ? " " : "", what, reason);
    return -1;
}

const char *cf_h5_error(const cf_h5 *h5)
{
    return h5->error[0] ? h5->error : NULL;
}

const char *cf_h5_version(void)
{
    return &H5_VERS_INFO[strcspn(H5_VERS_INFO, "0123456789")];
}

/* Close a handle of whatever kind; invalid ones are fine. */
static void drop(hid_t id)
{
    if (id >= 0)
        H5Idec_ref(id);
}

static hid_t memory_type(const cf_h5 *h5, enum cf_h5_type type)
{
    return type == CF_H5_INT ? H5T_NATIVE_INT : type == CF_H5_NUMBER ? H5T_NATIVE_DOUBLE : h5->text;
}

static hid_t file_type(const cf_h5 *h5, enum cf_h5_type type)
{
    return type == CF_H5_INT ? H5T_STD_I32LE : type == CF_H5_NUMBER ? H5T_IEEE_F64LE : h5->text;
}

/* ---- the file in memory: the library gives it up at the moment it closes it ---- */

static void *image_take(size_t size, H5FD_file_image_op_t op, void *self)
{
    (void)op, (void)self;
    return calloc(1, size);
}

static void *image_grow(void *image, size_t size, H5FD_file_image_op_t op, void *self)
{
    (void)op;
    void *larger = realloc(image, size);
    if (larger)
        ((cf_h5 *)self)->image_length = size;
    return larger;
}

static herr_t image_release(void *image, H5FD_file_image_op_t op, void *self)
{
    if (op == H5FD_FILE_IMAGE_OP_FILE_CLOSE)
        ((cf_h5 *)self)->image = image;
    else
        free(image);
    return 0;
}

static void *same_self(void *self)
{
    return self;
}

static herr_t keep_self(void *self)
{
    (void)self;
    return 0;
}

/* The image is longer than the file: it grows by steps. The superblock says where the file ends. */
static int trim_image(cf_h5 *h5)
{
    unsigned long long end = 0;
    if (!h5->image || h5->image_length < 48 || (h5->image[8] & ~1) != 2)
        return fail(h5, "making the file in memory", "");
    for (int k = 7; k >= 0; k--)
        end = end << 8 | h5->image[28 + k];
    if (end > h5->image_length)
        return fail(h5, "making the whole file in memory", "");
    h5->image_length = (size_t)end;
    return 0;
}

/* ---- handles ---- */

static cf_h5 *new_handle(void)
{
    cf_h5 *h5 = calloc(1, sizeof *h5);
    if (!h5)
        cf_out_of_memory();
    h5->file = h5->text = H5I_INVALID_HID;
    h5->fd = -1;
    cf_arena_init(&h5->arena);
    h5->text = H5Tcopy(H5T_C_S1);
    if (h5->text < 0 || H5Tset_size(h5->text, H5T_VARIABLE) < 0 ||
        H5Tset_cset(h5->text, H5T_CSET_UTF8) < 0)
        fail(h5, "starting HDF5", "");
    return h5;
}

/* path NULL: in memory. mode: create or read. */
static int open_file(cf_h5 *h5, const char *path, int create)
{
    int status = -1, *fd = NULL;
    H5FD_file_image_callbacks_t callbacks = {image_take, NULL,      image_grow, image_release,
                                             same_self,  keep_self, h5};
    hid_t creation = H5Pcreate(H5P_FILE_CREATE), access = H5Pcreate(H5P_FILE_ACCESS);
    if (creation < 0 || access < 0)
        goto out;
    /* Locking is image.c's; the library's own would stand in its way on a network file system. */
    if (H5Pset_file_locking(access, 0, 1) < 0 ||
        H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18) < 0 ||
        H5Pset_link_creation_order(creation, CREATION_ORDER) < 0 ||
        H5Pset_attr_creation_order(creation, CREATION_ORDER) < 0 ||
        H5Pset_obj_track_times(creation, 0) < 0)
        goto out;
    if (!path && (H5Pset_fapl_core(access, IMAGE_STEP, 0) < 0 ||
                  H5Pset_file_image_callbacks(access, &callbacks) < 0))
        goto out;
    h5->file = create ? H5Fcreate(path ? path : "memory", H5F_ACC_TRUNC, creation, access)
                      : H5Fopen(path, H5F_ACC_RDONLY, access);
    if (h5->file < 0)
        goto out;
    if (path && (H5Fget_vfd_handle(h5->file, access, (void **)&fd) < 0 || !fd))
        goto out;
    h5->fd = fd ? *fd : -1;
    status = 0;
out:
    if (status < 0)
        fail(h5, create ? "creating the file" : "opening the file", "");
    drop(access);
    drop(creation);
    return status;
}

cf_h5 *cf_h5_create(const char *path)
{
    cf_h5 *h5 = NULL;
    H5E_BEGIN_TRY
    {
        h5 = new_handle();
        if (!h5->error[0])
            open_file(h5, path, 1);
    }
    H5E_END_TRY
    return h5;
}

/*
 * Bytes that could not be written stay in the library's cache and would be tried again at every
 * close, and once more at the end of the process, where it can crash. Let them go nowhere.
 */
static void divert(cf_h5 *h5)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nowhere >= 0) {
        dup3(nowhere, h5->fd, O_CLOEXEC);
        close(nowhere);
    }
}

void cf_h5_close(cf_h5 *h5)
{
    if (!h5)
        return;
    H5E_BEGIN_TRY
    {
        unsigned intent = 0;
        if (h5->file >= 0 && h5->fd >= 0 && H5Fget_intent(h5->file, &intent) >= 0 &&
            intent != H5F_ACC_RDONLY)
            divert(h5);
        if (h5->file >= 0)
            H5Fclose(h5->file);
        drop(h5->text);
    }
    H5E_END_TRY
    free(h5->image);
    cf_arena_free(&h5->arena);
    free(h5);
}

static int finish(cf_h5 *h5)
{
    if (H5Fflush(h5->file, H5F_SCOPE_GLOBAL) < 0)
        return fail(h5, "writing the file", "");
    hid_t file = h5->file;
    if (H5Fget_obj_count(file, H5F_OBJ_ALL) != 1)
        return fail(h5, "closing the file: something in it is still open", "");
    h5->file = H5I_INVALID_HID;
    if (H5Fclose(file) < 0)
        return fail(h5, "closing the file", "");
    return h5->fd < 0 ? trim_image(h5) : 0;
}

int cf_h5_finish(cf_h5 *h5, unsigned char **bytes, size_t *length)
{
    int status = -1;
    *bytes = NULL;
    *length = 0;
    if (h5->error[0])
        return -1;
    H5E_BEGIN_TRY
    {
        status = finish(h5);
    }
    H5E_END_TRY
    if (status == 0) {
        *bytes = h5->image;
        *length = h5->image_length;
        h5->image = NULL;
    }
    return status;
}

/* ---- writing ---- */

static int group(cf_h5 *h5, const char *path)
{
    int status = -1;
    hid_t made = H5I_INVALID_HID, creation = H5Pcreate(H5P_GROUP_CREATE);
    if (creation < 0 || H5Pset_link_creation_order(creation, CREATION_ORDER) < 0 ||
        H5Pset_attr_creation_order(creation, CREATION_ORDER) < 0 ||
        H5Pset_obj_track_times(creation, 0) < 0)
        goto out;
    made = H5Gcreate2(h5->file, path, H5P_DEFAULT, creation, H5P_DEFAULT);
    status = made < 0 ? -1 : 0;
out:
    if (status < 0)
        fail(h5, "writing the group", path);
    drop(made);
    drop(creation);
    return status;
}

int cf_h5_group(cf_h5 *h5, const char *path)
{
    RETURN_QUIETLY(h5, group(h5, path));
}

/* One value, or a text (never empty in the file: a type of no length is not allowed). */
static int put_attribute(cf_h5 *h5, hid_t object, const char *name, hid_t type, int rank,
                         const void *value)
{
    const hsize_t one = 1;
    int status = -1;
    hid_t at = H5I_INVALID_HID,
          space = rank ? H5Screate_simple(1, &one, NULL) : H5Screate(H5S_SCALAR);
    if (space >= 0)
        at = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
    if (at >= 0 && H5Awrite(at, type, value) >= 0)
        status = 0;
    else
        fail(h5, "writing the attribute", name);
    drop(at);
    drop(space);
    return status;
}

static int put_of(cf_h5 *h5, const char *path, const char *name, const char *text, long long number)
{
    int status = -1;
    size_t length = text ? strlen(text) : 0;
    hid_t object = H5Oopen(h5->file, path, H5P_DEFAULT);
    hid_t type = H5Tcopy(text ? H5T_C_S1 : H5T_STD_I64LE);
    if (object < 0 || type < 0)
        fail(h5, "writing an attribute of", path);
    else if (text &&
             (H5Tset_size(type, length ? length : 1) < 0 ||
              H5Tset_strpad(type, H5T_STR_NULLPAD) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0))
        fail(h5, "writing an attribute of", path);
    else
        status = put_attribute(h5, object, name, type, 0, text ? (const void *)text : &number);
    drop(type);
    drop(object);
    return status;
}

int cf_h5_put_text(cf_h5 *h5, const char *path, const char *attribute, const char *text)
{
    RETURN_QUIETLY(h5, put_of(h5, path, attribute, text, 0));
}

int cf_h5_put_int(cf_h5 *h5, const char *path, const char *attribute, long long value)
{
    RETURN_QUIETLY(h5, put_of(h5, path, attribute, NULL, value));
}

static const int no_int = -1;
static const double no_number = NAN;

static hid_t creation_list(const struct cf_h5_shape *shape, const hsize_t *chunk)
{
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    int good = list >= 0 && H5Pset_obj_track_times(list, 0) >= 0 &&
               H5Pset_attr_creation_order(list, CREATION_ORDER) >= 0;
    if (good && chunk[0])
        good = H5Pset_chunk(list, shape->n_dims, chunk) >= 0 && H5Pset_shuffle(list) >= 0 &&
               H5Pset_deflate(list, 4) >= 0 && H5Pset_fletcher32(list) >= 0;
    if (good && !shape->is_scale && shape->type == CF_H5_INT)
        good = H5Pset_fill_value(list, H5T_NATIVE_INT, &no_int) >= 0;
    if (good && !shape->is_scale && shape->type == CF_H5_NUMBER)
        good = H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &no_number) >= 0;
    if (good)
        return list;
    drop(list);
    return H5I_INVALID_HID;
}

/* Nothing is kept back in a cache of chunks: what cannot be written is known at once. */
static hid_t access_list(void)
{
    hid_t list = H5Pcreate(H5P_DATASET_ACCESS);
    if (list >= 0)
        H5Pset_chunk_cache(list, 0, 0, 1.0);
    return list;
}

/* What makes a dataset a netCDF variable: its dimensions, and the value that says "none". */
static int dress(cf_h5 *h5, hid_t dataset, const struct cf_h5_shape *shape)
{
    if (shape->is_scale)
        return H5DSset_scale(dataset, strrchr(shape->path, '/') + 1) < 0
                   ? fail(h5, "making a dimension of", shape->path)
                   : 0;
    for (int k = 0; k < shape->n_dims; k++) {
        hid_t scale = H5Dopen2(h5->file, shape->dim[k], H5P_DEFAULT);
        int attached = scale >= 0 && H5DSattach_scale(dataset, scale, (unsigned)k) >= 0;
        drop(scale);
        if (!attached)
            return fail(h5, "naming the dimensions of", shape->path);
    }
    if (shape->type == CF_H5_INT)
        return put_attribute(h5, dataset, "_FillValue", H5T_STD_I32LE, 1, &no_int);
    if (shape->type == CF_H5_NUMBER)
        return put_attribute(h5, dataset, "_FillValue", H5T_IEEE_F64LE, 1, &no_number);
    return 0;
}

static int add(cf_h5 *h5, const struct cf_h5_shape *shape, const void *values)
{
    int status = -1;
    hsize_t extent[CF_H5_MOST_DIMS] = {0}, chunk[CF_H5_MOST_DIMS] = {0};
    for (int k = 0; k < shape->n_dims; k++) {
        extent[k] = shape->extent[k];
        chunk[k] = shape->chunk[k];
    }
    hid_t dataset = H5I_INVALID_HID, access = access_list();
    hid_t creation = creation_list(shape, chunk);
    hid_t space =
        shape->n_dims ? H5Screate_simple(shape->n_dims, extent, NULL) : H5Screate(H5S_SCALAR);
    if (access >= 0 && creation >= 0 && space >= 0)
        dataset = H5Dcreate2(h5->file, shape->path, file_type(h5, shape->type), space, H5P_DEFAULT,
                             creation, access);
    if (dataset < 0)
        fail(h5, "making", shape->path);
    else if (dress(h5, dataset, shape) == 0)
        status = 0;
    if (status == 0 && values &&
        H5Dwrite(dataset, memory_type(h5, shape->type), H5S_ALL, H5S_ALL, H5P_DEFAULT, values) < 0)
        status = fail(h5, "writing", shape->path);
    if (dataset >= 0 && H5Dclose(dataset) < 0)
        status = fail(h5, "writing", shape->path);
    drop(space);
    drop(creation);
    drop(access);
    return status;
}

int cf_h5_add(cf_h5 *h5, const struct cf_h5_shape *shape, const void *values)
{
    RETURN_QUIETLY(h5, add(h5, shape, values));
}

/* Move rows of the slowest dimension: out of `from`, or where that is NULL into `to`. */
static int move(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
                const void *from, void *to)
{
    int status = -1, rank = -1;
    hsize_t start[H5S_MAX_RANK] = {first}, count[H5S_MAX_RANK] = {0};
    hid_t access = access_list(), dataset = H5I_INVALID_HID;
    hid_t there = H5I_INVALID_HID, here = H5I_INVALID_HID;
    if (access >= 0)
        dataset = H5Dopen2(h5->file, path, access);
    if (dataset >= 0)
        there = H5Dget_space(dataset);
    if (there >= 0)
        rank = H5Sget_simple_extent_dims(there, count, NULL);
    if (rank < 0)
        goto out;
    count[0] = n;
    here = rank ? H5Screate_simple(rank, count, NULL) : H5Screate(H5S_SCALAR);
    if (here < 0 ||
        (rank && H5Sselect_hyperslab(there, H5S_SELECT_SET, start, NULL, count, NULL) < 0))
        goto out;
    hid_t memory = memory_type(h5, type);
    if (from ? H5Dwrite(dataset, memory, here, there, H5P_DEFAULT, from) >= 0
             : H5Dread(dataset, memory, here, there, H5P_DEFAULT, to) >= 0)
        status = 0;
out:
    if (status < 0)
        fail(h5, from ? "writing" : "reading", path);
    drop(here);
    drop(there);
    if (dataset >= 0 && H5Dclose(dataset) < 0)
        status = fail(h5, from ? "writing" : "reading", path);
    drop(access);
    return status;
}

int cf_h5_put_rows(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
                   const void *values)
{
    RETURN_QUIETLY(h5, move(h5, path, type, first, n, values, NULL));
}

/* ---- reading ---- */

static int look(cf_h5 *h5, const char *path)
{
    struct stat is;
    hsize_t user = 1;
    size_t address = 0, length = 0;
    if (open_file(h5, path, 0) < 0)
        return -1;
    if (fstat(h5->fd, &is) < 0)
        return fail(h5, "reading the size of the file", "");
    h5->size = (unsigned long long)is.st_size;
    hid_t creation = H5Fget_create_plist(h5->file);
    if (creation < 0 || H5Pget_userblock(creation, &user) < 0 || user != 0 ||
        H5Pget_sizes(creation, &address, &length) < 0 || address != 8 || length != 8)
        fail(h5, "opening the file: it is laid out as no results file is", "");
    drop(creation);
    return h5->error[0] ? -1 : 0;
}

cf_h5 *cf_h5_open(const char *path)
{
    cf_h5 *h5 = NULL;
    H5E_BEGIN_TRY
    {
        h5 = new_handle();
        if (!h5->error[0])
            look(h5, path);
    }
    H5E_END_TRY
    return h5;
}

static enum cf_h5_type type_of(hid_t type)
{
    if (H5Tget_class(type) == H5T_STRING && H5Tis_variable_str(type) > 0)
        return CF_H5_TEXT;
    return H5Tequal(type, H5T_STD_I32LE) > 0    ? CF_H5_INT
           : H5Tequal(type, H5T_IEEE_F64LE) > 0 ? CF_H5_NUMBER
                                                : CF_H5_OTHER;
}

/*
 * Whether the values are in the file itself, through the filters we use and no other (the library
 * would load one by its number), and not more of them than what is stored can hold.
 */
static int plausible(const cf_h5 *h5, hid_t dataset, hid_t creation, unsigned long long bytes)
{
    unsigned long long stored = H5Dget_storage_size(dataset);
    if (!h5->size)
        return 1; /* we are writing it ourselves */
    stored = stored < h5->size ? stored : h5->size;
    if (H5Pget_external_count(creation) != 0)
        return 0;
    if (H5Pget_layout(creation) == H5D_CONTIGUOUS)
        return bytes <= stored;
    hsize_t chunk[H5S_MAX_RANK], chunk_bytes = 8;
    int rank =
        H5Pget_layout(creation) == H5D_CHUNKED ? H5Pget_chunk(creation, H5S_MAX_RANK, chunk) : -1;
    if (rank < 1)
        return 0;
    for (int k = 0; k < rank; k++) {
        if (chunk[k] > MOST_CHUNK || (chunk_bytes *= chunk[k]) > MOST_CHUNK)
            return 0;
    }
    for (int k = 0; k < H5Pget_nfilters(creation); k++) {
        unsigned flags;
        size_t n = 0;
        H5Z_filter_t filter =
            H5Pget_filter2(creation, (unsigned)k, &flags, &n, NULL, 0, NULL, NULL);
        if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_DEFLATE &&
            filter != H5Z_FILTER_FLETCHER32)
            return 0;
    }
    return bytes / MOST_INFLATION <= stored;
}

static int describe(cf_h5 *h5, hid_t dataset, struct cf_h5_dataset *found)
{
    int good = 0;
    unsigned long long bytes = 8;
    hsize_t extent[H5S_MAX_RANK] = {0};
    hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
    hid_t creation = H5Dget_create_plist(dataset);
    if (type < 0 || space < 0 || creation < 0)
        goto out;
    found->type = type_of(type);
    found->is_scale = H5DSis_scale(dataset) > 0;
    found->n_dims = H5Sget_simple_extent_dims(space, extent, NULL);
    if (found->type == CF_H5_OTHER || found->n_dims < 0 || found->n_dims > CF_H5_MOST_DIMS ||
        H5Sget_simple_extent_type(space) == H5S_NULL)
        goto out;
    if (found->type == CF_H5_INT)
        bytes = 4;
    found->n = 1;
    for (int k = 0; k < found->n_dims; k++) {
        found->extent[k] = (size_t)extent[k];
        found->scale[k] = -1;
        if (__builtin_mul_overflow(bytes, extent[k], &bytes))
            goto out;
        found->n *= found->extent[k];
    }
    good = plausible(h5, dataset, creation, bytes);
out:
    drop(creation);
    drop(space);
    drop(type);
    return good ? 0 : fail(h5, "reading the shape of", found->path);
}

struct walk {
    cf_h5 *h5;
    const char *path; /* of the group, "" for the root */
    int depth;
};

static herr_t visit(hid_t group_id, const char *name, const H5L_info_t *link, void *of)
{
    const struct walk *walk = of;
    cf_h5 *h5 = walk->h5;
    H5O_info_t is;
    char *path = cf_arena_format(&h5->arena, "%s/%s", walk->path, name);
    if (link->type != H5L_TYPE_HARD ||
        H5Oget_info_by_name2(group_id, name, &is, H5O_INFO_BASIC, H5P_DEFAULT) < 0)
        return fail(h5, "following the link", path);
    if (is.type == H5O_TYPE_GROUP && walk->depth < MOST_DEPTH) {
        struct walk below = {h5, path, walk->depth + 1};
        return H5Literate_by_name(group_id, name, H5_INDEX_NAME, H5_ITER_INC, NULL, visit, &below,
                                  H5P_DEFAULT);
    }
    if (is.type != H5O_TYPE_DATASET || h5->n_datasets == MOST_DATASETS)
        return fail(h5, "walking the file, which no results file looks like, at", path);
    struct cf_h5_dataset *found = &h5->dataset[h5->n_datasets++];
    *found = (struct cf_h5_dataset){.path = path, .address = is.addr};
    found->order = link->corder_valid ? link->corder : 0;
    hid_t dataset = H5Dopen2(group_id, name, H5P_DEFAULT);
    if (dataset < 0)
        return fail(h5, "opening", path);
    int status = describe(h5, dataset, found);
    H5Dclose(dataset);
    return status;
}

/*
 * Which dims a scale is attached to stands at the scale: pairs of dataset and dim. (At the dataset
 * it stands as well, but in a heap: see h5_heap.h.)
 */
struct reference {
    hobj_ref_t dataset;
    int dim;
};

static int keep_references(cf_h5 *h5, int scale, hid_t attribute, hid_t space, hid_t pair)
{
    hssize_t n = H5Sget_simple_extent_npoints(space);
    if (n < 0 || n > MOST_DATASETS * CF_H5_MOST_DIMS ||
        H5Tinsert(pair, "dataset", HOFFSET(struct reference, dataset), H5T_STD_REF_OBJ) < 0 ||
        H5Tinsert(pair, "dimension", HOFFSET(struct reference, dim), H5T_NATIVE_INT) < 0)
        return -1;
    struct reference *of = cf_take(&h5->arena, (size_t)n, sizeof *of);
    if (H5Aread(attribute, pair, of) < 0)
        return -1;
    for (hssize_t k = 0; k < n; k++) {
        for (size_t d = 0; d < h5->n_datasets; d++) {
            struct cf_h5_dataset *dataset = &h5->dataset[d];
            if (dataset->address == of[k].dataset && of[k].dim >= 0 && of[k].dim < dataset->n_dims)
                dataset->scale[of[k].dim] = scale;
        }
    }
    return 0;
}

static int attach(cf_h5 *h5, int scale)
{
    int status = -1;
    hid_t attribute = H5I_INVALID_HID, space = attribute, type = attribute, pair = attribute;
    const char *path = h5->dataset[scale].path;
    if (H5Aexists_by_name(h5->file, path, "REFERENCE_LIST", H5P_DEFAULT) == 0)
        return 0;
    attribute = H5Aopen_by_name(h5->file, path, "REFERENCE_LIST", H5P_DEFAULT, H5P_DEFAULT);
    if (attribute >= 0) {
        space = H5Aget_space(attribute);
        type = H5Aget_type(attribute);
        pair = H5Tcreate(H5T_COMPOUND, sizeof(struct reference));
    }
    /* A compound of anything else would be converted, or left as it was. */
    if (space >= 0 && pair >= 0 && H5Tget_class(type) == H5T_COMPOUND &&
        H5Tget_nmembers(type) == 2 && H5Tget_member_class(type, 0) == H5T_REFERENCE &&
        H5Tget_member_class(type, 1) == H5T_INTEGER)
        status = keep_references(h5, scale, attribute, space, pair);
    drop(pair);
    drop(type);
    drop(space);
    drop(attribute);
    return status < 0 ? fail(h5, "reading what has the dimension", path) : 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct cf_h5_dataset *)a)->path, ((const struct cf_h5_dataset *)b)->path);
}

static int list(cf_h5 *h5)
{
    struct walk root = {h5, "", 0};
    h5->n_datasets = 0;
    if (H5Literate(h5->file, H5_INDEX_NAME, H5_ITER_INC, NULL, visit, &root) < 0)
        return fail(h5, "walking the file", "");
    qsort(h5->dataset, h5->n_datasets, sizeof *h5->dataset, by_path);
    for (int k = 0; k < (int)h5->n_datasets; k++) {
        if (h5->dataset[k].is_scale && attach(h5, k) < 0)
            return -1;
    }
    return (int)h5->n_datasets;
}

int cf_h5_list(cf_h5 *h5, const struct cf_h5_dataset **datasets)
{
    *datasets = NULL;
    if (!h5->dataset)
        h5->dataset = CF_TAKE(&h5->arena, MOST_DATASETS, struct cf_h5_dataset);
    *datasets = h5->dataset;
    RETURN_QUIETLY(h5, list(h5));
}

int cf_h5_read_rows(cf_h5 *h5, const struct cf_h5_dataset *dataset, size_t first, size_t n,
                    void *values)
{
    RETURN_QUIETLY(h5, move(h5, dataset->path, dataset->type, first, n, NULL, values));
}

/* What is in a file that somebody gives us is looked at before the library reads it. */
static int check_texts(cf_h5 *h5, hid_t id, const struct cf_h5_dataset *dataset)
{
    size_t total = 0;
    haddr_t at = H5Dget_offset(id);
    if (!h5->size || dataset->n == 0)
        return 0;
    const char *wrong = at == HADDR_UNDEF
                            ? "the texts are not there"
                            : cf_h5_heap_check(h5->fd, h5->size, at, dataset->n, &total);
    if (wrong && !h5->error[0])
        snprintf(h5->error, sizeof h5->error, "reading %.200s: %s", dataset->path, wrong);
    return wrong ? -1 : 0;
}

static int read_texts(cf_h5 *h5, const struct cf_h5_dataset *dataset, struct cf_arena *arena,
                      const char **to)
{
    int status = -1;
    char **text = calloc(dataset->n + 1, sizeof *text);
    if (!text)
        cf_out_of_memory();
    hid_t space = H5I_INVALID_HID, id = H5Dopen2(h5->file, dataset->path, H5P_DEFAULT);
    if (id >= 0)
        space = H5Dget_space(id);
    if (space >= 0 && check_texts(h5, id, dataset) == 0 &&
        H5Dread(id, h5->text, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0) {
        for (size_t k = 0; k < dataset->n; k++)
            to[k] = cf_arena_copy(arena, text[k] ? text[k] : "");
        status = 0;
    }
    if (status < 0)
        fail(h5, "reading", dataset->path);
    if (space >= 0) {
        H5Dvlen_reclaim(h5->text, space, H5P_DEFAULT, text);
        H5Sclose(space);
    }
    drop(id);
    free(text);
    return status;
}

static int read_texts_quietly(cf_h5 *h5, const struct cf_h5_dataset *dataset,
                              struct cf_arena *arena, const char **to)
{
    RETURN_QUIETLY(h5, read_texts(h5, dataset, arena, to));
}

const char **cf_h5_read_texts(cf_h5 *h5, const struct cf_h5_dataset *dataset,
                              struct cf_arena *arena)
{
    /* An element takes 16 bytes of the file, so n is known to be no more than the file has. */
    const char **to = CF_TAKE(arena, dataset->n, const char *);
    return read_texts_quietly(h5, dataset, arena, to) == 0 ? to : NULL;
}

struct attributes {
    struct cf_arena *arena;
    struct cf_h5_attribute attribute[MOST_ATTRIBUTES];
    int n;
};

static const char *attribute_text(hid_t at, hid_t type, struct cf_arena *arena)
{
    long long number = 0;
    size_t size = H5Tget_size(type);
    if (H5Tget_class(type) == H5T_INTEGER && H5Aread(at, H5T_NATIVE_LLONG, &number) >= 0)
        return cf_arena_format(arena, "%lld", number);
    if (H5Tget_class(type) != H5T_STRING || H5Tis_variable_str(type) != 0 || size > MOST_ATTRIBUTE)
        return NULL;
    char *text = CF_TAKE(arena, size + 1, char);
    return H5Aread(at, type, text) >= 0 ? text : NULL;
}

static herr_t keep_attribute(hid_t object, const char *name, const H5A_info_t *info, void *to)
{
    struct attributes *all = to;
    (void)info;
    if (all->n == MOST_ATTRIBUTES)
        return 0;
    hid_t type = H5I_INVALID_HID, space = type, at = H5Aopen(object, name, H5P_DEFAULT);
    if (at >= 0) {
        type = H5Aget_type(at);
        space = H5Aget_space(at);
    }
    if (type >= 0 && space >= 0 && H5Sget_simple_extent_npoints(space) == 1) {
        const char *text = attribute_text(at, type, all->arena);
        if (text)
            all->attribute[all->n++] =
                (struct cf_h5_attribute){cf_arena_copy(all->arena, name), text};
    }
    drop(space);
    drop(type);
    drop(at);
    return at < 0 ? -1 : 0;
}

static int attributes_of(cf_h5 *h5, const char *path, struct attributes *all)
{
    if (H5Aiterate_by_name(h5->file, path, H5_INDEX_NAME, H5_ITER_INC, NULL, keep_attribute, all,
                           H5P_DEFAULT) < 0)
        return fail(h5, "reading the attributes of", path);
    return all->n;
}

int cf_h5_attributes(cf_h5 *h5, const char *path, struct cf_arena *arena,
                     const struct cf_h5_attribute **attributes)
{
    struct attributes *all = CF_TAKE(arena, 1, struct attributes);
    all->arena = arena;
    *attributes = all->attribute;
    RETURN_QUIETLY(h5, attributes_of(h5, path, all));
}
