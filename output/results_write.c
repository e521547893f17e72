#include "output/results_write.h"

#include "output/content_hash.h"
#include "output/image.h"
#include "output/results_content.h"
#include "output/sidecar.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PROBE_BYTES = 1 << 16, STATUS_ROWS = 4096 };

/* Runs of one variable that wait until a whole chunk is there. */
struct waiting {
    double *value;
    size_t rows, held, put; /* of a chunk; waiting; all so far */
};

struct cf_results_writer {
    struct cf_arena arena;
    struct cf_results_plan plan;
    struct cf_image image;
    cf_h5 *h5;
    struct waiting *waiting; /* [n_variables] */
    int status[STATUS_ROWS]; /* of runs that wait to be put, the last of them next_run - 1 */
    size_t n_status;
    int next_run;          /* the lowest number that may come now */
    const double *nothing; /* [longest variable] NaN */
    char content_sha256[CF_DIGEST_HEX];
};

/* ---- failing ---- */

/* The library could not: after this the file is given up. */
static enum cf_status h5_failed(const cf_results_writer *writer, cf_diag *diag)
{
    const char *why = cf_h5_error(writer->h5);
    cf_report(diag, CF_ERROR, "output.io", (struct cf_at){.path = writer->plan.path},
              "nothing was changed", "making this file failed: %s", why ? why : "unknown reason");
    return CF_IO;
}

static enum cf_status wrong_call(const cf_results_writer *writer, cf_diag *diag, const char *what,
                                 int run)
{
    cf_report(diag, CF_ERROR, "results.order", (struct cf_at){.path = writer->plan.path}, NULL,
              "%s (run %d)", what, run);
    return CF_INTERNAL;
}

void cf_results_abandon(cf_results_writer *writer)
{
    if (!writer)
        return;
    cf_h5_close(writer->h5);
    cf_image_abandon(&writer->image);
    cf_arena_free(&writer->arena);
    free(writer);
}

/* ---- beginning ---- */

static void make_room(cf_results_writer *writer)
{
    const struct cf_layout *layout = writer->plan.layout;
    size_t longest = 0;
    writer->waiting = CF_TAKE(&writer->arena, (size_t)layout->n_variables, struct waiting);
    for (int k = 0; k < layout->n_variables; k++) {
        struct waiting *w = &writer->waiting[k];
        size_t size = layout->variable[k].size;
        w->rows = cf_results_chunk_runs(&writer->plan, &layout->variable[k]);
        w->value = CF_TAKE(&writer->arena, w->rows * size, double);
        longest = size > longest ? size : longest;
    }
    double *nothing = CF_TAKE(&writer->arena, longest, double);
    for (size_t k = 0; k < longest; k++)
        nothing[k] = NAN;
    writer->nothing = nothing;
}

/* Whether the run numbers can be counted in an int. */
static int countable(const struct cf_results_plan *plan)
{
    size_t runs = (size_t)plan->n_scenarios, all = 0;
    return plan->n_scenarios > 0 && plan->n_points > 0 && plan->n_draws >= 0 &&
           !__builtin_mul_overflow(runs, (size_t)plan->n_points, &runs) &&
           !__builtin_mul_overflow(runs, (size_t)plan->n_draws + 1, &all) && all <= INT_MAX;
}

/* Make the file, in memory or, when it may be large, at once under the temporary name. */
static enum cf_status make_file(cf_results_writer *writer, cf_diag *diag)
{
    static const char room[PROBE_BYTES];
    const struct cf_results_plan *plan = &writer->plan;
    /* With draws always as it grows, so that memory does not depend on their number. */
    int streamed =
        plan->n_draws > 0 ||
        cf_results_bytes(plan) > (plan->in_memory ? plan->in_memory : CF_RESULTS_IN_MEMORY);
    /* HDF5 does not recover from a disk that is full when it begins: try. It truncates the file. */
    enum cf_status status =
        streamed ? cf_image_write(&writer->image, room, sizeof room, diag) : CF_OK;
    if (status != CF_OK)
        return status;
    writer->h5 = cf_h5_create(streamed ? writer->image.temp_path : NULL);
    status = cf_results_content(plan, writer->h5, diag);
    return status == CF_OK && cf_h5_error(writer->h5) ? h5_failed(writer, diag) : status;
}

