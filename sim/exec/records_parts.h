#ifndef CF_RECORDS_PARTS_H
#define CF_RECORDS_PARTS_H

#include "exec/record_file.h"
#include "exec/records.h"

#include <stdatomic.h>
#include <threads.h>

/* What the files records*.c share. */

struct cf_records_worker {
    struct cf_record_file file;
    unsigned char *bytes; /* of the batch at hand */
};

struct cf_record_set {
    struct cf_arena arena;
    struct cf_record_shape shape;
    struct cf_records_plan plan; /* folder NULL: nothing is added */
    unsigned char *state;        /* [batches] 0: not there, else 1 + how many of its runs failed */
    long long by_status[CF_RUN_LEDGER_OPEN + 1];
    struct cf_record_file *file; /* [n_files] that were there */
    int n_files, room;
    struct cf_records_worker *worker; /* [plan.workers] */
    unsigned char *bytes;             /* of any batch */
    double begun;
    atomic_size_t held;   /* bytes in memory */
    atomic_int in_folder; /* 1: there is a folder, and what is kept goes there */
    atomic_int failure;   /* the first errno value of a worker */
    mtx_t making;         /* the folder */
};

/* Whether a name in a folder of records is one that we give. */
int cf_records_own_name(const char *name);
int cf_records_is_file(const char *name);

/* The names of the files of records in a folder, sorted, in the arena. Returns how many, or -1 with
 * errno set. *others: 1 where there is anything that is not ours. */
int cf_records_list(struct cf_arena *arena, const char *folder, const char ***name, int *others);

#endif
