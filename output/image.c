#include "output/image.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_TRIES = 100, READ_STEP = 1 << 16 };

static enum cf_status cannot_create(const struct cf_image *image, cf_diag *diag, const char *why,
                                    const char *help)
{
    cf_report(diag, CF_ERROR, "output.create", (struct cf_at){.path = image->path}, help,
              "this file cannot be written: %s", why);
    return CF_CANNOT_CREATE;
}

static enum cf_status io_failed(const struct cf_image *image, cf_diag *diag, const char *doing)
{
    int why = errno;
    cf_report(diag, CF_ERROR, "output.io", (struct cf_at){.path = image->path},
              why == ENOSPC || why == EDQUOT || why == EFBIG
                  ? "nothing was changed; make room, or choose another folder"
                  : "nothing was changed",
              "%s this file failed: %s", doing, strerror(why));
    return CF_IO;
}

/* The folder and, within it, the name. 0, or what is wrong. */
static int open_folder(struct cf_image *image)
{
    const char *slash = strrchr(image->path, '/');
    image->name = slash ? slash + 1 : image->path;
    image->temp_name = cf_arena_format(&image->arena, "%s" CF_IMAGE_TEMP, image->name);
    image->temp_path = cf_arena_format(&image->arena, "%s" CF_IMAGE_TEMP, image->path);
    const char *folder = cf_path_folder(&image->arena, image->path);
    image->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    image->folder_synced = image->folder >= 0;
    /* A folder that may be written but not read can be used, only not synced. */
    if (image->folder < 0 && errno == EACCES)
        image->folder = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return image->folder < 0 ? errno : 0;
}

/* What stands under the name must be a plain file, or nothing. NULL, or what is wrong. */
static const char *check_name(const struct cf_image *image)
{
    struct stat is;
    if (fstatat(image->folder, image->name, &is, AT_SYMLINK_NOFOLLOW) < 0)
        return errno == ENOENT ? NULL : strerror(errno);
    return S_ISREG(is.st_mode)   ? NULL
           : S_ISDIR(is.st_mode) ? "it is a folder"
           : S_ISLNK(is.st_mode) ? "it is a symbolic link"
                                 : "it is no plain file";
}

