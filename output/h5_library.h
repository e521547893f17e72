#ifndef CF_H5_LIBRARY_H
#define CF_H5_LIBRARY_H

#include "output/h5.h"

#include <hdf5.h>
#include <hdf5_hl.h>

/*
 * For output/h5*.c alone: the library itself, and what these files share. Nobody else includes
 * this header, and no other file includes the library.
 */
struct cf_h5 {
    hid_t file, text;        /* the type of texts */
    int fd;                  /* of a file that is not in memory: the library's, -1 */
    int writing;             /* 0: reading */
    unsigned long long size; /* of a file that is read */
    unsigned char *image;    /* of a file made in memory, once it is closed */
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

/* A handle without a file. */
cf_h5 *cf_h5_new(void);
/* Keep the first failure, with the innermost message of the library. Always -1. */
int cf_h5_fail(cf_h5 *h5, const char *doing, const char *what);
/* Keep the file that was opened with this access list, or the failure. Closes the list. */
int cf_h5_keep_file(cf_h5 *h5, hid_t file, hid_t access, const char *doing);
/* Close a handle of whatever kind; invalid ones are fine. */
void cf_h5_drop(hid_t id);
/* How a value stands in memory. */
hid_t cf_h5_memory_type(const cf_h5 *h5, enum cf_h5_type type);
/* How files and datasets are opened. */
hid_t cf_h5_file_access(void);
hid_t cf_h5_dataset_access(void);
/* Move rows of the slowest dimension: out of `from`, or where that is NULL into `to`. */
int cf_h5_move(cf_h5 *h5, const char *path, enum cf_h5_type type, size_t first, size_t n,
               const void *from, void *to);

#endif
