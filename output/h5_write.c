#include "output/h5_library.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    IMAGE_STEP = 65536, /* a file in memory grows by this */
    CREATION_ORDER = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED,
    COMPACT = 65535, /* links and attributes up to this many stand in the object's header */
};

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
        return cf_h5_fail(h5, "making the file in memory", "");
    for (int k = 7; k >= 0; k--)
        end = end << 8 | h5->image[28 + k];
    if (end > h5->image_length)
        return cf_h5_fail(h5, "making the whole file in memory", "");
    h5->image_length = (size_t)end;
    return 0;
}

/* ---- the file ---- */

/*
 * How every object keeps its links and attributes: in order of creation, which netCDF wants, and
 * in its header, under the header's checksum. (In heaps of their own, where the library puts more
 * than eight, a damaged byte crashes it: 1.10.8 frees a table that it has not filled.)
 */
static int set_keeping(hid_t creation, int is_group)
{
    return creation >= 0 && H5Pset_obj_track_times(creation, 0) >= 0 &&
           H5Pset_attr_creation_order(creation, CREATION_ORDER) >= 0 &&
           H5Pset_attr_phase_change(creation, COMPACT, COMPACT) >= 0 &&
           (!is_group || (H5Pset_link_creation_order(creation, CREATION_ORDER) >= 0 &&
                          H5Pset_link_phase_change(creation, COMPACT, COMPACT) >= 0));
}

/* path NULL: in memory. */
static int create_file(cf_h5 *h5, const char *path)
{
    H5FD_file_image_callbacks_t callbacks = {image_take, NULL,      image_grow, image_release,
                                             same_self,  keep_self, h5};
    hid_t file = H5I_INVALID_HID;
    hid_t creation = H5Pcreate(H5P_FILE_CREATE), access = cf_h5_file_access();
    if (access >= 0 && set_keeping(creation, 1) &&
        (path || (H5Pset_fapl_core(access, IMAGE_STEP, 0) >= 0 &&
                  H5Pset_file_image_callbacks(access, &callbacks) >= 0)))
        file = H5Fcreate(path ? path : "memory", H5F_ACC_TRUNC, creation, access);
    h5->writing = 1;
    cf_h5_drop(creation);
    return cf_h5_keep_file(h5, file, access, "creating the file");
}

cf_h5 *cf_h5_create(const char *path)
{
    cf_h5 *h5 = NULL;
    H5E_BEGIN_TRY
    {
        h5 = cf_h5_new();
        if (!h5->error[0])
            create_file(h5, path);
    }
    H5E_END_TRY
    return h5;
}

