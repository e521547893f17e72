#include "output/folder.h"

#include "base/text.h"
#include "output/image.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum cf_status refuse(const struct cf_folder *folder, const char *why, cf_diag *diag)
{
    cf_report(diag, CF_ERROR, "output.folder", (struct cf_at){.path = folder->path}, NULL,
              "this folder cannot be made: %s", why);
    return CF_CANNOT_CREATE;
}

static int is_self(const char *name)
{
    return cf_text_same(name, ".") || cf_text_same(name, "..");
}

/* NULL where the name is new or an empty folder's, else what is wrong. */
static const char *check_name(const char *path)
{
    struct stat is;
    if (!path[0])
        return "it has no name";
    if (lstat(path, &is) < 0)
        return errno == ENOENT ? NULL : strerror(errno);
    if (!S_ISDIR(is.st_mode))
        return S_ISLNK(is.st_mode) ? "it is a symbolic link" : "it is no folder";
    DIR *there = opendir(path);
    if (!there)
        return strerror(errno);
    int empty = 1;
    for (const struct dirent *entry; (entry = readdir(there)) != NULL;)
        empty &= is_self(entry->d_name);
    closedir(there);
    return empty ? NULL : "it is not empty";
}

/* Remove the plain files of a folder, and then itself. 0, or -1 with errno. */
static int remove_folder(const char *path)
{
    DIR *there = opendir(path);
    if (!there)
        return -1;
    for (const struct dirent *entry; (entry = readdir(there)) != NULL;)
        if (!is_self(entry->d_name))
            (void)!unlinkat(dirfd(there), entry->d_name, 0);
    closedir(there);
    return rmdir(path);
}

/* Without the slashes at its end. */
static char *plain_name(struct cf_arena *arena, const char *path)
{
    size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/')
        length--;
    return cf_arena_copy_n(arena, path, length);
}

enum cf_status cf_folder_begin(struct cf_folder *folder, const char *path, cf_diag *diag)
{
    struct stat is;
    *folder = (struct cf_folder){0};
    cf_arena_init(&folder->arena);
    folder->path = plain_name(&folder->arena, path);
    folder->temp_path = cf_arena_format(&folder->arena, "%s" CF_IMAGE_TEMP, folder->path);
    const char *wrong = check_name(folder->path);
    /* What a killed run left goes. */
    if (!wrong && lstat(folder->temp_path, &is) == 0 && S_ISDIR(is.st_mode) &&
        remove_folder(folder->temp_path) < 0)
        wrong = strerror(errno);
    if (!wrong && mkdir(folder->temp_path, 0777) < 0)
        wrong = errno == ENOENT   ? "there is no such folder to make it in"
                : errno == EEXIST ? "the name of its temporary folder is taken"
                                  : strerror(errno);
    if (!wrong)
        return CF_OK;
    const enum cf_status status = refuse(folder, wrong, diag);
    cf_arena_free(&folder->arena);
    *folder = (struct cf_folder){0};
    return status;
}

enum cf_status cf_folder_add(struct cf_folder *folder, const char *name, const void *bytes,
                             size_t length, cf_diag *diag)
{
    if (folder->n_files == folder->room) {
        const int room = folder->room ? 2 * folder->room : 16;
        const char **more = CF_TAKE(&folder->arena, (size_t)room, const char *);
        if (folder->n_files > 0)
            memcpy(more, folder->file, (size_t)folder->n_files * sizeof *more);
        folder->file = more;
        folder->room = room;
    }
    const char *path = cf_path_join(&folder->arena, folder->temp_path, name);
    const enum cf_status status = cf_write_image(path, bytes, length, diag);
    if (status == CF_OK)
        folder->file[folder->n_files++] = path;
    return status;
}

static int sync_path(const char *path)
{
    const int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int failed = fd < 0 || fsync(fd) < 0;
    if (fd >= 0)
        close(fd);
    return failed ? -1 : 0;
}

enum cf_status cf_folder_commit(struct cf_folder *folder, cf_diag *diag)
{
    if (rename(folder->temp_path, folder->path) < 0) {
        const int why = errno;
        const int taken = why == ENOTEMPTY || why == EEXIST || why == ENOTDIR;
        const enum cf_status status =
            refuse(folder, taken ? "somebody made it meanwhile" : strerror(why), diag);
        cf_folder_abandon(folder);
        return status;
    }
    if (sync_path(cf_path_folder(&folder->arena, folder->path)) < 0)
        cf_report(diag, CF_WARNING, "output.sync", (struct cf_at){.path = folder->path}, NULL,
                  "this folder is complete, but its name may not survive a power cut: %s",
                  strerror(errno));
    cf_arena_free(&folder->arena);
    *folder = (struct cf_folder){0};
    return CF_OK;
}

void cf_folder_abandon(struct cf_folder *folder)
{
    if (!folder->path)
        return;
    for (int k = 0; k < folder->n_files; k++)
        unlink(folder->file[k]);
    rmdir(folder->temp_path);
    cf_arena_free(&folder->arena);
    *folder = (struct cf_folder){0};
}
