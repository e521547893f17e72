#ifndef CF_RECORD_FILE_H
#define CF_RECORD_FILE_H

#include "base/digest.h"
#include "base/text.h"
#include "design/runs.h"

#include <stdint.h>

/*
 * One file of records: what one worker left, batch after batch in ascending order, each in one
 * piece. It holds
 *
 *   "CFRECORD", format 1 (uint32), CRC-32C of the rest (uint32), hash of the manifest (64 bytes),
 *   shard and number of shards (int32)
 *
 * and then for each run its number (int64), how it ended (int32), CRC-32C of its values and of the
 * 16 bytes before it (uint32 each), 12 bytes of nothing, and its values: of a central run all, of a
 * draw those that are kept for draws. Numbers are little-endian. It may be cut short anywhere.
 *
 * Before it has its folder, a file is held in memory.
 */
struct cf_record_file {
    char *path;            /* NULL: in memory */
    int fd;                /* -1: opened anew at each look */
    unsigned char *memory; /* malloc'ed; NULL: in the folder */
    size_t size, room;     /* of what was written or is there; of memory */
    int shard, n_shards;
    /* Writing */
    size_t synced;
    double synced_at; /* seconds of the monotonic clock */
    /* Reading: the batch that comes next, and where it begins */
    long long batch; /* -1: none any more */
    size_t at;
};

#define CF_RECORD_HEADER ((size_t)32)
#define CF_RECORD_ENDING ".rec"

/* How records of a set of runs are laid out. */
struct cf_record_shape {
    struct cf_runs runs;
    size_t length, draw_length; /* doubles of a central run, of a draw */
    char hash[CF_DIGEST_HEX];   /* of the manifest */
};

/* Bytes of a batch, and how many runs it has. */
size_t cf_record_batch_bytes(const struct cf_record_shape *shape, long long batch, int *n);
/* The values of its k-th run within its bytes. */
double *cf_record_values(const struct cf_record_shape *shape, long long batch, int k,
                         unsigned char *bytes);

/* Complete the bytes of a batch whose values are there. */
void cf_record_seal(const struct cf_record_shape *shape, long long batch, const int *status,
                    unsigned char *bytes);

/* ---- writing; 0 or an errno value ---- */

void cf_record_file_init(struct cf_record_file *file, int shard, int n_shards);
void cf_record_file_free(struct cf_record_file *file);
/* Make a new one in a folder and put what was held in memory into it. */
int cf_record_file_make(struct cf_record_file *file, const struct cf_record_shape *shape,
                        const char *folder);
int cf_record_file_append(struct cf_record_file *file, const void *bytes, size_t length);
/* To the disk, if there are so many bytes more, or seconds have gone by, since the last time. */
int cf_record_file_sync(struct cf_record_file *file, size_t bytes, double seconds);

/* ---- reading ---- */

/* Open one that is there and read its beginning. NULL, or what is wrong with it: "" where it holds
 * no record yet. */
const char *cf_record_file_open(struct cf_record_file *file, const struct cf_record_shape *shape,
                                const char *path);

/* Go to the first batch, or on to the one after the present one: `batch`, -1 at the end or before
 * what cannot be read as a record. */
void cf_record_file_first(struct cf_record_file *file, const struct cf_record_shape *shape);
void cf_record_file_next(struct cf_record_file *file, const struct cf_record_shape *shape);

/*
 * Look at the batch that comes next: how its runs ended, and its bytes where room is given (NULL:
 * only what stands before the values is looked at). 1 where it is what was written, else 0.
 *
 *   status  out  [CF_BATCH]
 */
int cf_record_file_read(struct cf_record_file *file, const struct cf_record_shape *shape,
                        int *status, unsigned char *bytes);

#endif
