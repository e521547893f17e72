#ifndef CF_IMAGE_H
#define CF_IMAGE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/digest.h"

#define CF_IMAGE_TEMP ".cohortflow-tmp" /* a name that nobody else gives */

/*
 * Files that appear complete or not at all. Bytes go to `<path>.cohortflow-tmp` in the same folder,
 * which is locked while it is written; when all of them are on the disk it takes the final name,
 * and what stood there before is gone in the same instant. Until then nothing there has changed.
 *
 * A program that uses this must ignore SIGXFSZ, so that a limit on the size of files is an error
 * like a full disk.
 */
struct cf_image {
    struct cf_arena arena;
    const char *path;             /* as given */
    const char *temp_path;        /* the same with CF_IMAGE_TEMP */
    const char *name, *temp_name; /* without the folder */
    int folder, file;             /* -1: none */
    int folder_synced;            /* whether a folder can be synced here */
};

/*
 * Begin: make and lock the temporary file; one that a killed run left is taken over. On failure
 * nothing has changed: CF_CANNOT_CREATE, reported (no such folder, no permission, the name is
 * taken by something that is no plain file, another run is writing it).
 */
enum cf_status cf_image_begin(struct cf_image *image, const char *path, cf_diag *diag);
/* Append bytes. On failure CF_IO, reported; abandon it then. */
enum cf_status cf_image_write(struct cf_image *image, const void *bytes, size_t length,
                              cf_diag *diag);
/* SHA-256 and length of what stands in the temporary file. CF_IO, reported. */
enum cf_status cf_image_digest(struct cf_image *image, char hex[CF_DIGEST_HEX],
                               unsigned long long *length, cf_diag *diag);
/* Get everything to the disk, still under the temporary name. CF_IO, reported; abandon it then. */
enum cf_status cf_image_sync(struct cf_image *image, cf_diag *diag);
/* Sync and take the final name. Frees in every case; on failure CF_IO, reported, the temporary
 * file is gone and what stood under the name is unchanged. */
enum cf_status cf_image_commit(struct cf_image *image, cf_diag *diag);
/* Remove the temporary file and free. Fine after a begin that failed. */
void cf_image_abandon(struct cf_image *image);

/* All of it at once. */
enum cf_status cf_write_image(const char *path, const void *bytes, size_t length, cf_diag *diag);
/* Remove what a killed run left beside the name, unless somebody is writing it. */
void cf_image_clear(const char *path);

#endif
