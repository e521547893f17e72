#ifndef CF_FOLDER_H
#define CF_FOLDER_H

#include "base/arena.h"
#include "base/diag.h"

/*
 * A folder of files that appears complete or not at all. It is filled as `<path>.cohortflow-tmp`
 * beside it, and takes the final name in one step when every file is on the disk. The name must be
 * new, or that of an empty folder: what somebody keeps there is not touched.
 */
struct cf_folder {
    struct cf_arena arena;
    const char *path, *temp_path;
    int n_files, room;
    const char **file; /* [n_files] paths, of what is made so far */
};

/* CF_CANNOT_CREATE, reported, where the name is taken, or nothing can be made there. */
enum cf_status cf_folder_begin(struct cf_folder *folder, const char *path, cf_diag *diag);
/* A file in it, by a name without '/'. On failure CF_CANNOT_CREATE or CF_IO, reported; abandon it.
 */
enum cf_status cf_folder_add(struct cf_folder *folder, const char *name, const void *bytes,
                             size_t length, cf_diag *diag);
/* Give it its name. Frees in every case; on failure, reported, nothing is left. */
enum cf_status cf_folder_commit(struct cf_folder *folder, cf_diag *diag);
/* Remove what is made so far and free. Fine after a begin that failed. */
void cf_folder_abandon(struct cf_folder *folder);

#endif
