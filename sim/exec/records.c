#include "exec/records_parts.h"

#include "base/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What is held in memory is put into a folder after so many seconds. */
#define SECONDS_IN_MEMORY 1.0
/* Records are safe from a power cut after so many bytes or seconds. */
#define SYNC_BYTES ((size_t)64 << 20)
#define SYNC_SECONDS 5.0

/* ---- beginning and ending ---- */

static struct cf_record_set *new_records(const struct cf_manifest *manifest)
{
    struct cf_record_set *r = calloc(1, sizeof *r);
    int n;
    if (!r || mtx_init(&r->making, mtx_plain) != thrd_success)
        cf_out_of_memory();
    cf_arena_init(&r->arena);
    r->shape = (struct cf_record_shape){
        .runs = manifest->runs, .length = manifest->length, .draw_length = manifest->draw_length};
    memcpy(r->shape.hash, manifest->hash, sizeof r->shape.hash);
    r->state = CF_TAKE(&r->arena, (size_t)cf_n_batches(&r->shape.runs), unsigned char);
    r->bytes = CF_TAKE(&r->arena, cf_record_batch_bytes(&r->shape, 0, &n), unsigned char);
    r->begun = cf_seconds();
    return r;
}

void cf_records_close(struct cf_record_set *r)
{
    if (!r)
        return;
    for (int i = 0; i < r->n_files; i++)
        cf_record_file_free(&r->file[i]);
    for (int i = 0; r->worker && i < r->plan.workers; i++)
        cf_record_file_free(&r->worker[i].file);
    mtx_destroy(&r->making);
    cf_arena_free(&r->arena);
    free(r);
}

/* ---- what a folder holds ---- */

static int n_failed(const int *status, int n)
{
    int failed = 0;
    for (int k = 0; k < n; k++)
        failed += status[k] != CF_RUN_OK;
    return failed;
}

static int known_status(const int *status, int n)
{
    for (int k = 0; k < n; k++)
        if (status[k] < 0 || status[k] > CF_RUN_LEDGER_OPEN)
            return 0;
    return 1;
}

/* Note which batches a file has. */
static void note_batches(struct cf_record_set *r, struct cf_record_file *file, int deep)
{
    int status[CF_BATCH], n;
    for (cf_record_file_first(file, &r->shape); file->batch >= 0;
         cf_record_file_next(file, &r->shape)) {
        cf_batch_first(&r->shape.runs, file->batch, &n);
        if (r->state[file->batch] ||
            !cf_record_file_read(file, &r->shape, status, deep ? r->bytes : NULL) ||
            !known_status(status, n))
            continue;
        r->state[file->batch] = (unsigned char)(1 + n_failed(status, n));
        for (int k = 0; k < n; k++)
            r->by_status[status[k]]++;
    }
}

static struct cf_record_file *add_file(struct cf_record_set *r)
{
    if (r->n_files == r->room) {
        const int room = r->room * 2 + 16;
        struct cf_record_file *more = CF_TAKE(&r->arena, (size_t)room, struct cf_record_file);
        if (r->n_files)
            memcpy(more, r->file, (size_t)r->n_files * sizeof *more);
        r->file = more;
        r->room = room;
    }
    return &r->file[r->n_files++];
}

/* All its files of records. One that cannot be used is an error where it is of other runs, since
 * the folder is then not what it says, and else as good as not there. */
static enum cf_status read_folder(struct cf_record_set *r, const char *folder, int deep,
                                  cf_diag *diag)
{
    const char **name;
    int others;
    const int n = cf_records_list(&r->arena, folder, &name, &others);
    if (n < 0) {
        cf_report(diag, CF_ERROR, "records.folder", (struct cf_at){.path = folder}, NULL,
                  "this folder of records cannot be read: %s", strerror(errno));
        return CF_BAD_INPUT;
    }
    for (int i = 0; i < n; i++) {
        const char *path = cf_arena_format(&r->arena, "%s/%s", folder, name[i]);
        struct cf_record_file *file = add_file(r);
        const char *wrong = cf_record_file_open(file, &r->shape, path);
        if (!wrong) {
            note_batches(r, file, deep);
            continue;
        }
        if (*wrong)
            cf_report(diag, CF_WARNING, "records.file", (struct cf_at){.path = path},
                      "its runs are taken as not there", "this file is left aside: %s", wrong);
        cf_record_file_free(file);
        r->n_files--;
    }
    return CF_OK;
}

/* Whether a folder is that of a manifest. Where it is not, `help` says what to do. */
static enum cf_status check_manifest(const struct cf_manifest *wanted, const char *folder,
                                     const char *help, cf_diag *diag)
{
    struct cf_manifest there;
    const enum cf_status status = cf_manifest_read(&there, folder, diag);
    if (status != CF_OK)
        return status;
    const char *differs = cf_manifest_difference(wanted, &there);
    if (differs)
        cf_report(diag, CF_ERROR, "records.other", (struct cf_at){.path = folder}, help,
                  "this folder holds records of other runs: they differ in %s", differs);
    cf_manifest_free(&there);
    return differs ? CF_BAD_INPUT : CF_OK;
}

