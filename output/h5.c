#include "output/h5_library.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

int cf_h5_fail(cf_h5 *h5, const char *doing, const char *what)
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
    return &H5_VERS_INFO[sizeof "HDF5 library version: " - 1];
}

void cf_h5_drop(hid_t id)
{
    if (id >= 0)
        H5Idec_ref(id);
}

hid_t cf_h5_memory_type(const cf_h5 *h5, enum cf_h5_type type)
{
    return type == CF_H5_INT ? H5T_NATIVE_INT : type == CF_H5_NUMBER ? H5T_NATIVE_DOUBLE : h5->text;
}

cf_h5 *cf_h5_new(void)
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
        cf_h5_fail(h5, "starting HDF5", "");
    return h5;
}

int cf_h5_keep_file(cf_h5 *h5, hid_t file, hid_t access, const char *doing)
{
    int *fd = NULL, in_memory = H5Pget_driver(access) == H5FD_CORE;
    h5->file = file;
    if (file >= 0 && !in_memory && H5Fget_vfd_handle(file, access, (void **)&fd) < 0)
        fd = NULL;
    h5->fd = fd ? *fd : -1;
    int status = file >= 0 && (fd || in_memory) ? 0 : cf_h5_fail(h5, doing, "");
    cf_h5_drop(access);
    return status;
}

hid_t cf_h5_file_access(void)
{
    hid_t access = H5Pcreate(H5P_FILE_ACCESS);
    /* Locking is image.c's; the library's own would stand in its way on a network file system. */
    if (access >= 0 && H5Pset_file_locking(access, 0, 1) >= 0 &&
        H5Pset_libver_bounds(access, H5F_LIBVER_V18, H5F_LIBVER_V18) >= 0)
        return access;
    cf_h5_drop(access);
    return H5I_INVALID_HID;
}

/* Nothing is kept back in a cache of chunks: what cannot be written is known at once. */
hid_t cf_h5_dataset_access(void)
{
    hid_t list = H5Pcreate(H5P_DATASET_ACCESS);
    if (list >= 0)
        H5Pset_chunk_cache(list, 0, 0, 1.0);
    return list;
}

int cf_h5_move(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
               const void *from, void *to)
{
    int status = -1, rank = -1;
    hsize_t start[H5S_MAX_RANK] = {first}, count[H5S_MAX_RANK] = {0};
    hid_t access = cf_h5_dataset_access(), dataset = H5I_INVALID_HID;
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
    hid_t memory = cf_h5_memory_type(h5, type);
    if (from ? H5Dwrite(dataset, memory, here, there, H5P_DEFAULT, from) >= 0
             : H5Dread(dataset, memory, here, there, H5P_DEFAULT, to) >= 0)
        status = 0;
out:
    if (status < 0)
        cf_h5_fail(h5, from ? "writing" : "reading", path);
    cf_h5_drop(here);
    cf_h5_drop(there);
    if (dataset >= 0 && H5Dclose(dataset) < 0)
        status = cf_h5_fail(h5, from ? "writing" : "reading", path);
    cf_h5_drop(access);
    return status;
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
        if (h5->file >= 0 && h5->fd >= 0 && h5->writing)
            divert(h5);
        if (h5->file >= 0)
            H5Fclose(h5->file);
        cf_h5_drop(h5->text);
    }
    H5E_END_TRY
    free(h5->image);
    cf_arena_free(&h5->arena);
    free(h5);
}
