#include "exec/record_file.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/crc32c.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "records are written as they are");

enum { FORMAT = 1, MOST_FILES = 1 << 20, KEPT_OPEN = 200 };

/* The beginning of a file. */
struct start {
    char magic[8];
    uint32_t format, crc; /* crc: of what follows */
    char hash[CF_DIGEST_HEX - 1];
    int32_t shard, n_shards;
};
_Static_assert(sizeof(struct start) == 88, "the beginning of a file has no holes");

/* What stands before the values of a run. */
struct header {
    int64_t run;
    int32_t status;
    uint32_t values_crc;
    uint32_t crc; /* of the above */
    uint32_t nothing[3];
};
_Static_assert(sizeof(struct header) == CF_RECORD_HEADER, "a header has no holes");

/* ---- a batch as bytes ---- */

static size_t values_bytes(const struct cf_record_shape *shape, long long run)
{
    const int central = cf_run_of(&shape->runs, run).draw == 0;
    return (central ? shape->length : shape->draw_length) * sizeof(double);
}

size_t cf_record_batch_bytes(const struct cf_record_shape *shape, long long batch, int *n)
{
    const long long first = cf_batch_first(&shape->runs, batch, n);
    return CF_RECORD_HEADER + values_bytes(shape, first) +
           (size_t)(*n - 1) * (CF_RECORD_HEADER + shape->draw_length * sizeof(double));
}

/* Where the k-th record of a batch begins: only the first can be that of a central run. */
static size_t offset_of(const struct cf_record_shape *shape, long long batch, int k)
{
    int n;
    const long long first = cf_batch_first(&shape->runs, batch, &n);
    return k == 0 ? 0
                  : CF_RECORD_HEADER + values_bytes(shape, first) +
                        (size_t)(k - 1) * (CF_RECORD_HEADER + shape->draw_length * sizeof(double));
}

double *cf_record_values(const struct cf_record_shape *shape, long long batch, int k,
                         unsigned char *bytes)
{
    return (double *)(void *)(bytes + offset_of(shape, batch, k) + CF_RECORD_HEADER);
}

void cf_record_seal(const struct cf_record_shape *shape, long long batch, const int *status,
                    unsigned char *bytes)
{
    int n;
    const long long first = cf_batch_first(&shape->runs, batch, &n);
    for (int k = 0; k < n; k++) {
        unsigned char *at = bytes + offset_of(shape, batch, k);
        struct header header = {.run = first + k, .status = status[k]};
        header.values_crc = cf_crc32c(0, at + CF_RECORD_HEADER, values_bytes(shape, first + k));
        header.crc = cf_crc32c(0, &header, offsetof(struct header, crc));
        memcpy(at, &header, sizeof header);
    }
}

/* ---- writing ---- */

void cf_record_file_init(struct cf_record_file *file, int shard, int n_shards)
{
    *file = (struct cf_record_file){.fd = -1, .shard = shard, .n_shards = n_shards, .batch = -1};
}

void cf_record_file_free(struct cf_record_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    free(file->memory);
    free(file->path);
    cf_record_file_init(file, 0, 1);
}

static void keep_in_memory(struct cf_record_file *file, const void *bytes, size_t length)
{
    if (file->room - file->size < length) {
        file->room = file->room * 2 > file->size + length ? file->room * 2 : file->size + length;
        file->memory = realloc(file->memory, file->room);
        if (!file->memory)
            cf_out_of_memory();
    }
    memcpy(file->memory + file->size, bytes, length);
    file->size += length;
}