/* Open and lock the temporary file, not yet touching what is in it. NULL, or what is wrong. */
static const char *lock_file(struct cf_image *image)
{
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct stat opened, named;
    for (int k = 0; k < MOST_TRIES; k++) {
        image->file = openat(image->folder, image->temp_name, flags, 0666);
        if (image->file < 0)
            return errno == ELOOP ? "the name of its temporary file is a symbolic link"
                                  : strerror(errno);
        if (fstat(image->file, &opened) < 0)
            return strerror(errno);
        if (!S_ISREG(opened.st_mode) || opened.st_nlink > 1)
            return "the name of its temporary file is taken";
        if (fcntl(image->file, F_OFD_SETLK, &whole) < 0)
            return errno == EAGAIN || errno == EACCES ? "another run is writing it"
                                                      : strerror(errno);
        /* Whoever held it may have given it its final name, or removed it, in between. */
        if (fstatat(image->folder, image->temp_name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
            named.st_ino == opened.st_ino && named.st_dev == opened.st_dev)
            return NULL;
        close(image->file);
        image->file = -1;
    }
    return "another run is writing it";
}

/* Close and free without removing anything. */
static void let_go(struct cf_image *image)
{
    if (image->file >= 0)
        close(image->file);
    if (image->folder >= 0)
        close(image->folder);
    cf_arena_free(&image->arena);
    *image = (struct cf_image){.folder = -1, .file = -1};
}

static const char *begin(struct cf_image *image, const char *path)
{
    *image = (struct cf_image){.folder = -1, .file = -1};
    cf_arena_init(&image->arena);
    image->path = cf_arena_copy(&image->arena, path);
    if (!path[0])
        return "it has no name";
    int failure = open_folder(image);
    if (failure)
        return failure == ENOENT ? "there is no such folder" : strerror(failure);
    if (!image->name[0] || cf_text_same(image->name, ".") || cf_text_same(image->name, ".."))
        return "it is a folder";
    const char *wrong = check_name(image);
    /* A temporary file that is there already would not tell. */
    if (!wrong && faccessat(image->folder, ".", W_OK | X_OK, AT_EACCESS) < 0)
        wrong = strerror(errno);
    return wrong ? wrong : lock_file(image);
}

enum cf_status cf_image_begin(struct cf_image *image, const char *path, cf_diag *diag)
{
    const char *wrong = begin(image, path);
    if (wrong) {
        enum cf_status status = cannot_create(image, diag, wrong, NULL);
        let_go(image);
        return status;
    }
    if (ftruncate(image->file, 0) == 0)
        return CF_OK;
    enum cf_status status = cannot_create(image, diag, strerror(errno), NULL);
    cf_image_abandon(image); /* it is ours by now */
    return status;
}

enum cf_status cf_image_write(struct cf_image *image, const void *bytes, size_t length,
                              cf_diag *diag)
{
    const char *at = bytes;
    while (length > 0) {
        ssize_t written = write(image->file, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written == 0)
            errno = ENOSPC;
        if (written <= 0)
            return io_failed(image, diag, "writing");
        at += written;
        length -= (size_t)written;
    }
    return CF_OK;
}

enum cf_status cf_image_digest(struct cf_image *image, char hex[CF_DIGEST_HEX],
                               unsigned long long *length, cf_diag *diag)
{
    struct cf_digest digest;
    unsigned char buffer[READ_STEP];
    cf_digest_init(&digest);
    for (*length = 0;;) {
        ssize_t got = pread(image->file, buffer, sizeof buffer, (off_t)*length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return io_failed(image, diag, "reading back");
        if (got == 0)
            break;
        cf_digest_add(&digest, buffer, (size_t)got);
        *length += (unsigned long long)got;
    }
    cf_digest_hex(&digest, hex);
    return CF_OK;
}

/* 0 where it is on the disk, or cannot be asked for on this file system. */
static int sync_now(int fd)
{
    int failed;
    do
        failed = fsync(fd);
    while (failed < 0 && errno == EINTR);
    return failed < 0 && errno != EINVAL && errno != ENOTSUP ? -1 : 0;
}

enum cf_status cf_image_sync(struct cf_image *image, cf_diag *diag)
{
    if (sync_now(image->file) < 0)
        return io_failed(image, diag, "syncing");
    /* The folder too: where that cannot be done, the old file still stands. */
    if (image->folder_synced && sync_now(image->folder) < 0)
        return io_failed(image, diag, "syncing the folder of");
    return CF_OK;
}

enum cf_status cf_image_commit(struct cf_image *image, cf_diag *diag)
{
    enum cf_status status = cf_image_sync(image, diag);
    if (status == CF_OK &&
        renameat(image->folder, image->temp_name, image->folder, image->name) < 0)
        status = io_failed(image, diag, "naming");
    if (status != CF_OK) {
        cf_image_abandon(image);
        return status;
    }
    if (image->folder_synced && sync_now(image->folder) < 0)
        cf_report(diag, CF_WARNING, "output.sync", (struct cf_at){.path = image->path}, NULL,
                  "this file is complete, but its name may not survive a power cut: %s",
                  strerror(errno));
    let_go(image);
    return CF_OK;
}

void cf_image_abandon(struct cf_image *image)
{
    if (image->file >= 0)
        unlinkat(image->folder, image->temp_name, 0);
    let_go(image);
}

enum cf_status cf_write_image(const char *path, const void *bytes, size_t length, cf_diag *diag)
{
    struct cf_image image;
    enum cf_status status = cf_image_begin(&image, path, diag);
    if (status != CF_OK)
        return status;
    status = cf_image_write(&image, bytes, length, diag);
    if (status == CF_OK)
        return cf_image_commit(&image, diag);
    cf_image_abandon(&image);
    return status;
}

void cf_image_clear(const char *path)
{
    struct cf_image image;
    struct stat is;
    char *temp = malloc(strlen(path) + sizeof CF_IMAGE_TEMP);
    if (!temp)
        cf_out_of_memory();
    strcpy(stpcpy(temp, path), CF_IMAGE_TEMP);
    if (lstat(temp, &is) == 0 && S_ISREG(is.st_mode) && cf_image_begin(&image, path, NULL) == CF_OK)
        cf_image_abandon(&image);
    free(temp);
}