static int finish(cf_h5 *h5)
{
    if (H5Fflush(h5->file, H5F_SCOPE_GLOBAL) < 0)
        return cf_h5_fail(h5, "writing the file", "");
    hid_t file = h5->file;
    if (H5Fget_obj_count(file, H5F_OBJ_ALL) != 1)
        return cf_h5_fail(h5, "closing the file: something in it is still open", "");
    h5->file = H5I_INVALID_HID;
    if (H5Fclose(file) < 0)
        return cf_h5_fail(h5, "closing the file", "");
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

static int group(cf_h5 *h5, const char *path)
{
    int status = -1;
    hid_t made = H5I_INVALID_HID, creation = H5Pcreate(H5P_GROUP_CREATE);
    if (!set_keeping(creation, 1))
        goto out;
    made = H5Gcreate2(h5->file, path, H5P_DEFAULT, creation, H5P_DEFAULT);
    status = made < 0 ? -1 : 0;
out:
    if (status < 0)
        cf_h5_fail(h5, "writing the group", path);
    cf_h5_drop(made);
    cf_h5_drop(creation);
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
        cf_h5_fail(h5, "writing the attribute", name);
    cf_h5_drop(at);
    cf_h5_drop(space);
    return status;
}

static int put_of(cf_h5 *h5, const char *path, const char *name, const char *text, long long number)
{
    int status = -1;
    size_t length = text ? strlen(text) : 0;
    hid_t object = H5Oopen(h5->file, path, H5P_DEFAULT);
    hid_t type = H5Tcopy(text ? H5T_C_S1 : H5T_STD_I64LE);
    if (object < 0 || type < 0)
        cf_h5_fail(h5, "writing an attribute of", path);
    else if (text &&
             (H5Tset_size(type, length ? length : 1) < 0 ||
              H5Tset_strpad(type, H5T_STR_NULLPAD) < 0 || H5Tset_cset(type, H5T_CSET_UTF8) < 0))
        cf_h5_fail(h5, "writing an attribute of", path);
    else
        status = put_attribute(h5, object, name, type, 0, text ? (const void *)text : &number);
    cf_h5_drop(type);
    cf_h5_drop(object);
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

/* Deflate that must not be left out: by itself the library stores a chunk as it is when there is no
 * memory to pack it, and the file would be another. */
static int set_deflate(hid_t list)
{
    const unsigned level = 4;
    return H5Pset_filter(list, H5Z_FILTER_DEFLATE, H5Z_FLAG_MANDATORY, 1, &level) >= 0;
}

static hid_t creation_list(const struct cf_h5_shape *shape, const hsize_t *chunk)
{
    hid_t list = H5Pcreate(H5P_DATASET_CREATE);
    int good = set_keeping(list, 0);
    if (good && chunk[0])
        good = H5Pset_chunk(list, shape->n_dims, chunk) >= 0 &&
               (shape->plain || (H5Pset_shuffle(list) >= 0 && set_deflate(list))) &&
               H5Pset_fletcher32(list) >= 0;
    if (good && !shape->is_scale && shape->type == CF_H5_INT)
        good = H5Pset_fill_value(list, H5T_NATIVE_INT, &no_int) >= 0;
    if (good && !shape->is_scale && shape->type == CF_H5_NUMBER)
        good = H5Pset_fill_value(list, H5T_NATIVE_DOUBLE, &no_number) >= 0;
    if (good)
        return list;
    cf_h5_drop(list);
    return H5I_INVALID_HID;
}

/* What makes a dataset a netCDF variable: its dimensions, and the value that says "none". */
static int dress(cf_h5 *h5, hid_t dataset, const struct cf_h5_shape *shape)
{
    if (shape->is_scale)
        return H5DSset_scale(dataset, strrchr(shape->path, '/') + 1) < 0
                   ? cf_h5_fail(h5, "making a dimension of", shape->path)
                   : 0;
    for (int k = 0; k < shape->n_dims; k++) {
        hid_t scale = H5Dopen2(h5->file, shape->dim[k], H5P_DEFAULT);
        int attached = scale >= 0 && H5DSattach_scale(dataset, scale, (unsigned)k) >= 0;
        cf_h5_drop(scale);
        if (!attached)
            return cf_h5_fail(h5, "naming the dimensions of", shape->path);
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
    hid_t dataset = H5I_INVALID_HID, access = cf_h5_dataset_access();
    hid_t creation = creation_list(shape, chunk);
    hid_t space =
        shape->n_dims ? H5Screate_simple(shape->n_dims, extent, NULL) : H5Screate(H5S_SCALAR);
    if (access >= 0 && creation >= 0 && space >= 0)
        dataset = H5Dcreate2(h5->file, shape->path, file_type(h5, shape->type), space, H5P_DEFAULT,
                             creation, access);
    if (dataset < 0)
        cf_h5_fail(h5, "making", shape->path);
    else if (dress(h5, dataset, shape) == 0)
        status = 0;
    if (status == 0 && values &&
        H5Dwrite(dataset, cf_h5_memory_type(h5, shape->type), H5S_ALL, H5S_ALL, H5P_DEFAULT,
                 values) < 0)
        status = cf_h5_fail(h5, "writing", shape->path);
    if (dataset >= 0 && H5Dclose(dataset) < 0)
        status = cf_h5_fail(h5, "writing", shape->path);
    cf_h5_drop(space);
    cf_h5_drop(creation);
    cf_h5_drop(access);
    return status;
}

int cf_h5_add(cf_h5 *h5, const struct cf_h5_shape *shape, const void *values)
{
    RETURN_QUIETLY(h5, add(h5, shape, values));
}

int cf_h5_put_rows(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
                   const void *values)
{
    RETURN_QUIETLY(h5, cf_h5_move(h5, path, type, first, n, values, NULL));
}

size_t cf_h5_stored(cf_h5 *h5, const char *path)
{
    size_t bytes = 0;
    if (h5->error[0])
        return 0;
    H5E_BEGIN_TRY
    {
        hid_t dataset = H5Dopen2(h5->file, path, H5P_DEFAULT);
        if (dataset < 0)
            cf_h5_fail(h5, "opening", path);
        else
            bytes = (size_t)H5Dget_storage_size(dataset);
        cf_h5_drop(dataset);
    }
    H5E_END_TRY
    return bytes;
}