static int write_all(struct cf_record_file *file, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    while (length > 0) {
        const ssize_t written = write(file->fd, at, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return written < 0 ? errno : ENOSPC;
        at += written;
        length -= (size_t)written;
        file->size += (size_t)written;
    }
    return 0;
}

static int write_start(struct cf_record_file *file, const struct cf_record_shape *shape)
{
    struct start start = {
        .magic = "CFRECORD", .format = FORMAT, .shard = file->shard, .n_shards = file->n_shards};
    memcpy(start.hash, shape->hash, sizeof start.hash);
    start.crc = cf_crc32c(0, start.hash, sizeof start - offsetof(struct start, hash));
    return write_all(file, &start, sizeof start);
}

/* shard-0-of-1.0.rec, or the first number after it that is free. */
static int open_new(struct cf_record_file *file, const char *folder)
{
    struct cf_text path = {0};
    int failure = EEXIST;
    for (int k = 0; k < MOST_FILES && failure == EEXIST; k++) {
        path.length = 0;
        cf_text_format(&path, "%s/shard-%d-of-%d.%d" CF_RECORD_ENDING, folder, file->shard,
                       file->n_shards, k);
        file->fd =
            open(path.data, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND | O_CLOEXEC, 0666);
        failure = file->fd < 0 ? errno : 0;
    }
    if (failure)
        cf_text_free(&path);
    file->path = path.data;
    return failure;
}

int cf_record_file_make(struct cf_record_file *file, const struct cf_record_shape *shape,
                        const char *folder)
{
    unsigned char *held = file->memory;
    const size_t n = file->size;
    int failure = open_new(file, folder);
    if (failure)
        return failure;
    file->memory = NULL;
    file->size = file->room = 0;
    file->synced_at = cf_seconds();
    failure = write_start(file, shape);
    if (!failure && n)
        failure = write_all(file, held, n);
    free(held);
    return failure;
}

int cf_record_file_append(struct cf_record_file *file, const void *bytes, size_t length)
{
    if (file->path)
        return write_all(file, bytes, length);
    keep_in_memory(file, bytes, length);
    return 0;
}

int cf_record_file_sync(struct cf_record_file *file, size_t bytes, double seconds)
{
    const double now = cf_seconds();
    if (!file->path || file->size == file->synced ||
        (file->size - file->synced < bytes && now - file->synced_at < seconds))
        return 0;
    int failed;
    do
        failed = fdatasync(file->fd);
    while (failed < 0 && errno == EINTR);
    if (failed < 0 && errno != EINVAL && errno != ENOTSUP)
        return errno;
    file->synced = file->size;
    file->synced_at = now;
    return 0;
}

/* ---- reading ---- */

/* 1 where all of it could be read. */
static int read_at(const struct cf_record_file *file, size_t at, void *to, size_t length)
{
    if (length > file->size || at > file->size - length)
        return 0;
    if (!file->path) {
        memcpy(to, file->memory + at, length);
        return 1;
    }
    const int fd = file->fd >= 0 ? file->fd : open(file->path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    unsigned char *next = to;
    while (fd >= 0 && length > 0) {
        const ssize_t got = pread(fd, next, length, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        next += got;
        at += (size_t)got;
        length -= (size_t)got;
    }
    if (fd >= 0 && fd != file->fd)
        close(fd);
    return fd >= 0 && length == 0;
}

static const char *check_start(struct cf_record_file *file, const struct cf_record_shape *shape)
{
    struct start start;
    if (file->size < sizeof start)
        return "";
    if (!read_at(file, 0, &start, sizeof start))
        return "it cannot be read";
    if (memcmp(start.magic, "CFRECORD", sizeof start.magic) != 0 || start.format != FORMAT ||
        start.crc != cf_crc32c(0, start.hash, sizeof start - offsetof(struct start, hash)))
        return "it is no file of records, or a damaged one";
    if (memcmp(start.hash, shape->hash, sizeof start.hash) != 0)
        return "it holds records of other runs";
    if (start.n_shards < 1 || start.shard < 0 || start.shard >= start.n_shards)
        return "it is of a shard that cannot be";
    file->shard = start.shard;
    file->n_shards = start.n_shards;
    return NULL;
}

const char *cf_record_file_open(struct cf_record_file *file, const struct cf_record_shape *shape,
                                const char *path)
{
    struct stat is;
    cf_record_file_init(file, 0, 1);
    file->fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    file->path = strdup(path);
    if (!file->path)
        cf_out_of_memory();
    if (file->fd < 0 || fstat(file->fd, &is) < 0)
        return strerror(errno);
    if (!S_ISREG(is.st_mode))
        return "it is no plain file";
    file->size = (size_t)is.st_size;
    const char *wrong = check_start(file, shape);
    /* There may be more of them than a process may have open. */
    if (file->fd > KEPT_OPEN) {
        close(file->fd);
        file->fd = -1;
    }
    return wrong;
}

static int good_header(const struct header *header)
{
    return header->crc == cf_crc32c(0, header, offsetof(struct header, crc));
}

/* The batch that begins at `at`, if it is one, whole, and not before `after`. */
static void go_to(struct cf_record_file *file, const struct cf_record_shape *shape, size_t at,
                  long long after)
{
    struct header header;
    int n = 0;
    file->batch = -1;
    file->at = at;
    if (!read_at(file, at, &header, sizeof header) || !good_header(&header) || header.run < 0 ||
        header.run >= cf_n_runs(&shape->runs))
        return;
    const long long batch = cf_batch_of(&shape->runs, header.run);
    const size_t bytes = cf_record_batch_bytes(shape, batch, &n);
    if (batch > after && cf_batch_first(&shape->runs, batch, &n) == header.run &&
        bytes <= file->size - at)
        file->batch = batch;
}

void cf_record_file_first(struct cf_record_file *file, const struct cf_record_shape *shape)
{
    go_to(file, shape, file->path ? sizeof(struct start) : 0, -1);
}

void cf_record_file_next(struct cf_record_file *file, const struct cf_record_shape *shape)
{
    int n;
    if (file->batch >= 0)
        go_to(file, shape, file->at + cf_record_batch_bytes(shape, file->batch, &n), file->batch);
}

int cf_record_file_read(struct cf_record_file *file, const struct cf_record_shape *shape,
                        int *status, unsigned char *bytes)
{
    struct header header;
    int n;
    if (file->batch < 0)
        return 0;
    const size_t length = cf_record_batch_bytes(shape, file->batch, &n);
    const long long first = cf_batch_first(&shape->runs, file->batch, &n);
    if (bytes && !read_at(file, file->at, bytes, length))
        return 0;
    for (int k = 0; k < n; k++) {
        const size_t offset = offset_of(shape, file->batch, k);
        if (bytes)
            memcpy(&header, bytes + offset, sizeof header);
        else if (!read_at(file, file->at + offset, &header, sizeof header))
            return 0;
        if (!good_header(&header) || header.run != first + k)
            return 0;
        if (bytes && header.values_crc != cf_crc32c(0, bytes + offset + CF_RECORD_HEADER,
                                                    values_bytes(shape, first + k)))
            return 0;
        status[k] = header.status;
    }
    return 1;
}
