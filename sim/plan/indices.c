#include "plan/indices.h"

#include "base/arena.h"
#include "base/order.h"
#include "plan/sobol_indices.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RESAMPLE = 16 };           /* purpose of the words of the stream */
static const double tail = 0.025; /* of resampled indices that the interval leaves out, each side */
/* Values that differ by less than this share of their size do not vary. */
static const double flat = 1e-12;

static void *room_for(size_t n, size_t size)
{
    void *room = calloc(n + 1, size);
    if (!room)
        cf_out_of_memory();
    return room;
}

/* ---- morris ---- */

struct cf_morris cf_morris_of(const double *effect, int n_trajectories)
{
    struct cf_morris m = {.mu_star = (double)NAN, .mu = (double)NAN, .sigma = (double)NAN};
    double sum = 0, size = 0, square = 0;
    for (int t = 0; t < n_trajectories; t++) {
        if (isnan(effect[t]))
            continue;
        m.n++;
        sum += effect[t];
        size += fabs(effect[t]);
    }
    if (m.n == 0)
        return m;
    m.mu = sum / m.n;
    m.mu_star = size / m.n;
    for (int t = 0; t < n_trajectories; t++)
        if (!isnan(effect[t]))
            square += (effect[t] - m.mu) * (effect[t] - m.mu);
    if (m.n > 1)
        m.sigma = sqrt(square / (m.n - 1));
    return m;
}

/* ---- saltelli ---- */

/* One result: its rows, those of them that are whole, and whether it varies. */
struct result {
    const double *y;
    int n_used, *used; /* [n_rows] */
    int varies;
};

static void look_at(const struct cf_saltelli *of, int r, struct result *result)
{
    const int each = of->n_entries + 2;
    double least = (double)INFINITY, most = -(double)INFINITY;
    result->y = of->y + (size_t)r * (size_t)of->n_rows * (size_t)each;
    for (int j = 0; j < of->n_rows; j++) {
        const double *row = result->y + (size_t)j * (size_t)each;
        int whole = 1;
        for (int c = 0; c < each; c++)
            whole &= !isnan(row[c]);
        if (!whole)
            continue;
        result->used[result->n_used++] = j;
        for (int c = 0; c < each; c++) {
            least = fmin(least, row[c]);
            most = fmax(most, row[c]);
        }
    }
    result->varies = result->n_used > 1 && most - least > flat * fmax(fabs(least), fabs(most));
}

/* How often each row is there in resample b. */
static void resample(const struct cf_saltelli *of, int b, int *times)
{
    const int n = of->n_rows;
    memset(times, 0, (size_t)n * sizeof *times);
    for (int j = 0; j < n; j += 4) {
        const struct cf_words words = cf_stream_words(of->stream, b + 1, RESAMPLE, 0, (uint64_t)j);
        for (int w = 0; w < 4 && j + w < n; w++)
            times[((uint64_t)words.word[w] * (uint64_t)n) >> 32]++;
    }
}

/* The rows of a resample that a result uses, in order; returns how many. */
static int rows_of(const struct result *result, const int *times, int *row)
{
    int n = 0;
    for (int u = 0; u < result->n_used; u++)
        for (int k = 0; k < times[result->used[u]]; k++)
            row[n++] = result->used[u];
    return n;
}

/* The part of the estimates of all resamples that lies between the tails; they are `step` apart. */
static void set_interval(struct cf_index *index, const double *estimate, size_t step)
{
    double value[CF_RESAMPLES];
    size_t n = 0;
    for (size_t b = 0; b < CF_RESAMPLES; b++)
        if (!isnan(estimate[b * step]))
            value[n++] = estimate[b * step];
    cf_sort_numbers(value, n);
    index->low = n ? cf_quantile_of(value, n, tail) : (double)NAN;
    index->high = n ? cf_quantile_of(value, n, 1 - tail) : (double)NAN;
}

/* The indices of a result, and their intervals from [CF_RESAMPLES][n_entries] others. */
static void set_indices(const struct cf_saltelli *of, const struct result *result,
                        const struct cf_sobol_index *resampled, struct cf_index *first,
                        struct cf_index *total)
{
    const size_t k = (size_t)of->n_entries, step = k * sizeof *resampled / sizeof(double);
    const struct cf_index none = {(double)NAN, (double)NAN, (double)NAN};
    struct cf_sobol_index *index = room_for(k, sizeof *index);
    if (result->varies)
        cf_sobol_indices(result->y, of->n_entries, result->used, result->n_used, index);
    for (size_t i = 0; i < k; i++) {
        first[i] = total[i] = none;
        if (!result->varies)
            continue;
        first[i].value = index[i].first;
        total[i].value = index[i].total;
        set_interval(&first[i], &resampled[i].first, step);
        set_interval(&total[i], &resampled[i].total, step);
    }
    free(index);
}

size_t cf_saltelli_bytes(int n_entries)
{
    return CF_RESAMPLES * (size_t)n_entries * sizeof(struct cf_sobol_index);
}

void cf_saltelli_indices(const struct cf_saltelli *of, struct cf_index *first,
                         struct cf_index *total, int *n_used)
{
    const size_t n = (size_t)of->n_results, rows = (size_t)of->n_rows, k = (size_t)of->n_entries;
    struct result *result = room_for(n, sizeof *result);
    int *used = room_for(n * rows, sizeof *used), *times = room_for(rows, sizeof *times);
    int *row = room_for(rows, sizeof *row);
    struct cf_sobol_index *resampled = room_for(n * CF_RESAMPLES * k, sizeof *resampled);
    for (size_t r = 0; r < n; r++) {
        result[r].used = used + r * rows;
        look_at(of, (int)r, &result[r]);
        n_used[r] = result[r].n_used;
    }
    /* The same resample for every result: they can be held against each other. */
    for (size_t b = 0; b < CF_RESAMPLES; b++) {
        resample(of, (int)b, times);
        for (size_t r = 0; r < n; r++)
            if (result[r].varies)
                cf_sobol_indices(result[r].y, of->n_entries, row, rows_of(&result[r], times, row),
                                 resampled + (r * CF_RESAMPLES + b) * k);
    }
    for (size_t r = 0; r < n; r++)
        set_indices(of, &result[r], resampled + r * CF_RESAMPLES * k, first + r * k, total + r * k);
    free(resampled);
    free(row);
    free(times);
    free(used);
    free(result);
}