enum cf_status cf_results_begin(const struct cf_results_plan *plan, cf_results_writer **writer,
                                cf_diag *diag)
{
    *writer = NULL;
    cf_results_writer *made = calloc(1, sizeof *made);
    if (!made)
        cf_out_of_memory();
    cf_arena_init(&made->arena);
    made->plan = *plan;
    made->plan.path = cf_arena_copy(&made->arena, plan->path);
    made->image = (struct cf_image){.folder = -1, .file = -1};
    enum cf_status status = CF_OK;
    if (!countable(plan))
        status = wrong_call(made, diag, "a file holds 1 to 2147483647 runs", -1);
    if (status == CF_OK)
        status = cf_image_begin(&made->image, made->plan.path, diag);
    if (status == CF_OK)
        status = make_file(made, diag);
    if (status != CF_OK) {
        cf_results_abandon(made);
        return status;
    }
    cf_sidecar_clear(made->plan.path);
    make_room(made);
    *writer = made;
    return CF_OK;
}

/* ---- keeping ---- */

static void put_status(cf_results_writer *writer)
{
    if (writer->n_status)
        cf_h5_put_rows(writer->h5, "/run_status", CF_H5_INT,
                       (size_t)writer->next_run - writer->n_status, writer->n_status,
                       writer->status);
    writer->n_status = 0;
}

/* How the next run ended, those before it that did not come having no status. */
static void keep_status(cf_results_writer *writer, int run, enum cf_run_status status)
{
    while (writer->next_run <= run) {
        writer->status[writer->n_status++] =
            writer->next_run == run ? (int)status : CF_RUN_NOT_COMPUTED;
        writer->next_run++;
        if (writer->n_status == STATUS_ROWS)
            put_status(writer);
    }
}

static void write_waiting(cf_results_writer *writer, int k)
{
    struct waiting *w = &writer->waiting[k];
    char path[256];
    if (w->held == 0)
        return;
    snprintf(path, sizeof path, "/%s", writer->plan.layout->variable[k].name);
    cf_h5_put_rows(writer->h5, path, CF_H5_NUMBER, w->put - w->held, w->held, w->value);
    w->held = 0;
}

/* Append a row to a variable, of NaN where record is NULL. */
static void append(cf_results_writer *writer, int k, const double *record)
{
    const struct cf_variable *variable = &writer->plan.layout->variable[k];
    struct waiting *w = &writer->waiting[k];
    memcpy(w->value + w->held * variable->size,
           record ? record + variable->offset : writer->nothing, variable->size * sizeof(double));
    w->put++;
    if (++w->held == w->rows)
        write_waiting(writer, k);
}

/* Rows of NaN for the runs that did not come, up to before `row`. */
static void fill_up(cf_results_writer *writer, int k, size_t row)
{
    while (writer->waiting[k].put < row)
        append(writer, k, NULL);
}

/* Keep a record in every variable that is kept for its run; `row` is that among central runs. */
static void keep(cf_results_writer *writer, const struct cf_record *record, size_t row)
{
    for (int k = 0; k < writer->plan.layout->n_variables; k++) {
        const int of_draws = writer->plan.layout->variable[k].of_draws;
        if (!of_draws && record->draw != 0)
            continue;
        fill_up(writer, k, of_draws ? (size_t)record->run : row);
        append(writer, k, record->value);
    }
}