enum cf_status cf_records_gather(const struct cf_manifest *manifest, const char *const *folder,
                                 int n_folders, int deep, struct cf_record_set **records,
                                 cf_diag *diag)
{
    struct cf_record_set *r = new_records(manifest);
    enum cf_status status = CF_OK;
    atomic_store(&r->in_folder, 1);
    for (int i = 0; i < n_folders; i++) {
        enum cf_status one = check_manifest(manifest, folder[i], NULL, diag);
        if (one == CF_OK)
            one = read_folder(r, folder[i], deep, diag);
        status = one != CF_OK ? one : status;
    }
    if (status != CF_OK) {
        cf_records_close(r);
        r = NULL;
    }
    *records = r;
    return status;
}

/* ---- a folder of our own ---- */

static enum cf_status cannot_create(const char *folder, int failure, cf_diag *diag)
{
    cf_report(diag, CF_ERROR, "records.create", (struct cf_at){.path = folder}, NULL,
              "this folder, for what is done so far, cannot be made: %s",
              failure == ENOENT ? "there is no such place" : strerror(failure));
    return CF_CANNOT_CREATE;
}

/* Returns 0 or an errno value. Several workers, and several processes, may get here at once. */
static int make_folder(struct cf_record_set *r)
{
    int failure = 0;
    mtx_lock(&r->making);
    if (!atomic_load(&r->in_folder)) {
        if (mkdir(r->plan.folder, 0777) < 0 && errno != EEXIST)
            failure = errno;
        if (!failure)
            failure = cf_manifest_write(r->plan.manifest, r->plan.folder);
        if (!failure)
            atomic_store(&r->in_folder, 1);
    }
    mtx_unlock(&r->making);
    return failure;
}

/* What stands under the name of the folder: 1 where there are records to go on from. */
static enum cf_status look_at_folder(struct cf_record_set *r, int *there, cf_diag *diag)
{
    const char *folder = r->plan.folder, **name;
    const char *manifest = cf_arena_format(&r->arena, "%s/" CF_MANIFEST_FILE, folder);
    struct stat is;
    int others = 0;
    *there = 0;
    if (stat(folder, &is) < 0)
        return errno == ENOENT ? CF_OK : cannot_create(folder, errno, diag);
    const int n = cf_records_list(&r->arena, folder, &name, &others);
    if (n < 0)
        return cannot_create(folder, errno, diag);
    if (stat(manifest, &is) < 0) {
        if (!others)
            return CF_OK; /* empty, or what was there when it was being removed */
        cf_report(diag, CF_ERROR, "records.foreign", (struct cf_at){.path = folder},
                  "choose another name with -o, or remove the folder",
                  "this is where what is done so far would go, and something else is there");
        return CF_CANNOT_CREATE;
    }
    struct cf_manifest other;
    if (n == 0 && cf_manifest_read(&other, folder, NULL) == CF_OK) {
        const int same = !cf_manifest_difference(r->plan.manifest, &other);
        cf_manifest_free(&other);
        if (!same) /* of runs of which nothing was done */
            return cf_records_remove(folder, diag);
    }
    *there = 1;
    return check_manifest(r->plan.manifest, folder,
                          "with --restart they are removed; with -o elsewhere both can be there",
                          diag) == CF_OK
               ? CF_OK
               : CF_CANNOT_CREATE;
}

enum cf_status cf_records_open(const struct cf_records_plan *plan, struct cf_record_set **records,
                               cf_diag *diag)
{
    struct cf_record_set *r = new_records(plan->manifest);
    int there = 0, n;
    r->plan = *plan;
    r->worker = CF_TAKE(&r->arena, (size_t)plan->workers, struct cf_records_worker);
    for (int i = 0; i < plan->workers; i++)
        cf_record_file_init(&r->worker[i].file, plan->shard, plan->n_shards);
    for (int i = 0; i < plan->workers; i++)
        r->worker[i].bytes =
            CF_TAKE(&r->arena, cf_record_batch_bytes(&r->shape, 0, &n), unsigned char);
    enum cf_status status = look_at_folder(r, &there, diag);
    if (status == CF_OK && there) {
        atomic_store(&r->in_folder, 1);
        status = read_folder(r, plan->folder, 1, diag) == CF_OK ? CF_OK : CF_CANNOT_CREATE;
    } else if (status == CF_OK && plan->in_memory == 0) {
        const int failure = make_folder(r);
        status = failure ? cannot_create(plan->folder, failure, diag) : CF_OK;
    }
    if (status != CF_OK) {
        cf_records_close(r);
        r = NULL;
    }
    *records = r;
    return status;
}

/* ---- adding ---- */

int cf_records_has(const struct cf_record_set *r, long long batch)
{
    return r->state[batch] != 0;
}

