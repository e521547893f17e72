#include "output/results_content.h"

#include <stdlib.h>
#include <string.h>

enum { OVERHEAD_BYTES = 1 << 18, TEXT_BYTES = 96, CHECKSUM_BYTES = 4 };

/* ---- at most ---- */

static size_t axis_bytes(const struct cf_model *model)
{
    size_t bytes = 0;
    for (int k = 0; k < CF_N_AXES; k++)
        bytes += (size_t)model->axis[k].n * (size_t)(2 + model->axis[k].n_attributes) * TEXT_BYTES;
    return bytes;
}

static size_t indicator_bytes(const struct cf_model *model)
{
    size_t bytes = 0;
    for (int i = 0; i < model->scenario.n_indicators; i++) {
        const struct cf_indicator *indicator = &model->scenario.indicator[i];
        bytes += strlen(indicator->definition) + strlen(indicator->source) + 4 * TEXT_BYTES;
        bytes += 2 * (size_t)model->extent.Y * sizeof(double);
    }
    return bytes;
}

/*
 * What a variable takes without compression: its chunks, each with a checksum, all as long as the
 * first; and the nodes by which they are found. A node has room for 64, and is filled to nine
 * tenths when chunks come in order.
 */
static size_t variable_bytes(const struct cf_results_plan *plan, const struct cf_variable *variable)
{
    enum { NODE = 64, FILLED = 57 };
    const size_t rows = cf_results_chunk_runs(plan, variable);
    const size_t chunks = (cf_results_rows(plan, variable) + rows - 1) / rows;
    const size_t key = 8 + 8 * (size_t)(variable->n_dims + 2);
    return chunks * (rows * variable->size * sizeof(double) + CHECKSUM_BYTES) +
           (chunks / FILLED + 1) * (24 + NODE * 8 + (NODE + 1) * key);
}

size_t cf_results_bytes(const struct cf_results_plan *plan)
{
    size_t bytes = OVERHEAD_BYTES + axis_bytes(plan->model[0]);
    bytes += cf_results_n_runs(plan) * 5 * sizeof(int);
    for (int k = 0; k < plan->n_scenarios; k++) {
        const struct cf_model *model = plan->model[k];
        bytes += model->scenario.resolved ? strlen(model->scenario.resolved) : 0;
        bytes += (size_t)model->n_files * 2 * TEXT_BYTES;
        bytes += (size_t)model->n_sources * 8 * TEXT_BYTES;
    }
    for (int k = 0; k < plan->layout->n_variables; k++)
        bytes += variable_bytes(plan, &plan->layout->variable[k]);
    bytes += indicator_bytes(plan->model[0]);
    bytes += (size_t)plan->layout->n_pools * 2 * TEXT_BYTES;
    return bytes;
}

/* ---- about, and at least ---- */

static int is_plain(const struct cf_results_plan *plan, const struct cf_variable *variable)
{
    return variable->of_draws && plan->n_draws > 0;
}

size_t cf_results_least(const struct cf_results_plan *plan)
{
    size_t bytes = (cf_results_n_runs(plan) - cf_results_n_central(plan)) * 5 * sizeof(int);
    for (int k = 0; k < plan->layout->n_variables; k++)
        if (is_plain(plan, &plan->layout->variable[k]))
            bytes += variable_bytes(plan, &plan->layout->variable[k]);
    return bytes;
}

/* A file of this plan without draws, in memory, with the one central run: its bytes, and those of
 * the run. */
static enum cf_status try_file(const struct cf_results_plan *plan, const double *central,
                               size_t *whole, size_t *one, cf_diag *diag)
{
    struct cf_results_plan trial = *plan;
    unsigned char *bytes = NULL;
    trial.n_draws = 0;
    cf_h5 *h5 = cf_h5_create(NULL);
    enum cf_status status = cf_results_content(&trial, h5, diag);
    *one = *whole = 0;
    for (int k = 0; status == CF_OK && k < plan->layout->n_variables; k++) {
        const struct cf_variable *variable = &plan->layout->variable[k];
        char path[256];
        snprintf(path, sizeof path, "/%s", variable->name);
        if (is_plain(plan, variable))
            continue;
        cf_h5_put_rows(h5, path, CF_H5_NUMBER, 0, 1, central + variable->offset);
        *one += cf_h5_stored(h5, path);
    }
    char hash[CF_DIGEST_HEX] = {0};
    memset(hash, '0', sizeof hash - 1);
    cf_h5_put_text(h5, "/", "content_sha256", hash);
    if (status == CF_OK && cf_h5_finish(h5, &bytes, whole) < 0) {
        cf_report(diag, CF_ERROR, "output.io", (struct cf_at){.path = plan->path}, NULL,
                  "making this file for a try failed: %s", cf_h5_error(h5));
        status = CF_IO;
    }
    free(bytes);
    cf_h5_close(h5);
    return status;
}

enum cf_status cf_results_estimate(const struct cf_results_plan *plan, const double *central,
                                   size_t *bytes, cf_diag *diag)
{
    size_t one;
    const enum cf_status status = try_file(plan, central, bytes, &one, diag);
    *bytes += (cf_results_n_central(plan) - 1) * one + cf_results_least(plan);
    return status;
}
