#include "output/h5_guard.h"
#include "output/h5_library.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_DATASETS = 1024,
    MOST_DEPTH = 4,        /* of groups */
    MOST_ATTRIBUTES = 128, /* of one object */
    MOST_ATTRIBUTE = 1 << 20,
    MOST_INFLATION = 1100, /* bytes that one stored byte can become; deflate's limit is 1032 */
    MOST_CHUNK = 64 << 20,
};

/* Keep what is wrong in words of ours. */
static int refuse(cf_h5 *h5, const char *doing, const char *what, const char *wrong)
{
    if (!h5->error[0])
        snprintf(h5->error, sizeof h5->error, "%s%s%.200s: %s", doing, what[0] ? " " : "", what,
                 wrong);
    return -1;
}

static int look(cf_h5 *h5, const char *path)
{
    struct stat is;
    hsize_t user = 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &is) < 0) {
        refuse(h5, "opening the file", "", strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    h5->size = (unsigned long long)is.st_size;
    const char *wrong = cf_h5_guard_headers(fd, h5->size);
    close(fd);
    if (wrong)
        return refuse(h5, "opening the file", "", wrong);
    hid_t access = cf_h5_file_access();
    hid_t file = access < 0 ? access : H5Fopen(path, H5F_ACC_RDONLY, access);
    if (cf_h5_keep_file(h5, file, access, "opening the file") < 0)
        return -1;
    hid_t creation = H5Fget_create_plist(h5->file);
    if (creation < 0 || H5Pget_userblock(creation, &user) < 0 || user != 0)
        cf_h5_fail(h5, "opening the file: it is laid out as no results file is", "");
    cf_h5_drop(creation);
    return h5->error[0] ? -1 : 0;
}

cf_h5 *cf_h5_open(const char *path)
{
    cf_h5 *h5 = NULL;
    H5E_BEGIN_TRY
    {
        h5 = cf_h5_new();
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
    if (h5->writing)
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
    cf_h5_drop(creation);
    cf_h5_drop(space);
    cf_h5_drop(type);
    return good ? 0 : cf_h5_fail(h5, "reading the shape of", found->path);
}

/* Links in a heap of their own are what no results file has, and a damaged heap would crash the
 * library (h5_write.c). */
static int is_compact(hid_t at, const char *group)
{
    H5G_info_t info;
    return H5Gget_info_by_name(at, group, &info, H5P_DEFAULT) >= 0 &&
           info.storage_type == H5G_STORAGE_TYPE_COMPACT;
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
        return cf_h5_fail(h5, "following the link", path);
    if (is.type == H5O_TYPE_GROUP && walk->depth < MOST_DEPTH && is_compact(group_id, name)) {
        struct walk below = {h5, path, walk->depth + 1};
        return H5Literate_by_name(group_id, name, H5_INDEX_NAME, H5_ITER_INC, NULL, visit, &below,
                                  H5P_DEFAULT);
    }
    if (is.type != H5O_TYPE_DATASET || h5->n_datasets == MOST_DATASETS)
        return cf_h5_fail(h5, "walking the file, which no results file looks like, at", path);
    struct cf_h5_dataset *found = &h5->dataset[h5->n_datasets++];
    *found = (struct cf_h5_dataset){.path = path, .address = is.addr};
    found->order = link->corder_valid ? link->corder : 0;
    hid_t dataset = H5Dopen2(group_id, name, H5P_DEFAULT);
    if (dataset < 0)
        return cf_h5_fail(h5, "opening", path);
    int status = describe(h5, dataset, found);
    H5Dclose(dataset);
    return status;
}

/*
 * Which dims a scale is attached to stands at the scale: pairs of dataset and dim. (At the dataset
 * it stands as well, but in a heap: see h5_guard.h.)
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
    cf_h5_drop(pair);
    cf_h5_drop(type);
    cf_h5_drop(space);
    cf_h5_drop(attribute);
    return status < 0 ? cf_h5_fail(h5, "reading what has the dimension", path) : 0;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct cf_h5_dataset *)a)->path, ((const struct cf_h5_dataset *)b)->path);
}

static int list(cf_h5 *h5)
{
    struct walk root = {h5, "", 0};
    h5->n_datasets = 0;
    if (!is_compact(h5->file, "/"))
        return cf_h5_fail(h5, "walking the file: it is laid out as no results file is", "");
    if (H5Literate(h5->file, H5_INDEX_NAME, H5_ITER_INC, NULL, visit, &root) < 0)
        return cf_h5_fail(h5, "walking the file", "");
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

static int check_dimensions(cf_h5 *h5)
{
    for (size_t k = 0; k < h5->n_datasets; k++) {
        const struct cf_h5_dataset *dataset = &h5->dataset[k];
        unsigned long long named[CF_H5_MOST_DIMS];
        if (dataset->is_scale)
            continue;
        const char *wrong =
            cf_h5_guard_dimensions(h5->fd, h5->size, dataset->address, dataset->n_dims, named);
        for (int d = 0; !wrong && d < dataset->n_dims; d++) {
            int scale = dataset->scale[d];
            if (named[d] != (scale < 0 ? 0 : h5->dataset[scale].address))
                wrong = "the dimensions it names are not those that name it";
        }
        if (wrong)
            return refuse(h5, "reading the dimensions of", dataset->path, wrong);
    }
    return 0;
}

int cf_h5_check_dimensions(cf_h5 *h5)
{
    const struct cf_h5_dataset *datasets;
    return cf_h5_list(h5, &datasets) < 0 ? -1 : check_dimensions(h5);
}

int cf_h5_read_rows(cf_h5 *h5, const struct cf_h5_dataset *dataset, size_t first, size_t n,
                    void *values)
{
    RETURN_QUIETLY(h5, cf_h5_move(h5, dataset->path, dataset->type, first, n, NULL, values));
}

/* What is in a file that somebody gives us is looked at before the library reads it. */
static int check_texts(cf_h5 *h5, hid_t id, const struct cf_h5_dataset *dataset)
{
    size_t total = 0;
    haddr_t at = H5Dget_offset(id);
    if (h5->writing || dataset->n == 0)
        return 0;
    const char *wrong = at == HADDR_UNDEF
                            ? "the texts are not there"
                            : cf_h5_guard_texts(h5->fd, h5->size, at, dataset->n, &total);
    return wrong ? refuse(h5, "reading", dataset->path, wrong) : 0;
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
        cf_h5_fail(h5, "reading", dataset->path);
    if (space >= 0) {
        H5Dvlen_reclaim(h5->text, space, H5P_DEFAULT, text);
        H5Sclose(space);
    }
    cf_h5_drop(id);
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
    cf_h5_drop(space);
    cf_h5_drop(type);
    cf_h5_drop(at);
    return at < 0 ? -1 : 0;
}

static int attributes_of(cf_h5 *h5, const char *path, struct attributes *all)
{
    if (H5Aiterate_by_name(h5->file, path, H5_INDEX_NAME, H5_ITER_INC, NULL, keep_attribute, all,
                           H5P_DEFAULT) < 0)
        return cf_h5_fail(h5, "reading the attributes of", path);
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