void cf_records_room(struct cf_record_set *r, int worker, long long batch, double *record[CF_BATCH])
{
    int n;
    unsigned char *bytes = r->worker[worker].bytes;
    memset(bytes, 0, cf_record_batch_bytes(&r->shape, batch, &n));
    for (int k = 0; k < n; k++)
        record[k] = cf_record_values(&r->shape, batch, k, bytes);
}

/* Whether what is held is to go to a folder now. */
static int time_for_folder(struct cf_record_set *r, size_t more)
{
    return atomic_load(&r->in_folder) ||
           atomic_fetch_add(&r->held, more) + more > r->plan.in_memory ||
           cf_seconds() - r->begun > SECONDS_IN_MEMORY;
}

static int keep_bytes(struct cf_record_set *r, struct cf_records_worker *w, size_t length)
{
    int failure = 0;
    if (!w->file.path && time_for_folder(r, length)) {
        failure = make_folder(r);
        if (!failure)
            failure = cf_record_file_make(&w->file, &r->shape, r->plan.folder);
    }
    if (!failure)
        failure = cf_record_file_append(&w->file, w->bytes, length);
    if (!failure)
        failure = cf_record_file_sync(&w->file, SYNC_BYTES, SYNC_SECONDS);
    return failure;
}

/* The values of a run that failed are of no use, and depend on where it broke off. */
static void leave_out(const struct cf_record_set *r, long long batch, int k, unsigned char *bytes)
{
    int n;
    const int central =
        k == 0 && cf_run_of(&r->shape.runs, cf_batch_first(&r->shape.runs, batch, &n)).draw == 0;
    double *value = cf_record_values(&r->shape, batch, k, bytes);
    for (size_t i = 0; i < (central ? r->shape.length : r->shape.draw_length); i++)
        value[i] = NAN;
}

int cf_records_keep(struct cf_record_set *r, int worker, long long batch, const int *status)
{
    struct cf_records_worker *w = &r->worker[worker];
    int n, none = 0;
    const size_t length = cf_record_batch_bytes(&r->shape, batch, &n);
    for (int k = 0; k < n; k++)
        if (status[k] != CF_RUN_OK)
            leave_out(r, batch, k, w->bytes);
    cf_record_seal(&r->shape, batch, status, w->bytes);
    const int failure = keep_bytes(r, w, length);
    if (failure) {
        atomic_compare_exchange_strong(&r->failure, &none, failure);
        return 0;
    }
    r->state[batch] = (unsigned char)(1 + n_failed(status, n));
    return 1;
}

static int sync_folder(const char *folder)
{
    const int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int failure = fd < 0 || (fsync(fd) < 0 && errno != EINVAL && errno != ENOTSUP) ? errno : 0;
    if (fd >= 0)
        close(fd);
    return failure;
}

enum cf_status cf_records_save(struct cf_record_set *r, int to_disk, cf_diag *diag)
{
    int failure = atomic_load(&r->failure);
    for (int i = 0; to_disk && !failure && i < r->plan.workers; i++) {
        struct cf_record_file *file = &r->worker[i].file;
        if (!file->path && file->size) {
            failure = make_folder(r);
            if (!failure)
                failure = cf_record_file_make(file, &r->shape, r->plan.folder);
        }
        if (!failure)
            failure = cf_record_file_sync(file, 0, 0);
    }
    if (to_disk && !failure && atomic_load(&r->in_folder))
        failure = sync_folder(r->plan.folder);
    if (!failure)
        return CF_OK;
    cf_report(diag, CF_ERROR, "records.io", (struct cf_at){.path = r->plan.folder},
              failure == ENOSPC || failure == EDQUOT || failure == EFBIG
                  ? "make room and call it again: what is done is kept there"
                  : NULL,
              "writing to this folder, where what is done is kept, failed: %s", strerror(failure));
    return CF_IO;
}

/* ---- counting ---- */

int cf_records_in_folder(const struct cf_record_set *r)
{
    return atomic_load(&r->in_folder);
}

struct cf_records_count cf_records_count(const struct cf_record_set *r, int shard, int n_shards)
{
    struct cf_records_count count = {0};
    const long long n_batches = cf_n_batches(&r->shape.runs);
    int n;
    for (long long b = shard; b < n_batches; b += n_shards) {
        cf_batch_first(&r->shape.runs, b, &n);
        count.runs += n;
        count.done += r->state[b] ? n : 0;
        count.failed += r->state[b] ? r->state[b] - 1 : 0;
    }
    memcpy(count.by_status, r->by_status, sizeof count.by_status);
    return count;
}

int cf_records_shards(const struct cf_record_set *r, int *n_shards, int most)
{
    int n = 0;
    for (int i = 0; i < r->n_files; i++) {
        int at = 0;
        while (at < n && n_shards[at] < r->file[i].n_shards)
            at++;
        if ((at < n && n_shards[at] == r->file[i].n_shards) || n == most)
            continue;
        memmove(n_shards + at + 1, n_shards + at, (size_t)(n - at) * sizeof *n_shards);
        n_shards[at] = r->file[i].n_shards;
        n++;
    }
    return n;
}
