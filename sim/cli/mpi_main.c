#include "cli/front.h"

#include "base/text.h"
#include "exec/sched.h"
#include "exec/signals.h"

#include <mpi.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>

/*
 * `run` by the ranks of an MPI job: rank k of R does shard k of R, as --shard k/R would, into the
 * folder FILE.h5.part that all of them see; when all are done rank 0 makes the file, as the same
 * call without ranks would. What a killed job leaves is picked up by any later call, with ranks or
 * without. The one file that knows MPI.
 *
 * A rank computes in a thread of its own while its main thread, the only one to call MPI, waits for
 * the others without keeping a core busy. A rank that ends badly asks the others to stop.
 */
enum { ASK_TO_STOP = 1 }; /* tag of an empty message */
#define POLL_NANOSECONDS 5000000
#define MOST_THREADS 1024 /* as `run` takes them */

struct ranks {
    int rank, n;
    struct cf_call *call;
    enum cf_status status; /* of this rank */
    atomic_int done;
    int *ended; /* [n] status of each rank */
};

static void pause_shortly(void)
{
    nanosleep(&(struct timespec){.tv_nsec = POLL_NANOSECONDS}, NULL);
}

static void wait_for(MPI_Request *request)
{
    for (int done = 0;;) {
        MPI_Test(request, &done, MPI_STATUS_IGNORE);
        if (done)
            return;
        pause_shortly();
    }
}

/* ---- threads ---- */

/* Threads for this rank: those of its machine, shared with the ranks that may use the same ones. */
static int fair_threads(void)
{
    MPI_Comm machine;
    cpu_set_t own, all;
    int offered = cf_threads_offered(), sum = 0;
    if (sched_getaffinity(0, sizeof own, &own) != 0)
        return offered;
    MPI_Comm_split_type(MPI_COMM_WORLD, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &machine);
    MPI_Allreduce(&own, &all, (int)sizeof own, MPI_BYTE, MPI_BOR, machine);
    MPI_Allreduce(&offered, &sum, 1, MPI_INT, MPI_SUM, machine);
    MPI_Comm_free(&machine);
    const int fair = (int)((long long)offered * CPU_COUNT(&all) / sum);
    return fair < 1 ? 1 : fair < offered ? fair : offered;
}

/* What --threads says of all ranks together, for an estimate of the time. */
static int all_threads(const char *threads)
{
    int own = 1, all = 0;
    cf_parse_int(threads, &own);
    own = own < 1 || own > MOST_THREADS ? 1 : own;
    MPI_Allreduce(&own, &all, 1, MPI_INT, MPI_SUM, MPI_COMM_WORLD);
    return all < MOST_THREADS ? all : MOST_THREADS;
}

/* ---- the shards ---- */

static int do_call(void *self)
{
    struct ranks *r = self;
    r->status = r->call->command->run(r->call);
    atomic_store(&r->done, 1);
    return 0;
}

/* Until all ranks are done, with how each ended. */
static void watch(struct ranks *r)
{
    int told = 0, asked = 0, over = 0, status, asks = 0;
    MPI_Request all = MPI_REQUEST_NULL;
    MPI_Request *asking = calloc((size_t)r->n, sizeof *asking);
    for (; !over; pause_shortly()) {
        if (!told && atomic_load(&r->done)) {
            told = 1;
            status = (int)r->status;
            for (int k = 0; status != CF_OK && k < r->n; k++)
                if (k != r->rank)
                    MPI_Isend(NULL, 0, MPI_BYTE, k, ASK_TO_STOP, MPI_COMM_WORLD, &asking[asks++]);
            MPI_Iallgather(&status, 1, MPI_INT, r->ended, 1, MPI_INT, MPI_COMM_WORLD, &all);
        }
        if (told) {
            MPI_Test(&all, &over, MPI_STATUS_IGNORE);
        } else if (!asked) {
            MPI_Iprobe(MPI_ANY_SOURCE, ASK_TO_STOP, MPI_COMM_WORLD, &asked, MPI_STATUS_IGNORE);
            if (asked) /* as if the whole job had been asked */
                raise(SIGUSR1);
        }
    }
    for (int k = 0; k < r->n; k++)
        if (k != r->rank && r->ended[k] != CF_OK)
            MPI_Recv(NULL, 0, MPI_BYTE, k, ASK_TO_STOP, MPI_COMM_WORLD, MPI_STATUS_IGNORE);
    MPI_Waitall(asks, asking, MPI_STATUSES_IGNORE);
    free(asking);
}

/* The rank that says what came of it: the first with an error, else the first that was stopped. */
static int speaker(const struct ranks *r)
{
    int stopped = -1;
    for (int k = 0; k < r->n; k++) {
        if (r->ended[k] != CF_OK && r->ended[k] != CF_STOPPED)
            return k;
        if (r->ended[k] == CF_STOPPED && stopped < 0)
            stopped = k;
    }
    return stopped < 0 ? 0 : stopped;
}

