#ifndef CF_RECORDS_H
#define CF_RECORDS_H

#include "exec/manifest.h"
#include "exec/sink.h"

#include <signal.h>

/*
 * The records of a set of runs: what is there of them, and what is being added. They stand in a
 * folder, FILE.h5.part: manifest.json and any number of files of records (record_file.h), each
 * written by one worker of one process. A run may be there more than once: it is the same then.
 * A set that is done quickly never has a folder: it is held in memory until it has cost a second.
 */
struct cf_record_set;

/* Where the records of a process go. */
struct cf_records_plan {
    const struct cf_manifest *manifest; /* outlives the records */
    const char *folder;
    int shard, n_shards; /* for the names of files: the batches b with b mod n_shards = shard */
    int workers;
    size_t in_memory; /* bytes held before there is a folder; 0: it is made at once */
};

/*
 * Begin, with what a folder of the same manifest holds already. Records that are damaged are taken
 * as not there. CF_CANNOT_CREATE, reported, where the folder holds other runs or cannot be made.
 */
enum cf_status cf_records_open(const struct cf_records_plan *plan, struct cf_record_set **records,
                               cf_diag *diag);

/*
 * Look at the records of several folders, which all must have that manifest (CF_BAD_INPUT,
 * reported, else). deep: 1 reads all of them and takes damaged ones as not there; 0 only counts.
 */
enum cf_status cf_records_gather(const struct cf_manifest *manifest, const char *const *folder,
                                 int n_folders, int deep, struct cf_record_set **records,
                                 cf_diag *diag);

void cf_records_close(struct cf_record_set *records);

/* ---- adding: each worker for itself ---- */

int cf_records_has(const struct cf_record_set *records, long long batch);

/* Room for the batch that a worker is to do: record[k] for the values of its k-th run, zeroed. */
void cf_records_room(struct cf_record_set *records, int worker, long long batch,
                     double *record[CF_BATCH]);
/* Keep it, with how its runs ended; the values of those that failed as NaN. 0 when that failed: the
 * worker is to stop. */
int cf_records_keep(struct cf_record_set *records, int worker, long long batch, const int *status);

/* When all workers are done: everything to the disk, or just hear what failed. CF_IO, reported. */
enum cf_status cf_records_save(struct cf_record_set *records, int to_disk, cf_diag *diag);

/* ---- what is there ---- */

struct cf_records_count {
    long long runs, done, failed;                /* failed are done */
    long long by_status[CF_RUN_LEDGER_OPEN + 1]; /* of the done; cf_records_gather only */
};
/* Of the batches b with b mod n_shards = shard; all with 0, 1. by_status is of all. */
struct cf_records_count cf_records_count(const struct cf_record_set *records, int shard,
                                         int n_shards);
/* The numbers of shards that files were written for, in order: writes most `most`, returns how
 * many. */
int cf_records_shards(const struct cf_record_set *records, int *n_shards, int most);
/* Whether there is a folder, so that a later call can go on. */
int cf_records_in_folder(const struct cf_record_set *records);

/*
 * Put all into a sink in order of run number, with memory for one batch. Runs that are not there
 * are left out. CF_STOPPED when *stop became 1, CF_IO, reported, where a record cannot be read any
 * more, or what the sink returned.
 */
enum cf_status cf_records_put(struct cf_record_set *records, const struct cf_sink *sink,
                              const volatile sig_atomic_t *stop, cf_diag *diag);

/* ---- folders ---- */

/* Remove a folder of records, if there is one. CF_CANNOT_CREATE, reported, where it holds something
 * that is not ours, which then is left with the folder. */
enum cf_status cf_records_remove(const char *folder, cf_diag *diag);

#endif