static enum cf_status put(void *self, const struct cf_record *record, cf_diag *diag)
{
    cf_results_writer *writer = self;
    size_t per_point = (size_t)writer->plan.n_draws + 1;
    if (record->run < writer->next_run || (size_t)record->run >= cf_results_n_runs(&writer->plan))
        return wrong_call(writer, diag, "a record came out of order", record->run);
    size_t row = (size_t)record->run / per_point;
    size_t point = (size_t)record->scenario * (size_t)writer->plan.n_points + (size_t)record->point;
    if (row != point || (size_t)record->run % per_point != (size_t)record->draw)
        return wrong_call(writer, diag, "a record is of another run than it says", record->run);
    keep_status(writer, record->run, record->status);
    keep(writer, record, row);
    return cf_h5_error(writer->h5) ? h5_failed(writer, diag) : CF_OK;
}

struct cf_sink cf_results_sink(cf_results_writer *writer)
{
    return (struct cf_sink){.self = writer, .put = put};
}

/* ---- ending ---- */

/* What is still missing in the file, its content hash last, and all of it to the temporary file. */
static enum cf_status finish(cf_results_writer *writer, cf_diag *diag)
{
    unsigned char *bytes = NULL;
    size_t length = 0;
    for (int k = 0; k < writer->plan.layout->n_variables; k++) {
        fill_up(writer, k, cf_results_rows(&writer->plan, &writer->plan.layout->variable[k]));
        write_waiting(writer, k);
    }
    const int last = (int)cf_results_n_runs(&writer->plan) - 1;
    if (writer->next_run <= last)
        keep_status(writer, last, CF_RUN_NOT_COMPUTED);
    put_status(writer);
    if (cf_content_hash(writer->h5, writer->content_sha256) < 0)
        return h5_failed(writer, diag);
    cf_h5_put_text(writer->h5, "/", "content_sha256", writer->content_sha256);
    if (cf_h5_finish(writer->h5, &bytes, &length) < 0)
        return h5_failed(writer, diag);
    enum cf_status status = CF_OK;
    if (bytes)
        status = cf_image_write(&writer->image, bytes, length, diag);
    free(bytes);
    cf_h5_close(writer->h5);
    writer->h5 = NULL;
    return status;
}

/* Read the temporary file back, through every checksum, and compare. */
static enum cf_status read_back(cf_results_writer *writer, cf_diag *diag)
{
    char content_sha256[CF_DIGEST_HEX];
    writer->h5 = cf_h5_open(writer->image.temp_path);
    int failed = cf_content_hash(writer->h5, content_sha256);
    if (failed)
        return h5_failed(writer, diag);
    if (strcmp(content_sha256, writer->content_sha256) != 0) {
        cf_report(diag, CF_ERROR, "output.io", (struct cf_at){.path = writer->plan.path},
                  "nothing was changed", "what was read back is not what was written");
        return CF_IO;
    }
    cf_h5_close(writer->h5);
    writer->h5 = NULL;
    return CF_OK;
}

enum cf_status cf_results_commit(cf_results_writer *writer,
                                 const struct cf_results_circumstances *circumstances,
                                 cf_diag *diag)
{
    char file_sha256[CF_DIGEST_HEX];
    struct cf_sidecar sidecar = {.path = writer->plan.path,
                                 .file_sha256 = file_sha256,
                                 .content_sha256 = writer->content_sha256,
                                 .circumstances = circumstances};
    enum cf_status status = finish(writer, diag);
    if (status == CF_OK)
        status = read_back(writer, diag);
    if (status == CF_OK)
        status = cf_image_digest(&writer->image, file_sha256, &sidecar.bytes, diag);
    if (status == CF_OK)
        status = cf_image_sync(&writer->image, diag);
    if (status == CF_OK) {
        /* From here on the sidecar that may be there is that of another file. */
        cf_sidecar_remove(writer->plan.path);
        status = cf_image_commit(&writer->image, diag);
    }
    if (status == CF_OK)
        cf_sidecar_write(&sidecar, diag);
    cf_results_abandon(writer);
    return status;
}