/* Each its shard. The same status comes back to all of them. */
static enum cf_status do_shards(struct ranks *r)
{
    thrd_t thread;
    char shard[32];
    const int quiet = r->call->quiet;
    snprintf(shard, sizeof shard, "%d/%d", r->rank, r->n);
    cf_call_set(r->call, "shard", shard);
    r->call->quiet |= r->rank != 0;
    const int begun = thrd_create(&thread, do_call, r) == thrd_success;
    if (!begun)
        do_call(r);
    watch(r);
    if (begun)
        thrd_join(thread, NULL);
    cf_call_set(r->call, "shard", NULL);
    r->call->quiet = quiet;
    const int who = speaker(r);
    r->call->silent = r->rank != who;
    return (enum cf_status)r->ended[who];
}

/* ---- the file ---- */

/* What was said before and not again. */
static void say_too(const cf_diag *before, cf_diag *diag)
{
    const size_t n = cf_diag_count(diag, CF_NOTICE);
    for (size_t i = 0; i < cf_diag_count(before, CF_NOTICE); i++) {
        const struct cf_message m = cf_diag_message(before, i);
        int again = 0;
        for (size_t k = 0; k < n && !again; k++) {
            const struct cf_message other = cf_diag_message(diag, k);
            again = !strcmp(m.code, other.code) && !strcmp(m.text, other.text) &&
                    !strcmp(m.path, other.path) && m.line == other.line;
        }
        if (!again)
            cf_report(diag, m.severity, m.code, (struct cf_at){m.path, m.line, m.column},
                      *m.help ? m.help : NULL, "%s", m.text);
    }
}

/* Rank 0 does the call as it stands, the others wait for how that ends. */
static enum cf_status do_alone(struct ranks *r)
{
    int status = CF_OK;
    MPI_Request told;
    r->call->silent = r->rank != 0;
    if (r->rank == 0) {
        cf_diag *before = r->call->diag, *diag = cf_diag_open();
        r->call->diag = diag ? diag : before;
        status = (int)r->call->command->run(r->call);
        if (diag) {
            say_too(before, diag);
            cf_diag_close(before);
        }
    }
    MPI_Ibcast(&status, 1, MPI_INT, 0, MPI_COMM_WORLD, &told);
    wait_for(&told);
    return (enum cf_status)status;
}

/* ---- the call ---- */

/* What has no meaning with ranks. */
static int may_be(const struct cf_call *call)
{
    static const char *const refused[][2] = {
        {"shard", "the ranks are the shards"},
        {"restart", "remove the folder FILE.h5.part, or do `cohortflow run --restart`"},
        {"write-push", "it is of one run: `cohortflow run` does it"},
    };
    int good = 1;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (cf_call_value(call, refused[i][0])) {
            cf_report(call->diag, CF_ERROR, "call.ranks", (struct cf_at){0}, refused[i][1],
                      "--%s is not for cohortflow-mpi", refused[i][0]);
            good = 0;
        }
    return good;
}

static enum cf_status run_ranks(void *self, struct cf_call *call)
{
    struct ranks *r = self;
    char fair[16], all[16];
    if (!may_be(call))
        return CF_USAGE;
    r->call = call;
    cf_heed_signals();
    snprintf(fair, sizeof fair, "%d", fair_threads());
    if (!cf_call_value(call, "threads"))
        cf_call_set(call, "threads", fair);
    if (cf_call_value(call, "dry-run")) {
        snprintf(all, sizeof all, "%d", all_threads(cf_call_value(call, "threads")));
        cf_call_set(call, "threads", all);
        return do_alone(r);
    }
    const enum cf_status status = do_shards(r);
    return status == CF_OK ? do_alone(r) : status;
}

int main(int argc, char **argv)
{
    struct ranks r = {0};
    int threads;
    MPI_Init_thread(&argc, &argv, MPI_THREAD_FUNNELED, &threads);
    MPI_Comm_rank(MPI_COMM_WORLD, &r.rank);
    MPI_Comm_size(MPI_COMM_WORLD, &r.n);
    r.ended = calloc((size_t)r.n, sizeof *r.ended);
    if (!r.ended || threads < MPI_THREAD_FUNNELED ||
        (r.rank && !freopen("/dev/null", "w", stdout))) { /* one prints for all */
        fprintf(stderr, "error: rank %d cannot begin\n", r.rank);
        MPI_Abort(MPI_COMM_WORLD, CF_INTERNAL);
    }
    const int status = cf_front(&(struct cf_front){.program = "cohortflow-mpi",
                                                   .only = "run",
                                                   .more = "\n  as `cohortflow run`, by the ranks "
                                                           "of mpirun -n R or srun -n R\n",
                                                   .silent = r.rank != 0,
                                                   .run = run_ranks,
                                                   .self = &r},
                                argc, argv);
    MPI_Finalize();
    free(r.ended);
    return status;
}
